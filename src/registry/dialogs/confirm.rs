//! What asks once more before something is gone.

use crate::browser;
use crate::registry::dialogs::form::{Form, form_dialog};
use crate::session::Session;
use crate::ui::modal::{cancel, modal, pressed};
use el::{El, action, div, p};
use registry::{Command, Registry, Replacement};
use share::route::Route;

/// Asks whether a command is really meant, and goes on to a page after it.
pub fn confirm(
    session: Session,
    title: String,
    body: &'static str,
    submit: &'static str,
    command: Command,
    after: Option<Route>,
) -> El {
    form_dialog(
        session,
        Form {
            title,
            submit,
            danger: true,
            command: Box::new(move || Some(command.clone())),
            then: Box::new(move || {
                if let Some(route) = &after {
                    session.go_announced(route);
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
    session: Session,
    (title, body, submit): (&str, &'static str, &'static str),
    with: Registry,
    why: Replacement,
) -> El {
    let command = Command::ReplaceRegistry {
        with: with.into(),
        why,
    };
    let after = Some(Route::Registry);
    confirm(session, title.to_owned(), body, submit, command, after)
}

/// Deletes the workspace that is open, and goes back to the learner's own.
pub fn delete_workspace(session: Session) -> El {
    let texts = session.text.workspaces();
    let name = session.workspace_name(&session.workspace.get_untracked());
    let run = move || {
        session.dialog.set(None);
        session.delete_workspace();
        browser::focus_soon("page-title");
    };
    let content = div()
        .class("form")
        .child(p().text(texts.delete_body(&name)))
        .child(
            div()
                .class("actions")
                .child(action(texts.delete, pressed(session, run)).class("danger"))
                .child(cancel(session)),
        );
    modal(session, texts.delete_title(&name), content)
}
