//! The table of MLflow's methods that change a registry: everything that is the same kind of thing for each of them.
//!
//! From an entry come the variant of [`Command`](crate::Command) with its JSON in both directions, the variant of
//! [`RawCall`](crate::call::RawCall) with MLflow's order of checks, and a row of [`CHANGES`](crate::parameter::CHANGES), out of which
//! the console makes its method, the endpoint of the server, and the command as code. What a command does stands in `decide`.
//!
//! ```text
//! Variant "method"
//! { field: Type, … }        the command, in the order of its JSON; `= or_empty` is left out of the JSON where it is empty
//! (field: Type, … )         the call as somebody wrote it, in MLflow's order
//! { |door| … }              the command of a call: what MLflow checks, in its order, before it changes anything
//! [Verb "path": PARAM, …];  where the server has it, and all parameters in MLflow's order; nothing where it is no call of its own
//! ```
//!
//! A verb may be missing where the server has no such endpoint. `(deprecated)` and `(by_hand)` may stand before the colon: MLflow
//! warns of it; the console makes the call by hand.

/// Hands the table to a macro.
macro_rules! methods {
    ($callback:ident) => {
        $callback! {
            /// `create_registered_model`
            CreateRegisteredModel "create_registered_model"
            { name: ModelName, description: FreeText = or_empty, tags: Tags }
            (name: String, tags: Written, description: String)
            { |_door| Command::CreateRegisteredModel {
                name: ModelName::parse(name)?,
                tags: read_tags(tags)?,
                description: FreeText::parse(description)?,
            } }
            [Post "registered-models/create": NAME, TAGS, DESCRIPTION_OR_NONE, JOB];

            /// `rename_registered_model`
            RenameRegisteredModel "rename_registered_model"
            { name: ModelName, new_name: ModelName }
            (name: String, new_name: String)
            { |door| {
                door.look_up(name)?;
                if python::is_blank(new_name) {
                    return Err(RefusalKind::NewNameBlank);
                }
                let new_name = ModelName::parse(new_name)?;
                Command::RenameRegisteredModel { name: ModelName::parse(name)?, new_name }
            } }
            [Post "registered-models/rename": NAME, NEW_NAME];

            /// `update_registered_model`
            UpdateRegisteredModel "update_registered_model"
            { name: ModelName, description: FreeText }
            (name: String, description: String)
            { |_door| Command::UpdateRegisteredModel {
                name: ModelName::parse(name)?,
                description: FreeText::parse(description)?,
            } }
            [Patch "registered-models/update": NAME, DESCRIPTION, JOB];

            /// `delete_registered_model`
            DeleteRegisteredModel "delete_registered_model"
            { name: ModelName }
            (name: String)
            { |_door| Command::DeleteRegisteredModel { name: ModelName::parse(name)? } }
            [Delete "registered-models/delete": NAME];

            /// `set_registered_model_tag`
            SetRegisteredModelTag "set_registered_model_tag"
            { name: ModelName, key: TagKey, value: TagValue }
            (name: String, key: String, value: String)
            { |door| {
                door.look_up(name)?;
                Command::SetRegisteredModelTag {
                    name: ModelName::parse(name)?,
                    key: TagKey::parse(key)?,
                    value: TagValue::parse(value)?,
                }
            } }
            [Post "registered-models/set-tag": NAME, KEY, VALUE];

            /// `delete_registered_model_tag`
            DeleteRegisteredModelTag "delete_registered_model_tag"
            { name: ModelName, key: TagKey }
            (name: String, key: String)
            { |door| {
                door.look_up(name)?;
                Command::DeleteRegisteredModelTag {
                    name: ModelName::parse(name)?,
                    key: TagKey::parse(key)?,
                }
            } }
            [Delete "registered-models/delete-tag": NAME, KEY];

            /// `set_registered_model_alias`
            SetRegisteredModelAlias "set_registered_model_alias"
            { name: ModelName, alias: Alias, version: VersionNumber }
            (name: String, alias: String, version: String)
            { |door| {
                let checked = ModelName::parse(name)?;
                let alias = Alias::parse(alias)?;
                if door.layer == ApiLayer::Client {
                    WrittenVersion::parse(version)?;
                    door.look_up(name)?;
                }
                alias.check_not_reserved()?;
                let version = door.existing(&checked, version)?;
                Command::SetRegisteredModelAlias { name: checked, alias, version }
            } }
            [Post "registered-models/alias": NAME, ALIAS, VERSION];

            /// `delete_registered_model_alias`
            DeleteRegisteredModelAlias "delete_registered_model_alias"
            { name: ModelName, alias: Alias }
            (name: String, alias: String)
            { |_door| Command::DeleteRegisteredModelAlias {
                name: ModelName::parse(name)?,
                alias: Alias::parse(alias)?,
            } }
            [Delete "registered-models/alias": NAME, ALIAS];

            /// `create_model_version`. Metrics belong to a run in MLflow; here they come with the version.
            CreateModelVersion "create_model_version"
            {
                name: ModelName,
                source: FreeText,
                description: FreeText = or_empty,
                tags: Tags,
                metrics: Metrics,
            }
            (name: String, source: String, tags: Written, description: String, metrics: Written)
            { |_door| Command::CreateModelVersion {
                name: ModelName::parse(name)?,
                tags: read_tags(tags)?,
                source: FreeText::parse(source)?,
                description: FreeText::parse(description)?,
                metrics: read_metrics(metrics)?,
            } }
            [Post "model-versions/create" (by_hand):
                NAME, SOURCE, OPTIONAL_RUN, TAGS, RUN_LINK, DESCRIPTION_OR_NONE, AWAIT_CREATION, OF_MODEL];

            /// `copy_model_version`
            CopyModelVersion "copy_model_version"
            { name: ModelName, version: VersionNumber, dst_name: ModelName }
            (src_model_uri: String, dst_name: String)
            { |door| door.read_copy(src_model_uri, dst_name)? }
            [: SRC_MODEL_URI, DST_NAME];

            /// `update_model_version`
            UpdateModelVersion "update_model_version"
            { name: ModelName, version: VersionNumber, description: FreeText }
            (name: String, version: String, description: String)
            { |door| {
                door.look_up(name)?;
                let name = ModelName::parse(name)?;
                Command::UpdateModelVersion {
                    version: door.existing(&name, version)?,
                    name,
                    description: FreeText::parse(description)?,
                }
            } }
            [Patch "model-versions/update": NAME, VERSION, DESCRIPTION];

            /// `delete_model_version`
            DeleteModelVersion "delete_model_version"
            { name: ModelName, version: VersionNumber }
            (name: String, version: String)
            { |door| {
                door.look_up(name)?;
                WrittenVersion::parse(version)?;
                let name = ModelName::parse(name)?;
                Command::DeleteModelVersion { version: door.existing(&name, version)?, name }
            } }
            [Delete "model-versions/delete": NAME, VERSION];

            /// `transition_model_version_stage`
            TransitionModelVersionStage "transition_model_version_stage"
            {
                name: ModelName,
                version: VersionNumber,
                stage: Stage,
                archive_existing_versions: bool,
            }
            (name: String, version: String, stage: String, archive_existing_versions: bool)
            { |door| door.read_transition(name, version, stage, *archive_existing_versions)? }
            [Post "model-versions/transition-stage" (deprecated): NAME, VERSION, STAGE, ARCHIVE];

            /// `set_model_version_tag`
            SetModelVersionTag "set_model_version_tag"
            { name: ModelName, version: VersionNumber, key: TagKey, value: TagValue }
            (name: String, version: VersionArgument, key: String, value: String)
            { |door| {
                let (name, version, key) = door.read_version_tag(name, version, key)?;
                let value = TagValue::parse(value)?;
                Command::SetModelVersionTag {
                    version: door.existing(&name, version)?,
                    name,
                    key,
                    value,
                }
            } }
            [Post "model-versions/set-tag": NAME, TAG_VERSION, KEY, VALUE, BY_STAGE];

            /// `delete_model_version_tag`
            DeleteModelVersionTag "delete_model_version_tag"
            { name: ModelName, version: VersionNumber, key: TagKey }
            (name: String, version: VersionArgument, key: String)
            { |door| {
                let (name, version, key) = door.read_version_tag(name, version, key)?;
                Command::DeleteModelVersionTag {
                    version: door.existing(&name, version)?,
                    name,
                    key,
                }
            } }
            [Delete "model-versions/delete-tag": NAME, TAG_VERSION, KEY, BY_STAGE];

            /// `log_metric` of the version's run, which the simulator does not keep apart from the version.
            LogMetric "log_metric"
            { name: ModelName, version: VersionNumber, key: MetricName, value: MetricValue }
            (name: String, version: String, key: String, value: String)
            { |door| {
                let name = ModelName::parse(name)?;
                Command::LogMetric {
                    version: door.existing(&name, version)?,
                    name,
                    key: MetricName::parse(key)?,
                    value: MetricValue::parse(value)?,
                }
            } }
            [];
        }
    };
}

pub(crate) use methods;
