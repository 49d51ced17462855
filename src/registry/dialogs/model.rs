//! A model made, renamed or described.

use crate::registry::dialogs::form::{Form, field, form_dialog, long_field, open_model};
use crate::session::{RegistryStore, use_language, use_registry};
use el::{El, RwSignal, p};
use registry::{Command, FreeText, ModelName, RefusalKind, Tags};

pub fn create_model() -> El {
    let (language, store) = (use_language(), use_registry());
    let texts = language.forms();
    let name = RwSignal::new(String::new());
    let description = RwSignal::new(String::new());
    let check = move |typed: &str| new_name(store, typed, None);
    form_dialog(
        Form {
            title: texts.create_model_title.to_owned(),
            submit: texts.create,
            danger: false,
            command: Box::new(move || {
                Some(Command::CreateRegisteredModel {
                    name: new_name(store, &name.get(), None).ok()?,
                    description: FreeText::parse(&description.get()).ok()?,
                    tags: Tags::new(),
                })
            }),
            then: open_model(name),
        },
        vec![
            field("model-name", (texts.name, texts.name_hint), name, check).view(true),
            long_field("model-description", texts.description, description).view(false),
        ],
    )
}

/// A name that no model has yet (but for the one that may keep it).
fn new_name(
    store: RegistryStore,
    name: &str,
    own: Option<&ModelName>,
) -> Result<ModelName, RefusalKind> {
    let name = ModelName::parse(name)?;
    let taken = store.read(|registry| registry.model(&name).is_some());
    if taken && own != Some(&name) {
        return Err(RefusalKind::ModelExists {
            name,
            on_rename: false,
        });
    }
    Ok(name)
}

pub fn rename_model(name: ModelName) -> El {
    let (language, store) = (use_language(), use_registry());
    let texts = language.forms();
    let new = RwSignal::new(name.to_string());
    let own = name.clone();
    let check = move |typed: &str| new_name(store, typed, Some(&own));
    let title = texts.rename_title(&name);
    form_dialog(
        Form {
            title,
            submit: texts.rename,
            danger: false,
            command: Box::new(move || {
                Some(Command::RenameRegisteredModel {
                    new_name: new_name(store, &new.get(), Some(&name)).ok()?,
                    name: name.clone(),
                })
            }),
            then: open_model(new),
        },
        vec![
            field(
                "model-new-name",
                (texts.new_name, texts.name_hint),
                new,
                check,
            )
            .view(true),
            p().class("quiet").text(texts.rename_note),
        ],
    )
}

/// Describes a model or a version.
pub fn describe(
    title: String,
    now: Option<String>,
    command: impl Fn(FreeText) -> Command + 'static,
) -> El {
    let language = use_language();
    let texts = language.forms();
    let description = RwSignal::new(now.unwrap_or_default());
    form_dialog(
        Form {
            title,
            submit: texts.save,
            danger: false,
            command: Box::new(move || FreeText::parse(&description.get()).ok().map(&command)),
            then: Box::new(|| {}),
        },
        vec![long_field("description", language.version().description, description).view(true)],
    )
}
