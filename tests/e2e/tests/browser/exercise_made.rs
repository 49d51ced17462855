//! Exercises that are made from a recipe, and addresses of none.

use e2e::{Outcome, Page, cases};
use serde_json::json;

cases! {
    the_same_seed_is_the_same_exercise,
    another_one_is_made,
    no_exercise_from_a_bad_address,
    an_unknown_exercise_is_said,
}

async fn the_same_seed_is_the_same_exercise(page: Page) -> Outcome {
    let address = "#/exercises/new?objective=aliases&par=3&models=1&distractors=1&seed=7";
    let goal = "$$('.goal-name p:first-child').map(text).join(' | ')";
    page.open(address).await?;
    page.sees("h1", "Move the aliases").await?;
    // It has no story that could be read while the app is on its way.
    page.until("no exercise asked for", "!performance.getEntriesByType('resource').some(({ name }) => name.includes('part-exercise-'))")
        .await?;
    page.sees(".goal-item", "").await?;
    let first = page.string(goal).await?;
    page.reload().await?;
    page.until_with(
        "the same goal",
        "$$('.goal-name p:first-child').map(text).join(' | ') === a[0]",
        json!([first]),
    )
    .await?;
    page.go("#/exercises/new?objective=aliases&par=3&models=1&distractors=1&seed=8")
        .await?;
    page.until_with(
        "another goal",
        "$('.goal-item') && $$('.goal-name p:first-child').map(text).join(' | ') !== a[0]",
        json!([first]),
    )
    .await
}

async fn another_one_is_made(page: Page) -> Outcome {
    page.open("#/exercises/new?objective=roll-back&par=2")
        .await?;
    page.until("a seed of its own", "location.hash.includes('&seed=')")
        .await?;
    page.sees("h1", "Rollback").await?;
    page.sees(".goal-item", "").await?;
    let here = page.string("location.hash").await?;
    page.click(".made > summary").await?;
    page.choose("#made-par", "5").await?;
    page.click("#made-make").await?;
    page.sees(".made .field-error", "need two models or more")
        .await?;
    page.choose("#made-models", "2").await?;
    page.fill("#made-seed", "42").await?;
    page.click("#made-make").await?;
    page.until(
        "the address of what was chosen",
        "location.hash.endsWith('objective=roll-back&par=5&models=2&distractors=1&seed=42')",
    )
    .await?;
    page.sees(".exercise-bar", "Shortest way: 5 steps.").await?;
    page.click(".made > summary").await?;
    page.click("#made-another").await?;
    page.until_with(
        "another exercise",
        "!location.hash.endsWith('=42') && location.hash !== a[0]",
        json!([here]),
    )
    .await?;
    page.sees(".goal-item", "").await
}

async fn no_exercise_from_a_bad_address(page: Page) -> Outcome {
    page.open("#/exercises/new?par=99").await?;
    page.sees("h1", "An exercise made for you").await?;
    page.sees("main", "No exercise can be made from this address.")
        .await?;
    page.click("#made-another").await?;
    page.sees(".goal-item", "").await
}

async fn an_unknown_exercise_is_said(page: Page) -> Outcome {
    // The host is asked for it, and has it not.
    page.forgive();
    page.open("#/exercises/nobody-knows").await?;
    page.sees("h1", "There is no such exercise").await?;
    page.click("main a[href='#/exercises']").await?;
    page.sees("h1", "Exercises").await
}
