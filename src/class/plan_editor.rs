//! The plan: its name, its parts with minutes and notes, their order, and a link to it.

use crate::browser;
use crate::class::room::Room;
use crate::class::{names, plans};
use crate::session::{use_announcer, use_language};
use class::plan::{Kind, MAX_MINUTES, MAX_NAME, MAX_NOTES};
use class::{Action, Item, What};
use el::{
    El, Memo, RwSignal, action, details, div, el, ev, h3, input, label, li, ol, p, select, span,
    summary, textarea,
};
use lesson::own;
use lesson::pack::Id;
use share::class_plan;
use share::link_codec::in_text;
use share::route::Route;
use text::ClassText;

/// The plan, to be changed.
pub fn editor(room: Room) -> El {
    let texts = use_language().class();
    let count = Memo::new(move || room.presenter.with(|it| it.plan().items.len()));
    let minutes = Memo::new(move || room.presenter.with(|it| it.plan().minutes()));
    let name = Memo::new(move || room.presenter.with(|it| it.plan().name.clone()));
    let total = move || {
        let minutes = usize::try_from(minutes.get()).unwrap_or_default();
        format!("{} · {}", texts.parts(count.get()), texts.minutes(minutes))
    };
    let field = input()
        .attr("type", "text")
        .id("plan-name")
        .attr("maxlength", MAX_NAME.to_string())
        .prop("value", move || name.get().into())
        .on_value(ev::input, move |typed| {
            room.change(|plan| plan.rename(&typed))
        });
    let named = div()
        .class("field")
        .child(label().attr("for", "plan-name").text(texts.plan_name))
        .child(field);
    // What the parts are, without what is typed into their fields: typing makes no row anew.
    let parts = Memo::new(move || {
        let what = |item: &Item| item.what.clone();
        room.presenter
            .with(|it| it.plan().items.iter().map(what).collect::<Vec<_>>())
    });
    let rows = move || {
        let parts = parts.get().into_iter().enumerate();
        parts.map(|(at, what)| row(room, at, &what)).collect()
    };
    details()
        .class("panel class-plan")
        .id("class-plan")
        .child(summary().text(texts.plan))
        .child(kept(room))
        .child(named)
        .child(p().class("quiet").text(total))
        .child(ol().class("plan-rows").dynamic(rows))
        .child(adding(room))
        .child(link(room))
}

/// The plans that are kept: another one is opened, begun or deleted.
fn kept(room: Room) -> El {
    let announcer = use_announcer();
    let texts = use_language().class();
    let plans = room.plans;
    let open = Memo::new(move || {
        let saved = room.presenter.with(|it| it.saved().cloned());
        saved.map_or_else(String::new, |saved| saved.id.to_string())
    });
    let unsaved = Memo::new(move || {
        let name = |it: &class::Presenter| it.saved().is_none().then(|| it.plan().name.clone());
        room.presenter.with(name)
    });
    let option = |value: &str, name: &str| el("option").attr("value", value).text(name);
    let options = move || {
        let unsaved = unsaved.get().map(|name| option("", &name));
        let kept = plans.list.get().into_iter();
        let kept = kept.map(|(id, name)| {
            let name = match name.as_str() {
                "" => texts.plan_without_name,
                name => name,
            };
            option(id.as_str(), name)
        });
        unsaved.into_iter().chain(kept).collect()
    };
    let chosen = select()
        .id("plan-open")
        .dynamic(options)
        .prop("value", move || {
            plans.list.track();
            unsaved.track();
            open.get().into()
        })
        .on_value(ev::change, move |id| {
            let is_read = Id::parse(&id).is_none_or(|id| plans.go_to(&id));
            if !is_read {
                announcer.announce_failure(texts.plan_unreadable.to_owned());
            }
        });
    let copy = action(texts.plan_again, move || {
        let mut plan = room
            .presenter
            .with_untracked(|it| it.plan().without_votes());
        plan.rename(&texts.plan_copy_of(&plan.name));
        plans.begin(plan);
    });
    let empty = action(texts.plan_new, move || {
        plans.begin(class::Plan::new(texts.plan_new_name));
    });
    let own = action(texts.plan_own, move || {
        room.presenter.set(plans::fresh());
    });
    let no_votes = action(texts.votes_forget, move || {
        room.change(|plan| *plan = plan.without_votes());
    })
    .attr("disabled", move || {
        room.presenter
            .with(|it| it.plan().items.iter().all(|item| item.votes.is_none()))
    });
    let delete = action(texts.plan_delete, move || plans.delete())
        .attr("disabled", move || open.get().is_empty());
    let back = move || {
        let name = plans
            .deleted
            .with(|deleted| deleted.as_ref().map(|it| it.name.clone()));
        let back = action(texts.plan_bring_back, move || plans.bring_back());
        p().attr("role", "status")
            .child(span().text(texts.plan_deleted(&name.unwrap_or_default())))
            .child(span().text(" "))
            .child(back)
    };
    div()
        .class("section")
        .child(
            div()
                .class("field")
                .child(label().attr("for", "plan-open").text(texts.plan_open))
                .child(chosen),
        )
        .child(p().class("quiet").text(texts.plan_kept))
        .child(
            div()
                .class("actions")
                .child(copy.id("plan-again"))
                .child(empty)
                .child(own)
                .child(no_votes)
                .child(delete.id("plan-delete")),
        )
        .show(
            move || plans.is_full.get(),
            move || p().class("notice").text(texts.plans_full),
        )
        .show(move || plans.deleted.with(Option::is_some), back)
}

