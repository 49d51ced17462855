//! What a command does to a registry: the events it comes to, or the refusal.

use std::sync::Arc;

use super::Registry;
use super::command::{Command, Tags};
use super::event::{Change, Event};
use super::id::{FreeText, ModelName, Time, VersionNumber};
use super::model::{ModelVersion, RegisteredModel, Rename};
use super::refusal::{Refusal, RefusalKind, TeamRefusal, TeamRule, WayOut, WayOutKind};
use super::rules::{Cell, RuleSet, TeamPolicy};
use super::stage::Stage;

impl Registry {
    /// What the command would do, without doing it.
    ///
    /// # Errors
    /// The [`Refusal`] of the first rule that stands against it, MLflow's rules before the team's.
    pub fn decide(
        &self,
        rules: RuleSet,
        at: Time,
        command: &Command,
    ) -> Result<Vec<Event>, Refusal> {
        match command {
            Command::CreateRegisteredModel {
                name,
                description,
                tags,
            } => {
                if self.models.contains_key(name) {
                    return Err(already_exists(name, false).into());
                }
                Ok(vec![create_model(
                    name,
                    at,
                    description.clone(),
                    tags.clone(),
                )])
            }
            Command::RenameRegisteredModel { name, new_name } => {
                self.rename_model(at, name, new_name).map_err(Refusal::from)
            }
            Command::UpdateRegisteredModel { name, description } => {
                let model = self.get_model(name)?;
                Ok(vec![
                    Event::ModelDescribed {
                        name: name.clone(),
                        description: Change {
                            before: model.description.clone(),
                            after: description.clone(),
                        },
                    },
                    touch_model(model, at),
                ])
            }
            Command::DeleteRegisteredModel { name } => {
                let model = self.get_shared(name)?;
                if let Some(policy) = rules.policy() {
                    policy.check_delete_model(model)?;
                }
                Ok(vec![Event::ModelDeleted {
                    model: model.clone(),
                }])
            }
            Command::SetRegisteredModelTag { name, key, value } => {
                let model = self.get_model(name)?;
                Ok(vec![Event::ModelTagged {
                    name: name.clone(),
                    key: key.clone(),
                    value: Change {
                        before: model.tags.get(key).cloned(),
                        after: Some(value.clone()),
                    },
                }])
            }
            Command::DeleteRegisteredModelTag { name, key } => {
                let model = self.get_model(name)?;
                Ok(model.tags.get(key).map_or_else(Vec::new, |value| {
                    vec![Event::ModelTagged {
                        name: name.clone(),
                        key: key.clone(),
                        value: Change {
                            before: Some(value.clone()),
                            after: None,
                        },
                    }]
                }))
            }
            Command::SetRegisteredModelAlias {
                name,
                alias,
                version,
            } => {
                alias.check_not_reserved()?;
                let (model, _) = self.get_version(name, *version)?;
                Ok(vec![Event::AliasPointed {
                    name: name.clone(),
                    alias: alias.clone(),
                    version: Change {
                        before: model.aliases.get(alias).copied(),
                        after: Some(*version),
                    },
                }])
            }
            Command::DeleteRegisteredModelAlias { name, alias } => {
                let model = self.get_model(name)?;
                Ok(model.aliases.get(alias).map_or_else(Vec::new, |version| {
                    vec![Event::AliasPointed {
                        name: name.clone(),
                        alias: alias.clone(),
                        version: Change {
                            before: Some(*version),
                            after: None,
                        },
                    }]
                }))
            }
            Command::CreateModelVersion {
                name,
                source,
                description,
                tags,
                metrics,
            } => {
                let model = self.get_model(name)?;
                let draft = Draft {
                    source: source.clone(),
                    storage: None,
                    description: description.clone(),
                    tags: tags.clone(),
                    metrics: metrics.clone(),
                };
                Ok(create_version(model, at, draft)?)
            }
            Command::CopyModelVersion {
                name,
                version,
                dst_name,
            } => Ok(self.copy_version(at, name, *version, dst_name)?),
            Command::UpdateModelVersion {
                name,
                version,
                description,
            } => {
                let (model, record) = self.get_version(name, *version)?;
                Ok(vec![
                    Event::VersionDescribed {
                        name: name.clone(),
                        version: *version,
                        description: Change {
                            before: record.description.clone(),
                            after: description.clone(),
                        },
                    },
                    touch_version(model, record, at),
                ])
            }
            Command::SetModelVersionTag {
                name,
                version,
                key,
                value,
            } => {
                let (_, record) = self.get_version(name, *version)?;
                Ok(vec![Event::VersionTagged {
                    name: name.clone(),
                    version: *version,
                    key: key.clone(),
                    value: Change {
                        before: record.tags.get(key).cloned(),
                        after: Some(value.clone()),
                    },
                }])
            }
            Command::DeleteModelVersionTag { name, version, key } => {
                let (_, record) = self.get_version(name, *version)?;
                Ok(record.tags.get(key).map_or_else(Vec::new, |value| {
                    vec![Event::VersionTagged {
                        name: name.clone(),
                        version: *version,
                        key: key.clone(),
                        value: Change {
                            before: Some(value.clone()),
                            after: None,
                        },
                    }]
                }))
            }
            Command::LogMetric {
                name,
                version,
                key,
                value,
            } => {
                let (_, record) = self.get_version(name, *version)?;
                Ok(vec![Event::MetricLogged {
                    name: name.clone(),
                    version: *version,
                    key: key.clone(),
                    value: Change {
                        before: record.metrics.get(key).copied(),
                        after: Some(*value),
                    },
                }])
            }
            Command::DeleteModelVersion { name, version } => {
                let (model, record) = self.get_version(name, *version)?;
                if let Some(policy) = rules.policy() {
                    policy.check_delete_version(model, record)?;
                }
                Ok(delete_version(model, record, at))
            }
            Command::TransitionModelVersionStage {
                name,
                version,
                stage,
                archive_existing_versions,
            } => {
                if *archive_existing_versions && !stage.is_active() {
                    let plain = Command::TransitionModelVersionStage {
                        name: name.clone(),
                        version: *version,
                        stage: *stage,
                        archive_existing_versions: false,
                    };
                    let ways_out = match self.decide(rules, at, &plain) {
                        Ok(_) => vec![WayOut {
                            kind: WayOutKind::WithoutArchiving,
                            commands: vec![plain],
                        }],
                        Err(_) => Vec::new(),
                    };
                    return Err(Refusal {
                        kind: RefusalKind::StageNotActive {
                            stage: stage.to_string(),
                        },
                        ways_out,
                    });
                }
                let (model, record) = self.get_version(name, *version)?;
                if let Some(policy) = rules.policy() {
                    policy.check_transition(model, record, *stage, *archive_existing_versions)?;
                }
                Ok(transition(
                    model,
                    record,
                    *stage,
                    *archive_existing_versions,
                    at,
                ))
            }
            Command::ReplaceRegistry { with, .. } => Ok(vec![Event::Replaced {
                registry: Change {
                    before: Arc::new(self.clone()),
                    after: with.clone(),
                },
            }]),
        }
    }

