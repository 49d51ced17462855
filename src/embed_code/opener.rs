//! What gives out code to paste: a button, or a row of a menu. It stands where something can be shared.

use std::rc::Rc;

use crate::embed_code::dialog::Shown;
use crate::embed_code::lazy;
use crate::session::{frame, use_language};
use crate::ui::lazy::late_dialog;
use crate::ui::menu::Menu;
use el::{El, RwSignal, div, ev, li};
use embed::Frame;

/// Returns the button, and its dialog while that is open; nothing in a frame.
pub fn opener(button: El, shown: impl Fn() -> Frame + 'static) -> Option<El> {
    let (open, place) = dialog_of(shown)?;
    let button = button.attr("type", "button").on(ev::click, move |_| open());
    Some(div().class("embed-place").child(button).child(place))
}

/// Returns what makes the row of a menu, and where the dialog stands while it is open: outside of the menu. Nothing in a frame.
pub fn row_of(
    menu: &Menu,
    shown: impl Fn() -> Frame + 'static,
) -> Option<(impl Fn() -> El + 'static, El)> {
    let words = use_language().framed().embed;
    let (open, place) = dialog_of(shown)?;
    let menu = menu.clone();
    let row = move || li().child(menu.row(words, open.clone()).class("embed-opener"));
    Some((row, place))
}

fn dialog_of(shown: impl Fn() -> Frame + 'static) -> Option<(impl Fn() + Clone + 'static, El)> {
    if frame::is_framed() {
        return None;
    }
    let (shown, opened): (Shown, _) = (Rc::new(shown), RwSignal::new(false));
    let dialog = move || lazy::dialog(shown.clone(), opened);
    Some(late_dialog(opened, lazy::fetch, dialog))
}
