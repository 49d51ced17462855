//! Calls of MLflow, carried out, and what comes of them.

use super::super::carry::{self, Answer};
use super::super::culprit;
use super::super::methods::{Arguments, Method};
use super::super::reply::Output;
use super::super::trouble::{Complaint, Problem, Raised, Span, TroubleKind, Unsupported};
use super::super::world::ask;
use super::super::{Does, search};
use super::object;
use super::run::{Halt, Run, raised};
use super::tree::Argument;
use super::value::{Function, Value};
use crate::registry::call::{Call, Layer};
use crate::registry::id::WrittenVersion;
use crate::registry::{ModelName, Refusal, RefusalKind, Stage, VersionNumber};

mod argument;
mod load;
mod register;
mod runs;

/// The greatest length of a filter, in bytes.
const LONGEST_FILTER: usize = 1_000;

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
                    .map_err(|halt| pointed(halt, method, arguments))
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

    /// Does what a call asks for.
    fn does(&mut self, at: Span, does: Does) -> Result<Value, Halt> {
        match does {
            Does::Nothing | Does::PageOfModels(_) | Does::PageOfVersions(_) => Ok(Value::None),
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
            Does::DownloadUri { name, version } => self.download_uri(at, &name, &version),
            Does::Register { uri, name, tags } => self.register(at, uri, &name, tags),
            Does::CreateRun { name } => {
                let run = self.memory.runs.create(name);
                Ok(self.own_run(run))
            }
            Does::StartRun { run_id, name } => self.start_run(at, &run_id, name),
            Does::EndRun => {
                self.memory.runs.activate(None);
                Ok(Value::None)
            }
            Does::ActiveRun => Ok(match self.memory.runs.active() {
                Some(run) => self.own_run(run),
                None => Value::None,
            }),
            Does::GetRun { run_id } => self.get_run(at, &run_id),
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

    /// `get_model_version_download_uri`: where the files of a version lie.
    fn download_uri(&self, at: Span, name: &str, version: &str) -> Result<Value, Halt> {
        let found = ask(self.world, |log| {
            let name = ModelName::parse(name)?;
            let version = WrittenVersion::parse(version)?;
            let found = log.registry().get_model_version(&name, &version)?;
            Ok(found.storage().to_string())
        });
        let found = found.unwrap_or(Err(RefusalKind::NoSuchStep));
        Ok(Value::text(&found.map_err(|kind| refused(at, kind))?))
    }

    /// Carries a call of the client out, and makes an object of what it gives back.
    fn carry(&mut self, at: Span, call: &Call) -> Result<Value, Halt> {
        if matches!(call, Call::Ask(_)) {
            self.step(at)?;
        } else {
            self.memory.change(at)?;
        }
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

/// A refusal of a call, or a complaint about it, points at the argument that it is about.
fn pointed(halt: Halt, method: &Method, arguments: &[Argument]) -> Halt {
    let place_of = |parameter: &&str| {
        let named = |argument: &&Argument| {
            let name = argument.name.as_ref();
            name.is_some_and(|named| named.name == *parameter)
        };
        let by_place = || {
            let mut params = method.params.iter();
            let place = params.position(|param| param.name == *parameter)?;
            arguments.get(place).filter(|it| it.name.is_none())
        };
        let argument = arguments.iter().find(named).or_else(by_place)?;
        Some(argument.value.at)
    };
    match halt {
        Halt::Refused(at, refusal) => {
            let closer = culprit::parameters(&refusal.kind).iter().find_map(place_of);
            Halt::Refused(closer.or(at), refusal)
        }
        Halt::Problem(mut problem) => {
            if let TroubleKind::Mlflow(complaint) = &problem.kind
                && let Some(closer) = place_of(&complaint.about)
            {
                problem.at = closer;
            }
            Halt::Problem(problem)
        }
    }
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
fn found_or<T>(at: Span, found: Option<Result<Vec<T>, Complaint>>) -> Result<Vec<T>, Halt> {
    found
        .unwrap_or_else(|| Ok(Vec::new()))
        .map_err(|complaint| {
            let kind = TroubleKind::Mlflow(complaint);
            Halt::from(Problem { at, kind })
        })
}
