//! What a page shows of the pack, where that is one step, question or exercise: each is a file of its own. `boot.js` asks for the
//! first one early; then it is here before the chunk that shows it (`xtask/src/parts.js`).

use std::cell::RefCell;
use std::pin::Pin;

use js_sys::Promise;
use leptos::prelude::untrack;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use crate::browser::{self, js};
use crate::session::chunk::ChunkState;
use crate::session::use_keeper;
use crate::ui::lazy::{absent, await_arrival};
use crate::ui::page::title;
use el::{El, RwSignal, div};
use lesson::pack::{Id, Readers};
use lesson::piece::{self, Piece};

/// A kind of piece: how the names of its files begin, and how it is read.
#[derive(Clone, Copy)]
pub struct Kind {
    file: &'static str,
    is_whole: bool,
    readers: Readers,
}

impl Kind {
    fn name_of(self, id: &Id) -> String {
        format!("{}-{id}", self.file)
    }
}

pub const STEP: Kind = Kind {
    file: "step",
    is_whole: true,
    readers: Readers::STEPS,
};
pub const QUESTION: Kind = Kind {
    file: "question",
    is_whole: false,
    readers: Readers::ASKED,
};
/// A question with all that it can run.
pub const WHOLE_QUESTION: Kind = Kind {
    is_whole: true,
    readers: Readers::QUESTIONS,
    ..QUESTION
};
pub const EXERCISE: Kind = Kind {
    file: "exercise",
    is_whole: true,
    readers: Readers::EXERCISES,
};

/// Returns what is made of a piece; of nothing where it can't be read. While it is on its way, this is said.
pub fn piece_view(
    kind: Kind,
    id: &Id,
    make: impl Fn(Option<&'static Piece>) -> Vec<El> + 'static,
) -> Vec<El> {
    let name = kind.name_of(id);
    if text(&name).is_some() {
        return make(known(kind, id));
    }
    // It may come when nobody waits for it any more.
    let state = use_keeper()
        .owner()
        .with(|| RwSignal::new(ChunkState::Awaited));
    let id = id.clone();
    let shown = move || match state.get() {
        ChunkState::Here => untrack(|| make(known(kind, &id))),
        other => {
            if other == ChunkState::Awaited {
                await_arrival(state, fetch(name.clone()), None);
            }
            absent(state, title)
        }
    };
    vec![div().class("parts").dynamic(shown)]
}

/// Returns a piece that has been fetched; nothing where it can't be read. It is read once, and stays as long as the page is open.
pub fn known(kind: Kind, id: &Id) -> Option<&'static Piece> {
    type All = RefCell<Vec<(Kind, Id, &'static Piece)>>;
    thread_local! {
        static READ: All = const { RefCell::new(Vec::new()) };
    }
    READ.with_borrow_mut(|all| {
        let is_it = |(known, of, _): &&(Kind, Id, _)| {
            (known.file, known.is_whole, of) == (kind.file, kind.is_whole, id)
        };
        if let Some((.., piece)) = all.iter().find(is_it) {
            return Some(*piece);
        }
        let read = piece::read(&text(&kind.name_of(id))?, kind.readers)?;
        let read: &'static Piece = Box::leak(Box::new(read));
        all.push((kind, id.clone(), read));
        Some(read)
    })
}

/// Fetches a piece that is likely to be wanted next.
pub fn ahead(kind: Kind, id: &str) {
    let name = format!("{}-{id}", kind.file);
    if text(&name).is_none() {
        spawn_local(async {
            fetch(name).await;
        });
    }
}

fn boot() -> JsValue {
    browser::by_id("boot").map_or(JsValue::UNDEFINED, Into::into)
}

/// Returns the text of a piece that has been fetched.
fn text(name: &str) -> Option<String> {
    js::get(&js::get(&boot(), "pieces"), name).as_string()
}

fn fetch(name: String) -> Pin<Box<dyn Future<Output = bool>>> {
    Box::pin(async move {
        match js::call(&boot(), "piece", &[name.into()]) {
            Ok(asked) => JsFuture::from(Promise::from(asked)).await.is_ok(),
            Err(_) => false,
        }
    })
}
