//! Pictures of the pages and their main states, to look at: `screenshots <folder> [first|registry|learn|practice|progress]`, with
//! the environment that `cargo xtask test` sets. Narrow, middle and wide, in both themes, and the first screen for the README and for links.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::rc::Rc;
use std::sync::Arc;

use e2e::browser::{Browser, Kind, Without, fresh_folder};
use e2e::setting::Setting;
use e2e::site::Site;
use e2e::{Failure, Outcome, Page};
use lesson::own;
use lesson::progress::{Outcome as Went, Progress, to_file};
use registry::Time;
use serde_json::json;

const WIDTHS: [u32; 3] = [320, 768, 1440];
const HEIGHT: u32 = 900;
const FRAUD: &str = "#/registry/fraud-detector";

fn main() -> ExitCode {
    let Some(folder) = std::env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!("Say which folder the pictures go to.");
        return ExitCode::FAILURE;
    };
    let only = std::env::args().nth(2);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let ended = runtime
        .map_err(Failure::from)
        .and_then(|runtime| runtime.block_on(all(&folder, only.as_deref())));
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

async fn all(folder: &Path, only: Option<&str>) -> Outcome {
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
    let done = pictures(&page, folder, only).await;
    drop(page);
    if let Ok(browser) = Rc::try_unwrap(browser) {
        browser.quit().await?;
    }
    done
}

async fn pictures(page: &Page, folder: &Path, only: Option<&str>) -> Outcome {
    let wanted = |group: &str| only.is_none_or(|only| only == group);
    page.browser()
        .cdp("Emulation.setScrollbarsHidden", json!({ "hidden": true }))
        .await?;
    for theme in ["light", "dark"] {
        for width in WIDTHS {
            page.begin().await?;
            page.open("#/").await?;
            page.choose("#theme", theme).await?;
            let at = |state: &str| folder.join(format!("{state}-{width}-{theme}.png"));
            page.resize(width, HEIGHT).await?;
            if wanted("registry") {
                registry(page, width, at).await?;
            }
            if wanted("learn") {
                learn(page, width, at).await?;
            }
            if wanted("practice") {
                practice(page, width, at).await?;
            }
            if wanted("progress") {
                progress(page, width, at).await?;
            }
        }
    }
    if wanted("first") {
        first(page, folder).await?;
    }
    Ok(())
}

/// The first screen, for the README (`docs/first-screen.png`) and for links to the site (`public/preview.png`).
async fn first(page: &Page, folder: &Path) -> Outcome {
    page.begin().await?;
    page.open("#/").await?;
    page.choose("#theme", "light").await?;
    pay(page).await?;
    page.resize(1200, 630).await?;
    take(page, &folder.join("preview.png")).await?;
    page.click(".start-try button").await?;
    pay(page).await?;
    page.js("document.activeElement.blur()", json!([])).await?;
    page.resize(1280, 800).await?;
    take(page, &folder.join("first-screen.png")).await
}

/// Lets some payments come.
async fn pay(page: &Page) -> Outcome {
    for _ in 0..6 {
        page.click(".traffic-step").await?;
    }
    Ok(())
}

/// Every step of the lesson: as it is met, and with its choice made and its payments begun.
async fn learn(page: &Page, width: u32, at: impl Fn(&str) -> PathBuf) -> Outcome {
    for (number, (step, _)) in own::STEPS.iter().enumerate() {
        let name = |state: &str| format!("learn-{:02}-{step}-{state}", number + 1);
        page.open(&format!("#/learn/{step}")).await?;
        page.sees(".step-count", "Step").await?;
        whole(page, width, &at(&name("before"))).await?;
        if there(page, "#choose-answer").await? {
            page.click("label[for=choice-0]").await?;
            page.click("#choose-answer").await?;
        }
        page.until("its registry", "!$('.play') || $('.play-box')")
            .await?;
        let lines = page.value("$$('.code-line').length").await?;
        for line in 1..=lines.as_u64().unwrap_or_default() {
            page.click(&format!(".code-line:nth-child({line}) button"))
                .await?;
        }
        if there(page, ".traffic-step").await? {
            for _ in 0..4 {
                page.click(".traffic-step").await?;
            }
        }
        whole(page, width, &at(&name("after"))).await?;
    }
    Ok(())
}

async fn there(page: &Page, selector: &str) -> Outcome<bool> {
    let there = page.js("return Boolean($(a[0]));", json!([selector]));
    Ok(there.await? == json!(true))
}

/// The questions: all of them, one of each kind before and after it is answered, and a round with its result.
async fn practice(page: &Page, width: u32, at: impl Fn(&str) -> PathBuf) -> Outcome {
    page.open("#/practice").await?;
    whole(page, width, &at("practice-1-overview")).await?;
    for question in [
        "staging-for",
        "alias-names",
        "first-release",
        "one-call-swap",
        "flag-who-moves",
        "refused-line",
    ] {
        page.open(&format!("#/practice/{question}")).await?;
        whole(page, width, &at(&format!("practice-2-{question}-asked"))).await?;
        answer_somehow(page).await?;
        page.sees("#feedback-title", "").await?;
        if there(page, ".run-it").await? {
            page.click(".choice:nth-child(1) .run-it").await?;
        }
        whole(page, width, &at(&format!("practice-3-{question}-answered"))).await?;
    }
    page.open("#/practice").await?;
    page.js("window.Date.now = () => 1_800_000_000_000", json!([]))
        .await?;
    page.click("#start-round").await?;
    for number in 1..=10 {
        page.sees(".step-count", &format!("Question {number} of 10"))
            .await?;
        if number == 3 {
            page.open("#/practice").await?;
            whole(page, width, &at("practice-4-under-way")).await?;
            page.click("a.button-link").await?;
            page.sees(".step-count", "Question 3 of 10").await?;
        }
        answer_somehow(page).await?;
        if !there(page, "#feedback-title").await? {
            page.press("main button", "Show the solution").await?;
        }
        if number == 2 {
            page.reload().await?;
            whole(page, width, &at("practice-4-answered-before")).await?;
        }
        page.click("#next-question").await?;
    }
    page.sees("main", "of 10 right").await?;
    whole(page, width, &at("practice-5-result")).await
}

