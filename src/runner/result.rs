//! What a run came to: the refusal or what was done, and the board after it.

use crate::session::use_language;
use crate::ui::icon::{stage_class, stage_name};
use el::{El, div, li, p, strong, ul};
use lesson::piece::{Board, board};
use lesson::run::Played;
use registry::Stage;
use text::Language;

/// What a run came to, also in words.
pub struct Ran {
    pub played: Played,
    pub words: String,
}

/// What a run came to.
pub fn run_result(ran: &Ran) -> El {
    let language = use_language();
    let texts = language.practice();
    let played = &ran.played;
    let (word, class) = match played.failure {
        Some(_) => (texts.refused, "run-result failed"),
        None => (texts.accepted, "run-result"),
    };
    div()
        .class(class)
        .child(
            p().child(strong().text(format!("{word} ")))
                .text(&ran.words),
        )
        .child(mini_board(
            language,
            &board(played.registry(), &played.model),
        ))
}

/// A board to look at: each stage with its versions and aliases.
pub fn mini_board(text: Language, board: &Board) -> El {
    let texts = text.practice();
    let stages = Stage::ALL.into_iter().zip(board).map(|(stage, there)| {
        let there = if there.is_empty() {
            texts.nothing_there.to_owned()
        } else {
            there.join(", ")
        };
        li().class(stage_class(stage))
            .child(p().child(stage_name(stage)))
            .child(p().class("mono").text(there))
    });
    ul().class("mini").children(stages)
}
