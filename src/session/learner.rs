//! What the learner has done in the lesson, the questions and the exercises.

use leptos::prelude::*;

use crate::session::keeper::Keeper;
use el::RwSignal;
use lesson::pack::Id;
use lesson::progress::Progress;
use storage::Attempt;
use storage::tabs::Request;

/// The learner's progress and attempts.
#[derive(Clone, Copy)]
pub struct Learner {
    pub progress: RwSignal<Progress>,
    pub keeper: Keeper,
}

impl Learner {
    /// Returns one of whom nothing is known yet.
    #[must_use]
    pub fn new(keeper: Keeper) -> Self {
        Self {
            progress: RwSignal::new(Progress::default()),
            keeper,
        }
    }

    /// Takes over what is kept.
    pub fn take_in(self) {
        let kept = self.keeper.with_vault(|vault| vault.progress().clone());
        self.progress.set(kept);
    }

    /// Remembers something that the learner has done in the lesson or in a question.
    pub fn learned<R>(self, change: impl FnOnce(&mut Progress) -> R) {
        self.progress.update(|progress| {
            change(progress);
        });
        let progress = self.progress.with_untracked(Clone::clone);
        self.keeper
            .with_store(|store| (store.keep_progress)(self.keeper, progress));
    }

    /// Keeps what was learned.
    pub(super) fn keep_progress(keeper: Keeper, progress: Progress) {
        keeper.send_to_writer(|| Request::Learned(progress.clone()));
        keeper.keep(|vault, _| vault.set_progress(progress));
        keeper.ask_to_persist();
    }

    /// Returns how far an exercise has come, as it is kept.
    #[must_use]
    pub fn attempt(self, id: &Id) -> Attempt {
        // Where the store can't be read, that is said already.
        let kept = self.keeper.change(|vault| vault.attempt(id));
        let (attempt, notices) = kept.unwrap_or_default();
        self.keeper.note(notices);
        attempt
    }

    /// Keeps how far an exercise has come, and forgets the oldest attempts where there are many.
    pub fn keep_attempt(self, id: &Id, attempt: Attempt) {
        self.keeper
            .send_to_writer(|| Request::Attempt(id.clone(), attempt.clone()));
        self.keeper.keep(|vault, _| vault.set_attempt(id, attempt));
        let vault = self.keeper.vault;
        let _ = vault.try_update_value(|vault| vault.forget_oldest(id));
    }
}
