//! What a script would do, listed and shown, done or left; what it did, taken back.

use leptos::prelude::*;

use crate::console::script::state::{DryRun, Script, Stand, State, Tried, line};
use crate::console::transcript::Talk;
use console::tried::boards;
use registry::{Log, RuleSet, Stage};
use text::console::PrintedKind;
use text::explain::explain;
use text::narrate::narrate;

impl Talk {
    /// A text has ended that was tried on a copy: what it would do, as a list and on the board.
    pub fn tried(self, script: Script, stand: Stand, dry: DryRun) {
        let texts = self.language.python();
        // The ways out are those of the copy.
        script.remedies.set(Vec::new());
        let DryRun { registry, console } = dry;
        let rules = match registry.rules {
            RuleSet::Guided => texts.rules_guided,
            RuleSet::Mlflow => texts.rules_mlflow,
        };
        let mut words = match registry.steps.len() {
            0 => texts.would_nothing(&rules),
            count => texts.would(count, &rules),
        };
        let refused = match registry.refused_by_team {
            0 => None,
            count => Some(texts.refused_by_team(count)),
        };
        script.say(PrintedKind::Note, &words);
        let before: Log = self.store.log.with_untracked(Clone::clone);
        let known = before.done().len();
        let done = registry.log.done();
        let entries = done.get(known..).unwrap_or_default();
        let lines = entries.iter().enumerate().map(|(at, entry)| {
            let words = narrate(self.language, entry);
            line(PrintedKind::Note, format!("{}. {words}", at + 1))
        });
        script.push(lines.collect());
        let after = registry.log.registry();
        let boards = boards(before.registry(), after, entries);
        for board in &boards {
            let model = after.model(&board.name);
            let live = model.map(|model| model.in_stage(Stage::Production));
            let live: Vec<String> = live
                .into_iter()
                .flatten()
                .map(ToString::to_string)
                .collect();
            if let [_, .., serves] = live.as_slice() {
                let words = texts.two_live(&board.name, &live.join(", "), serves);
                script.say(PrintedKind::Warning, words);
            }
        }
        if let Some(refused) = &refused {
            script.say(PrintedKind::Warning, refused);
            words = format!("{words} {refused}");
        }
        self.announcer.speak(words);
        let is_refused = refused.is_some();
        if registry.steps.is_empty() && !is_refused {
            return script.state.set(State::Ended);
        }
        script.state.set(State::Tried(Box::new(Tried {
            boards,
            stand,
            steps: registry.steps,
            known: console.known(),
            variables: console.variables().clone(),
            is_refused,
        })));
    }

    /// Puts MLflow's own rules in force and tries a text once more.
    pub fn try_under_mlflow(self, script: Script) {
        self.store.set_rules(RuleSet::Mlflow);
        self.start(script, true);
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
                self.console.try_update_value(|console| {
                    console.take_over(&tried.known);
                    console.set_variables(tried.variables.clone());
                });
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
