//! A field that reads a text from a file of the person's own, and what is said of that file.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::HtmlInputElement;

use el::{El, div, ev, h3, input, label, li, p, section, ul};

/// The field with its label. `then` gets the text, or how many bytes the file has where
/// these are more than `limit`.
pub fn file_field(
    id: &str,
    words: &str,
    accept: &str,
    limit: u32,
    then: impl Fn(Result<String, usize>) + Clone + 'static,
) -> El {
    let field = input()
        .attr("type", "file")
        .attr("accept", accept)
        .id(id)
        .on(ev::change, move |event| {
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
                    #[expect(
                        clippy::cast_possible_truncation,
                        clippy::cast_sign_loss,
                        reason = "sizes are whole, and an odd one becomes the nearest"
                    )]
                    return then(Err(file.size() as usize));
                }
                let text = JsFuture::from(file.text()).await.ok();
                then(Ok(text
                    .and_then(|text| text.as_string())
                    .unwrap_or_default()));
            });
        });
    div()
        .class("field")
        .child(label().attr("for", id).text(words))
        .child(field)
}

/// What a file would bring, and the buttons that take it in or leave it. The focus can go to its title, by its `id`.
pub fn file_brings(id: &str, title: &str, rows: Vec<String>, take: El, leave: El) -> Vec<El> {
    let rows = rows.into_iter().map(|words| li().text(words));
    let title = h3().id(id).attr("tabindex", "-1").text(title);
    vec![
        section()
            .class("panel section")
            .attr("aria-labelledby", id)
            .child(title)
            .child(ul().class("takeaways").children(rows))
            .child(div().class("actions").child(take).child(leave)),
    ]
}

/// What is said of a file that can't be taken in.
pub fn file_is_wrong(id: &str, words: &str) -> Vec<El> {
    let said = p().class("notice").id(id).attr("tabindex", "-1");
    vec![said.text(words)]
}

/// What is said of a file that brings nothing.
pub fn file_brings_nothing(id: &str, words: &str) -> Vec<El> {
    let said = p().class("panel").id(id).attr("tabindex", "-1");
    vec![said.text(words)]
}
