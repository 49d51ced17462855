//! What a Python knows beside the registry, as JSON, for another one that goes on with it: the runs that were made, and what
//! MLflow keeps of a version and the simulated registry does not.
//!
//! A page's small reader, its REST server and its real Python are in different places, but to whoever types they are one. So
//! each begins with what the one before it knew.

use serde_json::{Value, json};

use super::Bridge;
use super::kept::{Kept, KeptFields};
use crate::runs::{Run, Runs};
use registry::call::Written;
use registry::{ModelName, VersionNumber};

/// What is known.
pub fn print(bridge: &Bridge, runs: &Runs) -> Value {
    let version =
        |(name, number): &(ModelName, VersionNumber)| json!([name.as_str(), number.get()]);
    let made = runs.all().iter().map(|run| {
        json!({
            "name": run.name,
            "metrics": run.metrics,
            "versions": run.versions.iter().map(version).collect::<Vec<_>>(),
        })
    });
    let told = runs.origins().iter();
    let told = told.map(|(name, number, id)| json!([name.as_str(), number.get(), id]));
    let kept = bridge.kept.all();
    let kept = kept.map(|((name, number), of)| {
        json!({
            "name": name,
            "version": number.map(VersionNumber::get),
            "created": of.created,
            "run_id": of.run_id,
            "run_link": of.run_link,
            "is_described": of.is_described,
            "has_no_source": of.has_no_source,
            "storage": of.storage,
            "tags": of.tags,
        })
    });
    json!({
        "runs": made.collect::<Vec<_>>(),
        "told": told.collect::<Vec<_>>(),
        "kept": kept.collect::<Vec<_>>(),
    })
}

/// Takes over what another one knew. What cannot be read is not known.
pub fn read(known: &Value, bridge: &mut Bridge, runs: &mut Runs) {
    let made = list(known, "runs").map(|run| Run {
        name: text(run, "name").unwrap_or_default(),
        metrics: pairs(run, "metrics"),
        versions: list(run, "versions").filter_map(version).collect(),
    });
    let told = list(known, "told").filter_map(|told| {
        let (name, number) = version(told)?;
        Some((name, number, told.get(2)?.as_str().map(str::to_owned)))
    });
    *runs = Runs::of(made.collect(), told.collect());
    let is = |of: &Value, field: &str| of.get(field).and_then(Value::as_bool);
    let kept = list(known, "kept").filter_map(|of| {
        let version = match of.get("version")? {
            Value::Null => None,
            number => Some(self::number(number)?),
        };
        let kept = KeptFields {
            created: is(of, "created"),
            run_id: text(of, "run_id"),
            run_link: text(of, "run_link"),
            is_described: is(of, "is_described") == Some(true),
            has_no_source: is(of, "has_no_source") == Some(true),
            storage: text(of, "storage"),
            tags: list(of, "tags")
                .filter_map(|key| key.as_str().map(str::to_owned))
                .collect(),
        };
        Some(((text(of, "name")?, version), kept))
    });
    bridge.kept = Kept::of_all(kept);
}

fn list<'a>(of: &'a Value, field: &str) -> impl Iterator<Item = &'a Value> {
    let list = of.get(field).and_then(Value::as_array);
    list.into_iter().flatten()
}

fn text(of: &Value, field: &str) -> Option<String> {
    of.get(field)?.as_str().map(str::to_owned)
}

fn number(of: &Value) -> Option<VersionNumber> {
    VersionNumber::new(u32::try_from(of.as_u64()?).ok()?)
}

/// The name and the number that a list begins with.
fn version(of: &Value) -> Option<(ModelName, VersionNumber)> {
    let name = ModelName::parse(of.get(0)?.as_str()?).ok()?;
    Some((name, number(of.get(1)?)?))
}

fn pairs(of: &Value, field: &str) -> Written {
    let pairs = list(of, field).filter_map(|pair| {
        let (key, value) = (pair.get(0)?.as_str()?, pair.get(1)?.as_str()?);
        Some((key.to_owned(), value.to_owned()))
    });
    pairs.collect()
}
