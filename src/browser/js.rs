//! JavaScript by name: for what only a few lines use, a binding of its own would weigh more than it does.

use std::pin::Pin;

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// A property; undefined where there is none, or where asking for it is refused.
pub fn get(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

/// Sets a property.
pub fn set(of: &JsValue, name: &str, value: &JsValue) {
    let _ = Reflect::set(of, &name.into(), value);
}

/// Calls a method.
///
/// # Errors
/// What it throws; nothing where there is no such method.
pub fn call(of: &JsValue, name: &str, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
    let function = get(of, name).dyn_into::<Function>()?;
    function.apply(of, &arguments.iter().collect::<Array>())
}

/// A global object; undefined where there is none.
pub fn global(name: &str) -> JsValue {
    get(&js_sys::global(), name)
}

/// A function that JavaScript can call for as long as it likes.
pub fn function(act: impl Fn(JsValue) + 'static) -> JsValue {
    Closure::<dyn Fn(JsValue)>::new(act).into_js_value()
}

/// Waits until JavaScript calls what is given to `start`; with what it was called.
pub fn called(start: &mut dyn FnMut(JsValue)) -> JsFuture {
    JsFuture::from(Promise::new(&mut |resolve, _| start(resolve.into())))
}

/// As [`called`], but waits no longer than so many milliseconds; then with undefined.
pub fn called_within(milliseconds: i32, start: &mut dyn FnMut(JsValue)) -> JsFuture {
    called(&mut |done| {
        let _ = call(
            &js_sys::global(),
            "setTimeout",
            &[done.clone(), milliseconds.into()],
        );
        start(done);
    })
}

/// Waits for something, but no longer than so many milliseconds; tells whether it is done. What is late goes on by itself.
pub async fn within(milliseconds: i32, what: impl Future<Output = ()> + 'static) -> bool {
    let mut what: Option<Pin<Box<dyn Future<Output = ()>>>> = Some(Box::pin(what));
    let ended = called_within(milliseconds, &mut |done| {
        if let Some(what) = what.take() {
            spawn_local(async move {
                what.await;
                let _ = call(&done, "call", &[JsValue::NULL, JsValue::TRUE]);
            });
        }
    });
    ended.await == Ok(JsValue::TRUE)
}

/// Listens to an event for as long as the page lives.
pub fn listen(to: &JsValue, event: &str, act: impl Fn(JsValue) + 'static) {
    let _ = call(to, "addEventListener", &[event.into(), function(act)]);
}
