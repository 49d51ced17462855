//! The pages of the registry, their pieces and dialogs.

pub mod as_code;
pub mod board;
pub mod card;
mod code_lazy;
pub mod code_shown;
pub mod compare;
pub mod diagram;
pub mod diagram_lazy;
pub mod dialog_host;
pub mod dialogs;
pub mod drag;
pub mod history;
pub mod lazy;
pub mod live_version;
pub mod model;
mod model_lazy;
pub mod moves;
pub mod overview;
pub mod panel_lazy;
pub mod refusals;
mod refused_move;
pub mod rules_switch;
pub mod scene;
pub mod table;
pub mod told;
pub mod traffic;
pub mod version_panel;
