//! What somebody sees who comes for the first time.

use e2e::{Outcome, Page, cases};

cases! {
    the_start_page_leads_to_the_registry,
    the_sample_is_there,
    a_model_has_four_columns_and_a_live_version,
    every_request_stays_under_the_path,
}

async fn the_start_page_leads_to_the_registry(page: Page) -> Outcome {
    page.open("").await?;
    page.sees("h1", "One label decides which model your users get")
        .await?;
    page.sees("#saving", "Saved in this browser").await?;
    page.press("header nav a", "Registry").await?;
    page.sees("h1", "Registry").await?;
    page.focused("#page-title").await?;
    page.until("the title", "document.title === 'Registry · Model Stages'")
        .await
}

async fn the_sample_is_there(page: Page) -> Outcome {
    page.open("#/registry").await?;
    page.until("three models", "$$('li.model-row').length === 3")
        .await?;
    page.sees("li.model-row", "fraud-detector").await?;
    page.until(
        "the live version of the sample",
        "text($$('li.model-row').find((row) => text(row).includes('fraud-detector'))).includes('version 3')",
    )
    .await?;
    page.sees("#saving", "Saved in this browser").await?;
    page.press("li.model-row a", "fraud-detector").await?;
    page.sees("h1", "fraud-detector").await
}

async fn a_model_has_four_columns_and_a_live_version(page: Page) -> Outcome {
    page.open("#/registry/fraud-detector").await?;
    let columns = "$$('section.column').map((column) => column.dataset.stage).join(' ')";
    page.until(
        "the columns",
        &format!("{columns} === 'None Staging Production Archived'"),
    )
    .await?;
    page.sees("#live-answer", "v3").await?;
    page.sees(
        "[data-stage=Production] li[data-card='3'] .serves",
        "serves",
    )
    .await?;
    page.until("one version that serves", "$$('.serves').length === 1")
        .await?;
    for (stage, cards) in [
        ("None", "5"),
        ("Staging", "4"),
        ("Production", "3"),
        ("Archived", "2 1"),
    ] {
        let there = format!(
            "$$('[data-stage={stage}] [data-card]').map((card) => card.dataset.card).join(' ') === '{cards}'"
        );
        page.until(&format!("the cards in {stage}"), &there).await?;
    }
    page.sees("#saving", "Saved in this browser").await
}

async fn every_request_stays_under_the_path(page: Page) -> Outcome {
    page.open("#/registry/fraud-detector").await?;
    page.go("#/").await?;
    let outside: Vec<String> = page
        .site()
        .requests()
        .into_iter()
        .filter(|path| !path.starts_with(e2e::site::PREFIX) && path != "/favicon.ico")
        .collect();
    assert_eq!(
        outside,
        Vec::<String>::new(),
        "all files are asked for under the sub-path"
    );
    Ok(())
}