    fn get_shared(&self, name: &ModelName) -> Result<&Arc<RegisteredModel>, RefusalKind> {
        self.models
            .get(name)
            .ok_or_else(|| RefusalKind::ModelNotFound { name: name.clone() })
    }

    pub(crate) fn get_model(&self, name: &ModelName) -> Result<&RegisteredModel, RefusalKind> {
        self.get_shared(name).map(AsRef::as_ref)
    }

    pub(super) fn get_version(
        &self,
        name: &ModelName,
        number: VersionNumber,
    ) -> Result<(&RegisteredModel, &Arc<ModelVersion>), RefusalKind> {
        let model = self.get_model(name)?;
        let version = model
            .versions
            .get(&number)
            .ok_or_else(|| RefusalKind::VersionNotFound {
                name: name.clone(),
                version: number.to_string(),
            })?;
        Ok((model, version))
    }

    fn rename_model(
        &self,
        at: Time,
        name: &ModelName,
        new_name: &ModelName,
    ) -> Result<Vec<Event>, RefusalKind> {
        let model = self.get_model(name)?;
        if new_name != name && self.models.contains_key(new_name) {
            return Err(already_exists(new_name, true));
        }
        let mut touched = touch_model(model, at);
        if let Event::ModelTouched { name, .. } = &mut touched {
            *name = new_name.clone();
        }
        Ok(vec![
            Event::ModelRenamed {
                name: Change {
                    before: name.clone(),
                    after: new_name.clone(),
                },
                renamed: Change {
                    before: model.renamed,
                    after: Rename {
                        count: model.renamed.count.wrapping_add(1),
                        at,
                    },
                },
            },
            touched,
        ])
    }

