//! The app without a network, as one file, and in a learning platform: what is kept, and what is said of it.

use leptos::prelude::*;
use wasm_bindgen::JsValue;

use crate::browser::{self, js, offline};
use crate::session::saving::Saving;
use crate::session::{use_keeper, use_language, use_learner, use_router};
use el::{El, RwSignal, action, div, h2, p, section};
use lesson::own;
use lesson::progress::Progress;
use share::course::{self, Told};
use share::route::Route;

/// What has to be said above the page: that a new version is here, or that a learning platform does not keep what is done.
pub fn notice() -> Vec<El> {
    if let Some(platform) = offline::platform() {
        return vec![in_platform(platform)];
    }
    vec![new_version()]
}

/// The section that says whether the app opens without a network, and where what is done is kept.
pub fn card() -> El {
    let texts = use_language().offline();
    let kept = offline::kept();
    let sentences = move || match kept.get().as_str() {
        _ if offline::platform().is_some() => vec![texts.platform],
        _ if offline::is_file() => vec![texts.file, texts.file_shared],
        "ready" | "new" => vec![texts.ready, texts.ready_python],
        "failed" => vec![texts.failed],
        _ if offline::is_possible() => vec![texts.preparing],
        _ => vec![texts.not_here],
    };
    section()
        .class("section offline-card")
        .child(h2().id("offline-title").text(texts.title))
        .child(
            div()
                .id("offline")
                .attr("role", "status")
                .dynamic(move || sentences().into_iter().map(|text| p().text(text)).collect()),
        )
}

fn new_version() -> El {
    let (language, keeper) = (use_language(), use_keeper());
    let (texts, shell) = (language.offline(), language.shell());
    let is_put_away = RwSignal::new(false);
    let saved = move || {
        let is_loud = keeper.saving.with(Saving::is_loud);
        if is_loud {
            texts.older_unsaved
        } else {
            texts.older_saved
        }
        .to_owned()
    };
    div().dynamic(move || {
        if is_put_away.get() {
            return Vec::new();
        }
        let words = div()
            .child(h2().text(shell.new_version))
            .child(p().text(texts.older_goes_on))
            .child(p().text(saved));
        let ways = div()
            .class("actions")
            .child(action(shell.reload, offline::renew).class("primary"))
            .child(action(texts.later, move || is_put_away.set(true)));
        let notice = div().class("notice").child(words).child(ways);
        vec![
            div()
                .class("notices")
                .id("new-version")
                .attr("role", "status")
                .child(notice),
        ]
    })
}

/// Takes up what the platform has kept, tells it everything from now on, and says what it does not keep.
fn in_platform(platform: JsValue) -> El {
    let (language, learner, router) = (use_language(), use_learner(), use_router());
    let texts = language.offline();
    let of = |name: &str| js::get(&platform, name).as_string().unwrap_or_default();
    let (data, place) = (of("data"), of("place"));
    let read = course::kept(&data);
    let is_damaged = read.is_err() && !data.is_empty();
    let (taken, left_out) = (RwSignal::new(true), RwSignal::new(0));
    if let Ok(progress) = read {
        learner.learned(|known| known.merge(&progress));
    }
    if !place.is_empty() && router.route.get_untracked() == Route::parse("") {
        browser::go_instead(&Route::parse(&place));
    }
    let steps: Vec<&str> = own::STEPS.iter().map(|(id, _)| *id).collect();
    Effect::new(move || {
        let route = router.route.get();
        let told = learner
            .progress
            .with(|progress| course::told(progress, &route, &steps, own::QUESTIONS));
        // What could not be read stays there until there is something to put in its place.
        if is_damaged && learner.progress.with(Progress::is_empty) {
            return;
        }
        taken.set(tell(&platform, &told));
        left_out.set(told.left_out);
    });
    let begins = is_damaged.then_some(texts.platform_damaged);
    div()
        .id("platform")
        .attr("role", "status")
        .dynamic(move || {
            let mut said: Vec<String> = begins.iter().map(|&text| text.to_owned()).collect();
            if !offline::is_connected() {
                said.push(texts.platform_missing.to_owned());
            } else if !taken.get() {
                said.push(texts.platform_refused.to_owned());
            } else if left_out.get() > 0 {
                said.push(texts.platform_left_out(left_out.get()));
            }
            if said.is_empty() {
                return Vec::new();
            }
            let words = said.into_iter().map(|text| p().text(text));
            vec![
                div()
                    .class("notices")
                    .child(div().class("notice").child(div().children(words))),
            ]
        })
}

/// Tells the platform, and returns whether it has taken all of it.
fn tell(platform: &JsValue, told: &Told) -> bool {
    let pairs: js_sys::Array = told
        .elements
        .iter()
        .map(|(name, value)| js_sys::Array::of2(&(*name).into(), &value.as_str().into()))
        .collect();
    js::call(platform, "tell", &[pairs.into()]).is_ok_and(|taken| taken.is_truthy())
}
