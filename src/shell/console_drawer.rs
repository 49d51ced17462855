//! The console at the foot of the registry's pages.

use leptos::prelude::*;

use crate::browser;
use crate::console::lazy::console;
use crate::el::{El, Live, action, derived, div, el};
use crate::registry::lazy::has_registry;
use crate::session::Session;
use share::route::Route;

/// The console at the foot of the registry's pages. It is made when it is first opened there, and then only hidden: what
/// was typed stays.
pub fn drawer(session: Session) -> El {
    const ID: &str = "console";
    let texts = session.text.drawer();
    let (open, tall) = (session.console_open, Live::new(false));
    let here = derived(move || session.route.with(Route::is_registry));
    let made = Live::new(false);
    Effect::new(move || {
        if open.get() && here.get() && has_registry(session) {
            made.set(true);
        }
    });
    let toggle = action("", move || {
        let opens = !open.get_untracked();
        session.open_console(opens);
        if opens {
            browser::focus_soon("console-field");
        }
    })
    .id("console-toggle")
    .attr("aria-controls", "console-place")
    .attr_with("aria-expanded", move || Some(open.get().to_string()))
    .text_with(move || if open.get() { texts.hide } else { texts.open }.to_owned());
    let height = action("", move || tall.update(|tall| *tall = !*tall))
        .class("quiet-button")
        .flag_with("hidden", move || !open.get())
        .text_with(move || {
            if tall.get() {
                texts.lower
            } else {
                texts.taller
            }
            .to_owned()
        });
    let content = div()
        .id("console-place")
        .flag_with("hidden", move || !open.get())
        .dynamic(move || {
            if made.get() {
                console(session, ID, None, None)
            } else {
                Vec::new()
            }
        });
    el("aside")
        .class("drawer")
        .attr("aria-label", texts.title)
        .class_with("open", move || open.get())
        .class_with("tall", move || tall.get())
        .flag_with("hidden", move || !here.get())
        .child(div().class("drawer-bar").child(toggle).child(height))
        .child(content)
}
