//! A real registry is read from its server's answers, and any other text is refused without a panic.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

mod examples;
mod formats;
mod laws;

use std::fmt::Write as _;

use console::mlflow_import::ImportedRegistry;
use console::rest::HttpResponse;
use registry::{ModelVersion, RegisteredModel, Registry};

/// What has come in, a model or version a line.
fn models(imported: &ImportedRegistry) -> String {
    let mut out = String::new();
    for model in imported.registry.models() {
        let tags: Vec<String> = model
            .tags()
            .iter()
            .map(|(k, v)| format!("{k}={v}"))
            .collect();
        let aliases: Vec<String> = model
            .aliases()
            .iter()
            .map(|(a, v)| format!("{a}->{v}"))
            .collect();
        writeln!(
            out,
            "{} {}..{} {:?} {tags:?} {aliases:?}",
            model.name(),
            model.created().0,
            model.updated().0,
            model.description().as_str()
        )
        .unwrap();
        for version in model.versions() {
            let number = version.number();
            let tags: Vec<String> = version
                .tags()
                .iter()
                .map(|(k, v)| format!("{k}={v}"))
                .collect();
            writeln!(
                out,
                "  {number} {} {}..{} {:?} {:?} {tags:?}",
                version.stage(),
                version.created().0,
                model.version_updated(number).unwrap().0,
                version.source().as_str(),
                version.description().as_str()
            )
            .unwrap();
        }
    }
    out
}

/// What a search of the simulated server answers: it has the form of the real one's.
fn answers(registry: &Registry) -> String {
    let models: Vec<&RegisteredModel> = registry.models().collect();
    let versions: Vec<(&RegisteredModel, &ModelVersion)> = registry
        .models()
        .flat_map(|model| model.versions().map(move |version| (model, version)))
        .collect();
    format!(
        "{}\n{}",
        HttpResponse::models(&models, None).body,
        HttpResponse::found(&versions, None).body
    )
}
