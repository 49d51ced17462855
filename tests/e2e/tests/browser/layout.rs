//! Narrow pages, and large print.

use e2e::{Outcome, Page, cases};
use serde_json::json;

use crate::steps::{FRAUD, ask, from_menu, stands_in, submit};

cases! {
    nothing_sticks_out_at_any_width,
    dialogs_fit_a_narrow_page,
    large_print_fits,
    a_narrow_page_can_do_everything,
    what_is_pressed_is_large_enough,
}

const WIDTHS: [u32; 5] = [320, 375, 640, 768, 1024];

async fn nothing_sticks_out_at_any_width(page: Page) -> Outcome {
    for address in [
        "#/",
        "#/learn",
        "#/registry",
        FRAUD,
        "#/registry/support-router",
        "#/registry/nobody",
        "#/nowhere",
    ] {
        page.visit(address).await?;
        for width in WIDTHS {
            page.resize(width, 800).await?;
            page.fits(&format!("{address} at {width} pixels")).await?;
        }
    }
    Ok(())
}

async fn dialogs_fit_a_narrow_page(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    page.resize(320, 480).await?;
    ask(&page, 4, "Promote").await?;
    page.sees("dialog .refusal", "One version in Production")
        .await?;
    let inside = "(() => { const place = $('dialog[open]').getBoundingClientRect();
                  return place.left >= 0 && place.right <= innerWidth && place.top >= 0 && place.bottom <= innerHeight; })()";
    page.until("a dialog that fits", inside).await?;
    page.fits("the move dialog").await?;
    // Everything in it can be reached.
    page.click("dialog input[type=checkbox]").await?;
    submit(&page, "Move to Production").await?;
    stands_in(&page, 4, "Production").await?;
    page.press("main button", "Add a version").await?;
    page.until("a dialog that fits", inside).await?;
    page.fits("the form for a version").await
}

async fn large_print_fits(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    // Twice as large letters, as a person can choose in the browser.
    for address in ["#/", "#/registry", FRAUD] {
        page.visit(address).await?;
        page.js(
            "document.documentElement.style.fontSize = '200%'",
            json!([]),
        )
        .await?;
        for width in [640, 1280] {
            page.resize(width, 800).await?;
            page.fits(&format!("{address} in large print at {width} pixels"))
                .await?;
        }
    }
    Ok(())
}

async fn a_narrow_page_can_do_everything(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    page.resize(320, 640).await?;
    ask(&page, 5, "Submit for testing").await?;
    submit(&page, "Move to Staging").await?;
    stands_in(&page, 5, "Staging").await?;
    from_menu(&page, 3, "Set an alias of version 3…").await?;
    page.fill("#alias-name", "safe").await?;
    submit(&page, "Set the alias").await?;
    page.sees("[data-card='3'] .chips", "@safe").await?;
    page.click("#undo").await?;
    page.click("label[for=rules-mlflow]").await?;
    page.until("MLflow's rules", "$('#rules-mlflow').checked")
        .await
}

async fn what_is_pressed_is_large_enough(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    page.resize(320, 640).await?;
    let small = "$$('button, summary, select, .switch label').filter(shown)
        .filter((one) => { const place = one.getBoundingClientRect(); return place.width < 24 || place.height < 24; })
        .map((one) => `${one.className} ${text(one)} ${Math.round(one.getBoundingClientRect().width)}x${Math.round(one.getBoundingClientRect().height)}`)
        .join(' | ')";
    assert_eq!(
        page.string(small).await?,
        "",
        "every control is at least 24 pixels wide and high"
    );
    Ok(())
}
