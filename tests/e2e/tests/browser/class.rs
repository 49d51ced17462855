//! A lesson in front of a class: the teacher's window and those of projectors.

use e2e::{Outcome, Page, axe, cases};
use serde_json::{Value, json};
use thirtyfour::{Key, WindowHandle};

use crate::tabs::{another, close, to};

cases! {
    projector_windows_follow_through_the_whole_plan,
    a_window_that_is_loaded_anew_shows_the_same,
    the_board_and_its_payments_are_on_the_projector,
    hands_are_counted_and_shown_with_the_answer,
    freeze_and_blank_do_what_they_say,
    keys_work_from_the_projector_and_not_in_fields,
    a_plan_is_changed_and_goes_through_a_link,
    plans_are_kept_with_everything,
    two_windows_agree_about_a_plan,
    the_pages_fetch_their_parts_beside_the_program,
    a_class_list_says_who_is_missing,
}

/// What a screen shows, as text.
const SHOWN: &str = "text('.audience .projector-view')";

pub async fn teacher(page: &Page) -> Outcome<WindowHandle> {
    page.open("#/class").await?;
    page.until("the views", "$$('.class-frame').length === 2")
        .await?;
    Ok(page.driver().window().await?)
}

pub async fn projector(page: &Page) -> Outcome<WindowHandle> {
    let window = another(page, "#/audience").await?;
    page.until("a view", "$('.audience .projector-view')")
        .await?;
    Ok(window)
}

/// What the teacher sees of the projector.
pub async fn shown_to_the_teacher(page: &Page) -> Outcome<Value> {
    page.value("text('[data-screen=current] .projector-view')")
        .await
}

pub async fn shows(page: &Page, what: &Value) -> Outcome {
    page.until_with("the same view", &format!("{SHOWN} === a[0]"), json!([what]))
        .await
}

pub async fn press(page: &Page, key: Key) -> Outcome {
    page.keys(key.value().to_string()).await
}

pub async fn part(page: &Page, id: &str) -> Outcome {
    page.js("$('#class-plan').open = true", json!([])).await?;
    let go = format!("$$('.plan-go').find((it) => text(it).includes('{id}')).click()");
    page.js(&go, json!([])).await?;
    Ok(())
}

async fn projector_windows_follow_through_the_whole_plan(page: Page) -> Outcome {
    let teacher = teacher(&page).await?;
    // One window before anything has begun, and one in the middle.
    let mut windows = vec![projector(&page).await?];
    for view in 0.. {
        to(&page, &teacher).await?;
        if view == 5 {
            windows.push(projector(&page).await?);
            to(&page, &teacher).await?;
        }
        let shown = shown_to_the_teacher(&page).await?;
        for window in &windows {
            to(&page, window).await?;
            shows(&page, &shown).await?;
        }
        if shown == json!("The end") {
            break;
        }
        to(&page, &teacher).await?;
        press(&page, Key::PageDown).await?;
    }
    to(&page, &teacher).await?;
    page.sees(
        "#projector-windows",
        "2 projector windows are open, 2 show the present view.",
    )
    .await?;
    if let Some(first) = windows.first() {
        to(&page, first).await?;
    }
    close(&page, &teacher).await?;
    page.sees("#projector-windows", "1 projector window is open")
        .await
}

async fn a_window_that_is_loaded_anew_shows_the_same(page: Page) -> Outcome {
    let teacher = teacher(&page).await?;
    let windows = [
        projector(&page).await?,
        projector(&page).await?,
        projector(&page).await?,
    ];
    to(&page, &teacher).await?;
    part(&page, "Production: the model").await?;
    press(&page, Key::PageDown).await?;
    let shown = shown_to_the_teacher(&page).await?;
    to(&page, &windows[1]).await?;
    shows(&page, &shown).await?;
    page.reload().await?;
    shows(&page, &shown).await?;
    to(&page, &teacher).await?;
    page.reload().await?;
    assert_eq!(shown_to_the_teacher(&page).await?, shown);
    press(&page, Key::PageDown).await?;
    let shown = shown_to_the_teacher(&page).await?;
    for window in &windows {
        to(&page, window).await?;
        shows(&page, &shown).await?;
    }
    Ok(())
}

