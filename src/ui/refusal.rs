//! A refusal, at the place of the action: what was asked, the rule, the reason, the ways out as buttons.

use crate::session::{use_dialogs, use_language, use_registry};
use crate::ui::icon::{WARNING, icon};
use el::{El, action, code, div, li, p, strong, ul};
use registry::{Command, FreeText, Refusal};
use text::Language;
use text::explain::explain;

/// Shows a refusal. A way out that is taken is handed to `take` as its commands.
pub fn refusal_box(refusal: Refusal, take: impl Fn(Vec<Command>) + Clone + 'static) -> El {
    let language = use_language();
    let words = explain(language, &refusal);
    let texts = language.refusals();
    let shown = start(words.rule)
        .child(p().text(format!("{} {}", words.why, words.advice)))
        .child(p().class("quiet").text(words.whose))
        .children(own_words(language, words.mlflow_says));
    if refusal.remedies.is_empty() {
        return shown;
    }
    let ways = refusal.remedies.into_iter().zip(words.remedies);
    let buttons = ways.map(|(way, label)| {
        let take = take.clone();
        li().child(action(label, move || take(way.commands.clone())))
    });
    shown
        .child(p().class("refusal-ways-title").text(texts.remedies))
        .child(ul().class("refusal-ways").children(buttons))
}

/// A button of a refusal: its words, and what it does.
pub type Way = (String, Box<dyn Fn()>);

/// Shows a refusal in few words: the rule, one reason, and buttons. The first of them has the id.
pub fn short_refusal(refusal: &Refusal, id: &'static str, ways: Vec<Way>) -> El {
    let language = use_language();
    let words = explain(language, refusal);
    let why = if refusal.remedies.is_empty() {
        format!("{} {}", words.why, words.advice)
    } else {
        words.why
    };
    let buttons = ways.into_iter().enumerate().map(|(at, (label, act))| {
        let button = action(label, act);
        li().child(if at == 0 { button.id(id) } else { button })
    });
    start(words.rule)
        .child(p().text(why))
        .child(p().class("quiet").text(words.whose))
        .children(own_words(language, words.mlflow_says))
        .child(ul().class("refusal-ways").children(buttons))
}

fn start(rule: String) -> El {
    let rule = p()
        .class("refusal-rule")
        .child(icon("mark", WARNING))
        .child(strong().text(rule));
    div().class("refusal").attr("role", "alert").child(rule)
}

/// MLflow's own words, where it would refuse too.
fn own_words(language: Language, said: Option<String>) -> Option<El> {
    said.map(|said| {
        p().class("quiet")
            .text(format!("{}: ", language.refusals().mlflow_says))
            .child(code().text(said))
    })
}

/// Shows a refusal that belongs to no dialog, such as of an undo.
pub fn alone(refusal: Refusal) -> El {
    let (language, store, dialogs) = (use_language(), use_registry(), use_dialogs());
    let take = move |commands: Vec<Command>| {
        if let Err(refusal) = store.act_all(&commands, &FreeText::default()) {
            dialogs.refused.set(Some(refusal));
        }
    };
    let put_away = action(language.notices().dismiss, move || {
        dialogs.refused.set(None)
    });
    div()
        .class("section")
        .child(refusal_box(refusal, take))
        .child(put_away)
}
