//! Answering a question of any kind by hand, rightly or wrongly: which answer it is, the app's own library says.

use e2e::{Failure, Outcome, Page};
use lesson::grade::{Answer, Grade, grade, outcome};
use lesson::pack::{Kind, Pack, Question};
use serde_json::json;

/// An answer that is right, or one that is wrong and, where there is one, shows a belief.
pub fn answer(pack: &Pack, question: &Question, right: bool) -> Outcome<(Answer, Grade)> {
    let graded = |answer: Answer| {
        let grade = grade(pack, question, &answer);
        (answer, grade)
    };
    let mut found: Vec<_> = answers(pack, question)
        .into_iter()
        .map(graded)
        .filter(|(_, grade)| grade.right == right)
        .collect();
    found.sort_by_key(|(_, grade)| grade.misconceptions.is_empty());
    let none = || Failure::new(format!("{}: no answer is right: {right}", question.id));
    found.into_iter().next().ok_or_else(none)
}

/// Answers to choose from.
fn answers(pack: &Pack, question: &Question) -> Vec<Answer> {
    match &question.kind {
        Kind::One(options) | Kind::Fault(options) => (0..options.len())
            .map(|at| Answer::Chosen(vec![at]))
            .collect(),
        Kind::Many(options) => {
            let right = options
                .iter()
                .enumerate()
                .filter(|(_, option)| option.right);
            let right = right.map(|(at, _)| at).collect();
            let one = (0..options.len()).map(|at| Answer::Chosen(vec![at]));
            one.chain([Answer::Chosen(right)]).collect()
        }
        Kind::Order { items, .. } => {
            let right: Vec<usize> = (0..items.len()).collect();
            let wrong = right.iter().rev().copied().collect();
            vec![Answer::Order(right), Answer::Order(wrong)]
        }
        Kind::Command { example, wrong, .. } => {
            let wrong = wrong.iter().map(|wrong| wrong.text.clone());
            wrong.chain([example.clone()]).map(Answer::Text).collect()
        }
        Kind::Predict {
            model,
            versions,
            wrong,
            ..
        } => {
            let played = outcome(pack, question);
            let after = played
                .as_ref()
                .and_then(|played| played.registry().model(model));
            let right = versions.iter().filter_map(|version| {
                let stage = after?.version(*version)?.stage();
                Some((*version, stage))
            });
            let wrong = wrong.iter().map(|wrong| wrong.stages.clone());
            wrong.chain([right.collect()]).map(Answer::Board).collect()
        }
    }
}

/// Gives an answer with the question's own fields, and submits it.
pub async fn give(page: &Page, answer: &Answer) -> Outcome {
    match answer {
        Answer::Chosen(options) => {
            for option in options {
                page.click(&format!("label[for=option-{option}]")).await?;
            }
        }
        Answer::Order(order) => {
            for (place, item) in order.iter().enumerate() {
                put(page, *item, place).await?;
            }
        }
        Answer::Text(text) => page.fill("#command", text).await?,
        Answer::Board(board) => {
            for (version, stage) in board {
                page.choose(&format!("#stage-{version}"), stage.as_str())
                    .await?;
            }
        }
    }
    page.click("#answer").await
}

/// Moves an item up to its place, step by step.
async fn put(page: &Page, item: usize, place: usize) -> Outcome {
    let up = format!("#up-{item}");
    page.find(&up, None).await?;
    loop {
        let at = "return $$('.ordering li').findIndex((row) => row.querySelector(a[0]));";
        let at = page.js(at, json!([up])).await?;
        if at.as_u64().is_none_or(|at| at <= place as u64) {
            return Ok(());
        }
        page.click(&up).await?;
        page.focused(&up).await?;
    }
}
