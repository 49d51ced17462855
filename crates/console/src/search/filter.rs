//! The filter of a search, read into its comparisons as MLflow reads it.

use super::literal::{self, Literal};
use super::sql::{self, SqlNode, SqlNodeKind, Unread};
use registry::python;

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
    Number(i64),
}

/// What is searched.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Entity {
    Models,
    Versions,
}

impl Entity {
    /// The attributes that a filter may ask for, as MLflow prints the set.
    const fn keys(self) -> &'static str {
        match self {
            Self::Models => "{'name'}",
            Self::Versions => "{'name', 'version_number', 'run_id', 'source_path'}",
        }
    }

    const fn what(self) -> &'static str {
        match self {
            Self::Models => "registered model",
            Self::Versions => "model version",
        }
    }
}

/// What MLflow says about a filter.
#[derive(PartialEq, Debug)]
pub(super) enum FilterError {
    /// The filter is wrong.
    Invalid(String),
    /// MLflow did not think of that: an error of the server.
    Internal(String),
}

impl From<String> for FilterError {
    fn from(message: String) -> Self {
        Self::Invalid(message)
    }
}

/// A comparison as it is read, before its comparator is looked at.
pub(super) struct ParsedClause<'a> {
    key: Key,
    comparator: String,
    value: ClauseValue<'a>,
}

enum ClauseValue<'a> {
    Text(&'a str),
    List(Vec<String>),
    Integer(&'a str),
    Float(f64),
}

/// The comparisons of a filter, as far as its syntax goes.
pub(super) fn parse(filter: &str, of: Entity) -> Result<Vec<ParsedClause<'_>>, FilterError> {
    if filter.is_empty() {
        return Ok(Vec::new());
    }
    let tree = sql::read(filter).map_err(|unread| match unread {
        Unread::Nothing => format!("Invalid filter '{filter}'. Could not be parsed."),
        Unread::TooMuch => format!("Error on parsing filter '{filter}'"),
        Unread::Several => format!(
            "Search filter contained multiple expression {}. Provide AND-ed expression list.",
            python::repr(filter)
        ),
    })?;
    let joined = joined(&tree);
    let is_invalid = |part: &&Part<'_, '_>| match part {
        Part::Compared(..) | Part::IsNull(..) => false,
        Part::Token(node) => node.kind != SqlNodeKind::Comparison && !node.is_keyword("AND"),
    };
    let invalid: Vec<&str> = joined
        .iter()
        .filter(is_invalid)
        .filter_map(|part| match part {
            Part::Token(node) => Some(node.text),
            _ => None,
        })
        .collect();
    if !invalid.is_empty() {
        let message = format!("Invalid clause(s) in filter string: {}", invalid.join(", "));
        return Err(message.into());
    }
    let mut found = Vec::new();
    for part in &joined {
        found.extend(comparison(part, of)?);
    }
    Ok(found)
}

/// The comparisons, once their comparators are looked at.
pub(super) fn clauses(parsed: Vec<ParsedClause<'_>>) -> Result<Vec<Clause>, FilterError> {
    parsed.into_iter().map(clause).collect()
}

/// A piece of a filter, once what sqlparse leaves apart is joined.
enum Part<'n, 'a> {
    Token(&'n SqlNode<'a>),
    /// `KEY IN (…)`, `KEY NOT IN (…)`
    Compared(&'n SqlNode<'a>, &'static str, &'n SqlNode<'a>),
    /// `KEY IS NULL`, `KEY IS NOT NULL`
    IsNull(&'n SqlNode<'a>),
}

/// Joins `IN`, `NOT IN` and `IS NULL` with what stands around them, as MLflow does.
fn joined<'n, 'a>(tree: &'n [SqlNode<'a>]) -> Vec<Part<'n, 'a>> {
    let tokens: Vec<&SqlNode<'a>> = tree.iter().filter(|node| !node.kind.is_space()).collect();
    let mut parts = Vec::new();
    let mut rest = tokens.as_slice();
    while let [first, after @ ..] = rest {
        let [second, third, behind @ ..] = after else {
            parts.extend(rest.iter().map(|node| Part::Token(node)));
            break;
        };
        if first.kind != SqlNodeKind::Identifier {
            parts.push(Part::Token(first));
            rest = after;
            continue;
        }
        rest = behind;
        if second.is_keyword("IN") && third.kind == SqlNodeKind::Parenthesis {
            parts.push(Part::Compared(first, "IN", third));
            continue;
        }
        let is_null = third.is_keyword("NULL")
            || (third.kind == SqlNodeKind::Keyword && third.text.eq_ignore_ascii_case("NOT NULL"));
        if second.is_keyword("IS") && is_null {
            parts.push(Part::IsNull(first));
            continue;
        }
        let [fourth, behind @ ..] = behind else {
            parts.extend([first, second, third].map(|node| Part::Token(node)));
            break;
        };
        rest = behind;
        if second.is_keyword("NOT")
            && third.is_keyword("IN")
            && fourth.kind == SqlNodeKind::Parenthesis
        {
            parts.push(Part::Compared(first, "NOT IN", fourth));
            continue;
        }
        parts.extend([first, second, third, fourth].map(|node| Part::Token(node)));
    }
    parts
}

