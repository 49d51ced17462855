//! A field that reads a text from a file of the person's own.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::HtmlInputElement;

use crate::app::dom::{El, input};

/// The field. `then` gets the text, or nothing where the file is larger than `limit` bytes.
pub fn file_field(
    id: &str,
    accept: &str,
    limit: u32,
    then: impl Fn(Option<String>) + Clone + 'static,
) -> El {
    input()
        .attr("type", "file")
        .attr("accept", accept)
        .id(id)
        .on("change", move |event| {
            let input = event
                .target()
                .and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
            let Some(input) = input else { return };
            let Some(file) = input.files().and_then(|files| files.get(0)) else {
                return;
            };
            // The same file can be chosen again.
            input.set_value("");
            let then = then.clone();
            spawn_local(async move {
                if file.size() > f64::from(limit) {
                    return then(None);
                }
                let text = JsFuture::from(file.text()).await.ok();
                then(Some(
                    text.and_then(|text| text.as_string()).unwrap_or_default(),
                ));
            });
        })
}
