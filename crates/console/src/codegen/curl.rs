//! Requests to the REST server, as command lines of `curl`.

use super::base::Base;
use super::method_call::{self, ArgumentValue, MethodCall};
use super::ops::Op;
use super::quote;
use crate::export::source::stand_in;
use crate::rest::endpoints::{self, Endpoint, ROOT, Verb};
use registry::percent::{self, UNRESERVED};
use registry::{FreeText, MetricName, MetricValue, ModelName, Tags, Time, VersionNumber};

/// How the address and the flags of `curl` are written.
#[derive(Clone, Copy, Debug)]
pub enum Place<'a> {
    /// Each request has the whole address.
    Here(&'a Base),
    /// In a script: the address stands in the variable `BASE`, and a refusal ends the script.
    Script,
}

/// The run that a request is about.
const RUN: &str = "'\"$RUN_ID\"'";

/// Takes the ID of a run out of an answer.
pub const TAKE_RUN: &str = "sed -n 's/.*\"run_id\": *\"\\([^\"]*\\)\".*/\\1/p'";

/// The longest body that stands in an argument: systems end at 128 KiB for one.
const MAX_ARGUMENT: usize = 100_000;

/// Writes what a server is told, each request with its line end.
pub fn write(out: &mut String, op: &Op, place: Place) {
    match op {
        Op::Call(command) => {
            if let Some(said) = method_call::of(command) {
                request(out, &said, place);
            }
        }
        Op::Create {
            name,
            source,
            description,
            tags,
            run,
            at,
        } => {
            if let Some(metrics) = run {
                out.push_str("RUN_ID=$(");
                post(out, "runs/create", "{\"experiment_id\": \"0\"}", place);
                out.push_str(&format!(" | {TAKE_RUN})\n"));
                for (key, value) in metrics {
                    metric(out, key, *value, *at, place);
                }
            }
            let has_run = run.is_some();
            // A server does not take every source: another one stands for it.
            let stands = stand_in(source.as_str()).and_then(|it| FreeText::parse(&it).ok());
            let source = stands.as_ref().unwrap_or(source);
            request(
                out,
                &method_call::create(name, source, has_run, tags, description),
                place,
            );
        }
        Op::Copy {
            name,
            version,
            dst_name,
            creates,
            description,
            tags,
        } => {
            if *creates {
                let said = MethodCall::new("create_registered_model", dst_name);
                request(out, &said, place);
            }
            copy(out, name, *version, dst_name, description, tags, place);
        }
        Op::Log {
            name,
            version,
            key,
            value,
            at,
        } => {
            run_of(out, name, *version, place);
            metric(out, key, *value, *at, place);
        }
    }
}

fn copy(
    out: &mut String,
    name: &ModelName,
    version: VersionNumber,
    dst_name: &ModelName,
    description: &FreeText,
    tags: &Tags,
    place: Place,
) {
    // As the client does it: the copy comes from the same run, which has its metrics.
    run_of(out, name, version, place);
    let source = format!("models:/{name}/{version}");
    let said = MethodCall::new("create_model_version", dst_name)
        .text("source", &source)
        .with("run_id", ArgumentValue::Run)
        .tags(tags)
        .text_if("description", description);
    request(out, &said, place);
}

/// Keeps the run that a version comes from.
fn run_of(out: &mut String, name: &ModelName, version: VersionNumber, place: Place) {
    out.push_str("RUN_ID=$(");
    start(out, Verb::Get, place);
    let mut query = "?name=".to_owned();
    query.push_str(&percent::encode(name.as_str(), UNRESERVED));
    query.push_str(&format!("&version={version}"));
    address(out, "model-versions/get", &query, place);
    out.push_str(&format!(" | {TAKE_RUN})\n"));
}

fn metric(out: &mut String, key: &MetricName, value: MetricValue, at: Time, place: Place) {
    let mut body = format!("{{\"run_id\": \"{RUN}\", \"key\": ");
    // A metric's name has no apostrophe that would end the quotes of the shell.
    quote::json(&mut body, key.as_str());
    body.push_str(&format!(", \"value\": {value}, \"timestamp\": {}}}", at.0));
    start(out, Verb::Post, place);
    address(out, "runs/log-metric", "", place);
    out.push_str(&format!("{HEADER} \\\n  -d '{body}'\n"));
}

const HEADER: &str = " \\\n  -H 'Content-Type: application/json'";

fn start(out: &mut String, verb: Verb, place: Place) {
    out.push_str("curl");
    if let Place::Script = place {
        out.push_str(" -sS --fail-with-body -w '\\n'");
    }
    match verb {
        Verb::Get => {}
        other => out.push_str(&format!(" -X {other}")),
    }
}

fn address(out: &mut String, path: &str, query: &str, place: Place) {
    match place {
        Place::Here(base) if query.is_empty() => out.push_str(&format!(" {base}{ROOT}{path}")),
        Place::Here(base) => out.push_str(&format!(" '{base}{ROOT}{path}{query}'")),
        Place::Script => out.push_str(&format!(" \"$BASE{ROOT}{path}{query}\"")),
    }
}

/// A request without its line end: what it answers may go on somewhere.
fn post(out: &mut String, path: &str, body: &str, place: Place) {
    start(out, Verb::Post, place);
    address(out, path, "", place);
    out.push_str(&format!("{HEADER} \\\n  -d '{body}'"));
}

/// Writes the request of a method.
pub fn request(out: &mut String, said: &MethodCall, place: Place) {
    let Some(endpoint) = endpoints::of_method(said.method) else {
        return;
    };
    let verb = endpoint.verbs.first().copied().unwrap_or(Verb::Post);
    let body = body(endpoint, said);
    start(out, verb, place);
    address(out, endpoint.path, "", place);
    out.push_str(HEADER);
    if body.len() > MAX_ARGUMENT {
        // The run's ID is put in by the shell here as well; what else it would put in is kept from it.
        let body = body
            .replace(['\\'], "\\\\")
            .replace('$', "\\$")
            .replace('`', "\\`");
        let body = body.replace(RUN_MARK, "$RUN_ID");
        out.push_str(&format!(" \\\n  --data-binary @- <<JSON\n{body}\nJSON\n"));
        return;
    }
    let body = body.replace('\'', "'\\''").replace(RUN_MARK, RUN);
    out.push_str(&format!(" \\\n  -d '{body}'\n"));
}

/// Stands for the run's ID until it is known how the body is quoted. No JSON has it: there it would be an escape.
const RUN_MARK: &str = "\u{0}";

fn body(endpoint: &Endpoint, said: &MethodCall) -> String {
    let mut out = "{".to_owned();
    for (name, argument) in &said.arguments {
        let field = endpoint.fields.iter().find(|field| field.param == *name);
        let Some(field) = field else { continue };
        if out.len() > 1 {
            out.push_str(", ");
        }
        out.push_str(&format!("\"{}\": ", field.name));
        match argument {
            ArgumentValue::Text(text) => quote::json(&mut out, text),
            ArgumentValue::Flag => out.push_str("true"),
            ArgumentValue::Run => out.push_str(&format!("\"{RUN_MARK}\"")),
            ArgumentValue::Tags(tags) => {
                out.push('[');
                for (at, (key, value)) in tags.iter().enumerate() {
                    out.push_str(if at == 0 {
                        "{\"key\": "
                    } else {
                        ", {\"key\": "
                    });
                    quote::json(&mut out, key.as_str());
                    out.push_str(", \"value\": ");
                    quote::json(&mut out, value.as_str());
                    out.push('}');
                }
                out.push(']');
            }
        }
    }
    out.push('}');
    out
}
