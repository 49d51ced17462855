//! Reading a step, and what plays in it.

use super::condition::conditions;
use super::fields::{Fields, each, one};
use super::values::{as_version, loads};
use super::{Choice, Choose, Expected, Line, Play, Show, Step, Wrong};

/// Reads a step with what plays in it.
pub(super) fn step(from: &mut Fields) -> Step {
    let mut fields = from.object_or_none("play");
    let (goal, done) = fields.as_mut().map_or_else(Default::default, |fields| {
        let mut line = |name| fields.text_or_none(name).unwrap_or_default();
        (line("goal"), line("done"))
    });
    let play = fields.map(|mut fields| {
        let play = play(&mut fields);
        fields.end();
        play
    });
    Step {
        id: from.id("id"),
        title: from.text("title"),
        text: from.text("text"),
        choose: one(from, "choose", choose),
        goal,
        done,
        play,
        after: from.text_or_none("after").unwrap_or_default(),
        takeaways: from.texts("takeaways"),
    }
}

fn choose(from: &mut Fields) -> Choose {
    Choose {
        ask: from.text("ask"),
        options: each(from, "options", |from| Choice {
            id: from.id("id"),
            text: from.text("text"),
            then: from.text("then"),
            right: from.flag("right"),
        }),
    }
}

fn play(from: &mut Fields) -> Play {
    Play {
        scene: from.id("scene"),
        show: from
            .list("show")
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
                    from.problems.add(&place, Wrong::expected(what, &value));
                }
                shown
            })
            .collect(),
        reach: conditions(from, "reach"),
        lines: each(from, "lines", |from| Line {
            code: from.text("code"),
            note: from.text("note"),
        }),
        app: from.text_or_none("app").unwrap_or_default(),
        loads: loads(from),
        had: match from.has("had") {
            true => from.parsed("had", Expected::Version, as_version),
            false => None,
        },
        both_rules: from.flag("both_rules"),
        reload_by_hand: from.flag("reload_by_hand"),
    }
}
