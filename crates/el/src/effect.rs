//! Effects that end with their owner.

use leptos::prelude::*;
use leptos::reactive::graph::{AnySubscriber, Observer, Subscriber};

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
