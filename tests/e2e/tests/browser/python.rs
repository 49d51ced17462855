//! Real Python in the console: fetched when it is agreed to, run, stopped, tried on a copy, taken back.

use e2e::odd::Wrong;
use e2e::{Failure, Outcome, Page, cases};
use serde_json::json;

use crate::console::{FIELD, answers, open};
use crate::pasted::paste;
use crate::steps::{FRAUD, stands_in};

cases! {
    it_is_fetched_when_it_is_agreed_to,
    arguments_and_environment_reach_the_script,
    a_refusal_in_a_script_has_its_ways_out,
    a_loop_without_end_is_stopped,
    a_dry_run_changes_nothing_until_it_is_done,
    a_change_in_between_ends_the_script,
    without_a_connection_it_can_be_tried_again,
}

const SCRIPT: &str = "import mlflow\nfrom mlflow import MlflowClient\n\nclient = MlflowClient()\n\n\
    def register(name):\n    try:\n        client.create_registered_model(name)\n    except mlflow.exceptions.MlflowException as error:\n        \
    print('there already:', error.error_code)\n\nfor name in ['scripted', 'fraud-detector', 'scripted-too']:\n    register(name)\nprint('end of it')\n";

/// Changes what the page of the model shows.
pub const TAGS: &str = "def tag(key):\n    client.set_registered_model_tag('fraud-detector', key, 'scripted')\n\ntag('one')\ntag('two')\n";

pub const CONTROLS: &str = ".console-entry .console-ways button";

/// Waits for what may take a machine with much to do longer than anything else here: a Python of ten megabytes begins.
pub async fn comes(page: &Page, what: &str, expression: &str, says: &str) -> Outcome {
    let mut last = Err(Failure::from("It was never looked at."));
    for _ in 0..9 {
        last = page.until_with(what, expression, json!([says])).await;
        if last.is_ok() {
            return Ok(());
        }
    }
    last
}

pub async fn says(page: &Page, says: &str) -> Outcome {
    // What was typed says nothing of what came of it.
    let last = "tidy([...$$('.console-entry').at(-1).children].filter((part) => !part.matches('.console-in, .console-read-as'))
        .map((part) => part.innerText).join(' ')).includes(a[0])";
    comes(page, &format!("the answer “{says}”"), last, says).await
}

/// Runs what is pasted.
pub async fn enter(page: &Page, text: &str) -> Outcome {
    paste(page, text).await?;
    page.click(".console-run").await?;
    page.until_with(
        "the text in the log",
        "$('#console-field').value === '' && text($$('.console-in').at(-1)) === tidy(a[0])",
        json!([text]),
    )
    .await
}

/// Runs a text that needs Python, for the first time on this page.
pub async fn first(page: &Page, text: &str) -> Outcome {
    enter(page, text).await?;
    page.press(CONTROLS, "Run it in real Python").await
}

pub async fn models(page: &Page, name: &str, are: usize) -> Outcome {
    page.until_with(
        &format!("{are} steps about {name}"),
        "$$('li.step').filter((step) => text(step).includes(a[0])).length === a[1]",
        json!([name, are]),
    )
    .await
}

async fn it_is_fetched_when_it_is_agreed_to(page: Page) -> Outcome {
    open(&page).await?;
    enter(&page, SCRIPT).await?;
    // What it is needed for, and where that stands.
    answers(&page, "This needs real Python:").await?;
    answers(&page, "def register(name):").await?;
    answers(&page, "Real Python is").await?;
    answers(
        &page,
        "fetched once from this site. Nothing has been done yet.",
    )
    .await?;
    page.press(CONTROLS, "Do not run it").await?;
    answers(&page, "Not run: nothing was done.").await?;
    // Of this page alone: others may run it at the same time. The worker's script counts, too.
    let early = "performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => name.includes('/python')).join(' ')";
    assert_eq!(
        page.string(early).await?,
        "",
        "fetched without being asked for"
    );
    first(&page, SCRIPT).await?;
    says(
        &page,
        "Registered the model scripted. there already: RESOURCE_ALREADY_EXISTS",
    )
    .await?;
    says(&page, "end of it").await?;
    assert_ne!(
        page.string(early).await?,
        "",
        "fetched when it is asked for"
    );
    page.go("#/registry").await?;
    page.sees("main", "scripted-too").await?;
    // It is there now, and asks no more; names last.
    enter(&page, "print([f.__name__ for f in [register]])").await?;
    says(&page, "['register']").await?;
    page.go(FRAUD).await?;
    page.press(CONTROLS, "Undo all 2 steps of this script")
        .await?;
    page.sees(".console-entry", "All 2 steps of the script are undone.")
        .await?;
    page.gone(CONTROLS).await?;
    page.fits("a script that ran").await
}

async fn arguments_and_environment_reach_the_script(page: Page) -> Outcome {
    open(&page).await?;
    page.click(".console-options > summary").await?;
    page.fill("#console-argv", "--stage Staging --name \"fraud-detector\"")
        .await?;
    page.fill("#console-env", "VERSION=5").await?;
    let script = "import argparse, os\nparser = argparse.ArgumentParser()\nparser.add_argument('--stage')\nparser.add_argument('--name')\n\
        args = parser.parse_args()\nclient.transition_model_version_stage(args.name, os.environ['VERSION'], args.stage)\n";
    first(&page, script).await?;
    says(&page, "current_stage='Staging'").await?;
    stands_in(&page, 5, "Staging").await?;
    // The field of the console has the focus, as after anything that is typed.
    page.focused(FIELD).await
}