fn comparison<'a>(
    part: &Part<'_, 'a>,
    of: Entity,
) -> Result<Option<ParsedClause<'a>>, FilterError> {
    let (left, comparator, right) = match part {
        Part::Compared(left, comparator, right) => (*left, *comparator, *right),
        Part::IsNull(left) => {
            identified(left)?;
            let message = format!(
                "IS NULL / IS NOT NULL is not supported for {} search.",
                of.what()
            );
            return Err(message.into());
        }
        Part::Token(node) if node.kind != SqlNodeKind::Comparison => return Ok(None),
        Part::Token(node) => {
            let mut tokens = node.inside.iter().filter(|it| !it.kind.is_space());
            let count = tokens.clone().count();
            let three = (tokens.next(), tokens.next(), tokens.next());
            let (Some(left), Some(middle), Some(right), 3) = (three.0, three.1, three.2, count)
            else {
                let message = format!("Invalid comparison clause. Expected 3 tokens found {count}");
                return Err(message.into());
            };
            (left, middle.text, right)
        }
    };
    identified(left)?;
    let key = key(left.text, of)?;
    let value = value(right, &key, of)?;
    Ok(Some(ParsedClause {
        key,
        comparator: comparator.to_uppercase(),
        value,
    }))
}

fn identified(left: &SqlNode<'_>) -> Result<(), FilterError> {
    if left.kind == SqlNodeKind::Identifier {
        return Ok(());
    }
    let found = left.text;
    Err(format!("Invalid comparison clause. Expected 'Identifier' found '{found}'").into())
}

/// A text without the quotes around it; nothing where there are none.
pub(super) fn unquoted(text: &str) -> Option<&str> {
    let between = |quote: char| text.strip_prefix(quote)?.strip_suffix(quote);
    between('\'').or_else(|| between('"'))
}

/// A key without quotes, and without backticks.
pub(super) fn plain_key(key: &str) -> &str {
    let key = unquoted(key).unwrap_or(key);
    let inside = key.strip_prefix('`').and_then(|it| it.strip_suffix('`'));
    inside.unwrap_or(key)
}

fn key(name: &str, of: Entity) -> Result<Key, FilterError> {
    let (kind, key) = name.split_once('.').unwrap_or(("attribute", name));
    match kind {
        "tag" | "tags" => return Ok(Key::Tag(plain_key(key).to_owned())),
        "attribute" => {}
        _ => {
            let message = format!(
                "Invalid entity type '{kind}'. Valid entity types are ('attribute', 'tag', 'tags')"
            );
            return Err(message.into());
        }
    }
    Ok(match (key, of) {
        ("name", _) => Key::Name,
        ("version_number", Entity::Versions) => Key::Number,
        ("run_id", Entity::Versions) => Key::Run,
        ("source_path", Entity::Versions) => Key::Source,
        _ => {
            let message = format!(
                "Invalid attribute key '{key}' specified. Valid keys are '{}'",
                of.keys()
            );
            return Err(message.into());
        }
    })
}

fn value<'a>(node: &SqlNode<'a>, key: &Key, of: Entity) -> Result<ClauseValue<'a>, FilterError> {
    let text = node.text;
    if matches!(node.kind, SqlNodeKind::Single | SqlNodeKind::Identifier) {
        return unquoted(text).map(ClauseValue::Text).ok_or_else(|| {
            format!(
                "Parameter value is either not quoted or unidentified quote types used for string value {text}. \
                 Use either single or double quotes."
            )
            .into()
        });
    }
    if matches!(key, Key::Tag(_)) {
        let message =
            format!("Expected a quoted string value for tag (e.g. 'my-value'). Got value {text}");
        return Err(message.into());
    }
    match node.kind {
        SqlNodeKind::Parenthesis => list(text, key, of).map(ClauseValue::List),
        SqlNodeKind::Integer | SqlNodeKind::Float if of == Entity::Versions => match (key, node.kind) {
            (Key::Number, SqlNodeKind::Integer) => Ok(ClauseValue::Integer(text)),
            (Key::Number, _) => Ok(ClauseValue::Float(text.parse().unwrap_or_default())),
            _ => Err(
                "Only the '{'version_number', 'creation_timestamp', 'last_updated_timestamp'}' attributes \
                 support comparison with numeric values."
                    .to_owned()
                    .into(),
            ),
        },
        _ => Err(format!(
            "Expected a quoted string value or a list of quoted string values for attributes. Got value {text}"
        )
        .into()),
    }
}

