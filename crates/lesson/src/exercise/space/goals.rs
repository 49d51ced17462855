//! The conditions of an exercise, asked of a packed state.

use super::Space;
use super::layout::{NOWHERE, code};
use super::packed::{Address, DONE, FIRST, LOST, OPEN, PackedGoalKind, Test};
use crate::condition::Condition;
use registry::id::WrittenVersion;
use registry::uri::ModelUri;
use registry::{Alias, ModelName, Stage, TagKey, TagValue, VersionNumber};

impl Space {
    /// Returns whether every condition is met, and every negated one is not.
    pub fn is_met(&self, state: u128) -> bool {
        self.goals.iter().all(|goal| {
            let seen = goal.seen.get(state);
            let met = match &goal.kind {
                PackedGoalKind::Now(test) => self.holds(test, state),
                PackedGoalKind::Once(_) | PackedGoalKind::Before(..) => seen == DONE,
                PackedGoalKind::Always(_) | PackedGoalKind::NothingDeleted => seen != LOST,
            };
            met != goal.negated
        })
    }

    /// Remembers what the conditions on the way need to know.
    pub(super) fn watch(&self, before: u128, after: u128, deleted: bool) -> Option<u128> {
        let mut state = after | before & self.remembered;
        for goal in &self.goals {
            let seen = goal.seen.get(state);
            let now = match &goal.kind {
                PackedGoalKind::Now(_) => continue,
                _ if matches!(seen, DONE | LOST) => continue,
                PackedGoalKind::Always(test) if self.holds(test, after) => OPEN,
                PackedGoalKind::Always(_) => LOST,
                PackedGoalKind::NothingDeleted if deleted => LOST,
                PackedGoalKind::NothingDeleted => OPEN,
                PackedGoalKind::Once(test) if self.holds(test, after) => DONE,
                PackedGoalKind::Once(_) => OPEN,
                PackedGoalKind::Before(_, then) if self.holds(then, after) => {
                    if seen == FIRST {
                        DONE
                    } else {
                        LOST
                    }
                }
                PackedGoalKind::Before(first, _) if self.holds(first, after) => FIRST,
                PackedGoalKind::Before(..) => seen,
            };
            if now == LOST && !goal.negated {
                return None;
            }
            state = goal.seen.with(state, now);
        }
        Some(state)
    }

    pub(super) fn test(&self, condition: &Condition) -> Test {
        self.compiled(condition).unwrap_or(Test::Const(false))
    }

    /// The condition as a test; nothing where it can't hold.
    pub(super) fn compiled(&self, condition: &Condition) -> Option<Test> {
        Some(match condition {
            Condition::InStage {
                model,
                version,
                stage,
            } => {
                let (model, slot) = self.slot(model, *version)?;
                Test::InStage(model, slot, *stage)
            }
            Condition::StageHolds {
                model,
                stage,
                versions,
            } => {
                let (at, layout) = self.layout(model)?;
                let slots = versions.iter().map(|number| layout.slot(*number));
                Test::Holds(at, *stage, slots.collect::<Option<_>>()?)
            }
            Condition::Count {
                model,
                stage,
                count,
            } => Test::Count(self.layout(model)?.0, *stage, *count),
            Condition::Answers { uri, version } => {
                let address = self.address(uri);
                let slot = match (version, address.model()) {
                    (None, _) => None,
                    (Some(_), None) => return None,
                    (Some(number), Some(model)) => Some(self.models.get(model)?.slot(*number)?),
                };
                Test::Answers(address, slot)
            }
            Condition::AnswersAny { uri } => Test::AnswersAny(self.address(uri)),
            Condition::Exists {
                model,
                version,
                there,
            } => match (self.layout(model), version) {
                (None, _) => Test::Const(!there),
                (Some((at, _)), None) => Test::ModelThere(at, *there),
                (Some((at, layout)), Some(number)) => match layout.slot(*number) {
                    None => Test::Const(!there),
                    Some(slot) => Test::VersionThere(at, slot, *there),
                },
            },
            Condition::AliasAt {
                model,
                alias,
                version,
            } => {
                let (at, layout) = self.layout(model)?;
                let slot = match version {
                    None => None,
                    Some(number) => Some(layout.slot(*number)?),
                };
                Test::AliasAt(at, layout.alias(alias)?, slot)
            }
            Condition::Tagged {
                model,
                version,
                key,
                value,
            } => self.tag(model, *version, key, &[value.as_ref()])?,
            Condition::TaggedAny {
                model,
                version,
                key,
                values,
            } => {
                let values: Vec<_> = values.iter().map(Some).collect();
                self.tag(model, *version, key, &values)?
            }
            Condition::Loads { .. } | Condition::Accepted | Condition::Refused { .. } => {
                return None;
            }
        })
    }

