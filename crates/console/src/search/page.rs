//! The pages of a search over REST: which one is asked for, and the token of the next.

use base64ct::{Base64, Encoding};
use serde_json::Value;

use super::filter::FilterError;
use registry::{json, python};

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The token of the page that begins behind so many.
pub(super) fn token(offset: i64) -> String {
    let text = format!("{{\"offset\": {offset}}}");
    Base64::encode_string(text.as_bytes())
}

/// How many are passed over for the page of a token.
pub(super) fn offset(token: &str) -> Result<i64, FilterError> {
    if token.is_empty() {
        return Ok(0);
    }
    if !token.is_ascii() {
        return Err(FilterError::Internal(
            "string argument should contain only ASCII characters".to_owned(),
        ));
    }
    let bytes = decoded(token).ok_or_else(|| {
        FilterError::Invalid("Invalid page token, could not base64-decode".to_owned())
    })?;
    let parsed = std::str::from_utf8(&bytes).ok();
    let parsed = parsed.and_then(|text| json::value(text).ok());
    let Some(parsed) = parsed else {
        return Err(FilterError::Invalid(format!(
            "Invalid page token, decoded value={}",
            bytes_shown(&bytes)
        )));
    };
    let Value::Object(fields) = &parsed else {
        return Err(FilterError::Internal(
            "the page token has no attribute 'get'".to_owned(),
        ));
    };
    let offset = fields.get("offset").unwrap_or(&Value::Null);
    let is_nothing = match offset {
        Value::Null | Value::Bool(false) => true,
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        Value::Bool(true) => false,
    };
    if is_nothing {
        return Err(FilterError::Invalid(format!(
            "Invalid page token, parsed value={}",
            shown(&parsed)
        )));
    }
    let whole = match offset {
        Value::Bool(_) => Some(1),
        Value::Number(number) => number.as_i64().or_else(|| {
            #[expect(clippy::cast_possible_truncation, reason = "`int()` cuts off as well")]
            number.as_f64().map(|it| it as i64)
        }),
        Value::String(text) => python::int_text(text).and_then(|digits| digits.parse().ok()),
        _ => None,
    };
    whole.ok_or_else(|| {
        let text = match offset {
            Value::String(text) => text.clone(),
            other => shown(other),
        };
        FilterError::Invalid(format!("Invalid page token, not stringable {text}"))
    })
}

/// What Python's `base64.b64decode` makes of a text: other letters are passed over.
fn decoded(token: &str) -> Option<Vec<u8>> {
    let mut found = Vec::new();
    let (mut bits, mut count, mut pads) = (0_u32, 0_u32, 0_u32);
    for letter in token.bytes() {
        if letter == b'=' {
            pads += 1;
            if count >= 2 && count + pads >= 4 {
                return Some(found);
            }
            continue;
        }
        let Some(value) = LETTERS.iter().position(|it| *it == letter) else {
            continue;
        };
        pads = 0;
        bits = (bits << 6 | u32::try_from(value).unwrap_or(0)) & 0xfff;
        count += 1;
        if count > 1 {
            let kept = 2 * (4 - count);
            found.push(u8::try_from(bits >> kept & 0xff).unwrap_or(0));
        }
        count %= 4;
    }
    (count == 0).then_some(found)
}

/// Bytes as Python prints them.
fn bytes_shown(bytes: &[u8]) -> String {
    let has = |quote: u8| bytes.contains(&quote);
    let quote = if has(b'\'') && !has(b'"') { '"' } else { '\'' };
    let mut shown = format!("b{quote}");
    for byte in bytes {
        match *byte {
            b'\n' => shown.push_str("\\n"),
            b'\r' => shown.push_str("\\r"),
            b'\t' => shown.push_str("\\t"),
            b'\\' => shown.push_str("\\\\"),
            byte if char::from(byte) == quote => {
                shown.push('\\');
                shown.push(quote);
            }
            byte @ 0x20..=0x7e => shown.push(char::from(byte)),
            byte => shown.push_str(&format!("\\x{byte:02x}")),
        }
    }
    shown.push(quote);
    shown
}

/// A value as Python prints it.
fn shown(value: &Value) -> String {
    let list = |items: Vec<String>| items.join(", ");
    match value {
        Value::Null => "None".to_owned(),
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => python::repr(text),
        Value::Array(items) => format!("[{}]", list(items.iter().map(shown).collect())),
        Value::Object(fields) => {
            let field = |(key, value): (&String, &Value)| {
                format!("{}: {}", python::repr(key), shown(value))
            };
            format!("{{{}}}", list(fields.iter().map(field).collect()))
        }
    }
}
