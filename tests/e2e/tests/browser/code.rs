//! Code for everything: what is done as code, exports, copies of versions, and a real registry taken in.

use e2e::axe::finds_nothing;
use e2e::browser::Kind;
use e2e::{Failure, Outcome, Page, cases};
use serde_json::json;

use crate::lesson::choose;
use crate::steps::{FRAUD, ask, stands_in, submit, transition, unfold};

cases! {
    a_move_is_shown_as_code_before_it_is_made,
    a_step_of_the_history_is_shown_as_code,
    the_server_in_the_code_can_be_set,
    the_history_is_exported,
    a_registry_is_taken_in,
    what_is_no_registry_is_refused,
    what_of_a_registry_is_left_out_has_its_place,
    a_file_that_is_too_long_says_how_long,
    a_version_is_copied_to_another_model,
    lines_of_the_lesson_are_run_and_copied,
    the_code_of_a_question_is_run_after_the_answer,
    all_code_is_copied_and_run,
    an_address_is_asked_as_things_stand,
    the_last_step_is_shown_as_code,
    code_fits_into_320_pixels,
    axe_with_code [only(Kind::Chromium)],
}

const CODE: &str = ".code-lens-code pre";

async fn a_move_is_shown_as_code_before_it_is_made(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    ask(&page, 5, "Submit for testing").await?;
    page.click("dialog .code-lens summary").await?;
    page.sees(CODE, "client.transition_model_version_stage(")
        .await?;
    page.sees("dialog .code-lens", "deprecated since 2.9.0")
        .await?;
    page.press("dialog .code-lens label", "aliases and tags")
        .await?;
    page.sees(CODE, "client.set_registered_model_alias(")
        .await?;
    page.sees(CODE, "challenger").await?;
    page.press("dialog .code-lens label", "curl").await?;
    page.sees(CODE, "/api/2.0/mlflow/registered-models/alias")
        .await?;
    page.press(
        "dialog .code-lens label",
        "This page's own command (not in MLflow)",
    )
    .await?;
    page.sees(
        CODE,
        "mlflow models transition-version --model-name fraud-detector --version 5 --stage staging",
    )
    .await?;
    page.sees("dialog .code-lens", "not in MLflow").await
}

async fn a_step_of_the_history_is_shown_as_code(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    transition(&page, 5, "Submit for testing", "Staging").await?;
    page.click("li.step .code-lens summary").await?;
    page.until(
        "the code of the newest step",
        "text($('li.step pre')).includes('version=\"5\"')",
    )
    .await?;
    page.js(
        "Object.defineProperty(navigator, 'clipboard', { value: { writeText: async (text) => { window.__copied = text } } })",
        json!([]),
    )
    .await?;
    page.press("li.step .code-lens button", "Copy").await?;
    page.hears("Copied.").await?;
    page.until(
        "the code, copied",
        "window.__copied.startsWith('client.transition_model_version_stage(')",
    )
    .await
}

async fn the_server_in_the_code_can_be_set(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    page.click("li.step .code-lens summary").await?;
    page.press("li.step .code-lens label", "curl").await?;
    page.sees(CODE, "http://localhost:5000/api/").await?;
    let field = "li.step .code-lens input[inputmode=url]";
    page.fill(field, "ftp://x").await?;
    page.sees("li.step .field-error", "http://").await?;
    page.sees(CODE, "http://localhost:5000/api/").await?;
    page.fill(field, "https://mlflow.example.org").await?;
    page.sees(CODE, "https://mlflow.example.org/api/").await?;
    // It is remembered.
    page.click("h1").await?;
    page.reload().await?;
    page.click("#export").await?;
    page.sees("#export-code", "https://mlflow.example.org")
        .await
}

async fn the_history_is_exported(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    page.click("#export").await?;
    page.sees("#export-code", "from mlflow import MlflowClient")
        .await?;
    page.sees("#export-code", "client.create_registered_model(")
        .await?;
    page.press("dialog label", "curl script").await?;
    page.sees("#export-code", "#!/bin/sh").await?;
    page.press("dialog label", "Notebook").await?;
    page.until(
        "a notebook",
        "JSON.parse($('#export-code').textContent).nbformat === 4",
    )
    .await?;
    page.press("dialog label", "Python script").await?;
    page.press("dialog label", "some").await?;
    page.fill("#export-from", "24").await?;
    page.until(
        "one step",
        "!$('#export-code').textContent.includes('Step 23') && $('#export-code').textContent.includes('Step 24')",
    )
    .await?;
    page.fill("#export-from", "25").await?;
    page.sees("#export-wrong", "Choose steps from 1 to 24.")
        .await?;
    page.until(
        "nothing to download",
        "find('dialog button', null) && $$('dialog button').find((one) => text(one) === 'Download').disabled",
    )
    .await
}

