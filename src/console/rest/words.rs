//! Command lines with `curl` in them, cut into words as a POSIX shell does it: with variables, and with what an answer is
//! piped into left aside.
//!
//! A word remembers where each of its letters stands, so that an error in a body can be shown where it was written.

use super::super::cursor::{Cursor, is_line_end};
use super::super::trouble::{Expected, Problem, Span, Unsupported};

/// A word of a command.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Word {
    /// Where it stands, with its quotes.
    pub at: Span,
    /// Its pieces, one after the other.
    pub pieces: Vec<Piece>,
}

/// A piece of a word.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Piece {
    /// Letters, without quotes and backslashes, and where each byte of them stands.
    Letters(String, Vec<Span>),
    /// The value of a variable.
    Variable(String, Span),
}

/// A command.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Line {
    /// Where it stands.
    pub at: Span,
    /// Its words.
    pub words: Vec<Word>,
    /// The variable that keeps the run's ID of the answer.
    pub keeps: Option<String>,
}

/// The commands of a text.
///
/// # Errors
/// A quote without its end, or what a shell would do more than cut.
pub fn split(text: &str) -> Result<Vec<Line>, Problem> {
    let mut lines = Vec::new();
    let mut cursor = Cursor::new(text, 0);
    cursor.eat("\u{feff}");
    while cursor.peek().is_some() {
        let line = command(&mut cursor, false)?;
        if !line.words.is_empty() {
            lines.push(line);
        }
    }
    Ok(lines)
}

/// Reads one command with what ends it. `is_inner` says that it stands in `$(…)`, whose bracket stays unread.
fn command(cursor: &mut Cursor<'_>, is_inner: bool) -> Result<Line, Problem> {
    let mut line = Line::default();
    let mut is_piped = false;
    let start = cursor.at();
    while let Some(c) = cursor.peek() {
        if cursor.eat("\\\n") || cursor.eat("\\\r\n") || cursor.eat("\\\r") {
            continue;
        }
        if is_inner && c == ')' {
            break;
        }
        if is_line_end(c) || c == ';' || cursor.rest().starts_with("&&") {
            cursor.take();
            if c == '&' {
                cursor.take();
            }
            if !line.words.is_empty() || line.keeps.is_some() {
                break;
            }
        } else if c.is_whitespace() {
            cursor.take();
        } else if c == '#' {
            cursor.skip_line();
        } else if c == '|' && !cursor.rest().starts_with("||") && !line.words.is_empty() {
            cursor.take();
            is_piped = true;
        } else if line.words.is_empty() && is_prompt(cursor) {
            cursor.take();
        } else if !is_inner && let Some(kept) = kept(cursor, &line)? {
            return Ok(kept);
        } else {
            let word = word(cursor)?;
            if !is_piped {
                line.words.push(word);
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
fn kept(cursor: &mut Cursor<'_>, line: &Line) -> Result<Option<Line>, Problem> {
    if !line.words.is_empty() {
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
    inner.keeps = Some(name.to_owned());
    inner.at = ahead.since(start);
    *cursor = ahead;
    Ok(Some(inner))
}

/// Collects the pieces of a word.
#[derive(Default)]
struct Pieces(Vec<Piece>);

impl Pieces {
    fn push(&mut self, c: char, at: Span) {
        if !matches!(self.0.last(), Some(Piece::Letters(..))) {
            self.0.push(Piece::Letters(String::new(), Vec::new()));
        }
        if let Some(Piece::Letters(text, places)) = self.0.last_mut() {
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

fn word(cursor: &mut Cursor<'_>) -> Result<Word, Problem> {
    let start = cursor.at();
    let mut pieces = Pieces::default();
    while let Some(c) = cursor.peek() {
        match c {
            '\'' => single(cursor, &mut pieces)?,
            '"' => double(cursor, &mut pieces)?,
            '“' | '”' | '‘' | '’' => {
                return Err(Problem::syntax(cursor.here(), Expected::StraightQuote));
            }
            '\\' => {
                cursor.take();
                if !cursor.eat_line_end() {
                    pieces.take(cursor);
                }
            }
            '$' => dollar(cursor, &mut pieces)?,
            '|' | ';' | ')' => break,
            '&' if cursor.rest().starts_with("&&") => break,
            '`' | '<' | '>' | '(' | '&' => {
                return Err(Problem::not_supported(
                    cursor.here(),
                    Unsupported::ShellOperator,
                ));
            }
            _ if c.is_whitespace() => break,
            _ => pieces.take(cursor),
        }
    }
    if cursor.at() == start {
        // A bracket or an `||` that belongs to nothing.
        return Err(Problem::not_supported(
            cursor.here(),
            Unsupported::ShellOperator,
        ));
    }
    Ok(Word {
        at: cursor.since(start),
        pieces: pieces.0,
    })
}

fn single(cursor: &mut Cursor<'_>, pieces: &mut Pieces) -> Result<(), Problem> {
    let open = cursor.here();
    cursor.take();
    while let Some(c) = cursor.peek() {
        if c == '\'' {
            cursor.take();
            return Ok(());
        }
        pieces.take(cursor);
    }
    Err(Problem::syntax(open, Expected::ClosingQuote))
}

fn double(cursor: &mut Cursor<'_>, pieces: &mut Pieces) -> Result<(), Problem> {
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
                    Some('"' | '\\' | '$' | '`') => pieces.take(cursor),
                    _ if cursor.eat_line_end() => {}
                    _ => pieces.push('\\', at),
                }
            }
            '$' => dollar(cursor, pieces)?,
            '`' => {
                return Err(Problem::not_supported(
                    cursor.here(),
                    Unsupported::ShellOperator,
                ));
            }
            _ => pieces.take(cursor),
        }
    }
    Err(Problem::syntax(open, Expected::ClosingQuote))
}

/// Reads a variable, or a `$` that means itself.
fn dollar(cursor: &mut Cursor<'_>, pieces: &mut Pieces) -> Result<(), Problem> {
    let at = cursor.at();
    let mut ahead = *cursor;
    ahead.take();
    let is_braced = ahead.eat("{");
    let name = ahead.take_while(is_name);
    let starts = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    if starts && (!is_braced || ahead.eat("}")) {
        *cursor = ahead;
        let at = cursor.since(at);
        pieces.0.push(Piece::Variable(name.to_owned(), at));
        return Ok(());
    }
    let next = cursor.rest().chars().nth(1);
    if is_braced || matches!(next, Some('(' | '\'' | '@' | '*' | '?' | '#' | '$' | '!')) {
        return Err(Problem::not_supported(
            cursor.here(),
            Unsupported::ShellVariable,
        ));
    }
    pieces.take(cursor);
    Ok(())
}
