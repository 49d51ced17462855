//! When things go wrong, and odd places to be in.

use e2e::browser::Kind;
use e2e::{Outcome, Page, cases};
use serde_json::json;

use crate::steps::{FRAUD, stands_in, transition};

cases! {
    a_panic_ends_on_the_recovery_screen,
    a_missing_program_is_said,
    the_story_is_there_before_the_app,
    a_missing_part_is_said_and_fetched_again,
    it_works_in_a_frame,
    unknown_addresses_are_said,
    what_an_address_has_picked_up_does_no_harm,
    an_address_that_is_nearly_right_is_put_right,
    an_unknown_model_is_said,
    the_browsers_back_and_forward,
    cards_travel_where_motion_is_wanted [only(Kind::Chromium)],
    a_chosen_theme_wins_over_the_system [only(Kind::Chromium)],
}

async fn a_panic_ends_on_the_recovery_screen(page: Page) -> Outcome {
    page.forgive();
    page.open(FRAUD).await?;
    transition(&page, 5, "Submit for testing", "Staging").await?;
    // Once, the browser makes no element for the app; the app can't go on and panics. What is pressed needs the next one.
    page.find("main button", Some("Add a version")).await?;
    page.js(
        "const make = Document.prototype.createElementNS;
         Document.prototype.createElementNS = function () {
           Document.prototype.createElementNS = make;
           throw new TypeError('no more elements');
         };
         find('main button', 'Add a version').click();",
        json!([]),
    )
    .await?;
    page.sees("#recovery h1", "Something broke, and the app has stopped")
        .await?;
    page.focused("#recovery h1").await?;
    page.gone("#app").await?;
    page.catch_files().await?;
    page.press("#recovery button", "Download what was saved")
        .await?;
    page.until(
        "the saved values in the download",
        "Object.keys(JSON.parse(window.__given)).sort().join() === Object.keys(localStorage).sort().join()",
    )
    .await?;
    page.press("#recovery button", "Start again").await?;
    page.ready().await?;
    stands_in(&page, 5, "Staging").await?;
    page.gone("#recovery").await
}

async fn a_missing_program_is_said(page: Page) -> Outcome {
    page.forgive();
    page.leave().await?;
    page.driver().goto(page.site().broken_url()).await?;
    page.sees("#recovery h1", "The app could not be opened")
        .await?;
    page.press("#recovery button", "Start again").await?;
    page.sees("#recovery h1", "The app could not be opened")
        .await
}

/// Who comes to an exercise reads its head before there is an app, and the app says the same.
async fn the_story_is_there_before_the_app(page: Page) -> Outcome {
    page.forgive();
    const HEAD: &str = "[...$('#app .exercise-head').children].slice(0, 4).map((child) => child.localName + child.className + child.textContent)";
    // Its story has code in it.
    const ADDRESS: &str = "#/exercises/number-reuse";
    page.leave().await?;
    let without = format!("{}{ADDRESS}", page.site().broken_url());
    page.driver().goto(without).await?;
    page.until("a story with code", "$('#app .story code') !== null")
        .await?;
    let early = page.js(&format!("return {HEAD}"), json!([])).await?;
    page.open(ADDRESS).await?;
    page.sees("#goal-title", "").await?;
    page.until_with(
        "the same head",
        &format!("JSON.stringify({HEAD}) === JSON.stringify(a)"),
        early,
    )
    .await
}

/// Parts of the app are fetched when they are first needed, and that may be in a tunnel.
async fn a_missing_part_is_said_and_fetched_again(page: Page) -> Outcome {
    page.forgive();
    let tunnel = "window.__fetch = window.fetch; window.fetch = () => Promise.reject(new TypeError('no connection'));";
    let light = "window.fetch = window.__fetch;";
    page.open("#/").await?;
    page.js(tunnel, json!([])).await?;
    page.press("header nav a", "Registry").await?;
    page.sees("h1", "This part of the app did not load").await?;
    page.js(light, json!([])).await?;
    page.press("main button", "Fetch again").await?;
    page.sees("h1", "Registry").await?;
    page.js(tunnel, json!([])).await?;
    page.press("main button", "Register a model").await?;
    page.sees("dialog[open] h2", "This part of the app did not load")
        .await?;
    page.sees("dialog[open] p", "there is no connection now")
        .await?;
    page.js(light, json!([])).await?;
    page.press("dialog[open] button", "Fetch again").await?;
    page.sees("dialog h2", "Register a model").await
}

async fn it_works_in_a_frame(page: Page) -> Outcome {
    page.leave().await?;
    page.driver().goto(page.site().frame_url()).await?;
    page.driver().enter_frame(0).await?;
    page.ready().await?;
    page.sees("h1", "Registry").await?;
    page.press("li.model-row a", "fraud-detector").await?;
    page.sees("h1", "fraud-detector").await?;
    transition(&page, 5, "Submit for testing", "Staging").await?;
    page.hears("v5 is in Staging.").await?;
    page.sees("#saving", "Saved in this browser").await
}

