//! The lesson: from the hook to the takeaways, step by step.

use e2e::axe::finds_nothing;
use e2e::browser::Kind;
use e2e::{Outcome, Page, cases};
use serde_json::json;
use thirtyfour::Key;

use crate::steps::{FRAUD, own, stands_in, submit, worked_in_own};

cases! {
    from_the_hook_to_the_takeaways,
    the_place_is_kept_over_a_reload,
    a_step_is_as_it_was_left_after_a_reload,
    a_step_by_keyboard_alone,
    payments_are_scored_one_by_one,
    a_pinned_file_stays_when_a_stage_moves,
    payments_stay_still_where_less_motion_is_wanted [only(Kind::Chromium)],
    the_lesson_fits_into_320_pixels,
    axe_in_the_lesson [only(Kind::Chromium)],
    an_unknown_step_is_said,
}

/// Commits to an option of the step's choice.
pub async fn choose(page: &Page, option: usize) -> Outcome {
    page.click(&format!("label[for=choice-{option}]")).await?;
    page.click("#choose-answer").await?;
    page.sees(".choice-why", "").await
}

async fn is_done(page: &Page) -> Outcome {
    page.sees(".after h2", "What happened, and why").await
}

async fn next(page: &Page, title: &str) -> Outcome {
    page.press("#next-step", &format!("Continue: {title}"))
        .await?;
    page.sees("h1", title).await
}

/// Runs all lines of the step.
async fn run_lines(page: &Page, count: usize) -> Outcome {
    for line in 1..=count {
        page.click(&format!(".code-line:nth-child({line}) button"))
            .await?;
        page.sees(
            &format!(".code-line.ran:nth-child({line}) .code-result"),
            "",
        )
        .await?;
    }
    Ok(())
}

async fn from_the_hook_to_the_takeaways(page: Page) -> Outcome {
    let before = worked_in_own(&page).await?;
    page.open("#/learn").await?;
    page.sees("h1", "One label decides what your users get")
        .await?;
    page.click("#choose-answer").await?;
    page.sees("[role=alert]", "Choose one of them first")
        .await?;
    choose(&page, 1).await?;
    page.sees(".choice[data-right=true] .choice-why", "Right.")
        .await?;
    next(&page, "Three files and one app").await?;

    choose(&page, 2).await?;
    run_lines(&page, 1).await?;
    page.sees(".code-result", "loads version 3").await?;
    is_done(&page).await?;
    next(&page, "A label instead of a guess").await?;

    choose(&page, 0).await?;
    page.sees(".choice[data-chosen] .choice-why", "No.").await?;
    next(&page, "Four stages").await?;

    page.press(".diagram-moves button", "Submit for testing to Staging")
        .await?;
    submit(&page, "Move to Staging").await?;
    is_done(&page).await?;
    next(&page, "Production: the model for real use").await?;

    choose(&page, 1).await?;
    page.press("[data-card='1'] .card-move", "Promote").await?;
    stands_in(&page, 1, "Production").await?;
    is_done(&page).await?;
    next(&page, "The code before and after").await?;

    run_lines(&page, 3).await?;
    page.sees(".traffic-asks", "the stage Production").await?;
    is_done(&page).await?;
    next(&page, "An app loads once").await?;

    choose(&page, 1).await?;
    run_lines(&page, 5).await?;
    is_done(&page).await?;
    next(&page, "One version in Production, and why").await?;

    choose(&page, 2).await?;
    page.press("[data-card='2'] .card-move", "Promote").await?;
    page.sees(".refused-move .refusal", "live").await?;
    page.click(".refused-move .refusal-ways li:first-child button")
        .await?;
    page.gone(".refused-move").await?;
    stands_in(&page, 2, "Production").await?;
    stands_in(&page, 1, "Archived").await?;
    is_done(&page).await?;
    next(&page, "After a promotion, Staging is empty").await?;

    choose(&page, 2).await?;
    run_lines(&page, 3).await?;
    page.sees(".code-line:nth-child(3) .code-result", "loads version 3")
        .await?;
    is_done(&page).await?;
    next(&page, "Archived is not deleted").await?;

    choose(&page, 1).await?;
    run_lines(&page, 3).await?;
    page.sees(".code-line:nth-child(1) .code-result", "loads version 1")
        .await?;
    is_done(&page).await?;
    next(&page, "A number is not given again").await?;

    choose(&page, 1).await?;
    run_lines(&page, 3).await?;
    page.sees(".code-line:nth-child(2) .code-result", "not found")
        .await?;
    page.sees(".code-line:nth-child(3) .code-result", "version 4")
        .await?;
    is_done(&page).await?;
    next(&page, "Rollback: back to the version before").await?;

    choose(&page, 1).await?;
    page.press("[data-card='2'] .card-move", "Roll back")
        .await?;
    page.click(".refused-move .refusal-ways li:first-child button")
        .await?;
    page.gone(".refused-move").await?;
    stands_in(&page, 2, "Production").await?;
    is_done(&page).await?;
    next(&page, "What plain MLflow allows").await?;

    choose(&page, 2).await?;
    page.sees("#live-title", "").await?;
    page.press("[data-card='1'] .card-move", "To Production")
        .await?;
    submit(&page, "Move to Production").await?;
    page.sees(".play-box", "The highest number serves: version 2.")
        .await?;
    is_done(&page).await?;
    next(&page, "A command that MLflow does not have").await?;

    choose(&page, 1).await?;
    run_lines(&page, 2).await?;
    is_done(&page).await?;
    next(&page, "What archive_existing_versions moves").await?;

    choose(&page, 1).await?;
    run_lines(&page, 1).await?;
    stands_in(&page, 1, "Archived").await?;
    stands_in(&page, 4, "Archived").await?;
    stands_in(&page, 5, "Staging").await?;
    is_done(&page).await?;
    next(&page, "What MLflow will not do for you").await?;

    choose(&page, 2).await?;
    run_lines(&page, 2).await?;
    is_done(&page).await?;
    next(&page, "Aliases: names of your own").await?;

    choose(&page, 0).await?;
    page.press(".lens-versions button", "Make version 5 @champion")
        .await?;
    is_done(&page).await?;
    next(&page, "Rollback with an alias").await?;

    choose(&page, 0).await?;
    run_lines(&page, 2).await?;
    is_done(&page).await?;
    next(&page, "Several aliases, and reserved names").await?;

    run_lines(&page, 5).await?;
    is_done(&page).await?;
    next(&page, "Tags: notes about a version").await?;

    choose(&page, 0).await?;
    run_lines(&page, 1).await?;
    is_done(&page).await?;
    next(&page, "In short").await?;

    page.sees(".takeaways", "Archived is not deleted").await?;
    page.until(
        "every step marked as done",
        "$$('.steps a.done').length === 21",
    )
    .await?;
    page.sees(".ways", "You have done every step.").await?;
    page.press("a.button-link", "Practise").await?;
    page.sees("h1", "Practice").await?;
    // Nothing of all this has touched the learner's own registry.
    assert_eq!(own(&page).await?, before);
    page.open(FRAUD).await?;
    stands_in(&page, 5, "Staging").await?;
    assert_eq!(own(&page).await?, before);
    Ok(())
}

