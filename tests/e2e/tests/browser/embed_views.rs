//! Every view in a frame: without barriers in both themes, as high as its content at every width, and quiet where nobody sees it.

use e2e::browser::Kind;
use e2e::{Outcome, Page, axe, cases};
use serde_json::json;

use crate::embed_steps::{ask, connect, connect_for, hold, host, inside, outside, visit};

cases! {
    questions_and_steps_fit_and_have_no_barriers,
    exercises_fit_and_have_no_barriers,
    registries_fit_and_have_no_barriers,
    nothing_moves_after_the_first_paint [only(Kind::Chromium)],
    a_dialog_opens_where_it_was_asked_for,
    a_refusal_stands_where_it_was_asked_for,
    twenty_clicks_make_no_step,
    keys_are_handed_on_where_they_are_asked_for,
    off_screen_it_costs_nothing [only(Kind::Chromium)],
}

/// Waits until a frame is as high as it says, so that nothing in it has to be scrolled.
async fn stands_whole(page: &Page, address: &str) -> Outcome {
    page.until_with(
        &format!("{address}: as high as told"),
        "$('iframe').height > 100 && $('iframe').clientHeight === said.filter((it) => it.type === 'height').at(-1).height",
        json!([]),
    )
    .await?;
    inside(page, 0).await?;
    page.until(
        &format!("{address}: nothing to scroll"),
        "document.scrollingElement.scrollHeight <= innerHeight && document.scrollingElement.scrollWidth <= innerWidth",
    )
    .await?;
    page.fits(address).await
}

/// Shows views in a frame that is as high as it says, at each width and in both themes.
async fn fit_and_have_no_barriers(page: &Page, views: &[(&str, &str)]) -> Outcome {
    for (address, shows) in views {
        host(page, &format!("#/embed/{address}"), json!({})).await?;
        let follow = "addEventListener('message', ({ data }) => { if (data.type === 'height') $('iframe').height = data.height; });
                      for (const { type, height } of said) if (type === 'height') $('iframe').height = height";
        page.js(follow, json!([])).await?;
        connect(page).await?;
        inside(page, 0).await?;
        page.sees(shows, "").await?;
        outside(page).await?;
        for width in [1000, 700, 320] {
            page.js("$('iframe').width = a[0]", json!([width])).await?;
            stands_whole(page, &format!("{address} at {width}")).await?;
            if width < 1000 {
                axe::finds_nothing(page, &format!("{address} at {width}")).await?;
            }
            outside(page).await?;
        }
    }
    Ok(())
}

async fn questions_and_steps_fit_and_have_no_barriers(page: Page) -> Outcome {
    let views = [
        ("question/promote-command", "#answer"),
        ("questions/staging-for,first-release", "#answer"),
        ("step/hook", ".lesson"),
        ("step/one-live", ".lesson"),
    ];
    fit_and_have_no_barriers(&page, &views).await
}

async fn exercises_fit_and_have_no_barriers(page: Page) -> Outcome {
    let made = "exercise/new?objective=release&par=3&models=1&distractors=1&seed=7";
    let views = [("exercise/bad-release", ".goal-item"), (made, ".goal-item")];
    fit_and_have_no_barriers(&page, &views).await
}

async fn registries_fit_and_have_no_barriers(page: Page) -> Outcome {
    let views = [
        ("scene?rules=mlflow", ".scene"),
        ("registry", ".board"),
        ("diagram", ".diagram"),
        ("console?line=help", ".console-entry"),
    ];
    fit_and_have_no_barriers(&page, &views).await
}

/// Adds up all layout shifts of the page so far. The mark comes after them, so that none is still on its way.
const MOVED: &str = "const done = arguments[0];
  let moved = 0;
  new PerformanceObserver((list) => {
    for (const it of list.getEntries()) {
      if (!it.hadRecentInput) moved += it.value;
    }
  }).observe({ type: 'layout-shift', buffered: true });
  const frames = (count) => (count ? requestAnimationFrame(() => frames(count - 1)) : end());
  const end = () => {
    new PerformanceObserver(() => setTimeout(() => done(moved))).observe({ type: 'mark', buffered: true });
    performance.mark('measured');
  };
  frames(3);";

async fn nothing_moves_after_the_first_paint(page: Page) -> Outcome {
    for (address, shows) in [
        ("embed/step/one-live", ".lesson .scene-foot"),
        ("embed/question/promote-command", "#answer"),
        ("embed/exercise/first-promotion", ".exercise .board"),
        ("embed/scene", ".scene .scene-foot"),
        ("embed/registry", ".board"),
        ("learn/one-live", ".lesson .scene-foot"),
    ] {
        visit(&page, &format!("{}#/{address}", page.site().url())).await?;
        page.sees(shows, "").await?;
        let moved = page.driver().execute_async(MOVED, Vec::new()).await?;
        let moved = moved.json().as_f64().unwrap_or(f64::NAN);
        assert!(moved < 0.05, "{address}: moved by {moved}");
    }
    Ok(())
}

async fn a_dialog_opens_where_it_was_asked_for(page: Page) -> Outcome {
    host(&page, "#/embed/registry", json!({ "height": 3400 })).await?;
    inside(&page, 0).await?;
    let add = "$$('button').find((it) => named(it, 'Add a version'))";
    page.find("button", Some("Add a version")).await?;
    page.js(
        &format!("window.__top = {add}.getBoundingClientRect().top"),
        json!([]),
    )
    .await?;
    page.press("button", "Add a version").await?;
    page.sees("dialog h2", "").await?;
    page.until(
        "near the button",
        "Math.abs($('dialog').getBoundingClientRect().top - window.__top) < 300",
    )
    .await
}

