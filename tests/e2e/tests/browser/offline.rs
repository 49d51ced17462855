//! Without a network: the app after one visit, a new version while a page is open, a part that is gone, and the way to take
//! the service worker away again.

use e2e::odd::Wrong;
use e2e::{Outcome, Page, cases};
use serde_json::json;

use crate::hosts::{go, turn};
use crate::tabs::{close, to};

cases! {
    after_one_visit_all_opens_without_a_network,
    a_new_version_waits_until_it_is_asked_for,
    an_old_window_goes_on_beside_a_new_one,
    where_a_part_is_gone_it_is_not_ready,
    a_part_that_goes_later_is_kept,
    real_python_is_kept_only_where_it_was_used,
    the_service_worker_can_be_taken_away,
    only_two_workers_have_an_address,
}

/// Opens the app in a folder, with its service worker, and waits until all of it is kept.
async fn visit(page: &Page, name: &str) -> Outcome {
    go(page, name, Wrong::Nothing, "?with=worker#/settings").await?;
    page.ready().await?;
    page.sees(
        "#offline",
        "Ready offline: this browser has a copy of the app",
    )
    .await
}

/// Lets the browser look whether there is a new version, as it does when somebody comes back to the page.
async fn come_back(page: &Page) -> Outcome {
    let back = "document.dispatchEvent(new Event('visibilitychange'))";
    page.js(back, json!([])).await.map(|_| ())
}

/// Opens the page anew, as a person does: a driver's own way passes the service worker by.
async fn again(page: &Page) -> Outcome {
    page.js("window.__before = true; location.reload()", json!([]))
        .await?;
    page.until("another page", "!window.__before").await?;
    page.ready().await
}

/// The pages that need the most different parts.
async fn use_it(page: &Page) -> Outcome {
    page.go("#/learn").await?;
    page.go("#/practice/one-call-swap").await?;
    page.sees("main", "Swap them in one call").await?;
    page.go("#/exercises").await?;
    page.sees("main", "Each exercise gives you a registry and a goal")
        .await?;
    page.go("#/registry").await?;
    page.press("main button", "Register a model").await?;
    page.sees("dialog[open] h2", "Register a model").await?;
    page.press("dialog[open] button", "Cancel").await?;
    page.click("#console-toggle").await?;
    page.find("#console-field", None).await?;
    // It is remembered whether it is open.
    page.click("#console-toggle").await?;
    page.sees("#console-toggle", "Open the console").await
}

async fn is_of(page: &Page, build: &str) -> Outcome {
    page.until_with(
        "a page of that build",
        "$('#boot').dataset.build === a[0]",
        json!([build]),
    )
    .await
}

async fn after_one_visit_all_opens_without_a_network(page: Page) -> Outcome {
    visit(&page, "offline").await?;
    turn(&page, "offline", Wrong::Cut);
    again(&page).await?;
    page.sees("#offline", "Ready offline").await?;
    use_it(&page).await?;
    turn(&page, "offline", Wrong::Nothing);
    Ok(())
}

async fn a_new_version_waits_until_it_is_asked_for(page: Page) -> Outcome {
    visit(&page, "next").await?;
    let build = page.string("$('#boot').dataset.build").await?;
    page.go("#/practice/one-call-swap").await?;
    turn(&page, "next", Wrong::NextBuild);
    come_back(&page).await?;
    page.sees("#new-version h2", "A new version is here")
        .await?;
    page.sees("#new-version", "What you did is saved").await?;
    // Until then the old one goes on, also anew, and has its parts, which the host has no more.
    again(&page).await?;
    is_of(&page, &build).await?;
    page.sees("#new-version h2", "A new version is here")
        .await?;
    use_it(&page).await?;
    page.go("#/practice/one-call-swap").await?;
    page.press("#new-version button", "Reload").await?;
    let next: String = build.chars().rev().collect();
    is_of(&page, &next).await?;
    page.ready().await?;
    page.sees("main", "Swap them in one call").await?;
    page.gone("#new-version").await?;
    use_it(&page).await?;
    // Nobody needs the old one any more.
    page.js(
        "window.__kept = null; setTimeout(async function look() { \
           window.__kept = (await caches.keys()).filter((name) => name.includes(`/${a[0]}`)); setTimeout(look, 50); })",
        json!([format!("next-{}", page.kind())]),
    )
    .await?;
    page.until_with(
        "one version that is kept",
        "window.__kept?.length === 1 && window.__kept[0].includes(a[0])",
        json!([next]),
    )
    .await
}

async fn an_old_window_goes_on_beside_a_new_one(page: Page) -> Outcome {
    visit(&page, "both").await?;
    let build = page.string("$('#boot').dataset.build").await?;
    let one = page.driver().window().await?;
    let two = page.driver().new_tab().await?;
    to(&page, &two).await?;
    page.browser().run_early(e2e::collector::SCRIPT).await?;
    visit(&page, "both").await?;
    turn(&page, "both", Wrong::NextBuild);
    come_back(&page).await?;
    page.press("#new-version button", "Reload").await?;
    let next: String = build.chars().rev().collect();
    is_of(&page, &next).await?;
    page.ready().await?;
    to(&page, &one).await?;
    is_of(&page, &build).await?;
    page.sees("#new-version h2", "A new version is here")
        .await?;
    use_it(&page).await?;
    is_of(&page, &build).await?;
    close(&page, &two).await
}

