//! What a script in a real Python shares with the console around it: names, runs, the board, room, time.

use e2e::axe::finds_nothing;
use e2e::browser::Kind;
use e2e::{Outcome, Page, cases};
use serde_json::json;

use crate::console::{FIELD, answers, open};
use crate::python::{CONTROLS, TAGS, comes, enter, first, models, says};
use crate::steps::{FRAUD, stands_in};

cases! {
    names_and_runs_are_handed_over,
    its_names_are_names_in_the_console,
    a_dry_run_is_shown_on_the_board,
    a_mixed_text_runs_in_its_order,
    every_form_can_be_tried_on_a_copy,
    it_goes_on_while_the_console_is_hidden,
    it_ends_with_the_small_registry_it_works_on,
    another_registry_is_never_changed,
    too_much_memory_is_refused_and_said,
    axe_around_a_script [only(Kind::Chromium)],
}

/// Counts for ever, and shows it.
const LOOP: &str =
    "n = 0\nwhile True:\n    n += 1\n    if n % 2_000_000 == 0:\n        print('still here')\n";

/// A text that only a real Python knows, and which says when it is done.
const MOVE: &str = "def promote(name, version):\n    client.transition_model_version_stage(name, version, 'Production', archive_existing_versions=True)\n\n\
    promote('fraud-detector', 4)\nmade = client.create_model_version('fraud-detector', 's3://new/model.pkl')\n\
    client.set_registered_model_alias('fraud-detector', 'candidate', made.version)\n\
    client.set_model_version_tag('fraud-detector', 1, 'checked', 'yes')\nclient.delete_model_version('fraud-detector', 2)\n\
    client.create_registered_model('brand-new')\n";

/// The cards of the picture, each with its column and what is said of it.
const PICTURE: &str = "(() => {
    const read = (element) => tidy(element.innerText);
    return $$('.tried').map((board) => read(board.querySelector('figcaption')) + ': ' + [...board.querySelectorAll('.card')]
        .map((card) => read(card.closest('.column').querySelector('.column-head')) + ' ' + read(card)).join(', ')).join('; ');
  })()";

async fn names_and_runs_are_handed_over(page: Page) -> Outcome {
    open(&page).await?;
    for line in [
        "x = 41",
        "same = [1, 2]",
        "other = same",
        "mv = client.get_model_version('fraud-detector', 3)",
        "run = client.create_run('0')",
        "app = get_model(stage='production')",
    ] {
        enter(&page, line).await?;
    }
    answers(&page, "Loads version 3 of fraud-detector").await?;
    let script = "def all():\n    same.append(x + 1)\n    return (other, mv.name, mv.version, app, client.get_run(run.info.run_id).info.run_id)\n\nall()\n";
    first(&page, script).await?;
    says(
        &page,
        "([1, 2, 42], 'fraud-detector', 3, <unknown: the model>, 'run-1')",
    )
    .await?;
    // From now on they are Python's, and so are runs.
    enter(&page, "client.create_run('0').info.run_id").await?;
    says(&page, "'run-2'").await?;
    enter(&page, "print(other)").await?;
    says(&page, "[1, 2, 42]").await?;
    enter(&page, "get_model(stage='staging')").await?;
    says(&page, "Loads version 4 of fraud-detector").await?;
    // Once Python is gone, the small reader is there again, with names of its own, and knows the runs.
    enter(&page, "while True:\n    pass\n").await?;
    page.press(CONTROLS, "Stop").await?;
    page.sees(".console-entry", "Stopped. What it did so far stays.")
        .await?;
    enter(
        &page,
        "run = client.create_run('0')\nprint(run.info.run_id)",
    )
    .await?;
    answers(&page, "run-3").await?;
    enter(&page, "[it for it in [run.info.run_id]]").await?;
    says(&page, "['run-3']").await
}

