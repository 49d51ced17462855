//! Model Stages: an interactive lesson about the life of a machine-learning model.
//!
//! | module | what it is for | who it may use |
//! |---|---|---|
//! | [`registry`] | the simulated model registry: one state machine | nothing |
//! | [`console`] | what is typed or pasted, carried out; commands and histories as code | `registry` |
//! | [`lesson`] | the lesson, its questions and the exercises as data, the proof of every answer, and the solver | `registry`, `console` |
//! | [`route`] | addresses, read and printed in one place | `registry`, `console`, `lesson` |
//! | [`site`] | the site that serves the app, and why one of its files is missing | nothing |
//! | [`storage`] | saved data: a journal in any key-value store | `registry`, `lesson` |
//! | [`share`] | registries in links and files, measured before they are read | `registry`, `lesson`, `storage` |
//! | [`text`] | every sentence that a person sees | `registry`, `console`, `lesson`, `storage`, `share` |
//! | `app` (feature `web`) | the pages; the only place with leptos | all of the above |
//!
//! Everything but `app` and the browser's store is pure Rust: `cargo test --no-default-features` builds no leptos.
#![forbid(unsafe_code)]
#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing
    )
)]

#[cfg(feature = "web")]
pub mod app;
pub mod console;
pub mod lesson;
pub mod registry;
pub mod route;
pub mod share;
pub mod site;
pub mod storage;
pub mod text;