async fn where_a_part_is_gone_it_is_not_ready(page: Page) -> Outcome {
    go(&page, "partly", Wrong::Nothing, "#/settings").await?;
    page.ready().await?;
    page.sees("#offline", "Not ready offline: the app is kept only")
        .await?;
    go(&page, "partly", Wrong::NoQuiz, "?with=worker#/settings").await?;
    page.ready().await?;
    page.sees(
        "#offline",
        "Not ready offline: this browser could not keep the app",
    )
    .await
}

async fn a_part_that_goes_later_is_kept(page: Page) -> Outcome {
    visit(&page, "later").await?;
    turn(&page, "later", Wrong::NoParts);
    again(&page).await?;
    use_it(&page).await
}

/// Fetches two files of the real Python, or only the first; `window.__python` tells which of the two came.
async fn fetch_python(page: &Page, count: usize, came: &str) -> Outcome {
    page.js(
        "window.__python = null; (async () => { \
           window.__files ??= (await (await fetch('sw.js', { cache: 'no-store' })).text()).match(/python\\/(core|worker)-[^\"]+js/g); \
           const get = (file) => fetch(file).then((answer) => answer.ok, () => false); \
           window.__python = (await Promise.all(window.__files.slice(0, a[0]).map(get))).join(); })()",
        json!([count]),
    )
    .await?;
    page.until_with("the files", "window.__python === a[0]", json!([came]))
        .await
}

/// Waits until so many files of the real Python are kept; nothing is there where it was never used.
async fn keeps_python(page: &Page, name: &str, is: &str) -> Outcome {
    page.js(
        "window.__kept = null; (async function look() { \
           const names = (await caches.keys()).filter((it) => it.includes(`/${a[0]}`) && it.endsWith(':python')); \
           window.__kept = names.length ? (await (await caches.open(names[0])).keys()).length : 0; setTimeout(look, 50); })()",
        json!([format!("{name}-{}", page.kind())]),
    )
    .await?;
    page.until(
        "what is kept of the real Python",
        &format!("window.__kept {is}"),
    )
    .await
}

async fn real_python_is_kept_only_where_it_was_used(page: Page) -> Outcome {
    page.forgive();
    visit(&page, "used").await?;
    keeps_python(&page, "used", "=== 0").await?;
    fetch_python(&page, 0, "").await?;
    turn(&page, "used", Wrong::Cut);
    fetch_python(&page, 1, "false").await?;
    turn(&page, "used", Wrong::Nothing);
    fetch_python(&page, 1, "true").await?;
    keeps_python(&page, "used", "=== 1").await?;
    turn(&page, "used", Wrong::Cut);
    fetch_python(&page, 2, "true,false").await?;
    // A new version brings along all of it, for it was used here.
    turn(&page, "used", Wrong::NextBuild);
    come_back(&page).await?;
    let build = page.string("$('#boot').dataset.build").await?;
    page.press("#new-version button", "Reload").await?;
    is_of(&page, &build.chars().rev().collect::<String>()).await?;
    page.ready().await?;
    keeps_python(&page, "used", "> 2").await?;
    fetch_python(&page, 0, "").await?;
    turn(&page, "used", Wrong::Cut);
    fetch_python(&page, 2, "true,true").await?;
    turn(&page, "used", Wrong::Nothing);
    Ok(())
}

async fn the_service_worker_can_be_taken_away(page: Page) -> Outcome {
    visit(&page, "off").await?;
    turn(&page, "off", Wrong::Off);
    come_back(&page).await?;
    page.js(
        "window.__left = null; setTimeout(async function look() { \
           const names = (await caches.keys()).filter((name) => name.includes(`/${a[0]}`)); \
           const there = await navigator.serviceWorker.getRegistration(); \
           window.__left = names.length + (there ? 1 : 0); setTimeout(look, 50); })",
        json!([format!("off-{}", page.kind())]),
    )
    .await?;
    page.until("nothing that is left", "window.__left === 0")
        .await?;
    // What the page shows from now on is the host's.
    turn(&page, "off", Wrong::NextBuild);
    let build = page.string("$('#boot').dataset.build").await?;
    again(&page).await?;
    is_of(&page, &build.chars().rev().collect::<String>()).await
}

async fn only_two_workers_have_an_address(page: Page) -> Outcome {
    page.open("#/").await?;
    let address = "String($('#boot').worker(a))";
    for (file, is_given) in [
        ("sw.js", true),
        ("evil.js", false),
        ("https://evil.example/sw.js", false),
    ] {
        let given = page
            .string(&address.replace("(a)", &format!("('{file}')")))
            .await?;
        assert_eq!(
            given.ends_with("/some/sub/path/sw.js"),
            is_given,
            "{file}: {given}"
        );
        assert!(!given.contains("evil"), "{given}");
    }
    Ok(())
}