async fn its_names_are_names_in_the_console(page: Page) -> Outcome {
    open(&page).await?;
    let script = "history = [n for n in range(3)]\nlatest = history[-1]\nprint('made')\n";
    first(&page, script).await?;
    says(&page, "made").await?;
    page.gone(CONTROLS).await?;
    // Elsewhere it is a word of the console's own.
    enter(&page, "history").await?;
    says(&page, "[0, 1, 2]").await?;
    page.fill(FIELD, "print(lat").await?;
    page.sees(".suggestion", "latest").await
}

async fn a_dry_run_is_shown_on_the_board(page: Page) -> Outcome {
    open(&page).await?;
    enter(&page, MOVE).await?;
    page.press(CONTROLS, "Try it on a copy first").await?;
    says(&page, "this would do 6 steps. The history would then say:").await?;
    page.until_with(
        "the board as it would be",
        &format!("{PICTURE} === a[0]"),
        json!(["The board of fraud-detector would look like this: None v6 new @candidate, None v5, Production v4 Staging → Production @challenger, \
            Archived v3 Production → Archived @champion, Archived v2 deleted, Archived v1 changes: tags; A new model: brand-new: "]),
    )
    .await?;
    // Nothing in it can be pressed.
    page.until(
        "a picture",
        "$$('.tried').length === 2 && $$('.tried button, .tried a').length === 0",
    )
    .await?;
    for width in [320, 375, 1440] {
        page.resize(width, 900).await?;
        page.fits(&format!("the board of a dry run, {width}"))
            .await?;
        page.until(
            "each card inside of its column",
            "$$('.tried .card').every((card) => {
               const [one, all] = [card.getBoundingClientRect(), card.closest('.column').getBoundingClientRect()];
               return one.left >= all.left && one.right <= all.right;
             })",
        )
        .await?;
    }
    stands_in(&page, 4, "Staging").await?;
    page.press(CONTROLS, "Do it").await?;
    answers(&page, "Done.").await?;
    page.gone(".tried").await?;
    stands_in(&page, 4, "Production").await?;
    stands_in(&page, 3, "Archived").await?;
    page.press(CONTROLS, "Undo all 6 steps of this script")
        .await?;
    stands_in(&page, 4, "Staging").await
}

async fn a_mixed_text_runs_in_its_order(page: Page) -> Outcome {
    open(&page).await?;
    let script = "word = 'mixed'\nimport argparse\n\
        curl -X POST http://localhost:5000/api/2.0/mlflow/registered-models/set-tag -H 'Content-Type: application/json' -d '{\"name\": \"fraud-detector\", \"key\": \"one\", \"value\": \"mixed\"}'\n\
        !pip install mlflow\n\
        print(word, [tag for tag in client.get_registered_model('fraud-detector').tags if tag == 'one'])\n\
        %sh echo from the shell\n\
        client.set_registered_model_tag('fraud-detector', 'two', word)\n";
    first(&page, script).await?;
    says(&page, "mixed ['one']").await?;
    answers(&page, "Skipped: !pip install mlflow").await?;
    says(&page, "from the shell").await?;
    answers(&page, "Python, shell and REST, command line").await?;
    models(&page, "mixed", 2).await?;
    page.press(CONTROLS, "Undo all 2 steps of this script")
        .await?;
    models(&page, "mixed", 0).await?;
    // What is no Python is found before anything is done.
    let wrong = "mlflow models transition-version --model-name fraud-detector --version 5 --stage staging\ndef broken(:\n    pass\n";
    enter(&page, wrong).await?;
    says(&page, "SyntaxError").await?;
    stands_in(&page, 5, "None").await?;
    // On a copy, each piece sees what those before it would do.
    page.click("#console-dry").await?;
    enter(&page, script).await?;
    says(&page, "mixed ['one']").await?;
    says(&page, "this would do 2 steps").await?;
    models(&page, "mixed", 0).await?;
    page.press(CONTROLS, "Do it").await?;
    models(&page, "mixed", 2).await
}

