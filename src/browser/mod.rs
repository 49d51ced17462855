//! The few things that the app asks of the browser itself. What can't be had is simply not there.

pub mod flip;
pub mod js;
pub mod local_storage;
pub mod offline;

use std::cell::Cell;

use js_sys::Promise;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, HtmlElement};

use registry::Time;
use share::link_codec::MAX_ADDRESS;

/// The time of the browser's clock.
#[must_use]
pub fn now() -> Time {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "milliseconds since 1970 are whole, positive and far below 2^53"
    )]
    Time(js_sys::Date::now().max(0.0) as u64)
}

thread_local! {
    /// Made once: making a format takes far longer than using it.
    static DATE: js_sys::Function = {
        let options = js_sys::Object::new();
        for (key, value) in [("dateStyle", "medium"), ("timeStyle", "short")] {
            let _ = js_sys::Reflect::set(&options, &key.into(), &value.into());
        }
        let languages = js_sys::Array::of1(&"en-GB".into());
        js_sys::Intl::DateTimeFormat::new(&languages, &options).format()
    };
}

/// A moment as people write it, in the language of the page: "23 Nov 2026, 10:06".
#[must_use]
pub fn date(time: Time) -> String {
    #[expect(clippy::cast_precision_loss, reason = "see `now`")]
    let date = js_sys::Date::new(&JsValue::from_f64(time.0 as f64));
    let written = DATE.with(|format| format.call1(&JsValue::UNDEFINED, &date));
    // A time beyond what dates can be is not written at all.
    written
        .ok()
        .and_then(|text| text.as_string())
        .unwrap_or_default()
}

/// The hours and minutes of a moment: "10:06".
#[must_use]
pub fn clock(time: Time) -> String {
    #[expect(clippy::cast_precision_loss, reason = "see `now`")]
    let date = js_sys::Date::new(&JsValue::from_f64(time.0 as f64));
    format!("{}:{:02}", date.get_hours(), date.get_minutes())
}

/// The element that the app is mounted in.
#[must_use]
pub fn app_element() -> Option<HtmlElement> {
    by_id("app")
}

