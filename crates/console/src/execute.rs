//! A call carried out on a registry, and what it gives back.

use super::registry_host::{RegistryHost, ask};
use super::reply::Output;
use registry::call::{ApiLayer, Query, RawCall, Request};
use registry::query::Resolved;
use registry::{
    Command, Entry, ModelName, Refusal, RefusalKind, RegisteredModel, Registry, VersionNumber,
};

/// What a call gives back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ReturnValue {
    /// Nothing: Python's `None`.
    Nothing,
    Model(ModelName),
    Version(ModelName, VersionNumber),
    Versions(ModelName, Vec<VersionNumber>),
    /// The version that a `models:/` URI means.
    Resolved(Resolved),
}

/// Carries a call out as it comes through a door. What it does to the history is put to the outputs.
///
/// # Errors
/// MLflow's refusal, or the team's.
pub fn call(
    host: &mut dyn RegistryHost,
    call: &RawCall,
    layer: ApiLayer,
    outputs: &mut Vec<Output>,
) -> Result<ReturnValue, Refusal> {
    match read(host, call, layer)? {
        Request::Command(command) => act(host, &command, outputs),
        Request::Query(query) => Ok(looked(host, |registry| answer(registry, &query))?),
    }
}

/// Checks a call as far as MLflow does before it comes to changing anything.
///
/// # Errors
/// MLflow's refusal.
pub fn check(host: &dyn RegistryHost, call: &RawCall, layer: ApiLayer) -> Result<(), RefusalKind> {
    read(host, call, layer).map(|_| ())
}

fn read(host: &dyn RegistryHost, call: &RawCall, layer: ApiLayer) -> Result<Request, RefusalKind> {
    looked(host, |registry| call.read(registry, layer))
}

/// Asks the registry; a host that shows none has no such model.
fn looked<T>(
    host: &dyn RegistryHost,
    question: impl FnOnce(&Registry) -> Result<T, RefusalKind>,
) -> Result<T, RefusalKind> {
    ask(host, |log| question(log.registry())).unwrap_or(Err(RefusalKind::NoSuchStep))
}

/// Carries a command out.
///
/// # Errors
/// The registry's refusal.
pub fn command(
    host: &mut dyn RegistryHost,
    command: &Command,
    outputs: &mut Vec<Output>,
) -> Result<(), Refusal> {
    host.act(command)?;
    outputs.extend(last(host).map(|entry| Output::Did(Box::new(entry))));
    Ok(())
}

fn act(
    host: &mut dyn RegistryHost,
    asked: &Command,
    outputs: &mut Vec<Output>,
) -> Result<ReturnValue, Refusal> {
    command(host, asked, outputs)?;
    let newest = |name: &ModelName| {
        let found = ask(host, |log| log.registry().model(name)?.newest()).flatten();
        found.map_or(ReturnValue::Nothing, |number| {
            ReturnValue::Version(name.clone(), number)
        })
    };
    Ok(match asked {
        Command::CreateRegisteredModel { name, .. }
        | Command::UpdateRegisteredModel { name, .. } => ReturnValue::Model(name.clone()),
        Command::CreateModelVersion { name, .. }
        | Command::CopyModelVersion { dst_name: name, .. } => newest(name),
        Command::UpdateModelVersion { name, version, .. }
        | Command::TransitionModelVersionStage { name, version, .. } => {
            ReturnValue::Version(name.clone(), *version)
        }
        _ => ReturnValue::Nothing,
    })
}

/// The last step that is done.
pub fn last(host: &dyn RegistryHost) -> Option<Entry> {
    ask(host, |log| log.done().last().cloned()).flatten()
}

fn answer(registry: &Registry, query: &Query) -> Result<ReturnValue, RefusalKind> {
    Ok(match query {
        Query::Model { name } => ReturnValue::Model(registry.get_model(name)?.name().clone()),
        Query::Version { name, version } => ReturnValue::Version(name.clone(), *version),
        Query::ByAlias { name, alias } => {
            let version = registry.get_model_version_by_alias(name, alias)?;
            ReturnValue::Version(name.clone(), version.number())
        }
        Query::Latest { name, stages } => {
            let versions = registry.get_latest_versions(name, stages)?;
            let numbers = versions.iter().map(|version| version.number()).collect();
            ReturnValue::Versions(name.clone(), numbers)
        }
        Query::Uri { uri } => ReturnValue::Resolved(registry.resolve(uri)?),
    })
}

/// The version of a model that was made from a file: its source is the file, or ends in it.
pub fn from_file(model: &RegisteredModel, path: &str) -> Option<VersionNumber> {
    let wanted = |source: &str| {
        source
            .strip_suffix(path)
            .is_some_and(|before| before.is_empty() || before.ends_with('/'))
    };
    let mut newest = model.versions().rev();
    newest
        .find(|version| wanted(version.source().as_str()))
        .map(|version| version.number())
}
