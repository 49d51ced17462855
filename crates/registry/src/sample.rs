//! The registry of a first visit: a few months in the life of a fraud-detection model, as data.

use super::command::Command;
use super::context::{Actor, Context};
use super::history::{Log, Record};
use super::id::{FreeText, Time};
use super::json::{self, JsonError, Reader};
use super::rules::RuleSet;

/// A step of the sample's history. Its age is counted back from the day of the first visit.
struct Step {
    hours_ago: u64,
    by: FreeText,
    why: FreeText,
    command: Command,
}

/// Reads the steps.
fn steps() -> Result<Vec<Step>, JsonError> {
    let text = include_str!("../../../content/sample.json");
    let serde_json::Value::Array(steps) = json::parse(text)? else {
        return Err(JsonError("a list of steps"));
    };
    let mut read = Vec::with_capacity(steps.len());
    for step in steps {
        let mut from = Reader::new(step)?;
        read.push(Step {
            hours_ago: from.field("hours_ago")?,
            by: from.field("by")?,
            why: from.field_or_default("why")?,
            command: from.field("do")?,
        });
        from.finish()?;
    }
    Ok(read)
}

/// Returns the sample's history up to `now`, and the records that keep it. It follows the guided rules throughout.
///
/// Steps that could not be read or carried out are left out; a test holds that there are none.
pub fn sample(now: Time) -> (Log, Vec<Record>) {
    let steps = steps().unwrap_or_default();
    let mut log = Log::default();
    let records = steps
        .into_iter()
        .filter_map(|step| {
            let context = Context {
                at: Time(now.0.saturating_sub(step.hours_ago * 3_600_000)),
                rules: RuleSet::Guided,
                actor: Actor::Colleague(step.by),
                comment: step.why,
            };
            log.act(&context, &step.command).ok()
        })
        .collect();
    (log, records)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ModelName, Stage};

    #[test]
    fn every_step_of_the_sample_is_carried_out() {
        let steps = steps().expect("the sample is well-formed");
        let (log, records) = sample(Time(1_800_000_000_000));
        assert_eq!(records.len(), steps.len());
        assert_eq!(log.step(), steps.len() as u64);
        let times: Vec<Time> = log.done().iter().map(|entry| entry.context.at).collect();
        assert!(
            times.is_sorted(),
            "the steps stand in the order of their times"
        );
    }

    #[test]
    fn the_fraud_model_has_a_version_in_every_stage() {
        let (log, _) = sample(Time(1_800_000_000_000));
        let name = ModelName::parse("fraud-detector").expect("a good name");
        let model = log.registry().model(&name).expect("the sample has it");
        for stage in Stage::ALL {
            assert!(!model.in_stage(stage).is_empty(), "{stage}");
        }
    }
}
