//! Questions about one's own history, at the history.

use e2e::axe::finds_nothing;
use e2e::browser::Kind;
use e2e::{Failure, Outcome, Page, cases};
use lesson::exercise::history_quiz::{HistoryQuestion, ask};
use registry::{ModelName, Time, sample};
use serde_json::json;

use crate::steps::{FRAUD, ask as ask_to, stands_in, submit, unfold};

cases! {
    they_are_answered_by_keyboard,
    a_wrong_answer_is_told_with_what_the_history_says,
    another_history_ends_them,
    too_little_is_said,
    axe_and_narrow [only(Kind::Chromium)],
}

const ENTER: &str = "\u{e007}";
const TAB: &str = "\u{e004}";
const DOWN: &str = "\u{e015}";

/// What the page asks first about the sample: the same every time, whenever it was made.
fn questions() -> Outcome<Vec<HistoryQuestion>> {
    let log = sample::sample(Time(0)).0;
    let model =
        ModelName::parse("fraud-detector").map_err(|error| Failure::new(format!("{error:?}")))?;
    Ok(ask(&log, Some(&model), log.step(), 3))
}

async fn they_are_answered_by_keyboard(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    let questions = questions()?;
    assert_eq!(questions.len(), 3);
    page.find("#ask-history", None).await?;
    page.js("$('#ask-history').focus()", json!([])).await?;
    page.keys(ENTER).await?;
    page.focused("#asked-title").await?;
    for (at, question) in questions.iter().enumerate() {
        let number = format!("Question {} of 3", at + 1);
        page.sees(".asked-box", &number).await?;
        let count = "$$('[name=asked-option]').length === a[0]";
        page.until_with("the options", count, json!([question.options.len()]))
            .await?;
        // Past the button that closes it, to the first option; the arrows choose.
        page.js("$('#asked-option-0').focus()", json!([])).await?;
        page.keys(" ").await?;
        for _ in 0..question.right {
            page.keys(DOWN).await?;
        }
        let chosen = format!("#asked-option-{}:checked", question.right);
        page.focused(&chosen).await?;
        page.keys(TAB).await?;
        page.focused("#asked-answer").await?;
        page.keys(ENTER).await?;
        page.hears("Right.").await?;
        page.focused("#asked-next").await?;
        page.sees(
            ".asked-box .choice[data-chosen][data-right=true]",
            "right – your answer",
        )
        .await?;
        // Every option says why.
        let why = "$$('.asked-box .choice-why').every((why) => why.children.length === 2 && text(why.children[1]))";
        page.until("an explanation of every option", why).await?;
        page.keys(ENTER).await?;
        page.focused("#asked-title").await?;
    }
    page.sees(".asked-box", "All 3 right.").await?;
    page.hears("All 3 right.").await?;
    page.press(".asked-box button", "More questions").await?;
    page.sees(".asked-box", "Question 1 of 3").await?;
    page.press(".asked-box button", "Close").await?;
    page.focused("#ask-history").await?;
    page.gone(".asked-box").await
}

async fn a_wrong_answer_is_told_with_what_the_history_says(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    page.click("#ask-history").await?;
    page.click("#asked-answer").await?;
    page.sees(".asked-box [role=alert]", "Choose an answer first.")
        .await?;
    let right = questions()?.first().map_or(0, |question| question.right);
    let wrong = usize::from(right == 0);
    page.click(&format!("label[for=asked-option-{wrong}]"))
        .await?;
    page.click("#asked-answer").await?;
    page.hears("No.").await?;
    page.sees(".asked-box .choice[data-chosen]", "wrong – your answer")
        .await?;
    page.sees(
        ".asked-box .choice[data-right=true]",
        "right – the right answer",
    )
    .await
}

async fn another_history_ends_them(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    ask_to(&page, 5, "Submit for testing").await?;
    submit(&page, "Move to Staging").await?;
    stands_in(&page, 5, "Staging").await?;
    page.click("#ask-history").await?;
    page.sees(".asked-box", "Question 1 of 3").await?;
    page.click("#undo").await?;
    page.sees(".asked-box", "The history has changed, so")
        .await?;
    page.press(".asked-box button", "More questions").await?;
    page.sees(".asked-box", "Question 1 of 3").await?;
    // What only goes on leaves them as they are.
    page.click("#redo").await?;
    page.sees(".asked-box", "Question 1 of 3").await
}

async fn too_little_is_said(page: Page) -> Outcome {
    page.open("#/registry").await?;
    page.choose_in_menu("Start empty…").await?;
    page.click("dialog button.primary, dialog button.danger")
        .await?;
    page.gone("dialog[open]").await?;
    page.press("main button", "Register a model").await?;
    page.fill("dialog input", "m").await?;
    page.click("dialog button[type=submit]").await?;
    page.gone("dialog[open]").await?;
    // The new model's page opens by itself.
    page.sees("h1", "m").await?;
    page.click("#ask-history").await?;
    page.sees(".asked-box", "There is too little history").await
}

async fn axe_and_narrow(page: Page) -> Outcome {
    for width in [320, 1280] {
        let state = |what: &str| format!("{what}, {width} pixels");
        page.resize(width, 900).await?;
        page.open(FRAUD).await?;
        // On a narrow page the history is folded.
        unfold(&page).await?;
        page.click("#ask-history").await?;
        page.sees(".asked-box", "Question 1 of 3").await?;
        finds_nothing(&page, &state("a question")).await?;
        page.click("label[for=asked-option-0]").await?;
        page.click("#asked-answer").await?;
        page.sees(".asked-box .choice-sign", "").await?;
        finds_nothing(&page, &state("an answered question")).await?;
        page.fits(&state("an answered question")).await?;
    }
    Ok(())
}
