//! The commands of an exercise, and what each makes of a packed state.

use super::Space;
use super::place::{NOWHERE, Place, Slot, code};
use crate::exercise::Allowed;
use registry::{Command, FreeText, Metrics, PolicyView, Stage, Tags, VersionNumber};

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
            let name = &place.name;
            let slots = || {
                let all = place.slots.iter().enumerate();
                all.map(|(at, slot)| (at, slot.number))
            };
            match allowed {
                Allowed::Transition => {
                    let first = self.commands.len() + found.len();
                    let moves = |archive: bool| {
                        slots().flat_map(move |(slot, version)| {
                            let to = Stage::ALL.into_iter();
                            to.filter(move |to| !archive || to.is_active())
                                .map(move |to| (slot, version, to, archive))
                        })
                    };
                    for (slot, version, to, archive) in moves(false).chain(moves(true)) {
                        let plain = first + slot * Stage::ALL.len() + to.index();
                        found.push((
                            Command::TransitionModelVersionStage {
                                name: name.clone(),
                                version,
                                stage: to,
                                archive_existing_versions: archive,
                            },
                            Move::Transition {
                                model,
                                slot,
                                to,
                                plain: archive.then_some(plain),
                            },
                        ));
                    }
                }
                Allowed::SetAlias(aliases) => {
                    for alias in aliases.iter().filter(|it| it.check_not_reserved().is_ok()) {
                        let Some(at) = place.alias(alias) else {
                            continue;
                        };
                        found.extend(slots().map(|(slot, version)| {
                            let command = Command::SetRegisteredModelAlias {
                                name: name.clone(),
                                alias: alias.clone(),
                                version,
                            };
                            let slot = Some(slot);
                            let alias = at;
                            (command, Move::Point { model, alias, slot })
                        }));
                    }
                }
                Allowed::DeleteAlias(aliases) => {
                    found.extend(aliases.iter().filter_map(|alias| {
                        let command = Command::DeleteRegisteredModelAlias {
                            name: name.clone(),
                            alias: alias.clone(),
                        };
                        let alias = place.alias(alias)?;
                        let slot = None;
                        Some((command, Move::Point { model, alias, slot }))
                    }));
                }
                Allowed::SetVersionTag { key, values } => {
                    let Some((at, known)) = self.key(key, true) else {
                        continue;
                    };
                    for value in values.iter().filter(|value| known.values.contains(value)) {
                        found.extend(slots().map(|(slot, version)| {
                            let command = Command::SetModelVersionTag {
                                name: name.clone(),
                                version,
                                key: key.clone(),
                                value: value.clone(),
                            };
                            let (key, code) = (at, known.code(Some(value)));
                            (
                                command,
                                Move::TagVersion {
                                    model,
                                    slot,
                                    key,
                                    code,
                                },
                            )
                        }));
                    }
                }
                Allowed::DeleteVersionTag(key) => {
                    let Some((at, _)) = self.key(key, true) else {
                        continue;
                    };
                    found.extend(slots().map(|(slot, version)| {
                        let command = Command::DeleteModelVersionTag {
                            name: name.clone(),
                            version,
                            key: key.clone(),
                        };
                        let (key, code) = (at, NOWHERE);
                        (
                            command,
                            Move::TagVersion {
                                model,
                                slot,
                                key,
                                code,
                            },
                        )
                    }));
                }
                Allowed::SetModelTag { key, values } => {
                    let Some((at, known)) = self.key(key, false) else {
                        continue;
                    };
                    let useful = values.iter().filter(|value| known.values.contains(value));
                    found.extend(useful.map(|value| {
                        let command = Command::SetRegisteredModelTag {
                            name: name.clone(),
                            key: key.clone(),
                            value: value.clone(),
                        };
                        let (key, code) = (at, known.code(Some(value)));
                        (command, Move::TagModel { model, key, code })
                    }));
                }
                Allowed::DeleteModelTag(key) => {
                    if let Some((at, _)) = self.key(key, false) {
                        let command = Command::DeleteRegisteredModelTag {
                            name: name.clone(),
                            key: key.clone(),
                        };
                        let (key, code) = (at, NOWHERE);
                        found.push((command, Move::TagModel { model, key, code }));
                    }
                }
                Allowed::CreateVersion { source, .. } => found.push((
                    Command::CreateModelVersion {
                        name: name.clone(),
                        source: source.clone(),
                        description: FreeText::default(),
                        tags: Tags::new(),
                        metrics: Metrics::new(),
                    },
                    Move::Create { model },
                )),
                Allowed::CopyVersion(target) => {
                    if let Some((to, _)) = self.place(target) {
                        found.extend(slots().map(|(slot, version)| {
                            let command = Command::CopyModelVersion {
                                name: name.clone(),
                                version,
                                dst_name: target.clone(),
                            };
                            (command, Move::Copy { model, slot, to })
                        }));
                    }
                }
                Allowed::DeleteVersion => found.extend(slots().map(|(slot, version)| {
                    let command = Command::DeleteModelVersion {
                        name: name.clone(),
                        version,
                    };
                    (command, Move::DeleteVersion { model, slot })
                })),
                Allowed::DeleteModel => found.push((
                    Command::DeleteRegisteredModel { name: name.clone() },
                    Move::DeleteModel { model },
                )),
            }
        }
        for (command, found) in found {
            let policy = self.policy.map(|policy| policy.on(&command));
            self.policies.extend(policy);
            self.commands.push(command);
            self.moves.push(found);
        }
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
