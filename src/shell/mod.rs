//! The frame around every page: header, what is saved, live region, footer, and the page itself.

pub mod console_drawer;
pub mod notices;
pub mod routes;

use leptos::prelude::*;

use crate::registry::dialog_host::dialog_host;
use crate::registry::rules_switch::rules_switch;
use crate::session::saving::Saving;
use crate::session::{
    use_announcer, use_dialogs, use_keeper, use_language, use_preferences, use_registry,
    use_router, use_selection,
};
use crate::shell::notices::notices;
use crate::shell::routes::Section;
use crate::ui::icon::icon;
use crate::ui::undo_keys;
use crate::{browser, data};
use el::{El, a, action, div, el, ev, footer, header, label, main, nav, p, select, span};
use share::route::Route;
use storage::{StoreError, Theme};

/// The brand's mark: something live.
const BRAND: &str = "M12 1.750a10.250 10.250 0 1 0 0 20.500a10.250 10.250 0 1 0 0-20.500zm0 2.500a7.750 7.750 0 1 1 0 15.500a7.750 7.750 0 1 1 0-15.500zm0 3.250a4.500 4.500 0 1 0 0 9a4.500 4.500 0 1 0 0-9z";

/// The whole app, piece by piece.
pub fn shell() -> Vec<El> {
    let (language, announcer, router) = (use_language(), use_announcer(), use_router());
    undo_keys::listen();
    undo_keys::press_once();
    follow_address();
    follow_theme();
    tidy_when_idle();
    let texts = language.shell();
    let skip = a()
        .class("skip")
        .attr("href", "#main")
        .text(texts.skip)
        .on(ev::click, |event| {
            // The address is the app's own; the link must not change it.
            event.prevent_default();
            browser::focus_soon("main");
        });
    let head = div()
        .class("shell-head")
        .child(
            a().class("brand")
                .attr("href", Route::Home.to_string())
                .child(icon("brand-mark", BRAND))
                .text(texts.brand),
        )
        .child(
            nav()
                .attr("aria-label", texts.nav_label)
                .children(Section::ALL.map(nav_link)),
        )
        .child(own_rules())
        .child(theme_switch());
    let page = main()
        .id("main")
        .attr("tabindex", "-1")
        .class("page")
        .dynamic(move || {
            let route = router.route.get();
            routes::page(route, language).view()
        });
    let announcer = p()
        .class("visually-hidden")
        .id("announcer")
        .attr("role", "status")
        .attr("aria-live", "polite")
        .text(move || {
            // The same sentence again must be new to a screen reader, so every second one ends in a blank.
            announcer.spoken.with(|announcement| {
                let blank = if announcement.count % 2 == 0 {
                    ""
                } else {
                    "\u{a0}"
                };
                format!("{}{blank}", announcement.sentence)
            })
        });
    vec![
        skip,
        header().child(head).child(saving_line()),
        notices(),
        page,
        console_drawer::drawer(),
        announcer,
        dialog_host(data::lazy::dialog),
        footer().class("shell-foot").child(p().text(texts.footer)),
    ]
}

/// Follows the address, and after a change of page sets the title and moves the focus to the page's heading.
fn follow_address() {
    let (language, announcer, dialogs) = (use_language(), use_announcer(), use_dialogs());
    let (selection, router) = (use_selection(), use_router());
    let handle = window_event_listener(leptos::ev::hashchange, move |_| {
        let route = Route::parse(&browser::hash());
        if router.route.get_untracked() != route {
            dialogs.open.set(None);
            dialogs.refused.set(None);
            selection.selected.set(None);
            announcer.forget_elsewhere();
            router.route.set(route);
            browser::focus_soon("page-title");
        }
    });
    on_cleanup(move || handle.remove());
    Effect::new(move || {
        let texts = language;
        let page = routes::page(router.route.get(), texts).title;
        browser::set_title(&page.map_or_else(
            || texts.shell().brand.to_owned(),
            |page| texts.shell().title(&page),
        ));
    });
}

fn follow_theme() {
    let preferences = use_preferences();
    Effect::new(move || {
        browser::set_theme(match preferences.theme.get() {
            Theme::System => None,
            Theme::Light => Some("light"),
            Theme::Dark => Some("dark"),
        });
    });
}

/// The saved data is tidied a while after the last change, never in the middle of one.
fn tidy_when_idle() {
    let (announcer, keeper) = (use_announcer(), use_keeper());
    Effect::new(move || {
        announcer.spoken.track();
        request_idle_callback(move || keeper.tidy());
    });
}

fn nav_link(section: Section) -> El {
    let (language, router) = (use_language(), use_router());
    let link = a()
        .attr("href", section.route().to_string())
        .text(section.name(language.shell()));
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

/// The rules of the learner's own registry, where that is on the page: the lesson's small ones say theirs themselves.
fn own_rules() -> El {
    let (store, router) = (use_registry(), use_router());
    let elsewhere = move || !router.route.with(Route::is_registry);
    let label = use_language().shell().rules_label;
    rules_switch("rules", label, move |rules| store.set_rules(rules)).attr("hidden", elsewhere)
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

/// Whether what was done is kept; loud only where it is not.
fn saving_line() -> El {
    let (language, keeper) = (use_language(), use_keeper());
    let texts = language.shell();
    let loud = move || keeper.saving.with(Saving::is_loud);
    let sentence = span().text(move || {
        let sentence = match keeper.saving.get() {
            Saving::Saved => texts.saved,
            Saving::Pending => language.tabs().saving,
            Saving::StoreOnly => language.tabs().store_only,
            Saving::Unanswered => language.tabs().unanswered,
            Saving::Unasked => language.tabs().unasked,
            Saving::Second => language.tabs().second,
            Saving::Unreconciled => language.tabs().unreconciled,
            Saving::MemoryOnly | Saving::NotSaved(StoreError::Denied) => texts.not_saved_denied,
            Saving::NotSaved(StoreError::Full) => texts.not_saved_full,
            Saving::NotSaved(StoreError::Changed) => texts.not_saved_changed,
            Saving::NotSaved(_) => texts.not_saved_failed,
            Saving::ReadOnly => texts.read_only,
        };
        sentence.to_owned()
    });
    let line = p()
        .class("saving")
        .id("saving")
        // Each action passes through "saving": a screen reader is told only what is worth being told.
        .attr("aria-live", move || {
            Some(if loud() { "polite" } else { "off" }.to_owned())
        })
        .class(("loud", loud))
        .child(sentence)
        .dynamic(move || {
            let again = matches!(keeper.saving.get(), Saving::NotSaved(_) | Saving::Unasked);
            let button = again.then(|| action(texts.save_again, move || keeper.save_again()));
            button.into_iter().collect()
        });
    line.dynamic(move || keeper.usage.get().map(meter).into_iter().collect())
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
