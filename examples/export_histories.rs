//! Writes histories made by chance as code, with the registry that a server has to have afterwards. `cargo xtask
//! test-mlflow` runs them on a real one.
//!
//! ```text
//! cargo run --package examples --bin export_histories -- [--read] SEED COUNT BASE FOLDER
//! ```
//!
//! With `--read`, what that server has answered to its searches is read again and compared with the histories.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

use console::codegen::Base;
use console::codegen::ops::Op;
use console::export::{self, Choice, Note, PlanItem, Words};
use console::mlflow_import::{self, ImportError, Remark};
use registry::{
    Command, Context, Log, Metrics, ModelName, RegisteredModel, Registry, RuleSet, TagKey,
    TagValue, Tags, Time, VersionNumber,
};
use serde_json::{Map, Value, json};
use text::{Language, as_code};

use test_support::histories;

/// How many steps a history has at most.
const STEPS: usize = 60;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let reads = arguments.first().is_some_and(|first| first == "--read");
    if reads {
        arguments.remove(0);
    }
    let [seed, count, base, folder] = arguments.as_slice() else {
        return Err("export_histories SEED COUNT BASE FOLDER".into());
    };
    let seed: u64 = seed.parse()?;
    let base = Base::parse(base).map_err(|why| format!("{base}: {why:?}"))?;
    for at in 0..count.parse::<u64>()? {
        let mut log = histories::log(seed.wrapping_add(at), STEPS);
        if at == 0 {
            add_large_tag(&mut log)?;
        }
        let file = Path::new(folder).join(at.to_string());
        if reads {
            read(&log, &file)?;
        } else {
            write(&log, &base, &file)?;
        }
    }
    Ok(())
}

/// A tag that is too long for an argument of a command, of letters that a shell would take for something else.
fn add_large_tag(log: &mut Log) -> Result<(), Box<dyn Error>> {
    let Some(model) = log.registry().models().next() else {
        return Ok(());
    };
    let command = Command::SetRegisteredModelTag {
        name: model.name().clone(),
        key: TagKey::parse("large").map_err(|kind| kind.to_string())?,
        value: TagValue::parse(&"é$HOME `id` \\ \"'\n".repeat(5_000))
            .map_err(|kind| kind.to_string())?,
    };
    let context = Context::new(Time(1_770_000_000_000), RuleSet::Mlflow);
    let done = log.act(&context, &command);
    done.map(|_| ())
        .map_err(|refusal| refusal.kind.to_string().into())
}

/// Reads what the server has answered, and compares.
fn read(log: &Log, file: &Path) -> Result<(), Box<dyn Error>> {
    let text = std::fs::read_to_string(file.with_extension("answers"))?;
    let found = match mlflow_import::read(&text) {
        Ok(found) => found,
        Err(ImportError::Nothing) if log.registry().is_empty() => return Ok(()),
        Err(why) => return Err(format!("{}: {why:?}", file.display()).into()),
    };
    let (found, left_out, remarks) = (found.registry, found.left_out, found.remarks);
    let is_whole = |remark: &Remark| matches!(remark, Remark::Runs | Remark::NotSimulated(_));
    if !left_out.is_empty() || !remarks.iter().all(is_whole) {
        return Err(format!("{}: {left_out:?} {remarks:?}", file.display()).into());
    }
    let (found, expected) = (plain(&found), plain(log.registry()));
    if found != expected {
        return Err(format!("{}: should be {expected:#?}, is {found:#?}", file.display()).into());
    }
    Ok(())
}

/// What both have: all but times, numbers that are gone, sources and metrics.
fn plain(registry: &Registry) -> Vec<String> {
    let models = registry.models().map(|model| {
        let versions = model.versions().map(|version| {
            format!(
                "{} {} {:?} {:?}",
                version.number(),
                version.stage(),
                version.description(),
                version.tags()
            )
        });
        format!(
            "{} {:?} {:?} {:?} {:?}",
            model.name(),
            model.description(),
            model.tags(),
            model.aliases(),
            versions.collect::<Vec<_>>()
        )
    });
    models.collect()
}

/// Writes one history in every form.
fn write(log: &Log, base: &Base, file: &Path) -> Result<(), Box<dyn Error>> {
    let parts = export::plan(log, Choice::All);
    let words = Words {
        header: as_code::header(Language::English, "a history made by chance", true),
        say: &|note| as_code::note(Language::English, note),
    };
    let write = |ending: &str, text: &str| std::fs::write(file.with_extension(ending), text);
    write("py", &export::python(&parts, base, &words))?;
    write("sh", &export::curl(&parts, base, &words))?;
    write("ipynb", &export::notebook(&parts, base, &words))?;
    let expected = expected(log, &parts)?;
    write("json", &serde_json::to_string_pretty(&expected)?)?;
    Ok(())
}

