//! A text that was typed, with what came of it.

use super::talk::Talk;
use crate::app::components::painted::painted;
use crate::app::dom::{El, action, code, div, el, li, p, ul};
use crate::text::console::PrintedKind;

/// The text and its answer.
pub fn entry(talk: Talk, id: u64) -> El {
    let Some(said) = talk.said(id) else {
        return li();
    };
    let typed = el("pre")
        .class("console-in")
        .child(code().children(painted(&said.typed)));
    let lines = said.printed.iter().map(|line| {
        let (element, class) = match line.kind {
            PrintedKind::Code => (el("pre"), "console-out console-code"),
            PrintedKind::Note => (p(), "console-note"),
            PrintedKind::Warning => (p(), "console-warning"),
            PrintedKind::Error => (el("pre"), "console-error"),
            PrintedKind::Mark => (el("pre"), "console-mark"),
            PrintedKind::Table => (el("pre"), "console-out console-table"),
            PrintedKind::Help | PrintedKind::Output | PrintedKind::Value => {
                (el("pre"), "console-out")
            }
        };
        let element = element.class(class);
        if line.kind == PrintedKind::Code {
            element.child(code().children(painted(&line.text)))
        } else {
            element.text(&line.text)
        }
    });
    let ways = said.ways_out.iter().map(|(label, commands)| {
        let (name, commands) = (label.clone(), commands.clone());
        li().child(action(label, move || talk.take_way(&name, &commands)))
    });
    let ways = (!said.ways_out.is_empty()).then(|| {
        div()
            .class("console-ways")
            .child(ul().class("actions").children(ways))
    });
    li().class("console-entry")
        .child(typed)
        .children(lines)
        .children(ways)
}
