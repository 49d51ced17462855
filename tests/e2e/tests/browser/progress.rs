//! The progress page: what it shows, and the data as a file, taken in, taken back and deleted.

use e2e::axe::finds_nothing;
use e2e::browser::Kind;
use e2e::{Outcome, Page, cases};
use lesson::progress::{self, Id, Outcome as Went, Progress};
use registry::Time;
use serde_json::json;

cases! {
    it_is_shown_deleted_and_brought_back,
    a_file_says_what_it_would_bring_and_is_taken_in_and_back,
    what_is_no_progress_file_changes_nothing,
    the_file_that_is_given_out_is_taken_in_again,
    axe_with_a_file [only(Kind::Chromium)],
}

/// Answers a question.
pub async fn answer(page: &Page, question: &str, option: usize) -> Outcome {
    page.open(&format!("#/practice/{question}")).await?;
    page.click(&format!("label[for=option-{option}]")).await?;
    page.click("#answer").await?;
    page.sees("#feedback-title", "").await
}

async fn it_is_shown_deleted_and_brought_back(page: Page) -> Outcome {
    page.open("#/progress").await?;
    page.sees("main", "Nothing yet").await?;
    answer(&page, "staging-for", 1).await?;
    page.open("#/progress").await?;
    page.sees("main", "What is the staging stage for?").await?;
    // Each topic has its ring; a link leads to what is asked next.
    page.sees(".topic:has(.ring-begun)", "0 of 6 mastered")
        .await?;
    page.sees(".topic:not(:has(.ring-begun))", "not tried yet")
        .await?;
    page.go("#/settings").await?;
    page.click("#delete-progress").await?;
    page.hears("All progress is deleted.").await?;
    page.go("#/progress").await?;
    page.sees("main", "Nothing yet").await?;
    answer(&page, "staging-for", 1).await?;
    page.go("#/settings").await?;
    page.click("#delete-progress").await?;
    page.press("#progress-undo button", "Undo").await?;
    page.hears("Your progress is back.").await?;
    page.go("#/progress").await?;
    page.sees("main", "What is the staging stage for?").await?;
    page.reload().await?;
    page.sees("main", "What is the staging stage for?").await
}

async fn give(page: &Page, text: &str) -> Outcome {
    page.give_file("#import-progress", text, "#import-result")
        .await
}

/// What somebody has done elsewhere, on a day long before the browser's.
fn from_elsewhere() -> Progress {
    let mut progress = Progress::default();
    let at = Time(1_700_000_000_000);
    progress.start_round(
        ["swap-order"]
            .iter()
            .filter_map(|id| Id::parse(id))
            .collect(),
        at,
    );
    progress.answered("staging-for", Went::Wrong, None, at);
    progress.answered("swap-order", Went::Wrong, None, at);
    progress.answered("archived-call", Went::Right, None, at);
    progress.step_done("hook", at);
    progress.step_done("problem", at);
    progress.set_place("label", at);
    progress
}

const QUESTIONS: &str = "$$('main table').at(-1).querySelectorAll('tbody tr').length === a[0]";

/// Looks at the progress, and comes back to the settings.
async fn has_questions(page: &Page, count: usize) -> Outcome {
    page.go("#/progress").await?;
    let what = format!("{count} questions");
    page.until_with(&what, QUESTIONS, json!([count])).await?;
    page.go("#/settings").await?;
    page.sees("h1", "Settings").await
}

