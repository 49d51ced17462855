//! The dialogs of the registry's page, each for what is asked.

pub mod confirm;
pub mod copy_version;
pub mod export;
pub mod form;
pub mod import;
pub mod model;
pub mod note;
pub mod transition;
pub mod version;

use crate::browser;
use crate::registry::dialogs::copy_version::copy_version;
use crate::registry::dialogs::transition::move_dialog;
use crate::session::{Dialog, use_language, use_registry};
use el::{El, div};
use registry::{Command, Registry, Replacement, sample};
use share::route::Route;

use crate::registry::dialogs::confirm::{confirm, delete_workspace, replace};
use crate::registry::dialogs::model::{create_model, describe, rename_model};
use crate::registry::dialogs::note::{add_metric, add_tag, set_alias};
use crate::registry::dialogs::version::add_version;

/// The dialog for what is asked.
pub fn dialog(ask: Dialog) -> El {
    let (language, store) = (use_language(), use_registry());
    let texts = language.forms();
    match ask {
        Dialog::Move { name, version, to } => move_dialog(&name, version, to),
        Dialog::CreateModel => create_model(),
        Dialog::RenameModel(name) => rename_model(name),
        Dialog::DescribeModel(name) => {
            let now = store.read(|registry| {
                registry
                    .model(&name)
                    .map(|model| model.description().to_string())
            });
            let title = texts.describe_title(&name);
            describe(title, now, move |description| {
                Command::UpdateRegisteredModel {
                    name: name.clone(),
                    description,
                }
            })
        }
        Dialog::DescribeVersion(name, version) => {
            let now = store.read(|registry| {
                let version = registry.model(&name)?.version(version)?;
                Some(version.description().to_string())
            });
            let what = language.events().the_version(&name, &version);
            let title = texts.describe_title(&what);
            describe(title, now, move |description| Command::UpdateModelVersion {
                name: name.clone(),
                version,
                description,
            })
        }
        Dialog::DeleteModel(name) => {
            let title = texts.delete_model_title(&name);
            let command = Command::DeleteRegisteredModel { name };
            confirm(
                title,
                texts.delete_model_body,
                texts.delete_model,
                command,
                Some(Route::Registry),
            )
        }
        Dialog::DeleteVersion(name, version) => {
            let title = texts.delete_version_title(&version);
            let command = Command::DeleteModelVersion { name, version };
            confirm(
                title,
                texts.delete_version_body,
                texts.delete_version,
                command,
                None,
            )
        }
        Dialog::CopyVersion(name, version) => copy_version(name, version),
        Dialog::AddVersion(name) => add_version(name),
        Dialog::SetAlias(name, version) => set_alias(name, version),
        Dialog::AddTag(name, version) => add_tag(name, version),
        Dialog::AddMetric(name, version) => add_metric(name, version),
        Dialog::StartEmpty => {
            let words = (texts.empty_title, texts.empty_body, texts.start_empty);
            replace(words, Registry::default(), Replacement::Emptied)
        }
        Dialog::ResetSample => {
            let (log, _) = sample::sample(browser::now());
            let words = (texts.sample_title, texts.sample_body, texts.reset_sample);
            let with = log.registry().clone();
            replace(words, with, Replacement::Sample)
        }
        Dialog::DeleteWorkspace => delete_workspace(),
        // These are another part's.
        Dialog::Data(_) => div(),
        Dialog::Export => export::export(),
        Dialog::MlflowImport => import::mlflow_import(),
    }
}
