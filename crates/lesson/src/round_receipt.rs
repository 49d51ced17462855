//! Receipts of rounds of questions: which questions there were, and which were right at the first try, as a short text.
//!
//! ```text
//! mr1.staging-for~swap-order_.k3fW9A
//! │   │                       └ a checksum of all before it
//! │   └ the questions in order, each with `~` if it was right and `_` if not
//! └ the version of the format
//! ```
//!
//! Nothing can be run again here: it says what the learner's app has seen, and anybody could write one. The checksum finds
//! damage.

use std::fmt;

use crate::exercise::receipt::{Unread, contents};
use crate::id::Id;
use crate::letters::checksum;
use crate::progress::{MAX_ROUND, Round};

const PREFIX: &str = "mr";
const VERSION: u64 = 1;

/// How a round of questions went.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RoundReceipt {
    /// The questions, and whether each was right at the first try.
    pub questions: Vec<(Id, bool)>,
}

impl RoundReceipt {
    /// Returns the receipt of a round, or `None` as long as it is not finished.
    #[must_use]
    pub fn of(round: &Round) -> Option<Self> {
        let each = round.questions().iter();
        let each = each.map(|one| Some((one.id.clone(), one.right?)));
        let questions = each.collect::<Option<Vec<_>>>()?;
        Some(Self { questions })
    }

    /// Returns whether a text is meant to be one, of whatever version.
    #[must_use]
    pub fn is_meant(text: &str) -> bool {
        text.starts_with(PREFIX)
    }

    /// Reads one. Blanks around it do not matter.
    pub fn parse(text: &str) -> Result<Self, Unread> {
        let listed = contents(text.trim(), PREFIX, VERSION)?;
        let mut questions: Vec<(Id, bool)> = Vec::new();
        for question in listed.split_inclusive(['~', '_']) {
            let right = question.strip_suffix('~');
            let id = right.or_else(|| question.strip_suffix('_'));
            let id = id.and_then(Id::parse).ok_or(Unread::Broken)?;
            if questions.iter().any(|(known, _)| *known == id) {
                return Err(Unread::Broken);
            }
            questions.push((id, right.is_some()));
        }
        if questions.is_empty() || questions.len() > MAX_ROUND {
            return Err(Unread::Broken);
        }
        Ok(Self { questions })
    }

    /// Returns how many were right at the first try.
    #[must_use]
    pub fn right(&self) -> usize {
        self.questions.iter().filter(|(_, right)| *right).count()
    }
}

/// The text of a receipt.
impl fmt::Display for RoundReceipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = |right: bool| if right { '~' } else { '_' };
        let listed = self.questions.iter();
        let listed: String = listed
            .map(|(id, right)| format!("{id}{}", mark(*right)))
            .collect();
        let before = format!("{PREFIX}{VERSION}.{listed}");
        let sum = checksum(&before);
        write!(f, "{before}.{sum}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn receipt() -> RoundReceipt {
        let id = |text: &str| Id::parse(text).unwrap();
        RoundReceipt {
            questions: vec![(id("staging-for"), true), (id("swap-order"), false)],
        }
    }

    #[test]
    fn it_comes_back_as_it_was_printed() {
        let text = receipt().to_string();
        assert_eq!(text, "mr1.staging-for~swap-order_.7ofgrg");
        assert_eq!(RoundReceipt::parse(&format!(" {text}\n")), Ok(receipt()));
        assert_eq!(receipt().right(), 1);
    }

    #[test]
    fn what_is_none_says_why() {
        let check = |text: &str, expected: Unread| {
            assert_eq!(RoundReceipt::parse(text), Err(expected), "{text}");
        };
        let sealed = |listed: &str| {
            let before = format!("mr1.{listed}");
            format!("{before}.{}", checksum(&before))
        };
        check("", Unread::NotOne);
        check("ms1.a.b.c", Unread::NotOne);
        check("mr1", Unread::NotOne);
        check("mr2.a~.b", Unread::Newer { version: 2 });
        check("mr1.a~", Unread::Damaged);
        check("mr1.a~.AAAAAA", Unread::Damaged);
        for listed in ["", "a", "A~", "a~b", "a~a_", "~"] {
            check(&sealed(listed), Unread::Broken);
        }
        check(&sealed(&"a~".repeat(9_000)), Unread::TooLong);
        let text = receipt().to_string();
        for end in 0..text.len() {
            assert!(RoundReceipt::parse(&text[..end]).is_err(), "{end}");
        }
    }
}
