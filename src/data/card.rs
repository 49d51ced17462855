//! Everything that is kept here: key by key, as a file, taken in from one, and gone.

use std::cell::RefCell;
use std::sync::Arc;

use crate::browser;
use crate::session::{
    Before, DataDialog, Dialog, Learner, Preferences, Transfer, Workspaces, use_dialogs,
    use_keeper, use_language, use_learner, use_preferences, use_transfer, use_workspaces,
};
use crate::ui::file_field::{file_brings, file_brings_nothing, file_field, file_is_wrong};
use crate::ui::modal::{cancel, modal};
use el::{
    El, RwSignal, action, code, div, h2, h3, li, p, section, table, tbody, td, th, thead, tr, ul,
};
use share::limits::FILE;
use share::{Everything, FileError, Plan, TooMuch, file};
use storage::{Meaning, Mode, StoreError, Stored, Vault, WorkspaceSnapshot};
use text::Language;
use text::share as words;

/// How many keys are shown at first, and how many more each time.
const PAGE: usize = 12;
/// What the file is called.
const NAME: &str = "model-stages.json";

thread_local! {
    /// What there was before the file that was taken in last. It can be taken back for as long as the app is open.
    static BEFORE: RefCell<Option<Before>> = const { RefCell::new(None) };
}

/// What a file holds, and what it would change.
type Read = (Arc<Everything>, Plan);

/// What the card knows.
#[derive(Clone, Copy)]
struct Card {
    language: Language,
    transfer: Transfer,
    learner: Learner,
    preferences: Preferences,
    /// A file that was read, or why it can't be taken in.
    read: RwSignal<Option<Result<Read, String>>>,
    /// Whether a file was taken in that can be taken back.
    taken: RwSignal<bool>,
    /// What went wrong.
    told: RwSignal<&'static str>,
    /// Counts up whenever something was changed here.
    changed: RwSignal<u32>,
}

/// The section.
pub fn data_card() -> El {
    let (language, dialogs) = (use_language(), use_dialogs());
    let transfer = use_transfer();
    let texts = language.data();
    let card = Card {
        language,
        transfer,
        learner: use_learner(),
        preferences: use_preferences(),
        read: RwSignal::new(None),
        taken: RwSignal::new(BEFORE.with_borrow(Option::is_some)),
        told: RwSignal::new(""),
        changed: RwSignal::new(0),
    };
    let intro = match use_keeper().with_vault(Vault::mode) {
        Mode::MemoryOnly => texts.intro_memory,
        Mode::Kept | Mode::Reading | Mode::ReadOnlyNewer => texts.intro,
    };
    let limit = RwSignal::new(PAGE);
    let erase = action(texts.delete, move || {
        dialogs.open.set(Some(Dialog::Data(DataDialog::Erase)))
    })
    .class("danger");
    section()
        .class("section data-card")
        .child(
            h2().id("data-title")
                .attr("tabindex", "-1")
                .text(texts.title),
        )
        .child(p().text(intro))
        .child(div().dynamic(move || card.keys(limit)))
        .child(
            div()
                .class("actions")
                .child(
                    action(texts.download, move || download(transfer, card.told))
                        .id("download-all"),
                )
                .child(erase.id("erase")),
        )
        .child(
            p().class("field-error")
                .id("data-told")
                .attr("role", "alert")
                .text(move || card.told.get().to_owned()),
        )
        .child(div().dynamic(move || card.undo()))
        .child(card.import())
        .child(div().dynamic(move || card.preview()))
        .child(div().dynamic(move || card.aside()))
        .child(div().dynamic(move || card.old()))
}

/// Gives everything out as a file, or tells why not.
fn download(transfer: Transfer, told: RwSignal<&'static str>) {
    match transfer.everything() {
        Ok(all) => browser::download(NAME, &file::print(&all)),
        Err(why) => {
            let workspaces = transfer.workspaces;
            told.set(workspaces.not_done(&why, workspaces.language.data().unreadable));
        }
    }
}

impl Card {
    fn change(self) {
        self.changed
            .update(|changed| *changed = changed.wrapping_add(1));
    }

