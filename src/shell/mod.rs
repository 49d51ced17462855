//! The frame around every page: header, what is saved, live region, footer, and the page itself.

pub mod console_drawer;
pub mod notices;
pub mod routes;

use leptos::prelude::*;

use crate::registry::dialog_host::dialog_host;
use crate::registry::rules_switch::rules_switch;
use crate::session::Session;
use crate::session::saving::Saving;
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
pub fn shell(session: Session) -> Vec<El> {
    undo_keys::listen(session);
    undo_keys::press_once();
    follow_address(session);
    follow_theme(session);
    tidy_when_idle(session);
    let texts = session.text.shell();
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
                .children(Section::ALL.map(|section| nav_link(session, section))),
        )
        .child(own_rules(session))
        .child(theme_switch(session));
    let page = main()
        .id("main")
        .attr("tabindex", "-1")
        .class("page")
        .dynamic(move || {
            let route = session.route.get();
            routes::page(route, session.text).view(session)
        });
    let announcer = p()
        .class("visually-hidden")
        .id("announcer")
        .attr("role", "status")
        .attr("aria-live", "polite")
        .text(move || {
            // The same sentence again must be new to a screen reader, so every second one ends in a blank.
            session.spoken.with(|announcement| {
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
        header().child(head).child(saving_line(session)),
        notices(session),
        page,
        console_drawer::drawer(session),
        announcer,
        dialog_host(session, data::lazy::dialog),
        footer().class("shell-foot").child(p().text(texts.footer)),
    ]
}

/// Follows the address, and after a change of page sets the title and moves the focus to the page's heading.
fn follow_address(session: Session) {
    let handle = window_event_listener(leptos::ev::hashchange, move |_| {
        let route = Route::parse(&browser::hash());
        if session.route.get_untracked() != route {
            session.dialog.set(None);
            session.refused.set(None);
            session.selected.set(None);
            session.forget_announcement();
            session.route.set(route);
            browser::focus_soon("page-title");
        }
    });
    on_cleanup(move || handle.remove());
    Effect::new(move || {
        let texts = session.text;
        let page = routes::page(session.route.get(), texts).title;
        browser::set_title(&page.map_or_else(
            || texts.shell().brand.to_owned(),
            |page| texts.shell().title(&page),
        ));
    });
}

fn follow_theme(session: Session) {
    Effect::new(move || {
        browser::set_theme(match session.theme.get() {
            Theme::System => None,
            Theme::Light => Some("light"),
            Theme::Dark => Some("dark"),
        });
    });
}

/// The saved data is tidied a while after the last change, never in the middle of one.
fn tidy_when_idle(session: Session) {
    Effect::new(move || {
        session.spoken.track();
        request_idle_callback(move || session.tidy());
    });
}

fn nav_link(session: Session, section: Section) -> El {
    let link = a()
        .attr("href", section.route().to_string())
        .text(section.name(session.text.shell()));
    link.attr("aria-current", move || {
        let route = session.route.get();
        let current = if route == section.route() {
            Some("page")
        } else {
            let is_within = routes::page(route, session.text).section == Some(section);
            is_within.then_some("true")
        };
        current.map(str::to_owned)
    })
}

/// The rules of the learner's own registry, where that is on the page: the lesson's small ones say theirs themselves.
fn own_rules(session: Session) -> El {
    let elsewhere = move || !session.route.with(Route::is_registry);
    let label = session.text.shell().rules_label;
    rules_switch(session, "rules", label, move |rules| {
        session.set_rules(rules)
    })
    .attr("hidden", elsewhere)
}

fn theme_switch(session: Session) -> El {
    let texts = session.text.shell();
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
            session.set_theme(theme);
        }
    };
    let choice = select()
        .id("theme")
        .children(options)
        .prop("value", move || theme_value(session.theme.get()).into())
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
fn saving_line(session: Session) -> El {
    let texts = session.text.shell();
    let loud = move || session.saving.with(Saving::is_loud);
    let sentence = span().text(move || {
        let sentence = match session.saving.get() {
            Saving::Saved => texts.saved,
            Saving::Pending => session.text.tabs().saving,
            Saving::StoreOnly => session.text.tabs().store_only,
            Saving::Unanswered => session.text.tabs().unanswered,
            Saving::Unasked => session.text.tabs().unasked,
            Saving::Second => session.text.tabs().second,
            Saving::Unreconciled => session.text.tabs().unreconciled,
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
            let again = matches!(session.saving.get(), Saving::NotSaved(_) | Saving::Unasked);
            let button = again.then(|| action(texts.save_again, move || session.save_again()));
            button.into_iter().collect()
        });
    line.dynamic(move || {
        session
            .usage
            .get()
            .map(|percent| meter(session, percent))
            .into_iter()
            .collect()
    })
}

/// How full the browser's store is, once that matters.
fn meter(session: Session, percent: usize) -> El {
    let words = session.text.tabs().usage(&percent);
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
