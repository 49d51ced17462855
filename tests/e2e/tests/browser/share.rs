//! Links: one is given out, opened, looked at and copied; whatever else stands in an address changes nothing.

use e2e::axe::finds_nothing;
use e2e::browser::Kind;
use e2e::{Outcome, Page, cases};
use registry::{FreeText, Log, RuleSet, Time, sample};
use serde_json::json;
use share::link;
use storage::WorkspaceSnapshot;

use crate::steps::{FRAUD, stands_in, transition};

cases! {
    a_link_is_given_looked_at_and_copied,
    what_is_no_link_says_so_and_changes_nothing,
    a_long_history_is_given_as_a_file,
    a_bomb_is_refused_at_once,
    what_is_too_long_for_a_code_says_so,
    the_text_is_copied,
    axe_and_narrow [only(Kind::Chromium)],
}

/// All that is stored, so that a test sees whether anything has changed.
const STORED: &str = "JSON.stringify(Object.entries(localStorage).sort())";

fn snapshot(log: Log) -> WorkspaceSnapshot {
    WorkspaceSnapshot {
        name: FreeText::parse("From a friend").unwrap_or_default(),
        rules: RuleSet::Mlflow,
        created: Time(1_700_000_000_000),
        log,
    }
}

fn sample_link() -> String {
    let (log, _) = sample::sample(Time(1_760_000_000_000));
    format!(
        "#/share/{}",
        link::print(&snapshot(log)).unwrap_or_default()
    )
}

async fn a_link_is_given_looked_at_and_copied(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    transition(&page, 5, "Submit for testing", "Staging").await?;
    page.go("#/registry").await?;
    page.press("main button", "Share or save…").await?;
    page.sees("dialog[open] h2", "Share or save this registry")
        .await?;
    let address = page.string("$('#share-link').value").await?;
    assert!(address.len() <= 8_000, "{}", address.len());
    page.until(
        "a code, though it is folded",
        "$('dialog svg.square path').getAttribute('d').startsWith('M0 0h7')",
    )
    .await?;
    page.sees("#share-text", "fraud-detector").await?;
    page.sees(
        "#share-text",
        "Moved fraud-detector version 5 from None to Staging.",
    )
    .await?;
    page.press("dialog .actions button", "Close").await?;
    page.gone("dialog[open]").await?;

    // In another place: here it is all new.
    page.begin().await?;
    let fragment = address.split_once('#').map_or("", |(_, fragment)| fragment);
    page.open("#/registry").await?;
    page.sees("main", "fraud-detector").await?;
    let before = page.string(STORED).await?;
    page.open(&format!("#{fragment}")).await?;
    page.sees("#page-title", "A registry was shared with you")
        .await?;
    page.sees(
        ".shared-facts",
        "Moved fraud-detector version 5 from None to Staging.",
    )
    .await?;
    page.click("#shared-look").await?;
    page.sees("#shared-inside", "Nothing can be changed here.")
        .await?;
    page.choose("#shared-model", "1").await?;
    stands_in(&page, 5, "Staging").await?;
    page.until(
        "nothing that changes it",
        "$$('#shared-inside .card-move, #shared-inside #undo').every((one) => one.disabled)",
    )
    .await?;
    page.press("#shared-inside li.step button", "View: Step 18")
        .await?;
    page.sees(".moment-bar", "after step 18").await?;
    page.press(".moment-bar button", "Back to now").await?;
    let after = page.string(STORED).await?;
    assert_eq!(before, after, "looking changes nothing");
    page.click("#shared-copy").await?;
    page.hears("Registry is one of your registries now. It is open.")
        .await?;
    page.until(
        "a registry beside the own one",
        "$$('#workspace option').length === 2",
    )
    .await?;
    page.go(FRAUD).await?;
    stands_in(&page, 5, "Staging").await?;
    page.reload().await?;
    stands_in(&page, 5, "Staging").await?;
    page.click("#undo").await?;
    stands_in(&page, 5, "None").await?;
    page.go("#/registry").await?;
    page.choose("#workspace", "own").await?;
    page.go(FRAUD).await?;
    stands_in(&page, 5, "None").await
}

async fn what_is_no_link_says_so_and_changes_nothing(page: Page) -> Outcome {
    page.open("#/registry").await?;
    page.sees("main", "fraud-detector").await?;
    let before = page.string(STORED).await?;
    let good = sample_link();
    let cut = &good[..good.len() - 20];
    for (address, says) in [
        ("#/share/", "This is not a link of Model Stages"),
        ("#/share/hello", "This is not a link of Model Stages"),
        (
            "#/share/<img src=x onerror=window.__ran=1>",
            "This is not a link of Model Stages",
        ),
        ("#/share/ms7.AAAA.BBBB", "A newer version of Model Stages"),
        (cut, "Something in the link was changed or is missing."),
    ] {
        page.visit(address).await?;
        page.sees("#page-title", "This link cannot be opened")
            .await?;
        page.sees("main", says).await?;
    }
    page.press("main a", "Go to my registry").await?;
    page.sees("main", "fraud-detector").await?;
    let after = page.string(STORED).await?;
    assert_eq!(before, after);
    Ok(())
}