/// What a server answers, both questions one after the other.
const SERVER: &str = r#"{"registered_models":[{"name":"pricing","creation_timestamp":1700000000000,"last_updated_timestamp":1700000001000,"latest_versions":[],"aliases":[{"alias":"champion","version":"2"}]}]}
{"model_versions":[{"name":"pricing","version":"2","creation_timestamp":1700000000500,"last_updated_timestamp":1700000001000,"current_stage":"Production","source":"s3://b/2","status":"READY","tags":[{"key":"team","value":"<b>x</b>"}]},{"name":"pricing","version":"1","creation_timestamp":1700000000100,"last_updated_timestamp":1700000000100,"current_stage":"Archived","source":"s3://b/1","status":"READY"},{"name":"pricing","version":"3","creation_timestamp":1700000000100,"last_updated_timestamp":1700000000100,"current_stage":"None","source":"s3://b/3","status":"FAILED_REGISTRATION"}]}"#;

async fn put(page: &Page, text: &str) -> Outcome {
    page.find("#take-in-text", None).await?;
    page.js(
        "const field = $('#take-in-text'); field.value = a[0]; field.dispatchEvent(new Event('input', { bubbles: true }));",
        json!([text]),
    )
    .await?;
    Ok(())
}

async fn a_registry_is_taken_in(page: Page) -> Outcome {
    page.open("#/registry").await?;
    page.choose_in_menu("Import from MLflow…").await?;
    put(&page, SERVER).await?;
    page.sees("#take-in-preview", "1 model").await?;
    page.sees("#take-in-preview", "2 versions").await?;
    page.sees("#take-in-preview", "@champion → v2").await?;
    page.sees("#take-in-preview", "What will be left out")
        .await?;
    page.sees("#take-in-preview", "FAILED_REGISTRATION").await?;
    page.fill("#take-in-name", "Our server").await?;
    page.press("dialog button", "Import").await?;
    page.gone("dialog[open]").await?;
    page.sees("main", "pricing").await?;
    page.until(
        "its own workspace, under plain MLflow rules",
        "text('#workspace option:checked') === 'Our server' && $('#rules-mlflow').checked",
    )
    .await?;
    page.sees("li.step", "Imported the models of another registry.")
        .await?;
    // It can be taken back and done again, and is kept.
    page.click("#undo").await?;
    page.sees("main", "No model here yet").await?;
    page.click("#redo").await?;
    page.sees("main", "pricing").await?;
    page.reload().await?;
    page.sees("main", "pricing").await?;
    // The learner's own is as it was.
    page.choose("#workspace", "own").await?;
    page.hears("Your own registry is open now.").await?;
    page.sees("main", "fraud-detector").await?;
    let other = page
        .string("$$('#workspace option').find((one) => one.value !== 'own').value")
        .await?;
    page.choose("#workspace", &other).await?;
    page.sees("main", "pricing").await?;
    page.choose_in_menu("Delete this registry…").await?;
    page.press("dialog button", "Delete this registry").await?;
    page.sees("main", "fraud-detector").await?;
    page.gone("#workspace").await
}

async fn what_is_no_registry_is_refused(page: Page) -> Outcome {
    page.open("#/registry").await?;
    page.choose_in_menu("Import from MLflow…").await?;
    for text in ["{\"registered_models\": [", "[]", "hello"] {
        put(&page, text).await?;
        page.until(
            "a reason, and nothing to take in",
            "text('#take-in-wrong') !== '' && $$('dialog button').find((one) => text(one) === 'Import').disabled",
        )
        .await?;
    }
    page.press("dialog button", "Cancel").await?;
    page.gone("dialog[open]").await?;
    page.sees("main", "fraud-detector").await
}

const NO_TAKING: &str = "$$('dialog button').find((one) => text(one) === 'Import').disabled";

async fn what_of_a_registry_is_left_out_has_its_place(page: Page) -> Outcome {
    page.open("#/registry").await?;
    page.choose_in_menu("Import from MLflow…").await?;
    // Nothing of this can come in: each reason stands there.
    put(
        &page,
        r#"{"model_versions": [{"name": "m", "version": "latest"}, {"name": "a/b", "version": 1}]}"#,
    )
    .await?;
    page.sees("#take-in-wrong", "None of this can be imported")
        .await?;
    page.sees("#take-in-preview", "model_versions[0]").await?;
    page.sees("#take-in-preview", "and “latest” is not").await?;
    page.sees("#take-in-preview", "model_versions[1]").await?;
    page.until("nothing to take in", NO_TAKING).await?;
    // What Python prints.
    put(
        &page,
        "[<ModelVersion: aliases=['best'], creation_timestamp=1700000000000, current_stage='Production', \
         last_updated_timestamp='2024-06-05 01:54', name='pricing', tags={'it\\'s': \"x\"}, version=2>,\n \
         <ModelVersion: current_stage='Canary', name='pricing', version=3>]",
    )
    .await?;
    page.sees("#take-in-preview", "1 model").await?;
    page.sees("#take-in-preview", "@best → v2").await?;
    page.sees("#take-in-preview", "read as UTC").await?;
    page.sees("#take-in-preview", "[1]").await?;
    page.sees("#take-in-preview", "Invalid Model Version stage: Canary")
        .await?;
    page.press("dialog button", "Import").await?;
    page.gone("dialog[open]").await?;
    page.sees("main", "pricing").await
}

