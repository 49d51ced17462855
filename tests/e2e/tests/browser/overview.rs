//! The page with all models: emptying, the sample, renaming, deleting.

use e2e::{Outcome, Page, cases};

use crate::steps::{FRAUD, cannot_submit, of_model, stands_in, submit};

cases! {
    it_is_emptied_and_undone,
    the_sample_comes_back_and_is_undone,
    a_model_is_renamed,
    a_model_with_a_live_version_is_not_deleted,
    a_model_is_deleted_and_undone,
    many_models_fit,
}

const THREE: &str = "$$('li.model-row').length === 3";

async fn it_is_emptied_and_undone(page: Page) -> Outcome {
    page.open("#/registry").await?;
    page.choose_in_menu("Start empty…").await?;
    page.sees("dialog h2", "Start empty?").await?;
    submit(&page, "Start empty").await?;
    page.hears("Emptied the registry.").await?;
    page.sees("main", "No model here yet").await?;
    page.gone("li.model-row").await?;
    page.reload().await?;
    page.sees("main", "No model here yet").await?;
    page.click("#undo").await?;
    page.hears("Undone: “Emptied the registry.”").await?;
    page.until("three models", THREE).await
}

async fn the_sample_comes_back_and_is_undone(page: Page) -> Outcome {
    page.open("#/registry").await?;
    page.choose_in_menu("Start empty…").await?;
    submit(&page, "Start empty").await?;
    page.press("main button", "Register a model").await?;
    page.fill("#model-name", "mine").await?;
    submit(&page, "Register").await?;
    page.sees("h1", "mine").await?;
    page.go("#/registry").await?;
    page.choose_in_menu("Reset to the sample…").await?;
    submit(&page, "Reset to the sample").await?;
    page.hears("Brought the sample back.").await?;
    page.until("three models", THREE).await?;
    page.click("#undo").await?;
    page.until("the own model", "$$('li.model-row').length === 1")
        .await?;
    page.sees("li.model-row", "mine").await
}

async fn a_model_is_renamed(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    of_model(&page, "Rename the model…").await?;
    page.fill("#model-new-name", "churn-forecast").await?;
    page.sees(
        "#model-new-name-error",
        "There is a model named churn-forecast already.",
    )
    .await?;
    cannot_submit(&page).await?;
    page.fill("#model-new-name", "fraud-spotter").await?;
    submit(&page, "Rename").await?;
    page.sees("h1", "fraud-spotter").await?;
    page.hears("Renamed fraud-detector to fraud-spotter.")
        .await?;
    page.until(
        "its address",
        "location.hash === '#/registry/fraud-spotter'",
    )
    .await?;
    stands_in(&page, 3, "Production").await?;
    page.reload().await?;
    page.sees("h1", "fraud-spotter").await?;
    page.click("#undo").await?;
    page.sees("h1", "There is no model named fraud-spotter")
        .await
}

async fn a_model_with_a_live_version_is_not_deleted(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    of_model(&page, "Delete model…").await?;
    page.press("dialog button[type=submit]", "Delete the model")
        .await?;
    page.sees(
        "dialog .refusal",
        "A model with a version in Production is not deleted",
    )
    .await?;
    page.press("dialog .refusal-ways button", "Move version 3 to Archived")
        .await?;
    page.hears("v3 is in Archived.").await?;
    submit(&page, "Delete the model").await?;
    page.sees("h1", "Registry").await?;
    page.hears("Deleted the model fraud-detector with everything in it.")
        .await?;
    page.until("two models", "$$('li.model-row').length === 2")
        .await?;
    page.click("#undo").await?;
    page.until("three models", THREE).await
}

async fn a_model_is_deleted_and_undone(page: Page) -> Outcome {
    page.open("#/registry/support-router").await?;
    of_model(&page, "Delete model…").await?;
    submit(&page, "Delete the model").await?;
    page.sees("h1", "Registry").await?;
    page.focused("#page-title").await?;
    page.until("two models", "$$('li.model-row').length === 2")
        .await?;
    page.keys_held(&[thirtyfour::Key::Control], 'z').await?;
    page.until("three models", THREE).await
}

async fn many_models_fit(page: Page) -> Outcome {
    page.open("#/registry").await?;
    for name in ["one", "two", "three", "four"] {
        page.press("main button", "Register a model").await?;
        page.fill("#model-name", name).await?;
        submit(&page, "Register").await?;
        page.sees("h1", name).await?;
        page.go("#/registry").await?;
    }
    page.until("seven models", "$$('li.model-row').length === 7")
        .await?;
    page.sees("main", "7 models").await
}