/// Sets tags that are hard to pack, for chance is.
async fn set_odd_tags(page: &Page, count: u64) -> Outcome {
    page.js("$('#console-toggle').click()", json!([])).await?;
    page.until("the console", "$('#console-field')").await?;
    let lines: Vec<String> = (0..count)
        .map(|at| {
            let odd = (0..4).map(|of| {
                let mix = (at * 4 + of + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
                format!(
                    "{:016x}{:016x}",
                    mix,
                    mix.rotate_left(29).wrapping_mul(0x94d0_49bb_1331_11eb)
                )
            });
            format!(
                "client.set_registered_model_tag('fraud-detector', 'k{at}', '{}')",
                odd.collect::<String>()
            )
        })
        .collect();
    page.js(
        "const field = $('#console-field'); field.value = a[0]; field.dispatchEvent(new Event('input', { bubbles: true })); \
         $$('#console-place button').find((one) => text(one) === 'Run').click()",
        json!([lines.join("\n")]),
    )
    .await?;
    page.sees("li.step", &format!("k{}", count - 1)).await
}

async fn a_long_history_is_given_as_a_file(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    set_odd_tags(&page, 60).await?;
    page.go("#/registry").await?;
    page.press("main button", "Share or save…").await?;
    page.sees("#share-long", "do not fit into a link").await?;
    page.gone("#share-link").await?;
    page.catch_files().await?;
    page.press("dialog button", "Download JSON").await?;
    page.until("the file", "window.__given").await?;
    let given = page.string("window.__given").await?;
    let read = share::file::parse(&given).map_err(|error| format!("{error:?}"))?;
    assert!(read.workspaces.iter().all(|one| one.log.step() > 60));
    page.press("dialog button", "Download CSV").await?;
    page.until(
        "the table",
        "window.__given.startsWith('model,version,stage')",
    )
    .await
}

/// From the new address to the refusal on the page, in milliseconds: the fastest of several, for the machine may be busy.
const FASTEST: &str = r##"
  const tick = () => new Promise((done) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = done;
    channel.port2.postMessage(0);
  });
  const says = async (words) => { while (!text("main")?.includes(words)) await tick(); };
  (async () => {
    const times = [];
    for (let round = 0; round < 15; round += 1) {
      location.hash = "#/share/hello";
      await says("This is not a link of Model Stages");
      const began = performance.now();
      location.hash = a[0];
      await says("This link holds too much.");
      times.push(performance.now() - began);
    }
    window.__fastest = Math.min(...times);
  })();
"##;

async fn a_bomb_is_refused_at_once(page: Page) -> Outcome {
    // 64 KiB that would unpack to more than 60 MB, with a checksum that fits.
    let packed = miniz_oxide::deflate::compress_to_vec(&vec![b' '; 60 << 20], 9);
    let text = format!("ms1.{}", lesson::letters::to_base64(&packed));
    let link = format!("{text}.{}", lesson::letters::checksum(&text));
    page.open("#/share/hello").await?;
    page.sees("#page-title", "This link cannot be opened")
        .await?;
    page.js(FASTEST, json!([format!("#/share/{link}")])).await?;
    page.until("the refusals", "window.__fastest").await?;
    let fastest = page.value("window.__fastest").await?;
    println!("{}: a bomb is refused in {fastest} ms", page.kind());
    let fastest = fastest.as_f64().ok_or("no number")?;
    assert!(fastest < 100.0, "{fastest} ms");
    Ok(())
}

async fn what_is_too_long_for_a_code_says_so(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    set_odd_tags(&page, 14).await?;
    page.go("#/registry").await?;
    page.press("main button", "Share or save…").await?;
    page.sees("dialog[open]", "The link is too long for a QR code.")
        .await?;
    page.gone("dialog svg.square").await?;
    // The link itself is given all the same.
    page.until(
        "the link",
        "$('#share-link').value.length > 3000 && $('#share-link').value.length <= 8000",
    )
    .await
}

async fn the_text_is_copied(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    transition(&page, 5, "Submit for testing", "Staging").await?;
    page.go("#/registry").await?;
    page.press("main button", "Share or save…").await?;
    page.sees("#share-text", "fraud-detector").await?;
    page.js(
        "Object.defineProperty(navigator, 'clipboard', { value: { writeText: async (text) => { window.__copied = text } } })",
        json!([]),
    )
    .await?;
    page.press("dialog button", "Copy the text").await?;
    page.hears("Copied.").await?;
    page.until(
        "what is shown, line by line",
        "window.__copied === $('#share-text').textContent && window.__copied.split('\\n').length > 10 \
         && window.__copied.includes('Moved fraud-detector version 5 from None to Staging.')",
    )
    .await
}

async fn axe_and_narrow(page: Page) -> Outcome {
    page.open("#/registry").await?;
    page.press("main button", "Share or save…").await?;
    page.click("dialog summary").await?;
    for width in [320, 1280] {
        page.resize(width, 900).await?;
        page.fits(&format!("the dialog at {width} pixels")).await?;
        finds_nothing(&page, &format!("share, {width}")).await?;
    }
    page.open(&sample_link()).await?;
    page.click("#shared-look").await?;
    page.sees("#shared-inside", "Nothing can be changed here.")
        .await?;
    for width in [320, 1280] {
        page.resize(width, 900).await?;
        page.fits(&format!("a link at {width} pixels")).await?;
        finds_nothing(&page, &format!("a link, {width}")).await?;
    }
    page.open("#/share/hello").await?;
    finds_nothing(&page, "no link").await?;
    Ok(())
}
