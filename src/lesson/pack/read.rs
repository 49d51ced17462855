//! Reading a pack.

use serde_json::Value;

use super::exercise;
use super::fields::{Fields, Problems};
use super::{
    Act, Asks, By, Choice, Choosable, Choose, Exercise, Expected, Id, Item, Kind, Line, Loads,
    Misconception, Objective, Pack, Play, Problem, Proof, Question, Scene, Show, Shown, Source,
    Step, Wrong, WrongBoard, WrongText,
};
use crate::lesson::condition::Condition;
use crate::registry::json::{self, FromJson};
use crate::registry::{Alias, Command, ModelName, RuleSet, Stage, TagKey, TagValue, VersionNumber};

/// A pack has at most so many bytes.
pub const LIMIT: usize = 2_000_000;

/// How the parts of a pack are read that not every reader needs. As pointers, so that who reads only the prose does not
/// carry the code for the rest.
#[derive(Clone, Copy)]
struct Readers {
    scene: Read<Scene>,
    step: Read<Step>,
    question: Read<Question>,
    exercise: Option<Read<Exercise>>,
}

type Read<T> = fn(&mut Fields, &mut Problems) -> T;

/// Reads a pack. Whether what it says is true, [`super::check`] finds out.
///
/// # Errors
/// Everything that is not as the format wants it, in the order of the file's parts.
pub fn read(text: &str) -> Result<Pack, Vec<Problem>> {
    read_with(
        text,
        Some(Readers {
            exercise: Some(exercise::read),
            ..LESSON
        }),
    )
}

/// Reads the lesson and the questions of a pack, and no exercises.
///
/// # Errors
/// As [`read`].
pub fn read_lesson(text: &str) -> Result<Pack, Vec<Problem>> {
    read_with(text, Some(LESSON))
}

const LESSON: Readers = Readers {
    scene,
    step,
    question,
    exercise: None,
};

/// Reads the texts of the steps and nothing that plays: no scenes, no questions.
///
/// # Errors
/// As [`read`].
pub fn read_prose(text: &str) -> Result<Pack, Vec<Problem>> {
    read_with(text, None)
}

fn read_with(text: &str, readers: Option<Readers>) -> Result<Pack, Vec<Problem>> {
    let mut problems = Problems::default();
    if text.len() > LIMIT {
        problems.add("", Wrong::TooLarge { limit: LIMIT });
        return Err(problems.0);
    }
    let value: Value = match serde_json::from_str(text) {
        Ok(value) => value,
        Err(error) => {
            let (line, column) = (error.line(), error.column());
            problems.add("", Wrong::NotJson { line, column });
            return Err(problems.0);
        }
    };
    let pack = pack(value, readers, &mut problems);
    if problems.0.is_empty() {
        Ok(pack)
    } else {
        Err(problems.0)
    }
}

fn pack(value: Value, readers: Option<Readers>, problems: &mut Problems) -> Pack {
    let mut from = Fields::new(value, "", problems);
    if from.text("format", problems) != "model-stages-pack" {
        from.wrong("format", Wrong::Expected(Expected::Format), problems);
    }
    from.parsed("version", Expected::FormatVersion, problems, |value| {
        (value.as_u64() == Some(1)).then_some(())
    });
    let pack = Pack {
        id: from.id("id", problems),
        title: from.text("title", problems),
        language: from.text("language", problems),
        sources: each(&mut from, "sources", problems, source),
        objectives: each(&mut from, "objectives", problems, objective),
        misconceptions: each(&mut from, "misconceptions", problems, misconception),
        scenes: readers.map_or_else(Vec::new, |readers| {
            each(&mut from, "scenes", problems, readers.scene)
        }),
        steps: each(
            &mut from,
            "steps",
            problems,
            readers.map_or(step_prose as Read<Step>, |readers| readers.step),
        ),
        questions: readers.map_or_else(Vec::new, |readers| {
            each(&mut from, "questions", problems, readers.question)
        }),
        exercises: readers
            .and_then(|readers| readers.exercise)
            .map_or_else(Vec::new, |read| {
                each(&mut from, "exercises", problems, read)
            }),
    };
    from.end(problems);
    pack
}