    /// MLflow 3.18.0's `copy_model_version`: the target is made where it is missing; tags and description come along,
    /// stage and aliases do not.
    fn copy_version(
        &self,
        at: Time,
        name: &ModelName,
        number: VersionNumber,
        dst_name: &ModelName,
    ) -> Result<Vec<Event>, RefusalKind> {
        let (_, record) = self.get_version(name, number)?;
        let draft = Draft {
            source: FreeText::parse(&format!("models:/{name}/{number}"))?,
            storage: Some(record.storage().clone()),
            description: record.description.clone(),
            tags: record.tags.clone(),
            metrics: record.metrics.clone(),
        };
        if let Some(target) = self.models.get(dst_name) {
            return create_version(target, at, draft);
        }
        let target = RegisteredModel::new(dst_name.clone(), at, FreeText::default(), Tags::new());
        let mut events = create_version(&target, at, draft)?;
        events.insert(
            0,
            Event::ModelCreated {
                model: Arc::new(target),
            },
        );
        Ok(events)
    }
}

fn already_exists(name: &ModelName, on_rename: bool) -> RefusalKind {
    RefusalKind::ModelExists {
        name: name.clone(),
        on_rename,
    }
}

fn create_model(name: &ModelName, at: Time, description: FreeText, tags: Tags) -> Event {
    Event::ModelCreated {
        model: Arc::new(RegisteredModel::new(name.clone(), at, description, tags)),
    }
}

fn touch_model(model: &RegisteredModel, at: Time) -> Event {
    Event::ModelTouched {
        name: model.name.clone(),
        updated: Change {
            before: model.updated,
            after: at,
        },
    }
}

fn touch_version(model: &RegisteredModel, version: &ModelVersion, at: Time) -> Event {
    Event::VersionTouched {
        name: model.name.clone(),
        version: version.number,
        written: Change {
            before: version.written,
            after: model.stamp(at),
        },
    }
}

/// What a new version brings along.
struct Draft {
    source: FreeText,
    storage: Option<FreeText>,
    description: FreeText,
    tags: Tags,
    metrics: super::command::Metrics,
}

fn create_version(
    model: &RegisteredModel,
    at: Time,
    draft: Draft,
) -> Result<Vec<Event>, RefusalKind> {
    let number = match model.last_number {
        None => VersionNumber::FIRST,
        Some(last) => last.next().ok_or_else(|| RefusalKind::NumbersUsedUp {
            name: model.name.clone(),
        })?,
    };
    let name = model.name.clone();
    Ok(vec![
        Event::NumberGiven {
            name: name.clone(),
            last: Change {
                before: model.last_number,
                after: Some(number),
            },
        },
        Event::VersionCreated {
            name,
            version: Arc::new(ModelVersion {
                number,
                stage: Stage::None,
                has_been_live: false,
                created: at,
                written: model.stamp(at),
                source: draft.source,
                storage: draft.storage,
                description: draft.description,
                tags: draft.tags,
                metrics: draft.metrics,
            }),
        },
        touch_model(model, at),
    ])
}

/// The aliases go first, so that taking the events back puts the version there before anything points to it.
fn delete_version(model: &RegisteredModel, version: &Arc<ModelVersion>, at: Time) -> Vec<Event> {
    let mut events: Vec<Event> = model
        .aliases_of(version.number)
        .map(|alias| Event::AliasPointed {
            name: model.name.clone(),
            alias: alias.clone(),
            version: Change {
                before: Some(version.number),
                after: None,
            },
        })
        .collect();
    events.push(Event::VersionDeleted {
        name: model.name.clone(),
        version: version.clone(),
    });
    events.push(touch_model(model, at));
    events
}

/// MLflow 3.18.0: the version moves even to the stage it is in; with `archive_existing` every other version of the
/// target stage is archived; all that moved, and the model, get the new time.
fn transition(
    model: &RegisteredModel,
    version: &ModelVersion,
    to: Stage,
    archive_existing: bool,
    at: Time,
) -> Vec<Event> {
    let mut events = Vec::new();
    if archive_existing {
        for other in model.in_stage(to) {
            if *other != version.number
                && let Some(other) = model.versions.get(other)
            {
                events.push(change_stage(model, other, Stage::Archived));
                events.push(touch_version(model, other, at));
            }
        }
    }
    events.push(change_stage(model, version, to));
    events.push(touch_version(model, version, at));
    events.push(touch_model(model, at));
    events
}

fn change_stage(model: &RegisteredModel, version: &ModelVersion, to: Stage) -> Event {
    Event::StageChanged {
        name: model.name.clone(),
        version: version.number,
        stage: Change {
            before: version.stage,
            after: to,
        },
        has_been_live: Change {
            before: version.has_been_live,
            after: version.has_been_live || to == Stage::Production,
        },
    }
}

