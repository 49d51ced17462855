//! The person's language.

use leptos::prelude::*;

use text::Language;

/// Returns the language of the page: every text comes from it.
#[must_use]
pub fn use_language() -> Language {
    expect_context()
}
