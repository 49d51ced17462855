//! Hosts that serve the app in a way that something is wrong, and what the page says then; new versions; folders of one host.

use std::collections::BTreeMap;

use e2e::odd::Wrong;
use e2e::{Outcome, Page, cases};
use serde_json::json;
use storage::folder;

cases! {
    a_boot_script_with_a_wrong_type_runs,
    a_boot_script_that_is_refused_is_said,
    a_frame_kept_apart_is_said,
    a_frame_kept_apart_works_where_the_host_lets_it,
    a_policy_without_webassembly_is_said,
    a_policy_without_requests_is_said,
    a_script_with_a_wrong_type_is_said,
    a_missing_script_is_said,
    a_page_in_the_place_of_a_file_is_said,
    a_host_that_is_gone_is_said,
    an_old_page_is_told_of_the_new_version,
    styles_with_a_wrong_type_are_said,
    an_old_browser_is_said,
    a_page_opened_as_a_file_is_said,
    a_host_that_is_silent_is_said_and_waited_for,
    a_new_version_is_said_where_a_page_was,
    a_new_version_is_said_where_a_dialog_was,
    without_a_network_a_dialog_can_be_tried_again,
    a_missing_part_is_said_in_the_console,
    two_folders_of_a_host_have_nothing_in_common,
    what_an_old_version_kept_is_carried_over,
    what_an_old_version_kept_beside_is_told_and_brought_in,
    the_boot_script_knows_the_same_folders,
}

/// The folder of a case: of its own in each browser.
fn folder(page: &Page, name: &str) -> String {
    format!("{name}-{}", page.kind())
}

/// Opens the page in a folder in which something is wrong.
pub async fn go(page: &Page, name: &str, wrong: Wrong, behind: &str) -> Outcome {
    page.forgive();
    page.leave().await?;
    let url = page.site().odd().url(&folder(page, name), wrong);
    page.driver().goto(format!("{url}{behind}")).await?;
    Ok(())
}

/// From now on, this is wrong there.
pub fn turn(page: &Page, name: &str, wrong: Wrong) {
    let _ = page.site().odd().url(&folder(page, name), wrong);
}

/// What is wrong stands above the picture, with a way to read the lesson.
async fn says(page: &Page, sentences: &[&str]) -> Outcome {
    page.sees("#recovery h1", "The app could not be opened")
        .await?;
    for sentence in sentences {
        page.sees("#recovery p", sentence).await?;
    }
    page.focused("#recovery h1").await?;
    page.sees("#recovery a[href='lesson.html']", "Read the lesson as text")
        .await?;
    page.gone("#boot-status").await?;
    is_small(page).await?;
    page.fits("what the page says").await
}

/// The mark of the brand is no huge circle.
async fn is_small(page: &Page) -> Outcome {
    page.until(
        "a small mark",
        "$$('.brand-mark').every((mark) => mark.getBoundingClientRect().width <= 40)",
    )
    .await
}

async fn a_boot_script_with_a_wrong_type_runs(page: Page) -> Outcome {
    go(&page, "plain", Wrong::BootIsText, "").await?;
    page.ready().await
}

async fn a_boot_script_that_is_refused_is_said(page: Page) -> Outcome {
    go(&page, "refused", Wrong::BootIsRefused, "").await?;
    // After some seconds; the test does not wait for them.
    page.js(
        "for (const animation of document.getAnimations()) animation.finish()",
        json!([]),
    )
    .await?;
    page.sees("#boot-status .boot-help", "be sent as text/javascript")
        .await?;
    page.until(
        "room for it",
        "$('.boot-help').getBoundingClientRect().height > 30",
    )
    .await?;
    is_small(&page).await
}

async fn a_frame_kept_apart_is_said(page: Page) -> Outcome {
    page.forgive();
    page.leave().await?;
    let frame = page
        .site()
        .odd()
        .frame(&folder(&page, "apart"), Wrong::Nothing);
    page.driver().goto(frame).await?;
    page.driver().enter_frame(0).await?;
    says(
        &page,
        &[
            "a frame that is kept apart",
            "Access-Control-Allow-Origin: *",
        ],
    )
    .await?;
    page.find("#recovery a", Some("Open this page in a window of its own"))
        .await?;
    // It has its styles all the same.
    page.until(
        "the styles",
        "getComputedStyle($('.recovery-box')).display === 'grid'",
    )
    .await
}

