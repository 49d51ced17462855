//! Reading a question with its proof.

use serde_json::Value;

use super::condition::conditions;
use super::fields::{Fields, Problems, each, one};
use super::values::{acts, as_stage, model, rules, source_ids, versions};
use super::{
    Asks, By, Choosable, Expected, Item, Kind, Proof, Question, Shown, Wrong, WrongBoard, WrongText,
};
use registry::{Stage, VersionNumber};

/// Reads a question.
pub(super) fn question(from: &mut Fields, problems: &mut Problems) -> Question {
    Question {
        id: from.id("id", problems),
        kind: kind(from, problems),
        asks: from
            .parsed("asks", Expected::Asks, problems, |value| {
                Some(match value.as_str()? {
                    "recall" => Asks::Recall,
                    "do" => Asks::Do,
                    "predict" => Asks::Predict,
                    "why" => Asks::Why,
                    _ => return None,
                })
            })
            .unwrap_or(Asks::Recall),
        objective: from.id("objective", problems),
        step: from.id("step", problems),
        ask: from.text("ask", problems),
        code: from.text_or_none("code", problems),
        solution: from.texts("solution", problems),
        answer: from.text("answer", problems),
        check: from.text("check", problems),
        mistakes: from.texts("mistakes", problems),
        sources: source_ids(from, problems),
        fixed: from.flag("fixed", problems),
        proof: one(from, "proof", problems, proof).unwrap_or_else(|| {
            from.wrong("proof", Wrong::Missing, problems);
            Proof {
                by: By::Meaning {
                    because: String::new(),
                },
                rules: None,
            }
        }),
    }
}

fn kind(from: &mut Fields, problems: &mut Problems) -> Kind {
    let kind = from.text("kind", problems);
    match kind.as_str() {
        "one" => Kind::One(each(from, "options", problems, option)),
        "many" => Kind::Many(each(from, "options", problems, option)),
        "fault" => Kind::Fault(each(from, "options", problems, option)),
        "order" => Kind::Order {
            items: each(from, "items", problems, |from, problems| Item {
                text: shown(from, problems),
                run: acts(from, "run", problems),
            }),
            why: from.text("why", problems),
        },
        "command" => Kind::Command {
            // The field may be empty at first.
            start: match from.take("start") {
                Some(Value::String(text)) => text,
                found => {
                    let wrong = found.map_or(Wrong::Missing, |found| {
                        Wrong::expected(Expected::Text, &found)
                    });
                    from.wrong("start", wrong, problems);
                    String::new()
                }
            },
            example: from.text("example", problems),
            wrong: each(from, "wrong", problems, |from, problems| WrongText {
                text: from.text("text", problems),
                fails: conditions(from, "fails", problems),
                why: from.text("why", problems),
                misconception: from.id_or_none("misconception", problems),
            }),
        },
        "predict" => Kind::Predict {
            model: model(from, problems),
            versions: versions(from, problems).unwrap_or_default(),
            why: from.text("why", problems),
            wrong: each(from, "wrong", problems, |from, problems| WrongBoard {
                stages: from
                    .parsed("stages", Expected::Stages, problems, stages)
                    .unwrap_or_default(),
                why: from.text("why", problems),
                misconception: from.id_or_none("misconception", problems),
            }),
        },
        _ => {
            from.of_no_kind("kind", &kind, Expected::Kind, problems);
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

fn shown(from: &mut Fields, problems: &mut Problems) -> Shown {
    if from.has("code") {
        Shown::Code(from.text("code", problems))
    } else {
        Shown::Line(from.text("text", problems))
    }
}

fn option(from: &mut Fields, problems: &mut Problems) -> Choosable {
    Choosable {
        text: shown(from, problems),
        why: from.text("why", problems),
        right: from.flag("right", problems),
        misconception: from.id_or_none("misconception", problems),
        run: acts(from, "run", problems),
        fails: conditions(from, "fails", problems),
        claims: conditions(from, "claims", problems),
    }
}

fn proof(from: &mut Fields, problems: &mut Problems) -> Proof {
    let by = from.text("by", problems);
    let rules = rules(from, problems);
    let by = match by.as_str() {
        "meaning" => By::Meaning {
            because: from.text("because", problems),
        },
        "runs" => By::Runs {
            scene: from.id("scene", problems),
            reach: conditions(from, "reach", problems),
        },
        "claims" => By::Claims {
            scene: from.id("scene", problems),
            run: acts(from, "run", problems),
        },
        "run" => By::Run {
            scene: from.id("scene", problems),
            run: acts(from, "run", problems),
        },
        "fault" => By::Fault {
            scene: from.id("scene", problems),
            keeps: conditions(from, "keeps", problems),
        },
        _ => {
            from.of_no_kind("by", &by, Expected::Proof, problems);
            By::Meaning {
                because: String::new(),
            }
        }
    };
    Proof { by, rules }
}
