//! Links to exercises: one is given out, opened, looked at and tried; what is no good exercise says so; nothing of the
//! learner's is touched.

use e2e::axe::finds_nothing;
use e2e::browser::Kind;
use e2e::page::hands::HEAD_MENU;
use e2e::{Outcome, Page, cases};
use lesson::letters::{checksum, to_base64};
use lesson::own;
use miniz_oxide::deflate::compress_to_vec;
use serde_json::{Value, json};
use share::task;

use crate::attack::is_clean;
use crate::steps::transition;
use test_support::injections::injections;

cases! {
    a_link_to_an_exercise_is_given_looked_at_and_tried,
    a_foreign_exercise_is_tried_and_counts_nowhere,
    it_is_as_it_was_left,
    a_made_one_is_given,
    what_brings_no_exercise_says_so,
    a_long_one_is_given_as_a_file_and_opened,
    a_file_that_brings_no_exercise_says_why,
    texts_that_try_to_be_more_stay_texts,
    axe_and_narrow [only(Kind::Chromium)],
}

/// What is stored beside attempts at shared exercises and the count of what was copied, so that a test sees whether anything
/// of the learner's has changed.
const STORED: &str = "JSON.stringify(Object.entries(localStorage).filter(([key]) => !key.includes('exercise/shared-') && !key.endsWith(':copied')).sort())";

/// The field for an exercise in a file, and what is said of one that brings none.
const FILE: &str = "#exercise-file";
const RESULT: &str = "#exercise-file-result";

/// A link around any pack, with a checksum that fits.
fn around(pack: &Value) -> String {
    let packed = compress_to_vec(pack.to_string().as_bytes(), 9);
    let text = format!("mx1.{}", to_base64(&packed));
    format!("#/share/{text}.{}", checksum(&text))
}

/// An exercise that is not the app's, though it has the id of one that is.
fn foreign() -> Value {
    json!({
        "format": "model-stages-pack", "version": 1, "id": "mine", "title": "Mine", "language": "en",
        "sources": [{"id": "there", "title": "There", "url": "https://example.org/there"}],
        "exercises": [{
            "id": "first-promotion", "track": "stages", "form": "free", "title": "From a tutorial", "objective": "anything",
            "story": "Version 1 of `spam` is good. Bring it to the users by way of Staging.", "rules": "guided", "model": "spam",
            "start": [
                {"do": "create_registered_model", "name": "spam"}, {"do": "create_model_version", "name": "spam"},
                {"do": "create_model_version", "name": "spam"}],
            "goal": [
                {"is": "stage", "model": "spam", "version": 1, "stage": "Production"},
                {"is": "stage", "model": "spam", "version": 2, "stage": "None"}],
            "allow": [{"do": "transition_model_version_stage"}], "par": 2,
            "hints": {"nudge": "Look at version 1.", "idea": "Staging comes first."},
            "debrief": "So it is: [there](source:there).", "at_work": "At work too."}],
    })
}

fn with(fields: &Value) -> Value {
    let mut pack = foreign();
    if let Some(exercise) = pack
        .pointer_mut("/exercises/0")
        .and_then(Value::as_object_mut)
    {
        exercise.extend(fields.as_object().cloned().unwrap_or_default());
    }
    pack
}

async fn solve(page: &Page) -> Outcome {
    transition(page, 1, "Submit for testing", "Staging").await?;
    transition(page, 1, "Promote", "Production").await?;
    page.sees("#result-title", "Solved").await?;
    page.sees(".score-steps", "2 steps: the shortest way.")
        .await
}

/// The fragment of the address in a field.
async fn given(page: &Page, field: &str) -> Outcome<String> {
    page.find(field, None).await?;
    let address = page.string(&format!("$('{field}').value")).await?;
    assert!(address.len() <= 8_000, "{}", address.len());
    let fragment = address.split_once('#').map_or("", |(_, fragment)| fragment);
    Ok(format!("#{fragment}"))
}

