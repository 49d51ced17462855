//! Pictures of the pages and their main states, to look at: `screenshots <folder>`, with the environment that
//! `cargo xtask test` sets. Narrow, middle and wide, in both themes, and one picture for the README.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::rc::Rc;
use std::sync::Arc;

use e2e::browser::{Browser, Kind, Without, fresh_folder};
use e2e::setting::Setting;
use e2e::site::Site;
use e2e::{Failure, Outcome, Page};
use serde_json::json;

const WIDTHS: [u32; 3] = [320, 768, 1440];
const HEIGHT: u32 = 900;
const FRAUD: &str = "#/registry/fraud-detector";

fn main() -> ExitCode {
    let Some(folder) = std::env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!("Say which folder the pictures go to.");
        return ExitCode::FAILURE;
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let ended = runtime
        .map_err(Failure::from)
        .and_then(|runtime| runtime.block_on(all(&folder)));
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

async fn all(folder: &Path) -> Outcome {
    let setting = Setting::read();
    let dist = setting
        .dist
        .as_deref()
        .ok_or("E2E_DIST does not say where the release is.")?;
    let programs = setting
        .chromium
        .as_ref()
        .ok_or("E2E_CHROMIUM or E2E_CHROMEDRIVER is not set.")?;
    std::fs::create_dir_all(folder)?;
    let site = Arc::new(Site::start(dist, fresh_folder("screenshots")?)?);
    let browser = Rc::new(Browser::start(Kind::Chromium, programs, Without::Nothing).await?);
    let page = Page::new(Rc::clone(&browser), site, None);
    let done = pictures(&page, folder).await;
    drop(page);
    if let Ok(browser) = Rc::try_unwrap(browser) {
        browser.quit().await?;
    }
    done
}

async fn pictures(page: &Page, folder: &Path) -> Outcome {
    page.browser()
        .cdp("Emulation.setScrollbarsHidden", json!({ "hidden": true }))
        .await?;
    for theme in ["light", "dark"] {
        for width in WIDTHS {
            page.begin().await?;
            page.open("#/").await?;
            page.choose("#theme", theme).await?;
            let at = |state: &str| folder.join(format!("{state}-{width}-{theme}.png"));
            states(page, width, at).await?;
        }
    }
    page.begin().await?;
    page.open(FRAUD).await?;
    page.choose("#theme", "light").await?;
    page.js("document.activeElement.blur()", json!([])).await?;
    page.resize(1280, 1180).await?;
    take(page, &folder.join("readme.png")).await
}

/// Takes the pictures of one width and theme.
async fn states(page: &Page, width: u32, at: impl Fn(&str) -> PathBuf) -> Outcome {
    page.resize(width, HEIGHT).await?;
    for (address, state) in [
        ("#/", "start"),
        ("#/registry", "overview"),
        (FRAUD, "model"),
        ("#/registry/nobody", "unknown-model"),
        ("#/nowhere", "not-found"),
    ] {
        page.open(address).await?;
        whole(page, width, &at(state)).await?;
    }
    page.open(FRAUD).await?;
    page.press("[data-card='5'] button.card-move", "Submit for testing")
        .await?;
    page.sees("dialog[open] h2", "Move version 5").await?;
    take(page, &at("move-dialog")).await?;
    page.press("dialog button", "Cancel").await?;
    page.press("[data-card='4'] button.card-move", "Promote")
        .await?;
    page.sees("dialog .refusal", "One live version").await?;
    take(page, &at("refusal")).await?;
    page.press("dialog button", "Cancel").await?;
    page.click("[data-card='3'] summary").await?;
    page.sees("[data-card='3'] .menu li", "Move to").await?;
    page.js(
        "$(\"[data-card='3']\").scrollIntoView({ block: 'center' })",
        json!([]),
    )
    .await?;
    take(page, &at("menu")).await?;
    page.open(FRAUD).await?;
    page.press(".page-head button", "Set an alias").await?;
    page.fill("#alias-name", "latest").await?;
    take(page, &at("form")).await?;
    page.press("dialog button", "Cancel").await?;
    page.press("li.step button", "Look at this moment: Step 18")
        .await?;
    page.sees(".moment-bar", "after step 18").await?;
    whole(page, width, &at("moment")).await?;
    page.press(".moment-bar button", "Back to now").await?;
    page.click("label[for=rules-mlflow]").await?;
    page.press("[data-card='4'] button.card-move", "To Production")
        .await?;
    page.press("dialog button[type=submit]", "Move to Production")
        .await?;
    page.sees("#live-answer", "2 versions are live").await?;
    whole(page, width, &at("two-live")).await?;
    page.open("#/registry").await?;
    page.press("main button", "Start empty").await?;
    page.press("dialog button[type=submit]", "Start empty")
        .await?;
    page.sees("main", "No model here yet").await?;
    whole(page, width, &at("empty")).await
}

/// The whole page, as long as it is.
async fn whole(page: &Page, width: u32, file: &Path) -> Outcome {
    let height = page
        .value("document.scrollingElement.scrollHeight")
        .await?
        .as_u64();
    let height = height
        .and_then(|height| u32::try_from(height).ok())
        .unwrap_or(HEIGHT);
    page.resize(width, height.clamp(HEIGHT, 8_000)).await?;
    page.js("scrollTo(0, 0)", json!([])).await?;
    take(page, file).await?;
    page.resize(width, HEIGHT).await
}

/// What is on screen.
async fn take(page: &Page, file: &Path) -> Outcome {
    page.driver().screenshot(file).await?;
    println!("{}", file.display());
    Ok(())
}