async fn a_file_that_is_too_long_says_how_long(page: Page) -> Outcome {
    page.open("#/registry").await?;
    page.choose_in_menu("Import from MLflow…").await?;
    page.find("#take-in-file", None).await?;
    page.js(
        "const field = $('#take-in-file'), files = new DataTransfer();
         files.items.add(new File(['x'.repeat(10000000)], 'models.json'));
         field.files = files.files; field.dispatchEvent(new Event('change', { bubbles: true }));",
        json!([]),
    )
    .await?;
    page.sees("#take-in-wrong", "10,000,000 bytes").await?;
    page.until("nothing to take in", NO_TAKING).await
}

async fn a_version_is_copied_to_another_model(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    page.press(".version-panel button", "Copy version 3 to another model…")
        .await?;
    page.fill("#copy-to", "prod.fraud-detector").await?;
    page.sees("dialog", "prod.fraud-detector is registered")
        .await?;
    page.click("dialog .code-lens summary").await?;
    page.sees(CODE, "client.copy_model_version(").await?;
    submit(&page, "Copy the version").await?;
    page.sees("h1", "prod.fraud-detector").await?;
    stands_in(&page, 1, "None").await?;
    page.sees("main", "models:/fraud-detector/3").await
}

async fn lines_of_the_lesson_are_run_and_copied(page: Page) -> Outcome {
    page.open("#/learn/before-after").await?;
    page.until(
        "a button to run and one to copy for every line",
        "$$('.code-line').length === 3 && $$('.code-line').every((line) =>
            [...line.querySelectorAll('button')].map((one) => text(one)).join() === 'Run,Copy')",
    )
    .await
}

async fn the_code_of_a_question_is_run_after_the_answer(page: Page) -> Outcome {
    page.open("#/practice/archived-call").await?;
    page.find(".code-box", None).await?;
    page.until(
        "nothing that gives the answer away",
        "!$$('.code-box button').some((one) => text(one) === 'Run it')",
    )
    .await?;
    page.click("label[for=option-0]").await?;
    page.click("#answer").await?;
    page.press(".code-box button", "Run it").await?;
    page.sees(".code-box .run-result .stage-archived", "v2")
        .await
}

/// Code that has no button to copy it: nothing, if all is well.
const WITHOUT_COPY: &str = "[...document.querySelectorAll('main pre:not(.console pre), main .option-code, main .code-line-head code')]
    .filter((code) => ![...(code.closest('.code-box, .code-line, .choice, .ordering li, .code-lens-code') ?? code)
        .querySelectorAll('button')].some((one) => text(one) === 'Copy')).map(text)";

/// Code in a box that a console can read, but that cannot be run although there is a registry to run it on.
const WITHOUT_RUN: &str =
    "$$('main .code-box').filter((box) => $('main .mini') && !/^\\d/.test(text(box)) &&
    ![...box.querySelectorAll('button')].some((one) => text(one) === 'Run it')).map(text)";

