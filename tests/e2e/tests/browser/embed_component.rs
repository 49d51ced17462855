//! The web component in pages of others: it does what its README says.

use e2e::{Outcome, Page, cases};
use serde_json::json;

use crate::embed_steps::{answer, fits, inside, open, outside, ready};

cases! {
    the_component_is_as_high_as_its_question_and_tells_what_happens,
    the_component_carries_commands_out,
    the_component_has_the_colours_of_its_page,
    the_component_reflects_its_attributes,
    the_component_goes_on_with_another_frame,
    the_component_takes_no_address_that_is_none,
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
        outside(&page).await?;
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
    outside(&page).await?;
    page.js("$('model-stages').theme = 'light'", json!([]))
        .await?;
    is("light").await?;
    // Colours as they are written today.
    page.js(
        "$('model-stages').theme = ''; document.body.className = ''; document.body.style.color = 'oklch(0.95 0.01 90)'",
        json!([]),
    )
    .await?;
    is("dark").await
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

async fn the_component_goes_on_with_another_frame(page: Page) -> Outcome {
    open(&page, "component.html").await?;
    ready(&page, 0).await?;
    // A copy of all that is in it: one frame each.
    page.js(
        "window.copy = $('model-stages').cloneNode(true); document.body.append(copy)",
        json!([]),
    )
    .await?;
    assert_eq!(page.value("$$('iframe').length").await?, json!(2));
    page.js("copy.remove()", json!([])).await?;
    // The app in it is loaded again.
    page.js("told.length = 0", json!([])).await?;
    inside(&page, 0).await?;
    page.js("location.reload()", json!([])).await?;
    outside(&page).await?;
    page.until("ready again", "told.some((it) => it.name === 'ready')")
        .await?;
    assert!(
        ask(&page, "getState()")
            .await?
            .contains("question/promote-command")
    );
    // What was asked of a frame that is gone is not waited for.
    page.js(
        "window.result = undefined; const element = $('model-stages');
         element.getState().catch((error) => { window.result = error.code; });
         queueMicrotask(() => queueMicrotask(() => queueMicrotask(() => document.body.prepend(element))))",
        json!([]),
    )
    .await?;
    page.until("an error", "window.result === 'gone'").await?;
    assert!(
        ask(&page, "getState()")
            .await?
            .contains("question/promote-command")
    );
    Ok(())
}

async fn the_component_takes_no_address_that_is_none(page: Page) -> Outcome {
    open(&page, "component.html").await?;
    ready(&page, 0).await?;
    let put = "const one = document.createElement('model-stages'); one.setAttribute('view', 'diagram');
               if (a[0] !== null) one.src = a[0]; one.id = 'put'; $('#put')?.remove(); document.body.append(one);
               return $('#put iframe')?.src ?? ''";
    // Beside the script.
    let usual = page.js(put, json!([null])).await?;
    let app = page.site().url();
    assert!(
        usual
            .as_str()
            .is_some_and(|it| it.starts_with(&format!("{app}#/embed/diagram"))),
        "{usual}"
    );
    for wrong in [
        "javascript:window.bad=1//",
        "data:text/html,bad",
        "about:blank",
    ] {
        assert_eq!(page.js(put, json!([wrong])).await?, json!(""), "{wrong}");
    }
    page.until("nothing ran", "window.bad === undefined").await
}
