//! What pages are made of. One file per component; its style is in `style/` under the same name.

pub mod answer;
pub mod beliefs;
pub mod board;
pub mod card;
pub mod choose;
pub mod compare;
pub mod diagram;
pub mod dialogs;
pub mod field;
pub mod history;
pub mod icon;
pub mod lenses;
pub mod live;
pub mod modal;
pub mod move_dialog;
pub mod notices;
pub mod play;
pub mod prose;
pub mod refusal;
pub mod run_lines;
pub mod run_result;
pub mod table;
pub mod traffic;
pub mod version;
