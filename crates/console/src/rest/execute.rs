//! A request carried out on a registry. The server has the order of checks of the layer below the client.

use super::refused::Refused;
use super::response::{self, HttpResponse};
use super::source;
use crate::diagnostic::Complaint;
use crate::registry_host::{RegistryHost, ask};
use crate::reply::Output;
use crate::runs::{self, Run, RunRef, Runs};
use crate::statement::Operation;
use crate::{execute, search};
use registry::Invalid;
use registry::call::{ApiLayer, Question, RawCall, Written};
use registry::id::WrittenVersion;
use registry::{
    Command, ErrorCode, MetricName, MetricValue, Metrics, ModelName, RefusalKind, VersionNumber,
    python,
};

/// What a request came to: the response, and the ID of the run that it is about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Outcome {
    pub response: HttpResponse,
    /// The run's ID, where there is one in it.
    pub run_id: Option<String>,
}

impl From<HttpResponse> for Outcome {
    fn from(response: HttpResponse) -> Self {
        Self {
            response,
            run_id: None,
        }
    }
}

/// Carries a request out. What it does to the history is put to the outputs.
///
/// # Errors
/// Why it is not done.
pub fn execute(
    host: &mut dyn RegistryHost,
    runs: &mut Runs,
    operation: &Operation,
    outputs: &mut Vec<Output>,
) -> Result<Outcome, Refused> {
    match operation {
        Operation::Call(call) => self::call(host, call, outputs),
        Operation::Create { call, run_id } => create(host, runs, call, run_id, outputs),
        Operation::PageOfModels(asked) => {
            check_filter(asked)?;
            let found = ask(host, |log| {
                let page = search::models_page(log.registry(), asked)?;
                let models = page.found.iter();
                let models = models.filter_map(|name| log.registry().model(name));
                Ok(HttpResponse::models(&models.collect::<Vec<_>>(), page.next))
            });
            searched(found)
        }
        Operation::PageOfVersions(asked) => {
            check_filter(asked)?;
            let found = ask(host, |log| {
                let registry = log.registry();
                let page = search::versions_page(registry, runs, asked)?;
                let found = page.found.iter();
                let found =
                    found.filter_map(|(name, number)| response::found(registry, name, *number));
                Ok(HttpResponse::found(&found.collect::<Vec<_>>(), page.next))
            });
            searched(found)
        }
        Operation::DownloadUri { name, version } => {
            let found = ask(host, |log| {
                let name = ModelName::parse(name)?;
                let version = WrittenVersion::parse(version)?;
                let found = log.registry().get_model_version(&name, &version)?;
                // What was made from another version lies where that does.
                let from = log.registry().resolve(found.storage().as_str()).ok();
                let from = from.and_then(|it| log.registry().model(&it.name)?.version(it.version));
                Ok(HttpResponse::artifact_uri(
                    from.unwrap_or(found).storage().as_str(),
                ))
            });
            Ok(found.unwrap_or(Err(RefusalKind::NoSuchStep))?.into())
        }
        Operation::CreateRun { name } => {
            let run = runs.create(name.clone());
            Ok(own_run(runs, run))
        }
        Operation::GetRun { run_id } => Ok(match find(host, runs, run_id)? {
            RunRef::Created(run) => own_run(runs, run),
            RunRef::OfVersion(name, number) => {
                let run = Run {
                    metrics: metrics_of(host, &name, number),
                    ..Run::default()
                };
                Outcome {
                    response: HttpResponse::run(run_id, &run),
                    run_id: Some(run_id.clone()),
                }
            }
        }),
        Operation::LogMetrics { run_id, metrics } => log(host, runs, run_id, metrics, outputs),
        // No endpoint does anything else.
        _ => Ok(HttpResponse::nothing().into()),
    }
}

/// The longest filter that is read: each of its letters may be compared with each of a tag's.
const LONGEST_FILTER: usize = 1_000;

/// Refuses a filter that would take long.
fn check_filter(asked: &search::Paged) -> Result<(), Refused> {
    if asked.search.filter.len() <= LONGEST_FILTER {
        return Ok(());
    }
    Err(Refused::Server(Complaint {
        about: "filter_string",
        code: ErrorCode::InvalidParameterValue,
        message: format!("The filter is longer than {LONGEST_FILTER} bytes."),
    }))
}

fn searched(found: Option<Result<HttpResponse, Complaint>>) -> Result<Outcome, Refused> {
    match found {
        Some(Ok(response)) => Ok(response.into()),
        Some(Err(complaint)) => Err(Refused::Server(complaint)),
        None => Ok(HttpResponse::nothing().into()),
    }
}

fn own_run(runs: &Runs, run: usize) -> Outcome {
    let id = runs::created_id(run);
    let response = runs
        .get(run)
        .map_or_else(HttpResponse::nothing, |run| HttpResponse::run(&id, run));
    Outcome {
        response,
        run_id: Some(id),
    }
}

/// What the layer between client and store says to blank texts, and the server has to find out for itself.
fn check_blank(call: &RawCall) -> Result<(), Refused> {
    match call {
        RawCall::TransitionModelVersionStage { stage, .. } if python::is_blank(stage) => {
            let stage = stage.clone();
            Err(RefusalKind::Invalid(Invalid::StageUnknown { stage }).into())
        }
        RawCall::RenameRegisteredModel { new_name, .. } if python::is_blank(new_name) => {
            Err(Refused::Server(Complaint {
                about: "new_name",
                code: ErrorCode::InvalidParameterValue,
                message: "Missing value for required parameter 'new_name'.".to_owned(),
            }))
        }
        _ => Ok(()),
    }
}

