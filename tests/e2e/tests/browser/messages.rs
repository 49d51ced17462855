//! What is said of something that was done: it stands on the page where it was done, and goes with it.

use e2e::{Outcome, Page, cases};
use serde_json::json;
use thirtyfour::Key;

use crate::console::{FIELD, answers, open};
use crate::steps::{FRAUD, of_model, transition};

cases! {
    a_message_goes_with_its_page,
    a_message_comes_along_to_the_page_it_leads_to,
    an_exercise_says_nothing_elsewhere,
    the_lesson_says_nothing_elsewhere,
    the_status_line_never_prints_the_console,
    what_was_not_done_is_not_in_the_colour_of_success,
}

/// Waits until nothing is said any more, neither to the eye nor to a screen reader.
async fn says_nothing(page: &Page) -> Outcome {
    page.until(
        "a page that says nothing yet",
        "$$('.said').every((line) => text(line) === '') && text('#announcer') === ''",
    )
    .await
}

async fn a_message_goes_with_its_page(page: Page) -> Outcome {
    const MOVED: &str = "v5 is in Staging.";
    page.open(FRAUD).await?;
    transition(&page, 5, "Submit for testing", "Staging").await?;
    page.sees(".said", MOVED).await?;
    page.hears(MOVED).await?;
    page.go("#/registry").await?;
    page.sees("main", "churn-forecast").await?;
    says_nothing(&page).await?;
    page.go(FRAUD).await?;
    page.sees("#board-title", "").await?;
    says_nothing(&page).await
}

async fn a_message_comes_along_to_the_page_it_leads_to(page: Page) -> Outcome {
    const DELETED: &str = "Deleted the model support-router with everything in it.";
    page.open("#/registry/support-router").await?;
    of_model(&page, "Delete model…").await?;
    page.press("dialog button", "Delete the model").await?;
    page.sees("h1", "Registry").await?;
    page.sees(".said", DELETED).await?;
    page.hears(DELETED).await?;
    page.go(FRAUD).await?;
    page.sees("#board-title", "").await?;
    says_nothing(&page).await
}

async fn an_exercise_says_nothing_elsewhere(page: Page) -> Outcome {
    page.open("#/exercises/first-promotion").await?;
    transition(&page, 1, "Submit for testing", "Staging").await?;
    page.sees(".said", "v1 is in Staging.").await?;
    page.click(".play-console > summary").await?;
    page.fill("#exercise-console-field", "print('from the exercise')")
        .await?;
    page.keys(Key::Enter).await?;
    page.hears("1 statement ran. from the exercise").await?;
    page.go(FRAUD).await?;
    page.sees("#board-title", "").await?;
    says_nothing(&page).await
}

async fn the_lesson_says_nothing_elsewhere(page: Page) -> Outcome {
    page.open("#/learn/hook").await?;
    page.click("#choice-0").await?;
    page.click("#choose-answer").await?;
    page.until("feedback", "text('#announcer') !== ''").await?;
    page.go(FRAUD).await?;
    page.sees("#board-title", "").await?;
    says_nothing(&page).await
}

async fn the_status_line_never_prints_the_console(page: Page) -> Outcome {
    open(&page).await?;
    let enter = async |line: &str| {
        page.fill(FIELD, line).await?;
        page.keys(Key::Enter).await
    };
    enter("print('a line of the console')").await?;
    answers(&page, "a line of the console").await?;
    page.hears("1 statement ran. a line of the console").await?;
    page.until(
        "no word of it",
        "$$('.said').every((line) => text(line) === '')",
    )
    .await?;
    // What it changed is said as it is said of a button.
    enter("client.transition_model_version_stage('fraud-detector', 5, 'Staging')").await?;
    page.sees(".said", "v5 is in Staging.").await?;
    page.until(
        "nothing of the answer",
        "!text('.said').includes('ModelVersion') && text('#announcer').startsWith('1 statement ran.')",
    )
    .await?;
    // What was taken back is not said to hold.
    enter("undo").await?;
    page.until("nothing said", "text('.said') === ''").await?;
    enter("print(nope)").await?;
    page.until(
        "an announcement of what is wrong, and no word on the page",
        "text('#announcer').startsWith('This needs real Python') && text('.said') === ''",
    )
    .await
}

/// A button that can't be used, a line that was refused, a refusal: none of them looks like what went well.
async fn what_was_not_done_is_not_in_the_colour_of_success(page: Page) -> Outcome {
    const COLOURS: &str = "const probe = document.createElement('p'); document.body.append(probe);
        const colour = (token) => { probe.style.color = `var(${token})`; return getComputedStyle(probe).color; };
        const good = ['--accent', '--accent-hover', '--accent-pressed', '--production-text', '--production-mark'].map(colour);
        probe.remove();";
    for theme in ["light", "dark"] {
        page.open(FRAUD).await?;
        page.choose("#theme", theme).await?;
        // A main button that can't be used yet.
        page.click(".column button:not(.card-move)").await.ok();
        page.go("#/registry").await?;
        page.press("main button", "Register a model").await?;
        page.find("dialog[open] #model-name", None).await?;
        let off = format!(
            "{COLOURS} const off = $$('button:disabled'); const main = $('dialog button.primary');
             return off.includes(main) && off.every((one) => {{ const look = getComputedStyle(one);
               return !good.includes(look.backgroundColor) && !good.includes(look.color) && !good.includes(look.borderColor); }})
               ? '' : off.map((one) => one.outerHTML).join();"
        );
        let found = page.js(&off, json!([])).await?;
        assert_eq!(found, json!(""), "{theme}");
        // The same button, once it can be used.
        page.fill("#model-name", "price").await?;
        let on = format!(
            "{COLOURS} return getComputedStyle($('dialog button.primary')).backgroundColor === good[0];"
        );
        assert_eq!(page.js(&on, json!([])).await?, json!(true), "{theme}");
        page.press("dialog button", "Cancel").await?;
        page.gone("dialog[open]").await?;
    }
    Ok(())
}
