//! A text that a real Python runs: offered, fetched for, run or tried on a copy, stopped, done, taken back.

use std::collections::VecDeque;
use std::time::Duration;

use leptos::prelude::*;

use crate::browser;
use crate::console::python::{Ended, Heard, News, Place, Worker};
use crate::console::transcript::{Talk, line, steps};
use crate::el::Live;
use crate::session::Session;
use console::trouble::{Form, Span};
use console::{forms, words};
use registry::{Action, Command, Context, Log, Record, Refusal, RefusalKind, RuleSet, json};
use share::site;
use text::console::{Printed, PrintedKind, printed};
use text::explain::explain;
use text::fill;
use text::narrate::narrate;

/// How long what a script tells is worked on before the page is let go on, in milliseconds.
const SLICE: f64 = 8.0;
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
    /// It was tried on a copy that was at this step before: what it would do.
    Tried(u64, Vec<Record>),
    /// Nothing more comes of it.
    Ended,
}

/// A script, as the console shows it. A handle that is cheap to copy.
#[derive(Clone, Copy)]
pub struct Script {
    pub text: StoredValue<String>,
    pub lines: Live<Vec<Printed>>,
    pub state: Live<State>,
    /// Whether it is tried on a copy.
    pub is_dry: Live<bool>,
    pub ways_out: Live<Vec<(String, Vec<Command>)>>,
    /// The step before its first one, and its last one.
    pub did: Live<Option<(u64, u64)>>,
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
    /// The step that the registry is at.
    step: u64,
    /// What it would do, where it is tried on a copy.
    tried: Vec<Record>,
}

#[derive(Default)]
struct Inner {
    worker: Option<Worker>,
    is_ready: bool,
    /// Whether fetching was agreed to, in this visit.
    is_agreed: bool,
    /// Whether what was tried on the copy was done then.
    keeps: bool,
    run: Option<Run>,
    news: VecDeque<News>,
    is_draining: bool,
}

/// The real Python of a console. A handle that is cheap to copy.
#[derive(Clone, Copy)]
pub struct Python {
    place: StoredValue<Option<Place>>,
    inner: StoredValue<Inner, LocalStorage>,
    /// What is shown belongs to it.
    owner: StoredValue<Owner>,
    /// Counts what was told.
    pub news: Live<u64>,
    pub is_running: Live<bool>,
    pub arguments: Live<String>,
    pub environment: Live<String>,
    pub is_dry: Live<bool>,
}

impl Python {
    /// None is fetched yet.
    pub fn new(session: Session) -> Self {
        let place = Place::find().filter(|_| session.limits.is_none());
        Self {
            place: StoredValue::new(place),
            inner: StoredValue::new_local(Inner::default()),
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
            news: Live::new(0),
            is_running: Live::new(false),
            arguments: Live::new(String::new()),
            environment: Live::new(String::new()),
            is_dry: Live::new(false),
        }
    }

    /// Where it is, if this console can have one.
    pub fn place(self) -> Option<Place> {
        self.place.get_value()
    }