/// Gives the last option, or puts every version into None.
async fn answer_somehow(page: &Page) -> Outcome {
    let script = "$$('input[name=option]').at(-1)?.click();
                  for (const one of $$('.board-fields select')) {
                    one.value = 'None';
                    one.dispatchEvent(new Event('change', { bubbles: true }));
                  }
                  $('#answer').click();";
    page.js(script, json!([])).await?;
    Ok(())
}

/// What was learned: nothing yet, much, and a file that brings more.
async fn progress(page: &Page, width: u32, at: impl Fn(&str) -> PathBuf) -> Outcome {
    page.open("#/settings").await?;
    if there(page, "#delete-progress:enabled").await? {
        page.click("#delete-progress").await?;
    }
    page.open("#/progress").await?;
    page.sees("main", "Nothing yet").await?;
    whole(page, width, &at("progress-1-empty")).await?;
    let days = |days: u64| Time(1_780_000_000_000 + days * 86_400_000);
    let mut much = Progress::default();
    let pack = own::practice().ok_or("The questions can't be read.")?;
    let misconceptions = &pack.misconceptions;
    let belief_of = misconceptions.iter().take(7).cycle();
    let questions = pack.questions.iter().take(30).zip(belief_of);
    for (number, (question, misconception)) in (0_u64..).zip(questions) {
        let id = question.id.as_str();
        let misconception = Some(misconception.id.as_str());
        let went = match number % 4 {
            0 => Went::Wrong,
            1 => Went::Shown,
            _ => Went::Right,
        };
        much.answered(id, went, misconception, days(number));
        if number % 4 == 2 {
            much.answered(id, Went::Right, None, days(number + 9));
        }
    }
    much.answered("a-question-of-another-pack", Went::Right, None, days(1));
    for (step, _) in own::STEPS.iter().take(7) {
        much.step_done(step, days(0));
    }
    much.set_place("archive", days(0));
    let folder = fresh_folder("progress")?;
    let file = folder.join("progress.json");
    std::fs::write(&file, to_file(&much))?;
    page.open("#/settings").await?;
    let field = page.find("#import-progress", None).await?;
    field.send_keys(file.to_string_lossy()).await?;
    page.focused("#import-result").await?;
    whole(page, width, &at("progress-2-preview")).await?;
    page.press("main button", "Import").await?;
    page.sees("#progress-undo", "imported").await?;
    std::fs::remove_dir_all(&folder)?;
    page.open("#/progress").await?;
    whole(page, width, &at("progress-3-much")).await
}

/// The pages of the registry.
async fn registry(page: &Page, width: u32, at: impl Fn(&str) -> PathBuf) -> Outcome {
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
    page.click("[data-card='5'] .menu summary").await?;
    page.press("[data-card='5'] .menu button", "Move with details…")
        .await?;
    page.sees("dialog[open] h2", "Move version 5").await?;
    take(page, &at("move-dialog")).await?;
    page.press("dialog button", "Cancel").await?;
    page.press("[data-card='4'] button.card-move", "Promote")
        .await?;
    page.sees(".refused-move .refusal", "One version in Production")
        .await?;
    take(page, &at("refusal")).await?;
    page.press(".refused-move button", "Change nothing").await?;
    page.click("[data-card='3'] summary").await?;
    page.sees("[data-card='3'] .menu li", "Pull back to")
        .await?;
    page.js(
        "$(\"[data-card='3']\").scrollIntoView({ block: 'center' })",
        json!([]),
    )
    .await?;
    take(page, &at("menu")).await?;
    page.open(FRAUD).await?;
    page.click(".page-head .menu summary").await?;
    page.press(".page-head button", "Set an alias of the model…")
        .await?;
    page.fill("#alias-name", "latest").await?;
    take(page, &at("form")).await?;
    page.press("dialog button", "Cancel").await?;
    let open = "for (const part of document.querySelectorAll('.on-demand')) part.open = true;";
    page.js(open, json!([])).await?;
    page.press("li.step button", "View: Step 18").await?;
    page.sees(".moment-bar", "after step 18").await?;
    whole(page, width, &at("moment")).await?;
    page.press(".moment-bar button", "Back to now").await?;
    page.click("label[for=rules-mlflow]").await?;
    page.press("[data-card='4'] button.card-move", "Promote")
        .await?;
    page.sees("#live-answer", "2 versions are in Production")
        .await?;
    whole(page, width, &at("two-live")).await?;
    page.open("#/registry").await?;
    page.choose_in_menu("Start empty…").await?;
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
