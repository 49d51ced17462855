//! What an element takes: a value that stays, or a closure that follows signals. The generic functions only box; what they call
//! is compiled once.

use leptos::prelude::document;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Element, HtmlElement};

use crate::effect::watch;
use crate::node::{append, set};

/// The value of an attribute.
pub trait AttributeValue {
    /// Sets it, now and whenever it changes.
    fn put(self, element: &Element, name: &'static str);
}

impl AttributeValue for &str {
    fn put(self, element: &Element, name: &'static str) {
        set(element, name, Some(self));
    }
}

impl AttributeValue for String {
    fn put(self, element: &Element, name: &'static str) {
        set(element, name, Some(&self));
    }
}

impl AttributeValue for &String {
    fn put(self, element: &Element, name: &'static str) {
        set(element, name, Some(self));
    }
}

impl AttributeValue for bool {
    fn put(self, element: &Element, name: &'static str) {
        if self {
            set(element, name, Some(""));
        }
    }
}

impl<R: Given, F: Fn() -> R + 'static> AttributeValue for F {
    fn put(self, element: &Element, name: &'static str) {
        R::follow(element.clone(), name, Box::new(self));
    }
}

/// What a closure gives for an attribute: whether it is there, or its text.
pub trait Given: Sized {
    /// Sets the attribute whenever the closure gives another value.
    fn follow(element: Element, name: &'static str, value: Box<dyn Fn() -> Self>);
}

impl Given for bool {
    fn follow(element: Element, name: &'static str, value: Box<dyn Fn() -> Self>) {
        watch(Box::new(move || set(&element, name, value().then_some(""))));
    }
}

impl Given for Option<String> {
    fn follow(element: Element, name: &'static str, value: Box<dyn Fn() -> Self>) {
        watch(Box::new(move || set(&element, name, value().as_deref())));
    }
}

/// A class, or several.
pub trait Class {
    /// Sets it, now and whenever it changes.
    fn put(self, element: &Element);
}

impl Class for &str {
    fn put(self, element: &Element) {
        set(element, "class", Some(self));
    }
}

impl Class for String {
    fn put(self, element: &Element) {
        set(element, "class", Some(&self));
    }
}

impl<F: Fn() -> bool + 'static> Class for (&'static str, F) {
    fn put(self, element: &Element) {
        follow_class(element.clone(), self.0, Box::new(self.1));
    }
}

fn follow_class(element: Element, name: &'static str, on: Box<dyn Fn() -> bool>) {
    watch(Box::new(move || {
        let _ = element.class_list().toggle_with_force(name, on());
    }));
}

/// A property of the style.
pub trait Style {
    /// Sets it, now and whenever it changes.
    fn put(self, element: &Element);
}

impl<F: Fn() -> String + 'static> Style for (&'static str, F) {
    fn put(self, element: &Element) {
        if let Ok(element) = element.clone().dyn_into() {
            follow_style(element, self.0, Box::new(self.1));
        }
    }
}

fn follow_style(element: HtmlElement, name: &'static str, value: Box<dyn Fn() -> String>) {
    watch(Box::new(move || {
        let _ = element.style().set_property(name, &value());
    }));
}

/// The value of a property.
pub trait PropertyValue {
    /// Sets it, now and whenever it changes.
    fn put(self, element: &Element, name: &'static str);
}

impl<F: Fn() -> JsValue + 'static> PropertyValue for F {
    fn put(self, element: &Element, name: &'static str) {
        follow_property(element.clone(), name, Box::new(self));
    }
}

fn follow_property(element: Element, name: &'static str, value: Box<dyn Fn() -> JsValue>) {
    watch(Box::new(move || {
        let _ = js_sys::Reflect::set(&element, &name.into(), &value());
    }));
}

/// A text of an element.
pub trait Text {
    /// Adds it at the end, or keeps it as the whole content where it follows signals.
    fn put(self, element: &Element);
}

impl Text for &str {
    fn put(self, element: &Element) {
        append(element, &document().create_text_node(self));
    }
}

impl Text for String {
    fn put(self, element: &Element) {
        Text::put(self.as_str(), element);
    }
}

impl Text for &String {
    fn put(self, element: &Element) {
        Text::put(self.as_str(), element);
    }
}

impl<F: Fn() -> String + 'static> Text for F {
    fn put(self, element: &Element) {
        follow_text(element.clone(), Box::new(self));
    }
}

fn follow_text(element: Element, text: Box<dyn Fn() -> String>) {
    let mut shown = String::new();
    watch(Box::new(move || {
        let text = text();
        // What says the same stays, also translated.
        if shown != text {
            element.set_text_content(Some(&text));
            shown = text;
        }
    }));
}