    /// Whether scripts run without being asked for.
    pub fn is_agreed(self) -> bool {
        self.inner.with_value(|inner| inner.is_agreed)
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

/// The text up to a piece as blanks: what is read of the piece has its places in the whole text then.
fn alone(text: &str, at: Span) -> String {
    let before = text.get(..at.start).unwrap_or_default();
    let blank = before.chars().flat_map(|letter| {
        let blank = if letter == '\n' { '\n' } else { ' ' };
        std::iter::repeat_n(blank, letter.len_utf8())
    });
    let mut alone: String = blank.collect();
    alone.push_str(at.of(text));
    alone
}

impl Talk {
    /// A script that can be run, or runs at once.
    pub fn script(self, text: String, is_offered: bool) -> Script {
        let is_dry = self.python.is_dry.get_untracked();
        let owner = self.python.owner.get_value();
        let script = owner.with(|| Script {
            text: StoredValue::new(text),
            lines: Live::new(Vec::new()),
            state: Live::new(State::Offered),
            is_dry: Live::new(is_dry),
            ways_out: Live::new(Vec::new()),
            did: Live::new(None),
        });
        if is_offered {
            self.session.tell(self.offer(script));
        } else {
            self.start(script, is_dry);
        }
        script
    }

    /// What is said where a script needs a real Python.
    pub fn offer(self, script: Script) -> String {
        let texts = self.session.text.python();
        let offer = match script.is_dry.get_untracked() {
            true => texts.offer_dry,
            false => texts.offer,
        };
        let size = self
            .python
            .place()
            .map(|place| place.size(self.session.text));
        fill(offer, &[("size", &size.unwrap_or_default())])
    }

    /// A script is not wanted.
    pub fn leave(self, script: Script) {
        let texts = self.session.text.python();
        script.say(PrintedKind::Note, texts.left);
        script.state.set(State::Ended);
        self.session.tell(texts.left.to_owned());
        self.focus();
    }

    /// Runs a script, or tries it on a copy. Python is fetched where it is not here.
    pub fn start(self, script: Script, is_dry: bool) {
        let texts = self.session.text.python();
        if self.python.is_running.get_untracked() {
            self.session.say_wrong(texts.busy.to_owned());
            return;
        }
        if let Some(why) = self.cannot() {
            self.session.tell(why.to_owned());
            script.say(PrintedKind::Error, why);
            return;
        }
        script.is_dry.set(is_dry);
        let text = script.text.get_value();
        let pieces = forms::pieces(&text, &|_| false);
        let is_python = |form: Form| form == Form::Python;
        let is_mixed = pieces.iter().any(|piece| !is_python(piece.form));
        if is_dry && is_mixed {
            script.say(PrintedKind::Error, texts.mixed);
            script.state.set(State::Ended);
            self.session.tell(texts.mixed.to_owned());
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
        let step = self.world.with_value(steps);
        let run = Run {
            script,
            jobs: checks.chain(runs).collect(),
            now: None,
            step,
            tried: Vec::new(),
        };
        script.did.set(Some((step, step)));
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

    /// Gives the field the focus: the button that had it is gone. The log shows its end.
    fn focus(self) {
        self.python.news.update(|count| *count += 1);
        if let Some(field) = self.field() {
            let _ = field.focus();
        }
    }

    fn fetch_python(self) {
        let texts = self.session.text.python();
        self.session.tell(fill(texts.fetching, &[("percent", &0)]));
        let worker = self
            .python
            .place()
            .and_then(|place| Worker::start(&place, move |heard| self.hear(heard)));
        if worker.is_none() {
            self.hear(Heard::Failed(String::new()));
        }
        self.python.change(|inner| {
            inner.is_ready = false;
            inner.worker = worker;
        });
    }

    /// The worker has told something.
    fn hear(self, heard: Heard) {
        let texts = self.session.text.python();
        let script = self.python.script();
        match heard {
            Heard::Percent(percent) => {
                if let Some(script) = script {
                    script.state.set(State::Fetching(percent));
                }
            }
            Heard::Ready => {
                self.python.change(|inner| inner.is_ready = true);
                if let Some(script) = script {
                    script.state.set(State::Running);
                    self.session.tell(texts.running.to_owned());
                    self.next_job();
                }
            }
            Heard::Failed(why) => {
                let is_ready = self.python.change(|inner| inner.is_ready);
                if is_ready == Some(true) {
                    return self.broken(&why);
                }
                self.end_python();
                if let Some(script) = script {
                    self.missing(script, why);
                }
            }
            Heard::Broken(why) => self.broken(&why),
            Heard::Said(news) => {
                let drains = self.python.change(|inner| {
                    inner.news.extend(news);
                    !std::mem::replace(&mut inner.is_draining, true)
                });
                if drains == Some(true) {
                    self.drain();
                }
            }
        }
    }

    /// Python did not arrive: why, as far as the site tells.
    fn missing(self, script: Script, why: String) {
        let session = self.session;
        wasm_bindgen_futures::spawn_local(async move {
            let page = browser::page_now().await;
            let texts = session.text.python();
            let words = match site::why_missing(&browser::build(), page.as_deref()) {
                site::Missing::NoAnswer => texts.no_answer.to_owned(),
                site::Missing::NewBuild => texts.new_version.to_owned(),
                // It says what it is about: the site answers.
                site::Missing::NotThere if why.ends_with(": 404") || why.is_empty() => {
                    texts.not_there.to_owned()
                }
                site::Missing::NotThere => fill(texts.not_started, &[("why", &why)]),
            };
            session.tell(words.clone());
            script.state.set(State::Missing(words));
        });
    }

    fn broken(self, why: &str) {
        let words = fill(self.session.text.python().broken, &[("why", &why)]);
        // What it had told before is shown, and done.
        self.python.change(|inner| inner.is_draining = true);
        self.take_news(f64::INFINITY);
        let script = self.python.script();
        self.end_python();
        if let Some(script) = script {
            script.say(PrintedKind::Error, &words);
            self.session.tell(words);
            script.state.set(State::Ended);
        }
    }

    /// Ends the worker, and what is under way with it.
    fn end_python(self) {
        self.python.change(|inner| {
            inner.worker = None;
            inner.is_ready = false;
            inner.run = None;
            inner.news.clear();
            inner.is_draining = false;
        });
        self.python.is_running.set(false);
    }

    /// Stops the script under way. What it has done stays.
    pub fn stop(self) {
        let texts = self.session.text.python();
        let Some(script) = self.python.script() else {
            return;
        };
        let words = match (script.state.get_untracked(), script.is_dry.get_untracked()) {
            (State::Fetching(_), _) => texts.stopped_early,
            (_, true) => texts.stopped_dry,
            _ => texts.stopped,
        };
        self.end_python();
        script.say(PrintedKind::Note, words);
        script.state.set(State::Ended);
        self.session.tell(words.to_owned());
        self.focus();
    }

    /// Goes on with the next piece of the text, or ends.
    fn next_job(self) {
        let job = self.python.change(|inner| {
            let run = inner.run.as_mut()?;
            run.now = run.jobs.pop_front();
            Some((run.script, run.now))
        });
        let Some((script, job)) = job.flatten() else {
            return;
        };
        let text = script.text.get_value();
        match job {
            None => self.ended(script),
            Some(Job::Other(at)) => self.own_piece(script, &alone(&text, at)),
            Some(Job::Check(at)) => self.ask_python(script, &text, at, true),
            Some(Job::Run(at)) => self.ask_python(script, &text, at, false),
        }
    }

    /// Carries out a piece that is no Python, as ever.
    fn own_piece(self, script: Script, text: &str) {
        let reply = self.console.try_update_value(|console| {
            self.world
                .try_update_value(|world| console.enter(world, text))
        });
        let Some(Some(reply)) = reply else { return };
        let rules = self.session.rules.get_untracked();
        script.push(printed(self.session.text, rules, text, &reply));
        let step = self.world.with_value(steps);
        self.python.change(|inner| {
            if let Some(run) = &mut inner.run {
                run.step = step;
            }
        });
        script
            .did
            .update(|did| *did = did.map(|(from, _)| (from.min(step), step)));
        if reply.stop.is_some() {
            return self.ended(script);
        }
        self.next_job();
    }

    fn ask_python(self, script: Script, text: &str, at: Span, is_check: bool) {
        let is_dry = script.is_dry.get_untracked();
        let read = serde_json::json!({
            "read": text,
            "start": at.start,
            "end": at.end,
            "dry": is_dry && !is_check,
        });
        let keeps = self.python.change(|inner| std::mem::take(&mut inner.keeps));
        let rules = match self.session.rules.get_untracked() {
            RuleSet::Guided => "guided",
            RuleSet::Mlflow => "mlflow",
        };
        let log = self.session.log.with_untracked(|log| json::print(log));
        let take = format!(
            r#"{{"take":{log},"rules":"{rules}","keeps":{}}}"#,
            keeps == Some(true)
        );
        let (argv, env) = self.python.given();
        let message = serde_json::json!({
            "take": take,
            "read": read.to_string(),
            "check": is_check,
            "argv": argv,
            "env": env,
            "echo": true,
        });
        self.python.inner.with_value(|inner| {
            if let Some(worker) = &inner.worker {
                worker.tell(&message.to_string());
            }
        });
    }

    /// Takes in what the script has told, a little at a time, so that the page can do something else in between.
    fn drain(self) {
        if !self.take_news(browser::elapsed() + SLICE) {
            set_timeout(move || self.drain(), Duration::ZERO);
        }
    }

    /// Takes in what the script has told, until it is so late. Tells whether that was all.
    fn take_news(self, until: f64) -> bool {
        loop {
            let next = self.python.change(|inner| {
                let next = inner.news.pop_front();
                inner.is_draining = next.is_some();
                next
            });
            let Some(Some(news)) = next else { break };
            self.take_in(news);
            if browser::elapsed() > until {
                return false;
            }
        }
        self.python.news.update(|count| *count += 1);
        true
    }

    fn take_in(self, news: News) {
        let Some(script) = self.python.script() else {
            return;
        };
        for step in news.steps {
            let unread = || RefusalKind::NoSuchStep.into();
            let done = step.ok_or_else(unread).and_then(|step| self.replay(step));
            if let Err(refusal) = done {
                return self.conflict(script, &refusal);
            }
        }
        script.push(news.lines);
        let Some(ended) = news.ended else { return };
        let is_check = self.python.inner.with_value(|inner| {
            let now = inner.run.as_ref().and_then(|run| run.now);
            matches!(now, Some(Job::Check(_)))
        });
        if ended.is_whole && is_check {
            return self.next_job();
        }
        let Ended {
            is_whole,
            spoken,
            ways_out,
        } = ended;
        self.session.tell(spoken);
        script.ways_out.set(ways_out);
        match is_whole {
            true => self.next_job(),
            false => self.ended(script),
        }
    }

    /// Carries a step of the script's copy out on the page's own registry; of a copy that only tries, it is just remembered.
    fn replay(self, step: Record) -> Result<(), Refusal> {
        let known = self.python.change(|inner| {
            let run = inner.run.as_mut()?;
            if run.script.is_dry.get_untracked() {
                run.tried.push(step.clone());
                return None;
            }
            Some((run.script, run.step))
        });
        let Some((script, known)) = known.flatten() else {
            return Ok(());
        };
        if self.world.with_value(steps) != known {
            return Err(RefusalKind::NoSuchStep.into());
        }
        self.carry_out(&step)?;
        let now = self.world.with_value(steps);
        self.python.change(|inner| {
            if let Some(run) = &mut inner.run {
                run.step = now;
            }
        });
        script
            .did
            .update(|did| *did = did.map(|(from, _)| (from, now)));
        Ok(())
    }

    fn carry_out(self, step: &Record) -> Result<(), Refusal> {
        let rules = self.session.rules.get_untracked();
        match step {
            Record::Step {
                context,
                action: Action::Do(command),
            } if context.rules == rules => {
                let context = Context::new(context.at, rules);
                let session = self.session;
                session.change_quietly(|log| session.carry_out(log, &context, command))
            }
            _ => Err(RefusalKind::NoSuchStep.into()),
        }
    }

    fn conflict(self, script: Script, refusal: &Refusal) {
        let texts = self.session.text.python();
        self.end_python();
        script.say(PrintedKind::Error, texts.conflict);
        if refusal.kind != RefusalKind::NoSuchStep {
            let words = explain(self.session.text, refusal);
            script.say(
                PrintedKind::Note,
                format!("{}. {}", words.rule.trim_end_matches('.'), words.why),
            );
        }
        script.state.set(State::Ended);
        self.session.tell(texts.conflict.to_owned());
    }

    /// The script has ended by itself.
    fn ended(self, script: Script) {
        self.python.news.update(|count| *count += 1);
        let run = self.python.change(|inner| inner.run.take()).flatten();
        self.python.is_running.set(false);
        let Some(run) = run else { return };
        if !script.is_dry.get_untracked() {
            script.state.set(State::Ended);
            let before = script
                .did
                .get_untracked()
                .map_or(run.step, |(from, _)| from);
            return self.session.show_since(before);
        }
        let texts = self.session.text.python();
        // The ways out are those of the copy.
        script.ways_out.set(Vec::new());
        let words = match run.tried.len() {
            0 => texts.would_nothing.to_owned(),
            count => texts.would.of(count),
        };
        self.session.tell(words.clone());
        script.say(PrintedKind::Note, words);
        if run.tried.is_empty() {
            return script.state.set(State::Ended);
        }
        script.push(self.narrated(&run.tried));
        script.state.set(State::Tried(run.step, run.tried));
    }

    /// What steps would do, as lines.
    fn narrated(self, steps: &[Record]) -> Vec<Printed> {
        let mut copy: Log = self.session.log.with_untracked(Clone::clone);
        let mut lines = Vec::new();
        for step in steps {
            if copy.replay(step).is_ok()
                && let Some(entry) = copy.done().last()
            {
                let words = narrate(self.session.text, entry);
                let words = format!("{}. {words}", lines.len() + 1);
                lines.push(line(PrintedKind::Note, words));
            }
        }
        lines
    }

    /// Does what was tried on the copy.
    pub fn do_tried(self, script: Script) {
        let texts = self.session.text.python();
        let State::Tried(step, records) = script.state.get_untracked() else {
            return;
        };
        let before = self.world.with_value(steps);
        let mut done = Ok(());
        if before == step {
            done = records.iter().try_for_each(|record| self.carry_out(record));
        }
        let now = self.world.with_value(steps);
        let words = match done {
            Err(refusal) => {
                let words = explain(self.session.text, &refusal);
                format!("{}. {}", words.rule.trim_end_matches('.'), words.why)
            }
            Ok(()) if before != step => texts.changed_since.to_owned(),
            Ok(()) => {
                self.python.change(|inner| inner.keeps = true);
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
        self.session.show_since(before);
        self.session.tell(words);
        self.focus();
    }

    /// How many steps of a script can be taken back: all of them, where they are the last ones.
    pub fn can_take_back(self, script: Script) -> Option<usize> {
        let (from, to) = script.did.get()?;
        let now = self.session.history(Log::step);
        let is_last = now == to && script.state.get() == State::Ended;
        let count = usize::try_from(to.saturating_sub(from)).ok()?;
        (is_last && count > 0).then_some(count)
    }

    /// Takes all steps of a script back.
    pub fn take_back(self, script: Script, count: usize) {
        let texts = self.session.text.python();
        if let Some(why) = self.cannot() {
            return self.session.say_wrong(why.to_owned());
        }
        let session = self.session;
        let done = (0..count).try_for_each(|_| session.change_quietly(Log::undo));
        let words = match done {
            Ok(()) => texts.undone.of(count),
            Err(refusal) => {
                let words = explain(session.text, &refusal);
                format!("{}. {}", words.rule.trim_end_matches('.'), words.why)
            }
        };
        script.say(PrintedKind::Note, &words);
        script.did.set(None);
        session.say(words);
        self.focus();
    }
}
