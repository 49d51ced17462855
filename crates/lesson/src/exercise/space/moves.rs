//! The commands of an exercise, and what each makes of a packed state.

use super::Space;
use super::place::{NOWHERE, Place, Slot, code};
use crate::exercise::Allowed;
use registry::{
    Alias, Command, FreeText, Metrics, PolicyView, Stage, TagKey, TagValue, Tags, VersionNumber,
};

/// A command, by the places that it changes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Move {
    Transition {
        model: usize,
        slot: usize,
        to: Stage,
        /// Where it archives what is in the stage, the place of the command that does not.
        plain: Option<usize>,
    },
    Point {
        model: usize,
        alias: usize,
        slot: Option<usize>,
    },
    TagVersion {
        model: usize,
        slot: usize,
        key: usize,
        code: usize,
    },
    TagModel {
        model: usize,
        key: usize,
        code: usize,
    },
    DeleteVersion {
        model: usize,
        slot: usize,
    },
    DeleteModel {
        model: usize,
    },
    Create {
        model: usize,
    },
    Copy {
        model: usize,
        slot: usize,
        to: usize,
    },
}

impl Move {
    const fn model(self) -> usize {
        match self {
            Self::Transition { model, .. }
            | Self::Point { model, .. }
            | Self::TagVersion { model, .. }
            | Self::TagModel { model, .. }
            | Self::DeleteVersion { model, .. }
            | Self::DeleteModel { model }
            | Self::Create { model }
            | Self::Copy { model, .. } => model,
        }
    }

    const fn slot(self) -> Option<usize> {
        match self {
            Self::Transition { slot, .. }
            | Self::TagVersion { slot, .. }
            | Self::DeleteVersion { slot, .. }
            | Self::Copy { slot, .. } => Some(slot),
            Self::Point { slot, .. } => slot,
            Self::TagModel { .. } | Self::DeleteModel { .. } | Self::Create { .. } => None,
        }
    }
}

/// A model in a packed state, as the policy sees it.
struct Packed<'a> {
    place: &'a Place,
    state: u128,
    /// Where the version is that the command is about.
    slot: Option<usize>,
}

impl Packed<'_> {
    fn version(&self, number: VersionNumber) -> Option<&Slot> {
        let slot = |at: usize| self.place.slots.get(at);
        let here = self.slot.and_then(slot);
        here.filter(|it| it.number == number)
            .or_else(|| self.place.slot(number).and_then(slot))
    }
}

impl PolicyView for Packed<'_> {
    fn stage(&self, version: VersionNumber) -> Option<Stage> {
        self.version(version)?.stage(self.state)
    }

    fn has_been_live(&self, version: VersionNumber) -> bool {
        let proven = self.version(version).and_then(|slot| slot.proven);
        proven.is_some_and(|field| field.get(self.state) == 1)
    }

    fn count(&self, stage: Stage) -> usize {
        self.place.in_stage(stage, self.state).count()
    }
}

impl Space {
    /// Takes up the commands of a method. A value, alias or tag that no condition asks for can't help.
    pub(super) fn ground(&mut self, allowed: &Allowed) {
        let mut found: Vec<(Command, Move)> = Vec::new();
        for (model, place) in self.models.iter().enumerate() {
            let before = self.commands.len() + found.len();
            found.extend(self.commands_on(model, place, allowed, before));
        }
        for (command, found) in found {
            let policy = self.policy.map(|policy| policy.on(&command));
            self.policies.extend(policy);
            self.commands.push(command);
            self.moves.push(found);
        }
    }

