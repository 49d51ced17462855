//! A history as what a real server has to be told, with notes where that is not the same.
//!
//! A server differs from the simulator in three ways that matter here. A version's metrics are those of the run that it
//! comes from, so a version whose metrics are measured later has to come from a run as well, and a copy shares the run of
//! what it was copied from. A path on a disk is not taken as a source. And nothing is put back: what was restored is said
//! as the calls that lead there.

use super::source;
use crate::codegen::ApiStyle;
use crate::codegen::ops::{Op, ops};
use registry::difference::{Difference, Lost};
use registry::{
    Action, Command, Context, Entry, FreeText, Log, MetricName, Metrics, ModelName, Registry,
    Replacement, RuleSet, Time, VecMap, VersionNumber,
};

/// Which steps are exported.
#[derive(Clone, Copy, Debug)]
pub enum Choice<'a> {
    /// All of them, and what was there before the first.
    All,
    /// Only these, for a server on which the registry is as it was before them.
    Steps(&'a [u64]),
}

/// An item of an export.
#[derive(Clone, PartialEq, Debug)]
pub enum PlanItem<'a> {
    /// Something to be said to whoever reads the code.
    Note(Note<'a>),
    /// Something to be told to the server.
    Op(Op),
}

/// Something to be said to whoever reads the code.
#[derive(Clone, PartialEq, Debug)]
pub enum Note<'a> {
    /// What comes now builds what was there before the first step that is kept.
    Base {
        /// How many steps are not kept.
        folded: u64,
    },
    /// What comes now is a step of the history.
    Step(&'a Entry),
    /// The step put the registry back; what follows leads there.
    Restored {
        /// To how it was after which step.
        step: u64,
    },
    /// The step put another registry in place of this one; what follows leads there.
    Replaced(Replacement),
    /// Versions that are made and deleted at once, for the sake of their numbers.
    Numbers,
    /// A server needs nothing for it.
    Nothing,
    /// A server would not take the source; another one stands for it.
    Source {
        /// The source; may be empty.
        source: FreeText,
        stands: FreeText,
    },
    /// The model's name cannot stand in a `models:/` address: instead of a copy, a version is made anew.
    NoAddress { name: ModelName },
    /// The version shares its run with a copy: both show the metric.
    SharedRun {
        name: ModelName,
        version: VersionNumber,
    },
    /// The version comes from no run, as far as one can tell: its metric cannot be logged and is left out.
    NoRun {
        name: ModelName,
        version: VersionNumber,
        key: MetricName,
    },
    /// Something that no calls lead to.
    Lost(Lost),
}

/// An item of an export that is still being worked out.
enum Draft<'a> {
    Note(Note<'a>),
    Op {
        op: Op,
        /// The number that a new version gets.
        gives: Option<VersionNumber>,
        /// Whether the version has metrics already.
        is_measured: bool,
    },
}

/// Works out an export.
pub fn plan<'a>(log: &'a Log, choice: Choice) -> Vec<PlanItem<'a>> {
    let mut drafts = drafts(log, choice);
    give_runs(&mut drafts);
    finish(drafts)
}

fn drafts<'a>(log: &'a Log, choice: Choice) -> Vec<Draft<'a>> {
    let mut found = Vec::new();
    let mut now = log.as_of(log.folded()).unwrap_or_default();
    if matches!(choice, Choice::All) && !now.is_empty() {
        found.push(Draft::Note(Note::Base {
            folded: log.folded(),
        }));
        let empty = Registry::default();
        expand(
            &empty,
            empty.difference(&now),
            now.last_change(),
            &mut found,
        );
    }
    for entry in log.done() {
        let is_chosen = match choice {
            Choice::All => true,
            Choice::Steps(steps) => steps.contains(&entry.step),
        };
        let mut after = now.clone();
        after.follow(entry);
        if is_chosen {
            found.push(Draft::Note(Note::Step(entry)));
            step(entry, &now, &after, &mut found);
        }
        now = after;
    }
    found
}

