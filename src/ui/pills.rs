//! A choice between a few things that stand side by side: radio buttons that look like one.

use el::{El, ev, fieldset, input, label, legend, span};

/// One of the things.
#[derive(Clone, Copy, Debug)]
pub struct Pill {
    /// Unique in its group.
    pub id: &'static str,
    pub name: &'static str,
    /// What it means, for who points at it; may be empty.
    pub hint: &'static str,
}

impl Pill {
    /// Returns one whose name says all.
    pub const fn plain((id, name): (&'static str, &'static str)) -> Self {
        Self { id, name, hint: "" }
    }
}

/// The choice. `group` is unique on the page. What is chosen, and what is to be chosen, are places in the list.
pub fn pills(
    group: &str,
    name: &str,
    options: &[Pill],
    chosen: impl Fn() -> Option<usize> + Clone + 'static,
    choose: impl Fn(usize) + 'static,
) -> El {
    let choose = std::rc::Rc::new(choose);
    let mut choices = span().class("switch-choices");
    for (at, pill) in options.iter().enumerate() {
        let id = format!("{group}-{}", pill.id);
        let (chosen, choose) = (chosen.clone(), choose.clone());
        let button = input()
            .attr("type", "radio")
            .attr("name", group)
            .id(&id)
            .class("visually-hidden")
            .prop("checked", move || (chosen() == Some(at)).into())
            .on(ev::change, move |_| choose(at));
        let mut words = label().attr("for", id).text(pill.name);
        if !pill.hint.is_empty() {
            words = words.attr("title", pill.hint);
        }
        choices = choices.child(button).child(words);
    }
    fieldset()
        .class("switch")
        .child(legend().text(name))
        .child(choices)
}
