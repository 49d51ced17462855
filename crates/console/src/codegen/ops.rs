//! A command taken apart into what a real server is told, one call after the other.

use super::api_style::{self, ApiStyle};
use registry::{
    Command, Context, FreeText, MetricName, MetricValue, Metrics, ModelName, Registry, RuleSet,
    Tags, Time, VersionNumber,
};

/// One thing that a server is told.
#[derive(Clone, PartialEq, Debug)]
pub enum Op {
    Call(Command),
    Create {
        name: ModelName,
        source: FreeText,
        /// What is said about it.
        description: FreeText,
        tags: Tags,
        /// The metrics of the run that it comes from, where it comes from one.
        run: Option<Metrics>,
        /// When the metrics were measured.
        at: Time,
    },
    /// A copy of a version. The server has no call for it: what the client does then is told to it.
    Copy {
        name: ModelName,
        version: VersionNumber,
        /// The model that gets the copy.
        dst_name: ModelName,
        /// Whether that model is made as well.
        creates: bool,
        /// What is said about the version.
        description: FreeText,
        tags: Tags,
    },
    /// A metric of the run that a version comes from.
    Log {
        name: ModelName,
        version: VersionNumber,
        key: MetricName,
        value: MetricValue,
        /// When it was measured.
        at: Time,
    },
}

/// What a server is told for a command that is given to `before`, at a moment.
pub fn ops(command: &Command, style: ApiStyle, before: &Registry, at: Time) -> Vec<Op> {
    let mut found = Vec::new();
    let Command::ReplaceRegistry { with, .. } = command else {
        one(command, style, before, at, &mut found);
        return found;
    };
    let mut now = before.clone();
    for command in before.difference(with).commands {
        one(&command, style, &now, at, &mut found);
        // What the difference has found is accepted.
        let _ = now.apply(&Context::new(at, RuleSet::Mlflow), &command);
    }
    found
}

/// What a server is told for a command that is no whole registry.
pub(super) fn one(
    command: &Command,
    style: ApiStyle,
    before: &Registry,
    at: Time,
    found: &mut Vec<Op>,
) {
    found.push(match command {
        Command::TransitionModelVersionStage {
            name,
            version,
            stage,
            archive_existing_versions,
        } if style == ApiStyle::Aliases => {
            let archive = *archive_existing_versions;
            let commands = api_style::translate(before, name, *version, *stage, archive);
            found.extend(commands.into_iter().map(Op::Call));
            return;
        }
        Command::CreateModelVersion {
            name,
            source,
            description,
            tags,
            metrics,
        } => Op::Create {
            name: name.clone(),
            source: source.clone(),
            description: description.clone(),
            tags: tags.clone(),
            run: (!metrics.is_empty()).then(|| metrics.clone()),
            at,
        },
        Command::CopyModelVersion {
            name,
            version,
            dst_name,
        } => {
            let copied = before.model(name).and_then(|model| model.version(*version));
            Op::Copy {
                name: name.clone(),
                version: *version,
                dst_name: dst_name.clone(),
                creates: before.model(dst_name).is_none(),
                description: copied
                    .map(|it| it.description().clone())
                    .unwrap_or_default(),
                tags: copied.map(|it| it.tags().clone()).unwrap_or_default(),
            }
        }
        Command::LogMetric {
            name,
            version,
            key,
            value,
        } => Op::Log {
            name: name.clone(),
            version: *version,
            key: key.clone(),
            value: *value,
            at,
        },
        other => Op::Call(other.clone()),
    });
}
