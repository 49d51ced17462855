//! `#/class`: the teacher's window: what the projector shows, what comes next, the notes, the clock, the votes, the board.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, PointerEvent};

use crate::browser::{self, js};
use crate::class::room::Room;
use crate::class::view::{projector, small};
use crate::class::votes::votes;
use crate::class::{keys, names, plan_editor, stage};
use crate::session::use_language;
use crate::ui::page::title;
use class::screen::Pointer;
use class::{Action, Presenter};
use el::{
    El, Memo, RwSignal, a, action, dd, details, div, dl, dt, ev, figcaption, figure, h2, li, p,
    section, span, summary, ul,
};
use share::route::{Paper, Route};
use share::site;
use text::ClassText;

/// The page.
pub fn presenter() -> Vec<El> {
    let texts = use_language().class();
    let room = Room::open();
    keys::listen(move |_, action| room.act(action));
    let papers = Paper::ALL.map(|paper| {
        let link = a().attr("href", Route::Paper(paper).to_string());
        li().child(link.text(crate::class::paper::name(paper)))
    });
    let papers = section()
        .class("panel section")
        .attr("aria-labelledby", "paper-title")
        .child(h2().id("paper-title").text(texts.paper))
        .child(ul().class("prose-list").children(papers));
    vec![
        div()
            .class("class-room")
            .child(head(room))
            .child(controls(room))
            .child(settings(room))
            .child(
                div()
                    .class("class-top")
                    .child(screens(room))
                    .child(notes(room))
                    .child(votes(room)),
            )
            .child(stage::stage(room))
            .child(keys_help(texts))
            .child(plan_editor::editor(room))
            .child(papers),
    ]
}

/// The plan, and the projector windows: how many there are, and how one is opened.
fn head(room: Room) -> El {
    let texts = use_language().class();
    let name = Memo::new(move || room.presenter.with(|it| it.plan().name.clone()));
    let address = browser::address(&Route::Audience);
    let is_blocked = RwSignal::new(false);
    let to_open = address.clone();
    let open = action(texts.open, move || {
        let arguments = [
            to_open.as_str().into(),
            "model-stages-audience".into(),
            "popup,width=1024,height=768".into(),
        ];
        let opened = js::call(&window(), "open", &arguments);
        is_blocked.set(!opened.is_ok_and(|opened| opened.is_object()));
    });
    let link = a()
        .attr("href", Route::Audience.to_string())
        .attr("target", "_blank")
        .attr("rel", "opener")
        .class("mono")
        .verbatim()
        .text(&address);
    let is_alone = move || room.windows.get().0 == 0;
    let said = move || match room.windows.get() {
        _ if !room.has_channel() => texts.no_channel.to_owned(),
        (0, _) => texts.no_windows.to_owned(),
        (open, last) => texts.windows(open, &last),
    };
    let by_hand = move || match is_blocked.get() {
        true => texts.open_blocked.to_owned(),
        false => texts.open_by_hand.to_owned(),
    };
    let over = move || {
        let take = action(texts.take_over, move || room.take_over());
        div()
            .class("notice")
            .child(p().text(texts.over))
            .child(take)
    };
    div()
        .class("class-windows")
        .child(title(texts.title))
        .child(
            p().class("quiet class-name")
                .text(move || texts.plan_is(&name.get())),
        )
        .child(
            div()
                .class("actions")
                .child(open.class(("primary", is_alone)).id("open-projector")),
        )
        .child(
            div()
                .class("class-how quiet")
                .child(
                    p().id("projector-windows")
                        .attr("role", "status")
                        .text(said),
                )
                .child(p().child(span().text(by_hand)).text(" ").child(link)),
        )
        .show(move || room.is_over.get(), over)
}

fn button(room: Room, name: &'static str, does: Action) -> El {
    action(name, move || room.act(does))
}

/// Whether a button is on.
fn is_on(room: Room, read: fn(&Presenter) -> bool) -> impl Fn() -> Option<String> {
    let state = Memo::new(move || room.presenter.with(read));
    move || Some(state.get().to_string())
}

/// What the keys of a remote do, as buttons, and the time. They stay in view.
fn controls(room: Room) -> El {
    let texts = use_language().class();
    let back = button(room, texts.back, Action::Back).id("class-back");
    let next = button(room, texts.forward, Action::Next).id("class-next");
    let blank = button(room, texts.to_blank, Action::Blank);
    let freeze = button(room, texts.to_freeze, Action::Freeze);
    div()
        .class("actions class-controls")
        .child(back.attr("aria-keyshortcuts", "PageUp"))
        .child(next.class("primary").attr("aria-keyshortcuts", "PageDown"))
        .child(blank.attr("aria-pressed", is_on(room, Presenter::is_blank)))
        .child(freeze.attr("aria-pressed", is_on(room, Presenter::is_frozen)))
        .child(times(room))
}

/// What else is done by keys, as buttons, and the keys of a remote.
fn settings(room: Room) -> El {
    let texts = use_language().class();
    let start_over = action(texts.start_over, move || {
        room.presenter.update(|presenter| {
            *presenter = presenter.start_over();
        });
    });
    // The address of the code is of no use to phones where it is this machine's own.
    let is_local = site::is_local(&browser::address(&Route::Home));
    let shows_code =
        is_local.then(|| Memo::new(move || room.presenter.with(Presenter::code_shown)));
    let local = move || {
        let shown = shows_code.is_some_and(|shown| shown.get());
        let note = shown.then(|| p().class("quiet").id("class-local").text(texts.local));
        note.into_iter().collect()
    };
    let code = button(room, texts.code, Action::Code);
    div()
        .class("actions class-settings")
        .child(button(room, texts.smaller, Action::Smaller))
        .child(button(room, texts.larger, Action::Larger))
        .child(code.attr("aria-pressed", is_on(room, Presenter::code_shown)))
        .child(button(room, texts.talk, Action::Talk))
        .child(start_over)
        .child(p().class("quiet").id("class-keys").text(texts.key_next))
        .dynamic(local)
}

