//! What loads a model: a `models:/` URI, and the lesson's two functions.

use super::super::run::{Halt, Run};
use super::super::value::{Class, Value};
use super::{halted, refused};
use crate::console::carry::{self, Answer};
use crate::console::reply::{Loaded, Output};
use crate::console::trouble::{Problem, Span, Unsupported};
use crate::console::world::ask;
use crate::registry::call::{Call, Layer};
use crate::registry::uri::ModelUri;
use crate::registry::{ModelName, RefusalKind, Stage, VersionNumber};

/// The method that MLflow warns of where a URI names a stage or `latest`.
const LATEST: &str = "get_latest_versions";

impl Run<'_> {
    /// `load_model`: what it resolves to, or that nothing was loaded.
    pub(super) fn resolve(&mut self, at: Span, call: &Call, asked: &str) -> Result<Value, Halt> {
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
    pub(super) fn loaded(
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

    pub(super) fn load_file(&mut self, path: String) -> Value {
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

    pub(super) fn get_model(&mut self, at: Span, stage: String) -> Result<Value, Halt> {
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
}
