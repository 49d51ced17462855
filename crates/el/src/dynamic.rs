//! A part of the page that is made anew when something changes.

use leptos::prelude::*;
use web_sys::{Element, Node};

use crate::effect::watch;
use crate::node::El;

/// Where a part of the page stands. Extensions and translators change pages too: they may take the comment away, or wrap
/// what is beside it.
struct Place {
    parent: Element,
    /// What stood before it at first, the nearest first.
    before: [Option<Node>; 2],
    /// A comment right behind it.
    end: Node,
}

impl Place {
    fn at_the_end_of(parent: &Element) -> Self {
        let place = Self {
            parent: parent.clone(),
            before: [
                parent.last_child(),
                parent.last_element_child().map(Into::into),
            ],
            end: document().create_comment("").into(),
        };
        let _ = parent.append_child(&place.end);
        place
    }

    /// Puts the comment back if it is gone: behind what was made last, or else behind what stood before it.
    fn restore(&self, made: &[El]) {
        if self.parent.contains(Some(&self.end)) {
            return;
        }
        let is_here = |node: &&Node| self.parent.is_same_node(node.parent_node().as_ref());
        let made = made.iter().rev().map(|made| made.node().as_ref());
        let before = made.chain(self.before.iter().flatten()).find(is_here);
        let next = match before {
            Some(before) => before.next_sibling(),
            None if self.before.iter().all(Option::is_none) => self.parent.first_child(),
            None => None,
        };
        let _ = self.parent.insert_before(&self.end, next.as_ref());
    }

    fn fill(&self, made: &[El]) {
        if let Some(parent) = self.end.parent_node() {
            for element in made {
                let _ = parent.insert_before(element.node(), Some(&self.end));
            }
        }
    }
}

/// Appends what `make` makes, and replaces it whenever a signal that was read in making it has changed. What was made
/// before is taken off the page, and its effects end with it: they belong to the effect that runs again.
pub fn append(parent: &Element, make: Box<dyn Fn() -> Vec<El>>) {
    let place = Place::at_the_end_of(parent);
    let mut made: Vec<El> = Vec::new();
    watch(Box::new(move || {
        let new = make();
        place.restore(&made);
        for old in std::mem::replace(&mut made, new) {
            old.node().remove();
        }
        place.fill(&made);
    }));
}
