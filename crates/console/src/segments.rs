//! Which dialect each line of a text is in: one text may mix them.
//!
//! A line that starts with `mlflow` and another word is a command line, one that starts with `curl` a call of the REST
//! server, one that starts with a builtin of the console is that; all other lines are Python. What a line starts may
//! go on over several: until its brackets and quotes are closed, or behind a backslash.

use super::builtin_call;
use super::builtins::Builtin;
use super::cursor::{Cursor, is_line_end};
use super::dialect::Dialect;
use super::nearest::nearest;
use super::rest;
use super::span::Span;

/// A part of a text that is in one dialect.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Segment {
    pub at: Span,
    pub dialect: Dialect,
}

/// The segments of a text. `is_name` says which names have been given a value: such a name is no builtin.
pub fn segments(text: &str, is_name: &dyn Fn(&str) -> bool) -> Vec<Segment> {
    let whole = Span {
        start: 0,
        end: text.len(),
    };
    if rest::is_rest(text) {
        return vec![Segment {
            at: whole,
            dialect: Dialect::Rest,
        }];
    }
    let mut segments: Vec<Segment> = Vec::new();
    let mut cursor = Cursor::new(text, 0);
    cursor.eat("\u{feff}");
    let mut margin = None;
    let mut assigned: Vec<&str> = Vec::new();
    while cursor.peek().is_some() {
        let start = cursor.at();
        let indent = cursor.take_while(|c| matches!(c, ' ' | '\t'));
        let line = line_of(&cursor);
        if line.is_empty() || line.starts_with('#') {
            cursor.skip_line();
            cursor.eat_line_end();
            continue;
        }
        let is_at_margin = indent.len() <= *margin.get_or_insert(indent.len());
        let dialect = form_of(line);
        let builtin = builtin_call::builtin(line)
            .map(Builtin::as_str)
            .filter(|name| is_at_margin && !is_name(name) && !assigned.contains(name));
        let dialect = match builtin {
            Some(_) => Dialect::Builtin,
            None if is_at_margin => dialect,
            None => Dialect::Python,
        };
        match dialect {
            Dialect::Python => {
                assigned.extend(assigns(line));
                skip_python(&mut cursor);
            }
            Dialect::Builtin => cursor.skip_line(),
            Dialect::Shell | Dialect::Rest => {
                skip_shell(&mut cursor);
            }
        }
        let at = cursor.since(start);
        cursor.eat_line_end();
        match segments.last_mut() {
            // Lines of Python belong together, and so do calls of the server.
            Some(last)
                if last.dialect == dialect
                    && matches!(dialect, Dialect::Python | Dialect::Rest) =>
            {
                last.at = last.at.to(at);
            }
            _ => segments.push(Segment { at, dialect }),
        }
    }
    segments
}

fn line_of<'a>(cursor: &Cursor<'a>) -> &'a str {
    let rest = cursor.rest();
    rest.split(is_line_end).next().unwrap_or_default()
}

/// The name that a line gives a value, if it is a builtin's.
fn assigns(line: &str) -> Option<&str> {
    let (name, value) = line.split_once('=')?;
    let name = name.trim_end();
    (Builtin::named(name).is_some() && !value.starts_with('=')).then_some(name)
}

/// The dialect of a line that starts with no builtin: its first words decide.
fn form_of(line: &str) -> Dialect {
    let line = line
        .strip_prefix("$ ")
        .or_else(|| line.strip_prefix('!'))
        .or_else(|| line.strip_prefix("% "))
        .unwrap_or(line)
        .trim_start();
    let mut words = line.split_whitespace();
    let first = words.next().unwrap_or_default();
    let second = words.next().unwrap_or_default();
    let is_passed = line.starts_with('%')
        && line
            .get(1..)
            .is_some_and(|it| it.starts_with(|c: char| c.is_ascii_alphabetic() || c == '%'))
        || matches!(first, "pip" | "pip3" | "conda")
            && second.starts_with(|c: char| c.is_ascii_alphabetic());
    let is_shell = if is_passed {
        true
    } else if first == "mlflow" {
        // `mlflow = …` gives a value to a name.
        !second.starts_with('=')
    } else {
        // `mlfow models …` is no Python either: nowhere do two such words follow each other.
        first.chars().all(char::is_alphanumeric)
            && second.starts_with(|c: char| c.is_ascii_alphabetic())
            && nearest(second, ["models"]).is_some()
            && nearest(first, ["mlflow"]).is_some()
    };
    if is_shell {
        Dialect::Shell
    } else if first == "curl" && !second.starts_with('=')
        || first == "echo" && is_said(second)
        || (reads_files(first) || matches!(first, "git" | "docker" | "make")) && is_given(second)
    {
        Dialect::Rest
    } else {
        Dialect::Python
    }
}

