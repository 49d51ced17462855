//! Votes by hands: counted once, and once more after the talk.

use registry::json::JsonError;
use registry::json_fields;

/// The most options that hands are counted for.
pub const OPTIONS: usize = 6;
/// The most hands for one option.
const MOST: u32 = 999;

/// The hands for each option, at the first vote and at the second.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Votes {
    first: Vec<u32>,
    second: Vec<u32>,
    /// Whether the second vote has begun.
    is_second: bool,
}

json_fields!(Votes { first = or_default, second = or_default, is_second as "again" } checked by Votes::checked);

impl Votes {
    fn checked(&self) -> Result<(), JsonError> {
        let is_sound = |hands: &[u32]| hands.len() <= OPTIONS && hands.iter().all(|it| *it <= MOST);
        (is_sound(&self.first) && is_sound(&self.second))
            .then_some(())
            .ok_or(JsonError("votes"))
    }

    /// Counts a hand for an option in the vote that is under way, or takes one back.
    pub fn count(&mut self, option: usize, is_back: bool) {
        if option >= OPTIONS {
            return;
        }
        let hands = if self.is_second {
            &mut self.second
        } else {
            &mut self.first
        };
        if hands.len() <= option {
            hands.resize(option + 1, 0);
        }
        if let Some(hands) = hands.get_mut(option) {
            *hands = if is_back {
                hands.saturating_sub(1)
            } else {
                (*hands + 1).min(MOST)
            };
        }
    }

    /// Begins the second vote, or goes back to the first.
    pub const fn switch(&mut self) {
        self.is_second = !self.is_second;
    }

    /// Returns whether the second vote has begun.
    #[must_use]
    pub const fn is_second(&self) -> bool {
        self.is_second
    }

    /// Returns the hands for each of so many options: at the first vote, and at the second if there was one.
    #[must_use]
    pub fn rounds(&self, options: usize) -> Vec<Vec<u32>> {
        let padded = |hands: &[u32]| {
            let zeros = std::iter::repeat(0);
            hands.iter().copied().chain(zeros).take(options).collect()
        };
        let rounds = [&self.first, &self.second];
        let counted = rounds.into_iter().filter(|hands| !hands.is_empty());
        counted.map(|hands| padded(hands)).collect()
    }
}
