//! What an app would load: by a `models:/` URI, or by the lesson's own functions.

use serde_json::Value;

use super::{CallContext, CallError, CallResult};
use crate::execute::{self, ReturnValue};
use crate::registry_host::ask;
use crate::reply::{Loaded, Output};
use registry::call::{ApiLayer, Question, RawCall};
use registry::{ModelName, RefusalKind, Stage, VersionNumber, uri};

impl CallContext<'_> {
    /// What an app would load.
    pub(super) fn load_model(&mut self, asked: &str) -> CallResult {
        let call = RawCall::Ask(Question::ResolveUri {
            uri: asked.to_owned(),
        });
        let answer = execute::call(self.host, &call, ApiLayer::Client, self.outputs)?;
        let ReturnValue::Resolved(found) = answer else {
            return Ok(Value::Null);
        };
        let version = self.version(&found.name, found.version, true);
        self.loaded(
            asked,
            Some((found.name, found.version)),
            found.source.to_string(),
        );
        Ok(version)
    }

    fn loaded(&mut self, asked: &str, found: Option<(ModelName, VersionNumber)>, source: String) {
        self.outputs.push(Output::Loaded(Loaded {
            asked: asked.to_owned(),
            found,
            source,
            refused: false,
        }));
    }

    /// The source of a version, as it was given.
    fn source(&self, name: &ModelName, number: VersionNumber) -> String {
        let source = ask(self.host, |log| {
            let version = log.registry().model(name)?.version(number)?;
            Some(version.source().to_string())
        });
        source.flatten().unwrap_or_default()
    }

    /// The lesson's `load_model`, which takes a file. Given a `models:/` URI it asks the registry.
    pub(super) fn load_file(&mut self, path: &str) -> CallResult {
        if uri::is_models_scheme(path) {
            self.load_model(path)?;
            return Ok(Value::Null);
        }
        let found = self.host.app_model().and_then(|name| {
            let number = ask(self.host, |log| {
                execute::from_file(log.registry().model(&name)?, path)
            });
            Some((name, number.flatten()?))
        });
        let source = found
            .as_ref()
            .map(|(name, number)| self.source(name, *number));
        self.loaded(path, found, source.unwrap_or_default());
        Ok(Value::Null)
    }

    /// The lesson's `get_model`, which asks for what is in a stage of the model on the page.
    pub(super) fn get_model(&mut self, stage: &str) -> CallResult {
        let known = Stage::parse(stage)?;
        let Some(name) = self.host.app_model() else {
            return Err(CallError::Unknown("model"));
        };
        let answer = ask(self.host, |log| {
            let model = log.registry().get_model(&name)?;
            Ok(model.answer(known).version())
        });
        let Some(number) = answer.unwrap_or(Err(RefusalKind::NoSuchStep))? else {
            let stage = Some(stage.to_owned());
            return Err(RefusalKind::NoVersions { name, stage }.into());
        };
        let source = self.source(&name, number);
        self.loaded(stage, Some((name, number)), source);
        Ok(Value::Null)
    }
}
