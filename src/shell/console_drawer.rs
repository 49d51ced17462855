//! The console at the foot of the registry's pages.

use leptos::prelude::*;

use crate::browser;
use crate::console::lazy::console;
use crate::console::transcript::Opening;
use crate::registry::lazy::has_registry;
use crate::session::{use_chunks, use_keeper, use_language, use_preferences, use_router};
use el::{El, Memo, RwSignal, action, div, el};
use share::route::Route;

/// The console at the foot of the registry's pages. It is made when it is first opened there, and then only hidden: what
/// was typed stays.
pub fn drawer() -> El {
    let (preferences, router, chunks) = (use_preferences(), use_router(), use_chunks());
    let keeper = use_keeper();
    const ID: &str = "console";
    let texts = use_language().drawer();
    let (open, tall) = (preferences.console_open, RwSignal::new(false));
    let here = Memo::new(move || router.route.with(Route::is_registry));
    let made = RwSignal::new(false);
    Effect::new(move || {
        // It is made once: what was typed, its names and a script that runs live as long as the page.
        if open.get() && here.get() && has_registry(chunks, keeper) && !made.get_untracked() {
            made.set(true);
        }
    });
    let toggle = action("", move || {
        let opens = !open.get_untracked();
        preferences.open_console(opens);
        if opens {
            browser::focus_soon("console-field");
        }
    })
    .id("console-toggle")
    .attr("aria-controls", "console-place")
    .attr("aria-expanded", move || Some(open.get().to_string()))
    .text(move || if open.get() { texts.hide } else { texts.open }.to_owned());
    let height = action("", move || tall.update(|tall| *tall = !*tall))
        .class("quiet-button")
        .attr("hidden", move || !open.get())
        .text(move || {
            if tall.get() {
                texts.lower
            } else {
                texts.taller
            }
            .to_owned()
        });
    let content = div()
        .id("console-place")
        .attr("hidden", move || !open.get())
        .dynamic(move || {
            if made.get() {
                console(ID, None, Opening::Empty)
            } else {
                Vec::new()
            }
        });
    el("aside")
        .class("drawer")
        .attr("aria-label", texts.title)
        .class(("open", move || open.get()))
        .class(("tall", move || tall.get()))
        .attr("hidden", move || !here.get())
        .child(div().class("drawer-bar").child(toggle).child(height))
        .child(content)
}
