//! The frame around every page: header, what is saved, live region, footer, and the page itself.

pub mod console_drawer;
pub mod header;
pub mod menu;
pub mod notices;
pub mod routes;
pub mod saving;

use leptos::prelude::*;

use crate::browser::{self, offline};
use crate::data;
use crate::registry::dialog_host::dialog_host;
use crate::session::{
    use_announcer, use_dialogs, use_keeper, use_language, use_preferences, use_router,
    use_selection,
};
use crate::shell::notices::notices;
use crate::ui::undo_keys;
use el::{El, a, div, ev, footer, main, p};
use share::route::Route;
use storage::Theme;

/// The whole app, piece by piece.
pub fn shell() -> Vec<El> {
    let (language, announcer, router) = (use_language(), use_announcer(), use_router());
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
            routes::page(route, language).view()
        });
    let announcer = p()
        .class("visually-hidden")
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
        });
    vec![
        skip,
        header::bar(),
        notices(),
        hosted(),
        page,
        console_drawer::drawer(),
        announcer,
        dialog_host(data::lazy::dialog),
        footer().class("shell-foot").child(p().text(texts.footer)),
    ]
}

/// What has to be said of a new version, or of a learning platform.
fn hosted() -> El {
    let kept = offline::kept();
    div().dynamic(move || {
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
        if router.route.get_untracked() != route {
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
    let preferences = use_preferences();
    Effect::new(move || {
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
