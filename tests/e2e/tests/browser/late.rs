//! Parts of the app that are never answered: it is said in their place, and they can be asked for anew.

use e2e::odd::Wrong;
use e2e::{Outcome, Page, cases};
use serde_json::json;

use crate::hosts::{go, turn};
use crate::tabs::{close, empty_tab};

cases! {
    a_page_whose_part_is_never_answered_says_so,
    a_late_part_is_asked_for_anew,
    a_dialog_whose_part_is_never_answered_says_so,
    a_console_whose_part_is_never_answered_says_so,
    what_cannot_be_run_yet_is_run_later,
    a_window_that_cannot_ask_says_so,
}

const LATE: &str = "This part has not arrived yet";

async fn a_page_whose_part_is_never_answered_says_so(page: Page) -> Outcome {
    // Addresses for which `boot.js` fetches nothing early: a browser counts that to the loading of the page.
    for (address, title) in [
        ("#/check", "Check receipts"),
        ("#/share/x", "This link cannot be opened"),
    ] {
        go(
            &page,
            "late",
            Wrong::SilentParts,
            &format!("?without=waits{address}"),
        )
        .await?;
        page.sees("main", LATE).await?;
        page.sees("main p", "this page keeps waiting").await?;
        page.find("main button", Some("Reload")).await?;
        page.fits("what the page says").await?;
        // It comes by itself.
        turn(&page, "late", Wrong::Nothing);
        page.sees("main h1", title).await?;
        page.until_with("all of it", "!text('main').includes(a[0])", json!([LATE]))
            .await?;
    }
    Ok(())
}

async fn a_late_part_is_asked_for_anew(page: Page) -> Outcome {
    go(&page, "anew", Wrong::SilentParts, "?without=waits#/check").await?;
    page.sees("h1", LATE).await?;
    // What was asked for so far is never answered.
    turn(&page, "anew", Wrong::SilentBefore);
    page.press("main button", "Fetch again").await?;
    page.sees("h1", "Check receipts").await?;
    page.until(
        "the styles of the parts",
        "document.adoptedStyleSheets.length === 1",
    )
    .await?;
    turn(&page, "anew", Wrong::Nothing);
    Ok(())
}

/// Opens the registry; what is asked for from then on is not answered.
async fn late_behind_the_registry(page: &Page, name: &str) -> Outcome {
    go(page, name, Wrong::Nothing, "?without=waits#/registry").await?;
    page.sees("h1", "Registry").await?;
    turn(page, name, Wrong::SilentParts);
    Ok(())
}

async fn a_dialog_whose_part_is_never_answered_says_so(page: Page) -> Outcome {
    late_behind_the_registry(&page, "late-dialog").await?;
    page.press("main button", "Register a model").await?;
    page.sees("dialog[open] h2", LATE).await?;
    page.find("dialog[open] button", Some("Reload")).await?;
    page.press("dialog[open] button", "Close").await?;
    page.gone("dialog[open]").await?;
    page.press("main button", "Register a model").await?;
    page.sees("dialog[open] h2", LATE).await?;
    turn(&page, "late-dialog", Wrong::SilentBefore);
    page.press("dialog[open] button", "Fetch again").await?;
    page.sees("dialog[open] h2", "Register a model").await?;
    turn(&page, "late-dialog", Wrong::Nothing);
    Ok(())
}

async fn a_console_whose_part_is_never_answered_says_so(page: Page) -> Outcome {
    late_behind_the_registry(&page, "late-console").await?;
    page.click("#console-toggle").await?;
    page.sees("#console-place p", LATE).await?;
    turn(&page, "late-console", Wrong::Nothing);
    page.find("#console-field", None).await?;
    Ok(())
}

/// What carries code out is not there when it is pressed.
async fn what_cannot_be_run_yet_is_run_later(page: Page) -> Outcome {
    go(
        &page,
        "later",
        Wrong::Nothing,
        "?without=waits#/practice/one-call-swap",
    )
    .await?;
    page.sees("#answer", "").await?;
    turn(&page, "later", Wrong::SilentParts);
    page.fill("#command", "client.nothing()").await?;
    page.click("#answer").await?;
    page.sees(".run-awaited", LATE).await?;
    turn(&page, "later", Wrong::SilentBefore);
    page.press(".run-awaited button", "Fetch again").await?;
    page.sees("#feedback-title", "No").await?;
    turn(&page, "later", Wrong::Nothing);
    page.gone(".run-awaited p").await
}

/// The part by which it would ask the window that saves is never answered.
async fn a_window_that_cannot_ask_says_so(page: Page) -> Outcome {
    go(&page, "talk", Wrong::Nothing, "#/learn").await?;
    page.ready().await?;
    let one = page.driver().window().await?;
    empty_tab(&page).await?;
    // The window that saves has the part, since another one was here.
    go(&page, "talk", Wrong::Nothing, "#/learn").await?;
    page.ready().await?;
    page.sees("#saving", "Saved in this browser").await?;
    go(&page, "talk", Wrong::SilentTabs, "?without=waits#/learn").await?;
    page.ready().await?;
    page.sees(
        "#saving",
        "the part of the app that asks it has not arrived",
    )
    .await?;
    page.choose("#theme", "dark").await?;
    page.sees("#saving", "Nothing that you do in this window is saved yet")
        .await?;
    turn(&page, "talk", Wrong::SilentBefore);
    page.press("#saving button", "Try again").await?;
    page.sees("#saving", "Saved in this browser").await?;
    turn(&page, "talk", Wrong::Nothing);
    close(&page, &one).await?;
    page.until(
        "what the other window has chosen",
        "document.documentElement.dataset.theme === 'dark'",
    )
    .await
}
