//! Everything that is kept: listed, taken along as a file, taken in again, taken back, and deleted.

use e2e::axe::finds_nothing;
use e2e::browser::Kind;
use e2e::{Outcome, Page, cases};
use serde_json::json;
use share::file;
use storage::units;
use text::Language;
use text::share::size;

use crate::steps::{FRAUD, stands_in, transition};

cases! {
    every_key_is_listed,
    everything_goes_out_and_comes_in_again,
    a_file_is_taken_back,
    what_is_no_file_changes_nothing,
    what_was_set_aside_is_given_out_and_dropped,
    axe_and_narrow [only(Kind::Chromium)],
}

const STORED: &str = "JSON.stringify(Object.entries(localStorage).sort())";

async fn give(page: &Page, text: &str) -> Outcome {
    page.give_file("#import-all", text, "#import-all-result")
        .await
}

/// Some work, and the file with it.
async fn worked(page: &Page) -> Outcome<String> {
    page.open(FRAUD).await?;
    transition(page, 5, "Submit for testing", "Staging").await?;
    page.choose("#theme", "dark").await?;
    page.open("#/practice/staging-for").await?;
    page.click("label[for=option-1]").await?;
    page.click("#answer").await?;
    page.sees("#feedback-title", "").await?;
    page.open("#/settings").await?;
    page.catch_files().await?;
    page.click("#download-all").await?;
    page.until("the file", "window.__given").await?;
    page.string("window.__given").await
}

async fn every_key_is_listed(page: Page) -> Outcome {
    page.open("#/settings").await?;
    page.sees(".data-card", "Your data").await?;
    page.open(FRAUD).await?;
    page.sees("#saving", "Saved in this browser").await?;
    page.open("#/settings").await?;
    page.sees(".data-card", "Name and rules of Your own registry")
        .await?;
    page.until(
        "every key, and no other",
        "$$('.data-card tbody code').map(text).sort().join() === \
         Object.keys(localStorage).filter((key) => key.startsWith('model-stages:')).map((key) => key.split(':').slice(2).join(':')).sort().join()",
    )
    .await?;
    page.sees("#data-total", "in all").await?;

    // Each with its size, and the latest moment that it speaks of.
    let rows = page
        .value(
            "$$('.data-card tbody tr').map((row) => [text(row.querySelector('code')), text(row.cells[2]), text(row.cells[3])])",
        )
        .await?;
    let stored = page.value("Object.entries(localStorage)").await?;
    let (mut sizes, mut moments) = (0, 0);
    for entry in stored.as_array().into_iter().flatten() {
        let (Some(key), Some(value)) = (entry[0].as_str(), entry[1].as_str()) else {
            continue;
        };
        let Some(name) = key.strip_prefix(&page.site().storage_prefix()) else {
            continue;
        };
        let mut row = rows.as_array().into_iter().flatten();
        let row = row.find(|row| row[0] == *name).ok_or(name)?;
        let size = size(Language::English, units(name) + units(value));
        assert_eq!(row[1], size, "{name}");
        sizes += 1;
        if name.contains("/seg/") {
            let moments_in = value.split("\"at\":").skip(1);
            let latest = moments_in
                .filter_map(|rest| rest.split(',').next()?.parse::<u64>().ok())
                .max();
            let written = page
                .js(
                    "return new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' }).format(a[0])",
                    json!([latest]),
                )
                .await?;
            assert_eq!(row[2], written, "{name}");
            moments += 1;
        }
        if name == "settings" {
            assert_eq!(row[2], Language::English.data().never, "{name}");
        }
    }
    assert!(sizes > 2 && moments > 0, "{stored}");
    Ok(())
}

async fn everything_goes_out_and_comes_in_again(page: Page) -> Outcome {
    let given = worked(&page).await?;
    let read = file::parse(&given).map_err(|error| format!("{error:?}"))?;
    assert_eq!(read.workspaces.len(), 1);
    assert!(read.progress.is_some() && read.theme.is_some());
    // The very same is here.
    give(&page, &given).await?;
    page.sees("#import-all-result", "nothing new").await?;

    // All of it goes.
    page.click("#erase").await?;
    page.sees("dialog[open]", "Download everything first")
        .await?;
    page.press("dialog button", "Cancel").await?;
    page.gone("dialog[open]").await?;
    page.click("#erase").await?;
    page.js("window.__old = true", json!([])).await?;
    page.click("#erase-all").await?;
    page.until(
        "a new page",
        "!window.__old && $('#page-title') && $('#saving')",
    )
    .await?;
    page.go("#/progress").await?;
    page.sees("main", "Nothing yet").await?;
    page.go("#/settings").await?;
    page.sees("main h1", "Settings").await?;
    page.until(
        "nothing is left but what the app notes for itself",
        "Object.keys(localStorage).every((key) => !key.startsWith('model-stages:') || /:(copied|asked)$/.test(key))",
    )
    .await?;
    page.until(
        "the usual theme",
        "document.documentElement.dataset.theme === undefined",
    )
    .await?;

    // And comes back.
    give(&page, &given).await?;
    page.sees(
        "section:has(> #import-all-result)",
        "Your own registry (2) becomes a separate registry",
    )
    .await?;
    page.sees("section:has(> #import-all-result)", "1 question is new")
        .await?;
    page.sees("section:has(> #import-all-result)", "The theme changes.")
        .await?;
    page.press("main button", "Import").await?;
    page.hears("The file was imported.").await?;
    page.focused("#import-all-undo").await?;
    page.until(
        "the theme",
        "document.documentElement.dataset.theme === 'dark'",
    )
    .await?;
    page.go("#/progress").await?;
    page.sees("main", "What is the staging stage for?").await?;
    page.open("#/registry").await?;
    let other = page
        .string("$$('#workspace option').find((one) => one.value !== 'own').value")
        .await?;
    page.choose("#workspace", &other).await?;
    page.hears("Your own registry (2) is open now.").await?;
    page.go(FRAUD).await?;
    stands_in(&page, 5, "Staging").await
}

