//! The pages that were probably meant by an address that leads nowhere.

use super::{Route, cleaned};
use console::nearest::nearest;
use lesson::pack::Id;

/// The most pages that are offered.
const MOST: usize = 3;

/// The sections of the app, by the first word of their addresses.
const SECTIONS: [&str; 10] = [
    "learn",
    "practice",
    "exercises",
    "check",
    "progress",
    "settings",
    "registry",
    "tutorials",
    "class",
    "audience",
];

/// What there is besides the sections, by id.
#[derive(Clone, Copy, Debug)]
pub struct Known<'k> {
    /// The steps of the lesson.
    pub steps: &'k [&'k str],
    pub questions: &'k [&'k str],
    pub exercises: &'k [&'k str],
}

/// Makes a page of an id.
type Page = fn(Id) -> Route;

impl Known<'_> {
    /// Returns the ids in a section, with what makes an address of one.
    const fn in_section(&self, section: &str) -> Option<(&[&str], Page)> {
        match section.as_bytes() {
            b"learn" => Some((self.steps, Route::Step)),
            b"practice" => Some((self.questions, Route::Question)),
            b"exercises" => Some((self.exercises, Route::Exercise)),
            _ => None,
        }
    }
}

/// Returns the pages nearest to an address, the nearest first; none where nothing is near.
pub fn near(written: &str, known: Known) -> Vec<Route> {
    let path = cleaned(written);
    let mut parts = path.split('/').filter(|part| !part.is_empty());
    let Some(first) = parts.next() else {
        return Vec::new();
    };
    let section = nearest(first, SECTIONS);
    // Behind a section stands what is in it; without one, the first word itself may be an id.
    let wanted = parts.next().unwrap_or(first);
    let others = SECTIONS.into_iter().filter(|it| Some(*it) != section);
    let mut found = Vec::new();
    for section in section.into_iter().chain(others) {
        let Some((ids, page)) = known.in_section(section) else {
            continue;
        };
        let mut ids: Vec<&str> = ids.to_vec();
        while let Some(id) = nearest(wanted, ids.iter().copied()) {
            ids.retain(|other| *other != id);
            found.extend(Id::parse(id).map(page));
            if found.len() == MOST {
                return found;
            }
        }
    }
    let page = section.map(|section| Route::parse(&format!("#/{section}")));
    found.extend(page.filter(|page| !matches!(page, Route::NotFound(_))));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use lesson::own;

    #[test]
    fn the_nearest_pages_are_found() {
        let known = Known {
            steps: &["hook", "rollback", "aliases"],
            questions: &["staging-for", "one-call-swap", "what-archived-means"],
            exercises: &["bad-release", "rollback-now", "number-reuse"],
        };
        let check = |written: &str, expected: &[&str]| {
            let found: Vec<String> = near(written, known).iter().map(Route::to_string).collect();
            assert_eq!(found, expected, "{written:?}");
        };
        check(
            "/practice/stagin-for",
            &["#/practice/staging-for", "#/practice"],
        );
        check(
            "/practise/staging_for",
            &["#/practice/staging-for", "#/practice"],
        );
        check("/learn/Hook", &["#/learn/hook", "#/learn"]);
        // An id in the wrong section, or in none.
        check(
            "/learn/bad-release",
            &["#/exercises/bad-release", "#/learn"],
        );
        check("/staging-for", &["#/practice/staging-for"]);
        check(
            "/exercise/bad-relase)",
            &["#/exercises/bad-release", "#/exercises"],
        );
        check("/exercise", &["#/exercises"]);
        check("/registri", &["#/registry"]);
        check("/quite/elsewhere-than-that", &[]);
        check("/", &[]);
        check("", &[]);
        check(&"x".repeat(5_000), &[]);
    }

    #[test]
    fn what_is_offered_is_there() {
        let steps: Vec<&str> = own::STEPS.iter().map(|(id, _)| *id).collect();
        let exercises: Vec<&str> = own::EXERCISES.iter().map(|listed| listed.id).collect();
        let known = Known {
            steps: &steps,
            questions: own::QUESTIONS,
            exercises: &exercises,
        };
        for id in steps.iter().chain(own::QUESTIONS).chain(&exercises) {
            let mistyped = format!("/lern/{id}x");
            let found = near(&mistyped, known);
            assert!((1..=MOST).contains(&found.len()), "{mistyped}");
            let is_meant = |page: &Route| page.to_string().ends_with(&format!("/{id}"));
            assert!(found.iter().any(is_meant), "{mistyped}: {found:?}");
        }
    }
}
