//! Pieces of pages that know nothing of the domain.

pub mod field;
pub mod file_field;
pub mod format;
pub mod highlight;
pub mod icon;
pub mod lazy;
pub mod markdown;
pub mod measured;
pub mod menu;
pub mod modal;
pub mod page;
pub mod piece;
pub mod pills;
pub mod refusal;
pub mod ring;
pub mod theme;
pub mod undo_keys;
