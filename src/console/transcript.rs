//! What is typed, carried out and remembered.

use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlTextAreaElement};

use crate::browser::{self, flip};
use crate::console::script::state::{Python, Script, line};
use crate::session::page_host::PageHost;
use crate::session::saving::Saving;
use crate::session::{
    Announcer, Preferences, RegistryStore, Router, use_announcer, use_language, use_preferences,
    use_registry, use_router,
};
use crate::ui::measured::Measure;
use console::complete::{Completion, complete};
use console::python::Need;
use console::{Console, Dialect, MAX_BYTES, Output, RegistryHost, Reply, Stop, transcript};
use el::{El, RwSignal};
use registry::{Command, FreeText, ModelName, RuleSet};
use text::Language;
use text::console::{Printed, PrintedKind, dialect_words, printed, spoken};
use text::explain::explain;
use text::narrate::narrate;

/// How many texts with their answers are shown; the oldest go.
const MOST_SHOWN: usize = 200;
/// The greatest length of a text in which words are completed, in bytes.
const SUGGESTED: usize = 8_000;

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

/// Who carries a text out.
enum Way {
    /// The console's own small reader.
    Small,
    /// It, where there ought to be a real Python.
    Instead,
    /// A real Python, if it may be fetched; why it is needed.
    Offer(Option<Need>),
    /// A real Python.
    Python,
    /// The small reader, on a copy.
    Copy,
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

    /// The field, once it is on the page.
    pub fn field(self) -> Option<HtmlTextAreaElement> {
        browser::by_id(&format!("{}-field", self.id))?
            .dyn_into()
            .ok()
    }

    /// Puts a text into the field, with the cursor at its end.
    pub fn put(self, text: &str) {
        self.set_field(text, text.len());
        if let Some(field) = self.field() {
            let _ = field.focus();
        }
    }

    /// Sets the field and its cursor, in bytes.
    fn set_field(self, text: &str, cursor: usize) {
        self.typed.set(text.to_owned());
        self.suggestions.set(Vec::new());
        self.pasted.set(None);
        self.measure.forget();
        if let Some(field) = self.field() {
            let units = text.get(..cursor).unwrap_or(text).encode_utf16().count();
            let units = u32::try_from(units).unwrap_or(u32::MAX);
            field.set_value(text);
            let _ = field.set_selection_range(units, units);
        }
    }

    /// Where the cursor stands in the field, in bytes.
    fn cursor(self) -> Option<usize> {
        let units = self.field()?.selection_start().ok()??;
        let units = usize::try_from(units).ok()?;
        self.typed.with_untracked(|typed| {
            let mut seen = 0;
            for (at, letter) in typed.char_indices() {
                if seen >= units {
                    return Some(at);
                }
                seen += letter.len_utf16();
            }
            Some(typed.len())
        })
    }

    /// Something was typed.
    pub fn edited(self, text: String) {
        self.typed.set(text);
        self.recalled.set(None);
        // Who goes on with what was pasted has looked at it.
        self.pasted.set(None);
        self.suggest();
    }

    /// Works out what may come next.
    fn suggest(self) {
        let list = self.cursor().map_or_else(Vec::new, |cursor| {
            self.typed.with_untracked(|typed| {
                // Nobody completes words in the middle of a long script, and every key would read it all.
                if typed.trim().is_empty() || typed.len() > SUGGESTED {
                    return Vec::new();
                }
                self.console.with_value(|console| {
                    self.host
                        .with_value(|host| complete(console, host, typed, cursor))
                })
            })
        });
        self.suggestions.set(list);
    }

    /// Completes what stands before the cursor as far as that is certain. Tells whether it did.
    pub fn complete(self) -> bool {
        let Some(cursor) = self.cursor() else {
            return false;
        };
        let list = self.suggestions.with_untracked(Clone::clone);
        let Some(first) = list.first() else {
            return false;
        };
        let written = self
            .typed
            .with_untracked(|typed| first.replace.of(typed).to_owned());
        if list.len() == 1 && written != first.text {
            self.take(first);
            return true;
        }
        let common = list.iter().fold(first.text.as_str(), |common, next| {
            let same = common
                .char_indices()
                .zip(next.text.chars())
                .take_while(|((_, one), other)| one == other)
                .map(|((at, one), _)| at + one.len_utf8())
                .last();
            common.get(..same.unwrap_or(0)).unwrap_or_default()
        });
        let goes_on = common.len() > written.len() && common.starts_with(&written);
        if goes_on
            && list.iter().all(|one| one.replace == first.replace)
            && first.replace.end == cursor
        {
            let part = Completion {
                text: common.to_owned(),
                ..first.clone()
            };
            self.take(&part);
            return true;
        }
        false
    }

