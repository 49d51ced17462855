//! Questions about one's own history in words, and what the history says of their options.

use crate::narrate::narrate;
use crate::{Language, fill};
use lesson::exercise::asked::{self, Asked, Fact, HistoryQuestion, Pick};
use registry::{Log, Stage, VersionNumber};

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

/// What the history says of each option of a question; nothing where the question is about a step that is not looked at
/// any more.
#[must_use]
pub fn facts(text: Language, log: &Log, question: &HistoryQuestion) -> Vec<Option<String>> {
    let facts = asked::facts(log, question).into_iter();
    facts
        .zip(&question.options)
        .map(|(fact, option)| told(text, log, &question.asked, *option, fact?))
        .collect()
}

fn told(text: Language, log: &Log, asked: &Asked, option: Pick, fact: Fact) -> Option<String> {
    let texts = text.exercises();
    let what = |step: u64| {
        let at = usize::try_from(step.checked_sub(log.folded() + 1)?).ok()?;
        Some(narrate(text, log.done().get(at)?))
    };
    let told = |template: &str, step: u64| {
        let what = what(step)?;
        Some(fill(template, &[("step", &step), ("what", &what)]))
    };
    let of = |template: &str, version: &VersionNumber| fill(template, &[("version", version)]);
    Some(match (fact, option) {
        (Fact::Since(Some(step)), _) => told(texts.fact_since, step)?,
        (Fact::Since(None), _) => texts.fact_start.to_owned(),
        (Fact::Until(step), _) => told(texts.fact_until, step)?,
        (Fact::OnlySince(step), _) => told(texts.fact_only_since, step)?,
        (Fact::Answered(version), _) => of(texts.fact_answered, &version),
        (Fact::Stood(stage), Pick::Version(Some(version))) => match stage {
            None => of(texts.fact_absent, &version),
            Some(Stage::None) => of(texts.fact_no_stage, &version),
            Some(Stage::Production) => of(texts.fact_also_live, &version),
            Some(stage) => fill(
                texts.fact_stage,
                &[("version", &version), ("stage", &stage)],
            ),
        },
        (Fact::Never | Fact::Stood(_), _) => texts.fact_never.to_owned(),
        (
            Fact::Around {
                step,
                before,
                after,
            },
            _,
        ) => around(text, asked, &what(step)?, before, after),
    })
}

/// What a step did, with what was so before and after it.
fn around(
    text: Language,
    question: &Asked,
    what: &str,
    before: Option<Pick>,
    after: Option<Pick>,
) -> String {
    let texts = text.exercises();
    if let Asked::WentLive { version, .. } = question {
        let stage = |at: Option<Pick>| match at {
            Some(Pick::Stage(stage)) => Some(stage),
            _ => None,
        };
        let (template, before, after) = match (stage(before), stage(after)) {
            (Some(before), Some(after)) if before == after => {
                (texts.fact_moved_same, before, after)
            }
            (Some(before), Some(after)) => (texts.fact_moved, before, after),
            (None, Some(after)) => (texts.fact_moved_new, after, after),
            (Some(before), None) => (texts.fact_moved_gone, before, before),
            (None, None) => (texts.fact_moved_absent, Stage::None, Stage::None),
        };
        let values: [(&str, &dyn std::fmt::Display); 4] = [
            ("what", &what),
            ("version", version),
            ("before", &before),
            ("after", &after),
        ];
        return fill(template, &values);
    }
    let users = |at: Option<Pick>| match at {
        Some(Pick::Version(Some(version))) => fill(texts.users_version, &[("version", &version)]),
        _ => texts.users_nothing.to_owned(),
    };
    let template = if before == after {
        texts.fact_users_same
    } else {
        texts.fact_users
    };
    let (before, after) = (users(before), users(after));
    fill(
        template,
        &[("what", &what), ("before", &before), ("after", &after)],
    )
}