async fn a_link_to_an_exercise_is_given_looked_at_and_tried(page: Page) -> Outcome {
    page.open("#/exercises/first-promotion").await?;
    page.choose_in_menu("Share…").await?;
    page.sees("dialog[open] h2", "Share this exercise").await?;
    let own = given(&page, "#share-own").await?;
    assert_eq!(own, "#/exercises/first-promotion");
    let link = given(&page, "#share-whole").await?;
    assert!(link.starts_with("#/share/mx1."), "{link}");
    page.until(
        "a code for each, though they are folded",
        "$$('dialog svg.square path').length === 2",
    )
    .await?;
    page.press("dialog .actions button", "Close").await?;
    page.gone("dialog[open]").await?;
    page.focused(HEAD_MENU).await?;

    // In another place: here it is all new.
    page.begin().await?;
    page.open("#/registry").await?;
    page.sees("main", "fraud-detector").await?;
    let before = page.string(STORED).await?;
    page.open(&link).await?;
    page.sees("#page-title", "An exercise was shared with you")
        .await?;
    page.sees("main", "It was made by the person who gave you the link.")
        .await?;
    page.sees(".shared-task h2", "The first promotion").await?;
    page.sees(".shared-facts", "v1 is in Production").await?;
    page.sees(".shared-facts", "2 steps").await?;
    page.sees("#shared-own", "The first promotion").await?;
    page.click("#shared-try").await?;
    page.sees("h1", "The first promotion").await?;
    page.focused("#page-title").await?;
    page.sees("#not-counted", "does not count in your progress")
        .await?;
    solve(&page).await?;
    page.sees(
        ".receipt-box",
        "Who checks this receipt needs the link of the exercise too.",
    )
    .await?;
    let receipt = page.string("text('#receipt')").await?;
    // It can be given on, as it came.
    page.choose_in_menu("Share…").await?;
    assert_eq!(given(&page, "#share-whole").await?, link);
    page.gone("#share-own").await?;
    page.keys(thirtyfour::Key::Escape).await?;
    page.gone("dialog[open]").await?;
    let after = page.string(STORED).await?;
    assert_eq!(before, after, "nothing of the learner's has changed");
    page.go("#/exercises").await?;
    page.sees("main", "0 of").await?;
    // It is checked with the link beside it, and without says what is missing.
    page.open("#/check").await?;
    page.fill("#receipts", &format!("Ada {receipt}")).await?;
    page.click("#check-go").await?;
    page.sees(".check-table", "Paste the link of that exercise here too.")
        .await?;
    page.fill("#receipts", &format!("Ada {receipt} {link}"))
        .await?;
    page.click("#check-go").await?;
    page.sees("#check-sum", "1 receipt: 1 solved.").await?;
    page.sees(
        ".check-table tbody a[href*=\"/share/mx1\"]",
        "The first promotion",
    )
    .await
}

async fn a_foreign_exercise_is_tried_and_counts_nowhere(page: Page) -> Outcome {
    // The learner is at the app's own exercise of the same id.
    page.open("#/exercises/first-promotion").await?;
    transition(&page, 1, "Submit for testing", "Staging").await?;
    let before = page.string(STORED).await?;
    page.open(&around(&foreign())).await?;
    page.sees(".shared-task h2", "From a tutorial").await?;
    page.sees(".shared-facts", "https://example.org/there")
        .await?;
    page.gone("#shared-own").await?;
    page.click("#shared-try").await?;
    page.sees("h1", "From a tutorial").await?;
    page.sees(".exercise-bar", "No step yet").await?;
    page.click("#hint-idea").await?;
    page.sees(".hints", "Staging comes first.").await?;
    solve(&page).await?;
    page.until(
        "a link to its source, in a tab of its own",
        "$$('.result a').some((one) => one.href === 'https://example.org/there' && one.rel.includes('noopener'))",
    )
    .await?;
    page.gone("#next-exercise").await?;
    page.click("#hint-solution").await?;
    page.sees("#solution-title", "The solution").await?;
    let after = page.string(STORED).await?;
    assert_eq!(before, after, "nothing of the learner's has changed");
    page.open("#/exercises/first-promotion").await?;
    page.sees("h1", "The first promotion").await?;
    page.sees(".exercise-bar", "1 step so far").await
}

async fn it_is_as_it_was_left(page: Page) -> Outcome {
    let link = around(&foreign());
    page.open(&link).await?;
    page.click("#shared-try").await?;
    transition(&page, 1, "Submit for testing", "Staging").await?;
    page.reload().await?;
    page.sees("#page-title", "An exercise was shared with you")
        .await?;
    page.click("#shared-try").await?;
    page.sees(".exercise-bar", "1 step so far").await?;
    page.click("#exercise-undo").await?;
    page.sees(".exercise-bar", "No step yet").await?;
    page.go("#/exercises").await?;
    page.open(&link).await?;
    page.press("#shared-leave", "Leave").await?;
    page.until("the first page", "location.hash === '#/'").await
}

