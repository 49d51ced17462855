//! The colours of a text: every piece of it with what it is. Works on any text, also on what cannot be read.

use super::builtin_call;
use super::cursor::{Cursor, is_line_end};
use super::dialect::Dialect;
use super::python::keywords::is_keyword;
use super::segments::{self, Segment};
use super::span::Span;
use registry::named_enum;

named_enum! {
    /// What a piece of a text is.
    pub enum Paint {
        /// Blanks, and what has no colour of its own.
        Plain = "plain",
        /// A word of the language, a command, a builtin of the console.
        Keyword = "keyword",
        Name = "name",
        /// A method or function that is called.
        Method = "method",
        Text = "text",
        Number = "number",
        /// An option of a command line, the name of an argument.
        Flag = "flag",
        /// An operator, a bracket, a comma.
        Symbol = "symbol",
        Comment = "comment",
        /// What cannot stand there: an open quote, a character without a meaning.
        Wrong = "wrong",
    }
}

/// The pieces of a text, in order, without gaps: together they are the text.
pub fn paint(text: &str) -> Vec<(Span, Paint)> {
    let mut painted = Vec::new();
    for Segment { at, dialect } in segments::segments(text, &|_| false) {
        match dialect {
            Dialect::Python => python(text, at, &mut painted),
            Dialect::Builtin => builtin_line(text, at, &mut painted),
            Dialect::Shell | Dialect::Rest => shell(text, at, &mut painted),
        }
    }
    whole(text, painted)
}

/// Fills the gaps, and joins what is alike. What stands outside of the pieces is blanks and comments.
fn whole(text: &str, painted: Vec<(Span, Paint)>) -> Vec<(Span, Paint)> {
    let mut whole: Vec<(Span, Paint)> = Vec::new();
    let mut push = |start: usize, end: usize, paint: Paint| {
        if start >= end {
            return;
        }
        match whole.last_mut() {
            Some((last, there)) if *there == paint => last.end = end,
            _ => whole.push((Span { start, end }, paint)),
        }
    };
    let mut at = 0;
    let end = Span {
        start: text.len(),
        end: text.len(),
    };
    for (span, paint) in painted.into_iter().chain([(end, Paint::Plain)]) {
        let gap = Span {
            start: at,
            end: span.start,
        };
        let mut cursor = Cursor::new(text, 0).within(gap);
        while cursor.peek().is_some() {
            let start = cursor.at();
            if cursor.rest().starts_with('#') {
                cursor.skip_line();
                push(start, cursor.at(), Paint::Comment);
            } else {
                cursor.take();
                push(start, cursor.at(), Paint::Plain);
            }
        }
        push(span.start, span.end, paint);
        at = span.end.max(at);
    }
    whole
}

/// A piece of Python, as far as colours need it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Lexeme {
    /// A name or a word of the language.
    Name,
    Number,
    /// A text in quotes: where its letters start, and whether its end is there.
    Text {
        /// How many bytes stand before the letters: prefix and quotes.
        opening: usize,
        /// Whether it has an end.
        closed: bool,
    },
    /// An operator or a bracket.
    Symbol,
    Comment,
    /// A character without a meaning.
    Wrong,
}

/// Cuts Python into pieces. Blanks and line ends are left out.
pub(super) fn lexemes(text: &str, place: Span) -> Vec<(Span, Lexeme)> {
    let mut cursor = Cursor::new(text, 0).within(place);
    let mut found = Vec::new();
    while let Some(c) = cursor.peek() {
        let start = cursor.at();
        let is_name = |c: char| c.is_alphanumeric() || c == '_';
        let lexeme = if c.is_whitespace() || c == '\u{feff}' {
            cursor.take();
            continue;
        } else if c == '#' {
            cursor.skip_line();
            Lexeme::Comment
        } else if let Some(prefix) = prefix(cursor.rest()) {
            let quote = cursor
                .rest()
                .get(prefix..)
                .and_then(|rest| rest.chars().next());
            let quote = quote.unwrap_or('\'');
            cursor.take_while(|c| c != quote);
            let triple = quote.to_string().repeat(3);
            let is_triple = cursor.rest().starts_with(&triple);
            Lexeme::Text {
                opening: prefix + if is_triple { 3 } else { 1 },
                closed: segments::skip_quoted(&mut cursor, quote),
            }
        } else if c.is_ascii_digit() {
            cursor.take_while(|c| is_name(c) || c == '.');
            Lexeme::Number
        } else if is_name(c) {
            cursor.take_while(is_name);
            Lexeme::Name
        } else {
            cursor.take();
            if c.is_ascii_punctuation() && !matches!(c, '?' | '$' | '`') {
                Lexeme::Symbol
            } else {
                Lexeme::Wrong
            }
        };
        found.push((cursor.since(start), lexeme));
    }
    found
}

