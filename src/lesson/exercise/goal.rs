//! Which conditions of a goal are met, not yet, or overdone, and why: the reasons are values, `crate::text::goal` has the
//! words.

use super::super::condition::{self, Condition};
use super::{Goal, Named, Task};
use crate::registry::uri::ModelUri;
use crate::registry::{Alias, Event, Log, ModelName, Registry, Stage, TagValue, VersionNumber};

/// How a condition stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Status {
    /// It holds.
    Met,
    /// Something is still to be done for it.
    NotYet,
    /// More was done than it allows.
    Overdone,
}

/// A condition as it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Judged {
    /// How it stands.
    pub status: Status,
    /// Why.
    pub reason: Reason,
    /// What is concerned, to be marked.
    pub about: Vec<Thing>,
    /// Whether nothing but undo can help.
    pub for_good: bool,
}

/// Something that can be marked on the board or in the history.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Thing {
    /// A model.
    Model(ModelName),
    /// A version.
    Version(ModelName, VersionNumber),
    /// An alias.
    Alias(ModelName, Alias),
    /// A step of the history.
    Step(u64),
}

/// Why a condition stands as it does.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reason {
    /// It is so.
    Holds,
    /// The model is not there any more.
    ModelGone {
        /// The model.
        model: ModelName,
    },
    /// The version is not there any more.
    VersionGone {
        /// The version.
        version: VersionNumber,
    },
    /// There is no such version yet.
    NoVersionYet {
        /// The version.
        version: VersionNumber,
    },
    /// The version is in another stage.
    VersionIn {
        /// The version.
        version: VersionNumber,
        /// Where it is.
        stage: Stage,
    },
    /// The wrong versions are in a stage.
    StageHolds {
        /// The stage.
        stage: Stage,
        /// Those that should be in it and are not.
        lacks: Vec<VersionNumber>,
        /// Those that are in it and should not be.
        also: Vec<VersionNumber>,
    },
    /// There are too few or too many versions.
    Counted {
        /// The stage; all of them where there is none.
        stage: Option<Stage>,
        /// Those that are there.
        versions: Vec<VersionNumber>,
        /// How many there should be.
        wanted: usize,
    },
    /// An address leads to another version.
    Answers {
        /// That version.
        version: VersionNumber,
        /// The versions in the stage that was asked for, where there are several.
        among: Vec<VersionNumber>,
    },
    /// An address leads to an error.
    NothingAnswers,
    /// A version, or without one the model, is there still.
    StillThere {
        /// The version.
        version: Option<VersionNumber>,
    },
    /// An alias points elsewhere; nowhere where there is no version.
    AliasAt {
        /// Where it points.
        version: Option<VersionNumber>,
    },
    /// A tag has another value; it is not set where there is none.
    TagIs {
        /// What it says.
        value: Option<TagValue>,
    },
    /// It is not so; more would give away what is to be found out.
    Secret,
    /// It has been so up to now.
    SoFar,
    /// It was not so after a step.
    BrokenAfter {
        /// The step; the start where it is the one before the first.
        step: u64,
        /// How it stood then.
        how: Box<Reason>,
    },
    /// It was so after a step.
    HeldAfter {
        /// The step; the start where it is the one before the first.
        step: u64,
    },
    /// What has to come first has not been yet.
    FirstMissing {
        /// How that stands.
        how: Box<Reason>,
    },
    /// What has to come first has been; what comes then has not.
    FirstDone {
        /// How that stands.
        how: Box<Reason>,
    },
    /// What should come later came before.
    TooEarly {
        /// In this step.
        step: u64,
    },
    /// Something was deleted.
    Deleted {
        /// In this step.
        step: u64,
    },
    /// So many steps were done.
    Steps {
        /// How many.
        used: u64,
        /// How many there may be.
        at_most: u32,
    },
}

/// Every condition of the goal, as it stands.
#[must_use]
pub fn judge(task: &Task, log: &Log) -> Vec<Judged> {
    let way = Way::of(task, log);
    task.goal.iter().map(|named| way.judge(named)).collect()
}

/// Whether every condition is met.
#[must_use]
pub fn solved(task: &Task, log: &Log) -> bool {
    judge(task, log)
        .iter()
        .all(|judged| judged.status == Status::Met)
}

/// What has been done since the start.
struct Way<'l> {
    log: &'l Log,
    from: u64,
    /// The registry at the start and after each step.
    moments: Vec<Registry>,
}