async fn a_made_one_is_given(page: Page) -> Outcome {
    let made = "#/exercises/new?objective=release&par=2&models=1&distractors=0&seed=7";
    page.open(made).await?;
    page.choose_in_menu("Share…").await?;
    assert_eq!(given(&page, "#share-own").await?, made);
    let link = given(&page, "#share-whole").await?;
    let title = page.string("text($('h1'))").await?;
    page.open(&link).await?;
    page.sees(".shared-task h2", &title).await?;
    page.click("#shared-try").await?;
    page.sees("h1", &title).await?;
    page.sees(".exercise-bar", "Shortest way: 2 steps.").await
}

async fn what_brings_no_exercise_says_so(page: Page) -> Outcome {
    page.open("#/registry").await?;
    page.sees("main", "fraud-detector").await?;
    let before = page.string(STORED).await?;
    let good = around(&foreign());
    let cut = &good[..good.len() - 20];
    for (address, says) in [
        ("#/share/mx", "This is not a link of Model Stages"),
        (
            "#/share/mx1.<img src=x onerror=window.__ran=1>",
            "Something in the link was changed",
        ),
        ("#/share/mx7.AAAA.BBBB", "A newer version of Model Stages"),
        (cut, "Something in the link was changed or is missing."),
    ] {
        page.open(address).await?;
        page.sees("#page-title", "This link cannot be opened")
            .await?;
        page.sees("main", says).await?;
    }
    let bomb = compress_to_vec(&vec![b' '; 60 << 20], 9);
    let text = format!("mx1.{}", to_base64(&bomb));
    let bomb = format!("#/share/{text}.{}", checksum(&text));
    page.open("#/share/mx").await?;
    page.js("location.hash = a[0]", json!([bomb])).await?;
    page.sees("main", "This link holds too much.").await?;
    let busy: Vec<Value> =
        std::iter::once(json!({"do": "create_registered_model", "name": "spam"}))
            .chain(vec![
                json!({"do": "create_model_version", "name": "spam"});
                12
            ])
            .collect();
    for (fields, says) in [
        (
            json!({"par": 3}),
            "exercises[0].par: the fewest steps to the goal are 2",
        ),
        (
            json!({"goal": [{"is": "stage", "model": "spam", "version": 9, "stage": "Production"}]}),
            "exercises[0].goal: no way leads to the goal",
        ),
        (
            json!({"goal": [{"is": "tag", "model": "spam", "version": 1, "key": "k", "value": "v"}], "start": busy}),
            "exercises[0].start: there are more versions, aliases or tags here than the solver takes in",
        ),
        (json!({"debrief": "[x](javascript:alert)"}), "leads nowhere"),
    ] {
        page.visit(&around(&with(&fields))).await?;
        page.sees("#page-title", "The exercise in this link has mistakes")
            .await?;
        page.sees(".shared-problems", says).await?;
        page.gone("#shared-try").await?;
    }
    page.press("main a", "Go to the exercises").await?;
    page.sees("#page-title", "Exercises").await?;
    let after = page.string(STORED).await?;
    assert_eq!(before, after);
    Ok(())
}

async fn a_long_one_is_given_as_a_file_and_opened(page: Page) -> Outcome {
    // Chance is hard to pack.
    let mut mix = 1_u64;
    let mut odd = || {
        let words = (0..160).map(|_| {
            mix = mix.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29) ^ 0x94d0;
            format!("{mix:016x}")
        });
        words.collect::<Vec<_>>().join(" ")
    };
    let long = with(&json!({
        "debrief": odd(), "at_work": odd(), "hints": {"nudge": odd(), "idea": odd()},
    }));
    page.open("#/share/mx").await?;
    page.js("location.hash = a[0]", json!([around(&long)]))
        .await?;
    page.click("#shared-try").await?;
    page.choose_in_menu("Share…").await?;
    page.sees("#share-long", "does not fit into a link").await?;
    page.gone("#share-whole").await?;
    page.catch_files().await?;
    page.press("dialog button", "Download JSON").await?;
    page.until("the file", "window.__given").await?;
    let given = page.string("window.__given").await?;
    page.press("dialog .actions button", "Close").await?;
    page.gone("dialog[open]").await?;

    // It comes in at the foot of the exercises' page, and is as it was left, also after the page was loaded anew.
    page.go("#/exercises").await?;
    page.give_file(FILE, &given, "#page-title").await?;
    page.sees("#page-title", "An exercise was shared with you")
        .await?;
    page.sees(".shared-task h2", "From a tutorial").await?;
    page.sees("nav [aria-current]", "Exercises").await?;
    page.click("#shared-try").await?;
    transition(&page, 1, "Submit for testing", "Staging").await?;
    page.reload().await?;
    page.click("#shared-try").await?;
    page.sees("h1", "From a tutorial").await?;
    page.sees(".exercise-bar", "1 step so far").await
}

