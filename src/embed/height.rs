//! How high the page is, told to the page around it whenever that changes; and where a dialog opens in a page that is higher
//! than what can be seen of it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement};

use crate::browser::{self, js};
use ::embed::height::{Dialect, Posted, Told};

/// Tells the height now, and whenever it changes.
pub fn follow() {
    if !browser::is_top() {
        follow_size();
    }
    follow_presses();
}

fn follow_size() {
    let told = Rc::new(RefCell::new(Told::default()));
    let is_asked = Rc::new(Cell::new(false));
    let look = move || {
        // Once in a frame, however much changes in it.
        if is_asked.replace(true) {
            return;
        }
        let (told, is_asked) = (Rc::clone(&told), Rc::clone(&is_asked));
        request_animation_frame(move || {
            is_asked.set(false);
            if let Some(height) = told.borrow_mut().next(measured()) {
                tell(height);
            }
        });
    };
    let again = look.clone();
    let changed = js::function(move |_| again());
    let observer = js_sys::Reflect::construct(
        js::global("ResizeObserver").unchecked_ref::<js_sys::Function>(),
        &js_sys::Array::of1(&changed),
    );
    if let (Ok(observer), Some(app)) = (observer, browser::app_element()) {
        let _ = js::call(&observer, "observe", &[app.into()]);
    }
    // A dialog changes no size but its own.
    for event in ["click", "close", "toggle"] {
        let look = look.clone();
        let act = js::function(move |_| look());
        let _ = js::call(
            &document(),
            "addEventListener",
            &[event.into(), act, true.into()],
        );
    }
}

/// How far down the page goes, in CSS pixels: to its end, or to the end of a dialog.
fn measured() -> f64 {
    let scrolled = window().scroll_y().unwrap_or(0.0);
    let bottom = |element: &Element| element.get_bounding_client_rect().bottom() + scrolled;
    let app = browser::app_element().map_or(0.0, |app| bottom(&app));
    let dialogs = browser::all("dialog[open]");
    dialogs.iter().map(bottom).fold(app, f64::max)
}

fn tell(height: u32) {
    let window = JsValue::from(window());
    // The browser's own way. Where it has none, or the page around has not asked for it, it throws.
    let _ = js::call(&window, "requestResize", &[]);
    let parent = js::get(&window, "parent");
    for dialect in Dialect::ALL {
        let message = match dialect.message(height) {
            Posted::Text(text) => JsValue::from(text),
            Posted::Object(json) => js_sys::JSON::parse(&json).unwrap_or(JsValue::NULL),
        };
        let _ = js::call(&parent, "postMessage", &[message, "*".into()]);
    }
}

/// Notes where something was pressed, for the styles: a dialog opens there, and not in the middle of a page of which the reader
/// sees a part.
fn follow_presses() {
    let pressed = js::function(|event| {
        let target = js::get(&event, "target").dyn_into::<Element>().ok();
        let root = document().document_element();
        let root = root.and_then(|root| root.dyn_into::<HtmlElement>().ok());
        let outside = |it: &Element| it.closest("dialog").ok().flatten().is_none();
        if let (Some(target), Some(root)) = (target.filter(outside), root) {
            let top = target.get_bounding_client_rect().top() + window().scroll_y().unwrap_or(0.0);
            #[expect(
                clippy::cast_possible_truncation,
                reason = "no page is so high; to write a number with a fraction takes 7 KB of WebAssembly"
            )]
            let top = top as i32;
            let _ = root.style().set_property("--pressed", &format!("{top}px"));
        }
    });
    let arguments = ["click".into(), pressed, true.into()];
    let _ = js::call(&document(), "addEventListener", &arguments);
}
