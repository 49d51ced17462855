//! Pages on paper, sheet by sheet.

use e2e::browser::Kind;
use e2e::failure::Failure;
use e2e::{Outcome, Page, cases, pdf};
use serde_json::json;
use thirtyfour::common::print::PrintParameters;

cases! {
    every_page_is_printed_without_controls_and_nothing_is_cut [only(Kind::Chromium)],
}

/// Prints the page, and gives the text of each sheet, without blanks.
async fn printed(page: &Page) -> Outcome<Vec<String>> {
    let printed = page.driver().print_page(PrintParameters::default()).await?;
    pdf::pages(&printed)
}

/// The first and the last words of what must not be cut in two, as they are printed.
const WHOLE: &str = r#"JSON.stringify($$(".paper-part:not(.paper-step), .paper-options li, .paper-foot, .card, .panel:not(.section), .question .option, figure, pre").filter(shown).map((it) => {
    const words = [];

    const walker = document.createTreeWalker(it, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const node = walker.currentNode;
        const range = document.createRange();
        range.selectNode(node);
        const box = range.getBoundingClientRect();
        const isPlain = getComputedStyle(node.parentElement).textTransform === "none" && !node.parentElement.closest("details:not([open])");
        if (isPlain && box.width > 2 && box.height > 2) words.push(node.data.replace(/\s+/g, ""));
    }
    return words.filter(Boolean).map((text) => text.slice(0, 24));
}).filter((words) => words.length).map((words) => [words[0], words.at(-1)]))"#;

/// What is drawn on the page, and in which colours.
const COLOURS: &str = r#"$$("main, main *").filter(shown).map((it) => { const { color, backgroundColor, borderTopColor, fill } = getComputedStyle(it); return [color, backgroundColor, borderTopColor, fill].join(" "); }).join("\n")"#;

/// Paper has the same colours whether the page is light, or dark by the setting or by the system.
async fn has_the_colours_of_paper(page: &Page, address: &str) -> Outcome {
    let mut colours = Vec::new();
    for (theme, system) in [("light", "light"), ("dark", "light"), ("", "dark")] {
        let media = json!({ "media": "print", "features": [{ "name": "prefers-color-scheme", "value": system }] });
        page.browser()
            .cdp("Emulation.setEmulatedMedia", media)
            .await?;
        let set = "const { dataset } = document.documentElement; if (a[0]) dataset.theme = a[0]; else delete dataset.theme;";
        page.js(set, json!([theme])).await?;
        colours.push(page.string(COLOURS).await?);
    }
    colours.dedup();
    assert_eq!(colours.len(), 1, "{address}: {colours:?}");
    Ok(())
}

async fn every_page_is_printed_without_controls_and_nothing_is_cut(page: Page) -> Outcome {
    // As wide as a sheet, so that what is looked at here is laid out as it is printed.
    page.resize(711, 1000).await?;
    for (address, least, says, prints) in [
        ("#/class/worksheet", 2, "Question 2", "Your steps"),
        ("#/class/answers", 1, "Answer", "Exercise 1"),
        ("#/class/handout", 8, "In short", "Archived is not deleted"),
        (
            "#/learn/promote",
            1,
            "Production: the model for real use",
            "The payments app",
        ),
        ("#/tutorials", 1, "tutorials", "3.18"),
        // What is folded on the screen.
        (
            "#/practice",
            1,
            "All questions by topic",
            "What is the staging stage for?",
        ),
        (
            "#/practice/archived-loads",
            1,
            "Version 1 of fraud",
            "An auditor runs this line",
        ),
        ("#/exercises", 1, "The first promotion", "One letter"),
        (
            "#/exercises/first-promotion",
            1,
            "The first promotion",
            "v1 is in Production",
        ),
        (
            "#/registry",
            1,
            "fraud-detector",
            "Moved churn-forecast version 2 from None to Staging.",
        ),
        (
            "#/registry/fraud-detector",
            1,
            "fraud-detector",
            "Version 3",
        ),
        ("#/check", 1, "Check receipts", "not who found it"),
        ("#/progress", 1, "Progress", "Topics"),
        ("#/settings", 1, "Settings", "Settings"),
        ("#/class", 1, "In class", "No notes for this part"),
        ("#/", 1, "Production", "reloads in"),
    ] {
        page.open(address).await?;
        page.sees("main", says).await?;
        page.browser()
            .cdp("Emulation.setEmulatedMedia", json!({ "media": "print" }))
            .await?;
        let pressed = "$$('button:not(.card-name, .sort, .row-name, .move), select, summary:not(.objective > summary), nav, textarea, input:not([type=radio], [type=checkbox]), .shell-head, .shell-foot, .skip').filter(shown).map((it) => it.outerHTML.slice(0, 80)).join()";
        assert_eq!(page.string(pressed).await?, "", "{address}");
        let odd = "[...$$('main *').filter((it) => shown(it) && getComputedStyle(it).position === 'fixed'), ...$$('main .panel').filter((it) => shown(it) && !text(it))].map((it) => it.outerHTML.slice(0, 80)).join()";
        assert_eq!(page.string(odd).await?, "", "{address}");
        let bare = "$$('main a[href^=\"https://\"]').filter((it) => shown(it) && !getComputedStyle(it, '::after').content.includes('https://')).length";
        assert_eq!(page.value(bare).await?, json!(0), "{address}");
        let inside = "$$('main a[href^=\"#\"]').every((it) => !shown(it) || getComputedStyle(it, '::after').content.includes(location.href.split('#')[0] + it.getAttribute('href')))";
        page.until("the whole address of each link", inside).await?;
        has_the_colours_of_paper(&page, address).await?;
        let whole: Vec<[String; 2]> = serde_json::from_str(&page.string(WHOLE).await?)
            .map_err(|error| Failure::new(error.to_string()))?;
        page.browser()
            .cdp(
                "Emulation.setEmulatedMedia",
                json!({ "media": "", "features": [] }),
            )
            .await?;
        let sheets = printed(&page).await?;
        assert!(sheets.len() >= least, "{address}: {} sheets", sheets.len());
        let all = sheets.concat();
        for words in [says, prints] {
            let words: String = words.split_whitespace().collect();
            assert!(all.contains(&words), "{address}: {words} is not in {all}");
        }
        assert!(!all.contains("Nothingleavesthisbrowser"), "{address}");
        for [first, last] in &whole {
            let on_one = |sheet: &String| sheet.contains(first) && sheet.contains(last);
            assert!(
                sheets.iter().any(on_one),
                "{address}: {first} … {last} is on two sheets of {sheets:#?}"
            );
        }
        if address.starts_with("#/class/") {
            let last = sheets.last().map_or("", String::as_str);
            assert!(last.contains("Atthisaddress:http"), "{address}: {last}");
        }
    }
    page.open("#/class/worksheet").await?;
    page.until("places to write on", "$$('.paper-blank').length === 2 && $$('.paper-lines').length === 1 && $$('.paper-box').length === 8").await?;
    page.gone(".paper-right").await?;
    page.until(
        "the address and its code",
        "text('.paper-foot').includes('#/practice') && $('.paper-foot svg path')",
    )
    .await?;
    page.go("#/class/answers").await?;
    page.until("the right ones", "$$('.paper-right').length === 2")
        .await
}
