//! Pieces of the app in the pages of others: what authors paste works where it is pasted, the web component does what it says, and
//! neither a hostile page nor a hostile frame gets anything.

use e2e::browser::Kind;
use e2e::setting::Setting;
use e2e::{Outcome, Page, cases};
use embed::snippet::Form;
use serde_json::json;
use thirtyfour::By;

cases! {
    a_pasted_line_works,
    the_component_is_as_high_as_its_question_and_tells_what_happens,
    the_component_carries_commands_out,
    the_component_has_the_colours_of_its_page,
    the_component_reflects_its_attributes,
    five_frames_do_not_disturb_each_other,
    each_sandbox,
    each_dialect_of_heights,
    a_hostile_page_gets_nothing_and_breaks_nothing,
    a_flood_is_not_read,
    a_hostile_frame_is_not_believed,
    a_site_made_by_mkdocs,
    a_page_made_by_sphinx_with_the_h5p_resizer,
    a_deck_of_reveal_js,
}

/// Opens one of the pages.
async fn open(page: &Page, name: &str) -> Outcome {
    let address = format!("{}{name}", page.site().hosts().url);
    visit(page, &address).await
}

async fn visit(page: &Page, address: &str) -> Outcome {
    page.leave().await?;
    // A frame of another host is what these pages are for, and Chromium writes down each message that its receiver may not have.
    page.forgive();
    page.driver().goto(address).await?;
    Ok(())
}

/// Waits until a frame has said that it can be used.
async fn ready(page: &Page, frame: u16) -> Outcome {
    // What is far down the page is only loaded when it comes near.
    let near = "document.querySelectorAll('iframe')[a[0]].scrollIntoView({ block: 'center' })";
    page.js(near, json!([frame])).await?;
    let is_ready = "saidBy(a[0], 'ready')";
    page.until_with("a frame that is ready", is_ready, json!([frame]))
        .await
}

/// Goes into a frame, by its place in the page: browsers number the windows of frames in different ways.
async fn inside(page: &Page, frame: u16) -> Outcome {
    let frames = page.driver().find_all(By::Tag("iframe")).await?;
    let frame = frames.into_iter().nth(frame.into());
    Ok(frame
        .ok_or("There is no such frame.")?
        .enter_frame()
        .await?)
}

/// Answers the question in a frame with one of its options.
async fn answer(page: &Page, frame: u16, option: usize) -> Outcome {
    inside(page, frame).await?;
    // By script: a deck draws the frame smaller, and a driver does not know where its parts are then.
    page.find("#answer", None).await?;
    let script = format!("$('#option-{option}').click(); $('#answer').click()");
    page.js(&script, json!([])).await?;
    let title = if option == 0 { "Right" } else { "No" };
    page.sees("#feedback-title", title).await?;
    page.driver().enter_default_frame().await?;
    Ok(())
}

/// Waits until all of a frame is seen.
async fn has_nothing_to_scroll(page: &Page, frame: u16) -> Outcome {
    inside(page, frame).await?;
    page.until(
        "nothing to scroll",
        "document.scrollingElement.scrollHeight <= innerHeight + 1",
    )
    .await?;
    page.driver().enter_default_frame().await?;
    Ok(())
}

/// Waits until a frame is just as high as what is in it.
async fn fits(page: &Page, frame: u16) -> Outcome {
    page.until_with(
        "the height that was told",
        "(() => { const told = said.filter((it) => it.frame === a[0] && it.data?.type === 'height').at(-1).data.height;
           return Math.abs($$('iframe')[a[0]].clientHeight - told) <= 1; })()",
        json!([frame]),
    )
    .await?;
    has_nothing_to_scroll(page, frame).await
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

async fn the_component_is_as_high_as_its_question_and_tells_what_happens(page: Page) -> Outcome {
    open(&page, "component.html").await?;
    let steps = page.value("history.length").await?;
    page.until(
        "ready",
        "told.some((it) => it.name === 'ready' && it.on === 'model-stages')",
    )
    .await?;
    page.gone("model-stages a").await?;
    fits(&page, 0).await?;
    let unanswered = page.value("$('iframe').clientHeight").await?;
    answer(&page, 0, 1).await?;
    page.until(
        "what was answered",
        "told.some(({ name, detail }) => name === 'answered' && detail.question === 'promote-command' && !detail.right && detail.n === 1)",
    )
    .await?;
    page.until_with(
        "a higher frame",
        "$('iframe').clientHeight > a[0]",
        json!([unanswered]),
    )
    .await?;
    fits(&page, 0).await?;
    page.until("all done", "told.some(({ name, detail }) => name === 'completed' && detail.right === 0 && detail.of === 1)")
        .await?;
    assert_eq!(page.value("history.length").await?, steps);
    // A second script changes nothing.
    let again = "const script = document.createElement('script'); script.src = $('script[src*=model-stages]').src;
                 script.onload = () => { window.again = true; }; document.head.append(script)";
    page.js(again, json!([])).await?;
    page.until("the second script", "window.again").await?;
    assert_eq!(page.value("$$('iframe').length").await?, json!(1));
    Ok(())
}

