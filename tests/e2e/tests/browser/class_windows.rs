//! What fits into the windows of a class, in large letters and on small laptops, and that there are no barriers.

use ::class::plan::Kind;
use ::class::{Action, Item, Plan, Presenter, Sender, What};
use e2e::{Outcome, Page, axe, cases};
use lesson::own;
use registry::sample::sample;
use registry::{FreeText, RuleSet, Time};
use serde_json::json;
use share::link;
use storage::{WorkspaceSnapshot, folder};
use thirtyfour::Key;

use crate::class::{part, press, projector, shown_to_the_teacher, shows, teacher};
use crate::tabs::to;

cases! {
    every_view_fits_in_large_letters,
    a_talk_is_told_in_large_letters_below_the_view,
    hands_fit_beside_every_question,
    the_windows_have_no_barriers,
}

/// The link of a registry with three models.
fn registry_link() -> String {
    let snapshot = WorkspaceSnapshot {
        name: FreeText::default(),
        rules: RuleSet::Guided,
        created: Time(0),
        log: sample(Time(1_700_000_000_000)).0,
    };
    link::print(&snapshot).unwrap_or_default()
}

/// Adds what the own plan has not: hands at two votes, a made exercise, and a registry from a link.
async fn every_kind_of_view(page: &Page) -> Outcome {
    part(page, "What is the staging stage for").await?;
    page.js("document.activeElement.blur()", json!([])).await?;
    for key in ["1", "2", "2", "v", "2"] {
        page.keys(key).await?;
    }
    page.until(
        "the second hands",
        "text($$('.vote-count')[1]) === '1st: 2 · 2nd: 1'",
    )
    .await?;
    let registry = registry_link();
    let made = "objective=release&par=2&models=1&distractors=1&seed=7";
    for (kind, what) in [("registry", registry.as_str()), ("made", made)] {
        page.choose("#add-kind", kind).await?;
        page.fill("#add-what", what).await?;
        page.click("#plan-add").await?;
    }
    page.until("thirteen parts", "$$('.plan-row').length === 13")
        .await
}

/// What of a view is cut off, or written in letters that are too small.
const WRONG: &str = r#"(() => {
    const view = $(".audience .projector-view");
    const talk = $(".audience .projector-talk:not([hidden])");
    const isText = (it) => [...it.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    const texts = [...view.querySelectorAll("*"), talk].filter((it) => it && isText(it));
    const small = texts.filter((it) => parseFloat(getComputedStyle(it).fontSize) < innerHeight * 0.04);
    const isOutside = (it) => { const { top, left, right, bottom } = it.getBoundingClientRect(); return top < 0 || left < 0 || right > innerWidth || bottom > innerHeight; };
    const isUnderTalk = (it) => { const [{ right, bottom }, { left, top }] = [it, talk].map((of) => of.getBoundingClientRect()); return it !== talk && right > left && bottom > top; };
    const cut = (talk && texts.some(isUnderTalk)) || view.scrollHeight > view.clientHeight || document.documentElement.scrollHeight > innerHeight || texts.some(isOutside)
        || [...view.querySelectorAll(".projector-column, .projector-app, pre, .move-way")].some((it) => it.scrollWidth > it.clientWidth || it.scrollHeight > it.clientHeight + 1);
    return (cut ? "cut " : "") + small.map((it) => it.className || it.tagName).join();
})()"#;

async fn every_view_fits_in_large_letters(page: Page) -> Outcome {
    let teacher = teacher(&page).await?;
    every_kind_of_view(&page).await?;
    let window = projector(&page).await?;
    let mut seen = String::new();
    for (width, height) in [(1024, 768), (1920, 1080)] {
        to(&page, &window).await?;
        page.resize(width, height).await?;
        to(&page, &teacher).await?;
        page.press("button", "Back to the beginning").await?;
        loop {
            let shown = shown_to_the_teacher(&page).await?;
            to(&page, &window).await?;
            shows(&page, &shown).await?;
            let wrong = page.string(WRONG).await?;
            assert_eq!(wrong, "", "{width}×{height}: {shown}");
            let kinds = "[...new Set([...document.querySelectorAll('.audience [class*=projector-], .class-moves')].flatMap((it) => [...it.classList]))].join(' ')";
            seen.push_str(&page.string(kinds).await?);
            if shown == json!("The end") {
                break;
            }
            press(&page, Key::PageDown).await?;
            to(&page, &teacher).await?;
            page.until_with(
                "the next view",
                "text('[data-screen=current] .projector-view') !== a[0]",
                json!([shown]),
            )
            .await?;
        }
    }
    // A title, words, moves, a choice, a board, a question with its hands, an exercise, a code.
    for kind in [
        "title", "words", "option", "board", "ask", "bar", "kind", "code",
    ] {
        assert!(seen.contains(&format!("projector-{kind}")), "no {kind}");
    }
    assert!(seen.contains("class-moves"));
    Ok(())
}

async fn a_talk_is_told_in_large_letters_below_the_view(page: Page) -> Outcome {
    let teacher = teacher(&page).await?;
    let window = projector(&page).await?;
    page.resize(1024, 768).await?;
    for title in ["When does an app notice a move?", "Four stages"] {
        to(&page, &teacher).await?;
        part(&page, title).await?;
        for _ in 0..2 {
            press(&page, Key::PageDown).await?;
        }
        page.press(".class-settings button", "Two minutes to talk")
            .await?;
        let shown = shown_to_the_teacher(&page).await?;
        to(&page, &window).await?;
        shows(&page, &shown).await?;
        page.sees(".projector-talk", "Talk with a neighbour: ")
            .await?;
        page.until(title, &format!("{WRONG} === ''")).await?;
    }
    Ok(())
}

