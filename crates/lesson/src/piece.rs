//! A step, a question or an exercise of the app's own pack, as a page fetches it: in a file with a pack that has just this one.

use serde_json::{Value, json};

use super::grade;
use super::pack::{Pack, Readers, read_value};
use registry::json::{self, Reader};
use registry::{ModelName, Registry, RuleSet, Stage};

/// What is read of such a file.
#[derive(Clone, PartialEq, Debug)]
pub struct Piece {
    pub pack: Pack,
    pub start: Option<Start>,
}

/// The small registry of a question as it is at first, so that who shows it need not carry the state machine.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Start {
    pub rules: RuleSet,
    pub model: String,
    pub board: Board,
}

/// The versions in each stage, in words: `v2 @champion`.
pub type Board = [Vec<String>; Stage::ALL.len()];

/// Returns the board of a model.
pub fn board(registry: &Registry, model: &ModelName) -> Board {
    Stage::ALL.map(|stage| {
        let Some(model) = registry.model(model) else {
            return Vec::new();
        };
        let versions = model.in_stage(stage).iter().map(|number| {
            let aliases = model.aliases_of(*number);
            let aliases: String = aliases.map(|alias| format!(" @{alias}")).collect();
            format!("v{number}{aliases}")
        });
        versions.collect()
    })
}

/// Returns such a file, for a pack as JSON and as it is read. `told` is what is shown before the app reads it.
pub fn file(value: Value, pack: &Pack, told: Option<Value>) -> String {
    let question = pack.questions.first();
    let played = question.and_then(|question| grade::start(pack, question));
    let start = played.map(|played| {
        json!({
            "rules": played.rules.as_str(),
            "model": played.model.as_str(),
            "board": board(played.registry(), &played.model),
        })
    });
    json!({ "told": told, "start": start, "pack": value }).to_string()
}

/// Reads such a file; nothing where it can't be read.
pub fn read(text: &str, readers: Readers) -> Option<Piece> {
    let mut from = Reader::new(json::value(text).ok()?).ok()?;
    let start = from.take("start").and_then(|start| start_of(&start));
    let pack = read_value(from.take("pack")?, readers).ok()?;
    Some(Piece { pack, start })
}

fn start_of(value: &Value) -> Option<Start> {
    let text = |name: &str| value.get(name)?.as_str();
    let rules = text("rules")?;
    let mut stages = value.get("board")?.as_array()?.iter();
    let board = Stage::ALL.map(|_| {
        let versions = stages.next().and_then(Value::as_array);
        let versions = versions.into_iter().flatten();
        versions
            .filter_map(|version| Some(version.as_str()?.to_owned()))
            .collect()
    });
    Some(Start {
        rules: RuleSet::ALL.into_iter().find(|it| it.as_str() == rules)?,
        model: text("model")?.to_owned(),
        board,
    })
}
