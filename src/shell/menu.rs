//! The menu in the header: what is saved in words, the theme, and the way to the settings.

use wasm_bindgen::JsValue;

use crate::browser::{self, js};
use crate::session::saving::Saving;
use crate::session::{use_keeper, use_language};
use crate::shell::saving::sentence;
use crate::ui::icon::{TICK, WARNING, icon};
use crate::ui::theme::theme_switch;
use el::{El, a, button, div, p, span};
use share::route::Route;

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
    let ways = [
        (Route::Progress, texts.nav_progress),
        (Route::Settings, texts.nav_settings),
        (Route::Class, texts.nav_class),
    ];
    let ways = ways.map(|(to, name)| p().child(a().attr("href", to.to_string()).text(name)));
    div()
        .id(ID)
        .class("menu-panel")
        .attr("popover", "auto")
        .child(saved)
        .child(theme_switch("theme"))
        .children(ways)
}

/// Closes the menu, where it is open.
pub fn close() {
    if let Some(menu) = browser::by_id(ID) {
        let menu = JsValue::from(menu);
        let _ = js::call(&menu, "hidePopover", &[]);
    }
}
