//! The menu behind "⋯": what can be done besides the main action.

use leptos::prelude::{on_cleanup, window_event_listener};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, Node, PointerEvent};

use crate::browser;
use crate::session::use_registry;
use el::{El, RwSignal, action, details, el, ev, li, span, ul};

use crate::session::Dialog;

/// A menu that is shut by Escape, by a press elsewhere, and when the focus leaves it.
#[derive(Clone)]
pub struct Menu(El);

impl Menu {
    /// Returns an empty menu.
    pub fn new() -> Self {
        let menu = details().class("menu");
        let held = menu.clone();
        let menu = menu.on(ev::keydown, move |event| {
            if event.key() == "Escape" {
                close(&held);
                // What had the focus may be shut away now: the summary is what opens it again.
                let summary = held.node().first_element_child();
                if let Some(Ok(summary)) = summary.map(JsCast::dyn_into::<HtmlElement>) {
                    let _ = summary.focus();
                }
            }
        });
        let left = menu.clone();
        Self(menu.on(ev::focusout, move |event| {
            let next = event.related_target();
            let next = next.and_then(|next| next.dyn_into::<Node>().ok());
            if next.is_some_and(|next| !left.node().contains(Some(&next))) {
                close(&left);
            }
        }))
    }

    /// Returns a row that closes the menu and does something.
    pub fn row(&self, label: impl Into<String>, act: impl Fn() + 'static) -> El {
        let menu = self.0.clone();
        action(label.into(), move || {
            close(&menu);
            act();
        })
    }

    /// Returns a row that opens a dialog.
    pub fn opens(&self, label: impl Into<String>, what: Dialog) -> El {
        let store = use_registry();
        let row = self.row(label, move || store.open_dialog(what.clone()));
        li().child(row)
    }

    /// Returns the menu with its name and its rows, which are list items. They are made when it is first opened: a board has
    /// many menus, and what theirs say of refusals has to be fetched.
    pub fn filled(self, name: String, rows: impl Fn() -> Vec<El> + 'static) -> El {
        let dots = span().attr("aria-hidden", "true").text("⋯");
        let was_opened = RwSignal::new(false);
        let rows = move || match was_opened.get() {
            true => rows(),
            false => Vec::new(),
        };
        self.0
            .on(ev::toggle, move |_| {
                if !was_opened.get_untracked() {
                    was_opened.set(true);
                }
            })
            .child(el("summary").attr("aria-label", name).child(dots))
            .child(ul().dynamic(rows))
    }
}

fn close(menu: &El) {
    let _ = menu.node().remove_attribute("open");
}

/// Closes the menus of a page by a press anywhere else, as long as the page is there.
pub fn close_by_press() {
    let heard = window_event_listener(ev::pointerdown, |event| close_others(&event));
    on_cleanup(move || heard.remove());
}

/// Closes all menus, but for the one that was pressed.
pub fn close_others(event: &PointerEvent) {
    let pressed = event
        .target()
        .and_then(|target| target.dyn_into::<Node>().ok());
    for menu in browser::all("details.menu[open]") {
        if !menu.contains(pressed.as_ref()) {
            let _ = menu.remove_attribute("open");
        }
    }
}
