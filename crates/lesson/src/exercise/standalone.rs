//! A standalone exercise, from anybody: a pack that has nothing but it and its sources.
//!
//! It is checked as every pack is, and held to [`limits`](self#constants) besides, so that no text at all keeps a page busy:
//! the lists are short, the solver tries only so much, and what is more is refused as too large.

use super::Exercise;
use crate::pack::{self, Pack, Problem, Wrong, check};

/// The most bytes of the whole; the longest exercise of the pack has 3,500.
pub const MAX_BYTES: usize = 128 << 10;
/// The most letters of a title.
pub const MAX_TITLE: usize = 120;
/// The most letters of any other words.
pub const MAX_WORDS: usize = 4_000;
/// The most commands of a start.
pub const MAX_START: usize = 400;
/// The most conditions of a goal, methods that may be used, steps of a way, and sources.
pub const MAX_LIST: usize = 24;
/// So many commands the solver tries at most for the best ways, and as many for the conditions. The exercises of the app need
/// 21,000.
pub const MAX_TRIES: usize = 300_000;

/// An exercise with its sources, and nothing else.
#[derive(Clone, PartialEq, Debug)]
pub struct Standalone {
    /// Its pack, with the sources, and without any exercise.
    pub pack: Pack,
    pub exercise: Exercise,
}

/// Reads a standalone exercise and checks it. `is_page` returns whether an address (`#/…`) leads to a page of the app.
///
/// # Errors
/// All problems of the exercise, each with its place.
pub fn read(text: &str, is_page: &dyn Fn(&str) -> bool) -> Result<Standalone, Vec<Problem>> {
    if text.len() > MAX_BYTES {
        let limit = MAX_BYTES;
        return Err(vec![Problem {
            place: String::new(),
            wrong: Wrong::TooLarge { limit },
        }]);
    }
    let mut pack = pack::read(text)?;
    let mut problems = sizes(&pack);
    // What is too large is not worked on.
    if problems.is_empty() {
        // A try takes the longer, the more conditions there are to watch.
        let goals = pack
            .exercises
            .iter()
            .map(|it| it.task.goal.len())
            .sum::<usize>();
        problems = check::check_within(&pack, is_page, MAX_TRIES / (1 + goals / 4));
    }
    match pack.exercises.pop() {
        Some(exercise) if problems.is_empty() => Ok(Standalone { pack, exercise }),
        _ => Err(problems),
    }
}

/// Returns what there is too much of.
fn sizes(pack: &Pack) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut add = |place: &str, wrong| {
        problems.push(Problem {
            place: place.to_owned(),
            wrong,
        });
    };
    let [exercise] = pack.exercises.as_slice() else {
        add("exercises", Wrong::NotStandalone);
        return problems;
    };
    let others = [
        ("objectives", pack.objectives.len()),
        ("misconceptions", pack.misconceptions.len()),
        ("scenes", pack.scenes.len()),
        ("steps", pack.steps.len()),
        ("questions", pack.questions.len()),
    ];
    for (place, _) in others.into_iter().filter(|(_, count)| *count > 0) {
        add(place, Wrong::NotStandalone);
    }
    let task = &exercise.task;
    let way = match &exercise.form {
        super::Form::Worked(way) => way.len(),
        super::Form::Completion { done } => *done,
        _ => 0,
    };
    for (list, count, most) in [
        ("sources", pack.sources.len(), MAX_LIST),
        ("exercises[0].start", task.start.len(), MAX_START),
        ("exercises[0].goal", task.goal.len(), MAX_LIST),
        ("exercises[0].allow", task.allow.len(), MAX_LIST),
        ("exercises[0].form", way, MAX_LIST),
    ] {
        if count > most {
            add(list, Wrong::TooMany { most });
        }
    }
    for words in exercise.words() {
        let most = match words.place.as_str() {
            "title" => MAX_TITLE,
            _ => MAX_WORDS,
        };
        if words.text.chars().nth(most).is_some() {
            let place = format!("exercises[0].{}", words.place);
            add(&place, Wrong::TooLong { most });
        }
    }
    problems
}
