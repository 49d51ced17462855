//! The menu in the header: what is saved in words, the theme, and the way to all that is kept.

use wasm_bindgen::JsValue;

use crate::browser::{self, js};
use crate::session::saving::Saving;
use crate::session::{use_keeper, use_language, use_preferences};
use crate::shell::saving::sentence;
use crate::ui::icon::{TICK, WARNING, icon};
use el::{El, a, button, div, el, ev, label, p, select, span};
use share::route::Route;
use storage::Theme;

const ID: &str = "menu";
const LINES: &str = "M3 5h18v2.200H3zM3 10.900h18v2.200H3zM3 16.800h18V19H3z";

/// The button that opens the menu. The browser itself opens and closes it.
pub fn menu_button() -> El {
    button()
        .attr("type", "button")
        .class("icon-button")
        .id("menu-button")
        .attr("aria-label", use_language().shell().menu)
        .attr("popovertarget", ID)
        .child(icon("menu-icon", LINES))
}

/// The menu.
pub fn panel() -> El {
    let (language, keeper) = (use_language(), use_keeper());
    let texts = language.shell();
    let saved = p().class("menu-saved").dynamic(move || {
        let is_loud = keeper.saving.with(Saving::is_loud);
        let mark = icon("mark", if is_loud { WARNING } else { TICK });
        vec![mark, span().text(sentence(language, &keeper.saving.get()))]
    });
    let data = a()
        .attr("href", Route::Progress.to_string())
        .text(texts.menu_data);
    let class = a()
        .attr("href", Route::Class.to_string())
        .text(texts.nav_class);
    div()
        .id(ID)
        .class("menu-panel")
        .attr("popover", "auto")
        .child(saved)
        .child(theme_switch())
        .child(p().child(data))
        .child(p().child(class))
}

/// Closes the menu, where it is open.
pub fn close() {
    if let Some(menu) = browser::by_id(ID) {
        let menu = JsValue::from(menu);
        let _ = js::call(&menu, "hidePopover", &[]);
    }
}

fn theme_switch() -> El {
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
        .id("theme")
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
