//! Undo, redo, earlier moments, and the list of steps.

use e2e::{Outcome, Page, cases};
use serde_json::json;
use thirtyfour::Key;

use crate::steps::{FRAUD, stands_in, transition};

cases! {
    the_start_is_looked_at_and_restored,
    undo_and_redo_by_buttons,
    undo_and_redo_by_keys,
    a_field_keeps_its_own_undo,
    a_new_step_ends_what_was_undone,
    an_earlier_moment_is_looked_at_and_left,
    an_earlier_moment_is_restored,
    the_history_is_searched,
    the_history_of_one_model_or_of_all,
}

const MOVED: &str = "Moved fraud-detector version 5 from None to Staging.";

async fn undo_and_redo_by_buttons(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    transition(&page, 5, "Submit for testing", "Staging").await?;
    page.until_with(
        "what is undone",
        "$('#undo').title === a[0]",
        json!([format!("Undo: {MOVED}")]),
    )
    .await?;
    page.click("#undo").await?;
    page.hears(&format!("Undone: “{MOVED}”")).await?;
    stands_in(&page, 5, "None").await?;
    page.until("nothing more to undo", "$('#undo').disabled")
        .await?;
    page.click("#redo").await?;
    page.hears(&format!("Redone: “{MOVED}”")).await?;
    stands_in(&page, 5, "Staging").await?;
    page.until("nothing more to redo", "$('#redo').disabled")
        .await
}

async fn undo_and_redo_by_keys(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    transition(&page, 5, "Submit for testing", "Staging").await?;
    page.keys_held(&[Key::Control], 'z').await?;
    stands_in(&page, 5, "None").await?;
    page.keys_held(&[Key::Control, Key::Shift], 'z').await?;
    stands_in(&page, 5, "Staging").await?;
    page.keys_held(&[Key::Control], 'z').await?;
    stands_in(&page, 5, "None").await?;
    page.keys_held(&[Key::Control], 'y').await?;
    stands_in(&page, 5, "Staging").await
}

async fn a_field_keeps_its_own_undo(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    transition(&page, 5, "Submit for testing", "Staging").await?;
    page.fill("#history-search", "abc").await?;
    page.keys_held(&[Key::Control], 'z').await?;
    page.hears("v5 is in Staging.").await?;
    stands_in(&page, 5, "Staging").await
}

async fn a_new_step_ends_what_was_undone(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    transition(&page, 5, "Submit for testing", "Staging").await?;
    page.click("#undo").await?;
    stands_in(&page, 5, "None").await?;
    transition(&page, 5, "Archive", "Archived").await?;
    page.until("nothing to redo", "$('#redo').disabled").await?;
    page.sees(
        "li.step",
        "Moved fraud-detector version 5 from None to Archived.",
    )
    .await?;
    page.until_with(
        "the step that was taken back is gone",
        "!text('.history').includes(a[0])",
        json!([MOVED]),
    )
    .await
}

async fn an_earlier_moment_is_looked_at_and_left(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    transition(&page, 5, "Submit for testing", "Staging").await?;
    // Step 18 put version 4 into Staging; version 5 came with step 24.
    page.press("li.step button", "View: Step 18").await?;
    page.sees(
        ".moment-bar",
        "You are viewing the registry as it was after step 18.",
    )
    .await?;
    page.gone("[data-card='5']").await?;
    stands_in(&page, 4, "Staging").await?;
    page.gone("button.card-move").await?;
    page.until("no change from here", "$('#undo').disabled")
        .await?;
    page.keys_held(&[Key::Control], 'z').await?;
    page.sees("main", "The past is not changed").await?;
    page.press(".moment-bar button", "Back to now").await?;
    page.gone(".moment-bar").await?;
    page.until("no word of it", "!text('main').includes('The past')")
        .await?;
    stands_in(&page, 5, "Staging").await
}

async fn an_earlier_moment_is_restored(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    transition(&page, 5, "Submit for testing", "Staging").await?;
    page.press("li.step button", "Restore: Step 18").await?;
    page.hears(
        "The registry is again as it was after step 18. The steps in between stay in the history.",
    )
    .await?;
    page.gone("[data-card='5']").await?;
    page.sees("li.step", "Restored the registry as it was after step 18.")
        .await?;
    page.reload().await?;
    stands_in(&page, 4, "Staging").await?;
    page.gone("[data-card='5']").await?;
    page.click("#undo").await?;
    stands_in(&page, 5, "Staging").await
}

async fn the_history_is_searched(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    page.fill("#history-search", "black friday").await?;
    page.until("one step", "$$('li.step').length === 1").await?;
    page.sees("li.step", "Please test against the Black Friday data.")
        .await?;
    page.fill("#history-search", "no such words").await?;
    page.sees(
        ".history",
        "Nothing in the history matches “no such words”.",
    )
    .await?;
    page.fill("#history-search", "").await?;
    page.until("the newest steps", "$$('li.step').length === 10")
        .await?;
    page.press(".history button", "Show earlier steps").await?;
    page.until("more steps", "$$('li.step').length > 10").await
}

async fn the_history_of_one_model_or_of_all(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    let others = "$$('li.step').filter((step) => text(step).includes('support-router')).length";
    page.until(
        "the steps of this model",
        &format!("{others} === 0 && $$('li.step').length > 0"),
    )
    .await?;
    page.click(".history-tools input[type=checkbox]").await?;
    page.until("the steps of all models", &format!("{others} > 0"))
        .await
}

/// Before the first step there was nothing.
async fn the_start_is_looked_at_and_restored(page: Page) -> Outcome {
    page.open("#/registry").await?;
    page.find(".history .steps button", None).await?;
    for _ in 0..4 {
        let more = page
            .value("$$('.history button').some((one) => text(one) === 'Show earlier steps')")
            .await?;
        if more != serde_json::json!(true) {
            break;
        }
        page.press(".history button", "Show earlier steps").await?;
    }
    page.press(".history button", "View: Start").await?;
    page.sees(".moment-bar", "before the first step").await?;
    page.sees("main", "No model here yet").await?;
    page.press(".moment-bar button", "Back to now").await?;
    page.sees("main", "fraud-detector").await?;
    page.press(".history button", "Restore: Start").await?;
    page.sees("main", "No model here yet").await?;
    page.hears("The registry is again as it was before the first step. The steps since stay in the history.")
        .await?;
    page.click("#undo").await?;
    page.sees("main", "fraud-detector").await
}
