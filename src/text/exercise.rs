//! Exercises in words: what is not part of one, why a step is there, how it went, receipts, made exercises, and questions
//! about one's own history. Lines of a pack's Markdown, except where they go into a table or a receipt.
#![allow(missing_docs, reason = "the English value says what a field is")]

use super::explain::explain;
use super::goal::{listed, name};
use super::{Language, Plural, fill};
use crate::lesson::exercise::asked::{Asked, Pick};
use crate::lesson::exercise::generate::Purpose;
use crate::lesson::exercise::hint::Why;
use crate::lesson::exercise::outcome::{Outcome, Spare};
use crate::lesson::exercise::receipt::{Checked, Refused, Unread};
use crate::lesson::exercise::{NotHere, Task, Track};
use crate::registry::RuleSet;

texts!(
    /// Exercises.
    ExerciseText, EN_EXERCISE {
        track_stages = "Stages",
        track_mlflow = "Real MLflow",
        track_aliases = "Aliases",
        track_teamwork = "Teamwork",
        not_here_method = "This is not needed here. What may be used: {list}.",
        not_here_alias = "This exercise is about other aliases: {list}.",
        not_here_tag = "This exercise is about other tags: {list}.",
        not_here_restore = "An exercise is done step by step: no earlier moment is restored. Take steps back with Undo.",
        not_here_rules = "An exercise keeps its rules.",
        not_here_target = "Here a version may only be copied into {list}.",
        meets = "With it this holds: {list}.",
        makes_way = "Without it the next step would be refused: {rule}.",
        keeps = "Without it the next step would break this: {condition}.",
        prepares = "A later step builds on it.",
        spare_archive = "`archive_existing_versions` does both at once: it archives {versions} in the same step",
        spare_alias = "setting `@{alias}` moves it, so it need not be deleted first",
        spare_idle = "step {step} changed nothing that matters here",
        spare_detour = "steps {first} to {last} led back to where you had been",
        best = "{steps}, which is the best.",
        more = "{steps}, best is {par}.",
        more_because = "{steps}, best is {par}: {why}.",
        release_title = "Release day",
        release_story = "Some versions have to move today, and the team’s rules hold. Bring everything to where the conditions want it.",
        roll_back_title = "Back to what worked",
        roll_back_story = "The live version is a bad one, and an older one did better. Bring it back, and put the rest in order too.",
        clean_up_title = "Clean up",
        clean_up_story = "Under MLflow’s own rules several versions have ended up in Production. Leave the one that is wanted, and delete nothing.",
        aliases_title = "Move the names",
        aliases_story = "Apps ask for aliases, and some of them have to point elsewhere. Move them without a gap where one is watched.",
        migrate_title = "From stages to aliases",
        migrate_story = "The team gives up stages. Put the names where the conditions want them, and empty the stages.",
        no_task = "No exercise can be made from this. Choose other numbers.",
        unread_empty = "There is nothing to read.",
        unread_not_one = "This is not a receipt. One begins with “ms1.”.",
        unread_newer = "This receipt was written by a newer version of the app. Reload the page to get it.",
        unread_too_long = "This is longer than any receipt.",
        unread_damaged = "Something in this receipt was changed, or a piece is missing: its checksum does not fit.",
        unread_broken = "This receipt cannot be read, although its checksum fits.",
        refused_no_exercise = "There is no exercise “{of}” here.",
        refused_rules_guided = "It was played under the guided rules, and the exercise has MLflow’s.",
        refused_rules_mlflow = "It was played under MLflow’s rules, and the exercise has the guided ones.",
        refused_step = "Step {step} is refused: {rule}.",
        refused_not_here = "Step {step} is not part of the exercise. {why}",
        solved = "solved",
        open = "not solved",
        refused = "refused",
        open_list = "Still open: {list}.",
        proves = "A receipt proves that this solution is one. It does not prove who found it.",
        col_exercise = "Exercise",
        col_result = "Result",
        col_steps = "Steps",
        col_par = "Best",
        col_note = "Note",
        col_receipt = "Receipt",
        answered_after = "Which version of {model} answered for Production after step {step}?",
        took_away = "Which step took version {version} of {model} away from the users?",
        stage_after = "In which stage was version {version} of {model} after step {step}?",
        went_live = "In which step did version {version} of {model} go live for the first time?",
        pointed_after = "To which version of {model} did the alias {alias} point after step {step}?",
        pick_version = "version {version}",
        pick_nothing = "none: an app got an error",
        pick_step = "step {step}",
        and = ", ",
        ;
        not_here_versions = "{count} new version of a model is enough here." | "{count} new versions of a model are enough here.",
        steps = "{count} step" | "{count} steps",
    }
);

