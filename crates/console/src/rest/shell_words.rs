//! Command lines with `curl` in them, cut into words as a POSIX shell does it: with variables, and with what an answer is
//! piped into.
//!
//! A word remembers where each of its letters stands, so that an error in a body can be shown where it was written.

use super::super::cursor::{Cursor, is_line_end};
use super::super::diagnostic::{DiagnosticKind, Expected, Problem, Unsupported};
use super::super::span::Span;
use super::fault::Fault;

/// A word of a command, its variables without their values.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RawWord {
    /// Where it stands, with its quotes.
    pub at: Span,
    /// Its parts, one after the other.
    pub parts: Vec<WordPart>,
}

/// A part of a word.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum WordPart {
    /// Letters, without quotes and backslashes, and where each byte of them stands.
    Letters(String, Vec<Span>),
    /// The value of a variable.
    Variable(String, Span),
}

/// A command with what its answer is piped into.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Pipeline {
    pub at: Span,
    pub words: Vec<RawWord>,
    /// What stands behind each `|`: its place, and its words.
    pub pipes: Vec<(Span, Vec<RawWord>)>,
    /// The variable that keeps what comes of it.
    pub keeps: Option<String>,
}

/// The commands of a text, as far as they can be cut, and what is wrong behind them: what a shell would do more than cut.
///
/// # Errors
/// A quote without its end: then nothing of the text can be cut.
pub fn split(text: &str) -> Result<(Vec<Pipeline>, Option<Problem>), Problem> {
    let mut lines = Vec::new();
    let mut cursor = Cursor::new(text, 0);
    cursor.eat("\u{feff}");
    while cursor.peek().is_some() {
        match command(&mut cursor, false) {
            Ok(line) if line.words.is_empty() => {}
            Ok(line) => lines.push(line),
            Err(problem) if matches!(problem.kind, DiagnosticKind::Syntax { .. }) => {
                return Err(problem);
            }
            Err(problem) => return Ok((lines, Some(problem))),
        }
    }
    Ok((lines, None))
}

/// Refuses what looks like the end of a line that goes on, and is not: a blank behind a backslash, and the signs of other
/// shells.
fn check_end(cursor: &Cursor<'_>) -> Result<(), Problem> {
    let rest = cursor.rest();
    let Some(sign @ ('\\' | '^' | '`')) = rest.chars().next() else {
        return Ok(());
    };
    let behind = rest.get(1..).unwrap_or_default();
    let blanks = behind.len() - behind.trim_start_matches([' ', '\t']).len();
    let is_end = behind.get(blanks..).unwrap_or_default();
    let is_end = is_end.is_empty() || is_end.starts_with(is_line_end);
    if !is_end || (sign == '\\' && (blanks == 0 || behind.trim().is_empty())) {
        return Ok(());
    }
    Err(Problem::rest(cursor.here(), Fault::LineEnd { sign }))
}

/// Reads one command with what ends it. `is_inner` says that it stands in `$(…)`, whose bracket stays unread.
fn command(cursor: &mut Cursor<'_>, is_inner: bool) -> Result<Pipeline, Problem> {
    let mut line = Pipeline::default();
    let start = cursor.at();
    while let Some(c) = cursor.peek() {
        check_end(cursor)?;
        if cursor.eat("\\\n") || cursor.eat("\\\r\n") || cursor.eat("\\\r") {
            continue;
        }
        if is_inner && c == ')' {
            break;
        }
        if cursor.rest().starts_with("&&") {
            let start = cursor.here();
            return Err(Problem::rest(start, Fault::And));
        }
        if is_line_end(c) || c == ';' {
            cursor.take();
            if !line.words.is_empty() || line.keeps.is_some() {
                break;
            }
        } else if c.is_whitespace() {
            cursor.take();
        } else if c == '#' {
            cursor.skip_line();
        } else if c == '|' && !cursor.rest().starts_with("||") && !line.words.is_empty() {
            let at = cursor.here();
            cursor.take();
            line.pipes.push((at, Vec::new()));
        } else if line.words.is_empty() && is_prompt(cursor) {
            cursor.take();
        } else if !is_inner && let Some(kept) = kept(cursor, &line)? {
            return Ok(kept);
        } else {
            let word = word(cursor)?;
            match line.pipes.last_mut() {
                Some((_, words)) => words.push(word),
                None => line.words.push(word),
            }
        }
    }
    line.at = match (line.words.first(), line.words.last()) {
        (Some(first), Some(last)) => first.at.to(last.at),
        _ => cursor.since(start),
    };
    Ok(line)
}

/// Whether a `$` or `%` stands by itself: the prompt, copied along with the command.
fn is_prompt(cursor: &Cursor<'_>) -> bool {
    let mut rest = cursor.rest().chars();
    matches!(rest.next(), Some('$' | '%')) && rest.next().is_none_or(char::is_whitespace)
}

const fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// Reads `NAME=$(command)`.
fn kept(cursor: &mut Cursor<'_>, line: &Pipeline) -> Result<Option<Pipeline>, Problem> {
    let is_export = |word: &RawWord| matches!(word.parts.as_slice(), [WordPart::Letters(text, _)] if text == "export");
    if line.words.len() > 1 || !line.words.iter().all(is_export) {
        return Ok(None);
    }
    let start = cursor.at();
    let mut ahead = *cursor;
    let name = ahead.take_while(is_name);
    if name.is_empty() || name.starts_with(|c: char| c.is_ascii_digit()) || !ahead.eat("=") {
        return Ok(None);
    }
    let is_quoted = ahead.eat("\"");
    if !ahead.eat("$(") {
        return Ok(None);
    }
    let mut inner = command(&mut ahead, true)?;
    if !ahead.eat(")") || (is_quoted && !ahead.eat("\"")) {
        return Err(Problem::syntax(ahead.here(), Expected::Closing(')')));
    }
    // What follows at once belongs to the value, and what stands in the line after it is another command's.
    let mut behind = ahead;
    behind.take_while(|c| c == ' ' || c == '\t');
    let is_end = behind
        .peek()
        .is_none_or(|c| is_line_end(c) || matches!(c, ';' | '#'));
    let is_request = inner.words.first().is_some_and(|word| {
        matches!(word.parts.as_slice(), [WordPart::Letters(text, _)] if text == "curl" || text == "curl.exe")
    });
    if !is_end {
        return Err(Problem::rest(behind.here(), Fault::Substitution));
    }
    if !is_request {
        return Err(Problem::rest(ahead.since(start), Fault::Substitution));
    }
    inner.keeps = Some(name.to_owned());
    inner.at = ahead.since(start);
    *cursor = ahead;
    Ok(Some(inner))
}

/// Collects the parts of a word.
#[derive(Default)]
struct WordParts(Vec<WordPart>);

impl WordParts {
    fn push(&mut self, c: char, at: Span) {
        if !matches!(self.0.last(), Some(WordPart::Letters(..))) {
            self.0.push(WordPart::Letters(String::new(), Vec::new()));
        }
        if let Some(WordPart::Letters(text, places)) = self.0.last_mut() {
            text.push(c);
            places.extend(std::iter::repeat_n(at, c.len_utf8()));
        }
    }

    /// Takes the next character for itself.
    fn take(&mut self, cursor: &mut Cursor<'_>) {
        let start = cursor.at();
        if let Some(c) = cursor.take() {
            self.push(c, cursor.since(start));
        }
    }
}

fn word(cursor: &mut Cursor<'_>) -> Result<RawWord, Problem> {
    let start = cursor.at();
    let mut parts = WordParts::default();
    while let Some(c) = cursor.peek() {
        match c {
            '\'' => single(cursor, &mut parts)?,
            '"' => double(cursor, &mut parts)?,
            '“' | '”' | '‘' | '’' => {
                return Err(Problem::syntax(cursor.here(), Expected::StraightQuote));
            }
            '\\' => {
                cursor.take();
                if !cursor.eat_line_end() {
                    parts.take(cursor);
                }
            }
            '$' => dollar(cursor, &mut parts)?,
            '|' | ';' | ')' => break,
            '^' | '`' if check_end(cursor).is_err() => break,
            '&' if cursor.rest().starts_with("&&") => break,
            '<' | '>' => return Err(Problem::rest(cursor.here(), Fault::Answer)),
            '`' | '(' | '&' => {
                return Err(Problem::not_supported(
                    cursor.here(),
                    Unsupported::ShellOperator,
                ));
            }
            _ if c.is_whitespace() => break,
            _ => parts.take(cursor),
        }
    }
    if cursor.at() == start {
        // A bracket or an `||` that belongs to nothing.
        return Err(Problem::not_supported(
            cursor.here(),
            Unsupported::ShellOperator,
        ));
    }
    Ok(RawWord {
        at: cursor.since(start),
        parts: parts.0,
    })
}

fn single(cursor: &mut Cursor<'_>, parts: &mut WordParts) -> Result<(), Problem> {
    let open = cursor.here();
    cursor.take();
    while let Some(c) = cursor.peek() {
        if c == '\'' {
            cursor.take();
            return Ok(());
        }
        parts.take(cursor);
    }
    Err(Problem::syntax(open, Expected::ClosingQuote))
}

fn double(cursor: &mut Cursor<'_>, parts: &mut WordParts) -> Result<(), Problem> {
    let open = cursor.here();
    cursor.take();
    while let Some(c) = cursor.peek() {
        match c {
            '"' => {
                cursor.take();
                return Ok(());
            }
            '\\' => {
                let at = cursor.here();
                cursor.take();
                match cursor.peek() {
                    // Before every other character the backslash stays.
                    Some('"' | '\\' | '$' | '`') => parts.take(cursor),
                    _ if cursor.eat_line_end() => {}
                    _ => parts.push('\\', at),
                }
            }
            '$' => dollar(cursor, parts)?,
            '`' => {
                return Err(Problem::not_supported(
                    cursor.here(),
                    Unsupported::ShellOperator,
                ));
            }
            _ => parts.take(cursor),
        }
    }
    Err(Problem::syntax(open, Expected::ClosingQuote))
}

/// Reads a variable, or a `$` that means itself.
fn dollar(cursor: &mut Cursor<'_>, parts: &mut WordParts) -> Result<(), Problem> {
    let at = cursor.at();
    let mut ahead = *cursor;
    ahead.take();
    let is_braced = ahead.eat("{");
    let name = ahead.take_while(is_name);
    let starts = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    if starts && (!is_braced || ahead.eat("}")) {
        *cursor = ahead;
        let at = cursor.since(at);
        parts.0.push(WordPart::Variable(name.to_owned(), at));
        return Ok(());
    }
    let next = cursor.rest().chars().nth(1);
    if next == Some('(') {
        return Err(Problem::rest(cursor.here(), Fault::Substitution));
    }
    if is_braced || matches!(next, Some('\'' | '@' | '*' | '?' | '#' | '$' | '!')) {
        return Err(Problem::not_supported(
            cursor.here(),
            Unsupported::ShellVariable,
        ));
    }
    parts.take(cursor);
    Ok(())
}