async fn every_form_can_be_tried_on_a_copy(page: Page) -> Outcome {
    open(&page).await?;
    page.click("#console-dry").await?;
    page.sees(".console-run", "Try on a copy").await?;
    let tag = "curl -X POST http://localhost:5000/api/2.0/mlflow/registered-models/set-tag -H 'Content-Type: application/json' -d '{\"name\": \"fraud-detector\", \"key\": \"one\", \"value\": \"tried\"}'";
    enter(&page, tag).await?;
    says(&page, "this would do 1 step").await?;
    models(&page, "tried", 0).await?;
    page.press(CONTROLS, "Do it").await?;
    models(&page, "tried", 1).await?;
    // What the team refuses is said, and can be tried under MLflow's rules.
    let live = "mlflow models transition-version --model-name fraud-detector --version 4 --stage production";
    enter(&page, live).await?;
    says(&page, "Under this team's rules, this would change nothing.").await?;
    stands_in(&page, 4, "Staging").await?;
    // MLflow has no such command; it has this request.
    page.until(
        "no other rules to try",
        "!find('.console-ways button', 'Switch')",
    )
    .await?;
    enter(&page, &live_request()).await?;
    says(&page, "1 call was refused by a rule of this team.").await?;
    page.press(CONTROLS, "Switch to plain MLflow and try again")
        .await?;
    says(&page, "Under plain MLflow rules, this would do 1 step.").await?;
    says(&page, "fraud-detector would have 3, 4 in Production.").await?;
    stands_in(&page, 4, "Staging").await?;
    page.press(CONTROLS, "Do it").await?;
    stands_in(&page, 4, "Production").await?;
    // What works on the history is not tried, and stays in the field.
    page.fill(FIELD, "undo").await?;
    page.click(".console-run").await?;
    answers(&page, "undo works on the real history or rules").await?;
    stands_in(&page, 4, "Production").await
}

/// Version 4 into Production, beside what is there.
fn live_request() -> String {
    let address = "http://localhost:5000/api/2.0/mlflow/model-versions/transition-stage";
    let body = r#"{"name": "fraud-detector", "version": "4", "stage": "Production"}"#;
    format!("curl -X POST {address} -H 'Content-Type: application/json' -d '{body}'")
}

async fn it_goes_on_while_the_console_is_hidden(page: Page) -> Outcome {
    open(&page).await?;
    let script = "print('begun')\nfor n in range(8):\n    sum(range(3_000_000))\n    client.set_registered_model_tag('fraud-detector', 'round', f'round-{n}')\nprint('the end')\n";
    first(&page, script).await?;
    says(&page, "begun").await?;
    page.click("#console-toggle").await?;
    page.gone(FIELD).await?;
    page.sees("li.step", "round-1").await?;
    // Another page without a console, and back.
    page.go("#/learn/one-live").await?;
    page.gone(".drawer").await?;
    page.go(FRAUD).await?;
    page.sees("li.step", "round-7").await?;
    page.click("#console-toggle").await?;
    page.focused(FIELD).await?;
    says(&page, "the end").await?;
    page.press(CONTROLS, "Undo all 8 steps of this script")
        .await
}

async fn it_ends_with_the_small_registry_it_works_on(page: Page) -> Outcome {
    const STEP_FIELD: &str = "#play-console-field";
    const STOPPED: &str =
        "The script in the console was stopped, because you left the page with its small registry.";
    page.open("#/learn/four-stages").await?;
    page.click(".play-console > summary").await?;
    page.find(STEP_FIELD, None).await?;
    page.js(
        "const field = $(a[0]);
         field.value = a[1];
         field.dispatchEvent(new Event('input', { bubbles: true }));",
        json!([STEP_FIELD, LOOP]),
    )
    .await?;
    page.click(".play-console .console-run").await?;
    page.press(CONTROLS, "Run it in real Python").await?;
    comes(
        &page,
        "a script that runs",
        "$$('.console-out').some((one) => text(one).includes(a[0]))",
        "still here",
    )
    .await?;
    page.go("#/learn/one-live").await?;
    page.hears(STOPPED).await?;
    page.go("#/learn/four-stages").await?;
    page.click(".play-console > summary").await?;
    page.sees("#play-console-log", STOPPED).await?;
    page.fill(STEP_FIELD, "print('on')").await?;
    page.click(".play-console .console-run").await?;
    page.sees("#play-console-log .console-out", "on").await
}

