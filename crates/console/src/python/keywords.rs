//! The words of the language.

/// The keywords that start a statement which the console does not understand.
pub const STATEMENTS: [&str; 14] = [
    "assert", "async", "await", "class", "def", "del", "global", "nonlocal", "raise", "return",
    "try", "while", "yield", "except",
];

/// The other keywords.
const KEYWORDS: [&str; 22] = [
    "and", "as", "break", "continue", "elif", "else", "False", "finally", "for", "from", "if",
    "import", "in", "is", "lambda", "None", "not", "or", "pass", "True", "with", "match",
];

/// Whether a name is a word of the language.
pub fn is_keyword(name: &str) -> bool {
    // `match` is one only in some places.
    name != "match" && (KEYWORDS.contains(&name) || STATEMENTS.contains(&name))
}

/// The keywords that somebody may want to be completed.
pub const STARTS: [&str; 7] = ["for", "from", "if", "import", "in", "not", "with"];
