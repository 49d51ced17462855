//! Questions about one's own history in words, and what the history says of their options.

use crate::Language;
use crate::narrate::narrate;
use lesson::exercise::history_quiz::{self, Fact, HistoryQuestion, Pick, Prompt};
use registry::{Log, Stage};

/// Returns a question about one's own history.
pub fn prompt(text: Language, prompt: &Prompt) -> String {
    let texts = text.exercises();
    match prompt {
        Prompt::AnsweredAfter { model, step } => texts.answered_after(model, step),
        Prompt::TookAway { model, version } => texts.took_away(version, model),
        Prompt::StageAfter {
            model,
            version,
            step,
        } => texts.stage_after(version, model, step),
        Prompt::WentLive { model, version } => texts.went_live(version, model),
        Prompt::PointedAfter { model, alias, step } => texts.pointed_after(model, alias, step),
    }
}

/// Something to choose.
pub fn pick(text: Language, pick: &Pick) -> String {
    let texts = text.exercises();
    match pick {
        Pick::Version(None) => texts.pick_nothing.to_owned(),
        Pick::Version(Some(version)) => texts.pick_version(version),
        Pick::Step(step) => texts.pick_step(step),
        Pick::Stage(stage) => stage.to_string(),
    }
}

/// Returns what the history says of each option of a question; nothing where the question is about a step that is not looked at
/// any more.
pub fn facts(text: Language, log: &Log, question: &HistoryQuestion) -> Vec<Option<String>> {
    let facts = history_quiz::facts(log, question).into_iter();
    facts
        .zip(&question.options)
        .map(|(fact, option)| told(text, log, &question.prompt, *option, fact?))
        .collect()
}

fn told(text: Language, log: &Log, prompt: &Prompt, option: Pick, fact: Fact) -> Option<String> {
    let texts = text.exercises();
    let what = |step: u64| {
        let at = usize::try_from(step.checked_sub(log.folded() + 1)?).ok()?;
        Some(narrate(text, log.done().get(at)?))
    };
    Some(match (fact, option) {
        (Fact::Since(Some(step)), _) => texts.fact_since(&step, &what(step)?),
        (Fact::Since(None), _) => texts.fact_start.to_owned(),
        (Fact::Until(step), _) => texts.fact_until(&step, &what(step)?),
        (Fact::OnlySince(step), _) => texts.fact_only_since(&step, &what(step)?),
        (Fact::Answered(version), _) => texts.fact_answered(&version),
        (Fact::Stood(stage), Pick::Version(Some(version))) => match stage {
            None => texts.fact_absent(&version),
            Some(Stage::None) => texts.fact_no_stage(&version),
            Some(Stage::Production) => texts.fact_also_live(&version),
            Some(stage) => texts.fact_stage(&version, &stage),
        },
        (Fact::Never | Fact::Stood(_), _) => texts.fact_never.to_owned(),
        (
            Fact::Around {
                step,
                before,
                after,
            },
            _,
        ) => around(text, prompt, &what(step)?, before, after),
    })
}

/// Returns what a step did, with what was so before and after it.
fn around(
    text: Language,
    question: &Prompt,
    what: &str,
    before: Option<Pick>,
    after: Option<Pick>,
) -> String {
    let texts = text.exercises();
    if let Prompt::WentLive { version, .. } = question {
        let stage = |at: Option<Pick>| match at {
            Some(Pick::Stage(stage)) => Some(stage),
            _ => None,
        };
        return match (stage(before), stage(after)) {
            (Some(before), Some(after)) if before == after => {
                texts.fact_moved_same(&what, version, &before)
            }
            (Some(before), Some(after)) => texts.fact_moved(&what, version, &before, &after),
            (None, Some(_)) => texts.fact_moved_new(&what, version),
            (Some(_), None) => texts.fact_moved_gone(&what, version),
            (None, None) => texts.fact_moved_absent(&what, version),
        };
    }
    let users = |at: Option<Pick>| match at {
        Some(Pick::Version(Some(version))) => texts.users_version(&version),
        _ => texts.users_nothing.to_owned(),
    };
    if before == after {
        texts.fact_users_same(&what, &users(before))
    } else {
        texts.fact_users(&what, &users(before), &users(after))
    }
}