/// Undo and another step lead to the same number of steps, but not to the same registry.
async fn another_registry_is_never_changed(page: Page) -> Outcome {
    open(&page).await?;
    let script = "client.set_registered_model_tag('fraud-detector', 'n', 'first')\nprint('under way')\nfor n in range(1000):\n    sum(range(30_000_000))\n    \
        client.set_registered_model_tag('fraud-detector', 'n', 'later')\n";
    first(&page, script).await?;
    says(&page, "under way").await?;
    enter(&page, "undo\nmlflow models transition-version --model-name fraud-detector --version 5 --stage staging").await?;
    stands_in(&page, 5, "Staging").await?;
    comes(
        &page,
        "the end of the script",
        "$$('.console-error').some((one) => text(one).includes(a[0]))",
        "The registry was changed by something else while the script ran",
    )
    .await?;
    models(&page, "later", 0).await
}

async fn too_much_memory_is_refused_and_said(page: Page) -> Outcome {
    const NO_ROOM: &str = "Python may use 512 MB here, and the script needs more.";
    open(&page).await?;
    first(&page, "kept = 'a' * 10**9 if True else None\n").await?;
    says(&page, "MemoryError").await?;
    answers(&page, NO_ROOM).await?;
    enter(&page, "huge = 'a' * 10**10 if True else None\n").await?;
    says(&page, "OverflowError").await?;
    enter(
        &page,
        "client.set_registered_model_tag('fraud-detector', 'grown', 'yes')\nall = []\nwhile True:\n    all.append('x' * 8_000_000)\n",
    )
    .await?;
    says(&page, NO_ROOM).await?;
    // What it did stays, the page goes on, and the next script has room.
    models(&page, "grown", 1).await?;
    page.press(CONTROLS, "Undo the step of this script").await?;
    models(&page, "grown", 0).await?;
    enter(&page, "len('a' * 10**8)").await?;
    says(&page, "100000000").await
}

async fn axe_around_a_script(page: Page) -> Outcome {
    open(&page).await?;
    page.click(".console-options > summary").await?;
    enter(&page, MOVE).await?;
    page.sees(CONTROLS, "Run it in real Python").await?;
    finds_nothing(&page, "an offer").await?;
    page.press(CONTROLS, "Try it on a copy first").await?;
    finds_nothing(&page, "a Python on its way").await?;
    says(&page, "this would do 6 steps. The history would then say:").await?;
    for width in [375, 1280] {
        page.resize(width, 900).await?;
        finds_nothing(&page, &format!("a dry run, {width}")).await?;
    }
    page.press(CONTROLS, "Do not run it").await?;
    enter(&page, "def f():\n    return 1 / 0\n\nf()\n").await?;
    says(&page, "ZeroDivisionError").await?;
    finds_nothing(&page, "a traceback").await?;
    enter(&page, LOOP).await?;
    says(&page, "still here").await?;
    finds_nothing(&page, "a script that runs").await?;
    page.press(CONTROLS, "Stop").await?;
    page.sees(".console-entry", "Stopped.").await?;
    enter(&page, TAGS).await?;
    says(&page, "Set the tag two").await?;
    finds_nothing(&page, "a script that has run").await?;
    page.press(CONTROLS, "Undo all 2 steps of this script")
        .await?;
    Ok(())
}
