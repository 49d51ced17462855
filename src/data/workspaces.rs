//! All registries of the learner's: opened, made, named, copied and deleted. Those that were deleted come back.

use std::fmt::Display;

use leptos::prelude::*;

use crate::browser;
use crate::session::{Dialogs, Workspaces, use_dialogs, use_language, use_workspaces};
use crate::ui::field::Field;
use crate::ui::modal::{modal, submitted};
use crate::ui::pills::{Pill, pills};
use el::{El, Memo, RwSignal, action, button, div, ev, form, h3, li, p, section, span, strong, ul};
use storage::{Deleted, NoName, StoreError, Workspace, WorkspaceId, WorkspaceName};
use text::Language;
use text::share::{self, RegistriesText};

/// A sentence with a name in it.
type NamedWords = fn(&RegistriesText, &dyn Display) -> String;

/// What the dialog knows.
#[derive(Clone, Copy)]
struct Here {
    language: Language,
    workspaces: Workspaces,
    dialogs: Dialogs,
    /// Counts up whenever the list is another one.
    changed: RwSignal<u32>,
    /// Which one is being named.
    naming: RwSignal<Option<WorkspaceId>>,
    /// Which one can only be deleted for good.
    doomed: RwSignal<Option<WorkspaceId>>,
    /// What just happened.
    told: RwSignal<String>,
    /// Whether that says why something was not done.
    is_wrong: RwSignal<bool>,
}

/// The dialog.
pub fn registries() -> El {
    let (language, dialogs, workspaces) = (use_language(), use_dialogs(), use_workspaces());
    let texts = language.registries();
    let here = Here {
        language,
        workspaces,
        dialogs,
        changed: RwSignal::new(0),
        naming: RwSignal::new(None),
        doomed: RwSignal::new(None),
        told: RwSignal::new(String::new()),
        is_wrong: RwSignal::new(false),
    };
    let rows = move || {
        here.changed.track();
        workspaces
            .all()
            .into_iter()
            .map(|one| here.row(one))
            .collect()
    };
    let content = div()
        .class("form")
        .child(p().class("quiet").text(texts.intro))
        .child(
            p().class("told")
                .id("registries-told")
                .class(("wrong", move || here.is_wrong.get()))
                .attr("role", "status")
                .text(move || here.told.get()),
        )
        .child(ul().class("registries").dynamic(rows))
        .child(div().dynamic(move || here.trash()))
        .child(here.form())
        .child(
            div()
                .class("actions")
                .child(action(language.shell().close, move || {
                    dialogs.open.set(None)
                })),
        );
    modal(texts.title.to_owned(), content)
}

impl Here {
    fn tell(self, words: NamedWords, name: &str) {
        self.is_wrong.set(false);
        let texts = self.language.registries();
        self.told.set(words(texts, &name));
        self.changed
            .update(|changed| *changed = changed.wrapping_add(1));
    }

    /// Tells what was done by a button that is gone with it.
    fn tell_gone(self, words: NamedWords, name: &str) {
        self.tell(words, name);
        browser::focus_soon("modal-title");
    }

    /// Tells why something was not done.
    fn tell_why(self, why: &StoreError) {
        let else_say = self.language.registries().no_room;
        self.is_wrong.set(true);
        self.told
            .set(self.workspaces.not_done(why, else_say).to_owned());
    }

    /// Whether something can be done now. What is not saved yet would be lost with another registry.
    fn is_ready(self) -> bool {
        let is_saved = self.workspaces.store.keeper.is_saved();
        if !is_saved {
            self.is_wrong.set(true);
            self.told.set(self.language.workspaces().unsaved.to_owned());
        }
        is_saved
    }

