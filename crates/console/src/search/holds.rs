//! Whether a comparison holds of a model or a version.

use std::cmp::Ordering;

use super::super::runs::{self, Runs};
use super::filter::{Clause, Comparator, Key, Sought};
use registry::{ModelVersion, RegisteredModel, TagKey, TagValue, VecMap};

impl Clause {
    /// Whether it asks for prompts, where it is about the tag that makes them.
    pub(super) fn asks_for_prompts(&self) -> bool {
        let Sought::One(value) = &self.value else {
            return false;
        };
        match self.comparator {
            Comparator::Equal => value.eq_ignore_ascii_case("true"),
            Comparator::Unequal => value.eq_ignore_ascii_case("false"),
            _ => false,
        }
    }

    pub(super) fn fits_model(&self, model: &RegisteredModel) -> bool {
        match &self.key {
            Key::Name => self.holds(model.name().as_str()),
            Key::Tag(key) => self.tag(model.tags(), key),
            _ => false,
        }
    }

    pub(super) fn fits(
        &self,
        model: &RegisteredModel,
        version: &ModelVersion,
        runs: &Runs,
    ) -> bool {
        match &self.key {
            Key::Name => self.holds(model.name().as_str()),
            Key::Source => self.holds(version.source().as_str()),
            Key::Tag(key) => self.tag(version.tags(), key),
            Key::Run => {
                let from = |id: &String| runs.is_from(model.name(), version.number(), id);
                match (&self.value, self.comparator) {
                    (Sought::One(id), Comparator::Equal) => from(id),
                    (Sought::One(id), Comparator::Unequal) => !from(id),
                    (Sought::Many(ids), Comparator::In) => ids.iter().any(from),
                    (Sought::Many(ids), _) => !ids.iter().any(from),
                    _ => self.holds(&runs::id_of(model.name(), version.number())),
                }
            }
            Key::Number => {
                let Sought::Number(number) = &self.value else {
                    return false;
                };
                self.compares(i64::from(version.number().get()).cmp(number))
            }
        }
    }

    fn tag(&self, tags: &VecMap<TagKey, TagValue>, key: &str) -> bool {
        tags.get(key)
            .is_some_and(|value| self.holds(value.as_str()))
    }

    const fn compares(&self, order: Ordering) -> bool {
        match self.comparator {
            Comparator::Equal => order.is_eq(),
            Comparator::Unequal => order.is_ne(),
            Comparator::Less => order.is_lt(),
            Comparator::AtMost => order.is_le(),
            Comparator::More => order.is_gt(),
            Comparator::AtLeast => order.is_ge(),
            _ => false,
        }
    }

    fn holds(&self, there: &str) -> bool {
        match (&self.value, self.comparator) {
            (Sought::One(value), Comparator::Like) => like(there, value),
            // SQLite knows upper and lower case of ASCII only.
            (Sought::One(value), Comparator::ILike) => {
                like(&there.to_ascii_lowercase(), &value.to_ascii_lowercase())
            }
            (Sought::One(value), _) => self.compares(there.cmp(value)),
            (Sought::Many(values), comparator) => {
                values.iter().any(|value| value == there) == (comparator == Comparator::In)
            }
            (Sought::Number(_), _) => false,
        }
    }
}

/// SQL's `LIKE`: `%` stands for any letters, `_` for one.
fn like(text: &str, pattern: &str) -> bool {
    let text: Vec<char> = text.chars().collect();
    // Which lengths of the text fit what was read of the pattern.
    let mut fits = vec![false; text.len() + 1];
    if let Some(first) = fits.first_mut() {
        *first = true;
    }
    for letter in pattern.chars() {
        let mut next = vec![false; text.len() + 1];
        let mut any = false;
        for (at, place) in next.iter_mut().enumerate() {
            let before = at.checked_sub(1);
            let was = |at: Option<usize>| at.and_then(|at| fits.get(at)).copied().unwrap_or(false);
            any |= was(Some(at));
            *place = match letter {
                '%' => any,
                '_' => was(before),
                _ => was(before) && before.and_then(|at| text.get(at)) == Some(&letter),
            };
        }
        fits = next;
    }
    fits.last().copied().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn like_is_that_of_sql() {
        let check = |text: &str, pattern: &str, expected: bool| {
            assert_eq!(like(text, pattern), expected, "{text:?} {pattern:?}");
        };
        check("", "", true);
        check("", "%", true);
        check("", "_", false);
        check("fraud-detector", "fraud%", true);
        check("fraud-detector", "%detector", true);
        check("fraud-detector", "%au%e%", true);
        check("fraud-detector", "fraud", false);
        check("abc", "a_c", true);
        check("abc", "a__c", false);
    }
}
