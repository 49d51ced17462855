//! A ring that fills up: how much of something is done.

use el::{El, svg};

/// Where the circle begins is at its top; its length counts as 100.
const ARC: &str = "M18 3a15 15 0 1 1 0 30a15 15 0 1 1 0-30";

/// A ring with two arcs: what is mastered, and behind it, fainter, what is begun. It says nothing by itself: the words
/// stand beside it.
pub fn ring(done: usize, begun: usize, whole: usize) -> El {
    let arc = |class: &str, part: usize| {
        let percent = part.min(whole) * 100 / whole.max(1);
        (percent > 0).then(|| {
            svg("path")
                .class(class)
                .attr("d", ARC)
                .attr("pathLength", "100")
                .attr("stroke-dasharray", format!("{percent} 100"))
        })
    };
    svg("svg")
        .class("ring")
        .attr("viewBox", "0 0 36 36")
        .attr("width", "36")
        .attr("height", "36")
        .attr("aria-hidden", "true")
        .child(svg("path").class("ring-whole").attr("d", ARC))
        .children(arc("ring-begun", begun))
        .children(arc("ring-done", done))
}
