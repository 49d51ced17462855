//! A node of the page, and the few things that are done to it.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, Node};

/// An element of the page.
#[derive(Clone)]
pub struct El(pub(crate) Element);

/// Makes an element of HTML.
#[must_use]
pub fn el(name: &str) -> El {
    make(Some("http://www.w3.org/1999/xhtml"), name)
}

/// Makes an element of SVG.
#[must_use]
pub fn svg(name: &str) -> El {
    make(Some("http://www.w3.org/2000/svg"), name)
}

#[expect(
    clippy::expect_used,
    reason = "the names are written in this app, never data; a browser that refuses them can show no page at all"
)]
fn make(namespace: Option<&str>, name: &str) -> El {
    El(document()
        .create_element_ns(namespace, name)
        .expect("the browser makes elements"))
}

impl El {
    /// Returns the element itself.
    #[must_use]
    pub const fn node(&self) -> &Element {
        &self.0
    }

    /// The element as a certain kind of element; nothing where it is another.
    #[must_use]
    pub fn cast<T: JsCast>(&self) -> Option<T> {
        self.0.clone().dyn_into().ok()
    }
}

/// Sets an attribute, or takes it off.
pub fn set(element: &Element, name: &str, value: Option<&str>) {
    // It fails only for names that are none, and all are written in this app.
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

/// Puts a node at the end of another.
pub fn append(parent: &Node, child: &Node) {
    let _ = parent.append_child(child);
}
