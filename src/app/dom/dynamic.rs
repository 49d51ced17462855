//! A part of the page that is made anew when something changes.

use std::cell::RefCell;

use leptos::prelude::*;
use web_sys::{Element, Node};

use super::element::{El, watch};

/// Appends what `make` makes, and replaces it whenever a signal that was read in making it has changed. What was made
/// before is taken off the page, and its effects end with it: they belong to the effect that runs again.
pub(super) fn append(parent: &Element, make: Box<dyn Fn() -> Vec<El>>) {
    let end: Node = document().create_comment("").into();
    let _ = parent.append_child(&end);
    let made: RefCell<Vec<El>> = RefCell::new(Vec::new());
    watch(Box::new(move || {
        let new = make();
        for old in made.replace(Vec::new()) {
            old.node().remove();
        }
        if let Some(parent) = end.parent_node() {
            for element in &new {
                let _ = parent.insert_before(element.node(), Some(&end));
            }
        }
        made.replace(new);
    }));
}
