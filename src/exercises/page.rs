//! `#/exercises/<id>` and `#/exercises/new?…`: one exercise.

use crate::exercises::{self, Origin};
use crate::session::Session;
use crate::ui::page::message;
use el::El;
use lesson::own;
use lesson::pack::Id;
use share::route::Route;

/// The page of an exercise of the pack.
pub fn exercise(session: Session, id: &Id) -> Vec<El> {
    let Some(pack) = own::exercises() else {
        return unreadable(session);
    };
    match pack.exercise(id) {
        Some(found) => exercises::exercise(session, pack, found, Origin::Pack),
        None => {
            let texts = session.text.tasks();
            vec![way(session, texts.missing_title, texts.missing_body)]
        }
    }
}

/// The page of an exercise that is made from a recipe.
pub fn new(session: Session, query: &str) -> Vec<El> {
    match own::exercises() {
        Some(pack) => exercises::generated::made(session, pack, query),
        None => unreadable(session),
    }
}

fn unreadable(session: Session) -> Vec<El> {
    let texts = session.text.tasks();
    vec![way(session, texts.unreadable, "")]
}

fn way(session: Session, title: &str, body: &str) -> El {
    let name = session.text.tasks().missing_way;
    message(title, body, &Route::Exercises, name)
}
