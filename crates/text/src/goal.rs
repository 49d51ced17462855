//! The conditions of an exercise in words: what each one wants, and why it stands as it does. Both are lines of a pack's
//! Markdown: code stands between backticks.
#![allow(missing_docs, reason = "the English value says what a field is")]

use super::{Language, fill};
use lesson::condition::Condition;
use lesson::exercise::goal::concerned;
use lesson::exercise::{Goal, Judged, Named, Reason, Status, Task, Thing};
use registry::{ModelName, Stage, TagValue, VersionNumber};

texts!(
    /// Conditions and their reasons.
    GoalText, EN_GOAL {
        version = "v{version}",
        and = "and",
        or = "or",
        of_model = "{model}: {it}",
        in_stage = "{version} is in {stage}",
        in_none = "{version} has no stage",
        holds_none = "Nothing is in {stage}",
        holds_one = "Only {versions} is in {stage}",
        holds_some = "Only {versions} are in {stage}",
        none_without = "No version is without a stage",
        only_without = "Only {versions} without a stage",
        count_one = "Exactly one version is in {stage}",
        count_some = "Exactly {count} versions are in {stage}",
        count_one_without = "Exactly one version has no stage",
        count_some_without = "Exactly {count} versions have no stage",
        count_all_none = "There is no version",
        count_all_one = "There is exactly one version",
        count_all = "There are exactly {count} versions",
        answers = "`{uri}` answers with {version}",
        answers_error = "`{uri}` leads to an error",
        answers_any = "`{uri}` answers",
        model_there = "The model {model} is still there",
        model_gone = "The model {model} is deleted",
        version_there = "{version}’s record is still there",
        version_gone = "{version} is deleted",
        alias_at = "`@{alias}` points to {version}",
        alias_unset = "`@{alias}` is not set",
        tag_is = "{what} has the tag `{key}` with {value}",
        tag_unset = "{what} has no tag `{key}`",
        value = "“{value}”",
        the_model = "The model",
        never_met = "What a run does",
        always = "At every moment: {it}",
        always_answers = "At no moment was `{uri}` without an answer",
        always_live = "At no moment was nothing live",
        once = "At some moment: {it}",
        before = "{first}, and only then: {then}",
        tested_first = "{version} was tested before it went live",
        nothing_deleted = "Nothing was deleted",
        one_step = "Done in one step",
        some_steps = "Done in at most {count} steps",
        met = "met",
        not_yet = "not yet",
        overdone = "overdone",
        is_so = "It is so.",
        is_model_gone = "The model {model} was deleted.",
        is_version_gone = "{version} was deleted.",
        is_no_version = "There is no {version} yet.",
        is_in = "{version} is in {stage}.",
        is_in_none = "{version} has no stage.",
        is_lacking = "Not there: {versions}.",
        is_also = "There as well: {versions}.",
        is_counted_none = "There is none.",
        is_counted = "There now: {versions}.",
        is_counted_over = "There now: {versions}. That is {count}, not {wanted}.",
        is_answer = "It answers with {version}.",
        is_answer_among = "It answers with {version}: of {versions} in that stage, the highest number answers.",
        is_error = "It leads to an error.",
        is_still_there = "{version} is still there.",
        is_still_model = "The model is still there.",
        is_at = "It points to {version}.",
        is_unset = "It is not set.",
        is_value = "It says “{value}”.",
        is_secret = "Not so yet.",
        is_so_far = "So far, yes.",
        is_broken = "Not so after step {step}. {how}",
        is_broken_at_start = "Not so at the start. {how}",
        is_held = "It was so after step {step}.",
        is_held_at_start = "It was so at the start.",
        is_first_missing = "The first part is still to come. {how}",
        is_first_done = "The first part is done, the second is to come. {how}",
        is_too_early = "Step {step} came to the second part before the first.",
        is_too_early_at_start = "The second part was there at the start already.",
        is_deleted = "Step {step} deleted {what}.",
        is_steps = "Steps used: {used} of {count}.",
        for_good = "Only undo takes that back.",
    }
);

