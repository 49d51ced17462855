//! The lesson on a phone: what has to be in sight beside the board stands in a strip below it, and the foot leads on.

use e2e::{Outcome, Page, cases};

use crate::lesson::choose;

cases! {
    the_next_line_and_the_last_result_stand_beside_the_board,
    a_line_that_fails_is_told_as_that,
    the_alias_is_set_beside_the_board,
    what_happened_comes_before_going_on,
}

/// Opens a step on a phone and goes on to what is to be done.
async fn play(page: &Page, step: &str, right: Option<usize>) -> Outcome {
    page.resize(375, 812).await?;
    page.open(&format!("#/learn/{step}")).await?;
    if let Some(right) = right {
        choose(page, right).await?;
    }
    page.click("#try-it").await?;
    page.focused("#task").await
}

/// Waits until a part of the scene is in the window whole, with the board.
async fn beside_the_board(page: &Page, part: &str) -> Outcome {
    page.until_with(
        &format!("{part} and the board in the window"),
        "[a[0], '[data-part=board]'].every((one) => {
           const box = $(one).getBoundingClientRect();
           return box.height > 0 && box.top >= 0 && box.bottom <= innerHeight;
         })",
        serde_json::json!([part]),
    )
    .await
}

async fn the_next_line_and_the_last_result_stand_beside_the_board(page: Page) -> Outcome {
    play(&page, "archive", Some(1)).await?;
    page.sees(".line-place", "Line 1 of 3").await?;
    page.gone(".line-before").await?;
    beside_the_board(&page, ".scene-next").await?;
    for line in 1..=3 {
        let of_line = format!(".code-line:nth-child({line})");
        // It is the same line as in the list.
        page.until_with(
            "the next line",
            "text('.scene-next > code') === text(`${a[0]} .code-line-head code`)
               && $('.scene-next > .primary').ariaLabel === `Run: ${text('.scene-next > code')}`",
            serde_json::json!([of_line]),
        )
        .await?;
        page.click(".scene-next > .primary").await?;
        page.sees(".line-before .code-result", &format!("Line {line}: "))
            .await?;
        page.until_with(
            "what the line came to, and its note",
            "text('.line-before .code-result').endsWith(text(`${a[0]} .code-result`))
               && text('.line-before .quiet') === text(`${a[0]} > p.quiet`)",
            serde_json::json!([of_line]),
        )
        .await?;
    }
    page.sees(".goal", "Done:").await?;
    // Nothing is left to be run.
    page.gone(".scene-next > .primary").await?;
    page.gone(".line-place").await?;
    page.press(".play-bar button", "Start over").await?;
    page.sees(".line-place", "Line 1 of 3").await?;
    page.gone(".line-before").await?;
    // In a wide window the lines themselves stand beside the board.
    page.resize(1280, 720).await?;
    page.gone(".scene-next").await?;
    page.sees(".code-line", "Run").await
}

async fn a_line_that_fails_is_told_as_that(page: Page) -> Outcome {
    play(&page, "own-command", Some(1)).await?;
    page.click(".scene-next > .primary").await?;
    page.sees(".scene-next.failed .line-before", "Line 1: ")
        .await?;
    page.click(".scene-next > .primary").await?;
    page.sees(".scene-next:not(.failed) .line-before", "Line 2: ")
        .await
}

async fn the_alias_is_set_beside_the_board(page: Page) -> Outcome {
    play(&page, "aliases", Some(0)).await?;
    page.sees(".scene-next > code", "@champion").await?;
    beside_the_board(&page, ".scene-next").await?;
    page.click(".scene-next button[aria-label='Make v5 @champion']")
        .await?;
    page.sees("[data-card='5']", "@champion").await?;
    page.sees(".goal", "Done:").await?;
    page.resize(1280, 720).await?;
    page.gone(".scene-next").await?;
    page.sees(".alias-panel", "").await
}

/// On a phone the reason stands below the scene: it is what is to be pressed once something is done, and going on is quiet.
async fn what_happened_comes_before_going_on(page: Page) -> Outcome {
    play(&page, "four-stages", None).await?;
    page.click("[data-card='1'] .card-move").await?;
    page.sees(".goal", "Done:").await?;
    page.find(".ways .primary", Some("What happened?")).await?;
    page.find("a.quiet-link#next-step", None).await?;
    page.click(".ways .primary").await?;
    page.focused("#why").await?;
    page.until(
        "the reason in the window",
        "(({ top, bottom }) => top >= 0 && bottom <= innerHeight)($('#why').getBoundingClientRect())",
    )
    .await?;
    page.find("a.button-link#next-step", None).await?;
    page.gone(".ways .primary").await?;
    // In a wide window it is in sight at once.
    page.resize(1440, 900).await?;
    page.open("#/learn/roll-back").await?;
    choose(&page, 1).await?;
    page.click("#try-it").await?;
    page.press("[data-card='2'] .card-move", "Roll back")
        .await?;
    page.click(".refused-move .refusal-ways li:first-child button")
        .await?;
    page.sees(".goal", "Done:").await?;
    page.find("a.button-link#next-step", None).await.map(|_| ())
}
