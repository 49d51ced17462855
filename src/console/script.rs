//! A text that a real Python runs: offered, fetched for, run or tried on a copy, stopped, done, taken back.
//!
//! | file | what it is |
//! |---|---|
//! | here | a script, and the Python of a console |
//! | `running` | a script under way, from the first byte that is fetched to its end |
//! | `tried` | what a script would do, done or left; what it did, taken back |

pub mod running;
pub mod tried;

use std::cell::Cell;
use std::collections::VecDeque;

use leptos::prelude::*;

use crate::console::python::{News, Place, Worker};
pub use crate::console::script::tried::Tried;
use crate::console::transcript::{Talk, line};
use crate::session::Session;
use console::python::Need;
use console::trouble::{Form, Span, Trouble, TroubleKind};
use console::{Reply, Stop, World, words};
use el::RwSignal;
use registry::{Command, Entry, Record, Time};
use storage::WorkspaceId;
use text::console::{Printed, PrintedKind, printed};

/// How long a piece of output may be, in bytes, for the next to go into it.
const JOINED: usize = 2_000;

/// How far a script has come.
#[derive(Clone, PartialEq, Debug)]
pub enum State {
    /// It can be run, if that is wanted.
    Offered,
    /// Python is on its way: so much has arrived.
    Fetching(u32),
    /// Python did not arrive.
    Missing(String),
    /// It runs.
    Running,
    /// It was tried on a copy: what it would do.
    Tried(Box<Tried>),
    /// Nothing more comes of it.
    Ended,
}

/// A script, as the console shows it. A handle that is cheap to copy.
#[derive(Clone, Copy)]
pub struct Script {
    pub text: StoredValue<String>,
    pub lines: RwSignal<Vec<Printed>>,
    pub state: RwSignal<State>,
    /// Whether it is tried on a copy.
    pub is_dry: RwSignal<bool>,
    pub ways_out: RwSignal<Vec<(String, Vec<Command>)>>,
    /// The step before its first one, and its last one.
    pub did: RwSignal<Option<(u64, u64)>>,
}

/// Where the history of a registry stands. Undo and another step lead to the same number, but not to the same place.
#[derive(Clone, PartialEq, Debug)]
pub struct Stand {
    workspace: WorkspaceId,
    step: u64,
    last: Option<Entry>,
    changed: Time,
}

/// A piece of a text, and what is to be done with it.
#[derive(Clone, Copy)]
enum Job {
    /// Python looks whether it is Python.
    Check(Span),
    /// Python runs it.
    Run(Span),
    /// It is for the console itself.
    Other(Span),
}

/// The script under way.
struct Run {
    script: Script,
    jobs: VecDeque<Job>,
    now: Option<Job>,
    /// Where the registry stands, as the script believes.
    stand: Stand,
    /// What it would do, where it is tried on a copy.
    tried: Vec<Record>,
    /// What is known at its end beside the registry, where it is tried on a copy.
    known: serde_json::Value,
}

#[derive(Default)]
struct Inner {
    worker: Option<Worker>,
    is_ready: bool,
    /// Whether it has run nothing yet, and knows no names.
    is_new: bool,
    /// Whether fetching was agreed to, in this visit.
    is_agreed: bool,
    run: Option<Run>,
    news: VecDeque<News>,
    is_draining: bool,
}

thread_local! {
    /// The console whose page was left while a script ran in it.
    static LEFT: Cell<Option<&'static str>> = const { Cell::new(None) };
}

/// The real Python of a console. A handle that is cheap to copy.
#[derive(Clone, Copy)]
pub struct Python {
    place: StoredValue<Option<Place>>,
    inner: StoredValue<Inner, LocalStorage>,
    /// What is shown belongs to it.
    owner: StoredValue<Owner>,
    /// Counts what was told.
    pub news: RwSignal<u64>,
    pub is_running: RwSignal<bool>,
    pub arguments: RwSignal<String>,
    pub environment: RwSignal<String>,
    pub is_dry: RwSignal<bool>,
}

impl Python {
    /// None is fetched yet. The console is that of `id`.
    pub fn new(session: Session, id: &'static str) -> Self {
        let place = Place::find().filter(|_| session.limits.is_none());
        let python = Self {
            place: StoredValue::new(place),
            inner: StoredValue::new_local(Inner::default()),
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
            news: RwSignal::new(0),
            is_running: RwSignal::new(false),
            arguments: RwSignal::new(String::new()),
            environment: RwSignal::new(String::new()),
            is_dry: RwSignal::new(false),
        };
        // A page that is left takes its small registry along, and the script that works on it.
        on_cleanup(move || {
            if python.script().is_some() {
                LEFT.set(Some(id));
                session.speak(session.text.python().left_behind.to_owned());
            }
        });
        python
    }

    /// Whether a script has ended with the page of this console; it is told once.
    pub fn was_left(id: &'static str) -> bool {
        let was_left = LEFT.get() == Some(id);
        if was_left {
            LEFT.set(None);
        }
        was_left
    }

    /// Where it is, if this console can have one.
    pub fn place(self) -> Option<Place> {
        self.place.get_value()
    }

    /// Whether scripts run without being asked for.
    pub fn is_agreed(self) -> bool {
        self.inner.with_value(|inner| inner.is_agreed)
    }

    /// Whether there is one, which has all names of Python then.
    pub fn is_here(self) -> bool {
        self.inner.with_value(|inner| inner.worker.is_some())
    }

    fn change<R>(self, change: impl FnOnce(&mut Inner) -> R) -> Option<R> {
        self.inner.try_update_value(change)
    }

