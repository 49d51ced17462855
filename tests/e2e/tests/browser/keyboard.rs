//! Everything by keyboard alone.

use e2e::{Outcome, Page, cases};
use serde_json::json;
use thirtyfour::Key;

use crate::steps::{FRAUD, stands_in, tab_to};

cases! {
    the_skip_link_leads_to_the_page,
    links_lead_from_page_to_page,
    keys_move_a_card,
    a_way_out_is_taken_by_keys,
    escape_closes_and_gives_the_focus_back,
    the_focus_stays_in_a_dialog,
    a_menu_is_opened_and_closed,
    a_model_is_registered,
    the_focus_is_always_seen,
}

async fn the_skip_link_leads_to_the_page(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    page.keys(Key::Tab).await?;
    page.focused("a.skip").await?;
    page.until(
        "a skip link that is seen",
        "$('a.skip').getBoundingClientRect().top >= 0",
    )
    .await?;
    page.keys(Key::Enter).await?;
    page.focused("#main").await?;
    page.until(
        "the same address",
        "location.hash === '#/registry/fraud-detector'",
    )
    .await
}

async fn links_lead_from_page_to_page(page: Page) -> Outcome {
    page.open("").await?;
    tab_to(&page, "a[href='#/registry']").await?;
    page.keys(Key::Enter).await?;
    page.sees("h1", "Registry").await?;
    page.focused("#page-title").await?;
    tab_to(&page, "li.model-row a").await?;
    page.keys(Key::Enter).await?;
    page.until(
        "the page of a model",
        "location.hash.startsWith('#/registry/')",
    )
    .await?;
    page.focused("#page-title").await
}

async fn keys_move_a_card(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    page.js("$('#card-5').focus()", json!([])).await?;
    // Where it is already, there is nothing to do.
    page.keys("n").await?;
    for (key, stage) in [("s", "Staging"), ("n", "None"), ("A", "Archived")] {
        page.keys(key).await?;
        stands_in(&page, 5, stage).await?;
        page.hears(&format!("v5 is in {stage}.")).await?;
        page.focused("#card-5").await?;
        page.gone("dialog[open]").await?;
    }
    // It was never live.
    page.keys("p").await?;
    page.sees(
        ".refused-move",
        "Roll back only to a version that was in Production",
    )
    .await?;
    page.focused(".refused-move .refusal-ways li:first-child button")
        .await?;
    page.keys(Key::Escape).await?;
    page.gone(".refused-move").await?;
    page.focused("#card-5").await?;
    stands_in(&page, 5, "Archived").await
}

async fn a_way_out_is_taken_by_keys(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    page.js("$('#card-4').focus()", json!([])).await?;
    page.keys("p").await?;
    page.sees(".refused-move [role=alert]", "One version in Production")
        .await?;
    page.focused(".refused-move .refusal-ways li:first-child button")
        .await?;
    page.keys(Key::Tab).await?;
    page.focused(".refused-move .refusal-ways li:nth-child(2) button")
        .await?;
    page.keys(Key::Enter).await?;
    page.gone(".refused-move").await?;
    stands_in(&page, 4, "Production").await?;
    stands_in(&page, 3, "Archived").await?;
    page.hears("v4 is in Production, and v3 is archived.")
        .await?;
    page.focused("#card-4").await?;
    // And back by the button beside the sentence.
    tab_to(&page, ".said-undo").await?;
    page.keys(Key::Enter).await?;
    stands_in(&page, 4, "Staging").await?;
    stands_in(&page, 3, "Production").await?;
    page.gone(".said-undo").await?;
    page.focused(".said-line").await
}

async fn escape_closes_and_gives_the_focus_back(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    const MENU: &str = "[data-card='5'] .menu summary";
    const DETAILS: &str = "[data-card='5'] .menu li:nth-child(4) button";
    tab_to(&page, MENU).await?;
    page.keys(Key::Enter).await?;
    tab_to(&page, DETAILS).await?;
    page.keys(Key::Enter).await?;
    page.sees("dialog[open] h2", "Move version 5 to Staging?")
        .await?;
    page.keys(Key::Escape).await?;
    page.gone("dialog[open]").await?;
    page.focused(MENU).await?;
    // By the button in the dialog as well.
    page.keys(" ").await?;
    tab_to(&page, DETAILS).await?;
    page.keys(" ").await?;
    page.sees("dialog[open] h2", "Move version 5 to Staging?")
        .await?;
    page.press("dialog button", "Cancel").await?;
    page.gone("dialog[open]").await?;
    page.focused(MENU).await?;
    stands_in(&page, 5, "None").await
}

async fn the_focus_stays_in_a_dialog(page: Page) -> Outcome {
    page.open("#/registry").await?;
    page.press("main button", "Register a model").await?;
    page.focused("#model-name").await?;
    for _ in 0..12 {
        page.keys(Key::Tab).await?;
        // The browser's own controls come in between; the page behind never does.
        let inside = "document.activeElement === document.body || document.activeElement.closest('dialog') !== null";
        page.until("the focus in the dialog", inside).await?;
    }
    page.keys_held(&[Key::Control], 'z').await?;
    page.until("no undo behind a dialog", "text('#announcer') === ''")
        .await
}

async fn a_menu_is_opened_and_closed(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    tab_to(&page, "[data-card='3'] summary").await?;
    page.keys(Key::Enter).await?;
    page.sees("[data-card='3'] .menu li", "Pull back to Staging")
        .await?;
    page.keys(Key::Escape).await?;
    page.gone("[data-card='3'] .menu li").await?;
    page.focused("[data-card='3'] summary").await?;
    page.keys(Key::Enter).await?;
    page.keys(Key::Tab).await?;
    page.focused("[data-card='3'] .menu button").await?;
    page.keys(Key::Escape).await?;
    page.gone("[data-card='3'] .menu li").await?;
    page.focused("[data-card='3'] summary").await
}

async fn a_model_is_registered(page: Page) -> Outcome {
    page.open("#/registry").await?;
    tab_to(&page, "main button.primary").await?;
    page.keys(Key::Enter).await?;
    page.focused("#model-name").await?;
    page.keys("by-hand").await?;
    page.keys(Key::Enter).await?;
    page.sees("h1", "by-hand").await?;
    page.focused("#page-title").await
}

async fn the_focus_is_always_seen(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    // Walks through the first part of the page: what has the focus has an outline, or a field that belongs to it has.
    for _ in 0..40 {
        page.keys(Key::Tab).await?;
        let script = "const one = document.activeElement;
            const places = [one, one.nextElementSibling, one.parentElement].filter(Boolean);
            const marked = places.some((place) => {
              const style = getComputedStyle(place);
              return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
            });
            return marked ? '' : one.outerHTML.slice(0, 120);";
        let unmarked = page.js(script, json!([])).await?;
        assert_eq!(unmarked, json!(""), "what has the focus is marked");
    }
    Ok(())
}
