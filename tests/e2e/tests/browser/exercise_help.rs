//! What helps in an exercise: hints, the solution, the word about a dead end; and how soon the solver answers.

use e2e::axe::finds_nothing;
use e2e::browser::Kind;
use e2e::{Outcome, Page, cases};
use serde_json::json;
use thirtyfour::Key;

use crate::exercise_steps::{FIRST, is_solved, progress, solver_says, stands};
use crate::steps::{from_menu, transition};

cases! {
    a_dead_end_offers_undo,
    the_solution_is_not_counted,
    help_from_a_little_to_more,
    axe_in_an_exercise [only(Kind::Chromium)],
    the_solver_is_fast [only(Kind::Chromium)],
}

async fn to_a_dead_end(page: &Page) -> Outcome {
    page.open("#/exercises/archive-is-not-delete").await?;
    from_menu(page, 3, "Delete version 3…").await?;
    page.click("dialog[open] button[type=submit]").await?;
    page.gone("dialog[open]").await?;
    stands(page, 4, "over").await?;
    solver_says(page, "dead-end").await
}

async fn a_dead_end_offers_undo(page: Page) -> Outcome {
    to_a_dead_end(&page).await?;
    page.sees(".dead-end", "The goal can’t be reached from here")
        .await?;
    // Two steps further on, all of them are taken back at once.
    from_menu(&page, 2, "Delete version 2…").await?;
    page.click("dialog[open] button[type=submit]").await?;
    page.gone("dialog[open]").await?;
    page.sees("#dead-end-undo", "Undo 2 steps").await?;
    page.click("#dead-end-undo").await?;
    page.gone(".dead-end").await?;
    stands(&page, 4, "met").await?;
    solver_says(&page, "way").await?;
    page.sees(".exercise-bar", "No step yet").await
}

async fn the_solution_is_not_counted(page: Page) -> Outcome {
    page.open("#/exercises/two-models-at-once").await?;
    page.click("#hint-solution").await?;
    page.focused("#solution-title").await?;
    page.sees(".solution-step", "The start.").await?;
    for step in 1..=4 {
        page.click("#solution-on").await?;
        page.sees(".solution-step", &format!("Step {step} of 4"))
            .await?;
    }
    page.until("no further step", "$('#solution-on').disabled")
        .await?;
    page.click("#solution-back").await?;
    page.sees(".solution-step", "Step 3 of 4").await?;
    page.click("#solution-close").await?;
    page.gone("#solution-title").await?;
    page.gone("#result-title").await?;
    page.sees(".exercise-bar", "No step yet").await?;
    let kept = progress(&page).await?;
    if !kept.contains("\"shown\"") || kept.contains("\"best\"") {
        return Err(format!("the progress has {kept}").into());
    }
    Ok(())
}

async fn help_from_a_little_to_more(page: Page) -> Outcome {
    page.open(FIRST).await?;
    solver_says(&page, "way").await?;
    page.click("#hint-nudge").await?;
    page.sees(".help-box", "Look at condition 1 of the goal")
        .await?;
    page.click("#hint-idea").await?;
    page.focused("#idea-title").await?;
    page.sees(".help-box:nth-of-type(2)", "First move it to Staging")
        .await?;
    page.click("#hint-next").await?;
    page.sees(".help-box pre", "stage=\"Staging\"").await?;
    page.sees(".help-box", "").await?;
    page.click("#hint-do").await?;
    page.sees(".exercise-bar", "1 step so far").await?;
    page.focused("#hint-next").await?;
    page.click("#hint-next").await?;
    page.sees(".help-box pre", "stage=\"Production\"").await?;
    page.click("#hint-do").await?;
    page.focused("#result-title").await?;
    is_solved(&page, "2 steps: the shortest way.").await?;
    page.sees(".score", "With 4 hints.").await
}

async fn axe_in_an_exercise(page: Page) -> Outcome {
    page.open(FIRST).await?;
    solver_says(&page, "way").await?;
    finds_nothing(&page, "a fresh exercise").await?;
    page.click("#hint-nudge").await?;
    page.click("#hint-idea").await?;
    page.click("#hint-next").await?;
    page.sees("#hint-do", "").await?;
    finds_nothing(&page, "help is open").await?;
    from_menu(&page, 2, "Delete version 2…").await?;
    page.click("dialog[open] button[type=submit]").await?;
    page.sees("dialog .refusal", "").await?;
    finds_nothing(&page, "refused").await?;
    page.keys(Key::Escape).await?;
    page.gone("dialog[open]").await?;
    transition(&page, 1, "Submit for testing", "Staging").await?;
    finds_nothing(&page, "under way").await?;
    page.click("#hint-solution").await?;
    page.sees(".solution-step", "The start.").await?;
    page.click("#solution-on").await?;
    page.sees(".solution-step", "Step 1").await?;
    finds_nothing(&page, "the solution").await?;
    page.click("#solution-close").await?;
    transition(&page, 1, "Promote", "Production").await?;
    is_solved(&page, "2 steps").await?;
    finds_nothing(&page, "solved").await?;
    to_a_dead_end(&page).await?;
    page.sees("#dead-end-undo", "").await?;
    finds_nothing(&page, "a dead end").await?;
    for address in [
        "#/exercises/mend-the-promotion",
        "#/exercises/who-broke-production",
        "#/exercises/champion-and-challenger",
        "#/exercises/new?seed=7",
    ] {
        page.visit(address).await?;
        page.sees(".goal-item", "").await?;
        solver_says(&page, "way").await?;
        finds_nothing(&page, address).await?;
    }
    Ok(())
}

/// From every exercise's start, and after a step, the solver answers soon enough for a hint; the figure is printed.
async fn the_solver_is_fast(page: Page) -> Outcome {
    page.open("#/exercises").await?;
    let links = page
        .value("$$('main a[href^=\"#/exercises/\"]').map((a) => a.getAttribute('href'))")
        .await?;
    let mut links: Vec<String> = serde_json::from_value(links)?;
    // The list leads to some of them twice.
    links.sort();
    links.dedup();
    if links.len() < 24 {
        return Err(format!("there are only {} exercises", links.len()).into());
    }
    page.js(
        "window.solved = []; let begun = null;
         new MutationObserver(() => {
           const word = document.querySelector('.hints-panel')?.dataset.solver;
           if (word === 'working') begun ??= performance.now();
           else if (word && begun !== null) { window.solved.push(performance.now() - begun); begun = null; }
         }).observe(document.documentElement, { subtree: true, childList: true, attributes: true })",
        json!([]),
    )
    .await?;
    for link in &links {
        if link.contains("new") {
            continue;
        }
        page.go(link).await?;
        page.sees(".goal-item", "").await?;
        page.until(
            "an answer of the solver",
            "$('.hints-panel') && $('.hints-panel').dataset.solver !== 'working'",
        )
        .await?;
        page.click("#hint-next").await?;
        page.click("#hint-do").await?;
        page.until(
            "an answer after a step",
            "$('.hints-panel').dataset.solver !== 'working'",
        )
        .await?;
    }
    let longest = page.value("Math.max(...window.solved)").await?;
    let count = page.value("window.solved.length").await?;
    println!("    the solver: {count} answers, the slowest after {longest} ms");
    // The machine that runs this is shared: the figure is what counts, the bound finds what has gone wrong.
    page.until(
        "answers within a second",
        "Math.max(...window.solved) < 1000",
    )
    .await
}
