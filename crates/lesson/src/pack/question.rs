//! Reading a question with its proof.

use serde_json::Value;

use super::condition::conditions;
use super::fields::{Fields, each, one};
use super::values::{acts, as_stage, model, rules, source_ids, versions};
use super::{
    Act, Asks, By, Choosable, Expected, Item, Kind, Proof, Question, Shown, Wrong, WrongBoard,
    WrongText,
};
use crate::condition::Condition;
use registry::{Stage, VersionNumber};

/// How is read what can be run, and what holds then.
pub(super) trait Runs {
    fn acts(from: &mut Fields, key: &str) -> Vec<Act>;
    fn conditions(from: &mut Fields, key: &str) -> Vec<Condition>;
}

/// All of it.
pub(super) struct Whole;

impl Runs for Whole {
    fn acts(from: &mut Fields, key: &str) -> Vec<Act> {
        acts(from, key)
    }

    fn conditions(from: &mut Fields, key: &str) -> Vec<Condition> {
        conditions(from, key)
    }
}

/// None of it: who only asks the question does not carry the code for it.
pub(super) struct Asked;

impl Runs for Asked {
    fn acts(from: &mut Fields, key: &str) -> Vec<Act> {
        from.take(key);
        Vec::new()
    }

    fn conditions(from: &mut Fields, key: &str) -> Vec<Condition> {
        from.take(key);
        Vec::new()
    }
}

/// Reads a question.
pub(super) fn question<R: Runs>(from: &mut Fields) -> Question {
    Question {
        id: from.id("id"),
        kind: kind::<R>(from),
        asks: from
            .parsed("asks", Expected::Asks, |value| {
                Some(match value.as_str()? {
                    "recall" => Asks::Recall,
                    "do" => Asks::Do,
                    "predict" => Asks::Predict,
                    "why" => Asks::Why,
                    _ => return None,
                })
            })
            .unwrap_or(Asks::Recall),
        objective: from.id("objective"),
        step: from.id("step"),
        ask: from.text("ask"),
        code: from.text_or_none("code"),
        solution: from.texts("solution"),
        answer: from.text("answer"),
        check: from.text("check"),
        mistakes: from.texts("mistakes"),
        sources: source_ids(from),
        fixed: from.flag("fixed"),
        proof: one(from, "proof", proof::<R>).unwrap_or_else(|| {
            from.wrong("proof", Wrong::Missing);
            Proof {
                by: By::Meaning {
                    because: String::new(),
                },
                rules: None,
            }
        }),
    }
}

fn kind<R: Runs>(from: &mut Fields) -> Kind {
    let kind = from.text("kind");
    match kind.as_str() {
        "one" => Kind::One(each(from, "options", option::<R>)),
        "many" => Kind::Many(each(from, "options", option::<R>)),
        "fault" => Kind::Fault(each(from, "options", option::<R>)),
        "order" => Kind::Order {
            items: each(from, "items", |from| Item {
                text: shown(from),
                run: R::acts(from, "run"),
            }),
            why: from.text("why"),
        },
        "command" => Kind::Command {
            // The field may be empty at first.
            start: match from.take("start") {
                Some(Value::String(text)) => text,
                found => {
                    let wrong = found.map_or(Wrong::Missing, |found| {
                        Wrong::expected(Expected::Text, &found)
                    });
                    from.wrong("start", wrong);
                    String::new()
                }
            },
            example: from.text("example"),
            wrong: each(from, "wrong", |from| WrongText {
                text: from.text("text"),
                fails: R::conditions(from, "fails"),
                why: from.text("why"),
                misconception: from.id_or_none("misconception"),
            }),
        },
        "predict" => Kind::Predict {
            model: model(from),
            versions: versions(from).unwrap_or_default(),
            why: from.text("why"),
            wrong: each(from, "wrong", |from| WrongBoard {
                stages: from
                    .parsed("stages", Expected::Stages, stages)
                    .unwrap_or_default(),
                why: from.text("why"),
                misconception: from.id_or_none("misconception"),
            }),
        },
        _ => {
            from.of_no_kind("kind", &kind, Expected::Kind);
            Kind::One(Vec::new())
        }
    }
}

fn stages(value: &Value) -> Option<Vec<(VersionNumber, Stage)>> {
    let map = value.as_object()?;
    map.iter()
        .map(|(number, stage)| {
            let number = VersionNumber::new(number.parse().ok()?)?;
            Some((number, as_stage(stage)?))
        })
        .collect()
}

fn shown(from: &mut Fields) -> Shown {
    if from.has("code") {
        Shown::Code(from.text("code"))
    } else {
        Shown::Line(from.text("text"))
    }
}

fn option<R: Runs>(from: &mut Fields) -> Choosable {
    Choosable {
        text: shown(from),
        why: from.text("why"),
        right: from.flag("right"),
        misconception: from.id_or_none("misconception"),
        run: R::acts(from, "run"),
        fails: R::conditions(from, "fails"),
        claims: R::conditions(from, "claims"),
    }
}

fn proof<R: Runs>(from: &mut Fields) -> Proof {
    let by = from.text("by");
    let rules = rules(from);
    let by = match by.as_str() {
        "meaning" => By::Meaning {
            because: from.text("because"),
        },
        "runs" => By::Runs {
            scene: from.id("scene"),
            reach: R::conditions(from, "reach"),
        },
        "claims" => By::Claims {
            scene: from.id("scene"),
            run: R::acts(from, "run"),
        },
        "run" => By::Run {
            scene: from.id("scene"),
            run: R::acts(from, "run"),
        },
        "fault" => By::Fault {
            scene: from.id("scene"),
            keeps: R::conditions(from, "keeps"),
        },
        _ => {
            from.of_no_kind("by", &by, Expected::Proof);
            By::Meaning {
                because: String::new(),
            }
        }
    };
    Proof { by, rules }
}
