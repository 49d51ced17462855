//! Mounts the app: its contexts first, then its pages.

use std::time::Duration;

use leptos::prelude::*;
use web_sys::HtmlElement;

use crate::browser::{self, js};
use crate::embed;
use crate::registry::lazy::make_room;
use crate::session::chunk::{Chunk, PATIENCE};
use crate::session::lazy;
use crate::session::tabs::connection::Entered;
use crate::session::{self, frame, use_keeper};
use crate::shell::framed::framed;
use crate::shell::{STORE, routes, shell};
use crate::ui::lazy::Fetch;
use share::route::Route;
use text::Language;

/// Mounts the app in the page, in the place of the static first view.
pub fn start() {
    std::panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        browser::announce_panic();
    }));
    let Some(place) = browser::app_element() else {
        return;
    };
    // The static first view stays until the page can be shown whole. Each step is a task of its own, so that the browser
    // can answer a press or a scroll between them.
    wasm_bindgen_futures::spawn_local(async move {
        let route = Route::parse(&browser::hash());
        let is_framed = embed::enter(&route);
        let saved = match route {
            // A frame keeps nothing by itself: no lock, no second copy, and no other tab hears of it. Neither does a projector.
            _ if is_framed => Saved::Nothing,
            Route::Audience => Saved::Nothing,
            Route::Home => Saved::Later,
            _ => Saved::First,
        };
        let mut late = None;
        // The start page is shown before what is saved is open.
        let mut wait_for = async |chunk: Chunk, fetch: Fetch| {
            let fetched = async move {
                // If it fails, the page says so and offers to try again.
                fetch().await;
            };
            let is_here = js::within(PATIENCE, fetched).await;
            if !is_here {
                late = Some(chunk);
            }
            is_here
        };
        let mut entered = None;
        if saved == Saved::First && wait_for(STORE.chunk, STORE.fetch).await {
            entered = lazy::enter().await;
        }
        let is_late = saved == Saved::First && entered.is_none();
        if let Some(loader) = routes::page(route, Language::English).ahead
            && !is_late
        {
            wait_for(loader.chunk, loader.fetch).await;
        }
        set_timeout(move || mount(&place, saved, entered, late), Duration::ZERO);
    });
}

/// When what is saved is opened.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Saved {
    /// Before anything is shown.
    First,
    /// After the page is shown, which does not need it.
    Later,
    /// Never: the page works in memory.
    Nothing,
}

/// Opens what is saved, and then shows it; the start page is shown first. `late` is the chunk of the page that nobody waits
/// for any more.
fn mount(place: &HtmlElement, saved: Saved, entered: Option<Entered>, late: Option<Chunk>) {
    let app = place.clone();
    // Leptos mounts an empty view: it gives the owner that everything belongs to. The elements are made by `el`.
    leptos::mount::mount_to(place.clone(), move || {
        session::provide(
            Language::English,
            late,
            make_room,
            embed::inbox_lazy::take_in,
        );
        let is_open = entered.is_some();
        if let Some(entered) = entered {
            lazy::open(entered);
        }
        if saved == Saved::Nothing {
            use_keeper().keep_nothing();
        }
        let owner = Owner::current().unwrap_or_default();
        let open = move || {
            if !is_open && saved != Saved::Nothing {
                lazy::open_soon(use_keeper());
            }
        };
        set_timeout(
            move || {
                owner.with(|| {
                    show(&app);
                    open();
                });
            },
            Duration::ZERO,
        );
    })
    .forget();
}

fn show(app: &HtmlElement) {
    let elements = if frame::is_framed() {
        framed()
    } else {
        shell()
    };
    app.set_text_content(None);
    for element in elements {
        let _ = app.append_child(element.node());
    }
}