    /// Puts a suggestion in its place.
    pub fn take(self, chosen: &Completion) {
        let (text, cursor) = self.typed.with_untracked(|typed| {
            let before = typed.get(..chosen.replace.start).unwrap_or_default();
            let after = typed.get(chosen.replace.end..).unwrap_or_default();
            (
                format!("{before}{}{after}", chosen.text),
                before.len() + chosen.text.len(),
            )
        });
        self.set_field(&text, cursor);
        if let Some(field) = self.field() {
            let _ = field.focus();
        }
        self.suggest();
    }

    /// Brings back what was typed before: the next older one, or the next newer. Where something is typed already, only
    /// what has it in it.
    pub fn recall(self, older: bool) -> bool {
        let (at, wanted) = self
            .recalled
            .get_untracked()
            .unwrap_or_else(|| (0, self.typed.get_untracked()));
        let found = self.preferences.typed_before(&wanted);
        let next = if older {
            at + 1
        } else {
            match at.checked_sub(1) {
                Some(next) => next,
                None => return false,
            }
        };
        let text = match next.checked_sub(1) {
            None => Some(wanted.clone()),
            Some(back) => found.into_iter().rev().nth(back),
        };
        let Some(text) = text else {
            return older && at > 0;
        };
        self.set_field(&text, text.len());
        self.recalled.set(Some((next, wanted)));
        true
    }

    /// A text was pasted: where it has several statements, one is asked once.
    pub fn was_pasted(self) {
        let count = self
            .typed
            .with_untracked(|typed| self.console.with_value(|console| console.count(typed)));
        self.pasted.set(Some(count).filter(|count| *count > 1));
    }

    /// Whether what stands in the field has no end yet, so that Enter starts a new line.
    pub fn goes_on(self) -> bool {
        self.typed
            .with_untracked(|typed| self.console.with_value(|console| console.goes_on(typed)))
    }

    /// Carries out what stands in the field.
    pub fn run(self) {
        let text = self.typed.get_untracked();
        if text.trim().is_empty() {
            return;
        }
        let on_copy = self.not_on_a_copy(&text);
        if let Some(why) = on_copy.or_else(|| self.cannot().map(str::to_owned)) {
            self.announcer.speak(why.clone());
            self.add(Said {
                typed: text,
                printed: vec![line(PrintedKind::Error, why)],
                ..Said::default()
            });
            return;
        }
        if self.measure.is_cut() {
            // Nobody has seen the end of it.
            return self
                .announcer
                .announce_failure(self.measure.words(self.language));
        }
        let way = self.way(&text);
        let is_script = matches!(way, Way::Offer(_) | Way::Python | Way::Copy);
        if is_script && self.python.is_running.get_untracked() {
            let busy = self.language.python().busy;
            return self.announcer.announce_failure(busy.to_owned());
        }
        self.recalled.set(None);
        if !self.mends {
            self.set_field("", 0);
        }
        let is_kept = self.preferences.remember_typed(&text);
        if is_script {
            let script = self.script(transcript::typed(&text).text.into_owned());
            if !is_kept {
                script.say(PrintedKind::Note, self.language.drawer().not_kept);
            }
            match &way {
                Way::Offer(need) => self.offer(script, need.as_ref(), &text),
                _ => self.start(script, script.is_dry.get_untracked()),
            }
            let mut read: Vec<Dialect> = Vec::new();
            let segments =
                |text: &String| self.console.with_value(|console| console.segments(text));
            for segment in script.text.with_value(segments) {
                if !read.contains(&segment.dialect) {
                    read.push(segment.dialect);
                }
            }
            return self.add(Said {
                typed: text,
                read_as: dialect_words(self.language, &read),
                script: Some(script),
                ..Said::default()
            });
        }
        let before = self.host.with_value(steps);
        let places = flip::places();
        let reply = self.console.try_update_value(|console| {
            self.host
                .try_update_value(|host| console.enter(host, &text))
        });
        let Some(Some(reply)) = reply else { return };
        flip::from(places);
        self.store.show_since(before);
        let mut notes = Vec::new();
        if !is_kept {
            notes.push(self.language.drawer().not_kept);
        }
        if matches!(way, Way::Instead) {
            notes.push(self.language.python().left_out);
        }
        self.answer(text, reply, &notes);
    }

