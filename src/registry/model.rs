//! `#/registry/<model>`: one model: what users get, the board, the diagram, all versions, and the history.

use leptos::prelude::*;

use crate::browser;
use crate::registry::board::board;
use crate::registry::diagram_lazy::diagram;
use crate::registry::history::moment_bar;
use crate::registry::live_version::live_now;
use crate::registry::model_lazy::{self, Part};
use crate::registry::panel_lazy::version_panel;
use crate::registry::rules_switch::own_rules;
use crate::session::{Dialog, RegistryStore, use_dialogs, use_language, use_registry};
use crate::ui::menu::{Menu, close_others};
use crate::ui::page::{announcement_line, message, title};
use el::{El, Memo, RwSignal, a, action, details, div, ev, header, li, p, span, summary, ul};
use registry::{Command, FreeText, ModelName, TagKey};
use share::route::Route;

/// The page.
pub fn model(name: &ModelName) -> Vec<El> {
    let store = use_registry();
    let of = name.clone();
    let there = Memo::new(move || store.read(|registry| registry.model(&of).is_some()));
    let name = name.clone();
    let content = move || {
        let there = there.get();
        untrack(|| if there { parts(&name) } else { missing(&name) })
    };
    vec![moment_bar(), div().class("parts").dynamic(content)]
}

/// From this width on all parts stand open. Below it, those that repeat or go deeper are made when they are opened.
const WIDE: &str = "(min-width: 48rem)";

fn parts(name: &ModelName) -> Vec<El> {
    let language = use_language();
    let is_wide = browser::matches(WIDE);
    let part = |title: &'static str, make: fn(&ModelName) -> El| {
        let name = name.clone();
        match is_wide {
            true => make(&name),
            false => on_demand(title, move || make(&name)),
        }
    };
    let columns = |left: El, right: El| div().class("model-columns").child(left).child(right);
    vec![
        head(name),
        live_now(name),
        board(name),
        announcement_line(),
        columns(part(language.diagram().title, diagram), version_panel(name)),
        part(language.traffic().title, |name| {
            model_lazy::part(Part::Traffic(name.clone()))
        }),
        part(language.model().versions_title, |name| {
            model_lazy::part(Part::Versions(name.clone()))
        }),
        columns(
            part(language.version().compare_title, |name| {
                model_lazy::part(Part::Compare(name.clone()))
            }),
            part(language.history().title, |name| {
                model_lazy::part(Part::History(Some(name.clone())))
            }),
        ),
    ]
}

/// A part of the page that is made when it is first opened.
fn on_demand(title: &'static str, make: impl Fn() -> El + 'static) -> El {
    let is_open = RwSignal::new(false);
    let content = move || is_open.get().then(&make).into_iter().collect();
    details()
        .class("on-demand")
        .on(ev::toggle, move |_| is_open.set(true))
        .child(summary().text(title))
        .child(div().dynamic(content))
}

/// What the head shows of the model.
#[derive(Clone, PartialEq, Default)]
struct Facts {
    description: String,
    tags: Vec<(TagKey, String)>,
    created: String,
    updated: String,
}

fn facts(store: RegistryStore, name: &ModelName) -> Facts {
    store.read(|registry| {
        registry.model(name).map_or_else(Facts::default, |model| {
            let tags = model.tags().iter();
            Facts {
                description: model.description().to_string(),
                tags: tags
                    .map(|(key, value)| (key.clone(), value.to_string()))
                    .collect(),
                created: browser::date(model.created()),
                updated: browser::date(model.updated()),
            }
        })
    })
}

fn head(name: &ModelName) -> El {
    let store = use_registry();
    let texts = use_language().model();
    let of = name.clone();
    let facts = Memo::new(move || facts(store, &of));
    let menu = Menu::new();
    let (of, inside) = (name.clone(), menu.clone());
    let rows = move || {
        vec![
            inside.opens(texts.describe, Dialog::DescribeModel(of.clone())),
            inside.opens(texts.add_tag, Dialog::AddTag(of.clone(), None)),
            inside.opens(texts.add_alias, Dialog::SetAlias(of.clone(), None)),
            inside.opens(texts.rename, Dialog::RenameModel(of.clone())),
            inside.opens(texts.delete, Dialog::DeleteModel(of.clone())),
        ]
    };
    let menu = menu
        .filled(texts.menu(name), rows)
        .attr("hidden", move || !store.can_change());
    let description = move || {
        facts.with(|facts| {
            if facts.description.is_empty() {
                texts.no_description.to_owned()
            } else {
                facts.description.clone()
            }
        })
    };
    let dates = move || {
        facts.with(|facts| {
            let created = texts.created(&facts.created);
            let updated = texts.updated(&facts.updated);
            format!("{created}, {updated}")
        })
    };
    let of = name.clone();
    let tags = move || {
        let tags = facts.with(|facts| facts.tags.clone());
        if tags.is_empty() {
            return Vec::new();
        }
        let chips = tags.into_iter().map(|(key, value)| tag(&of, key, &value));
        vec![
            ul().class("chips")
                .attr("aria-label", texts.tags)
                .children(chips),
        ]
    };
    header()
        .class("page-head")
        .child(
            p().child(
                a().attr("href", Route::Registry.to_string())
                    .text(format!("← {}", texts.back)),
            ),
        )
        .child(
            div()
                .class("page-title-row")
                .child(title(name.as_str()).verbatim())
                .child(menu),
        )
        .child(p().text(description))
        .child(div().dynamic(tags))
        .child(p().class("quiet").text(dates))
        .child(own_rules())
        .on(ev::pointerdown, |event| close_others(&event))
}

/// A tag of the model, which can be removed.
pub fn tag(name: &ModelName, key: TagKey, value: &str) -> El {
    let (store, dialogs) = (use_registry(), use_dialogs());
    let shown = format!("{key}: {value}");
    let label = use_language().model().remove_tag(&key);
    let command = Command::DeleteRegisteredModelTag {
        name: name.clone(),
        key,
    };
    let remove = move || {
        if let Err(refusal) = store.act(&command, FreeText::default()) {
            dialogs.refused.set(Some(refusal));
        }
    };
    li().class("chip")
        .child(span().class("mono").verbatim().text(shown))
        .child(
            action("×", remove)
                .class("chip-remove")
                .attr("aria-label", label)
                .attr("disabled", move || !store.can_change()),
        )
}

fn missing(name: &ModelName) -> Vec<El> {
    let texts = use_language().model();
    let title = texts.not_found_title(name);
    vec![
        message(&title, texts.not_found_body, &Route::Registry, texts.back),
        model_lazy::part(Part::History(None)),
    ]
}
