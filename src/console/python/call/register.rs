//! What MLflow tells of while it is done: a version registered from a URI, and a copy.

use super::super::run::{Halt, Run};
use super::super::value::Value;
use super::halted;
use crate::console::carry::{self, Answer};
use crate::console::reply::Output;
use crate::console::runs;
use crate::console::trouble::Span;
use crate::console::world::ask;
use crate::registry::ModelName;
use crate::registry::call::{Call, Layer, Written};

impl Run<'_> {
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
    pub(super) fn register(
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

    pub(super) fn copy(&mut self, at: Span, call: &Call, to: &str) -> Result<Value, Halt> {
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
}

fn already(name: &str) -> String {
    format!("Registered model '{name}' already exists. Creating a new version of this model...")
}

fn registered(name: &str) -> String {
    format!("Successfully registered model '{name}'.")
}
