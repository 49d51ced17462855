//! The names that the small reader has given values, for a real Python that goes on with them.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::show;
use super::value::Value;
use super::value_type::SequenceType;
use super::value_type::{Module, ValueType};

/// Python that gives names the values that they have here, a line each. `__mlflow__` is the package there.
pub fn source<'n>(names: impl Iterator<Item = (&'n str, &'n Value)>) -> String {
    let mut known = Known::default();
    let mut source = String::new();
    for (name, value) in names {
        let expression = known.expression(value, Some(name.to_owned()));
        source.push_str(&format!("{name} = {expression}\n"));
    }
    source
}

fn all(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join(", ")
}

/// What has been written already, by where it is in memory: two names for one list stay two names for one list.
#[derive(Default)]
struct Known(BTreeMap<usize, String>);

impl Known {
    /// A value as Python. `path` leads to it afterwards.
    fn expression(&mut self, value: &Value, path: Option<String>) -> String {
        let address = match value {
            Value::List(items, _) => Some(Arc::as_ptr(items).addr()),
            Value::Dict(items) => Some(Arc::as_ptr(items).addr()),
            Value::Object(object) => Some(Arc::as_ptr(object).addr()),
            _ => None,
        };
        if let Some(known) = address.and_then(|address| self.0.get(&address)) {
            return known.clone();
        }
        let written = self.written(value, path.as_deref());
        if let Some((address, path)) = address.zip(path) {
            self.0.insert(address, path);
        }
        written
    }

    fn written(&mut self, value: &Value, path: Option<&str>) -> String {
        match value {
            Value::List(items, sequence) => {
                let items = items.iter().enumerate().map(|(at, item)| {
                    let path = path.map(|path| format!("{path}[{at}]"));
                    self.expression(item, path) + ","
                });
                let items: String = items.collect();
                match sequence {
                    SequenceType::List => format!("[{items}]"),
                    SequenceType::Tuple => format!("({items})"),
                }
            }
            Value::Dict(items) => {
                let items = items.iter().map(|(key, value)| {
                    let key = show::repr(&Value::Text(key.clone()));
                    let path = path.map(|path| format!("{path}[{key}]"));
                    format!("{key}: {}", self.expression(value, path))
                });
                format!("{{{}}}", all(items))
            }
            plain => expression(plain),
        }
    }
}

fn expression(value: &Value) -> String {
    const ENTITIES: &str = "__mlflow__.entities.model_registry";
    match value {
        Value::Object(object) if object.kind == ValueType::PyFuncModel => {
            let run_id = value.attribute("run_id").map(|id| show::repr(&id));
            let run_id = run_id.unwrap_or_default();
            format!("__mlflow__._flavors.PyFuncModel('models:/', None, {run_id})")
        }
        Value::Object(object) => {
            let made_of = |of: &str, value: &Value| {
                let Value::Dict(items) = value else {
                    return expression(value);
                };
                let items = items.iter().map(|(key, value)| {
                    let key = Value::Text(key.clone());
                    format!(
                        "{ENTITIES}.{of}({}, {})",
                        show::repr(&key),
                        expression(value)
                    )
                });
                format!("[{}]", all(items))
            };
            let tag = format!("{:?}Tag", object.kind);
            let fields = object.fields.iter().map(|(name, value)| {
                let of = if *name == "tags" {
                    &tag
                } else {
                    "RegisteredModelAlias"
                };
                format!("{name}={}", made_of(of, value))
            });
            format!("{ENTITIES}.{:?}({})", object.kind, all(fields))
        }
        Value::Run(id) => format!(
            "__mlflow__.get_run({})",
            show::repr(&Value::Text(id.clone()))
        ),
        Value::RunInfo(id) => expression(&Value::Run(id.clone())) + ".info",
        Value::Client => "__mlflow__.MlflowClient()".to_owned(),
        Value::NewClient => "__mlflow__.MlflowClient".to_owned(),
        Value::Module(Module::Mlflow) => "__mlflow__".to_owned(),
        Value::Module(Module::Tracking) => "__mlflow__.tracking".to_owned(),
        Value::Module(Module::Pyfunc) => "__mlflow__.pyfunc".to_owned(),
        Value::Lesson => "__mlflow__._unknown.Unknown('the model', 'model')".to_owned(),
        // Lists in an object, of texts or of versions.
        Value::List(..) | Value::Dict(_) => Known::default().written(value, None),
        plain => show::repr(plain),
    }
}
