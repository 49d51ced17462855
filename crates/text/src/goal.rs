//! The conditions of an exercise in words: what each one wants, and why it stands as it does. Both are lines of a pack's
//! Markdown: code stands between backticks.

use super::Language;
use lesson::condition::Condition;
use lesson::exercise::goal::concerned;
use lesson::exercise::{Evaluation, Goal, Named, Reason, Status, Task, Thing};
use registry::{ModelName, Stage, TagValue, VersionNumber};

texts!(
    /// Conditions and their reasons.
    GoalText, EN_GOAL {
        version(version) = "v{version}",
        and = "and",
        or = "or",
        of_model(model, it) = "{model}: {it}",
        in_stage(version, stage) = "{version} is in {stage}",
        in_none(version) = "{version} has no stage",
        holds_none(stage) = "Nothing is in {stage}",
        holds_one(versions, stage) = "Only {versions} is in {stage}",
        holds_some(versions, stage) = "Only {versions} are in {stage}",
        none_without = "Every version has a stage",
        only_without(versions) = "Only {versions} without a stage",
        count_one(stage) = "Exactly one version is in {stage}",
        count_some(count, stage) = "Exactly {count} versions are in {stage}",
        count_one_without = "Exactly one version has no stage",
        count_some_without(count) = "Exactly {count} versions have no stage",
        count_all_none = "There is no version",
        count_all_one = "There is exactly one version",
        count_all(count) = "There are exactly {count} versions",
        answers(uri, version) = "`{uri}` answers with {version}",
        answers_error(uri) = "`{uri}` leads to an error",
        answers_any(uri) = "`{uri}` answers",
        model_there(model) = "The model {model} is still there",
        model_gone(model) = "The model {model} is deleted",
        version_there(version) = "{version}’s record is still there",
        version_gone(version) = "{version} is deleted",
        alias_at(alias, version) = "`@{alias}` points to {version}",
        alias_unset(alias) = "`@{alias}` is not set",
        tag_is(what, key, value) = "{what} has the tag `{key}` with {value}",
        tag_unset(what, key) = "{what} has no tag `{key}`",
        value(value) = "“{value}”",
        the_model = "The model",
        never_met = "What a run does",
        always(it) = "At every moment: {it}",
        always_answers(uri) = "`{uri}` answered at every moment",
        always_live = "Production was never empty",
        once(it) = "At some moment: {it}",
        before(first, then) = "{first}, and only then: {then}",
        tested_first(version) = "{version} was in Staging before Production",
        nothing_deleted = "Nothing was deleted",
        one_step = "Done in one step",
        some_steps(count) = "Done in at most {count} steps",
        met = "met",
        not_yet = "open",
        overdone = "broken",
        is_so = "✓",
        is_model_gone(model) = "The model {model} was deleted.",
        is_version_gone(version) = "{version} was deleted.",
        is_no_version(version) = "There is no {version} yet.",
        is_in(version, stage) = "{version} is in {stage}.",
        is_in_none(version) = "{version} has no stage.",
        is_lacking(versions) = "Not there: {versions}.",
        is_also(versions) = "There as well: {versions}.",
        is_counted_none = "There is none.",
        is_counted(versions) = "There now: {versions}.",
        is_counted_over(versions, count, wanted) = "There now: {versions}. That is {count}, not {wanted}.",
        is_answer(version) = "It answers with {version}.",
        is_answer_among(version, versions) = "It answers with {version}: of {versions} in that stage, the highest number.",
        is_error = "It leads to an error.",
        is_still_there(version) = "{version} is still there.",
        is_still_model = "The model is still there.",
        is_at(version) = "It points to {version}.",
        is_unset = "It is not set.",
        is_value(value) = "It says “{value}”.",
        is_secret = "Not yet.",
        is_so_far = "So far, yes.",
        is_broken(step, how) = "Broken by step {step}. {how}",
        is_broken_at_start(how) = "Broken at the start. {how}",
        is_held(step) = "True after step {step}.",
        is_held_at_start = "True at the start.",
        is_first_missing(how) = "The first part is missing. {how}",
        is_first_done(how) = "The first part is done, the second is missing. {how}",
        is_too_early(step) = "Step {step} did the second part before the first.",
        is_too_early_at_start = "The second part was true at the start already.",
        is_deleted(step, what) = "Step {step} deleted {what}.",
        is_steps(used, count) = "Steps used: {used} of {count}.",
        for_good = "Only Undo can repair this.",
    }
);

