//! The scene: an app, the board whose labels it follows, its payments, and what they came to, all in one view.

use crate::registry::refusals;
use crate::registry::traffic::Traffic;
use crate::session::use_language;
use crate::ui::page::announcement_line;
use el::{El, div, h2, p, section};

/// Returns the scene of an app around a board.
pub fn scene(traffic: Traffic, board: El) -> El {
    scene_with(traffic, board, None)
}

/// As [`scene`], with something more below the board.
pub fn scene_with(traffic: Traffic, board: El, below: Option<El>) -> El {
    let texts = use_language().traffic();
    let scene = section()
        .class("scene")
        .attr("aria-labelledby", "scene-title")
        .child(
            h2().class("visually-hidden")
                .id("scene-title")
                .text(texts.scene),
        )
        .child(traffic.app_part())
        .child(
            div()
                .class("scene-board")
                .attr("data-part", "board")
                .child(board),
        )
        .child(
            div()
                .class("scene-below")
                .children(below)
                .child(
                    div()
                        .class("scene-said")
                        .child(announcement_line())
                        .child(p().class("scene-hint").text(texts.hint))
                        .child(div().dynamic(refusals::refusal)),
                )
                .child(
                    div()
                        .class("scene-foot")
                        .child(traffic.payments_part())
                        .child(traffic.counter_part()),
                ),
        );
    traffic.while_in_view(&scene);
    scene
}
