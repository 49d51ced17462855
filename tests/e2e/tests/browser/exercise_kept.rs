//! What of an exercise is kept and counted: each way of solving it once, due ones anew, help that is open, made exercises.

use e2e::{Failure, Outcome, Page, cases};
use lesson::exercise::check;
use lesson::exercise::receipt::{Of, Receipt};
use lesson::own;
use lesson::pack::Id;
use lesson::progress::Progress;
use registry::Time;
use serde_json::json;
use storage::{Attempt, MemoryStore, Vault};

use crate::exercise_steps::{FIRST, is_solved};
use crate::steps::transition;

cases! {
    a_better_way_is_counted_and_the_same_one_is_not,
    what_is_due_begins_afresh,
    help_that_is_open_stays_open,
    nothing_is_done_while_an_earlier_moment_is_looked_at,
    each_made_exercise_is_kept,
    made_exercises_count,
}

/// Waits until the kept progress has this of the first exercise: how many times it was solved, and the fewest steps.
async fn counted(page: &Page, right: u32, best: u32) -> Outcome {
    let kept = "(() => { const key = Object.keys(localStorage).find((key) => key.endsWith(':progress')); \
                const text = localStorage.getItem(key) ?? ''; \
                const body = JSON.parse(text.slice(text.indexOf('\\n') + 1) || '{}'); \
                const one = body.exercises?.['first-promotion']; \
                return one?.review.right === a[0] && one?.best === a[1]; })()";
    page.until_with("what was counted", kept, json!([right, best]))
        .await
}

async fn a_better_way_is_counted_and_the_same_one_is_not(page: Page) -> Outcome {
    page.open(FIRST).await?;
    transition(&page, 2, "Submit for testing", "Staging").await?;
    transition(&page, 2, "Withdraw", "None").await?;
    transition(&page, 1, "Submit for testing", "Staging").await?;
    transition(&page, 1, "Promote", "Production").await?;
    is_solved(&page, "Your way: 4 steps. The shortest way: 2").await?;
    counted(&page, 1, 4).await?;
    page.click("#exercise-undo").await?;
    page.gone("#result-title").await?;
    page.click("#exercise-redo").await?;
    is_solved(&page, "4 steps").await?;
    counted(&page, 1, 4).await?;
    for _ in 0..4 {
        page.click("#exercise-undo").await?;
    }
    transition(&page, 1, "Submit for testing", "Staging").await?;
    // What is followed of the worked example is ticked off.
    page.until("one tick", "$$('.worked li.done').length === 1")
        .await?;
    transition(&page, 1, "Promote", "Production").await?;
    page.until("two ticks", "$$('.worked li.done').length === 2")
        .await?;
    is_solved(&page, "2 steps: the shortest way.").await?;
    counted(&page, 2, 2).await?;
    // Who comes back to what is solved has been counted, also after an undo and a redo there.
    page.reload().await?;
    is_solved(&page, "2 steps").await?;
    page.click("#exercise-undo").await?;
    page.gone("#result-title").await?;
    page.click("#exercise-redo").await?;
    is_solved(&page, "2 steps").await?;
    counted(&page, 2, 2).await?;
    page.go("#/progress").await?;
    let row = "$$('table tr').some((row) => text(row.children[0]) === 'The first promotion' \
               && text(row.children[1]) === '2 steps (the shortest way)')";
    page.until("the row of what was really solved", row).await
}

/// Solved long ago, as the app itself has kept it: with its way.
async fn solved_long_ago(page: &Page) -> Outcome {
    let bad = |what: &str| Failure::new(what.to_owned());
    let id = Id::parse("first-promotion").ok_or_else(|| bad("the id"))?;
    let pack = own::exercises().ok_or_else(|| bad("the exercises"))?;
    let task = &pack.exercise(&id).ok_or_else(|| bad("the exercise"))?.task;
    let mut log = task.log();
    let answer = check::solve(task, &log);
    let best = answer.best().ok_or_else(|| bad("a way"))?;
    for command in &best.solution {
        log.act(&task.context(&log), command)
            .map_err(|_| bad("a step"))?;
    }
    let way = Receipt::new(Of::Exercise(id.clone()), task, &log).ok_or_else(|| bad("a receipt"))?;
    let store = MemoryStore::new();
    let (mut vault, _) = Vault::open(store.clone(), &page.site().storage_prefix());
    let mut progress = Progress::default();
    progress.solved(id.as_str(), 2, 0, Time(1_700_000_000_000));
    let attempt = Attempt {
        way: way.to_string(),
        hints: 3,
        ..Attempt::default()
    };
    let kept = vault
        .set_progress(progress)
        .and_then(|()| vault.set_attempt(&id, attempt));
    kept.map_err(|error| Failure::new(format!("{error:?}")))?;
    page.was_here(&store.contents()).await
}