/// Asks the component, and returns what comes of it as text.
async fn ask(page: &Page, call: &str) -> Outcome<String> {
    let script = format!(
        "window.result = undefined;
         $('model-stages').{call}.then((ok) => {{ window.result = JSON.stringify(ok); }}, (error) => {{ window.result = String(error.code); }})"
    );
    page.js(&script, json!([])).await?;
    page.until(
        &format!("an answer to {call}"),
        "window.result !== undefined",
    )
    .await?;
    page.string("window.result").await
}

async fn the_component_carries_commands_out(page: Page) -> Outcome {
    open(&page, "component.html").await?;
    // Asked before the frame is there, it waits.
    let state = ask(&page, "getState()").await?;
    assert!(
        state.contains("question/promote-command") && state.contains("\"completed\":false"),
        "{state}"
    );
    assert_eq!(ask(&page, "setTheme('dark')").await?, "{}");
    assert_eq!(ask(&page, "setTheme('pink')").await?, "bad-field");
    assert_eq!(ask(&page, "goTo('next')").await?, "not-here");
    assert_eq!(ask(&page, "getReceipt()").await?, "not-here");
    assert_eq!(ask(&page, "ask({ do: 'fly' })").await?, "unknown-command");
    assert_eq!(ask(&page, "load('nothing/a')").await?, "bad-address");
    assert_eq!(ask(&page, "run('x'.repeat(1e6))").await?, "too-large");
    assert_eq!(ask(&page, "load('registry')").await?, "{}");
    let state = "$('model-stages').getState().then((state) => { window.state = state; })";
    page.js(state, json!([])).await?;
    page.until("the board", "window.state?.versions.length > 3 || ($('model-stages').getState().then((it) => { window.state = it; }), false)")
        .await?;
    let moved = "run('client.transition_model_version_stage(\"fraud-detector\", 3, \"Archived\")')";
    ask(&page, moved).await?;
    page.until(
        "what has moved",
        "told.some(({ name, detail }) => name === 'moved' || name === 'refused')",
    )
    .await
}

async fn the_component_has_the_colours_of_its_page(page: Page) -> Outcome {
    let is = async |theme: &str| -> Outcome {
        inside(&page, 0).await?;
        page.until_with(
            "the colours",
            "document.documentElement.dataset.theme === a[0]",
            json!([theme]),
        )
        .await?;
        page.driver().enter_default_frame().await?;
        Ok(())
    };
    open(&page, "component.html").await?;
    ready(&page, 0).await?;
    is("light").await?;
    answer(&page, 0, 1).await?;
    page.js("document.body.className = 'night'", json!([]))
        .await?;
    is("dark").await?;
    // What was done is still there.
    inside(&page, 0).await?;
    page.sees("#feedback-title", "No").await?;
    page.driver().enter_default_frame().await?;
    page.js("$('model-stages').theme = 'light'", json!([]))
        .await?;
    is("light").await
}

