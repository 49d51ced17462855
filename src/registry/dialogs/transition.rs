//! The dialog before a move: what will happen, or why it can't, and what instead.

use crate::browser;
use crate::registry::as_code::as_code;
use crate::registry::moves::transition;
use crate::registry::told::told;
use crate::session::{use_dialogs, use_language, use_registry};
use crate::ui::field::{Field, complaint};
use crate::ui::modal::{cancel, modal, submitted};
use crate::ui::refusal::refusal_box;
use el::{
    El, Memo, RwSignal, button, code, dd, div, dl, dt, el, ev, form, h3, input, label, li, p,
    select, span, ul,
};
use registry::preview::Preview;
use registry::query::Answer;
use registry::{Command, FreeText, ModelName, Refusal, RegisteredModel, Stage, VersionNumber};
use text::Language;
use text::explain::{capital, versions};

/// Asks about a move. It begins with the stage `to`, and another one can be chosen.
pub fn move_dialog(name: &ModelName, version: VersionNumber, to: Stage) -> El {
    let to = RwSignal::new(to);
    let (language, store, dialogs) = (use_language(), use_registry(), use_dialogs());
    let texts = language.move_dialog();
    let archive = RwSignal::new(false);
    let comment = RwSignal::new(String::new());
    let refused = RwSignal::new(None::<Refusal>);
    let of = name.clone();
    let from = store.read(|registry| {
        let model = registry.model(name);
        model.and_then(|model| Some(model.version(version)?.stage()))
    });
    let from = from.unwrap_or_else(|| to.get_untracked());
    // Whether others are in that stage that can be archived in the same step.
    let crowded = Memo::new(move || {
        let others = |model: &RegisteredModel| {
            let there = model.in_stage(to.get());
            there.iter().any(|other| *other != version)
        };
        to.get().is_active() && store.read(|registry| registry.model(&of).is_some_and(others))
    });
    let archives = move || archive.get() && crowded.get();
    let of = name.clone();
    let preview = Memo::new(move || {
        let command = transition(&of, version, to.get(), archives());
        store.rules.track();
        store.read(|registry| registry.preview(&store.context(), &command))
    });
    let wrong = Memo::new(move || complaint(language, FreeText::parse(&comment.get())));
    let run = move |commands: Vec<Command>| {
        let Ok(comment) = FreeText::parse(&comment.get_untracked()) else {
            return;
        };
        match store.act_all(&commands, &comment) {
            Ok(()) => {
                dialogs.open.set(None);
                browser::focus_soon(format!("card-{version}"));
            }
            Err(refusal) => refused.set(Some(refusal)),
        }
    };
    let outlook = move || {
        let outlook = refused.get().map_or_else(|| preview.get(), Err);
        vec![match outlook {
            Ok(preview) => effects(language, &preview, version, from, to.get()),
            Err(refusal) => refusal_box(refusal, run),
        }]
    };
    let option = move || archive_option(language, to.get(), archive, refused);
    let note = Field {
        id: "move-comment",
        label: texts.comment,
        hint: texts.comment_hint,
        value: comment,
        wrong,
        multiline: false,
    };
    let submit = button()
        .attr("type", "submit")
        .class("primary")
        .text(move || texts.confirm(&to.get()))
        .attr("disabled", move || {
            preview.with(Result::is_err) || wrong.with(Option::is_some)
        });
    let (name, of_code) = (name.clone(), name.clone());
    let content = form()
        .class("form")
        .child(stage_choice(language, to, refused))
        .dynamic(outlook)
        .dynamic(move || crowded.get().then(&option).into_iter().collect())
        .child(note.view(false))
        .child(as_code(move || {
            let command = transition(&of_code, version, to.get(), archives());
            Some(told(store, command))
        }))
        .child(div().class("actions").child(submit).child(cancel()))
        .on(
            ev::submit,
            submitted(move || {
                if preview.with_untracked(Result::is_ok) {
                    run(vec![transition(
                        &name,
                        version,
                        to.get_untracked(),
                        archive.get_untracked() && crowded.get_untracked(),
                    )]);
                }
            }),
        );
    modal(move || texts.title(&version, &to.get()), content)
}

/// The list of the stages to move to.
fn stage_choice(language: Language, to: RwSignal<Stage>, refused: RwSignal<Option<Refusal>>) -> El {
    let stages = Stage::ALL.map(|stage| {
        el("option")
            .attr("value", stage.as_str())
            .verbatim()
            .text(stage.as_str())
    });
    let choice = select()
        .id("move-to")
        .children(stages)
        .prop("value", move || to.get().as_str().into())
        .on_value(ev::change, move |value| {
            if let Ok(stage) = Stage::parse(&value) {
                refused.set(None);
                to.set(stage);
            }
        });
    let name = label()
        .attr("for", "move-to")
        .text(language.move_dialog().stage);
    div().class("field").child(name).child(choice)
}

/// Whether what is in the stage is archived in the same step.
fn archive_option(
    language: Language,
    to: Stage,
    archive: RwSignal<bool>,
    refused: RwSignal<Option<Refusal>>,
) -> El {
    let texts = language.move_dialog();
    label()
        .class("check")
        .child(
            input()
                .attr("type", "checkbox")
                .prop("checked", move || archive.get().into())
                .on(ev::change, move |_| {
                    refused.set(None);
                    archive.update(|archive| *archive = !*archive);
                }),
        )
        .child(
            span()
                .text(texts.archive_option(&to))
                .child(el("br"))
                .child(code().text(texts.archive_code)),
        )
}

/// An answer to an app, in a few words.
pub fn answer(text: Language, answer: Answer) -> String {
    let texts = text.answers();
    match answer {
        Answer::Nothing => texts.nothing.to_owned(),
        Answer::One(version) => texts.one(&version),
        Answer::Highest { answers, of } => texts.several(&of, &answers),
    }
}

fn effects(
    text: Language,
    preview: &Preview,
    version: VersionNumber,
    from: Stage,
    to: Stage,
) -> El {
    let texts = text.move_dialog();
    let mut sentences = Vec::new();
    sentences.push(if from == to {
        texts.stays(&version, &to)
    } else {
        texts.moves(&version, &from, &to)
    });
    if !preview.archived.is_empty() {
        let shown: Vec<VersionNumber> = preview
            .archived
            .iter()
            .rev()
            .take(5)
            .rev()
            .copied()
            .collect();
        let who = capital(&versions(text, &shown));
        sentences.push(match (preview.archived.len(), shown.len()) {
            (1, _) => texts.archives(&who),
            (all, few) if all == few => texts.archives_many(&who),
            (all, few) => texts.archives_more(&who, &all.saturating_sub(few)),
        });
    }
    let warning = if preview.leaves_nothing_live() {
        Some(texts.warn_nothing.to_owned())
    } else if let Answer::Highest { answers, of } = preview.live_after {
        Some(texts.warn_several(&of, &answers))
    } else {
        None
    };
    let answered = |when: &str, what: Answer| {
        div()
            .child(dt().text(when))
            .child(dd().text(answer(text, what)))
    };
    div()
        .class("effects")
        .child(h3().text(texts.what_happens))
        .child(ul().children(sentences.into_iter().map(|sentence| li().text(sentence))))
        .child(
            dl().class("users")
                .child(answered(texts.users_before, preview.live_before))
                .child(answered(texts.users_after, preview.live_after)),
        )
        .children(warning.map(|warning| p().class("notice").text(warning)))
}
