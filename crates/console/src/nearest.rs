//! What was probably meant by a name that does not exist.

/// Longer names are not compared: nobody mistypes that much.
const LONGEST: usize = 64;

/// The candidate nearest to what was typed, if one is near enough; the first of equals.
///
/// Near is a candidate two edits away, or as many as a third of the typed letters; and one whose words all stand in the
/// typed name, or the other way round (`--model-version` and `--version`). Case and kind of dash make no difference.
pub fn nearest<'c>(typed: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    if typed.len() > LONGEST {
        return None;
    }
    let typed = fold(typed);
    let limit = match typed.len() {
        0 => return None,
        1 => 0,
        2 => 1,
        length => (length / 3).max(2),
    };
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        if candidate.len() > LONGEST {
            continue;
        }
        let folded = fold(candidate);
        let mut distance = distance(&typed, &folded);
        let has_words = has_words_of(&typed, &folded) || has_words_of(&folded, &typed);
        let near = distance <= limit && distance < folded.len() || has_words;
        if has_words {
            // Words that were left out are no typing errors.
            distance /= 4;
        }
        if near && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// The letters in lower case, with one kind of dash and none around.
fn fold(name: &str) -> Vec<char> {
    let is_dash = |c: char| matches!(c, '-' | '_' | '–' | '—');
    name.trim_matches(is_dash)
        .chars()
        .map(|c| {
            if is_dash(c) {
                '_'
            } else {
                c.to_ascii_lowercase()
            }
        })
        .collect()
}

/// Whether every word of `part` is a word of `whole`.
fn has_words_of(whole: &[char], part: &[char]) -> bool {
    let is_dash = |c: &char| *c == '_';
    !part.is_empty()
        && part
            .split(is_dash)
            .all(|word| whole.split(is_dash).any(|other| other == word))
}

/// How many letters have to be put in, left out, replaced or swapped with their neighbour.
fn distance(from: &[char], to: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    let cell = |row: &[usize], at: usize| row.get(at).copied().unwrap_or(usize::MAX / 2);
    let mut previous = None;
    for (i, letter) in from.iter().enumerate() {
        let mut next = vec![i + 1];
        let mut above = None;
        for (j, other) in to.iter().enumerate() {
            let replaced = cell(&row, j) + usize::from(letter != other);
            let mut least = replaced.min(cell(&row, j + 1) + 1).min(cell(&next, j) + 1);
            if previous == Some(other) && above == Some(letter) {
                least = least.min(cell(&before, j.wrapping_sub(1)) + 1);
            }
            next.push(least);
            above = Some(other);
        }
        before = row;
        row = next;
        previous = Some(letter);
    }
    cell(&row, to.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_count_edits() {
        let check = |from: &str, to: &str, expected: usize| {
            let (from, to): (Vec<char>, Vec<char>) = (from.chars().collect(), to.chars().collect());
            assert_eq!(distance(&from, &to), expected, "{from:?} {to:?}");
        };
        check("", "", 0);
        check("", "abc", 3);
        check("abc", "", 3);
        check("abc", "abc", 0);
        check("abc", "acb", 1);
        check("abc", "abd", 1);
        check("abc", "abcd", 1);
        check("ab", "ba", 1);
        check("kitten", "sitting", 3);
        check("é", "e", 1);
    }

    #[test]
    fn the_nearest_is_found() {
        let names = ["--model-name", "--version", "--stage", "client", "stages"];
        let check = |typed: &str, expected: Option<&str>| {
            assert_eq!(nearest(typed, names), expected, "{typed:?}");
        };
        check("--model-version", Some("--version"));
        check("--verison", Some("--version"));
        check("–version", Some("--version"));
        check("--name", Some("--model-name"));
        check("--model_name", Some("--model-name"));
        check("Clinet", Some("client"));
        check("stage", Some("--stage"));
        check("stagess", Some("stages"));
        check("--colour", None);
        check("x", None);
        check("", None);
        check("--", None);
        check(&"client".repeat(20), None);
    }
}
