//! Short names for the values that tests are written in.

use registry::{
    Alias, Command, Context, FreeText, Metrics, ModelName, RegisteredModel, Registry, RuleSet,
    Stage, TagKey, TagValue, Tags, Time, VersionNumber,
};

/// A model's name.
pub fn model(name: &str) -> ModelName {
    ModelName::parse(name).unwrap()
}

/// A version's number.
pub fn version(number: u32) -> VersionNumber {
    VersionNumber::new(number).unwrap()
}

/// A free text.
pub fn text(text: &str) -> FreeText {
    FreeText::parse(text).unwrap()
}

/// The learner acts under these rules at that moment.
pub fn at(moment: u64, rules: RuleSet) -> Context {
    Context::new(Time(moment), rules)
}

/// `create_registered_model`
pub fn create_model(name: &str) -> Command {
    Command::CreateRegisteredModel {
        name: model(name),
        description: FreeText::default(),
        tags: Tags::new(),
    }
}

/// `create_model_version`
pub fn create_version(name: &str) -> Command {
    Command::CreateModelVersion {
        name: model(name),
        source: text("s3://models"),
        description: FreeText::default(),
        tags: Tags::new(),
        metrics: Metrics::new(),
    }
}

/// `transition_model_version_stage`
pub fn move_to(name: &str, number: u32, stage: Stage) -> Command {
    Command::TransitionModelVersionStage {
        name: model(name),
        version: version(number),
        stage,
        archive_existing_versions: false,
    }
}

/// `transition_model_version_stage` with `archive_existing_versions=True`
pub fn move_and_archive(name: &str, number: u32, stage: Stage) -> Command {
    Command::TransitionModelVersionStage {
        name: model(name),
        version: version(number),
        stage,
        archive_existing_versions: true,
    }
}

/// `set_registered_model_alias`
pub fn set_alias(name: &str, alias: &str, number: u32) -> Command {
    Command::SetRegisteredModelAlias {
        name: model(name),
        alias: Alias::parse(alias).unwrap(),
        version: version(number),
    }
}

/// `set_model_version_tag`
pub fn set_version_tag(name: &str, number: u32, key: &str, value: &str) -> Command {
    Command::SetModelVersionTag {
        name: model(name),
        version: version(number),
        key: TagKey::parse(key).unwrap(),
        value: TagValue::parse(value).unwrap(),
    }
}

/// `rename_registered_model`
pub fn rename(name: &str, new_name: &str) -> Command {
    Command::RenameRegisteredModel {
        name: model(name),
        new_name: model(new_name),
    }
}

/// `delete_model_version`
pub fn delete_version(name: &str, number: u32) -> Command {
    Command::DeleteModelVersion {
        name: model(name),
        version: version(number),
    }
}

/// `delete_registered_model`
pub fn delete_model(name: &str) -> Command {
    Command::DeleteRegisteredModel { name: model(name) }
}

/// `copy_model_version`
pub fn copy(name: &str, number: u32, dst_name: &str) -> Command {
    Command::CopyModelVersion {
        name: model(name),
        version: version(number),
        dst_name: model(dst_name),
    }
}

/// The registry that these commands make under MLflow's rules, the first one at moment 1, the next at 2, and so on.
pub fn registry(commands: &[Command]) -> Registry {
    let mut registry = Registry::default();
    for (moment, command) in (1..).zip(commands) {
        registry
            .apply(&at(moment, RuleSet::Mlflow), command)
            .unwrap_or_else(|refusal| panic!("{command:?}: {}", refusal.kind));
    }
    registry
}

/// The versions of a model in a stage.
pub fn in_stage(registry: &Registry, name: &str, stage: Stage) -> Vec<u32> {
    let model = registry.model(&model(name));
    model
        .map(|model: &RegisteredModel| model.in_stage(stage).iter().map(|v| v.get()).collect())
        .unwrap_or_default()
}