impl<'l> Way<'l> {
    fn of(task: &Task, log: &'l Log) -> Self {
        let from = task.from();
        let moments = log
            .moments(from)
            .unwrap_or_else(|_| vec![log.registry().clone()]);
        Self { log, from, moments }
    }

    fn judge(&self, named: &Named) -> Judged {
        let judged = match &named.goal {
            Goal::Now(condition) => state(condition, self.log.registry()),
            Goal::Always(condition) => self.always(condition),
            Goal::Once(condition) => self.once(condition),
            Goal::Before { first, then } => self.before(first, then),
            Goal::NothingDeleted => self.nothing_deleted(),
            Goal::Steps { at_most } => self.steps(*at_most),
        };
        if named.secret && judged.status != Status::Met {
            conceal(named, judged)
        } else {
            judged
        }
    }

    /// The first moment at which something is so, with its step.
    fn first(&self, is: impl Fn(&Registry) -> bool) -> Option<(u64, &Registry)> {
        (self.from..)
            .zip(&self.moments)
            .find(|(_, registry)| is(registry))
    }

    fn always(&self, condition: &Condition) -> Judged {
        match self.first(|registry| !condition.holds_in(registry)) {
            None => Judged {
                reason: Reason::SoFar,
                ..state(condition, self.log.registry())
            },
            Some((step, registry)) => {
                let then = state(condition, registry);
                Judged {
                    status: Status::Overdone,
                    reason: Reason::BrokenAfter {
                        step,
                        how: then.reason.into(),
                    },
                    about: with_step(then.about, step),
                    for_good: true,
                }
            }
        }
    }

    fn once(&self, condition: &Condition) -> Judged {
        match self.first(|registry| condition.holds_in(registry)) {
            None => Judged {
                status: Status::NotYet,
                ..state(condition, self.log.registry())
            },
            Some((step, registry)) => Judged {
                reason: Reason::HeldAfter { step },
                ..state(condition, registry)
            },
        }
    }

    fn before(&self, first: &Condition, then: &Condition) -> Judged {
        let before = self.first(|registry| first.holds_in(registry));
        let after = self.first(|registry| then.holds_in(registry));
        match (before, after) {
            (Some((early, _)), Some((late, registry))) if early < late => Judged {
                reason: Reason::HeldAfter { step: early },
                ..state(then, registry)
            },
            (_, Some((step, registry))) => Judged {
                status: Status::Overdone,
                reason: Reason::TooEarly { step },
                about: with_step(state(then, registry).about, step),
                for_good: true,
            },
            (Some(_), None) => {
                let open = state(then, self.log.registry());
                Judged {
                    status: Status::NotYet,
                    reason: Reason::FirstDone {
                        how: open.reason.into(),
                    },
                    ..open
                }
            }
            (None, None) => {
                let open = state(first, self.log.registry());
                Judged {
                    status: Status::NotYet,
                    reason: Reason::FirstMissing {
                        how: open.reason.into(),
                    },
                    ..open
                }
            }
        }
    }

    fn nothing_deleted(&self) -> Judged {
        let way = self
            .log
            .done()
            .iter()
            .filter(|entry| entry.step > self.from);
        let mut deletions = way.flat_map(|entry| {
            let step = entry.step;
            entry.events.iter().filter_map(move |event| match event {
                Event::VersionDeleted { name, version } => {
                    Some((step, Thing::Version(name.clone(), version.number())))
                }
                Event::ModelDeleted { model } => Some((step, Thing::Model(model.name().clone()))),
                _ => None,
            })
        });
        match deletions.next() {
            None => Judged {
                status: Status::Met,
                reason: Reason::SoFar,
                about: Vec::new(),
                for_good: false,
            },
            Some((step, thing)) => Judged {
                status: Status::Overdone,
                reason: Reason::Deleted { step },
                about: with_step(vec![thing], step),
                for_good: true,
            },
        }
    }

    fn steps(&self, at_most: u32) -> Judged {
        let used = self.log.step().saturating_sub(self.from);
        let over = used > u64::from(at_most);
        Judged {
            status: if over { Status::Overdone } else { Status::Met },
            reason: Reason::Steps { used, at_most },
            about: Vec::new(),
            for_good: over,
        }
    }
}

fn with_step(mut about: Vec<Thing>, step: u64) -> Vec<Thing> {
    about.push(Thing::Step(step));
    about
}

