//! The frame around every page: header, menu, the tab bar of a phone; and the start page.

use e2e::{Outcome, Page, cases};
use serde_json::json;
use thirtyfour::Key;

use crate::steps::{FRAUD, own, stands_in, tab_to, worked_in_own};

cases! {
    the_header_is_as_high_at_every_width,
    headings_stand_at_the_top,
    the_tab_bar_by_keyboard,
    the_tab_bar_covers_nothing,
    the_menu_says_what_is_saved,
    a_new_page_starts_at_its_top,
    the_start_page_lets_an_untested_version_go_live,
    nothing_jumps_on_the_start_page,
}

const PAGES: [&str; 9] = [
    "#/",
    "#/practice",
    "#/exercises",
    "#/registry",
    FRAUD,
    "#/progress",
    "#/settings",
    "#/check",
    "#/nowhere",
];

async fn the_header_is_as_high_at_every_width(page: Page) -> Outcome {
    for address in ["#/", "#/learn", FRAUD] {
        page.visit(address).await?;
        for width in [320, 375, 768, 769, 1440] {
            page.resize(width, 812).await?;
            page.until(
                &format!("56 pixels at {width}, {address}"),
                "$('header').getBoundingClientRect().height === 56",
            )
            .await?;
            page.until(
                "all pages in it, or at the foot",
                "(() => { const last = $$('.pages a').filter(shown).at(-1).getBoundingClientRect();
                   return last.right <= innerWidth && (innerWidth > 768 ? last.bottom <= 56 : last.bottom === innerHeight); })()",
            )
            .await?;
        }
    }
    Ok(())
}

async fn headings_stand_at_the_top(page: Page) -> Outcome {
    page.resize(375, 812).await?;
    for address in PAGES {
        page.visit(address).await?;
        page.until(
            &format!("a heading at the top of {address}"),
            "$('#page-title').getBoundingClientRect().top <= 110",
        )
        .await?;
    }
    Ok(())
}

async fn the_tab_bar_by_keyboard(page: Page) -> Outcome {
    page.open("#/").await?;
    page.resize(375, 812).await?;
    page.until(
        "five pages with an icon and a word",
        "$$('.pages a').filter(shown).map((link) => shown(link.querySelector('svg')) && text(link)).join(' ') \
         === 'Start Learn Practice Exercises Registry'",
    )
    .await?;
    tab_to(&page, ".pages a[href='#/practice']").await?;
    page.keys(Key::Enter).await?;
    page.sees("h1", "Practice").await?;
    page.focused("#page-title").await?;
    page.until(
        "the page that one is on",
        "$$('.pages a[aria-current]').filter(shown).map(text).join() === 'Practice'",
    )
    .await?;
    // What has no place there is in the menu.
    page.open("#/practice").await?;
    tab_to(&page, "#menu-button").await?;
    page.keys(Key::Enter).await?;
    tab_to(&page, "#menu a[href='#/progress']").await?;
    page.keys(Key::Enter).await?;
    page.sees("h1", "Progress").await?;
    page.gone("#menu").await?;
    page.focused("#page-title").await
}

async fn the_tab_bar_covers_nothing(page: Page) -> Outcome {
    const BAR: &str = "$('.pages').getBoundingClientRect().top";
    page.open(FRAUD).await?;
    page.resize(320, 640).await?;
    page.sees("#board-title", "").await?;
    let drawer = format!("Math.abs($('.drawer').getBoundingClientRect().bottom - {BAR}) < 1");
    page.until("the console above the bar", &drawer).await?;
    page.click("#console-toggle").await?;
    page.find("#console-field", None).await?;
    page.until("the open console above the bar", &drawer)
        .await?;
    page.open("#/practice").await?;
    page.js("scrollTo(0, document.body.scrollHeight)", json!([]))
        .await?;
    page.until(
        "the end of the page above the bar",
        &format!("$('footer').getBoundingClientRect().bottom <= {BAR} + 1"),
    )
    .await
}

async fn the_menu_says_what_is_saved(page: Page) -> Outcome {
    page.open("#/").await?;
    page.gone("#menu").await?;
    tab_to(&page, "#menu-button").await?;
    page.keys(Key::Enter).await?;
    page.sees(".menu-saved", "Saved in this browser").await?;
    page.keys(Key::Tab).await?;
    page.focused("#theme").await?;
    page.keys(Key::Escape).await?;
    page.gone("#menu").await?;
    page.focused("#menu-button").await
}

async fn a_new_page_starts_at_its_top(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    page.sees("#board-title", "").await?;
    page.js("scrollTo(0, 600)", json!([])).await?;
    page.until("a page that is scrolled", "scrollY > 500")
        .await?;
    page.go("#/registry").await?;
    page.until("the top of the page", "scrollY === 0").await
}

/// What comes of the move has its place before the move, and the lesson's door stays in sight.
async fn nothing_jumps_on_the_start_page(page: Page) -> Outcome {
    let places =
        "['.scene', '.scene-foot', '.doors'].map((part) => $(part).getBoundingClientRect())
        .flatMap((box) => [box.top, box.bottom]).map((at) => Math.round(at + scrollY)).join()";
    for (width, height) in [
        (1440, 900),
        (1280, 720),
        (1024, 768),
        (768, 1024),
        (375, 812),
    ] {
        page.resize(width, height).await?;
        page.open("#/").await?;
        page.sees(".start-try button", "Move v3 to Production")
            .await?;
        page.click(".traffic-step").await?;
        let before = page.string(places).await?;
        page.click(".start-try button").await?;
        page.sees(".said-line", "v3 is in Production").await?;
        page.click(".traffic-step").await?;
        page.sees(".traffic-gets", "v3").await?;
        assert_eq!(page.string(places).await?, before, "{width} × {height}");
        // On a phone it is the tab bar that leads there from everywhere.
        let door = "$(innerWidth < 1000 ? `header nav a[href='#/learn']` : '.door.main strong').getBoundingClientRect().bottom <= innerHeight && scrollY === 0";
        page.until(&format!("the way to the lesson, {width} × {height}"), door)
            .await?;
        page.click(".start-try button").await?;
        page.sees(".start-try button", "Move v3 to Production")
            .await?;
    }
    Ok(())
}

async fn the_start_page_lets_an_untested_version_go_live(page: Page) -> Outcome {
    let before = worked_in_own(&page).await?;
    page.open("#/").await?;
    page.sees("h1", "One label decides which model your users get")
        .await?;
    page.sees(".door.main", "minutes").await?;
    page.press(".start-try button", "Move v3 to Production")
        .await?;
    stands_in(&page, 3, "Production").await?;
    page.sees(".start-try", "nobody tested it").await?;
    // The app has loaded v2, and loads again after the next payment. (Where less motion is wanted, each is asked for.)
    page.sees(".traffic-gets", "v2").await?;
    page.click(".traffic-step").await?;
    page.sees(".traffic-gets", "v3").await?;
    page.press(".start-try button", "Put v2 back in Production")
        .await?;
    stands_in(&page, 3, "None").await?;
    stands_in(&page, 2, "Production").await?;
    page.click(".traffic-step").await?;
    page.sees(".traffic-gets", "v2").await?;
    // Nothing of it has touched the learner's own registry.
    assert_eq!(own(&page).await?, before);
    page.click(".door[href='#/exercises']").await?;
    page.sees("h1", "Exercises").await
}