    /// Returns the commands of a method on a model; `before` is how many commands there are before them.
    fn commands_on(
        &self,
        model: usize,
        place: &Place,
        allowed: &Allowed,
        before: usize,
    ) -> Vec<(Command, Move)> {
        let name = || place.name.clone();
        match allowed {
            Allowed::Transition => transitions(model, place, before),
            Allowed::SetAlias(aliases) => {
                let settable = aliases.iter();
                let settable = settable.filter(|it| it.check_not_reserved().is_ok());
                settable
                    .flat_map(|alias| point_alias(model, place, alias))
                    .collect()
            }
            Allowed::DeleteAlias(aliases) => {
                let known = aliases.iter().filter_map(|alias| {
                    let command = Command::DeleteRegisteredModelAlias {
                        name: name(),
                        alias: alias.clone(),
                    };
                    let (alias, slot) = (place.alias(alias)?, None);
                    Some((command, Move::Point { model, alias, slot }))
                });
                known.collect()
            }
            Allowed::SetVersionTag { key, values } => {
                let values = values.iter().map(Some);
                values
                    .flat_map(|value| self.tag_versions(model, place, key, value))
                    .collect()
            }
            Allowed::DeleteVersionTag(key) => self.tag_versions(model, place, key, None),
            Allowed::SetModelTag { key, values } => {
                let values = values.iter().map(Some);
                values
                    .filter_map(|value| self.tag_model(model, place, key, value))
                    .collect()
            }
            Allowed::DeleteModelTag(key) => {
                let found = self.tag_model(model, place, key, None);
                found.into_iter().collect()
            }
            Allowed::CreateVersion { source, .. } => {
                let command = Command::CreateModelVersion {
                    name: name(),
                    source: source.clone(),
                    description: FreeText::default(),
                    tags: Tags::new(),
                    metrics: Metrics::new(),
                };
                vec![(command, Move::Create { model })]
            }
            Allowed::CopyVersion(target) => self.place(target).map_or_else(Vec::new, |(to, _)| {
                on_each(place, |slot, version| {
                    let command = Command::CopyModelVersion {
                        name: name(),
                        version,
                        dst_name: target.clone(),
                    };
                    (command, Move::Copy { model, slot, to })
                })
            }),
            Allowed::DeleteVersion => on_each(place, |slot, version| {
                let command = Command::DeleteModelVersion {
                    name: name(),
                    version,
                };
                (command, Move::DeleteVersion { model, slot })
            }),
            Allowed::DeleteModel => {
                let command = Command::DeleteRegisteredModel { name: name() };
                vec![(command, Move::DeleteModel { model })]
            }
        }
    }

    /// Sets a tag of each version, or deletes it.
    fn tag_versions(
        &self,
        model: usize,
        place: &Place,
        of: &TagKey,
        value: Option<&TagValue>,
    ) -> Vec<(Command, Move)> {
        let Some((key, code)) = self.tag_code(of, true, value) else {
            return Vec::new();
        };
        on_each(place, |slot, version| {
            let (name, of) = (place.name.clone(), of.clone());
            let command = match value.cloned() {
                Some(value) => Command::SetModelVersionTag {
                    name,
                    version,
                    key: of,
                    value,
                },
                None => Command::DeleteModelVersionTag {
                    name,
                    version,
                    key: of,
                },
            };
            let found = Move::TagVersion {
                model,
                slot,
                key,
                code,
            };
            (command, found)
        })
    }

    /// Sets a tag of the model, or deletes it.
    fn tag_model(
        &self,
        model: usize,
        place: &Place,
        of: &TagKey,
        value: Option<&TagValue>,
    ) -> Option<(Command, Move)> {
        let (key, code) = self.tag_code(of, false, value)?;
        let (name, of) = (place.name.clone(), of.clone());
        let command = match value.cloned() {
            Some(value) => Command::SetRegisteredModelTag {
                name,
                key: of,
                value,
            },
            None => Command::DeleteRegisteredModelTag { name, key: of },
        };
        Some((command, Move::TagModel { model, key, code }))
    }

    /// Returns which tag it is, and the code of a value that a condition asks for, or of none.
    fn tag_code(
        &self,
        key: &TagKey,
        of_version: bool,
        value: Option<&TagValue>,
    ) -> Option<(usize, usize)> {
        let (at, known) = self.key(key, of_version)?;
        let is_useful = value.is_none_or(|value| known.values.contains(value));
        is_useful.then(|| (at, known.code(value)))
    }

    /// Returns what the registry would do; nothing where it refuses.
    pub(super) fn carry_out(&self, state: u128, command: usize) -> Option<u128> {
        let found = *self.moves.get(command)?;
        // What MLflow itself refuses is refused either way, so the policy may be asked first.
        if let Some(policy) = self.policies.get(command) {
            let place = self.models.get(found.model())?;
            let model = Packed {
                place,
                state,
                slot: found.slot(),
            };
            let refused = policy.refuses(&model, self.commands.get(command)?);
            if refused.is_some() {
                return None;
            }
        }
        self.as_mlflow(state, found)
    }

