//! The console: typing, completing, recalling, errors, copying; in the drawer and in the lesson.

use e2e::{Outcome, Page, cases};
use serde_json::json;
use thirtyfour::Key;

use crate::pasted::paste;
use crate::steps::{FRAUD, stands_in, transition};

cases! {
    what_is_typed_is_done,
    a_refusal_has_its_ways_out,
    a_text_that_is_cut_does_not_run,
    a_password_is_not_kept,
    it_says_how_it_read_a_text,
    an_error_points_at_its_place,
    the_lessons_form_under_both_rules,
    words_are_completed,
    what_was_typed_comes_back,
    undo_and_redo_like_the_buttons,
    nothing_is_done_in_an_earlier_moment,
    everything_can_be_copied,
    curl_answers_as_the_server_does,
    the_console_of_a_step,
}

/// Where one types.
pub const FIELD: &str = "#console-field";
pub const LOG: &str = "#console-log";
/// The keys as WebDriver writes them.
pub const TAB: char = '\u{e004}';
pub const ENTER: char = '\u{e007}';

/// The console on the page of a model, open.
pub async fn open(page: &Page) -> Outcome {
    page.open(FRAUD).await?;
    page.click("#console-toggle").await?;
    page.focused(FIELD).await
}

/// Types a line and runs it.
pub async fn enter(page: &Page, line: &str) -> Outcome {
    page.fill(FIELD, line).await?;
    page.keys(Key::Enter).await?;
    page.until_with(
        "what was typed, in the log",
        "text($$('.console-in').at(-1)) === a[0] && $('#console-field').value === ''",
        json!([line]),
    )
    .await
}

/// Waits until the last answer has this in it.
pub async fn answers(page: &Page, says: &str) -> Outcome {
    page.until_with(
        &format!("the answer “{says}”"),
        "text($$('.console-entry').at(-1))?.includes(a[0])",
        json!([says]),
    )
    .await
}

async fn what_is_typed_is_done(page: Page) -> Outcome {
    open(&page).await?;
    enter(
        &page,
        "client.transition_model_version_stage(name=\"fraud-detector\", version=5, stage=\"staging\")",
    )
    .await?;
    answers(&page, "current_stage='Staging'").await?;
    stands_in(&page, 5, "Staging").await?;
    // The same history as by hand, and kept like it.
    page.sees(
        "li.step",
        "Moved fraud-detector version 5 from None to Staging.",
    )
    .await?;
    enter(
        &page,
        "print(client.get_model_version(\"fraud-detector\", 5).current_stage)",
    )
    .await?;
    page.until_with(
        "what was printed",
        "text($$('.console-out').at(-1)) === a[0]",
        json!(["Staging"]),
    )
    .await?;
    page.hears("1 statement ran. Staging").await?;
    page.reload().await?;
    stands_in(&page, 5, "Staging").await
}

async fn a_refusal_has_its_ways_out(page: Page) -> Outcome {
    open(&page).await?;
    enter(
        &page,
        "client.transition_model_version_stage(\"fraud-detector\", 4, \"Production\")",
    )
    .await?;
    page.sees(".console-error", "Refused by a rule of this team")
        .await?;
    stands_in(&page, 4, "Staging").await?;
    page.press(
        ".console-ways button",
        "Do both in one step (archive_existing_versions=True)",
    )
    .await?;
    stands_in(&page, 4, "Production").await?;
    stands_in(&page, 3, "Archived").await?;
    answers(
        &page,
        "Moved fraud-detector version 4 from Staging to Production.",
    )
    .await?;
    // A button was pressed and nothing was typed; what it says stands there as a note.
    page.until(
        "the button's words as a note",
        "!$$('.console-entry').at(-1).querySelector('.console-in') &&
            text($$('.console-entry').at(-1).querySelector('.console-note')).startsWith('Do both in one step')",
    )
    .await
}

