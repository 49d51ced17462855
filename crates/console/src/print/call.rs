//! A command as the method that it is, with its arguments: what the printers have in common.

use registry::{Command, FreeText, ModelName, Tags, VersionNumber};

/// A value of an argument.
#[derive(Clone, PartialEq, Debug)]
pub enum Argument {
    /// A text; versions and stages are texts too.
    Text(String),
    /// `True`
    Flag,
    /// Tags.
    Tags(Tags),
    /// The run that was made just before.
    Run,
}

/// A method of the client with its arguments, under their names and in MLflow's order.
#[derive(Clone, PartialEq, Debug)]
pub struct Said {
    /// The method.
    pub method: &'static str,
    /// Its arguments.
    pub arguments: Vec<(&'static str, Argument)>,
}

impl Said {
    /// A method that is told about a model.
    #[must_use]
    pub fn new(method: &'static str, name: &ModelName) -> Self {
        Self {
            method,
            arguments: Vec::new(),
        }
        .text("name", name.as_str())
    }

    /// With a text.
    #[must_use]
    pub fn text(self, name: &'static str, text: &str) -> Self {
        self.with(name, Argument::Text(text.to_owned()))
    }

    /// With any argument.
    #[must_use]
    pub fn with(mut self, name: &'static str, argument: Argument) -> Self {
        self.arguments.push((name, argument));
        self
    }

    /// With a text, unless it is empty.
    #[must_use]
    pub fn text_if(self, name: &'static str, text: &FreeText) -> Self {
        if text.is_empty() {
            return self;
        }
        self.text(name, text.as_str())
    }

    /// With tags, if there are any.
    #[must_use]
    pub fn tags(self, tags: &Tags) -> Self {
        if tags.is_empty() {
            return self;
        }
        self.with("tags", Argument::Tags(tags.clone()))
    }

    fn version(self, version: VersionNumber) -> Self {
        self.text("version", &version.to_string())
    }
}

/// The method that a command is. Nothing for the commands that are more than one call.
#[must_use]
pub fn said(command: &Command) -> Option<Said> {
    Some(match command {
        Command::CreateRegisteredModel {
            name,
            description,
            tags,
        } => Said::new("create_registered_model", name)
            .tags(tags)
            .text_if("description", description),
        Command::RenameRegisteredModel { name, new_name } => {
            Said::new("rename_registered_model", name).text("new_name", new_name.as_str())
        }
        Command::UpdateRegisteredModel { name, description } => {
            Said::new("update_registered_model", name).text("description", description.as_str())
        }
        Command::DeleteRegisteredModel { name } => Said::new("delete_registered_model", name),
        Command::SetRegisteredModelTag { name, key, value } => {
            Said::new("set_registered_model_tag", name)
                .text("key", key.as_str())
                .text("value", value.as_str())
        }
        Command::DeleteRegisteredModelTag { name, key } => {
            Said::new("delete_registered_model_tag", name).text("key", key.as_str())
        }
        Command::SetRegisteredModelAlias {
            name,
            alias,
            version,
        } => Said::new("set_registered_model_alias", name)
            .text("alias", alias.as_str())
            .version(*version),
        Command::DeleteRegisteredModelAlias { name, alias } => {
            Said::new("delete_registered_model_alias", name).text("alias", alias.as_str())
        }
        Command::UpdateModelVersion {
            name,
            version,
            description,
        } => Said::new("update_model_version", name)
            .version(*version)
            .text("description", description.as_str()),
        Command::SetModelVersionTag {
            name,
            version,
            key,
            value,
        } => Said::new("set_model_version_tag", name)
            .version(*version)
            .text("key", key.as_str())
            .text("value", value.as_str()),
        Command::DeleteModelVersionTag { name, version, key } => {
            Said::new("delete_model_version_tag", name)
                .version(*version)
                .text("key", key.as_str())
        }
        Command::DeleteModelVersion { name, version } => {
            Said::new("delete_model_version", name).version(*version)
        }
        Command::TransitionModelVersionStage {
            name,
            version,
            stage,
            archive_existing_versions,
        } => {
            let said = Said::new("transition_model_version_stage", name)
                .version(*version)
                .text("stage", stage.as_str());
            if *archive_existing_versions {
                said.with("archive_existing_versions", Argument::Flag)
            } else {
                said
            }
        }
        Command::CreateModelVersion { .. }
        | Command::CopyModelVersion { .. }
        | Command::LogMetric { .. }
        | Command::ReplaceRegistry { .. } => return None,
    })
}

/// `create_model_version`, from the run that was made just before where `has_run` says so.
#[must_use]
pub fn create(
    name: &ModelName,
    source: &FreeText,
    has_run: bool,
    tags: &Tags,
    description: &FreeText,
) -> Said {
    let said = Said::new("create_model_version", name).text("source", source.as_str());
    let said = if has_run {
        said.with("run_id", Argument::Run)
    } else {
        said
    };
    said.tags(tags).text_if("description", description)
}
