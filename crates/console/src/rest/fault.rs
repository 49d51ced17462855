//! What can be wrong with a request before it reaches the registry: what the server says then, or `curl` itself.

use serde_json::Value;

use super::endpoints::Verb;
use registry::{named_variants, python};

named_variants! {
    /// What is wrong with a request.
    #[derive(Clone, PartialEq, Eq, Debug)]
    pub enum Fault {
        /// `curl` has no such option, or the console does not know it.
        NoSuchOption {
            option: String,
            /// What was probably meant.
            nearest: Option<&'static str>,
        } = "no_such_option",
        /// An option stands there without its value.
        MissingValue { option: &'static str } = "missing_value",
        /// There is no address in the command.
        NoAddress = "no_address",
        TwoAddresses = "two_addresses",
        /// The body is to be read from a file, which the console does not have.
        File = "file",
        /// A program behind a `|` that the console does not have, or that is asked for too much.
        Pipe { program: String } = "pipe",
        /// What a variable is to keep is not in the answer.
        NoPath { path: String } = "no_path",
        /// `$(…)` with something else than one request in it, or at another place than behind `NAME=`.
        Substitution = "substitution",
        /// `&&`
        And = "and",
        /// `if`, `for`, a function.
        Block {
            /// The word that it begins with.
            word: String,
        } = "block",
        /// A program that the console does not have.
        NoProgram {
            name: String,
            /// What was probably meant.
            nearest: Option<&'static str>,
        } = "no_program",
        /// What does something with the answer: `-o`, `-w`, `> file`.
        Answer = "answer",
        /// A long dash in place of the one of an option.
        Dash = "dash",
        /// What should carry a line on, and does not: a backslash with a blank behind it, `^` of Windows' `cmd`, the backtick of
        /// PowerShell.
        LineEnd { sign: char } = "line_end",
        /// `curl` sends nothing to an address with such a sign in it.
        Address {
            sign: char,
            /// Its place in the address, counted from 1.
            position: usize,
        } = "address",
        /// A variable of the shell that was given no value.
        Variable { name: String } = "variable",
        /// The server has nothing at this address.
        NoEndpoint {
            path: String,
            /// The path that was probably meant.
            nearest: Option<&'static str>,
        } = "no_endpoint",
        /// A real server has something at this address; the simulated one has only the registry.
        NotSimulated { path: String } = "not_simulated",
        /// The server does not expect this value and fails.
        Breaks { field: &'static str, value: String } = "breaks",
        /// There is something at this address, but not for this verb.
        WrongVerb {
            /// The verb as written.
            verb: String,
            allowed: Vec<Verb>,
        } = "wrong_verb",
        /// The header that says that JSON is sent is missing, or says something else.
        ContentType {
            /// Whether there is none at all.
            is_missing: bool,
        } = "content_type",
        /// What is sent is no JSON. The server takes that for nothing, and complains about the first field that it needs.
        Json {
            /// That field.
            missing: &'static str,
        } = "json",
        /// What is sent is JSON, but no object.
        NoObject = "no_object",
        /// A field that the server asks for is missing or empty.
        Missing {
            field: &'static str,
            /// A field that is there and that was probably meant for it.
            nearest: Option<String>,
        } = "missing_field",
        /// A field has a value of another kind.
        WrongKind {
            field: &'static str,
            /// The value, as the server's message has it.
            value: String,
            /// What Python calls the kind of the value.
            of: &'static str,
        } = "wrong_kind",
        /// A field is there under both of its spellings.
        TwoSpellings {
            /// The usual one.
            field: &'static str,
            other: String,
        } = "two_spellings",
    }
    /// The kind's name, for a table of words.
    pub fn id;
}

impl Fault {
    /// A field with a value of another kind.
    pub fn wrong_kind(field: &'static str, value: &Value) -> Self {
        let of = match value {
            Value::Null => "NoneType",
            Value::Bool(_) => "bool",
            Value::Number(number) if number.as_str().contains(['.', 'e', 'E']) => "float",
            Value::Number(_) => "int",
            Value::String(_) => "str",
            Value::Array(_) => "list",
            Value::Object(_) => "dict",
        };
        let mut shown = String::new();
        show(&mut shown, value);
        Self::WrongKind {
            field,
            value: shown,
            of,
        }
    }

    /// The status and the message with which the server answers; nothing where the request never leaves.
    pub fn answer(&self) -> Option<(u16, String)> {
        const SEE: &str = " See the API docs for more information about request parameters.";
        let message = match self {
            Self::NoSuchOption { .. }
            | Self::MissingValue { .. }
            | Self::NoAddress
            | Self::TwoAddresses
            | Self::File
            | Self::Pipe { .. }
            | Self::NoPath { .. }
            | Self::Substitution
            | Self::And
            | Self::Block { .. }
            | Self::NoProgram { .. }
            | Self::Answer
            | Self::Dash
            | Self::LineEnd { .. }
            | Self::Address { .. }
            | Self::NotSimulated { .. }
            | Self::Variable { .. } => return None,
            // These answers are pages for people, of which only the status counts.
            Self::NoEndpoint { .. } => return Some((404, String::new())),
            Self::WrongVerb { .. } => return Some((405, String::new())),
            Self::NoObject | Self::Breaks { .. } => return Some((500, String::new())),
            Self::ContentType { is_missing: true } => {
                "Bad Request. Content-Type header is missing.".to_owned()
            }
            Self::ContentType { is_missing: false } => {
                "Bad Request. Content-Type must be one of ['application/json'].".to_owned()
            }
            Self::Json { missing: field } | Self::Missing { field, .. } => {
                format!("Missing value for required parameter '{field}'.{SEE}")
            }
            Self::WrongKind { field, value, of } => format!(
                "Invalid value {value} for parameter '{field}' supplied:  Hint: Value was of type '{of}'.{SEE}"
            ),
            Self::TwoSpellings { field, other } => {
                format!("Request specifies both '{field}' and '{other}'; provide only one of them.")
            }
        };
        Some((400, message))
    }
}

/// A value as Python's `json.dumps(value, sort_keys=True, separators=(",", ":"))` prints it.
fn show(out: &mut String, value: &Value) {
    match value {
        Value::String(text) => out.push_str(&python::json_quote(text)),
        Value::Array(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                show(out, item);
            }
            out.push(']');
        }
        Value::Object(fields) => {
            out.push('{');
            for (at, (key, field)) in fields.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                out.push_str(&python::json_quote(key));
                out.push(':');
                show(out, field);
            }
            out.push('}');
        }
        Value::Null => out.push_str("null"),
        Value::Bool(flag) => out.push_str(if *flag { "true" } else { "false" }),
        Value::Number(number) => out.push_str(&number.to_string()),
    }
}
