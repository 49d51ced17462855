//! Steps that the topics about exercises take.

use e2e::{Outcome, Page};
use serde_json::json;

use crate::steps::transition;

/// The first exercise of the list.
pub const FIRST: &str = "#/exercises/first-promotion";
/// The field of an exercise's console.
pub const FIELD: &str = "#exercise-console-field";

/// Waits until the result is there, and says this.
pub async fn is_solved(page: &Page, says: &str) -> Outcome {
    page.sees("#result-title", "Solved").await?;
    page.sees(".score-steps", says).await
}

/// Waits until a condition, counted from 1, stands so.
pub async fn stands(page: &Page, condition: usize, how: &str) -> Outcome {
    let item = format!("$('.goal-item:nth-child({condition})')");
    page.until(
        &format!("condition {condition} {how}"),
        &format!("{item}.classList.contains('{how}')"),
    )
    .await
}

/// Waits until the solver has said this.
pub async fn solver_says(page: &Page, word: &str) -> Outcome {
    page.until_with(
        "what the solver says",
        "$('.hints-panel').dataset.solver === a[0]",
        json!([word]),
    )
    .await
}

/// What is kept of the progress.
pub async fn progress(page: &Page) -> Outcome<String> {
    let key = "Object.keys(localStorage).find((key) => key.endsWith(':progress'))";
    page.string(&format!("localStorage.getItem({key}) ?? ''"))
        .await
}

/// Solves the first exercise in the fewest steps.
pub async fn promote_the_first(page: &Page) -> Outcome {
    transition(page, 1, "Submit for testing", "Staging").await?;
    transition(page, 1, "Promote", "Production").await
}