/// An element by its id.
#[must_use]
pub fn by_id(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// The elements that match a selector, in the order of the page.
#[must_use]
pub fn all(selector: &str) -> Vec<Element> {
    let Ok(list) = document().query_selector_all(selector) else {
        return Vec::new();
    };
    (0..list.length())
        .filter_map(|index| list.item(index)?.dyn_into().ok())
        .collect()
}

/// Moves the focus to an element once what was changed is on the page: also to one that nobody can get to otherwise, such as
/// a heading.
pub fn focus_soon(id: impl Into<String>) {
    let id = id.into();
    request_animation_frame(move || focus(&id));
}

fn focus(id: &str) {
    let Some(element) = by_id(id) else { return };
    let _ = element.focus();
    if focused().is_none_or(|focused| focused.id() != id) {
        let _ = element.set_attribute("tabindex", "-1");
        let _ = element.focus();
    }
}

/// Moves the focus, once what was changed is on the page, to an element that is in sight wherever the page stands: nothing
/// scrolls.
pub fn focus_still(id: &'static str) {
    request_animation_frame(move || {
        if let Some(element) = by_id(id) {
            let how = js_sys::Object::new();
            js::set(&how, "preventScroll", &true.into());
            let _ = js::call(&element, "focus", &[how.into()]);
        }
    });
}

/// Scrolls once what was changed is on the page: with `nearest` as far as an element needs to be seen, with `center` until it
/// stands in the middle.
pub fn show_soon(id: &'static str, block: &'static str) {
    request_animation_frame(move || {
        if let Some(element) = by_id(id) {
            let how = js_sys::Object::new();
            js::set(&how, "block", &block.into());
            let _ = js::call(&element, "scrollIntoView", &[how.into()]);
        }
    });
}

/// Shows the page from its top.
pub fn scroll_to_top() {
    window().scroll_to_with_x_and_y(0.0, 0.0);
}

/// The element that has the focus.
#[must_use]
pub fn focused() -> Option<Element> {
    document().active_element()
}

/// Moves the focus as [`focus_soon`] does, if what had it is gone from the page by then: nobody is called away from what they
/// have gone on to.
pub fn focus_if_lost(id: String) {
    request_animation_frame(move || {
        if is_focus_lost() {
            focus(&id);
        }
    });
}

/// Returns whether nothing has the focus.
fn is_focus_lost() -> bool {
    focused().is_none_or(|focused| focused.tag_name() == "BODY")
}

/// Gives the focus back to an element once what was changed is on the page, unless something else has it by then. An
/// element in a menu that is shut now gives it to the menu.
pub fn focus_again(element: Element) {
    request_animation_frame(move || {
        if !is_focus_lost() || !element.is_connected() {
            return;
        }
        let menu = element.closest("details:not([open])").ok().flatten();
        let summary = menu.and_then(|menu| menu.query_selector("summary").ok().flatten());
        if let Ok(element) = summary.unwrap_or(element).dyn_into::<HtmlElement>() {
            let _ = element.focus();
        }
    });
}

/// The part of the address behind `#`, with it.
#[must_use]
pub fn hash() -> String {
    window().location().hash().unwrap_or_default()
}

thread_local! {
    /// What is done in the place of going to another page, where the page is a part of somebody else's.
    static GO: Cell<Option<fn(&share::route::Route)>> = const { Cell::new(None) };
}

/// From now on, this is done in the place of going to another page.
pub fn go_by(act: fn(&share::route::Route)) {
    GO.set(Some(act));
}

/// Goes to another page of the app.
pub fn go(route: &share::route::Route) {
    if let Some(act) = GO.get() {
        return act(route);
    }
    let _ = window().location().set_hash(&route.to_string());
}

/// Goes to another page of the app in the place of this one: back does not lead here.
pub fn go_instead(route: &share::route::Route) {
    if let Some(act) = GO.get() {
        return act(route);
    }
    replace_hash(route);
}

/// Puts another address in the place of this one, without a step in the browser's history.
pub fn replace_hash(route: &share::route::Route) {
    let _ = window().location().replace(&route.to_string());
}

/// The whole address of a page of the app, for a link that is given away.
#[must_use]
pub fn address(route: &share::route::Route) -> String {
    let here = window().location().href().unwrap_or_default();
    let page = here.split('#').next().unwrap_or_default();
    format!("{page}{route}")
}

/// As [`address`]; nothing where it is longer than what is given out.
#[must_use]
pub fn short_address(route: &share::route::Route) -> Option<String> {
    Some(address(route)).filter(|address| address.chars().count() <= MAX_ADDRESS)
}

/// Milliseconds since the page was opened, to measure what takes long.
#[must_use]
pub fn elapsed() -> f64 {
    window()
        .performance()
        .map_or(0.0, |performance| performance.now())
}

/// A number by chance.
#[must_use]
pub fn chance(below: u32) -> u32 {
    (js_sys::Math::random() * f64::from(below)) as u32
}

/// The path of the page: two copies of the app on one host keep their data apart by its folder.
#[must_use]
pub fn path() -> String {
    window().location().pathname().unwrap_or_default()
}

/// The number of the build that this page was opened with.
#[must_use]
pub fn build() -> String {
    by_id("boot")
        .and_then(|boot| boot.get_attribute("data-build"))
        .unwrap_or_default()
}

/// The page as the site gives it now, by way of the page's plain script; nothing where the site does not answer.
pub async fn page_now() -> Option<String> {
    let asked = js::call(&by_id("boot")?.into(), "pageNow", &[]).ok()?;
    JsFuture::from(Promise::from(asked)).await.ok()?.as_string()
}

/// Whether the person has pressed or typed anything here; so where the browser does not say.
#[must_use]
pub fn was_touched() -> bool {
    let activation = js::get(&window().navigator(), "userActivation");
    js::get(&activation, "hasBeenActive") != JsValue::FALSE
}

/// Whether the page is no frame in another one.
#[must_use]
pub fn is_top() -> bool {
    window()
        .top()
        .is_ok_and(|top| top.is_some_and(|top| top == window()))
}

/// Whether all pages around this one are of its own origin, as far as the outermost tells.
#[must_use]
pub fn is_top_near() -> bool {
    let location = js::get(&js::get(&window(), "top"), "location");
    js::get(&location, "href").is_string()
}

/// Begins anew, as if the page had just been opened.
pub fn reload() {
    let _ = window().location().reload();
}

/// Sets the title of the page.
pub fn set_title(title: &str) {
    document().set_title(title);
}

/// Shows the page light, dark, or as the system says (`None`).
pub fn set_theme(theme: Option<&str>) {
    if let Some(root) = document().document_element() {
        let _ = match theme {
            Some(theme) => root.set_attribute("data-theme", theme),
            None => root.remove_attribute("data-theme"),
        };
    }
}

/// Gives the styles the address of the page, for what is printed of a link within it.
pub fn name_site() {
    let here = window().location().href().unwrap_or_default();
    let page = here.split('#').next().unwrap_or_default();
    if let Some(root) = document().document_element() {
        let named = ["--site".into(), format!("\"{page}\"").into()];
        let _ = js::call(&js::get(&root, "style"), "setProperty", &named);
    }
}

/// Whether nobody can see the page now, as in a tab behind another one.
#[must_use]
pub fn is_hidden() -> bool {
    document().hidden()
}

/// Whether the person asked for less motion.
#[must_use]
pub fn prefers_less_motion() -> bool {
    matches("(prefers-reduced-motion: reduce)")
}

/// Whether the window is as a media query says.
#[must_use]
pub fn matches(query: &str) -> bool {
    let list = window().match_media(query).ok().flatten();
    list.is_some_and(|list| list.matches())
}

/// Tells the page's plain script that the app has panicked.
pub fn announce_panic() {
    announce("panic");
}

/// Lets the script that fetches the parts (`xtask/src/parts.js`) ask anew for what has not been answered.
pub fn ask_again() {
    announce("again");
}

fn announce(what: &str) {
    if let Some(window) = web_sys::window()
        && let Ok(event) = web_sys::Event::new(&format!("model-stages:{what}"))
    {
        let _ = window.dispatch_event(&event);
    }
}

/// A text in lower case, for searching: the browser has the tables for every script already.
#[must_use]
pub fn lower(text: &str) -> String {
    js_sys::JsString::from(text).to_lower_case().into()
}

/// Puts a text on the clipboard, and tells whether that worked.
pub fn copy(text: String, then: impl FnOnce(bool) + 'static) {
    let navigator = window().navigator();
    // Only pages that were fetched safely have a clipboard.
    let has = js_sys::Reflect::get(&navigator, &"clipboard".into())
        .is_ok_and(|clipboard| clipboard.is_object());
    if !has {
        then(copy_selected(&text));
        return;
    }
    let written = navigator.clipboard().write_text(&text);
    wasm_bindgen_futures::spawn_local(async move {
        let done = wasm_bindgen_futures::JsFuture::from(written).await.is_ok();
        then(done || copy_selected(&text));
    });
}

/// The old way: the text is put into a field, selected, and copied from there.
fn copy_selected(text: &str) -> bool {
    let before = focused();
    let Ok(field) = document().create_element("textarea") else {
        return false;
    };
    let Ok(field) = field.dyn_into::<web_sys::HtmlTextAreaElement>() else {
        return false;
    };
    field.set_value(text);
    field.set_class_name("visually-hidden");
    let Some(body) = document().body() else {
        return false;
    };
    let _ = body.append_child(&field);
    field.select();
    let copied = js_sys::Reflect::get(&document(), &"execCommand".into())
        .ok()
        .and_then(|command| command.dyn_into::<js_sys::Function>().ok())
        .and_then(|command| command.call1(&document(), &"copy".into()).ok())
        .is_some_and(|done| done.is_truthy());
    field.remove();
    if let Some(Ok(before)) = before.map(JsCast::dyn_into::<HtmlElement>) {
        let _ = before.focus();
    }
    copied
}

/// Hands a text out as a file.
pub fn download(name: &str, text: &str) {
    let parts = js_sys::Array::of1(&text.into());
    let Ok(blob) = web_sys::Blob::new_with_str_sequence(&parts) else {
        return;
    };
    let Ok(address) = web_sys::Url::create_object_url_with_blob(&blob) else {
        return;
    };
    if let Ok(link) = document().create_element("a") {
        let _ = link.set_attribute("href", &address);
        let _ = link.set_attribute("download", name);
        if let Ok(link) = link.dyn_into::<HtmlElement>() {
            link.click();
        }
    }
    let _ = web_sys::Url::revoke_object_url(&address);
}
