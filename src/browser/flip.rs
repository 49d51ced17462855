//! Lets cards be seen to travel: where they were before a change, and from there to where they are after it.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Element;

use crate::browser;
use registry::VecMap;

/// Where every card on screen was.
pub type Places = VecMap<String, (i32, i32)>;

/// How long a card travels, in milliseconds.
const TRAVEL_MS: f64 = 200.0;

/// Where the cards are now; nowhere where less motion is asked for.
pub fn places() -> Places {
    if browser::prefers_less_motion() {
        return Places::new();
    }
    cards().map(|(card, id)| (id, place(&card))).collect()
}

/// Once the page has changed, lets every card that stands elsewhere now come from where it stood.
pub fn from(places: Places) {
    if places.is_empty() {
        return;
    }
    request_animation_frame(move || {
        for (card, id) in cards() {
            let Some(before) = places.get(&id) else {
                continue;
            };
            let now = place(&card);
            let (x, y) = (before.0 - now.0, before.1 - now.1);
            if x.abs() + y.abs() > 1 {
                animate(&card, x, y);
            }
        }
    });
}

fn cards() -> impl Iterator<Item = (Element, String)> {
    browser::all("[data-card]")
        .into_iter()
        .filter_map(|card| card.get_attribute("data-card").map(|id| (card, id)))
}

/// In whole pixels: finer is not seen, and printing fractions would bring much code.
fn place(card: &Element) -> (i32, i32) {
    let place = card.get_bounding_client_rect();
    #[expect(clippy::cast_possible_truncation, reason = "a place on a screen fits")]
    (place.left() as i32, place.top() as i32)
}

fn animate(card: &Element, x: i32, y: i32) {
    let frames = js_sys::Array::new();
    for transform in [format!("translate({x}px, {y}px)"), "none".to_owned()] {
        let frame = js_sys::Object::new();
        let _ = js_sys::Reflect::set(&frame, &"transform".into(), &JsValue::from(transform));
        frames.push(&frame);
    }
    let options = js_sys::Object::new();
    let _ = js_sys::Reflect::set(&options, &"duration".into(), &TRAVEL_MS.into());
    let _ = js_sys::Reflect::set(&options, &"easing".into(), &"ease-out".into());
    // web-sys has `animate` only among its unstable parts.
    let animate = js_sys::Reflect::get(card, &"animate".into())
        .ok()
        .and_then(|animate| animate.dyn_into::<js_sys::Function>().ok());
    if let Some(animate) = animate {
        let _ = animate.call2(card, &frames, &options);
    }
}
