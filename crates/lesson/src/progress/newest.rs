//! A part of the progress, where there is not room for all of it.

use super::{Id, Progress, QuestionProgress};
use registry::{Time, VecMap};

impl Progress {
    /// Returns how many questions, exercises and made exercises there are.
    pub const fn count(&self) -> usize {
        self.questions.len() + self.exercises.len() + self.made.len()
    }

    /// Returns this with no more than `most` of the questions, exercises and made exercises: those that were done last. Made ones
    /// have no time, and go first. The steps, what was chosen in them, and the place stay.
    pub fn newest(&self, most: usize) -> Self {
        let made = most.saturating_sub(self.questions.len() + self.exercises.len());
        let last = |review: &QuestionProgress| review.last_at;
        let exercises = self.exercises.values().map(|one| last(&one.review));
        let mut times: Vec<Time> = self.questions.values().map(last).chain(exercises).collect();
        times.sort_unstable_by(|one, other| other.cmp(one));
        times.truncate(most);
        let mut room = times.len();
        let oldest = times.last().copied();
        let mut takes = |at: Time| {
            let is_in = room > 0 && oldest.is_some_and(|oldest| at >= oldest);
            room -= usize::from(is_in);
            is_in
        };
        Self {
            questions: some(&self.questions, |one| takes(one.last_at)),
            exercises: some(&self.exercises, |one| takes(one.review.last_at)),
            made: self
                .made
                .iter()
                .take(made)
                .map(|(id, over)| (id.clone(), *over))
                .collect(),
            ..self.clone()
        }
    }
}

fn some<V: Clone>(all: &VecMap<Id, V>, mut is_in: impl FnMut(&V) -> bool) -> VecMap<Id, V> {
    let kept = all.iter().filter(|(_, one)| is_in(one));
    kept.map(|(id, one)| (id.clone(), one.clone())).collect()
}