/// What a condition of a goal wants.
#[must_use]
pub fn name(text: Language, task: &Task, named: &Named) -> String {
    let texts = text.goals();
    if let Some(label) = &named.label {
        return label.clone();
    }
    let wants = |condition: &Condition| condition_name(text, task, condition);
    match &named.goal {
        Goal::Now(condition) => wants(condition),
        Goal::Always(Condition::AnswersAny { uri }) => {
            let live = format!("models:/{}/{}", task.model, Stage::Production);
            if *uri == live && is_of_one(task) {
                texts.always_live.to_owned()
            } else {
                fill(texts.always_answers, &[("uri", uri)])
            }
        }
        Goal::Always(condition) => fill(texts.always, &[("it", &wants(condition))]),
        Goal::Once(condition) => fill(texts.once, &[("it", &wants(condition))]),
        Goal::Before { first, then } => match tested(first, then) {
            Some((model, version)) => of_model(
                text,
                task,
                model,
                fill(texts.tested_first, &[("version", &numbered(text, version))]),
            ),
            None => fill(
                texts.before,
                &[("first", &wants(first)), ("then", &wants(then))],
            ),
        },
        Goal::NothingDeleted => texts.nothing_deleted.to_owned(),
        Goal::Steps { at_most: 1 } => texts.one_step.to_owned(),
        Goal::Steps { at_most } => fill(texts.some_steps, &[("count", at_most)]),
    }
}

/// The version that is to be in Staging before it is in Production.
fn tested<'c>(first: &'c Condition, then: &Condition) -> Option<(&'c ModelName, VersionNumber)> {
    match (first, then) {
        (
            Condition::InStage {
                model,
                version,
                stage: Stage::Staging,
            },
            Condition::InStage {
                model: same_model,
                version: same_version,
                stage: Stage::Production,
            },
        ) if model == same_model && version == same_version => Some((model, *version)),
        _ => None,
    }
}

fn condition_name(text: Language, task: &Task, condition: &Condition) -> String {
    let texts = text.goals();
    let number = |version: &VersionNumber| numbered(text, *version);
    let of = |model: &ModelName, it: String| of_model(text, task, model, it);
    match condition {
        Condition::InStage {
            model,
            version,
            stage,
        } => of(
            model,
            in_stage(text, texts.in_stage, texts.in_none, *version, *stage),
        ),
        Condition::StageHolds {
            model,
            stage,
            versions,
        } => {
            let template = match (stage, versions.len()) {
                (Stage::None, 0) => texts.none_without,
                (Stage::None, _) => texts.only_without,
                (_, 0) => texts.holds_none,
                (_, 1) => texts.holds_one,
                _ => texts.holds_some,
            };
            let versions = listed(text, versions);
            of(
                model,
                fill(template, &[("stage", stage), ("versions", &versions)]),
            )
        }
        Condition::Count {
            model,
            stage,
            count,
        } => {
            let template = match (stage, count) {
                (None, 0) => texts.count_all_none,
                (None, 1) => texts.count_all_one,
                (None, _) => texts.count_all,
                (Some(Stage::None), 0) => texts.none_without,
                (Some(Stage::None), 1) => texts.count_one_without,
                (Some(Stage::None), _) => texts.count_some_without,
                (Some(_), 0) => texts.holds_none,
                (Some(_), 1) => texts.count_one,
                (Some(_), _) => texts.count_some,
            };
            let stage = stage.map_or("", Stage::as_str);
            of(
                model,
                fill(template, &[("stage", &stage), ("count", count)]),
            )
        }
        Condition::Answers { uri, version } => match version {
            None => fill(texts.answers_error, &[("uri", uri)]),
            Some(version) => fill(
                texts.answers,
                &[("uri", uri), ("version", &number(version))],
            ),
        },
        Condition::AnswersAny { uri } => fill(texts.answers_any, &[("uri", uri)]),
        Condition::Exists {
            model,
            version,
            there,
        } => match version {
            None if *there => fill(texts.model_there, &[("model", model)]),
            None => fill(texts.model_gone, &[("model", model)]),
            Some(version) => {
                let template = if *there {
                    texts.version_there
                } else {
                    texts.version_gone
                };
                of(model, fill(template, &[("version", &number(version))]))
            }
        },
        Condition::AliasAt {
            model,
            alias,
            version,
        } => {
            let it = match version {
                None => fill(texts.alias_unset, &[("alias", alias)]),
                Some(version) => fill(
                    texts.alias_at,
                    &[("alias", alias), ("version", &number(version))],
                ),
            };
            of(model, it)
        }
        Condition::Tagged {
            model,
            version,
            key,
            value,
        } => {
            let what = tagged(text, *version);
            let it = match value {
                None => fill(texts.tag_unset, &[("what", &what), ("key", key)]),
                Some(value) => fill(
                    texts.tag_is,
                    &[
                        ("what", &what),
                        ("key", key),
                        ("value", &values(text, std::slice::from_ref(value))),
                    ],
                ),
            };
            of(model, it)
        }
        Condition::TaggedAny {
            model,
            version,
            key,
            values: any,
        } => of(
            model,
            fill(
                texts.tag_is,
                &[
                    ("what", &tagged(text, *version)),
                    ("key", key),
                    ("value", &values(text, any)),
                ],
            ),
        ),
        // The check of an exercise refuses these: they speak of a run.
        Condition::Loads { .. } | Condition::Accepted | Condition::Refused { .. } => {
            texts.never_met.to_owned()
        }
    }
}

