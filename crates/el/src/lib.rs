//! Elements of a page, built by hand over Leptos's signals, under Leptos's names. `README.md` says why, with numbers.
//!
//! ```ignore
//! let open = RwSignal::new(false);
//! div()
//!     .class("panel")
//!     .class(("open", move || open.get()))
//!     .child(button().attr("type", "button").text("Open").on(ev::click, move |_| open.set(true)))
//!     .show(move || open.get(), || p().text("It is open."))
//! ```
//!
//! What is given as a value stays; what is given as a closure follows the signals that it reads. Nothing is compared: a text,
//! an attribute or a list has an effect of its own that changes just that. There is no way to make an element from a text that
//! contains markup: what is data stays text.

mod dynamic;
mod effect;
mod element;
mod for_each;
mod listener;
mod node;
mod signal;
mod value;

pub use leptos::ev;
pub use listener::owned_function;
pub use node::{El, el, svg};
pub use signal::{Memo, RwSignal};
pub use value::{AttributeValue, Class, PropertyValue, Style, Text};

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

/// Returns a button that does something and submits nothing.
#[must_use]
pub fn action(label: impl Text, act: impl Fn() + 'static) -> El {
    button()
        .attr("type", "button")
        .text(label)
        .on(ev::click, move |_| act())
}