/// How many letters stand before the first quote, if a text starts here.
fn prefix(rest: &str) -> Option<usize> {
    let letters = rest.get(..rest.len().min(3)).unwrap_or(rest);
    let length = letters.find(['\'', '"'])?;
    let prefix = letters.get(..length)?;
    prefix
        .chars()
        .all(|c| matches!(c.to_ascii_lowercase(), 'r' | 'u' | 'b' | 'f'))
        .then_some(length)
}

fn python(text: &str, place: Span, painted: &mut Vec<(Span, Paint)>) {
    let found = lexemes(text, place);
    let mut brackets = 0_usize;
    for (at, (span, lexeme)) in found.iter().enumerate() {
        let here = span.of(text);
        let symbol = |at: usize| match found.get(at) {
            Some((span, Lexeme::Symbol)) => span.of(text),
            _ => "",
        };
        let paint = match lexeme {
            Lexeme::Comment => Paint::Comment,
            Lexeme::Number => Paint::Number,
            Lexeme::Wrong => Paint::Wrong,
            Lexeme::Symbol => {
                match here {
                    "(" | "[" | "{" => brackets += 1,
                    ")" | "]" | "}" => brackets = brackets.saturating_sub(1),
                    _ => {}
                }
                Paint::Symbol
            }
            Lexeme::Text {
                closed: false,
                opening,
            } => {
                // What is wrong is the quote that has no end.
                let start = Span {
                    start: span.start,
                    end: span.start + opening,
                };
                painted.push((start, Paint::Wrong));
                painted.push((
                    Span {
                        start: start.end,
                        end: span.end,
                    },
                    Paint::Text,
                ));
                continue;
            }
            Lexeme::Text { opening, .. } => {
                let prefix = here.get(..*opening).unwrap_or_default();
                if prefix.contains(['f', 'F']) {
                    slots(text, *span, painted);
                    continue;
                }
                Paint::Text
            }
            Lexeme::Name if is_keyword(here) => Paint::Keyword,
            Lexeme::Name if symbol(at + 1) == "(" => Paint::Method,
            Lexeme::Name if brackets > 0 && symbol(at + 1) == "=" && symbol(at + 2) != "=" => {
                Paint::Flag
            }
            Lexeme::Name => Paint::Name,
        };
        painted.push((*span, paint));
    }
}

/// An f-string: what stands in its braces are names.
fn slots(text: &str, place: Span, painted: &mut Vec<(Span, Paint)>) {
    let mut cursor = Cursor::new(text, 0).within(place);
    let mut depth = 0_usize;
    while let Some(c) = cursor.peek() {
        let start = cursor.at();
        let paint = match c {
            '{' if depth == 0 && cursor.eat("{{") => Paint::Text,
            '}' if depth == 0 && cursor.eat("}}") => Paint::Text,
            '{' | '}' => {
                cursor.take();
                depth = if c == '{' {
                    depth + 1
                } else {
                    depth.saturating_sub(1)
                };
                Paint::Symbol
            }
            _ => {
                cursor.take_while(|c| !matches!(c, '{' | '}'));
                if depth == 0 { Paint::Text } else { Paint::Name }
            }
        };
        painted.push((cursor.since(start), paint));
    }
}

fn builtin_line(text: &str, place: Span, painted: &mut Vec<(Span, Paint)>) {
    let mut cursor = Cursor::new(text, 0).within(place);
    let mut is_first = true;
    while let Some(c) = cursor.peek() {
        if c.is_whitespace() {
            cursor.take();
            continue;
        }
        let start = cursor.at();
        if c == '#' {
            cursor.skip_line();
            painted.push((cursor.since(start), Paint::Comment));
            return;
        }
        cursor.take_while(|c| !c.is_whitespace());
        let span = cursor.since(start);
        let word = span.of(text);
        let paint = if is_first || builtin_call::RULES.iter().any(|(name, _)| *name == word) {
            Paint::Keyword
        } else if word.chars().all(|c| c.is_ascii_digit()) {
            Paint::Number
        } else {
            Paint::Name
        };
        is_first = false;
        painted.push((span, paint));
    }
}

