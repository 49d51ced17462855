//! Several windows on the same data: one writes, the others ask it.

use e2e::browser::Kind;
use e2e::{Outcome, Page, cases, collector, kill};
use serde_json::json;
use thirtyfour::WindowHandle;

use crate::progress::answer;
use crate::steps::{FRAUD, of_model, stands_in, transition, under_mlflow};

cases! {
    two_windows_do_two_hundred_things_each,
    what_one_does_the_other_shows,
    when_the_writer_goes_another_takes_over,
    an_undo_of_what_is_no_longer_there_is_refused,
    settings_and_progress_are_shared,
    what_only_the_writer_can_do_makes_a_window_the_writer,
    a_file_that_comes_into_a_window_that_asks_replaces_nothing,
    who_gives_way_goes_on_in_its_registry,
    an_older_app_gives_way,
    an_older_window_that_asks_says_what_was_lost,
    without_locks_the_second_window_only_reads,
    without_locks_and_channel_the_second_window_only_reads,
    without_a_channel_the_second_window_only_reads,
    a_killed_browser_has_kept_what_was_saved [only(Kind::Chromium)],
}

/// Opens the app in another tab and goes there.
/// Opens a tab with nothing in it yet, and goes there.
pub async fn empty_tab(page: &Page) -> Outcome<WindowHandle> {
    let tab = page.driver().new_tab().await?;
    page.driver().switch_to_window(tab.clone()).await?;
    if page.kind() == Kind::Chromium {
        // There, what runs early is a tab's own.
        page.browser().run_early(collector::SCRIPT).await?;
    }
    Ok(tab)
}

pub async fn another(page: &Page, address: &str) -> Outcome<WindowHandle> {
    let tab = empty_tab(page).await?;
    page.driver()
        .goto(format!("{}{address}", page.site().url()))
        .await?;
    page.ready().await?;
    Ok(tab)
}

pub async fn to(page: &Page, tab: &WindowHandle) -> Outcome {
    Ok(page.driver().switch_to_window(tab.clone()).await?)
}

pub async fn close(page: &Page, go_on: &WindowHandle) -> Outcome {
    page.driver().close_window().await?;
    to(page, go_on).await
}

pub async fn is_saved(page: &Page) -> Outcome {
    page.until("all saved", "text('#saving') === 'Saved in this browser'")
        .await
}

/// As [`is_saved`], for so much that it may take several deadlines on a busy machine.
async fn is_saved_at_last(page: &Page) -> Outcome {
    for _ in 0..5 {
        if is_saved(page).await.is_ok() {
            return Ok(());
        }
    }
    is_saved(page).await
}

/// Asks for another registry, with the sample in it.
async fn make(page: &Page, name: &str) -> Outcome {
    page.choose_in_menu("All registries…").await?;
    page.fill("#registry-name", name).await?;
    page.click("label[for=registry-start-sample]").await?;
    page.press("dialog button", "Create").await
}

/// Asks again and again until it is made: the window that writes gives that up as soon as all is saved there.
async fn made_at_last(page: &Page) -> Outcome {
    let again = r#"(() => {
        const button = $$("dialog[open] button").find((it) => text(it) === "Create");
        if (button) button.click();
        return !button;
    })()"#;
    page.until("it is made", again).await
}

/// Does two hundred things in the console, one after the other, while the test goes on.
const BUSY: &str = r##"
  const field = $("#console-field");
  const tick = () => new Promise((done) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = done;
    channel.port2.postMessage(0);
  });
  window.__busy = true;
  (async () => {
    for (let at = 0; at < 200; at += 1) {
      window.__at = at;
      field.value = `client.set_registered_model_tag("fraud-detector", "${a[0]}-${at}", "x")`;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
      do await tick(); while (field.value !== "");
    }
    window.__busy = false;
  })();
"##;

/// How many different tags of that kind are in the journal, and how many there are at all.
const TAGS: &str = r#"(() => {
  const found = Object.entries(localStorage).filter(([key]) => key.includes("/seg/"))
    .flatMap(([, value]) => [...value.matchAll(/"key":"((?:one|two)-[0-9]+)"/g)].map((match) => match[1]));
  return [new Set(found).size, found.length];
})()"#;