async fn a_refusal_in_a_script_has_its_ways_out(page: Page) -> Outcome {
    open(&page).await?;
    let script = "def promote():\n    client.transition_model_version_stage('fraud-detector', 5, 'Production')\n\npromote()\n";
    first(&page, script).await?;
    says(&page, "Refused by a rule of this team").await?;
    stands_in(&page, 5, "None").await?;
    page.until(
        "a way out",
        "$$('.console-entry .console-ways button').length > 0",
    )
    .await
}

async fn a_loop_without_end_is_stopped(page: Page) -> Outcome {
    open(&page).await?;
    let script = "client.set_registered_model_tag('fraud-detector', 'looped', 'yes')\nprint('and on')\nwhile True:\n    pass\n";
    first(&page, script).await?;
    says(&page, "and on").await?;
    // The page goes on as ever.
    page.until(
        "a page that answers",
        "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))",
    )
    .await?;
    enter(&page, "show").await?;
    answers(&page, "fraud-detector").await?;
    page.fill(FIELD, "print([n for n in (1, 2)][0]) if True else None")
        .await?;
    page.click(".console-run").await?;
    page.hears("A script is running. Stop it first, or wait for its end.")
        .await?;
    page.press(CONTROLS, "Stop").await?;
    page.sees(".console-entry", "Stopped. What it did so far stays.")
        .await?;
    models(&page, "looped", 1).await?;
    page.press(CONTROLS, "Undo the step of this script").await?;
    models(&page, "looped", 0).await?;
    // The next script has a new Python, which knows nothing of the last.
    page.click(".console-run").await?;
    says(&page, "1").await
}

async fn a_dry_run_changes_nothing_until_it_is_done(page: Page) -> Outcome {
    open(&page).await?;
    enter(&page, TAGS).await?;
    page.press(CONTROLS, "Try it on a copy first").await?;
    says(
        &page,
        "this would do 2 steps. The history would then say: 1. Set the tag one",
    )
    .await?;
    models(&page, "scripted", 0).await?;
    page.press(CONTROLS, "Do not run it").await?;
    answers(&page, "Not run: nothing was done.").await?;
    // Once more by the switch, and done.
    page.click("#console-dry").await?;
    enter(&page, TAGS).await?;
    says(&page, "this would do 2 steps").await?;
    models(&page, "scripted", 0).await?;
    page.press(CONTROLS, "Do it").await?;
    answers(&page, "Done.").await?;
    models(&page, "scripted", 2).await?;
    page.press(CONTROLS, "Undo all 2 steps of this script")
        .await?;
    models(&page, "scripted", 0).await
}

async fn a_change_in_between_ends_the_script(page: Page) -> Outcome {
    open(&page).await?;
    let script = "print('under way')\nfor n in range(1000):\n    client.set_registered_model_tag('fraud-detector', 'n', str(n))\n    \
        sum(range(1_000_000))\n";
    first(&page, script).await?;
    says(&page, "under way").await?;
    page.sees("li.step", "Set the tag n of").await?;
    enter(&page, "undo").await?;
    comes(
        &page,
        "the end of the script",
        "$$('.console-error').some((one) => text(one).includes(a[0]))",
        "The registry was changed by something else while the script ran",
    )
    .await?;
    // What is tried on a copy is done to what it was tried on, or not at all.
    page.click("#console-dry").await?;
    enter(&page, TAGS).await?;
    says(&page, "this would do 2 steps").await?;
    // The history itself is not tried; what was typed stays.
    page.fill(FIELD, "redo").await?;
    page.click(".console-run").await?;
    answers(&page, "redo works on the real history or rules").await?;
    page.click("#console-dry").await?;
    enter(&page, "redo").await?;
    page.press(CONTROLS, "Do it").await?;
    page.sees(
        ".console-error",
        "The registry has changed since this was tried",
    )
    .await?;
    models(&page, "scripted", 0).await
}

async fn without_a_connection_it_can_be_tried_again(page: Page) -> Outcome {
    page.forgive();
    page.leave().await?;
    let folder = format!("python-{}", page.kind());
    let url = page.site().odd().url(&folder, Wrong::Nothing);
    page.driver().goto(format!("{url}{FRAUD}")).await?;
    page.ready().await?;
    page.click("#console-toggle").await?;
    page.focused(FIELD).await?;
    let _ = page.site().odd().url(&folder, Wrong::Cut);
    first(&page, SCRIPT).await?;
    says(
        &page,
        "Real Python could not be fetched: there is no connection now.",
    )
    .await?;
    // The small reader is here all the same.
    enter(&page, "print(1 + 1)").await?;
    let _ = page.site().odd().url(&folder, Wrong::Nothing);
    page.press(CONTROLS, "Try again").await?;
    comes(
        &page,
        "the end of the script",
        "$$('.console-entry').some((one) => text(one).includes(a[0]))",
        "end of it",
    )
    .await
}
