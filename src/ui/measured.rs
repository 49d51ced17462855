//! A text field that takes in only so much: what comes is measured before anything is done with it.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event};

use crate::browser::js;
use el::{El, RwSignal, ev};
use share::limits::beginning;
use text::Language;
use text::grouped;

/// How much a field takes in, in characters, and how long the text was of which it has only the beginning.
#[derive(Clone, Copy)]
pub struct Measure {
    most: usize,
    cut: RwSignal<Option<usize>>,
}

impl Measure {
    /// Nothing was too long yet.
    pub fn new(most: usize) -> Self {
        Self {
            most,
            cut: RwSignal::new(None),
        }
    }

    /// Whether only the beginning of a text is there.
    pub fn is_cut(self) -> bool {
        self.cut.with(Option::is_some)
    }

    /// What is to be said about a text that was too long; empty where none was.
    pub fn words(self, language: Language) -> String {
        self.cut.get().map_or_else(String::new, |long| {
            let (long, most) = (grouped(long), grouped(self.most));
            language.forms().cut(&long, &most)
        })
    }

    /// What was too long is gone.
    pub fn forget(self) {
        if self.cut.with_untracked(Option::is_some) {
            self.cut.set(None);
        }
    }

    /// Lets a field take in no more than this. What is pasted or dropped is measured before it is in the field; `act` gets
    /// what the field holds then.
    pub fn of(self, entry: El, act: impl Fn(String) + 'static) -> El {
        let field = entry.node().clone();
        let (pasted, dropped) = (field.clone(), field.clone());
        entry
            .on(ev::paste, move |event| {
                self.comes(&pasted, &event, "clipboardData")
            })
            .on(ev::drop, move |event| {
                self.comes(&dropped, &event, "dataTransfer")
            })
            .on(ev::input, move |_| {
                let value = js::get(&field, "value").as_string().unwrap_or_default();
                match beginning(&value, self.most) {
                    // Whatever brought it, such as a program that types.
                    Some((long, kept)) => {
                        js::set(&field, "value", &kept.into());
                        act(kept.to_owned());
                        self.cut.set(Some(long));
                    }
                    None => {
                        self.forget();
                        act(value);
                    }
                }
            })
    }

    /// A text comes into a field: where it is too long, its beginning goes in, and the browser puts nothing in itself.
    fn comes(self, field: &Element, event: &Event, from: &str) {
        let data = js::get(event, from);
        let text = js::call(&data, "getData", &["text/plain".into()]);
        let Some(text) = text.ok().and_then(|text| text.as_string()) else {
            return;
        };
        let number = |name: &str| js::get(field, name).as_f64().unwrap_or_default();
        let marked = number("selectionEnd") - number("selectionStart");
        let held = js::get(&js::get(field, "value"), "length").as_f64();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "lengths are whole, and a negative one becomes 0"
        )]
        let held = (held.unwrap_or_default() - marked) as usize;
        let room = self.most.saturating_sub(held);
        let Some((long, kept)) = beginning(&text, room) else {
            return;
        };
        event.prevent_default();
        let end: JsValue = "end".into();
        let (from, to) = (
            js::get(field, "selectionStart"),
            js::get(field, "selectionEnd"),
        );
        let _ = js::call(field, "setRangeText", &[kept.into(), from, to, end]);
        // Whoever follows the field hears of it as of anything that is typed.
        if let Ok(event) = Event::new("input") {
            let _ = field
                .unchecked_ref::<web_sys::EventTarget>()
                .dispatch_event(&event);
        }
        self.cut.set(Some(long));
    }
}
