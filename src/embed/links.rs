//! Where links lead: on in the frame, where what they name is part of it, and else to the whole app, in a window of its own. And
//! forms, which a frame may not leave to the browser.

use std::cell::RefCell;

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, MouseEvent};

use crate::browser::{self, js};
use crate::session::frame;
use ::embed::{Frame, View};
use el::RwSignal;
use lesson::exercise::recipe_query::RecipeQuery;
use lesson::pack::Id;
use share::route::Route;

thread_local! {
    /// The questions in a row, and which of them is shown.
    static ROW: RefCell<Option<(Vec<Id>, RwSignal<usize>)>> = const { RefCell::new(None) };
    /// Where it is said that no window could be opened.
    static BLOCKED: RefCell<Option<RwSignal<String>>> = const { RefCell::new(None) };
}

/// Sets the questions that stand in a row, and what says which of them is shown.
pub fn in_row(ids: Vec<Id>, at: RwSignal<usize>) {
    ROW.replace(Some((ids, at)));
}

/// Sets where it is said that no window could be opened.
pub fn say_blocked(said: RwSignal<String>) {
    BLOCKED.replace(Some(said));
}

/// Returns the whole address of a page of the app (`#/…`).
pub fn whole(page: &str) -> String {
    browser::address(&Route::parse(page))
}

/// Tells a form that it is submitted. A browser would not, in a sandbox without `allow-forms`.
fn submit(event: &MouseEvent) {
    let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    let form = target
        .and_then(|it| it.closest("form [type=submit]").ok().flatten())
        .and_then(|it| it.closest("form").ok().flatten());
    let Some(form) = form.filter(|_| !event.default_prevented()) else {
        return;
    };
    event.prevent_default();
    let is_valid = js::call(&form, "reportValidity", &[]);
    if is_valid.is_ok_and(|it| it.is_truthy()) {
        let how = js_sys::Object::new();
        js::set(&how, "bubbles", &JsValue::TRUE);
        js::set(&how, "cancelable", &JsValue::TRUE);
        let submitted = js_sys::Reflect::construct(
            js::global("SubmitEvent").unchecked_ref::<js_sys::Function>(),
            &js_sys::Array::of2(&"submit".into(), &how),
        );
        if let Ok(submitted) = submitted {
            let _ = js::call(&form, "dispatchEvent", &[submitted]);
        }
    }
}

/// Listens to links and forms, and to what would go to another page.
pub fn listen() {
    browser::go_by(|route| {
        if !goes_on(route) {
            open(&browser::address(route));
        }
    });
    js::listen(&document().into(), "click", |event| {
        let Ok(event) = event.dyn_into::<MouseEvent>() else {
            return;
        };
        submit(&event);
        let is_plain = event.button() == 0
            && !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key());
        let link = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok())
            .and_then(|it| it.closest("a[href^='#/'], a.embed-open").ok().flatten());
        let Some(link) = link.filter(|_| is_plain && !event.default_prevented()) else {
            return;
        };
        event.prevent_default();
        let to = link.get_attribute("href").unwrap_or_default();
        if link.class_list().contains("embed-open") {
            open(&to);
        } else {
            browser::go(&Route::parse(&to));
        }
    });
}

/// Returns which of the questions in a row is shown, and how many there are.
pub fn place() -> Option<(RwSignal<usize>, usize)> {
    ROW.with_borrow(|row| row.as_ref().map(|(ids, at)| (*at, ids.len())))
}

/// Goes on in the frame, where that is part of what it shows. It makes no step in the browser's history, so that back leads the
/// reader of the page around out of that page and not through the frame.
fn goes_on(route: &Route) -> bool {
    if let Route::Question(id) = route {
        let row = ROW.with_borrow(Clone::clone);
        let place = row.and_then(|(ids, at)| Some((ids.iter().position(|it| it == id)?, at)));
        return place.is_some_and(|(place, at)| {
            if frame::in_row(id).is_none() {
                return false;
            }
            at.set(place);
            browser::focus_soon("page-title");
            true
        });
    }
    let made = match route {
        Route::New(query) => RecipeQuery::parse(query).map(View::Made),
        _ => None,
    };
    let here = Frame::parse(&browser::hash());
    let (Some(view), Ok(here)) = (made, here) else {
        return false;
    };
    if !matches!(here.view, View::Made(_)) {
        return false;
    }
    let next = Frame { view, ..here };
    browser::replace_hash(&Route::parse(&next.to_string()));
    true
}

/// Opens a window with the whole app, or gives its address where the page around forbids windows.
fn open(address: &str) {
    let window = JsValue::from(window());
    let opened = js::call(&window, "open", &[address.into(), "_blank".into()]);
    match opened {
        Ok(opened) if opened.is_object() => js::set(&opened, "opener", &JsValue::NULL),
        _ => {
            if let Some(said) = BLOCKED.with_borrow(|said| *said) {
                said.set(address.to_owned());
            }
        }
    }
}
