//! What a run came to, in words.

use lesson::run::{Failure, Loaded, Played};
use registry::Registry;
use text::explain::explain;
use text::{Language, narrate};

/// What a run came to, in words.
pub fn outcome(text: Language, played: &Played) -> String {
    let texts = text.play();
    match (&played.failure, &played.loaded) {
        (Some(failure), _) => failed(text, failure),
        (None, _) if !played.printed.is_empty() => played.printed.clone(),
        (None, Some(loaded)) => loaded_words(text, played.registry(), played, loaded),
        (None, None) => played.log.done().last().map_or_else(
            || texts.ran.to_owned(),
            |entry| narrate::narrate(text, entry),
        ),
    }
}

/// Why a run ended early, in words.
fn failed(text: Language, failure: &Failure) -> String {
    match failure {
        Failure::Refused(refusal) => {
            let words = explain(text, refusal);
            let said = words
                .mlflow_says
                .map_or_else(String::new, |said| format!(" ({said})"));
            format!("{}. {}{said}", words.rule, words.why)
        }
        Failure::Unread { diagnostic, .. } => text::diagnostic::diagnostic(text, &diagnostic.kind),
    }
}

fn loaded_words(text: Language, registry: &Registry, played: &Played, loaded: &Loaded) -> String {
    let texts = text.play();
    let Some(version) = loaded.version else {
        return texts.file_nowhere.to_owned();
    };
    let source = registry
        .model(&played.model)
        .and_then(|model| model.version(version))
        .map_or_else(String::new, |version| version.source().to_string());
    texts.loads(&version, &source)
}
