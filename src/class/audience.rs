//! `#/audience`: what a projector shows. It follows the presenter and has nothing of its own; leaving it opens the app anew,
//! for this window keeps nothing.

use leptos::prelude::*;
use std::time::Duration;

use crate::browser::{self, js};
use crate::class::channel::{Channel, window_number};
use crate::class::keys;
use crate::class::view::projector;
use crate::session::use_language;
use crate::ui::page::title;
use class::{Follower, Message, Screen};
use el::{El, Memo, RwSignal, action, div, p};

/// The page.
pub fn audience() -> Vec<El> {
    let texts = use_language().class();
    let screen: RwSignal<Option<Screen>> = RwSignal::new(None);
    let follower = StoredValue::new_local(Follower::new(window_number()));
    let channel = Channel::open();
    channel.listen(move |message| {
        let shown = follower.try_update_value(|follower| follower.hear(message));
        if let Some((shown, here)) = shown.flatten() {
            screen.set(Some(shown));
            channel.post(&here);
        }
    });
    channel.post(&follower.with_value(Follower::hello));
    let bye = move || channel.post(&follower.with_value(Follower::bye));
    // Firefox sends nothing any more when a window that closes is hidden.
    let leaves = ["beforeunload", "pagehide"]
        .map(|event| window_event_listener_untyped(event, move |_| bye()));
    let shows = window_event_listener_untyped("pageshow", move |_| {
        channel.post(&follower.with_value(Follower::hello));
    });
    on_cleanup(move || {
        for listener in leaves {
            listener.remove();
        }
        shows.remove();
        browser::reload();
    });
    keys::listen(move |key, _| {
        channel.post(&Message::Key {
            key: key.to_owned(),
        });
    });
    let now = RwSignal::new(browser::now());
    let tick = set_interval_with_handle(move || now.set(browser::now()), Duration::from_secs(1));
    if let Ok(tick) = tick {
        on_cleanup(move || tick.clear());
    }
    let is_there = Memo::new(move || screen.with(Option::is_some));
    let fill = move || {
        let root = document()
            .document_element()
            .map_or(wasm_bindgen::JsValue::UNDEFINED, Into::into);
        let _ = js::call(&root, "requestFullscreen", &[]);
    };
    let content = move || -> Vec<El> {
        if is_there.get() {
            let shown = Memo::new(move || screen.get());
            return vec![projector(shown, now)];
        }
        vec![
            div()
                .class("reading section audience-waits")
                .child(p().class("lead").text(texts.waiting))
                .child(p().text(texts.waiting_body))
                .child(
                    div()
                        .class("actions")
                        .child(action(texts.full_screen, fill)),
                ),
        ]
    };
    vec![
        div()
            .class("audience")
            .child(title(texts.audience).class("visually-hidden"))
            .child(div().class("audience-view").dynamic(content)),
    ]
}