async fn a_text_that_is_cut_does_not_run(page: Page) -> Outcome {
    open(&page).await?;
    paste(&page, &format!("show # {}", "x".repeat(40_000))).await?;
    page.sees(".field-error", "only").await?;
    page.until(
        "no way to run it",
        "$('.console-run').disabled && $$('.console-asks').length === 0",
    )
    .await?;
    page.keys(Key::Enter).await?;
    page.until("nothing done", "$$('.console-entry').length === 0")
        .await?;
    enter(&page, "show").await
}

async fn a_password_is_not_kept(page: Page) -> Outcome {
    open(&page).await?;
    enter(&page, "curl -u me:geheim http://localhost:5000/api/2.0/mlflow/registered-models/get?name=fraud-detector").await?;
    answers(&page, "This is not kept for your next visit").await?;
    enter(&page, "show").await?;
    page.until(
        "what was typed, without the password",
        "Object.values(localStorage).some((it) => it.includes('show')) && !Object.values(localStorage).some((it) => it.includes('geheim'))",
    )
    .await
}

async fn it_says_how_it_read_a_text(page: Page) -> Outcome {
    open(&page).await?;
    for (line, read_as) in [
        ("print(1)", "Python"),
        ("show", "console"),
        ("mlflow --version", "command line"),
        (
            "curl http://localhost:5000/api/2.0/mlflow/registered-models/get?name=fraud-detector",
            "shell and REST",
        ),
        ("client.nothing(", "Python"),
    ] {
        page.fill(FIELD, line).await?;
        page.keys_held(&[Key::Control], ENTER).await?;
        page.until_with(
            &format!("“{read_as}” beside “{line}”"),
            "text($$('.console-in').at(-1)) === a[0] && text($$('.console-read-as').at(-1)) === 'Read as: ' + a[1]",
            json!([line, read_as]),
        )
        .await?;
    }
    paste(&page, "show\nx = 3\nmlflow --version").await?;
    page.press(".console-asks button", "Run all").await?;
    page.until(
        "all forms in order",
        "text($$('.console-read-as').at(-1)) === 'Read as: console, Python, command line'",
    )
    .await
}

async fn an_error_points_at_its_place(page: Page) -> Outcome {
    open(&page).await?;
    enter(&page, "client.get_model_versoin(\"fraud-detector\", 3)").await?;
    page.sees(
        ".console-error",
        "MlflowClient has no method get_model_versoin.",
    )
    .await?;
    answers(&page, "line 1, column 8").await?;
    answers(&page, "Did you mean get_model_version?").await?;
    page.until(
        "the underline below the name",
        "(() => { const [line, under] = $$('.console-mark').at(-1).textContent.split('\\n').slice(-2);
            return line.indexOf('get_model_versoin') === under.indexOf('^') && under.trim().length === 17; })()",
    )
    .await?;
    page.until(
        "an announcement of what is wrong",
        "text('#announcer').includes('has no method')",
    )
    .await?;
    // A refusal too, though its statement is all there is.
    enter(&page, "client.get_model_version(\"fraud-detector\", 99)").await?;
    answers(&page, "line 1, column 44").await
}

async fn the_lessons_form_under_both_rules(page: Page) -> Outcome {
    const LINE: &str =
        "mlflow models transition-version --model-name fraud-detector --version 5 --stage staging";
    open(&page).await?;
    enter(
        &page,
        "mlflow models transition-version --version 5 --stage staging",
    )
    .await?;
    page.sees(".console-error", "Error: Missing option '--model-name'.")
        .await?;
    page.sees(".console-mark", "line 1, column 15").await?;
    enter(&page, LINE).await?;
    answers(&page, "This command is this page's own").await?;
    stands_in(&page, 5, "Staging").await?;
    enter(&page, "undo").await?;
    stands_in(&page, 5, "None").await?;
    enter(&page, "rules mlflow").await?;
    page.until("MLflow's rules", "$('#rules-mlflow').checked")
        .await?;
    enter(&page, LINE).await?;
    page.sees(
        ".console-error",
        "Error: No such command 'transition-version'.",
    )
    .await?;
    answers(&page, "exit code 2").await?;
    answers(&page, "client.transition_model_version_stage(").await?;
    answers(&page, "curl -X POST").await?;
    stands_in(&page, 5, "None").await?;
    // The ways that exist are shown for what is not whole as well.
    enter(&page, "mlflow models transition-version --version 5").await?;
    answers(
        &page,
        "NAME, STAGE stand for what is missing in the command",
    )
    .await?;
    answers(&page, "version=\"5\", stage=\"STAGE\"").await
}