async fn the_component_reflects_its_attributes(page: Page) -> Outcome {
    open(&page, "component.html").await?;
    ready(&page, 0).await?;
    let steps = page.value("history.length").await?;
    page.js(
        "window.said.length = 0; Object.assign($('model-stages'), { view: 'step', item: 'hook', order: '' });
         $('model-stages').removeAttribute('order')",
        json!([]),
    )
    .await?;
    assert_eq!(
        page.value("$('model-stages').getAttribute('view') + $('model-stages').item")
            .await?,
        json!("stephook")
    );
    page.until("another view", "saidBy(0, 'ready')?.view === 'step'")
        .await?;
    assert_eq!(page.value("history.length").await?, steps);
    assert_eq!(page.value("$$('iframe').length").await?, json!(1));
    // Moved to another place, it begins anew and still works.
    page.js(
        "window.said.length = 0; document.body.prepend($('model-stages'))",
        json!([]),
    )
    .await?;
    page.until("ready again", "saidBy(0, 'ready')").await?;
    assert!(ask(&page, "getState()").await?.contains("step/hook"));
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
        page.driver().enter_default_frame().await?;
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

async fn a_hostile_page_gets_nothing_and_breaks_nothing(page: Page) -> Outcome {
    open(&page, "hostile-host.html").await?;
    ready(&page, 0).await?;
    // A frame that is for somebody else says nothing to this page but how high it is, and does not connect.
    inside(&page, 1).await?;
    page.find("#answer", None).await?;
    page.driver().enter_default_frame().await?;
    page.until("its height", "said.some((it) => it.frame === 1)")
        .await?;
    assert_eq!(
        page.value(
            "said.some((it) => it.frame === 1 && it.data?.modelStages && it.data.type !== 'height')"
        )
        .await?,
        json!(false)
    );
    page.js(
        "const { port1, port2 } = new MessageChannel(); window.deaf = [];
         port1.onmessage = ({ data }) => deaf.push(data);
         $$('iframe')[1].contentWindow.postMessage({ modelStages: 1, type: 'connect' }, '*', [port2]);
         port1.postMessage({ id: 1, do: 'getState' });",
        json!([]),
    )
    .await?;
    // What is no message of ours, wrong, too much, of another version, or meant for a frame that is gone.
    page.js(
        "const frame = $$('iframe')[0].contentWindow, circle = {}; circle.circle = circle;
         for (const wrong of [null, 7, 'x', '{', [], {}, circle, 1n, new Map(), 'x'.repeat(1 << 20), { modelStages: 1, type: 'x'.repeat(1 << 20) }])
           frame.postMessage(wrong, '*');
         frame.postMessage({ modelStages: 2, type: 'connect' }, '*');
         frame.postMessage({ modelStages: 1, type: 'connect' }, '*');
         frame.postMessage({ modelStages: 1, type: 'connect', id: 'before' }, '*', [new MessageChannel().port2]);",
        json!([]),
    )
    .await?;
    for code in ["version", "no-port", "gone"] {
        page.until_with(
            "it is refused",
            "said.some(({ frame, data }) => frame === 0 && data?.type === 'refused' && data.code === a[0] && data.speaks[0] === 1)",
            json!([code]),
        )
        .await?;
    }
    page.js(
        "window.first = connect(0); window.second = connect(0);",
        json!([]),
    )
    .await?;
    page.until(
        "the second is refused",
        "said.some(({ data }) => data?.code === 'connected')",
    )
    .await?;
    // Malformed, too large, replayed.
    page.js(
        "for (const wrong of [null, 7, 'x', [], {}, { id: 'x' }, { id: 1, do: 'run', line: 'x'.repeat(1 << 20) }, { id: 2, do: 'fly' }])
           first.ask(wrong);
         const again = { id: 3, do: 'getState' }; first.ask(again); first.ask(again);
         second.ask({ id: 4, do: 'getState' });",
        json!([]),
    )
    .await?;
    page.until(
        "each is answered",
        "heard.filter((it) => it.data.re === 3 && it.data.ok).length === 2",
    )
    .await?;
    let codes = page
        .value("[...new Set(heard.filter((it) => it.data.error).map((it) => it.data.error.code))].sort().join()")
        .await?;
    assert_eq!(codes, json!("malformed,too-large,unknown-command"));
    assert_eq!(
        page.value("heard.some((it) => it.data.re === 4)").await?,
        json!(false)
    );
    answer(&page, 0, 0).await?;
    page.until(
        "it still tells",
        "heard.some((it) => it.data.type === 'answered')",
    )
    .await?;
    assert_eq!(page.value("deaf.length").await?, json!(0));
    Ok(())
}

async fn a_flood_is_not_read(page: Page) -> Outcome {
    open(&page, "hostile-host.html").await?;
    ready(&page, 0).await?;
    page.js(
        "window.port = connect(0);
         for (let id = 0; id < 3000; id += 1) port.ask({ id, do: 'getState' });
         for (let at = 0; at < 3000; at += 1) $('iframe').contentWindow.postMessage({ modelStages: 1, type: 'connect' }, '*');",
        json!([]),
    )
    .await?;
    page.until(
        "too many",
        "heard.some((it) => it.data.error?.code === 'too-many')",
    )
    .await?;
    answer(&page, 0, 0).await?;
    page.until(
        "it still tells",
        "heard.some((it) => it.data.type === 'answered')",
    )
    .await?;
    let read = "heard.filter((it) => it.data.ok).length";
    let read = page.value(read).await?.as_u64().unwrap_or_default();
    assert!((100..1_500).contains(&read), "{read} of 3000 were read");
    Ok(())
}

async fn a_hostile_frame_is_not_believed(page: Page) -> Outcome {
    open(&page, "hostile-frame.html").await?;
    page.until("ready", "told.length === 1").await?;
    fits(&page, 0).await?;
    page.js(
        "$$('iframe')[1].contentWindow.postMessage('lie', '*')",
        json!([]),
    )
    .await?;
    page.until("its lies", "saidBy(1, 'lied')").await?;
    answer(&page, 0, 0).await?;
    fits(&page, 0).await?;
    page.until("what is true", "told.length === 2").await?;
    assert_eq!(
        page.value("told[1].question").await?,
        json!("promote-command")
    );
    // A frame that has gone to another place is not believed either.
    page.js(
        "told.length = 0; window.before = $$('iframe')[0].height; $$('iframe')[0].contentWindow.location = $$('iframe')[1].src.replace('127.0.0.1', 'localhost')",
        json!([]),
    )
    .await?;
    page.until("the other place", "($$('iframe')[0].contentWindow.postMessage('lie', '*'), said.filter((it) => it.data?.type === 'lied').length > 1)")
        .await?;
    assert_eq!(
        page.value("[told.length, $$('iframe')[0].height === before]")
            .await?,
        json!([0, true])
    );
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
        page.driver().enter_default_frame().await?;
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
        page.driver().enter_default_frame().await?;
        answer(&page, 0, option).await?;
        inside(&page, 0).await?;
        page.until("nothing to scroll", scrolls).await?;
        page.driver().enter_default_frame().await?;
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
