//! The order of a search, read as MLflow reads it.

use super::filter::{Entity, FilterError, plain_key};
use super::sql::{self, SqlNodeKind};
use registry::python;

/// What is found is put in order by this.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum By {
    Name,
    Number,
    Created,
    Updated,
}

/// The order of a search: by what, and whether it goes down.
pub(super) fn order(written: &[String], of: Entity) -> Result<Vec<(By, bool)>, FilterError> {
    let mut found: Vec<(By, bool)> = Vec::new();
    for text in written {
        let (key, descends) = split(text)?;
        let by = match of {
            Entity::Models => model_key(&key)?,
            Entity::Versions => version_key(&key)?,
        };
        if found.iter().any(|(known, _)| *known == by) {
            let shown: Vec<String> = written.iter().map(|text| python::repr(text)).collect();
            return Err(FilterError::Internal(format!(
                "`order_by` contains duplicate fields: [{}]",
                shown.join(", ")
            )));
        }
        found.push((by, descends));
    }
    // So MLflow breaks ties.
    let ties: &[(By, bool)] = match of {
        Entity::Models => &[(By::Name, false)],
        Entity::Versions if written.is_empty() => {
            &[(By::Updated, true), (By::Name, false), (By::Number, true)]
        }
        Entity::Versions => &[(By::Name, false), (By::Number, true)],
    };
    for (by, descends) in ties {
        if !found.iter().any(|(known, _)| known == by) {
            found.push((*by, *descends));
        }
    }
    Ok(found)
}

/// The key of an order as written, and whether it goes down.
fn split(text: &str) -> Result<(String, bool), FilterError> {
    let unread = || {
        FilterError::Invalid(format!(
            "Invalid order_by clause '{text}'. Could not be parsed."
        ))
    };
    let tree = sql::read(text).map_err(|why| match why {
        sql::Unread::TooMuch => {
            FilterError::Invalid(format!("Error on parsing order_by clause '{text}'"))
        }
        _ => unread(),
    })?;
    // `timestamp` is a type to SQL.
    let is_time = tree
        .first()
        .is_some_and(|first| first.kind == SqlNodeKind::Builtin && first.text == "timestamp");
    let token = match tree.as_slice() {
        [only] if only.kind == SqlNodeKind::Identifier => only.text.to_owned(),
        [_] if is_time => "timestamp".to_owned(),
        [_, blanks @ .., last]
            if is_time
                && last.kind == SqlNodeKind::Order
                && blanks.iter().all(|blank| blank.kind.is_space()) =>
        {
            format!("timestamp {}", last.text)
        }
        _ => return Err(unread()),
    };
    let words = words(&token.replace('`', "\""))
        .ok_or_else(|| FilterError::Internal("No closing quotation".to_owned()))?;
    match words.as_slice() {
        [key, direction] => match direction.to_lowercase().as_str() {
            "asc" => Ok((key.trim().to_owned(), false)),
            "desc" => Ok((key.trim().to_owned(), true)),
            _ => Err(FilterError::Invalid(format!(
                "Invalid ordering key in order_by clause '{text}'."
            ))),
        },
        [_, _, ..] => Err(unread()),
        _ => Ok((token.trim().to_owned(), false)),
    }
}

/// The words of a text as Python's `shlex.split` finds them; nothing where a quote has no end.
fn words(text: &str) -> Option<Vec<String>> {
    let mut found = Vec::new();
    let mut word: Option<String> = None;
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\'' | '"' => {
                let word = word.get_or_insert_default();
                loop {
                    match chars.next()? {
                        inside if inside == c => break,
                        '\\' if c == '"' => {
                            let escaped = chars.next()?;
                            if !matches!(escaped, '"' | '\\') {
                                word.push('\\');
                            }
                            word.push(escaped);
                        }
                        inside => word.push(inside),
                    }
                }
            }
            '\\' => word.get_or_insert_default().push(chars.next()?),
            ' ' | '\t' | '\r' | '\n' => found.extend(word.take()),
            _ => word.get_or_insert_default().push(c),
        }
    }
    found.extend(word);
    Some(found)
}

fn model_key(key: &str) -> Result<By, FilterError> {
    match key {
        "name" => Ok(By::Name),
        "timestamp" | "last_updated_timestamp" => Ok(By::Updated),
        _ => Err(FilterError::Invalid(format!(
            "Invalid order by key '{key}' specified. Valid keys are '{{'name', 'timestamp'}}'"
        ))),
    }
}

fn version_key(text: &str) -> Result<By, FilterError> {
    const KEYS: &str = "{'name', 'version_number', 'creation_timestamp', 'last_updated_timestamp'}";
    let (kind, key) = text.split_once('.').unwrap_or(("attribute", text));
    if !["attribute", "attributes", "tag", "tags"].contains(&kind) {
        return Err(FilterError::Invalid(format!(
            "Invalid entity type '{kind}'. Valid entity types are ('attribute', 'attributes', 'tag', 'tags')"
        )));
    }
    let key = plain_key(key);
    Ok(match key {
        "name" => By::Name,
        "version_number" => By::Number,
        "creation_timestamp" => By::Created,
        "last_updated_timestamp" => By::Updated,
        _ if kind.starts_with("tag") => {
            return Err(FilterError::Invalid(format!(
                "Invalid order by key '{key}' specified. Valid keys are {KEYS}"
            )));
        }
        _ => {
            return Err(FilterError::Invalid(format!(
                "Invalid attribute key '{key}' specified. Valid keys are '{KEYS}'"
            )));
        }
    })
}
