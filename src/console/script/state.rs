//! A script, and the Python of a console: what is known of them.

use std::cell::Cell;
use std::collections::VecDeque;

use leptos::prelude::*;
use serde_json::Value;

use crate::console::python::{News, Place, Worker};
use crate::session::RegistryStore;
use console::rest::Variables;
use console::shell_words;
use console::span::Span;
use console::tried::Board;
use console::{Console, RegistryCopy};
use el::RwSignal;
use registry::{Command, Entry, Record, Time};
use storage::WorkspaceId;
use text::console::{Printed, PrintedKind};

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
    pub remedies: RwSignal<Vec<(String, Vec<Command>)>>,
    /// The step before its first one, and its last one.
    pub did: RwSignal<Option<(u64, u64)>>,
}

/// Where the history of a registry stands. Undo and another step lead to the same number, but not to the same place.
#[derive(Clone, PartialEq, Debug)]
pub struct Stand {
    pub workspace: WorkspaceId,
    pub step: u64,
    pub last: Option<Entry>,
    pub changed: Time,
}

/// A piece of a text, and what is to be done with it.
#[derive(Clone, Copy)]
pub enum Job {
    /// Python looks whether it is Python.
    Check(Span),
    /// Python runs it.
    Run(Span),
    /// It is for the console itself.
    Other(Span),
}

/// The script under way.
pub struct Run {
    pub script: Script,
    pub jobs: VecDeque<Job>,
    pub now: Option<Job>,
    /// Where the registry stands, as the script believes.
    pub stand: Stand,
    /// What it is tried on, where it is a dry run.
    pub dry: Option<DryRun>,
}

/// What a text is tried on: copies of the registry and of the console.
pub struct DryRun {
    pub registry: RegistryCopy,
    pub console: Console,
}

#[derive(Default)]
pub struct Inner {
    pub worker: Option<Worker>,
    pub is_ready: bool,
    /// Whether it has run nothing yet, and knows no names.
    pub is_new: bool,
    /// Whether fetching was agreed to, in this visit.
    pub is_agreed: bool,
    pub run: Option<Run>,
    pub news: VecDeque<News>,
    pub is_draining: bool,
}

thread_local! {
    /// The console whose page was left while a script ran in it.
    static LEFT: Cell<Option<&'static str>> = const { Cell::new(None) };
}

/// The real Python of a console. A handle that is cheap to copy.
#[derive(Clone, Copy)]
pub struct Python {
    pub place: StoredValue<Option<Place>>,
    pub inner: StoredValue<Inner, LocalStorage>,
    /// What is shown belongs to it.
    pub owner: StoredValue<Owner>,
    /// Counts what was told.
    pub news: RwSignal<u64>,
    pub is_running: RwSignal<bool>,
    pub arguments: RwSignal<String>,
    pub environment: RwSignal<String>,
    pub is_dry: RwSignal<bool>,
}

impl Python {
    /// None is fetched yet. The console is that of `id`.
    pub fn new(store: RegistryStore, id: &'static str) -> Self {
        let place = Place::find().filter(|_| store.limits.is_none());
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
                let announcer = store.announcer;
                announcer.speak(announcer.language.python().left_behind.to_owned());
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

    pub fn change<R>(self, change: impl FnOnce(&mut Inner) -> R) -> Option<R> {
        self.inner.try_update_value(change)
    }

    /// The script under way.
    pub fn script(self) -> Option<Script> {
        self.inner
            .try_with_value(|inner| inner.run.as_ref().map(|run| run.script))
            .flatten()
    }

    /// What a script is given beside its text: its arguments and its environment.
    pub fn given(self) -> (serde_json::Value, serde_json::Value) {
        let arguments = self.arguments.get_untracked().replace('\n', " ");
        // What no shell could read is one argument.
        let argv: Vec<serde_json::Value> = match shell_words::split(&arguments) {
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
    pub fn push(self, new: Vec<Printed>) {
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

    pub fn say(self, kind: PrintedKind, words: impl Into<String>) {
        self.push(vec![line(kind, words)]);
    }
}

/// What a script would do that was tried on a copy.
#[derive(Clone, PartialEq, Debug)]
pub struct Tried {
    /// What the board would look like.
    pub boards: Vec<Board>,
    /// Where the registry stood.
    pub stand: Stand,
    pub steps: Vec<Record>,
    /// What is known then beside the registry.
    pub known: Value,
    /// The shell's variables then.
    pub variables: Variables,
    /// Whether a rule of the team refused some of it.
    pub is_refused: bool,
}

/// Returns a piece of what is printed.
pub fn line(kind: PrintedKind, text: impl Into<String>) -> Printed {
    Printed {
        kind,
        text: text.into(),
    }
}
