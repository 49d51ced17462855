//! A request carried out on a world. The server has the order of checks of the layer below the client.

use super::answer::{self, Answer};
use super::refused::Refused;
use super::source;
use crate::diagnostic::Complaint;
use crate::reply::Output;
use crate::runs::{self, Meant, Run, Runs};
use crate::statement::Operation;
use crate::world::{RegistryHost, ask};
use crate::{carry as calls, search};
use registry::Invalid;
use registry::call::{ApiLayer, Question, RawCall, Written};
use registry::id::WrittenVersion;
use registry::{
    Command, ErrorCode, MetricName, MetricValue, Metrics, ModelName, RefusalKind, VersionNumber,
    python,
};

/// An answer, and the ID of the run that it is about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Done {
    /// The answer.
    pub answer: Answer,
    /// The run's ID, where there is one in it.
    pub run_id: Option<String>,
}

impl From<Answer> for Done {
    fn from(answer: Answer) -> Self {
        Self {
            answer,
            run_id: None,
        }
    }
}

/// Carries a request out. What it does to the history is put to the outputs.
///
/// # Errors
/// Why it is not done.
pub fn carry(
    world: &mut dyn RegistryHost,
    runs: &mut Runs,
    does: &Operation,
    outputs: &mut Vec<Output>,
) -> Result<Done, Refused> {
    match does {
        Operation::Call(call) => self::call(world, call, outputs),
        Operation::Create { call, run_id } => create(world, runs, call, run_id, outputs),
        Operation::PageOfModels(asked) => {
            check_filter(asked)?;
            let found = ask(world, |log| {
                let page = search::models_page(log.registry(), asked)?;
                let models = page.found.iter();
                let models = models.filter_map(|name| log.registry().model(name));
                Ok(Answer::models(&models.collect::<Vec<_>>(), page.next))
            });
            searched(found)
        }
        Operation::PageOfVersions(asked) => {
            check_filter(asked)?;
            let found = ask(world, |log| {
                let registry = log.registry();
                let page = search::versions_page(registry, runs, asked)?;
                let found = page.found.iter();
                let found =
                    found.filter_map(|(name, number)| answer::found(registry, name, *number));
                Ok(Answer::found(&found.collect::<Vec<_>>(), page.next))
            });
            searched(found)
        }
        Operation::DownloadUri { name, version } => {
            let found = ask(world, |log| {
                let name = ModelName::parse(name)?;
                let version = WrittenVersion::parse(version)?;
                let found = log.registry().get_model_version(&name, &version)?;
                // What was made from another version lies where that does.
                let from = log.registry().resolve(found.storage().as_str()).ok();
                let from = from.and_then(|it| log.registry().model(&it.name)?.version(it.version));
                Ok(Answer::artifact_uri(
                    from.unwrap_or(found).storage().as_str(),
                ))
            });
            Ok(found.unwrap_or(Err(RefusalKind::NoSuchStep))?.into())
        }
        Operation::CreateRun { name } => {
            let run = runs.create(name.clone());
            Ok(own_run(runs, run))
        }
        Operation::GetRun { run_id } => Ok(match find(world, runs, run_id)? {
            Meant::Own(run) => own_run(runs, run),
            Meant::Of(name, number) => {
                let run = Run {
                    metrics: metrics_of(world, &name, number),
                    ..Run::default()
                };
                Done {
                    answer: Answer::run(run_id, &run),
                    run_id: Some(run_id.clone()),
                }
            }
        }),
        Operation::LogMetrics { run_id, metrics } => log(world, runs, run_id, metrics, outputs),
        // No endpoint does anything else.
        _ => Ok(Answer::nothing().into()),
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

fn searched(found: Option<Result<Answer, Complaint>>) -> Result<Done, Refused> {
    match found {
        Some(Ok(answer)) => Ok(answer.into()),
        Some(Err(complaint)) => Err(Refused::Server(complaint)),
        None => Ok(Answer::nothing().into()),
    }
}

fn own_run(runs: &Runs, run: usize) -> Done {
    let id = runs::own_id(run);
    let answer = runs
        .get(run)
        .map_or_else(Answer::nothing, |run| Answer::run(&id, run));
    Done {
        answer,
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
    world: &mut dyn RegistryHost,
    call: &RawCall,
    outputs: &mut Vec<Output>,
) -> Result<Done, Refused> {
    check_blank(call)?;
    let done = calls::call(world, call, ApiLayer::Store, outputs)?;
    Ok(match done {
        calls::Answer::Nothing => match call {
            // The client keeps to itself what the server answers here.
            RawCall::RenameRegisteredModel { new_name, .. } => {
                let found = ModelName::parse(new_name)?;
                model(world, &found)
            }
            _ => Answer::nothing().into(),
        },
        calls::Answer::Model(name) => model(world, &name),
        calls::Answer::Version(name, number) => version(world, &name, number),
        calls::Answer::Versions(name, numbers) => {
            let found = ask(world, |log| {
                let registry = log.registry();
                let found = numbers.iter();
                let found = found.filter_map(|number| answer::found(registry, &name, *number));
                Answer::latest(&found.collect::<Vec<_>>())
            });
            found.unwrap_or_else(Answer::nothing).into()
        }
        calls::Answer::Resolved(_) => Answer::nothing().into(),
    })
}

fn model(world: &dyn RegistryHost, name: &ModelName) -> Done {
    let found = ask(world, |log| {
        let model = log.registry().model(name)?;
        Some(Answer::model(model))
    });
    found.flatten().unwrap_or_else(Answer::nothing).into()
}

fn version(world: &dyn RegistryHost, name: &ModelName, number: VersionNumber) -> Done {
    let found = ask(world, |log| {
        let (model, version) = answer::found(log.registry(), name, number)?;
        Some(Answer::version(model, version))
    });
    Done {
        answer: found.flatten().unwrap_or_else(Answer::nothing),
        run_id: Some(runs::id_of(name, number)),
    }
}

fn find(world: &dyn RegistryHost, runs: &Runs, run_id: &str) -> Result<Meant, Refused> {
    let found = runs.find(world, run_id);
    found.ok_or_else(|| Refused::Server(runs::not_found(run_id)))
}

fn metrics_of(world: &dyn RegistryHost, name: &ModelName, number: VersionNumber) -> Written {
    let found = ask(world, |log| {
        let (_, version) = answer::found(log.registry(), name, number)?;
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
    world: &mut dyn RegistryHost,
    runs: &mut Runs,
    call: &RawCall,
    run_id: &str,
    outputs: &mut Vec<Output>,
) -> Result<Done, Refused> {
    let run = runs.find(world, run_id);
    let mut call = call.clone();
    if let RawCall::CreateModelVersion { source, .. } = &mut call {
        *source = source::taken(world, source, run_id, run.is_some())?;
    }
    if let RawCall::CreateModelVersion { metrics, .. } = &mut call {
        *metrics = match &run {
            Some(Meant::Own(run)) => runs
                .get(*run)
                .map(|run| run.metrics.clone())
                .unwrap_or_default(),
            Some(Meant::Of(name, number)) => metrics_of(world, name, *number),
            None => Written::new(),
        };
    }
    let calls::Answer::Version(name, number) = calls::call(world, &call, ApiLayer::Store, outputs)?
    else {
        return Ok(Answer::nothing().into());
    };
    if let Some(Meant::Own(run)) = run
        && let Some(run) = runs.get_mut(run)
    {
        run.versions.push((name.clone(), number));
    }
    Ok(version(world, &name, number))
}

fn log(
    world: &mut dyn RegistryHost,
    runs: &mut Runs,
    run_id: &str,
    metrics: &Written,
    outputs: &mut Vec<Output>,
) -> Result<Done, Refused> {
    let run = find(world, runs, run_id)?;
    for (key, value) in metrics {
        let (name, measured) = (MetricName::parse(key)?, MetricValue::parse(value)?);
        let versions = match &run {
            Meant::Of(of, number) => vec![(of.clone(), *number)],
            Meant::Own(run) => match runs.get_mut(*run) {
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
            if calls::call(world, &question, ApiLayer::Store, outputs).is_ok() {
                let command = Command::LogMetric {
                    name: of,
                    version: number,
                    key: name.clone(),
                    value: measured,
                };
                calls::command(world, &command, outputs)?;
            }
        }
    }
    Ok(Answer::nothing().into())
}
