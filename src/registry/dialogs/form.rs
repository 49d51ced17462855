//! A dialog with fields, which become a command, or say what is wrong with them.

use leptos::prelude::*;

use crate::registry::as_code::as_code;
use crate::registry::told::told;
use crate::session::{use_announcer, use_dialogs, use_language, use_registry};
use crate::ui::field::{Field, complaint};
use crate::ui::modal::{cancel, modal, submitted};
use crate::ui::refusal::refusal_box;
use el::{El, Memo, RwSignal, button, div, ev, form};
use registry::{Command, FreeText, ModelName, Refusal};
use share::route::Route;

/// What a form needs: its texts, its fields, and how they become a command.
pub struct Form {
    pub title: String,
    pub submit: &'static str,
    pub danger: bool,
    /// The command that the fields say, or nothing while a field is wrong.
    pub command: Box<dyn Fn() -> Option<Command>>,
    /// What to do once it is carried out.
    pub then: Box<dyn Fn()>,
}

/// A dialog around fields, with the refusal of its command above its buttons.
pub fn form_dialog(form_of: Form, fields: Vec<El>) -> El {
    let (store, dialogs) = (use_registry(), use_dialogs());
    let refused = RwSignal::new(None::<Refusal>);
    let Form {
        title,
        submit,
        danger,
        command,
        then,
    } = form_of;
    let command = StoredValue::new_local(command);
    let run = move |commands: Vec<Command>| match store.act_all(&commands, &FreeText::default()) {
        Ok(()) => {
            dialogs.open.set(None);
            then();
        }
        Err(refusal) => refused.set(Some(refusal)),
    };
    // A way out (such as retiring the live version first) is a step of its own: the question stays open after it.
    let take = move |commands: Vec<Command>| {
        refused.set(store.act_all(&commands, &FreeText::default()).err());
    };
    let confirm = button()
        .attr("type", "submit")
        .class(if danger { "danger" } else { "primary" })
        .text(submit)
        .attr("disabled", move || {
            command.with_value(|command| command().is_none())
        });
    let content = form()
        .class("form")
        .children(fields)
        .child(as_code(move || {
            let command = command.with_value(|command| command());
            command.map(|command| told(store, command))
        }))
        .dynamic(move || {
            let refusal = refused.get();
            refusal
                .map(|refusal| refusal_box(refusal, take))
                .into_iter()
                .collect()
        })
        .child(div().class("actions").child(confirm).child(cancel()))
        .on(
            ev::submit,
            submitted(move || {
                if let Some(command) = untrack(|| command.with_value(|command| command())) {
                    run(vec![command]);
                }
            }),
        );
    modal(title, content)
}

/// A field of a dialog.
pub fn field<T, E: Into<Refusal>>(
    id: &'static str,
    (label, hint): (&'static str, &'static str),
    value: RwSignal<String>,
    check: impl Fn(&str) -> Result<T, E> + Send + Sync + 'static,
) -> Field {
    let language = use_language();
    Field {
        id,
        label,
        hint,
        value,
        wrong: Memo::new(move || complaint(language, check(&value.get()))),
        multiline: false,
    }
}

/// A field for a free text of several lines.
pub fn long_field(id: &'static str, label: &'static str, value: RwSignal<String>) -> Field {
    Field {
        multiline: true,
        ..field(id, (label, ""), value, FreeText::parse)
    }
}

/// Opens the page of the model whose name was typed: what to do once it is there.
pub fn open_model(typed: RwSignal<String>) -> Box<dyn Fn()> {
    let announcer = use_announcer();
    Box::new(move || {
        if let Ok(name) = ModelName::parse(&typed.get_untracked()) {
            announcer.go_announced(&Route::Model(name));
        }
    })
}
