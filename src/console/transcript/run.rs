//! What was typed, carried out by the one whose it is, and what came of it.

use leptos::prelude::*;

use super::{Said, Talk};
use crate::browser::flip;
use crate::console::script::state::line;
use crate::session::page_host::PageHost;
use crate::session::saving::Saving;
use console::python::Need;
use console::{Dialect, Output, RegistryHost, Reply, Stop, transcript};
use registry::{Command, FreeText};
use text::console::{Printed, PrintedKind, dialect_words, printed, spoken};
use text::explain::explain;
use text::narrate::narrate;

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

impl Talk {
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
        if untrack(|| self.measure.is_cut()) {
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
}

fn steps(host: &PageHost) -> u64 {
    let mut steps = 0;
    host.with_log(&mut |log| steps = log.step());
    steps
}
