//! What was typed, out of what was copied: prompts, the fences of a web page, `%time` of a notebook. What a program has
//! answered in between is left out.

use std::borrow::Cow;

use super::segments;
use super::span::Span;

/// A text as it was typed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Typed<'a> {
    pub text: Cow<'a, str>,
    /// Where pieces of it start, and where they started in what was copied.
    moved: Vec<(usize, usize)>,
}

impl Typed<'_> {
    /// The same place in what was copied.
    pub fn back(&self, at: Span) -> Span {
        let place = |at: usize, is_end: bool| {
            let known = |(start, _): &&(usize, usize)| {
                if is_end { *start < at } else { *start <= at }
            };
            let found = self.moved.iter().rev().find(known).or(self.moved.first());
            found.map_or(at, |(start, copied)| copied + at.saturating_sub(*start))
        };
        let start = place(at.start, false);
        Span {
            start,
            end: place(at.end, at.end > at.start).max(start),
        }
    }
}

/// Whether a command line sets something up that is not here: `pip install …`, `%pip`, `%%time`.
pub fn is_passed(first: &str) -> bool {
    let first = first.trim_start_matches('!');
    first.starts_with('%')
        || matches!(
            first,
            "pip"
                | "pip3"
                | "conda"
                | "apt"
                | "apt-get"
                | "brew"
                | "uv"
                | "cd"
                | "ls"
                | "mkdir"
                | "export"
                | "sleep"
        )
}

/// Which kind of transcript a text is.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// None: every line was typed.
    Plain,
    /// `>>> `, `... `
    Python,
    /// `In [3]: `, `   ...: `
    Notebook,
    /// `$ `, `(venv) $ `, `PS C:\\>`
    Shell,
}

/// What was typed.
pub fn typed(text: &str) -> Typed<'_> {
    let kind = kind(text);
    let has_more = text
        .lines()
        .any(|line| is_fence(line) || !magic(line).is_empty());
    if kind == Kind::Plain && !has_more {
        return Typed {
            text: Cow::Borrowed(text),
            moved: Vec::new(),
        };
    }
    let mut out = String::with_capacity(text.len());
    let mut moved = Vec::new();
    let mut at = 0;
    // What was typed last, as far as it may go on.
    let mut open_from = None;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        // Lines keep their numbers: a traceback names them.
        let leave_out = |out: &mut String| {
            if line.ends_with('\n') {
                out.push('\n');
            }
        };
        if is_fence(line) {
            leave_out(&mut out);
            continue;
        }
        let goes_on = open_from
            .and_then(|from| out.get(from..))
            .is_some_and(|typed| segments::shell_goes_on(typed.trim_end_matches(['\r', '\n'])));
        let prompt = match kind {
            Kind::Plain => Some(0),
            Kind::Python => python_prompt(line),
            Kind::Notebook => notebook_prompt(line),
            Kind::Shell if goes_on => Some(continued(line)),
            Kind::Shell => shell_prompt(line).or_else(|| is_command(line).then_some(0)),
        };
        // What has no prompt is an answer.
        let Some(prompt) = prompt else {
            leave_out(&mut out);
            continue;
        };
        let rest = line.get(prompt..).unwrap_or_default();
        let magic = magic(rest).len();
        let kept = rest.get(magic..).unwrap_or_default();
        moved.push((out.len(), start + prompt + magic));
        if kind == Kind::Shell && !goes_on {
            open_from = Some(out.len());
        }
        out.push_str(kept);
    }
    Typed {
        text: Cow::Owned(out),
        moved,
    }
}

fn kind(text: &str) -> Kind {
    let mut lines = text
        .lines()
        .filter(|line| !line.trim().is_empty() && !is_fence(line));
    let Some(first) = lines.find(|line| !line.starts_with('#')) else {
        return Kind::Plain;
    };
    if first.starts_with(">>>") {
        Kind::Python
    } else if first.starts_with("In [") && notebook_prompt(first).is_some() {
        Kind::Notebook
    } else if shell_prompt(first).is_some() {
        Kind::Shell
    } else {
        Kind::Plain
    }
}

fn is_fence(line: &str) -> bool {
    let line = line.trim();
    line.strip_prefix("```")
        .or_else(|| line.strip_prefix("~~~"))
        .is_some_and(|info| {
            info.chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '+'))
        })
}

/// A prompt of Python's, with the blank behind it.
fn python_prompt(line: &str) -> Option<usize> {
    let rest = line
        .strip_prefix(">>>")
        .or_else(|| line.strip_prefix("..."))?;
    match rest.chars().next() {
        Some(' ') => Some(4),
        None | Some('\r' | '\n') => Some(3),
        Some(_) => None,
    }
}

