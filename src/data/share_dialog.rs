//! The registry that is open goes out: as a link, as a picture of the link, as a file, as text.

use crate::browser;
use crate::session::{use_announcer, use_dialogs, use_language, use_workspaces};
use crate::ui::modal::{modal, part};
use el::{El, action, details, div, input, label, p, pre, summary, svg};
use registry::FreeText;
use share::{QrCode, file, table};
use storage::WorkspaceSnapshot;
use text::plain::plain;

/// How much light there is around a code, in squares: cameras need it.
const QUIET: usize = 4;

/// The dialog.
pub fn share() -> El {
    let (language, dialogs, workspaces) = (use_language(), use_dialogs(), use_workspaces());
    let texts = language.share();
    let id = workspaces.current.get_untracked();
    let name = workspaces.name(&id);
    let content = div().class("form");
    let content = match workspaces.snapshot(&id) {
        Ok(snapshot) => content
            .child(link(&snapshot))
            .child(files(&snapshot, &name))
            .child(text(&snapshot, &name)),
        Err(_) => content.child(p().text(language.data().unreadable)),
    };
    let close = action(language.shell().close, move || dialogs.open.set(None));
    let content = content.child(div().class("actions").child(close));
    modal(texts.title.to_owned(), content)
}

fn link(snapshot: &WorkspaceSnapshot) -> El {
    let workspaces = use_workspaces();
    let texts = use_language().share();
    let part = part(texts.link);
    match workspaces.link(snapshot) {
        Some(address) => given(part, "share-link", texts.link_intro, address, true),
        None => part.child(p().id("share-long").text(texts.link_long)),
    }
}

/// An address that is given out: to be copied, and as a picture where a camera can read it. `id` is unique on the page; the
/// address that most people want is the `first`.
pub fn given(part: El, id: &str, intro: &str, address: String, first: bool) -> El {
    let announcer = use_announcer();
    let texts = use_language().share();
    let qr = match QrCode::of(&address) {
        Some(qr) => details()
            .class("share-square")
            .child(summary().text(texts.qr))
            .child(picture(&qr, texts.qr_alt)),
        None => p().class("quiet").text(texts.square_long),
    };
    let field = input()
        .attr("type", "text")
        .attr("readonly", "")
        .attr("value", &address)
        .id(id)
        .class("mono share-link");
    let copy = action(texts.copy_link, move || announcer.copy(address.clone()));
    let copy = if first { copy.class("primary") } else { copy };
    part.child(p().class("quiet").text(intro))
        .child(
            div()
                .class("field")
                .child(label().attr("for", id).text(texts.link_field))
                .child(field),
        )
        .child(div().class("actions").child(copy))
        .child(qr)
}

/// A code, dark on light in every theme: cameras want it so.
pub fn picture(qr: &QrCode, name: &str) -> El {
    let side = qr.side + 2 * QUIET;
    let shape = |name: &str, fill: &str| svg(name).attr("fill", fill);
    svg("svg")
        .class("square")
        .attr("viewBox", format!("-{QUIET} -{QUIET} {side} {side}"))
        .attr("role", "img")
        .attr("aria-label", name)
        .attr("shape-rendering", "crispEdges")
        .child(
            shape("rect", "white")
                .attr("x", format!("-{QUIET}"))
                .attr("y", format!("-{QUIET}"))
                .attr("width", side.to_string())
                .attr("height", side.to_string()),
        )
        .child(shape("path", "black").attr("d", qr.path()))
}

fn files(snapshot: &WorkspaceSnapshot, name: &str) -> El {
    let texts = use_language().share();
    let named = WorkspaceSnapshot {
        name: FreeText::parse(name).unwrap_or_default(),
        ..snapshot.clone()
    };
    let csv = table::table(snapshot.log.registry());
    let json = action(texts.json, move || {
        browser::download("model-stages-registry.json", &file::print_one(&named));
    });
    let csv = action(texts.csv, move || {
        browser::download("model-stages-registry.csv", &csv);
    });
    part(texts.file)
        .child(p().class("quiet").text(texts.file_intro))
        .child(div().class("actions").child(json).child(csv))
}

fn text(snapshot: &WorkspaceSnapshot, name: &str) -> El {
    let (language, announcer) = (use_language(), use_announcer());
    let texts = language.share();
    let text = plain(language, name, &snapshot.log, &browser::date);
    let shown = pre()
        .class("share-text")
        .id("share-text")
        .attr("tabindex", "0")
        .attr("role", "group")
        .attr("aria-label", texts.text_label)
        .text(&text);
    let copy = action(texts.copy_text, move || announcer.copy(text.clone()));
    part(texts.text)
        .child(p().class("quiet").text(texts.text_intro))
        .child(shown)
        .child(div().class("actions").child(copy))
}
