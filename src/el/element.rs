//! An element, its attributes, texts and listeners.

use leptos::prelude::*;
use leptos::reactive::graph::{AnySubscriber, Observer, Subscriber};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, Node};

use crate::browser::js;

/// An element of the page.
#[derive(Clone)]
pub struct El(Element);

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

/// An effect that ends with this.
struct Watch(RenderEffect<Option<AnySubscriber>>);

impl Drop for Watch {
    fn drop(&mut self) {
        // What it followed may belong to the whole app, and would keep a trace of every effect of every page that was left.
        if let Some(Some(effect)) = self.0.take_value() {
            effect.clear_sources(&effect);
        }
    }
}

/// Runs something now, and again whenever a signal that it read has changed, for as long as its owner lives.
pub fn watch(mut act: Box<dyn FnMut()>) {
    let effect = RenderEffect::new(move |_| {
        act();
        Observer::get()
    });
    // The owner keeps it; without that it would end here.
    StoredValue::new_local(Watch(effect));
}

fn set(element: &Element, name: &str, value: Option<&str>) {
    // It fails only for names that are none, and all are written in this app.
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

impl El {
    /// The element itself.
    #[must_use]
    pub const fn node(&self) -> &Element {
        &self.0
    }

    /// The element as a certain kind of element; nothing where it is another.
    #[must_use]
    pub fn cast<T: JsCast>(&self) -> Option<T> {
        self.0.clone().dyn_into().ok()
    }

    /// An attribute that stays.
    #[must_use]
    pub fn attr(self, name: &str, value: impl AsRef<str>) -> Self {
        set(&self.0, name, Some(value.as_ref()));
        self
    }

    /// The class, which stays.
    #[must_use]
    pub fn class(self, value: impl AsRef<str>) -> Self {
        self.attr("class", value)
    }

    /// The id.
    #[must_use]
    pub fn id(self, value: impl AsRef<str>) -> Self {
        self.attr("id", value)
    }

    /// An attribute without a value, such as `hidden`, if so.
    #[must_use]
    pub fn flag(self, name: &str, on: bool) -> Self {
        if on { self.attr(name, "") } else { self }
    }

    /// An attribute that follows signals; absent while there is no value.
    #[must_use]
    pub fn attr_with(
        self,
        name: &'static str,
        value: impl Fn() -> Option<String> + 'static,
    ) -> Self {
        follow_attribute(self.0.clone(), name, Box::new(value));
        self
    }

    /// An attribute without a value that follows signals.
    #[must_use]
    pub fn flag_with(self, name: &'static str, on: impl Fn() -> bool + 'static) -> Self {
        follow_flag(self.0.clone(), name, Box::new(on));
        self
    }

    /// A class that follows signals, beside those that stay.
    #[must_use]
    pub fn class_with(self, name: &'static str, on: impl Fn() -> bool + 'static) -> Self {
        follow_class(self.0.clone(), name, Box::new(on));
        self
    }

    /// A style property that follows signals (the page's policy allows no style attributes, but this).
    #[must_use]
    pub fn style_with(self, name: &'static str, value: impl Fn() -> String + 'static) -> Self {
        follow_style(self.0.clone(), name, Box::new(value));
        self
    }

    /// A property such as `value` or `checked` that follows signals: unlike the attribute it changes what is there.
    #[must_use]
    pub fn prop_with(
        self,
        name: &'static str,
        value: impl Fn() -> wasm_bindgen::JsValue + 'static,
    ) -> Self {
        follow_property(self.0.clone(), name, Box::new(value));
        self
    }

    /// A text that stays.
    #[must_use]
    pub fn text(self, text: impl Into<String>) -> Self {
        append(&self.0, &document().create_text_node(&text.into()));
        self
    }

    /// A text that follows signals. It is the whole content of the element, for its node may be another one by then: a
    /// browser's translator puts nodes of its own in the place of texts.
    #[must_use]
    pub fn text_with(self, text: impl Fn() -> String + 'static) -> Self {
        follow_text(self.0.clone(), Box::new(text));
        self
    }

    /// Keeps what is inside as it is written where a browser translates the page: in another language a name or a command
    /// would be another one.
    #[must_use]
    pub fn verbatim(self) -> Self {
        self.attr("translate", "no")
    }

    /// An element inside, at the end.
    #[must_use]
    pub fn child(self, child: El) -> Self {
        append(&self.0, &child.0);
        self
    }

    /// Elements inside, at the end: a list of them, or one that may be missing.
    #[must_use]
    pub fn children(self, children: impl IntoIterator<Item = El>) -> Self {
        for child in children {
            append(&self.0, &child.0);
        }
        self
    }

    /// Elements inside that are made anew whenever a signal that was read in making them has changed.
    #[must_use]
    pub fn dynamic(self, make: impl Fn() -> Vec<El> + 'static) -> Self {
        crate::el::dynamic::append(&self.0, Box::new(make));
        self
    }

    /// Listens to an event, as long as its owner lives.
    #[must_use]
    pub fn on(self, event: &str, act: impl Fn(Event) + 'static) -> Self {
        listen(&self.0, event, Box::new(act));
        self
    }

    /// Listens to what is typed or chosen, and gets it.
    #[must_use]
    pub fn on_value(self, event: &str, act: impl Fn(String) + 'static) -> Self {
        let element = self.0.clone();
        listen(&self.0, event, Box::new(move |_| act(value_of(&element))));
        self
    }
}

/// What a field holds.
fn value_of(element: &Element) -> String {
    js_sys::Reflect::get(element, &"value".into())
        .ok()
        .and_then(|value| value.as_string())
        .unwrap_or_default()
}

fn append(parent: &Node, child: &Node) {
    let _ = parent.append_child(child);
}

fn follow_attribute(element: Element, name: &'static str, value: Box<dyn Fn() -> Option<String>>) {
    watch(Box::new(move || set(&element, name, value().as_deref())));
}

fn follow_flag(element: Element, name: &'static str, on: Box<dyn Fn() -> bool>) {
    watch(Box::new(move || set(&element, name, on().then_some(""))));
}

fn follow_class(element: Element, name: &'static str, on: Box<dyn Fn() -> bool>) {
    watch(Box::new(move || {
        let _ = element.class_list().toggle_with_force(name, on());
    }));
}

fn follow_style(element: Element, name: &'static str, value: Box<dyn Fn() -> String>) {
    let Ok(element) = element.dyn_into::<web_sys::HtmlElement>() else {
        return;
    };
    watch(Box::new(move || {
        let _ = element.style().set_property(name, &value());
    }));
}

fn follow_property(
    element: Element,
    name: &'static str,
    value: Box<dyn Fn() -> wasm_bindgen::JsValue>,
) {
    watch(Box::new(move || {
        let _ = js_sys::Reflect::set(&element, &name.into(), &value());
    }));
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

fn listen(element: &Element, event: &str, act: Box<dyn Fn(Event)>) {
    let listener = js::owned_function(Box::new(move |event| act(event.unchecked_into())));
    let _ = element.add_event_listener_with_callback(event, listener.unchecked_ref());
}
