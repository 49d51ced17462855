//! The frame around every page: header, what is saved, live region, footer, and the page itself.

pub mod not_found;
pub mod notices;

use std::cell::RefCell;

use leptos::prelude::*;

use crate::browser;
use crate::el::{
    El, Live, a, action, derived, div, el, footer, header, label, main, nav, p, select, span,
};
use crate::session::{Saving, Session};
use crate::shell::notices::notices;
use crate::ui::icon::icon;
use crate::ui::lazy::{self, Exercises, Practice};
use crate::ui::pills::{Pill, pills};
use crate::ui::undo_keys;
use lesson::own;
use registry::RuleSet;
use share::route::Route;
use share::task;
use storage::{StoreError, Theme};
use text::fill;

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
        .on("click", |event| {
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
                .child(nav_link(session, Route::Home, texts.nav_home))
                .child(nav_link(session, Route::Practice, texts.nav_practice))
                .child(nav_link(session, Route::Exercises, texts.nav_exercises))
                .child(nav_link(session, Route::Registry, texts.nav_registry))
                .child(nav_link(session, Route::Progress, texts.nav_progress)),
        )
        .child(own_rules(session))
        .child(theme_switch(session));
    let page = main()
        .id("main")
        .attr("tabindex", "-1")
        .class("page")
        .dynamic(move || {
            let route = session.route.get();
            page(session, route)
        });
    let announcer = p()
        .class("visually-hidden")
        .id("announcer")
        .attr("role", "status")
        .attr("aria-live", "polite")
        .text_with(move || {
            // The same sentence again must be new to a screen reader, so every second one ends in a blank.
            session.voice.with(|said| {
                let blank = if said.count % 2 == 0 { "" } else { "\u{a0}" };
                format!("{}{blank}", said.sentence)
            })
        });
    vec![
        skip,
        header().child(head).child(saving_line(session)),
        notices(session),
        page,
        drawer(session),
        announcer,
        dialog_host(session),
        footer().class("shell-foot").child(p().text(texts.footer)),
    ]
}

fn page(session: Session, route: Route) -> Vec<El> {
    match route {
        Route::Home => untrack(|| crate::lesson::learn(session, None)),
        Route::Step(id) => untrack(|| crate::lesson::learn(session, Some(&id))),
        Route::Practice => lazy::practice(session, Practice::Overview),
        Route::Question(id) => lazy::practice(session, Practice::Question(id)),
        Route::Progress => lazy::practice(session, Practice::Progress),
        Route::Shared(text) => lazy::shared(session, &text),
        Route::Registry => lazy::registry(session, None),
        Route::Model(name) => lazy::registry(session, Some(name)),
        Route::NotFound(path) => lazy::lost(session, &path),
        Route::Exercises => lazy::exercises(session, Exercises::List),
        Route::Exercise(id) => lazy::exercises(session, Exercises::Exercise(id)),
        Route::New(query) => lazy::exercises(session, Exercises::New(query)),
        Route::Check(receipt) => lazy::exercises(session, Exercises::Check(receipt)),
    }
}

