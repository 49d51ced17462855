//! The marks of the stages: four shapes and four colours, always beside the stage's name.

use el::{El, div, span, svg};
use registry::Stage;

/// A tick.
pub const TICK: &str = "M9.200 18.600L2.900 12.300l2.100-2.100 4.200 4.200L19 4.600l2.100 2.100z";
/// A cross.
pub const CROSS: &str = "M5.300 4l6.700 6.700L18.700 4 20 5.300 13.300 12l6.700 6.700-1.300 1.300L12 13.300 5.300 20 4 18.700 10.700 12 4 5.300z";
/// A triangle with an exclamation mark.
pub const WARNING: &str = "M12 2l10 18H2zm-1 6.5v5.5h2V8.500zm0 7.300v2.200h2v-2.200z";

/// The stage's class, which sets its colours.
pub const fn stage_class(stage: Stage) -> &'static str {
    match stage {
        Stage::None => "stage-none",
        Stage::Staging => "stage-staging",
        Stage::Production => "stage-production",
        Stage::Archived => "stage-archived",
    }
}

/// A small picture of one shape, which says nothing by itself.
pub fn icon(class: &str, shape: &str) -> El {
    let path = svg("path")
        .attr("d", shape)
        .attr("fill", "currentColor")
        .attr("fill-rule", "evenodd");
    svg("svg")
        .class(class)
        .attr("viewBox", "0 0 24 24")
        // Where the styles have not arrived, it is as large as the page.
        .attr("width", "24")
        .attr("height", "24")
        .attr("aria-hidden", "true")
        .child(path)
}

/// The mark of a stage: an open circle, a half-filled one, a filled one with a ring, a box.
pub fn stage_mark(stage: Stage) -> El {
    let shape = match stage {
        Stage::None => {
            "M12 4a8 8 0 1 0 0 16a8 8 0 1 0 0-16zm0 2.6a5.4 5.4 0 1 1 0 10.8a5.4 5.4 0 1 1 0-10.8z"
        }
        Stage::Staging => {
            "M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 1 0 0-17zm0 2.4v12.2a6.1 6.1 0 0 1 0-12.2z"
        }
        Stage::Production => {
            "M12 1.5a10.5 10.5 0 1 0 0 21a10.5 10.5 0 1 0 0-21zm0 2.4a8.1 8.1 0 1 1 0 16.2a8.1 8.1 0 1 1 0-16.2zm0 2.6a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11z"
        }
        Stage::Archived => "M3 4h18v5H3zm1.5 6.5h15V20h-15zm4.5 2.3v2.2h6v-2.2z",
    };
    icon("mark", shape)
}

/// The four marks in a row, as the drawing of a page that has nothing on it yet.
pub fn stage_marks() -> El {
    let marks = Stage::ALL.map(|stage| span().class(stage_class(stage)).child(stage_mark(stage)));
    div().class("empty-marks").children(marks)
}

/// The mark and the name of a stage.
pub fn stage_name(stage: Stage) -> El {
    span()
        .class(format!("stage-name {}", stage_class(stage)))
        .verbatim()
        .child(stage_mark(stage))
        .text(stage.as_str())
}
