//! `#/embed/…`: a part of the app in somebody else's page.
//!
//! | file | what it is |
//! |---|---|
//! | `view` | what an address shows, and the one line below it |
//! | `world` | the views of a registry |
//! | `links` | where links lead: on in the frame, or to the whole app |
//! | `height` | how high the page is, told to the page around it |
//! | `port`, `host` | what the page around says, and is told; the commands that it can give |
//! | `opener`, `dialog` | the button that gives out code to paste, and its dialog |
//! | `inbox` | how what was learned in a frame gets into the app's progress |

pub mod dialog;
pub mod height;
pub mod host;
pub mod inbox;
pub mod lazy;
pub mod links;
pub mod opener;
pub mod port;
pub mod view;
pub mod world;

use leptos::prelude::*;

use crate::browser;
use crate::session::{frame, use_language, use_router};
use crate::shell::{live_region, routes};
use crate::ui::undo_keys;
use el::{El, main};
use share::route::Route;

/// The page is a part of somebody else's from now on, if its address says so. Returns whether it is.
pub fn enter(route: &Route) -> bool {
    let is_framed = matches!(route, Route::Embed(_));
    if is_framed {
        frame::enter();
    }
    is_framed
}

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
