//! `#/exercises/<id>` and `#/exercises/new?…`: one exercise.

use crate::exercises::{self, Origin};
use crate::session::use_language;
use crate::ui::page::message;
use el::El;
use lesson::own;
use lesson::pack::Id;
use share::route::Route;

/// The page of an exercise of the pack.
pub fn exercise(id: &Id) -> Vec<El> {
    let language = use_language();
    let Some(pack) = own::exercises() else {
        return unreadable();
    };
    match pack.exercise(id) {
        Some(found) => exercises::exercise(pack, found, Origin::Pack),
        None => {
            let texts = language.tasks();
            vec![way(texts.missing_title, texts.missing_body)]
        }
    }
}

/// The page of an exercise that is made from a recipe.
pub fn new(query: &str) -> Vec<El> {
    match own::exercises() {
        Some(pack) => exercises::generated::made(pack, query),
        None => unreadable(),
    }
}

fn unreadable() -> Vec<El> {
    let texts = use_language().tasks();
    vec![way(texts.unreadable, "")]
}

fn way(title: &str, body: &str) -> El {
    let name = use_language().tasks().missing_way;
    message(title, body, &Route::Exercises, name)
}
