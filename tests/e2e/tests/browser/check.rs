//! Receipts: pasted, run again, shown in a table, and handed out as a file.

use e2e::axe::finds_nothing;
use e2e::browser::Kind;
use e2e::{Outcome, Page, cases};
use lesson::exercise::receipt::{Of, Receipt};
use lesson::pack::Id;
use registry::{Command, ModelName, RuleSet, Stage, VersionNumber};
use serde_json::json;

cases! {
    a_pasted_mail_becomes_a_table_and_a_file,
    a_link_is_checked_at_once,
    what_was_changed_is_refused_with_its_reason,
    what_has_no_receipt_or_too_many_is_said,
    many_receipts_let_the_page_go_on,
    it_is_used_by_keyboard,
    axe_and_narrow [only(Kind::Chromium)],
}

fn to(version: u32, stage: Stage) -> Option<Command> {
    Some(Command::TransitionModelVersionStage {
        name: ModelName::parse("fraud-detector").ok()?,
        version: VersionNumber::new(version)?,
        stage,
        archive_existing_versions: false,
    })
}

/// A receipt of the first exercise, with these moves of version 1.
fn receipt(stages: &[Stage]) -> Outcome<String> {
    let of = Id::parse("first-promotion").ok_or("no id")?;
    let steps: Option<Vec<Command>> = stages.iter().map(|stage| to(1, *stage)).collect();
    let receipt = Receipt {
        of: Of::Exercise(of),
        rules: RuleSet::Guided,
        steps: steps.ok_or("no version")?,
    };
    Ok(receipt.to_string())
}

fn good() -> Outcome<String> {
    receipt(&[Stage::Staging, Stage::Production])
}

/// Puts a text into the field at once, as pasting does.
async fn paste(page: &Page, text: &str) -> Outcome {
    page.find("#receipts", None).await?;
    page.js(
        "const field = $('#receipts'); field.value = a[0]; \
         field.dispatchEvent(new Event('input', { bubbles: true }))",
        json!([text]),
    )
    .await?;
    Ok(())
}

/// Waits until the rows of the table say this, with the receipts left out.
async fn rows(page: &Page, expected: &[&str]) -> Outcome {
    let said = "JSON.stringify($$('.check-table tbody tr').map((row) => \
                [...row.children].slice(0, -1).map(text).join('|'))) === JSON.stringify(a[0])";
    page.until_with("the rows", said, json!([expected])).await
}

async fn a_pasted_mail_becomes_a_table_and_a_file(page: Page) -> Outcome {
    page.open("#/check").await?;
    page.sees("main", "not who found it.").await?;
    let (good, open) = (good()?, receipt(&[Stage::Staging])?);
    // A mail program has broken the second link.
    let (head, tail) = open.split_at(20);
    let mail = format!(
        "Hello,\nAda Lovelace: https://example.org/app/#/check/{good}\n\n> @Bob, https://example.org/#/check/{head}=\n> {tail}\n"
    );
    paste(&page, &mail).await?;
    page.js(
        "const make = URL.createObjectURL; URL.createObjectURL = (blob) => { \
           blob.text().then((text) => { window.__given = text; }); \
           blob.arrayBuffer().then((bytes) => { window.__head = [...new Uint8Array(bytes).slice(0, 3)].join(); }); \
           return make(blob); }",
        json!([]),
    )
    .await?;
    page.click("#check-go").await?;
    page.focused("#check-title").await?;
    page.sees("#check-sum", "2 receipts: 1 solved, 1 not solved.")
        .await?;
    page.sees(".check-result", "1 line without a receipt was skipped.")
        .await?;
    rows(
        &page,
        &[
            "2|Ada Lovelace|The first promotion|solved|2|2|this team’s|",
            "4|@Bob|The first promotion|not solved|1|2|this team’s|Still open: v1 is in Production.",
        ],
    )
    .await?;
    page.click("#check-csv").await?;
    page.until("the file", "window.__given && window.__head")
        .await?;
    let given = page.string("window.__given").await?;
    let expected = format!(
        "Line,Name,Exercise,Result,Steps,Shortest,Rules,Note,Receipt\r\n\
         2,Ada Lovelace,The first promotion,solved,2,2,this team’s,,{good}\r\n\
         4,\"'@Bob\",The first promotion,not solved,1,2,this team’s,Still open: v1 is in Production.,{open}\r\n"
    );
    assert_eq!(given.trim_start_matches('\u{feff}'), expected);
    assert_eq!(page.string("window.__head").await?, "239,187,191");
    page.click("#check-clear").await?;
    page.focused("#receipts").await?;
    page.gone(".check-table").await?;
    page.until("an empty field", "$('#receipts').value === ''")
        .await
}

async fn a_link_is_checked_at_once(page: Page) -> Outcome {
    let good = good()?;
    page.open(&format!("#/check/{good}")).await?;
    page.sees("#check-sum", "1 receipt: 1 solved.").await?;
    rows(&page, &["1||The first promotion|solved|2|2|this team’s|"]).await?;
    page.until_with(
        "the receipt in the field",
        "$('#receipts').value === a[0]",
        json!([good]),
    )
    .await?;
    // As a mail program may have written the link of a made exercise.
    page.go("#/check/ms1.%7Ealiases%7e3%7E1~1~7.AQMBAA5zdXBwb3J0LXJvdXRlcgEIY2hhbXBpb24JAQACCmNoYWxsZW5nZXIMAgADBnN0YWJsZQ.O-V2EQ")
        .await?;
    rows(
        &page,
        &["1||Move the aliases: 3 steps, 1 model, seed 7|solved|3|3|plain MLflow|"],
    )
    .await?;
    let link = "$('.check-table a').getAttribute('href') === \
                '#/exercises/new?objective=aliases&par=3&models=1&distractors=1&seed=7'";
    page.until("the link to the exercise", link).await
}