    fn as_mlflow(&self, state: u128, found: Move) -> Option<u128> {
        match found {
            Move::Transition {
                model,
                slot,
                to,
                plain,
            } => {
                let place = self.models.get(model)?;
                let version = place.slots.get(slot)?;
                version.stage(state)?;
                let mut next = state;
                if plain.is_some() {
                    for other in place.in_stage(to, state).filter(|other| *other != slot) {
                        let other = place.slots.get(other)?;
                        next = other.stage.with(next, code(Stage::Archived));
                    }
                }
                next = version.stage.with(next, code(to));
                if let (Stage::Production, Some(proven)) = (to, version.proven) {
                    next = proven.with(next, 1);
                }
                Some(next)
            }
            Move::Point { model, alias, slot } => {
                let place = self.there(model, state)?;
                let (_, field) = place.aliases.get(alias)?;
                match slot {
                    None => Some(field.with(state, NOWHERE)),
                    Some(slot) if place.stage(slot, state) == NOWHERE => None,
                    Some(slot) => Some(field.with(state, slot + 1)),
                }
            }
            Move::TagVersion {
                model,
                slot,
                key,
                code,
            } => {
                let slot = self.models.get(model)?.slots.get(slot)?;
                slot.stage(state)?;
                Some(slot.tags.get(key)?.with(state, code))
            }
            Move::TagModel { model, key, code } => {
                let place = self.there(model, state)?;
                Some(place.tags.get(key)?.with(state, code))
            }
            Move::DeleteVersion { model, slot } => {
                let place = self.models.get(model)?;
                place.slots.get(slot)?.stage(state)?;
                Some(place.without(slot, state))
            }
            Move::DeleteModel { model } => {
                let place = self.there(model, state)?;
                Some(place.emptied(state))
            }
            Move::Create { model } => self.there(model, state)?.grown(state, &[]),
            Move::Copy { model, slot, to } => {
                let slot = self.models.get(model)?.slots.get(slot)?;
                slot.stage(state)?;
                let tags: Vec<usize> = slot.tags.iter().map(|tag| tag.get(state)).collect();
                self.models.get(to)?.grown(state, &tags)
            }
        }
    }
}

/// Returns a command on each version that there can be.
fn on_each(
    place: &Place,
    command: impl Fn(usize, VersionNumber) -> (Command, Move),
) -> Vec<(Command, Move)> {
    let slots = place.slots.iter().enumerate();
    slots.map(|(at, slot)| command(at, slot.number)).collect()
}

/// Returns the moves of all versions, first those that archive nothing; `first` is the place of the first of them.
fn transitions(model: usize, place: &Place, first: usize) -> Vec<(Command, Move)> {
    let moves = |archive: bool| {
        let slots = place.slots.iter().enumerate();
        slots.flat_map(move |(slot, version)| {
            let stages = Stage::ALL.into_iter();
            let stages = stages.filter(move |to| !archive || to.is_active());
            stages.map(move |to| {
                let command = Command::TransitionModelVersionStage {
                    name: place.name.clone(),
                    version: version.number,
                    stage: to,
                    archive_existing_versions: archive,
                };
                let plain = first + slot * Stage::ALL.len() + to.index();
                let found = Move::Transition {
                    model,
                    slot,
                    to,
                    plain: archive.then_some(plain),
                };
                (command, found)
            })
        })
    };
    moves(false).chain(moves(true)).collect()
}

/// Points an alias that a condition asks for to each version.
fn point_alias(model: usize, place: &Place, alias: &Alias) -> Vec<(Command, Move)> {
    let Some(at) = place.alias(alias) else {
        return Vec::new();
    };
    on_each(place, |slot, version| {
        let command = Command::SetRegisteredModelAlias {
            name: place.name.clone(),
            alias: alias.clone(),
            version,
        };
        let found = Move::Point {
            model,
            alias: at,
            slot: Some(slot),
        };
        (command, found)
    })
}
