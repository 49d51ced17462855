//! Builtins of the console and command lines.

use super::super::builtin_call;
use super::super::builtins::Builtin;
use super::super::registry_host::ask;
use super::super::shell;
use super::super::span::Span;
use super::super::topic::Topic;
use super::{CompletionKind, List, MOST};
use registry::Stage;

impl List<'_> {
    /// What goes on in a line that starts with a builtin.
    pub(super) fn builtin(&mut self, text: &str, line: Span) {
        let here = line.of(text);
        let trimmed = here.trim_start();
        let Some((first, rest)) = trimmed.split_once([' ', '\t']) else {
            // The word itself is still being typed; Python's names may be meant as well.
            self.typing(text, line.end - trimmed.len());
            return self.all(Builtin::ALL.map(Builtin::as_str), CompletionKind::Command);
        };
        let rest = rest.trim_start();
        self.typing(text, line.end - rest.len());
        match Builtin::named(first) {
            Some(Builtin::Help) => self.all(Topic::names(), CompletionKind::Command),
            Some(Builtin::Show) => self.models(),
            Some(Builtin::Rules) => self.all(
                builtin_call::RULES.map(|(name, _)| name),
                CompletionKind::Command,
            ),
            Some(Builtin::Reset) => self.all(["empty", "sample"], CompletionKind::Command),
            Some(Builtin::Restore) => {
                let steps = ask(self.host, |log| {
                    let done = log.done().iter().rev().take(MOST);
                    done.map(|entry| entry.step.to_string()).collect::<Vec<_>>()
                });
                for step in steps.unwrap_or_default() {
                    self.add(step, CompletionKind::Version);
                }
            }
            _ => {}
        }
    }

    /// What goes on in a command line.
    pub(super) fn shell(&mut self, text: &str, line: Span) {
        let here = line.of(text);
        let word = here.rsplit(char::is_whitespace).next().unwrap_or_default();
        let start = here.len() - word.len();
        self.typing(text, line.start + start);
        let mut words: Vec<&str> = here
            .get(..start)
            .unwrap_or_default()
            .split_whitespace()
            .collect();
        words.retain(|word| !matches!(*word, "$" | "!" | "\\"));
        let unquoted = |word: &str| word.trim_matches(['\'', '"']).to_owned();
        let value_of = |option: &str| {
            let at = words.iter().position(|word| *word == option)?;
            words.get(at + 1).map(|word| unquoted(word))
        };
        match words.as_slice() {
            [] => self.add("mlflow", CompletionKind::Command),
            [_] => self.all(["models"], CompletionKind::Command),
            [_, "models"] => self.all([shell::TRANSITION], CompletionKind::Command),
            [.., shell::NAME] => self.models(),
            [.., shell::VERSION] => self.versions(value_of(shell::NAME).as_deref()),
            [.., shell::STAGE] => {
                for stage in Stage::ALL {
                    self.add(stage.as_str().to_ascii_lowercase(), CompletionKind::Stage);
                }
            }
            _ => {
                for option in shell::OPTIONS {
                    if !words.contains(&option.name) {
                        self.add(option.name, CompletionKind::Option);
                    }
                }
            }
        }
    }
}
