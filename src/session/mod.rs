//! The session: one log, what keeps it, and what is on screen because of it.
//!
//! Components get a [`Session`], a handle that is cheap to copy. They read the registry through [`Session::read`] and
//! change it through [`Session::act`], [`Session::undo`], [`Session::redo`] and [`Session::restore`], which are in
//! [`crate::session::registry_store`]; there is no other way. Nothing clones the registry: that would make every action cost as much as the
//! registry is large.

pub mod chunk;
pub mod console_world;
pub mod dialog;
pub mod registry_store;
pub mod sandbox;
pub mod saving;
pub mod tabs;
pub mod transfer;
pub mod workspaces;

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;

use crate::browser::{self, js};
use crate::session::chunk::{Chunk, Chunks};
use crate::session::dialog::Dialog;
use crate::session::saving::Saving;
use crate::session::tabs::connection::Tabs;
use console::print::{ApiStyle, Shape};
use el::RwSignal;
use lesson::exercise::Task;
use lesson::progress::Progress;
use registry::{Command, ExerciseLimit, Log, ModelName, Refusal, Registry, RuleSet, VersionNumber};
use share::route::Route;
use storage::tabs::{ConsoleChange, Request};
use storage::{Mode, Notice, StoreError, Theme, Vault, WorkspaceId};
use text::Language;

/// An earlier state of the registry that is being looked at.
#[derive(Clone)]
pub struct Snapshot {
    /// The step after which the registry was so.
    pub step: u64,
    /// The registry as it was.
    pub registry: Arc<Registry>,
}

/// A sentence that says what just changed. The count makes the same sentence new when it is announced again.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Announcement {
    /// How many sentences were announced before.
    pub count: u32,
    /// The sentence; empty where there is nothing to say.
    pub sentence: String,
    /// Whether it says why something was not done.
    pub is_wrong: bool,
    /// The address of the page that it belongs to.
    at: String,
}

impl Announcement {
    fn put(&mut self, sentence: &str, is_wrong: bool) {
        *self = Self {
            count: self.count.wrapping_add(1),
            sentence: sentence.to_owned(),
            is_wrong,
            at: browser::hash(),
        };
    }
}

/// What may be done in an exercise. The pointer keeps the code behind it in the part of the exercises.
#[derive(Clone, Copy)]
pub struct Limits {
    /// The exercise.
    pub task: &'static Task,
    /// Asked of what the registry would do.
    pub permits: fn(&Task, &Registry, &Command) -> Result<(), ExerciseLimit>,
}

/// A version that is marked on the board.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mark {
    /// The model.
    pub model: ModelName,
    /// The version.
    pub version: VersionNumber,
    /// Why, in a few words.
    pub words: String,
    /// Whether something is too much, not just still to do.
    pub too_much: bool,
}

/// What the frame of the pages can ask for once the desk is open. These are pointers, so that the frame itself does not
/// carry the code behind them.
#[derive(Clone, Copy, Debug)]
pub struct Desk {
    /// Takes the last step back.
    pub undo: fn(Session),
    /// Does the step again that was taken back last.
    pub redo: fn(Session),
    /// Tidies the saved data.
    pub maintain: fn(Session),
    /// Tries once more to write what could not be written.
    pub save_again: fn(Session),
    /// Loads the workspace anew.
    pub load: fn(Session),
    /// Makes room in a store that is full.
    pub make_room: fn(Session),
}

/// The handle that components get.
#[derive(Clone, Copy)]
pub struct Session {
    /// The texts in the person's language.
    pub text: Language,
    /// The registry with its history; empty until the desk is open.
    pub log: RwSignal<Log>,
    pub vault: StoredValue<Vault, LocalStorage>,
    /// What connects this tab with the others; nothing where nothing is kept.
    pub tabs: StoredValue<Option<Rc<Tabs>>, LocalStorage>,
    /// How full the store is, in percent, where that is much.
    pub usage: RwSignal<Option<usize>>,
    /// The workspace that is open.
    pub workspace: RwSignal<WorkspaceId>,
    pub desk: StoredValue<Option<Desk>>,
    /// Whether anything was changed since the page was opened.
    pub has_changed: StoredValue<bool>,
    /// Makes room in a store that is full.
    make_room: fn(Session),
    /// What belongs to nothing smaller belongs to this.
    pub owner: StoredValue<Owner>,
    /// The rule set in force.
    pub rules: RwSignal<RuleSet>,
    /// The theme.
    pub theme: RwSignal<Theme>,
    /// Whether what was done is kept.
    pub saving: RwSignal<Saving>,
    /// What has to be said about the saved data.
    pub notices: RwSignal<Vec<Notice>>,
    /// The page.
    pub route: RwSignal<Route>,
    /// What a dialog is open for.
    pub dialog: RwSignal<Option<Dialog>>,
    /// The announcement on screen.
    pub shown: RwSignal<Announcement>,
    /// The announcement that a screen reader speaks, whatever part of the page it comes from.
    pub spoken: RwSignal<Announcement>,
    /// What the learner has done in the lesson and in the questions.
    pub progress: RwSignal<Progress>,
    /// A refusal outside of any dialog, such as of an undo.
    pub refused: RwSignal<Option<Refusal>>,
    /// The earlier state that is being looked at.
    pub snapshot: RwSignal<Option<Snapshot>>,
    /// What may be done; everything, where this says nothing.
    pub limits: Option<Limits>,
    /// What is marked on the board: versions, each with a few words.
    pub marks: RwSignal<Vec<Mark>>,
    /// The parts of the app that are fetched later.
    pub chunks: Chunks,
    /// The version whose details are shown.
    pub selected: RwSignal<Option<VersionNumber>>,
    /// With what code is written: stages, or aliases and tags.
    pub code_era: RwSignal<ApiStyle>,
    /// The form in which code is shown.
    pub code_shape: RwSignal<Shape>,
    /// The address of the server in the code, as typed; empty for the usual one.
    pub base: RwSignal<String>,
    /// Whether the console at the foot of the registry's pages is open.
    pub console_open: RwSignal<bool>,
}

