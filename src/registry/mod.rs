//! The pages of the registry, their pieces and dialogs.

pub mod as_code;
pub mod board;
pub mod card;
pub mod compare;
pub mod diagram;
pub mod dialog_host;
pub mod dialogs;
pub mod drag;
pub mod history;
pub mod lazy;
pub mod live_version;
pub mod menu;
pub mod model;
pub mod moves;
pub mod overview;
pub mod refusals;
mod refused_move;
pub mod rules_switch;
pub mod scene;
pub mod table;
pub mod traffic;
pub mod version_panel;
