//! The browser's storage is emptied by something else; the browser's locks and its second store do not answer; the window that
//! saves hangs. Nothing is lost without a word, and nothing waits for ever.

use e2e::{Outcome, Page, cases};
use serde_json::json;

use crate::steps::{FRAUD, fill, make_room, save_again, stands_in, transition};
use crate::tabs::{another, close, is_saved, to};

cases! {
    emptied_by_a_sibling_while_the_app_is_open,
    emptied_without_a_word_while_the_app_is_open,
    one_part_vanishes_while_the_app_is_open,
    emptied_while_the_app_is_closed,
    parts_vanish_while_the_app_is_closed,
    both_stores_are_emptied_while_the_app_is_open,
    what_is_in_neither_store_is_told,
    what_another_has_written_over_is_set_aside_by_trying_again,
    an_emptied_store_that_is_full_is_told,
    locks_that_do_not_answer_are_not_waited_for,
    a_copy_that_is_never_read_is_not_waited_for,
    a_window_that_hangs_is_taken_over,
    leaving_asks_while_something_is_not_kept,
    leaving_asks_where_nothing_is_kept [without_storage()],
}

const AGAIN: &str =
    "Something else has emptied this browser's storage. Everything was saved again.";
const BACK: &str = "It was restored from the second copy";

/// Does two steps, and waits until they are kept.
async fn work(page: &Page) -> Outcome {
    page.open(FRAUD).await?;
    transition(page, 5, "Submit for testing", "Staging").await?;
    page.choose("#theme", "dark").await?;
    is_saved(page).await
}

/// Opens the app anew: everything is as it was left, and is said to be kept.
async fn all_is_there(page: &Page, notice: Option<&str>) -> Outcome {
    page.open(FRAUD).await?;
    stands_in(page, 5, "Staging").await?;
    page.until(
        "the theme",
        "document.documentElement.dataset.theme === 'dark'",
    )
    .await?;
    page.sees(
        "li.step",
        "Moved fraud-detector version 5 from None to Staging.",
    )
    .await?;
    is_saved(page).await?;
    match notice {
        Some(words) => page.sees(".notice", words).await,
        None => page.gone(".notice").await,
    }
}

async fn emptied_by_a_sibling_while_the_app_is_open(page: Page) -> Outcome {
    // What a person does next: nothing, something that only reads, a choice, a step of the lesson.
    for next in ["nothing", "reads", "lesson"] {
        work(&page).await?;
        let app = page.driver().window().await?;
        let sibling = page.driver().new_tab().await?;
        to(&page, &sibling).await?;
        let address = format!("{}robots.txt", page.site().url());
        page.driver().goto(&address).await?;
        page.js("localStorage.clear()", json!([])).await?;
        close(&page, &app).await?;
        page.sees(".notice", AGAIN).await?;
        is_saved(&page).await?;
        match next {
            "reads" => {
                page.click("#console-toggle").await?;
                page.fill("#console-field", "show").await?;
                page.keys("\u{e007}").await?;
            }
            "lesson" => page.go("#/learn/one-live").await?,
            _ => {}
        }
        is_saved(&page).await?;
        all_is_there(&page, None).await?;
        page.begin().await?;
    }
    Ok(())
}

/// No event tells of it: it shows with the next thing that is done.
async fn emptied_without_a_word_while_the_app_is_open(page: Page) -> Outcome {
    work(&page).await?;
    page.js("localStorage.clear()", json!([])).await?;
    page.choose("#theme", "light").await?;
    page.sees(".notice", AGAIN).await?;
    page.choose("#theme", "dark").await?;
    is_saved(&page).await?;
    all_is_there(&page, None).await
}

async fn one_part_vanishes_while_the_app_is_open(page: Page) -> Outcome {
    work(&page).await?;
    page.js(
        "Object.keys(localStorage).filter((key) => key.includes('/seg/')).forEach((key) => localStorage.removeItem(key))",
        json!([]),
    )
    .await?;
    page.choose("#theme", "light").await?;
    page.sees(".notice", AGAIN).await?;
    page.choose("#theme", "dark").await?;
    is_saved(&page).await?;
    all_is_there(&page, None).await
}

async fn emptied_while_the_app_is_closed(page: Page) -> Outcome {
    work(&page).await?;
    page.leave().await?;
    page.js("localStorage.clear()", json!([])).await?;
    all_is_there(&page, Some(BACK)).await?;
    all_is_there(&page, None).await
}

async fn parts_vanish_while_the_app_is_closed(page: Page) -> Outcome {
    for which in [
        "key.includes('ws/own/')",
        "key.includes('/seg/')",
        "!key.endsWith(':copied')",
        "key.endsWith(':settings')",
    ] {
        work(&page).await?;
        page.leave().await?;
        page.js(
            &format!("Object.keys(localStorage).filter((key) => {which}).forEach((key) => localStorage.removeItem(key))"),
            json!([]),
        )
        .await?;
        all_is_there(&page, Some(BACK)).await?;
        page.begin().await?;
    }
    Ok(())
}

async fn both_stores_are_emptied_while_the_app_is_open(page: Page) -> Outcome {
    work(&page).await?;
    page.js(
        "localStorage.clear(); indexedDB.deleteDatabase(a[0])",
        json!([page.site().storage_prefix()]),
    )
    .await?;
    page.choose("#theme", "light").await?;
    page.sees(".notice", AGAIN).await?;
    page.choose("#theme", "dark").await?;
    page.until(
        "kept",
        "text('#saving').startsWith('Saved in this browser')",
    )
    .await?;
    page.open(FRAUD).await?;
    stands_in(&page, 5, "Staging").await
}

