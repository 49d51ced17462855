//! Receipts in words: what is wrong with one, what is still open in it, and the table of many.

use super::made;
use crate::Language;
use crate::explain::explain;
use crate::goal::name;
use crate::not_here::not_here;
use lesson::exercise::generate::Recipe;
use lesson::exercise::receipt::{Checked, Of, Refused, Unread};
use lesson::exercise::receipt_checker::{CheckResult, CheckedReceipt};
use lesson::exercise::{Exercise, Task};
use lesson::markdown::plain;
use lesson::round_receipt::RoundReceipt;
use registry::RuleSet;

/// Returns why a text is no receipt.
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

/// Returns why a receipt can't be run again.
pub fn refused(text: Language, refused: &Refused) -> String {
    let texts = text.exercises();
    match refused {
        Refused::NoExercise { of } if of.starts_with("shared-") => texts.refused_shared.to_owned(),
        Refused::NoExercise { of } => texts.refused_no_exercise(of),
        Refused::OtherRules {
            rules: RuleSet::Guided,
        } => texts.refused_rules_guided.to_owned(),
        Refused::OtherRules {
            rules: RuleSet::Mlflow,
        } => texts.refused_rules_mlflow.to_owned(),
        Refused::Step { step, refusal } => texts.refused_step(step, &explain(text, refusal).rule),
        Refused::ExerciseLimit { step, why } => texts.refused_not_here(step, &not_here(text, why)),
    }
}

/// Returns what is still open in a receipt that is not solved; nothing where it is.
pub fn still_open(text: Language, task: &Task, checked: &Checked) -> String {
    let texts = text.exercises();
    let open = checked.open.iter().filter_map(|at| task.goal.get(*at));
    let names: Vec<String> = open.map(|named| name(text, task, named)).collect();
    if names.is_empty() {
        String::new()
    } else {
        texts.open_list(&names.join(texts.and))
    }
}

/// Returns which questions of a round were not right at the first try; nothing where all were.
fn missed(text: Language, round: &RoundReceipt) -> String {
    let missed = round.questions.iter().filter(|(_, right)| !right);
    let missed: Vec<&str> = missed.map(|(id, _)| id.as_str()).collect();
    if missed.is_empty() {
        String::new()
    } else {
        text.exercises().round_missed(&missed.join(", "))
    }
}

/// Returns what an exercise of a receipt is called; its id where it is not known.
pub fn named(text: Language, exercises: &[Exercise], of: &Of) -> String {
    match of {
        Of::Exercise(id) => exercises
            .iter()
            .find(|exercise| exercise.id == *id)
            .map_or_else(|| id.to_string(), |exercise| exercise.title.clone()),
        Of::Recipe(recipe) => recipe_name(text, recipe),
    }
}

/// Returns what a made exercise is called, with what tells it from others.
pub fn recipe_name(text: Language, recipe: &Recipe) -> String {
    let texts = text.exercises();
    texts.made_name(
        &made(text, recipe.purpose()).0,
        &texts.steps(recipe.par() as usize),
        &texts.models(recipe.models() as usize),
        &recipe.seed(),
    )
}

/// Returns what the rules of an exercise are called in a table.
pub const fn rules(text: Language, rules: RuleSet) -> &'static str {
    let texts = text.exercises();
    match rules {
        RuleSet::Guided => texts.rules_guided,
        RuleSet::Mlflow => texts.rules_mlflow,
    }
}

/// Returns the head of a table of receipts.
pub fn table_head(text: Language) -> [&'static str; 9] {
    let texts = text.exercises();
    [
        texts.col_line,
        texts.col_name,
        texts.col_exercise,
        texts.col_result,
        texts.col_steps,
        texts.col_par,
        texts.col_rules,
        texts.col_note,
        texts.col_receipt,
    ]
}

/// Returns a row of a table of receipts: what it comes to, or why it comes to nothing.
pub fn table_row(text: Language, exercises: &[Exercise], row: &CheckedReceipt) -> [String; 9] {
    let texts = text.exercises();
    let name = |of: &Of| named(text, exercises, of);
    let nothing = String::new;
    let (exercise, result, steps, par, in_force, note) = match &row.result {
        CheckResult::Unread(why) => (
            nothing(),
            texts.refused,
            nothing(),
            nothing(),
            "",
            unread(text, why).to_owned(),
        ),
        CheckResult::Refused {
            of,
            rules: was,
            why,
        } => (
            name(of),
            texts.refused,
            nothing(),
            nothing(),
            rules(text, *was),
            plain(&refused(text, why)),
        ),
        CheckResult::Round(round) => (
            texts.round.to_owned(),
            texts.round_done,
            texts.round_right(&round.right(), &round.questions.len()),
            nothing(),
            "",
            missed(text, round),
        ),
        CheckResult::Checked { of, task, checked } => (
            name(of),
            if checked.solved {
                texts.solved
            } else {
                texts.open
            },
            checked.steps.to_string(),
            checked.par.to_string(),
            rules(text, task.rules),
            plain(&still_open(text, task, checked)),
        ),
    };
    [
        row.scanned.line.to_string(),
        row.scanned.name.clone(),
        exercise,
        result.to_owned(),
        steps,
        par,
        in_force.to_owned(),
        note,
        row.scanned.receipt.clone(),
    ]
}