/// Follows the address, and after a change of page sets the title and moves the focus to the page's heading.
fn follow_address(session: Session) {
    let handle = window_event_listener(leptos::ev::hashchange, move |_| {
        let route = Route::parse(&browser::hash());
        if session.route.get_untracked() != route {
            session.ask.set(None);
            session.refused.set(None);
            session.selected.set(None);
            session.forget_words();
            session.route.set(route);
            browser::focus_soon("page-title");
        }
    });
    on_cleanup(move || handle.remove());
    Effect::new(move || {
        let texts = session.text;
        let page = match session.route.get() {
            Route::Home => None,
            Route::Step(id) => own::step_title(id.as_str()).map(str::to_owned),
            Route::Practice | Route::Question(_) => Some(texts.shell().nav_practice.to_owned()),
            Route::Progress => Some(texts.shell().nav_progress.to_owned()),
            Route::Shared(text) if task::is_meant(&text) => {
                Some(texts.shell().nav_exercises.to_owned())
            }
            Route::Registry | Route::Shared(_) => Some(texts.shell().nav_registry.to_owned()),
            Route::Model(name) => Some(name.to_string()),
            Route::Exercises | Route::Exercise(_) | Route::New(_) => {
                Some(texts.shell().nav_exercises.to_owned())
            }
            Route::Check(_) => Some(texts.shell().nav_check.to_owned()),
            Route::NotFound(_) => Some(texts.shell().not_found_title.to_owned()),
        };
        browser::set_title(&page.map_or_else(
            || texts.shell().brand.to_owned(),
            |page| fill(texts.shell().title, &[("page", &page)]),
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
        session.voice.track();
        request_idle_callback(move || session.tidy());
    });
}

fn nav_link(session: Session, to: Route, name: &'static str) -> El {
    let link = a().attr("href", to.to_string()).text(name);
    link.attr_with("aria-current", move || {
        let current = session.route.with(|route| match (&to, route) {
            (Route::Registry, Route::Model(_))
            | (Route::Home, Route::Step(_))
            | (Route::Practice, Route::Question(_))
            | (Route::Exercises, Route::Exercise(_) | Route::New(_) | Route::Check(_)) => {
                Some("true")
            }
            (Route::Exercises, Route::Shared(text)) if task::is_meant(text) => Some("true"),
            (to, route) if to == route => Some("page"),
            _ => None,
        });
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
    .flag_with("hidden", elsewhere)
}

/// Which rules are in force, and the other ones at hand. `group` is unique on the page.
pub fn rules_switch(
    session: Session,
    group: &str,
    name: &str,
    choose: impl Fn(RuleSet) + 'static,
) -> El {
    const RULES: [RuleSet; 2] = [RuleSet::Guided, RuleSet::Mlflow];
    let texts = session.text.shell();
    let options = [
        Pill {
            id: "guided",
            name: texts.rules_guided,
            hint: texts.rules_guided_hint,
        },
        Pill {
            id: "mlflow",
            name: texts.rules_mlflow,
            hint: texts.rules_mlflow_hint,
        },
    ];
    let chosen = move || RULES.iter().position(|rules| *rules == session.rules.get());
    let choose = move |at: usize| {
        if let Some(rules) = RULES.get(at) {
            choose(*rules);
        }
    };
    pills(group, name, &options, chosen, choose).flag_with("disabled", move || {
        session.saving.with(Saving::is_read_only)
    })
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
        .prop_with("value", move || theme_value(session.theme.get()).into())
        .on_value("change", choose);
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
    let sentence = span().text_with(move || {
        let sentence = match session.saving.get() {
            Saving::Saved => texts.saved,
            Saving::Saving => session.text.windows().saving,
            Saving::StoreOnly => session.text.windows().store_only,
            Saving::Unanswered => session.text.windows().unanswered,
            Saving::Unasked => session.text.windows().unasked,
            Saving::Second => session.text.windows().second,
            Saving::Unsettled => session.text.windows().unsettled,
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
        .attr_with("aria-live", move || {
            Some(if loud() { "polite" } else { "off" }.to_owned())
        })
        .class_with("loud", loud)
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
    let words = fill(session.text.windows().usage, &[("percent", &percent)]);
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

/// The console at the foot of the registry's pages. It is made when it is first opened there, and then only hidden: what
/// was typed stays.
fn drawer(session: Session) -> El {
    const ID: &str = "console";
    let texts = session.text.drawer();
    let (open, tall) = (session.console_open, Live::new(false));
    let here = derived(move || session.route.with(Route::is_registry));
    let made = Live::new(false);
    Effect::new(move || {
        if open.get() && here.get() && lazy::has_registry(session) {
            made.set(true);
        }
    });
    let toggle = action("", move || {
        let opens = !open.get_untracked();
        session.open_console(opens);
        if opens {
            browser::focus_soon("console-field");
        }
    })
    .id("console-toggle")
    .attr("aria-controls", "console-place")
    .attr_with("aria-expanded", move || Some(open.get().to_string()))
    .text_with(move || if open.get() { texts.hide } else { texts.open }.to_owned());
    let height = action("", move || tall.update(|tall| *tall = !*tall))
        .class("quiet-button")
        .flag_with("hidden", move || !open.get())
        .text_with(move || {
            if tall.get() {
                texts.lower
            } else {
                texts.taller
            }
            .to_owned()
        });
    let content = div()
        .id("console-place")
        .flag_with("hidden", move || !open.get())
        .dynamic(move || {
            if made.get() {
                lazy::console(session, ID, None, None)
            } else {
                Vec::new()
            }
        });
    el("aside")
        .class("drawer")
        .attr("aria-label", texts.title)
        .class_with("open", move || open.get())
        .class_with("tall", move || tall.get())
        .flag_with("hidden", move || !here.get())
        .child(div().class("drawer-bar").child(toggle).child(height))
        .child(content)
}

/// Shows the dialog that is asked for.
pub fn dialog_host(session: Session) -> El {
    let from = RefCell::new(None);
    div().dynamic(move || {
        let ask = session.ask.get();
        let was = from.replace(None);
        if ask.is_some() {
            from.replace(was.or_else(browser::focused));
        } else if let Some(was) = was {
            browser::focus_again(was);
        }
        // The dialog is made once: what changes behind it must not empty its fields.
        ask.map_or_else(Vec::new, |ask| lazy::dialog(session, &ask))
    })
}
