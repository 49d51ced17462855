//! What a page and a frame in it say to each other; a hostile page and a hostile frame get nothing.

use e2e::{Outcome, Page, cases};
use serde_json::json;

use crate::embed_steps::{answer, ask, connect, fits, host, inside, open, outside, ready};

cases! {
    a_page_hears_what_is_answered,
    what_is_taken_back_is_told_as_a_move,
    a_page_commands_a_frame,
    a_frame_hears_only_its_page,
    a_hostile_page_gets_nothing_and_breaks_nothing,
    a_flood_is_not_read,
    a_hostile_frame_is_not_believed,
}

async fn a_page_hears_what_is_answered(page: Page) -> Outcome {
    host(&page, "#/embed/question/staging-for", json!({})).await?;
    connect(&page).await?;
    ask(
        &page,
        1,
        json!({ "do": "getState" }),
        "ok.at === 1 && ok.completed === false",
    )
    .await?;
    page.until(
        "nothing about the learner yet",
        "heard.every((it) => it.re)",
    )
    .await?;
    inside(&page, 0).await?;
    page.click("input[type=radio]").await?;
    page.click("#answer").await?;
    page.sees("#feedback-title", "").await?;
    outside(&page).await?;
    page.until(
        "the answer, and that it is all",
        "heard.some((it) => it.type === 'answered' && it.question === 'staging-for' && it.given.length === 1 \
           && typeof it.right === 'boolean' && it.xapi.verb.id.endsWith('/answered') \
           && it.xapi.object.id.endsWith('#/practice/staging-for')) \
         && heard.some((it) => it.type === 'completed' && it.of === 1)",
    )
    .await?;
    ask(
        &page,
        2,
        json!({ "do": "getState" }),
        "ok.completed === true",
    )
    .await
}

async fn what_is_taken_back_is_told_as_a_move(page: Page) -> Outcome {
    host(&page, "#/embed/registry", json!({ "height": 900 })).await?;
    connect(&page).await?;
    let line = "client.transition_model_version_stage('fraud-detector', 4, 'Archived')";
    ask(&page, 1, json!({ "do": "run", "line": line }), "ok").await?;
    ask(&page, 2, json!({ "do": "run", "line": "undo" }), "ok").await?;
    ask(&page, 3, json!({ "do": "run", "line": "redo" }), "ok").await?;
    page.until(
        "there, back, and there again",
        "(([there, back, again]) => again && there.to === 'Archived' && back.from === 'Archived' \
           && back.to === there.from && again.to === 'Archived')(heard.filter((it) => it.type === 'moved'))",
    )
    .await
}

async fn a_page_commands_a_frame(page: Page) -> Outcome {
    host(&page, "#/embed/registry", json!({ "height": 900 })).await?;
    connect(&page).await?;
    let line = "client.transition_model_version_stage('fraud-detector', 1, 'None')";
    let run = json!({ "do": "run", "line": line });
    ask(&page, 1, run, "ok || error.code === 'refused'").await?;
    page.until(
        "a move, or what was refused",
        "heard.some((it) => it.type === 'moved' || it.type === 'refused')",
    )
    .await?;
    ask(
        &page,
        2,
        json!({ "do": "run", "line": "client.nothing(" }),
        "error.code === 'refused'",
    )
    .await?;
    ask(
        &page,
        3,
        json!({ "do": "getState" }),
        "ok.address.includes('start=ms1.') && ok.versions.length > 2",
    )
    .await?;
    ask(&page, 4, json!({ "do": "goTo", "to": 1 }), "ok").await?;
    ask(
        &page,
        5,
        json!({ "do": "getState" }),
        "ok.at === 1 && ok.of > 1",
    )
    .await?;
    ask(&page, 6, json!({ "do": "reset" }), "ok").await?;
    ask(&page, 7, json!({ "do": "setTheme", "theme": "dark" }), "ok").await?;
    ask(
        &page,
        8,
        json!({ "do": "getReceipt" }),
        "error.code === 'not-here'",
    )
    .await?;
    ask(
        &page,
        9,
        json!({ "do": "nothing" }),
        "error.code === 'unknown-command'",
    )
    .await?;
    let length = page.value("history.length").await?;
    let load = |address: &str| json!({ "do": "load", "address": address });
    ask(&page, 10, load("question/staging-for"), "ok").await?;
    inside(&page, 0).await?;
    page.sees("h1", "staging stage").await?;
    page.until("dark no more", "!document.documentElement.dataset.theme")
        .await?;
    outside(&page).await?;
    ask(&page, 11, load("nothing"), "error.code === 'bad-address'").await?;
    assert_eq!(page.value("history.length").await?, length);
    Ok(())
}

async fn a_frame_hears_only_its_page(page: Page) -> Outcome {
    let named = "#/embed/question/staging-for?origin=https%3A%2F%2Fexample.org";
    host(&page, named, json!({})).await?;
    page.until("its height", "said.some((it) => it.type === 'height')")
        .await?;
    page.until(
        "no word for another page",
        "!said.some((it) => it.type === 'ready')",
    )
    .await?;
    host(&page, "#/embed/question/staging-for", json!({})).await?;
    connect(&page).await?;
    ask(&page, 1, json!({ "do": "getState" }), "ok").await?;
    let again = "
      const { port1, port2 } = new MessageChannel();
      $('iframe').contentWindow.postMessage({ modelStages: 1, type: 'connect' }, '*', [port2]);
      $('iframe').contentWindow.postMessage({ modelStages: 9, type: 'connect' }, '*');
      $('iframe').contentWindow.postMessage('x'.repeat(1 << 20), '*');
      $('iframe').contentWindow.postMessage({ modelStages: 1, type: 'x'.repeat(1 << 20) }, '*');
      for (let n = 0; n < 1000; n += 1) $('iframe').contentWindow.postMessage({ modelStages: 1 }, '*');";
    page.js(again, json!([])).await?;
    page.until(
        "no second one, and no other version",
        "said.some((it) => it.type === 'refused' && it.code === 'connected') \
         && said.some((it) => it.type === 'refused' && it.code === 'version' && it.speaks.includes(1))",
    )
    .await?;
    ask(&page, 2, json!({ "do": "getState" }), "ok").await?;
    page.until("few words for many", "said.length < 200").await
}

async fn a_hostile_page_gets_nothing_and_breaks_nothing(page: Page) -> Outcome {
    open(&page, "hostile-host.html").await?;
    ready(&page, 0).await?;
    // A frame that is for somebody else says nothing to this page but how high it is, and does not connect.
    inside(&page, 1).await?;
    page.find("#answer", None).await?;
    outside(&page).await?;
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