impl Session {
    /// Opens what the browser has kept, but for the registry itself: see [`Session::open_desk`]. `late` is the part of the page
    /// that was waited for in vain; `make_room` makes room in a store that is full.
    #[must_use]
    pub fn open(
        text: Language,
        tabs: Result<Rc<Tabs>, StoreError>,
        late: Option<Chunk>,
        make_room: fn(Self),
    ) -> Self {
        let (vault, notices) = match &tabs {
            Ok(tabs) => tabs.vault(),
            Err(why) => Vault::in_memory(why.clone()),
        };
        let workspace = vault.current();
        let rules = vault
            .workspace(&workspace)
            .map_or_else(RuleSet::default, |workspace| workspace.rules);
        let session = Self {
            text,
            log: RwSignal::new(Log::default()),
            desk: StoredValue::new(None),
            has_changed: StoredValue::new(false),
            make_room,
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
            rules: RwSignal::new(rules),
            theme: RwSignal::new(vault.theme()),
            saving: RwSignal::new(Saving::Saved),
            notices: RwSignal::new(notices),
            route: RwSignal::new(Route::parse(&browser::hash())),
            dialog: RwSignal::new(None),
            shown: RwSignal::new(Announcement::default()),
            spoken: RwSignal::new(Announcement::default()),
            progress: RwSignal::new(vault.progress().clone()),
            refused: RwSignal::new(None),
            snapshot: RwSignal::new(None),
            limits: None,
            marks: RwSignal::new(Vec::new()),
            chunks: Chunks::awaited(late),
            selected: RwSignal::new(None),
            code_era: RwSignal::new(ApiStyle::Stages),
            code_shape: RwSignal::new(Shape::Python),
            base: RwSignal::new(vault.console().base.clone()),
            console_open: RwSignal::new(vault.console().open),
            workspace: RwSignal::new(workspace),
            vault: StoredValue::new_local(vault),
            tabs: StoredValue::new_local(tabs.ok()),
            usage: RwSignal::new(None),
        };
        session.show_saving(Ok(()));
        session.join_windows();
        js::listen(&js_sys::global(), "beforeunload", move |event| {
            // A browser asks nobody who has not touched the page.
            if browser::was_touched() && session.would_lose() {
                let _ = js::call(&event, "preventDefault", &[]);
                js::set(&event, "returnValue", &true.into());
            }
        });
        session
    }

    /// Returns whether the registry with its history is there.
    #[must_use]
    pub fn is_desk_open(self) -> bool {
        self.desk.with_value(Option::is_some)
    }

    /// Returns the owner of everything on the page, for what is done later.
    pub fn owner(self) -> Owner {
        self.owner.get_value()
    }

    /// Returns what the frame can ask of the desk, once that is open.
    pub fn desk(self) -> Option<Desk> {
        self.desk.get_value()
    }

    /// Makes room in a store that is full.
    pub fn make_room_in_store(self) {
        (self.make_room)(self);
    }

    /// Writes to the store, makes room for it where there is none, and shows whether it did.
    pub fn keep(self, write: impl FnOnce(&mut Vault, &WorkspaceId) -> Result<(), StoreError>) {
        self.write(write);
        if self.saving.get_untracked() == Saving::NotSaved(StoreError::Full) {
            self.make_room_in_store();
        }
    }

    /// Writes to the store, and shows whether it did.
    pub fn write(self, write: impl FnOnce(&mut Vault, &WorkspaceId) -> Result<(), StoreError>) {
        self.has_changed.set_value(true);
        let workspace = self.workspace.get_untracked();
        let kept = self
            .vault
            .try_update_value(|vault| write(vault, &workspace))
            .unwrap_or(Ok(()));
        self.show_saving(kept);
    }

