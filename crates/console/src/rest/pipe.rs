//! What the answer to a request is piped into: `| jq -r .model_version.version` and a few others. Anything else is refused
//! before the request is sent, since nobody could say what would come of it.

use serde_json::Value;

use super::fault::Fault;
use super::shell_words::RawWord;
use super::source_map::{MappedText, Variables};
use crate::codegen::curl::TAKE_RUN;
use crate::diagnostic::Problem;
use crate::span::Span;
use registry::json;

/// A program behind a `|`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pipe {
    pub at: Span,
    operation: PipeOperation,
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum PipeOperation {
    /// The answer stays as it is.
    Nothing,
    /// A value is taken out of it.
    Take {
        /// The path as written.
        path: String,
        steps: Vec<PathStep>,
        /// Whether a text loses its quotes.
        is_raw: bool,
    },
    /// The run's ID, as the exported scripts take it.
    RunId,
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum PathStep {
    Field(String),
    Place(i64),
}

/// What comes out of a pipe.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PipeOutput {
    /// The answer as it is.
    Same,
    /// Something that was taken from it.
    Text(String),
}

impl Pipe {
    /// Reads the words behind a `|`.
    ///
    /// # Errors
    /// A program, an option or a path that is not known here.
    pub fn read(words: &[RawWord], at: Span, variables: &Variables) -> Result<Self, Problem> {
        let mut said = Vec::new();
        for word in words {
            said.push(MappedText::of(word, variables)?);
        }
        let texts: Vec<&str> = said.iter().map(|word| word.text.as_str()).collect();
        let refused = |at: Span| {
            let program = texts.first().copied().unwrap_or("|").to_owned();
            Problem::rest(at, Fault::Pipe { program })
        };
        let whole = words
            .first()
            .zip(words.last())
            .map_or(at, |(first, last)| first.at.to(last.at));
        let operation = match texts.as_slice() {
            ["jq", options @ ..] => {
                let mut is_raw = false;
                let mut path = ".";
                for (option, word) in options.iter().zip(words.iter().skip(1)) {
                    match *option {
                        "-r" | "--raw-output" => is_raw = true,
                        "-e" | "-S" | "-M" | "-C" => {}
                        it if it.starts_with('.') => path = it,
                        _ => return Err(refused(word.at)),
                    }
                }
                let place = words.iter().skip(1).find(|word| !is_option(word));
                let place = place.map_or(whole, |word| word.at);
                let steps = steps(path).ok_or_else(|| refused(place))?;
                if steps.is_empty() {
                    PipeOperation::Nothing
                } else {
                    let path = path.to_owned();
                    PipeOperation::Take {
                        path,
                        steps,
                        is_raw,
                    }
                }
            }
            ["python" | "python3" | "py", "-m", "json.tool"] => PipeOperation::Nothing,
            ["sed", "-n", _] if TAKE_RUN.starts_with("sed -n ") && is_take_run(&texts) => {
                PipeOperation::RunId
            }
            _ => return Err(refused(whole)),
        };
        Ok(Self {
            at: whole,
            operation,
        })
    }

    /// What comes out of it. `must_be` says that a variable is to keep it, so that nothing is not enough.
    ///
    /// # Errors
    /// There is nothing at the path, or no path leads there.
    pub fn through(
        &self,
        body: &str,
        run_id: Option<&str>,
        must_be: bool,
    ) -> Result<PipeOutput, Problem> {
        match &self.operation {
            PipeOperation::Nothing => Ok(PipeOutput::Same),
            PipeOperation::RunId => Ok(PipeOutput::Text(run_id.unwrap_or_default().to_owned())),
            PipeOperation::Take {
                path,
                steps,
                is_raw,
            } => {
                let nothing = || Problem::rest(self.at, Fault::NoPath { path: path.clone() });
                let mut value = json::value(body).map_err(|_| nothing())?;
                for step in steps {
                    value = taken(value, step).ok_or_else(nothing)?;
                }
                match value {
                    Value::Null if must_be => Err(nothing()),
                    Value::String(text) if *is_raw => Ok(PipeOutput::Text(text)),
                    value => Ok(PipeOutput::Text(shown(&value))),
                }
            }
        }
    }
}

