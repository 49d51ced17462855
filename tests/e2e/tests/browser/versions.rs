//! The table of versions, the details of one, and the comparison of two.

use e2e::{Outcome, Page, cases};
use serde_json::json;

use crate::steps::{FRAUD, stands_in};

cases! {
    a_version_is_chosen_on_its_card_and_in_the_table,
    the_table_is_filtered,
    the_table_is_sorted,
    two_versions_are_compared,
    a_thousand_versions_are_shown_bit_by_bit,
}

const ROWS: &str =
    "$$('.versions-panel tbody tr').map((row) => text(row.cells[0])).join(' ') === a[0]";

async fn rows(page: &Page, expected: &str) -> Outcome {
    page.until_with("the rows of the table", ROWS, json!([expected]))
        .await
}

async fn a_version_is_chosen_on_its_card_and_in_the_table(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    page.sees("#version-title", "Version 3").await?;
    page.click("#card-5").await?;
    page.sees("#version-title", "Version 5").await?;
    page.sees(".version-panel", "Experiment from a laptop")
        .await?;
    page.press(".versions-panel button.row-name", "v2").await?;
    page.sees("#version-title", "Version 2").await?;
    page.focused("#version-title").await?;
    page.choose("#version-pick", "4").await?;
    page.sees("#version-title", "Version 4").await?;
    page.sees(".diagram", "Version 4 is in Staging.").await
}

async fn the_table_is_filtered(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    rows(&page, "v5 v4 v3 v2 v1").await?;
    for (typed, left) in [
        ("archived", "v2 v1"),
        ("champion", "v3"),
        ("v4", "v4"),
        ("staging challenger", "v4"),
    ] {
        page.fill("#versions-filter", typed).await?;
        rows(&page, left).await?;
    }
    page.sees(".versions-foot", "Versions that match: 1 of 5.")
        .await?;
    page.fill("#versions-filter", "nothing like it").await?;
    page.sees(".versions-none", "No version matches “nothing like it”.")
        .await?;
    page.press(".versions-none button", "Clear the filter")
        .await?;
    rows(&page, "v5 v4 v3 v2 v1").await?;
    page.focused("#versions-filter").await
}

async fn the_table_is_sorted(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    page.press(".versions-panel thead button", "Version")
        .await?;
    rows(&page, "v1 v2 v3 v4 v5").await?;
    page.until(
        "what is sorted by, said",
        "$('.versions-panel th[aria-sort=ascending]')",
    )
    .await?;
    page.press(".versions-panel thead button", "recall").await?;
    page.until("sorted by recall", "['v5 v4 v2 v3 v1', 'v1 v3 v2 v4 v5'].includes($$('.versions-panel tbody tr').map((row) => text(row.cells[0])).join(' '))").await
}

async fn two_versions_are_compared(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    page.choose("#compare-left", "3").await?;
    page.choose("#compare-right", "4").await?;
    page.sees(".compare-panel tr", "recall0.860.91+0.05")
        .await?;
    page.sees(".compare-panel tr.differs", "Stage").await?;
    page.choose("#compare-right", "2").await?;
    page.sees(".compare-panel tr", "recall0.860.9+0.04").await?;
    page.go("#/registry/support-router").await?;
    page.sees(".compare-panel", "There must be two versions to compare.")
        .await
}

async fn a_thousand_versions_are_shown_bit_by_bit(page: Page) -> Outcome {
    let saved = e2e::seed::versions(1_000, &page.site().storage_prefix())?;
    page.was_here(&saved).await?;
    page.open(&format!("#/registry/{}", e2e::seed::MODEL))
        .await?;
    stands_in(&page, 998, "Production").await?;
    stands_in(&page, 999, "Staging").await?;
    stands_in(&page, 1000, "None").await?;
    page.until(
        "a page of cards",
        "$$('[data-stage=None] [data-card]').length === 12",
    )
    .await?;
    page.press("[data-stage=None] button", "Show 12 more")
        .await?;
    page.until(
        "more cards",
        "$$('[data-stage=None] [data-card]').length === 24",
    )
    .await?;
    page.until(
        "a page of rows",
        "$$('.versions-panel tbody tr').length === 50",
    )
    .await?;
    page.press(".versions-foot button", "Show more").await?;
    page.until("more rows", "$$('.versions-panel tbody tr').length === 100")
        .await?;
    page.fill("#versions-filter", "v77").await?;
    page.sees(".versions-panel", "v77").await?;
    for width in [320, 1280] {
        page.resize(width, 900).await?;
        page.fits(&format!("a thousand versions at {width} pixels"))
            .await?;
    }
    Ok(())
}
