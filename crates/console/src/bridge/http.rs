//! Requests of Python's own (`requests`, `urllib.request`) to the REST server. They go the way of a `curl` line.

use serde_json::json;

use super::arguments::JsonArguments;
use super::context::{CallContext, CallError, CallResult};
use crate::diagnostic::DiagnosticKind;
use crate::rest::{self, Fault, HttpResponse, Parsed, Refused};

/// A word of a command line.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

/// Carries a request out: `verb`, `url` and, where there are any, `body` and `content_type`. The answer has `status` and
/// `body`.
pub(super) fn request(context: &mut CallContext<'_>, arguments: &JsonArguments) -> CallResult {
    let no_request = || CallError::Unknown("request");
    let [verb, url, body] = ["verb", "url", "body"].map(|name| arguments.text(name));
    let mut line = format!("curl -g -X {} {}", quoted(&verb), quoted(&url));
    if !body.is_empty() {
        let kind = arguments.text("content_type");
        let header = quoted(&format!("Content-Type: {kind}"));
        line.push_str(&format!(" -H {header} --data-raw {}", quoted(&body)));
    }
    let mut steps = rest::split(&line).unwrap_or_default();
    let (Some(step), true) = (steps.pop(), steps.is_empty()) else {
        return Err(no_request());
    };
    let response = match step.read(&rest::Variables::default()) {
        Ok(Parsed::Call(statement, _)) => {
            let (host, runs) = (&mut *context.host, &mut *context.runs);
            let outcome = rest::execute(host, runs, &statement.operation, context.outputs);
            match outcome.map_err(|why| (why.response(), why)) {
                Ok(outcome) => outcome.response,
                Err((Some(response), _)) => response,
                Err((None, Refused::Registry(refusal))) => return Err(refusal.into()),
                Err((None, Refused::Server(complaint))) => return Err(complaint.into()),
            }
        }
        Ok(_) => return Err(no_request()),
        Err(problem) => match &problem.kind {
            DiagnosticKind::Rest(fault) => {
                let missing = Fault::ContentType { is_missing: true };
                let is_missing = matches!(fault, Fault::ContentType { .. })
                    && arguments.maybe("content_type").is_none();
                let fault = if is_missing { &missing } else { fault };
                HttpResponse::fault(fault).ok_or_else(no_request)?
            }
            _ => return Err(no_request()),
        },
    };
    Ok(json!({ "status": response.status, "body": response.body }))
}
