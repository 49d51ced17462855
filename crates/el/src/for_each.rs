//! A list whose items stay the same elements while they move.

use std::cell::RefCell;

use leptos::prelude::*;

use crate::effect::watch;
use crate::node::El;

/// An item on the page, and what its effects belong to.
struct Item {
    element: El,
    owner: Owner,
}

/// Fills an element with one item per key.
pub fn fill(parent: &El, keys: Box<dyn Fn() -> Vec<u64>>, make: Box<dyn Fn(u64) -> El>) {
    // The items must outlive the run of the effect that made them, so they belong to who owns the list.
    let outside = Owner::current().unwrap_or_default();
    let items: RefCell<Vec<(u64, Item)>> = RefCell::new(Vec::new());
    let list = parent.node().clone();
    watch(Box::new(move || {
        let keys = keys();
        let mut before = items.replace(Vec::new());
        for (_, item) in before.extract_if(.., |(key, _)| !keys.contains(key)) {
            item.element.node().remove();
            item.owner.cleanup();
        }
        let mut now = Vec::with_capacity(keys.len());
        // From the last to the first: each item stands before the one after it.
        let mut next: Option<web_sys::Node> = None;
        for key in keys.into_iter().rev() {
            // The lists are as short as a screen: looking through them costs nothing.
            let there = before.iter().position(|(old, _)| *old == key);
            let item = there.map(|at| before.swap_remove(at).1).unwrap_or_else(|| {
                let owner = outside.with(Owner::new);
                let element = owner.with(|| untrack(|| make(key)));
                Item { element, owner }
            });
            let node: &web_sys::Node = item.element.node();
            // An item that stands right already is not touched: moving it would take the focus from it.
            let stands =
                node.parent_node().as_ref() == Some(list.as_ref()) && node.next_sibling() == next;
            if !stands {
                let _ = list.insert_before(node, next.as_ref());
            }
            next = Some(node.clone());
            now.push((key, item));
        }
        items.replace(now);
    }));
}
