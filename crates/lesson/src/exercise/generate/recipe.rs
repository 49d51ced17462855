//! What a made exercise practises, and how large it is.

use crate::id::Id;
use crate::round::Chance;
use registry::{RuleSet, named_enum};

named_enum! {
    /// What a made exercise practises. The names are those in addresses and receipts; they never change.
    pub enum Purpose {
        /// To bring versions live under the team's rules.
        Release = "release",
        /// To bring back what was live before.
        RollBack = "roll-back",
        /// To leave one live version under MLflow's rules.
        CleanUp = "clean-up",
        /// To set and move aliases.
        Aliases = "aliases",
        /// To replace stages by aliases.
        Migrate = "migrate",
    }
}

impl Purpose {
    /// Returns the rules that it is practised under.
    pub const fn rules(self) -> RuleSet {
        match self {
            Self::Release | Self::RollBack => RuleSet::Guided,
            Self::CleanUp | Self::Aliases | Self::Migrate => RuleSet::Mlflow,
        }
    }
}

/// What an exercise is made from.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Recipe {
    seed: u64,
    purpose: Purpose,
    par: u32,
    models: u32,
    distractors: u32,
}

impl Recipe {
    /// The fewest and the most steps. With one model there are up to [`Recipe::PAR_OF_ONE`].
    pub const PAR: std::ops::RangeInclusive<u32> = 2..=6;
    /// The most steps with one model: more would be the same small tasks again and again.
    pub const PAR_OF_ONE: u32 = 4;
    /// How many models there may be.
    pub const MODELS: std::ops::RangeInclusive<u32> = 1..=3;
    /// How many versions there may be that nothing is to be done with.
    pub const DISTRACTORS: std::ops::RangeInclusive<u32> = 0..=3;

    /// Returns a recipe, or `None` if a number is out of its bounds.
    pub fn new(
        seed: u64,
        purpose: Purpose,
        par: u32,
        models: u32,
        distractors: u32,
    ) -> Option<Self> {
        let fits = Self::PAR.contains(&par)
            && Self::MODELS.contains(&models)
            && (models > 1 || par <= Self::PAR_OF_ONE)
            && Self::DISTRACTORS.contains(&distractors);
        fits.then_some(Self {
            seed,
            purpose,
            par,
            models,
            distractors,
        })
    }

    /// Returns whether 1,000 seeds give 1,000 different exercises. Of the smallest sizes, with one model, there are fewer: at the least
    /// 984, with two steps and nothing else. Such a size is not offered any more; links and receipts that have one still hold.
    /// (Of `migrate` with one model, four steps and two extra versions two of 1,000 are alike; it is offered all the same.)
    pub const fn is_varied(&self) -> bool {
        self.models > 1 || self.par + self.distractors >= 4
    }

    /// Returns what chance comes from.
    pub const fn seed(&self) -> u64 {
        self.seed
    }
    /// Returns what is practised.
    pub const fn purpose(&self) -> Purpose {
        self.purpose
    }
    /// Returns the fewest steps to the goal.
    pub const fn par(&self) -> u32 {
        self.par
    }
    /// Returns how many models there are.
    pub const fn models(&self) -> u32 {
        self.models
    }
    /// Returns how many versions there are that nothing is to be done with.
    pub const fn distractors(&self) -> u32 {
        self.distractors
    }

    /// Returns what it is known by where something is kept of it: `release-3-1-1-7`.
    pub fn id(&self) -> Option<Id> {
        Id::parse(&self.name())
    }

    /// Under this an attempt at its exercise is kept. No exercise of a pack has such an id.
    pub fn kept_under(&self) -> Option<Id> {
        Id::parse(&format!("new-{}", self.name()))
    }

    fn name(&self) -> String {
        format!(
            "{}-{}-{}-{}-{}",
            self.purpose.as_str(),
            self.par,
            self.models,
            self.distractors,
            self.seed
        )
    }

    /// Returns the chance of a draw.
    pub(super) fn chance(&self, draw: u64) -> Chance {
        let numbers = [
            u64::from(self.par),
            u64::from(self.models),
            u64::from(self.distractors),
            self.purpose as u64,
            draw,
        ];
        let mut chance = Chance::new(self.seed);
        for number in numbers {
            chance = Chance::new(chance.next() ^ number);
        }
        chance
    }
}
