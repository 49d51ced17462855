//! Texts of several lines in the console: pasted ones, which ask once, very long ones, and those that are typed line by
//! line.

use e2e::{Outcome, Page, cases};
use serde_json::json;
use thirtyfour::Key;

use crate::console::{ENTER, FIELD, answers, open};
use crate::steps::stands_in;

cases! {
    a_pasted_text_asks_once,
    a_long_text_is_answered_or_refused,
    lines_go_on_until_they_are_whole,
}

/// Puts a text into the field as a paste does.
pub async fn paste(page: &Page, text: &str) -> Outcome {
    page.click(FIELD).await?;
    page.js(
        "const field = $('#console-field');
         field.dispatchEvent(new ClipboardEvent('paste', { bubbles: true }));
         field.value = a[0];
         field.dispatchEvent(new Event('input', { bubbles: true }));",
        json!([text]),
    )
    .await?;
    Ok(())
}

const SCRIPT: &str = "from mlflow import MlflowClient\r\n\r\nclient = MlflowClient()\r\nname = \"fraud-detector\"\r\n\
    client.transition_model_version_stage(name=name, version=5, stage=\"Staging\")\r\n\
    client.transition_model_version_stage(name=name, version=5, stage=\"Production\")\r\n\
    client.set_registered_model_alias(name, \"late\", 5)\r\n";

async fn a_pasted_text_asks_once(page: Page) -> Outcome {
    open(&page).await?;
    paste(&page, SCRIPT).await?;
    page.sees(".console-asks", "This has 6 statements. Run all?")
        .await?;
    page.press(".console-asks button", "Look at it first")
        .await?;
    page.gone(".console-asks").await?;
    page.focused(FIELD).await?;
    stands_in(&page, 5, "None").await?;
    paste(&page, SCRIPT).await?;
    page.press(".console-asks button", "Run all").await?;
    page.gone(".console-asks").await?;
    // It stops at the first that is refused, and says what was done.
    page.sees(
        ".console-error",
        "Refused by a rule of the team: One live version",
    )
    .await?;
    answers(&page, "4 statements were carried out before.").await?;
    answers(&page, "1 statement after it was not carried out.").await?;
    stands_in(&page, 5, "Staging").await?;
    // One line asks nothing.
    paste(&page, "show").await?;
    page.gone(".console-asks").await?;
    // Who changes the text, or brings another back, is not asked about what was pasted.
    const ASKS: &str = "This has 6 statements. Run all?";
    paste(&page, SCRIPT).await?;
    page.sees(".console-asks", ASKS).await?;
    page.fill(FIELD, "").await?;
    page.gone(".console-asks").await?;
    paste(&page, SCRIPT).await?;
    page.sees(".console-asks", ASKS).await?;
    page.js("$('#console-field').setSelectionRange(0, 0)", json!([]))
        .await?;
    page.keys(Key::Up).await?;
    page.gone(".console-asks").await?;
    // A paste that brings no text, such as a picture, asks nothing about what is typed then.
    page.fill(FIELD, "print(1)").await?;
    page.keys_held(&[Key::Shift], ENTER).await?;
    page.keys("print(2)").await?;
    page.js(
        "$('#console-field').dispatchEvent(new ClipboardEvent('paste', { bubbles: true }));",
        json!([]),
    )
    .await?;
    page.keys(" # two").await?;
    page.until(
        "what was typed",
        "$('#console-field').value.endsWith('print(2) # two')",
    )
    .await?;
    page.gone(".console-asks").await
}

async fn a_long_text_is_answered_or_refused(page: Page) -> Outcome {
    open(&page).await?;
    let run = async |text: String| {
        paste(&page, &text).await?;
        page.click(".console-run").await
    };
    // Each of the 401 statements has an answer of its own: 200 are shown.
    run(format!("{}print('end')\n", "show\n".repeat(400))).await?;
    page.sees(
        ".console-note",
        "201 more pieces of the answer are not shown here",
    )
    .await?;
    page.until(
        "the end of the answer",
        "text($$('.console-out').at(-1)) === 'end'",
    )
    .await?;
    // A hundred pages are fewer pieces, but more than can be laid out at once.
    page.press(".drawer button", "Clear").await?;
    run("help\n".repeat(100)).await?;
    page.sees(
        ".console-note",
        "more pieces of the answer are not shown here",
    )
    .await?;
    run("a".repeat(32_001)).await?;
    page.sees(".console-error", "longer than the console reads")
        .await?;
    // So many answers are too much for one text, however short it is.
    page.press(".drawer button", "Clear").await?;
    run("show\n".repeat(2_000)).await?;
    page.sees(".console-error", "makes texts that are too long")
        .await?;
    page.until("no element for every letter", "$$('*').length < 5000")
        .await
}

async fn lines_go_on_until_they_are_whole(page: Page) -> Outcome {
    open(&page).await?;
    page.keys("print(").await?;
    page.keys(Key::Enter).await?;
    page.until(
        "a second line",
        "$('#console-field').value.startsWith('print(') && $('#console-field').value.endsWith('\\n')",
    )
    .await?;
    page.keys("1 + 2)").await?;
    page.keys(Key::Enter).await?;
    page.until(
        "what was printed",
        "text($$('.console-out').at(-1)) === '3' || $$('.console-error').length > 0",
    )
    .await?;
    // A block of Python ends with an empty line.
    for line in ["for x in [1, 2]:", "    print(x)", ""] {
        page.keys(line).await?;
        page.keys(Key::Enter).await?;
    }
    page.until("the block", "text($$('.console-out').at(-1)) === '1 2'")
        .await?;
    page.keys("x = 'a'").await?;
    page.keys_held(&[Key::Shift], ENTER).await?;
    page.keys("print(x + 'b')").await?;
    page.keys(Key::Enter).await?;
    page.until("both lines", "text($$('.console-out').at(-1)) === 'ab'")
        .await
}
