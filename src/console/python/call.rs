//! Calls of MLflow: arguments given to their parameters, and what comes of the call.

use super::super::carry::{self, Answer};
use super::super::methods::{Arguments, Given, Method, Param, Takes};
use super::super::nearest::nearest;
use super::super::reply::{Loaded, Output};
use super::super::runs::{self, Meant};
use super::super::trouble::{Problem, Raised, Span, TroubleKind, Unsupported, Wanted};
use super::super::world::ask;
use super::super::{Does, search};
use super::object;
use super::run::{Halt, Run, raised, wrong_type};
use super::tree::{Argument, Named};
use super::value::{Class, Function, Value};
use crate::registry::call::{Call, Layer, VersionArgument, Written};
use crate::registry::id::WrittenVersion;
use crate::registry::{
    ErrorCode, MetricName, MetricValue, ModelName, Refusal, RefusalKind, Stage, VersionNumber, uri,
};

/// The greatest length of a filter, in bytes.
const LONGEST_FILTER: usize = 1_000;

/// The method that MLflow warns of where a URI names a stage or `latest`.
const LATEST: &str = "get_latest_versions";

impl Run<'_> {
    /// Calls a value.
    pub(super) fn call(
        &mut self,
        function: &Value,
        name_at: Span,
        at: Span,
        arguments: &[Argument],
    ) -> Result<Value, Halt> {
        match function {
            Value::Function(Function::Method(method)) => {
                let given = self.bind(method, at, arguments)?;
                if method.is_deprecated {
                    self.warn(method.name);
                }
                let does = (method.does)(&mut Arguments::new(given));
                self.does(at, does)
            }
            Value::Function(Function::Builtin(builtin)) => {
                self.builtin(*builtin, name_at, at, arguments)
            }
            Value::Function(known) => {
                for argument in arguments {
                    self.value(&argument.value)?;
                }
                Ok(match known {
                    Function::NewClient => Value::Client,
                    _ => Value::None,
                })
            }
            Value::Bound(of, name) => self.bound(of, name, at, arguments),
            Value::Lambda(lambda) => {
                let mut values = Vec::with_capacity(arguments.len());
                for argument in arguments {
                    values.push(self.value(&argument.value)?);
                }
                self.apply(at, lambda, values)
            }
            Value::Foreign => Err(Problem::not_supported(name_at, Unsupported::Function).into()),
            _ => raised(
                name_at,
                Raised::NotCallable {
                    of: function.type_name(),
                },
            ),
        }
    }

    /// Warns of a deprecated method, the first time.
    fn warn(&mut self, method: &'static str) {
        if !self.memory.warned.contains(&method) {
            self.memory.warned.push(method);
            self.outputs.push(Output::Deprecated(method));
        }
    }

    /// Gives each argument to its parameter, as Python does, and then makes of it what the call takes.
    fn bind(
        &mut self,
        method: &'static Method,
        at: Span,
        arguments: &[Argument],
    ) -> Result<Vec<Given>, Halt> {
        let mut places: Vec<Option<(Span, Value)>> = Vec::new();
        places.resize_with(method.params.len(), || None);
        for (index, argument) in arguments.iter().enumerate() {
            let found = match &argument.name {
                None => index,
                Some(named) => parameter(method, named)?,
            };
            let value_at = argument.value.at;
            let value = self.value(&argument.value)?;
            let Some(place) = places.get_mut(found) else {
                return problem(
                    value_at,
                    TroubleKind::TooManyArguments {
                        method: method.name,
                        most: method.params.len(),
                    },
                );
            };
            if let (Some(_), Some(named)) = (&place, &argument.name) {
                return problem(
                    named.at,
                    TroubleKind::RepeatedArgument {
                        argument: named.name.clone(),
                    },
                );
            }
            *place = Some((value_at, value));
        }
        // First whether all are there, then whether they are of the right kind.
        for (param, place) in method.params.iter().zip(&places) {
            if place.is_none() && !param.takes.is_optional() {
                return problem(
                    at,
                    TroubleKind::MissingArgument {
                        method: method.name,
                        argument: param.name,
                    },
                );
            }
        }
        let mut given = Vec::new();
        for (param, place) in method.params.iter().zip(places) {
            let (place, value) = match place {
                Some((place, value)) => (place, Some(value)),
                None => (at, None),
            };
            given.extend(self.convert(*param, place, value)?);
        }
        Ok(given)
    }

    /// Makes of a value what the parameter takes; nothing where the call carries nothing of it.
    fn convert(
        &mut self,
        param: Param,
        at: Span,
        value: Option<Value>,
    ) -> Result<Option<Given>, Halt> {
        let wrong = |wanted| Err(wrong_type(at, param.name, wanted));
        let given = match (param.takes, value) {
            (Takes::Ignored, _) => return Ok(None),
            (Takes::Text | Takes::TextOrNone, Some(Value::Text(text))) => {
                Given::Text(text.to_string())
            }
            (Takes::ModelsUri, Some(Value::Text(text))) => {
                if !uri::is_models_scheme(&text) {
                    return Err(Problem::not_supported(at, Unsupported::Uri).into());
                }
                Given::Text(text.to_string())
            }
            (Takes::TextOrNone, None | Some(Value::None)) => Given::Text(String::new()),
            (Takes::Text | Takes::TextOrNone | Takes::ModelsUri, _) => return wrong(Wanted::Text),
            (Takes::Version, Some(Value::Text(text))) => Given::Text(text.to_string()),
            (Takes::Version, Some(Value::Int(digits))) => Given::Text(digits),
            (Takes::TagVersion, None | Some(Value::None)) => {
                Given::TagVersion(VersionArgument::Missing)
            }
            (Takes::TagVersion, Some(Value::Text(text))) => Given::TagVersion(if text.is_empty() {
                VersionArgument::Missing
            } else {
                VersionArgument::Given(text.to_string())
            }),
            (Takes::TagVersion, Some(Value::Int(digits))) => Given::TagVersion(if digits == "0" {
                VersionArgument::Zero
            } else {
                VersionArgument::Given(digits)
            }),
            (Takes::Version | Takes::TagVersion, _) => return wrong(Wanted::Version),
            (Takes::Printed, Some(value)) => Given::Text(self.printed(at, &value)?),
            (Takes::Printed, None) => return wrong(Wanted::Simple),
            (Takes::Flag, None) => Given::Flag(false),
            (Takes::Flag, Some(Value::Flag(flag))) => Given::Flag(flag),
            (Takes::Flag, _) => return wrong(Wanted::Flag),
            (Takes::Count, None | Some(Value::None)) => Given::Count(None),
            (Takes::Count, Some(value)) => {
                let count = value.as_int().and_then(|count| usize::try_from(count).ok());
                match count {
                    Some(count) => Given::Count(Some(count)),
                    None => return wrong(Wanted::Number),
                }
            }
            (Takes::Texts, None | Some(Value::None)) => Given::Texts(Vec::new()),
            // Python takes a text for the list of its letters, and MLflow complains about the first of them.
            (Takes::Texts, Some(Value::Text(text))) => {
                Given::Texts(text.chars().take(1).map(String::from).collect())
            }
            (Takes::Texts, Some(Value::List(list))) => {
                let texts = list.items.iter().map(|item| match item {
                    Value::Text(text) => Some(text.to_string()),
                    _ => None,
                });
                match texts.collect() {
                    Some(texts) => Given::Texts(texts),
                    None => return wrong(Wanted::Texts),
                }
            }
            (Takes::Texts, _) => return wrong(Wanted::Texts),
            (Takes::Tags, None | Some(Value::None)) => Given::Tags(Written::new()),
            (Takes::Tags, Some(Value::List(list))) if list.items.is_empty() => {
                Given::Tags(Written::new())
            }
            (Takes::Tags | Takes::Metrics, Some(Value::Dict(dict))) => {
                let mut tags = Written::new();
                for (key, value) in &dict.items {
                    let Value::Text(key) = key else {
                        return wrong(Wanted::Tags);
                    };
                    tags.push((key.to_string(), self.printed(at, value)?));
                }
                Given::Tags(tags)
            }
            (Takes::Tags | Takes::Metrics, _) => return wrong(Wanted::Tags),
            (Takes::Empty, value) => {
                return if value.is_none_or(|value| !value.is_true()) {
                    Ok(None)
                } else {
                    Err(Problem::not_supported(at, Unsupported::Argument).into())
                };
            }
        };
        Ok(Some(given))
    }

    /// Does what a call asks for.
    fn does(&mut self, at: Span, does: Does) -> Result<Value, Halt> {
        match does {
            Does::Nothing => Ok(Value::None),
            Does::Call(call) => self.carry(at, &call),
            Does::Create { call, run_id } => self.create(at, call, &run_id),
            Does::LoadFile { path } => Ok(self.load_file(path)),
            Does::GetModel { stage } => self.get_model(at, stage),
            Does::SearchModels(asked) => {
                check_filter(at, &asked)?;
                let found = ask(self.world, |log| search::models(log.registry(), &asked));
                let names = found_or(at, found)?;
                self.objects(at, &names, |run, name| run.model(name))
            }
            Does::SearchVersions(asked) => {
                check_filter(at, &asked)?;
                let runs = &self.memory.runs;
                let found = ask(self.world, |log| {
                    search::versions(log.registry(), runs, &asked)
                });
                let versions = found_or(at, found)?;
                self.objects(at, &versions, |run, (name, number)| {
                    run.version(name, *number, false)
                })
            }
            Does::Stages => {
                let stages = Stage::ALL.map(|stage| Value::text(stage.as_str()));
                self.list(at, stages.to_vec(), false)
            }
            Does::DownloadUri { name, version } => {
                let found = ask(self.world, |log| {
                    let name = ModelName::parse(&name)?;
                    let version = WrittenVersion::parse(&version)?;
                    let found = log.registry().get_model_version(&name, &version)?;
                    Ok(found.storage().to_string())
                });
                let found = found.unwrap_or(Err(RefusalKind::NoSuchStep));
                Ok(Value::text(&found.map_err(|kind| refused(at, kind))?))
            }
            Does::Register { uri, name, tags } => self.register(at, uri, &name, tags),
            Does::CreateRun { name } => {
                let run = self.memory.runs.create(name);
                Ok(self.own_run(run))
            }
            Does::StartRun { run_id, name } => {
                let run = if run_id.is_empty() {
                    self.memory.runs.create(name)
                } else {
                    match self.find_run(at, &run_id)? {
                        Meant::Own(run) => run,
                        Meant::Of(..) => {
                            return Err(Problem::not_supported(at, Unsupported::Argument).into());
                        }
                    }
                };
                self.memory.runs.activate(Some(run));
                Ok(self.own_run(run))
            }
            Does::EndRun => {
                self.memory.runs.activate(None);
                Ok(Value::None)
            }
            Does::ActiveRun => Ok(match self.memory.runs.active() {
                Some(run) => self.own_run(run),
                None => Value::None,
            }),
            Does::GetRun { run_id } => Ok(match self.find_run(at, &run_id)? {
                Meant::Own(run) => self.own_run(run),
                Meant::Of(name, number) => ask(self.world, |log| {
                    let model = log.registry().model(&name)?;
                    Some(object::run_of(model, model.version(number)?))
                })
                .flatten()
                .unwrap_or(Value::None),
            }),
            Does::LogMetrics { run_id, metrics } => {
                self.log_metrics(at, &run_id, &metrics)?;
                Ok(Value::None)
            }
            Does::RunNote { run_id } => {
                self.find_run(at, &run_id)?;
                Ok(Value::None)
            }
        }
    }

    /// Carries a call of the client out, and makes an object of what it gives back.
    fn carry(&mut self, at: Span, call: &Call) -> Result<Value, Halt> {
        self.step(at)?;
        if let Call::CopyModelVersion { dst_name, .. } = call {
            return self.copy(at, call, dst_name);
        }
        if let Call::Ask(crate::registry::call::Question::ResolveUri { uri }) = call {
            return self.resolve(at, call, uri);
        }
        let answer = carry::call(self.world, call, Layer::Client, self.outputs);
        let answer = answer.map_err(|refusal| halted(at, refusal))?;
        self.answered(at, &answer)
    }

    fn answered(&mut self, at: Span, answer: &Answer) -> Result<Value, Halt> {
        Ok(match answer {
            Answer::Nothing => Value::None,
            Answer::Model(name) => self.model(name),
            Answer::Version(name, number) => self.version(name, *number, true),
            Answer::Versions(name, numbers) => {
                self.objects(at, numbers, |run, number| run.version(name, *number, true))?
            }
            Answer::Resolved(found) => self.loaded(Some((&found.name, found.version)), "", false),
        })
    }

    /// `load_model`: what it resolves to, or that nothing was loaded.
    fn resolve(&mut self, at: Span, call: &Call, asked: &str) -> Result<Value, Halt> {
        use uri::ModelUri;
        let parsed = ModelUri::parse(asked);
        if matches!(parsed, Ok(ModelUri::Stage { .. } | ModelUri::Latest { .. })) {
            self.warn(LATEST);
        }
        let answer = carry::call(self.world, call, Layer::Client, self.outputs);
        let found = match &answer {
            Ok(Answer::Resolved(found)) => Some((&found.name, found.version)),
            _ => None,
        };
        let value = self.loaded(found, asked, found.is_none());
        answer.map_err(|refusal| halted(at, refusal))?;
        Ok(value)
    }

    /// What was loaded, which is told.
    fn loaded(
        &mut self,
        found: Option<(&ModelName, VersionNumber)>,
        asked: &str,
        refused: bool,
    ) -> Value {
        let source = found.and_then(|(name, number)| {
            ask(self.world, |log| {
                let version = log.registry().model(name)?.version(number)?;
                Some(version.source().to_string())
            })
            .flatten()
        });
        let source = source.unwrap_or_default();
        let mut fields = Vec::new();
        if let Some((name, number)) = found {
            fields.push(("name", Value::text(name.as_str())));
            fields.push(("version", Value::int(number.get().into())));
        }
        let from = if source.is_empty() { asked } else { &source };
        fields.push(("source", Value::text(from)));
        self.outputs.push(Output::Loaded(Loaded {
            asked: asked.to_owned(),
            found: found.map(|(name, number)| (name.clone(), number)),
            source,
            refused,
        }));
        Value::object(Class::PyFuncModel, fields)
    }

    fn load_file(&mut self, path: String) -> Value {
        let model = self.world.app_model();
        let found = model.and_then(|name| {
            let number = ask(self.world, |log| {
                carry::from_file(log.registry().model(&name)?, &path)
            });
            Some((name, number.flatten()?))
        });
        let found = found.as_ref().map(|(name, number)| (name, *number));
        self.loaded(found, &path, false)
    }

    fn get_model(&mut self, at: Span, stage: String) -> Result<Value, Halt> {
        let known = Stage::parse(&stage).map_err(|kind| refused(at, kind))?;
        let Some(name) = self.world.app_model() else {
            return Err(Problem::not_supported(at, Unsupported::NoModel).into());
        };
        let answer = ask(self.world, |log| {
            let model = log.registry().get_model(&name)?;
            Ok(model.answer(known).version())
        });
        let answer = answer.unwrap_or(Err(RefusalKind::NoSuchStep));
        let number = answer.map_err(|kind| refused(at, kind))?;
        let value = self.loaded(
            number.map(|number| (&name, number)),
            &stage,
            number.is_none(),
        );
        if number.is_none() {
            let stage = Some(stage);
            return Err(refused(at, RefusalKind::NoVersions { name, stage }));
        }
        Ok(value)
    }

    /// `create_model_version` with the metrics of a run.
    fn create(&mut self, at: Span, mut call: Call, run_id: &str) -> Result<Value, Halt> {
        let run = self.memory.runs.find(self.world, run_id);
        if let Call::CreateModelVersion { metrics, .. } = &mut call {
            *metrics = self.metrics_of(run.as_ref());
        }
        let answer = carry::call(self.world, &call, Layer::Client, self.outputs);
        let answer = answer.map_err(|refusal| halted(at, refusal))?;
        if let (Some(Meant::Own(run)), Answer::Version(name, number)) = (run, &answer)
            && let Some(run) = self.memory.runs.get_mut(run)
        {
            run.versions.push((name.clone(), *number));
        }
        self.answered(at, &answer)
    }

    fn metrics_of(&self, run: Option<&Meant>) -> Written {
        match run {
            Some(Meant::Own(run)) => {
                let run = self.memory.runs.get(*run);
                run.map_or_else(Written::new, |run| run.metrics.clone())
            }
            Some(Meant::Of(name, number)) => ask(self.world, |log| {
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

    /// Whether there is a model of that name already, and what MLflow says of it.
    fn tell_of_model(&mut self, name: &str) -> bool {
        let there = ModelName::parse(name)
            .ok()
            .and_then(|name| ask(self.world, |log| log.registry().model(&name).is_some()));
        there.unwrap_or(false)
    }

    fn tell(&mut self, text: String) {
        self.outputs.push(Output::Told(text));
    }

    /// `mlflow.register_model`: a model where there is none yet, and a version of it.
    fn register(
        &mut self,
        at: Span,
        source: String,
        name: &str,
        tags: Written,
    ) -> Result<Value, Halt> {
        if self.tell_of_model(name) {
            self.tell(already(name));
        } else {
            let call = Call::CreateRegisteredModel {
                name: name.to_owned(),
                tags: Written::new(),
                description: String::new(),
            };
            self.carry(at, &call)?;
            self.tell(registered(name));
        }
        let run_id = runs::of_uri(&source).unwrap_or_default().to_owned();
        let call = Call::CreateModelVersion {
            name: name.to_owned(),
            source,
            tags,
            description: String::new(),
            metrics: Written::new(),
        };
        let version = self.create(at, call, &run_id)?;
        if let Value::Object(object) = &version
            && let Some(Value::Int(number)) = object.get("version")
        {
            self.tell(format!("Created version '{number}' of model '{name}'."));
        }
        Ok(version)
    }

    fn copy(&mut self, at: Span, call: &Call, to: &str) -> Result<Value, Halt> {
        let was_there = self.tell_of_model(to);
        let answer = carry::call(self.world, call, Layer::Client, self.outputs);
        let answer = answer.map_err(|refusal| halted(at, refusal))?;
        self.tell(if was_there {
            already(to)
        } else {
            registered(to)
        });
        if let Answer::Version(name, number) = &answer {
            let source = ask(self.world, |log| {
                let version = log.registry().model(name)?.version(*number)?;
                let source = version.source().as_str().strip_prefix("models:/")?;
                let (from, version) = source.rsplit_once('/')?;
                Some(format!(
                    "Copied version '{version}' of model '{from}' to version '{number}' of model '{name}'."
                ))
            });
            if let Some(told) = source.flatten() {
                self.tell(told);
            }
        }
        self.answered(at, &answer)
    }

    fn find_run(&self, at: Span, id: &str) -> Result<Meant, Halt> {
        self.memory.runs.find(self.world, id).ok_or_else(|| {
            Halt::from(Problem {
                at,
                kind: TroubleKind::Mlflow {
                    code: ErrorCode::ResourceDoesNotExist,
                    message: format!("Run with id={id} not found"),
                },
            })
        })
    }

    /// Logs metrics to a run, and to the versions that came from it. Without an active run, MLflow starts one.
    fn log_metrics(&mut self, at: Span, run_id: &str, metrics: &Written) -> Result<(), Halt> {
        let run = if run_id.is_empty() {
            let active = self.memory.runs.active();
            let run = active.unwrap_or_else(|| self.memory.runs.create(String::new()));
            self.memory.runs.activate(Some(run));
            Meant::Own(run)
        } else {
            self.find_run(at, run_id)?
        };
        let check = |key: &str, value: &str| {
            MetricName::parse(key)?;
            MetricValue::parse(value).map(|_| ())
        };
        for (key, value) in metrics {
            check(key, value).map_err(|kind| refused(at, kind))?;
            let versions = match &run {
                Meant::Of(name, number) => vec![(name.clone(), *number)],
                Meant::Own(run) => match self.memory.runs.get_mut(*run) {
                    Some(run) => {
                        runs::log(&mut run.metrics, key, value);
                        run.versions.clone()
                    }
                    None => Vec::new(),
                },
            };
            for (name, number) in versions {
                let there = ask(self.world, |log| {
                    log.registry()
                        .model(&name)
                        .and_then(|model| model.version(number))
                        .is_some()
                });
                // A run outlives the versions that came from it.
                if there == Some(true) {
                    let call = Call::LogMetric {
                        name: name.to_string(),
                        version: number.to_string(),
                        key: key.clone(),
                        value: value.clone(),
                    };
                    self.carry(at, &call)?;
                }
            }
        }
        Ok(())
    }

    fn own_run(&self, run: usize) -> Value {
        let at = ask(self.world, |log| log.registry().last_change()).unwrap_or_default();
        let is_active = self.memory.runs.active() == Some(run);
        let found = self.memory.runs.get(run);
        found.map_or(Value::None, |found| {
            object::own_run(found, &runs::own_id(run), at, is_active)
        })
    }

    fn model(&self, name: &ModelName) -> Value {
        let found = ask(self.world, |log| {
            log.registry().model(name).map(object::model)
        });
        found.flatten().unwrap_or(Value::None)
    }

    fn version(&self, name: &ModelName, number: VersionNumber, with_aliases: bool) -> Value {
        let found = ask(self.world, |log| {
            let model = log.registry().model(name)?;
            Some(object::version(model, model.version(number)?, with_aliases))
        });
        found.flatten().unwrap_or(Value::None)
    }

    /// A list of objects. Each takes the room of many values.
    fn objects<T>(
        &mut self,
        at: Span,
        found: &[T],
        make: impl Fn(&Self, &T) -> Value,
    ) -> Result<Value, Halt> {
        self.steps(at, found.len().saturating_mul(10))?;
        let objects = found.iter().map(|found| make(self, found)).collect();
        self.list(at, objects, false)
    }
}

fn already(name: &str) -> String {
    format!("Registered model '{name}' already exists. Creating a new version of this model...")
}

fn registered(name: &str) -> String {
    format!("Successfully registered model '{name}'.")
}

fn halted(at: Span, refusal: Refusal) -> Halt {
    Halt::Refused(Some(at), Box::new(refusal))
}

fn refused(at: Span, kind: RefusalKind) -> Halt {
    halted(at, kind.into())
}

fn problem<T>(at: Span, kind: TroubleKind) -> Result<T, Halt> {
    Err(Problem { at, kind }.into())
}

/// Refuses a filter that would take long: each of its letters may be compared with each of a tag's.
fn check_filter(at: Span, search: &search::Search) -> Result<(), Halt> {
    if search.filter.len() > LONGEST_FILTER {
        return problem(at, TroubleKind::TooLong);
    }
    Ok(())
}

/// What a search found, or MLflow's complaint about it.
fn found_or<T>(at: Span, found: Option<Result<Vec<T>, String>>) -> Result<Vec<T>, Halt> {
    found.unwrap_or_else(|| Ok(Vec::new())).map_err(|message| {
        Halt::from(Problem {
            at,
            kind: TroubleKind::Mlflow {
                code: ErrorCode::InvalidParameterValue,
                message,
            },
        })
    })
}

/// The place of a parameter among those of the method.
fn parameter(method: &'static Method, named: &Named) -> Result<usize, Problem> {
    let names = method.params.iter().map(|param| param.name);
    let found = names.clone().position(|name| name == named.name);
    found.ok_or_else(|| Problem {
        at: named.at,
        kind: TroubleKind::UnknownArgument {
            method: method.name,
            argument: named.name.clone(),
            nearest: nearest(&named.name, names),
        },
    })
}