async fn the_board_and_its_payments_are_on_the_projector(page: Page) -> Outcome {
    let teacher = teacher(&page).await?;
    let window = projector(&page).await?;
    to(&page, &teacher).await?;
    press(&page, Key::PageDown).await?;
    page.press(".class-board .card button", "Test").await?;
    for _ in 0..3 {
        page.press(".class-board .traffic-step", "One payment")
            .await?;
    }
    let column = "text('.audience .projector-column.stage-staging').includes('v3')";
    let paid = "$$('.audience .projector-payment').length === 3";
    let both = format!("{column} && {paid}");
    to(&page, &window).await?;
    page.until("the move and the payments", &both).await?;
    let shown = page.value(SHOWN).await?;
    // Both are the same when they are loaded anew.
    page.reload().await?;
    shows(&page, &shown).await?;
    to(&page, &teacher).await?;
    page.reload().await?;
    page.until("the board", "$('.class-board .traffic-step')")
        .await?;
    assert_eq!(shown_to_the_teacher(&page).await?, shown);
    to(&page, &window).await?;
    shows(&page, &shown).await
}

async fn hands_are_counted_and_shown_with_the_answer(page: Page) -> Outcome {
    let teacher = teacher(&page).await?;
    let window = projector(&page).await?;
    to(&page, &teacher).await?;
    part(&page, "What is the staging stage for").await?;
    for key in ["1", "1", "2"] {
        page.keys(key).await?;
    }
    page.sees(".class-votes", "First vote").await?;
    page.until(
        "the hands",
        "$$('.vote-count').map(text).join() === '2,1,0,0'",
    )
    .await?;
    page.keys("v").await?;
    page.sees(".class-votes", "Second vote").await?;
    page.press(".vote-list button", "2").await?;
    page.until(
        "the second hands",
        "text($$('.vote-count')[1]) === '1st: 1 · 2nd: 1'",
    )
    .await?;
    let before = shown_to_the_teacher(&page).await?;
    to(&page, &window).await?;
    shows(&page, &before).await?;
    page.gone(".audience .projector-bar").await?;
    page.gone(".audience .is-right").await?;
    to(&page, &teacher).await?;
    press(&page, Key::PageDown).await?;
    to(&page, &window).await?;
    page.until("the answer", "$$('.audience .is-right').length === 1")
        .await?;
    let bars =
        "$$('.audience .projector-option')[1].querySelectorAll('.projector-bar').length === 2";
    page.until("the bars side by side", bars).await?;
    page.sees(".audience .projector-option", "1st: 1").await?;
    // They stay with the plan.
    to(&page, &teacher).await?;
    page.reload().await?;
    page.until(
        "the hands",
        "text($$('.vote-count')[1]) === '1st: 1 · 2nd: 1'",
    )
    .await
}

async fn freeze_and_blank_do_what_they_say(page: Page) -> Outcome {
    let teacher = teacher(&page).await?;
    let window = projector(&page).await?;
    to(&page, &teacher).await?;
    press(&page, Key::PageDown).await?;
    press(&page, Key::PageDown).await?;
    let frozen = shown_to_the_teacher(&page).await?;
    page.keys("f").await?;
    press(&page, Key::PageDown).await?;
    page.sees("figcaption", "Frozen").await?;
    page.until("what comes", "$('[data-screen=hidden]')")
        .await?;
    to(&page, &window).await?;
    shows(&page, &frozen).await?;
    // Also a window that is loaded anew stays frozen.
    page.reload().await?;
    shows(&page, &frozen).await?;
    to(&page, &teacher).await?;
    page.keys(".").await?;
    to(&page, &window).await?;
    page.until("black", "$('.audience .projector.is-blank')")
        .await?;
    to(&page, &teacher).await?;
    press(&page, Key::F5).await?;
    let now = shown_to_the_teacher(&page).await?;
    assert_ne!(now, frozen);
    to(&page, &window).await?;
    shows(&page, &now).await?;
    page.gone(".is-blank").await
}