fn row(room: Room, at: usize, what: &What) -> El {
    let texts = use_language().class();
    let name = names::part(texts, what);
    let item = move |read: fn(&Item) -> String| {
        let read = move || room.presenter.with(|it| it.plan().items.get(at).map(read));
        Memo::new(move || read().unwrap_or_default())
    };
    let (minutes, notes) = (
        item(|it| it.minutes.to_string()),
        item(|it| it.notes.clone()),
    );
    let is_now =
        Memo::new(move || room.presenter.with(|it| it.item().map(|(now, _)| now)) == Some(at));
    let go = action(&name, move || room.act(Action::Go(at)))
        .attr("aria-label", texts.go_to(&name))
        .class("plan-go");
    let minutes = input()
        .attr("type", "number")
        .attr("min", "0")
        .attr("max", MAX_MINUTES.to_string())
        .attr("aria-label", texts.minutes_of(&name))
        .class("plan-minutes")
        .prop("value", move || minutes.get().into())
        .on_value(ev::change, move |typed| {
            let minutes = typed.trim().parse().unwrap_or(0);
            room.change(|plan| plan.set_minutes(at, minutes));
        });
    let notes = textarea()
        .attr("rows", "2")
        .attr("maxlength", MAX_NOTES.to_string())
        .attr("aria-label", texts.notes_of(&name))
        .prop("value", move || notes.get().into())
        .on_value(ev::input, move |typed| {
            room.change(|plan| plan.set_notes(at, &typed))
        });
    let shift = |sign: &'static str, said: String, later: bool| {
        action(sign, move || {
            room.change(|plan| {
                plan.shift(at, later);
            });
        })
        .attr("aria-label", said)
    };
    let remove = action("✕", move || room.change(|plan| plan.remove(at)))
        .attr("aria-label", texts.remove(&name));
    li().class("plan-row")
        .attr("aria-current", move || {
            is_now.get().then(|| "step".to_owned())
        })
        .child(go)
        .child(minutes)
        .child(
            div()
                .class("actions plan-moves")
                .child(shift("↑", texts.earlier(&name), false))
                .child(shift("↓", texts.later(&name), true))
                .child(remove),
        )
        .child(notes)
}

/// What there is of a kind, by the text that names it; nothing where it has to be typed.
fn choices(texts: &'static ClassText, kind: Kind) -> Option<Vec<(String, String)>> {
    let named = |id: &str| {
        let name = What::of(kind, id).map(|what| names::part(texts, &what));
        (id.to_owned(), name.unwrap_or_default())
    };
    Some(match kind {
        Kind::Scene => vec![named("start")],
        Kind::Step => own::STEPS.iter().map(|(id, _)| named(id)).collect(),
        Kind::Question => own::QUESTIONS.iter().map(|id| named(id)).collect(),
        Kind::Exercise => own::EXERCISES
            .iter()
            .map(|listed| named(listed.id))
            .collect(),
        Kind::Made | Kind::Registry => return None,
    })
}

