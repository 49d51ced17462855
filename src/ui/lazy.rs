//! What stands in the place of a chunk of the app until it is here.

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlDialogElement;

use crate::browser;
use crate::session::chunk::{self, Chunk, ChunkState, Missing, PATIENCE};
use crate::session::{Keeper, use_announcer, use_chunks, use_dialogs, use_keeper, use_language};
use el::{El, RwSignal, action, div, el, ev, h2, p};
use share::site;

/// How a chunk is fetched; the answer tells whether it arrived.
pub type Fetch = fn() -> Pin<Box<dyn Future<Output = bool>>>;

/// A chunk, and what it takes to show it.
#[derive(Clone, Copy)]
pub struct Loader {
    pub chunk: Chunk,
    pub fetch: Fetch,
    /// What is to be done once it is here, in a task of its own, so that the browser can answer a press before it.
    pub prepare: Option<fn()>,
}

/// Returns what a chunk makes. While it is on its way, this is said under `head`, and so is if it does not arrive.
pub fn lazy_view(
    loader: Loader,
    head: impl Fn(&str) -> El,
    make: impl FnOnce() -> Option<Result<Vec<El>, Missing>>,
) -> Vec<El> {
    made(loader, make).unwrap_or_else(|_| absent(use_chunks().of(loader.chunk), head))
}

/// Returns what stands in the place of something that is not here.
pub fn absent(state: RwSignal<ChunkState>, head: impl Fn(&str) -> El) -> Vec<El> {
    let Some(absence) = Absence::of(state) else {
        let words = use_language().shell().part_awaited;
        return vec![div().class("reading section awaited").child(head(words))];
    };
    let told = absence.told(head(absence.title), None);
    vec![told.class("reading section")]
}

/// Returns what opens the dialog of a chunk, once that is here, and where the dialog stands while `opened`. Whoever had the focus when
/// it was asked for gets it back.
pub fn late_dialog<F: Future<Output = bool> + 'static>(
    opened: RwSignal<bool>,
    fetch: fn() -> F,
    dialog: impl Fn() -> Option<El> + 'static,
) -> (impl Fn() + Clone + 'static, El) {
    let (language, announcer) = (use_language(), use_announcer());
    let from = Rc::new(RefCell::new(None));
    let was = from.clone();
    let open = move || {
        was.replace(browser::focused());
        spawn_local(async move {
            if fetch().await {
                // The page may be gone meanwhile.
                opened.update_if(|opened| {
                    *opened = true;
                    (true, ())
                });
            } else {
                announcer.announce_failure(language.shell().part_missing.to_owned());
            }
        });
    };
    let place = move || {
        if opened.get() {
            return untrack(|| dialog().into_iter().collect());
        }
        if let Some(was) = from.take() {
            browser::focus_again(was);
        }
        Vec::new()
    };
    (open, div().dynamic(place))
}

/// Returns the dialog that a chunk makes; a word while the chunk is on its way. Where that takes long, or it does not
/// arrive, this is said in its place.
pub fn lazy_dialog(
    loader: Loader,
    make: impl FnOnce() -> Option<Result<Vec<El>, Missing>>,
) -> Vec<El> {
    let state = match made(loader, make) {
        Ok(made) => return made,
        Err(state) => state,
    };
    let Some(absence) = Absence::of(state) else {
        // It is seen only where the chunk takes a moment.
        let words = p().text(use_language().shell().part_awaited);
        return vec![words.class("opening").attr("role", "status")];
    };
    vec![absence_dialog(&absence)]
}

/// Returns what a chunk makes. Errors with what tells how far it has come if it is not here; it is asked for then, unless it has failed.
fn made(
    loader: Loader,
    make: impl FnOnce() -> Option<Result<Vec<El>, Missing>>,
) -> Result<Vec<El>, RwSignal<ChunkState>> {
    let state = use_chunks().of(loader.chunk);
    if !matches!(state.get(), ChunkState::Failed(_)) {
        if let Some(Ok(made)) = untrack(make) {
            return Ok(made);
        }
        request(loader);
    }
    Err(state)
}

/// Returns the heading of a piece of a page while that is on its way.
pub fn quiet_head(words: &str) -> El {
    p().class("quiet").text(words)
}

/// Fetches a chunk, and tells the page how far it has come.
pub fn request(loader: Loader) {
    await_arrival(
        use_chunks().of(loader.chunk),
        (loader.fetch)(),
        loader.prepare,
    );
}

