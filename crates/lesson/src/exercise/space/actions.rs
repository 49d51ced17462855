//! The commands of an exercise, and what each makes of a packed state.

use super::Space;
use super::layout::{ModelLayout, NOWHERE, Slot, code};
use super::packed::Action;
use crate::exercise::Allowed;
use registry::{
    Alias, Command, FreeText, Metrics, PolicyView, Stage, TagKey, TagValue, Tags, VersionNumber,
};

/// A model in a packed state, as the policy sees it.
struct Packed<'a> {
    layout: &'a ModelLayout,
    state: u128,
    /// Where the version is that the command is about.
    slot: Option<usize>,
}

impl Packed<'_> {
    fn version(&self, number: VersionNumber) -> Option<&Slot> {
        let slot = |at: usize| self.layout.slots.get(at);
        let here = self.slot.and_then(slot);
        here.filter(|it| it.number == number)
            .or_else(|| self.layout.slot(number).and_then(slot))
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
        self.layout.in_stage(stage, self.state).count()
    }
}

impl Space {
    /// Takes up the commands of a method. A value, alias or tag that no condition asks for can't help.
    pub(super) fn add_actions(&mut self, allowed: &Allowed) {
        let mut found: Vec<(Command, Action)> = Vec::new();
        for (model, layout) in self.models.iter().enumerate() {
            let before = self.commands.len() + found.len();
            found.extend(self.commands_on(model, layout, allowed, before));
        }
        for (command, found) in found {
            let policy = self.policy.map(|policy| policy.on(&command));
            self.policies.extend(policy);
            self.commands.push(command);
            self.actions.push(found);
        }
    }

    /// Returns the commands of a method on a model; `before` is how many commands there are before them.
    fn commands_on(
        &self,
        model: usize,
        layout: &ModelLayout,
        allowed: &Allowed,
        before: usize,
    ) -> Vec<(Command, Action)> {
        let name = || layout.name.clone();
        match allowed {
            Allowed::Transition => transitions(model, layout, before),
            Allowed::SetAlias(aliases) => {
                let settable = aliases.iter();
                let settable = settable.filter(|it| it.check_not_reserved().is_ok());
                settable
                    .flat_map(|alias| point_alias(model, layout, alias))
                    .collect()
            }
            Allowed::DeleteAlias(aliases) => {
                let known = aliases.iter().filter_map(|alias| {
                    let command = Command::DeleteRegisteredModelAlias {
                        name: name(),
                        alias: alias.clone(),
                    };
                    let (alias, slot) = (layout.alias(alias)?, None);
                    Some((command, Action::Point { model, alias, slot }))
                });
                known.collect()
            }
            Allowed::SetVersionTag { key, values } => {
                let values = values.iter().map(Some);
                values
                    .flat_map(|value| self.tag_versions(model, layout, key, value))
                    .collect()
            }
            Allowed::DeleteVersionTag(key) => self.tag_versions(model, layout, key, None),
            Allowed::SetModelTag { key, values } => {
                let values = values.iter().map(Some);
                values
                    .filter_map(|value| self.tag_model(model, layout, key, value))
                    .collect()
            }
            Allowed::DeleteModelTag(key) => {
                let found = self.tag_model(model, layout, key, None);
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
                vec![(command, Action::Create { model })]
            }
            Allowed::CopyVersion(target) => self.layout(target).map_or_else(Vec::new, |(to, _)| {
                on_each(layout, |slot, version| {
                    let command = Command::CopyModelVersion {
                        name: name(),
                        version,
                        dst_name: target.clone(),
                    };
                    (command, Action::Copy { model, slot, to })
                })
            }),
            Allowed::DeleteVersion => on_each(layout, |slot, version| {
                let command = Command::DeleteModelVersion {
                    name: name(),
                    version,
                };
                (command, Action::DeleteVersion { model, slot })
            }),
            Allowed::DeleteModel => {
                let command = Command::DeleteRegisteredModel { name: name() };
                vec![(command, Action::DeleteModel { model })]
            }
        }
    }

