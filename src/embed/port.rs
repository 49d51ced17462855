//! The messages of the page around: who is listened to is decided in the crate [`embed`]; what is here brings it to the
//! browser.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};

use crate::browser::{self, js};
use crate::embed::host_lazy;
use crate::embed::talk::{self, post, with};
use crate::session::use_keeper;
use ::embed::message::Do;
use ::embed::port::{Asked, Heard, Letter};

/// Listens to the page around, and to what happens here.
pub fn listen() {
    talk::listen();
    if browser::is_top() {
        return;
    }
    let owner = use_keeper().owner();
    js::listen(&js_sys::global(), "message", move |event| {
        hear(&event, &owner);
    });
}

/// Returns a message as JSON; nothing where it can't be that.
fn json(data: &JsValue) -> Option<String> {
    js_sys::JSON::stringify(data).ok()?.as_string()
}

/// Takes a message to the window.
fn hear(event: &JsValue, owner: &Owner) {
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
    match with(|talk| talk.port.hear(&letter, browser::now())) {
        Some(Heard::Connected) => connect(ports.get(0), owner),
        Some(Heard::Refused(why)) => {
            let target = if origin == "null" { "*" } else { &origin };
            post(&source, &why, Some(target));
        }
        Some(Heard::Ignored) | None => {}
    }
}

fn connect(channel: JsValue, owner: &Owner) {
    talk::connect(&channel);
    host_lazy::tell(owner.clone());
    let owner = owner.clone();
    let taken = js::function(move |event| {
        let data = js::get(&event, "data");
        let text = || json(&data).filter(|_| data.is_object());
        match with(|talk| talk.port.take(&text, browser::now())) {
            Some(Asked::Do(command)) => ask(command.id, command.what, &owner),
            Some(Asked::Tell(answer)) => answer_with(&answer),
            Some(Asked::Ignored) | None => {}
        }
    });
    js::set(&channel, "onmessage", &taken);
}

fn ask(id: u64, what: Do, owner: &Owner) {
    host_lazy::carry_out(what, owner.clone(), move |done| {
        if let Some(answer) = with(|talk| talk.port.answer(id, &done)) {
            answer_with(&answer);
        }
    });
}

fn answer_with(answer: &str) {
    if let Some(channel) =
        with(|talk| talk.channel.clone()).filter(|it| it.has_type::<js_sys::Object>())
    {
        post(&channel, answer, None);
    }
}
