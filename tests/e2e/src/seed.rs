//! Saved data with many versions, made by the app's own library, as the app would have written it.

use std::collections::BTreeMap;

use registry::{
    Command, Context, FreeText, Log, MetricName, MetricValue, Metrics, ModelName, RuleSet, Stage,
    Tags, Time, VersionNumber,
};
use storage::{MemoryStore, Vault, WorkspaceId};

use crate::failure::{Failure, Outcome};

/// The name of the model.
pub const MODEL: &str = "large-model";

/// The saved values of a registry whose one model has `count` versions: the one before the newest is in Staging, the one
/// before that in Production, the one before that was live and is archived; the others have no stage.
///
/// # Errors
///
/// When the registry refuses a step.
pub fn versions(count: u32, prefix: &str) -> Outcome<BTreeMap<String, String>> {
    let bad = |what: &dyn std::fmt::Debug| Failure::new(format!("The seed: {what:?}"));
    let name = ModelName::parse(MODEL).map_err(|refusal| bad(&refusal))?;
    let store = MemoryStore::new();
    let (mut vault, _) = Vault::open(store.clone(), prefix);
    let own = WorkspaceId::own();
    vault.load(&own).map_err(|error| bad(&error))?;
    let mut log = Log::default();
    let mut act = |at: u64, command: &Command| -> Outcome {
        let context = Context::new(Time(1_780_000_000_000 + at * 60_000), RuleSet::Mlflow);
        let record = log
            .act(&context, command)
            .map_err(|refusal| bad(&refusal.kind))?;
        vault.append(&own, &record).map_err(|error| bad(&error))
    };
    let create = Command::CreateRegisteredModel {
        name: name.clone(),
        description: FreeText::default(),
        tags: Tags::new(),
    };
    act(0, &create)?;
    for number in 1..=count {
        act(
            u64::from(number),
            &new_version(&name, number).map_err(|refusal| bad(&refusal))?,
        )?;
        let behind = |by: u32| {
            count
                .checked_sub(by)
                .filter(|at| *at == number)
                .and_then(VersionNumber::new)
        };
        // Each is put where it belongs as it comes; the second to go live archives the first.
        for (version, stage) in [
            (behind(3), Stage::Production),
            (behind(2), Stage::Production),
            (behind(1), Stage::Staging),
        ] {
            let Some(version) = version else { continue };
            let command = Command::TransitionModelVersionStage {
                name: name.clone(),
                version,
                stage,
                archive_existing_versions: true,
            };
            act(u64::from(number), &command)?;
        }
    }
    // What the app would do with such a journal when there is time.
    if let Some(folded) = vault.maintain(&own, &log).map_err(|error| bad(&error))? {
        log = folded.log;
        vault.maintain(&own, &log).map_err(|error| bad(&error))?;
    }
    Ok(store.contents())
}

fn new_version(name: &ModelName, number: u32) -> Result<Command, registry::RefusalKind> {
    let recall = MetricValue::parse(&format!("0.{:02}", number % 100))?;
    let metrics = Metrics::from([(MetricName::parse("recall")?, recall)]);
    Ok(Command::CreateModelVersion {
        name: name.clone(),
        source: FreeText::parse(&format!("models/large/v{number}.pkl"))?,
        description: FreeText::default(),
        tags: Tags::new(),
        metrics,
    })
}
