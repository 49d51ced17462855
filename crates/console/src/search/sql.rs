//! SQL as MLflow reads it: the tree that sqlparse 0.6.1 makes of a filter or of an order.
//!
//! MLflow takes what it can use out of that tree and complains about the rest with its pieces, so the pieces have to be the
//! same. What is left out of sqlparse has no place in a filter: joins, blocks of procedures and the like.

mod group;
mod lexer;
mod words;

use group::group;
use lexer::tokens;

/// What a token is, or a group of them, by sqlparse's names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    Space,
    Newline,
    LineComment,
    BlockComment,
    Literal,
    Keyword,
    /// `SELECT`, `CREATE`, `WITH`: keywords of special kinds.
    Statement,
    /// `ASC`, `DESC`
    Order,
    Name,
    Placeholder,
    Builtin,
    Hexadecimal,
    Integer,
    Float,
    Single,
    Symbol,
    Punctuation,
    Operator,
    Compares,
    Wildcard,
    Assigns,
    Command,
    Error,
    // Groups.
    Comments,
    Brackets,
    Parenthesis,
    Case,
    Function,
    Where,
    Identifier,
    TypedLiteral,
    Operation,
    Comparison,
    Assignment,
    Identifiers,
}

impl Kind {
    const fn is_group(self) -> bool {
        matches!(
            self,
            Self::Comments
                | Self::Brackets
                | Self::Parenthesis
                | Self::Case
                | Self::Function
                | Self::Where
                | Self::Identifier
                | Self::TypedLiteral
                | Self::Operation
                | Self::Comparison
                | Self::Assignment
                | Self::Identifiers
        )
    }

    pub(super) const fn is_space(self) -> bool {
        matches!(self, Self::Space | Self::Newline)
    }

    const fn is_keyword(self) -> bool {
        matches!(self, Self::Keyword | Self::Statement | Self::Order)
    }
}

/// A token, or a group with what is in it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Node<'a> {
    pub(super) kind: Kind,
    /// Where it stands in the text.
    start: usize,
    /// How it is written.
    pub(super) text: &'a str,
    pub(super) inside: Vec<Node<'a>>,
}

impl Node<'_> {
    /// Whether it is this keyword.
    pub(super) fn is_keyword(&self, word: &str) -> bool {
        self.kind == Kind::Keyword && is_word(self.text, word)
    }

    fn is(&self, kind: Kind, text: &str) -> bool {
        self.kind == kind && self.text == text
    }
}

/// Whether a text is a keyword, in any case and with any blanks in it.
fn is_word(text: &str, word: &str) -> bool {
    let mut words = word.split(' ');
    let mut found = text.split_whitespace();
    words.all(|word| found.next().is_some_and(|it| it.eq_ignore_ascii_case(word)))
        && found.next().is_none()
}

/// Why there is no tree.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Unread {
    /// There is nothing but blanks.
    Nothing,
    /// There are several statements.
    Several,
    /// It is nested too deeply, or too long.
    TooMuch,
}

/// Reads a text that is one statement into its tokens and groups.
pub(super) fn read(text: &str) -> Result<Vec<Node<'_>>, Unread> {
    let mut tokens = tokens(text);
    if !is_one_statement(&tokens) {
        return Err(Unread::Several);
    }
    if tokens.iter().all(|token| token.kind.is_space()) {
        return Err(Unread::Nothing);
    }
    group(&mut tokens, text)?;
    Ok(tokens)
}

/// Whether nothing but blanks follows the first `;` that stands in no bracket.
fn is_one_statement(tokens: &[Node<'_>]) -> bool {
    let mut level = 0_i32;
    let mut is_over = false;
    for token in tokens {
        if is_over && !token.kind.is_space() && token.kind != Kind::LineComment {
            return false;
        }
        match token.text {
            "(" if token.kind == Kind::Punctuation => level += 1,
            ")" if token.kind == Kind::Punctuation => level -= 1,
            ";" if token.kind == Kind::Punctuation && level <= 0 => is_over = true,
            _ if token.is_keyword("GO") => is_over = true,
            _ if token.is_keyword("END") => level -= 1,
            _ => {}
        }
    }
    true
}
