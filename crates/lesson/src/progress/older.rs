//! Progress as earlier versions of the app have written it, carried over to what is written today. The store and the
//! progress files share it.

use serde_json::Value;

use super::question::is_in_sight;
use registry::Time;

/// Progress of version 1, as version 2 writes it.
///
/// Version 1 had no `right_since`. Of the right answers in a row it has the time of the last one alone, so the row begins
/// there. It had no round and no choices either; there are none, then.
pub fn from_version_1(mut progress: Value) -> Value {
    let questions = progress
        .get_mut("questions")
        .and_then(Value::as_object_mut)
        .into_iter()
        .flat_map(|questions| questions.values_mut());
    for question in questions.filter_map(Value::as_object_mut) {
        let time = |key: &str| question.get(key).and_then(Value::as_u64).map(Time);
        let last_right = question.get("last").and_then(Value::as_str) == Some("right");
        let Some(at) = time("reviewed_at").filter(|_| last_right) else {
            continue;
        };
        if !is_in_sight(time("wrong_at"), at) && !is_in_sight(time("shown_at"), at) {
            question.insert("right_since".to_owned(), at.0.into());
        }
    }
    progress
}
