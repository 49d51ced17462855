//! The commands of an exercise, and what each makes of a packed state.

use super::Space;
use super::place::{NOWHERE, code};
use crate::exercise::Allowed;
use registry::rules::Cell;
use registry::{Command, FreeText, Metrics, Stage, Tags};

/// A command, by the places that it changes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Move {
    Transition {
        model: usize,
        slot: usize,
        to: Stage,
        archive: bool,
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
                    for (archive, (slot, version)) in [false, true]
                        .into_iter()
                        .flat_map(|archive| slots().map(move |it| (archive, it)))
                    {
                        for to in Stage::ALL
                            .into_iter()
                            .filter(|to| !archive || to.is_active())
                        {
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
                                    archive,
                                },
                            ));
                        }
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
            self.commands.push(command);
            self.moves.push(found);
        }
    }

    /// What the registry would do; nothing where it refuses.
    pub(super) fn carry_out(&self, state: u128, found: Move) -> Option<u128> {
        match found {
            Move::Transition {
                model,
                slot,
                to,
                archive,
            } => {
                let place = self.models.get(model)?;
                let version = place.slots.get(slot)?;
                let from = version.stage(state)?;
                if let Some(policy) = self.policy {
                    let proven = || version.proven.is_some_and(|field| field.get(state) == 1);
                    match policy.cell(from, to) {
                        Cell::Allow(_) => {}
                        Cell::AllowProven(_) if proven() => {}
                        Cell::AllowProven(_) | Cell::Refuse(_) => return None,
                    }
                    if policy.one_live_version
                        && to == Stage::Production
                        && !archive
                        && place.in_stage(to, state).next().is_some()
                    {
                        return None;
                    }
                }
                let mut next = state;
                if archive {
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
                let stage = place.slots.get(slot)?.stage(state)?;
                let keeps = self.policy.is_some_and(|policy| policy.keep_live);
                if keeps && stage == Stage::Production {
                    return None;
                }
                Some(place.without(slot, state))
            }
            Move::DeleteModel { model } => {
                let place = self.there(model, state)?;
                let keeps = self.policy.is_some_and(|policy| policy.keep_live);
                if keeps && place.in_stage(Stage::Production, state).next().is_some() {
                    return None;
                }
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
