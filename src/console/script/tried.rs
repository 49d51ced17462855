//! What a script would do, listed and shown, done or left; what it did, taken back.

use leptos::prelude::*;
use serde_json::Value;

use crate::console::script::state::{Script, Stand, State, Tried, line};
use crate::console::transcript::Talk;
use console::tried::boards;
use registry::{Log, Record};
use text::console::PrintedKind;
use text::explain::explain;
use text::narrate::narrate;

impl Talk {
    /// A script has ended that was tried on a copy: what it would do, as a list and on the board.
    pub fn tried(self, script: Script, stand: Stand, steps: Vec<Record>, known: Value) {
        let texts = self.language.python();
        // The ways out are those of the copy.
        script.remedies.set(Vec::new());
        let words = match steps.len() {
            0 => texts.would_nothing.to_owned(),
            count => texts.would(count),
        };
        self.announcer.speak(words.clone());
        script.say(PrintedKind::Note, words);
        if steps.is_empty() {
            return script.state.set(State::Ended);
        }
        let mut copy: Log = self.store.log.with_untracked(Clone::clone);
        let before = copy.clone();
        let mut entries = Vec::new();
        let mut lines = Vec::new();
        for step in &steps {
            if copy.replay(step).is_ok()
                && let Some(entry) = copy.done().last()
            {
                let words = narrate(self.language, entry);
                let words = format!("{}. {words}", lines.len() + 1);
                lines.push(line(PrintedKind::Note, words));
                entries.push(entry.clone());
            }
        }
        script.push(lines);
        let boards = boards(before.registry(), copy.registry(), &entries);
        script.state.set(State::Tried(Box::new(Tried {
            boards,
            stand,
            steps,
            known,
        })));
    }

    /// Does what was tried on the copy.
    pub fn do_tried(self, script: Script) {
        let texts = self.language.python();
        let State::Tried(tried) = script.state.get_untracked() else {
            return;
        };
        let stand = self.stand();
        let before = stand.step;
        let is_same = stand == tried.stand;
        let mut done = Ok(());
        if is_same {
            let mut steps = tried.steps.iter();
            done = steps.try_for_each(|record| self.carry_out(record));
        }
        let now = self.stand().step;
        let words = match done {
            Err(refusal) => {
                let words = explain(self.language, &refusal);
                format!("{}. {}", words.rule.trim_end_matches('.'), words.why)
            }
            Ok(()) if !is_same => texts.changed_since.to_owned(),
            Ok(()) => {
                self.console
                    .try_update_value(|console| console.take_over(&tried.known));
                texts.did_it.to_owned()
            }
        };
        let kind = if now > before {
            PrintedKind::Note
        } else {
            PrintedKind::Error
        };
        script.say(kind, &words);
        script.is_dry.set(false);
        script.did.set(Some((before, now)));
        script.state.set(State::Ended);
        self.store.show_since(before);
        self.announcer.speak(words);
        self.focus();
    }

    /// How many steps of a script can be taken back: all of them, where they are the last ones.
    pub fn can_take_back(self, script: Script) -> Option<usize> {
        let (from, to) = script.did.get()?;
        let now = self.store.history(Log::step);
        let is_last = now == to && script.state.get() == State::Ended;
        let count = usize::try_from(to.saturating_sub(from)).ok()?;
        (is_last && count > 0).then_some(count)
    }

    /// Takes all steps of a script back.
    pub fn take_back(self, script: Script, count: usize) {
        let texts = self.language.python();
        if let Some(why) = self.cannot() {
            return self.announcer.announce_failure(why.to_owned());
        }
        let done = (0..count).try_for_each(|_| self.store.change_quietly(Log::undo));
        let words = match done {
            Ok(()) => texts.undone(count),
            Err(refusal) => {
                let words = explain(self.language, &refusal);
                format!("{}. {}", words.rule.trim_end_matches('.'), words.why)
            }
        };
        script.say(PrintedKind::Note, &words);
        script.did.set(None);
        self.announcer.announce(words);
        self.focus();
    }
}
