//! What has to be said about the saved data: what was set aside can be downloaded, and the notice put away.

use crate::browser;
use crate::session::{use_keeper, use_language};
use el::{El, a, action, div, p};
use share::route::Route;
use storage::Notice;
use text::notice::notice;

/// The notices, above the page.
pub fn notices() -> El {
    let keeper = use_keeper();
    div().dynamic(move || {
        let notices = keeper.notices.get();
        if notices.is_empty() {
            return Vec::new();
        }
        let rows = notices.into_iter().map(row);
        vec![div().class("notices").attr("role", "status").children(rows)]
    })
}

fn row(shown: Notice) -> El {
    let (language, keeper) = (use_language(), use_keeper());
    let texts = language.notices();
    let sentence = notice(language, &shown);
    let key = match &shown {
        Notice::SetAside { key, .. } => Some(key.clone()),
        _ => None,
    };
    let download = key.map(|key| {
        action(texts.download, move || {
            if let Some(text) = keeper.set_aside(&key) {
                browser::download("model-stages-set-aside.txt", &text);
            }
        })
    });
    let way = (shown == Notice::OldStore).then(|| {
        a().attr("href", Route::Settings.to_string())
            .text(texts.old_store_way)
    });
    let dismiss = action(texts.dismiss, move || {
        keeper
            .notices
            .update(|notices| notices.retain(|notice| *notice != shown));
    });
    div().class("notice").child(p().text(sentence)).child(
        div()
            .class("actions")
            .children(download)
            .children(way)
            .child(dismiss),
    )
}
