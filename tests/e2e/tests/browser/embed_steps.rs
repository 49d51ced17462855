//! Steps that the topics about frames in pages of others take.

use e2e::{Outcome, Page};
use serde_json::{Value, json};
use thirtyfour::By;

/// Puts frames with these addresses (`#/embed/…`) into the page that is open, and lets it note what they say.
pub async fn hold(page: &Page, frames: &[(&str, Value)]) -> Outcome {
    let app = page.site().url();
    let script = "
      window.said = [];
      addEventListener('message', (event) => said.push(event.data));
      document.body.replaceChildren(...a[1].map(([address, more]) => {
        const frame = Object.assign(document.createElement('iframe'), { width: 700, height: 300 });
        for (const [name, value] of Object.entries(more)) frame.setAttribute(name, value);
        frame.src = (more.from ?? a[0]) + address;
        return frame;
      }));";
    page.js(script, json!([app, frames])).await?;
    Ok(())
}

/// Opens a page of another origin with a frame.
pub async fn host(page: &Page, address: &str, more: Value) -> Outcome {
    // What a page of another origin has around the app is said in the browser's log.
    page.forgive();
    page.leave().await?;
    page.driver().goto(page.site().frame_url()).await?;
    hold(page, &[(address, more)]).await
}

/// Goes into a frame, by its place in the page: browsers number the windows of frames in different ways.
pub async fn inside(page: &Page, frame: u16) -> Outcome {
    let frames = page.driver().find_all(By::Tag("iframe")).await?;
    let frame = frames.into_iter().nth(frame.into());
    Ok(frame
        .ok_or("There is no such frame.")?
        .enter_frame()
        .await?)
}

/// Goes back to the page around.
pub async fn outside(page: &Page) -> Outcome {
    Ok(page.driver().enter_default_frame().await?)
}

/// Waits until the frame has said that it can be used, and connects.
pub async fn connect(page: &Page) -> Outcome {
    connect_for(page, Value::Null).await
}

/// As [`connect`], for these events.
pub async fn connect_for(page: &Page, want: Value) -> Outcome {
    page.until("ready", "said.some((it) => it.type === 'ready')")
        .await?;
    let script = "
      const { port1, port2 } = new MessageChannel();
      window.heard = [];
      port1.onmessage = (event) => heard.push(event.data);
      window.port = port1;
      $('iframe').contentWindow.postMessage({ modelStages: 1, type: 'connect', want: a[0] }, '*', [port2]);";
    page.js(script, json!([want])).await?;
    Ok(())
}

/// Gives a command, and waits for what it comes to.
pub async fn ask(page: &Page, id: u32, mut command: Value, expected: &str) -> Outcome {
    if let Some(command) = command.as_object_mut() {
        command.insert("id".to_owned(), json!(id));
    }
    page.js("port.postMessage(a[0])", json!([command])).await?;
    let answer = format!("heard.find((it) => it.re === {id})");
    page.until(
        &format!("{command}: {expected}"),
        &format!("{answer} && (({{ ok, error }}) => {expected})({answer})"),
    )
    .await
}

/// Opens one of the pages.
pub async fn open(page: &Page, name: &str) -> Outcome {
    let address = format!("{}{name}", page.site().hosts().url);
    visit(page, &address).await
}

/// Opens a page of others.
pub async fn visit(page: &Page, address: &str) -> Outcome {
    page.leave().await?;
    // A frame of another host is what these pages are for, and Chromium writes down each message that its receiver may not have.
    page.forgive();
    page.driver().goto(address).await?;
    Ok(())
}

/// Waits until a frame has said that it can be used.
pub async fn ready(page: &Page, frame: u16) -> Outcome {
    // What is far down the page is only loaded when it comes near.
    let near = "document.querySelectorAll('iframe')[a[0]].scrollIntoView({ block: 'center' })";
    page.js(near, json!([frame])).await?;
    let is_ready = "saidBy(a[0], 'ready')";
    page.until_with("a frame that is ready", is_ready, json!([frame]))
        .await
}

/// Answers the question in a frame with one of its options.
pub async fn answer(page: &Page, frame: u16, option: usize) -> Outcome {
    inside(page, frame).await?;
    // By script: a deck draws the frame smaller, and a driver does not know where its parts are then.
    page.find("#answer", None).await?;
    let script = format!("$('#option-{option}').click(); $('#answer').click()");
    page.js(&script, json!([])).await?;
    let title = if option == 0 { "Right" } else { "No" };
    page.sees("#feedback-title", title).await?;
    outside(page).await
}

/// Waits until all of a frame is seen.
pub async fn has_nothing_to_scroll(page: &Page, frame: u16) -> Outcome {
    inside(page, frame).await?;
    page.until(
        "nothing to scroll",
        "document.scrollingElement.scrollHeight <= innerHeight + 1",
    )
    .await?;
    outside(page).await
}

/// Waits until a frame is just as high as what is in it, or as its style says that it is at least.
pub async fn fits(page: &Page, frame: u16) -> Outcome {
    page.until_with(
        "the height that was told",
        "(() => { const told = said.filter((it) => it.frame === a[0] && it.data?.type === 'height').at(-1).data.height;
           const frame = $$('iframe')[a[0]], least = parseFloat(frame.style.minHeight) || 0;
           return Math.abs(frame.clientHeight - Math.max(told, least)) <= 1; })()",
        json!([frame]),
    )
    .await?;
    has_nothing_to_scroll(page, frame).await
}