async fn words_are_completed(page: Page) -> Outcome {
    open(&page).await?;
    page.keys("client.transi").await?;
    page.sees(".suggestion", "transition_model_version_stage")
        .await?;
    page.keys(Key::Tab).await?;
    page.until(
        "the method",
        "$('#console-field').value.startsWith('client.transition_model_version_stage')",
    )
    .await?;
    page.focused(FIELD).await?;
    // A list that can be tapped.
    page.fill(FIELD, "client.get_model_version(\"fra").await?;
    page.press(".suggestion", "fraud-detector\"").await?;
    page.until(
        "the model's name",
        "$('#console-field').value.includes('\"fraud-detector')",
    )
    .await?;
    page.focused(FIELD).await?;
    // Escape puts the list away, and then Tab goes on: the field is no trap.
    page.fill(FIELD, "client.get_").await?;
    page.sees(".suggestion", "get_model_version").await?;
    page.keys(Key::Escape).await?;
    page.gone(".suggestion").await?;
    page.keys(Key::Tab).await?;
    page.until(
        "the focus on the next control",
        "document.activeElement.matches('.console-run')",
    )
    .await
}

async fn what_was_typed_comes_back(page: Page) -> Outcome {
    open(&page).await?;
    for line in ["show", "history", "show fraud-detector"] {
        enter(&page, line).await?;
    }
    let holds = async |value: &str| {
        page.until_with(
            &format!("“{value}” in the field"),
            "$('#console-field').value === a[0]",
            json!([value]),
        )
        .await
    };
    page.keys(Key::Up).await?;
    holds("show fraud-detector").await?;
    page.keys(Key::Up).await?;
    holds("history").await?;
    page.keys(Key::Down).await?;
    holds("show fraud-detector").await?;
    page.keys(Key::Down).await?;
    holds("").await?;
    // With something typed, only what has it in it.
    page.fill(FIELD, "his").await?;
    page.keys(Key::Up).await?;
    holds("history").await?;
    page.keys(Key::Down).await?;
    holds("his").await?;
    // It is kept.
    page.reload().await?;
    page.click(FIELD).await?;
    page.keys(Key::Up).await?;
    holds("show fraud-detector").await
}

async fn undo_and_redo_like_the_buttons(page: Page) -> Outcome {
    open(&page).await?;
    page.click("#console-toggle").await?;
    transition(&page, 5, "Submit for testing", "Staging").await?;
    page.click("#console-toggle").await?;
    enter(&page, "undo").await?;
    stands_in(&page, 5, "None").await?;
    page.until("the button too", "!$('#redo').disabled").await?;
    enter(&page, "redo").await?;
    stands_in(&page, 5, "Staging").await?;
    enter(&page, "restore 17").await?;
    stands_in(&page, 4, "None").await?;
    enter(&page, "reset empty").await?;
    page.sees("main", "There is no model named fraud-detector")
        .await?;
    enter(&page, "reset").await?;
    stands_in(&page, 4, "Staging").await?;
    page.fill(FIELD, "clear").await?;
    page.keys(Key::Enter).await?;
    page.until(
        "nothing of what was typed",
        "$$('.console-entry').length === 0",
    )
    .await?;
    page.sees(LOG, "For example").await?;
    // What comes after it in the same text stands there then.
    page.keys("print('gone')").await?;
    page.keys_held(&[Key::Shift], ENTER).await?;
    page.keys("clear").await?;
    page.keys_held(&[Key::Shift], ENTER).await?;
    page.keys("print('left')").await?;
    page.keys(Key::Enter).await?;
    page.until(
        "what was printed after it",
        "$$('.console-out').map(text).join() === 'left'",
    )
    .await
}