async fn what_is_due_begins_afresh(page: Page) -> Outcome {
    solved_long_ago(&page).await?;
    page.open("#/exercises").await?;
    page.sees("[data-exercise=first-promotion]", "due again")
        .await?;
    page.go(FIRST).await?;
    page.sees(".exercise-bar", "No step yet").await?;
    page.sees(".said", "due again, so it starts from the beginning")
        .await?;
    page.gone("#result-title").await?;
    transition(&page, 1, "Submit for testing", "Staging").await?;
    transition(&page, 1, "Promote", "Production").await?;
    is_solved(&page, "2 steps: the shortest way.").await?;
    page.sees(".score", "Without a hint.").await?;
    counted(&page, 2, 2).await?;
    // It does not come back at once, so it is as it was left.
    page.reload().await?;
    is_solved(&page, "2 steps").await?;
    page.go("#/exercises").await?;
    page.sees(
        "[data-exercise=first-promotion]",
        "solved in 2 steps: the shortest way",
    )
    .await?;
    page.until(
        "nothing due",
        "!text($('[data-exercise=first-promotion] .exercise-state')).includes('due')",
    )
    .await
}

async fn help_that_is_open_stays_open(page: Page) -> Outcome {
    page.open(FIRST).await?;
    page.click("#hint-nudge").await?;
    page.sees("#nudge-title", "").await?;
    page.click("#hint-next").await?;
    page.sees("#hint-do", "").await?;
    for _ in 0..2 {
        page.reload().await?;
        page.sees("#nudge-title", "").await?;
        page.sees("#hint-do", "").await?;
        page.sees("#hint-idea", "").await?;
    }
    page.click("#hint-do").await?;
    page.sees(".exercise-bar", "1 step so far").await?;
    page.sees("#hint-next", "").await?;
    page.reload().await?;
    page.sees("#nudge-title", "").await?;
    page.sees("#hint-next", "").await?;
    transition(&page, 1, "Promote", "Production").await?;
    is_solved(&page, "2 steps").await?;
    page.sees(".score", "With 2 hints.").await
}

async fn nothing_is_done_while_an_earlier_moment_is_looked_at(page: Page) -> Outcome {
    page.open("#/exercises/who-broke-production").await?;
    page.click("#hint-next").await?;
    page.until("a step to do", "$('#hint-do') && !$('#hint-do').disabled")
        .await?;
    page.press(".history .step:nth-child(3) button", "View")
        .await?;
    page.sees(".moment-bar", "").await?;
    page.until("no step to do", "$('#hint-do').disabled")
        .await?;
    page.press(".moment-bar button", "Back to now").await?;
    page.until("a step to do again", "!$('#hint-do').disabled")
        .await?;
    page.click("#hint-do").await?;
    page.sees(".exercise-bar", "1 step so far").await
}

fn made(seed: u32) -> String {
    format!("#/exercises/new?objective=aliases&par=3&models=1&distractors=1&seed={seed}")
}

/// Does what is said to be the next step, and waits until it is done.
async fn next_step(page: &Page, says: &str) -> Outcome {
    page.until(
        "the next step, closed",
        "$('#hint-next') && !$('#hint-next').disabled",
    )
    .await?;
    page.click("#hint-next").await?;
    page.click("#hint-do").await?;
    page.sees(".exercise-bar", says).await
}

async fn each_made_exercise_is_kept(page: Page) -> Outcome {
    page.open(&made(7)).await?;
    next_step(&page, "1 step so far").await?;
    next_step(&page, "2 steps so far").await?;
    page.go(&made(8)).await?;
    page.sees(".exercise-bar", "No step yet").await?;
    next_step(&page, "1 step so far").await?;
    page.go(&made(7)).await?;
    page.sees(".exercise-bar", "2 steps so far").await?;
    page.go(&made(8)).await?;
    page.reload().await?;
    page.sees(".exercise-bar", "1 step so far").await
}

async fn made_exercises_count(page: Page) -> Outcome {
    page.open(&made(7)).await?;
    next_step(&page, "1 step so far").await?;
    next_step(&page, "2 steps so far").await?;
    next_step(&page, "3 steps so far").await?;
    is_solved(&page, "3 steps: the shortest way.").await?;
    let one = "1 made exercise solved, 1 of them in the fewest steps.";
    page.go("#/exercises").await?;
    page.sees("#made-sum", one).await?;
    // The same one once more changes nothing.
    page.go(&made(7)).await?;
    is_solved(&page, "3 steps").await?;
    page.click("#exercise-again").await?;
    next_step(&page, "1 step so far").await?;
    next_step(&page, "2 steps so far").await?;
    next_step(&page, "3 steps so far").await?;
    page.go("#/progress").await?;
    page.sees("#made-sum", one).await?;
    // Where the solution was looked at, it is not counted.
    page.go(&made(8)).await?;
    page.sees(".exercise-bar", "No step yet").await?;
    page.click("#hint-solution").await?;
    page.sees("#solution-title", "").await?;
    page.click("#solution-close").await?;
    next_step(&page, "1 step so far").await?;
    next_step(&page, "2 steps so far").await?;
    next_step(&page, "3 steps so far").await?;
    page.sees(".score", "The solution was shown before.")
        .await?;
    page.go("#/progress").await?;
    page.sees("#made-sum", one).await
}
