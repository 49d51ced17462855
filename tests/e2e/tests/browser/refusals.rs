//! What the rules refuse, and the ways out.

use e2e::{Outcome, Page, cases};

use crate::steps::{
    FRAUD, ask, cannot_submit, from_menu, in_menu, stands_in, submit, transition, under_mlflow,
};

cases! {
    an_untested_version_does_not_go_live,
    the_dialog_refuses_too,
    two_ways_out_of_a_second_live_version,
    a_refusal_goes_with_the_next_action,
    what_is_no_part_of_an_exercise_is_refused_at_the_same_place,
    archiving_what_is_live_in_the_same_step,
    mlflow_allows_two_live_versions_and_says_what_answers,
    mlflow_lets_an_untested_version_go_live,
    the_steps_of_others_are_not_undone,
    a_live_version_is_not_deleted,
}

async fn an_untested_version_does_not_go_live(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    in_menu(
        &page,
        5,
        "Move to Production – refused: Test before production",
    )
    .await?;
    page.sees(".refused-move .refusal", "Test before production")
        .await?;
    page.sees(
        ".refused-move .refusal",
        "A rule of this team (plain MLflow would allow this)",
    )
    .await?;
    page.gone("dialog[open]").await?;
    page.press(
        ".refused-move .refusal-ways button",
        "Move v5 to Staging first",
    )
    .await?;
    page.gone(".refused-move").await?;
    page.hears("v5 is in Staging.").await?;
    stands_in(&page, 5, "Staging").await
}

/// The dialog for a move says the same of a refusal, and more.
async fn the_dialog_refuses_too(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    ask(&page, 4, "Promote").await?;
    page.sees("dialog .refusal", "One version in Production")
        .await?;
    page.sees("dialog .refusal", "In Production already: version 3.")
        .await?;
    cannot_submit(&page).await?;
    page.choose("#move-to", "None").await?;
    page.gone("dialog .refusal").await?;
    page.choose("#move-to", "Production").await?;
    page.press(
        "dialog .refusal-ways button",
        "Archive version 3 first, then move version 4 to Production",
    )
    .await?;
    page.gone("dialog[open]").await?;
    stands_in(&page, 4, "Production").await?;
    stands_in(&page, 3, "Archived").await
}

async fn two_ways_out_of_a_second_live_version(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    let promote = async || {
        page.press("[data-card='4'] .card-move", "Promote").await?;
        page.sees(".refused-move .refusal", "One version in Production")
            .await
    };
    promote().await?;
    page.sees(
        ".refused-move .refusal",
        "In Production already: version 3.",
    )
    .await?;
    page.gone("dialog[open]").await?;
    page.until(
        "two ways out with their price, and none",
        "$$('.refused-move button').map(text).join('; ') === \
         'Archive v3 first – a gap for the app until v4 is there; In one step – no gap; Change nothing'",
    )
    .await?;
    page.until(
        "a refusal right behind the column in question",
        "$('.refused-move').previousElementSibling.dataset.stage === 'Production'",
    )
    .await?;
    page.press(
        ".refused-move button",
        "Archive v3 first – a gap for the app until v4 is there",
    )
    .await?;
    page.gone(".refused-move").await?;
    stands_in(&page, 4, "Production").await?;
    stands_in(&page, 3, "Archived").await?;
    page.sees("#live-answer", "v4").await?;
    // These were two steps.
    page.click("#undo").await?;
    stands_in(&page, 4, "Staging").await?;
    stands_in(&page, 3, "Archived").await?;
    page.click("#undo").await?;
    stands_in(&page, 3, "Production").await?;

    promote().await?;
    page.press(".refused-move button", "In one step – no gap")
        .await?;
    page.gone(".refused-move").await?;
    page.hears("v4 is in Production, and v3 is archived.")
        .await?;
    page.sees("li.step", "Moved fraud-detector version 4 from Staging to Production. Version 3 went to Archived in the same step.")
        .await?;
    // This was one.
    page.click(".said-undo").await?;
    stands_in(&page, 4, "Staging").await?;
    stands_in(&page, 3, "Production").await
}

