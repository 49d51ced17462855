//! What asks once more before something is gone.

use crate::browser;
use crate::registry::dialogs::form::{Form, form_dialog};
use crate::session::{use_announcer, use_dialogs, use_language, use_workspaces};
use crate::ui::modal::{cancel, modal, pressed};
use el::{El, action, div, p};
use registry::{Command, Registry, Replacement};
use share::route::Route;

/// Asks whether a command is really meant, and goes on to a page after it.
pub fn confirm(
    title: String,
    body: &'static str,
    submit: &'static str,
    command: Command,
    after: Option<Route>,
) -> El {
    let announcer = use_announcer();
    form_dialog(
        Form {
            title,
            submit,
            danger: true,
            command: Box::new(move || Some(command.clone())),
            then: Box::new(move || {
                if let Some(route) = &after {
                    announcer.go_announced(route);
                } else {
                    browser::focus_soon("page-title");
                }
            }),
        },
        vec![p().text(body)],
    )
}

/// Puts another registry in the place of this one. The words are the title, the body and the button.
pub fn replace(
    (title, body, submit): (&str, &'static str, &'static str),
    with: Registry,
    why: Replacement,
) -> El {
    let command = Command::ReplaceRegistry {
        with: with.into(),
        why,
    };
    let after = Some(Route::Registry);
    confirm(title.to_owned(), body, submit, command, after)
}

/// Deletes the workspace that is open, and goes back to the learner's own.
pub fn delete_workspace() -> El {
    let (dialogs, workspaces) = (use_dialogs(), use_workspaces());
    let texts = use_language().workspaces();
    let name = workspaces.name(&workspaces.current.get_untracked());
    let run = move || {
        dialogs.open.set(None);
        workspaces.delete_current();
        browser::focus_soon("page-title");
    };
    let content = div()
        .class("form")
        .child(p().text(texts.delete_body(&name)))
        .child(
            div()
                .class("actions")
                .child(action(texts.delete, pressed(run)).class("danger"))
                .child(cancel()),
        );
    modal(texts.delete_title(&name), content)
}
