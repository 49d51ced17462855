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
    let limit = match typed.chars().count() {
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
        let mut distance = strsim::osa_distance(&typed, &folded);
        let has_words = has_words_of(&typed, &folded) || has_words_of(&folded, &typed);
        let near = distance <= limit && distance < folded.chars().count() || has_words;
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
fn fold(name: &str) -> String {
    let is_dash = |c: char| matches!(c, '-' | '_' | '–' | '—');
    let folded = name.trim_matches(is_dash).replace(is_dash, "_");
    folded.to_ascii_lowercase()
}

/// Whether every word of `part` is a word of `whole`.
fn has_words_of(whole: &str, part: &str) -> bool {
    let mut words = part.split('_');
    !part.is_empty() && words.all(|word| whole.split('_').any(|other| other == word))
}

#[cfg(test)]
mod tests {
    use super::*;

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
