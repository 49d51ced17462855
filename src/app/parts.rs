//! The parts of the app that are fetched when they are first needed, so that the first page is small.
//!
//! Each function marked with `wasm_split` is a split point: `cargo xtask` cuts the WebAssembly there (see
//! `xtask/src/split.rs`), and what only such a function uses goes into a file of its own. A part that was fetched stays.

use std::future::Future;
use std::iter;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use super::components::dialogs;
use super::components::refusal::global_refusal;
use super::dom::{El, action, div, h1, p};
use super::pages;
use super::state::{Ask, Session};
use super::{browser, dom::Live};
use crate::registry::ModelName;
use crate::route::Route;

/// A part did not arrive.
#[derive(Debug)]
pub struct Missing;

impl From<SplitLoaderError> for Missing {
    fn from(_: SplitLoaderError) -> Self {
        Self
    }
}

/// A part that is fetched later.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// The pages of the registry.
    Registry,
    /// The dialogs.
    Dialogs,
}

/// How far a part has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Arrival {
    /// It was not asked for, or is on its way.
    #[default]
    Awaited,
    /// It is here.
    Here,
    /// It did not arrive.
    Failed,
}

/// How far each part has come.
#[derive(Clone, Copy)]
pub struct Parts {
    registry: Live<Arrival>,
    dialogs: Live<Arrival>,
}

impl Parts {
    /// Nothing has been asked for yet.
    #[must_use]
    pub fn awaited() -> Self {
        Self {
            registry: Live::new(Arrival::Awaited),
            dialogs: Live::new(Arrival::Awaited),
        }
    }
}

/// Fetches what the page at `route` is made of, before anything is shown.
pub async fn prepare(route: &Route) {
    if matches!(route, Route::Registry | Route::Model(_)) {
        // If it fails, the page says so and offers to try again.
        let _ = fetch(Part::Registry).await;
    }
}

async fn fetch(part: Part) -> Arrival {
    let fetched = match part {
        Part::Registry => fetch_registry().await,
        Part::Dialogs => fetch_dialogs().await,
    };
    match fetched {
        Ok(()) => Arrival::Here,
        Err(_) => Arrival::Failed,
    }
}

// One function for each part: each function waits for its part by itself, also where another one has it already.
#[wasm_split(registry, fallible, preload(fetch_registry))]
fn registry_part(session: Session, model: Option<ModelName>) -> Result<Vec<El>, Missing> {
    session.open_desk();
    let refusal = div().dynamic(move || global_refusal(session));
    let page = match model {
        None => pages::overview::overview(session),
        Some(name) => pages::model::model(session, &name),
    };
    Ok(iter::once(refusal).chain(page).collect())
}

#[wasm_split(dialogs, fallible, preload(fetch_dialogs))]
fn dialog_part(session: Session, ask: Ask) -> Result<Vec<El>, Missing> {
    Ok(vec![dialogs::dialog(session, ask)])
}

/// The page of all models.
pub fn overview(session: Session) -> Vec<El> {
    page(session, None)
}

/// The page of one model.
pub fn model(session: Session, name: &ModelName) -> Vec<El> {
    page(session, Some(name.clone()))
}

/// The dialog that is asked for; nothing while its part is on its way. If that does not arrive, this is said, and the
/// next press tries again.
pub fn dialog(session: Session, ask: &Ask) -> Vec<El> {
    let part = session.parts.dialogs;
    part.track();
    if let Some(Ok(made)) = untrack(|| now(dialog_part(session, ask.clone()))) {
        return made;
    }
    spawn_local(async move {
        let arrived = fetch(Part::Dialogs).await;
        if arrived == Arrival::Failed {
            session.ask.set(None);
            let texts = session.text.shell();
            session.say(format!(
                "{}. {}",
                texts.part_missing, texts.part_missing_body
            ));
        }
        part.set(arrived);
    });
    Vec::new()
}

/// The page if its part is here; else that is fetched, and this is said meanwhile.
fn page(session: Session, model: Option<ModelName>) -> Vec<El> {
    let texts = session.text.shell();
    let part = session.parts.registry;
    let title = |title: &str| h1().id("page-title").attr("tabindex", "-1").text(title);
    if part.get() == Arrival::Failed {
        let again = move || part.set(Arrival::Awaited);
        let section = div()
            .class("reading section")
            .child(title(texts.part_missing))
            .child(p().text(texts.part_missing_body))
            .child(p().child(action(texts.part_again, again)));
        return vec![section];
    }
    if let Some(Ok(made)) = untrack(|| now(registry_part(session, model))) {
        return made;
    }
    spawn_local(async move {
        let arrived = fetch(Part::Registry).await;
        // Whoever waits at the heading is taken along to the page.
        let waits = browser::focused().is_some_and(|focused| focused.id() == "page-title");
        part.set(arrived);
        if waits {
            browser::focus_soon("page-title");
        }
    });
    vec![
        div()
            .class("reading section")
            .child(title(texts.part_awaited)),
    ]
}

/// The result of a future that has one at once.
fn now<T>(future: impl Future<Output = T>) -> Option<T> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(result) => Some(result),
        Poll::Pending => None,
    }
}
