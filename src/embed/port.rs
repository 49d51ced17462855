//! The messages of the page around: who is listened to is decided in the crate [`embed`]; what is here brings it to the
//! browser.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};

use crate::browser::{self, js};
use crate::embed::host;
use crate::embed::talk::{self, post, with};
use crate::session::use_keeper;
use ::embed::port::{Asked, Heard, Letter};

/// Returns a message as JSON; nothing where it can't be that.
fn json(data: &JsValue) -> Option<String> {
    js_sys::JSON::stringify(data).ok()?.as_string()
}

/// Takes a message to the window. Whom it connects is told what has happened since it came.
pub fn hear(event: &JsValue, since: usize) {
    let source = js::get(event, "source");
    let ports = js_sys::Array::from(&js::get(event, "ports"));
    let origin = js::get(event, "origin").as_string().unwrap_or_default();
    let data = js::get(event, "data");
    // Only an object can be ours: what other programs of the page say is not written out for that.
    let text = || json(&data).filter(|_| data.is_object());
    let letter = Letter {
        is_from_parent: source == js::get(&window(), "parent"),
        origin: &origin,
        ports: usize::try_from(ports.length()).unwrap_or(usize::MAX),
        text: &text,
    };
    match with(|talk| talk.port().hear(&letter, browser::now())) {
        Some(Heard::Connected) => connect(ports.get(0), since),
        Some(Heard::Refused(why)) => {
            let target = if origin == "null" { "*" } else { &origin };
            post(&source, &why, Some(target));
        }
        Some(Heard::Ignored) | None => {}
    }
}

fn connect(channel: JsValue, since: usize) {
    host::tell(&talk::connect(&channel, since));
    let owner = use_keeper().owner();
    let taken = js::function(move |event| {
        let data = js::get(&event, "data");
        let text = || json(&data).filter(|_| data.is_object());
        match with(|talk| talk.port().take(&text, browser::now())) {
            Some(Asked::Do(command)) => {
                let done = owner.with(|| host::carry_out(command.what));
                if let Some(answer) = with(|talk| talk.port().answer(command.id, &done)) {
                    answer_with(&answer);
                }
            }
            Some(Asked::Tell(answer)) => answer_with(&answer),
            Some(Asked::Ignored) | None => {}
        }
    });
    js::set(&channel, "onmessage", &taken);
}

fn answer_with(answer: &str) {
    if let Some(channel) =
        with(|talk| talk.channel.clone()).filter(|it| it.has_type::<js_sys::Object>())
    {
        post(&channel, answer, None);
    }
}
