//! One exercise: solved by mouse, keyboard and console; its goal, its refusals; what is kept of it.

use e2e::{Outcome, Page, cases};
use serde_json::json;
use thirtyfour::Key;

use crate::exercise_steps::{FIELD, FIRST, is_solved, progress, promote_the_first, stands};
use crate::steps::{ask, from_menu, own, submit, tab_to, transition, worked_in_own};

cases! {
    solved_by_mouse,
    its_receipt_is_checked,
    solved_by_keyboard,
    solved_by_console,
    solved_on_a_narrow_screen,
    the_goal_stays_in_sight_on_a_phone,
    what_has_to_match_can_be_chosen,
    a_detour_is_told_in_the_result,
    what_is_not_part_of_it_is_refused,
    it_is_as_it_was_left,
    undo_redo_and_start_again,
    a_history_is_read,
    two_models_one_after_the_other,
}

/// The goal is drawn, and in short it stays above the board while that is scrolled.
async fn the_goal_stays_in_sight_on_a_phone(page: Page) -> Outcome {
    page.resize(375, 812).await?;
    page.open(FIRST).await?;
    page.sees(".goal-panel .ghost .stage-production", "v1")
        .await?;
    page.sees("#goal-strip", "1 of 2").await?;
    page.gone(".ghost .stage-production .there").await?;
    page.js(
        "document.querySelector('[data-card]').scrollIntoView({ block: 'end' })",
        json!([]),
    )
    .await?;
    page.until(
        "the strip above the board",
        "$('#goal-strip').getBoundingClientRect().top >= 0 \
         && $('#goal-strip').getBoundingClientRect().bottom <= $('[data-card]').getBoundingClientRect().top",
    )
    .await?;
    promote_the_first(&page).await?;
    page.sees("#goal-strip", "2 of 2").await?;
    page.sees(".ghost .stage-production .there", "v1").await?;
    // What was reached, and where it goes on, is in sight.
    page.sees(".solved-note", "Solved in 2 steps: the shortest way.")
        .await?;
    page.find("#next-at-once", None).await?;
    page.click("#goal-strip").await?;
    page.focused("#goal-title").await
}

async fn what_has_to_match_can_be_chosen(page: Page) -> Outcome {
    page.open("#/exercises/write-down-the-tests").await?;
    page.click("#card-2").await?;
    page.press(".exercise-details button", "Add a tag to version 2…")
        .await?;
    page.press("dialog[open] button", "validation_status")
        .await?;
    page.press("dialog[open] button", "passed").await?;
    page.until(
        "both fields",
        "$('#tag-key').value === 'validation_status' && $('#tag-value').value === 'passed'",
    )
    .await
}

async fn solved_by_mouse(page: Page) -> Outcome {
    let before = worked_in_own(&page).await?;
    page.open(FIRST).await?;
    page.sees("h1", "The first promotion").await?;
    page.sees(".goal-count", "1 of 2 is met.").await?;
    stands(&page, 1, "open").await?;
    page.sees(".goal-item:nth-child(1)", "v1 has no stage")
        .await?;
    page.sees("[data-card='1'] .mark-words", "goal 1").await?;
    promote_the_first(&page).await?;
    stands(&page, 1, "met").await?;
    page.sees(".goal-count", "Met now: v1 is in Production.")
        .await?;
    page.gone(".mark-words").await?;
    is_solved(&page, "2 steps: the shortest way.").await?;
    page.sees(".score", "Without a hint.").await?;
    page.sees("#receipt", "ms1.first-promotion.").await?;
    page.click("#see-result").await?;
    page.focused("#result-title").await?;
    let kept = progress(&page).await?;
    if !(kept.contains("first-promotion") && kept.contains("\"best\":2")) {
        return Err(format!("the progress has {kept}").into());
    }
    // The learner's own registry has nothing of it.
    assert_eq!(own(&page).await?, before);
    page.go("#/registry").await?;
    page.sees("main", "churn-forecast").await?;
    assert_eq!(own(&page).await?, before);
    Ok(())
}

