//! `#/tutorials`: what tutorials say about stages and is not so, each to be run under MLflow's rules.

use crate::runner::lines::Lines;
use crate::session::{Sandbox, use_language};
use crate::ui::markdown::prose;
use crate::ui::page::title;
use el::{El, RwSignal, a, div, h2, p, section};
use lesson::own;
use lesson::pack::{Loads, Pack, Step};
use registry::Stage;
use share::route::Route;

/// The page, with all that is run on it.
pub fn claims() -> Vec<El> {
    let texts = use_language().learn();
    let Some(pack) = own::claims() else {
        return vec![p().text(texts.unreadable)];
    };
    let claims = (1..)
        .zip(&pack.claims)
        .filter_map(|(number, it)| claim(pack, number, it));
    let lesson = a()
        .class("button-link")
        .attr("href", Route::Home.to_string())
        .text(texts.missing_way);
    vec![
        div()
            .class("claims")
            .child(title(texts.claims_title))
            .child(p().class("claims-intro").text(texts.claims_intro))
            .children(claims)
            .child(p().child(lesson)),
    ]
}

/// A claim: where it is heard, lines that show what happens, and what is so.
fn claim(pack: &'static Pack, number: usize, claim: &'static Step) -> Option<El> {
    let play = claim.play.as_ref()?;
    let scene = pack.scene(&play.scene)?;
    let heading = format!("claim-{}", claim.id);
    let loads = RwSignal::new(Loads::Stage(Stage::Production));
    let (lines, list) = Sandbox::of_scene(scene).with(|| {
        let lines = Lines::new(pack, play, scene, loads);
        (lines, lines.list())
    });
    let truth = move || match lines.all_ran() {
        true => prose(pack, &claim.after),
        false => Vec::new(),
    };
    let title = h2().id(&heading).text(format!(
        "{number}. {}",
        lesson::markdown::plain(&claim.title)
    ));
    Some(
        section()
            .class("claim")
            .attr("aria-labelledby", heading)
            .child(title)
            .children(prose(pack, &claim.text))
            .child(list)
            .child(
                div()
                    .class("claim-truth")
                    .attr("role", "status")
                    .dynamic(truth),
            ),
    )
}