/// Whether a word is a program that is given a file to read. There are no files here, and that is said.
pub fn reads_files(word: &str) -> bool {
    const PROGRAMS: [&str; 8] = [
        "python", "python3", "bash", "sh", "cat", "less", "head", "tail",
    ];
    PROGRAMS.contains(&word)
}

/// Whether a word is what follows a program, and none of Python's own words and signs.
fn is_given(word: &str) -> bool {
    let is_option = |word: &str| word.starts_with(|c: char| c == '-' || c.is_ascii_alphabetic());
    is_said(word)
        || word.strip_prefix('-').is_some_and(is_option)
        || word.strip_prefix(['.', '/']).is_some_and(|rest| {
            rest.starts_with(['/', '.']) || is_option(rest) && word.starts_with('/')
        })
}

/// Whether a word behind `echo` is what a shell says: Python has only its own words and signs behind a name.
fn is_said(word: &str) -> bool {
    word.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '$' | '"' | '\''))
        && !matches!(word, "in" | "is" | "if" | "and" | "or" | "not" | "for")
}

/// Whether a command line is carried on: by a quote that is open, or a backslash at its end.
pub fn shell_goes_on(line: &str) -> bool {
    let mut cursor = Cursor::new(line, 0);
    let mut goes_on = false;
    while cursor.peek().is_some() {
        goes_on = skip_shell(&mut cursor);
        cursor.eat_line_end();
    }
    goes_on
}

/// Whether Python would wait for more lines: a bracket or a text is open, or a block.
pub fn goes_on(python: &str) -> bool {
    let mut cursor = Cursor::new(python, 0);
    let mut in_block = false;
    while cursor.peek().is_some() {
        let start = cursor.at();
        let indent = cursor.take_while(|c| matches!(c, ' ' | '\t'));
        if skip_python(&mut cursor) {
            return true;
        }
        let line = cursor.since(start).of(python);
        let code = line.split(" #").next().unwrap_or_default();
        in_block = code.trim_end().ends_with(':') || in_block && !indent.is_empty();
        cursor.eat_line_end();
    }
    in_block
}

/// Reads to the end of a line of Python: brackets, quotes and backslashes carry it on. Gives back whether one of them
/// would carry it on beyond the end of the text.
fn skip_python(cursor: &mut Cursor<'_>) -> bool {
    let mut brackets = 0_usize;
    while let Some(c) = cursor.peek() {
        match c {
            '#' => cursor.skip_line(),
            '\'' | '"' => {
                let is_triple =
                    cursor.rest().starts_with("'''") || cursor.rest().starts_with("\"\"\"");
                if !skip_quoted(cursor, c) && is_triple {
                    return true;
                }
            }
            '\\' => {
                cursor.take();
                if cursor.peek().is_none() {
                    return true;
                }
                cursor.skip_escaped();
            }
            _ if is_line_end(c) && brackets == 0 => return false,
            _ => {
                match c {
                    '(' | '[' | '{' => brackets += 1,
                    ')' | ']' | '}' => brackets = brackets.saturating_sub(1),
                    _ => {}
                }
                cursor.take();
            }
        }
    }
    brackets > 0
}

/// Reads a text of Python with its quotes; one with single quotes ends with its line at the latest.
pub(super) fn skip_quoted(cursor: &mut Cursor<'_>, quote: char) -> bool {
    let single = quote.to_string();
    let triple = single.repeat(3);
    let is_triple = cursor.eat(&triple);
    let end = if is_triple { &triple } else { &single };
    if !is_triple {
        cursor.take();
    }
    while let Some(c) = cursor.peek() {
        if cursor.eat(end) {
            return true;
        }
        if c == '\\' {
            cursor.take();
            cursor.skip_escaped();
        } else if is_line_end(c) && !is_triple {
            return false;
        } else {
            cursor.take();
        }
    }
    false
}

