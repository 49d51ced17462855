//! The frame around every page: header, what is saved, live region, footer, and the page itself.

pub mod console_drawer;
pub mod framed;
pub mod header;
pub mod menu;
pub mod notices;
pub mod routes;
pub mod saving;

use leptos::prelude::*;

use crate::browser::{self, offline};
use crate::data;
use crate::registry::dialog_host::dialog_host;
use crate::session::chunk::Chunk;
use crate::session::{
    lazy, use_announcer, use_dialogs, use_keeper, use_language, use_preferences, use_router,
    use_selection,
};
use crate::shell::notices::notices;
use crate::ui::lazy::{Loader, lazy_view};
use crate::ui::page::title;
use crate::ui::undo_keys;
use el::{El, a, div, ev, footer, main, p};
use share::route::Route;
use storage::Theme;

/// What opens the saved data.
pub const STORE: Loader = Loader {
    chunk: Chunk::Store,
    fetch: || Box::pin(lazy::fetch()),
    prepare: None,
};

/// The whole app, piece by piece.
pub fn shell() -> Vec<El> {
    let (language, router, keeper) = (use_language(), use_router(), use_keeper());
    undo_keys::listen();
    undo_keys::press_once();
    follow_address();
    follow_theme();
    tidy_when_idle();
    let texts = language.shell();
    let skip = a()
        .class("skip")
        .attr("href", "#main")
        .text(texts.skip)
        .on(ev::click, |event| {
            // The address is the app's own; the link must not change it.
            event.prevent_default();
            browser::focus_soon("main");
        });
    let page = main()
        .id("main")
        .attr("tabindex", "-1")
        .class("page")
        .dynamic(move || {
            let route = router.route.get();
            // The start page alone needs nothing of what is saved.
            if route != Route::Home && !keeper.is_ready() {
                return lazy_view(STORE, title, || None);
            }
            routes::page(route, language).view()
        });
    vec![
        skip,
        header::bar(),
        notices(),
        hosted(),
        page,
        console_drawer::drawer(),
        live_region(),
        dialog_host(data::lazy::dialog),
        footer().class("shell-foot").child(p().text(texts.footer)),
    ]
}

/// What a screen reader speaks.
pub fn live_region() -> El {
    let announcer = use_announcer();
    p().class("visually-hidden")
        .id("announcer")
        .attr("role", "status")
        .attr("aria-live", "polite")
        .text(move || {
            // The same sentence again must be new to a screen reader, so every second one ends in a blank.
            announcer.spoken.with(|announcement| {
                let blank = if announcement.count % 2 == 0 {
                    ""
                } else {
                    "\u{a0}"
                };
                format!("{}{blank}", announcement.sentence)
            })
        })
}

/// What has to be said of a new version, or of a learning platform.
fn hosted() -> El {
    let (kept, keeper) = (offline::kept(), use_keeper());
    div().dynamic(move || {
        // What a platform has kept comes to what is kept here.
        if !keeper.is_ready() {
            return Vec::new();
        }
        if offline::platform().is_some() || kept.with(|kept| kept == "new") {
            data::lazy::notice()
        } else {
            Vec::new()
        }
    })
}

/// Follows the address, and after a change of page sets the title and moves the focus to the page's heading.
fn follow_address() {
    let (language, announcer, dialogs) = (use_language(), use_announcer(), use_dialogs());
    let (selection, router) = (use_selection(), use_router());
    let handle = window_event_listener(leptos::ev::hashchange, move |_| {
        let route = Route::parse(&browser::hash());
        if matches!(route, Route::Embed(_)) {
            // A part in somebody else's page keeps nothing: it begins anew.
            browser::reload();
        } else if router.route.get_untracked() != route {
            dialogs.open.set(None);
            dialogs.refused.set(None);
            selection.selected.set(None);
            announcer.forget_elsewhere();
            menu::close();
            router.route.set(route);
            browser::scroll_to_top();
            browser::focus_soon("page-title");
        }
    });
    on_cleanup(move || handle.remove());
    Effect::new(move || {
        let texts = language;
        let page = routes::page(router.route.get(), texts).title;
        browser::set_title(&page.map_or_else(
            || texts.shell().brand.to_owned(),
            |page| texts.shell().title(&page),
        ));
    });
}

fn follow_theme() {
    let (preferences, keeper) = (use_preferences(), use_keeper());
    Effect::new(move || {
        // Until then, `boot.js` has set what is kept.
        if !keeper.is_ready() {
            return;
        }
        browser::set_theme(match preferences.theme.get() {
            Theme::System => None,
            Theme::Light => Some("light"),
            Theme::Dark => Some("dark"),
        });
    });
}

/// The saved data is tidied a while after the last change, never in the middle of one.
fn tidy_when_idle() {
    let (announcer, keeper) = (use_announcer(), use_keeper());
    Effect::new(move || {
        announcer.spoken.track();
        request_idle_callback(move || keeper.tidy());
    });
}