async fn a_frame_kept_apart_works_where_the_host_lets_it(page: Page) -> Outcome {
    page.forgive();
    page.leave().await?;
    let frame = page
        .site()
        .odd()
        .frame(&folder(&page, "shared"), Wrong::Shared);
    page.driver().goto(frame).await?;
    page.driver().enter_frame(0).await?;
    page.ready().await?;
    page.sees("#saving", "Not saved: this browser blocks storage")
        .await?;
    page.press("header nav a", "Registry").await?;
    page.sees("h1", "Registry").await?;
    page.press("main button", "Register a model").await?;
    page.sees("dialog h2", "Register a model").await?;
    page.until(
        "the styles of the parts",
        "getComputedStyle($('dialog .modal-box')).display === 'grid'",
    )
    .await
}

async fn a_policy_without_webassembly_is_said(page: Page) -> Outcome {
    go(&page, "no-wasm", Wrong::NoWasm, "").await?;
    says(&page, &["forbids WebAssembly", "'wasm-unsafe-eval'"]).await
}

async fn a_policy_without_requests_is_said(page: Page) -> Outcome {
    go(&page, "no-requests", Wrong::NoRequests, "").await?;
    says(&page, &["(connect-src)", "allow 'self'"]).await
}

async fn a_script_with_a_wrong_type_is_said(page: Page) -> Outcome {
    go(&page, "text", Wrong::ScriptIsText, "").await?;
    says(&page, &[".js as text/plain", "text/javascript"]).await
}

async fn a_missing_script_is_said(page: Page) -> Outcome {
    go(&page, "no-script", Wrong::NoScript, "").await?;
    says(&page, &[".js is missing on the server: it answers 404"]).await?;
    turn(&page, "no-script", Wrong::Nothing);
    page.press("#recovery button", "Start again").await?;
    page.ready().await
}

async fn a_page_in_the_place_of_a_file_is_said(page: Page) -> Outcome {
    go(&page, "page", Wrong::PageForWasm, "").await?;
    says(
        &page,
        &["_bg.wasm is missing on the server: a page stands in its place"],
    )
    .await
}

async fn a_host_that_is_gone_is_said(page: Page) -> Outcome {
    go(&page, "gone", Wrong::Silent, "").await?;
    page.sees("#boot-status", "Opening…").await?;
    turn(&page, "gone", Wrong::Cut);
    says(
        &page,
        &[
            ".js did not arrive: there is no connection now",
            "when you are online",
        ],
    )
    .await?;
    turn(&page, "gone", Wrong::Nothing);
    page.press("#recovery button", "Start again").await?;
    page.ready().await
}

async fn an_old_page_is_told_of_the_new_version(page: Page) -> Outcome {
    // The page that was kept is of a build that is gone: it comes, and then the host has another one.
    go(&page, "stale", Wrong::Stale, "").await?;
    page.sees("#recovery h1", "A new version is here").await?;
    turn(&page, "stale", Wrong::Nothing);
    page.press("#recovery button", "Reload").await?;
    page.ready().await
}

async fn styles_with_a_wrong_type_are_said(page: Page) -> Outcome {
    go(&page, "bare", Wrong::StylesAreText, "").await?;
    page.ready().await?;
    page.sees("body > p[role=status]", "be sent as text/css")
        .await?;
    is_small(&page).await
}

async fn an_old_browser_is_said(page: Page) -> Outcome {
    go(&page, "old", Wrong::Nothing, "?without=wasm").await?;
    says(&page, &["This browser is too old"]).await
}

async fn a_page_opened_as_a_file_is_said(page: Page) -> Outcome {
    page.forgive();
    page.leave().await?;
    page.driver().goto(page.site().file_url()).await?;
    page.sees("#recovery h1", "This page needs a small server")
        .await?;
    page.sees("#recovery p", "python3 -m http.server").await?;
    page.sees("#recovery a[href='lesson.html']", "Read the lesson as text")
        .await?;
    is_small(&page).await
}

async fn a_host_that_is_silent_is_said_and_waited_for(page: Page) -> Outcome {
    go(&page, "silent", Wrong::Silent, "?without=patience").await?;
    page.sees("#boot-status", "Still waiting for model-stages-")
        .await?;
    page.sees(
        "#boot-status",
        "_bg.wasm: the connection is slow, or nobody answers.",
    )
    .await?;
    page.find("#boot-status button", Some("Start again"))
        .await?;
    turn(&page, "silent", Wrong::Nothing);
    page.ready().await
}

async fn a_new_version_is_said_where_a_page_was(page: Page) -> Outcome {
    go(&page, "pages", Wrong::Nothing, "#/").await?;
    page.ready().await?;
    turn(&page, "pages", Wrong::NewBuild);
    page.press("header nav a", "Registry").await?;
    page.sees("h1", "A new version is here").await?;
    page.sees("main p", "What you did is saved.").await?;
    page.js("window.__old = true", json!([])).await?;
    turn(&page, "pages", Wrong::Nothing);
    page.press("main button", "Reload").await?;
    page.until("a new page", "!window.__old").await?;
    page.ready().await?;
    page.sees("h1", "Registry").await
}

