//! What stands in the console's field: completed, brought back, pasted.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlTextAreaElement;

use super::Talk;
use crate::browser;
use console::complete::{Completion, complete};

/// The greatest length of a text in which words are completed, in bytes.
const SUGGESTED: usize = 8_000;

impl Talk {
    /// The field, once it is on the page.
    pub fn field(self) -> Option<HtmlTextAreaElement> {
        browser::by_id(&format!("{}-field", self.id))?
            .dyn_into()
            .ok()
    }

    /// Puts a text into the field, with the cursor at its end.
    pub fn put(self, text: &str) {
        self.set_field(text, text.len());
        if let Some(field) = self.field() {
            let _ = field.focus();
        }
    }

    /// Sets the field and its cursor, in bytes.
    pub(super) fn set_field(self, text: &str, cursor: usize) {
        self.typed.set(text.to_owned());
        self.suggestions.set(Vec::new());
        self.pasted.set(None);
        self.measure.forget();
        if let Some(field) = self.field() {
            let units = text.get(..cursor).unwrap_or(text).encode_utf16().count();
            let units = u32::try_from(units).unwrap_or(u32::MAX);
            field.set_value(text);
            let _ = field.set_selection_range(units, units);
        }
    }

    /// Where the cursor stands in the field, in bytes.
    fn cursor(self) -> Option<usize> {
        let units = self.field()?.selection_start().ok()??;
        let units = usize::try_from(units).ok()?;
        self.typed.with_untracked(|typed| {
            let mut seen = 0;
            for (at, letter) in typed.char_indices() {
                if seen >= units {
                    return Some(at);
                }
                seen += letter.len_utf16();
            }
            Some(typed.len())
        })
    }

    /// Something was typed.
    pub fn edited(self, text: String) {
        self.typed.set(text);
        self.recalled.set(None);
        // Who goes on with what was pasted has looked at it.
        self.pasted.set(None);
        self.suggest();
    }

    /// Works out what may come next.
    fn suggest(self) {
        let list = self.cursor().map_or_else(Vec::new, |cursor| {
            self.typed.with_untracked(|typed| {
                // Nobody completes words in the middle of a long script, and every key would read it all.
                if typed.trim().is_empty() || typed.len() > SUGGESTED {
                    return Vec::new();
                }
                self.console.with_value(|console| {
                    self.host
                        .with_value(|host| complete(console, host, typed, cursor))
                })
            })
        });
        self.suggestions.set(list);
    }

    /// Completes what stands before the cursor as far as that is certain. Tells whether it did.
    pub fn complete(self) -> bool {
        let Some(cursor) = self.cursor() else {
            return false;
        };
        let list = self.suggestions.with_untracked(Clone::clone);
        let Some(first) = list.first() else {
            return false;
        };
        let written = self
            .typed
            .with_untracked(|typed| first.replace.of(typed).to_owned());
        if list.len() == 1 && written != first.text {
            self.take(first);
            return true;
        }
        let common = list.iter().fold(first.text.as_str(), |common, next| {
            let same = common
                .char_indices()
                .zip(next.text.chars())
                .take_while(|((_, one), other)| one == other)
                .map(|((at, one), _)| at + one.len_utf8())
                .last();
            common.get(..same.unwrap_or(0)).unwrap_or_default()
        });
        let goes_on = common.len() > written.len() && common.starts_with(&written);
        if goes_on
            && list.iter().all(|one| one.replace == first.replace)
            && first.replace.end == cursor
        {
            let part = Completion {
                text: common.to_owned(),
                ..first.clone()
            };
            self.take(&part);
            return true;
        }
        false
    }

    /// Puts a suggestion in its place.
    pub fn take(self, chosen: &Completion) {
        let (text, cursor) = self.typed.with_untracked(|typed| {
            let before = typed.get(..chosen.replace.start).unwrap_or_default();
            let after = typed.get(chosen.replace.end..).unwrap_or_default();
            (
                format!("{before}{}{after}", chosen.text),
                before.len() + chosen.text.len(),
            )
        });
        self.set_field(&text, cursor);
        if let Some(field) = self.field() {
            let _ = field.focus();
        }
        self.suggest();
    }

    /// Brings back what was typed before: the next older one, or the next newer. Where something is typed already, only
    /// what has it in it.
    pub fn recall(self, older: bool) -> bool {
        let (at, wanted) = self
            .recalled
            .get_untracked()
            .unwrap_or_else(|| (0, self.typed.get_untracked()));
        let found = self.preferences.typed_before(&wanted);
        let next = if older {
            at + 1
        } else {
            match at.checked_sub(1) {
                Some(next) => next,
                None => return false,
            }
        };
        let text = match next.checked_sub(1) {
            None => Some(wanted.clone()),
            Some(back) => found.into_iter().rev().nth(back),
        };
        let Some(text) = text else {
            return older && at > 0;
        };
        self.set_field(&text, text.len());
        self.recalled.set(Some((next, wanted)));
        true
    }

    /// A text was pasted: where it has several statements, one is asked once.
    pub fn was_pasted(self) {
        let count = self
            .typed
            .with_untracked(|typed| self.console.with_value(|console| console.count(typed)));
        self.pasted.set(Some(count).filter(|count| *count > 1));
    }

    /// Whether what stands in the field has no end yet, so that Enter starts a new line.
    pub fn goes_on(self) -> bool {
        self.typed
            .with_untracked(|typed| self.console.with_value(|console| console.goes_on(typed)))
    }
}
