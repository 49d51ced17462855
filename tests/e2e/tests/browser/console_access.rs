//! The console as it is used: by keyboard alone, for a screen reader, on a narrow or low screen.

use e2e::axe::finds_nothing;
use e2e::browser::Kind;
use e2e::{Outcome, Page, cases};
use serde_json::json;
use thirtyfour::Key;

use crate::console::{ENTER, FIELD, LOG, TAB, answers, enter, open};
use crate::steps::FRAUD;

cases! {
    it_stays_open_and_takes_no_focus,
    by_keyboard_alone,
    it_fits_into_320_pixels,
    little_height_leaves_room_for_it,
    data_stays_text,
    axe_in_the_console [only(Kind::Chromium)],
}

async fn it_stays_open_and_takes_no_focus(page: Page) -> Outcome {
    open(&page).await?;
    enter(&page, "word = 'kept'").await?;
    enter(&page, "print(word)").await?;
    page.go("#/registry").await?;
    page.sees(".console-out", "kept").await?;
    page.go("#/learn/one-live").await?;
    page.gone(".drawer").await?;
    page.go("#/registry").await?;
    page.sees(".console-out", "kept").await?;
    page.click("#console-toggle").await?;
    page.gone(FIELD).await?;
    page.click("#console-toggle").await?;
    page.sees(".console-out", "kept").await?;
    enter(&page, "print(f'{word} still')").await?;
    page.sees(".console-out", "kept still").await?;
    page.reload().await?;
    page.find(FIELD, None).await?;
    page.until(
        "the focus elsewhere",
        "!document.activeElement.closest('.drawer')",
    )
    .await?;
    page.click("#console-toggle").await?;
    page.gone(FIELD).await?;
    page.reload().await?;
    page.sees("#console-toggle", "Open the console").await?;
    page.gone(FIELD).await
}

async fn by_keyboard_alone(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    page.find("#console-toggle", None).await?;
    page.js("$('#console-toggle').focus()", json!([])).await?;
    page.keys(Key::Enter).await?;
    page.focused(FIELD).await?;
    page.keys("show").await?;
    page.keys(Key::Enter).await?;
    page.sees(LOG, "fraud-detector").await?;
    page.keys_held(&[Key::Shift], TAB).await?;
    page.focused(LOG).await?;
    page.keys_held(&[Key::Shift], TAB).await?;
    page.until(
        "the button before it",
        "document.activeElement.matches('.console-head button')",
    )
    .await
}

async fn it_fits_into_320_pixels(page: Page) -> Outcome {
    page.resize(320, 700).await?;
    open(&page).await?;
    page.fits("the open console").await?;
    enter(&page, "show fraud-detector").await?;
    enter(
        &page,
        "client.transition_model_version_stage(\"fraud-detector\", 4, \"Production\")",
    )
    .await?;
    page.sees(".console-ways", "Do both in one step").await?;
    page.fits("the console with a table and a refusal").await?;
    page.until(
        "the field on screen",
        "(() => { const box = $('#console-field').getBoundingClientRect(); return box.top > 0 && box.bottom <= innerHeight; })()",
    )
    .await
}

/// As on a phone, whose keyboard has taken the lower half of the screen.
async fn little_height_leaves_room_for_it(page: Page) -> Outcome {
    open(&page).await?;
    enter(&page, "show").await?;
    enter(&page, "print('the last line')").await?;
    for (width, height) in [(375, 330), (320, 330), (667, 300)] {
        page.resize(width, height).await?;
        page.until_with(
            "the height of the page",
            "innerHeight === a[0]",
            json!([height]),
        )
        .await?;
        page.js("$('#console-field').focus()", json!([])).await?;
        page.until(
            "room for at least three lines, and the field in sight",
            "(() => {
               const log = $('#console-log').getBoundingClientRect();
               const field = $('#console-field').getBoundingClientRect();
               const line = parseFloat(getComputedStyle($('.console-out')).lineHeight);
               const over = document.elementFromPoint(field.left + 5, field.top + 5);
               return log.height >= 3 * line && log.top >= 0 && field.top >= log.bottom && field.bottom <= innerHeight
                 && over === $('#console-field');
             })()",
        )
        .await?;
        page.until(
            "more than half of the height for what was said",
            "$('#console-log').getBoundingClientRect().height > innerHeight / 2",
        )
        .await?;
        page.fits(&format!("the console, {width} by {height}"))
            .await?;
        // Whoever goes on to the page sees it.
        page.js("$('main a').focus()", json!([])).await?;
        page.until(
            "the page beside it",
            "$('.drawer').getBoundingClientRect().top > innerHeight / 4",
        )
        .await?;
    }
    // Where the keyboard lies over a page that stays as tall as it was, the drawer stands on the keyboard.
    page.resize(375, 667).await?;
    page.js(
        "Object.defineProperty(visualViewport, 'height', { get: () => 330, configurable: true });
         visualViewport.dispatchEvent(new Event('resize'));
         $('#console-field').focus();",
        json!([]),
    )
    .await?;
    page.until(
        "a drawer above the keyboard",
        "(() => {
           const drawer = $('.drawer').getBoundingClientRect();
           const field = $('#console-field').getBoundingClientRect();
           return innerHeight === 667 && Math.abs(drawer.bottom - 330) < 1 && drawer.top >= -1 && field.bottom <= 330
             && $('#console-log').getBoundingClientRect().height > 330 / 2;
         })()",
    )
    .await
}

async fn data_stays_text(page: Page) -> Outcome {
    const NAME: &str = "<img src=x onerror=alert(1)>";
    open(&page).await?;
    enter(
        &page,
        &format!("client.create_registered_model(\"{NAME}\")"),
    )
    .await?;
    enter(&page, "show").await?;
    answers(&page, NAME).await?;
    page.until("no element of it", "$$('img').length === 0")
        .await
}

async fn axe_in_the_console(page: Page) -> Outcome {
    for width in [320, 1280] {
        page.resize(width, 900).await?;
        open(&page).await?;
        finds_nothing(&page, &format!("empty console, {width}")).await?;
        for line in [
            "help",
            "client.get_model_versoin(1)",
            "client.transition_model_version_stage(\"fraud-detector\", 4, \"Production\")",
            "mlflow models transition-version --model-name fraud-detector --version 9 --stage staging # no",
            "for v in [1, 2.5, True]: print(f'{v}')",
        ] {
            page.fill(FIELD, line).await?;
            page.keys_held(&[Key::Control], ENTER).await?;
        }
        page.fill(FIELD, "client.get_").await?;
        page.sees(".suggestion", "get_model_version").await?;
        finds_nothing(&page, &format!("used console, {width}")).await?;
        page.click("#console-toggle").await?;
    }
    Ok(())
}
