//! `cargo xtask bench`: from a click to what it paints, in Chromium, with few and with many versions.
//!
//! The clock runs in the page: from the click that a script dispatches to the second frame after it, when what the first
//! one painted is on screen. The row "nothing" shows what of that the frames themselves take.

use std::process::ExitCode;
use std::rc::Rc;
use std::sync::Arc;

use e2e::browser::{Browser, Kind, Without, fresh_folder};
use e2e::setting::Setting;
use e2e::site::Site;
use e2e::{Failure, Outcome, Page, seed};
use serde_json::{Value, json};

/// How many versions the model has.
const SIZES: [u32; 3] = [100, 1_000, 10_000];
/// How often each action is measured.
const RUNS: usize = 15;
/// How often each is done before that, until the browser has compiled what it runs.
const BEFORE: usize = 3;
/// What is measured.
const ACTIONS: [&str; 11] = [
    "nothing",
    "open the move dialog",
    "move to Staging",
    "undo",
    "redo",
    "promote with archive",
    "archive",
    "add a version",
    "set an alias",
    "filter the table",
    "select a version",
];

/// Waits until the page has nothing to do, acts, and gives the milliseconds to the second frame.
const MEASURE: &str = r#"
  const [selector, typed, done] = arguments;
  const target = selector ? document.querySelector(selector) : document.createElement("button");
  if (!target || target.disabled) return done(`There is nothing to click on: ${selector}`);
  const act = () => {
    const start = performance.now();
    if (typed === null) target.click();
    else { target.value = typed; target.dispatchEvent(new Event("input", { bubbles: true })); }
    requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start)));
  };
  requestIdleCallback(() => requestIdleCallback(act));
"#;

fn main() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let ended = runtime
        .map_err(Failure::from)
        .and_then(|runtime| runtime.block_on(bench()));
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

async fn bench() -> Outcome {
    let setting = Setting::read();
    let dist = setting
        .dist
        .as_deref()
        .ok_or("E2E_DIST does not say where the release is.")?;
    let programs = setting
        .chromium
        .as_ref()
        .ok_or("E2E_CHROMIUM or E2E_CHROMEDRIVER is not set.")?;
    let site = Arc::new(Site::start(dist, fresh_folder("bench")?)?);
    let browser = Rc::new(Browser::start(Kind::Chromium, programs, Without::Nothing).await?);
    let page = Page::new(Rc::clone(&browser), site, None);
    let measured = measure_all(&page).await;
    drop(page);
    if let Ok(browser) = Rc::try_unwrap(browser) {
        browser.quit().await?;
    }
    print(&measured?);
    Ok(())
}

/// The times of every action at every size.
type Times = Vec<Vec<Vec<f64>>>;

async fn measure_all(page: &Page) -> Outcome<Times> {
    let mut all = Vec::new();
    for count in SIZES {
        page.begin().await?;
        // Cards travel, as they do for most people.
        let motion =
            json!({ "features": [{ "name": "prefers-reduced-motion", "value": "no-preference" }] });
        page.browser()
            .cdp("Emulation.setEmulatedMedia", motion)
            .await?;
        put_in(page, count).await?;
        page.open(&format!("#/registry/{}", seed::MODEL)).await?;
        let mut times = vec![Vec::new(); ACTIONS.len()];
        for run in 0..BEFORE + RUNS {
            let once = once(page, count, run).await?;
            if run < BEFORE {
                continue;
            }
            for (times, time) in times.iter_mut().zip(once) {
                times.push(time);
            }
        }
        eprintln!("{count} versions: done.");
        all.push(times);
    }
    Ok(all)
}

/// Puts a registry with so many versions into the browser's storage, value by value.
async fn put_in(page: &Page, count: u32) -> Outcome {
    for (key, value) in seed::versions(count, &page.site().storage_prefix())? {
        page.js("localStorage.setItem(a[0], a[1])", json!([key, value]))
            .await?;
    }
    Ok(())
}