fn is_option(word: &RawWord) -> bool {
    word.parts.first().is_some_and(|part| match part {
        super::shell_words::WordPart::Letters(text, _) => text.starts_with('-'),
        super::shell_words::WordPart::Variable(..) => false,
    })
}

/// Whether the words are those of the exported scripts.
fn is_take_run(texts: &[&str]) -> bool {
    let script = TAKE_RUN.trim_start_matches("sed -n ").trim_matches('\'');
    texts.last() == Some(&script)
}

/// The steps of a path such as `.a.b[0]."c d"`; nothing where it is more than that.
fn steps(path: &str) -> Option<Vec<PathStep>> {
    let mut found = Vec::new();
    let mut rest = path;
    if rest == "." {
        return Some(found);
    }
    while !rest.is_empty() {
        if let Some(inside) = rest.strip_prefix('[').or_else(|| rest.strip_prefix(".[")) {
            let (inside, after) = inside.split_once(']')?;
            found.push(match inside.strip_prefix('"') {
                Some(name) => PathStep::Field(name.strip_suffix('"')?.to_owned()),
                None => PathStep::Place(inside.parse().ok()?),
            });
            rest = after;
            continue;
        }
        let named = rest.strip_prefix('.')?;
        let (name, after) = match named.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"')?,
            None => {
                let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
                named.split_at(named.find(|c| !is_name(c)).unwrap_or(named.len()))
            }
        };
        if name.is_empty() || name.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        found.push(PathStep::Field(name.to_owned()));
        rest = after;
    }
    Some(found)
}

fn taken(value: Value, step: &PathStep) -> Option<Value> {
    match (value, step) {
        (Value::Null, _) => Some(Value::Null),
        (Value::Object(mut fields), PathStep::Field(name)) => {
            Some(fields.remove(name).unwrap_or(Value::Null))
        }
        (Value::Array(mut items), PathStep::Place(place)) => {
            let count = i64::try_from(items.len()).unwrap_or(i64::MAX);
            let place = if *place < 0 { place + count } else { *place };
            let place = usize::try_from(place).ok();
            Some(match place.filter(|place| *place < items.len()) {
                Some(place) => items.swap_remove(place),
                None => Value::Null,
            })
        }
        _ => None,
    }
}

/// A value as `jq` prints it.
fn shown(value: &Value) -> String {
    let mut out = String::new();
    show(&mut out, value, 0);
    out
}

fn show(out: &mut String, value: &Value, depth: usize) {
    let line = |out: &mut String, depth: usize| {
        out.push('\n');
        out.extend(std::iter::repeat_n("  ", depth));
    };
    match value {
        Value::Array(items) if !items.is_empty() => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                out.push_str(if at == 0 { "" } else { "," });
                line(out, depth + 1);
                show(out, item, depth + 1);
            }
            line(out, depth);
            out.push(']');
        }
        Value::Object(fields) if !fields.is_empty() => {
            out.push('{');
            for (at, (name, item)) in fields.iter().enumerate() {
                out.push_str(if at == 0 { "" } else { "," });
                line(out, depth + 1);
                out.push_str(&Value::String(name.clone()).to_string());
                out.push_str(": ");
                show(out, item, depth + 1);
            }
            line(out, depth);
            out.push('}');
        }
        other => out.push_str(&other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_those_of_jq() {
        let check = |path: &str, expected: Option<usize>| {
            assert_eq!(steps(path).map(|steps| steps.len()), expected, "{path}");
        };
        check(".", Some(0));
        check(".a", Some(1));
        check(".a.b[0].c", Some(4));
        check(".[0]", Some(1));
        check(".a[-1]", Some(2));
        check(".\"a b\"", Some(1));
        check(".a[\"b\"]", Some(2));
        check(".a[]", None);
        check(".a | .b", None);
        check(".a-b", None);
        check(".a?", None);
        check("..", None);
        check(".a.", None);
        check(".[]", None);
        check("a", None);
    }
}
