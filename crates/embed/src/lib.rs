//! A piece of the app in a frame of somebody's page.
//!
//! ```text
//! #/embed/question/one-call-swap?theme=dark ─▶ Frame { view, options }     what the frame shows, and how
//! host ─▶ connect, commands ─▶ Port ─▶ answers, events ─▶ host              what both say to each other
//! ```
//!
//! | module | what it says |
//! |---|---|
//! | [`view`] | what a frame can show |
//! | [`options`] | how: one table of parameters, for the reader, the dialog, the pages about it and the tests |
//! | [`frame`] | both as an address, read and printed |
//! | [`message`] | the contract: what a host asks, and what it is told |
//! | [`port`] | who is listened to, and how much |
//! | [`height`] | how high the frame is to be, in the words that hosts understand |
//! | [`snippet`] | what an author pastes |
//!
//! A host may be anybody: what it sends is measured before it is read, and nothing about the learner is told to one that has
//! not connected.

pub mod frame;
pub mod height;
pub mod message;
pub mod options;
pub mod port;
pub mod snippet;
pub mod view;

pub use frame::{Frame, Problem, Wrong};
pub use options::{Options, Origin};
pub use port::Port;
pub use view::{Kind, View};
