//! Steps that several topics take.

use e2e::{Outcome, Page};
use serde_json::json;
use thirtyfour::Key;

/// The page of the sample's model that has a version in every stage.
pub const FRAUD: &str = "#/registry/fraud-detector";

/// Waits until a version's card stands in a stage's column.
pub async fn stands_in(page: &Page, version: u32, stage: &str) -> Outcome {
    let what = format!("version {version} in {stage}");
    let there = "$(`[data-card='${a[0]}']`)?.closest('[data-stage]').dataset.stage === a[1]";
    page.until_with(&what, there, json!([version, stage])).await
}

/// Presses Tab until an element has the focus.
pub async fn tab_to(page: &Page, selector: &str) -> Outcome {
    // What is still to come would be passed over.
    page.until_with(selector, "$(a[0])", json!([selector]))
        .await?;
    for _ in 0..120 {
        page.keys(Key::Tab).await?;
        let there = page
            .js(
                "return document.activeElement.matches(a[0])",
                json!([selector]),
            )
            .await?;
        if there == json!(true) {
            return Ok(());
        }
    }
    Err(format!("Tab does not lead to {selector}").into())
}

/// Finds the stage that a move leads to, by what its button on the card or its row in the menu says.
async fn leads_to(page: &Page, version: u32, label: &str) -> Outcome<String> {
    // The rows of a menu are made when it is first opened.
    let menu = format!("$(`li[data-card='{version}'] details.menu`)");
    let way = format!(
        "$$(`li[data-card='{version}'] button[data-to]`)
           .find((one) => text(one) === '{label}' || text(one).startsWith('{label} to '))"
    );
    page.until(
        &format!("{label} on card {version}"),
        // What another window does makes the rows anew.
        &format!("({menu}.open = true) && {way} && (window.__to = {way}.dataset.to)"),
    )
    .await?;
    let leads = format!("const menu = {menu}; if (menu) menu.open = false; return window.__to;");
    let to = page.js(&leads, json!([])).await?;
    Ok(to.as_str().unwrap_or_default().to_owned())
}

/// Opens the dialog for a move with a comment, or with the others archived.
pub async fn ask(page: &Page, version: u32, label: &str) -> Outcome {
    let to = leads_to(page, version, label).await?;
    from_menu(page, version, "Move with details…").await?;
    page.choose("#move-to", &to).await?;
    page.sees(
        "dialog.modal[open] h2",
        &format!("Move version {version} to {to}?"),
    )
    .await
}

/// Chooses an entry in a card's menu.
pub async fn in_menu(page: &Page, version: u32, entry: &str) -> Outcome {
    page.click(&format!("li[data-card='{version}'] details.menu > summary"))
        .await?;
    page.press(
        &format!("li[data-card='{version}'] details.menu li button"),
        entry,
    )
    .await
}

/// Opens the parts of the page that a narrow one makes when they are asked for.
pub async fn unfold(page: &Page) -> Outcome {
    let script =
        "for (const part of document.querySelectorAll('details.on-demand')) part.open = true";
    page.js(script, json!([])).await?;
    Ok(())
}

/// Chooses an entry in a card's menu that opens a dialog.
pub async fn from_menu(page: &Page, version: u32, entry: &str) -> Outcome {
    in_menu(page, version, entry).await?;
    page.sees("dialog.modal[open] h2", "").await
}

/// Chooses an entry in the menu of the model's page.
pub async fn of_model(page: &Page, entry: &str) -> Outcome {
    page.click(".page-head details.menu > summary").await?;
    page.press(".page-head details.menu button", entry).await
}

/// Submits the open dialog, and waits until it is closed.
pub async fn submit(page: &Page, label: &str) -> Outcome {
    page.press("dialog.modal[open] button[type=submit]", label)
        .await?;
    page.gone("dialog[open]").await
}

