//! The registry behind one function, for a real Python: a method's name and its arguments as JSON, and JSON back.
//!
//! ```text
//! learner's script ─▶ package mlflow (python/) ─▶ _registry.call(method, json) ─▶ Bridge::call(host) ─▶ Registry::apply
//!                                             ◀─ {"ok": …} or {"error": …}    ◀─ Called: that JSON, the steps, the refusal
//! ```
//!
//! Python converts arguments and results and nothing else. What is allowed, what comes of it and in which order MLflow
//! complains is decided here, by the functions that the rest of the console uses. Nothing here knows where Python runs.
//!
//! | module | what it is for |
//! |---|---|
//! | [`arguments`] | arguments from JSON |
//! | [`tell`] | models, versions and runs as JSON |
//! | [`known`] | what is known beside the registry, for another Python that goes on with it |
//! | `load` | what an app would load |
//! | [`kept`] | what MLflow keeps of a version and the simulated registry does not |
//! | [`http`] | requests of Python's own to the REST server |
//! | [`script`] | what a script's Python tells while it runs, as a reply |

use super::diagnostic::Complaint;
use super::execute::{self, ReturnValue};
use super::methods::{self, Owner};
use super::registry_host::{RegistryHost, ask};
use super::reply::Output;
use super::runs::{self, RunRef, Runs};
use super::search::{self, Search};
use super::statement::Operation;
use arguments::JsonArguments;
pub use context::CallError;
use context::{CallContext, CallResult};
use kept::Kept;
use registry::call::{ApiLayer, RawCall, Written};
use registry::id::WrittenVersion;
use registry::{
    Command, ErrorCode, MetricName, MetricValue, ModelName, Refusal, RefusalKind, VersionNumber,
    uri::{self, ModelUri},
};
use serde_json::{Map, Value, json};

pub mod arguments;
mod context;
pub mod http;
pub mod kept;
pub mod known;
mod load;
pub mod script;
pub mod tell;

/// How many refusals are remembered, so that an exception that nobody caught still has its ways out.
const MOST_REFUSALS: usize = 100;
/// How many models and versions a search can find at most, as in MLflow.
const MOST_MODELS: usize = 1_000;
const MOST_VERSIONS: usize = 200_000;
/// The longest filter: each of its letters may be compared with each of a tag's.
const LONGEST_FILTER: usize = 2_000;

/// What a Python knows of the registry from one call to the next.
#[derive(Clone, Debug, Default)]
pub struct Bridge {
    kept: Kept,
    refusals: Vec<Refusal>,
    /// How many refusals there were before those that are remembered.
    forgotten: usize,
}

/// What a call came to.
#[derive(Clone, PartialEq, Debug)]
pub struct Called {
    /// The answer for Python.
    pub json: String,
    /// What there is to show: above all the steps of the history.
    pub outputs: Vec<Output>,
}

impl Bridge {
    /// Carries a call out. Any text is answered: what is no call of the package's is an error of its own.
    pub fn call(
        &mut self,
        host: &mut dyn RegistryHost,
        runs: &mut Runs,
        method: &str,
        arguments: &str,
    ) -> Called {
        let mut outputs = Vec::new();
        let answer = match registry::json::value(arguments) {
            Ok(arguments) => self.ask(host, runs, method, &arguments, &mut outputs),
            Err(_) => Err(CallError::Unknown("arguments")),
        };
        let answer = match answer {
            Ok(value) => json!({ "ok": value }),
            Err(CallError::Refused(refusal)) => {
                let error = json!({
                    "code": refusal.kind.code().as_str(),
                    "message": refusal.kind.to_string(),
                    "id": refusal.kind.id(),
                    "team": refusal.kind.code() == ErrorCode::TeamRule,
                    "refusal": self.remember(*refusal),
                });
                json!({ "error": error })
            }
            Err(CallError::Complained(complaint)) => json!({ "error": {
                "code": complaint.code.as_str(),
                "message": complaint.message,
                "about": complaint.about,
            } }),
            Err(CallError::Unknown(why)) => json!({ "unknown": why }),
        };
        Called {
            json: answer.to_string(),
            outputs,
        }
    }

