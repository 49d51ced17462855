//! What a command does to a registry: the events it comes to, or the refusal.

use std::sync::Arc;

use super::Registry;
use super::command::{Command, Tags};
use super::event::{Change, Event};
use super::id::{
    Alias, FreeText, MetricName, MetricValue, ModelName, TagKey, TagValue, Time, VersionNumber,
};
use super::model::{ModelVersion, RegisteredModel, Rename};
use super::refusal::{Refusal, RefusalKind, Remedy, RemedyKind};
use super::rules::{RuleSet, TeamPolicy};

mod team;
mod version;

use version::{Draft, create_version, delete_version, touch_model, touch_version, transition};

impl Registry {
    /// Returns what the command would do, without doing it.
    ///
    /// # Errors
    /// The [`Refusal`] of the first rule that stands against it, MLflow's rules before the team's.
    pub fn decide(
        &self,
        rules: RuleSet,
        at: Time,
        command: &Command,
    ) -> Result<Vec<Event>, Refusal> {
        self.decide_under(rules.policy(), at, command)
    }

    /// As [`Registry::decide`], under any policy.
    pub fn decide_under(
        &self,
        policy: Option<&TeamPolicy>,
        at: Time,
        command: &Command,
    ) -> Result<Vec<Event>, Refusal> {
        let events = self.decide_as_mlflow(at, command).map_err(|kind| {
            let remedies = self.without_archiving(policy, at, command, &kind);
            Refusal { kind, remedies }
        })?;
        if let (Some(policy), Some(name)) = (policy, command.model())
            && let Some(model) = self.model(name)
            && let Some(rule) = policy.on(command).refuses(model, command)
        {
            return Err(team::refusal(model, command, rule));
        }
        Ok(events)
    }

    /// Where archiving was asked for with a stage that knows none: the same without it, if that is accepted.
    fn without_archiving(
        &self,
        policy: Option<&TeamPolicy>,
        at: Time,
        command: &Command,
        kind: &RefusalKind,
    ) -> Vec<Remedy> {
        let mut plain = command.clone();
        if let RefusalKind::StageNotActive { .. } = kind
            && let Command::TransitionModelVersionStage {
                archive_existing_versions,
                ..
            } = &mut plain
        {
            *archive_existing_versions = false;
            if self.decide_under(policy, at, &plain).is_ok() {
                return vec![Remedy {
                    kind: RemedyKind::WithoutArchiving,
                    commands: vec![plain],
                }];
            }
        }
        Vec::new()
    }

    fn decide_as_mlflow(&self, at: Time, command: &Command) -> Result<Vec<Event>, RefusalKind> {
        match command {
            Command::CreateRegisteredModel {
                name,
                description,
                tags,
            } => self.create_model(at, name, description, tags),
            Command::RenameRegisteredModel { name, new_name } => {
                self.rename_model(at, name, new_name)
            }
            Command::UpdateRegisteredModel { name, description } => {
                self.describe_model(at, name, description)
            }
            Command::DeleteRegisteredModel { name } => Ok(vec![Event::ModelDeleted {
                model: self.get_shared(name)?.clone(),
            }]),
            Command::SetRegisteredModelTag { name, key, value } => {
                self.tag_model(name, key, Some(value))
            }
            Command::DeleteRegisteredModelTag { name, key } => self.tag_model(name, key, None),
            Command::SetRegisteredModelAlias {
                name,
                alias,
                version,
            } => {
                alias.check_not_reserved()?;
                self.get_version(name, *version)?;
                self.point_alias(name, alias, Some(*version))
            }
            Command::DeleteRegisteredModelAlias { name, alias } => {
                self.point_alias(name, alias, None)
            }
            Command::CreateModelVersion {
                name,
                source,
                description,
                tags,
                metrics,
            } => {
                let draft = Draft {
                    source: source.clone(),
                    storage: None,
                    description: description.clone(),
                    tags: tags.clone(),
                    metrics: metrics.clone(),
                };
                create_version(self.get_model(name)?, at, draft)
            }
            Command::CopyModelVersion {
                name,
                version,
                dst_name,
            } => self.copy_version(at, name, *version, dst_name),
            Command::UpdateModelVersion {
                name,
                version,
                description,
            } => self.describe_version(at, name, *version, description),
            Command::SetModelVersionTag {
                name,
                version,
                key,
                value,
            } => self.tag_version(name, *version, key, Some(value)),
            Command::DeleteModelVersionTag { name, version, key } => {
                self.tag_version(name, *version, key, None)
            }
            Command::LogMetric {
                name,
                version,
                key,
                value,
            } => self.log_metric(name, *version, key, *value),
            Command::DeleteModelVersion { name, version } => {
                let (model, record) = self.get_version(name, *version)?;
                Ok(delete_version(model, record, at))
            }
            Command::TransitionModelVersionStage {
                name,
                version,
                stage,
                archive_existing_versions: archive,
            } => {
                if *archive && !stage.is_active() {
                    return Err(RefusalKind::StageNotActive {
                        stage: stage.to_string(),
                    });
                }
                let (model, record) = self.get_version(name, *version)?;
                Ok(transition(model, record, *stage, *archive, at))
            }
            Command::ReplaceRegistry { with, .. } => Ok(vec![Event::Replaced {
                registry: Change::new(Arc::new(self.clone()), with.clone()),
            }]),
        }
    }

