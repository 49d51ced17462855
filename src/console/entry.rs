//! A text that was typed, with what came of it.

use crate::console::board::boards;
use crate::console::script::state::{Script, State};
use crate::console::transcript::Talk;
use crate::ui::highlight::highlight;
use el::{El, action, code, div, el, li, p, pre, span, ul};
use registry::Command;
use text::console::{Printed, PrintedKind};

/// How many pieces of an answer are shown at its beginning, and how many at its end, where it says how it ended.
const SHOWN: usize = 100;
/// How many bytes these pieces have together, except where the first one alone has more.
const SHOWN_BYTES: usize = 30_000;

/// The text and its answer.
pub fn entry(talk: Talk, id: u64) -> El {
    let Some(said) = talk.said(id) else {
        return li();
    };
    let texts = talk.language.drawer();
    let typed = (!said.typed.is_empty()).then(|| {
        pre()
            .class("console-in")
            .child(code().children(highlight(&said.typed)))
    });
    let read_as = (!said.read_as.is_empty()).then(|| {
        p().class("console-read-as")
            .verbatim()
            .child(span().class("visually-hidden").text(texts.read_as))
            .text(&said.read_as)
    });
    let entry = li()
        .class("console-entry")
        .children(read_as)
        .children(typed);
    if let Some(script) = said.script {
        let lines = div().class("console-lines");
        let lines = lines.dynamic(move || script.lines.with(|all| lines_of(talk, all)));
        return entry.child(lines).child(
            div()
                .class("console-lines")
                .dynamic(move || controls(talk, script)),
        );
    }
    entry
        .children(lines_of(talk, &said.printed))
        .children(ways_of(talk, &said.remedies))
}

/// The lines of an answer.
fn lines_of(talk: Talk, printed: &[Printed]) -> Vec<El> {
    let texts = talk.language.drawer();
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
            element.child(code().children(highlight(&line.text)))
        } else {
            element.text(&line.text)
        }
    };
    // A text of thousands of statements has thousands of answers; the copy has them all.
    let (first, rest) = printed.split_at(shown(printed.iter()));
    let over = rest.len() - shown(rest.iter().rev());
    let last = rest.get(over..).unwrap_or_default();
    let between = (over > 0).then(|| p().class("console-note").text(texts.between(over)));
    let lines = first.iter().map(line).chain(between);
    lines.chain(last.iter().map(line)).collect()
}

/// Buttons for what can be done instead of what was refused.
fn ways_of(talk: Talk, remedies: &[(String, Vec<Command>)]) -> Option<El> {
    let ways = remedies.iter().map(|(label, commands)| {
        let (name, commands) = (label.clone(), commands.clone());
        li().child(action(label, move || talk.take_way(&name, &commands)))
    });
    (!remedies.is_empty() && !talk.mends).then(|| {
        div()
            .class("console-ways")
            .child(ul().class("actions").children(ways))
    })
}

/// What can be done with a script now, and how far it has come.
fn controls(talk: Talk, script: Script) -> Vec<El> {
    let texts = talk.language.python();
    let words = |words: String| p().class("console-note").text(words);
    let buttons = |buttons: Vec<El>| {
        let items = buttons.into_iter().map(|button| li().child(button));
        div()
            .class("console-ways")
            .child(ul().class("actions").children(items))
    };
    let run = move || action(texts.run, move || talk.start(script, false));
    let dry = move || action(texts.dry, move || talk.start(script, true));
    let leave = move || action(texts.leave, move || talk.leave(script));
    let stop = move || action(texts.stop, move || talk.stop());
    match script.state.get() {
        State::Offered => {
            // Nobody has to trust a script that was just pasted.
            let mut all = vec![dry().class("primary")];
            if !script.is_dry.get_untracked() {
                all.push(run());
            }
            all.push(leave());
            vec![words(talk.offered(script)), buttons(all)]
        }
        State::Fetching(percent) => {
            let said = match percent {
                99.. => texts.starting.to_owned(),
                _ => texts.fetching(&percent),
            };
            let bar = el("progress")
                .attr("max", "100")
                .attr("value", percent.to_string())
                .attr("aria-label", &said);
            vec![words(said).child(bar), buttons(vec![stop()])]
        }
        State::Missing(why) => {
            let is_dry = script.is_dry.get_untracked();
            let again = action(texts.again, move || talk.start(script, is_dry));
            let error = p().class("console-warning").text(why);
            vec![error, buttons(vec![again, leave()])]
        }
        State::Running => {
            let said = match script.is_dry.get() {
                true => texts.trying,
                false => texts.running,
            };
            vec![words(said.to_owned()), buttons(vec![stop()])]
        }
        State::Tried(tried) => {
            let act = action(texts.do_it, move || talk.do_tried(script)).class("primary");
            let mut ways: Vec<El> = (!tried.steps.is_empty())
                .then_some(act)
                .into_iter()
                .collect();
            if tried.is_refused {
                ways.push(action(texts.switch, move || talk.try_under_mlflow(script)));
            }
            ways.push(leave());
            let mut all = vec![buttons(ways)];
            all.extend(boards(talk, &tried.boards));
            all
        }
        State::Ended => {
            let mut all: Vec<El> = script
                .remedies
                .with(|ways| ways_of(talk, ways))
                .into_iter()
                .collect();
            if let Some(count) = talk.can_take_back(script) {
                let back = action(texts.undo_all(count), move || {
                    talk.take_back(script, count);
                });
                all.push(buttons(vec![back]));
            }
            all
        }
    }
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