/// Tells the page, for as long as it lives, how far something has come that is fetched.
pub fn await_arrival(
    shown: RwSignal<ChunkState>,
    fetched: Pin<Box<dyn Future<Output = bool>>>,
    prepare: Option<fn()>,
) {
    let keeper = use_keeper();
    spawn_local(async move {
        let state = chunk::arrival(fetched.await).await;
        match prepare.filter(|_| state == ChunkState::Here) {
            Some(prepare) => later(0, keeper, move || {
                prepare();
                later(0, keeper, move || arrive(shown, state));
            }),
            None => arrive(shown, state),
        }
    });
    later(PATIENCE, keeper, move || {
        if shown.get_untracked() == ChunkState::Awaited {
            arrive(shown, ChunkState::Late);
        }
    });
}

/// Tells the page about a chunk, once. Whoever waits at the heading is taken along.
fn arrive(shown: RwSignal<ChunkState>, state: ChunkState) {
    let known = shown.get_untracked();
    if known == state || known == ChunkState::Here {
        return;
    }
    let focused = browser::focused().map_or_else(String::new, |focused| focused.id());
    shown.set(state);
    if ["page-title", "asked-title"].contains(&focused.as_str()) {
        browser::focus_if_lost(focused);
    }
}

/// What is said of a chunk that is not here.
struct Absence {
    /// How far the chunk has come.
    state: RwSignal<ChunkState>,
    title: &'static str,
    body: &'static str,
    /// What fetching it anew is called; nothing where that is of no use.
    again: Option<&'static str>,
    /// What helps, or may help: beginning anew.
    reload: Option<&'static str>,
}

impl Absence {
    /// Nothing where nothing has to be said yet.
    fn of(state: RwSignal<ChunkState>) -> Option<Self> {
        let texts = use_language().shell();
        let (again, reload) = (Some(texts.part_again), Some(texts.reload));
        let (title, body, again, reload) = match state.get() {
            ChunkState::Awaited | ChunkState::Here => return None,
            ChunkState::Late => (texts.part_late, texts.part_late_body, again, reload),
            ChunkState::Failed(site::Missing::NoAnswer) => {
                (texts.part_missing, texts.part_no_answer, again, None)
            }
            ChunkState::Failed(site::Missing::NotThere) => {
                (texts.part_missing, texts.part_not_there, again, None)
            }
            ChunkState::Failed(site::Missing::NewBuild) => {
                let is_saved = !use_keeper().saving.get_untracked().is_loud();
                let body = if is_saved {
                    texts.new_version_saved
                } else {
                    texts.new_version_unsaved
                };
                (texts.new_version, body, None, reload)
            }
        };
        Some(Self {
            state,
            title,
            body,
            again,
            reload,
        })
    }

    /// Says it under a heading, with buttons for what helps, and perhaps one more.
    fn told(&self, head: El, more: Option<El>) -> El {
        let state = self.state;
        let again = self.again.map(|name| {
            action(name, move || {
                browser::ask_again();
                state.set(ChunkState::Awaited);
            })
        });
        let reload = self.reload.map(|name| action(name, browser::reload));
        div().child(head).child(p().text(self.body)).child(
            div()
                .class("actions")
                .children(again)
                .children(reload)
                .children(more),
        )
    }
}

/// What is shown in the place of a dialog whose chunk is not here. The dialogs' own frame may be in that chunk.
fn absence_dialog(absence: &Absence) -> El {
    let dialogs = use_dialogs();
    let state = absence.state;
    let close = move || {
        dialogs.open.set(None);
        state.set(ChunkState::Awaited);
    };
    let head = h2().id("modal-title").text(absence.title);
    let told = absence.told(head, Some(action(use_language().shell().close, close)));
    let element = el("dialog")
        .class("modal")
        .attr("aria-labelledby", "modal-title")
        .child(told.class("modal-box section"))
        .on(ev::close, move |_| close());
    if let Some(shown) = element.cast::<HtmlDialogElement>() {
        request_animation_frame(move || {
            if shown.is_connected() {
                let _ = shown.show_modal();
            }
        });
    }
    element
}

/// Does something after so many milliseconds.
fn later(milliseconds: i32, keeper: Keeper, act: impl FnOnce() + 'static) {
    let time = Duration::from_millis(milliseconds.unsigned_abs().into());
    set_timeout(move || keeper.owner().with(act), time);
}