/// What a server keeps of a version and the simulator does not have, or has otherwise.
#[derive(Clone)]
struct Kept {
    source: String,
    run: Option<usize>,
}

/// What a server has told, as far as it keeps it otherwise than the simulator.
#[derive(Default)]
struct Server {
    versions: BTreeMap<(ModelName, u32), Kept>,
    /// The last number of each model.
    last: BTreeMap<ModelName, u32>,
    runs: Vec<Metrics>,
}

impl Server {
    fn told(&mut self, op: &Op) {
        match op {
            Op::Create {
                name, source, run, ..
            } => {
                let run = run.as_ref().map(|metrics| {
                    self.runs.push(metrics.clone());
                    self.runs.len() - 1
                });
                let source = source.to_string();
                self.create(name, Kept { source, run });
            }
            Op::Copy {
                name,
                version,
                dst_name,
                ..
            } => {
                let run = self.find(name, *version).and_then(|kept| kept.run);
                let source = format!("models:/{name}/{version}");
                self.create(dst_name, Kept { source, run });
            }
            Op::Log {
                name,
                version,
                key,
                value,
                ..
            } => {
                let run = self.find(name, *version).and_then(|kept| kept.run);
                if let Some(metrics) = run.and_then(|run| self.runs.get_mut(run)) {
                    metrics.insert(key.clone(), *value);
                }
            }
            Op::Call(Command::RenameRegisteredModel { name, new_name }) => {
                let moved = std::mem::take(&mut self.versions).into_iter();
                self.versions = moved
                    .map(|((of, number), kept)| {
                        let of = if of == *name { new_name.clone() } else { of };
                        ((of, number), kept)
                    })
                    .collect();
                if let Some(last) = self.last.remove(name) {
                    self.last.insert(new_name.clone(), last);
                }
            }
            Op::Call(Command::DeleteRegisteredModel { name }) => {
                self.versions.retain(|(of, _), _| of != name);
                self.last.remove(name);
            }
            Op::Call(_) => {}
        }
    }

    fn create(&mut self, name: &ModelName, kept: Kept) {
        let last = self.last.entry(name.clone()).or_default();
        *last += 1;
        let at = (name.clone(), *last);
        self.versions.insert(at, kept);
    }

    fn find(&self, name: &ModelName, version: VersionNumber) -> Option<&Kept> {
        self.versions.get(&(name.clone(), version.get()))
    }
}

/// The registry that a server has to have: the simulated one, but for sources that it does not take and for metrics of
/// runs that are shared.
fn expected(log: &Log, parts: &[PlanItem]) -> Result<Value, Box<dyn Error>> {
    let mut server = Server::default();
    let mut notes = 0;
    for part in parts {
        match part {
            PlanItem::Op(op) => server.told(op),
            PlanItem::Note(Note::Lost(_) | Note::NoRun { .. }) => {
                return Err(format!("left out: {part:?}").into());
            }
            PlanItem::Note(Note::SharedRun { .. }) => notes += 1,
            PlanItem::Note(_) => {}
        }
    }
    let mut models = Map::new();
    for model in log.registry().models() {
        models.insert(model.name().to_string(), show(model, &server, notes > 0)?);
    }
    Ok(Value::Object(models))
}

fn show(
    model: &RegisteredModel,
    server: &Server,
    has_shared: bool,
) -> Result<Value, Box<dyn Error>> {
    let mut versions = Map::new();
    for version in model.versions() {
        let number = version.number();
        let kept = server
            .find(model.name(), number)
            .ok_or_else(|| format!("{} {number} was never made", model.name()))?;
        let run = kept.run.and_then(|run| server.runs.get(run));
        let metrics = run.cloned().unwrap_or_default();
        if metrics != *version.metrics() && !has_shared {
            return Err(format!("{} {number}: other metrics, and not said", model.name()).into());
        }
        let metrics: BTreeMap<&str, String> = metrics
            .iter()
            .map(|(key, value)| (key.as_str(), value.to_string()))
            .collect();
        let shown = json!({
            "stage": version.stage().as_str(), "source": kept.source,
            "description": version.description().as_str(), "tags": tags(version.tags()), "metrics": metrics,
        });
        versions.insert(number.to_string(), shown);
    }
    let aliases: BTreeMap<&str, String> = model
        .aliases()
        .iter()
        .map(|(alias, version)| (alias.as_str(), version.to_string()))
        .collect();
    Ok(json!({
        "description": model.description().as_str(), "tags": tags(model.tags()), "aliases": aliases,
        "versions": versions,
    }))
}

fn tags(tags: &Tags) -> BTreeMap<&str, &str> {
    tags.iter()
        .map(|(key, value)| (key.as_str(), value.as_str()))
        .collect()
}
