//! axe-core: looks for barriers in what is on screen now.

use serde_json::{Value, json};

use crate::failure::{Failure, Outcome};
use crate::page::Page;

/// Looks at the page. Every finding counts, whatever its weight.
const LOOK: &str = r#"
  const done = arguments[arguments.length - 1];
  axe.run(document, { preload: false, resultTypes: ["violations"] }).then(
    (result) => done(result.violations.map((found) =>
      `${found.id}: ${found.help} – ` + found.nodes.slice(0, 4).map((node) =>
        `${node.target.join(" ")} (${node.any.concat(node.all, node.none).map((check) => check.message).join("; ")})`
      ).join(" | "))),
    (error) => done([`axe failed: ${error}`]),
  );
"#;

/// Asserts that axe-core finds nothing. Where axe-core is not here, nothing is looked for.
///
/// # Errors
///
/// What it found, with the name of the state that the page was in.
pub async fn finds_nothing(page: &Page, state: &str) -> Outcome {
    let Some(script) = page.axe() else {
        return Ok(());
    };
    let there = page
        .js("return typeof window.axe === 'object'", json!([]))
        .await?;
    if there != Value::Bool(true) {
        let load = format!("{script}\nwindow.axe = axe;");
        page.driver().execute(load, Vec::new()).await?;
    }
    let found = page.driver().execute_async(LOOK, Vec::new()).await?;
    let found: Vec<String> = serde_json::from_value(found.json().clone())?;
    if found.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!(
        "axe-core, {state}:\n    {}",
        found.join("\n    ")
    )))
}
