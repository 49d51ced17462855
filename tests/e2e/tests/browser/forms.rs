//! Fields that say what is wrong while somebody types.

use e2e::browser::Kind;
use e2e::{Outcome, Page, cases};
use serde_json::json;

use crate::console::ENTER;
use crate::steps::{FRAUD, cannot_submit, of_model, submit};

cases! {
    an_alias_is_checked_and_set,
    a_name_is_checked,
    tags_are_checked_set_and_deleted,
    metrics_are_checked,
    texts_are_never_markup,
    odd_names_break_nothing,
    enter_that_is_held_does_it_once,
    a_submitted_dialog_takes_nothing_more,
}

/// Types each text into a field and waits for the complaint.
async fn complains(page: &Page, field: &str, texts: &[(&str, &str)]) -> Outcome {
    for (typed, said) in texts {
        page.fill(field, typed).await?;
        page.sees(&format!("{field}-error"), said).await?;
        page.until_with(
            "a field marked as wrong",
            "$(a[0]).getAttribute('aria-invalid') === 'true'",
            json!([field]),
        )
        .await?;
        cannot_submit(page).await?;
    }
    Ok(())
}

async fn an_alias_is_checked_and_set(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    of_model(&page, "Set an alias of the model…").await?;
    complains(
        &page,
        "#alias-name",
        &[
            (
                "latest",
                "models:/name@latest always means the highest version.",
            ),
            ("v3", "v3 reads like a version number."),
            ("a b", "“a b” has another character."),
        ],
    )
    .await?;
    page.fill("#alias-name", "champion").await?;
    page.until("no complaint", "text('#alias-name-error') === ''")
        .await?;
    page.sees("dialog", "champion points to version 3 now and will move.")
        .await?;
    complains(
        &page,
        "#alias-version",
        &[
            ("77", "Model fraud-detector has no version 77."),
            ("x", "“x” is not a whole number."),
        ],
    )
    .await?;
    page.fill("#alias-version", "5").await?;
    submit(&page, "Set the alias").await?;
    page.hears("Moved the alias champion of fraud-detector from version 3 to version 5.")
        .await?;
    page.sees("[data-card='5'] .chips", "@champion").await?;
    page.sees(".live-table", "models:/fraud-detector@champion")
        .await?;
    page.click("#undo").await?;
    page.sees("[data-card='3'] .chips", "@champion").await
}

async fn a_name_is_checked(page: Page) -> Outcome {
    page.open("#/registry").await?;
    page.press("main button", "Register a model").await?;
    page.until(
        "no blame before anything is typed",
        "text('#model-name-error') === ''",
    )
    .await?;
    cannot_submit(&page).await?;
    complains(
        &page,
        "#model-name",
        &[
            ("a/b", "They would break addresses such as models:/name/3."),
            ("a:b", "They would break addresses such as models:/name/3."),
            (" ", "The name is empty or blank."),
            ("..", "would mean another folder"),
            (
                "fraud-detector",
                "There is a model named fraud-detector already.",
            ),
        ],
    )
    .await?;
    page.fill("#model-name", "good").await?;
    submit(&page, "Register").await?;
    page.sees("h1", "good").await
}

async fn tags_are_checked_set_and_deleted(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    of_model(&page, "Add a tag to the model…").await?;
    complains(
        &page,
        "#tag-key",
        &[
            ("a?b", "“a?b” has another character."),
            ("/a", "would mean another folder"),
        ],
    )
    .await?;
    page.fill("#tag-key", "team").await?;
    page.fill("#tag-value", "risk").await?;
    submit(&page, "Set the tag").await?;
    page.hears("Set the tag team of fraud-detector to “risk”.")
        .await?;
    page.sees(".page-head .chip", "team: risk").await?;
    page.press(".page-head .chip-remove", "Delete tag team")
        .await?;
    page.hears("Deleted the tag team of fraud-detector.").await
}

async fn metrics_are_checked(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    page.press("main button", "Add a version").await?;
    complains(
        &page,
        "#version-metrics",
        &[("recall=high", "Line 1: write a name, an = and a number")],
    )
    .await?;
    page.fill("#version-metrics", "recall=0.5").await?;
    submit(&page, "Add the version").await?;
    page.sees("[data-card='6'] .card-metrics", "recall 0.5")
        .await
}

async fn texts_are_never_markup(page: Page) -> Outcome {
    page.open("#/registry").await?;
    let name = "<img src=x onerror=alert(1)>";
    page.press("main button", "Register a model").await?;
    page.fill("#model-name", name).await?;
    page.fill(
        "#model-description",
        "<script>alert(1)<\\/script> {name} &amp;",
    )
    .await?;
    submit(&page, "Register").await?;
    page.sees("h1", name).await?;
    page.sees("main", "<script>alert(1)<\\/script> {name} &amp;")
        .await?;
    page.until("no picture", "$$('main img, main script').length === 0")
        .await?;
    page.reload().await?;
    page.sees("h1", name).await
}