/// Moves a version at once, by the button of its card or by its menu.
pub async fn transition(page: &Page, version: u32, label: &str, to: &str) -> Outcome {
    assert_eq!(leads_to(page, version, label).await?, to, "{label}");
    let way = format!("li[data-card='{version}'] button[data-to='{to}']");
    let has_button = format!("$(`{way}`).matches('.card-move')");
    if page.value(&has_button).await? != json!(true) {
        page.click(&format!("li[data-card='{version}'] details.menu > summary"))
            .await?;
    }
    page.click(&way).await?;
    stands_in(page, version, to).await?;
    page.gone("dialog[open]").await
}

/// Waits until the open dialog can't be submitted.
pub async fn cannot_submit(page: &Page) -> Outcome {
    page.until(
        "a dialog that can't be submitted",
        "$('dialog[open] button[type=submit]').disabled",
    )
    .await
}

/// Chooses MLflow's own rules.
pub async fn under_mlflow(page: &Page) -> Outcome {
    page.click("label[for=rules-mlflow]").await?;
    page.hears("Rules now: plain MLflow. Any stage may follow any other.")
        .await
}

/// Drags from the middle of one element to the middle of another.
pub async fn drag(page: &Page, from: &str, to: &str) -> Outcome {
    hold_over(page, from, to).await?;
    let_go(page).await
}

/// Lets go of what is dragged.
pub async fn let_go(page: &Page) -> Outcome {
    Ok(page.driver().action_chain().release().perform().await?)
}

/// Drags from the middle of one element to the middle of another, and does not let go there.
pub async fn hold_over(page: &Page, from: &str, to: &str) -> Outcome {
    page.js(
        "$('#board-title').scrollIntoView({ block: 'start', behavior: 'instant' })",
        json!([]),
    )
    .await?;
    let (from, to) = (page.find(from, None).await?, page.find(to, None).await?);
    page.driver()
        .action_chain()
        .move_to_element_center(&from)
        .click_and_hold()
        .move_by_offset(4, 4)
        .move_by_offset(20, 4)
        .move_to_element_center(&to)
        .perform()
        .await?;
    Ok(())
}

/// All that is stored of the learner's own registries, and what the console remembers of them.
pub async fn own(page: &Page) -> Outcome<String> {
    page.sees("#saving", "Saved in this browser").await?;
    page.string(
        "JSON.stringify(Object.entries(localStorage).filter(([key]) => key.includes(':ws/') || key.endsWith(':console')).sort())",
    )
    .await
}

/// As [`own`], after something was done in the learner's own registry, and in its console.
pub async fn worked_in_own(page: &Page) -> Outcome<String> {
    page.open(FRAUD).await?;
    transition(page, 5, "Submit for testing", "Staging").await?;
    page.click("#console-toggle").await?;
    page.fill("#console-field", "show").await?;
    page.keys(Key::Enter).await?;
    page.sees("#console-place .console-entry", "show").await?;
    page.click("#console-toggle").await?;
    let own = own(page).await?;
    assert!(
        own.contains(":ws/own/seg/") && own.contains("show"),
        "{own}"
    );
    Ok(own)
}

/// Fills the store to its last character.
const FILL: &str = r#"
  let piece = "x".repeat(1 << 20);
  for (let count = 0; piece.length > 0; ) {
    try { localStorage.setItem(`filler${count}`, piece); count += 1; } catch { piece = piece.slice(0, piece.length >> 1); }
  }
  for (let count = 0; ; count += 1) {
    try { localStorage.setItem(`f${count}`, ""); } catch { break; }
  }
"#;

/// Takes out again what [`fill`] has put into the store.
pub async fn make_room(page: &Page) -> Outcome {
    page.js("Object.keys(localStorage).filter((key) => /^f(iller)?[0-9]+$/.test(key)).forEach((key) => localStorage.removeItem(key))", json!([]))
        .await
        .map(|_| ())
}

/// Waits until what could not be saved is saved: by the button, unless the app has found by itself that there is room.
pub async fn save_again(page: &Page) -> Outcome {
    let saved = "(() => { find('#saving button', 'Try again')?.click(); \
                 return text('#saving').startsWith('Saved in this browser') && !$('#saving button'); })()";
    page.until("saved again", saved).await
}

/// Fills the browser's store, so that nothing more fits.
pub async fn fill(page: &Page) -> Outcome {
    page.js(FILL, json!([])).await.map(|_| ())
}
