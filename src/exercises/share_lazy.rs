//! The dialog that gives an exercise out, in a chunk of its own: it packs links and draws them as pictures.

use std::cell::RefCell;

use leptos::prelude::untrack;
use wasm_bindgen_futures::spawn_local;
use wasm_split_helpers::wasm_split;
use web_sys::Element;

use crate::browser;
use crate::exercises::attempt::Work;
use crate::exercises::share_dialog;
use crate::session::chunk::{Missing, now};
use el::{El, div};

thread_local! {
    /// What had the focus when the dialog was asked for.
    static FROM: RefCell<Option<Element>> = const { RefCell::new(None) };
}

#[wasm_split(give_exercise, fallible, preload(fetch_give_exercise))]
fn give_exercise_chunk(work: Work) -> Result<El, Missing> {
    Ok(share_dialog::dialog(work))
}

/// Opens the dialog, once it is here.
pub fn open(work: Work) {
    FROM.replace(browser::focused());
    spawn_local(async move {
        if fetch_give_exercise().await.is_ok() {
            // The page may be gone meanwhile.
            work.sharing.update_if(|sharing| {
                *sharing = true;
                (true, ())
            });
        } else {
            let words = work.language.shell().part_missing;
            work.announcer.announce_failure(words.to_owned());
        }
    });
}

/// Where the dialog stands while it is open. Whoever opened it gets the focus back.
pub fn host(work: Work) -> El {
    div().dynamic(move || {
        if work.sharing.get() {
            return untrack(|| dialog(work).into_iter().collect());
        }
        if let Some(was) = FROM.take() {
            browser::focus_again(was);
        }
        Vec::new()
    })
}

/// The dialog, if it is here.
fn dialog(work: Work) -> Option<El> {
    now(give_exercise_chunk(work))?.ok()
}
