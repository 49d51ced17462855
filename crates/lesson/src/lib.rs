//! The lesson and its questions: data, and the state machine that proves the answers.
//!
//! | module | what it says |
//! |---|---|
//! | [`pack`] | the format of a lesson with its questions, read and checked |
//! | [`own`] | the app's own pack |
//! | [`piece`] | a step, a question or an exercise of it, as a file of its own |
//! | [`id`] | what the things of a pack are called |
//! | [`markdown`] | the small part of Markdown that its texts may use |
//! | [`scene`] | small registries, and what is done in them |
//! | [`run`] | commands and console texts, carried out on a scene |
//! | [`condition`] | what holds after a run |
//! | [`grade`] | what an answer is worth |
//! | [`proof`] | that exactly the answers marked right are right |
//! | [`round`] | which questions come, and in which order their options stand |
//! | [`round_receipt`] | how a round went, as a short text |
//! | [`traffic`] | simulated payments, scored by whatever the app loads |
//! | [`letters`] | bytes as letters for addresses, with a checksum |
//! | [`exercise`] | exercises: start, goal, and the way between them |
//! | [`fsrs`], [`progress`] | when a question comes back, and what was learned |

pub mod condition;
pub mod exercise;
pub mod fsrs;
pub mod grade;
pub mod id;
pub mod letters;
pub mod markdown;
pub mod own;
pub mod pack;
pub mod piece;
pub mod progress;
pub mod proof;
pub mod round;
pub mod round_receipt;
pub mod run;
pub mod scene;
pub mod traffic;