/// Says no more than the learner can know. What an alias or the model's tag says is theirs to see.
fn conceal(named: &Named, judged: Judged) -> Judged {
    match &named.goal {
        Goal::Now(
            Condition::AliasAt { .. }
            | Condition::Tagged { version: None, .. }
            | Condition::TaggedAny { version: None, .. },
        ) => judged,
        _ => Judged {
            reason: Reason::Secret,
            about: Vec::new(),
            ..judged
        },
    }
}

/// How a condition stands in a registry.
fn state(condition: &Condition, registry: &Registry) -> Judged {
    let about = about(condition, registry);
    if condition.holds_in(registry) {
        return Judged {
            status: Status::Met,
            reason: Reason::Holds,
            about,
            for_good: false,
        };
    }
    let reason = why_not(condition, registry);
    let (status, for_good) = match &reason {
        Reason::ModelGone { .. } | Reason::VersionGone { .. } => (Status::Overdone, true),
        // Where a stage is to be empty, there is only something left to do.
        Reason::StageHolds { lacks, .. } if lacks.is_empty() && wants_some(condition) => {
            (Status::Overdone, false)
        }
        Reason::Counted {
            versions, wanted, ..
        } if versions.len() > *wanted && wants_some(condition) => (Status::Overdone, false),
        _ => (Status::NotYet, false),
    };
    Judged {
        status,
        reason,
        about,
        for_good,
    }
}

/// Whether a condition on the versions in a stage wants some there.
fn wants_some(condition: &Condition) -> bool {
    match condition {
        Condition::StageHolds { versions, .. } => !versions.is_empty(),
        Condition::Count { count, .. } => *count > 0,
        _ => true,
    }
}

fn why_not(condition: &Condition, registry: &Registry) -> Reason {
    if let Some(name) = model(condition)
        && registry.model(name).is_none()
    {
        return Reason::ModelGone {
            model: name.clone(),
        };
    }
    let missing = |name: &ModelName, version: VersionNumber| {
        let last = registry.model(name).and_then(|model| model.last_number());
        if Some(version) > last {
            Reason::NoVersionYet { version }
        } else {
            Reason::VersionGone { version }
        }
    };
    let in_stage = |name: &ModelName, stage: Stage| -> Vec<VersionNumber> {
        registry.model(name).map_or_else(Vec::new, |model| {
            model.in_stage(stage).iter().copied().collect()
        })
    };
    match condition {
        Condition::InStage { model, version, .. } => registry
            .model(model)
            .and_then(|model| model.version(*version))
            .map_or_else(
                || missing(model, *version),
                |found| Reason::VersionIn {
                    version: *version,
                    stage: found.stage(),
                },
            ),
        Condition::StageHolds {
            model,
            stage,
            versions,
        } => {
            let there = in_stage(model, *stage);
            let without = |list: &[VersionNumber], other: &[VersionNumber]| -> Vec<VersionNumber> {
                let new = list.iter().filter(|number| !other.contains(number));
                new.copied().collect()
            };
            Reason::StageHolds {
                stage: *stage,
                lacks: without(versions, &there),
                also: without(&there, versions),
            }
        }
        Condition::Count {
            model,
            stage,
            count,
        } => Reason::Counted {
            stage: *stage,
            versions: match stage {
                Some(stage) => in_stage(model, *stage),
                None => registry.model(model).map_or_else(Vec::new, |model| {
                    model.versions().map(|version| version.number()).collect()
                }),
            },
            wanted: *count,
        },
        Condition::Answers { uri, .. } | Condition::AnswersAny { uri } => {
            match registry.resolve(uri) {
                Err(_) => Reason::NothingAnswers,
                Ok(found) => Reason::Answers {
                    version: found.version,
                    among: asked_stage(uri)
                        .map(|stage| in_stage(&found.name, stage))
                        .filter(|among| among.len() > 1)
                        .unwrap_or_default(),
                },
            }
        }
        Condition::Exists {
            model,
            version,
            there,
        } => match version {
            Some(version) if *there => missing(model, *version),
            _ => Reason::StillThere { version: *version },
        },
        Condition::AliasAt { model, alias, .. } => Reason::AliasAt {
            version: registry
                .model(model)
                .and_then(|model| model.aliases().get(alias).copied()),
        },
        Condition::Tagged {
            model,
            version,
            key,
            ..
        }
        | Condition::TaggedAny {
            model,
            version,
            key,
            ..
        } => match (condition::tag(registry, model, *version, key), version) {
            (None, Some(version)) => missing(model, *version),
            (found, _) => Reason::TagIs {
                value: found.flatten().cloned(),
            },
        },
        Condition::Loads { .. } | Condition::Accepted | Condition::Refused { .. } => Reason::Secret,
    }
}

