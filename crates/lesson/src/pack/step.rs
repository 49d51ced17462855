//! Reading a step, and what plays in it.

use super::condition::conditions;
use super::fields::{Fields, Problems, each, one};
use super::values::loads;
use super::{Choice, Choose, Expected, Line, Play, Show, Step, Wrong};

/// Reads a step with what plays in it.
pub(super) fn step(from: &mut Fields, problems: &mut Problems) -> Step {
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

/// Returns a step without what plays in it.
pub(super) fn step_prose(from: &mut Fields, problems: &mut Problems) -> Step {
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
                    problems.add(&place, Wrong::expected(what, &value));
                }
                shown
            })
            .collect(),
        reach: conditions(from, "reach", problems),
        lines: each(from, "lines", problems, |from, problems| Line {
            code: from.text("code", problems),
            note: from.text("note", problems),
        }),
        loads: loads(from, problems),
        both_rules: from.flag("both_rules", problems),
    }
}