/// How a condition stands, in one word.
#[must_use]
pub const fn status(text: Language, status: Status) -> &'static str {
    let texts = text.goals();
    match status {
        Status::Met => texts.met,
        Status::NotYet => texts.not_yet,
        Status::Overdone => texts.overdone,
    }
}

/// Why a condition stands as it does.
#[must_use]
pub fn reason(text: Language, task: &Task, judged: &Judged) -> String {
    let said = why(text, task, judged, &judged.reason);
    if judged.for_good {
        format!("{said} {}", text.goals().for_good)
    } else {
        said
    }
}

fn why(text: Language, task: &Task, judged: &Judged, reason: &Reason) -> String {
    let texts = text.goals();
    let number = |version: &VersionNumber| numbered(text, *version);
    let about_version =
        |template: &str, version: &VersionNumber| fill(template, &[("version", &number(version))]);
    let inner = |how: &Reason| why(text, task, judged, how);
    let is_start = |step: u64| step <= task.from();
    match reason {
        Reason::Holds => texts.is_so.to_owned(),
        Reason::ModelGone { model } => fill(texts.is_model_gone, &[("model", model)]),
        Reason::VersionGone { version } => about_version(texts.is_version_gone, version),
        Reason::NoVersionYet { version } => about_version(texts.is_no_version, version),
        Reason::VersionIn { version, stage } => {
            in_stage(text, texts.is_in, texts.is_in_none, *version, *stage)
        }
        Reason::StageHolds { lacks, also, .. } => {
            let part = |template: &str, versions: &[VersionNumber]| {
                (!versions.is_empty())
                    .then(|| fill(template, &[("versions", &listed(text, versions))]))
            };
            let parts = [part(texts.is_lacking, lacks), part(texts.is_also, also)];
            parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
        }
        Reason::Counted {
            versions, wanted, ..
        } => {
            let template = match versions.len() {
                0 => texts.is_counted_none,
                found if found > *wanted && *wanted > 0 => texts.is_counted_over,
                _ => texts.is_counted,
            };
            fill(
                template,
                &[
                    ("versions", &listed(text, versions)),
                    ("count", &versions.len()),
                    ("wanted", wanted),
                ],
            )
        }
        Reason::Answers { version, among } => {
            let template = if among.is_empty() {
                texts.is_answer
            } else {
                texts.is_answer_among
            };
            fill(
                template,
                &[
                    ("version", &number(version)),
                    ("versions", &listed(text, among)),
                ],
            )
        }
        Reason::NothingAnswers => texts.is_error.to_owned(),
        Reason::StillThere { version: None } => texts.is_still_model.to_owned(),
        Reason::StillThere {
            version: Some(version),
        } => about_version(texts.is_still_there, version),
        Reason::AliasAt { version: None } | Reason::TagIs { value: None } => {
            texts.is_unset.to_owned()
        }
        Reason::AliasAt {
            version: Some(version),
        } => about_version(texts.is_at, version),
        Reason::TagIs { value: Some(value) } => fill(texts.is_value, &[("value", value)]),
        Reason::Secret => texts.is_secret.to_owned(),
        Reason::SoFar => texts.is_so_far.to_owned(),
        Reason::BrokenAfter { step, how } => {
            let template = if is_start(*step) {
                texts.is_broken_at_start
            } else {
                texts.is_broken
            };
            fill(template, &[("step", step), ("how", &inner(how))])
        }
        Reason::HeldAfter { step } if is_start(*step) => texts.is_held_at_start.to_owned(),
        Reason::HeldAfter { step } => fill(texts.is_held, &[("step", step)]),
        Reason::FirstMissing { how } => fill(texts.is_first_missing, &[("how", &inner(how))]),
        Reason::FirstDone { how } => fill(texts.is_first_done, &[("how", &inner(how))]),
        Reason::TooEarly { step } if is_start(*step) => texts.is_too_early_at_start.to_owned(),
        Reason::TooEarly { step } => fill(texts.is_too_early, &[("step", step)]),
        Reason::Deleted { step } => {
            let what: Vec<String> = judged
                .about
                .iter()
                .filter_map(|thing| match thing {
                    Thing::Version(_, version) => Some(number(version)),
                    Thing::Model(model) => Some(model.to_string()),
                    Thing::Alias(..) | Thing::Step(_) => None,
                })
                .collect();
            let what = joined(&what, texts.and);
            fill(texts.is_deleted, &[("step", step), ("what", &what)])
        }
        Reason::Steps { used, at_most } => {
            fill(texts.is_steps, &[("used", used), ("count", at_most)])
        }
    }
}