    /// The keys, what is for the person first.
    fn keys(self, limit: RwSignal<usize>) -> Vec<El> {
        let language = self.language;
        let keeper = self.transfer.keeper;
        let texts = language.data();
        self.changed.track();
        self.learner.progress.track();
        self.preferences.theme.track();
        let stored = keeper.with_stored(Vault::inventory).unwrap_or_default();
        if stored.is_empty() {
            return vec![p().class("empty").text(texts.nothing)];
        }
        let heads = [
            texts.col_meaning,
            texts.col_key,
            texts.col_size,
            texts.col_newest,
        ];
        let heads = heads.map(|name| th().attr("scope", "col").text(name));
        let rows = stored.iter().take(limit.get()).map(|one| self.key(one));
        let rows: Vec<El> = rows.collect();
        let units: usize = stored.iter().map(|one| one.units).sum();
        let size = words::size(language, units);
        let total = format!("{}, {}.", texts.keys(stored.len()), texts.total(&size));
        let more = (stored.len() > limit.get()).then(|| {
            action(texts.more, move || limit.update(|limit| *limit += 4 * PAGE))
                .class("quiet-button")
        });
        vec![
            div()
                .class("table-scroll")
                .attr("tabindex", "0")
                .attr("role", "group")
                .attr("aria-label", texts.title)
                .child(
                    table()
                        .class("progress-table")
                        .child(thead().child(tr().children(heads)))
                        .child(tbody().children(rows)),
                ),
            p().class("quiet").id("data-total").text(total),
        ]
        .into_iter()
        .chain(more)
        .collect()
    }

    fn key(self, one: &Stored) -> El {
        let language = self.language;
        let workspaces = self.transfer.workspaces;
        let name = match &one.meaning {
            Meaning::Saved(place) => place
                .workspace()
                .map(|id| workspaces.name(id))
                .unwrap_or_default(),
            Meaning::SetAside | Meaning::Own | Meaning::Unknown => String::new(),
        };
        let newest = one
            .newest
            .map_or_else(|| language.data().never.to_owned(), browser::date);
        tr().child(td().text(words::meaning(language, &one.meaning, &name)))
            .child(td().class("data-key").child(code().text(&one.key)))
            .child(td().text(words::size(language, one.units)))
            .child(td().text(newest))
    }

    /// The field for a file.
    fn import(self) -> El {
        let language = self.language;
        let workspaces = self.transfer.workspaces;
        let texts = language.data();
        let limit = u32::try_from(FILE.bytes).unwrap_or(u32::MAX);
        let label = texts.import_label;
        file_field(
            "import-all",
            label,
            "application/json,.json",
            limit,
            move |text| {
                self.told.set("");
                let read = match text {
                    Ok(text) => file::parse(&text),
                    Err(_) => Err(FileError::TooMuch(TooMuch::Long)),
                };
                let read = read.map_err(|why| words::no_file(language, why));
                self.read.set(Some(read.and_then(|file| {
                    let plan = self.plan(&file);
                    let why = |why| workspaces.not_done(&why, texts.unreadable).to_owned();
                    Ok((Arc::new(file), plan.map_err(why)?))
                })));
                browser::focus_soon("import-all-result");
            },
        )
    }

    /// What a file would change here as it is now.
    fn plan(self, file: &Everything) -> Result<Plan, StoreError> {
        let own = self.language.workspaces().own;
        Ok(Plan::of(file, &self.transfer.everything()?, own))
    }

    /// What the file would change.
    fn preview(self) -> Vec<El> {
        let language = self.language;
        let texts = language.data();
        let id = "import-all-result";
        let told = |words: &str| file_brings_nothing(id, words);
        let (file, plan) = match self.read.get() {
            None => return Vec::new(),
            Some(Err(why)) => return file_is_wrong(id, &why),
            Some(Ok((_, plan))) if plan.is_nothing() => return told(texts.import_nothing),
            Some(Ok(read)) => read,
        };
        let mut rows = self.changes(&plan);
        if plan.same > 0 {
            rows.push(texts.import_same(plan.same));
        }
        let take = action(texts.import_take, move || self.take(&file)).class("primary");
        let cancel = action(texts.import_cancel, move || self.read.set(None));
        file_brings(id, texts.import_title, rows, take, cancel)
    }

