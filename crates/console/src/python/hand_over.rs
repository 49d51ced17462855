//! The names that the small reader has given values, for a real Python that goes on with them.

use super::kind::{Kind, Module};
use super::show;
use super::tree::Shape;
use super::value::Value;

/// Python that gives names the values that they have here.
#[must_use]
pub fn source<'n>(names: impl Iterator<Item = (&'n str, &'n Value)>) -> String {
    let mut source = "import mlflow as _mlflow\n".to_owned();
    for (name, value) in names {
        source.push_str(&format!("{name} = {}\n", expression(value)));
    }
    source
}

fn all(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join(", ")
}

fn expression(value: &Value) -> String {
    const ENTITIES: &str = "_mlflow.entities.model_registry";
    match value {
        Value::List(items, shape) => {
            let items = items.iter().map(|item| expression(item) + ",");
            let items: String = items.collect();
            match shape {
                Shape::List => format!("[{items}]"),
                Shape::Tuple => format!("({items})"),
            }
        }
        Value::Dict(items) => {
            let items = items.iter().map(|(key, value)| {
                let key = Value::Text(key.clone());
                format!("{}: {}", show::repr(&key), expression(value))
            });
            format!("{{{}}}", all(items))
        }
        Value::Object(object) if object.kind == Kind::PyFuncModel => {
            let run_id = value.attribute("run_id").map(|id| show::repr(&id));
            let run_id = run_id.unwrap_or_default();
            format!("_mlflow._flavors.PyFuncModel('models:/', None, {run_id})")
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
        Value::Run(id) => format!("_mlflow.get_run({})", show::repr(&Value::Text(id.clone()))),
        Value::RunInfo(id) => expression(&Value::Run(id.clone())) + ".info",
        Value::Client => "_mlflow.MlflowClient()".to_owned(),
        Value::NewClient => "_mlflow.MlflowClient".to_owned(),
        Value::Module(Module::Mlflow) => "_mlflow".to_owned(),
        Value::Module(Module::Tracking) => "_mlflow.tracking".to_owned(),
        Value::Module(Module::Pyfunc) => "_mlflow.pyfunc".to_owned(),
        Value::Lesson => "None".to_owned(),
        plain => show::repr(plain),
    }
}
