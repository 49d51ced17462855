//! Requests of Python's own (`requests`, `urllib.request`) to the REST server. They go the way of a `curl` line.

use serde_json::{Value, json};

use super::{Arguments, Calling, Done, Halt};
use crate::console::rest::{self, Answer, Refused, Told};
use crate::console::trouble::TroubleKind;

/// Carries a request out: `verb`, `url` and, where there is one, `body`. The answer has `status` and `body`.
pub(super) fn request(calling: &mut Calling<'_>, arguments: &Arguments) -> Done {
    let (verb, url) = (arguments.text("verb"), arguments.text("url"));
    let body = arguments.text("body");
    let is_word = |text: &str| !text.is_empty() && !text.contains(char::is_whitespace);
    if !is_word(&verb) || !is_word(&url) {
        return Err(Halt::Unknown("This is no request."));
    }
    let text = format!("{verb} {url} {body}");
    let mut steps = rest::split(&text).unwrap_or_default();
    let (Some(step), true) = (steps.pop(), steps.is_empty()) else {
        return Err(Halt::Unknown("This is no request."));
    };
    let answer = match step.read(&rest::Variables::default()) {
        Ok(Told::Call(statement, _)) => {
            let (world, runs) = (&mut *calling.world, &mut *calling.runs);
            match rest::carry(world, runs, &statement.does, &mut calling.outputs) {
                Ok(done) => done.answer,
                Err(why) => match (why.answer(), why) {
                    (Some(answer), _) => answer,
                    (None, Refused::Registry(refusal)) => return Err(refusal.into()),
                    (None, Refused::Server(complaint)) => return Err(complaint.into()),
                },
            }
        }
        Ok(_) => return Err(Halt::Unknown("This is no request.")),
        Err(problem) => match &problem.kind {
            TroubleKind::Rest(fault) => match Answer::fault(fault) {
                Some(answer) => answer,
                None => return Err(Halt::Unknown("This is no request.")),
            },
            _ => return Err(Halt::Unknown("This is no request.")),
        },
    };
    Ok(json!({ "status": answer.status, "body": Value::String(answer.body) }))
}