async fn keys_work_from_the_projector_and_not_in_fields(page: Page) -> Outcome {
    let teacher = teacher(&page).await?;
    let window = projector(&page).await?;
    let before = page.value(SHOWN).await?;
    press(&page, Key::PageDown).await?;
    page.until_with(
        "the next view",
        &format!("{SHOWN} !== a[0]"),
        json!([before]),
    )
    .await?;
    to(&page, &teacher).await?;
    page.js("$('#class-plan').open = true", json!([])).await?;
    let shown = shown_to_the_teacher(&page).await?;
    page.fill("#plan-name", "b.f 1").await?;
    press(&page, Key::PageDown).await?;
    page.sees(".class-name", "b.f 1").await?;
    assert_eq!(shown_to_the_teacher(&page).await?, shown);
    to(&page, &window).await?;
    shows(&page, &shown).await
}

async fn a_plan_is_changed_and_goes_through_a_link(page: Page) -> Outcome {
    teacher(&page).await?;
    page.js("$('#class-plan').open = true; navigator.clipboard.writeText = async (it) => { window.__copied = it; }", json!([])).await?;
    page.fill("#plan-name", "Tuesday").await?;
    page.press(".plan-row button", "Step: Four stages: one place earlier")
        .await?;
    page.press(
        ".plan-row button",
        "Take Scene: One label, and the payments out",
    )
    .await?;
    page.choose("#add-kind", "exercise").await?;
    page.choose("#add-what", "number-reuse").await?;
    page.click("#plan-add").await?;
    page.until(
        "eleven parts",
        "$$('.plan-row').length === 11 && text($$('.plan-go')[0]).includes('Four stages')",
    )
    .await?;
    page.click("#plan-copy").await?;
    page.until("the link", "window.__copied?.includes('#/share/mc1.')")
        .await?;
    let link = page.string("window.__copied.split('/').pop()").await?;
    page.press("button", "Plan of 45 minutes").await?;
    page.sees(".class-name", "Model stages in 45 minutes")
        .await?;
    page.go(&format!("#/share/{link}")).await?;
    page.sees("main", "Tuesday").await?;
    page.click("#plan-use").await?;
    page.sees(".class-name", "Tuesday").await
}

/// Opens the teacher's window anew, with nothing that the window itself has kept.
async fn another_day(page: &Page) -> Outcome {
    page.js("sessionStorage.clear()", json!([])).await?;
    page.open("#/settings").await?;
    page.js("sessionStorage.clear()", json!([])).await?;
    teacher(page).await?;
    page.js("$('#class-plan').open = true", json!([])).await?;
    Ok(())
}

/// What the list of plans shows, and which of them is open.
async fn plans(page: &Page, expected: &str) -> Outcome {
    let shown = "[$('#plan-open').selectedOptions[0]?.text, ...[...$('#plan-open').options].map((it) => it.text)].join()";
    page.until_with("the plans", &format!("{shown} === a[0]"), json!([expected]))
        .await
}

async fn plans_are_kept_with_everything(page: Page) -> Outcome {
    teacher(&page).await?;
    page.js("$('#class-plan').open = true", json!([])).await?;
    let own = "Model stages in 45 minutes";
    plans(&page, &format!("{own},{own}")).await?;
    page.fill("#plan-name", "Tuesday").await?;
    page.fill("textarea[aria-label^='Notes to Step: Four']", "Slowly")
        .await?;
    part(&page, "What is the staging stage for").await?;
    page.js("document.activeElement.blur()", json!([])).await?;
    page.keys("1").await?;
    page.until("the hand", "text($('.vote-count')) === '1'")
        .await?;
    page.click("#plan-again").await?;
    plans(&page, "Tuesday – copy,Tuesday – copy,Tuesday").await?;
    page.press("button", "Empty plan").await?;
    plans(&page, "New plan,New plan,Tuesday – copy,Tuesday").await?;
    page.until("no parts", "$$('.plan-row').length === 0")
        .await?;
    another_day(&page).await?;
    plans(&page, "New plan,New plan,Tuesday – copy,Tuesday").await?;
    page.click("#plan-delete").await?;
    plans(&page, "Tuesday – copy,Tuesday – copy,Tuesday").await?;
    page.press("button", "Bring it back").await?;
    plans(&page, "New plan,New plan,Tuesday – copy,Tuesday").await?;
    page.choose(
        "#plan-open",
        &page.string("$$('#plan-open option').at(-1).value").await?,
    )
    .await?;
    page.sees(".class-name", "Tuesday").await?;
    page.until(
        "the notes",
        "$('textarea[aria-label^=\"Notes to Step: Four\"]').value === 'Slowly'",
    )
    .await?;
    part(&page, "What is the staging stage for").await?;
    page.until("the hand", "text($('.vote-count')) === '1'")
        .await?;
    page.press("button", "Count again from 0").await?;
    page.until("no hands", "text($('.vote-count')) === '0'")
        .await?;
    axe::finds_nothing(&page, "the teacher with several plans").await?;
    // They are in the file of everything, and come in with it.
    page.open("#/settings").await?;
    page.catch_files().await?;
    page.press("button", "Download everything").await?;
    page.until(
        "the plans in the file",
        "window.__given?.includes('Slowly')",
    )
    .await
}

