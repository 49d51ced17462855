//! Pieces of the app in the pages of others: what authors paste works where it is pasted.

use e2e::browser::Kind;
use e2e::setting::Setting;
use e2e::{Outcome, Page, cases};
use embed::snippet::Form;
use serde_json::json;

use crate::embed_steps::{
    answer, fits, has_nothing_to_scroll, inside, open, outside, ready, visit,
};

cases! {
    a_pasted_line_works,
    five_frames_do_not_disturb_each_other,
    each_sandbox,
    each_dialect_of_heights,
    a_site_made_by_mkdocs,
    a_page_made_by_sphinx_with_the_h5p_resizer,
    a_deck_of_reveal_js,
    a_page_that_is_kept_apart,
    a_frame_in_another_site_says_where_it_counts,
    a_frame_that_may_store_nothing_says_so [without_third_parties()],
    a_second_frame_fetches_only_its_question,
}

async fn a_pasted_line_works(page: Page) -> Outcome {
    for form in [Form::Html, Form::Moodle] {
        open(&page, &format!("{form}.html")).await?;
        ready(&page, 0).await?;
        // Firefox has no height of its own: there it is the one in the line.
        if page.kind() == Kind::Chromium {
            fits(&page, 0).await?;
        }
        answer(&page, 0, 0).await?;
    }
    page.find(
        "a[href*='#/practice/promote-command']",
        Some("Open the question"),
    )
    .await?;
    Ok(())
}

async fn five_frames_do_not_disturb_each_other(page: Page) -> Outcome {
    open(&page, "five.html").await?;
    for frame in 0..5 {
        ready(&page, frame).await?;
    }
    page.js(
        "window.first = connect(0); window.second = connect(1);",
        json!([]),
    )
    .await?;
    answer(&page, 0, 0).await?;
    page.until(
        "the first tells",
        "heard.some((it) => it.frame === 0 && it.data.type === 'answered')",
    )
    .await?;
    page.js("window.second.ask({ id: 1, do: 'getState' })", json!([]))
        .await?;
    page.until(
        "the second is as it was",
        "heard.some((it) => it.frame === 1 && it.data.re === 1 && it.data.ok.completed === false)",
    )
    .await?;
    assert_eq!(
        page.value("heard.some((it) => it.frame === 1 && it.data.type)")
            .await?,
        json!(false)
    );
    answer(&page, 1, 1).await
}

async fn each_sandbox(page: Page) -> Outcome {
    open(&page, "sandboxes.html").await?;
    for frame in 0..4 {
        ready(&page, frame).await?;
        page.js("window.port = connect(a[0])", json!([frame]))
            .await?;
        answer(&page, frame, 0).await?;
        page.until_with(
            "what was answered",
            "heard.some((it) => it.frame === a[0] && it.data.type === 'answered' && it.data.right)",
            json!([frame]),
        )
        .await?;
    }
    let origins = page
        .value("[0, 1, 2].map((at) => said.find((it) => it.frame === at).origin === 'null')")
        .await?;
    assert_eq!(origins, json!([true, false, true]));
    // Without a storage that stays, it says so.
    for frame in [0, 2] {
        inside(&page, frame).await?;
        page.sees("#embed-counted", "").await?;
        outside(&page).await?;
    }
    // Without scripts, the page says what is missing.
    assert_eq!(
        page.value("said.some((it) => it.frame === 4)").await?,
        json!(false)
    );
    Ok(())
}

async fn each_dialect_of_heights(page: Page) -> Outcome {
    open(&page, "dialects.html").await?;
    let last = if page.kind() == Kind::Chromium { 5 } else { 4 };
    for frame in 0..last {
        ready(&page, frame).await?;
        fits(&page, frame).await?;
        answer(&page, frame, 1).await?;
        fits(&page, frame).await?;
    }
    assert_eq!(page.value("broken").await?, json!([]));
    Ok(())
}

/// A program for the pages, if it is here.
fn program(
    page: &Page,
    of: fn(&Setting) -> Option<std::path::PathBuf>,
) -> Outcome<Option<(std::path::PathBuf, String)>> {
    let setting = Setting::read();
    let name = format!("{:?}", page.kind()).to_lowercase();
    let found = of(&setting);
    if found.is_none() {
        setting.skip("MkDocs, Sphinx or reveal.js is not here.")?;
    }
    Ok(found.map(|program| (program, name)))
}

async fn a_site_made_by_mkdocs(page: Page) -> Outcome {
    let Some((python, name)) = program(&page, |setting| setting.hosts_python.clone())? else {
        return Ok(());
    };
    let address = page.site().hosts().mkdocs(&python, &name)?;
    visit(&page, &address).await?;
    page.until("both frames", "$$('iframe').length === 2")
        .await?;
    for frame in 0..2 {
        page.js("$$('iframe')[a[0]].scrollIntoView()", json!([frame]))
            .await?;
        answer(&page, frame, 0).await?;
    }
    let is = async |theme: &str| -> Outcome {
        inside(&page, 1).await?;
        let same = "document.documentElement.dataset.theme === a[0]";
        page.until_with("the colours", same, json!([theme])).await?;
        outside(&page).await?;
        Ok(())
    };
    is("light").await?;
    page.click("label[for=__palette_1]").await?;
    is("dark").await?;
    has_nothing_to_scroll(&page, 1).await
}

