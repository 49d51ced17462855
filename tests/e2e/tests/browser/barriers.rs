//! axe-core on every page and state, narrow and wide.

use e2e::axe::finds_nothing;
use e2e::browser::Kind;
use e2e::{Outcome, Page, cases};

use crate::steps::{FRAUD, ask, from_menu, submit, unfold};

cases! {
    axe_in_every_state [only(Kind::Chromium)],
    headings_and_landmarks,
}

async fn axe_in_every_state(page: Page) -> Outcome {
    let mut found = Vec::new();
    for width in [320, 1280] {
        page.resize(width, 900).await?;
        let mut look = async |state: &str| {
            let state = format!("{state}, {width} pixels");
            if let Err(failure) = finds_nothing(&page, &state).await {
                found.push(failure.to_string());
            }
        };
        for (address, state) in [
            ("#/", "start"),
            ("#/learn", "lesson"),
            ("#/registry", "overview"),
            (FRAUD, "model"),
            ("#/registry/support-router", "model with one version"),
            ("#/registry/nobody", "unknown model"),
            ("#/nowhere", "not found"),
        ] {
            page.visit(address).await?;
            look(state).await;
        }
        page.click("#menu-button").await?;
        page.sees("#menu", "Theme").await?;
        look("menu").await;
        page.open(FRAUD).await?;
        ask(&page, 5, "Submit for testing").await?;
        look("move dialog").await;
        page.press("dialog button", "Cancel").await?;
        page.gone("dialog[open]").await?;
        ask(&page, 4, "Promote").await?;
        look("refusal").await;
        page.press("dialog button", "Cancel").await?;
        page.gone("dialog[open]").await?;
        page.press("[data-card='4'] .card-move", "Promote").await?;
        page.sees(".refused-move .refusal", "One version in Production")
            .await?;
        look("refusal on the board").await;
        page.press(".refused-move button", "Change nothing").await?;
        page.gone(".refused-move").await?;
        from_menu(&page, 4, "Set an alias of version 4…").await?;
        page.fill("#alias-name", "latest").await?;
        page.sees("#alias-name-error", "always means").await?;
        look("alias form with a complaint").await;
        page.press("dialog button", "Cancel").await?;
        page.gone("dialog[open]").await?;
        page.click("[data-card='4'] summary").await?;
        look("open menu").await;
        unfold(&page).await?;
        page.press("li.step button", "View: Step 18").await?;
        page.sees(".moment-bar", "after step 18").await?;
        look("earlier moment").await;
        page.press(".moment-bar button", "Back to now").await?;
        page.click("label[for=rules-mlflow]").await?;
        look("model under plain MLflow rules").await;
        page.click("label[for=rules-guided]").await?;
        page.go("#/registry").await?;
        page.choose_in_menu("Start empty…").await?;
        submit(&page, "Start empty").await?;
        page.sees("main", "No model here yet").await?;
        look("empty overview").await;
        page.click("#undo").await?;
        page.gone("main h2:not(.history h2):not(.model-row h2)")
            .await
            .ok();
    }
    if found.is_empty() {
        Ok(())
    } else {
        Err(found.join("\n").as_str().into())
    }
}

async fn headings_and_landmarks(page: Page) -> Outcome {
    for address in [
        "#/",
        "#/learn",
        "#/learn/one-live",
        "#/practice",
        "#/practice/swap-order",
        "#/progress",
        "#/settings",
        "#/registry",
        FRAUD,
        "#/nowhere",
    ] {
        page.visit(address).await?;
        let levels = "$$('h1, h2, h3, h4').filter(shown).map((one) => Number(one.localName[1]))";
        page.until(
            "one h1, and no level that is left out",
            &format!("(() => {{ const levels = {levels}; return levels[0] === 1 && levels.filter((one) => one === 1).length === 1
                && levels.every((one, at) => at === 0 || one <= levels[at - 1] + 1); }})()"),
        )
        .await?;
        page.until(
            "one main, and navigations with names of their own",
            "$$('main').length === 1 && new Set($$('nav').map((one) => one.getAttribute('aria-label'))).size === $$('nav').length",
        )
        .await?;
        page.until(
            "unique ids",
            "new Set($$('[id]').map((one) => one.id)).size === $$('[id]').length",
        )
        .await?;
        page.until("a language", "document.documentElement.lang === 'en'")
            .await?;
    }
    Ok(())
}
