//! `#/share/<text>`: a registry that somebody has put into a link. It is shown and, if wanted, copied; by itself it changes
//! nothing.

use leptos::prelude::*;

use crate::browser;
use crate::registry::board::board;
use crate::registry::dialog_host::{dialog_host, no_data_dialog};
use crate::registry::history::{history, moment_bar};
use crate::registry::live_version::live_now;
use crate::registry::table::versions_table;
use crate::session::{
    Sandbox, use_announcer, use_keeper, use_language, use_registry, use_workspaces,
};
use crate::ui::page::{message, title};
use el::{El, RwSignal, action, dd, div, dl, dt, el, ev, h2, label, p, section, select, span};
use registry::{ModelName, Registry, RuleSet};
use share::link;
use share::route::Route;
use storage::{StoreError, WorkspaceSnapshot};
use text::Language;
use text::{narrate, share as words};

/// The page.
pub fn shared(text: &str) -> Vec<El> {
    let language = use_language();
    let texts = language.shared();
    match link::parse(text) {
        Ok(snapshot) => preview(snapshot),
        Err(why) => {
            let why = words::no_link(language, why);
            vec![message(
                texts.wrong_title,
                &why,
                &Route::Registry,
                texts.to_registry,
            )]
        }
    }
}

fn preview(snapshot: WorkspaceSnapshot) -> Vec<El> {
    let (language, announcer, keeper) = (use_language(), use_announcer(), use_keeper());
    let workspaces = use_workspaces();
    let texts = language.shared();
    let looks = RwSignal::new(false);
    let told = RwSignal::new(String::new());
    let facts = facts(language, &snapshot)
        .into_iter()
        .fold(dl().class("shared-facts"), |list, (term, what)| {
            list.child(dt().text(term)).child(dd().text(what))
        });
    let look = action("", move || looks.update(|looks| *looks = !*looks))
        .id("shared-look")
        .attr("aria-expanded", move || Some(looks.get().to_string()))
        .text(move || {
            if looks.get() {
                texts.look_away
            } else {
                texts.look
            }
            .to_owned()
        });
    let copied = snapshot.clone();
    let copy = action(texts.copy, move || {
        let done = if keeper.is_saved() {
            workspaces.copy_shared(&copied)
        } else {
            Err(StoreError::Changed)
        };
        match done {
            Ok(name) => announcer.announce(texts.copied(&name)),
            Err(StoreError::Changed) => told.set(texts.unsaved.to_owned()),
            Err(why) => told.set(workspaces.not_done(&why, texts.not_copied).to_owned()),
        }
    })
    .class("primary")
    .id("shared-copy");
    let leave = action(texts.leave, || browser::go(&Route::Home));
    let inside = move || {
        if looks.get() {
            untrack(|| Sandbox::of_shared(&snapshot).with(look_at))
        } else {
            Vec::new()
        }
    };
    vec![
        div()
            .class("reading section")
            .child(title(texts.title))
            .child(p().class("lead").text(texts.promise))
            .child(facts)
            .child(div().class("actions").child(look).child(copy).child(leave))
            .child(
                p().class("field-error")
                    .attr("role", "alert")
                    .text(move || told.get()),
            ),
        div().class("parts").id("shared-inside").dynamic(inside),
    ]
}

fn facts(language: Language, snapshot: &WorkspaceSnapshot) -> Vec<(&'static str, String)> {
    let texts = language.shared();
    let registry = snapshot.log.registry();
    let versions = registry.models().map(|model| model.version_count()).sum();
    let steps = usize::try_from(snapshot.log.step()).unwrap_or(usize::MAX);
    let rules = match snapshot.rules {
        RuleSet::Guided => language.shell().rules_guided,
        RuleSet::Mlflow => language.shell().rules_mlflow,
    };
    let holds = if registry.is_empty() {
        texts.nothing.to_owned()
    } else {
        let models = texts.models(registry.models().len());
        format!("{models}, {}", texts.versions(versions))
    };
    let name = match snapshot.name.as_str() {
        "" => language.share().copied_name,
        name => name,
    };
    let mut facts = vec![
        (texts.named, name.to_owned()),
        (texts.holds, holds),
        (texts.rules, rules.to_owned()),
        (texts.history, texts.steps(steps)),
    ];
    if let Some(last) = snapshot.log.done().last() {
        let what = narrate::narrate(language, last);
        facts.push((
            texts.last,
            format!("{} – {what}", browser::date(last.context.at)),
        ));
    }
    facts
}

/// The registry itself, in its sandbox: nothing can be changed.
fn look_at() -> Vec<El> {
    let store = use_registry();
    let texts = use_language().shared();
    let first = |registry: &Registry| registry.models().next().map(|model| model.name().clone());
    let chosen = RwSignal::new(store.read(first));
    let choice = move || {
        let names: Vec<ModelName> = store.read(|registry| {
            registry
                .models()
                .map(|model| model.name().clone())
                .collect()
        });
        let options = names.iter().enumerate().map(|(at, name)| {
            el("option")
                .attr("value", at.to_string())
                .attr(
                    "selected",
                    chosen.with_untracked(|chosen| chosen.as_ref() == Some(name)),
                )
                .text(name.as_str())
        });
        let list = select()
            .id("shared-model")
            .children(options)
            .on_value(ev::change, move |at| {
                let name = at.parse().ok().and_then(|at: usize| names.get(at).cloned());
                chosen.set(name);
            });
        vec![
            label()
                .class("workspace")
                .child(span().class("quiet").text(texts.model))
                .child(list),
        ]
    };
    let model = move || match chosen.get() {
        Some(name) => untrack(|| vec![live_now(&name), board(&name), versions_table(&name)]),
        None => Vec::new(),
    };
    vec![
        section()
            .class("panel section")
            .child(h2().text(texts.looking))
            .child(div().class("actions").dynamic(choice)),
        moment_bar(),
        div().class("parts").dynamic(model),
        history(None),
        dialog_host(no_data_dialog),
    ]
}
