//! A picture of the start page's scene, for the first view: the app, the board and some payments, in HTML and SVG without a
//! script. Made from the scene itself.

use lesson::own;
use lesson::pack::{Loads, Scene};
use lesson::run::Played;
use lesson::traffic::{App, Payments, Scored, Verdict, loaded};
use registry::{ModelVersion, RegisteredModel, Stage};
use text::Language;

use eyre::{OptionExt, Result};

use crate::html::escaped;

/// How many payments are drawn. What does not fit is cut off.
const PAYMENTS: usize = 11;

/// Returns the picture.
pub fn html() -> Result<String> {
    let scene = own::start().ok_or_eyre("The scene of the start page can't be read.")?;
    let played = Played::new(scene, None);
    let registry = played.registry();
    let model = registry
        .model(&scene.model)
        .ok_or_eyre("The scene of the start page has no model.")?;
    let asks = Loads::Stage(Stage::Production);
    let app = app(scene, &version(loaded(registry, &scene.model, &asks)));
    let columns: String = Stage::ALL.map(|stage| column(model, stage)).concat();
    let mut at_work = App::default();
    at_work.reload(registry, &scene.model, &asks);
    let payments: String = Payments::new(Payments::SHOWN)
        .take(PAYMENTS)
        .map(|payment| payment_html(&at_work.pay(payment)))
        .collect();
    let says = escaped(Language::English.start().picture);
    Ok(format!(
        "<div class=\"picture\" role=\"img\" aria-label=\"{says}\"><div class=\"picture-top\">{app}\
         <div class=\"picture-board\">{columns}</div></div><div class=\"picture-payments\">{payments}</div></div>"
    ))
}

fn version(number: Option<impl std::fmt::Display>) -> String {
    number.map_or_else(String::new, |number| format!("v{number}"))
}

fn app(scene: &Scene, loaded: &str) -> String {
    let texts = Language::English.start();
    let (name, word) = (escaped(texts.app), escaped(texts.loaded));
    let model = escaped(scene.model.as_str());
    format!(
        "<div class=\"picture-app\"><p>{name}</p><pre><code>model = load_model(\n  \"models:/{model}/Production\")</code></pre>\
         <p>{word} <b class=\"picture-loaded\">{loaded}</b></p></div>"
    )
}

fn column(model: &RegisteredModel, stage: Stage) -> String {
    let there = model.in_stage(stage);
    let cards: String = there
        .iter()
        .rev()
        .filter_map(|number| Some(card(model.version(*number)?, stage)))
        .collect();
    let cards = if cards.is_empty() {
        format!("<p>{}</p>", escaped(Language::English.start().empty))
    } else {
        cards
    };
    let (name, count) = (stage.as_str(), there.len());
    let class = name.to_lowercase();
    let mark = mark(stage);
    format!(
        "<div class=\"picture-column stage-{class}\"><p class=\"picture-stage\">{mark}<b>{name}</b><span>{count}</span></p>{cards}</div>"
    )
}

fn card(version: &ModelVersion, stage: Stage) -> String {
    let number = version.number();
    let serves = if stage == Stage::Production {
        let word = escaped(Language::English.start().serves);
        format!("<span class=\"picture-serves\">{word}</span>")
    } else {
        String::new()
    };
    let metrics = version.metrics().iter().filter_map(|(name, value)| {
        let (name, width) = (escaped(name.as_str()), value.thousandths()? / 10);
        Some(format!(
            "<span class=\"picture-metric\">{name}<svg viewBox=\"0 0 100 8\" preserveAspectRatio=\"none\">\
             <path d=\"M0 0h100v8H0z\" opacity=\".2\"/><path d=\"M0 0h{width}v8H0z\"/></svg></span>"
        ))
    });
    let metrics: String = metrics.collect();
    format!("<div class=\"picture-card\"><p><b>v{number}</b>{serves}</p>{metrics}</div>")
}

/// The mark of a stage, as the app has it (`src/ui/icon.rs`).
fn mark(stage: Stage) -> String {
    let inside = match stage {
        Stage::None => "",
        Stage::Staging => "<path d=\"M12 5a7 7 0 0 0 0 14z\" fill=\"currentColor\"/>",
        Stage::Production => "<circle cx=\"12\" cy=\"12\" r=\"5\" fill=\"currentColor\"/>",
        Stage::Archived => "<path d=\"M4 10h16M10 14h4\"/>",
    };
    let outside = match stage {
        Stage::Archived => "<path d=\"M4 5h16v14H4z\"/>",
        _ => "<circle cx=\"12\" cy=\"12\" r=\"9\"/>",
    };
    format!(
        "<svg class=\"mark\" viewBox=\"0 0 24 24\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2.5\">{outside}{inside}</svg>"
    )
}

fn payment_html(scored: &Scored) -> String {
    let texts = Language::English.traffic();
    let (class, words) = match scored.verdict {
        Verdict::Passed => ("passed", texts.passed),
        Verdict::Caught => ("caught", texts.caught),
        Verdict::Missed => ("missed", texts.missed),
        Verdict::FalseAlarm => ("alarm", texts.false_alarm),
        Verdict::NoModel => ("missed", texts.no_model),
    };
    let (amount, words) = (scored.payment.amount, escaped(words));
    let (euros, cents) = (amount / 100, amount % 100);
    format!("<p class=\"picture-payment {class}\"><b>{euros}.{cents:02} €</b>{words}</p>")
}