async fn a_page_made_by_sphinx_with_the_h5p_resizer(page: Page) -> Outcome {
    let Some((python, name)) = program(&page, |setting| setting.hosts_python.clone())? else {
        return Ok(());
    };
    let address = page.site().hosts().sphinx(&python, &name)?;
    visit(&page, &address).await?;
    page.find("script[src*=h5p-resizer]", None).await.ok();
    assert_eq!(
        page.value("$$('script[src*=h5p-resizer]').length").await?,
        json!(1)
    );
    // Only the resizer may set the height, not the browser.
    page.js(
        "$('iframe').style.frameSizing = 'auto'; $('iframe').scrollIntoView()",
        json!([]),
    )
    .await?;
    let scrolls = "document.scrollingElement.scrollHeight <= innerHeight + 1";
    for option in [1_usize, 0] {
        inside(&page, 0).await?;
        if option == 0 {
            page.press("main button", "Try again").await?;
        }
        outside(&page).await?;
        answer(&page, 0, option).await?;
        inside(&page, 0).await?;
        page.until("nothing to scroll", scrolls).await?;
        outside(&page).await?;
    }
    Ok(())
}

async fn a_deck_of_reveal_js(page: Page) -> Outcome {
    let Some((package, name)) = program(&page, |setting| setting.reveal.clone())? else {
        return Ok(());
    };
    let address = page.site().hosts().reveal(&package, &name)?;
    visit(&page, &address).await?;
    page.until("the deck", "Reveal.isReady()").await?;
    let steps = page.value("history.length").await?;
    assert_eq!(
        page.value("$('iframe').hasAttribute('src')").await?,
        json!(false)
    );
    page.js("Reveal.next()", json!([])).await?;
    page.until("the frame", "saidBy(0, 'ready')").await?;
    // The deck keeps its keys until somebody works in the frame.
    assert_eq!(
        page.value("document.activeElement.localName").await?,
        json!("body")
    );
    answer(&page, 0, 0).await?;
    assert_eq!(page.value("history.length").await?, steps);
    // The deck itself takes a frame that it leaves to an empty page, which is a step in Chromium.
    page.js("Reveal.next()", json!([])).await?;
    page.until("the last slide", "Reveal.isLastSlide()").await?;
    Ok(())
}

async fn a_page_that_is_kept_apart(page: Page) -> Outcome {
    open(&page, "isolated.html").await?;
    page.until("it is kept apart", "crossOriginIsolated")
        .await?;
    // One that is pasted, one of the component.
    for frame in 0..2 {
        ready(&page, frame).await?;
        answer(&page, frame, 0).await?;
    }
    if page.kind() == Kind::Chromium {
        // Without any header of the app's host, a frame without credentials works, and says that it keeps nothing.
        ready(&page, 2).await?;
        answer(&page, 2, 0).await?;
        inside(&page, 2).await?;
        page.until("without credentials", "window.credentialless === true")
            .await?;
        page.sees("#embed-counted", "this page lets nothing be kept")
            .await?;
        outside(&page).await?;
    }
    Ok(())
}

/// A page of another site has the frame, and the browser lets such frames keep nothing, or keeps what they keep apart.
async fn a_frame_in_another_site_says_where_it_counts(page: Page) -> Outcome {
    // A name of its own is another site to a browser.
    let address = format!("{}html.html", page.site().hosts().url);
    visit(&page, &address.replace("127.0.0.1", "localhost")).await?;
    ready(&page, 0).await?;
    answer(&page, 0, 0).await?;
    inside(&page, 0).await?;
    page.sees("#embed-counted", "Not counted in your progress")
        .await?;
    outside(&page).await
}

async fn a_frame_that_may_store_nothing_says_so(page: Page) -> Outcome {
    a_frame_in_another_site_says_where_it_counts(page).await
}

/// What has a number in its name is fetched once, and another question is a file of its own; of the others the host only says that
/// they are the same.
async fn a_second_frame_fetches_only_its_question(page: Page) -> Outcome {
    open(&page, "html.html").await?;
    ready(&page, 0).await?;
    let second = "const frame = $('iframe').cloneNode(); frame.src = frame.src.replace('promote-command', 'tag-or-alias');
                  window.came = new Promise((came) => addEventListener('message', ({ source, data }) => {
                    if (source === frame.contentWindow && data?.type === 'ready') came(performance.timeOrigin + performance.now()); }));
                  document.body.append(frame)";
    page.js(second, json!([])).await?;
    ready(&page, 1).await?;
    let came = "const done = arguments[0]; window.came.then(done)";
    let came = page.driver().execute_async(came, vec![]).await?;
    inside(&page, 1).await?;
    page.find("#answer", None).await?;
    let fetched = "performance.getEntriesByType('navigation').concat(performance.getEntriesByType('resource'))
       .filter((entry) => !entry.name.includes('/part-question-tag-or-alias-') && entry.transferSize > (/[0-9a-f]{12}/.test(entry.name) ? 0 : a[0] * entry.encodedBodySize + 300))
       .map((entry) => `${entry.name}: ${entry.transferSize}`)";
    // Firefox counts what it has had already.
    let has_counted = i32::from(page.kind() == Kind::Firefox);
    let fetched = format!("return {fetched}");
    assert_eq!(page.js(&fetched, json!([has_counted])).await?, json!([]));
    let script = "performance.timeOrigin + performance.getEntriesByType('resource').find((entry) => /model-stages-.*[.]js/.test(entry.name)).responseEnd";
    let script = page.value(script).await?;
    let took = came.json().as_f64().zip(script.as_f64());
    let took = took.map_or(f64::NAN, |(came, script)| came - script);
    println!("    a second frame: ready {took:.0} ms after its script");
    outside(&page).await
}
