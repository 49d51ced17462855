//! Pages that somebody else has changed too: a browser's translator, or an extension.

use e2e::{Outcome, Page, cases};
use serde_json::{Value, json};

use crate::steps::{FRAUD, ask, fill, make_room, save_again, stands_in, submit, transition};

cases! {
    a_translated_page_says_what_is,
    what_was_chosen_is_what_a_translated_page_shows,
    a_translated_exercise_is_solved,
    what_would_mean_something_else_is_not_translated,
    without_comments_everything_is_where_it_belongs,
}

/// As a translator does: every text, also one that comes later, is another node in two elements from now on. The words
/// stay, so that what is said can be compared.
const TRANSLATE: &str = "
  const wrap = (node) => {
    const parent = node.parentElement;
    if (!node.data.trim() || !parent || parent.closest('font, script, style, textarea, option, svg, [translate=no]')) return;
    const [outer, inner] = [document.createElement('font'), document.createElement('font')];
    inner.append(document.createTextNode(node.data));
    outer.append(inner);
    node.replaceWith(outer);
  };
  const translate = (root) => {
    if (root.nodeType === Node.TEXT_NODE) return wrap(root);
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) texts.push(walker.currentNode);
    texts.forEach(wrap);
  };
  translate(document.body);
  new MutationObserver((records) => records.forEach((record) => {
    record.addedNodes.forEach(translate);
    if (record.type === 'characterData') wrap(record.target);
  })).observe(document.body, { childList: true, subtree: true, characterData: true });
";

/// Opens a page and lets the browser translate it.
async fn open_translated(page: &Page, address: &str) -> Outcome {
    page.open(address).await?;
    page.js(TRANSLATE, json!([])).await?;
    page.until("a translated title", "$('h1 font font, h1[translate=no]')")
        .await
}

/// Waits until an element says exactly this.
async fn says(page: &Page, selector: &str, words: &str) -> Outcome {
    page.until_with(
        &format!("“{words}” and nothing else in {selector}"),
        "text(a[0]) === a[1]",
        json!([selector, words]),
    )
    .await
}

async fn a_translated_page_says_what_is(page: Page) -> Outcome {
    const SAVED: &str = "Saved in this browser";
    const SENTENCE: &str = "#saving > span:not(.usage)";
    open_translated(&page, FRAUD).await?;
    says(&page, SENTENCE, SAVED).await?;
    let count = |stage: &str| format!("[data-stage='{stage}'] .column-count > [aria-hidden]");
    says(&page, &count("Staging"), "1").await?;
    fill(&page).await?;
    transition(&page, 5, "Submit for testing", "Staging").await?;
    page.hears("v5 is in Staging.").await?;
    says(&page, &count("Staging"), "2").await?;
    page.sees("#saving", "Not saved: this browser's storage is full.")
        .await?;
    page.until(
        "nothing that is not so",
        &format!("!text('#saving').includes('{SAVED}')"),
    )
    .await?;
    make_room(&page).await?;
    save_again(&page).await?;
    says(&page, SENTENCE, SAVED).await?;
    page.click("#undo").await?;
    stands_in(&page, 5, "None").await?;
    says(&page, &count("Staging"), "1").await?;
    page.go("#/registry").await?;
    page.press("li.model-row a", "fraud-detector").await?;
    page.sees("h1", "fraud-detector").await
}

async fn what_was_chosen_is_what_a_translated_page_shows(page: Page) -> Outcome {
    open_translated(&page, FRAUD).await?;
    for version in [4, 5, 4] {
        page.click(&format!("#card-{version}")).await?;
        says(&page, "#version-title", &format!("Version {version}")).await?;
    }
    page.go("#/learn/before-after").await?;
    page.sees("h1", "The code before and after").await?;
    for (line, gets) in [(1, "v3"), (2, "v1")] {
        page.click(&format!(".code-line:nth-child({line}) button"))
            .await?;
        says(&page, ".traffic-gets", gets).await?;
    }
    Ok(())
}

async fn a_translated_exercise_is_solved(page: Page) -> Outcome {
    open_translated(&page, "#/exercises/first-promotion").await?;
    says(&page, ".goal-count", "1 of 2 is met.").await?;
    transition(&page, 1, "Submit for testing", "Staging").await?;
    transition(&page, 1, "Promote", "Production").await?;
    let solved = "2 of 2 are met. Met now: v1 is in Production.";
    says(&page, ".goal-count", solved).await?;
    page.sees("#result-title", "Solved").await?;
    page.click("#exercise-undo").await?;
    let open = "1 of 2 is met. Open again: v1 is in Production.";
    says(&page, ".goal-count", open).await
}

