//! What is around a part of the app in somebody else's page: nothing but what a screen reader speaks.

use leptos::prelude::*;

use crate::browser;
use crate::session::{use_language, use_router};
use crate::shell::{live_region, routes};
use crate::ui::undo_keys;
use el::{El, main};
use share::route::Route;

/// What stands on the page in the place of the app's header, footer and pages.
pub fn framed() -> Vec<El> {
    let (language, router) = (use_language(), use_router());
    undo_keys::press_once();
    let handle = window_event_listener(leptos::ev::hashchange, move |_| {
        let route = Route::parse(&browser::hash());
        if !matches!(route, Route::Embed(_)) {
            // The whole app keeps things in another way: it begins anew.
            browser::reload();
        } else if router.route.get_untracked() != route {
            router.route.set(route);
        }
    });
    on_cleanup(move || handle.remove());
    browser::set_title(language.shell().brand);
    let page = main()
        .id("main")
        .attr("tabindex", "-1")
        .class("page embed-page")
        .dynamic(move || routes::page(router.route.get(), language).view());
    vec![page, live_region()]
}
