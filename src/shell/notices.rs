//! What has to be said about the saved data: what was set aside can be downloaded, and the notice put away.

use crate::browser;
use crate::session::Session;
use el::{El, a, action, div, p};
use share::route::Route;
use storage::Notice;
use text::notice::notice;

/// The notices, above the page.
pub fn notices(session: Session) -> El {
    div().dynamic(move || {
        let notices = session.notices.get();
        if notices.is_empty() {
            return Vec::new();
        }
        let rows = notices.into_iter().map(|notice| row(session, notice));
        vec![div().class("notices").attr("role", "status").children(rows)]
    })
}

fn row(session: Session, shown: Notice) -> El {
    let texts = session.text.notices();
    let sentence = notice(session.text, &shown);
    let key = match &shown {
        Notice::SetAside { key, .. } => Some(key.clone()),
        _ => None,
    };
    let download = key.map(|key| {
        action(texts.download, move || {
            if let Some(text) = session.set_aside(&key) {
                browser::download("model-stages-set-aside.txt", &text);
            }
        })
    });
    let way = (shown == Notice::OldStore).then(|| {
        a().attr("href", Route::Progress.to_string())
            .text(texts.old_store_way)
    });
    let dismiss = action(texts.dismiss, move || {
        session
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
