//! A command line cut into words, as a POSIX shell does it.

use super::cursor::{Cursor, is_line_end};
use super::diagnostic::{Expected, Problem, Unsupported};
use super::span::Span;

/// A word of a command.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ShellWord {
    /// Where it stands, with its quotes.
    pub at: Span,
    /// The word without quotes and backslashes.
    pub text: String,
}

/// The commands of a text, each as its words. A line's end, `;` and `&&` end a command.
///
/// # Errors
/// A quote without its end, or what a shell would do more than cut.
pub fn split(text: &str) -> Result<Vec<Vec<ShellWord>>, Problem> {
    let mut commands = Vec::new();
    let mut words: Vec<ShellWord> = Vec::new();
    let mut cursor = Cursor::new(text, 0);
    cursor.eat("\u{feff}");
    while let Some(c) = cursor.peek() {
        if cursor.eat("\\\n") || cursor.eat("\\\r\n") || cursor.eat("\\\r") {
            continue;
        }
        if is_line_end(c) || c == ';' || cursor.rest().starts_with("&&") {
            cursor.take();
            if c == '&' {
                cursor.take();
            }
            if !words.is_empty() {
                commands.push(std::mem::take(&mut words));
            }
        } else if c.is_whitespace() {
            cursor.take();
        } else if c == '#' {
            cursor.skip_line();
        } else if words.is_empty() && is_prompt(&cursor) {
            cursor.take();
        } else {
            words.push(word(&mut cursor)?);
        }
    }
    if !words.is_empty() {
        commands.push(words);
    }
    Ok(commands)
}

/// Whether a `$` stands by itself: the prompt, copied along with the command.
fn is_prompt(cursor: &Cursor<'_>) -> bool {
    let mut rest = cursor.rest().chars();
    rest.next() == Some('$') && rest.next().is_none_or(char::is_whitespace)
}

fn word(cursor: &mut Cursor<'_>) -> Result<ShellWord, Problem> {
    let start = cursor.at();
    let mut text = String::new();
    while let Some(c) = cursor.peek() {
        match c {
            '\'' | '"' => {
                quoted(cursor, c, &mut text)?;
            }
            '“' | '”' | '‘' | '’' => {
                return Err(Problem::syntax(cursor.here(), Expected::StraightQuote));
            }
            '\\' => {
                cursor.take();
                if !cursor.eat_line_end() {
                    text.extend(cursor.take());
                }
            }
            '$' | '`' => check_plain(cursor, &mut text)?,
            '|' | '<' | '>' | '(' | ')' => {
                return Err(operator(cursor));
            }
            '&' if !cursor.rest().starts_with("&&") => return Err(operator(cursor)),
            '&' | ';' => break,
            _ if c.is_whitespace() => break,
            _ => text.extend(cursor.take()),
        }
    }
    Ok(ShellWord {
        at: cursor.since(start),
        text,
    })
}

fn operator(cursor: &Cursor<'_>) -> Problem {
    Problem::not_supported(cursor.here(), Unsupported::ShellOperator)
}

/// Reads a `$` that means itself; refuses variables and what is put in from another command.
fn check_plain(cursor: &mut Cursor<'_>, text: &mut String) -> Result<(), Problem> {
    let at = cursor.here();
    if cursor.eat("`") {
        return Err(Problem::not_supported(at, Unsupported::ShellOperator));
    }
    text.extend(cursor.take());
    match cursor.peek() {
        Some('(') => Err(Problem::not_supported(at, Unsupported::ShellOperator)),
        Some(c) if c.is_alphanumeric() || matches!(c, '_' | '{' | '\'' | '"' | '@' | '*' | '?') => {
            cursor.take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '{' | '}'));
            Err(Problem::not_supported(
                cursor.since(at.start),
                Unsupported::ShellVariable,
            ))
        }
        _ => Ok(()),
    }
}

fn quoted(cursor: &mut Cursor<'_>, quote: char, text: &mut String) -> Result<(), Problem> {
    let open = cursor.here();
    cursor.take();
    while let Some(c) = cursor.peek() {
        if c == quote {
            cursor.take();
            return Ok(());
        }
        match (quote, c) {
            ('"', '\\') => {
                cursor.take();
                match cursor.peek() {
                    // Before every other character the backslash stays.
                    Some('"' | '\\' | '$' | '`') => text.extend(cursor.take()),
                    _ if cursor.eat_line_end() => {}
                    _ => text.push('\\'),
                }
            }
            ('"', '$' | '`') => check_plain_in_quotes(cursor, text)?,
            _ => text.extend(cursor.take()),
        }
    }
    Err(Problem::syntax(open, Expected::ClosingQuote))
}

/// In double quotes a `$` before a quote means itself.
fn check_plain_in_quotes(cursor: &mut Cursor<'_>, text: &mut String) -> Result<(), Problem> {
    if cursor.rest().starts_with("$\"") || cursor.rest().starts_with("$'") {
        text.extend(cursor.take());
        return Ok(());
    }
    check_plain(cursor, text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_as_in_a_shell() {
        let check = |text: &str, expected: &[&[&str]]| {
            let found: Vec<Vec<String>> = split(text)
                .unwrap()
                .into_iter()
                .map(|words| words.into_iter().map(|word| word.text).collect())
                .collect();
            assert_eq!(found, expected, "{text:?}");
        };
        check("", &[]);
        check(" # nothing\n\n", &[]);
        check("a b\tc", &[&["a", "b", "c"]]);
        check("a 'b c' \"d e\"", &[&["a", "b c", "d e"]]);
        check("a'b'\"c\"d", &[&["abcd"]]);
        check("a \"\" ''", &[&["a", "", ""]]);
        check("a \\\n  b", &[&["a", "b"]]);
        check("a \\\r\n  b", &[&["a", "b"]]);
        check("a\\\nb", &[&["ab"]]);
        check("a\\ b", &[&["a b"]]);
        check("a\nb;c && d", &[&["a"], &["b"], &["c"], &["d"]]);
        check("a#b # c", &[&["a#b"]]);
        check("$ a\n$ b", &[&["a"], &["b"]]);
        check("'a\\n$x'", &[&["a\\n$x"]]);
        check("\"a\\n\\\"\\\\\\$x $\"", &[&["a\\n\"\\$x $"]]);
        check("a \"b\\\nc\"", &[&["a", "bc"]]);
        check("5$ a$", &[&["5$", "a$"]]);
        check("a \\", &[&["a", ""]]);
    }

    #[test]
    fn what_a_shell_does_more_is_refused() {
        let check = |text: &str, place: &str, problem: fn(Span) -> Problem| {
            let found = split(text).unwrap_err();
            assert_eq!(found.at.of(text), place, "{text:?}");
            assert_eq!(found, problem(found.at), "{text:?}");
        };
        let open = |at| Problem::syntax(at, Expected::ClosingQuote);
        let operator = |at| Problem::not_supported(at, Unsupported::ShellOperator);
        let variable = |at| Problem::not_supported(at, Unsupported::ShellVariable);
        check("a 'b", "'", open);
        check("a \"b\\\"", "\"", open);
        check("a | b", "|", operator);
        check("a > b", ">", operator);
        check("a &", "&", operator);
        check("a `b`", "`", operator);
        check("a $(b)", "$", operator);
        check("a $NAME b", "$NAME", variable);
        check("a \"x ${NAME} b\"", "${NAME}", variable);
        check("a “b”", "“", |at| {
            Problem::syntax(at, Expected::StraightQuote)
        });
    }
}