async fn nothing_is_done_in_an_earlier_moment(page: Page) -> Outcome {
    open(&page).await?;
    page.press("li.step button", "View: Step 18").await?;
    page.sees(".moment-bar", "after step 18").await?;
    page.fill(FIELD, "undo").await?;
    page.keys(Key::Enter).await?;
    page.sees(".console-error", "You are viewing an earlier moment")
        .await?;
    page.until(
        "what was typed is still there",
        "$('#console-field').value === 'undo'",
    )
    .await?;
    // Nor by a button of the console.
    page.press(".moment-bar button", "Back to now").await?;
    page.gone(".moment-bar").await?;
    page.fill(FIELD, "").await?;
    enter(
        &page,
        "client.transition_model_version_stage(\"fraud-detector\", 4, \"Production\")",
    )
    .await?;
    page.press("li.step button", "View: Step 18").await?;
    page.press(
        ".console-ways button",
        "Do both in one step (archive_existing_versions=True)",
    )
    .await?;
    answers(&page, "You are viewing an earlier moment").await?;
    page.press(".moment-bar button", "Back to now").await?;
    stands_in(&page, 4, "Staging").await
}

async fn everything_can_be_copied(page: Page) -> Outcome {
    open(&page).await?;
    page.js(
        "Object.defineProperty(navigator, 'clipboard', { value: { writeText: async (text) => { window.__copied = text } } })",
        json!([]),
    )
    .await?;
    enter(&page, "print('a')").await?;
    page.fill(FIELD, "x = (1,").await?;
    page.keys(Key::Enter).await?;
    page.keys("2)").await?;
    page.keys(Key::Enter).await?;
    page.press(".drawer button", "Copy all").await?;
    page.hears("Copied.").await?;
    page.until(
        "the transcript",
        "window.__copied.startsWith(\"> print('a')\\n(Python)\\na\\n\") && window.__copied.includes('> x = (1,\\n. 2)')",
    )
    .await?;
    page.press(".drawer button", "Clear").await?;
    page.sees(LOG, "For example").await?;
    page.focused(FIELD).await
}

async fn curl_answers_as_the_server_does(page: Page) -> Outcome {
    open(&page).await?;
    enter(
        &page,
        "curl -X POST http://localhost:5000/api/2.0/mlflow/model-versions/transition-stage -H 'Content-Type: application/json' -d '{\"name\": \"fraud-detector\", \"version\": \"5\", \"stage\": \"Staging\"}'",
    )
    .await?;
    answers(&page, "\"current_stage\": \"Staging\"").await?;
    stands_in(&page, 5, "Staging").await?;
    enter(
        &page,
        "curl -X POST http://localhost:5000/api/2.0/mlflow/model-versions/transition-stage -H 'Content-Type: application/json' -d '{\"name\": \"fraud-detector\", \"version\": 5, \"stage\": \"Staging\"}'",
    )
    .await?;
    answers(&page, "INVALID_PARAMETER_VALUE").await
}

async fn the_console_of_a_step(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    stands_in(&page, 5, "None").await?;
    page.open("#/learn/four-stages").await?;
    page.click(".play-console > summary").await?;
    for (line, says) in [
        ("show", "fraud-detector"),
        ("reset empty", "reset empty"),
        ("show", "There are no models."),
    ] {
        page.fill("#play-console-field", line).await?;
        page.keys(Key::Enter).await?;
        page.sees("#play-console-log", says).await?;
    }
    // The learner's own registry is never touched by it.
    page.open(FRAUD).await?;
    stands_in(&page, 5, "None").await
}