    pub fn show_saving(self, kept: Result<(), StoreError>) {
        let saving = self.vault.with_value(|vault| match (vault.mode(), kept) {
            (Mode::MemoryOnly, _) => Saving::MemoryOnly,
            (Mode::ReadOnlyNewer, _) => Saving::ReadOnly,
            (Mode::Kept, Err(error)) => Saving::NotSaved(error),
            (Mode::Reading, _) => self.kept_by_windows(),
            (Mode::Kept, Ok(())) if vault.is_saved() => self.kept_by_windows(),
            (Mode::Kept, Ok(())) => Saving::NotSaved(StoreError::Full),
        });
        if self.saving.get_untracked() != saving {
            self.saving.set(saving);
            self.tell_status();
        }
    }

    /// Tries once more to write what could not be written.
    pub fn save_again(self) {
        // A part of the app may be what is missing.
        browser::ask_again();
        if self.saving.get_untracked() == Saving::Unasked {
            self.talk();
            return;
        }
        if self.saving.get_untracked() == Saving::NotSaved(StoreError::Changed)
            && let Some(tabs) = self.tabs()
        {
            self.insist(tabs);
        } else {
            self.flush();
        }
    }

    /// Writes what could not be written.
    pub fn flush(self) {
        match self.desk.get_value() {
            Some(desk) => (desk.save_again)(self),
            None => self.keep(|vault, _| vault.flush_front()),
        }
        // There may be room again.
        self.measure();
    }

    /// Tidies the saved data; called when nothing else is to be done.
    pub fn tidy(self) {
        self.measure();
        if let Some(desk) = self.desk.get_value() {
            (desk.maintain)(self);
        }
    }

    /// Changes the rule set in force.
    pub fn set_rules(self, rules: RuleSet) {
        self.rules.set(rules);
        self.keep(|vault, workspace| vault.set_rules(workspace, rules));
        self.send_to_writer(|| Request::Rules(self.workspace.get_untracked(), rules));
        let texts = self.text.shell();
        self.announce(
            match rules {
                RuleSet::Guided => texts.rules_now_guided,
                RuleSet::Mlflow => texts.rules_now_mlflow,
            }
            .to_owned(),
        );
    }

    /// Opens or hides the console, and remembers that.
    pub fn open_console(self, open: bool) {
        self.console_open.set(open);
        self.change_console(ConsoleChange::Open(open));
    }

    /// Changes what the console remembers.
    pub fn change_console(self, change: ConsoleChange) {
        self.keep(|vault, _| vault.change_console(|memory| change.make(memory)));
        self.send_to_writer(|| Request::Console(change));
    }

    /// Changes the theme.
    pub fn set_theme(self, theme: Theme) {
        self.theme.set(theme);
        self.keep(|vault, _| vault.set_theme(theme));
        self.send_to_writer(|| Request::Theme(theme));
    }

    /// Returns the raw text of a value that was set aside.
    #[must_use]
    pub fn set_aside(self, key: &str) -> Option<String> {
        self.with_stored(|vault| vault.raw(key).ok().flatten())
    }

    /// Announces what changed, on screen and to a screen reader.
    pub fn announce(self, sentence: String) {
        self.put_announcement(&sentence, false);
    }

    /// Announces why something was not done, on screen and to a screen reader.
    pub fn announce_failure(self, sentence: String) {
        self.put_announcement(&sentence, true);
    }

    fn put_announcement(self, sentence: &str, is_wrong: bool) {
        for place in [self.shown, self.spoken] {
            place.update(|announcement| announcement.put(sentence, is_wrong));
        }
    }

    /// Announces to a screen reader what is on screen already.
    pub fn speak(self, sentence: String) {
        self.spoken
            .update(|announcement| announcement.put(&sentence, false));
    }

    /// Shows what changed, or nothing, where a screen reader speaks something else.
    pub fn show(self, sentence: &str) {
        self.shown
            .update(|announcement| announcement.put(sentence, false));
    }

    /// Goes to a page and lets the announcement belong to it.
    pub fn go_announced(self, route: &Route) {
        browser::go(route);
        for place in [self.shown, self.spoken] {
            place.update_if(|announcement| {
                announcement.at = browser::hash();
                (false, ())
            });
        }
    }

    /// Clears an announcement of another page than the one that is open now.
    pub fn forget_announcement(self) {
        let here = browser::hash();
        for place in [self.shown, self.spoken] {
            place.update_if(|announcement| {
                let is_elsewhere = announcement.at != here && !announcement.sentence.is_empty();
                if is_elsewhere {
                    announcement.sentence.clear();
                }
                (is_elsewhere, ())
            });
        }
    }

    /// Remembers something that the learner has done in the lesson or in a question.
    pub fn learned<R>(self, change: impl FnOnce(&mut Progress) -> R) {
        self.progress.update(|progress| {
            change(progress);
        });
        let progress = self.progress.with_untracked(Clone::clone);
        self.send_to_writer(|| Request::Learned(progress.clone()));
        self.keep(|vault, _| vault.set_progress(progress));
        self.ask_to_persist();
    }
}
