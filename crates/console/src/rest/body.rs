//! What a request sends, checked as the server checks it, and made into the call that it is.

use serde_json::{Map, Value};

use super::endpoints::{Field, Kind, Verb};
use super::fault::Fault;
use super::request::Request;
use super::source_map::MappedText;
use crate::diagnostic::Problem;
use crate::methods::{Arguments, Given, METHODS, Param, Takes};
use crate::nearest::nearest;
use crate::search::Paged;
use crate::span::Span;
use crate::statement::Operation;
use registry::call::VersionArgument;
use registry::{json, python};

/// The call that a request is.
///
/// # Errors
/// The first thing that the server complains about.
pub fn read(request: &Request) -> Result<Operation, Problem> {
    let sent = match request.verb {
        Verb::Get if request.is_query => Value::Object(query(request)),
        _ => body(request)?,
    };
    let Value::Object(sent) = sent else {
        return Err(Problem::rest(request.sent.at, Fault::NoObject));
    };
    let sent = usual_names(request, sent)?;
    check(request, &sent)?;
    let method = METHODS
        .iter()
        .find(|method| method.name == request.endpoint.method);
    let Some(method) = method else {
        return Ok(Operation::Nothing);
    };
    let given = method
        .params
        .iter()
        .filter_map(|param| give(*param, request, &sent));
    let operation = method.operation(&mut Arguments::new(given.collect()));
    let paged = |search| Paged {
        search,
        most: sent.get("max_results").and_then(count),
        token: sent
            .get("page_token")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned(),
    };
    Ok(match operation {
        Operation::SearchModels(search) => Operation::PageOfModels(paged(search)),
        Operation::SearchVersions(search) => Operation::PageOfVersions(paged(search)),
        operation => operation,
    })
}

/// A whole number; nothing where the server reads none, so that its own takes the place.
fn count(value: &Value) -> Option<i64> {
    match value {
        Value::String(text) => whole(text),
        Value::Number(number) => whole(&number.to_string()),
        _ => None,
    }
}

/// Reads the body as JSON. Nothing at all, and `null`, are an object without fields.
fn body(request: &Request) -> Result<Value, Problem> {
    let sent = &request.sent;
    if sent.text.trim().is_empty() {
        return Ok(Value::Object(Map::new()));
    }
    match json::value(&sent.text) {
        Ok(Value::Null) => Ok(Value::Object(Map::new())),
        // Old clients send JSON in JSON.
        Ok(Value::String(text)) => {
            json::value(&text).map_err(|_| Problem::rest(sent.at, Fault::NoObject))
        }
        Ok(value) => Ok(value),
        Err(error) => {
            let mut needed = request.endpoint.fields.iter().filter(|it| it.is_required);
            let missing = needed.next().map_or("", |field| field.name);
            let start = error.at;
            let next = sent.text.get(start..).and_then(|rest| rest.chars().next());
            let at = sent.place(start, start + next.map_or(0, char::len_utf8));
            Err(Problem::rest(at, Fault::Json { missing }))
        }
    }
}

/// Reads a query. A field that comes several times is a list; of others the first one counts.
fn query(request: &Request) -> Map<String, Value> {
    let mut found = Map::new();
    for pair in request.sent.text.split('&') {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let (name, value) = (decoded(name), decoded(value));
        let Some(field) = request
            .endpoint
            .fields
            .iter()
            .find(|field| field.name == name)
        else {
            continue;
        };
        if matches!(field.kind, Kind::Texts | Kind::Tags) {
            let list = found
                .entry(name)
                .or_insert_with(|| Value::Array(Vec::new()));
            if let Value::Array(list) = list {
                list.push(Value::String(value));
            }
        } else {
            found.entry(name).or_insert(Value::String(value));
        }
    }
    found
}

