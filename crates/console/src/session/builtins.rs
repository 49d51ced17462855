//! The console's builtins, carried out.

use super::super::builtin_call::BuiltinCall;
use super::super::execute;
use super::super::python::Halt;
use super::super::registry_host::{RegistryHost, ask};
use super::super::reply::{ModelLine, ModelSheet, Output, Steps, VersionLine};
use super::super::span::Span;
use registry::{
    Command, ModelName, ModelVersion, Refusal, RefusalKind, RegisteredModel, Registry, Replacement,
    Stage, VecMap,
};

/// How many versions of a model, and how many steps of the history, are shown.
const MOST_LINES: usize = 50;

/// Carries a builtin out.
///
/// # Errors
/// Who refused.
pub(super) fn run_builtin(
    host: &mut dyn RegistryHost,
    builtin: BuiltinCall,
    argument: Option<Span>,
    outputs: &mut Vec<Output>,
) -> Result<(), Halt> {
    // A refusal is about what follows the builtin, where something does.
    let refused = |refusal: Refusal| Halt::Refused(argument, Box::new(refusal));
    match builtin {
        BuiltinCall::Help(topic) => outputs.push(Output::Help(topic)),
        BuiltinCall::Clear => outputs.push(Output::Clear),
        BuiltinCall::Undo => {
            let entry = execute::last(host);
            host.undo().map_err(refused)?;
            outputs.extend(entry.map(|entry| Output::Undone(Box::new(entry))));
        }
        BuiltinCall::Redo => {
            host.redo().map_err(refused)?;
            outputs.extend(execute::last(host).map(|entry| Output::Redone(Box::new(entry))));
        }
        BuiltinCall::Restore(step) => {
            host.restore(step).map_err(refused)?;
            outputs.extend(execute::last(host).map(|entry| Output::Did(Box::new(entry))));
        }
        BuiltinCall::Reset { empty } => {
            let (with, why) = if empty {
                (Registry::default(), Replacement::Emptied)
            } else {
                (host.sample(), Replacement::Sample)
            };
            let with = with.into();
            execute::command(host, &Command::ReplaceRegistry { with, why }, outputs)
                .map_err(refused)?;
        }
        BuiltinCall::Rules(asked) => {
            if let Some(rules) = asked {
                host.set_rules(rules).map_err(refused)?;
            }
            outputs.push(Output::Rules {
                rules: host.rules(),
                set: asked.is_some(),
            });
        }
        BuiltinCall::History => outputs.extend(ask(host, |log| {
            let done = log.done();
            let first = done.len().saturating_sub(MOST_LINES);
            Output::History(Box::new(Steps {
                done: done.get(first..).unwrap_or_default().to_vec(),
                left_out: log.folded() + first as u64,
                undone: log.undone().iter().take(MOST_LINES).cloned().collect(),
            }))
        })),
        BuiltinCall::Show(None) => outputs.extend(ask(host, |log| {
            Output::Models(log.registry().models().map(line).collect())
        })),
        BuiltinCall::Show(Some(name)) => {
            let name = ModelName::parse(&name).map_err(|kind| refused(kind.into()))?;
            let found = ask(host, |log| log.registry().get_model(&name).map(sheet));
            let found = found
                .unwrap_or(Err(RefusalKind::NoSuchStep))
                .map_err(|kind| refused(kind.into()))?;
            outputs.push(Output::Model(Box::new(found)));
        }
    }
    Ok(())
}

fn line(model: &RegisteredModel) -> ModelLine {
    ModelLine {
        name: model.name().clone(),
        versions: model.version_count(),
        live: model.in_stage(Stage::Production).iter().copied().collect(),
        newest: model.newest(),
    }
}

fn texts<K, V>(map: &VecMap<K, V>) -> Vec<(String, String)>
where
    K: std::fmt::Display + Ord,
    V: std::fmt::Display,
{
    map.iter()
        .map(|(key, value)| (key.to_string(), value.to_string()))
        .collect()
}

fn sheet(model: &RegisteredModel) -> ModelSheet {
    let version = |version: &ModelVersion| VersionLine {
        number: version.number(),
        stage: version.stage(),
        aliases: model
            .aliases_of(version.number())
            .map(ToString::to_string)
            .collect(),
        metrics: texts(version.metrics()),
        tags: texts(version.tags()),
        source: version.source().to_string(),
        created: version.created(),
    };
    ModelSheet {
        name: model.name().clone(),
        description: model.description().to_string(),
        tags: texts(model.tags()),
        versions: model
            .versions()
            .rev()
            .take(MOST_LINES)
            .map(version)
            .collect(),
        left_out: model.version_count().saturating_sub(MOST_LINES),
    }
}
