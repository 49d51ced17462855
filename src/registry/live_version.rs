//! What users get now: the answers to an app that asks by stage or by alias, changing as things move.

use crate::session::{RegistryStore, use_language, use_registry};
use crate::ui::icon::{stage_class, stage_mark};
use el::{El, Memo, code, div, el, h2, p, section, span, strong, table, tbody, td, th, thead, tr};
use registry::query::Answer;
use registry::{ModelName, Stage};
use text::Language;
use text::LiveText;

/// A question of an app and its answer.
#[derive(Clone, PartialEq)]
struct Line {
    ask: String,
    gets: String,
    /// Whether the answer is what the app wants: exactly one version.
    clear: bool,
}

/// How many aliases are shown.
const ALIASES: usize = 12;

/// The panel.
pub fn live_now(name: &ModelName) -> El {
    let (language, store) = (use_language(), use_registry());
    let texts = language.live();
    let of = name.clone();
    let live = Memo::new(move || {
        store.read(|registry| {
            let answer = registry.live(&of);
            let gets = match answer {
                Answer::One(_) => texts.big_one.to_owned(),
                _ => line_for(texts, "", answer, Stage::Production).gets,
            };
            (answer.version(), gets)
        })
    });
    let of = name.clone();
    let lines = Memo::new(move || lines(language, store, &of));
    let biggest = move || {
        let (version, gets) = live.get();
        let state = version.map_or("nothing-live", |_| stage_class(Stage::Production));
        let shown = p().class(format!("live-answer {state}")).id("live-answer");
        let shown = match version {
            Some(version) => shown.child(stage_mark(Stage::Production)).child(
                strong()
                    .class("mono")
                    .verbatim()
                    .text(format!("v{version}")),
            ),
            None => shown,
        };
        vec![shown.child(span().text(gets))]
    };
    let rows = move || {
        let lines = lines.get().into_iter();
        lines
            .map(|line| {
                tr().class(if line.clear { "" } else { "unclear" })
                    .child(td().child(code().text(line.ask)))
                    .child(td().text(line.gets))
            })
            .collect()
    };
    let column = |title: &str| th().attr("scope", "col").text(title);
    let answers = table()
        .class("live-table")
        .child(el("caption").class("visually-hidden").text(texts.intro))
        .child(
            thead().child(
                tr().child(column(texts.col_ask))
                    .child(column(texts.col_gets)),
            ),
        )
        .child(tbody().dynamic(rows));
    section()
        .class("panel live-panel")
        .attr("aria-labelledby", "live-title")
        .child(h2().id("live-title").text(texts.title))
        .child(div().dynamic(biggest))
        .child(answers)
}

fn line_for(texts: &LiveText, ask: &str, answer: Answer, stage: Stage) -> Line {
    let gets = match answer {
        Answer::Nothing if stage == Stage::Production => texts.nothing_live.to_owned(),
        Answer::Nothing => texts.nothing(&stage),
        Answer::One(version) => texts.one(&version),
        Answer::Highest { answers, of } => {
            if stage == Stage::Production {
                texts.several(&of, &answers)
            } else {
                texts.several_in(&of, &stage, &answers)
            }
        }
    };
    Line {
        ask: ask.to_owned(),
        gets,
        clear: matches!(answer, Answer::One(_)),
    }
}

fn lines(language: Language, store: RegistryStore, name: &ModelName) -> Vec<Line> {
    let texts = language.live();
    store.read(|registry| {
        let Some(model) = registry.model(name) else {
            return Vec::new();
        };
        let production = model.answer(Stage::Production);
        let mut lines = vec![
            line_for(texts, texts.get_model, production, Stage::Production),
            line_for(
                texts,
                &format!("models:/{name}/Production"),
                production,
                Stage::Production,
            ),
            line_for(
                texts,
                &format!("models:/{name}/Staging"),
                model.answer(Stage::Staging),
                Stage::Staging,
            ),
        ];
        lines.extend(
            model
                .aliases()
                .iter()
                .take(ALIASES)
                .map(|(alias, version)| {
                    line_for(
                        texts,
                        &format!("models:/{name}@{alias}"),
                        Answer::One(*version),
                        Stage::Production,
                    )
                }),
        );
        lines
    })
}
