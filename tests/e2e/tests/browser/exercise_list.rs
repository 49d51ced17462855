//! The list of exercises: how each stands, what to go on with, and new ones made to measure.

use std::time::{SystemTime, UNIX_EPOCH};

use e2e::axe::finds_nothing;
use e2e::browser::Kind;
use e2e::{Failure, Outcome, Page, cases};
use lesson::own;
use lesson::pack::Id;
use lesson::progress::Progress;
use registry::Time;
use serde_json::json;
use storage::{Attempt, MemoryStore, Vault};

cases! {
    everything_is_listed_and_the_first_one_is_to_begin_with,
    what_was_done_is_shown_and_says_what_is_next,
    due_exercises_are_told_with_what_else_is_due,
    a_made_exercise_has_an_address,
    a_file_says_that_it_brings_exercises,
    axe_and_narrow [only(Kind::Chromium)],
}

/// The browser's own time: both run on this machine.
fn now() -> Outcome<Time> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let since = since.map_err(|error| Failure::new(error.to_string()))?;
    Ok(Time(u64::try_from(since.as_millis()).unwrap_or_default()))
}

/// Keeps in the store what somebody has learned, and one exercise that is under way.
async fn lived(page: &Page, progress: Progress, begun: Option<&str>) -> Outcome {
    let store = MemoryStore::new();
    let (mut vault, _) = Vault::open(store.clone(), &page.site().storage_prefix());
    vault
        .set_progress(progress)
        .map_err(|error| Failure::new(format!("{error:?}")))?;
    if let Some(id) = begun.and_then(Id::parse) {
        let attempt = Attempt {
            way: "ms1.a.b.c".to_owned(),
            ..Attempt::default()
        };
        vault
            .set_attempt(&id, attempt)
            .map_err(|error| Failure::new(format!("{error:?}")))?;
    }
    page.was_here(&store.contents()).await
}

/// Three exercises solved, one of them long ago; of one the solution was looked at.
fn learned() -> Outcome<Progress> {
    let mut progress = Progress::default();
    let (then, now) = (Time(1_700_000_000_000), now()?);
    progress.solved("first-promotion", 2, 0, then);
    progress.solved("bad-release", 2, 1, now);
    progress.solved("test-again", 4, 0, now);
    progress.solution_shown("two-live-versions", now);
    Ok(progress)
}

/// Waits until the card of an exercise says how it stands.
async fn stands(page: &Page, id: &str, state: &str) -> Outcome {
    let said = "text(`[data-exercise=${a[0]}] .exercise-state`) === a[1]";
    page.until_with("how it stands", said, json!([id, state]))
        .await
}

async fn everything_is_listed_and_the_first_one_is_to_begin_with(page: Page) -> Outcome {
    page.open("#/exercises").await?;
    let listed: Vec<&str> = own::EXERCISES.iter().map(|one| one.id).collect();
    let all = "JSON.stringify($$('[data-exercise]').map((card) => card.dataset.exercise)) === JSON.stringify(a[0])";
    page.until_with("all of them in order", all, json!([listed]))
        .await?;
    let heads = "JSON.stringify($$('.track h2').map(text)) === JSON.stringify(a[0])";
    page.until_with(
        "four tracks",
        heads,
        json!([["Stages", "Real MLflow", "Aliases", "Teamwork"]]),
    )
    .await?;
    stands(&page, "first-promotion", "not tried yet").await?;
    page.sees(
        "[data-exercise=first-promotion]",
        "Guided · 2 steps are enough",
    )
    .await?;
    page.sees(".go-on", "Begin here").await?;
    page.sees(".go-on", "The first promotion").await?;
    page.click("#go-on").await?;
    page.until(
        "the exercise",
        "location.hash === '#/exercises/first-promotion'",
    )
    .await?;
    // The whole card takes a press.
    page.open("#/exercises").await?;
    let card = "(() => { const state = $('[data-exercise=bad-release] .exercise-state'); \
                state.scrollIntoView({ block: 'center' }); const place = state.getBoundingClientRect(); \
                return document.elementFromPoint(place.left + 2, place.top + 2).closest('[data-exercise=bad-release] a'); })()";
    page.until("a link all over the card", card).await?;
    page.press("[data-exercise=bad-release] a", "Roll back a bad release")
        .await?;
    page.until(
        "the exercise",
        "location.hash === '#/exercises/bad-release'",
    )
    .await?;
    page.open("#/exercises").await?;
    page.press("main a", "Check receipts").await?;
    page.sees("h1", "Check receipts").await
}

