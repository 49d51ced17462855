//! What an element is given: attributes, texts, elements and listeners.

use leptos::ev::EventDescriptor;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event};

use crate::listener::owned_function;
use crate::node::{El, append, set};
use crate::signal::Memo;
use crate::value::{AttributeValue, Class, PropertyValue, Style, Text};

impl El {
    /// Sets an attribute: a text, a flag such as `true` for `hidden`, or a closure that gives one of them, or nothing.
    #[must_use]
    pub fn attr(self, name: &'static str, value: impl AttributeValue) -> Self {
        value.put(&self.0, name);
        self
    }

    /// Sets the class, as a text; or one class beside those, as `("open", move || open.get())`.
    #[must_use]
    pub fn class(self, class: impl Class) -> Self {
        class.put(&self.0);
        self
    }

    /// Sets the id.
    #[must_use]
    pub fn id(self, value: impl AsRef<str>) -> Self {
        set(&self.0, "id", Some(value.as_ref()));
        self
    }

    /// Sets a property of the style, as `("width", move || …)`. The page's policy allows no style attributes, but this.
    #[must_use]
    pub fn style(self, style: impl Style) -> Self {
        style.put(&self.0);
        self
    }

    /// Sets a property such as `value` or `checked`, which changes what is there, unlike the attribute.
    #[must_use]
    pub fn prop(self, name: &'static str, value: impl PropertyValue) -> Self {
        value.put(&self.0, name);
        self
    }

    /// Adds a text at the end. A closure gives one that follows signals; then it is the whole content of the element, for its
    /// node may be another one by then: a browser's translator puts nodes of its own in the place of texts.
    #[must_use]
    pub fn text(self, text: impl Text) -> Self {
        text.put(&self.0);
        self
    }

    /// Keeps what is inside as it is written where a browser translates the page: in another language a name or a command
    /// would be another one.
    #[must_use]
    pub fn verbatim(self) -> Self {
        self.attr("translate", "no")
    }

    /// Returns an element inside, at the end.
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

    /// Adds elements at the end that are made anew whenever a signal that was read in making them has changed.
    #[must_use]
    pub fn dynamic(self, make: impl Fn() -> Vec<El> + 'static) -> Self {
        crate::dynamic::append(&self.0, Box::new(make));
        self
    }

    /// Adds an element at the end for as long as a condition holds.
    #[must_use]
    pub fn show(self, when: impl Fn() -> bool + 'static, make: impl Fn() -> El + 'static) -> Self {
        let when = Memo::new(when);
        self.dynamic(move || when.get().then(&make).into_iter().collect())
    }

    /// Fills the element with one item per key, in the order of the keys. An item is made once and kept for as long as its
    /// key is there. Keys are numbers, so that this is compiled once and not once for every kind of list.
    #[must_use]
    pub fn for_each(
        self,
        keys: impl Fn() -> Vec<u64> + 'static,
        make: impl Fn(u64) -> El + 'static,
    ) -> Self {
        crate::for_each::fill(&self, Box::new(keys), Box::new(make));
        self
    }

    /// Listens to an event, as long as the owner of the element lives.
    #[must_use]
    pub fn on<E: EventDescriptor>(self, event: E, act: impl Fn(E::EventType) + 'static) -> Self
    where
        E::EventType: JsCast,
    {
        // Some that are called so are of another kind: a browser that fills in a form sends a `keydown` without a key.
        let act = move |event: Event| {
            if let Ok(event) = event.dyn_into() {
                act(event);
            }
        };
        listen(&self.0, &event.name(), Box::new(act));
        self
    }

    /// Listens to what is typed or chosen, and gets it.
    #[must_use]
    pub fn on_value<E: EventDescriptor>(self, event: E, act: impl Fn(String) + 'static) -> Self {
        let element = self.0.clone();
        let act = move |_| act(value_of(&element));
        listen(&self.0, &event.name(), Box::new(act));
        self
    }
}

/// Returns what a field holds.
fn value_of(element: &Element) -> String {
    js_sys::Reflect::get(element, &"value".into())
        .ok()
        .and_then(|value| value.as_string())
        .unwrap_or_default()
}

fn listen(element: &Element, event: &str, act: Box<dyn Fn(Event)>) {
    let listener = owned_function(Box::new(move |event| act(event.unchecked_into())));
    let _ = element.add_event_listener_with_callback(event, listener.unchecked_ref());
}
