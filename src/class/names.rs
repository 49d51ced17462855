//! What the parts of a plan are called.

use class::What;
use class::plan::Kind;
use lesson::own;
use text::ClassText;

/// Returns what a kind of parts is called.
pub const fn kind(texts: &'static ClassText, kind: Kind) -> &'static str {
    match kind {
        Kind::Scene => texts.kind_scene,
        Kind::Step => texts.kind_step,
        Kind::Question => texts.kind_question,
        Kind::Exercise => texts.kind_exercise,
        Kind::Made => texts.kind_made,
        Kind::Registry => texts.kind_registry,
    }
}

/// Returns what a part is called.
pub fn part(texts: &'static ClassText, what: &What) -> String {
    let name = match what {
        What::Scene(id) if id.as_str() == "start" => Some(texts.scene_start.to_owned()),
        What::Step(id) => own::step_title(id.as_str()).map(str::to_owned),
        What::Question(id) => class::stop::question(id).map(|question| {
            let asked = lesson::markdown::plain(&question.ask);
            let mut words: String = asked.chars().take(60).collect();
            if words.len() < asked.len() {
                words.push('…');
            }
            words
        }),
        What::Exercise(id) => own::listed(id.as_str()).map(|listed| listed.title.to_owned()),
        What::Registry(_) => Some(String::new()),
        What::Scene(_) | What::Made(_) => None,
    };
    let (of, id) = what.parts();
    let name = name.unwrap_or_else(|| id.to_owned());
    match name.as_str() {
        "" => kind(texts, of).to_owned(),
        name => format!("{}: {name}", kind(texts, of)),
    }
}