    /// Sets a tag of each version, or deletes it.
    fn tag_versions(
        &self,
        model: usize,
        layout: &ModelLayout,
        of: &TagKey,
        value: Option<&TagValue>,
    ) -> Vec<(Command, Action)> {
        let Some((key, code)) = self.tag_code(of, true, value) else {
            return Vec::new();
        };
        on_each(layout, |slot, version| {
            let (name, of) = (layout.name.clone(), of.clone());
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
            let found = Action::TagVersion {
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
        layout: &ModelLayout,
        of: &TagKey,
        value: Option<&TagValue>,
    ) -> Option<(Command, Action)> {
        let (key, code) = self.tag_code(of, false, value)?;
        let (name, of) = (layout.name.clone(), of.clone());
        let command = match value.cloned() {
            Some(value) => Command::SetRegisteredModelTag {
                name,
                key: of,
                value,
            },
            None => Command::DeleteRegisteredModelTag { name, key: of },
        };
        Some((command, Action::TagModel { model, key, code }))
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
        let found = *self.actions.get(command)?;
        // What MLflow itself refuses is refused either way, so the policy may be asked first.
        if let Some(policy) = self.policies.get(command) {
            let layout = self.models.get(found.model())?;
            let model = Packed {
                layout,
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

    fn as_mlflow(&self, state: u128, found: Action) -> Option<u128> {
        match found {
            Action::Transition {
                model,
                slot,
                to,
                plain,
            } => {
                let layout = self.models.get(model)?;
                let version = layout.slots.get(slot)?;
                version.stage(state)?;
                let mut next = state;
                if plain.is_some() {
                    for other in layout.in_stage(to, state).filter(|other| *other != slot) {
                        let other = layout.slots.get(other)?;
                        next = other.stage.with(next, code(Stage::Archived));
                    }
                }
                next = version.stage.with(next, code(to));
                if let (Stage::Production, Some(proven)) = (to, version.proven) {
                    next = proven.with(next, 1);
                }
                Some(next)
            }
            Action::Point { model, alias, slot } => {
                let layout = self.there(model, state)?;
                let (_, field) = layout.aliases.get(alias)?;
                match slot {
                    None => Some(field.with(state, NOWHERE)),
                    Some(slot) if layout.stage(slot, state) == NOWHERE => None,
                    Some(slot) => Some(field.with(state, slot + 1)),
                }
            }
            Action::TagVersion {
                model,
                slot,
                key,
                code,
            } => {
                let slot = self.models.get(model)?.slots.get(slot)?;
                slot.stage(state)?;
                Some(slot.tags.get(key)?.with(state, code))
            }
            Action::TagModel { model, key, code } => {
                let layout = self.there(model, state)?;
                Some(layout.tags.get(key)?.with(state, code))
            }
            Action::DeleteVersion { model, slot } => {
                let layout = self.models.get(model)?;
                layout.slots.get(slot)?.stage(state)?;
                Some(layout.without(slot, state))
            }
            Action::DeleteModel { model } => {
                let layout = self.there(model, state)?;
                Some(layout.emptied(state))
            }
            Action::Create { model } => self.there(model, state)?.grown(state, &[]),
            Action::Copy { model, slot, to } => {
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
    layout: &ModelLayout,
    command: impl Fn(usize, VersionNumber) -> (Command, Action),
) -> Vec<(Command, Action)> {
    let slots = layout.slots.iter().enumerate();
    slots.map(|(at, slot)| command(at, slot.number)).collect()
}

/// Returns the moves of all versions, first those that archive nothing; `first` is the index of the first of them.
fn transitions(model: usize, layout: &ModelLayout, first: usize) -> Vec<(Command, Action)> {
    let actions = |archive: bool| {
        let slots = layout.slots.iter().enumerate();
        slots.flat_map(move |(slot, version)| {
            let stages = Stage::ALL.into_iter();
            let stages = stages.filter(move |to| !archive || to.is_active());
            stages.map(move |to| {
                let command = Command::TransitionModelVersionStage {
                    name: layout.name.clone(),
                    version: version.number,
                    stage: to,
                    archive_existing_versions: archive,
                };
                let plain = first + slot * Stage::ALL.len() + to.index();
                let found = Action::Transition {
                    model,
                    slot,
                    to,
                    plain: archive.then_some(plain),
                };
                (command, found)
            })
        })
    };
    actions(false).chain(actions(true)).collect()
}

/// Points an alias that a condition asks for to each version.
fn point_alias(model: usize, layout: &ModelLayout, alias: &Alias) -> Vec<(Command, Action)> {
    let Some(at) = layout.alias(alias) else {
        return Vec::new();
    };
    on_each(layout, |slot, version| {
        let command = Command::SetRegisteredModelAlias {
            name: layout.name.clone(),
            alias: alias.clone(),
            version,
        };
        let found = Action::Point {
            model,
            alias: at,
            slot: Some(slot),
        };
        (command, found)
    })
}