/// Reads the objects of a list, each with its function.
pub(super) fn each<T>(
    from: &mut Fields,
    key: &str,
    problems: &mut Problems,
    read: fn(&mut Fields, &mut Problems) -> T,
) -> Vec<T> {
    from.objects(key, problems)
        .into_iter()
        .map(|mut fields| {
            let item = read(&mut fields, problems);
            fields.end(problems);
            item
        })
        .collect()
}

pub(super) fn one<T>(
    from: &mut Fields,
    key: &str,
    problems: &mut Problems,
    read: fn(&mut Fields, &mut Problems) -> T,
) -> Option<T> {
    let mut fields = from.object_or_none(key, problems)?;
    let item = read(&mut fields, problems);
    fields.end(problems);
    Some(item)
}

fn source(from: &mut Fields, problems: &mut Problems) -> Source {
    let source = Source {
        id: from.id("id", problems),
        title: from.text("title", problems),
        url: from.text("url", problems),
    };
    if !source.url.starts_with("https://") {
        from.wrong("url", Wrong::Expected(Expected::Address), problems);
    }
    source
}

fn objective(from: &mut Fields, problems: &mut Problems) -> Objective {
    Objective {
        id: from.id("id", problems),
        title: from.text("title", problems),
        step: from.id("step", problems),
    }
}

fn misconception(from: &mut Fields, problems: &mut Problems) -> Misconception {
    Misconception {
        id: from.id("id", problems),
        title: from.text("title", problems),
        instead: from.text("instead", problems),
    }
}

fn scene(from: &mut Fields, problems: &mut Problems) -> Scene {
    Scene {
        id: from.id("id", problems),
        title: from.text("title", problems),
        rules: rules(from, problems).unwrap_or_else(|| {
            from.wrong("rules", Wrong::Missing, problems);
            RuleSet::Guided
        }),
        model: model(from, problems),
        commands: from
            .list("commands", problems)
            .into_iter()
            .filter_map(|(place, value)| {
                let read = Command::from_json(with_defaults(value)).ok();
                if read.is_none() {
                    problems.add(&place, Wrong::Expected(Expected::Command));
                }
                read
            })
            .collect(),
    }
}

/// In a pack, a version's source may be left out.
pub(super) fn with_defaults(mut value: Value) -> Value {
    if let Value::Object(map) = &mut value
        && map.get("do").and_then(Value::as_str) == Some("create_model_version")
        && !map.contains_key("source")
    {
        map.insert("source".to_owned(), Value::String(String::new()));
    }
    value
}

pub(super) fn rules(from: &mut Fields, problems: &mut Problems) -> Option<RuleSet> {
    if !from.has("rules") {
        return None;
    }
    from.parsed("rules", Expected::Rules, problems, |value| {
        json::rules(value.as_str()?).ok()
    })
}

#[expect(
    clippy::expect_used,
    reason = "the name is written here; a test reads a pack without a model"
)]
pub(super) fn model(from: &mut Fields, problems: &mut Problems) -> ModelName {
    from.parsed("model", Expected::Model, problems, |value| {
        ModelName::parse(value.as_str()?).ok()
    })
    .unwrap_or_else(|| ModelName::parse("missing").expect("a good name"))
}

fn as_version(value: &Value) -> Option<VersionNumber> {
    VersionNumber::new(u32::try_from(value.as_u64()?).ok()?)
}

fn as_stage(value: &Value) -> Option<Stage> {
    let name = value.as_str()?;
    Stage::ALL.into_iter().find(|stage| stage.as_str() == name)
}

fn acts(from: &mut Fields, key: &str, problems: &mut Problems) -> Vec<Act> {
    from.list(key, problems)
        .into_iter()
        .filter_map(|(place, value)| {
            let act = match value {
                Value::String(text) => Some(Act::Say(text)),
                other => Command::from_json(with_defaults(other)).ok().map(Act::Do),
            };
            if act.is_none() {
                problems.add(&place, Wrong::Expected(Expected::Command));
            }
            act
        })
        .collect()
}

fn conditions(from: &mut Fields, key: &str, problems: &mut Problems) -> Vec<Condition> {
    from.objects(key, problems)
        .into_iter()
        .filter_map(|mut fields| {
            let read = condition(&mut fields, problems);
            fields.end(problems);
            read
        })
        .collect()
}

