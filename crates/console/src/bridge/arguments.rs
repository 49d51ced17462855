//! The arguments of a call, from JSON. The package `mlflow` has made texts of what MLflow makes texts of.

use serde_json::Value;

use crate::methods::{self, Given, Method, Takes};
use registry::call::{VersionArgument, Written};

/// Arguments by their names. What is missing, or of another kind, is empty.
#[derive(Clone, Debug)]
pub struct JsonArguments(Value);

impl JsonArguments {
    /// Arguments from a JSON object.
    pub const fn new(arguments: Value) -> Self {
        Self(arguments)
    }

    fn get(&self, name: &str) -> &Value {
        self.0.get(name).unwrap_or(&Value::Null)
    }

    /// A text.
    pub fn text(&self, name: &str) -> String {
        self.maybe(name).unwrap_or_default()
    }

    /// A text, if there is one.
    pub fn maybe(&self, name: &str) -> Option<String> {
        self.get(name).as_str().map(str::to_owned)
    }

    /// A count, if there is one.
    pub fn count(&self, name: &str) -> Option<usize> {
        let Value::Number(count) = self.get(name) else {
            return None;
        };
        // What is larger than any count is as good as the largest.
        let count = count.as_i64().unwrap_or(i64::MAX);
        usize::try_from(count).ok()
    }

    /// Keys with their values, in their order: a list of pairs.
    pub fn pairs(&self, name: &str) -> Written {
        let pairs = self.get(name).as_array().into_iter().flatten();
        pairs
            .filter_map(|pair| {
                let key = pair.get(0)?.as_str()?;
                Some((key.to_owned(), pair.get(1)?.as_str()?.to_owned()))
            })
            .collect()
    }

    /// What a method takes, in its order.
    pub fn given(&self, method: &Method) -> methods::Arguments {
        let params = method.params.iter();
        let given = params.filter_map(|param| {
            let name = param.name;
            Some(match param.takes {
                Takes::Ignored | Takes::Empty => return None,
                Takes::Text
                | Takes::TextOrNone
                | Takes::ModelsUri
                | Takes::Version
                | Takes::Printed => Given::Text(self.text(name)),
                Takes::TagVersion => Given::TagVersion(match self.maybe(name) {
                    Some(version) => VersionArgument::Given(version),
                    None => VersionArgument::Missing,
                }),
                Takes::Flag => Given::Flag(self.get(name).as_bool() == Some(true)),
                Takes::Texts => {
                    let texts = self.get(name).as_array().into_iter().flatten();
                    let texts = texts.filter_map(|text| text.as_str().map(str::to_owned));
                    Given::Texts(texts.collect())
                }
                Takes::Count => Given::Count(self.count(name)),
                Takes::Tags | Takes::Metrics => Given::Tags(self.pairs(name)),
            })
        });
        methods::Arguments::new(given.collect())
    }
}