/// Measures every action once, in the order of [`ACTIONS`], and leaves the registry as it was.
async fn once(page: &Page, count: u32, run: usize) -> Outcome<Vec<f64>> {
    const SUBMIT: &str = "dialog[open] button[type=submit]";
    const BOTH_AT_ONCE: &str = ".refused-move li:nth-child(2) button";
    let card = |version: u32| format!("[data-card='{version}'] button.card-move");
    let mut times = vec![measure(page, None, None).await?];

    let with_details = format!("[data-card='{count}'] .menu li:nth-child(4) button");
    times.push(measure(page, Some(&with_details), None).await?);
    page.until("the dialog", "$('dialog[open]')").await?;
    tap(page, "dialog .modal-head button", None).await?;
    page.gone("dialog[open]").await?;
    times.push(measure(page, Some(&card(count)), None).await?);
    times.push(measure(page, Some("#undo"), None).await?);
    times.push(measure(page, Some("#redo"), None).await?);
    undo(page).await?;

    tap(page, &card(count - 1), Some("Promote")).await?;
    page.find(BOTH_AT_ONCE, None).await?;
    times.push(measure(page, Some(BOTH_AT_ONCE), None).await?);
    undo(page).await?;

    page.find(&card(count - 2), Some("Archive")).await?;
    times.push(measure(page, Some(&card(count - 2)), None).await?);
    undo(page).await?;

    tap(page, "main button", Some("Add a version")).await?;
    page.fill("#version-source", "models/large/new.pkl").await?;
    times.push(measure_submit(page, SUBMIT).await?);
    undo(page).await?;

    tap(page, ".page-head .menu summary", None).await?;
    tap(
        page,
        ".page-head button",
        Some("Set an alias of the model…"),
    )
    .await?;
    page.fill("#alias-name", "champion").await?;
    times.push(measure_submit(page, SUBMIT).await?);
    undo(page).await?;

    times.push(measure(page, Some("#versions-filter"), Some("v7")).await?);
    measure(page, Some("#versions-filter"), Some("")).await?;

    let other = if run.is_multiple_of(2) {
        count - 1
    } else {
        count
    };
    times.push(measure(page, Some(&format!("#card-{other}")), None).await?);
    Ok(times)
}

/// Measures the submitting of a dialog, as soon as it can be submitted.
async fn measure_submit(page: &Page, submit: &str) -> Outcome<f64> {
    page.find(submit, None).await?;
    let time = measure(page, Some(submit), None).await?;
    page.gone("dialog[open]").await?;
    Ok(time)
}

async fn undo(page: &Page) -> Outcome {
    tap(page, "#undo", None).await
}

/// Clicks by script, as the measured clicks are: a card that travels can't be missed so.
async fn tap(page: &Page, selector: &str, name: Option<&str>) -> Outcome {
    page.find(selector, name).await?;
    page.js("find(a[0], a[1]).click()", json!([selector, name]))
        .await?;
    Ok(())
}

async fn measure(page: &Page, selector: Option<&str>, typed: Option<&str>) -> Outcome<f64> {
    let result = page
        .driver()
        .execute_async(MEASURE, vec![json!(selector), json!(typed)])
        .await?;
    match result.json() {
        Value::Number(time) => Ok(time.as_f64().unwrap_or_default()),
        other => Err(other.as_str().unwrap_or("The page did not answer.").into()),
    }
}

fn print(all: &Times) {
    println!(
        "From a click to the second frame, in milliseconds: median and 95th percentile of {RUNS} runs.\n"
    );
    print!("{:<22}", "");
    SIZES
        .iter()
        .for_each(|count| print!("{:>18}", format!("{count} versions")));
    println!();
    for (at, action) in ACTIONS.iter().enumerate() {
        print!("{action:<22}");
        for times in all.iter().filter_map(|times| times.get(at)) {
            let mut times = times.clone();
            times.sort_by(f64::total_cmp);
            print!(
                "{:>18}",
                format!("{:.0} / {:.0}", part(&times, 50), part(&times, 95))
            );
        }
        println!();
    }
}

/// The value that so many percent of the sorted times do not exceed.
fn part(sorted: &[f64], percent: usize) -> f64 {
    let at = (sorted.len() * percent).div_ceil(100).saturating_sub(1);
    sorted.get(at).copied().unwrap_or_default()
}
