//! The searches of `MlflowClient`: filter, order and number of what is found, with MLflow's own complaints (3.17.2).

use std::cmp::Ordering;

use super::order::ordered;
use super::runs::Runs;
use crate::registry::{
    ModelName, ModelVersion, RegisteredModel, Registry, Sorted, TagKey, TagValue, VersionNumber,
};

/// A search as written.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Search {
    /// The filter, such as `name='m'`.
    pub filter: String,
    /// How many at most.
    pub most: Option<usize>,
    /// The order, such as `version_number DESC`.
    pub order_by: Vec<String>,
}

/// One comparison of a filter.
struct Clause {
    key: Key,
    comparator: Comparator,
    value: Sought,
}

#[derive(PartialEq)]
enum Key {
    Name,
    Number,
    Run,
    Source,
    Tag(String),
}

#[derive(Clone, Copy, PartialEq)]
enum Comparator {
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

enum Sought {
    One(String),
    Many(Vec<String>),
}

/// What is searched.
#[derive(Clone, Copy, PartialEq)]
enum Of {
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

/// The models that a search finds.
///
/// # Errors
/// MLflow's message; its code is `INVALID_PARAMETER_VALUE`.
pub fn models(registry: &Registry, search: &Search) -> Result<Vec<ModelName>, String> {
    let most = most(search, 100, 1_000)?;
    let clauses = clauses(&search.filter, Of::Models)?;
    let mut found: Vec<&RegisteredModel> = registry
        .models()
        .filter(|model| clauses.iter().all(|clause| clause.fits_model(model)))
        .collect();
    for order in search.order_by.iter().rev() {
        let (key, descending) = order_key(order)?;
        let by = |a: &&RegisteredModel, b: &&RegisteredModel| match key {
            "name" => a.name().cmp(b.name()),
            _ => a.updated().cmp(&b.updated()),
        };
        if !matches!(key, "name" | "timestamp" | "last_updated_timestamp") {
            return Err(format!(
                "Invalid order by key '{key}' specified. Valid keys are '{{'name', 'timestamp'}}'"
            ));
        }
        found = ordered(&found, &|a, b| turned(by(a, b), descending));
    }
    let names = found.into_iter().take(most);
    Ok(names.map(|model| model.name().clone()).collect())
}

/// The versions that a search finds, each with its model.
///
/// # Errors
/// MLflow's message; its code is `INVALID_PARAMETER_VALUE`.
pub fn versions(
    registry: &Registry,
    runs: &Runs,
    search: &Search,
) -> Result<Vec<(ModelName, VersionNumber)>, String> {
    let most = most(search, 10_000, 200_000)?;
    let clauses = clauses(&search.filter, Of::Versions)?;
    let mut found: Vec<(&RegisteredModel, &ModelVersion)> = Vec::new();
    for model in registry.models() {
        for version in model.versions().rev() {
            if clauses
                .iter()
                .all(|clause| clause.fits(model, version, runs))
            {
                found.push((model, version));
            }
        }
    }
    // What is found stands by name, and the newest versions first: so MLflow breaks ties.
    let newest_first = ["last_updated_timestamp DESC".to_owned()];
    let orders = if search.order_by.is_empty() {
        &newest_first
    } else {
        search.order_by.as_slice()
    };
    type Found<'a> = (&'a RegisteredModel, &'a ModelVersion);
    for order in orders.iter().rev() {
        let (key, descending) = order_key(order)?;
        let by: fn(&Found<'_>, &Found<'_>) -> Ordering = match key {
            "name" => |a, b| a.0.name().cmp(b.0.name()),
            "version_number" => |a, b| a.1.number().cmp(&b.1.number()),
            "creation_timestamp" => |a, b| a.1.created().cmp(&b.1.created()),
            "last_updated_timestamp" => |a, b| {
                let updated = |found: &Found<'_>| found.0.version_updated(found.1.number());
                updated(a).cmp(&updated(b))
            },
            _ => {
                return Err(format!(
                    "Invalid attribute key '{key}' specified. Valid keys are '{{'name', 'version_number', \
                     'creation_timestamp', 'last_updated_timestamp'}}'"
                ));
            }
        };
        found = ordered(&found, &|a, b| turned(by(a, b), descending));
    }
    let found = found.into_iter().take(most);
    Ok(found
        .map(|(model, version)| (model.name().clone(), version.number()))
        .collect())
}

const fn turned(order: Ordering, descending: bool) -> Ordering {
    if descending { order.reverse() } else { order }
}

fn most(search: &Search, usual: usize, limit: usize) -> Result<usize, String> {
    match search.most {
        None => Ok(usual),
        Some(0) => Err(
            "Invalid value for max_results. It must be a positive integer, but got 0".to_owned(),
        ),
        Some(most) if most > limit => Err(format!(
            "Invalid value for request parameter max_results. It must be at most {limit}, but got value {most}"
        )),
        Some(most) => Ok(most),
    }
}

/// The key of an order, and whether it goes down.
fn order_key(order: &str) -> Result<(&str, bool), String> {
    let mut words = order.split_whitespace();
    let key = words.next().unwrap_or_default();
    let direction = words.next().unwrap_or("ASC");
    let wrong = || format!("Invalid ordering key in order_by clause '{order}'.");
    let descending = if direction.eq_ignore_ascii_case("desc") {
        true
    } else if direction.eq_ignore_ascii_case("asc") {
        false
    } else {
        return Err(wrong());
    };
    // To MLflow's reader of SQL, `version` is a word of the language.
    if key.is_empty() || key.eq_ignore_ascii_case("version") {
        return Err(format!(
            "Invalid order_by clause '{order}'. Could not be parsed."
        ));
    }
    if words.next().is_some() {
        return Err(wrong());
    }
    let plain = key.trim_matches(|c| matches!(c, '`' | '"' | '\''));
    Ok((
        plain.strip_prefix("attribute.").unwrap_or(plain),
        descending,
    ))
}

/// A piece of a filter.
#[derive(Clone, PartialEq, Debug)]
enum Token<'a> {
    /// A word, a number, a comparator or a bracket.
    Plain(&'a str),
    /// A text in quotes, without them.
    Quoted(&'a str),
}

impl Token<'_> {
    fn word(&self) -> String {
        match self {
            Self::Plain(word) => (*word).to_owned(),
            Self::Quoted(text) => format!("'{text}'"),
        }
    }

    fn is(&self, word: &str) -> bool {
        matches!(self, Self::Plain(there) if there.eq_ignore_ascii_case(word))
    }
}

fn tokens(filter: &str) -> Option<Vec<Token<'_>>> {
    let mut tokens = Vec::new();
    let mut rest = filter.trim_start();
    while let Some(first) = rest.chars().next() {
        let (token, after) = if let quote @ ('\'' | '"') = first {
            let (text, after) = rest.get(1..)?.split_once(quote)?;
            (Token::Quoted(text), after)
        } else {
            let is_comparator = |c: char| matches!(c, '=' | '!' | '<' | '>');
            let length = if matches!(first, '(' | ')' | ',') {
                1
            } else if is_comparator(first) {
                rest.find(|c| !is_comparator(c)).unwrap_or(rest.len())
            } else {
                word_length(rest)
            };
            let (word, after) = rest.split_at_checked(length)?;
            (Token::Plain(word), after)
        };
        tokens.push(token);
        rest = after.trim_start();
    }
    Some(tokens)
}

/// How long a word is; what stands in backticks or, behind a point, in quotes belongs to it.
fn word_length(rest: &str) -> usize {
    let mut quote = None;
    let mut before = ' ';
    for (at, c) in rest.char_indices() {
        match quote {
            Some(open) if open == c => quote = None,
            Some(_) => {}
            None if c == '`' || (before == '.' && matches!(c, '"' | '\'')) => quote = Some(c),
            None if c.is_whitespace()
                || matches!(c, '=' | '!' | '<' | '>' | '(' | ')' | ',' | '\'' | '"') =>
            {
                return at.max(1);
            }
            None => {}
        }
        before = c;
    }
    rest.len()
}

fn clauses(filter: &str, of: Of) -> Result<Vec<Clause>, String> {
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

impl Clause {
    fn fits_model(&self, model: &RegisteredModel) -> bool {
        match &self.key {
            Key::Name => self.holds(model.name().as_str()),
            Key::Tag(key) => self.tag(model.tags(), key),
            _ => false,
        }
    }

    fn fits(&self, model: &RegisteredModel, version: &ModelVersion, runs: &Runs) -> bool {
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
                    _ => self.holds(&super::runs::id_of(model.name(), version.number())),
                }
            }
            Key::Number => {
                let Sought::One(number) = &self.value else {
                    return false;
                };
                let there = i64::from(version.number().get());
                number
                    .parse()
                    .is_ok_and(|number| self.compares(there.cmp(&number)))
            }
        }
    }

    fn tag(&self, tags: &Sorted<TagKey, TagValue>, key: &str) -> bool {
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
