//! A lesson in front of a class: the teacher's window, the projector's, and what is printed.

pub mod audience;
pub mod channel;
pub mod keys;
pub mod lazy;
pub mod names;
pub mod paper;
pub mod plan_editor;
pub mod plans;
pub mod presenter;
pub mod room;
pub mod shared;
pub mod stage;
pub mod view;
pub mod votes;
