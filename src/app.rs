//! Mounts the app: its contexts first, then its pages.

use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;
use web_sys::HtmlElement;

use crate::browser::{self, js};
use crate::embed;
use crate::registry::lazy::make_room;
use crate::session::chunk::{Chunk, PATIENCE};
use crate::session::tabs::connection::Tabs;
use crate::session::{self, frame, use_keeper};
use crate::shell::framed::framed;
use crate::shell::{routes, shell};
use share::route::Route;
use storage::StoreError;
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
        let inside = embed::lazy::fetch_inside(&route);
        let page = routes::page(route, Language::English);
        let mut late = None;
        if let Some(loader) = page.ahead {
            let fetched = async move {
                // If it fails, the page says so and offers to try again.
                (loader.fetch)().await;
                if is_framed {
                    inside.await;
                }
            };
            if !js::within(PATIENCE, fetched).await {
                late = Some(loader.chunk);
            }
        }
        // A frame keeps nothing by itself: no lock, no second copy, and no other tab hears of it.
        let tabs = if is_framed {
            Err(StoreError::Denied)
        } else {
            Tabs::enter().await
        };
        set_timeout(move || mount(&place, tabs, late), Duration::ZERO);
    });
}

/// Opens what is saved, and then shows it. `late` is the chunk of the page that nobody waits for any more.
fn mount(place: &HtmlElement, tabs: Result<Rc<Tabs>, StoreError>, late: Option<Chunk>) {
    let app = place.clone();
    // Leptos mounts an empty view: it gives the owner that everything belongs to. The elements are made by `el`.
    leptos::mount::mount_to(place.clone(), move || {
        session::provide(Language::English, tabs, late, make_room);
        let owner = Owner::current().unwrap_or_default();
        set_timeout(move || owner.with(|| show(&app)), Duration::ZERO);
    })
    .forget();
}

fn show(app: &HtmlElement) {
    let elements = if frame::is_framed() {
        framed()
    } else {
        embed::inbox::watch(use_keeper());
        shell()
    };
    app.set_text_content(None);
    for element in elements {
        let _ = app.append_child(element.node());
    }
}