/// A teacher with a part of a plan alone, before whose question many hands have been counted, twice.
fn with_hands(kind: Kind, id: &str) -> Option<Presenter> {
    let mut plan = Plan::new(id);
    plan.add(Item {
        what: What::of(kind, id)?,
        minutes: 1,
        notes: String::new(),
        votes: None,
    });
    let mut presenter = Presenter::new(plan);
    while presenter.votes().is_none() {
        presenter.next()?;
        presenter.act(Action::Next, Time(0));
    }
    let (options, _) = presenter.votes()?;
    for _ in 0..2 {
        for hand in 0..12 * options {
            presenter.act(Action::Hand(hand % options), Time(0));
        }
        presenter.act(Action::SecondVote, Time(0));
    }
    presenter.act(Action::ShowVotes, Time(0));
    Some(presenter)
}

async fn hands_fit_beside_every_question(page: Page) -> Outcome {
    page.open("#/audience").await?;
    page.resize(1024, 768).await?;
    page.find("main button", Some("Fill the screen")).await?;
    let path = page.string("location.pathname").await?;
    let listen = "window.port = new BroadcastChannel(a[0]); port.onmessage = ({ data }) => { window.here = JSON.parse(data).number; }";
    let channel = format!("{}class", folder::prefix(&path));
    page.js(listen, json!([channel])).await?;
    let steps = own::STEPS.iter().map(|(id, _)| (Kind::Step, *id));
    let questions = own::QUESTIONS.iter().map(|id| (Kind::Question, *id));
    let mut sender = Sender::new(1);
    let mut seen = 0;
    for (kind, id) in steps.chain(questions) {
        let Some(mut presenter) = with_hands(kind, id) else {
            continue;
        };
        // The question with its hands, and then with the answer.
        for _ in 0..2 {
            seen += 1;
            let message = sender.show(presenter.screen()).map(|it| it.print());
            page.js("port.postMessage(a[0])", json!([message])).await?;
            page.until_with("the view", "window.here === a[0]", json!([seen]))
                .await?;
            let what = format!("both hands of each option of {id} as a whole");
            let bars = "$$('.projector-bar').length === 2 * $$('.projector-option').length";
            page.until(&what, &format!("{bars} && {WRONG} === ''"))
                .await?;
            presenter.act(Action::Next, Time(0));
        }
    }
    assert!(seen > 80, "{seen} views");
    Ok(())
}

/// What a teacher looks at all the time, and presses.
const AT_HAND: &str = r##"["#class-back", "#class-next", "#class-keys", "#class-clock", "#class-left", "#class-part-left", "[data-screen=current]", "[data-screen=next]", "#class-notes", ...($(".class-votes") ? [".vote-list", ".class-votes .actions"] : [])]"##;

/// It is on the screens of small laptops, without scrolling.
async fn all_is_at_hand(page: &Page) -> Outcome {
    for (width, height) in [(1024, 768), (1280, 720)] {
        page.resize(width, height).await?;
        page.js("scrollTo(0, 0)", json!([])).await?;
        let outside = format!(
            "{AT_HAND}.filter((it) => {{ const {{ top, left, right, bottom, width }} = $(it).getBoundingClientRect(); \
             return !(width > 0 && top >= 0 && left >= 0 && right <= {width} && bottom <= {height}); }}).join()"
        );
        page.until(
            &format!("all on {width}×{height}"),
            &format!("{outside} === ''"),
        )
        .await?;
    }
    Ok(())
}

async fn the_windows_have_no_barriers(page: Page) -> Outcome {
    let teacher = teacher(&page).await?;
    axe::finds_nothing(&page, "the teacher at the title").await?;
    all_is_at_hand(&page).await?;
    // What phones cannot open is said where its code is shown.
    page.gone("#class-local").await?;
    // The part with the longest notes, and with hands.
    part(&page, "What is the staging stage for").await?;
    all_is_at_hand(&page).await?;
    page.js("document.activeElement.blur()", json!([])).await?;
    for key in ["1", "f", "v", "2", "f"] {
        page.keys(key).await?;
        all_is_at_hand(&page).await?;
    }
    page.press(".class-settings button", "QR code").await?;
    page.sees("#class-local", "Phones cannot open the address")
        .await?;
    page.press(".class-settings button", "QR code").await?;
    let window = projector(&page).await?;
    to(&page, &teacher).await?;
    press(&page, Key::PageDown).await?;
    axe::finds_nothing(&page, "the teacher at a question").await?;
    page.resize(320, 640).await?;
    page.fits("the teacher on a phone").await?;
    to(&page, &window).await?;
    page.until("the answer", "$('.audience .is-right')").await?;
    axe::finds_nothing(&page, "the projector at a question").await?;
    for address in ["#/class/worksheet", "#/class/answers", "#/class/handout"] {
        page.open(address).await?;
        axe::finds_nothing(&page, address).await?;
        page.resize(320, 640).await?;
        page.fits(address).await?;
    }
    Ok(())
}