async fn two_windows_do_two_hundred_things_each(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    let one = page.driver().window().await?;
    page.click("#console-toggle").await?;
    page.focused("#console-field").await?;
    let two = another(&page, FRAUD).await?;
    page.until("the console", "$('#console-field')").await?;
    is_saved(&page).await?;
    page.js(BUSY, json!(["two"])).await?;
    to(&page, &one).await?;
    page.js(BUSY, json!(["one"])).await?;
    for tab in [&one, &two] {
        to(&page, tab).await?;
        // Four hundred actions take a while on a busy machine: each wait sees some of them.
        while page.value("window.__busy").await? == json!(true) {
            let before = page.value("window.__at").await?;
            let goes_on = "window.__at !== a[0] || !window.__busy";
            page.until_with("some of its work", goes_on, json!([before]))
                .await?;
        }
    }
    for tab in [&one, &two] {
        to(&page, tab).await?;
        is_saved_at_last(&page).await?;
    }
    page.until("four hundred tags", &format!("{TAGS}.join() === '400,400'"))
        .await?;
    let steps = "$$('li.step').map(text).join('\\n')";
    let shown = page.string(steps).await?;
    assert!(shown.contains("-199"), "{shown}");
    to(&page, &one).await?;
    let same = format!("{steps} === a[0]");
    page.until_with("the same history", &same, json!([shown]))
        .await?;
    page.reload().await?;
    page.until_with("the same history after a reload", &same, json!([shown]))
        .await?;
    is_saved(&page).await?;
    to(&page, &two).await?;
    close(&page, &one).await
}

async fn what_one_does_the_other_shows(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    let one = page.driver().window().await?;
    let two = another(&page, FRAUD).await?;
    transition(&page, 5, "Submit for testing", "Staging").await?;
    is_saved(&page).await?;
    to(&page, &one).await?;
    stands_in(&page, 5, "Staging").await?;
    transition(&page, 5, "Reject", "Archived").await?;
    is_saved(&page).await?;
    to(&page, &two).await?;
    stands_in(&page, 5, "Archived").await?;
    // Its own undo takes back what the other one did last: that is what it sees.
    page.click("#undo").await?;
    stands_in(&page, 5, "Staging").await?;
    close(&page, &one).await?;
    stands_in(&page, 5, "Staging").await?;
    page.reload().await?;
    stands_in(&page, 5, "Staging").await
}

async fn when_the_writer_goes_another_takes_over(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    let one = page.driver().window().await?;
    let two = another(&page, FRAUD).await?;
    transition(&page, 5, "Submit for testing", "Staging").await?;
    is_saved(&page).await?;
    to(&page, &one).await?;
    stands_in(&page, 5, "Staging").await?;
    close(&page, &two).await?;
    transition(&page, 5, "Reject", "Archived").await?;
    is_saved(&page).await?;
    let three = another(&page, FRAUD).await?;
    stands_in(&page, 5, "Archived").await?;
    page.click("#undo").await?;
    stands_in(&page, 5, "Staging").await?;
    is_saved(&page).await?;
    to(&page, &two).await?;
    stands_in(&page, 5, "Staging").await?;
    page.reload().await?;
    stands_in(&page, 5, "Staging").await?;
    is_saved(&page).await?;
    to(&page, &three).await?;
    transition(&page, 5, "Reject", "Archived").await?;
    is_saved(&page).await?;
    close(&page, &two).await?;
    stands_in(&page, 5, "Archived").await
}

/// Holds back what one window hears, so that both do something at the same moment.
async fn an_undo_of_what_is_no_longer_there_is_refused(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    let one = page.driver().window().await?;
    let two = another(&page, FRAUD).await?;
    transition(&page, 5, "Submit for testing", "Staging").await?;
    is_saved(&page).await?;
    // From now on it hears nothing: it takes back what it knows.
    page.js(
        "window.__own = BroadcastChannel.prototype.postMessage;
         BroadcastChannel.prototype.postMessage = function (text) { (window.__held ??= []).push([this, text]); };",
        json!([]),
    )
    .await?;
    page.click("#undo").await?;
    stands_in(&page, 5, "None").await?;
    to(&page, &one).await?;
    stands_in(&page, 5, "Staging").await?;
    of_model(&page, "Set an alias of the model…").await?;
    page.fill("#alias-name", "next").await?;
    page.click("dialog[open] button[type=submit]").await?;
    page.gone("dialog[open]").await?;
    to(&page, &two).await?;
    page.js(
        "BroadcastChannel.prototype.postMessage = window.__own;
         for (const [channel, text] of window.__held) channel.postMessage(text);",
        json!([]),
    )
    .await?;
    page.until(
        "the refusal",
        "text('#announcer').startsWith('Not done: another window of this app was faster')",
    )
    .await?;
    stands_in(&page, 5, "Staging").await?;
    is_saved(&page).await?;
    close(&page, &one).await
}

