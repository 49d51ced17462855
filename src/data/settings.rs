//! `#/settings`: the theme, the progress as a file, and everything that is kept.

use crate::data::card::data_card;
use crate::data::offline;
use crate::data::progress_file::progress_file;
use crate::session::use_language;
use crate::ui::page::title;
use crate::ui::theme::theme_switch;
use el::{El, div, h2, p, section};

/// The page.
pub fn settings() -> Vec<El> {
    let language = use_language();
    let texts = language.settings();
    let look = section()
        .class("section")
        .child(h2().text(texts.look))
        .child(theme_switch("settings-theme"));
    vec![
        div()
            .class("reading section settings")
            .child(title(language.shell().nav_settings))
            .child(p().class("lead").text(texts.intro))
            .child(look)
            .child(progress_file())
            .child(data_card())
            .child(offline::card()),
    ]
}
