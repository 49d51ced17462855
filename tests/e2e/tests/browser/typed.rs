//! Texts that try to be more than texts, typed into every field of every dialog and of every page, and in what is pasted or
//! given as a file: nothing of them runs, none becomes an element, the layout holds.

use e2e::page::hands::HEAD_MENU;
use e2e::{Outcome, Page, cases};
use serde_json::{Value, json};

use crate::attack::{clean, is_clean};
use crate::steps::{FRAUD, under_mlflow, unfold};
use test_support::injections::injections;

cases! {
    into_the_dialogs_of_a_model,
    into_the_dialogs_of_a_version,
    into_the_dialogs_of_the_registries,
    into_the_fields_of_the_pages,
    inside_of_what_a_server_answers,
    inside_of_files,
    at_their_greatest_length,
}

/// Where texts are typed.
#[derive(Clone, Copy)]
struct Place {
    /// The page.
    page: &'static str,
    /// What is clicked to get to the fields: selectors, with how the text or label begins.
    way: &'static [(&'static str, &'static str)],
    /// The fields, and what stands in each while another one's text is carried out. All take the texts.
    fields: &'static [(&'static str, &'static str)],
    /// What carries the fields out, where something does.
    then: Option<(&'static str, &'static str)>,
}

/// Puts each text into all fields at once, looks at the page each time, and carries every few of them out: with this text in
/// the fields that take it, and something plain in the others.
const TYPE: &str = r#"
  const { page, way, fields, then, texts } = a[0];
  const tick = () => new Promise((done) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = done;
    channel.port2.postMessage(0);
  });
  const here = (selector, start) => $$(selector).find((one) => shown(one) && !one.disabled
    && (text(one).startsWith(start) || (one.getAttribute("aria-label") ?? "").startsWith(start)));
  const put = (into, typed) => {
    into.value = typed;
    into.dispatchEvent(new Event("input", { bubbles: true }));
    into.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const click = async (step) => {
    for (;;) {
      const found = here(...step);
      if (found) return found.click();
      await tick();
    }
  };
  let at_hand = [];
  const reach = async () => {
    if (at_hand.length > 0 && at_hand.every((one) => one.isConnected)) return;
    if (way.length > 0 && location.hash !== page && !here(...way[0])) location.hash = page;
    for (const step of way) await click(step);
    for (;;) {
      at_hand = fields.map(([selector]) => $$(selector).find(shown));
      if (at_hand.every(Boolean)) return;
      await tick();
    }
  };
  const holds = () => {
    const dialog = $("dialog[open]");
    return document.scrollingElement.scrollWidth <= innerWidth && (!dialog || dialog.scrollWidth <= dialog.clientWidth);
  };
  const sizes = () => [document.scrollingElement, $("dialog[open]")].filter(Boolean)
    .map((one) => `${one.localName} ${one.scrollWidth} of ${one.clientWidth}`).join(", ");
  const state = window.__typing = { busy: true, at: 0, done: 0, wrong: null };
  const all = async () => {
    for (const [at, typed] of texts.entries()) {
      state.at = at;
      await reach();
      for (const one of at_hand) put(one, typed);
      await tick();
      if (!clean()) { state.wrong = `made of data: ${typed}`; return; }
      if (at % 8 === 0 && !holds()) { state.wrong = `too wide: ${typed}: ${sizes()} ${wide()}`; return; }
      if (!then || at % 40 !== 0) continue;
      // A field that does not take the text gets something plain; where even that is not taken, this text does nothing.
      fields.forEach(([, plain], nth) => {
        if (at_hand[nth].getAttribute("aria-invalid") === "true") put(at_hand[nth], plain.replace("%", at));
      });
      await tick();
      const button = here(...then);
      if (!button) continue;
      button.click();
      await tick();
      state.done += 1;
      if (!all_clean()) { state.wrong = `carried out: ${typed}`; return; }
    }
  };
  all().catch((error) => { state.wrong = String(error); }).finally(() => { state.busy = false; });
"#;

/// Types all texts at a place. Gives how many were carried out.
async fn types(page: &Page, place: Place, texts: &[String]) -> Outcome<u64> {
    let Place {
        page: address,
        way,
        fields,
        then,
    } = place;
    // Typing changes the dialog alone, where there is one.
    let among = if way.is_empty() {
        "*"
    } else {
        "dialog[open] *"
    };
    let (here, everywhere) = (clean(among), clean("*"));
    let script =
        format!("const clean = () => {here};\nconst all_clean = () => {everywhere};\n{TYPE}");
    let given =
        json!([{ "page": address, "way": way, "fields": fields, "then": then, "texts": texts }]);
    page.js(&script, given).await?;
    all_typed(page, &format!("{fields:?}")).await?;
    let done = page.value("window.__typing.done").await?;
    Ok(done.as_u64().unwrap_or_default())
}

/// Waits for what [`TYPE`] or [`GIVE`] does.
async fn all_typed(page: &Page, what: &str) -> Outcome {
    while page.value("window.__typing.busy").await? == Value::Bool(true) {
        let before = page.value("window.__typing.at").await?;
        let goes_on = "window.__typing.at !== a[0] || !window.__typing.busy";
        page.until_with(
            &format!("the next text in {what}"),
            goes_on,
            json!([before]),
        )
        .await?;
    }
    let wrong = page.string("window.__typing.wrong ?? ''").await?;
    if wrong.is_empty() {
        return Ok(());
    }
    Err(format!("{what}: {wrong}").into())
}

/// Types all texts at each of these places, on a narrow page under MLflow's rules, and looks at what has come of it.
async fn types_at(page: &Page, places: &[Place]) -> Outcome {
    page.open(FRAUD).await?;
    under_mlflow(page).await?;
    page.resize(320, 900).await?;
    // A browser that has no letters for a script shows each mark of a pile of marks as a box of its own, and breaks no line
    // between them: nothing can be said of their width there. `attack` has them, too.
    let is_pile = |text: &String| text.contains(&"\u{e47}".repeat(8));
    let texts: Vec<String> = injections()
        .into_iter()
        .filter(|text| !is_pile(text))
        .collect();
    for place in places {
        page.open(place.page).await?;
        let done = types(page, *place, &texts).await?;
        // A text that no field takes does nothing; most are taken.
        if place.then.is_some() && done < 4 {
            return Err(format!("{:?}: only {done} were carried out", place.fields).into());
        }
        page.js("$('dialog[open]')?.close()", json!([])).await?;
        page.gone("dialog[open]").await?;
    }
    for address in ["#/registry", SMALL] {
        page.open(address).await?;
        is_clean(page, "what was carried out").await?;
        page.fits("what was carried out").await?;
    }
    Ok(())
}

/// A page with little on it, so that each text takes little time.
const SMALL: &str = "#/registry/support-router";

const SUBMIT: Option<(&str, &str)> = Some(("dialog[open] button[type=submit]", ""));

/// Opens the menu of the model's page.
const MODEL_MENU: (&str, &str) = (".page-head .menu > summary", "");

async fn into_the_dialogs_of_a_model(page: Page) -> Outcome {
    let at = |way, fields| Place {
        page: SMALL,
        way,
        fields,
        then: SUBMIT,
    };
    types_at(
        &page,
        &[
            at(
                &[MODEL_MENU, (".page-head .menu button", "Describe")],
                &[("#description", "plain")],
            ),
            at(
                &[MODEL_MENU, (".page-head .menu button", "Add a tag")],
                &[("#tag-key", "key-%"), ("#tag-value", "plain")],
            ),
            at(
                &[MODEL_MENU, (".page-head .menu button", "Set an alias")],
                &[("#alias-name", "alias-%"), ("#alias-version", "1")],
            ),
            Place {
                page: "#/registry",
                ..at(
                    &[("main button", "Register a model")],
                    &[("#model-name", "plain-%"), ("#model-description", "plain")],
                )
            },
            Place {
                page: "#/registry/churn-forecast",
                ..at(
                    &[MODEL_MENU, (".page-head .menu button", "Rename")],
                    &[("#model-new-name", "plain-%")],
                )
            },
        ],
    )
    .await
}

async fn into_the_dialogs_of_a_version(page: Page) -> Outcome {
    let at = |way, fields| Place {
        page: SMALL,
        way,
        fields,
        then: SUBMIT,
    };
    types_at(
        &page,
        &[
            at(
                &[
                    ("main [data-card] .menu summary", ""),
                    ("main [data-card] .menu button", "Move with details…"),
                ],
                &[("#move-comment", "plain")],
            ),
            at(
                &[(".version-panel button", "Describe")],
                &[("#description", "plain")],
            ),
            at(
                &[(".version-panel button", "Add a tag")],
                &[("#tag-key", "key-%"), ("#tag-value", "plain")],
            ),
            at(
                &[(".version-panel button", "Set an alias")],
                &[("#alias-name", "alias-%"), ("#alias-version", "1")],
            ),
            at(
                &[(".version-panel button", "Add a metric")],
                &[("#metric-name", "plain-%"), ("#metric-value", "0.5")],
            ),
            at(
                &[("main button", "Add a version")],
                &[
                    ("#version-source", "plain"),
                    ("#version-description", "plain"),
                    ("#version-metrics", "plain=1"),
                ],
            ),
            at(
                &[(".version-panel button", "Copy version")],
                &[("#copy-to", "plain-%")],
            ),
        ],
    )
    .await
}

async fn into_the_dialogs_of_the_registries(page: Page) -> Outcome {
    const MENU: (&str, &str) = (HEAD_MENU, "");
    const OPEN: (&str, &str) = (".page-head .menu button", "All registries…");
    let at = |way, fields, then| Place {
        page: "#/registry",
        way,
        fields,
        then: Some(then),
    };
    types_at(
        &page,
        &[
            at(
                &[MENU, OPEN],
                &[("#registry-name", "plain-%")],
                ("dialog button", "Create"),
            ),
            at(
                &[MENU, OPEN, ("dialog button", "Rename")],
                &[("#registry-new-name", "other-%")],
                ("dialog button", "Save the name"),
            ),
        ],
    )
    .await
}

async fn into_the_fields_of_the_pages(page: Page) -> Outcome {
    const CODE: &str = "$('li.step .code-lens summary').click()";
    page.resize(320, 900).await?;
    let texts = injections();
    let at = |page, fields| Place {
        page,
        way: &[],
        fields,
        then: None,
    };
    let check = Place {
        then: Some(("#check-go", "")),
        ..at("#/check", &[("#receipts", "")])
    };
    for place in [
        at(FRAUD, &[("#versions-filter", ""), ("#history-search", "")]),
        // The address of the server that the code is for.
        at(FRAUD, &[("li.step .code-lens input[inputmode=url]", "")]),
        at("#/exercises", &[("#made-seed", "")]),
        at("#/practice/into-test", &[("#command", "")]),
        check,
    ] {
        page.open(place.page).await?;
        unfold(&page).await?;
        if place.fields.iter().any(|(field, _)| field.contains("url")) {
            page.find("li.step .code-lens summary", None).await?;
            page.js(CODE, json!([])).await?;
            page.press("li.step .code-lens label", "curl").await?;
        }
        for (field, _) in place.fields {
            page.find(field, None).await?;
        }
        types(&page, place, &texts).await?;
        is_clean(&page, "what was typed").await?;
        page.fits("what was typed").await?;
    }
    Ok(())
}

/// A server's answer with a text wherever one can be.
fn answered(texts: &[String]) -> String {
    let text = |at: usize| texts.get(at % texts.len()).cloned().unwrap_or_default();
    let tags = |at: usize| json!([{ "key": text(at), "value": text(at + 1) }]);
    let models: Vec<Value> = (0..texts.len())
        .map(|at| {
            json!({ "name": text(at), "description": text(at + 1), "tags": tags(at), "latest_versions": [],
                    "aliases": [{ "alias": text(at), "version": "1" }] })
        })
        .collect();
    let versions: Vec<Value> = (0..texts.len())
        .map(|at| {
            json!({ "name": text(at), "version": "1", "current_stage": "Staging", "source": text(at + 2),
                    "description": text(at + 3), "tags": tags(at), "status": if at % 5 == 0 { text(at) } else { "READY".to_owned() } })
        })
        .collect();
    format!(
        "{}\n{}",
        json!({ "registered_models": models }),
        json!({ "model_versions": versions })
    )
}

async fn inside_of_what_a_server_answers(page: Page) -> Outcome {
    page.resize(320, 900).await?;
    page.open("#/registry").await?;
    let texts = injections();
    for (round, some) in texts.chunks(20).enumerate() {
        page.choose_in_menu("Import from MLflow…").await?;
        page.find("#take-in-text", None).await?;
        page.js(
            "const field = $('#take-in-text'); field.value = a[0]; field.dispatchEvent(new Event('input', { bubbles: true }));",
            json!([answered(some)]),
        )
        .await?;
        page.sees("#take-in-preview", "").await?;
        is_clean(&page, "what would come in").await?;
        page.until(
            "a dialog that is not too wide",
            "$('dialog[open]').scrollWidth <= $('dialog[open]').clientWidth",
        )
        .await?;
        if round % 5 > 0 {
            page.press("dialog button", "Cancel").await?;
        } else {
            page.fill("#take-in-name", &format!("server {round}"))
                .await?;
            page.press("dialog button", "Import").await?;
        }
        page.gone("dialog[open]").await?;
        is_clean(&page, "what came in").await?;
        page.fits("what came in").await?;
    }
    Ok(())
}

/// Gives each text to a field for files, and waits each time until the page has said something of it.
const GIVE: &str = r#"
  const [field, told, texts] = a;
  const tick = () => new Promise((done) => setTimeout(done, 0));
  const state = window.__typing = { busy: true, at: 0, wrong: null };
  const all = async () => {
    for (const [at, typed] of texts.entries()) {
      state.at = at;
      document.activeElement?.blur();
      const files = new DataTransfer();
      files.items.add(new File([typed], "given.json", { type: "application/json" }));
      const input = $(field);
      input.files = files.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
      while (!document.activeElement?.matches(told)) await tick();
      if (!clean()) { state.wrong = `made of data: ${typed}`; return; }
    }
  };
  all().catch((error) => { state.wrong = String(error); }).finally(() => { state.busy = false; });
"#;

async fn inside_of_files(page: Page) -> Outcome {
    page.resize(320, 900).await?;
    let texts: Vec<String> = injections()
        .into_iter()
        .enumerate()
        .map(|(at, text)| match at % 4 {
            0 => text,
            1 => json!({ "format": text, "version": 1, "progress": { "place": text } }).to_string(),
            2 => json!({ "format": "model-stages-progress", "version": 3, "progress": { text.clone(): text, "steps": { text.clone(): 1 } } })
                .to_string(),
            _ => json!({ "format": "model-stages", "version": 1, "workspaces": [{ "name": text, "rules": text }], "settings": { "theme": text } })
                .to_string(),
        })
        .collect();
    for (address, field, told) in [
        ("#/settings", "#import-progress", "#import-result"),
        ("#/settings", "#import-all", "#import-all-result"),
        ("#/exercises", "#exercise-file", "#exercise-file-result"),
    ] {
        page.open(address).await?;
        page.find(field, None).await?;
        let script = format!("const clean = () => {};\n{GIVE}", clean("main *"));
        page.js(&script, json!([field, told, texts])).await?;
        all_typed(&page, field).await?;
        page.fits("a file").await?;
    }
    Ok(())
}

async fn at_their_greatest_length(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    under_mlflow(&page).await?;
    page.resize(320, 900).await?;
    for (button, field, others, length) in [
        (".page-head", "#description", None, 10_000),
        (
            ".page-head",
            "#tag-value",
            Some(("#tag-key", "long")),
            100_000,
        ),
        (".page-head", "#tag-key", None, 250),
        (".page-head", "#alias-name", None, 255),
        (".version-panel", "#description", None, 10_000),
        (
            ".version-panel",
            "#tag-value",
            Some(("#tag-key", "long")),
            100_000,
        ),
        ("[data-card='5']", "#move-comment", None, 10_000),
        (".page-head", "#model-new-name", None, 1_000),
    ] {
        let name = match (button, field) {
            (".version-panel", "#description") => "Describe version 3…",
            (".version-panel", _) => "Add a tag to version 3…",
            (_, "#description") => "Describe the model…",
            (_, "#alias-name") => "Set an alias of the model…",
            (_, "#model-new-name") => "Rename the model…",
            (_, "#move-comment") => "Move with details…",
            _ => "Add a tag to the model…",
        };
        if field == "#move-comment" || button == ".page-head" {
            page.click(&format!("{button} .menu summary")).await?;
        }
        page.press(&format!("{button} button"), name).await?;
        page.find(field, None).await?;
        let put = "const field = $(a[0]); field.value = a[1].repeat(a[2]).slice(0, a[3]); field.dispatchEvent(new Event('input', { bubbles: true }));";
        if let Some((other, text)) = others {
            page.js(put, json!([other, text, 1, 100])).await?;
        }
        // One more is refused.
        let piece = "W";
        page.js(put, json!([field, piece, length + 1, length + 1]))
            .await?;
        page.until_with(
            &format!("{field} of {} letters is too long", length + 1),
            "$(a[0]).getAttribute('aria-invalid') === 'true' && $('dialog[open] button[type=submit]').disabled",
            json!([field]),
        )
        .await?;
        page.js(put, json!([field, piece, length, length])).await?;
        page.click("dialog[open] button[type=submit]").await?;
        page.gone("dialog[open]").await?;
        is_clean(&page, field).await?;
        page.fits(field).await?;
    }
    page.sees("#saving", "Saved in this browser").await?;
    page.reload().await?;
    is_clean(&page, "all of it").await?;
    page.fits("all of it").await
}