async fn what_is_in_neither_store_is_told(page: Page) -> Outcome {
    work(&page).await?;
    page.leave().await?;
    page.js(
        "const key = Object.keys(localStorage).find((key) => key.endsWith(':settings')); localStorage.removeItem(key);",
        json!([]),
    )
    .await?;
    page.forget_copy().await?;
    page.open(FRAUD).await?;
    page.sees(
        ".notice",
        "is gone from this browser's storage, and it is not in the second copy either.",
    )
    .await?;
    stands_in(&page, 5, "Staging").await
}

async fn what_another_has_written_over_is_set_aside_by_trying_again(page: Page) -> Outcome {
    work(&page).await?;
    let key = page
        .string("Object.keys(localStorage).find((key) => key.endsWith(':settings'))")
        .await?;
    page.js("localStorage.setItem(a[0], 'theirs')", json!([key]))
        .await?;
    page.choose("#theme", "light").await?;
    page.sees(
        "#saving",
        "Not saved: another window of this app has changed the registry.",
    )
    .await?;
    page.press("#saving button", "Try again").await?;
    is_saved(&page).await?;
    page.until(
        "the other's, set aside",
        "Object.entries(localStorage).some(([key, value]) => key.includes('quarantine/settings/') && value === 'theirs')",
    )
    .await?;
    page.reload().await?;
    page.until(
        "the theme",
        "document.documentElement.dataset.theme === 'light'",
    )
    .await
}

async fn an_emptied_store_that_is_full_is_told(page: Page) -> Outcome {
    work(&page).await?;
    page.js(
        "Object.keys(localStorage).filter((key) => key.includes('/seg/')).forEach((key) => localStorage.removeItem(key))",
        json!([]),
    )
    .await?;
    fill(&page).await?;
    page.choose("#theme", "light").await?;
    page.sees("#saving", "Not saved: this browser's storage is full.")
        .await?;
    make_room(&page).await?;
    save_again(&page).await?;
    page.choose("#theme", "dark").await?;
    is_saved(&page).await?;
    all_is_there(&page, None).await
}

async fn locks_that_do_not_answer_are_not_waited_for(page: Page) -> Outcome {
    for without in ["silent", "rejects", "throws"] {
        page.open(&format!("?without={without}{FRAUD}")).await?;
        transition(&page, 5, "Submit for testing", "Staging").await?;
        is_saved(&page).await?;
        page.begin().await?;
    }
    Ok(())
}

async fn a_copy_that_is_never_read_is_not_waited_for(page: Page) -> Outcome {
    work(&page).await?;
    page.open(&format!("?without=reads{FRAUD}")).await?;
    stands_in(&page, 5, "Staging").await?;
    page.sees("#saving", "which keeps no second copy here")
        .await?;
    transition(&page, 5, "Reject", "Archived").await?;
    page.open(FRAUD).await?;
    stands_in(&page, 5, "Archived").await?;
    page.gone(".notice").await
}

/// The window that saves says nothing any more, as one that is suspended or stands at a breakpoint.
async fn a_window_that_hangs_is_taken_over(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    is_saved(&page).await?;
    let one = page.driver().window().await?;
    page.js(
        "window.__post = BroadcastChannel.prototype.postMessage; BroadcastChannel.prototype.postMessage = () => {}",
        json!([]),
    )
    .await?;
    another(&page, FRAUD).await?;
    page.sees(
        "#saving",
        "another window of this app is the one that saves, and it does not answer.",
    )
    .await?;
    // It saves by itself now.
    page.until(
        "kept here",
        "text('#saving').startsWith('Saved in this browser')",
    )
    .await?;
    transition(&page, 5, "Submit for testing", "Staging").await?;
    is_saved(&page).await?;
    let two = page.driver().window().await?;
    to(&page, &one).await?;
    page.js(
        "BroadcastChannel.prototype.postMessage = window.__post",
        json!([]),
    )
    .await?;
    page.sees(
        ".notice",
        "another window of this app saves now. Everything you did here is saved.",
    )
    .await?;
    stands_in(&page, 5, "Staging").await?;
    transition(&page, 5, "Reject", "Archived").await?;
    is_saved(&page).await?;
    to(&page, &two).await?;
    stands_in(&page, 5, "Archived").await
}

/// Whether the browser would ask before it leaves the page.
const ASKS: &str = "(() => { const event = new Event('beforeunload', { cancelable: true }); window.dispatchEvent(event); return event.defaultPrevented; })()";

async fn leaving_asks_while_something_is_not_kept(page: Page) -> Outcome {
    work(&page).await?;
    page.until("no question", &format!("!{ASKS}")).await?;
    fill(&page).await?;
    transition(&page, 5, "Reject", "Archived").await?;
    page.sees("#saving", "Not saved").await?;
    page.until("a question", ASKS).await?;
    make_room(&page).await?;
    save_again(&page).await?;
    is_saved(&page).await?;
    page.until("no question any more", &format!("!{ASKS}"))
        .await
}

async fn leaving_asks_where_nothing_is_kept(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    page.until("no question yet", &format!("!{ASKS}")).await?;
    transition(&page, 5, "Submit for testing", "Staging").await?;
    page.until("a question", ASKS).await
}