    fn changes(self, plan: &Plan) -> Vec<String> {
        let texts = self.language.data();
        let counts = self.language.shared();
        let mut rows: Vec<String> = plan
            .new
            .iter()
            .map(|snapshot: &WorkspaceSnapshot| {
                let models = counts.models(snapshot.log.registry().models().len());
                let steps = usize::try_from(snapshot.log.step()).unwrap_or(usize::MAX);
                let steps = counts.steps(steps);
                texts.import_new(&snapshot.name, &models, &steps)
            })
            .collect();
        if let Some((_, brings)) = &plan.progress {
            let questions = brings.new_questions + brings.newer_questions;
            let counted = [
                (questions, texts.import_questions(questions)),
                (brings.exercises, texts.import_exercises(brings.exercises)),
                (brings.new_steps, texts.import_steps(brings.new_steps)),
            ];
            let counted = counted.into_iter().filter(|(count, _)| *count > 0);
            rows.extend(counted.map(|(_, words)| words));
            let said = [
                (texts.import_place, brings.place),
                (texts.import_round, brings.round),
            ];
            let said = said.into_iter().filter(|(_, holds)| *holds);
            rows.extend(said.map(|(words, _)| words.to_owned()));
        }
        if plan.theme.is_some() {
            rows.push(texts.import_theme.to_owned());
        }
        if let Some((_, lines)) = &plan.console {
            rows.push(texts.import_lines(*lines));
        }
        if let Some((_, new)) = &plan.plans {
            rows.push(texts.import_plans(*new));
        }
        if plan.plans_left > 0 {
            rows.push(texts.import_plans_left(plan.plans_left));
        }
        rows
    }

    /// Takes a file in. What it changes is worked out anew: another window may have gone on meanwhile.
    fn take(self, file: &Everything) {
        let language = self.language;
        let transfer = self.transfer;
        let workspaces = self.transfer.workspaces;
        let Workspaces {
            keeper, announcer, ..
        } = workspaces;
        let texts = language.data();
        if keeper.is_behind() {
            self.told.set(texts.import_unsaved);
            return;
        }
        let taken = self.plan(file).and_then(|plan| transfer.take_all_in(&plan));
        match taken {
            Ok(before) => {
                self.read.set(None);
                BEFORE.set(Some(before));
                self.taken.set(true);
                announcer.announce(texts.imported.to_owned());
                browser::focus_soon("import-all-undo");
            }
            Err(why) => self
                .told
                .set(workspaces.not_done(&why, texts.import_failed)),
        }
        self.change();
    }

    /// Says that a file was taken in, and takes it back.
    fn undo(self) -> Vec<El> {
        let language = self.language;
        let transfer = self.transfer;
        let workspaces = self.transfer.workspaces;
        let announcer = workspaces.announcer;
        let texts = language.data();
        if !self.taken.get() {
            return Vec::new();
        }
        let back = action(texts.import_undo, move || {
            let Some(before) = BEFORE.take() else { return };
            match transfer.take_all_back(&before) {
                Ok(all) => {
                    self.taken.set(false);
                    let words = if all {
                        texts.import_undone
                    } else {
                        texts.import_undone_but
                    };
                    announcer.announce(words.to_owned());
                    browser::focus_soon("data-title");
                }
                Err(why) => {
                    BEFORE.set(Some(before));
                    self.told
                        .set(workspaces.not_done(&why, texts.import_undo_failed));
                }
            }
            self.change();
        });
        vec![
            div()
                .class("actions")
                .id("import-all-undo")
                .attr("tabindex", "-1")
                .child(p().text(texts.imported))
                .child(back),
        ]
    }