async fn a_new_version_is_said_where_a_dialog_was(page: Page) -> Outcome {
    go(&page, "dialogs", Wrong::Nothing, "#/registry").await?;
    page.sees("h1", "Registry").await?;
    turn(&page, "dialogs", Wrong::NewBuild);
    page.press("main button", "Register a model").await?;
    page.sees("dialog[open] h2", "A new version is here")
        .await?;
    page.find("dialog[open] button", Some("Reload")).await?;
    page.press("dialog[open] button", "Close").await?;
    page.gone("dialog[open]").await?;
    // It was told, and is asked for anew.
    turn(&page, "dialogs", Wrong::Nothing);
    page.press("main button", "Register a model").await?;
    page.sees("dialog[open] h2", "Register a model").await
}

async fn without_a_network_a_dialog_can_be_tried_again(page: Page) -> Outcome {
    go(&page, "cut", Wrong::Nothing, "#/registry").await?;
    page.sees("h1", "Registry").await?;
    turn(&page, "cut", Wrong::Cut);
    page.press("main button", "Register a model").await?;
    page.sees("dialog[open] h2", "This part of the app did not load")
        .await?;
    page.sees("dialog[open] p", "there is no connection now")
        .await?;
    page.press("dialog[open] button", "Fetch again").await?;
    page.sees("dialog[open] p", "there is no connection now")
        .await?;
    turn(&page, "cut", Wrong::Nothing);
    page.press("dialog[open] button", "Fetch again").await?;
    page.sees("dialog[open] h2", "Register a model").await
}

async fn a_missing_part_is_said_in_the_console(page: Page) -> Outcome {
    go(&page, "parts", Wrong::Nothing, "#/registry").await?;
    page.sees("h1", "Registry").await?;
    turn(&page, "parts", Wrong::NoParts);
    page.click("#console-toggle").await?;
    page.sees("#console-place p", "it is missing on the server")
        .await?;
    turn(&page, "parts", Wrong::Nothing);
    page.press("#console-place button", "Fetch again").await?;
    page.find("#console-field", None).await?;
    Ok(())
}

/// The keys of the host, sorted.
const KEYS: &str = "Object.keys(localStorage).sort()";

async fn two_folders_of_a_host_have_nothing_in_common(page: Page) -> Outcome {
    page.forgive();
    page.leave().await?;
    let odd = page.site().odd();
    let (short, long) = (odd.url("x", Wrong::Nothing), odd.url("x:y", Wrong::Nothing));
    page.driver().goto(format!("{long}#/registry")).await?;
    page.ready().await?;
    page.js("localStorage.clear()", json!([])).await?;
    page.driver().refresh().await?;
    page.ready().await?;
    page.choose("#theme", "dark").await?;
    page.until(
        "keys of this folder",
        &format!(
            "{KEYS}.length > 0 && {KEYS}.every((key) => key.startsWith('model-stages:/x%3Ay:'))"
        ),
    )
    .await?;
    let kept = page.value(KEYS).await?;
    page.driver().goto(format!("{short}#/settings")).await?;
    page.ready().await?;
    page.until(
        "the usual theme",
        "document.documentElement.dataset.theme === undefined",
    )
    .await?;
    page.choose("#theme", "light").await?;
    page.click("#erase").await?;
    page.js("window.__old = true", json!([])).await?;
    page.click("#erase-all").await?;
    page.until(
        "a new page",
        "!window.__old && $('#page-title') && $('#saving')",
    )
    .await?;
    page.until_with(
        "what the other folder keeps",
        &format!("a.every((key) => {KEYS}.includes(key))"),
        kept,
    )
    .await?;
    page.driver().goto(format!("{long}#/registry")).await?;
    page.ready().await?;
    page.until(
        "the theme of that folder",
        "document.documentElement.dataset.theme === 'dark'",
    )
    .await
}