    fn row(self, one: Workspace) -> El {
        let texts = self.language.registries();
        let name = self.workspaces.name(&one.id);
        if self.naming.get().as_ref() == Some(&one.id) {
            return li().child(self.name_form(one.id, &name));
        }
        let is_own = one.id == WorkspaceId::own();
        let is_open = self.workspaces.current.get() == one.id;
        let is_doomed = self.doomed.get().as_ref() == Some(&one.id);
        let since = if is_own {
            texts.always.to_owned()
        } else {
            texts.created(&browser::date(one.created))
        };
        let since = if is_open {
            format!("{}, {since}", texts.is_open)
        } else {
            since
        };
        let actions = div()
            .class("actions")
            .children((!is_open).then(|| self.open(one.id.clone(), &name)))
            .child(self.rename(one.id.clone(), &name))
            .child(self.duplicate(one.id.clone(), &name))
            .children((!is_own).then(|| self.delete(one.id.clone(), &name)))
            .children(is_doomed.then(|| self.delete_for_good(one.id.clone(), &name)));
        li().child(
            p().child(strong().text(name))
                .child(span().class("quiet").text(since)),
        )
        .child(actions)
    }

    /// A button for one registry, which names it for who hears the buttons one after the other.
    fn button(self, words: &str, label: NamedWords, name: &str, act: impl Fn() + 'static) -> El {
        let label = label(self.language.registries(), &name);
        action(words, act).attr("aria-label", label)
    }

    fn open(self, id: WorkspaceId, name: &str) -> El {
        let words = self.language.registries().open_it;
        self.button(words, RegistriesText::open_name, name, move || {
            if self.is_ready() {
                self.dialogs.open.set(None);
                self.workspaces.open(&id);
            }
        })
    }

    fn rename(self, id: WorkspaceId, name: &str) -> El {
        let words = self.language.registries().rename;
        self.button(words, RegistriesText::rename_name, name, move || {
            self.naming.set(Some(id.clone()));
            browser::focus_soon("registry-new-name");
        })
    }

    fn duplicate(self, id: WorkspaceId, name: &str) -> El {
        let words = self.language.registries().duplicate;
        self.button(words, RegistriesText::duplicate_name, name, move || {
            if !self.is_ready() {
                return;
            }
            match self.workspaces.duplicate(&id) {
                Ok(name) => self.tell(RegistriesText::duplicated, &name),
                Err(why) => self.tell_why(&why),
            }
        })
    }

    fn delete(self, id: WorkspaceId, name: &str) -> El {
        let (words, called) = (self.language.registries().delete, name.to_owned());
        let delete = move || {
            if !self.is_ready() {
                return;
            }
            match self.workspaces.delete(&id) {
                Ok(()) => {
                    self.tell(RegistriesText::deleted, &called);
                    browser::focus_soon("registry-back");
                }
                Err(StoreError::Full) => {
                    self.tell(RegistriesText::no_room_to_keep, &called);
                    self.doomed.set(Some(id.clone()));
                    browser::focus_soon("registry-for-good");
                }
                Err(why) => self.tell_why(&why),
            }
        };
        self.button(words, RegistriesText::delete_name, name, delete)
            .class("danger")
    }

    fn delete_for_good(self, id: WorkspaceId, name: &str) -> El {
        let (words, called) = (self.language.registries().for_good, name.to_owned());
        let delete = move || {
            self.doomed.set(None);
            match self.workspaces.delete_for_good(&id) {
                Ok(()) => self.tell(RegistriesText::forgotten, &called),
                Err(why) => self.tell_why(&why),
            }
            browser::focus_soon("modal-title");
        };
        self.button(words, RegistriesText::for_good_name, name, delete)
            .id("registry-for-good")
            .class("danger")
    }

    /// The field for another name of one that is there.
    fn name_form(self, id: WorkspaceId, now: &str) -> El {
        let language = self.language;
        let workspaces = self.workspaces;
        let texts = language.registries();
        let value = RwSignal::new(now.to_owned());
        let others = workspaces.names(Some(&id));
        let read = move || WorkspaceName::parse(&value.get(), &others);
        let wrong = Memo::new({
            let read = read.clone();
            move || wrong(language, read().err())
        });
        let done = move || {
            self.naming.set(None);
            browser::focus_soon("modal-title");
        };
        form()
            .class("form")
            .child(
                Field {
                    id: "registry-new-name",
                    label: texts.new_name,
                    hint: "",
                    value,
                    wrong,
                    multiline: false,
                }
                .view(false),
            )
            .child(
                div()
                    .class("actions")
                    .child(submit(texts.save, wrong))
                    .child(action(language.shell().cancel, done)),
            )
            .on(
                ev::submit,
                submitted(move || {
                    if self.naming.with_untracked(Option::is_none) {
                        return;
                    }
                    if let Ok(name) = untrack(&read) {
                        let words = name.to_string();
                        let renamed = workspaces.rename(&id, name);
                        done();
                        match renamed {
                            Ok(()) => self.tell(RegistriesText::renamed, &words),
                            Err(why) => self.tell_why(&why),
                        }
                        // The page behind shows the name, too.
                        workspaces.current.update(|_| ());
                    }
                }),
            )
    }