async fn a_file_that_brings_no_exercise_says_why(page: Page) -> Outcome {
    page.open("#/exercises").await?;
    let wrong = with(&json!({"par": 3})).to_string();
    let large = " ".repeat(2 << 20);
    for (text, says) in [
        ("Dear class,", "this is not JSON: see line 1"),
        (
            wrong.as_str(),
            "exercises[0].par: the fewest steps to the goal are 2",
        ),
        (large.as_str(), "This file is too large for an exercise."),
    ] {
        page.give_file(FILE, text, RESULT).await?;
        page.sees(RESULT, says).await?;
    }
    page.until("the same page", "location.hash === '#/exercises'")
        .await
}

async fn texts_that_try_to_be_more_stay_texts(page: Page) -> Outcome {
    page.resize(320, 800).await?;
    let mut shown = 0;
    for text in injections().into_iter().step_by(9) {
        let line = text.replace('\n', " ");
        let pack = with(&json!({
            "title": line, "story": format!("{line} One. Two."), "debrief": text, "at_work": line,
            "hints": {"nudge": line, "idea": line},
            "goal": [
                {"is": "stage", "model": "spam", "version": 1, "stage": "Production", "label": line},
                {"is": "stage", "model": "spam", "version": 2, "stage": "None"}],
        }));
        page.visit(&around(&pack)).await?;
        page.until("a heading", "$('#page-title')").await?;
        is_clean(&page, "a preview").await?;
        page.fits("a preview").await?;
        if page.value("!!$('#shared-try')").await? == json!(true) {
            shown += 1;
            page.click("#shared-try").await?;
            page.until("the exercise", "$('.exercise')").await?;
            is_clean(&page, "an exercise").await?;
            page.fits("an exercise").await?;
        }
    }
    assert!(shown > 15, "{shown}");
    Ok(())
}

async fn axe_and_narrow(page: Page) -> Outcome {
    let own = own::exercises().ok_or("the exercises can't be read")?;
    let first = own.exercises.first().ok_or("there is no exercise")?;
    let link = task::print(own, first).ok_or("it is too long")?;
    page.open("#/exercises/first-promotion").await?;
    page.choose_in_menu("Share…").await?;
    page.click("dialog summary").await?;
    for width in [320, 1280] {
        page.resize(width, 900).await?;
        page.fits(&format!("the dialog at {width} pixels")).await?;
        finds_nothing(&page, &format!("share, {width}")).await?;
    }
    for address in [format!("#/share/{link}"), around(&foreign())] {
        page.open(&address).await?;
        page.sees("#page-title", "An exercise was shared with you")
            .await?;
        for width in [320, 1280] {
            page.resize(width, 900).await?;
            page.fits(&format!("a preview at {width} pixels")).await?;
            finds_nothing(&page, &format!("a preview, {width}")).await?;
        }
    }
    page.click("#shared-try").await?;
    page.sees("#not-counted", "does not count").await?;
    for width in [320, 1280] {
        page.resize(width, 900).await?;
        page.fits(&format!("a try at {width} pixels")).await?;
        finds_nothing(&page, &format!("a try, {width}")).await?;
    }
    let wrong = with(&json!({"par": 3}));
    page.open(&around(&wrong)).await?;
    page.sees(".shared-problems", "par").await?;
    page.fits("what is wrong").await?;
    finds_nothing(&page, "no good exercise").await?;
    page.open("#/exercises").await?;
    page.give_file(FILE, &wrong.to_string(), RESULT).await?;
    page.fits("what is wrong in a file").await?;
    finds_nothing(&page, "a file without an exercise").await?;
    Ok(())
}
