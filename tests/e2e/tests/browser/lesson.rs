//! The lesson: from the hook to the takeaways, step by step.

use e2e::browser::Kind;
use e2e::{Outcome, Page, cases};
use serde_json::json;
use thirtyfour::Key;

use crate::steps::{FRAUD, in_menu, own, stands_in, transition, worked_in_own};

cases! {
    from_the_hook_to_the_takeaways,
    a_wrong_answer_leaves_the_step_open,
    an_app_loads_once,
    what_serves_is_what_the_app_asks_for,
    what_tutorials_say,
    the_place_is_kept_over_a_reload,
    a_step_is_as_it_was_left_after_a_reload,
    a_step_by_keyboard_alone,
    payments_are_scored_one_by_one,
    a_pinned_file_stays_when_a_stage_moves,
    payments_stay_still_where_less_motion_is_wanted [only(Kind::Chromium)],
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

/// A step: its id, its title, the option that is right where there is one, and how many lines are to be run.
pub type Step = (&'static str, &'static str, Option<usize>, usize);

pub const LESSON: [Step; 21] = [
    ("hook", "One label decides what your users get", Some(1), 0),
    ("problem", "Three files and one app", Some(2), 1),
    ("label", "A label instead of a guess", Some(1), 0),
    ("four-stages", "Four stages", None, 0),
    ("promote", "Production: the model for real use", Some(1), 0),
    ("before-after", "The code before and after", None, 3),
    ("load-once", "When does an app notice a move?", Some(1), 5),
    ("one-live", "One version in Production, and why", Some(2), 0),
    ("empty-staging", "The testers have an app, too", Some(2), 3),
    ("archive", "What Archived means", Some(1), 3),
    ("numbers", "Deleted versions and their numbers", Some(1), 3),
    ("roll-back", "When the new version fails", Some(1), 0),
    ("real-mlflow", "What plain MLflow allows", Some(2), 0),
    (
        "own-command",
        "A command that MLflow does not have",
        Some(1),
        2,
    ),
    (
        "archive-existing",
        "What archive_existing_versions moves",
        Some(1),
        1,
    ),
    ("no-guard", "What MLflow will not do for you", Some(2), 2),
    ("aliases", "Aliases: names of your own", Some(0), 0),
    ("alias-back", "Rollback with an alias", Some(0), 2),
    (
        "alias-names",
        "Several aliases, and reserved names",
        None,
        5,
    ),
    ("tags", "Tags: what the tests have said", Some(0), 1),
    ("takeaways", "In short", None, 0),
];

/// What lines come to: the step, the line, and words of it.
const CAME_TO: [(&str, usize, &str); 6] = [
    ("problem", 1, "loads version 3"),
    ("load-once", 5, "loads version 1"),
    ("empty-staging", 3, "loads version 3"),
    ("archive", 1, "loads version 1"),
    ("numbers", 2, "not found"),
    ("numbers", 3, "version 4"),
];

/// Does by hand what a step asks for.
async fn by_hand(page: &Page, step: &str) -> Outcome {
    match step {
        "four-stages" => transition(page, 1, "Test", "Staging").await,
        "promote" => transition(page, 1, "Promote", "Production").await,
        "one-live" => {
            page.press("[data-card='2'] .card-move", "Promote").await?;
            page.sees(".refused-move .refusal", "One version in Production")
                .await?;
            page.click(".refused-move .refusal-ways li:first-child button")
                .await?;
            page.gone(".refused-move").await?;
            stands_in(page, 2, "Production").await?;
            stands_in(page, 1, "Archived").await
        }
        "roll-back" => {
            page.press("[data-card='2'] .card-move", "Roll back")
                .await?;
            page.click(".refused-move .refusal-ways li:first-child button")
                .await?;
            page.gone(".refused-move").await?;
            stands_in(page, 2, "Production").await
        }
        "real-mlflow" => {
            in_menu(page, 1, "Move to Production").await?;
            stands_in(page, 1, "Production").await?;
            let behind = "v1 is in Production, but an app that asks for Production still gets v2: it has the higher number.";
            page.sees(".said-line", behind).await?;
            page.sees(".scene-side", "The highest number serves: version 2.")
                .await
        }
        "aliases" => page.press(".alias-panel button", "Make v5 @champion").await,
        _ => Ok(()),
    }
}

async fn from_the_hook_to_the_takeaways(page: Page) -> Outcome {
    let before = worked_in_own(&page).await?;
    page.open("#/learn").await?;
    page.sees("h1", "One label decides what your users get")
        .await?;
    page.click("#choose-answer").await?;
    page.sees("[role=alert]", "Choose one of them first")
        .await?;
    for (at, (step, title, right, lines)) in LESSON.into_iter().enumerate() {
        page.sees("h1", title).await?;
        if let Some(right) = right {
            choose(&page, right).await?;
        }
        run_lines(&page, lines).await?;
        for (_, line, words) in CAME_TO.iter().filter(|(of, ..)| *of == step) {
            let result = format!(".code-line:nth-child({line}) .code-result");
            page.sees(&result, words).await?;
        }
        by_hand(&page, step).await?;
        if lines > 0 || step == "promote" {
            is_done(&page).await?;
        }
        if let Some((_, title, ..)) = LESSON.get(at + 1) {
            page.until_with(
                &format!("{step}, done"),
                "$$('.steps a.done').length === a[0]",
                json!([at + 1]),
            )
            .await?;
            next(&page, title).await?;
        }
    }
    page.sees(".takeaways", "Archived is not deleted").await?;
    page.until(
        "every step marked as done",
        "$$('.steps a').every((step) => step.matches('.done'))",
    )
    .await?;
    page.sees(".ends", "You have done every step.").await?;
    page.press(".ways a", "To the practice questions").await?;
    page.sees("h1", "Practice").await?;
    page.open("#/learn/takeaways").await?;
    page.press(".ends a", "Five things tutorials say about stages")
        .await?;
    page.sees("h1", "Five things tutorials say about MLflow stages")
        .await?;
    // Nothing of all this has touched the learner's own registry.
    assert_eq!(own(&page).await?, before);
    page.open(FRAUD).await?;
    stands_in(&page, 5, "Staging").await?;
    assert_eq!(own(&page).await?, before);
    Ok(())
}

/// A wrong answer does not turn a step green, and another answer does.
async fn a_wrong_answer_leaves_the_step_open(page: Page) -> Outcome {
    page.open("#/learn/label").await?;
    choose(&page, 0).await?;
    page.sees(".choice[data-chosen] .choice-why", "No.").await?;
    page.until("an open step", "$$('.steps a.done').length === 0")
        .await?;
    // The reasons of the others are folded.
    page.until("one reason", "$$('.choice-why').filter(shown).length === 1")
        .await?;
    page.click(".choice-others > summary").await?;
    page.until(
        "all reasons",
        "$$('.choice-why').filter(shown).length === 3",
    )
    .await?;
    page.click("#choose-again").await?;
    choose(&page, 1).await?;
    page.until("a step that is done", "$$('.steps a.done').length === 1")
        .await
}

/// What is loaded stays loaded: moving the label changes what the next load gets.
async fn an_app_loads_once(page: Page) -> Outcome {
    page.open("#/learn/load-once").await?;
    choose(&page, 1).await?;
    page.sees(".traffic-gets", "v1").await?;
    page.press("[data-card='1'] .card-move", "Archive").await?;
    stands_in(&page, 1, "Archived").await?;
    page.sees(".traffic-gets", "v1").await?;
    page.click(".traffic-reload").await?;
    page.sees(".traffic-gets", "no model").await?;
    page.click(".traffic-step").await?;
    page.sees(".payment.none", "no model").await?;
    // A line that loads, and finds nothing, leaves the app without a model, too.
    page.press(".resets", "Start over").await?;
    page.sees(".traffic-gets", "v1").await?;
    page.gone(".payment").await?;
    run_lines(&page, 2).await?;
    page.sees(".traffic-gets", "v1").await?;
    page.click(".code-line:nth-child(3) button").await?;
    page.sees(".traffic-gets", "no model").await
}

/// An app that asks for an alias gets the version that it names; the stage of that says nothing.
async fn what_serves_is_what_the_app_asks_for(page: Page) -> Outcome {
    let serves = async |version: u32| {
        page.until_with(
            &format!("version {version} alone serves"),
            "$$('.serves').map((one) => one.closest('[data-card]').dataset.card).join() === String(a[0])",
            json!([version]),
        )
        .await
    };
    page.open("#/learn/aliases").await?;
    choose(&page, 0).await?;
    serves(2).await?;
    by_hand(&page, "aliases").await?;
    serves(5).await?;
    stands_in(&page, 5, "Staging").await?;
    // An app that names a file gets that, and only code with a stage follows the label.
    page.open("#/learn/before-after").await?;
    serves(3).await?;
    run_lines(&page, 2).await?;
    serves(1).await
}

/// Each claim of the tutorials is run, and then it is said what is so.
async fn what_tutorials_say(page: Page) -> Outcome {
    page.open("#/tutorials").await?;
    page.sees("h1", "Five things tutorials say about MLflow stages")
        .await?;
    page.until(
        "nothing said before",
        "$$('.claim').length === 5 && $$('.claim-truth').every((truth) => text(truth) === '')",
    )
    .await?;
    page.js(
        "for (const line of $$('.claim .code-line')) line.querySelector('button').click()",
        json!([]),
    )
    .await?;
    page.until(
        "what is so",
        "$$('.claim-truth').every((truth) => text(truth) !== '')",
    )
    .await?;
    page.sees(".claim", "There is no such command").await?;
    page.sees(".claim", "current_stage='Archived'").await?;
    for width in [320, 1280] {
        page.resize(width, 900).await?;
        page.fits(&format!("what tutorials say, {width}")).await?;
    }
    Ok(())
}

async fn the_place_is_kept_over_a_reload(page: Page) -> Outcome {
    page.open("#/learn/archive").await?;
    page.sees("h1", "What Archived means").await?;
    choose(&page, 1).await?;
    page.open("#/learn").await?;
    page.sees("h1", "What Archived means").await?;
    page.reload().await?;
    page.sees("h1", "What Archived means").await?;
    // The start page leads there, too.
    page.open("#/").await?;
    page.sees(".door.main", "Go on: step 10 – What Archived means")
        .await?;
    page.click(".door.main").await?;
    page.sees("h1", "What Archived means").await
}

async fn a_step_is_as_it_was_left_after_a_reload(page: Page) -> Outcome {
    page.open("#/learn/problem").await?;
    page.gone(".goal").await?;
    choose(&page, 2).await?;
    page.sees(".goal", "To do:").await?;
    page.reload().await?;
    let is_chosen = |option: usize| {
        let input = format!("$('#choice-{option}')");
        format!(
            "{input}.checked && {input}.disabled && $$('.choice[data-chosen] .choice-why').length === 1"
        )
    };
    page.until("the choice", &is_chosen(2)).await?;
    page.sees(".goal", "To do:").await?;
    page.gone("#choose-answer").await?;
    page.gone(".after").await?;
    // It can be chosen anew; the later choice counts.
    page.click("#choose-again").await?;
    page.focused("#choice-0").await?;
    page.gone(".goal").await?;
    choose(&page, 1).await?;
    page.reload().await?;
    page.until("the later choice", &is_chosen(1)).await?;
    run_lines(&page, 1).await?;
    is_done(&page).await?;
    // What it has come to is said in the place of what was to be done.
    page.sees(".goal", "Done: The app has loaded v3.").await?;
    page.reload().await?;
    page.until("the choice once more", &is_chosen(1)).await?;
    is_done(&page).await?;
    // The registry of the step is as at its start.
    page.sees(".goal", "Done before. To do it again: The team chose")
        .await?;
    page.find("#next-step", Some("Continue: A label instead of a guess"))
        .await?;
    page.open("#/learn/takeaways").await?;
    // What is open comes back at the end, each a way to its step.
    page.sees(".ends", "Steps that are not done yet:").await?;
    page.until(
        "the open steps",
        "$$('.unfinished a').map(text).join() === '1,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20'",
    )
    .await?;
    page.press(".unfinished a", "3").await?;
    page.sees("h1", "A label instead of a guess").await
}

async fn a_step_by_keyboard_alone(page: Page) -> Outcome {
    page.open("#/learn/label").await?;
    page.sees("h1", "A label instead of a guess").await?;
    page.js("document.getElementById('choice-0').focus()", json!([]))
        .await?;
    page.keys(Key::Enter).await?;
    page.sees("[role=alert]", "Choose one of them first")
        .await?;
    page.focused("#choice-0").await?;
    page.keys(Key::Down).await?;
    page.keys(Key::Enter).await?;
    page.sees(".choice[data-chosen][data-right=true]", "Right.")
        .await?;
    page.hears("Right. People set the label on purpose. The app follows their decision.")
        .await?;
    // Nothing is left to do: Enter goes on, and from a heading it presses what leads on.
    page.focused("#next-step").await?;
    page.keys(Key::Enter).await?;
    page.sees("h1", "Four stages").await?;
    page.go("#/learn/label").await?;
    page.focused("#page-title").await?;
    page.keys(Key::Enter).await?;
    page.sees("h1", "Four stages").await
}

async fn payments_are_scored_one_by_one(page: Page) -> Outcome {
    page.open("#/registry/fraud-detector").await?;
    page.sees(".scene-payments", "No payment yet").await?;
    for count in 1..=5 {
        page.click(".traffic-step").await?;
        page.until_with(
            "that many payments",
            "$$('.payment').length === a[0]",
            json!([count]),
        )
        .await?;
    }
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
    page.sees(".traffic-gets", "v3").await?;
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
    page.sees(".payments", "v3").await?;
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
    page.sees(".scene-payments", "No payment yet").await?;
    page.click(".traffic-step").await?;
    page.until("one payment", "$$('.payment').length === 1")
        .await?;
    let usual = json!({"features": []});
    page.browser()
        .cdp("Emulation.setEmulatedMedia", usual)
        .await?;
    Ok(())
}

async fn an_unknown_step_is_said(page: Page) -> Outcome {
    // The host is asked for it, and has it not.
    page.forgive();
    page.open("#/learn/nowhere").await?;
    page.sees("h1", "There is no such step").await?;
    page.press("a.button-link", "Go to the lesson").await?;
    page.sees("h1", "One label decides what your users get")
        .await
}
