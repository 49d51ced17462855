//! A refusal, at the place of the action: what was asked, the rule, the reason, the ways out as buttons.

use crate::session::{use_dialogs, use_language, use_registry};
use crate::ui::icon::{WARNING, icon};
use el::{El, action, code, div, li, p, strong, ul};
use registry::{Command, FreeText, Refusal};
use text::explain::explain;

/// Shows a refusal. A way out that is taken is handed to `take` as its commands.
pub fn refusal_box(refusal: Refusal, take: impl Fn(Vec<Command>) + Clone + 'static) -> El {
    let language = use_language();
    let words = explain(language, &refusal);
    let texts = language.refusals();
    let mut shown = div()
        .class("refusal")
        .attr("role", "alert")
        .child(
            p().class("refusal-rule")
                .child(icon("mark", WARNING))
                .child(strong().text(words.rule)),
        )
        .child(p().text(format!("{} {}", words.why, words.advice)))
        .child(p().class("quiet").text(words.whose));
    if let Some(said) = words.mlflow_says {
        let said = code().text(said);
        shown = shown.child(
            p().class("quiet")
                .text(format!("{}: ", texts.mlflow_says))
                .child(said),
        );
    }
    if !refusal.remedies.is_empty() {
        let ways = refusal.remedies.into_iter().zip(words.remedies);
        let buttons = ways.map(|(way, label)| {
            let take = take.clone();
            li().child(action(label, move || take(way.commands.clone())))
        });
        shown = shown
            .child(p().class("refusal-ways-title").text(texts.remedies))
            .child(ul().class("refusal-ways").children(buttons));
    }
    shown
}

/// A refusal that belongs to no dialog, such as of an undo.
pub fn global_refusal() -> Vec<El> {
    let (language, store, dialogs) = (use_language(), use_registry(), use_dialogs());
    let take = move |commands: Vec<Command>| {
        if let Err(refusal) = store.act_all(&commands, &FreeText::default()) {
            dialogs.refused.set(Some(refusal));
        }
    };
    let refusal = dialogs.refused.get();
    let shown = refusal.map(|refusal| {
        let put_away = action(language.notices().dismiss, move || {
            dialogs.refused.set(None)
        });
        div()
            .class("section")
            .child(refusal_box(refusal, take))
            .child(put_away)
    });
    shown.into_iter().collect()
}
