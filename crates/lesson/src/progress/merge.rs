//! How the progress of two places becomes one.
//!
//! Every part is the greatest (or, for steps, the least) of the two under a total order. So it does not matter who merges
//! with whom, in which order, and how often. That also holds for the limits: what is dropped is last in the same order.
//! Of two beginnings only the later one counts: what was forgotten does not come back from a place that had not heard of it.

use std::cmp::Ordering;

use super::{Dated, MAX_EXERCISES, MAX_MADE, MAX_QUESTIONS, MAX_STEPS, Progress, Round};
use crate::id::Id;
use registry::VecMap;

/// What a merge would bring.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct MergePreview {
    /// How many questions are only in the other one.
    pub new_questions: usize,
    /// How many questions the other one has newer.
    pub newer_questions: usize,
    /// How many questions stay as they are here.
    pub kept_questions: usize,
    /// How many exercises are only in the other one, or newer there; a made one: or better there.
    pub exercises: usize,
    /// How many steps are done only in the other one.
    pub new_steps: usize,
    /// Whether the other one's place in the lesson is the newer one.
    pub place: bool,
    /// Whether the other one's round is newer, or has answers that the one here has not.
    pub round: bool,
}

impl MergePreview {
    /// Returns whether nothing of it would be seen.
    pub const fn is_nothing(&self) -> bool {
        self.new_questions == 0
            && self.newer_questions == 0
            && self.exercises == 0
            && self.new_steps == 0
            && !self.place
            && !self.round
    }
}

impl Progress {
    /// Takes in what the other one has: of each question and exercise the newer entry as a whole, each step with its earliest time, of
    /// each choice the newer one, the newer place, the newer round, each made exercise with its best solving.
    ///
    /// Where that would be more than [`MAX_QUESTIONS`], [`MAX_EXERCISES`], [`MAX_STEPS`] or [`MAX_MADE`], the questions,
    /// exercises and choices that were answered last, the steps that were done first and the made exercises that were solved
    /// best are kept.
    ///
    /// Where one of the two was begun anew since ([`Progress::replace`]), it counts alone.
    pub fn merge(&mut self, other: &Self) {
        match self.begun.cmp(&other.begun) {
            Ordering::Less => self.clone_from(other),
            Ordering::Equal => self.take_in(other),
            Ordering::Greater => {}
        }
    }

    /// Takes in what somebody brings, such as in a file: as [`Progress::merge`], whatever was forgotten here or there.
    pub fn take_in(&mut self, other: &Self) {
        take_newer(&mut self.questions, &other.questions);
        take_newer(&mut self.exercises, &other.exercises);
        for (id, theirs) in &other.steps {
            match self.steps.get_mut(id.as_str()) {
                Some(mine) => *mine = (*mine).min(*theirs),
                None => {
                    self.steps.insert(id.clone(), *theirs);
                }
            }
        }
        if self.place < other.place {
            self.place.clone_from(&other.place);
        }
        for (step, theirs) in &other.choices {
            if self
                .choices
                .get(step.as_str())
                .is_none_or(|mine| mine < theirs)
            {
                self.choices.insert(step.clone(), theirs.clone());
            }
        }
        for (recipe, theirs) in &other.made {
            let is_best = self
                .made
                .get(recipe.as_str())
                .is_none_or(|mine| theirs < mine);
            if is_best {
                self.made.insert(recipe.clone(), *theirs);
            }
        }
        self.round = merged_round(self.round.take(), &other.round);
        keep_last(&mut self.questions, MAX_QUESTIONS, Ord::cmp);
        keep_last(&mut self.exercises, MAX_EXERCISES, Ord::cmp);
        keep_last(&mut self.steps, MAX_STEPS, |one, other| other.cmp(one));
        keep_last(&mut self.choices, MAX_STEPS, Ord::cmp);
        keep_last(&mut self.made, MAX_MADE, |one, other| other.cmp(one));
    }

    /// Returns what [`Progress::take_in`] would bring, as long as the limits are not reached.
    pub fn merge_preview(&self, other: &Self) -> MergePreview {
        let mut preview = MergePreview {
            kept_questions: self.questions.len(),
            ..MergePreview::default()
        };
        for (id, theirs) in &other.questions {
            match self.questions.get(id.as_str()) {
                None => preview.new_questions += 1,
                Some(mine) if mine < theirs => {
                    preview.newer_questions += 1;
                    preview.kept_questions -= 1;
                }
                Some(_) => {}
            }
        }
        preview.exercises = other
            .exercises
            .iter()
            .filter(|(id, theirs)| self.exercises.get(id.as_str()) < Some(*theirs))
            .count();
        let made = other.made.iter().filter(|(recipe, theirs)| {
            let mine = self.made.get(recipe.as_str());
            mine.is_none_or(|mine| theirs < &mine)
        });
        preview.exercises += made.count();
        preview.new_steps = other
            .steps
            .keys()
            .filter(|id| !self.is_step_done(id.as_str()))
            .count();
        let id = |place: &Option<Dated>| place.as_ref().map(|place| place.id.clone());
        preview.place = self.place < other.place && id(&self.place) != id(&other.place);
        let round = merged_round(self.round.clone(), &other.round);
        preview.round = round != self.round;
        preview
    }
}

/// Of each entry the newer one.
fn take_newer<V: Clone + Ord>(mine: &mut VecMap<Id, V>, theirs: &VecMap<Id, V>) {
    for (id, new) in theirs {
        if mine.get(id.as_str()) < Some(new) {
            mine.insert(id.clone(), new.clone());
        }
    }
}

fn merged_round(mine: Option<Round>, theirs: &Option<Round>) -> Option<Round> {
    match (mine, theirs) {
        (Some(mut mine), Some(theirs)) => {
            mine.merge(theirs);
            Some(mine)
        }
        (mine, theirs) => mine.or_else(|| theirs.clone()),
    }
}

/// Drops what comes first in the order until there are no more entries than allowed; the id decides between equals.
///
/// This keeps the laws of merging only because entries are compared as in the merge itself: before an entry that is
/// dropped there are as many winners as are kept, and merging more can only move those further away from it.
///
/// One after the other: it hardly ever happens, and a sort would be made anew for each type of entry, which is much code.
fn keep_last<V>(map: &mut VecMap<Id, V>, most: usize, order: impl Fn(&V, &V) -> Ordering) {
    while map.len() > most {
        let first = map
            .iter()
            .min_by(|one, other| order(one.1, other.1).then_with(|| one.0.cmp(other.0)));
        let Some(id) = first.map(|(id, _)| id.clone()) else {
            return;
        };
        map.remove(id.as_str());
    }
}