async fn the_place_is_kept_over_a_reload(page: Page) -> Outcome {
    page.open("#/learn/archive").await?;
    page.sees("h1", "Archived is not deleted").await?;
    choose(&page, 1).await?;
    page.open("#/learn").await?;
    page.sees("h1", "Archived is not deleted").await?;
    page.reload().await?;
    page.sees("h1", "Archived is not deleted").await?;
    // The start page leads there, too.
    page.open("#/").await?;
    page.sees(".door.main", "Go on: step 8 – Archived is not deleted")
        .await?;
    page.click(".door.main").await?;
    page.sees("h1", "Archived is not deleted").await
}

async fn a_step_is_as_it_was_left_after_a_reload(page: Page) -> Outcome {
    page.open("#/learn/problem").await?;
    page.gone(".play").await?;
    choose(&page, 2).await?;
    page.sees(".play .code-line", "").await?;
    page.reload().await?;
    let is_chosen = |option: usize| {
        let input = format!("$('#choice-{option}')");
        format!(
            "{input}.checked && {input}.disabled && $$('.choice[data-chosen] .choice-why').length === 1"
        )
    };
    page.until("the choice", &is_chosen(2)).await?;
    page.sees(".play .code-line", "").await?;
    page.gone("#choose-answer").await?;
    page.gone(".after").await?;
    // It can be chosen anew; the later choice counts.
    page.click("#choose-again").await?;
    page.focused("#choice-0").await?;
    page.gone(".play").await?;
    choose(&page, 1).await?;
    page.reload().await?;
    page.until("the later choice", &is_chosen(1)).await?;
    run_lines(&page, 1).await?;
    is_done(&page).await?;
    page.reload().await?;
    page.until("the choice once more", &is_chosen(1)).await?;
    is_done(&page).await?;
    page.find("#next-step", Some("Continue: A label instead of a guess"))
        .await?;
    page.open("#/learn/takeaways").await?;
    page.sees(
        ".ways",
        "not done yet: 1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20.",
    )
    .await
}