async fn a_refusal_goes_with_the_next_action(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    let refused = async || {
        page.press("[data-card='4'] .card-move", "Promote").await?;
        page.sees(".refused-move .refusal", "One version in Production")
            .await
    };
    refused().await?;
    transition(&page, 5, "Submit for testing", "Staging").await?;
    page.gone(".refused-move").await?;
    refused().await?;
    page.click("#undo").await?;
    stands_in(&page, 5, "None").await?;
    page.gone(".refused-move").await?;
    refused().await?;
    from_menu(&page, 4, "Move with details…").await?;
    page.press("dialog button", "Cancel").await?;
    page.gone("dialog[open]").await?;
    page.gone(".refused-move").await?;
    refused().await?;
    under_mlflow(&page).await?;
    page.gone(".refused-move").await
}

async fn what_is_no_part_of_an_exercise_is_refused_at_the_same_place(page: Page) -> Outcome {
    page.open("#/exercises/champion-and-challenger").await?;
    // Its cards offer no move, and their menus say why.
    page.gone(".card-move").await?;
    in_menu(
        &page,
        2,
        "Move to Staging – refused: Not part of this exercise",
    )
    .await?;
    page.sees(".refused-move .refusal", "Not part of this exercise")
        .await?;
    page.until(
        "a refusal right behind the column in question",
        "$('.refused-move').previousElementSibling.dataset.stage === 'Staging'",
    )
    .await?;
    page.focused(".refused-move button").await?;
    page.press(".refused-move button", "Change nothing").await?;
    page.gone(".refused-move").await?;
    page.sees(
        "[data-card='2'] .menu",
        "Move to Staging – refused: Not part of this exercise",
    )
    .await?;
    stands_in(&page, 2, "None").await
}

async fn archiving_what_is_live_in_the_same_step(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    ask(&page, 4, "Promote").await?;
    page.click("dialog input[type=checkbox]").await?;
    page.gone("dialog .refusal").await?;
    page.sees(
        "dialog .effects",
        "Version 3 goes to Archived in the same step.",
    )
    .await?;
    page.click("dialog input[type=checkbox]").await?;
    page.sees("dialog .refusal", "One version in Production")
        .await?;
    page.click("dialog input[type=checkbox]").await?;
    submit(&page, "Move to Production").await?;
    stands_in(&page, 4, "Production").await?;
    stands_in(&page, 3, "Archived").await?;
    page.sees("#live-answer", "v4").await
}

async fn mlflow_allows_two_live_versions_and_says_what_answers(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    under_mlflow(&page).await?;
    from_menu(&page, 4, "Move with details…").await?;
    page.sees("dialog h2", "Move version 4 to Production?")
        .await?;
    page.sees(
        "dialog .notice",
        "After this, 2 versions are in Production.",
    )
    .await?;
    submit(&page, "Move to Production").await?;
    page.sees(
        "#live-answer",
        "2 versions are in Production. The highest number serves: version 4.",
    )
    .await?;
    page.until(
        "two in Production, of which one serves",
        "$$('[data-stage=Production] .card').length === 2 && $$('.serves').length === 1 && $(`[data-card='4'] .serves`)",
    )
    .await?;
    page.go("#/registry").await?;
    page.sees(
        "li.model-row",
        "version 4, the highest number of 2 in Production",
    )
    .await
}

async fn mlflow_lets_an_untested_version_go_live(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    under_mlflow(&page).await?;
    in_menu(&page, 5, "Move to Production").await?;
    stands_in(&page, 5, "Production").await?;
    // And back to where it came from.
    in_menu(&page, 5, "Move to None").await?;
    stands_in(&page, 5, "None").await
}

async fn the_steps_of_others_are_not_undone(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    page.until(
        "a button that can't be used",
        "$('#undo').disabled && $('#redo').disabled",
    )
    .await?;
    page.keys_held(&[thirtyfour::Key::Control], 'z').await?;
    page.sees("main .refusal", "Only your own steps are undone")
        .await?;
    page.press("main button", "Close this notice").await?;
    page.gone(".refusal").await
}

async fn a_live_version_is_not_deleted(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    from_menu(&page, 3, "Delete version 3…").await?;
    page.press("dialog button[type=submit]", "Delete the version")
        .await?;
    page.sees("dialog .refusal", "A version in Production is not deleted")
        .await?;
    page.press("dialog .refusal-ways button", "Move version 3 to Archived")
        .await?;
    page.gone("dialog .refusal").await?;
    submit(&page, "Delete the version").await?;
    page.hears("Deleted version 3 of fraud-detector.").await?;
    page.gone("[data-card='3']").await?;
    // Its number is not given again.
    page.press("main button", "Add a version").await?;
    submit(&page, "Add the version").await?;
    stands_in(&page, 6, "None").await
}
