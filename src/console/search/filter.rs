//! The filter of a search, read into its comparisons.

use super::token::{Token, tokens};

/// One comparison of a filter.
pub(super) struct Clause {
    pub(super) key: Key,
    pub(super) comparator: Comparator,
    pub(super) value: Sought,
}

#[derive(PartialEq)]
pub(super) enum Key {
    Name,
    Number,
    Run,
    Source,
    Tag(String),
}

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Comparator {
    Equal,
    Unequal,
    Less,
    AtMost,
    More,
    AtLeast,
    Like,
    ILike,
    In,
    NotIn,
}

/// How comparators are written.
const COMPARATORS: [(&str, Comparator); 10] = [
    ("=", Comparator::Equal),
    ("!=", Comparator::Unequal),
    ("<", Comparator::Less),
    ("<=", Comparator::AtMost),
    (">", Comparator::More),
    (">=", Comparator::AtLeast),
    ("LIKE", Comparator::Like),
    ("ILIKE", Comparator::ILike),
    ("IN", Comparator::In),
    ("NOT IN", Comparator::NotIn),
];

pub(super) enum Sought {
    One(String),
    Many(Vec<String>),
}

/// What is searched.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Of {
    Models,
    Versions,
}

impl Of {
    /// The attributes that a filter may ask for, as MLflow prints the set.
    const fn keys(self) -> &'static str {
        match self {
            Self::Models => "{'name'}",
            Self::Versions => "{'name', 'version_number', 'run_id', 'source_path'}",
        }
    }
}

/// The comparisons of a filter.
pub(super) fn clauses(filter: &str, of: Of) -> Result<Vec<Clause>, String> {
    let not_read = || format!("Invalid filter '{filter}'. Could not be parsed.");
    if filter.is_empty() || (of == Of::Models && filter.trim().is_empty()) {
        return Ok(Vec::new());
    }
    if filter.trim().is_empty() {
        return Err(not_read());
    }
    let tokens = tokens(filter).ok_or_else(not_read)?;
    let mut rest = tokens.as_slice();
    let mut clauses = Vec::new();
    let mut invalid = Vec::new();
    while let Some((first, after)) = rest.split_first() {
        if first.is("and") {
            rest = after;
            continue;
        }
        match clause(rest, of)? {
            Some((clause, after)) => {
                clauses.push(clause);
                rest = after;
            }
            None => {
                invalid.push(first.word());
                rest = after;
            }
        }
    }
    if invalid.is_empty() {
        Ok(clauses)
    } else {
        Err(format!(
            "Invalid clause(s) in filter string: {}",
            invalid.join(", ")
        ))
    }
}

/// The comparison at the start, and what follows it; nothing where there is none.
fn clause<'t, 'a>(
    tokens: &'t [Token<'a>],
    of: Of,
) -> Result<Option<(Clause, &'t [Token<'a>])>, String> {
    let [Token::Plain(name), compared @ ..] = tokens else {
        return Ok(None);
    };
    let (comparator, after) = match compared {
        [not, r#in, after @ ..] if not.is("not") && r#in.is("in") => {
            (Some(Comparator::NotIn), after)
        }
        [Token::Plain(sign), after @ ..] => {
            let found = COMPARATORS
                .into_iter()
                .find(|(known, _)| known.eq_ignore_ascii_case(sign));
            (found.map(|(_, comparator)| comparator), after)
        }
        _ => (None, compared),
    };
    let Some(comparator) = comparator else {
        return Ok(None);
    };
    // Words of SQL are no names to MLflow's reader of it.
    if ["version", "alias", "or", "and", "order"]
        .iter()
        .any(|word| name.eq_ignore_ascii_case(word))
    {
        return Ok(None);
    }
    let key = key(name, of)?;
    let (value, after) = match after {
        [Token::Quoted(text), after @ ..] => (Sought::One((*text).to_owned()), after),
        [Token::Plain("("), after @ ..] => {
            let end = after.iter().position(|token| *token == Token::Plain(")"));
            let Some((inside, [_, after @ ..])) = end.and_then(|end| after.split_at_checked(end))
            else {
                return Ok(None);
            };
            let texts = inside.iter().filter_map(|token| match token {
                Token::Quoted(text) => Some((*text).to_owned()),
                Token::Plain(_) => None,
            });
            (Sought::Many(texts.collect()), after)
        }
        [Token::Plain(word), after @ ..] => {
            let is_number = word.starts_with(|c: char| c.is_ascii_digit() || c == '-');
            if !is_number {
                return Err(format!(
                    "Parameter value is either not quoted or unidentified quote types used for string value {word}. \
                     Use either single or double quotes."
                ));
            }
            match (&key, of) {
                (Key::Number, _) => {}
                (Key::Tag(_), _) => {
                    return Err(format!(
                        "Expected a quoted string value for tag (e.g. 'my-value'). Got value {word}"
                    ));
                }
                (_, Of::Versions) => {
                    return Err(
                        "Only the '{'version_number', 'creation_timestamp', 'last_updated_timestamp'}' attributes \
                         support comparison with numeric values."
                            .to_owned(),
                    );
                }
                (_, Of::Models) => {
                    return Err(format!(
                        "Expected a quoted string value or a list of quoted string values for attributes. Got value {word}"
                    ));
                }
            }
            (Sought::One((*word).to_owned()), after)
        }
        [] => return Ok(None),
    };
    check(&key, comparator, &value)?;
    Ok(Some((
        Clause {
            key,
            comparator,
            value,
        },
        after,
    )))
}

fn key(name: &str, of: Of) -> Result<Key, String> {
    let trim = |key: &str| {
        key.trim_matches(|c| matches!(c, '`' | '"' | '\''))
            .to_owned()
    };
    let (kind, key) = name.split_once('.').unwrap_or(("attribute", name));
    match kind {
        "tag" | "tags" => return Ok(Key::Tag(trim(key))),
        "attribute" => {}
        _ => {
            return Err(format!(
                "Invalid entity type '{kind}'. Valid entity types are ('attribute', 'tag', 'tags')"
            ));
        }
    }
    Ok(match (key, of) {
        ("name", _) => Key::Name,
        ("version_number", Of::Versions) => Key::Number,
        ("run_id", Of::Versions) => Key::Run,
        ("source_path", Of::Versions) => Key::Source,
        _ => {
            return Err(format!(
                "Invalid attribute key '{key}' specified. Valid keys are '{}'",
                of.keys()
            ));
        }
    })
}

fn check(key: &Key, comparator: Comparator, value: &Sought) -> Result<(), String> {
    use Comparator::{AtLeast, AtMost, Less, More};
    let is_order = matches!(comparator, Less | AtMost | More | AtLeast);
    let is_list = matches!(comparator, Comparator::In | Comparator::NotIn);
    let is_like = matches!(comparator, Comparator::Like | Comparator::ILike);
    let (fits, kind) = match key {
        Key::Number => (!is_list && !is_like, "attribute"),
        Key::Tag(_) => (!is_list && !is_order, "tag"),
        Key::Name | Key::Run => (!is_order, "attribute"),
        Key::Source => (!is_order && !is_list, "attribute"),
    };
    if !fits {
        let sign = COMPARATORS
            .into_iter()
            .find(|(_, known)| *known == comparator);
        let sign = sign.map_or("", |(sign, _)| sign);
        return Err(format!("Invalid comparator for {kind}: {sign}"));
    }
    match (key, value) {
        (Key::Number, Sought::One(number)) if number.parse::<i64>().is_err() => Err(format!(
            "Invalid value for numeric attribute 'version_number': {number}"
        )),
        _ => Ok(()),
    }
}
