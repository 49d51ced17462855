//! Whether what was done is kept: a tick in the header, and a bar below it where it is not.

use crate::browser::offline;
use crate::session::saving::Saving;
use crate::session::{use_keeper, use_language};
use crate::ui::icon::{TICK, icon};
use el::{El, action, el, p, span};
use storage::StoreError;
use text::Language;

/// Whether what was done is kept; loud only where it is not.
pub fn line() -> El {
    let (language, keeper) = (use_language(), use_keeper());
    let texts = language.shell();
    let loud = move || keeper.saving.with(Saving::is_loud);
    let words = move || sentence(language, &keeper.saving.get());
    p().class("saving")
        .id("saving")
        // Each action passes through "saving": a screen reader is told only what is worth being told.
        .attr("aria-live", move || {
            Some(if loud() { "polite" } else { "off" }.to_owned())
        })
        .attr("title", move || (!loud()).then(|| words().to_owned()))
        .class(("loud", loud))
        .class(("bar", move || loud() || keeper.usage.get().is_some()))
        .class(("pending", move || {
            keeper.saving.with(|saving| *saving == Saving::Pending)
        }))
        .child(icon("mark", TICK))
        .child(span().text(move || words().to_owned()))
        .dynamic(move || {
            let again = matches!(keeper.saving.get(), Saving::NotSaved(_) | Saving::Unasked);
            let button = again.then(|| action(texts.save_again, move || keeper.save_again()));
            button.into_iter().collect()
        })
        .dynamic(move || keeper.usage.get().map(meter).into_iter().collect())
}

/// Returns what is said of it.
pub fn sentence(language: Language, saving: &Saving) -> &'static str {
    let (texts, tabs) = (language.shell(), language.tabs());
    match saving {
        _ if offline::is_connected() => texts.saved_platform,
        _ if offline::platform().is_some() => texts.not_saved_platform,
        Saving::Saved => texts.saved,
        Saving::Pending => tabs.saving,
        Saving::StoreOnly => tabs.store_only,
        Saving::Unanswered => tabs.unanswered,
        Saving::Unasked => tabs.unasked,
        Saving::Second => tabs.second,
        Saving::Unreconciled => tabs.unreconciled,
        Saving::MemoryOnly | Saving::NotSaved(StoreError::Denied) => texts.not_saved_denied,
        Saving::NotSaved(StoreError::Full) => texts.not_saved_full,
        Saving::NotSaved(StoreError::Changed) => texts.not_saved_changed,
        Saving::NotSaved(_) => texts.not_saved_failed,
        Saving::ReadOnly => texts.read_only,
    }
}

/// How full the browser's store is, once that matters.
fn meter(percent: usize) -> El {
    let words = use_language().tabs().usage(&percent);
    span()
        .class("usage")
        .child(
            el("meter")
                .attr("aria-hidden", "true")
                .attr("max", "100")
                .attr("high", "90")
                .attr("value", percent.to_string()),
        )
        .text(words)
}