/// The stage that an address asks for.
fn asked_stage(uri: &str) -> Option<Stage> {
    match ModelUri::parse(uri).ok()? {
        ModelUri::Stage { stage, .. } => Stage::parse(&stage).ok(),
        _ => None,
    }
}

/// The model that a condition speaks of.
pub(crate) fn model(condition: &Condition) -> Option<&ModelName> {
    match condition {
        Condition::InStage { model, .. }
        | Condition::StageHolds { model, .. }
        | Condition::Exists { model, .. }
        | Condition::AliasAt { model, .. }
        | Condition::Tagged { model, .. }
        | Condition::TaggedAny { model, .. }
        | Condition::Count { model, .. } => Some(model),
        Condition::Answers { .. }
        | Condition::AnswersAny { .. }
        | Condition::Loads { .. }
        | Condition::Accepted
        | Condition::Refused { .. } => None,
    }
}

/// The model that a condition speaks of, also where it says so in an address.
pub(crate) fn concerned(condition: &Condition) -> Option<ModelName> {
    match condition {
        Condition::Answers { uri, .. } | Condition::AnswersAny { uri } => {
            let name = match ModelUri::parse(uri).ok()? {
                ModelUri::Version { name, .. }
                | ModelUri::Stage { name, .. }
                | ModelUri::Latest { name }
                | ModelUri::Alias { name, .. } => name,
            };
            ModelName::parse(&name).ok()
        }
        other => model(other).cloned(),
    }
}

/// What a condition is about, as things stand.
fn about(condition: &Condition, registry: &Registry) -> Vec<Thing> {
    let each = |name: &ModelName, stage: Stage| -> Vec<Thing> {
        registry.model(name).map_or_else(Vec::new, |model| {
            let there = model.in_stage(stage).iter();
            there
                .map(|number| Thing::Version(name.clone(), *number))
                .collect()
        })
    };
    let mut things = match condition {
        Condition::InStage { model, version, .. } => {
            vec![Thing::Version(model.clone(), *version)]
        }
        Condition::StageHolds {
            model,
            stage,
            versions,
        } => {
            let mut things = each(model, *stage);
            let wanted = versions.iter();
            things.extend(wanted.map(|number| Thing::Version(model.clone(), *number)));
            things
        }
        Condition::Count {
            model,
            stage: Some(stage),
            ..
        } => each(model, *stage),
        Condition::Count {
            model, stage: None, ..
        } => vec![Thing::Model(model.clone())],
        Condition::Answers { uri, .. } | Condition::AnswersAny { uri } => {
            let wanted = match condition {
                Condition::Answers { version, .. } => *version,
                _ => None,
            };
            let found = registry.resolve(uri).ok().map(|found| found.version);
            let mut things = Vec::new();
            if let Some(name) = concerned(condition) {
                let numbers = found.into_iter().chain(wanted);
                things.extend(numbers.map(|number| Thing::Version(name.clone(), number)));
                things.extend(asked_alias(uri).map(|alias| Thing::Alias(name, alias)));
            }
            things
        }
        Condition::AliasAt {
            model,
            alias,
            version,
        } => {
            let mut things = vec![Thing::Alias(model.clone(), alias.clone())];
            things.extend(version.map(|number| Thing::Version(model.clone(), number)));
            things
        }
        Condition::Exists { model, version, .. }
        | Condition::Tagged { model, version, .. }
        | Condition::TaggedAny { model, version, .. } => vec![version.map_or_else(
            || Thing::Model(model.clone()),
            |number| Thing::Version(model.clone(), number),
        )],
        Condition::Loads { .. } | Condition::Accepted | Condition::Refused { .. } => Vec::new(),
    };
    things.sort();
    things.dedup();
    things
}

/// The alias that an address asks for.
fn asked_alias(uri: &str) -> Option<Alias> {
    match ModelUri::parse(uri).ok()? {
        ModelUri::Alias { alias, .. } => Alias::parse(&alias).ok(),
        _ => None,
    }
}