/// Reads to the end of a command line: quotes and backslashes carry it on. Gives back whether one of them would carry it
/// on beyond the end of the text.
fn skip_shell(cursor: &mut Cursor<'_>) -> bool {
    let mut quote = None;
    let mut is_word_start = true;
    while let Some(c) = cursor.peek() {
        if quote.is_none() && is_line_end(c) {
            return false;
        }
        match (quote, c) {
            (None, '#') if is_word_start => {
                cursor.skip_line();
                return false;
            }
            (None | Some('"'), '\\') => {
                cursor.take();
                if cursor.peek().is_none() {
                    return true;
                }
                cursor.skip_escaped();
                is_word_start = false;
                continue;
            }
            (None, '\'' | '"') => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            _ => {}
        }
        is_word_start = c.is_whitespace();
        cursor.take();
    }
    quote.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn python_waits_for_the_end() {
        let check = |text: &str, expected: bool| assert_eq!(goes_on(text), expected, "{text:?}");
        check("x = 1", false);
        check("x = (1,", true);
        check("x = (1,\n2)", false);
        check("x = '''a\n", true);
        check("x = 'a", false);
        check("x = 1 + \\\n", false);
        check("x = 1 + \\", true);
        check("for x in y:", true);
        check("for x in y:  # go", true);
        check("for x in y:\n  f(x)\n", true);
        check("for x in y:\n  f(x)\n\n", false);
        check("for x in y: f(x)", false);
        check("x = {'a':", true);
    }

    #[test]
    fn a_command_line_waits_for_its_quotes() {
        let check =
            |text: &str, expected: bool| assert_eq!(shell_goes_on(text), expected, "{text:?}");
        check("curl -d '{\"a\": 1}' x", false);
        check("curl -d '{\"a\":", true);
        check("curl -d '{\"a\":\n 1}'", false);
        check("curl -d \"it's", true);
        check("curl -X POST \\", true);
        check("curl -X POST \\\n  x", false);
        check("curl x # it's", false);
        check("mlflow models transition-version --model-name (", false);
    }

    #[test]
    fn each_line_has_its_form() {
        let check = |text: &str, expected: &str| {
            let found: Vec<String> = segments(text, &|name| name == "rules")
                .into_iter()
                .map(|segment| format!("{} {:?}", segment.dialect.as_str(), segment.at.of(text)))
                .collect();
            assert_eq!(found.join("; "), expected, "{text:?}");
        };
        check("", "");
        check("# nothing\n\n", "");
        check("mlflow models x", "shell \"mlflow models x\"");
        check("  $ mlflow x", "shell \"  $ mlflow x\"");
        check("!mlflow x", "shell \"!mlflow x\"");
        check("# a\n\n$ mlflow", "shell \"$ mlflow\"");
        check("mlflow=3", "python \"mlflow=3\"");
        check("mlflow = 3", "python \"mlflow = 3\"");
        check(
            "mlflow.pyfunc.load_model('x')",
            "python \"mlflow.pyfunc.load_model('x')\"",
        );
        check("mlfow models x", "shell \"mlfow models x\"");
        check("MLflow model x", "shell \"MLflow model x\"");
        check("mlfow = 3", "python \"mlfow = 3\"");
        check("echo hello", "rest \"echo hello\"");
        check("x = 1\n!echo 'a'", "python \"x = 1\"; rest \"!echo 'a'\"");
        check(
            "y = 1\necho in y\necho = 2",
            "python \"y = 1\\necho in y\\necho = 2\"",
        );
        check("undo", "own \"undo\"");
        check("  show m # a", "own \"  show m # a\"");
        check("undo = 3\nundo", "python \"undo = 3\\nundo\"");
        check("undo == 3\nundo", "python \"undo == 3\"; own \"undo\"");
        check("rules", "python \"rules\"");
        check(
            "show.x\nhelp(x)\nshow, y",
            "python \"show.x\\nhelp(x)\\nshow, y\"",
        );
        check("undo\nredo", "own \"undo\"; own \"redo\"");
        check(
            "x = 1\ny = 2\nundo\nmlflow models \\\n  x\nz",
            "python \"x = 1\\ny = 2\"; own \"undo\"; shell \"mlflow models \\\\\\n  x\"; python \"z\"",
        );
        check("f(\nundo\n)", "python \"f(\\nundo\\n)\"");
        check("x = '''\nundo\n'''", "python \"x = '''\\nundo\\n'''\"");
        check("x = 'a\nundo", "python \"x = 'a\"; own \"undo\"");
        check(
            "for x in y:\n  undo\nundo",
            "python \"for x in y:\\n  undo\"; own \"undo\"",
        );
        check(
            "mlflow x 'a\nb' c # 'd\nundo",
            "shell \"mlflow x 'a\\nb' c # 'd\"; own \"undo\"",
        );
    }
}
