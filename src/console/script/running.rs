//! A script under way: Python fetched for it, what it tells taken in, its steps carried out, its end.

use std::time::Duration;

use leptos::prelude::*;

use crate::browser;
use crate::console::python::{Ended, Heard, News, Worker};
use crate::console::script::state::{Job, Script, Stand, State};
use crate::console::transcript::Talk;
use console::span::Span;
use console::{Console, Dialect, Output, RegistryHost, Reply, Stop};
use registry::{Action, Context, ModelName, Record, Refusal, RefusalKind, RuleSet, json};
use share::route::Route;
use share::site;
use text::console::{PrintedKind, printed};
use text::explain::explain;

/// How long what a script tells is worked on before the page is let go on, in milliseconds.
const SLICE: f64 = 8.0;

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
    pub fn fetch_python(self) {
        let texts = self.language.python();
        self.announcer.speak(texts.fetching(&0));
        let worker = self
            .python
            .place()
            .and_then(|place| Worker::start(&place, move |heard| self.hear(heard)));
        if worker.is_none() {
            self.hear(Heard::Failed(String::new()));
        }
        self.python.change(|inner| {
            inner.is_ready = false;
            inner.is_new = true;
            inner.worker = worker;
        });
    }

    /// The worker has told something.
    fn hear(self, heard: Heard) {
        let texts = self.language.python();
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
                    self.announcer.speak(texts.running.to_owned());
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
        let (language, announcer) = (self.language, self.announcer);
        wasm_bindgen_futures::spawn_local(async move {
            let page = browser::page_now().await;
            let texts = language.python();
            let words = match site::why_missing(&browser::build(), page.as_deref()) {
                site::Missing::NoAnswer => texts.no_answer.to_owned(),
                site::Missing::NewBuild => texts.new_version.to_owned(),
                // It says what it is about: the site answers.
                site::Missing::NotThere if why.ends_with(": 404") || why.is_empty() => {
                    texts.not_there.to_owned()
                }
                site::Missing::NotThere => texts.not_started(&why),
            };
            announcer.speak(words.clone());
            script.state.set(State::Missing(words));
        });
    }

    fn broken(self, why: &str) {
        let words = self.language.python().broken(&why);
        // What it had told before is shown, and done.
        self.python.change(|inner| inner.is_draining = true);
        self.take_news(f64::INFINITY);
        let script = self.python.script();
        self.end_python();
        if let Some(script) = script {
            script.say(PrintedKind::Error, &words);
            self.announcer.speak(words);
            script.state.set(State::Ended);
        }
    }

    /// Ends the worker, and what is under way with it. Its names are gone.
    fn end_python(self) {
        self.console
            .try_update_value(|console| console.set_theirs(Vec::new()));
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
        let texts = self.language.python();
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
        self.announcer.speak(words.to_owned());
        self.focus();
    }

    /// Goes on with the next piece of the text, or ends.
    pub fn next_job(self) {
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
        let Some(mut reply) = self.enter(text) else {
            return;
        };
        if script.is_dry.get_untracked() {
            // What it would do is listed at its end.
            let is_kept = |output: &Output| !matches!(output, Output::Did(_));
            reply.outputs.retain(is_kept);
        }
        let rules = self.store.rules.get_untracked();
        script.push(printed(self.language, rules, text, &reply));
        let step = self.now_at(self.stand());
        script
            .did
            .update(|did| *did = did.map(|(from, _)| (from.min(step), step)));
        if reply.stop.is_some() {
            return self.ended(script);
        }
        self.next_job();
    }

    /// Carries a text out on the registry, or on the copy of a dry run.
    fn enter(self, text: &str) -> Option<Reply> {
        let on_copy = self.python.change(|inner| {
            let dry = inner.run.as_mut()?.dry.as_mut()?;
            let refused = dry.registry.refused_by_team;
            let reply = dry.console.enter(&mut dry.registry, text);
            if matches!(
                reply.stop,
                Some(Stop::Refused {
                    dialect: Dialect::Shell,
                    ..
                })
            ) {
                // MLflow has no such command, so that its rules have nothing to say.
                dry.registry.refused_by_team = refused;
            }
            Some(reply)
        });
        on_copy.flatten().or_else(|| {
            let entered = self.console.try_update_value(|console| {
                self.host.try_update_value(|host| console.enter(host, text))
            });
            entered.flatten()
        })
    }

    /// Remembers where the registry stands now; gives back its step.
    fn now_at(self, stand: Stand) -> u64 {
        let step = stand.step;
        self.python.change(|inner| {
            if let Some(run) = &mut inner.run {
                run.stand = stand;
            }
        });
        step
    }

    fn ask_python(self, script: Script, text: &str, at: Span, is_check: bool) {
        let is_dry = script.is_dry.get_untracked();
        let read = serde_json::json!({
            "read": text,
            "start": at.start,
            "end": at.end,
            "dry": is_dry && !is_check,
        });
        let rules = match self.store.rules.get_untracked() {
            RuleSet::Guided => "guided",
            RuleSet::Mlflow => "mlflow",
        };
        let is_first = !is_check
            && self
                .python
                .change(|inner| std::mem::take(&mut inner.is_new))
                == Some(true);
        let names = is_first.then(|| self.console.try_update_value(Console::hand_over));
        let names = names.flatten().unwrap_or_default();
        let on_copy = self.python.change(|inner| {
            let dry = inner.run.as_ref()?.dry.as_ref()?;
            Some((dry.console.known(), json::print(&dry.registry.log)))
        });
        let (known, log) = on_copy.flatten().unwrap_or_else(|| {
            let known = self.console.with_value(Console::known);
            let log = self.store.log.with_untracked(|log| json::print(log));
            (known, log)
        });
        let model = self.host.with_value(RegistryHost::app_model);
        let model = serde_json::json!(model.as_ref().map(ModelName::as_str));
        let take = format!(r#"{{"take":{log},"rules":"{rules}","model":{model},"known":{known}}}"#);
        let (argv, env) = self.python.given();
        let message = serde_json::json!({
            "take": take,
            "read": read.to_string(),
            "check": is_check,
            "know": names,
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
            is_out_of_memory,
            spoken,
            remedies,
            known,
            names,
            refused_by_team,
        } = ended;
        self.console.try_update_value(|console| {
            let tried = self.python.change(|inner| {
                let dry = inner.run.as_mut()?.dry.as_mut()?;
                dry.registry.refused_by_team += refused_by_team;
                if !known.is_null() {
                    dry.console.take_over(&known);
                }
                Some(())
            });
            if tried.flatten().is_none() && !known.is_null() {
                console.take_over(&known);
            }
            if !is_check {
                console.set_theirs(names);
            }
        });
        script.remedies.set(remedies);
        self.announcer.speak(spoken);
        if is_out_of_memory {
            return self.out_of_memory(script);
        }
        match is_whole {
            true => self.next_job(),
            false => self.ended(script),
        }
    }

    /// What the script has made is still there, under its names: only a new Python has room again.
    fn out_of_memory(self, script: Script) {
        script.say(PrintedKind::Note, self.language.python().no_memory);
        self.ended(script);
        self.end_python();
    }

    /// Carries a step of the script's copy out on the page's own registry; of a copy that only tries, it is just remembered.
    fn replay(self, step: Record) -> Result<(), Refusal> {
        let known = self.python.change(|inner| {
            let run = inner.run.as_mut()?;
            match &mut run.dry {
                Some(dry) => Some(Err(dry.registry.replay(step.clone()))),
                None => Some(Ok((run.script, run.stand.clone()))),
            }
        });
        let (script, known) = match known.flatten() {
            None => return Ok(()),
            Some(Err(tried)) => return tried,
            Some(Ok(known)) => known,
        };
        if self.stand() != known {
            return Err(RefusalKind::NoSuchStep.into());
        }
        self.carry_out(&step)?;
        let now = self.now_at(self.stand());
        script
            .did
            .update(|did| *did = did.map(|(from, _)| (from, now)));
        Ok(())
    }

    pub fn carry_out(self, step: &Record) -> Result<(), Refusal> {
        let rules = self.store.rules.get_untracked();
        match step {
            Record::Step {
                context,
                action: Action::Do(command),
            } if context.rules == rules => {
                let context = Context::new(context.at, rules);
                let store = self.store;
                store.change_quietly(|log| store.carry_out(log, &context, command))
            }
            _ => Err(RefusalKind::NoSuchStep.into()),
        }
    }

    fn conflict(self, script: Script, refusal: &Refusal) {
        let texts = self.language.python();
        self.end_python();
        script.say(PrintedKind::Error, texts.conflict);
        if refusal.kind != RefusalKind::NoSuchStep {
            let words = explain(self.language, refusal);
            script.say(
                PrintedKind::Note,
                format!("{}. {}", words.rule.trim_end_matches('.'), words.why),
            );
        }
        script.state.set(State::Ended);
        self.announcer.speak(texts.conflict.to_owned());
    }

    /// The script has ended by itself.
    fn ended(self, script: Script) {
        self.python.news.update(|count| *count += 1);
        let run = self.python.change(|inner| inner.run.take()).flatten();
        self.python.is_running.set(false);
        let Some(run) = run else { return };
        if let Some(dry) = run.dry {
            return self.tried(script, run.stand, dry);
        }
        script.state.set(State::Ended);
        let did = script.did.get_untracked();
        // What is said of the last step belongs to the page of its registry.
        if self.is_in_sight() {
            self.store
                .show_since(did.map_or(run.stand.step, |(from, _)| from));
        }
    }

    /// Whether the console's registry is on the page: the drawer lives on while other pages are looked at.
    fn is_in_sight(self) -> bool {
        self.id != crate::console::panel::DRAWER
            || self.router.route.with_untracked(Route::is_registry)
    }
}
