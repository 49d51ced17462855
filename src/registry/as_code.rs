//! What was done, or is about to be done, as code, behind a heading that opens it.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::registry::code_lazy::shown;
use crate::registry::told::{Told, of_step};
use crate::session::{use_language, use_registry};
use el::{El, RwSignal, details, div, ev, summary};
use registry::Log;

/// The code, behind a heading that opens it. Nothing is worked out before it is open.
pub fn as_code(told: impl Fn() -> Option<Told> + 'static) -> El {
    let language = use_language();
    named(summary(), language.code().title, Box::new(told))
}

/// As [`as_code`], where there are several: `of` tells them apart for who hears their headings one after the other.
pub fn as_code_of(of: &str, told: impl Fn() -> Option<Told> + 'static) -> El {
    let title = use_language().code().title;
    let head = summary().attr("aria-label", format!("{title}: {of}"));
    named(head, title, Box::new(told))
}

/// The code of what was done last, once something was done after a step.
pub fn last_step(from: impl Fn() -> u64 + 'static) -> El {
    let (language, store) = (use_language(), use_registry());
    let told = move || store.history(|log| of_step(log, log.step()));
    named(summary(), language.code().last_step, Box::new(told))
        .class("code-lens last-step")
        .attr("hidden", move || store.history(Log::step) <= from())
}

fn named(head: El, title: &str, told: Box<dyn Fn() -> Option<Told>>) -> El {
    let open = RwSignal::new(false);
    let told = StoredValue::new_local(told);
    let content = move || {
        if open.get() { shown(told) } else { Vec::new() }
    };
    details()
        .class("code-lens")
        .on(ev::toggle, move |event| {
            let shown = event
                .current_target()
                .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
            open.set(shown.is_some_and(|shown| shown.has_attribute("open")));
        })
        .child(head.text(title))
        .child(div().dynamic(content))
}