    pub(super) fn tag(
        &self,
        model: &ModelName,
        version: Option<VersionNumber>,
        key: &TagKey,
        values: &[Option<&TagValue>],
    ) -> Option<Test> {
        let (at, known) = self.key(key, version.is_some())?;
        let codes = values.iter().map(|value| known.code(*value)).collect();
        Some(match version {
            None => Test::ModelTag(self.layout(model)?.0, at, codes),
            Some(number) => {
                let (model, slot) = self.slot(model, number)?;
                Test::VersionTag(model, slot, at, codes)
            }
        })
    }

    /// Returns what an address reads, as `Registry::resolve` reads it.
    pub(super) fn address(&self, uri: &str) -> Address {
        let find = || {
            let (name, rest) = match ModelUri::parse(uri).ok()? {
                ModelUri::Version { name, version } => {
                    let number = WrittenVersion::parse(&version).ok()?.number()?;
                    let (model, slot) = self.slot(&ModelName::parse(&name).ok()?, number)?;
                    return Some(Address::Slot(model, slot));
                }
                ModelUri::Stage { name, stage } => (name, Err(Stage::parse(&stage).ok()?)),
                ModelUri::Latest { name } => (name, Ok(None)),
                ModelUri::Alias { name, alias } => (name, Ok(Some(Alias::parse(&alias).ok()?))),
            };
            let (model, layout) = self.layout(&ModelName::parse(&name).ok()?)?;
            Some(match rest {
                Err(stage) => Address::Stage(model, stage),
                Ok(None) => Address::Latest(model),
                Ok(Some(alias)) if alias.is_latest() => Address::Latest(model),
                Ok(Some(alias)) => Address::Alias(model, layout.alias(&alias)?),
            })
        };
        find().unwrap_or(Address::Nowhere)
    }

    pub(super) fn holds(&self, test: &Test, state: u128) -> bool {
        let layout = |at: usize| self.models.get(at);
        match test {
            Test::Const(value) => *value,
            Test::InStage(model, slot, stage) => {
                layout(*model).is_some_and(|layout| layout.stage(*slot, state) == code(*stage))
            }
            Test::Holds(model, stage, slots) => layout(*model).is_some_and(|layout| {
                layout.there.get(state) == 1
                    && layout.in_stage(*stage, state).eq(slots.iter().copied())
            }),
            Test::Count(model, stage, count) => layout(*model).is_some_and(|layout| {
                layout.there.get(state) == 1
                    && match stage {
                        Some(stage) => layout.in_stage(*stage, state).count() == *count,
                        None => layout.present(state).count() == *count,
                    }
            }),
            Test::Answers(address, slot) => self.resolve(*address, state) == *slot,
            Test::AnswersAny(address) => self.resolve(*address, state).is_some(),
            Test::ModelThere(model, there) => {
                layout(*model).is_some_and(|layout| (layout.there.get(state) == 1) == *there)
            }
            Test::VersionThere(model, slot, there) => layout(*model)
                .is_some_and(|layout| (layout.stage(*slot, state) != NOWHERE) == *there),
            Test::AliasAt(model, alias, slot) => layout(*model).is_some_and(|layout| {
                layout.there.get(state) == 1 && layout.points_to(*alias, state) == *slot
            }),
            Test::VersionTag(model, slot, key, codes) => layout(*model).is_some_and(|layout| {
                layout.slots.get(*slot).is_some_and(|slot| {
                    slot.stage.get(state) != NOWHERE
                        && slot
                            .tags
                            .get(*key)
                            .is_some_and(|tag| codes.contains(&tag.get(state)))
                })
            }),
            Test::ModelTag(model, key, codes) => layout(*model).is_some_and(|layout| {
                layout.there.get(state) == 1
                    && layout
                        .tags
                        .get(*key)
                        .is_some_and(|tag| codes.contains(&tag.get(state)))
            }),
        }
    }

    pub(super) fn resolve(&self, address: Address, state: u128) -> Option<usize> {
        let layout = self.models.get(address.model()?)?;
        match address {
            Address::Nowhere => None,
            Address::Slot(_, slot) => (layout.stage(slot, state) != NOWHERE).then_some(slot),
            Address::Stage(_, stage) => layout.in_stage(stage, state).last(),
            Address::Latest(_) => layout.present(state).last(),
            Address::Alias(_, alias) => layout.points_to(alias, state),
        }
    }
}
