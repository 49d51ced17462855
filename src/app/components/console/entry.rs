//! A text that was typed, with what came of it.

use super::talk::Talk;
use crate::app::components::painted::painted;
use crate::app::dom::{El, action, code, div, li, p, pre, span, ul};
use crate::text::console::{Printed, PrintedKind};

/// How many pieces of an answer are shown at its beginning, and how many at its end, where it says how it ended.
const SHOWN: usize = 100;
/// How many bytes these pieces have together, except where the first one alone has more.
const SHOWN_BYTES: usize = 30_000;

/// The text and its answer.
pub fn entry(talk: Talk, id: u64) -> El {
    let Some(said) = talk.said(id) else {
        return li();
    };
    let texts = talk.session.text.drawer();
    let typed = (!said.typed.is_empty()).then(|| {
        pre()
            .class("console-in")
            .child(code().children(painted(&said.typed)))
    });
    let read_as = (!said.read_as.is_empty()).then(|| {
        p().class("console-read-as")
            .verbatim()
            .child(span().class("visually-hidden").text(texts.read_as))
            .text(&said.read_as)
    });
    let line = |line: &Printed| {
        let (element, class) = match line.kind {
            PrintedKind::Code => (pre(), "console-out console-code"),
            PrintedKind::Note => (p(), "console-note"),
            PrintedKind::Warning => (p(), "console-warning"),
            PrintedKind::Error => (pre(), "console-error"),
            PrintedKind::Mark => (pre(), "console-mark"),
            PrintedKind::Table => (pre(), "console-out console-table"),
            PrintedKind::Help | PrintedKind::Output | PrintedKind::Value => (pre(), "console-out"),
        };
        let element = element.class(class);
        if line.kind == PrintedKind::Code {
            element.child(code().children(painted(&line.text)))
        } else {
            element.text(&line.text)
        }
    };
    // A text of thousands of statements has thousands of answers; the copy has them all.
    let (first, rest) = said.printed.split_at(shown(said.printed.iter()));
    let over = rest.len() - shown(rest.iter().rev());
    let last = rest.get(over..).unwrap_or_default();
    let between = (over > 0).then(|| p().class("console-note").text(texts.between.of(over)));
    let lines = first.iter().map(line).chain(between);
    let lines = lines.chain(last.iter().map(line));
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
        .children(read_as)
        .children(typed)
        .children(lines)
        .children(ways)
}

/// How many of these pieces are shown, the first ones: never more than there are.
fn shown<'p>(pieces: impl Iterator<Item = &'p Printed>) -> usize {
    let mut bytes = 0_usize;
    let fitting = pieces.take(SHOWN).enumerate().take_while(|(at, piece)| {
        bytes = bytes.saturating_add(piece.text.len());
        *at == 0 || bytes <= SHOWN_BYTES
    });
    fitting.count()
}
