//! Conditions of the way: what has been so since the start.

use super::super::{Goal, Named, Task};
use super::evaluation::{Evaluation, Reason, Status, Thing};
use super::state::state;
use crate::condition::Condition;
use registry::{Event, Log, Registry};

/// What has been done since the start.
pub(super) struct Way<'l> {
    log: &'l Log,
    from: u64,
    /// The registry at the start and after each step.
    moments: Vec<Registry>,
}

impl<'l> Way<'l> {
    pub(super) fn of(task: &Task, log: &'l Log) -> Self {
        let from = task.from();
        let moments = log
            .moments(from)
            .unwrap_or_else(|_| vec![log.registry().clone()]);
        Self { log, from, moments }
    }

    pub(super) fn evaluate(&self, named: &Named) -> Evaluation {
        let evaluated = match &named.goal {
            Goal::Now(condition) => self.now(condition),
            Goal::Always(condition) => self.always(condition),
            Goal::Once(condition) => self.once(condition),
            Goal::Before { first, then } => self.before(first, then),
            Goal::NothingDeleted => self.nothing_deleted(),
            Goal::Steps { at_most } => self.steps(*at_most),
        };
        if named.secret && evaluated.status != Status::Met {
            conceal(named, evaluated)
        } else {
            evaluated
        }
    }

    /// Returns the first moment at which something is so, with its step.
    fn first(&self, is: impl Fn(&Registry) -> bool) -> Option<(u64, &Registry)> {
        (self.from..)
            .zip(&self.moments)
            .find(|(_, registry)| is(registry))
    }

    /// What was too much at the start already was not broken by anybody: it is still to be done.
    fn now(&self, condition: &Condition) -> Evaluation {
        let mut now = state(condition, self.log.registry());
        let at_start = self.moments.first();
        if now.status == Status::Overdone
            && !now.for_good
            && at_start.is_some_and(|start| state(condition, start).status == Status::Overdone)
        {
            now.status = Status::NotYet;
        }
        now
    }

    fn always(&self, condition: &Condition) -> Evaluation {
        match self.first(|registry| !condition.holds_in(registry)) {
            None => Evaluation {
                reason: Reason::SoFar,
                ..state(condition, self.log.registry())
            },
            Some((step, registry)) => {
                let then = state(condition, registry);
                Evaluation {
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

    fn once(&self, condition: &Condition) -> Evaluation {
        match self.first(|registry| condition.holds_in(registry)) {
            None => Evaluation {
                status: Status::NotYet,
                ..state(condition, self.log.registry())
            },
            Some((step, registry)) => Evaluation {
                reason: Reason::HeldAfter { step },
                ..state(condition, registry)
            },
        }
    }

    fn before(&self, first: &Condition, then: &Condition) -> Evaluation {
        let before = self.first(|registry| first.holds_in(registry));
        let after = self.first(|registry| then.holds_in(registry));
        match (before, after) {
            (Some((early, _)), Some((late, registry))) if early < late => Evaluation {
                reason: Reason::HeldAfter { step: early },
                ..state(then, registry)
            },
            (_, Some((step, registry))) => Evaluation {
                status: Status::Overdone,
                reason: Reason::TooEarly { step },
                about: with_step(state(then, registry).about, step),
                for_good: true,
            },
            (Some(_), None) => {
                let open = state(then, self.log.registry());
                Evaluation {
                    status: Status::NotYet,
                    reason: Reason::FirstDone {
                        how: open.reason.into(),
                    },
                    ..open
                }
            }
            (None, None) => {
                let open = state(first, self.log.registry());
                Evaluation {
                    status: Status::NotYet,
                    reason: Reason::FirstMissing {
                        how: open.reason.into(),
                    },
                    ..open
                }
            }
        }
    }

    fn nothing_deleted(&self) -> Evaluation {
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
            None => Evaluation {
                status: Status::Met,
                reason: Reason::SoFar,
                about: Vec::new(),
                for_good: false,
            },
            Some((step, thing)) => Evaluation {
                status: Status::Overdone,
                reason: Reason::Deleted { step },
                about: with_step(vec![thing], step),
                for_good: true,
            },
        }
    }

    fn steps(&self, at_most: u32) -> Evaluation {
        let used = self.log.step().saturating_sub(self.from);
        let over = used > u64::from(at_most);
        Evaluation {
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
fn conceal(named: &Named, evaluated: Evaluation) -> Evaluation {
    match &named.goal {
        Goal::Now(
            Condition::AliasAt { .. }
            | Condition::Tagged { version: None, .. }
            | Condition::TaggedAny { version: None, .. },
        ) => evaluated,
        _ => Evaluation {
            reason: Reason::Secret,
            about: Vec::new(),
            ..evaluated
        },
    }
}