async fn what_was_changed_is_refused_with_its_reason(page: Page) -> Outcome {
    page.open("#/check").await?;
    let good = good()?;
    let text = [
        good.replace("first-promotion", "bad-release"),
        good.split_at(good.len() - 3).0.to_owned(),
        good.replace("ms1.", "ms9."),
        receipt(&[Stage::Production])?,
        "https://example.org/#/check/nonsense".to_owned(),
    ]
    .join("\n");
    paste(&page, &text).await?;
    page.click("#check-go").await?;
    page.sees("#check-sum", "5 receipts: 5 refused.").await?;
    let damaged = "Something in this receipt was changed or is missing: its checksum is wrong.";
    rows(
        &page,
        &[
            &format!("1|||refused||||{damaged}"),
            &format!("2|||refused||||{damaged}"),
            "3|||refused||||This receipt was written by a newer version of the app. Reload the page to get it.",
            "4||The first promotion|refused|||this team’s|Step 1 is refused: Test before production.",
            "5|||refused||||This is not a receipt. A receipt begins with “ms1.” or “mr1.”.",
        ],
    )
    .await
}

async fn what_has_no_receipt_or_too_many_is_said(page: Page) -> Outcome {
    page.open("#/check").await?;
    for (text, says) in [
        (String::new(), "No receipt was found."),
        ("Hello,\nno link".to_owned(), "No receipt was found."),
        ("ms1.a.b.c\n".repeat(2_001), "too many receipts"),
    ] {
        paste(&page, &text).await?;
        page.click("#check-go").await?;
        page.sees("#check-problem", says).await?;
        page.focused("#check-title").await?;
    }
    // What is too long is measured first; the field has its beginning.
    paste(&page, &"x".repeat(1_000_001)).await?;
    page.sees(
        "#receipts-cut",
        "has 1,000,001 characters, and only 1,000,000 fit",
    )
    .await?;
    page.until("its beginning", "$('#receipts').value.length === 1_000_000")
        .await?;
    page.click("#check-clear").await?;
    page.until("no word of it any more", "text('#receipts-cut') === ''")
        .await?;
    // A text with signs of its own stays a text.
    paste(&page, "<img src=x onerror=alert(1)> ms1.a.b.c").await?;
    page.click("#check-go").await?;
    page.sees(".check-name", "img src=x onerror=alert(1)")
        .await?;
    page.gone("#check-problem").await
}

/// Between two slices of the work the browser has its turn: what is said changes while it goes on.
async fn many_receipts_let_the_page_go_on(page: Page) -> Outcome {
    page.open("#/check").await?;
    let good = good()?;
    let many: String = (1..=2_000)
        .map(|at| format!("Learner {at}: {good}\n"))
        .collect();
    paste(&page, &many).await?;
    page.js(
        "window.__said = []; new MutationObserver(() => window.__said.push(text('#check-sum'))) \
           .observe($('.check-result'), { subtree: true, childList: true, characterData: true })",
        json!([]),
    )
    .await?;
    page.click("#check-go").await?;
    page.sees("#check-sum", "2000 receipts: 2000 solved.")
        .await?;
    page.until(
        "what was said in between",
        "window.__said.some((said) => said?.startsWith('Checking: '))",
    )
    .await?;
    let count = "$$('.check-table tbody tr').length === a[0]";
    page.until_with("a hundred rows", count, json!([100]))
        .await?;
    page.press("main button", "Show 100 more").await?;
    page.until_with("two hundred rows", count, json!([200]))
        .await?;
    // What is pasted meanwhile takes the place of what is under way.
    page.click("#check-go").await?;
    paste(&page, &good).await?;
    page.click("#check-go").await?;
    page.sees("#check-sum", "1 receipt: 1 solved.").await?;
    page.until_with("one row", count, json!([1])).await
}

async fn it_is_used_by_keyboard(page: Page) -> Outcome {
    page.open("#/check").await?;
    page.js("$('#receipts').focus()", json!([])).await?;
    page.keys(good()?).await?;
    page.keys("\u{e004}").await?;
    page.focused("#check-go").await?;
    page.keys("\u{e007}").await?;
    page.focused("#check-title").await?;
    page.hears("1 receipt: 1 solved.").await?;
    page.keys("\u{e004}").await?;
    page.focused(".check-result .table-scroll").await
}

async fn axe_and_narrow(page: Page) -> Outcome {
    let good = good()?;
    let text = format!(
        "Ada {good}\nA name that is rather long, and goes on {}\nms1.x\nhello",
        receipt(&[Stage::Staging])?
    );
    for width in [320, 1280] {
        let state = |what: &str| format!("{what}, {width} pixels");
        page.resize(width, 900).await?;
        page.open("#/check").await?;
        finds_nothing(&page, &state("nothing pasted")).await?;
        page.click("#check-go").await?;
        page.sees("#check-problem", "No receipt was found.").await?;
        finds_nothing(&page, &state("no receipt")).await?;
        paste(&page, &text).await?;
        page.click("#check-go").await?;
        page.sees(
            "#check-sum",
            "3 receipts: 1 solved, 1 not solved, 1 refused.",
        )
        .await?;
        finds_nothing(&page, &state("a table")).await?;
        page.fits(&state("a table")).await?;
    }
    Ok(())
}