/// A version in short: "v2".
#[must_use]
pub fn numbered(text: Language, version: VersionNumber) -> String {
    fill(text.goals().version, &[("version", &version)])
}

/// Several versions in short: "v1, v2 and v3".
#[must_use]
pub fn listed(text: Language, versions: &[VersionNumber]) -> String {
    let named: Vec<String> = versions
        .iter()
        .map(|version| numbered(text, *version))
        .collect();
    joined(&named, text.goals().and)
}

fn joined(parts: &[String], word: &str) -> String {
    match parts.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} {word} {last}", rest.join(", ")),
    }
}

fn values(text: Language, values: &[TagValue]) -> String {
    let texts = text.goals();
    let quoted: Vec<String> = values
        .iter()
        .map(|value| fill(texts.value, &[("value", value)]))
        .collect();
    joined(&quoted, texts.or)
}

fn tagged(text: Language, version: Option<VersionNumber>) -> String {
    version.map_or_else(
        || text.goals().the_model.to_owned(),
        |version| numbered(text, version),
    )
}

fn in_stage(
    text: Language,
    staged: &str,
    unstaged: &str,
    version: VersionNumber,
    stage: Stage,
) -> String {
    let template = if stage == Stage::None {
        unstaged
    } else {
        staged
    };
    let version = numbered(text, version);
    fill(template, &[("version", &version), ("stage", &stage)])
}

/// Names the model, where a goal speaks of several.
fn of_model(text: Language, task: &Task, model: &ModelName, it: String) -> String {
    if is_of_one(task) {
        it
    } else {
        fill(text.goals().of_model, &[("model", model), ("it", &it)])
    }
}

/// Whether a goal speaks only of the model that is shown.
fn is_of_one(task: &Task) -> bool {
    let mut all = task.goal.iter().flat_map(|named| named.goal.conditions());
    all.all(|condition| concerned(condition).is_none_or(|model| model == task.model))
}
