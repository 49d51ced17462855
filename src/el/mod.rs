//! Elements of the page, made by hand over Leptos's signals.
//!
//! Leptos's own `view!` gives every piece of a page a type of its own, and each type brings its own code for building,
//! comparing and dropping. Measured on this app (release, `opt-level = "z"`, brotli): with `view!` the WebAssembly was
//! 241 KB, of which more than half was that code; the budget for everything is 150 KB. So the app keeps Leptos for what
//! it is best at – signals, memos, effects, owners, contexts – and builds elements with one type, [`El`]. Nothing is
//! compared: a text, an attribute or a list has an effect of its own that changes just that.
//!
//! | file | what it is |
//! |---|---|
//! | `element` | an element, its attributes, texts and listeners |
//! | `dynamic` | a part of the page that is made anew when something changes |
//! | `keyed` | a list whose items stay the same elements while they move |
//! | `live` | values that the page follows |
//!
//! There is no way to make an element from a text that contains markup: what is data stays text.

pub mod dynamic;
pub mod element;
pub mod keyed;
pub mod live;

pub use crate::el::element::El;
pub use crate::el::element::el;
pub use crate::el::element::svg;
pub use crate::el::keyed::keyed;
pub use crate::el::live::Live;
pub use crate::el::live::derived;

/// Shorthands for the elements that are used most.
macro_rules! elements {
    ($($name:ident)*) => {
        $(
            /// The element of that name.
            #[must_use]
            pub fn $name() -> El {
                el(stringify!($name))
            }
        )*
    };
}

elements!(a button dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 header
    input label legend li main nav ol p section select span strong summary table tbody td textarea th thead tr ul);

/// Code in a line, which no translator changes.
#[must_use]
pub fn code() -> El {
    el("code").verbatim()
}

/// Lines as they stand, which no translator changes.
#[must_use]
pub fn pre() -> El {
    el("pre").verbatim()
}

/// A button that does something and submits nothing.
#[must_use]
pub fn action(label: impl Into<String>, act: impl Fn() + 'static) -> El {
    button()
        .attr("type", "button")
        .text(label)
        .on("click", move |_| act())
}
