//! A recipe as the query of an address: with or without a seed.

use std::fmt;

use super::generate::{Purpose, Recipe};

/// The query of the address of a generated exercise: what stands behind its `?`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RecipeQuery {
    pub seed: Option<u64>,
    /// The rest, with some seed where there is none.
    pub recipe: Recipe,
}

impl RecipeQuery {
    /// What is made where an address says nothing else.
    const PURPOSE: Purpose = Purpose::Release;
    const PAR: u32 = 3;
    const MODELS: u32 = 1;
    const DISTRACTORS: u32 = 1;

    /// Reads a query. A part that is missing has its default. Returns `None` if a part is unknown, is there twice, or is out
    /// of its bounds.
    pub fn parse(query: &str) -> Option<Self> {
        let (mut seed, mut purpose) = (None, None);
        let (mut par, mut models, mut distractors) = (None, None, None);
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (key, value) = pair.split_once('=')?;
            let is_first = match key {
                "seed" => seed.replace(value.parse().ok()?).is_none(),
                "objective" => purpose.replace(Purpose::named(value)?).is_none(),
                "par" => par.replace(value.parse().ok()?).is_none(),
                "models" => models.replace(value.parse().ok()?).is_none(),
                "distractors" => distractors.replace(value.parse().ok()?).is_none(),
                _ => return None,
            };
            if !is_first {
                return None;
            }
        }
        let recipe = Recipe::new(
            seed.unwrap_or_default(),
            purpose.unwrap_or(Self::PURPOSE),
            par.unwrap_or(Self::PAR),
            models.unwrap_or(Self::MODELS),
            distractors.unwrap_or(Self::DISTRACTORS),
        )?;
        Some(Self { seed, recipe })
    }
}

impl From<Recipe> for RecipeQuery {
    fn from(recipe: Recipe) -> Self {
        Self {
            seed: Some(recipe.seed()),
            recipe,
        }
    }
}

/// What stands behind the `?`.
impl fmt::Display for RecipeQuery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let recipe = &self.recipe;
        write!(
            f,
            "objective={}&par={}&models={}&distractors={}",
            recipe.purpose().as_str(),
            recipe.par(),
            recipe.models(),
            recipe.distractors()
        )?;
        match self.seed {
            Some(seed) => write!(f, "&seed={seed}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn queries_are_read() {
        let check = |query: &str, expected: Option<RecipeQuery>| {
            assert_eq!(RecipeQuery::parse(query), expected, "{query:?}");
        };
        let made = |seed, purpose, par, models, distractors| {
            Recipe::new(seed, purpose, par, models, distractors).map(RecipeQuery::from)
        };
        check("seed=7", made(7, Purpose::Release, 3, 1, 1));
        check(
            "seed=18446744073709551615&objective=roll-back&par=6&models=2&distractors=0",
            made(u64::MAX, Purpose::RollBack, 6, 2, 0),
        );
        let drawn = |purpose| RecipeQuery {
            seed: None,
            recipe: Recipe::new(0, purpose, 3, 1, 1).expect("a good recipe"),
        };
        check("objective=aliases", Some(drawn(Purpose::Aliases)));
        check("", Some(drawn(Purpose::Release)));
        for query in [
            "par=1",
            "par=x",
            "par=3&par=3",
            "hope=1",
            "seed",
            "models=1&par=6",
            "seed=-1",
        ] {
            check(query, None);
        }
    }

    proptest! {
        #[test]
        fn every_query_is_read_back(
            seed in proptest::option::of(any::<u64>()), purpose in 0..5_usize, par in 2..=6_u32, models in 2..=3_u32,
            distractors in 0..=3_u32,
        ) {
            let recipe = Recipe::new(seed.unwrap_or_default(), Purpose::ALL[purpose], par, models, distractors);
            let query = RecipeQuery { seed, recipe: recipe.expect("a good recipe") };
            prop_assert_eq!(RecipeQuery::parse(&query.to_string()), Some(query));
        }

        #[test]
        fn no_text_breaks_the_reader(text in ".*") {
            let _ = RecipeQuery::parse(&text);
        }
    }
}