/// Returns what a condition of a goal wants.
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
                texts.always_answers(uri)
            }
        }
        Goal::Always(condition) => texts.always(&wants(condition)),
        Goal::Once(condition) => texts.once(&wants(condition)),
        Goal::Before { first, then } => match tested(first, then) {
            Some((model, version)) => of_model(
                text,
                task,
                model,
                texts.tested_first(&numbered(text, version)),
            ),
            None => texts.before(&wants(first), &wants(then)),
        },
        Goal::NothingDeleted => texts.nothing_deleted.to_owned(),
        Goal::Steps { at_most: 1 } => texts.one_step.to_owned(),
        Goal::Steps { at_most } => texts.some_steps(at_most),
    }
}

/// Returns the version that is to be in Staging before it is in Production.
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
            match stage {
                Stage::None => texts.in_none(&number(version)),
                _ => texts.in_stage(&number(version), stage),
            },
        ),
        Condition::StageHolds {
            model,
            stage,
            versions,
        } => of(model, holds(text, *stage, versions)),
        Condition::Count {
            model,
            stage,
            count,
        } => of(model, counted(texts, *stage, *count)),
        Condition::Answers { uri, version } => match version {
            None => texts.answers_error(uri),
            Some(version) => texts.answers(uri, &number(version)),
        },
        Condition::AnswersAny { uri } => texts.answers_any(uri),
        Condition::Exists {
            model,
            version,
            there,
        } => match version {
            None if *there => texts.model_there(model),
            None => texts.model_gone(model),
            Some(version) => {
                let version = number(version);
                of(
                    model,
                    match there {
                        true => texts.version_there(&version),
                        false => texts.version_gone(&version),
                    },
                )
            }
        },
        Condition::AliasAt {
            model,
            alias,
            version,
        } => {
            let it = match version {
                None => texts.alias_unset(alias),
                Some(version) => texts.alias_at(alias, &number(version)),
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
                None => texts.tag_unset(&what, key),
                Some(value) => texts.tag_is(&what, key, &values(text, std::slice::from_ref(value))),
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
            texts.tag_is(&tagged(text, *version), key, &values(text, any)),
        ),
        // The check of an exercise refuses these: they speak of a run.
        Condition::Loads { .. } | Condition::Accepted | Condition::Refused { .. } => {
            texts.never_met.to_owned()
        }
    }
}

/// What is to be in a stage.
fn holds(text: Language, stage: Stage, versions: &[VersionNumber]) -> String {
    let texts = text.goals();
    let all = listed(text, versions);
    match (stage, versions.len()) {
        (Stage::None, 0) => texts.none_without.to_owned(),
        (Stage::None, _) => texts.only_without(&all),
        (_, 0) => texts.holds_none(&stage),
        (_, 1) => texts.holds_one(&all, &stage),
        _ => texts.holds_some(&all, &stage),
    }
}

/// How many are to be in a stage, or in all.
fn counted(texts: &GoalText, stage: Option<Stage>, count: usize) -> String {
    match (stage, count) {
        (None, 0) => texts.count_all_none.to_owned(),
        (None, 1) => texts.count_all_one.to_owned(),
        (None, _) => texts.count_all(&count),
        (Some(Stage::None), 0) => texts.none_without.to_owned(),
        (Some(Stage::None), 1) => texts.count_one_without.to_owned(),
        (Some(Stage::None), _) => texts.count_some_without(&count),
        (Some(stage), 0) => texts.holds_none(&stage),
        (Some(stage), 1) => texts.count_one(&stage),
        (Some(stage), _) => texts.count_some(&count, &stage),
    }
}

/// Returns how a condition stands, in one word.
pub const fn status(text: Language, status: Status) -> &'static str {
    let texts = text.goals();
    match status {
        Status::Met => texts.met,
        Status::NotYet => texts.not_yet,
        Status::Overdone => texts.overdone,
    }
}

/// Returns why a condition stands as it does.
pub fn reason(text: Language, task: &Task, evaluated: &Evaluation) -> String {
    let said = why(text, task, evaluated, &evaluated.reason);
    if evaluated.for_good {
        format!("{said} {}", text.goals().for_good)
    } else {
        said
    }
}