/// The receipt goes from the page that gives it to the page that runs it again, as a link and as a text.
async fn its_receipt_is_checked(page: Page) -> Outcome {
    page.open(FIRST).await?;
    promote_the_first(&page).await?;
    is_solved(&page, "2 steps: the shortest way.").await?;
    page.sees("#receipt", "ms1.first-promotion.").await?;
    let receipt = page.string("text($('#receipt'))").await?;
    let solved = "$$('.check-table tbody tr').length === 1 && text($('.check-table tbody tr')).includes('The first promotion')";
    page.go(&format!("#/check/{receipt}")).await?;
    page.until("its row", solved).await?;
    page.sees("#check-sum", "1").await?;
    page.click("#check-clear").await?;
    page.until("no row", "$$('.check-table tbody tr').length === 0")
        .await?;
    page.find("#receipts", None)
        .await?
        .send_keys(receipt)
        .await?;
    page.click("#check-go").await?;
    page.until("its row again", solved).await
}

async fn solved_by_keyboard(page: Page) -> Outcome {
    page.open("#/exercises/occupied-production").await?;
    page.find("#card-2", None).await?;
    page.sees("#card-2", "").await?;
    page.js("$('#card-2').focus()", json!([])).await?;
    page.keys("p").await?;
    page.sees(".refused-move", "One version in Production")
        .await?;
    page.focused(".refused-move .refusal-ways li:first-child button")
        .await?;
    tab_to(&page, ".refused-move .refusal-ways li:nth-child(2) button").await?;
    page.keys(Key::Enter).await?;
    page.gone(".refused-move").await?;
    is_solved(&page, "1 step: the shortest way.").await?;
    page.keys_held(&[Key::Control], 'z').await?;
    page.gone("#result-title").await?;
    page.keys_held(&[Key::Control], 'y').await?;
    is_solved(&page, "1 step: the shortest way.").await
}

async fn solved_by_console(page: Page) -> Outcome {
    let before = worked_in_own(&page).await?;
    page.open("#/exercises/mend-the-promotion").await?;
    page.until(
        "the script in the console",
        "$('#exercise-console-field')?.value.includes('stage=\"Production\"')",
    )
    .await?;
    // As it is, it is refused, and nothing is done.
    page.click(".console-run").await?;
    page.sees(".console-entry", "One version in Production")
        .await?;
    page.sees(".exercise-bar", "No step yet").await?;
    // The script is still there, and the error does not say how it is mended.
    page.until(
        "the script in the console still",
        "$('#exercise-console-field').value.includes('stage=\"Production\"')",
    )
    .await?;
    page.gone(".console-ways").await?;
    page.until(
        "no call that mends it",
        "!text('.console-entry').includes('archive_existing')",
    )
    .await?;
    page.fill(FIELD, "").await?;
    page.press(".given button", "Put the script into the console again")
        .await?;
    page.focused(FIELD).await?;
    let mended = "client.transition_model_version_stage(name=\"fraud-detector\", version=2, \
                  stage=\"Production\", archive_existing_versions=True)";
    page.fill(FIELD, mended).await?;
    page.keys(Key::Enter).await?;
    is_solved(&page, "1 step: the shortest way.").await?;
    assert_eq!(own(&page).await?, before);
    Ok(())
}

async fn solved_on_a_narrow_screen(page: Page) -> Outcome {
    page.resize(320, 800).await?;
    page.open(FIRST).await?;
    page.fits("an exercise").await?;
    promote_the_first(&page).await?;
    is_solved(&page, "2 steps").await?;
    page.fits("a solved exercise").await?;
    solved_by_keyboard(page.clone()).await?;
    page.fits("another solved exercise").await?;
    solved_by_console(page.clone()).await?;
    page.fits("a solved script").await
}

async fn a_detour_is_told_in_the_result(page: Page) -> Outcome {
    page.open(FIRST).await?;
    transition(&page, 2, "Submit for testing", "Staging").await?;
    transition(&page, 2, "Withdraw", "None").await?;
    promote_the_first(&page).await?;
    is_solved(
        &page,
        "Your way: 4 steps. The shortest way: 2, because steps 1 to 2 led back",
    )
    .await
}

