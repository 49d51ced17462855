//! Moving cards with the pointer.

use e2e::{Outcome, Page, cases};
use serde_json::{Value, json};

use crate::steps::{FRAUD, drag, hold_over, let_go, stands_in, under_mlflow};

cases! {
    a_card_is_dragged_by_its_body,
    a_card_is_dragged_by_its_grip,
    a_drag_that_leads_nowhere_changes_nothing,
    a_refused_drag_says_why,
    columns_say_whether_a_card_may_come,
    a_drag_ends_when_it_is_cancelled,
}

async fn a_card_is_dragged_by_its_body(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    drag(
        &page,
        "[data-card='5'] .card-metrics",
        "[data-stage=Staging] h3",
    )
    .await?;
    stands_in(&page, 5, "Staging").await
}

async fn a_card_is_dragged_by_its_grip(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    drag(
        &page,
        "[data-card='4'] .grip",
        "[data-stage=Archived] [data-card='2'] .card-metrics",
    )
    .await?;
    stands_in(&page, 4, "Archived").await
}

async fn a_drag_that_leads_nowhere_changes_nothing(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    // To its own column, and to a place that is no column.
    drag(
        &page,
        "[data-card='5'] .card-metrics",
        "[data-stage=None] h3",
    )
    .await?;
    drag(&page, "[data-card='5'] .card-metrics", "#board-title").await?;
    // A press that hardly moves is no drag.
    let body = page.find("[data-card='5'] .card-metrics", None).await?;
    page.driver()
        .action_chain()
        .move_to_element_center(&body)
        .click_and_hold()
        .move_by_offset(2, 1)
        .release()
        .perform()
        .await?;
    page.until(
        "no dialog, and nothing in the air",
        "!$('dialog') && !$('.card.dragging')",
    )
    .await?;
    page.until(
        "the card at its place",
        "!$('[data-card=\"5\"]').style.transform",
    )
    .await?;
    stands_in(&page, 5, "None").await
}

async fn a_refused_drag_says_why(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    drag(
        &page,
        "[data-card='5'] .card-metrics",
        "[data-stage=Production] h3",
    )
    .await?;
    page.sees(".refused-move .refusal", "Test before production")
        .await?;
    page.focused(".refused-move .refusal-ways li:first-child button")
        .await?;
    page.press(".refused-move button", "Change nothing").await?;
    page.gone(".refused-move").await?;
    page.focused("#card-5").await?;
    stands_in(&page, 5, "None").await
}

async fn columns_say_whether_a_card_may_come(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    let says = async |expected: Value| {
        let words = "JSON.stringify($$('.board [data-stage]').map((one) => [one.dataset.stage,
            one.classList.contains('can-drop'), one.classList.contains('cannot-drop'), text(one.querySelector('.drop-words'))]))";
        let words = format!("{words} === JSON.stringify(a[0])");
        page.until_with("what the columns say", &words, json!([expected]))
            .await
    };
    // Also what only the others on the board stand against.
    hold_over(
        &page,
        "[data-card='4'] .card-metrics",
        "[data-stage=Archived] h3",
    )
    .await?;
    says(json!([
        ["None", true, false, "allowed"],
        ["Staging", false, false, null],
        [
            "Production",
            false,
            true,
            "refused: One version in Production"
        ],
        ["Archived", true, false, "allowed"],
    ]))
    .await?;
    let_go(&page).await?;
    stands_in(&page, 4, "Archived").await?;
    says(json!([
        ["None", false, false, null],
        ["Staging", false, false, null],
        ["Production", false, false, null],
        ["Archived", false, false, null],
    ]))
    .await?;
    under_mlflow(&page).await?;
    hold_over(
        &page,
        "[data-card='5'] .card-metrics",
        "[data-stage=None] h3",
    )
    .await?;
    says(json!([
        ["None", false, false, null],
        ["Staging", true, false, "allowed"],
        ["Production", true, false, "allowed"],
        ["Archived", true, false, "allowed"],
    ]))
    .await?;
    let_go(&page).await
}

async fn a_drag_ends_when_it_is_cancelled(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    page.js(
        "$('#board-title').scrollIntoView({ block: 'start', behavior: 'instant' })",
        json!([]),
    )
    .await?;
    let body = page.find("[data-card='5'] .card-metrics", None).await?;
    page.driver()
        .action_chain()
        .move_to_element_center(&body)
        .click_and_hold()
        .move_by_offset(40, 10)
        .perform()
        .await?;
    page.until(
        "a card in the air",
        "$('[data-card=\"5\"]').classList.contains('dragging')",
    )
    .await?;
    page.js("$('[data-card=\"5\"]').dispatchEvent(new PointerEvent('pointercancel', { bubbles: true }))", json!([])).await?;
    page.until("the card at its place", "!$('.card.dragging')")
        .await?;
    page.driver().action_chain().release().perform().await?;
    page.until("no dialog", "!$('dialog')").await
}
