//! A model's whole life, by buttons and dialogs.

use e2e::{Outcome, Page, cases};
use serde_json::json;

use crate::steps::{FRAUD, ask, stands_in, submit, transition};

cases! {
    from_its_registration_to_the_archive,
    a_move_happens_at_once_and_is_taken_back,
    a_comment_stands_in_the_history,
    the_diagram_moves_a_version_too,
    tags_metrics_and_descriptions_of_a_version,
}

async fn from_its_registration_to_the_archive(page: Page) -> Outcome {
    page.open("#/registry").await?;
    page.press("main button", "Register a model").await?;
    page.focused("#model-name").await?;
    page.fill("#model-name", "price-guess").await?;
    page.fill("#model-description", "Guesses prices.").await?;
    submit(&page, "Register").await?;
    page.sees("h1", "price-guess").await?;
    page.hears("Registered the model price-guess.").await?;
    page.sees("main", "Guesses prices.").await?;
    page.sees("#live-answer", "Production is empty").await?;

    page.press("main button", "Add a version").await?;
    page.fill("#version-source", "models/price/v1.pkl").await?;
    page.fill("#version-metrics", "recall=0.91").await?;
    submit(&page, "Add the version").await?;
    page.hears("Added version 1 of price-guess.").await?;
    stands_in(&page, 1, "None").await?;
    page.sees("[data-card='1'] .card-metrics", "recall 0.91")
        .await?;

    transition(&page, 1, "Submit for testing", "Staging").await?;
    page.hears("v1 is in Staging.").await?;
    page.focused("#card-1").await?;

    transition(&page, 1, "Promote", "Production").await?;
    page.hears("v1 is in Production.").await?;
    page.sees("#live-answer", "v1").await?;
    page.sees("[data-card='1'] .serves", "serves").await?;

    ask(&page, 1, "Archive").await?;
    page.sees("dialog .notice", "After this, Production is empty")
        .await?;
    submit(&page, "Move to Archived").await?;
    stands_in(&page, 1, "Archived").await?;
    page.hears("v1 is in Archived.").await?;
    page.sees("#live-answer", "Production is empty").await?;

    let sentences = "$$('li.step .step-sentence').map(text).join(' | ')";
    let expected = "Moved price-guess version 1 from Production to Archived. | \
                    Moved price-guess version 1 from Staging to Production. | \
                    Moved price-guess version 1 from None to Staging. | \
                    Added version 1 of price-guess. | Registered the model price-guess.";
    page.until("the history", &format!("{sentences} === '{expected}'"))
        .await?;
    // It has been live: it can be rolled back to.
    transition(&page, 1, "Roll back", "Production").await?;
    page.sees("#live-answer", "v1").await
}

async fn a_move_happens_at_once_and_is_taken_back(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    let until_dialog = "window.__dialogs = 0;
        new MutationObserver(() => { window.__dialogs += $$('dialog').length; }).observe(document.body, { childList: true, subtree: true });";
    page.js(until_dialog, json!([])).await?;
    page.press("[data-card='5'] .card-move", "Test").await?;
    stands_in(&page, 5, "Staging").await?;
    page.hears("v5 is in Staging.").await?;
    page.sees(".said", "v5 is in Staging.").await?;
    page.press(".said-line button", "Undo").await?;
    stands_in(&page, 5, "None").await?;
    page.hears("Undone: “Moved fraud-detector version 5 from None to Staging.”")
        .await?;
    page.gone(".said-undo").await?;
    // By the menu, and back by the button of the header: the sentence offers it no more.
    transition(&page, 5, "Archive", "Archived").await?;
    page.sees(".said-undo", "Undo").await?;
    page.click("#undo").await?;
    stands_in(&page, 5, "None").await?;
    page.gone(".said-undo").await?;
    page.until("no dialog at all", "window.__dialogs === 0")
        .await
}

