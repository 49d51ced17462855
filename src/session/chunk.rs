//! The chunks of the app that are fetched when they are first needed, so that the first page is small.
//!
//! A function marked with `wasm_split` is a split point: `cargo xtask` cuts the WebAssembly there (see `xtask/src/split.rs`),
//! and what only such functions use goes into a file of its own. They stand in the `lazy.rs` of each feature. A chunk that
//! was fetched stays.

use std::array;
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use wasm_split_helpers::SplitLoaderError;

use crate::browser;
use el::RwSignal;
use share::site;

/// How long a chunk may take to arrive before something is said or done without it, in milliseconds.
pub const PATIENCE: i32 = 10_000;

/// A chunk did not arrive.
#[derive(Debug)]
pub struct Missing;

impl From<SplitLoaderError> for Missing {
    fn from(_: SplitLoaderError) -> Self {
        Self
    }
}

/// A chunk of the app.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Chunk {
    /// The pages of the registry.
    Registry,
    /// The registry's dialogs.
    Dialogs,
    /// What stands below the board on a model's page.
    Model,
    /// The panel of a version.
    Panel,
    /// The state diagram.
    Diagram,
    /// What was done, as code.
    Code,
    /// Why something is refused.
    Refusals,
    /// The scene of the start page.
    Start,
    /// What opens the saved data.
    Store,
    /// A step of the lesson.
    Lesson,
    /// What tutorials say.
    Claims,
    /// A question.
    Question,
    /// What carries code out.
    Run,
    /// All questions, and what was learned.
    Practice,
    /// The console.
    Console,
    /// An exercise.
    Exercise,
    /// What an exercise gives beside its board.
    Given,
    /// The history that it gives.
    Past,
    /// The solution of an exercise.
    Help,
    /// Exercises that are made.
    NewExercise,
    /// All exercises, their receipts, and those that somebody has shared.
    Exercises,
    /// Questions about one's own history.
    HistoryQuiz,
    /// What goes out and comes in: several registries, links, files, all that is kept; and addresses that lead nowhere.
    Data,
    /// The views for other people's pages.
    Embed,
    /// The registries in them.
    EmbedRegistry,
    /// The pages for a class.
    Class,
}

/// How far a chunk has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum ChunkState {
    /// It was not asked for, or is on its way.
    #[default]
    Awaited,
    /// It is on its way for so long that this has to be said.
    Late,
    /// It is here.
    Here,
    /// It did not arrive.
    Failed(site::Missing),
}

/// How many chunks there are.
const COUNT: usize = 26;

/// How far each chunk has come, in the order of [`Chunk`].
#[derive(Clone, Copy)]
pub struct Chunks([RwSignal<ChunkState>; COUNT]);

impl Chunks {
    /// Nothing has been asked for yet, but for a chunk that is late.
    #[must_use]
    pub fn awaited(late: Option<Chunk>) -> Self {
        let chunks = Self(array::from_fn(|_| RwSignal::new(ChunkState::Awaited)));
        if let Some(chunk) = late {
            chunks.of(chunk).set(ChunkState::Late);
        }
        chunks
    }

    /// Returns how far a chunk has come.
    #[must_use]
    pub const fn of(self, chunk: Chunk) -> RwSignal<ChunkState> {
        let [
            registry,
            dialogs,
            model,
            panel,
            diagram,
            code,
            refusals,
            start,
            store,
            lesson,
            claims,
            question,
            run,
            practice,
            console,
            exercise,
            given,
            past,
            help,
            new_exercise,
            exercises,
            history_quiz,
            data,
            embed,
            embed_registry,
            class,
        ] = self.0;
        match chunk {
            Chunk::Registry => registry,
            Chunk::Dialogs => dialogs,
            Chunk::Model => model,
            Chunk::Panel => panel,
            Chunk::Diagram => diagram,
            Chunk::Code => code,
            Chunk::Refusals => refusals,
            Chunk::Start => start,
            Chunk::Store => store,
            Chunk::Lesson => lesson,
            Chunk::Claims => claims,
            Chunk::Question => question,
            Chunk::Run => run,
            Chunk::Practice => practice,
            Chunk::Console => console,
            Chunk::Exercise => exercise,
            Chunk::Given => given,
            Chunk::Past => past,
            Chunk::Help => help,
            Chunk::NewExercise => new_exercise,
            Chunk::Exercises => exercises,
            Chunk::HistoryQuiz => history_quiz,
            Chunk::Data => data,
            Chunk::Embed => embed,
            Chunk::EmbedRegistry => embed_registry,
            Chunk::Class => class,
        }
    }
}

/// Returns how far a chunk has come that was fetched, or why it did not arrive.
pub async fn arrival(is_here: bool) -> ChunkState {
    if is_here {
        return ChunkState::Here;
    }
    let page = browser::page_now().await;
    ChunkState::Failed(site::why_missing(&browser::build(), page.as_deref()))
}

/// Returns the result of a future that has one at once.
pub fn now<T>(future: impl Future<Output = T>) -> Option<T> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(result) => Some(result),
        Poll::Pending => None,
    }
}