async fn a_file_is_taken_back(page: Page) -> Outcome {
    let given = worked(&page).await?;
    page.begin().await?;
    page.open("#/registry").await?;
    page.sees("main", "fraud-detector").await?;
    page.open("#/settings").await?;
    page.sees(".data-card", "Name and rules of Your own registry")
        .await?;
    let before = page
        .string("$$('.data-card tbody code').map(text).join()")
        .await?;
    give(&page, &given).await?;
    page.press("main button", "Cancel").await?;
    page.gone("#import-all-result").await?;
    give(&page, &given).await?;
    page.press("main button", "Import").await?;
    page.focused("#import-all-undo").await?;
    page.press("#import-all-undo button", "Undo").await?;
    page.hears("Everything is as it was before the file.")
        .await?;
    page.go("#/progress").await?;
    page.sees("main", "Nothing yet").await?;
    page.go("#/settings").await?;
    page.sees("main h1", "Settings").await?;
    page.until(
        "the usual theme",
        "document.documentElement.dataset.theme === undefined",
    )
    .await?;
    let registries =
        "$$('.data-card tbody code').map(text).filter((key) => key.startsWith('ws/')).join()";
    let after = page.string(registries).await?;
    assert!(
        after.split(',').all(|key| before.contains(key)),
        "{before} {after}"
    );
    page.open("#/registry").await?;
    page.sees("main", "fraud-detector").await?;
    page.gone("#workspace").await
}

async fn what_is_no_file_changes_nothing(page: Page) -> Outcome {
    let given = worked(&page).await?;
    let before = page.string(STORED).await?;
    for (text, says) in [
        ("hello".to_owned(), "This is not a file of Model Stages"),
        ("{}".to_owned(), "This is not a file of Model Stages"),
        (
            given[..given.len() / 2].to_owned(),
            "This is not a file of Model Stages",
        ),
        (
            "[".repeat(100),
            "There is more in this file than could be kept",
        ),
        (
            given.replacen("\"version\":", "\"version\":99", 1),
            "a newer version of Model Stages",
        ),
        (
            given.replacen("create_registered_model", "create_nothing", 1),
            "something in it is damaged",
        ),
    ] {
        give(&page, &text).await?;
        page.sees("#import-all-result", says).await?;
    }
    let after = page.string(STORED).await?;
    assert_eq!(before, after);
    Ok(())
}

async fn what_was_set_aside_is_given_out_and_dropped(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    page.choose("#theme", "dark").await?;
    page.leave().await?;
    page.js(
        "for (const key of Object.keys(localStorage)) if (key.endsWith(':settings')) localStorage.setItem(key, '<b>broken</b>')",
        json!([]),
    )
    .await?;
    page.open("#/settings").await?;
    page.sees(".data-card", "These values could not be read.")
        .await?;
    page.catch_files().await?;
    page.press(".data-card button", "Download quarantine/settings/0")
        .await?;
    page.until(
        "exactly what was found",
        "window.__given === '<b>broken</b>'",
    )
    .await?;
    page.press(".data-card button", "Drop quarantine/settings/0")
        .await?;
    page.hears("quarantine/settings/0 is dropped.").await?;
    page.until(
        "it is gone",
        "!Object.keys(localStorage).some((key) => key.includes('quarantine'))",
    )
    .await
}

async fn axe_and_narrow(page: Page) -> Outcome {
    let given = worked(&page).await?;
    page.begin().await?;
    page.open("#/settings").await?;
    for width in [320, 1280] {
        page.resize(width, 900).await?;
        page.fits(&format!("the data at {width} pixels")).await?;
        finds_nothing(&page, &format!("data, {width}")).await?;
    }
    give(&page, &given).await?;
    page.resize(320, 900).await?;
    page.fits("a file at 320 pixels").await?;
    finds_nothing(&page, "a file").await?;
    page.press("main button", "Import").await?;
    page.focused("#import-all-undo").await?;
    finds_nothing(&page, "taken in").await?;
    page.click("#erase").await?;
    page.sees("dialog[open]", "Delete everything?").await?;
    finds_nothing(&page, "erasing").await?;
    page.press("dialog button", "Cancel").await?;
    Ok(())
}