fn list(text: &str, key: &Key, of: Entity) -> Result<Vec<String>, FilterError> {
    const PARSING: &str = "While parsing a list in the query,";
    let (is_listed, listed) = match of {
        Entity::Models => (*key == Key::Name, "['name']"),
        Entity::Versions => (matches!(key, Key::Name | Key::Run), "['name', 'run_id']"),
    };
    if !is_listed {
        let message = format!(
            "Only {listed} attributes support comparison with a list of quoted string values."
        );
        return Err(message.into());
    }
    let message = match literal::read(text) {
        Literal::Texts(texts) => return Ok(texts),
        Literal::Empty => {
            format!("{PARSING} expected a non-empty list of string values, but got empty list")
        }
        Literal::Mixed(shown) => format!(
            "{PARSING} expected string value, punctuation, or whitespace, but got different type in list: {shown}"
        ),
        Literal::IllFormed => {
            format!(
                "{PARSING} expected a non-empty list of string values, but got ill-formed list."
            )
        }
        Literal::Worked => {
            return Err(FilterError::Internal(format!(
                "malformed node or string: {text}"
            )));
        }
    };
    Err(message.into())
}

/// Looks at the comparator, and at the number where one is wanted.
fn clause(read: ParsedClause<'_>) -> Result<Clause, FilterError> {
    use Comparator::{AtLeast, AtMost, Equal, ILike, In, Less, Like, More, NotIn, Unequal};
    let ParsedClause {
        key,
        comparator: sign,
        value,
    } = read;
    let found = COMPARATORS.into_iter().find(|(known, _)| *known == sign);
    let comparator = found.map(|(_, comparator)| comparator);
    let fits = match (&key, comparator) {
        (Key::Number, Some(it)) => matches!(it, Equal | Unequal | Less | AtMost | More | AtLeast),
        (Key::Tag(_) | Key::Source, Some(it)) => matches!(it, Equal | Unequal | Like | ILike),
        (Key::Name | Key::Run, Some(it)) => {
            matches!(it, Equal | Unequal | Like | ILike | In | NotIn)
        }
        (_, None) => false,
    };
    let Some(comparator) = comparator.filter(|_| fits) else {
        return Err(match key {
            Key::Tag(_) => format!("Invalid comparator for tag: {sign}"),
            Key::Number => format!("Invalid comparator for attribute version_number: {sign}"),
            _ => format!("Invalid comparator for attribute: {sign}"),
        }
        .into());
    };
    let wrong_number = |shown: String| {
        FilterError::Invalid(format!(
            "Invalid value for numeric attribute 'version_number': {shown}"
        ))
    };
    let whole = |text: &str, shown: String| {
        let digits = python::int_text(text).ok_or_else(|| wrong_number(shown))?;
        digits.parse().map(Sought::Number).map_err(|_| {
            FilterError::Internal("Python int too large to convert to SQLite INTEGER".to_owned())
        })
    };
    if matches!(value, ClauseValue::List(_)) && !matches!(comparator, In | NotIn) {
        // The database cannot compare a list.
        return Err(FilterError::Invalid(
            "(sqlite3.ProgrammingError) Error binding parameter 4: type 'tuple' is not supported"
                .to_owned(),
        ));
    }
    let value = match (value, &key) {
        (ClauseValue::Text(text), Key::Number) => whole(text, python::repr(text))?,
        (ClauseValue::Integer(text), _) => whole(text, text.to_owned())?,
        (ClauseValue::Float(number), _) => return Err(wrong_number(literal::float(number))),
        (ClauseValue::Text(text), _) => Sought::One(text.to_owned()),
        (ClauseValue::List(texts), _) => Sought::Many(texts),
    };
    Ok(Clause {
        key,
        comparator,
        value,
    })
}
