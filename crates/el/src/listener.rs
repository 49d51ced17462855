//! Listeners that end with their owner.

use std::rc::Rc;

use leptos::prelude::{GetValue, LocalStorage, StoredValue};
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;

/// Returns a function that JavaScript can call for as long as it likes; but what it does, and all that it holds, ends with the
/// owner that it was made under. Called after that, it does nothing.
///
/// JavaScript has only the way to what is held. If it had that itself, an element and a listener of it would hold each
/// other through the memory of the program, where no collector looks, and stay for ever.
#[must_use]
pub fn owned_function(act: Box<dyn Fn(JsValue)>) -> JsValue {
    let act: StoredValue<Rc<dyn Fn(JsValue)>, LocalStorage> = StoredValue::new_local(act.into());
    let call = move |value| {
        // A copy: what is done may end its own owner.
        if let Some(act) = act.try_get_value() {
            act(value);
        }
    };
    Closure::<dyn Fn(JsValue)>::new(call).into_js_value()
}