    /// The script under way.
    fn script(self) -> Option<Script> {
        self.inner
            .try_with_value(|inner| inner.run.as_ref().map(|run| run.script))
            .flatten()
    }

    /// What a script is given beside its text: its arguments and its environment.
    fn given(self) -> (serde_json::Value, serde_json::Value) {
        let arguments = self.arguments.get_untracked().replace('\n', " ");
        // What no shell could read is one argument.
        let argv: Vec<serde_json::Value> = match words::split(&arguments) {
            Ok(lines) => lines
                .into_iter()
                .flatten()
                .map(|word| word.text.into())
                .collect(),
            Err(_) => vec![arguments.into()],
        };
        let environment = self.environment.get_untracked();
        let env: serde_json::Map<String, serde_json::Value> = environment
            .lines()
            .filter_map(|line| line.split_once('='))
            .map(|(name, value)| (name.trim().to_owned(), value.trim().into()))
            .collect();
        (argv.into(), env.into())
    }
}

impl Script {
    fn push(self, new: Vec<Printed>) {
        if new.is_empty() {
            return;
        }
        self.lines.update(|lines| {
            for piece in new {
                match lines.last_mut() {
                    Some(last)
                        if last.kind == PrintedKind::Output
                            && piece.kind == PrintedKind::Output
                            && last.text.len() < JOINED =>
                    {
                        last.text.push('\n');
                        last.text.push_str(&piece.text);
                    }
                    _ => lines.push(piece),
                }
            }
        });
    }

    fn say(self, kind: PrintedKind, words: impl Into<String>) {
        self.push(vec![line(kind, words)]);
    }
}

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
            ways_out: RwSignal::new(Vec::new()),
            did: RwSignal::new(None),
        })
    }

    /// Offers to fetch a real Python for a script, and says what it is needed for.
    pub fn offer(self, script: Script, need: Option<&Need>) {
        if let Some(need) = need {
            let text = script.text.get_value();
            let rules = self.session.rules.get_untracked();
            let reply = Reply {
                stop: Some(Stop::Trouble(Trouble {
                    form: Form::Python,
                    at: need.at,
                    kind: TroubleKind::NeedsPython(need.why.clone()),
                })),
                ..Reply::default()
            };
            let lines = printed(self.session.text, rules, &text, &reply);
            // Nothing is wrong with it.
            let notes = lines.into_iter().map(|line| match line.kind {
                PrintedKind::Mark => line,
                _ => Printed {
                    kind: PrintedKind::Note,
                    ..line
                },
            });
            script.push(notes.collect());
        }
        let words = script.lines.with_untracked(|lines| {
            let words = lines.first().map(|line| line.text.clone());
            words.unwrap_or_default()
        });
        let words = format!("{words} {}", self.offered(script));
        self.session.speak(words.trim_start().to_owned());
    }

    /// What is said where a script can be run in a real Python.
    pub fn offered(self, script: Script) -> String {
        let texts = self.session.text.python();
        let size = self
            .python
            .place()
            .map(|place| place.size(self.session.text));
        let size = size.unwrap_or_default();
        match script.is_dry.get_untracked() {
            true => texts.offer_dry(&size),
            false => texts.offer(&size),
        }
    }

    /// A script is not wanted.
    pub fn leave(self, script: Script) {
        let texts = self.session.text.python();
        script.say(PrintedKind::Note, texts.left);
        script.state.set(State::Ended);
        self.session.speak(texts.left.to_owned());
        self.focus();
    }

    /// Runs a script, or tries it on a copy. Python is fetched where it is not here.
    pub fn start(self, script: Script, is_dry: bool) {
        let texts = self.session.text.python();
        if self.python.is_running.get_untracked() {
            self.session.announce_failure(texts.busy.to_owned());
            return;
        }
        if let Some(why) = self.cannot() {
            self.session.speak(why.to_owned());
            script.say(PrintedKind::Error, why);
            return;
        }
        script.is_dry.set(is_dry);
        let text = script.text.get_value();
        let pieces = self.console.with_value(|console| console.pieces(&text));
        let is_python = |form: Form| form == Form::Python;
        let is_mixed = pieces.iter().any(|piece| !is_python(piece.form));
        if is_dry && is_mixed {
            script.say(PrintedKind::Error, texts.mixed);
            script.state.set(State::Ended);
            self.session.speak(texts.mixed.to_owned());
            return self.focus();
        }
        // What is no Python at all is not begun, and neither is what stands before it.
        let checks = pieces
            .iter()
            .filter(|piece| is_mixed && is_python(piece.form))
            .map(|piece| Job::Check(piece.at));
        let runs = pieces.iter().map(|piece| match is_python(piece.form) {
            true => Job::Run(piece.at),
            false => Job::Other(piece.at),
        });
        let stand = self.stand();
        script.did.set(Some((stand.step, stand.step)));
        let run = Run {
            script,
            jobs: checks.chain(runs).collect(),
            now: None,
            stand,
            tried: Vec::new(),
            known: serde_json::Value::Null,
        };
        self.python.is_running.set(true);
        let is_ready = self.python.change(|inner| {
            inner.is_agreed = true;
            inner.run = Some(run);
            inner.is_ready && inner.worker.is_some()
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

    /// Where the registry stands.
    fn stand(self) -> Stand {
        let workspace = self.session.workspace.get_untracked();
        let mut stand = Stand {
            workspace,
            step: 0,
            last: None,
            changed: Time::default(),
        };
        self.world.with_value(|world| {
            world.look(&mut |log| {
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
