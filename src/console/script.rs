//! A text that a real Python runs: offered, fetched for, run or tried on a copy, stopped, done, taken back.
//!
//! | file | what it is |
//! |---|---|
//! | here | a script, offered and begun |
//! | `state` | what is known of a script, and of the Python of a console |
//! | `running` | a script under way, from the first byte that is fetched to its end |
//! | `tried` | what a script would do, done or left; what it did, taken back |

pub mod running;
pub mod state;
pub mod tried;

use leptos::prelude::*;

use crate::browser;
use crate::console::script::state::{DryRun, Job, Run, Script, Stand, State};
use crate::console::transcript::Talk;
use console::diagnostic::{Diagnostic, DiagnosticKind};
use console::dialect::Dialect;
use console::python::Need;
use console::{RegistryCopy, RegistryHost, Reply, Stop};
use el::RwSignal;
use registry::Time;
use text::console::{Printed, PrintedKind, printed};

impl Talk {
    /// A script that can be run.
    pub fn script(self, text: String) -> Script {
        let is_dry = self.python.is_dry.get_untracked();
        let owner = self.python.owner.get_value();
        owner.with(|| Script {
            text: StoredValue::new(text),
            lines: RwSignal::new(Vec::new()),
            state: RwSignal::new(State::Offered),
            is_dry: RwSignal::new(is_dry),
            remedies: RwSignal::new(Vec::new()),
            did: RwSignal::new(None),
        })
    }

    /// Offers to fetch a real Python for a script, and says what of the text that was entered needs it.
    pub fn offer(self, script: Script, need: Option<&Need>, entered: &str) {
        if let Some(need) = need {
            let rules = self.store.rules.get_untracked();
            let reply = Reply {
                stop: Some(Stop::Diagnostic(Diagnostic {
                    dialect: Dialect::Python,
                    at: need.at,
                    kind: DiagnosticKind::NeedsPython(need.why.clone()),
                })),
                ..Reply::default()
            };
            let lines = printed(self.language, rules, entered, &reply);
            // Nothing is wrong with it.
            let notes = lines.into_iter().map(|line| Printed {
                kind: match line.kind {
                    PrintedKind::Mark => PrintedKind::Output,
                    _ => PrintedKind::Note,
                },
                ..line
            });
            script.push(notes.collect());
        }
        let words = script.lines.with_untracked(|lines| {
            let words = lines.first().map(|line| line.text.clone());
            words.unwrap_or_default()
        });
        let words = format!("{words} {}", self.offered(script));
        self.announcer.speak(words.trim_start().to_owned());
    }

    /// What is said where a script can be run in a real Python.
    pub fn offered(self, script: Script) -> String {
        let texts = self.language.python();
        let size = self.python.place().map(|place| place.size(self.language));
        let size = size.unwrap_or_default();
        match script.is_dry.get_untracked() {
            true => texts.offer_dry(&size),
            false => texts.offer(&size),
        }
    }

    /// A script is not wanted.
    pub fn leave(self, script: Script) {
        let texts = self.language.python();
        script.say(PrintedKind::Note, texts.left);
        script.state.set(State::Ended);
        self.announcer.speak(texts.left.to_owned());
        self.focus();
    }

    /// Runs a script, or tries it on a copy. Python is fetched where it is not here.
    pub fn start(self, script: Script, is_dry: bool) {
        let texts = self.language.python();
        if self.python.is_running.get_untracked() {
            self.announcer.announce_failure(texts.busy.to_owned());
            return;
        }
        let text = script.text.get_value();
        let word = self
            .console
            .with_value(|console| console.not_on_a_copy(&text));
        let on_copy = word
            .filter(|_| is_dry)
            .map(|word| texts.not_on_a_copy(&word));
        if let Some(why) = on_copy.or_else(|| self.cannot().map(str::to_owned)) {
            self.announcer.speak(why.clone());
            script.say(PrintedKind::Error, why);
            return;
        }
        script.is_dry.set(is_dry);
        let segments = self.console.with_value(|console| console.segments(&text));
        let is_python = |dialect: Dialect| dialect == Dialect::Python;
        let is_mixed = segments.iter().any(|segment| !is_python(segment.dialect));
        let has_python = segments.iter().any(|segment| is_python(segment.dialect));
        // What is no Python at all is not begun, and neither is what stands before it.
        let checks = segments
            .iter()
            .filter(|segment| is_mixed && is_python(segment.dialect))
            .map(|segment| Job::Check(segment.at));
        let runs = segments
            .iter()
            .map(|segment| match is_python(segment.dialect) {
                true => Job::Run(segment.at),
                false => Job::Other(segment.at),
            });
        let stand = self.stand();
        script.did.set(Some((stand.step, stand.step)));
        let run = Run {
            script,
            jobs: checks.chain(runs).collect(),
            now: None,
            stand,
            dry: is_dry.then(|| self.dry_run()),
        };
        self.python.is_running.set(true);
        let is_ready = self.python.change(|inner| {
            inner.is_agreed |= has_python;
            inner.run = Some(run);
            !has_python || inner.is_ready && inner.worker.is_some()
        });
        if is_ready == Some(true) {
            script.state.set(State::Running);
            self.next_job();
        } else {
            script.state.set(State::Fetching(0));
            self.fetch_python();
        }
        self.focus();
    }

    /// Copies of the registry and of the console.
    fn dry_run(self) -> DryRun {
        let registry = self.host.with_value(|host| RegistryCopy {
            log: self.store.log.with_untracked(Clone::clone),
            rules: host.rules(),
            now: browser::now(),
            model: host.app_model(),
            ..RegistryCopy::default()
        });
        DryRun {
            registry,
            console: self.console.with_value(Clone::clone),
        }
    }

    /// Where the registry stands.
    fn stand(self) -> Stand {
        let workspace = self.store.keeper.workspace.get_untracked();
        let mut stand = Stand {
            workspace,
            step: 0,
            last: None,
            changed: Time::default(),
        };
        self.host.with_value(|host| {
            host.with_log(&mut |log| {
                stand.step = log.step();
                stand.last = log.done().last().cloned();
                stand.changed = log.registry().last_change();
            });
        });
        stand
    }

    /// Gives the field the focus: the button that had it is gone. The log shows its end.
    fn focus(self) {
        self.python.news.update(|count| *count += 1);
        if let Some(field) = self.field() {
            let _ = field.focus();
        }
    }
}