    /// The same, for whoever needs no text. What there is to show is put to the outputs.
    ///
    /// # Errors
    /// Why it was not carried out.
    pub fn ask(
        &mut self,
        host: &mut dyn RegistryHost,
        runs: &mut Runs,
        method: &str,
        arguments: &Value,
        outputs: &mut Vec<Output>,
    ) -> Result<Value, CallError> {
        let mut context = CallContext {
            host,
            runs,
            kept: &mut self.kept,
            outputs,
        };
        context.call(method, &JsonArguments::new(arguments.clone()))
    }

    /// The refusal of that number, if it is among the last ones.
    pub fn refusal(&self, number: usize) -> Option<&Refusal> {
        self.refusals.get(number.checked_sub(self.forgotten)?)
    }

    fn remember(&mut self, refusal: Refusal) -> usize {
        if self.refusals.len() >= MOST_REFUSALS {
            self.refusals.remove(0);
            self.forgotten += 1;
        }
        self.refusals.push(refusal);
        self.forgotten + self.refusals.len() - 1
    }
}

impl CallContext<'_> {
    fn call(&mut self, method: &str, arguments: &JsonArguments) -> CallResult {
        match method {
            "now" => Ok(self.now()),
            "load_model" => self.load_model(&arguments.text("model_uri")),
            "lesson_load_model" => self.load_file(&arguments.text("path")),
            "lesson_get_model" => self.get_model(&arguments.text("stage")),
            "create_run" => Ok(self.create_run(arguments)),
            "get_run" => self.get_run(&arguments.text("run_id")),
            "log_metrics" => self.log_metrics(arguments),
            "http" => http::request(self, arguments),
            _ => {
                let is_it = |it: &&methods::Method| it.owner == Owner::Client && it.name == method;
                let method = methods::all().find(is_it);
                let method = method.ok_or(CallError::Unknown("method"))?;
                self.execute(method.operation(&mut arguments.given(method)), arguments)
            }
        }
    }

    fn execute(&mut self, operation: Operation, arguments: &JsonArguments) -> CallResult {
        match operation {
            Operation::Call(call) => self.carry(&call, arguments),
            Operation::Create { call, run_id } => self.create(call, &run_id, arguments),
            Operation::SearchModels(asked) => {
                let limit = MOST_MODELS;
                self.search(asked, arguments, limit, |context, asked| {
                    let found = ask(context.host, |log| search::models(log.registry(), asked));
                    let names = found.unwrap_or_else(|| Ok(Vec::new()))?;
                    Ok(names.iter().map(|name| context.model(name, true)).collect())
                })
            }
            Operation::SearchVersions(asked) => {
                let limit = MOST_VERSIONS;
                self.search(asked, arguments, limit, |context, asked| {
                    let runs = &*context.runs;
                    let found = ask(context.host, |log| {
                        search::versions(log.registry(), runs, asked)
                    });
                    let versions = found.unwrap_or_else(|| Ok(Vec::new()))?;
                    let version = |(name, number): &(ModelName, VersionNumber)| {
                        context.version(name, *number, false)
                    };
                    Ok(versions.iter().map(version).collect())
                })
            }
            Operation::DownloadUri { name, version } => {
                let found = ask(self.host, |log| -> Result<String, RefusalKind> {
                    let name = ModelName::parse(&name)?;
                    let version = WrittenVersion::parse(&version)?;
                    let found = log.registry().get_model_version(&name, &version)?;
                    let storage = self.storage(&name, found.number());
                    Ok(storage.unwrap_or_else(|| found.storage().to_string()))
                });
                Ok(Value::String(
                    found.unwrap_or(Err(RefusalKind::NoSuchStep))?,
                ))
            }
            _ => Err(CallError::Unknown("method")),
        }
    }

    /// A page of what a search finds: `offset` says where it starts, and `more` whether there is another one.
    fn search(
        &mut self,
        mut asked: Search,
        arguments: &JsonArguments,
        limit: usize,
        find: impl FnOnce(&Self, &Search) -> Result<Vec<Value>, Complaint>,
    ) -> CallResult {
        if asked.filter.len() > LONGEST_FILTER {
            return Err(CallError::Unknown("filter"));
        }
        let offset = arguments.count("offset").unwrap_or_default();
        let wanted = asked.most;
        // MLflow complains about its limit itself.
        asked.most = Some(wanted.filter(|wanted| *wanted > limit).unwrap_or(limit));
        let found = find(self, &asked)?;
        let end = offset.saturating_add(wanted.unwrap_or(limit));
        let more = found.len() > end;
        let page: Vec<Value> = found.into_iter().take(end).skip(offset).collect();
        Ok(json!({ "items": page, "more": more }))
    }

    fn carry(&mut self, call: &RawCall, arguments: &JsonArguments) -> CallResult {
        let answer = execute::call(self.host, call, ApiLayer::Client, self.outputs)?;
        self.kept.note(call);
        let is_described = arguments.maybe("description").is_some();
        match (call, &answer) {
            (
                RawCall::CreateRegisteredModel { .. } | RawCall::UpdateRegisteredModel { .. },
                ReturnValue::Model(name),
            ) => self.kept.described(name.as_str(), None, is_described),
            (RawCall::UpdateModelVersion { .. }, ReturnValue::Version(name, number)) => {
                self.kept
                    .described(name.as_str(), Some(*number), is_described);
            }
            (RawCall::RenameRegisteredModel { name, new_name }, _) => {
                let names = (ModelName::parse(name), ModelName::parse(new_name));
                if let (Ok(from), Ok(to)) = names {
                    self.runs.rename(&from, &to);
                }
            }
            (RawCall::CopyModelVersion { .. }, ReturnValue::Version(name, number)) => {
                self.copied(name, *number);
            }
            _ => {}
        }
        Ok(self.answered(&answer))
    }

    /// A copy has what its original has.
    fn copied(&mut self, name: &ModelName, number: VersionNumber) {
        let source = ask(self.host, |log| {
            let source = log.registry().model(name)?.version(number)?.source();
            log.registry().resolve(source.as_str()).ok()
        });
        let of = source.flatten().map(|from| {
            let version = self.version(&from.name, from.version, false);
            let text = |field: &str| version.get(field)?.as_str().map(str::to_owned);
            let from = self.kept.of(from.name.as_str(), Some(from.version));
            kept::KeptFields {
                created: Some(true),
                run_id: text("run_id"),
                run_link: text("run_link"),
                storage: None,
                ..from.clone()
            }
        });
        let of = of.unwrap_or_default();
        self.runs.tell(name.clone(), number, of.run_id.clone());
        self.kept.created(name, number, of);
    }

    /// Where the files of a version are that is made from another one, `models:/name/3`.
    fn storage_of(&self, call: &RawCall) -> Result<Option<String>, CallError> {
        let RawCall::CreateModelVersion { source, .. } = call else {
            return Ok(None);
        };
        if !uri::is_models_scheme(source) {
            return Ok(None);
        }
        // What is wrong with the call itself comes first.
        execute::check(self.host, call, ApiLayer::Client)?;
        let because = match ModelUri::parse(source) {
            Ok(ModelUri::Version { .. }) => {
                let found = ask(self.host, |log| log.registry().resolve(source));
                match found.unwrap_or(Err(RefusalKind::NoSuchStep)) {
                    Ok(found) => {
                        let kept = self.storage(&found.name, found.version);
                        return Ok(Some(kept.unwrap_or_else(|| found.source.to_string())));
                    }
                    Err(because) => because.to_string(),
                }
            }
            // MLflow's client takes them for a version without a number.
            Ok(_) => "int() argument must be a string, a bytes-like object or a real number, not 'NoneType'".to_owned(),
            Err(RefusalKind::UriLoggedModel { uri }) => {
                let id = uri.trim_start_matches("models:").trim_start_matches('/');
                format!("Logged model with ID '{id}' not found.")
            }
            Err(because) => return Err(because.into()),
        };
        let message = format!(
            "Unable to fetch model from model URI source artifact location '{source}'.Error: {because}"
        );
        Err(CallError::Complained(Complaint {
            about: "source",
            code: ErrorCode::InternalError,
            message,
        }))
    }

    fn storage(&self, name: &ModelName, number: VersionNumber) -> Option<String> {
        self.kept.of(name.as_str(), Some(number)).storage.clone()
    }

    fn answered(&self, answer: &ReturnValue) -> Value {
        match answer {
            ReturnValue::Nothing => Value::Null,
            ReturnValue::Model(name) => self.model(name, false),
            ReturnValue::Version(name, number) => self.version(name, *number, true),
            ReturnValue::Versions(name, numbers) => {
                let latest = ask(self.host, |log| {
                    log.registry().model(name).map(tell::latest)
                });
                let latest = latest.flatten().unwrap_or_default().into_iter();
                latest
                    .filter(|number| numbers.contains(number))
                    .map(|number| self.version(name, number, true))
                    .collect()
            }
            ReturnValue::Resolved(found) => self.version(&found.name, found.version, true),
        }
    }

    fn create(&mut self, mut call: RawCall, run_id: &str, arguments: &JsonArguments) -> CallResult {
        let storage = self.storage_of(&call)?;
        let run = self.runs.find(self.host, run_id);
        if let RawCall::CreateModelVersion { metrics, .. } = &mut call {
            *metrics = self.metrics_of(run.as_ref());
        }
        let answer = execute::call(self.host, &call, ApiLayer::Client, self.outputs)?;
        if let ReturnValue::Version(name, number) = &answer {
            if let Some(RunRef::Created(run)) = run
                && let Some(run) = self.runs.get_mut(run)
            {
                run.versions.push((name.clone(), *number));
            }
            self.runs
                .tell(name.clone(), *number, arguments.maybe("run_id"));
            let tags = match &call {
                RawCall::CreateModelVersion { tags, .. } => kept::keys(tags),
                _ => Vec::new(),
            };
            self.kept.created(
                name,
                *number,
                kept::KeptFields {
                    created: Some(true),
                    run_id: arguments.maybe("run_id"),
                    run_link: arguments.maybe("run_link"),
                    is_described: arguments.maybe("description").is_some(),
                    has_no_source: arguments.maybe("source").is_none(),
                    storage,
                    tags,
                },
            );
        }
        Ok(self.answered(&answer))
    }

    fn model(&self, name: &ModelName, is_found: bool) -> Value {
        let found = ask(self.host, |log| {
            let model = log.registry().model(name)?;
            Some(tell::model(model, self.kept, is_found))
        });
        found.flatten().unwrap_or_default()
    }

    fn version(&self, name: &ModelName, number: VersionNumber, with_aliases: bool) -> Value {
        let found = ask(self.host, |log| {
            let model = log.registry().model(name)?;
            let version = model.version(number)?;
            Some(tell::version(model, version, self.kept, with_aliases))
        });
        found.flatten().unwrap_or_default()
    }

    /// When the registry was changed last: there is no other clock.
    fn now(&self) -> Value {
        let at = ask(self.host, |log| log.registry().last_change());
        json!(at.unwrap_or_default().0)
    }
}

