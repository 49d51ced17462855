//! A small good pack of one exercise, to break one thing in.

use serde_json::{Value, json};

/// A move, as a pack has it.
pub fn transition(version: u32, stage: &str) -> Value {
    json!({"do": "transition_model_version_stage", "name": "m", "version": version, "stage": stage})
}

/// A condition on a stage, as a pack has it.
pub fn in_stage(version: u32, stage: &str) -> Value {
    json!({"is": "stage", "model": "m", "version": version, "stage": stage})
}

/// A small good pack of one exercise; each case below breaks one thing in it.
pub fn small() -> Value {
    json!({
        "format": "model-stages-pack", "version": 1, "id": "small", "title": "Small", "language": "en",
        "sources": [{"id": "there", "title": "There", "url": "https://example.org/"}],
        "exercises": [{
            "id": "one", "track": "stages", "form": "free", "title": "One", "objective": "transitions",
            "story": "Version 1 is new. Bring it live.", "rules": "guided", "model": "m",
            "start": [
                {"do": "create_registered_model", "name": "m"}, {"do": "create_model_version", "name": "m"},
                {"do": "create_model_version", "name": "m"}],
            "goal": [in_stage(1, "Production"), in_stage(2, "None")],
            "allow": [{"do": "transition_model_version_stage"}], "par": 2,
            "hints": {"nudge": "Look.", "idea": "Do."},
            "debrief": "So it is: [there](source:there).", "at_work": "At work too."}],
    })
}

/// Sets fields of the exercise; null removes one.
pub fn with(fields: &Value) -> Value {
    let mut pack = small();
    let exercise = pack["exercises"][0].as_object_mut().unwrap();
    for (key, value) in fields.as_object().unwrap() {
        if value.is_null() {
            exercise.remove(key);
        } else {
            exercise.insert(key.clone(), value.clone());
        }
    }
    pack
}
