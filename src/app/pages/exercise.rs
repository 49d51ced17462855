//! `#/exercises/<id>` and `#/exercises/new?…`: one exercise.

use super::title;
use crate::app::dom::{El, div};
use crate::app::state::Session;
use crate::lesson::exercise::wish::Wish;
use crate::lesson::own;
use crate::lesson::pack::Id;

/// The page of an exercise of the pack.
pub fn exercise(session: Session, id: &Id) -> Vec<El> {
    let found = own::exercises().and_then(|pack| pack.exercise(id));
    let texts = session.text.shell();
    let head = found.map_or(texts.not_found_title, |exercise| &exercise.title);
    vec![div().class("reading section").child(title(head))]
}

/// The page of an exercise that is made from a recipe.
pub fn new(session: Session, query: &str) -> Vec<El> {
    let texts = session.text.shell();
    let head = match Wish::parse(query) {
        Some(_) => texts.nav_exercises,
        None => texts.not_found_title,
    };
    vec![div().class("reading section").child(title(head))]
}