/// A prompt of a notebook's.
fn notebook_prompt(line: &str) -> Option<usize> {
    let behind = |sign: &str| {
        let at = line.find(sign)? + sign.len();
        Some(at + usize::from(line.get(at..)?.starts_with(' ')))
    };
    if let Some(number) = line.strip_prefix("In [") {
        let digits = number.split("]:").next()?;
        let is_number = digits
            .chars()
            .all(|c| c.is_ascii_digit() || c == ' ' || c == '*');
        return is_number.then(|| behind("]:")).flatten();
    }
    let dots = line.trim_start();
    (line.starts_with(' ') && dots.starts_with("...:"))
        .then(|| behind("...:"))
        .flatten()
}

/// A prompt of a shell.
fn shell_prompt(line: &str) -> Option<usize> {
    let blanks = line.len() - line.trim_start().len();
    let rest = line.trim_start();
    if rest.starts_with("PS ")
        || (rest.get(1..3) == Some(":\\") && rest.starts_with(|c: char| c.is_ascii_alphabetic()))
    {
        let end = rest.find('>')?;
        let is_path = rest
            .get(..end)
            .is_some_and(|path| path.contains(':') || path.contains('/'));
        let behind = rest.get(end + 1..)?;
        let more = behind.len() - behind.trim_start_matches(' ').len();
        return is_path.then_some(blanks + end + 1 + more);
    }
    // `(venv) user@host:~/x$ curl …`: what stands before the `$` is no command.
    let end = rest.find("$ ")?;
    let before = rest.get(..end)?;
    let words: Vec<&str> = before.split_whitespace().collect();
    let is_prompt = match words.as_slice() {
        [] => true,
        [environment] if is_environment(environment) => true,
        [place] => is_host(place),
        [environment, place] => is_environment(environment) && is_host(place),
        _ => false,
    };
    is_prompt.then_some(blanks + end + 2)
}

fn is_environment(word: &str) -> bool {
    word.starts_with('(') && word.ends_with(')')
}

/// `user@host:~/x`, `~/x`
fn is_host(word: &str) -> bool {
    word.starts_with('~')
        || word
            .split_once('@')
            .is_some_and(|(_, host)| host.contains(':'))
}

/// What a shell puts before a line that goes on.
fn continued(line: &str) -> usize {
    if line.starts_with("> ") { 2 } else { 0 }
}

/// Whether a line without a prompt is a command all the same.
fn is_command(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let first = words.next().unwrap_or_default();
    matches!(
        first,
        "curl" | "mlflow" | "export" | "echo" | "set" | "cd" | "pip" | "sleep" | "source"
    ) || first.starts_with('#')
        || first.split_once('=').is_some_and(|(name, _)| {
            !name.is_empty()
                && name
                    .chars()
                    .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
        })
}

/// What a notebook puts before code that runs all the same.
fn magic(line: &str) -> &str {
    let start = line.trim_start();
    let blanks = line.len() - start.len();
    let word = start.split_whitespace().next().unwrap_or_default();
    let length = match word {
        "%time" | "%timeit" | "%sh" if start.trim() != word => word.len() + 1,
        _ if start.starts_with("!curl ")
            || start.starts_with("!mlflow ")
            || start.starts_with("!echo ")
            || start.starts_with("!export ") =>
        {
            1
        }
        _ => return "",
    };
    line.get(..blanks + length).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(copied: &str, expected: &str) {
        assert_eq!(typed(copied).text, expected, "{copied:?}");
    }

    #[test]
    fn prompts_and_answers_are_left_out() {
        check("x = 1\n", "x = 1\n");
        check(
            ">>> x = 1\n>>> x\n1\n>>> for a in b:\n...     a\n...\n2\n",
            "x = 1\nx\n\nfor a in b:\n    a\n\n\n",
        );
        check(
            "In [3]: x = f(\n   ...:     1)\nOut[3]: 2\n\nIn [4]: y\n",
            "x = f(\n    1)\n\n\ny\n",
        );
        check("```python\nx = 1\n```\n", "\nx = 1\n\n");
        check("$ curl x\n{\"a\": 1}\n$ curl y\n", "curl x\n\ncurl y\n");
        check("(venv) $ mlflow ui\n", "mlflow ui\n");
        check(
            "(venv) me@host:~/x$ curl x \\\n> -d 1\nOK\n",
            "curl x \\\n-d 1\n\n",
        );
        check("PS C:\\Users\\me> curl x\n", "curl x\n");
        check("%time x = 1\n", "x = 1\n");
        check("!curl x\n", "curl x\n");
        check("%sh curl x\n", "curl x\n");
        check(
            "$ curl -d '{\n\"a\": 1\n}' x\n",
            "curl -d '{\n\"a\": 1\n}' x\n",
        );
    }

    #[test]
    fn places_are_those_of_what_was_copied() {
        let copied = ">>> x = 1\n1\n>>> yy\n";
        let typed = typed(copied);
        let check = |piece: &str| {
            let start = typed.text.find(piece).unwrap_or_default();
            let at = Span {
                start,
                end: start + piece.len(),
            };
            assert_eq!(typed.back(at).of(copied), piece);
        };
        check("x = 1");
        check("yy");
        check("1");
    }
}
