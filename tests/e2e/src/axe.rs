//! axe-core: looks for barriers in what is on screen now.

use serde_json::{Value, json};

use crate::failure::{Failure, Outcome};
use crate::page::Page;

/// Looks at the page in the light theme, and in the dark one at all that depends on colours. Every finding counts, whatever
/// its weight.
const LOOK: &str = r#"
  const done = arguments[arguments.length - 1];
  const root = document.documentElement;
  const theme = root.dataset.theme;
  const look = async (theme, rules) => {
    root.dataset.theme = theme;
    const { violations } = await axe.run(document, { preload: false, resultTypes: ["violations"], ...rules });
    return violations.map((found) =>
      `${theme}, ${found.id}: ${found.help} – ` + found.nodes.slice(0, 4).map((node) =>
        `${node.target.join(" ")} (${node.any.concat(node.all, node.none).map((check) => check.message).join("; ")})`
      ).join(" | "));
  };
  const both = async () => [
    ...(await look("light", {})),
    ...(await look("dark", { runOnly: ["color-contrast", "link-in-text-block"] })),
  ];
  both().catch((error) => [`axe failed: ${error}`]).then((found) => {
    if (theme) root.dataset.theme = theme; else delete root.dataset.theme;
    done(found);
  });
"#;

/// Asserts that axe-core finds nothing, in both themes. Where axe-core is not here, nothing is looked for.
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