/// Adds a part at the end.
fn adding(room: Room) -> El {
    let language = use_language();
    let announcer = use_announcer();
    let texts = language.class();
    let kind = RwSignal::new(Kind::Step);
    let wanted = RwSignal::new(String::new());
    let note = RwSignal::new("");
    let first = move || choices(texts, kind.get_untracked()).and_then(|all| all.into_iter().next());
    wanted.set(first().map(|(id, _)| id).unwrap_or_default());
    let option = |value: &str, name: &str| el("option").attr("value", value).text(name);
    let kinds = Kind::ALL.map(|kind| option(kind.as_str(), names::kind(texts, kind)));
    let kinds = select()
        .id("add-kind")
        .children(kinds)
        .prop("value", move || kind.get().as_str().into())
        .on_value(ev::change, move |value| {
            if let Some(named) = Kind::named(&value) {
                kind.set(named);
                wanted.set(first().map(|(id, _)| id).unwrap_or_default());
                note.set("");
            }
        });
    let which = move || -> Vec<El> {
        let Some(all) = choices(texts, kind.get()) else {
            let hint = match kind.get() {
                Kind::Registry => texts.registry_hint,
                _ => texts.made_hint,
            };
            return vec![
                label().attr("for", "add-what").text(texts.add_what),
                span().class("hint").id("add-hint").text(hint),
                input()
                    .attr("type", "text")
                    .id("add-what")
                    .attr("aria-describedby", "add-hint")
                    .on_value(ev::input, move |typed| wanted.set(typed)),
            ];
        };
        let options = all.iter().map(|(id, name)| option(id, name));
        vec![
            label().attr("for", "add-what").text(texts.add_what),
            select()
                .id("add-what")
                .children(options)
                .on_value(ev::change, move |value| wanted.set(value)),
        ]
    };
    let add = action(texts.add_do, move || {
        let typed = wanted.get_untracked();
        let name = match kind.get_untracked() {
            Kind::Registry => in_text(&typed).to_owned(),
            Kind::Made => typed
                .rsplit('?')
                .next()
                .unwrap_or_default()
                .trim()
                .to_owned(),
            _ => typed,
        };
        let what = What::of(kind.get_untracked(), &name);
        let what = what.filter(|what| !class::stop::stops(&Item::new(what.clone(), 0)).is_empty());
        let Some(what) = what else {
            note.set(texts.add_wrong);
            return;
        };
        let said = names::part(texts, &what);
        let mut is_added = false;
        room.change(|plan| is_added = plan.add(Item::new(what, 5)));
        note.set(if is_added { "" } else { texts.add_full });
        if is_added {
            announcer.announce(said);
        }
    });
    div()
        .class("section plan-add")
        .child(h3().text(texts.add))
        .child(
            div()
                .class("field")
                .child(label().attr("for", "add-kind").text(texts.add_kind))
                .child(kinds),
        )
        .child(div().class("field").dynamic(which))
        .child(div().class("actions").child(add.id("plan-add")))
        .child(
            p().class("field-error")
                .attr("role", "alert")
                .text(move || note.get().to_owned()),
        )
}

/// A link with the whole plan in it.
fn link(room: Room) -> El {
    let announcer = use_announcer();
    let texts = use_language().class();
    let address = move || {
        let text = room
            .presenter
            .with_untracked(|it| class_plan::print(it.plan()));
        text.and_then(|text| browser::short_address(&Route::Shared(text)))
    };
    let copy = action(texts.plan_copy, move || match address() {
        Some(address) => announcer.copy(address),
        None => announcer.announce_failure(texts.plan_too_long.to_owned()),
    });
    div()
        .class("section")
        .child(h3().text(texts.plan_link))
        .child(p().class("quiet").text(texts.plan_in_link))
        .child(div().class("actions").child(copy.id("plan-copy")))
}
