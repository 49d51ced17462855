//! The tokens and groups of the tree.

/// What a token is, or a group of them, by sqlparse's names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::search) enum SqlNodeKind {
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

impl SqlNodeKind {
    pub(super) const fn is_group(self) -> bool {
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

    pub(in crate::search) const fn is_space(self) -> bool {
        matches!(self, Self::Space | Self::Newline)
    }

    pub(super) const fn is_keyword(self) -> bool {
        matches!(self, Self::Keyword | Self::Statement | Self::Order)
    }
}

/// A token, or a group with what is in it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::search) struct SqlNode<'a> {
    pub(in crate::search) kind: SqlNodeKind,
    /// Where it stands in the text.
    pub(super) start: usize,
    /// How it is written.
    pub(in crate::search) text: &'a str,
    pub(in crate::search) inside: Vec<SqlNode<'a>>,
}

impl SqlNode<'_> {
    /// Whether it is this keyword.
    pub(in crate::search) fn is_keyword(&self, word: &str) -> bool {
        self.kind == SqlNodeKind::Keyword && is_word(self.text, word)
    }

    pub(super) fn is(&self, kind: SqlNodeKind, text: &str) -> bool {
        self.kind == kind && self.text == text
    }
}

/// Whether a text is a keyword, in any case and with any blanks in it.
pub(super) fn is_word(text: &str, word: &str) -> bool {
    let mut words = word.split(' ');
    let mut found = text.split_whitespace();
    words.all(|word| found.next().is_some_and(|it| it.eq_ignore_ascii_case(word)))
        && found.next().is_none()
}

/// Why there is no tree.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::search) enum Unread {
    /// There is nothing but blanks.
    Nothing,
    /// There are several statements.
    Several,
    /// It is nested too deeply, or too long.
    TooMuch,
}
