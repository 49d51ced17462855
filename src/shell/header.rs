//! The header: brand, pages, whether all is saved, and the menu. On a phone its pages are the tab bar at the foot.

use crate::session::{use_language, use_router};
use crate::shell::routes::{self, Section};
use crate::shell::{menu, saving};
use crate::ui::icon::icon;
use el::{El, a, header, nav, span};
use share::route::Route;

/// The brand's mark: something live.
const BRAND: &str = "M12 1.750a10.250 10.250 0 1 0 0 20.500a10.250 10.250 0 1 0 0-20.500zm0 2.500a7.750 7.750 0 1 1 0 15.500a7.750 7.750 0 1 1 0-15.500zm0 3.250a4.500 4.500 0 1 0 0 9a4.500 4.500 0 1 0 0-9z";

/// The header.
pub fn bar() -> El {
    let texts = use_language().shell();
    let brand = a()
        .class("brand")
        .attr("href", Route::Home.to_string())
        .child(icon("brand-mark", BRAND))
        .text(texts.brand);
    let pages = nav()
        .class("pages")
        .attr("aria-label", texts.nav_label)
        .children(Section::ALL.map(page_link));
    header()
        .class("shell-head")
        .child(brand)
        .child(pages)
        .child(menu::menu_button())
        .child(menu::panel())
        .child(saving::line())
}

fn page_link(section: Section) -> El {
    let (language, router) = (use_language(), use_router());
    let link = a()
        .attr("href", section.route().to_string())
        .children(section.shape().map(|shape| icon("page-icon", shape)))
        .child(span().text(section.name(language.shell())));
    // The tab bar has room for those with an icon.
    let link = if section.shape().is_none() {
        link.class("not-in-tabs")
    } else {
        link
    };
    link.attr("aria-current", move || {
        let route = router.route.get();
        let current = if route == section.route() {
            Some("page")
        } else {
            let is_within = routes::page(route, language).section == Some(section);
            is_within.then_some("true")
        };
        current.map(str::to_owned)
    })
}