async fn two_windows_agree_about_a_plan(page: Page) -> Outcome {
    let one = teacher(&page).await?;
    page.js("$('#class-plan').open = true", json!([])).await?;
    page.fill("#plan-name", "Tuesday").await?;
    page.sees("#saving", "Saved").await?;
    let two = another(&page, "#/class").await?;
    page.sees(".class-name", "Tuesday").await?;
    page.js("$('#class-plan').open = true", json!([])).await?;
    page.fill("#plan-name", "Wednesday").await?;
    to(&page, &one).await?;
    page.sees(".class-name", "Wednesday").await?;
    page.fill("#plan-name", "Thursday").await?;
    to(&page, &two).await?;
    page.sees(".class-name", "Thursday").await?;
    close(&page, &one).await?;
    page.fill("#plan-name", "Friday").await?;
    page.sees("#saving", "Saved").await?;
    another_day(&page).await?;
    plans(&page, "Friday,Friday").await
}

async fn the_pages_fetch_their_parts_beside_the_program(page: Page) -> Outcome {
    for address in ["#/class", "#/class/handout", "#/audience"] {
        page.open(address).await?;
        page.sees("main h1", "").await?;
        let early = "['part-split-class-', 'part-class-'].every((file) => $$('link[rel=preload]').some((it) => it.href.includes(file)))";
        assert_eq!(page.value(early).await?, json!(true), "{address}");
    }
    Ok(())
}

async fn a_class_list_says_who_is_missing(page: Page) -> Outcome {
    page.open("#/check").await?;
    let receipt = "ms1.number-reuse.AQ-_.wmdA_g";
    let round = "mr1.staging-for~swap-order_.7ofgrg";
    page.fill("#receipts", &format!("Ada Lovelace {receipt} {round}"))
        .await?;
    page.js("const field = $('#receipts'); field.value += `\\nGrace Hopper ${a[0]}`; field.dispatchEvent(new Event('input', { bubbles: true }))", json!([receipt])).await?;
    page.click("#check-go").await?;
    page.sees(
        "#class-found",
        "Grace Hopper: the same receipt as Ada Lovelace.",
    )
    .await?;
    page.fill("#class-list", "Lovelace Ada").await?;
    page.js("const field = $('#class-list'); field.value += '\\nGrace Hopper\\nAlan Turing'; field.dispatchEvent(new Event('input', { bubbles: true }))", json!([])).await?;
    page.sees("#class-found", "2 of 3 names have a receipt.")
        .await?;
    page.sees("#class-found", "Missing: Alan Turing.").await?;
    page.sees("#check-sum", "1 round of questions").await?;
    page.sees(".check-table", "1 of 2 right").await?;
    page.sees(".check-table", "Not right at the first try: swap-order.")
        .await?;
    page.catch_files().await?;
    page.click("#class-csv").await?;
    page.until(
        "the questions that were right",
        "window.__given?.includes('Lovelace Ada,2,') && window.__given.includes(',1 of 2,')",
    )
    .await?;
    page.until(
        "the table",
        "window.__given?.includes('Alan Turing,0,0,,missing')",
    )
    .await?;
    axe::finds_nothing(&page, "a class list beside its receipts").await
}