fn step<'a>(entry: &'a Entry, before: &Registry, after: &Registry, found: &mut Vec<Draft<'a>>) {
    let note = match &entry.action {
        Action::Do(Command::ReplaceRegistry { why, .. }) => Note::Replaced(*why),
        Action::Do(command) => return one(command, before, entry.context.at, found),
        Action::Restore { restore } => Note::Restored { step: *restore },
    };
    found.push(Draft::Note(note));
    let difference = before.difference(after);
    if difference.commands.is_empty() {
        found.push(Draft::Note(Note::Nothing));
    }
    expand(before, difference, entry.context.at, found);
}

/// The commands of a difference, one after the other.
fn expand(before: &Registry, difference: Difference, at: Time, found: &mut Vec<Draft>) {
    let commands = &difference.commands;
    let is_filler = |pair: (&Command, &Command)| {
        matches!(
            pair,
            (
                Command::CreateModelVersion { .. },
                Command::DeleteModelVersion { .. }
            )
        )
    };
    if commands.iter().zip(commands.iter().skip(1)).any(is_filler) {
        found.push(Draft::Note(Note::Numbers));
    }
    let mut now = before.clone();
    for command in commands {
        one(command, &now, at, found);
        // What the difference has found is accepted.
        let _ = now.apply(&Context::new(at, RuleSet::Mlflow), command);
    }
    found.extend(
        difference
            .lost
            .into_iter()
            .map(|lost| Draft::Note(Note::Lost(lost))),
    );
}

/// One command that is no whole registry.
fn one(command: &Command, before: &Registry, at: Time, found: &mut Vec<Draft>) {
    for op in ops(command, ApiStyle::Stages, before, at) {
        let version_of = |name: &ModelName, version: VersionNumber| {
            before.model(name).and_then(|model| model.version(version))
        };
        let next_of = |name: &ModelName| match before.model(name).and_then(|it| it.last_number()) {
            Some(last) => last.next(),
            None => Some(VersionNumber::FIRST),
        };
        let (op, gives) = match op {
            Op::Create { ref name, .. } => {
                let gives = next_of(name);
                (with_server_source(op, found), gives)
            }
            Op::Copy {
                name,
                version,
                dst_name,
                creates,
                description,
                tags,
            } if !source::is_address(name.as_str()) => {
                found.push(Draft::Note(Note::NoAddress { name: name.clone() }));
                if creates {
                    found.push(Draft::Op {
                        op: Op::Call(Command::CreateRegisteredModel {
                            name: dst_name.clone(),
                            description: FreeText::default(),
                            tags: VecMap::new(),
                        }),
                        gives: None,
                        is_measured: false,
                    });
                }
                let gives = next_of(&dst_name);
                let copied = version_of(&name, version);
                let metrics = copied.map(|it| it.metrics().clone()).unwrap_or_default();
                let source = FreeText::parse(&format!("models:/{name}/{version}"));
                let op = Op::Create {
                    name: dst_name,
                    source: source.unwrap_or_default(),
                    description,
                    tags,
                    run: (!metrics.is_empty()).then_some(metrics),
                    at,
                };
                (with_server_source(op, found), gives)
            }
            Op::Copy { ref dst_name, .. } => {
                let gives = next_of(dst_name);
                (op, gives)
            }
            other => (other, None),
        };
        let is_measured = match &op {
            Op::Log { name, version, .. } => {
                version_of(name, *version).is_some_and(|it| !it.metrics().is_empty())
            }
            _ => false,
        };
        found.push(Draft::Op {
            op,
            gives,
            is_measured,
        });
    }
}

/// A new version with a source that a server takes.
fn with_server_source(mut op: Op, found: &mut Vec<Draft>) -> Op {
    if let Op::Create { source, .. } = &mut op
        && let Some(stands) = source::stand_in(source.as_str())
    {
        let stands = FreeText::parse(&stands).unwrap_or_default();
        found.push(Draft::Note(Note::Source {
            source: source.clone(),
            stands: stands.clone(),
        }));
        *source = stands;
    }
    op
}

/// A version, wherever it is just now.
type At = (ModelName, VersionNumber);

