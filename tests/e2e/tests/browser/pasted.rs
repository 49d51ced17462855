//! Texts of several lines in the console: pasted ones, which ask once, very long ones, and those that are typed line by
//! line.

use e2e::{Outcome, Page, cases};
use serde_json::json;
use thirtyfour::Key;

use crate::console::{ENTER, FIELD, answers, open};
use crate::steps::{of_model, stands_in};

cases! {
    a_pasted_text_asks_once,
    a_long_text_is_answered_or_refused,
    a_megabyte_is_measured_before_it_is_worked_on,
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
    page.press(".console-asks button", "Edit first").await?;
    page.gone(".console-asks").await?;
    page.focused(FIELD).await?;
    stands_in(&page, 5, "None").await?;
    paste(&page, SCRIPT).await?;
    page.press(".console-asks button", "Run all").await?;
    page.gone(".console-asks").await?;
    // It stops at the first that is refused, and says what was done.
    page.sees(
        ".console-error",
        "Refused by a rule of this team: One version in Production",
    )
    .await?;
    answers(&page, "4 statements ran before this one.").await?;
    answers(&page, "1 statement after it did not run.").await?;
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
        "201 more parts of the answer are not shown here",
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
        "more parts of the answer are not shown here",
    )
    .await?;
    run("ä".repeat(16_001)).await?;
    page.sees(
        ".console-error",
        "This is too long: the console reads at most 32,000 bytes at once",
    )
    .await?;
    // So many answers are too much for one text, however short it is.
    page.press(".drawer button", "Clear").await?;
    run("show\n".repeat(2_000)).await?;
    page.sees(".console-error", "limits the texts that code makes")
        .await?;
    page.until("no element for every letter", "$$('*').length < 5000")
        .await
}

/// Pastes so many letters, and gives what the page did in that very moment: whether the browser was kept from putting all of
/// it into the field, how much the field holds, and how many elements came.
async fn paste_long(page: &Page, field: &str, length: usize) -> Outcome {
    page.find(field, None).await?;
    page.js(
        "const field = $(a[0]); field.focus(); const before = $$('*').length;
         const long = 'models/x '.repeat(a[1] / 8).slice(0, a[1]);
         const clipboardData = new DataTransfer(); clipboardData.setData('text/plain', long);
         // Firefox makes the clipboard of such an event from a text.
         const event = new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData, dataType: 'text/plain', data: long });
         field.dispatchEvent(event);
         window.__paste = { kept: event.defaultPrevented, held: field.value.length, more: $$('*').length - before };",
        json!([field, length]),
    )
    .await?;
    Ok(())
}

async fn a_megabyte_is_measured_before_it_is_worked_on(page: Page) -> Outcome {
    const MEGABYTE: usize = 1 << 20;
    let pasted = async |most: usize| {
        page.until_with(
            "a paste of which only the beginning was put in",
            "window.__paste.kept && window.__paste.held === a[0] && window.__paste.more < 20",
            json!([most]),
        )
        .await
    };
    const SAYS: &str = "This text has 1,048,576 characters, and only";
    open(&page).await?;
    paste_long(&page, FIELD, MEGABYTE).await?;
    pasted(32_000).await?;
    page.sees("#console-cut", &format!("{SAYS} 32,000 fit"))
        .await?;
    page.until(
        "the beginning, in one piece",
        "$('#console-field').value.startsWith('models/x models/x') && $$('.console-colours *').length <= 1",
    )
    .await?;
    // Whoever goes on has read it.
    page.fill(FIELD, "show").await?;
    page.until("no word of it", "text('#console-cut') === ''")
        .await?;
    // Also where no paste says so.
    page.js(
        "const field = $(a[0]); field.value = 'x'.repeat(a[1]); field.dispatchEvent(new Event('input', { bubbles: true }));",
        json!([FIELD, MEGABYTE]),
    )
    .await?;
    page.sees("#console-cut", &format!("{SAYS} 32,000 fit"))
        .await?;
    page.until(
        "its beginning",
        "$('#console-field').value.length === 32_000",
    )
    .await?;
    page.fill(FIELD, "").await?;

    of_model(&page, "Describe the model…").await?;
    paste_long(&page, "#description", MEGABYTE).await?;
    pasted(200_000).await?;
    page.sees("#description-error", &format!("{SAYS} 200,000 fit"))
        .await?;
    page.press("dialog button", "Cancel").await?;
    page.gone("dialog[open]").await?;

    page.open("#/check").await?;
    paste_long(&page, "#receipts", MEGABYTE).await?;
    pasted(1_000_000).await?;
    page.sees("#receipts-cut", &format!("{SAYS} 1,000,000 fit"))
        .await?;

    page.open("#/registry").await?;
    page.choose_in_menu("Import from MLflow…").await?;
    paste_long(&page, "#take-in-text", MEGABYTE + 1).await?;
    pasted(MEGABYTE).await?;
    page.sees(
        "#take-in-wrong",
        "This text has 1,048,577 characters, and only 1,048,576 fit",
    )
    .await?;
    page.until(
        "nothing to take in",
        "$('dialog[open] button.primary').disabled",
    )
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
    page.keys("3)").await?;
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
    page.until(
        "the block",
        "$$('.console-out').slice(-2).map(text).join() === '1,2'",
    )
    .await?;
    page.keys("x = 'a'").await?;
    page.keys_held(&[Key::Shift], ENTER).await?;
    page.keys("print(f'{x}b')").await?;
    page.keys(Key::Enter).await?;
    page.until("both lines", "text($$('.console-out').at(-1)) === 'ab'")
        .await
}
