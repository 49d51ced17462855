//! What buttons and links are called: two of the same name do the same.

use e2e::{Outcome, Page, cases};
use serde_json::json;

use crate::steps::FRAUD;

cases! {
    two_controls_of_one_name_do_the_same,
}

/// What a control is called, and those of a page, also in menus that are closed: a screen reader lists them all.
const NAMES: &str = r#"
  const words = (element) => {
    const label = element.getAttribute("aria-label");
    if (label) return tidy(label);
    const bare = element.cloneNode(true);
    bare.querySelectorAll("[aria-hidden=true]").forEach((one) => one.remove());
    return tidy(bare.textContent);
  };
  const controls = () => {
    $$("main details.menu, main details.exercise-details").forEach((one) => { one.open = true; });
    return $$("button, a[href], summary").filter((one) => shown(one) && !one.closest("[hidden]"));
  };
"#;

/// The names that several controls have: with how many there are. Links to the same place are one.
const TWICE: &str = r#"
  const found = new Map();
  for (const one of controls()) {
    const does = one.localName === "a" ? one.getAttribute("href") : one;
    found.set(words(one), (found.get(words(one)) ?? new Set()).add(does));
  }
  return [...found].filter(([, does]) => does.size > 1)
    .map(([name, does]) => [name, does.size, [...does].every((one) => one.localName === "button")]);
"#;

/// Presses the control of that name and place, and gives what the page shows then: the dialog, or the version.
const PRESS: &str = r#"
  controls().filter((one) => words(one) === a[0])[a[1]].click();
"#;
const SHOWS: &str =
    "[text('dialog[open] .modal-head h2'), text('.version-panel h2'), location.hash].join('; ')";

async fn two_controls_of_one_name_do_the_same(page: Page) -> Outcome {
    let mut wrong = Vec::new();
    let with_names = |script: &str| format!("{NAMES}{script}");
    for (address, there) in [
        ("#/", "[data-card]"),
        ("#/learn", "h1"),
        ("#/learn/hook", "h1"),
        ("#/learn/one-live", "h1"),
        ("#/learn/aliases", "h1"),
        ("#/practice", "h1"),
        ("#/practice/staging-for", "h1"),
        ("#/settings", "#data-title"),
        ("#/registry", ".model-row"),
        (FRAUD, ".version-panel"),
        ("#/registry/support-router", ".version-panel"),
        ("#/exercises", ".exercise-card"),
        ("#/exercises/first-promotion", "[data-card]"),
        ("#/exercises/separate-models", "[data-card]"),
        ("#/check", "#receipts"),
    ] {
        page.visit(address).await?;
        page.sees(there, "").await?;
        let twice = page.js(&with_names(TWICE), json!([])).await?;
        for twice in twice.as_array().into_iter().flatten() {
            let (name, count) = (&twice[0], twice[1].as_u64().unwrap_or_default());
            // What opens something below itself opens its own.
            if twice[2] != json!(true) {
                wrong.push(format!("{address}: {name}"));
                continue;
            }
            let mut does = Vec::new();
            for at in 0..count {
                page.js("$('dialog[open]')?.close()", json!([])).await?;
                page.gone("dialog[open]").await?;
                page.js(&with_names(PRESS), json!([name, at])).await?;
                if name.as_str().is_some_and(|name| name.ends_with('…')) {
                    page.sees("dialog[open] .modal-head h2", "").await?;
                }
                does.push(page.string(SHOWS).await?);
            }
            does.dedup();
            if does.len() > 1 {
                wrong.push(format!("{address}: {name}: {}", does.join(" | ")));
            }
        }
    }
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(wrong.join("\n    ").as_str().into())
    }
}