/// A narrow frame, so that the cards stand far down.
async fn a_refusal_stands_where_it_was_asked_for(page: Page) -> Outcome {
    let narrow = json!({ "height": 3400, "width": 320 });
    host(&page, "#/embed/exercise/occupied-production", narrow).await?;
    inside(&page, 0).await?;
    page.find("#card-2", None).await?;
    page.js("$('#card-2').focus()", json!([])).await?;
    page.keys("p").await?;
    page.sees(".refused-move", "One version in Production")
        .await?;
    page.until(
        "near the card",
        "Math.abs($('.refused-move').getBoundingClientRect().top - $('li[data-card]:has(#card-2)').getBoundingClientRect().bottom) < 300",
    )
    .await
}

async fn twenty_clicks_make_no_step(page: Page) -> Outcome {
    let row = "#/embed/questions/staging-for,tag-or-alias,first-release";
    host(&page, row, json!({ "height": 1200 })).await?;
    let steps = page.value("history.length").await?;
    inside(&page, 0).await?;
    for _ in 0..20 {
        let next = "#next-question, #try-again, #show-solution";
        page.find(next, None).await?;
        let click = "const one = find(a[0], null); window.__one = one; one.click()";
        page.js(click, json!([next])).await?;
        page.until("what it leads to", "!window.__one.isConnected")
            .await?;
    }
    assert_eq!(page.value("history.length").await?, steps);
    Ok(())
}

async fn keys_are_handed_on_where_they_are_asked_for(page: Page) -> Outcome {
    let keys = [
        "\u{e00f}", "\u{e00e}", "\u{e012}", "\u{e013}", "\u{e014}", "\u{e015}",
    ];
    let heard = "heard.filter((it) => it.type === 'key').map((it) => it.key).join()";
    for (is_asked_for, expected) in [
        (
            true,
            "PageDown,PageUp,ArrowLeft,ArrowUp,ArrowRight,ArrowDown",
        ),
        (false, ""),
    ] {
        host(&page, "#/embed/question/staging-for?order=fixed", json!({})).await?;
        let wants = if is_asked_for {
            json!(["answered", "key"])
        } else {
            json!(null)
        };
        connect_for(&page, wants).await?;
        ask(&page, 1, json!({ "do": "getState" }), "ok").await?;
        inside(&page, 0).await?;
        page.find("#answer", None).await?;
        // In a field, and where an option is chosen, keys have a meaning of their own.
        page.click("#option-0").await?;
        page.focused("#option-0").await?;
        page.keys("\u{e015}").await?;
        page.until("another option", "$('#option-1').checked")
            .await?;
        page.js("document.activeElement.blur()", json!([])).await?;
        for key in keys {
            page.keys(key).await?;
        }
        page.click("#answer").await?;
        outside(&page).await?;
        page.until(
            "what was answered",
            "heard.some((it) => it.type === 'answered')",
        )
        .await?;
        assert_eq!(page.string(heard).await?, expected);
    }
    Ok(())
}

/// One scene in view, and one far below. While payments come in the first, nothing happens in the other; asked by a script, it acts.
async fn off_screen_it_costs_nothing(page: Page) -> Outcome {
    let motion = |wanted: &str| json!({ "features": [{ "name": "prefers-reduced-motion", "value": wanted }] });
    page.browser()
        .cdp("Emulation.setEmulatedMedia", motion("no-preference"))
        .await?;
    page.leave().await?;
    page.forgive();
    let below = json!({ "height": 900, "style": "display: block; margin-top: 5000px" });
    let scene = "#/embed/scene";
    hold(&page, &[(scene, json!({ "height": 900 })), (scene, below)]).await?;
    page.until(
        "both can be used",
        "said.filter((it) => it.type === 'ready').length === 2 \
         && $$('iframe').every((frame) => frame.contentDocument.querySelector('.scene-payments'))",
    )
    .await?;
    page.js(
        "const hidden = $$('iframe')[1].contentWindow; window.calls = [];
         for (const name of ['setTimeout', 'setInterval', 'requestAnimationFrame']) {
           const own = hidden[name]; hidden[name] = (...all) => { calls.push(name); return own.apply(hidden, all); };
         }
         window.payments = (at) => $$('iframe')[at].contentDocument.querySelectorAll('.payment').length;
         window.begun = payments(0)",
        json!([]),
    )
    .await?;
    page.until("two more payments", "payments(0) >= begun + 2")
        .await?;
    assert_eq!(
        page.value("[payments(1), calls.length]").await?,
        json!([0, 0])
    );
    page.js(
        "$$('iframe')[1].contentDocument.querySelector('.traffic-play').click()",
        json!([]),
    )
    .await?;
    page.until(
        "it says that it is held",
        "!$$('iframe')[1].contentDocument.querySelector('.traffic-step').hidden",
    )
    .await?;
    page.js(
        "$$('iframe')[1].contentDocument.querySelector('.traffic-step').click()",
        json!([]),
    )
    .await?;
    page.until("one payment", "payments(1) === 1").await?;
    page.browser()
        .cdp("Emulation.setEmulatedMedia", json!({ "features": [] }))
        .await?;
    Ok(())
}