    /// Those that were deleted, the newest first.
    fn trash(self) -> Vec<El> {
        self.changed.track();
        let texts = self.language.registries();
        let deleted = self.workspaces.deleted();
        if deleted.is_empty() {
            return Vec::new();
        }
        let rows = deleted.into_iter().enumerate();
        vec![
            section()
                .class("section")
                .attr("aria-labelledby", "registry-bin")
                .child(h3().id("registry-bin").text(texts.trash))
                .child(p().class("quiet").text(texts.trash_intro))
                .child(
                    ul().class("registries")
                        .children(rows.map(|(at, one)| self.deleted(&one, at == 0))),
                ),
        ]
    }

    /// One that was deleted.
    fn deleted(self, one: &Deleted, is_newest: bool) -> El {
        let language = self.language;
        let workspaces = self.workspaces;
        let texts = language.registries();
        let (number, name) = (one.number, one.name.to_string());
        let back = action(texts.bring_back, move || {
            match workspaces.bring_back(number) {
                Ok(name) => self.tell_gone(RegistriesText::back, &name),
                Err(why) => self.tell_why(&why),
            }
        })
        .attr("aria-label", texts.bring_back_name(&name));
        let back = if is_newest {
            back.id("registry-back")
        } else {
            back
        };
        let called = name.clone();
        let forget = action(texts.forget, move || {
            match workspaces.forget_deleted(number) {
                Ok(()) => self.tell_gone(RegistriesText::forgotten, &called),
                Err(why) => self.tell_why(&why),
            }
        })
        .attr("aria-label", texts.forget_name(&name));
        li().child(p().child(strong().text(name)))
            .child(div().class("actions").child(back).child(forget))
    }

    /// The fields for a new one.
    fn form(self) -> El {
        let language = self.language;
        let workspaces = self.workspaces;
        let dialogs = self.dialogs;
        let texts = language.registries();
        let value = RwSignal::new(String::new());
        let with_sample = RwSignal::new(false);
        let read = move || {
            self.changed.track();
            WorkspaceName::parse(&value.get(), &workspaces.names(None))
        };
        let wrong = Memo::new(move || wrong(language, read().err()));
        let starts = [("empty", texts.empty), ("sample", texts.sample)];
        let starts = starts.map(Pill::plain);
        let field = Field {
            id: "registry-name",
            label: texts.name,
            hint: "",
            value,
            wrong,
            multiline: false,
        };
        section()
            .class("panel section")
            .attr("aria-labelledby", "registry-new")
            .child(h3().id("registry-new").text(texts.new))
            .child(
                form()
                    .class("form")
                    .child(field.view(false))
                    .child(pills(
                        "registry-start",
                        texts.start,
                        &starts,
                        move || Some(usize::from(with_sample.get())),
                        move |at| with_sample.set(at == 1),
                    ))
                    .child(div().class("actions").child(submit(texts.create, wrong)))
                    .on(
                        ev::submit,
                        submitted(move || {
                            let Ok(name) = untrack(read) else { return };
                            if !self.is_ready() {
                                return;
                            }
                            let words = name.to_string();
                            match workspaces.create(name, with_sample.get_untracked()) {
                                Ok(()) => {
                                    dialogs.open.set(None);
                                    workspaces
                                        .store
                                        .announcer
                                        .announce(texts.created_now(&words));
                                }
                                Err(why) => self.tell_why(&why),
                            }
                        }),
                    ),
            )
    }
}

fn wrong(language: Language, why: Option<NoName>) -> Option<String> {
    why.map(|why| share::no_name(language, why).to_owned())
}

fn submit(words: &str, wrong: Memo<Option<String>>) -> El {
    button()
        .attr("type", "submit")
        .class("primary")
        .text(words)
        .attr("disabled", move || wrong.with(Option::is_some))
}