fn shell(text: &str, place: Span, painted: &mut Vec<(Span, Paint)>) {
    let mut cursor = Cursor::new(text, 0).within(place);
    // The words before the first option are commands.
    let mut commands = true;
    while let Some(c) = cursor.peek() {
        let start = cursor.at();
        if c.is_whitespace() {
            if is_line_end(c) {
                commands = true;
            }
            cursor.take();
            continue;
        }
        if c == '\\' {
            cursor.take();
            cursor.eat_line_end();
            painted.push((cursor.since(start), Paint::Symbol));
            continue;
        }
        if c == '#' {
            cursor.skip_line();
            painted.push((cursor.since(start), Paint::Comment));
            continue;
        }
        if matches!(c, '$' | '!' | ';' | '&' | '|' | '<' | '>') {
            cursor.take();
            painted.push((cursor.since(start), Paint::Symbol));
            continue;
        }
        let mut is_quoted = false;
        let mut is_open = false;
        while let Some(c) = cursor.peek() {
            match c {
                '\'' | '"' => {
                    is_quoted = true;
                    cursor.take();
                    cursor.take_while(|next| next != c && !(c == '"' && next == '\\'));
                    while cursor.eat("\\") {
                        cursor.take();
                        cursor.take_while(|next| next != c && next != '\\');
                    }
                    is_open = cursor.take().is_none();
                }
                '\\' => {
                    cursor.take();
                    cursor.take();
                }
                ';' | '|' | '<' | '>' => break,
                _ if c.is_whitespace() => break,
                _ => {
                    cursor.take();
                }
            }
        }
        let span = cursor.since(start);
        let word = span.of(text);
        let paint = if is_open || word.contains(['“', '”', '‘', '’']) {
            Paint::Wrong
        } else if word.starts_with(['-', '–', '—']) {
            commands = false;
            Paint::Flag
        } else if is_quoted {
            Paint::Text
        } else if word.chars().all(|c| c.is_ascii_digit()) {
            Paint::Number
        } else if commands {
            Paint::Keyword
        } else {
            Paint::Name
        };
        painted.push((span, paint));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_have_their_colours() {
        let check = |text: &str, expected: &str| {
            let found: Vec<String> = paint(text)
                .into_iter()
                .filter(|(_, paint)| *paint != Paint::Plain)
                .map(|(span, paint)| format!("{}:{}", paint, span.of(text)))
                .collect();
            assert_eq!(found.join(" "), expected, "{text:?}");
        };
        check("", "");
        check("  # a\n", "comment:# a");
        check(
            "for v in client.get(name='m', x=1):  # go",
            "keyword:for name:v keyword:in name:client symbol:. method:get symbol:( flag:name symbol:= text:'m' \
             symbol:, flag:x symbol:= number:1 symbol:): comment:# go",
        );
        check(
            "x = f'a{b}{{c}}'",
            "name:x symbol:= text:f'a symbol:{ name:b symbol:} text:{{c}}'",
        );
        check("x = 'a", "name:x symbol:= wrong:' text:a");
        check("x = “a”", "name:x symbol:= wrong:“ name:a wrong:”");
        check("x == 1.5 ?", "name:x symbol:== number:1.5 wrong:?");
        check("show m # all", "keyword:show name:m comment:# all");
        check(
            "rules mlflow\nrestore 12",
            "keyword:rules keyword:mlflow keyword:restore number:12",
        );
        check(
            "$ mlflow models transition-version --version 3 --stage 'a b' \\\n  --x=y # z",
            "symbol:$ keyword:mlflow keyword:models keyword:transition-version flag:--version number:3 flag:--stage \
             text:'a b' symbol:\\\n flag:--x=y comment:# z",
        );
        check("mlflow x 'a", "keyword:mlflow keyword:x wrong:'a");
    }
}