fn version(from: &mut Fields, problems: &mut Problems) -> Option<VersionNumber> {
    from.parsed("version", Expected::Version, problems, |value| {
        as_version(&value)
    })
}

/// A version, or null.
fn version_or_null(from: &mut Fields, problems: &mut Problems) -> Option<Option<VersionNumber>> {
    from.parsed("version", Expected::VersionOrNull, problems, |value| {
        if value.is_null() {
            Some(None)
        } else {
            as_version(&value).map(Some)
        }
    })
}

/// A version, if there is one.
fn version_if(from: &mut Fields, problems: &mut Problems) -> Option<VersionNumber> {
    if from.has("version") {
        version(from, problems)
    } else {
        None
    }
}

fn stage(from: &mut Fields, problems: &mut Problems) -> Option<Stage> {
    from.parsed("stage", Expected::Stage, problems, |value| as_stage(&value))
}

pub(super) fn condition(from: &mut Fields, problems: &mut Problems) -> Option<Condition> {
    let is = from.text("is", problems);
    Some(match is.as_str() {
        "stage" => Condition::InStage {
            model: model(from, problems),
            version: version(from, problems)?,
            stage: stage(from, problems)?,
        },
        "in_stage" => {
            let model = model(from, problems);
            let stage = stage(from, problems)?;
            let mut versions = from.parsed("versions", Expected::Versions, problems, |value| {
                value
                    .as_array()?
                    .iter()
                    .map(as_version)
                    .collect::<Option<Vec<_>>>()
            })?;
            versions.sort_unstable();
            Condition::StageHolds {
                model,
                stage,
                versions,
            }
        }
        "answers" => Condition::Answers {
            uri: from.text("uri", problems),
            version: version_or_null(from, problems)?,
        },
        "exists" | "gone" => Condition::Exists {
            model: model(from, problems),
            version: version_if(from, problems),
            there: is == "exists",
        },
        "alias" => Condition::AliasAt {
            model: model(from, problems),
            alias: from.parsed("alias", Expected::Alias, problems, |value| {
                Alias::parse(value.as_str()?).ok()
            })?,
            version: version_or_null(from, problems)?,
        },
        "tag" => Condition::Tagged {
            model: model(from, problems),
            version: version_if(from, problems),
            key: from.parsed("key", Expected::TagKey, problems, |value| {
                TagKey::parse(value.as_str()?).ok()
            })?,
            value: from.parsed("value", Expected::TagValueOrNull, problems, |value| {
                if value.is_null() {
                    Some(None)
                } else {
                    TagValue::parse(value.as_str()?).ok().map(Some)
                }
            })?,
        },
        "tag_any" => Condition::TaggedAny {
            model: model(from, problems),
            version: version_if(from, problems),
            key: from.parsed("key", Expected::TagKey, problems, |value| {
                TagKey::parse(value.as_str()?).ok()
            })?,
            values: from.parsed("values", Expected::TagValues, problems, tag_values)?,
        },
        "count" => Condition::Count {
            model: model(from, problems),
            stage: if from.has("stage") {
                Some(stage(from, problems)?)
            } else {
                None
            },
            count: from.parsed("count", Expected::Number, problems, |value| {
                usize::try_from(value.as_u64()?).ok()
            })?,
        },
        "answers_any" => Condition::AnswersAny {
            uri: from.text("uri", problems),
        },
        "loads" => Condition::Loads {
            version: version_or_null(from, problems)?,
        },
        "accepted" => Condition::Accepted,
        "refused" => Condition::Refused {
            by: from.text("by", problems),
        },
        _ => {
            from.wrong("is", Wrong::Expected(Expected::Condition), problems);
            return None;
        }
    })
}

/// The values that a tag may have, at least one.
pub(super) fn tag_values(value: Value) -> Option<Vec<TagValue>> {
    let values = value.as_array()?.iter();
    let values: Option<Vec<_>> = values
        .map(|value| TagValue::parse(value.as_str()?).ok())
        .collect();
    values.filter(|values| !values.is_empty())
}