    /// What an earlier version of the app has kept under other keys, to be brought in, taken along or dropped: the last only
    /// where nothing is lost by that.
    fn old(self) -> Vec<El> {
        let language = self.language;
        let transfer = self.transfer;
        let workspaces = self.transfer.workspaces;
        let announcer = workspaces.announcer;
        let texts = language.data();
        self.changed.track();
        if transfer.old_keys().is_empty() {
            return Vec::new();
        }
        let read = transfer.old().and_then(|old| {
            let plan = self.plan(&old.everything).ok()?;
            Some((old, plan))
        });
        let rows = read
            .as_ref()
            .map_or_else(Vec::new, |(_, plan)| self.changes(plan));
        let is_here = read
            .as_ref()
            .is_some_and(|(old, plan)| old.is_whole && plan.is_nothing());
        let take = read.filter(|(_, plan)| !plan.is_nothing()).map(|(old, _)| {
            action(texts.old_take, move || self.take(&old.everything))
                .class("primary")
                .id("old-take")
        });
        let kept = RwSignal::new(is_here);
        let download = action(texts.aside_download, move || match transfer.old_raw() {
            Ok(text) => {
                browser::download("model-stages-earlier.json", &text);
                kept.set(true);
            }
            Err(why) => self.told.set(workspaces.not_done(&why, texts.unreadable)),
        });
        let drop = action(texts.aside_drop, move || {
            match transfer.forget_old() {
                Ok(()) => announcer.announce(texts.old_dropped.to_owned()),
                Err(why) => self.told.set(workspaces.not_done(&why, texts.not_erased)),
            }
            self.change();
            browser::focus_soon("data-title");
        });
        let words = if is_here {
            texts.old_here
        } else {
            texts.old_intro
        };
        vec![
            section()
                .class("section")
                .id("old")
                .child(h3().text(texts.old_title))
                .child(p().text(words))
                .child(ul().children(rows.into_iter().map(|row| li().text(row))))
                .child(
                    div()
                        .class("actions")
                        .children(take)
                        .child(download)
                        .child(drop.attr("disabled", move || !kept.get())),
                ),
        ]
    }

    /// What was set aside, to be taken along or dropped.
    fn aside(self) -> Vec<El> {
        let language = self.language;
        let workspaces = self.transfer.workspaces;
        let Workspaces {
            keeper, announcer, ..
        } = workspaces;
        let texts = language.data();
        self.changed.track();
        let list = keeper.with_stored(Vault::quarantine).unwrap_or_default();
        if list.is_empty() {
            return Vec::new();
        }
        let rows = list.into_iter().map(|one| {
            let key = one.key.clone();
            let download = action(texts.aside_download, move || {
                if let Some(text) = keeper.set_aside(&key) {
                    browser::download("model-stages-set-aside.txt", &text);
                }
            })
            .attr("aria-label", texts.aside_download_key(&one.key));
            let key = one.key.clone();
            let drop = action(texts.aside_drop, move || {
                let drop = |vault: &Vault| vault.drop_quarantined(&key);
                match workspaces
                    .must_write()
                    .and_then(|()| keeper.with_vault(drop))
                {
                    Ok(()) => announcer.announce(texts.aside_dropped(&key)),
                    Err(why) => {
                        let else_say = texts.not_dropped(&key);
                        announcer.announce_failure(workspaces.not_done(&why, &else_say).to_owned());
                    }
                }
                self.change();
                browser::focus_soon("data-title");
            })
            .attr("aria-label", texts.aside_drop_key(&one.key));
            li().child(code().text(&one.key))
                .child(p().class("quiet").text(words::size(language, one.units)))
                .child(div().class("actions").child(download).child(drop))
        });
        vec![
            section()
                .class("section")
                .child(h3().text(texts.aside_title))
                .child(p().text(texts.aside_intro))
                .child(ul().class("registries").children(rows)),
        ]
    }
}

/// Asks before everything goes, and offers the file first.
pub fn erase() -> El {
    let (language, workspaces, transfer) = (use_language(), use_workspaces(), use_transfer());
    let texts = language.data();
    let told = RwSignal::new("");
    let download = action(texts.download, move || download(transfer, told)).class("primary");
    let erase = action(texts.erase_do, move || {
        if let Err(why) = transfer.erase() {
            told.set(workspaces.not_done(&why, texts.not_erased));
        }
    })
    .class("danger")
    .id("erase-all");
    let content = div()
        .class("form")
        .child(p().text(texts.erase_body))
        .child(
            p().class("field-error")
                .attr("role", "alert")
                .text(move || told.get().to_owned()),
        )
        .child(
            div()
                .class("actions")
                .child(download)
                .child(erase)
                .child(cancel()),
        );
    modal(texts.erase_title.to_owned(), content)
}
