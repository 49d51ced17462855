//! The dialog that copies a version to a model: how MLflow moves a version from one environment to the next when each has
//! a registered model of its own.

use crate::registry::dialogs::form::{Form, field, form_dialog, open_model};
use crate::session::{use_language, use_registry};
use el::{El, RwSignal, p};
use registry::{Command, ModelName, VersionNumber};

/// The dialog.
pub fn copy_version(name: ModelName, version: VersionNumber) -> El {
    let (language, store) = (use_language(), use_registry());
    let texts = language.forms();
    let to = RwSignal::new(String::new());
    let title = texts.copy_title(&version, &name);
    let note = move || {
        let Ok(name) = ModelName::parse(&to.get()) else {
            return String::new();
        };
        let is_there = store.read(|registry| registry.model(&name).is_some());
        if is_there {
            texts.copy_note(&name)
        } else {
            texts.copy_note_new(&name)
        }
    };
    form_dialog(
        Form {
            title,
            submit: texts.copy,
            danger: false,
            command: Box::new(move || {
                Some(Command::CopyModelVersion {
                    name: name.clone(),
                    version,
                    dst_name: ModelName::parse(&to.get()).ok()?,
                })
            }),
            then: open_model(to),
        },
        vec![
            field(
                "copy-to",
                (texts.copy_to, texts.copy_hint),
                to,
                ModelName::parse,
            )
            .view(true),
            p().class("quiet").text(note),
            p().class("quiet").text(texts.copy_rest(&version)),
        ],
    )
}
