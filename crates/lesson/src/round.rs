//! Which questions come in a round, and in which order their options stand. Chance comes from a seed, so that it can be
//! repeated.

use super::pack::{Kind, Pack, Question};

/// Numbers that look like chance and follow from a seed (the published SplitMix64).
#[derive(Clone, Debug)]
pub struct Chance(u64);

impl Chance {
    /// The same seed gives the same numbers.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Returns the next number.
    pub const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// Returns a number from 0 up to, and without, `end`; 0 where there is none.
    pub fn below(&mut self, end: usize) -> usize {
        let Ok(end) = u64::try_from(end) else {
            return 0;
        };
        match end {
            0 => 0,
            end => usize::try_from(self.next() % end).unwrap_or(0),
        }
    }

    /// Puts things into another order.
    pub fn shuffle<T>(&mut self, things: &mut [T]) {
        for at in (1..things.len()).rev() {
            let other = self.below(at + 1);
            things.swap(at, other);
        }
    }
}

/// Returns the order in which a question's options, or items, are shown. Lines of a script keep theirs; the questions with a
/// fixed order keep it on the first try.
pub fn order(question: &Question, tries: u32, seed: u64) -> Vec<usize> {
    let count = match &question.kind {
        Kind::Order { items, .. } => items.len(),
        kind => kind.options().len(),
    };
    let given: Vec<usize> = (0..count).collect();
    let stays = matches!(question.kind, Kind::Fault(_)) || (question.fixed && tries == 0);
    // A question shows its own order at first, too: it was checked not to give the answer away.
    if stays || (tries == 0 && !matches!(question.kind, Kind::Order { .. })) {
        return given;
    }
    let mut shown = given.clone();
    let mut chance = Chance::new(seed ^ (u64::from(tries) << 32) ^ hash(question.id.as_str()));
    chance.shuffle(&mut shown);
    // What is to be put in order must not stand in order already.
    if matches!(question.kind, Kind::Order { .. }) && shown == given && count > 1 {
        shown.rotate_left(1);
    }
    shown
}

fn hash(text: &str) -> u64 {
    text.bytes().fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    })
}

/// Returns the questions of a round, by their places in the pack: those that are due first, then those never tried, then the
/// others; each objective gets its turn before one comes again.
pub fn round(
    pack: &Pack,
    count: usize,
    seed: u64,
    due: impl Fn(&Question) -> bool,
    tried: impl Fn(&Question) -> bool,
) -> Vec<usize> {
    let mut chance = Chance::new(seed);
    let mut left: Vec<usize> = (0..pack.questions.len()).collect();
    chance.shuffle(&mut left);
    let urgency = |at: usize| match pack.questions.get(at) {
        Some(question) if due(question) => 0,
        Some(question) if !tried(question) => 1,
        _ => 2,
    };
    left.sort_by_key(|at| urgency(*at));
    let mut chosen: Vec<usize> = Vec::new();
    while chosen.len() < count && !left.is_empty() {
        let about = |at: usize| pack.questions.get(at).map(|question| &question.objective);
        let times = |at: usize| {
            chosen
                .iter()
                .filter(|other| about(**other) == about(at))
                .count()
        };
        let best = (0..left.len())
            .min_by_key(|nth| left.get(*nth).map(|at| (urgency(*at), times(*at), *nth)))
            .unwrap_or(0);
        chosen.push(left.remove(best));
    }
    chosen
}