/// Lets every version whose metrics are logged later come from a run: found by going back from the end.
fn give_runs(drafts: &mut [Draft]) {
    let mut wanted: VecMap<At, ()> = VecMap::new();
    for draft in drafts.iter_mut().rev() {
        let Draft::Op { op, gives, .. } = draft else {
            continue;
        };
        match op {
            Op::Log { name, version, .. } => {
                wanted.insert((name.clone(), *version), ());
            }
            Op::Create { name, run, .. } => {
                let gives = gives.map(|number| (name.clone(), number));
                if gives.is_some_and(|at| wanted.remove(&at).is_some()) && run.is_none() {
                    *run = Some(Metrics::new());
                }
            }
            Op::Copy {
                name,
                version,
                dst_name,
                ..
            } => {
                let gives = gives.map(|number| (dst_name.clone(), number));
                if gives.is_some_and(|at| wanted.remove(&at).is_some()) {
                    wanted.insert((name.clone(), *version), ());
                }
            }
            Op::Call(Command::RenameRegisteredModel { name, new_name }) => {
                rename(&mut wanted, new_name, name);
            }
            Op::Call(_) => {}
        }
    }
}

fn rename<V: Clone>(of: &mut VecMap<At, V>, from: &ModelName, to: &ModelName) {
    if from == to {
        return;
    }
    let moved: Vec<(At, V)> = of
        .iter()
        .filter(|((name, _), _)| name == from)
        .map(|(at, value)| (at.clone(), value.clone()))
        .collect();
    for (at, value) in moved {
        of.remove(&at);
        of.insert((to.clone(), at.1), value);
    }
}

/// Gives every metric a time of its own and finds out which versions share a run.
fn finish(drafts: Vec<Draft<'_>>) -> Vec<PlanItem<'_>> {
    let mut parts = Vec::with_capacity(drafts.len());
    let mut clock = Time::default();
    let mut runs: VecMap<At, usize> = VecMap::new();
    // The runs of versions that were there before, as far as copies share them.
    let mut older: VecMap<At, usize> = VecMap::new();
    let mut count = 0;
    for draft in drafts {
        let (mut op, gives, is_measured) = match draft {
            Draft::Note(note) => {
                parts.push(PlanItem::Note(note));
                continue;
            }
            Draft::Op {
                op,
                gives,
                is_measured,
            } => (op, gives, is_measured),
        };
        // Of two values the one with the later time counts.
        if let Op::Create { at, .. } | Op::Log { at, .. } = &mut op {
            *at = Time(at.0.max(clock.0.saturating_add(1)));
            clock = *at;
        }
        match &op {
            Op::Create {
                name, run: Some(_), ..
            } => {
                if let Some(number) = gives {
                    count += 1;
                    runs.insert((name.clone(), number), count);
                }
            }
            Op::Copy {
                name,
                version,
                dst_name,
                ..
            } => {
                let of = (name.clone(), *version);
                let copy = gives.map(|number| (dst_name.clone(), number));
                if let Some(copy) = copy {
                    if let Some(run) = runs.get(&of).copied() {
                        runs.insert(copy, run);
                    } else {
                        let run = older.get(&of).copied().unwrap_or_else(|| {
                            count += 1;
                            count
                        });
                        older.insert(of, run);
                        older.insert(copy, run);
                    }
                }
            }
            Op::Log {
                name, version, key, ..
            } => match runs.get(&(name.clone(), *version)) {
                Some(run) if runs.values().filter(|other| *other == run).count() > 1 => {
                    parts.push(PlanItem::Note(Note::SharedRun {
                        name: name.clone(),
                        version: *version,
                    }));
                }
                Some(_) => {}
                None if is_measured => {
                    if older.get(&(name.clone(), *version)).is_some() {
                        parts.push(PlanItem::Note(Note::SharedRun {
                            name: name.clone(),
                            version: *version,
                        }));
                    }
                }
                None => {
                    parts.push(PlanItem::Note(Note::NoRun {
                        name: name.clone(),
                        version: *version,
                        key: key.clone(),
                    }));
                    continue;
                }
            },
            Op::Call(Command::RenameRegisteredModel { name, new_name }) => {
                rename(&mut runs, name, new_name);
                rename(&mut older, name, new_name);
            }
            Op::Call(Command::DeleteModelVersion { name, version }) => {
                runs.remove(&(name.clone(), *version));
            }
            Op::Call(Command::DeleteRegisteredModel { name }) => {
                let gone: Vec<At> = runs.keys().filter(|at| at.0 == *name).cloned().collect();
                for at in gone {
                    runs.remove(&at);
                }
            }
            Op::Create { .. } | Op::Call(_) => {}
        }
        parts.push(PlanItem::Op(op));
    }
    parts
}
