//! Gives the worker (`public/python-worker.js`) the registry: one function of a text, at `globalThis.registry`.
#![forbid(unsafe_code)]

use std::cell::RefCell;

use js_sys::{Date, Reflect};
use python_core::Core;
use wasm_bindgen::closure::Closure;

fn main() {
    let core = RefCell::new(Core::default());
    let tell = move |said: String| {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "milliseconds since 1970 are whole, positive and far below 2^53"
        )]
        let now = Date::now().max(0.0) as u64;
        let core = core.try_borrow_mut();
        core.map_or_else(|_| String::new(), |mut core| core.tell(&said, now))
    };
    let tell = Closure::<dyn Fn(String) -> String>::new(tell);
    // Where it could not be put, the worker finds nothing, and says so.
    let _ = Reflect::set(&js_sys::global(), &"registry".into(), &tell.into_js_value());
}
