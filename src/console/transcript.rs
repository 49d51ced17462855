//! What was typed in a console, and what came of it.

use std::rc::Rc;

use leptos::prelude::*;
use web_sys::Element;

use crate::console::script::state::{Python, Script, line};
use crate::session::page_host::PageHost;
use crate::session::{
    Announcer, Preferences, RegistryStore, Router, use_announcer, use_language, use_preferences,
    use_registry, use_router,
};
use crate::ui::measured::Measure;
use console::complete::Completion;
use console::{Console, MAX_BYTES};
use el::{El, RwSignal};
use registry::{Command, ModelName, RuleSet};
use text::Language;
use text::console::{Printed, PrintedKind};

mod run;
mod typed;

/// How many texts with their answers are shown; the oldest go.
const MOST_SHOWN: usize = 200;

/// A text and what came of it.
#[derive(Default)]
pub struct Said {
    pub id: u64,
    /// What was typed; empty where a button was pressed.
    pub typed: String,
    /// What it was read as, in words; empty where nothing was read.
    pub read_as: String,
    /// What came of it.
    pub printed: Vec<Printed>,
    /// What can be done instead of what was refused: what the button says, and what it does.
    pub remedies: Vec<(String, Vec<Command>)>,
    /// Where a real Python runs it, all that comes of it.
    pub script: Option<Script>,
}

/// How a console begins.
#[derive(Clone, Copy)]
pub enum Opening {
    /// With an empty field.
    Empty,
    /// With a script in its field that is to be mended.
    Mends(&'static str),
    /// With a line that it runs at once.
    Runs(&'static str),
}

/// The console at work. A handle that is cheap to copy.
#[derive(Clone, Copy)]
pub struct Talk {
    pub language: Language,
    pub store: RegistryStore,
    pub announcer: Announcer,
    pub preferences: Preferences,
    pub router: Router,
    /// Unique on the page.
    pub id: &'static str,
    pub console: StoredValue<Console, LocalStorage>,
    pub host: StoredValue<PageHost, LocalStorage>,
    pub python: Python,
    said: RwSignal<Vec<Rc<Said>>>,
    next: RwSignal<u64>,
    /// Whether a script is to be mended here: it stays in the field when it was run, and no way out is handed out.
    pub mends: bool,
    /// What stands in the field.
    pub typed: RwSignal<String>,
    /// What may come next.
    pub suggestions: RwSignal<Vec<Completion>>,
    /// How many statements a text has that was pasted and not looked at yet.
    pub pasted: RwSignal<Option<usize>>,
    /// How much the field takes in.
    pub measure: Measure,
    /// The place in what was typed before, counted from the newest, and what the field held before that was looked at.
    recalled: RwSignal<Option<(usize, String)>>,
}

impl Talk {
    /// Nothing is typed yet, or one line was run.
    pub fn new(id: &'static str, model: Option<ModelName>, opening: Opening) -> Self {
        let typed = match opening {
            Opening::Empty => "",
            Opening::Mends(text) | Opening::Runs(text) => text,
        };
        let (language, store, router) = (use_language(), use_registry(), use_router());
        let talk = Self {
            language,
            store,
            announcer: use_announcer(),
            preferences: use_preferences(),
            router,
            id,
            console: StoredValue::new_local(Console::default()),
            host: StoredValue::new_local(PageHost::new(store, router, model)),
            python: Python::new(store, id),
            said: RwSignal::new(Vec::new()),
            next: RwSignal::new(0),
            mends: matches!(opening, Opening::Mends(_)),
            typed: RwSignal::new(typed.trim_end().to_owned()),
            suggestions: RwSignal::new(Vec::new()),
            pasted: RwSignal::new(None),
            measure: Measure::new(MAX_BYTES),
            recalled: RwSignal::new(None),
        };
        if Python::was_left(id) {
            let words = language.python().left_behind;
            talk.add(Said {
                printed: vec![line(PrintedKind::Note, words)],
                ..Said::default()
            });
        }
        if matches!(opening, Opening::Runs(_)) {
            talk.run();
        }
        talk
    }

    /// Whether nothing was typed and answered yet.
    pub fn is_empty(self) -> bool {
        self.said.with(Vec::is_empty)
    }

    /// The numbers of what is shown.
    pub fn ids(self) -> Vec<u64> {
        self.said
            .with(|said| said.iter().map(|said| said.id).collect())
    }

    /// A text with what came of it.
    pub fn said(self, id: u64) -> Option<Rc<Said>> {
        self.said
            .with_untracked(|said| said.iter().find(|said| said.id == id).cloned())
    }

    /// The rules in force, in words.
    pub fn rules(self) -> String {
        let texts = self.language.play();
        match self.store.rules.get() {
            RuleSet::Guided => texts.rules_guided,
            RuleSet::Mlflow => texts.rules_mlflow,
        }
        .to_owned()
    }

    /// Lets the log show its newest part whenever something is added.
    pub fn scrolls(self, log: &El) {
        let log = log.node().clone();
        Effect::new(move || {
            self.python.news.track();
            if !self.is_empty() {
                let log: Element = log.clone();
                request_animation_frame(move || {
                    // Of what a dry run would do, the list comes first, not the end of its pictures.
                    let last = ".console-entry:last-child > .console-lines:last-child:has(.tried)";
                    match log.query_selector(last) {
                        Ok(Some(tried)) => {
                            let rest = tried.get_bounding_client_rect().top()
                                - log.get_bounding_client_rect().top();
                            #[expect(clippy::cast_possible_truncation, reason = "whole pixels")]
                            let rest = rest as i32;
                            log.set_scroll_top(log.scroll_top() + rest - log.client_height() / 2);
                        }
                        _ => log.set_scroll_top(log.scroll_height()),
                    }
                });
            }
        });
    }

    fn add(self, said: Said) {
        let id = self.next.get_untracked();
        self.next.set(id + 1);
        let new = Rc::new(Said { id, ..said });
        self.said.update(|said| {
            said.push(new);
            let over = said.len().saturating_sub(MOST_SHOWN);
            said.drain(..over);
        });
    }

    /// Forgets what is shown.
    pub fn clear(self) {
        self.said.set(Vec::new());
        if let Some(field) = self.field() {
            let _ = field.focus();
        }
    }

    /// Puts everything that is shown on the clipboard.
    pub fn copy(self) {
        let mut text = String::new();
        self.said.with_untracked(|said| {
            for said in said {
                for (at, line) in said.typed.lines().enumerate() {
                    text.push_str(if at == 0 { "> " } else { ". " });
                    text.push_str(line);
                    text.push('\n');
                }
                if !said.read_as.is_empty() {
                    text.push_str(&format!("({})\n", said.read_as));
                }
                let mut put = |lines: &[Printed]| {
                    for printed in lines {
                        text.push_str(&printed.text);
                        text.push('\n');
                    }
                };
                put(&said.printed);
                if let Some(script) = said.script {
                    script.lines.with_untracked(|lines| put(lines));
                }
            }
        });
        self.announcer.copy(text);
    }
}