impl CallContext<'_> {
    fn metrics_of(&self, run: Option<&RunRef>) -> Written {
        match run {
            Some(RunRef::Created(run)) => {
                let run = self.runs.get(*run);
                run.map_or_else(Written::new, |run| run.metrics.clone())
            }
            Some(RunRef::OfVersion(name, number)) => ask(self.host, |log| {
                let version = log.registry().model(name)?.version(*number)?;
                let metrics = version.metrics().iter();
                Some(
                    metrics
                        .map(|(key, value)| (key.to_string(), value.to_string()))
                        .collect(),
                )
            })
            .flatten()
            .unwrap_or_default(),
            None => Written::new(),
        }
    }

    fn create_run(&mut self, arguments: &JsonArguments) -> Value {
        let run = self.runs.create(arguments.text("run_name"));
        json!({ "run_id": runs::created_id(run), "start_time": self.now() })
    }

    /// A run that was made here, or the one that a version has of its own.
    fn get_run(&self, run_id: &str) -> CallResult {
        let run = self.find_run(run_id)?;
        let metrics = self.metrics_of(Some(&run));
        let metrics: Map<String, Value> = metrics
            .into_iter()
            .map(|(key, value)| (key, Value::String(value)))
            .collect();
        let (is_own, created) = match &run {
            RunRef::Created(_) => (true, None),
            RunRef::OfVersion(name, number) => {
                let created = ask(self.host, |log| {
                    Some(log.registry().model(name)?.version(*number)?.created().0)
                });
                (false, created.flatten())
            }
        };
        Ok(json!({
            "run_id": run_id,
            "metrics": metrics,
            "own": is_own,
            "start_time": created,
        }))
    }

    /// The run that an id means: also that of a version which is gone, if a copy came from it.
    fn find_run(&self, run_id: &str) -> Result<RunRef, Complaint> {
        let found = self.runs.find(self.host, run_id).or_else(|| {
            let (name, number) = self.made_from_run(run_id).into_iter().next()?;
            Some(RunRef::OfVersion(name, number))
        });
        found.ok_or_else(|| runs::not_found(run_id))
    }

    /// The versions that this Python has created from a run.
    fn made_from_run(&self, run_id: &str) -> Vec<(ModelName, VersionNumber)> {
        let found = self.kept.made_from_run(run_id);
        let there = found.filter_map(|(name, number)| {
            let name = ModelName::parse(name).ok()?;
            let there = ask(self.host, |log| {
                let model = log.registry().model(&name);
                model.and_then(|model| model.version(number)).is_some()
            });
            (there == Some(true)).then_some((name, number))
        });
        there.collect()
    }

    /// Logs metrics to a run, and to the versions that came from it.
    fn log_metrics(&mut self, arguments: &JsonArguments) -> CallResult {
        let run_id = arguments.text("run_id");
        let run = self.find_run(&run_id)?;
        for (key, value) in arguments.pairs("metrics") {
            let (name, measured) = (MetricName::parse(&key)?, MetricValue::parse(&value)?);
            let mut versions = match &run {
                RunRef::OfVersion(name, number) => vec![(name.clone(), *number)],
                RunRef::Created(run) => match self.runs.get_mut(*run) {
                    Some(run) => {
                        runs::log(&mut run.metrics, &key, &value);
                        run.versions.clone()
                    }
                    None => Vec::new(),
                },
            };
            // A copy comes from the run of its original.
            for other in self.made_from_run(&run_id) {
                if !versions.contains(&other) {
                    versions.push(other);
                }
            }
            for (of, version) in versions {
                let there = ask(self.host, |log| {
                    let model = log.registry().model(&of);
                    model.and_then(|model| model.version(version)).is_some()
                });
                // A run outlives the versions that came from it.
                if there == Some(true) {
                    let command = Command::LogMetric {
                        name: of,
                        version,
                        key: name.clone(),
                        value: measured,
                    };
                    execute::command(self.host, &command, self.outputs)?;
                }
            }
        }
        Ok(Value::Null)
    }
}