async fn what_an_old_version_kept_is_carried_over(page: Page) -> Outcome {
    page.forgive();
    page.leave().await?;
    let path = format!("old:{}", page.kind());
    let url = page.site().odd().url(&path, Wrong::Nothing);
    page.driver().goto(format!("{url}#/registry")).await?;
    page.ready().await?;
    page.choose("#theme", "dark").await?;
    page.sees("#saving", "Saved in this browser").await?;
    let (new, old) = (
        folder::prefix(&format!("/{path}/")),
        folder::old_prefix(&format!("/{path}/")),
    );
    // As an earlier version has left it.
    page.leave().await?;
    page.driver().goto(format!("{url}robots.txt")).await?;
    page.js(
        "for (const key of Object.keys(localStorage).filter((key) => key.startsWith(a[0]))) {
           localStorage.setItem(a[1] + key.slice(a[0].length), localStorage.getItem(key));
           localStorage.removeItem(key);
         }",
        json!([new, old]),
    )
    .await?;
    page.driver().goto(format!("{url}#/registry")).await?;
    page.ready().await?;
    page.until(
        "the theme",
        "document.documentElement.dataset.theme === 'dark'",
    )
    .await?;
    page.until_with(
        "the new keys, and no old ones",
        &format!("{KEYS}.some((key) => key.startsWith(a[0])) && !{KEYS}.some((key) => key.startsWith(a[1]))"),
        json!([new, old]),
    )
    .await
}

async fn what_an_old_version_kept_beside_is_told_and_brought_in(page: Page) -> Outcome {
    page.forgive();
    page.leave().await?;
    let path = format!("beside:{}", page.kind());
    let url = page.site().odd().url(&path, Wrong::Nothing);
    page.driver().goto(format!("{url}#/registry")).await?;
    page.ready().await?;
    page.press("main button", "Register a model").await?;
    page.fill("dialog[open] input", "from-before").await?;
    page.keys("\u{e007}").await?;
    page.sees("h1", "from-before").await?;
    page.sees("#saving", "Saved in this browser").await?;
    let (new, old) = (
        folder::prefix(&format!("/{path}/")),
        folder::old_prefix(&format!("/{path}/")),
    );
    // An earlier version has left it, and something stands here already.
    page.leave().await?;
    page.driver().goto(format!("{url}robots.txt")).await?;
    page.js(
        "for (const key of Object.keys(localStorage).filter((key) => key.startsWith(a[0])))
           localStorage.setItem(a[1] + key.slice(a[0].length), localStorage.getItem(key));
         for (const key of Object.keys(localStorage).filter((key) => key.includes('ws/own/')))
           if (key.startsWith(a[0])) localStorage.removeItem(key);
         indexedDB.deleteDatabase(a[0]);",
        json!([new, old]),
    )
    .await?;
    page.driver().goto(format!("{url}#/registry")).await?;
    page.sees(".notice", "An earlier version of this app kept registries")
        .await?;
    page.press(".notice a", "Go to the settings").await?;
    page.sees("#old h3", "From an earlier version of this app")
        .await?;
    page.until(
        "it is kept",
        "$('#old .actions button:last-child').disabled",
    )
    .await?;
    page.press("#old button", "Bring it in").await?;
    page.sees("#old p", "All of it is here now").await?;
    page.fits("the page").await?;
    page.press("#old button", "Drop").await?;
    page.gone("#old").await?;
    page.until_with(
        "no old keys",
        &format!("!{KEYS}.some((key) => key.startsWith(a[0]))"),
        json!([old]),
    )
    .await?;
    page.driver().refresh().await?;
    page.ready().await?;
    page.gone(".notice").await
}

/// The screen for a panic hands out what is saved in the page's own folder, and nothing else. The page is told that it is
/// in one folder after the other.
async fn the_boot_script_knows_the_same_folders(page: Page) -> Outcome {
    page.forgive();
    page.leave().await?;
    let url = page
        .site()
        .odd()
        .url(&folder(&page, "table"), Wrong::Nothing);
    page.driver().goto(url).await?;
    page.ready().await?;
    page.catch_files().await?;
    let table: Vec<(String, String)> =
        serde_json::from_str(include_str!("../../../data/folders.json"))?;
    let keys: BTreeMap<String, String> = table
        .iter()
        .map(|(_, folder)| (format!("model-stages:{folder}:probe"), folder.clone()))
        .collect();
    page.js("localStorage.clear()", json!([])).await?;
    page.was_here(&keys).await?;
    page.js(
        "history.replaceState(null, '', '/'); dispatchEvent(new Event('model-stages:panic'))",
        json!([]),
    )
    .await?;
    for (path, folder) in table {
        // A browser takes an address that begins with `//` for that of another host.
        page.js(
            "delete window.__given; history.replaceState(null, '', location.origin + a[0])",
            json!([path]),
        )
        .await?;
        page.press("#recovery button", "Download what was saved")
            .await?;
        page.until_with(
            &format!("what is saved in {path}"),
            "window.__given && Object.keys(JSON.parse(window.__given)).join() === a[0]",
            json!([format!("model-stages:{folder}:probe")]),
        )
        .await?;
    }
    Ok(())
}
