//! The text of a filter, cut into pieces.

/// A piece of a filter.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Token<'a> {
    /// A word, a number, a comparator or a bracket.
    Plain(&'a str),
    /// A text in quotes, without them.
    Quoted(&'a str),
}

impl Token<'_> {
    pub(super) fn word(&self) -> String {
        match self {
            Self::Plain(word) => (*word).to_owned(),
            Self::Quoted(text) => format!("'{text}'"),
        }
    }

    pub(super) fn is(&self, word: &str) -> bool {
        matches!(self, Self::Plain(there) if there.eq_ignore_ascii_case(word))
    }
}

/// The pieces; nothing where a quote has no end.
pub(super) fn tokens(filter: &str) -> Option<Vec<Token<'_>>> {
    let mut tokens = Vec::new();
    let mut rest = filter.trim_start();
    while let Some(first) = rest.chars().next() {
        let (token, after) = if let quote @ ('\'' | '"') = first {
            let (text, after) = rest.get(1..)?.split_once(quote)?;
            (Token::Quoted(text), after)
        } else {
            let is_comparator = |c: char| matches!(c, '=' | '!' | '<' | '>');
            let length = if matches!(first, '(' | ')' | ',') {
                1
            } else if is_comparator(first) {
                rest.find(|c| !is_comparator(c)).unwrap_or(rest.len())
            } else {
                word_length(rest)
            };
            let (word, after) = rest.split_at_checked(length)?;
            (Token::Plain(word), after)
        };
        tokens.push(token);
        rest = after.trim_start();
    }
    Some(tokens)
}

/// How long a word is; what stands in backticks or, behind a point, in quotes belongs to it.
fn word_length(rest: &str) -> usize {
    let mut quote = None;
    let mut before = ' ';
    for (at, c) in rest.char_indices() {
        match quote {
            Some(open) if open == c => quote = None,
            Some(_) => {}
            None if c == '`' || (before == '.' && matches!(c, '"' | '\'')) => quote = Some(c),
            None if c.is_whitespace()
                || matches!(c, '=' | '!' | '<' | '>' | '(' | ')' | ',' | '\'' | '"') =>
            {
                return at.max(1);
            }
            None => {}
        }
        before = c;
    }
    rest.len()
}
