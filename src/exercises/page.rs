//! `#/exercises/<id>` and `#/exercises/new?…`: one exercise.

use crate::exercises::{self, Origin};
use crate::session::use_language;
use crate::ui::page::message;
use crate::ui::piece::{EXERCISE, piece_view};
use el::El;
use lesson::own;
use lesson::pack::Id;
use lesson::piece::Piece;
use share::route::Route;

/// The page of an exercise of the pack.
pub fn exercise(id: &Id) -> Vec<El> {
    if own::listed(id.as_str()).is_none() {
        let texts = use_language().tasks();
        return vec![way(texts.missing_title, texts.missing_body)];
    }
    let wanted = id.clone();
    piece_view(EXERCISE, id, move |piece| {
        let found = piece.and_then(|Piece { pack, .. }| Some((pack, pack.exercise(&wanted)?)));
        found.map_or_else(
            || vec![unreadable()],
            |(pack, found)| exercises::exercise(pack, found, Origin::Pack),
        )
    })
}

/// The page of an exercise that is made from a recipe.
pub fn new(query: &str) -> Vec<El> {
    match own::made() {
        Some(pack) => exercises::generated::made(pack, query),
        None => vec![unreadable()],
    }
}

fn unreadable() -> El {
    way(use_language().tasks().unreadable, "")
}

fn way(title: &str, body: &str) -> El {
    let name = use_language().tasks().missing_way;
    message(title, body, &Route::Exercises, name)
}