/// What the projector shows, and what comes next.
fn screens(room: Room) -> El {
    let texts = use_language().class();
    let screen = Memo::new(move || Some(room.presenter.with(Presenter::screen)));
    let state = move || {
        room.presenter
            .with(|it| match (it.is_blank(), it.is_frozen()) {
                (true, _) => texts.blank,
                (false, true) => texts.frozen,
                (false, false) => texts.current,
            })
            .to_owned()
    };
    let point = move |event: &PointerEvent| {
        let pointer = event
            .current_target()
            .and_then(|target| target.dyn_into::<Element>().ok());
        let pointer = pointer.and_then(|frame| place_in(&frame, event));
        room.presenter.update(|presenter| presenter.point(pointer));
    };
    let frame = div()
        .class("class-frame")
        .attr("data-screen", "current")
        .child(projector(screen, room.now).attr("inert", true))
        .on(ev::pointermove, move |event| point(&event))
        .on(ev::pointerleave, move |_| {
            room.presenter.update(|presenter| presenter.point(None));
        });
    let is_apart = Memo::new(move || room.presenter.with(|it| it.is_blank() || it.is_frozen()));
    let hidden = move || {
        let view = Memo::new(move || room.presenter.with(|it| Some(it.current())));
        figure().child(figcaption().text(texts.hidden_now)).child(
            div()
                .class("class-frame")
                .attr("data-screen", "hidden")
                .child(small(view)),
        )
    };
    let next = Memo::new(move || room.presenter.with(Presenter::next));
    div()
        .class("class-screens")
        .child(
            figure()
                .child(figcaption().child(span().attr("role", "status").text(state)))
                .child(frame),
        )
        .show(move || is_apart.get(), hidden)
        .child(
            figure().child(figcaption().text(texts.next)).child(
                div()
                    .class("class-frame")
                    .attr("data-screen", "next")
                    .child(small(next)),
            ),
        )
}

fn place_in(frame: &Element, event: &PointerEvent) -> Option<Pointer> {
    let box_of = frame.get_bounding_client_rect();
    let part = |at: i32, start: f64, length: f64| {
        let thousandths = (f64::from(at) - start) / length * 1_000.0;
        (0.0..=1_000.0)
            .contains(&thousandths)
            .then_some(thousandths as u32)
    };
    Some(Pointer {
        x: part(event.client_x(), box_of.left(), box_of.width())?,
        y: part(event.client_y(), box_of.top(), box_of.height())?,
    })
}

/// The clock, and how much time is left.
fn times(room: Room) -> El {
    let texts = use_language().class();
    let fact = |name: &'static str, id: &str, what: Memo<String>| {
        div()
            .child(dt().text(name))
            .child(dd().id(id).text(move || what.get()))
    };
    let clock = Memo::new(move || browser::clock(room.now.get()));
    let left = Memo::new(move || {
        let now = room.now.get();
        let all = i64::from(room.presenter.with(|it| it.plan().minutes())) * 60_000;
        time(texts, room.presenter.with(|it| it.left(now)).unwrap_or(all))
    });
    let part = Memo::new(move || {
        let now = room.now.get();
        let left = room.presenter.with(|it| it.item_left(now));
        left.map_or_else(|| "–".to_owned(), |left| time(texts, left))
    });
    dl().class("class-times")
        .child(fact(texts.clock, "class-clock", clock))
        .child(fact(texts.left, "class-left", left))
        .child(fact(texts.part_left, "class-part-left", part))
}

/// A time as minutes and seconds.
fn time(texts: &ClassText, milliseconds: i64) -> String {
    let seconds = milliseconds.unsigned_abs() / 1_000;
    let written = format!("{}:{:02}", seconds / 60, seconds % 60);
    match milliseconds < 0 {
        true => texts.over_by(&written),
        false => written,
    }
}

fn notes(room: Room) -> El {
    let texts = use_language().class();
    let notes = Memo::new(move || {
        room.presenter.with(|presenter| {
            let item = presenter.item();
            let (name, notes) = item.map_or_else(Default::default, |(_, item)| {
                (names::part(texts, &item.what), item.notes.clone())
            });
            let notes = Some(notes).filter(|notes| !notes.is_empty());
            (name, notes.unwrap_or_else(|| texts.no_notes.to_owned()))
        })
    });
    section()
        .class("panel class-notes")
        .attr("aria-labelledby", "notes-title")
        .child(h2().id("notes-title").text(texts.notes))
        .child(
            p().class("quiet")
                .text(move || notes.with(|(name, _)| name.clone())),
        )
        .child(
            p().id("class-notes")
                .text(move || notes.with(|(_, notes)| notes.clone())),
        )
}

fn keys_help(texts: &'static ClassText) -> El {
    let lines = [texts.key_blank, texts.key_votes, texts.key_more];
    details()
        .class("panel")
        .child(summary().text(texts.keys))
        .child(
            ul().class("prose-list")
                .children(lines.map(|line| li().text(line))),
        )
}