/// Every step of the lesson and every question, before it is answered and after.
async fn all_code_is_copied_and_run(page: Page) -> Outcome {
    page.open("#/learn/before-after").await?;
    let links = "[...new Set($$('a[href^=\"#/learn/\"]').map((one) => one.getAttribute('href')))]";
    page.until("the steps", &format!("{links}.length >= 12"))
        .await?;
    let steps = page.value(links).await?;
    let mut asked = 0;
    for step in steps.as_array().into_iter().flatten() {
        let step = step.as_str().unwrap_or_default();
        page.go(step).await?;
        page.until(
            &format!("a button to copy for all code of {step}"),
            &format!("$('main h1') && {WITHOUT_COPY}.length === 0"),
        )
        .await?;
        // What stands behind the question of a step, and all that can be run there.
        if page.value("$('#choose-answer') !== null").await? == json!(true) {
            choose(&page, 0).await?;
            asked += 1;
            page.until("what comes after it", "$('main h1') && !$('main .awaited')")
                .await?;
        }
        page.until(
            &format!("a button to copy and one to run for all code of {step} after its question"),
            &format!("{WITHOUT_COPY}.length === 0 && {WITHOUT_RUN}.length === 0"),
        )
        .await?;
    }
    if asked < 6 {
        return Err(Failure::new(format!("only {asked} steps have asked")));
    }
    page.go("#/practice").await?;
    let links =
        "[...new Set($$('main a[href^=\"#/practice/\"]').map((one) => one.getAttribute('href')))]";
    page.until("the questions", &format!("{links}.length >= 40"))
        .await?;
    let questions = page.value(links).await?;
    for question in questions.as_array().into_iter().flatten() {
        let question = question.as_str().unwrap_or_default();
        page.go(question).await?;
        page.find("#answer", None).await?;
        page.until(
            &format!("a button to copy for all code of {question}"),
            &format!("{WITHOUT_COPY}.length === 0"),
        )
        .await?;
        page.press("main button", "Show the solution").await?;
        page.find("#feedback-title", None).await?;
        page.until(
            &format!("buttons to copy and to run for all code of {question}"),
            &format!("{WITHOUT_COPY}.length === 0 && {WITHOUT_RUN}.length === 0"),
        )
        .await?;
    }
    // What was put in order is a script afterwards, one's own and the right one.
    page.go("#/practice/first-release").await?;
    page.click("#answer").await?;
    page.until("both scripts", "$$('.code-box').length === 2")
        .await?;
    page.click(".more summary").await?;
    page.press(".feedback .code-box button", "Run it").await?;
    page.sees(".feedback .code-box .run-result", "Ran").await
}

async fn an_address_is_asked_as_things_stand(page: Page) -> Outcome {
    page.open("#/learn/aliases").await?;
    choose(&page, 0).await?;
    page.sees(".lens .code-box", "load_model(\"models:/")
        .await?;
    page.press(".lens .code-box button", "Run it").await?;
    page.sees(".lens .code-box .run-result", "This loads version 2")
        .await
}

async fn the_last_step_is_shown_as_code(page: Page) -> Outcome {
    page.open("#/exercises/first-promotion").await?;
    page.until("the exercise", "$('#exercise-undo')").await?;
    page.until("nothing to show yet", "$('.last-step').hidden")
        .await?;
    transition(&page, 1, "Submit for testing", "Staging").await?;
    page.click(".last-step > summary").await?;
    page.sees(".last-step pre", "stage=\"Staging\"").await?;
    // It stays open, and follows.
    transition(&page, 1, "Promote", "Production").await?;
    page.sees(".last-step pre", "stage=\"Production\"").await?;
    page.press(".last-step label", "curl").await?;
    page.sees(".last-step pre", "model-versions/transition-stage")
        .await?;
    page.click("#exercise-undo").await?;
    page.sees(".last-step pre", "\"stage\": \"Staging\"")
        .await?;
    page.click("#exercise-undo").await?;
    page.until("nothing to show again", "$('.last-step').hidden")
        .await?;
    // The small registries of the lesson have it, too.
    page.open("#/learn/aliases").await?;
    choose(&page, 0).await?;
    page.until("nothing to show yet", "$('.last-step')?.hidden")
        .await?;
    page.press(".alias-panel button", "Make v5 @champion")
        .await?;
    page.click(".last-step > summary").await?;
    page.sees(".last-step pre", "champion").await
}

async fn code_fits_into_320_pixels(page: Page) -> Outcome {
    page.resize(320, 700).await?;
    page.open(FRAUD).await?;
    unfold(&page).await?;
    page.click("li.step .code-lens summary").await?;
    page.find("li.step .code-lens pre", None).await?;
    page.fits("a step as code").await?;
    page.click("#export").await?;
    page.sees("#export-code", "MlflowClient").await?;
    page.fits("the export").await?;
    page.open("#/registry").await?;
    page.choose_in_menu("Import from MLflow…").await?;
    put(&page, SERVER).await?;
    page.sees("#take-in-preview", "1 model").await?;
    page.fits("what would come in").await
}

async fn axe_with_code(page: Page) -> Outcome {
    page.open("#/").await?;
    page.open(FRAUD).await?;
    page.click("li.step .code-lens summary").await?;
    page.press("li.step .code-lens label", "curl").await?;
    page.find("li.step .code-lens pre", None).await?;
    finds_nothing(&page, "code of a step").await?;
    page.click("#export").await?;
    page.sees("#export-code", "MlflowClient").await?;
    finds_nothing(&page, "export").await?;
    page.open("#/registry").await?;
    page.choose_in_menu("Import from MLflow…").await?;
    put(&page, SERVER).await?;
    page.sees("#take-in-preview", "1 model").await?;
    finds_nothing(&page, "what would come in").await?;
    Ok(())
}