async fn what_would_mean_something_else_is_not_translated(page: Page) -> Outcome {
    const MEANT: &str =
        "code, pre, .stage-name, .card-name, .row-name, .chip .mono, .model-row h2 a";
    for (address, there) in [
        ("#/registry", "li.model-row a"),
        (FRAUD, ".version-panel #version-title"),
        (
            "#/exercises/two-live-versions",
            ".exercise-board [data-card]",
        ),
        ("#/learn/before-after", ".code-line code"),
        ("#/practice/one-call-swap", "#answer"),
    ] {
        page.visit(address).await?;
        page.sees(there, "").await?;
        let found = page
            .js(
                "return [$$(a[0]).length, ...$$(a[0]).filter((one) => one.translate).map((one) => one.outerHTML.slice(0, 200))]",
                json!([MEANT]),
            )
            .await?;
        let found = found.as_array().map_or(&[][..], Vec::as_slice);
        let is_there = found.first().is_some_and(|count| *count != 0);
        assert!(found.len() == 1 && is_there, "{address}: {found:?}");
    }
    // What was typed into the console, and what came of it.
    page.open(FRAUD).await?;
    page.click("#console-toggle").await?;
    page.fill("#console-field", "show").await?;
    page.click(".console-run").await?;
    page.until(
        "an answer that stays as it is",
        "$$('.console-in, .console-out').length > 1 && $$('.console-in, .console-out').every((one) => !one.translate)",
    )
    .await
}

/// Takes away every comment.
const NO_COMMENTS: &str = "
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_COMMENT);
  const comments = [];
  while (walker.nextNode()) comments.push(walker.currentNode);
  comments.forEach((comment) => comment.remove());
";

/// Acts here and there, and gives the shape of the page after each act.
async fn shapes(page: &Page, meanwhile: &str) -> Outcome<Vec<Value>> {
    const SHAPE: &str = "$$('body *').filter((one) => one.matches('#app *'))
        .map((one) => `${one.localName}.${one.getAttribute('class')}`).join(' ')";
    let mut shapes = Vec::new();
    let mut look = async || -> Outcome {
        page.until("everything that comes late is there", "!$('.awaited')")
            .await?;
        shapes.push(page.value(SHAPE).await?);
        page.js(meanwhile, json!([])).await?;
        Ok(())
    };
    page.open("#/registry").await?;
    page.sees("li.model-row a", "fraud-detector").await?;
    page.sees("#saving", "Saved in this browser").await?;
    look().await?;
    page.press("li.model-row a", "fraud-detector").await?;
    page.sees("h1", "fraud-detector").await?;
    look().await?;
    ask(page, 5, "Submit for testing").await?;
    look().await?;
    submit(page, "Move to Staging").await?;
    stands_in(page, 5, "Staging").await?;
    look().await?;
    page.sees("#saving", "Saved in this browser").await?;
    transition(page, 5, "Reject", "Archived").await?;
    look().await?;
    page.click("#undo").await?;
    stands_in(page, 5, "Staging").await?;
    page.sees("#saving", "Saved in this browser").await?;
    look().await?;
    page.click("#card-4").await?;
    page.sees("#version-title", "Version 4").await?;
    look().await?;
    page.go("#/exercises/first-promotion").await?;
    page.sees(".exercise-board [data-card]", "").await?;
    look().await?;
    transition(page, 1, "Submit for testing", "Staging").await?;
    transition(page, 1, "Promote", "Production").await?;
    page.sees("#result-title", "Solved").await?;
    page.sees("#saving", "Saved in this browser").await?;
    look().await?;
    page.go("#/practice/one-call-swap").await?;
    page.click("#answer").await?;
    page.sees("#feedback-title", "No").await?;
    look().await?;
    Ok(shapes)
}

async fn without_comments_everything_is_where_it_belongs(page: Page) -> Outcome {
    let with = shapes(&page, "").await?;
    page.begin().await?;
    let without = shapes(&page, NO_COMMENTS).await?;
    for (step, (with, without)) in with.iter().zip(&without).enumerate() {
        assert!(with == without, "after act {step}:\n{with}\n{without}");
    }
    Ok(())
}