async fn what_was_done_is_shown_and_says_what_is_next(page: Page) -> Outcome {
    lived(&page, learned()?, Some("occupied-production")).await?;
    page.open("#/exercises").await?;
    stands(
        &page,
        "first-promotion",
        "due again, solved in 2 steps: the shortest way",
    )
    .await?;
    stands(&page, "occupied-production", "begun").await?;
    stands(&page, "bad-release", "solved in 2 steps: the shortest way").await?;
    stands(&page, "test-again", "solved in 4 steps, shortest way: 2").await?;
    stands(&page, "two-live-versions", "solution seen").await?;
    stands(&page, "number-reuse", "not tried yet").await?;
    page.sees(".go-on", "Continue").await?;
    page.sees(".go-on", "Promote when Production is not empty")
        .await?;
    let sum = format!(
        "3 of {} solved. 1 exercise is due again.",
        own::EXERCISES.len()
    );
    page.sees(".go-on", &sum).await?;
    page.sees(".track", "3 of 8 solved").await?;

    // Without the one that is under way, what is due comes first.
    page.leave().await?;
    page.js("localStorage.clear()", json!([])).await?;
    page.forget_copy().await?;
    lived(&page, learned()?, None).await?;
    page.open("#/exercises").await?;
    page.sees(".go-on", "Due again").await?;
    page.sees(".go-on", "The first promotion").await
}

async fn due_exercises_are_told_with_what_else_is_due(page: Page) -> Outcome {
    lived(&page, learned()?, None).await?;
    page.open("#/practice").await?;
    page.sees(".due-exercises", "1 exercise is due again.")
        .await?;
    page.press(".due-exercises a", "The first promotion")
        .await?;
    page.until(
        "the exercise",
        "location.hash === '#/exercises/first-promotion'",
    )
    .await?;
    page.open("#/progress").await?;
    page.sees(".due-exercises", "1 exercise is due again.")
        .await?;
    page.sees(
        "main",
        &format!("3 of {} exercises solved", own::EXERCISES.len()),
    )
    .await?;
    let row = |id: &'static str, best: &'static str, hints: &'static str| json!([id, best, hints]);
    let said = "$$('table tr').some((row) => text(row.children[0]) === a[0] && text(row.children[1]) === a[1] \
                && text(row.children[2]) === a[2])";
    for expected in [
        row("The first promotion", "2 steps (the shortest way)", "none"),
        row(
            "Roll back a bad release",
            "2 steps (the shortest way)",
            "1 hint",
        ),
        row("A second chance", "4 steps (shortest way: 2)", "none"),
        row(
            "Two versions in Production: which one serves?",
            "solution seen",
            "–",
        ),
    ] {
        page.until_with("the row of an exercise", said, expected)
            .await?;
    }
    finds_nothing(&page, "progress with exercises").await?;
    page.resize(320, 900).await?;
    page.fits("progress with exercises").await
}

async fn a_made_exercise_has_an_address(page: Page) -> Outcome {
    page.open("#/exercises").await?;
    page.until(
        "no link without a number",
        "$('#made-copy').disabled && !$('#made-go').disabled",
    )
    .await?;
    page.choose("#made-objective", "aliases").await?;
    page.sees(".made", "Apps ask for aliases").await?;
    page.choose("#made-par", "6").await?;
    page.sees("#made-wrong", "With one model, 4 steps are the most.")
        .await?;
    page.until("it can't be made", "$('#made-go').disabled")
        .await?;
    // The smallest ones repeat themselves too soon.
    page.choose("#made-distractors", "0").await?;
    page.choose("#made-par", "3").await?;
    page.sees("#made-wrong", "too few different exercises")
        .await?;
    page.until("it can't be made", "$('#made-go').disabled")
        .await?;
    page.choose("#made-par", "6").await?;
    page.choose("#made-models", "2").await?;
    page.fill("#made-seed", "twelve").await?;
    page.sees("#made-wrong", "Use digits only").await?;
    page.fill("#made-seed", "12").await?;
    page.until(
        "it can be made",
        "!$('#made-go').disabled && !$('#made-copy').disabled",
    )
    .await?;
    page.click("#made-go").await?;
    let address = "#/exercises/new?objective=aliases&par=6&models=2&distractors=0&seed=12";
    page.until_with("the address", "location.hash === a[0]", json!([address]))
        .await
}

async fn a_file_says_that_it_brings_exercises(page: Page) -> Outcome {
    page.open("#/settings").await?;
    let file = lesson::progress::to_file(&learned()?);
    page.give_file("#import-progress", &file, "#import-result")
        .await?;
    page.sees(
        "section:has(> #import-result)",
        "4 exercises that are new or went on later there than here.",
    )
    .await?;
    page.press("main button", "Import").await?;
    page.focused("#progress-undo").await?;
    page.go("#/progress").await?;
    page.sees(".due-exercises", "1 exercise is due again.")
        .await
}

async fn axe_and_narrow(page: Page) -> Outcome {
    lived(&page, learned()?, Some("occupied-production")).await?;
    for width in [320, 768, 1440] {
        let state = format!("the list, {width} pixels");
        page.resize(width, 900).await?;
        page.open("#/exercises").await?;
        page.fill("#made-seed", "x").await?;
        finds_nothing(&page, &state).await?;
        page.fits(&state).await?;
    }
    Ok(())
}
