//! A model made, renamed or described.

use crate::registry::dialogs::form::{Form, field, form_dialog, long_field, open_model};
use crate::session::Session;
use el::{El, RwSignal, p};
use registry::{Command, FreeText, ModelName, RefusalKind, Tags};

pub fn create_model(session: Session) -> El {
    let texts = session.text.forms();
    let name = RwSignal::new(String::new());
    let description = RwSignal::new(String::new());
    let check = move |typed: &str| new_name(session, typed, None);
    form_dialog(
        session,
        Form {
            title: texts.create_model_title.to_owned(),
            submit: texts.create,
            danger: false,
            command: Box::new(move || {
                Some(Command::CreateRegisteredModel {
                    name: new_name(session, &name.get(), None).ok()?,
                    description: FreeText::parse(&description.get()).ok()?,
                    tags: Tags::new(),
                })
            }),
            then: open_model(session, name),
        },
        vec![
            field(
                session,
                "model-name",
                (texts.name, texts.name_hint),
                name,
                check,
            )
            .view(session, true),
            long_field(session, "model-description", texts.description, description)
                .view(session, false),
        ],
    )
}

/// A name that no model has yet (but for the one that may keep it).
fn new_name(
    session: Session,
    name: &str,
    own: Option<&ModelName>,
) -> Result<ModelName, RefusalKind> {
    let name = ModelName::parse(name)?;
    let taken = session.read(|registry| registry.model(&name).is_some());
    if taken && own != Some(&name) {
        return Err(RefusalKind::ModelExists {
            name,
            on_rename: false,
        });
    }
    Ok(name)
}

pub fn rename_model(session: Session, name: ModelName) -> El {
    let texts = session.text.forms();
    let new = RwSignal::new(name.to_string());
    let own = name.clone();
    let check = move |typed: &str| new_name(session, typed, Some(&own));
    let title = texts.rename_title(&name);
    form_dialog(
        session,
        Form {
            title,
            submit: texts.rename,
            danger: false,
            command: Box::new(move || {
                Some(Command::RenameRegisteredModel {
                    new_name: new_name(session, &new.get(), Some(&name)).ok()?,
                    name: name.clone(),
                })
            }),
            then: open_model(session, new),
        },
        vec![
            field(
                session,
                "model-new-name",
                (texts.new_name, texts.name_hint),
                new,
                check,
            )
            .view(session, true),
            p().class("quiet").text(texts.rename_note),
        ],
    )
}

/// Describes a model or a version.
pub fn describe(
    session: Session,
    title: String,
    now: Option<String>,
    command: impl Fn(FreeText) -> Command + 'static,
) -> El {
    let texts = session.text.forms();
    let description = RwSignal::new(now.unwrap_or_default());
    form_dialog(
        session,
        Form {
            title,
            submit: texts.save,
            danger: false,
            command: Box::new(move || FreeText::parse(&description.get()).ok().map(&command)),
            then: Box::new(|| {}),
        },
        vec![
            long_field(
                session,
                "description",
                session.text.version().description,
                description,
            )
            .view(session, true),
        ],
    )
}