/// The team's part: rules that MLflow does not have.
impl TeamPolicy {
    fn check_transition(
        &self,
        model: &RegisteredModel,
        version: &ModelVersion,
        to: Stage,
        archive_existing: bool,
    ) -> Result<(), Refusal> {
        let from = version.stage;
        let refuse = |rule: TeamRule, live: Vec<VersionNumber>, ways_out: Vec<WayOut>| {
            Err(Refusal {
                kind: RefusalKind::Team(TeamRefusal {
                    rule,
                    name: model.name.clone(),
                    version: Some(version.number),
                    asked: Some((from, to)),
                    live,
                }),
                ways_out,
            })
        };
        let go = |kind: WayOutKind, to: Stage| one(kind, move_to(model, version.number, to, false));
        match self.cell(from, to) {
            Cell::Allow(_) => {}
            Cell::AllowProven(_) if version.has_been_live => {}
            Cell::AllowProven(_) => {
                return refuse(
                    TeamRule::RollBackToProven,
                    Vec::new(),
                    vec![go(WayOutKind::TestFirst, Stage::Staging)],
                );
            }
            Cell::Refuse(TeamRule::AlreadyThere) => {
                let others: Vec<Command> = model
                    .in_stage(to)
                    .iter()
                    .filter(|other| archive_existing && **other != version.number)
                    .map(|other| move_to(model, *other, Stage::Archived, false))
                    .collect();
                let ways_out = if others.is_empty() {
                    Vec::new()
                } else {
                    vec![WayOut {
                        kind: WayOutKind::ArchiveOthers,
                        commands: others,
                    }]
                };
                return refuse(TeamRule::AlreadyThere, Vec::new(), ways_out);
            }
            Cell::Refuse(rule) => {
                let ways_out = match from {
                    Stage::Production => vec![
                        go(WayOutKind::PullBack, Stage::Staging),
                        go(WayOutKind::Retire, Stage::Archived),
                    ],
                    _ => vec![go(WayOutKind::TestFirst, Stage::Staging)],
                };
                return refuse(rule, Vec::new(), ways_out);
            }
        }
        let live = model.in_stage(Stage::Production);
        if self.one_live_version && to == Stage::Production && !archive_existing && !live.is_empty()
        {
            let mut in_two_steps: Vec<Command> = live
                .iter()
                .map(|live| move_to(model, *live, Stage::Archived, false))
                .collect();
            in_two_steps.push(move_to(model, version.number, to, false));
            return refuse(
                TeamRule::OneLiveVersion,
                live.iter().copied().collect(),
                vec![
                    WayOut {
                        kind: WayOutKind::ArchiveLiveThenPromote,
                        commands: in_two_steps,
                    },
                    one(
                        WayOutKind::PromoteAndArchiveExisting,
                        move_to(model, version.number, to, true),
                    ),
                ],
            );
        }
        Ok(())
    }

    fn check_delete_version(
        &self,
        model: &RegisteredModel,
        version: &ModelVersion,
    ) -> Result<(), Refusal> {
        if !self.keep_live || version.stage != Stage::Production {
            return Ok(());
        }
        Err(Refusal {
            kind: RefusalKind::Team(TeamRefusal {
                rule: TeamRule::KeepLiveVersion,
                name: model.name.clone(),
                version: Some(version.number),
                asked: None,
                live: vec![version.number],
            }),
            ways_out: vec![one(
                WayOutKind::Retire,
                move_to(model, version.number, Stage::Archived, false),
            )],
        })
    }

    fn check_delete_model(&self, model: &RegisteredModel) -> Result<(), Refusal> {
        let live = model.in_stage(Stage::Production);
        if !self.keep_live || live.is_empty() {
            return Ok(());
        }
        Err(Refusal {
            kind: RefusalKind::Team(TeamRefusal {
                rule: TeamRule::KeepLiveModel,
                name: model.name.clone(),
                version: None,
                asked: None,
                live: live.iter().copied().collect(),
            }),
            ways_out: vec![WayOut {
                kind: WayOutKind::RetireAll,
                commands: live
                    .iter()
                    .map(|live| move_to(model, *live, Stage::Archived, false))
                    .collect(),
            }],
        })
    }
}

fn one(kind: WayOutKind, command: Command) -> WayOut {
    WayOut {
        kind,
        commands: vec![command],
    }
}

fn move_to(
    model: &RegisteredModel,
    version: VersionNumber,
    stage: Stage,
    archive_existing_versions: bool,
) -> Command {
    Command::TransitionModelVersionStage {
        name: model.name.clone(),
        version,
        stage,
        archive_existing_versions,
    }
}