fn why(text: Language, task: &Task, evaluated: &Evaluation, reason: &Reason) -> String {
    let texts = text.goals();
    let number = |version: &VersionNumber| numbered(text, *version);
    let inner = |how: &Reason| why(text, task, evaluated, how);
    let is_start = |step: u64| step <= task.from();
    match reason {
        Reason::Holds => texts.is_so.to_owned(),
        Reason::ModelGone { model } => texts.is_model_gone(model),
        Reason::VersionGone { version } => texts.is_version_gone(&number(version)),
        Reason::NoVersionYet { version } => texts.is_no_version(&number(version)),
        Reason::VersionIn { version, stage } => match stage {
            Stage::None => texts.is_in_none(&number(version)),
            _ => texts.is_in(&number(version), stage),
        },
        Reason::StageHolds { lacks, also, .. } => {
            let lacking = (!lacks.is_empty()).then(|| texts.is_lacking(&listed(text, lacks)));
            let also = (!also.is_empty()).then(|| texts.is_also(&listed(text, also)));
            lacking
                .into_iter()
                .chain(also)
                .collect::<Vec<_>>()
                .join(" ")
        }
        Reason::Counted {
            versions, wanted, ..
        } => {
            let all = listed(text, versions);
            match versions.len() {
                0 => texts.is_counted_none.to_owned(),
                found if found > *wanted && *wanted > 0 => {
                    texts.is_counted_over(&all, &found, wanted)
                }
                _ => texts.is_counted(&all),
            }
        }
        Reason::Answers { version, among } => {
            if among.is_empty() {
                texts.is_answer(&number(version))
            } else {
                texts.is_answer_among(&number(version), &listed(text, among))
            }
        }
        Reason::NothingAnswers => texts.is_error.to_owned(),
        Reason::StillThere { version: None } => texts.is_still_model.to_owned(),
        Reason::StillThere {
            version: Some(version),
        } => texts.is_still_there(&number(version)),
        Reason::AliasAt { version: None } | Reason::TagIs { value: None } => {
            texts.is_unset.to_owned()
        }
        Reason::AliasAt {
            version: Some(version),
        } => texts.is_at(&number(version)),
        Reason::TagIs { value: Some(value) } => texts.is_value(value),
        Reason::Secret => texts.is_secret.to_owned(),
        Reason::SoFar => texts.is_so_far.to_owned(),
        Reason::BrokenAfter { step, how } => {
            if is_start(*step) {
                texts.is_broken_at_start(&inner(how))
            } else {
                texts.is_broken(step, &inner(how))
            }
        }
        Reason::HeldAfter { step } if is_start(*step) => texts.is_held_at_start.to_owned(),
        Reason::HeldAfter { step } => texts.is_held(step),
        Reason::FirstMissing { how } => texts.is_first_missing(&inner(how)),
        Reason::FirstDone { how } => texts.is_first_done(&inner(how)),
        Reason::TooEarly { step } if is_start(*step) => texts.is_too_early_at_start.to_owned(),
        Reason::TooEarly { step } => texts.is_too_early(step),
        Reason::Deleted { step } => {
            let what: Vec<String> = evaluated
                .about
                .iter()
                .filter_map(|thing| match thing {
                    Thing::Version(_, version) => Some(number(version)),
                    Thing::Model(model) => Some(model.to_string()),
                    Thing::Alias(..) | Thing::Step(_) => None,
                })
                .collect();
            let what = joined(&what, texts.and);
            texts.is_deleted(step, &what)
        }
        Reason::Steps { used, at_most } => texts.is_steps(used, at_most),
    }
}

/// Returns a version in short: "v2".
pub fn numbered(text: Language, version: VersionNumber) -> String {
    text.goals().version(&version)
}

/// Several versions in short: "v1, v2 and v3".
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
    let quoted: Vec<String> = values.iter().map(|value| texts.value(value)).collect();
    joined(&quoted, texts.or)
}

fn tagged(text: Language, version: Option<VersionNumber>) -> String {
    version.map_or_else(
        || text.goals().the_model.to_owned(),
        |version| numbered(text, version),
    )
}

/// Names the model, where a goal speaks of several.
fn of_model(text: Language, task: &Task, model: &ModelName, it: String) -> String {
    if is_of_one(task) {
        it
    } else {
        text.goals().of_model(model, &it)
    }
}

/// Returns whether a goal speaks only of the model that is shown.
fn is_of_one(task: &Task) -> bool {
    let mut all = task.goal.iter().flat_map(|named| named.goal.conditions());
    all.all(|condition| concerned(condition).is_none_or(|model| model == task.model))
}