/// A value out of an address: `+` is a blank, `%XX` a byte.
pub(super) fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        let hex = |digits: &[u8]| {
            let digits = std::str::from_utf8(digits).ok()?;
            u8::from_str_radix(digits, 16).ok()
        };
        match first {
            b'+' => bytes.push(b' '),
            b'%' => match after.split_at_checked(2) {
                Some((digits, behind)) if digits.iter().all(u8::is_ascii_hexdigit) => {
                    bytes.extend(hex(digits));
                    rest = behind;
                }
                _ => bytes.push(b'%'),
            },
            other => bytes.push(*other),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A field's name as the other spelling has it: `new_name` is also `newName`.
fn other_spelling(name: &str) -> String {
    let mut out = String::new();
    let mut is_up = false;
    for c in name.chars() {
        if c == '_' {
            is_up = true;
        } else if is_up {
            out.push(c.to_ascii_uppercase());
            is_up = false;
        } else {
            out.push(c);
        }
    }
    out
}

/// Puts the fields under their usual names. The server takes both spellings, but its own checks know just the usual one.
fn usual_names(request: &Request, mut sent: Map<String, Value>) -> Result<Sent, Problem> {
    let mut spelled = Map::new();
    for field in &request.endpoint.fields {
        let other = other_spelling(field.name);
        if other == field.name {
            continue;
        }
        if let Some(value) = sent.remove(&other) {
            if sent.contains_key(field.name) {
                let at = value_place(&request.sent, &other).unwrap_or(request.sent.at);
                let field = field.name;
                return Err(Problem::rest(at, Fault::TwoSpellings { field, other }));
            }
            spelled.insert(field.name.to_owned(), value);
        }
    }
    Ok(Sent {
        usual: sent,
        spelled,
    })
}

/// The fields that were sent.
struct Sent {
    /// Under their usual names.
    usual: Map<String, Value>,
    /// Under their other spelling, put under the usual name.
    spelled: Map<String, Value>,
}

impl Sent {
    /// A field, under either spelling; `null` is as good as nothing.
    fn get(&self, name: &str) -> Option<&Value> {
        let found = self.usual.get(name).or_else(|| self.spelled.get(name));
        found.filter(|value| !value.is_null())
    }
}

/// Whether the server's first reader takes the value for this kind of field.
fn fits(kind: Kind, value: &Value) -> bool {
    match (kind, value) {
        (_, Value::Null) | (Kind::Text, Value::String(_)) | (Kind::Flag, Value::Bool(_)) => true,
        (Kind::Texts, Value::Array(items)) => items.iter().all(Value::is_string),
        (Kind::Tags, Value::Array(items)) => items.iter().all(|item| match item {
            Value::Object(tag) => ["key", "value"].iter().all(|name| {
                tag.get(*name)
                    .is_none_or(|value| value.is_string() || value.is_null())
            }),
            _ => false,
        }),
        (Kind::Count, Value::Number(number)) => whole(&number.to_string()).is_some(),
        (Kind::Count, Value::String(text)) => whole(text).is_some(),
        (Kind::Number, Value::Number(_)) => true,
        (Kind::Number, Value::String(text)) => is_number(text),
        _ => false,
    }
}

fn whole(text: &str) -> Option<i64> {
    text.trim_end_matches(".0").parse().ok()
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && registry::MetricValue::parse(text).is_ok()
}

/// The server's own checks, in its order. While everything is of the right kind, only what is missing is told.
fn check(request: &Request, sent: &Sent) -> Result<(), Problem> {
    let fields = &request.endpoint.fields;
    let all_fit = fields.iter().all(|field| {
        let value = sent
            .usual
            .get(field.name)
            .or_else(|| sent.spelled.get(field.name));
        value.is_none_or(|value| fits(field.kind, value))
    });
    for field in fields.iter().filter(|field| field.is_checked) {
        let value = sent.usual.get(field.name);
        if value.is_none() && !field.is_required {
            continue;
        }
        let value = value.unwrap_or(&Value::Null);
        let is_missing = value.is_null() || value.as_str() == Some("");
        // For runs the server asks first whether a field is there at all.
        let asks_first = request.endpoint.path.starts_with("runs/") && is_missing;
        if !all_fit && !asks_first && !is_of_kind(field, value) {
            return Err(wrong_kind(request, field, value));
        }
        // `int("1.0")` is an error that the server does not expect.
        if field.name == "max_results"
            && let Some(text) = value.as_str()
            && python::int_text(text).is_none()
        {
            let at = value_place(&request.sent, field.name).unwrap_or(request.sent.at);
            let (field, value) = (field.name, text.to_owned());
            return Err(Problem::rest(at, Fault::Breaks { field, value }));
        }
        if field.is_required && is_missing {
            return Err(missing(request, field, sent));
        }
        let limit = match request.endpoint.path {
            "registered-models/search" => 1_000,
            _ => 200_000,
        };
        let is_over = |value: &Value| match value {
            Value::String(text) => python::int_text(text).is_some_and(|digits| {
                digits
                    .parse()
                    .map_or(!digits.starts_with('-'), |number: i64| number > limit)
            }),
            Value::Number(number) => whole(&number.to_string()).is_some_and(|it| it > limit),
            _ => false,
        };
        if field.name == "max_results" && is_over(value) {
            return Err(wrong_kind(request, field, value));
        }
    }
    Ok(())
}

/// Whether a value passes the server's second look, at the kind alone.
fn is_of_kind(field: &Field, value: &Value) -> bool {
    match field.kind {
        Kind::Text => value.is_string(),
        Kind::Flag => value.is_boolean(),
        Kind::Texts => value
            .as_array()
            .is_some_and(|items| items.iter().all(Value::is_string)),
        Kind::Tags => value.is_array(),
        Kind::Count if value.is_string() => value
            .as_str()
            .is_some_and(|text| python::int_text(text).is_some()),
        Kind::Count | Kind::Number => fits(field.kind, value) && !value.is_null(),
    }
}

fn wrong_kind(request: &Request, field: &Field, value: &Value) -> Problem {
    let at = value_place(&request.sent, field.name).unwrap_or(request.sent.at);
    Problem::rest(at, Fault::wrong_kind(field.name, value))
}

fn missing(request: &Request, field: &Field, sent: &Sent) -> Problem {
    let known = |name: &&String| {
        request
            .endpoint
            .fields
            .iter()
            .all(|it| it.name != name.as_str())
    };
    let others = sent.usual.keys().filter(known);
    let meant = others
        .map(String::as_str)
        .find(|name| nearest(name, [field.name]).is_some());
    let nearest = meant.map(str::to_owned);
    let name = nearest.as_deref().unwrap_or(field.name);
    let at = match nearest.is_some() {
        true => key_place(&request.sent, name),
        false => value_place(&request.sent, name),
    };
    let at = at.unwrap_or(request.sent.at);
    let field = field.name;
    Problem::rest(at, Fault::Missing { field, nearest })
}

/// Where the name of a field stands in a body.
fn key_place(sent: &MappedText, name: &str) -> Option<Span> {
    let key = format!("\"{name}\"");
    let at = sent.text.find(&key)?;
    Some(sent.place(at, at + key.len()))
}

/// Where a field is given a value, in the body or the query: the field that has this name in the client.
pub fn place_of(request: &Request, parameter: &str) -> Option<Span> {
    let mut fields = request.endpoint.fields.iter();
    let field = fields.find(|field| field.param == parameter)?;
    if !request.is_query {
        return value_place(&request.sent, field.name);
    }
    let query = &request.sent;
    let mut at = 0;
    query.text.split('&').find_map(|pair| {
        let start = at;
        at += pair.len() + 1;
        let (name, _) = pair
            .split_once('=')
            .filter(|(name, _)| *name == field.name)?;
        Some(query.place(start + name.len() + 1, start + pair.len()))
    })
}

/// Where the value of a field stands in a body.
fn value_place(sent: &MappedText, name: &str) -> Option<Span> {
    let text = &sent.text;
    let key = format!("\"{name}\"");
    text.match_indices(&key).find_map(|(at, _)| {
        let behind = text.get(at + key.len()..)?;
        let value = behind.trim_start().strip_prefix(':')?.trim_start();
        let start = text.len() - value.len();
        let length = match value.strip_prefix('"') {
            Some(inside) => inside.find('"').map_or(value.len(), |end| end + 2),
            None => value.find([',', '}', '\n']).unwrap_or(value.len()),
        };
        let shown = value.get(..length)?.trim_end();
        Some(sent.place(start, start + shown.len()))
    })
}

/// What a parameter of the method is given; nothing for those that a call does not carry.
fn give(param: Param, request: &Request, sent: &Sent) -> Option<Given> {
    let field = request
        .endpoint
        .fields
        .iter()
        .find(|field| field.param == param.name);
    let value = field.and_then(|field| sent.get(field.name));
    let text = || match value {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    };
    Some(match param.takes {
        Takes::Ignored | Takes::Empty => return None,
        Takes::Text | Takes::Version | Takes::Printed | Takes::ModelsUri | Takes::TextOrNone => {
            Given::Text(text())
        }
        Takes::TagVersion => Given::TagVersion(VersionArgument::Given(text())),
        Takes::Flag => Given::Flag(matches!(value, Some(Value::Bool(true)))),
        Takes::Texts => Given::Texts(match value {
            Some(Value::Array(items)) => items
                .iter()
                .filter_map(|item| item.as_str().map(str::to_owned))
                .collect(),
            _ => Vec::new(),
        }),
        Takes::Tags | Takes::Metrics => Given::Tags(match value {
            Some(Value::Array(items)) => items.iter().map(tag).collect(),
            _ => Vec::new(),
        }),
        Takes::Count => Given::Count(whole(&text()).and_then(|it| usize::try_from(it).ok())),
    })
}

/// A tag as far as it can be read: the server takes what is missing for an empty text.
fn tag(item: &Value) -> (String, String) {
    let text = |name: &str| {
        item.get(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    (text("key"), text("value"))
}
