//! Light, dark, or as the system has it.

use crate::session::{use_language, use_preferences};
use el::{El, el, ev, label, select, span};
use storage::Theme;

/// The choice of a theme. Its `id` is unique on the page.
pub fn theme_switch(id: &str) -> El {
    let preferences = use_preferences();
    let texts = use_language().shell();
    let option =
        |theme: Theme, name: &str| el("option").attr("value", theme_value(theme)).text(name);
    let options = [
        option(Theme::System, texts.theme_system),
        option(Theme::Light, texts.theme_light),
        option(Theme::Dark, texts.theme_dark),
    ];
    let choose = move |value: String| {
        let themes = [Theme::System, Theme::Light, Theme::Dark];
        if let Some(theme) = themes
            .into_iter()
            .find(|theme| theme_value(*theme) == value)
        {
            preferences.set_theme(theme);
        }
    };
    let choice = select()
        .id(id)
        .children(options)
        .prop("value", move || theme_value(preferences.theme.get()).into())
        .on_value(ev::change, choose);
    label()
        .class("theme")
        .child(span().text(texts.theme_label))
        .child(choice)
}

const fn theme_value(theme: Theme) -> &'static str {
    match theme {
        Theme::System => "system",
        Theme::Light => "light",
        Theme::Dark => "dark",
    }
}
