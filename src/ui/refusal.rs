//! A refusal, at the place of the action: what was asked, the rule, the reason, the ways out as buttons.

use crate::session::Session;
use crate::ui::icon::{WARNING, icon};
use el::{El, action, code, div, li, p, strong, ul};
use registry::{Command, FreeText, Refusal};
use text::explain::explain;

/// Shows a refusal. A way out that is taken is handed to `take` as its commands.
pub fn refusal_box(
    session: Session,
    refusal: Refusal,
    take: impl Fn(Vec<Command>) + Clone + 'static,
) -> El {
    let words = explain(session.text, &refusal);
    let texts = session.text.refusals();
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
pub fn global_refusal(session: Session) -> Vec<El> {
    let take = move |commands: Vec<Command>| {
        if let Err(refusal) = session.act_all(&commands, &FreeText::default()) {
            session.refused.set(Some(refusal));
        }
    };
    let refusal = session.refused.get();
    let shown = refusal.map(|refusal| {
        let put_away = action(session.text.notices().dismiss, move || {
            session.refused.set(None)
        });
        div()
            .class("section")
            .child(refusal_box(session, refusal, take))
            .child(put_away)
    });
    shown.into_iter().collect()
}