    /// Who carries a text out.
    fn way(self, text: &str) -> Way {
        let has_python = self.console.with_value(|console| console.has_python(text));
        if self.store.limits.is_some() || !has_python {
            return match self.is_dry() {
                true => Way::Copy,
                false => Way::Small,
            };
        }
        // The names of a Python that is here are its own.
        if self.python.is_here() {
            return Way::Python;
        }
        let has_place = self.python.place().is_some();
        let is_dry = self.is_dry();
        let need = self
            .console
            .with_value(|console| console.needs_python(text))
            .filter(|_| !is_dry);
        match need {
            None if !is_dry => Way::Small,
            // Nobody has to fetch a Python to be told that.
            Some(need) if need.why.is_mistake() => Way::Small,
            Some(_) if !has_place => Way::Instead,
            _ if self.python.is_agreed() => Way::Python,
            need => Way::Offer(need),
        }
    }

    /// Whether what is entered is tried on a copy.
    fn is_dry(self) -> bool {
        self.python.place().is_some() && self.python.is_dry.get_untracked()
    }

    /// Why a text cannot be tried on a copy, where it is to be.
    fn not_on_a_copy(self, text: &str) -> Option<String> {
        let console = self.is_dry().then_some(self.console)?;
        let word = console.with_value(|console| console.not_on_a_copy(text))?;
        Some(self.language.python().not_on_a_copy(&word))
    }

    /// Why nothing can be changed now.
    pub fn cannot(self) -> Option<&'static str> {
        let texts = self.language.drawer();
        if self.store.snapshot.with_untracked(Option::is_some) {
            Some(texts.looking_back)
        } else if self
            .store
            .keeper
            .saving
            .with_untracked(Saving::is_read_only)
        {
            Some(texts.read_only)
        } else {
            None
        }
    }

    /// Shows what came of a text, below these notes.
    fn answer(self, text: String, mut reply: Reply, notes: &[&str]) {
        if self.mends
            && let Some(Stop::Refused { refusal, .. }) = &mut reply.stop
        {
            refusal.remedies.clear();
        }
        let reply = &reply;
        let rules = self.store.rules.get_untracked();
        let notes = notes.iter().map(|words| line(PrintedKind::Note, *words));
        let mut lines: Vec<Printed> = notes.collect();
        lines.extend(printed(self.language, rules, &text, reply));
        let remedies = match &reply.stop {
            Some(Stop::Refused { refusal, .. }) => {
                let words = explain(self.language, refusal);
                let commands = refusal.remedies.iter().map(|way| way.commands.clone());
                words.remedies.into_iter().zip(commands).collect()
            }
            _ => Vec::new(),
        };
        self.announcer.speak(spoken(self.language, reply, &lines));
        if reply.outputs.contains(&Output::Clear) {
            self.said.set(Vec::new());
            // Only what comes after it stands there then.
            if lines.is_empty() {
                return;
            }
        }
        self.add(Said {
            typed: text,
            read_as: dialect_words(self.language, &reply.dialects),
            printed: lines,
            remedies,
            ..Said::default()
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

    /// Takes a way out of a refusal.
    pub fn take_way(self, label: &str, commands: &[Command]) {
        let pressed = line(PrintedKind::Note, label);
        if let Some(why) = self.cannot() {
            self.announcer.speak(why.to_owned());
            self.add(Said {
                printed: vec![pressed, line(PrintedKind::Error, why)],
                ..Said::default()
            });
            return;
        }
        let before = self.host.with_value(steps);
        let done = self.store.act_all(commands, &FreeText::default());
        let mut lines = self.host.with_value(|host| {
            let mut lines = Vec::new();
            host.with_log(&mut |log| {
                let entries = log.done().iter().filter(|entry| entry.step > before);
                lines = entries
                    .map(|entry| line(PrintedKind::Output, narrate(self.language, entry)))
                    .collect();
            });
            lines
        });
        if let Err(refusal) = done {
            let words = explain(self.language, &refusal);
            let said = format!("{}. {}", words.rule, words.why);
            self.announcer.speak(said.clone());
            lines.push(line(PrintedKind::Error, said));
        }
        lines.insert(0, pressed);
        self.add(Said {
            printed: lines,
            ..Said::default()
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

pub fn steps(host: &PageHost) -> u64 {
    let mut steps = 0;
    host.with_log(&mut |log| steps = log.step());
    steps
}
