//! The two rule sets, and the theme.

use e2e::{Outcome, Page, cases};
use serde_json::json;

use crate::steps::{FRAUD, under_mlflow};

cases! {
    the_rules_are_switched_and_kept,
    a_rule_set_changes_what_cards_offer,
    the_theme_is_kept,
    the_rules_are_switched_by_keyboard,
}

async fn the_rules_are_switched_and_kept(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    page.until("guided rules", "$('#rules-guided').checked")
        .await?;
    under_mlflow(&page).await?;
    page.reload().await?;
    page.until("MLflow's rules", "$('#rules-mlflow').checked")
        .await?;
    page.click("label[for=rules-guided]").await?;
    page.hears("Rules now: this team's, stricter than MLflow.")
        .await?;
    page.reload().await?;
    page.until("guided rules", "$('#rules-guided').checked")
        .await
}

async fn a_rule_set_changes_what_cards_offer(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    // The rows of a menu are made when it is opened.
    let offers = "($('[data-card=\"5\"] details.menu').open = true)
        && $$('[data-card=\"5\"] button[data-to]').map(text).join(', ') === a[0]";
    let check = async |offered: &str| {
        page.until_with("the moves of version 5", offers, json!([offered]))
            .await
    };
    const GUIDED: &str = "Test, Submit for testing to Staging, Move to Production – refused: Test before production, \
                          Archive to Archived";
    check(GUIDED).await?;
    under_mlflow(&page).await?;
    check("Test, Move to Staging, Move to Production, Move to Archived").await?;
    page.click("label[for=rules-guided]").await?;
    check(GUIDED).await
}

async fn the_theme_is_kept(page: Page) -> Outcome {
    page.open("#/registry").await?;
    let background = "getComputedStyle(document.documentElement).backgroundColor";
    let mut colours = Vec::new();
    for theme in ["light", "dark"] {
        page.choose("#theme", theme).await?;
        page.until_with(
            "the theme",
            "document.documentElement.dataset.theme === a[0]",
            json!([theme]),
        )
        .await?;
        page.reload().await?;
        page.until_with(
            "the theme after a reload",
            "$('#theme').value === a[0]",
            json!([theme]),
        )
        .await?;
        page.until_with(
            "the theme",
            "document.documentElement.dataset.theme === a[0]",
            json!([theme]),
        )
        .await?;
        colours.push(page.string(background).await?);
    }
    assert_ne!(
        colours.first(),
        colours.last(),
        "light and dark look different"
    );
    page.choose("#theme", "system").await?;
    page.reload().await?;
    page.until(
        "no theme",
        "!document.documentElement.dataset.theme && $('#theme').value === 'system'",
    )
    .await
}

async fn the_rules_are_switched_by_keyboard(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    page.js("$('#rules-guided').focus()", json!([])).await?;
    page.keys(thirtyfour::Key::Right).await?;
    page.until("MLflow's rules", "$('#rules-mlflow').checked")
        .await?;
    page.hears("Rules now: plain MLflow. Any stage may follow any other.")
        .await?;
    page.focused("#rules-mlflow").await
}
