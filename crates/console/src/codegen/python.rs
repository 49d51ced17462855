//! Calls of `MlflowClient`.

use super::method_call::{self, ArgumentValue, MethodCall};
use super::ops::Op;
use super::quote;

/// How wide a line may be, as formatters of Python have it.
const WIDTH: usize = 88;

/// Writes what a server is told, each statement with its line end.
pub fn write(out: &mut String, op: &Op) {
    match op {
        Op::Call(command) => {
            if let Some(said) = method_call::of(command) {
                client(out, &said);
            }
        }
        Op::Create {
            name,
            source,
            description,
            tags,
            run,
            ..
        } => {
            if let Some(metrics) = run {
                out.push_str("run = client.create_run(experiment_id=\"0\")\n");
                for (key, value) in metrics {
                    let key = quote::python(key.as_str());
                    out.push_str(&format!(
                        "client.log_metric(run.info.run_id, {key}, {value})\n"
                    ));
                }
            }
            let has_run = run.is_some();
            client(
                out,
                &method_call::create(name, source, has_run, tags, description),
            );
        }
        Op::Copy {
            name,
            version,
            dst_name,
            ..
        } => client(
            out,
            &MethodCall {
                method: "copy_model_version",
                arguments: Vec::new(),
            }
            .text("src_model_uri", &format!("models:/{name}/{version}"))
            .text("dst_name", dst_name.as_str()),
        ),
        Op::Log {
            name,
            version,
            key,
            value,
            ..
        } => out.push_str(&format!(
            "client.log_metric(client.get_model_version({}, \"{version}\").run_id, {}, {value})\n",
            quote::python(name.as_str()),
            quote::python(key.as_str()),
        )),
    }
}

/// Writes a call of the client: on one line where it fits, otherwise an argument a line.
pub fn client(out: &mut String, said: &MethodCall) {
    let arguments: Vec<String> = said
        .arguments
        .iter()
        .map(|(name, argument)| format!("{name}={}", value(argument)))
        .collect();
    let line = format!("client.{}({})\n", said.method, arguments.join(", "));
    if line.chars().count() <= WIDTH + 1 {
        out.push_str(&line);
        return;
    }
    out.push_str(&format!("client.{}(\n", said.method));
    for argument in arguments {
        out.push_str(&format!("    {argument},\n"));
    }
    out.push_str(")\n");
}

fn value(argument: &ArgumentValue) -> String {
    match argument {
        ArgumentValue::Text(text) => quote::python(text),
        ArgumentValue::Flag => "True".to_owned(),
        ArgumentValue::Run => "run.info.run_id".to_owned(),
        ArgumentValue::Tags(tags) => {
            let items: Vec<String> = tags
                .iter()
                .map(|(key, value)| {
                    let (key, value) = (key.as_str(), value.as_str());
                    format!("{}: {}", quote::python(key), quote::python(value))
                })
                .collect();
            format!("{{{}}}", items.join(", "))
        }
    }
}