fn step(from: &mut Fields, problems: &mut Problems) -> Step {
    let mut fields = from.object_or_none("play", problems);
    let goal = goal(&mut fields, problems);
    let play = fields.map(|mut fields| {
        let play = play(&mut fields, problems);
        fields.end(problems);
        play
    });
    Step {
        play,
        goal,
        ..step_prose(from, problems)
    }
}

fn goal(play: &mut Option<Fields>, problems: &mut Problems) -> String {
    play.as_mut()
        .map_or_else(String::new, |fields| fields.text("goal", problems))
}

/// A step without what plays in it.
fn step_prose(from: &mut Fields, problems: &mut Problems) -> Step {
    Step {
        id: from.id("id", problems),
        title: from.text("title", problems),
        text: from.text("text", problems),
        choose: one(from, "choose", problems, choose),
        goal: goal(&mut from.object_or_none("play", problems), problems),
        play: None,
        after: from.text_or_none("after", problems).unwrap_or_default(),
        takeaways: from.texts("takeaways", problems),
    }
}

fn choose(from: &mut Fields, problems: &mut Problems) -> Choose {
    Choose {
        ask: from.text("ask", problems),
        options: each(from, "options", problems, |from, problems| Choice {
            id: from.id("id", problems),
            text: from.text("text", problems),
            then: from.text("then", problems),
            right: from.flag("right", problems),
        }),
    }
}

fn play(from: &mut Fields, problems: &mut Problems) -> Play {
    Play {
        scene: from.id("scene", problems),
        show: from
            .list("show", problems)
            .into_iter()
            .filter_map(|(place, value)| {
                let shown = match value.as_str() {
                    Some("diagram") => Some(Show::Diagram),
                    Some("board") => Some(Show::Board),
                    Some("code") => Some(Show::Code),
                    Some("traffic") => Some(Show::Traffic),
                    Some("aliases") => Some(Show::Aliases),
                    Some("answers") => Some(Show::Answers),
                    _ => None,
                };
                if shown.is_none() {
                    let what = Expected::Show;
                    problems.add(&place, Wrong::Expected(what));
                }
                shown
            })
            .collect(),
        reach: conditions(from, "reach", problems),
        lines: each(from, "lines", problems, |from, problems| Line {
            code: from.text("code", problems),
            note: from.text("note", problems),
        }),
        loads: if from.has("loads") {
            from.parsed("loads", Expected::Loads, problems, loads)
        } else {
            None
        },
        both_rules: from.flag("both_rules", problems),
    }
}

pub(super) fn loads(value: Value) -> Option<Loads> {
    let text = value.as_str()?;
    if let Some(alias) = text.strip_prefix('@') {
        return Alias::parse(alias).ok().map(Loads::Alias);
    }
    Some(as_stage(&value).map_or_else(|| Loads::File(text.to_owned()), Loads::Stage))
}

fn question(from: &mut Fields, problems: &mut Problems) -> Question {
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

/// The sources that something names.
pub(super) fn source_ids(from: &mut Fields, problems: &mut Problems) -> Vec<Id> {
    from.list("sources", problems)
        .into_iter()
        .filter_map(|(place, value)| {
            let id = value.as_str().and_then(Id::parse);
            if id.is_none() {
                problems.add(&place, Wrong::Expected(Expected::Source));
            }
            id
        })
        .collect()
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
                _ => {
                    from.wrong("start", Wrong::Expected(Expected::Text), problems);
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
            versions: from
                .parsed("versions", Expected::Versions, problems, |value| {
                    value
                        .as_array()?
                        .iter()
                        .map(as_version)
                        .collect::<Option<Vec<_>>>()
                })
                .unwrap_or_default(),
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
            if !kind.is_empty() {
                let what = Expected::Kind;
                from.wrong("kind", Wrong::Expected(what), problems);
            }
            Kind::One(Vec::new())
        }
    }
}

fn stages(value: Value) -> Option<Vec<(VersionNumber, Stage)>> {
    let Value::Object(map) = value else {
        return None;
    };
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
            from.wrong("by", Wrong::Expected(Expected::Proof), problems);
            By::Meaning {
                because: String::new(),
            }
        }
    };
    Proof { by, rules }
}