async fn settings_and_progress_are_shared(page: Page) -> Outcome {
    page.open("#/progress").await?;
    let one = page.driver().window().await?;
    let two = another(&page, FRAUD).await?;
    page.choose("#theme", "dark").await?;
    under_mlflow(&page).await?;
    is_saved(&page).await?;
    to(&page, &one).await?;
    page.until(
        "the theme",
        "document.documentElement.dataset.theme === 'dark'",
    )
    .await?;
    page.choose("#theme", "light").await?;
    to(&page, &two).await?;
    page.until(
        "the theme",
        "document.documentElement.dataset.theme === 'light'",
    )
    .await?;
    // What is answered in one that asks, the one that writes shows on its progress page, and keeps.
    page.open("#/practice/staging-for").await?;
    page.click("label[for=option-1]").await?;
    page.click("#answer").await?;
    page.sees("#feedback-title", "").await?;
    is_saved(&page).await?;
    to(&page, &one).await?;
    page.sees("main", "What is the staging stage for?").await?;
    close(&page, &two).await?;
    page.reload().await?;
    page.sees("main", "What is the staging stage for?").await?;
    page.open(FRAUD).await?;
    page.until("the rules", "$('#rules-mlflow').checked")
        .await?;
    page.until("the theme", "$('#theme').value === 'light'")
        .await
}

async fn what_only_the_writer_can_do_makes_a_window_the_writer(page: Page) -> Outcome {
    page.open("#/registry").await?;
    is_saved(&page).await?;
    let one = page.driver().window().await?;
    let two = another(&page, "#/registry").await?;
    is_saved(&page).await?;
    make(&page, "Team b").await?;
    page.sees(
        "#registries-told",
        "This one takes over now; do it again in a moment.",
    )
    .await?;
    page.until("nothing is made", "$$('#workspace option').length < 2")
        .await?;
    made_at_last(&page).await?;
    let is_open = "text('#workspace option:checked') === 'Team b'";
    page.until("the new one is open", is_open).await?;
    page.sees("main", "fraud-detector").await?;
    is_saved(&page).await?;
    // The first one asks from now on.
    to(&page, &one).await?;
    page.open(FRAUD).await?;
    transition(&page, 5, "Submit for testing", "Staging").await?;
    is_saved(&page).await?;
    to(&page, &two).await?;
    close(&page, &one).await?;
    page.open(FRAUD).await?;
    stands_in(&page, 5, "Staging").await
}

/// The window has only what it shows of the registries and has to become the one that writes first. What the other one has
/// learned since the file was made stays.
async fn a_file_that_comes_into_a_window_that_asks_replaces_nothing(page: Page) -> Outcome {
    page.open("#/registry").await?;
    page.choose_in_menu("All registries…").await?;
    page.fill("#registry-name", "Team b").await?;
    page.press("dialog button", "Create").await?;
    page.gone("dialog[open]").await?;
    answer(&page, "staging-for", 1).await?;
    page.open("#/settings").await?;
    page.catch_files().await?;
    page.click("#download-all").await?;
    page.until("the file", "window.__given").await?;
    let given = page.string("window.__given").await?;
    answer(&page, "archived-call", 1).await?;
    is_saved(&page).await?;
    let one = page.driver().window().await?;
    let two = another(&page, "#/settings").await?;
    is_saved(&page).await?;
    const RESULT: &str = "#import-all-result";
    page.give_file("#import-all", &given, RESULT).await?;
    page.sees(RESULT, "This one takes over now; do it again in a moment.")
        .await?;
    // The other window gives it up as soon as all is saved there.
    while page
        .string(&format!("text('{RESULT}')"))
        .await?
        .contains("takes over")
    {
        page.give_file("#import-all", &given, RESULT).await?;
    }
    page.sees(RESULT, "The file has nothing new.").await?;
    to(&page, &one).await?;
    close(&page, &two).await?;
    page.open("#/progress").await?;
    page.sees("main", "What is the staging stage for?").await?;
    page.sees("main", "Which stage is it in after this?").await
}

