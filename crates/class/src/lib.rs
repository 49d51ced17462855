//! A lesson in front of a class. Nothing here asks a clock or a browser: whoever acts brings the time.
//!
//! ```text
//! Plan ─▶ Presenter ── Action (a key, a button) ──▶ Screen ─▶ Message::Show ─▶ Follower, in each projector window
//!                                                                 ▲
//!                             Message::Hello, Here, Key, Bye ◀────┘
//! ```
//! | module | what it says |
//! |---|---|
//! | [`plan`] | what is taught, in which order, with notes and minutes; its JSON |
//! | [`own`] | the app's own plan |
//! | [`stop`] | how a part of a plan is cut into views, each of which fits a screen |
//! | [`screen`] | what a projector shows; nothing that was not revealed is in it |
//! | [`presenter`] | where the teacher is, and what each action comes to |
//! | [`action`] | the keys of a keyboard and of a remote |
//! | [`votes`] | hands that were counted, before and after the talk |
//! | [`message`] | what presenter and projector windows say to each other |
//! | [`results`] | a class list beside the receipts |

pub mod action;
pub mod message;
pub mod own;
pub mod plan;
pub mod presenter;
pub mod results;
pub mod screen;
pub mod stop;
pub mod votes;

pub use action::Action;
pub use message::{Follower, Message, Sender};
pub use plan::{Item, Plan, What};
pub use presenter::Presenter;
pub use screen::{Screen, View};
pub use stop::Stop;
pub use votes::Votes;