fn call(
    host: &mut dyn RegistryHost,
    call: &RawCall,
    outputs: &mut Vec<Output>,
) -> Result<Outcome, Refused> {
    check_blank(call)?;
    let done = execute::call(host, call, ApiLayer::Store, outputs)?;
    Ok(match done {
        execute::ReturnValue::Nothing => match call {
            // The client keeps to itself what the server answers here.
            RawCall::RenameRegisteredModel { new_name, .. } => {
                let found = ModelName::parse(new_name)?;
                model(host, &found)
            }
            _ => HttpResponse::nothing().into(),
        },
        execute::ReturnValue::Model(name) => model(host, &name),
        execute::ReturnValue::Version(name, number) => version(host, &name, number),
        execute::ReturnValue::Versions(name, numbers) => {
            let found = ask(host, |log| {
                let registry = log.registry();
                let found = numbers.iter();
                let found = found.filter_map(|number| response::found(registry, &name, *number));
                HttpResponse::latest(&found.collect::<Vec<_>>())
            });
            found.unwrap_or_else(HttpResponse::nothing).into()
        }
        execute::ReturnValue::Resolved(_) => HttpResponse::nothing().into(),
    })
}

fn model(host: &dyn RegistryHost, name: &ModelName) -> Outcome {
    let found = ask(host, |log| {
        let model = log.registry().model(name)?;
        Some(HttpResponse::model(model))
    });
    found.flatten().unwrap_or_else(HttpResponse::nothing).into()
}

fn version(host: &dyn RegistryHost, name: &ModelName, number: VersionNumber) -> Outcome {
    let found = ask(host, |log| {
        let (model, version) = response::found(log.registry(), name, number)?;
        Some(HttpResponse::version(model, version))
    });
    Outcome {
        response: found.flatten().unwrap_or_else(HttpResponse::nothing),
        run_id: Some(runs::id_of(name, number)),
    }
}

fn find(host: &dyn RegistryHost, runs: &Runs, run_id: &str) -> Result<RunRef, Refused> {
    let found = runs.find(host, run_id);
    found.ok_or_else(|| Refused::Server(runs::not_found(run_id)))
}

fn metrics_of(host: &dyn RegistryHost, name: &ModelName, number: VersionNumber) -> Written {
    let found = ask(host, |log| {
        let (_, version) = response::found(log.registry(), name, number)?;
        let metrics: &Metrics = version.metrics();
        Some(
            metrics
                .iter()
                .map(|(key, value)| (key.to_string(), value.to_string()))
                .collect(),
        )
    });
    found.flatten().unwrap_or_default()
}

fn create(
    host: &mut dyn RegistryHost,
    runs: &mut Runs,
    call: &RawCall,
    run_id: &str,
    outputs: &mut Vec<Output>,
) -> Result<Outcome, Refused> {
    let run = runs.find(host, run_id);
    let mut call = call.clone();
    if let RawCall::CreateModelVersion { source, .. } = &mut call {
        *source = source::taken(host, source, run_id, run.is_some())?;
    }
    if let RawCall::CreateModelVersion { metrics, .. } = &mut call {
        *metrics = match &run {
            Some(RunRef::Created(run)) => runs
                .get(*run)
                .map(|run| run.metrics.clone())
                .unwrap_or_default(),
            Some(RunRef::OfVersion(name, number)) => metrics_of(host, name, *number),
            None => Written::new(),
        };
    }
    let execute::ReturnValue::Version(name, number) =
        execute::call(host, &call, ApiLayer::Store, outputs)?
    else {
        return Ok(HttpResponse::nothing().into());
    };
    if let Some(RunRef::Created(run)) = run
        && let Some(run) = runs.get_mut(run)
    {
        run.versions.push((name.clone(), number));
    }
    Ok(version(host, &name, number))
}

fn log(
    host: &mut dyn RegistryHost,
    runs: &mut Runs,
    run_id: &str,
    metrics: &Written,
    outputs: &mut Vec<Output>,
) -> Result<Outcome, Refused> {
    let run = find(host, runs, run_id)?;
    for (key, value) in metrics {
        let (name, measured) = (MetricName::parse(key)?, MetricValue::parse(value)?);
        let versions = match &run {
            RunRef::OfVersion(of, number) => vec![(of.clone(), *number)],
            RunRef::Created(run) => match runs.get_mut(*run) {
                Some(run) => {
                    runs::log(&mut run.metrics, key, value);
                    run.versions.clone()
                }
                None => Vec::new(),
            },
        };
        for (of, number) in versions {
            let question = RawCall::Ask(Question::GetModelVersion {
                name: of.to_string(),
                version: number.to_string(),
            });
            // A version that is gone takes no metric any more; its run still does.
            if execute::call(host, &question, ApiLayer::Store, outputs).is_ok() {
                let command = Command::LogMetric {
                    name: of,
                    version: number,
                    key: name.clone(),
                    value: measured,
                };
                execute::command(host, &command, outputs)?;
            }
        }
    }
    Ok(HttpResponse::nothing().into())
}