async fn odd_names_break_nothing(page: Page) -> Outcome {
    page.open("#/registry").await?;
    let long = "a".repeat(200);
    for name in ["a b#?%ü", "日本語 العربية 🦀", "%41&x=1", long.as_str()] {
        page.press("main button", "Register a model").await?;
        page.fill("#model-name", name).await?;
        submit(&page, "Register").await?;
        page.sees("h1", name).await?;
        page.press("main button", "Add a version").await?;
        page.fill("#version-source", name).await?;
        submit(&page, "Add the version").await?;
        page.sees("[data-card='1']", "v1").await?;
        page.reload().await?;
        page.sees("h1", name).await?;
        for width in [320, 1280] {
            page.resize(width, 900).await?;
            page.fits(&format!("the page of {name} at {width} pixels"))
                .await?;
        }
        page.press("main a", "← All models").await?;
        page.sees("li.model-row", name).await?;
        for width in [320, 1280] {
            page.resize(width, 900).await?;
            page.fits(&format!("the overview with {name} at {width} pixels"))
                .await?;
        }
    }
    Ok(())
}

/// Presses Enter and holds it, so that the browser repeats the key.
async fn hold_enter(page: &Page) -> Outcome {
    page.js(
        "window.__repeats = 0; addEventListener('keydown', (event) => { if (event.repeat) window.__repeats += 1; }, true);",
        json!([]),
    )
    .await?;
    if page.kind() == Kind::Chromium {
        // ChromeDriver's own key does not say that it is repeated.
        for repeats in [false, true, true, true, true, true, true, true] {
            let key = json!({ "type": "keyDown", "key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13,
                "text": "\r", "unmodifiedText": "\r", "autoRepeat": repeats });
            page.browser().cdp("Input.dispatchKeyEvent", key).await?;
        }
        let key = json!({ "type": "keyUp", "key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13 });
        page.browser().cdp("Input.dispatchKeyEvent", key).await?;
    } else {
        let mut chain = page.driver().action_chain();
        for _ in 0..8 {
            chain = chain.key_down(ENTER);
        }
        chain.key_up(ENTER).perform().await?;
    }
    page.until("repeated keys", "window.__repeats >= 5").await
}

/// How many versions the board has.
async fn versions(page: &Page, count: usize) -> Outcome {
    page.until_with(
        &format!("{count} versions"),
        "$$('li[data-card]').length === a[0]",
        json!([count]),
    )
    .await
}

async fn enter_that_is_held_does_it_once(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    versions(&page, 5).await?;
    // On the button: its dialog opens, and stays.
    page.find("main button", Some("Add a version")).await?;
    page.js("find('main button', 'Add a version').focus()", json!([]))
        .await?;
    hold_enter(&page).await?;
    page.focused("#version-source").await?;
    versions(&page, 5).await?;
    // In a field: the version is added, and the button that has the focus again opens nothing.
    page.keys("models/fraud/model_v6.pkl").await?;
    hold_enter(&page).await?;
    page.hears("Added version 6 of fraud-detector.").await?;
    page.gone("dialog[open]").await?;
    versions(&page, 6).await?;
    // The console carries a line out once; in its field, the key still makes lines.
    page.click("#console-toggle").await?;
    page.fill("#console-field", "print('once')").await?;
    hold_enter(&page).await?;
    page.until("one answer", "$$('.console-entry').length === 1")
        .await?;
    page.fill("#console-field", "print('once', ").await?;
    hold_enter(&page).await?;
    page.until(
        "new lines",
        "$('#console-field').value.split('\\n').length > 2 && $$('.console-entry').length === 1",
    )
    .await
}

async fn a_submitted_dialog_takes_nothing_more(page: Page) -> Outcome {
    const THRICE: &str =
        "const form = $(a[0]); for (let count = 0; count < 3; count += 1) form.requestSubmit();";
    page.open(FRAUD).await?;
    versions(&page, 5).await?;
    page.press("main button", "Add a version").await?;
    page.fill("#version-source", "models/fraud/model_v6.pkl")
        .await?;
    page.js(THRICE, json!(["dialog[open] form"])).await?;
    page.gone("dialog[open]").await?;
    page.hears("Added version 6 of fraud-detector.").await?;
    versions(&page, 6).await?;
    // Registries are made by a form of their own.
    page.go("#/registry").await?;
    page.choose_in_menu("All registries…").await?;
    page.fill("#registry-name", "Team a").await?;
    page.js(THRICE, json!(["dialog[open] form:has(#registry-name)"]))
        .await?;
    page.gone("dialog[open]").await?;
    page.until("two registries", "$$('#workspace option').length === 2")
        .await?;
    Ok(())
}