/// What a track is called.
#[must_use]
pub const fn track(text: Language, track: Track) -> &'static str {
    let texts = text.exercises();
    match track {
        Track::Stages => texts.track_stages,
        Track::Mlflow => texts.track_mlflow,
        Track::Aliases => texts.track_aliases,
        Track::Teamwork => texts.track_teamwork,
    }
}

/// Why something is not part of an exercise.
#[must_use]
pub fn not_here(text: Language, why: &NotHere) -> String {
    let texts = text.exercises();
    let list = |template: &str, names: &[String]| {
        let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        fill(template, &[("list", &quoted.join(texts.and))])
    };
    match why {
        NotHere::Method { methods } => {
            let names: Vec<String> = methods.iter().map(|name| (*name).to_owned()).collect();
            list(texts.not_here_method, &names)
        }
        NotHere::Alias { aliases } => list(texts.not_here_alias, aliases),
        NotHere::Tag { keys } => list(texts.not_here_tag, keys),
        NotHere::Target { models } => list(texts.not_here_target, models),
        NotHere::Restore => texts.not_here_restore.to_owned(),
        NotHere::Rules => texts.not_here_rules.to_owned(),
        NotHere::Versions { at_most } => texts.not_here_versions.of(*at_most as usize),
    }
}

/// Why a step of a solution is there.
#[must_use]
pub fn why(text: Language, task: &Task, why: &Why) -> String {
    let texts = text.exercises();
    let condition = |at: usize| {
        task.goal
            .get(at)
            .map_or_else(String::new, |named| name(text, task, named))
    };
    match why {
        Why::Meets(places) => {
            let names: Vec<String> = places.iter().map(|at| condition(*at)).collect();
            fill(texts.meets, &[("list", &names.join(texts.and))])
        }
        Why::MakesWay(refusal) => fill(texts.makes_way, &[("rule", &explain(text, refusal).rule)]),
        Why::Keeps(at) => fill(texts.keeps, &[("condition", &condition(*at))]),
        Why::Prepares => texts.prepares.to_owned(),
    }
}

/// The steps against the best: "3 steps, best is 2: …".
#[must_use]
pub fn outcome(text: Language, outcome: &Outcome) -> String {
    let texts = text.exercises();
    let count = usize::try_from(outcome.steps).unwrap_or(usize::MAX);
    let steps = texts.steps.of(count);
    let why = match &outcome.spare {
        _ if outcome.steps <= u64::from(outcome.par) => {
            return fill(texts.best, &[("steps", &steps)]);
        }
        None => return fill(texts.more, &[("steps", &steps), ("par", &outcome.par)]),
        Some(Spare::ArchiveExisting { versions, .. }) => fill(
            texts.spare_archive,
            &[("versions", &listed(text, versions))],
        ),
        Some(Spare::AliasMoves { alias }) => fill(texts.spare_alias, &[("alias", alias)]),
        Some(Spare::Idle { step }) => fill(texts.spare_idle, &[("step", step)]),
        Some(Spare::Detour { first, last }) => {
            fill(texts.spare_detour, &[("first", first), ("last", last)])
        }
    };
    fill(
        texts.more_because,
        &[("steps", &steps), ("par", &outcome.par), ("why", &why)],
    )
}

/// Title and story of a made exercise.
#[must_use]
pub const fn made(text: Language, purpose: Purpose) -> (&'static str, &'static str) {
    let texts = text.exercises();
    match purpose {
        Purpose::Release => (texts.release_title, texts.release_story),
        Purpose::RollBack => (texts.roll_back_title, texts.roll_back_story),
        Purpose::CleanUp => (texts.clean_up_title, texts.clean_up_story),
        Purpose::Aliases => (texts.aliases_title, texts.aliases_story),
        Purpose::Migrate => (texts.migrate_title, texts.migrate_story),
    }
}