    fn create_model(
        &self,
        at: Time,
        name: &ModelName,
        description: &FreeText,
        tags: &Tags,
    ) -> Result<Vec<Event>, RefusalKind> {
        if self.models.contains_key(name) {
            return Err(already_exists(name, false));
        }
        let model = RegisteredModel::new(name.clone(), at, description.clone(), tags.clone());
        Ok(vec![Event::ModelCreated {
            model: Arc::new(model),
        }])
    }

    fn describe_model(
        &self,
        at: Time,
        name: &ModelName,
        description: &FreeText,
    ) -> Result<Vec<Event>, RefusalKind> {
        let model = self.get_model(name)?;
        let described = Event::ModelDescribed {
            name: name.clone(),
            description: Change::new(model.description.clone(), description.clone()),
        };
        Ok(vec![described, touch_model(model, at)])
    }

    fn describe_version(
        &self,
        at: Time,
        name: &ModelName,
        version: VersionNumber,
        description: &FreeText,
    ) -> Result<Vec<Event>, RefusalKind> {
        let (model, record) = self.get_version(name, version)?;
        let described = Event::VersionDescribed {
            name: name.clone(),
            version,
            description: Change::new(record.description.clone(), description.clone()),
        };
        Ok(vec![described, touch_version(model, record, at)])
    }

    fn log_metric(
        &self,
        name: &ModelName,
        version: VersionNumber,
        key: &MetricName,
        value: MetricValue,
    ) -> Result<Vec<Event>, RefusalKind> {
        let (_, record) = self.get_version(name, version)?;
        Ok(vec![Event::MetricLogged {
            name: name.clone(),
            version,
            key: key.clone(),
            value: Change::new(record.metrics.get(key).copied(), Some(value)),
        }])
    }

    /// Sets or deletes a tag of a model. Deleting one that is not there does nothing.
    fn tag_model(
        &self,
        name: &ModelName,
        key: &TagKey,
        value: Option<&TagValue>,
    ) -> Result<Vec<Event>, RefusalKind> {
        let value = Change::new(self.get_model(name)?.tags.get(key).cloned(), value.cloned());
        Ok(unless_absent(value, |value| Event::ModelTagged {
            name: name.clone(),
            key: key.clone(),
            value,
        }))
    }

    /// Sets or deletes a tag of a version. Deleting one that is not there does nothing.
    fn tag_version(
        &self,
        name: &ModelName,
        version: VersionNumber,
        key: &TagKey,
        value: Option<&TagValue>,
    ) -> Result<Vec<Event>, RefusalKind> {
        let (_, record) = self.get_version(name, version)?;
        let value = Change::new(record.tags.get(key).cloned(), value.cloned());
        Ok(unless_absent(value, |value| Event::VersionTagged {
            name: name.clone(),
            version,
            key: key.clone(),
            value,
        }))
    }

    /// Sets or deletes an alias. Deleting one that is not there does nothing.
    fn point_alias(
        &self,
        name: &ModelName,
        alias: &Alias,
        to: Option<VersionNumber>,
    ) -> Result<Vec<Event>, RefusalKind> {
        let version = Change::new(self.get_model(name)?.aliases.get(alias).copied(), to);
        Ok(unless_absent(version, |version| Event::AliasPointed {
            name: name.clone(),
            alias: alias.clone(),
            version,
        }))
    }

    fn get_shared(&self, name: &ModelName) -> Result<&Arc<RegisteredModel>, RefusalKind> {
        self.models
            .get(name)
            .ok_or_else(|| RefusalKind::ModelNotFound { name: name.clone() })
    }

    /// Returns the model of a name.
    ///
    /// # Errors
    /// [`RefusalKind::ModelNotFound`] if there is none.
    pub fn get_model(&self, name: &ModelName) -> Result<&RegisteredModel, RefusalKind> {
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
                name: Change::new(name.clone(), new_name.clone()),
                renamed: Change::new(
                    model.renamed,
                    Rename {
                        count: model.renamed.count.wrapping_add(1),
                        at,
                    },
                ),
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
        let created = create_version(&target, at, draft)?;
        let model = Arc::new(target);
        let mut events = vec![Event::ModelCreated { model }];
        events.extend(created);
        Ok(events)
    }
}

fn already_exists(name: &ModelName, on_rename: bool) -> RefusalKind {
    RefusalKind::ModelExists {
        name: name.clone(),
        on_rename,
    }
}

/// Returns the event of a change; none where there is nothing before and nothing after.
fn unless_absent<T>(
    change: Change<Option<T>>,
    event: impl FnOnce(Change<Option<T>>) -> Event,
) -> Vec<Event> {
    let is_absent = change.before.is_none() && change.after.is_none();
    if is_absent {
        Vec::new()
    } else {
        vec![event(change)]
    }
}
