//! The questions, and what was learned.

pub mod answer;
pub mod due;
pub mod lazy;
pub mod misconceptions;
pub mod overview;
pub mod progress;
pub mod question;
pub mod verdict;
