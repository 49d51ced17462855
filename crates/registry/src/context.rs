//! When, under which rules, by whom and why something is done.

use super::id::{FreeText, Time};
use super::rules::RuleSet;

/// What is not in the state but matters to an action: when, under which rules, by whom and why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Context {
    /// When it is done.
    pub at: Time,
    pub rules: RuleSet,
    pub actor: Actor,
    /// Why, in the actor's words; may be empty.
    pub comment: FreeText,
}

impl Context {
    /// Returns the context of the learner, without a comment.
    pub fn new(at: Time, rules: RuleSet) -> Self {
        Self {
            at,
            rules,
            actor: Actor::You,
            comment: FreeText::default(),
        }
    }
}

/// Who acts.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Actor {
    /// The person at the screen.
    #[default]
    You,
    /// Somebody in the story, by name.
    Colleague(FreeText),
}

impl Actor {
    /// Returns whether it is the person at the screen.
    pub const fn is_you(&self) -> bool {
        matches!(self, Self::You)
    }
}