async fn a_step_by_keyboard_alone(page: Page) -> Outcome {
    page.open("#/learn/label").await?;
    page.sees("h1", "A label instead of a guess").await?;
    page.js("document.getElementById('choice-0').focus()", json!([]))
        .await?;
    page.keys(Key::Down).await?;
    page.keys(Key::Tab).await?;
    page.focused("#choose-answer").await?;
    page.keys(Key::Enter).await?;
    page.sees(".choice[data-chosen][data-right=true]", "Right.")
        .await?;
    page.hears("Right. People set the label on purpose. The app follows their decision.")
        .await
}

async fn payments_are_scored_one_by_one(page: Page) -> Outcome {
    page.open("#/registry/fraud-detector").await?;
    page.sees(".traffic", "No payment yet").await?;
    for count in 1..=5 {
        page.click(".traffic-step").await?;
        page.until_with(
            "that many payments",
            "$$('.payment').length === a[0]",
            json!([count]),
        )
        .await?;
    }
    page.sees(".traffic-sums caption", "5 payments so far")
        .await?;
    let first = page.string("text('.payments')").await?;
    // The same payments come again: nothing is left to chance.
    page.reload().await?;
    for _ in 0..5 {
        page.click(".traffic-step").await?;
    }
    page.until_with(
        "the same payments",
        "text('.payments') === a[0]",
        json!([first]),
    )
    .await
}

async fn a_pinned_file_stays_when_a_stage_moves(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    page.sees(".traffic-asks", "v3").await?;
    let asks_for = async |words: &str| {
        let option =
            "return $$('#traffic-loads option').find((one) => text(one) === a[0])?.value ?? '';";
        let value = page.js(option, json!([words])).await?;
        page.choose("#traffic-loads", value.as_str().unwrap_or_default())
            .await
    };
    asks_for("the file models/fraud/model_v3.pkl").await?;
    page.sees(".traffic-gets", "v3").await?;
    page.press("li[data-card='3'] .card-move", "Archive")
        .await?;
    // The app that asks for the file does not notice; the one that asks for the stage does.
    page.sees(".traffic-gets", "v3").await?;
    page.click(".traffic-step").await?;
    page.sees(".traffic-sums", "v3").await?;
    asks_for("the stage Production").await?;
    page.sees(".traffic-gets", "no model").await
}

async fn payments_stay_still_where_less_motion_is_wanted(page: Page) -> Outcome {
    let less = json!({"features": [{"name": "prefers-reduced-motion", "value": "reduce"}]});
    page.browser()
        .cdp("Emulation.setEmulatedMedia", less)
        .await?;
    page.open("#/learn/before-after").await?;
    page.sees(".traffic-play", "Play").await?;
    page.sees(".traffic", "No payment yet").await?;
    page.click(".traffic-step").await?;
    page.until("one payment", "$$('.payment').length === 1")
        .await?;
    let usual = json!({"features": []});
    page.browser()
        .cdp("Emulation.setEmulatedMedia", usual)
        .await?;
    Ok(())
}

const STEPS: [&str; 21] = [
    "hook",
    "problem",
    "label",
    "four-stages",
    "promote",
    "before-after",
    "load-once",
    "one-live",
    "empty-staging",
    "archive",
    "numbers",
    "roll-back",
    "real-mlflow",
    "own-command",
    "archive-existing",
    "no-guard",
    "aliases",
    "alias-back",
    "alias-names",
    "tags",
    "takeaways",
];

/// Opens a step, and what there is to do in it.
async fn open_whole(page: &Page, step: &str) -> Outcome {
    page.open(&format!("#/learn/{step}")).await?;
    page.sees(".step-count", "Step").await?;
    // What was chosen once is answered already.
    let asks = page.value("Boolean($('#choose-answer'))").await?;
    if asks == json!(true) {
        choose(page, 0).await?;
    }
    page.until(
        "the step's registry, if it has one",
        "!$('.play') || $('.play-box')",
    )
    .await
}

async fn the_lesson_fits_into_320_pixels(page: Page) -> Outcome {
    page.resize(320, 800).await?;
    for step in STEPS {
        open_whole(&page, step).await?;
        page.fits(step).await?;
    }
    Ok(())
}

async fn axe_in_the_lesson(page: Page) -> Outcome {
    for theme in ["light", "dark"] {
        page.open("#/").await?;
        page.choose("#theme", theme).await?;
        for width in [320, 1280] {
            page.resize(width, 900).await?;
            for step in STEPS {
                open_whole(&page, step).await?;
                finds_nothing(&page, &format!("{step}, {theme}, {width} pixels")).await?;
            }
        }
    }
    Ok(())
}

async fn an_unknown_step_is_said(page: Page) -> Outcome {
    page.open("#/learn/nowhere").await?;
    page.sees("h1", "There is no such step").await?;
    page.press("a.button-link", "Go to the lesson").await?;
    page.sees("h1", "One label decides what your users get")
        .await
}