async fn an_older_window_that_asks_says_what_was_lost(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    is_saved(&page).await?;
    let one = page.driver().window().await?;
    let two = another(&page, FRAUD).await?;
    is_saved(&page).await?;
    // The one that writes hears nothing any more, so what is asked for here is never done.
    to(&page, &one).await?;
    page.js("BroadcastChannel.prototype.__post = BroadcastChannel.prototype.postMessage; BroadcastChannel.prototype.postMessage = () => {};", json!([])).await?;
    to(&page, &two).await?;
    transition(&page, 5, "Submit for testing", "Staging").await?;
    page.sees("#saving", "Saving").await?;
    let say = "new BroadcastChannel(a[0]).postMessage('ms-window 2 999\\n{}')";
    page.js(say, json!([page.site().storage_prefix()])).await?;
    page.sees(".notice", "what you did here last was not saved")
        .await?;
    close(&page, &one).await
}

async fn an_older_app_gives_way(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    is_saved(&page).await?;
    let say = "new BroadcastChannel(a[0]).postMessage('ms-window 2 999\\n{}')";
    page.js(say, json!([page.site().storage_prefix()])).await?;
    page.sees(
        "#saving",
        "Read only: this data was written by a newer version of the app.",
    )
    .await?;
    page.sees(
        ".notice",
        "A newer version of Model Stages is open in another window",
    )
    .await?;
    page.gone("button.card-move").await?;
    // The lock is free: a newer one can write.
    page.until(
        "the lock",
        "window.__lock || (navigator.locks.request(a[0], { ifAvailable: true }, (lock) => { window.__lock ||= lock; }), false)"
            .replace("a[0]", &format!("'{}'", page.site().storage_prefix()))
            .as_str(),
    )
    .await
}

async fn only_reads(page: &Page, without: &str) -> Outcome {
    let address = format!("?without={without}{FRAUD}");
    page.open(&address).await?;
    let one = page.driver().window().await?;
    stands_in(page, 5, "None").await?;
    is_saved(page).await?;
    another(page, &address).await?;
    page.sees(
        "#saving",
        "Read only: Model Stages is open in another window.",
    )
    .await?;
    page.sees(".notice", "in this browser the two cannot work together")
        .await?;
    page.gone("button.card-move").await?;
    page.choose("#theme", "dark").await?;
    close(page, &one).await?;
    page.until("the usual theme", "$('#theme').value === 'system'")
        .await?;
    transition(page, 5, "Submit for testing", "Staging").await?;
    page.reload().await?;
    stands_in(page, 5, "Staging").await?;
    page.until("the usual theme", "$('#theme').value === 'system'")
        .await
}

async fn without_locks_the_second_window_only_reads(page: Page) -> Outcome {
    only_reads(&page, "locks").await
}

async fn without_locks_and_channel_the_second_window_only_reads(page: Page) -> Outcome {
    only_reads(&page, "locks,channel").await
}

async fn without_a_channel_the_second_window_only_reads(page: Page) -> Outcome {
    only_reads(&page, "channel").await
}

async fn a_killed_browser_has_kept_what_was_saved(page: Page) -> Outcome {
    const ROUNDS: u32 = 2;
    let kept = kill::rounds(page.site_handle(), ROUNDS, &|_| ()).await?;
    assert_eq!(kept, ROUNDS);
    Ok(())
}

/// The one that writes has opened another registry since the windows began to talk. Then it lets the other one write: what
/// it does from then on is still about the registry that it shows.
async fn who_gives_way_goes_on_in_its_registry(page: Page) -> Outcome {
    page.open("#/registry").await?;
    is_saved(&page).await?;
    let one = page.driver().window().await?;
    let two = another(&page, "#/registry").await?;
    is_saved(&page).await?;
    to(&page, &one).await?;
    make(&page, "Team b").await?;
    page.gone("dialog[open]").await?;
    is_saved(&page).await?;
    let is_open = "text('#workspace option:checked') === 'Team b'";
    page.until("the new one is open", is_open).await?;
    to(&page, &two).await?;
    make(&page, "Team c").await?;
    made_at_last(&page).await?;
    is_saved(&page).await?;
    to(&page, &one).await?;
    page.go(FRAUD).await?;
    transition(&page, 5, "Submit for testing", "Staging").await?;
    is_saved(&page).await?;
    stands_in(&page, 5, "Staging").await?;
    page.go("#/registry").await?;
    page.until("it is still open", is_open).await?;
    page.choose("#workspace", "own").await?;
    page.go(FRAUD).await?;
    stands_in(&page, 5, "None").await?;
    to(&page, &two).await?;
    close(&page, &one).await
}