async fn a_file_says_what_it_would_bring_and_is_taken_in_and_back(page: Page) -> Outcome {
    answer(&page, "staging-for", 1).await?;
    page.open("#/settings").await?;
    let file = progress::to_file(&from_elsewhere());
    give(&page, &file).await?;
    page.sees("#import-result", "What the file will change")
        .await?;
    let brings = "$$('section:has(> #import-result) li').map(text).join(' ') === a[0]";
    let all = "2 questions that you have not answered here. 1 question stays as it is here. 2 more steps done. \
               Your place in the lesson will be the file's: it is the later one. \
               The round of questions in the file replaces yours, or adds answers to it.";
    page.until_with("what it would bring", brings, json!([all]))
        .await?;
    page.press("main button", "Cancel").await?;
    page.gone("#import-result").await?;
    has_questions(&page, 1).await?;

    give(&page, &file).await?;
    page.press("main button", "Import").await?;
    page.hears("The file was imported.").await?;
    page.focused("#progress-undo").await?;
    page.go("#/progress").await?;
    page.until_with("three questions", QUESTIONS, json!([3]))
        .await?;
    page.sees("main", "2 of 21 steps done").await?;
    // The answer that was given here is the later one: it stays.
    page.until(
        "the own answer",
        "$$('main table tr').some((row) => text(row).includes('staging') && text(row).includes('right'))",
    )
    .await?;

    page.begin().await?;
    answer(&page, "staging-for", 1).await?;
    page.open("#/settings").await?;
    give(&page, &file).await?;
    page.press("main button", "Import").await?;
    page.press("#progress-undo button", "Undo").await?;
    page.hears("Your progress is back.").await?;
    has_questions(&page, 1).await?;
    page.reload().await?;
    has_questions(&page, 1).await?;

    give(&page, &file).await?;
    page.press("main button", "Import").await?;
    page.reload().await?;
    has_questions(&page, 3).await?;
    give(&page, &file).await?;
    page.sees("#import-result", "The file has nothing new.")
        .await?;
    page.open("#/learn").await?;
    page.sees("h1", "A label instead of a guess").await
}

async fn what_is_no_progress_file_changes_nothing(page: Page) -> Outcome {
    answer(&page, "staging-for", 1).await?;
    page.open("#/settings").await?;
    let file = progress::to_file(&from_elsewhere());
    for (text, says) in [
        ("hello".to_owned(), "This is not a progress file"),
        ("{}".to_owned(), "This is not a progress file"),
        (
            // Whatever the version of today is: this has two digits more.
            file.replacen("\"version\":", "\"version\":99", 1),
            "a newer version of Model Stages",
        ),
        (file.replace("\"at\":17", "\"at\":-17"), "but it is damaged"),
        (" ".repeat(2_000_001), "larger than any progress file"),
    ] {
        give(&page, &text).await?;
        page.sees("#import-result", says).await?;
        has_questions(&page, 1).await?;
        page.reload().await?;
    }
    Ok(())
}

async fn the_file_that_is_given_out_is_taken_in_again(page: Page) -> Outcome {
    answer(&page, "swap-order", 0).await?;
    page.open("#/settings").await?;
    page.catch_files().await?;
    page.press("main button", "Download").await?;
    page.until("the file", "window.__given").await?;
    let given = page.string("window.__given").await?;
    let read = progress::from_file(&given).map_err(|error| format!("{error:?}"))?;
    assert!(read.question("swap-order").is_some());
    page.click("#delete-progress").await?;
    page.hears("All progress is deleted.").await?;
    give(&page, &given).await?;
    page.press("main button", "Import").await?;
    has_questions(&page, 1).await
}

async fn axe_with_a_file(page: Page) -> Outcome {
    page.open("#/progress").await?;
    finds_nothing(&page, "nothing yet").await?;
    page.go("#/settings").await?;
    page.sees("h1", "Settings").await?;
    give(&page, "hello").await?;
    finds_nothing(&page, "no progress file").await?;
    give(&page, &progress::to_file(&from_elsewhere())).await?;
    finds_nothing(&page, "what it would bring").await?;
    page.press("main button", "Import").await?;
    page.focused("#progress-undo").await?;
    finds_nothing(&page, "taken over").await?;
    page.go("#/progress").await?;
    page.sees(".topics", "mastered").await?;
    finds_nothing(&page, "much").await?;
    page.go("#/settings").await?;
    page.click("#delete-progress").await?;
    Ok(())
}