/// Why a text is no receipt.
#[must_use]
pub const fn unread(text: Language, unread: &Unread) -> &'static str {
    let texts = text.exercises();
    match unread {
        Unread::Empty => texts.unread_empty,
        Unread::NotOne => texts.unread_not_one,
        Unread::Newer { .. } => texts.unread_newer,
        Unread::TooLong => texts.unread_too_long,
        Unread::Damaged => texts.unread_damaged,
        Unread::Broken => texts.unread_broken,
    }
}

/// Why a receipt can't be run again.
#[must_use]
pub fn refused(text: Language, refused: &Refused) -> String {
    let texts = text.exercises();
    match refused {
        Refused::NoExercise { of } => fill(texts.refused_no_exercise, &[("of", of)]),
        Refused::OtherRules {
            rules: RuleSet::Guided,
        } => texts.refused_rules_guided.to_owned(),
        Refused::OtherRules {
            rules: RuleSet::Mlflow,
        } => texts.refused_rules_mlflow.to_owned(),
        Refused::Step { step, refusal } => fill(
            texts.refused_step,
            &[("step", step), ("rule", &explain(text, refusal).rule)],
        ),
        Refused::NotHere { step, why } => fill(
            texts.refused_not_here,
            &[("step", step), ("why", &not_here(text, why))],
        ),
    }
}

/// What is still open in a receipt that is not solved; nothing where it is.
#[must_use]
pub fn still_open(text: Language, task: &Task, checked: &Checked) -> String {
    let texts = text.exercises();
    let open = checked.open.iter().filter_map(|at| task.goal.get(*at));
    let names: Vec<String> = open.map(|named| name(text, task, named)).collect();
    if names.is_empty() {
        String::new()
    } else {
        fill(texts.open_list, &[("list", &names.join(texts.and))])
    }
}

/// A question about one's own history.
#[must_use]
pub fn asked(text: Language, asked: &Asked) -> String {
    let texts = text.exercises();
    match asked {
        Asked::AnsweredAfter { model, step } => {
            fill(texts.answered_after, &[("model", model), ("step", step)])
        }
        Asked::TookAway { model, version } => {
            fill(texts.took_away, &[("model", model), ("version", version)])
        }
        Asked::StageAfter {
            model,
            version,
            step,
        } => fill(
            texts.stage_after,
            &[("model", model), ("version", version), ("step", step)],
        ),
        Asked::WentLive { model, version } => {
            fill(texts.went_live, &[("model", model), ("version", version)])
        }
        Asked::PointedAfter { model, alias, step } => fill(
            texts.pointed_after,
            &[("model", model), ("alias", alias), ("step", step)],
        ),
    }
}

/// Something to choose.
#[must_use]
pub fn pick(text: Language, pick: &Pick) -> String {
    let texts = text.exercises();
    match pick {
        Pick::Version(None) => texts.pick_nothing.to_owned(),
        Pick::Version(Some(version)) => fill(texts.pick_version, &[("version", version)]),
        Pick::Step(step) => fill(texts.pick_step, &[("step", step)]),
        Pick::Stage(stage) => stage.to_string(),
    }
}

/// The head of a table of receipts.
#[must_use]
pub fn table_head(text: Language) -> Vec<String> {
    let texts = text.exercises();
    [
        texts.col_exercise,
        texts.col_result,
        texts.col_steps,
        texts.col_par,
        texts.col_note,
        texts.col_receipt,
    ]
    .map(str::to_owned)
    .to_vec()
}

/// A row of a table of receipts: what it comes to, or why it comes to nothing.
#[must_use]
pub fn table_row(
    text: Language,
    exercise: &str,
    receipt: &str,
    found: Result<(&Task, &Checked), &str>,
) -> Vec<String> {
    let texts = text.exercises();
    let (result, steps, par, note) = match found {
        Ok((task, checked)) => (
            if checked.solved {
                texts.solved
            } else {
                texts.open
            },
            checked.steps.to_string(),
            checked.par.to_string(),
            still_open(text, task, checked),
        ),
        Err(why) => (texts.refused, String::new(), String::new(), why.to_owned()),
    };
    vec![
        exercise.to_owned(),
        result.to_owned(),
        steps,
        par,
        note,
        receipt.to_owned(),
    ]
}
