//! Runs and their metrics, and the versions that are created from a run.

use super::super::object;
use super::super::run::{Halt, Run};
use super::super::value::Value;
use super::{halted, refused};
use crate::console::carry::{self, Answer};
use crate::console::runs::{self, Meant};
use crate::console::trouble::{Problem, Span, TroubleKind, Unsupported};
use crate::console::world::ask;
use crate::registry::call::{Call, Layer, Written};
use crate::registry::{MetricName, MetricValue};

impl Run<'_> {
    /// `create_model_version` with the metrics of a run.
    pub(super) fn create(&mut self, at: Span, mut call: Call, run_id: &str) -> Result<Value, Halt> {
        self.memory.change(at)?;
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

    pub(super) fn find_run(&self, at: Span, id: &str) -> Result<Meant, Halt> {
        self.memory.runs.find(self.world, id).ok_or_else(|| {
            let kind = TroubleKind::Mlflow(runs::not_found(id));
            Halt::from(Problem { at, kind })
        })
    }

    /// `mlflow.start_run`: a new run, or one that was made here before, is the active one from now on.
    pub(super) fn start_run(&mut self, at: Span, id: &str, name: String) -> Result<Value, Halt> {
        let run = if id.is_empty() {
            self.memory.runs.create(name)
        } else {
            match self.find_run(at, id)? {
                Meant::Own(run) => run,
                Meant::Of(..) => {
                    return Err(Problem::not_supported(at, Unsupported::Argument).into());
                }
            }
        };
        self.memory.runs.activate(Some(run));
        Ok(self.own_run(run))
    }

    /// `get_run`: one that was made here, or the one that a version has of its own.
    pub(super) fn get_run(&self, at: Span, id: &str) -> Result<Value, Halt> {
        Ok(match self.find_run(at, id)? {
            Meant::Own(run) => self.own_run(run),
            Meant::Of(name, number) => ask(self.world, |log| {
                let model = log.registry().model(&name)?;
                Some(object::run_of(model, model.version(number)?))
            })
            .flatten()
            .unwrap_or(Value::None),
        })
    }

    /// Logs metrics to a run, and to the versions that came from it. Without an active run, MLflow starts one.
    pub(super) fn log_metrics(
        &mut self,
        at: Span,
        run_id: &str,
        metrics: &Written,
    ) -> Result<(), Halt> {
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

    pub(super) fn own_run(&self, run: usize) -> Value {
        let at = ask(self.world, |log| log.registry().last_change()).unwrap_or_default();
        let is_active = self.memory.runs.active() == Some(run);
        let found = self.memory.runs.get(run);
        found.map_or(Value::None, |found| {
            object::own_run(found, &runs::own_id(run), at, is_active)
        })
    }
}
