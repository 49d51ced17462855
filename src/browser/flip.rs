//! Lets cards be seen to travel: where they were before a change, and from there to where they are after it, in the colour
//! of the stage that they leave and then of that where they come to.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Element;

use crate::browser;
use crate::browser::js;
use registry::VecMap;

/// Where every card on screen was: its place, and the stage of its column.
pub type Places = VecMap<String, (i32, i32, String)>;

/// How long something moves, in milliseconds.
const TIME: f64 = 200.0;
/// The mark of the stage that apps ask for.
const LIVE_MARK: &str = "[data-stage=Production] .column-head .mark";

/// Where the cards are now; nowhere where less motion is asked for.
pub fn places() -> Places {
    if browser::prefers_less_motion() {
        return Places::new();
    }
    cards().map(|(card, id)| (id, place(&card))).collect()
}

/// Once the page has changed, lets every card that stands elsewhere now come from where it stood. Where one of them goes to
/// Production or leaves it, its mark pulses.
pub fn from(places: Places) {
    if places.is_empty() {
        return;
    }
    request_animation_frame(move || {
        let mut is_other = false;
        for (card, id) in cards() {
            let Some((left, top, from)) = places.get(&id) else {
                continue;
            };
            let (x, y, to) = place(&card);
            let (x, y) = (left - x, top - y);
            if x.abs() + y.abs() > 1 {
                animate(
                    &card,
                    &[
                        &[
                            ("transform", format!("translate({x}px, {y}px)")),
                            ("borderColor", colour(from)),
                        ],
                        &[
                            ("transform", "none".to_owned()),
                            ("borderColor", colour(&to)),
                        ],
                    ],
                );
            }
            is_other |= *from != to && (from == "Production" || to == "Production");
        }
        if is_other {
            browser::all(LIVE_MARK).iter().for_each(pulse);
        }
    });
}

/// Lets an element grow for a moment, where motion is wanted.
pub fn pulse(element: &Element) {
    if !browser::prefers_less_motion() {
        let frame = |scale: &str| [("transform", format!("scale({scale})"))];
        animate(element, &[&frame("1"), &frame("1.15"), &frame("1")]);
    }
}

fn colour(stage: &str) -> String {
    format!("var(--{}-mark)", stage.to_ascii_lowercase())
}

fn cards() -> impl Iterator<Item = (Element, String)> {
    browser::all("[data-card]")
        .into_iter()
        .filter_map(|card| card.get_attribute("data-card").map(|id| (card, id)))
}

/// In whole pixels: finer is not seen, and printing fractions would bring much code.
fn place(card: &Element) -> (i32, i32, String) {
    let place = card.get_bounding_client_rect();
    let column = card.closest("[data-stage]").ok().flatten();
    let stage = column.and_then(|column| column.get_attribute("data-stage"));
    #[expect(clippy::cast_possible_truncation, reason = "a place on a screen fits")]
    (
        place.left() as i32,
        place.top() as i32,
        stage.unwrap_or_default(),
    )
}

fn animate(element: &Element, frames: &[&[(&str, String)]]) {
    let list = js_sys::Array::new();
    for properties in frames {
        let frame = JsValue::from(js_sys::Object::new());
        for (name, value) in *properties {
            js::set(&frame, name, &value.as_str().into());
        }
        list.push(&frame);
    }
    let options = JsValue::from(js_sys::Object::new());
    js::set(&options, "duration", &TIME.into());
    js::set(&options, "easing", &"ease-out".into());
    // web-sys has `animate` only among its unstable parts.
    let _ = js::call(element.unchecked_ref(), "animate", &[list.into(), options]);
}