async fn unknown_addresses_are_said(page: Page) -> Outcome {
    for (address, said) in [
        ("#/nowhere", "There is no page at the address #/nowhere."),
        (
            "#/registry/a/b",
            "There is no page at the address #/registry/a/b.",
        ),
        ("#/registry/%FF", "There is no page at the address"),
    ] {
        page.open(address).await?;
        page.sees("h1", "There is no such page").await?;
        page.sees("main", said).await?;
    }
    page.open(&format!("#/{}", "x".repeat(5000))).await?;
    page.sees("h1", "There is no such page").await?;
    page.fits("a very long address").await?;
    page.press("a.button-link", "Go to the registry").await?;
    page.sees("h1", "Registry").await?;
    page.focused("#page-title").await
}

async fn what_an_address_has_picked_up_does_no_harm(page: Page) -> Outcome {
    for address in [
        "#/practice/staging-for",
        "#/practice/staging-for/).",
        "#/practice/staging-for?utm_source=x",
        "#!/practice/staging-for",
        "#/practice%2Fstaging-for,",
        "?utm_source=x#/practice/staging-for",
    ] {
        page.open(address).await?;
        page.sees("main", "What is the staging stage for?").await?;
    }
    Ok(())
}

async fn an_address_that_is_nearly_right_is_put_right(page: Page) -> Outcome {
    page.open("#/practise/stagin-for").await?;
    page.sees("h1", "There is no such page").await?;
    page.press("main .near a", "#/practice/staging-for").await?;
    page.until("that page", "location.hash === '#/practice/staging-for'")
        .await?;
    page.gone(".near").await?;
    page.open("#/nowhere/at-all").await?;
    page.press("a.button-link", "Go to the lesson").await?;
    page.until("the lesson", "location.hash === '#/learn'")
        .await
}

async fn an_unknown_model_is_said(page: Page) -> Outcome {
    page.open("#/registry/nobody").await?;
    page.sees("h1", "There is no model named nobody").await?;
    page.until("the title", "document.title.includes('nobody')")
        .await?;
    page.press("a.button-link", "All models").await?;
    page.sees("h1", "Registry").await
}

async fn the_browsers_back_and_forward(page: Page) -> Outcome {
    page.open("#/registry").await?;
    page.press("li.model-row a", "fraud-detector").await?;
    page.sees("h1", "fraud-detector").await?;
    transition(&page, 5, "Submit for testing", "Staging").await?;
    page.driver().back().await?;
    page.sees("h1", "Registry").await?;
    page.driver().forward().await?;
    page.sees("h1", "fraud-detector").await?;
    stands_in(&page, 5, "Staging").await
}

async fn cards_travel_where_motion_is_wanted(page: Page) -> Outcome {
    let motion = |wanted: &str| json!({ "features": [{ "name": "prefers-reduced-motion", "value": wanted }] });
    page.browser()
        .cdp("Emulation.setEmulatedMedia", motion("no-preference"))
        .await?;
    page.open(FRAUD).await?;
    page.js("const animate = Element.prototype.animate; window.__travelled = [];
             Element.prototype.animate = function (...all) { window.__travelled.push(this.dataset.card); return animate.apply(this, all); }", json!([])).await?;
    transition(&page, 5, "Submit for testing", "Staging").await?;
    page.until("a card that travelled", "window.__travelled.includes('5')")
        .await?;
    page.browser()
        .cdp("Emulation.setEmulatedMedia", motion("reduce"))
        .await?;
    page.js("window.__travelled.length = 0", json!([])).await?;
    page.click("#undo").await?;
    stands_in(&page, 5, "None").await?;
    page.until("no travelling", "window.__travelled.length === 0")
        .await?;
    page.browser()
        .cdp("Emulation.setEmulatedMedia", json!({ "features": [] }))
        .await?;
    Ok(())
}

async fn a_chosen_theme_wins_over_the_system(page: Page) -> Outcome {
    page.open("#/settings").await?;
    for (chosen, system, light) in [
        ("system", "light", true),
        ("system", "dark", false),
        ("light", "dark", true),
        ("dark", "light", false),
    ] {
        let media = json!({ "features": [{ "name": "prefers-color-scheme", "value": system }] });
        page.browser()
            .cdp("Emulation.setEmulatedMedia", media)
            .await?;
        page.choose("#theme", chosen).await?;
        let ground = if light {
            "rgb(251, 250, 247)"
        } else {
            "rgb(16, 20, 27)"
        };
        page.until(
            &format!("the ground for {chosen:?} where the system is {system}"),
            &format!("getComputedStyle(document.documentElement).backgroundColor === '{ground}'"),
        )
        .await?;
    }
    page.browser()
        .cdp("Emulation.setEmulatedMedia", json!({ "features": [] }))
        .await?;
    Ok(())
}