async fn a_comment_stands_in_the_history(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    ask(&page, 5, "Submit for testing").await?;
    page.sees("dialog .effects", "Version 5 goes from None to Staging.")
        .await?;
    page.sees(
        "dialog .effects",
        "An app that asks for Production gets now",
    )
    .await?;
    page.fill("#move-comment", "Ben agreed <b>today</b>")
        .await?;
    submit(&page, "Move to Staging").await?;
    page.sees("li.step .step-comment", "“Ben agreed <b>today</b>”")
        .await?;
    page.sees("li.step", "· you ·").await
}

async fn the_diagram_moves_a_version_too(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    page.click("#card-5").await?;
    page.sees(".diagram", "Version 5 is in None.").await?;
    // At once, with the way back, as on the board.
    page.click(".diagram-moves button.move.open").await?;
    page.sees(".diagram", "Version 5 is in Staging.").await?;
    page.focused("#diagram-place").await?;
    page.press(".said-undo", "Undo").await?;
    page.sees(".diagram", "Version 5 is in None.").await?;
    // By a click on the drawing: the node it may go to.
    page.click(".diagram svg .node.target.stage-archived text.name")
        .await?;
    stands_in(&page, 5, "Archived").await?;
    // By a drag of its node.
    page.js(
        "$('.diagram').scrollIntoView({ block: 'start', behavior: 'instant' })",
        json!([]),
    )
    .await?;
    let node = |stage: &str| format!(".diagram .usable [data-node={stage}] rect");
    let (from, to) = (node("Archived"), node("Staging"));
    let (from, to) = (page.find(&from, None).await?, page.find(&to, None).await?);
    page.driver()
        .action_chain()
        .move_to_element_center(&from)
        .click_and_hold()
        .move_by_offset(-20, 4)
        .move_to_element_center(&to)
        .release()
        .perform()
        .await?;
    stands_in(&page, 5, "Staging").await?;
    // By a key. What is refused says so there, with the price of each way out.
    page.js("$('.diagram-moves button').focus()", json!([]))
        .await?;
    page.keys("p").await?;
    page.sees(".diagram .refused-move", "One version in Production")
        .await?;
    page.focused("#diagram-first-way").await?;
    page.sees(".diagram .refusal-ways", "no gap").await?;
    page.gone("dialog[open]").await?;
    page.press(".diagram .refusal-ways button", "In one step – no gap")
        .await?;
    stands_in(&page, 5, "Production").await?;
    page.gone(".diagram .refused-move").await?;
    page.sees(".diagram", "Version 5 is in Production.").await
}

async fn tags_metrics_and_descriptions_of_a_version(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    page.click("#card-4").await?;
    page.sees(".version-panel h2", "Version 4").await?;
    page.press(".version-panel button", "Add a metric to version 4…")
        .await?;
    page.fill("#metric-name", "f1").await?;
    page.fill("#metric-value", "0.82").await?;
    submit(&page, "Add the metric").await?;
    page.sees(".version-metrics", "f1").await?;
    page.press(".version-panel button", "Describe version 4…")
        .await?;
    page.fill("#description", "Ready, says Mira.").await?;
    submit(&page, "Save").await?;
    page.sees(".version-panel", "Ready, says Mira.").await?;
    page.press(".version-panel button", "Add a tag to version 4…")
        .await?;
    page.fill("#tag-key", "reviewed_by").await?;
    page.fill("#tag-value", "Mira").await?;
    submit(&page, "Set the tag").await?;
    page.sees(".version-panel .chip", "reviewed_by: Mira")
        .await?;
    page.press(".version-panel .chip-remove", "Delete tag reviewed_by")
        .await?;
    page.hears("Deleted the tag reviewed_by of fraud-detector version 4.")
        .await?;
    page.until(
        "the chip is gone",
        "!text('.version-panel').includes('reviewed_by')",
    )
    .await?;
    page.focused("#version-add-tag").await
}