async fn what_is_not_part_of_it_is_refused(page: Page) -> Outcome {
    page.open(FIRST).await?;
    from_menu(&page, 2, "Delete version 2…").await?;
    page.click("dialog[open] button[type=submit]").await?;
    page.sees("dialog .refusal", "Not part of this exercise")
        .await?;
    page.sees("dialog .refusal", "transition_model_version_stage")
        .await?;
    page.keys(Key::Escape).await?;
    page.gone("dialog[open]").await?;
    page.click(".play-console > summary").await?;
    for (typed, says) in [
        ("rules mlflow", "An exercise keeps its rules."),
        ("reset", "This call is not needed here."),
        ("restore 0", "no earlier moment can be restored"),
    ] {
        page.sees(".console-head", "").await?;
        page.fill(FIELD, typed).await?;
        page.keys(Key::Enter).await?;
        page.sees(".console-entry:last-child", says).await?;
    }
    page.sees(".exercise-bar", "No step yet").await
}

async fn it_is_as_it_was_left(page: Page) -> Outcome {
    page.open(FIRST).await?;
    page.click("#hint-nudge").await?;
    transition(&page, 1, "Submit for testing", "Staging").await?;
    page.go("#/exercises/bad-release").await?;
    page.sees("h1", "Roll back a bad release").await?;
    page.go(FIRST).await?;
    page.sees("h1", "The first promotion").await?;
    page.sees(".exercise-bar", "1 step so far").await?;
    page.reload().await?;
    page.sees(".said", "You are where you left off.").await?;
    page.sees(".exercise-bar", "1 step so far").await?;
    transition(&page, 1, "Promote", "Production").await?;
    is_solved(&page, "2 steps").await?;
    page.sees(".score", "With 1 hint.").await?;
    page.reload().await?;
    is_solved(&page, "2 steps").await
}

async fn undo_redo_and_start_again(page: Page) -> Outcome {
    page.open(FIRST).await?;
    transition(&page, 1, "Submit for testing", "Staging").await?;
    page.click("#exercise-undo").await?;
    page.sees(".exercise-bar", "No step yet").await?;
    // What was taken back is still there when somebody comes again.
    page.reload().await?;
    page.sees(".exercise-bar", "No step yet").await?;
    page.click("#exercise-redo").await?;
    page.sees(".exercise-bar", "1 step so far").await?;
    page.click("#exercise-again").await?;
    page.hears("Everything is as at the start of this exercise.")
        .await?;
    page.until(
        "nothing to undo or redo",
        "$('#exercise-undo').disabled && $('#exercise-redo').disabled",
    )
    .await
}

async fn a_history_is_read(page: Page) -> Outcome {
    page.open("#/exercises/who-broke-production").await?;
    page.sees(".history .step", "").await?;
    page.until(
        "no way to restore a moment",
        "$$('.history button').filter((one) => text(one).includes('Restore')).every((one) => one.hidden)",
    )
    .await?;
    page.press(".history .step:nth-child(3) button", "View")
        .await?;
    page.sees(".moment-bar", "").await?;
    page.press(".moment-bar button", "Back to now").await?;
    page.gone(".moment-bar").await?;
    page.until("nothing to undo", "$('#exercise-undo').disabled")
        .await
}

async fn two_models_one_after_the_other(page: Page) -> Outcome {
    page.open("#/exercises/two-models-at-once").await?;
    page.sees(".model-choice [aria-pressed=true]", "fraud-detector")
        .await?;
    page.press(".model-choice button", "churn (see the goal)")
        .await?;
    page.sees(".model-choice [aria-pressed=true]", "churn")
        .await?;
    ask(&page, 2, "Submit for testing").await?;
    submit(&page, "Move to Staging").await?;
    page.sees(".goal-item:nth-child(4)", "v2 is in Staging")
        .await
}
