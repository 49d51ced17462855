//! The statements of a script.
//!
//! Everything is held to a small depth: a text can neither exhaust the stack here nor where its tree is walked.

use std::sync::Arc;

use super::super::trouble::{Expected, Problem, Span, TroubleKind, Unsupported};
use super::tokens::{self, Kind, Piece, Slot, Token};

/// How deep brackets, calls, blocks and pieces of f-strings may stand in each other.
const DEEPEST: usize = 32;

/// How many attributes, calls and indexes may follow a value: `a.b(c)[d].e` has four.
const LONGEST_CHAIN: usize = 10;

/// What reading gives. Problems are boxed, so that what goes up the tree stays small.
type Read<T> = Result<T, Box<Problem>>;

/// A statement and its place.
#[derive(Clone, Debug)]
pub struct Line {
    /// Where it stands.
    pub at: Span,
    /// What it says.
    pub says: Says,
}

/// What a statement says.
#[derive(Clone, Debug)]
pub enum Says {
    /// `pass`
    Pass,
    /// `import a.b as c, d`
    Import(Vec<Import>),
    /// `from a.b import c as d`
    From(Vec<Named>, Vec<Import>),
    /// `name = value`; several targets where it is `a = b = value`.
    Assign(Vec<Target>, Expr),
    /// `name += value`
    Add(Named, Operator, Expr),
    /// A value by itself.
    Value(Expr),
    /// `for target in value:` with its block.
    For(Target, Expr, Vec<Line>),
    /// `if`, `elif` and `else`: conditions with their blocks. `else` has none.
    If(Vec<(Option<Expr>, Vec<Line>)>),
    /// `with value as target:` with its block.
    With(Vec<(Expr, Option<Target>)>, Vec<Line>),
    /// `break` and `continue`
    Leave(Leave),
    /// A statement that the console does not understand. What comes before it can be carried out.
    Unknown(Problem),
}

/// How the block of a loop is left.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Leave {
    /// `break`
    Break,
    /// `continue`
    Continue,
}

/// What is given a value: a name, or several that take a value apart.
#[derive(Clone, Debug)]
pub struct Target {
    /// Where it stands.
    pub at: Span,
    /// The names.
    pub names: Vec<String>,
    /// Whether the value is taken apart.
    pub apart: bool,
}

/// One thing that is imported.
#[derive(Clone, Debug)]
pub struct Import {
    /// The way to it, one name for each point.
    pub path: Vec<Named>,
    /// The name after `as`.
    pub alias: Option<String>,
}

/// A name and its place.
#[derive(Clone, Debug)]
pub struct Named {
    /// Where it stands.
    pub at: Span,
    /// The name.
    pub name: String,
}

/// An expression and its place.
#[derive(Clone, Debug)]
pub struct Expr {
    /// Where it stands.
    pub at: Span,
    /// What it is.
    pub kind: ExprKind,
}

/// What an expression is.
#[derive(Clone, Debug)]
pub enum ExprKind {
    /// A text, of pieces.
    Text(Vec<Part>),
    /// A whole number.
    Int(String),
    /// A decimal number.
    Float(String),
    /// `True` or `False`
    Flag(bool),
    /// `None`
    None,
    /// A name.
    Name(String),
    /// `value.name`
    Attribute(Box<Expr>, Named),
    /// `value[…]`
    Index(Box<Expr>, Box<Expr>),
    /// `value[from:to]`
    Slice(Box<Expr>, Option<Box<Expr>>, Option<Box<Expr>>),
    /// `function(…)`
    Call(Box<Expr>, Vec<Argument>),
    /// A list.
    List(Vec<Expr>),
    /// A tuple.
    Tuple(Vec<Expr>),
    /// A dictionary: its keys with their values.
    Dict(Vec<(Expr, Expr)>),
    /// `[value for target in list if condition]`
    Each(Arc<Each>),
    /// `lambda names: value`
    Lambda(Arc<Lambda>),
    /// `a + b - c`: operators of one strength, from left to right.
    Chain(Box<Expr>, Vec<(Operator, Expr)>),
    /// `a < b <= c`
    Compare(Box<Expr>, Vec<(Comparison, Expr)>),
    /// `not value`
    Not(Box<Expr>),
    /// `a and b`; `a or b`
    Logic(Logic, Vec<Expr>),
    /// `value if condition else other`: condition, value, other.
    Choice(Box<[Expr; 3]>),
}

/// `[value for target in list if condition]`
#[derive(Clone, Debug)]
pub struct Each {
    /// What is made of each.
    pub value: Expr,
    /// The name of each.
    pub target: Target,
    /// Where they come from.
    pub list: Expr,
    /// Which of them are taken.
    pub conditions: Vec<Expr>,
}

/// `lambda names: value`
#[derive(Clone, Debug)]
pub struct Lambda {
    /// The names of its arguments.
    pub names: Vec<String>,
    /// What it gives back.
    pub value: Expr,
}

/// An operator between two values.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Operator {
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `*`
    Times,
}

/// A comparison of two values.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "they are named as Python has them")]
pub enum Comparison {
    Equal,
    Unequal,
    Less,
    AtMost,
    More,
    AtLeast,
    In,
    NotIn,
    Is,
    IsNot,
}

/// `and` or `or`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Logic {
    /// `and`
    And,
    /// `or`
    Or,
}

/// A piece of a text.
#[derive(Clone, Debug)]
pub enum Part {
    /// Letters.
    Letters(String),
    /// A value put in.
    Value(Box<Put>),
}

/// A value that is put into a text.
#[derive(Clone, Debug)]
pub struct Put {
    /// The value.
    pub value: Expr,
    /// Whether it is put in as `repr()` gives it.
    pub as_repr: bool,
    /// How it is to be written; may be empty.
    pub format: String,
    /// Where that stands.
    pub format_at: Span,
}

/// An argument of a call.
#[derive(Clone, Debug)]
pub struct Argument {
    /// Its name, where it is given by name.
    pub name: Option<Named>,
    /// The value.
    pub value: Expr,
}

/// The keywords that start a statement which the console does not understand.
const STATEMENTS: [&str; 14] = [
    "assert", "async", "await", "class", "def", "del", "global", "nonlocal", "raise", "return",
    "try", "while", "yield", "except",
];

/// The other keywords.
const KEYWORDS: [&str; 22] = [
    "and", "as", "break", "continue", "elif", "else", "False", "finally", "for", "from", "if",
    "import", "in", "is", "lambda", "None", "not", "or", "pass", "True", "with", "match",
];

/// Whether a name is a word of the language.
#[must_use]
pub fn is_keyword(name: &str) -> bool {
    // `match` is one only in some places.
    name != "match" && (KEYWORDS.contains(&name) || STATEMENTS.contains(&name))
}

/// The keywords that somebody may want to be completed.
pub const STARTS: [&str; 7] = ["for", "from", "if", "import", "in", "not", "with"];

/// Finds the statements at a place of a text.
///
/// # Errors
/// The first place where it is no Python. What is more of it than the console understands is a statement by itself.
pub fn parse(text: &str, place: Span) -> Read<Vec<Line>> {
    let mut parser = Parser {
        text,
        end: place.end,
        tokens: tokens::cut(text, place)?,
        next: 0,
        depth: 0,
    };
    let mut lines = Vec::new();
    let mut margin = parser.margin();
    while let Kind::Line(column) = *parser.kind() {
        if column != margin {
            // The first line of something copied has often lost its margin.
            if lines.len() == 1
                && margin == 0
                && !matches!(
                    lines.last(),
                    Some(Line {
                        says: Says::For(..) | Says::If(_) | Says::With(..),
                        ..
                    })
                )
            {
                margin = column;
            } else {
                parser.next += 1;
                return parser.wants(Expected::Indent);
            }
        }
        parser.next += 1;
        parser.lines(column, &mut lines)?;
    }
    match parser.kind() {
        Kind::End => Ok(lines),
        _ => parser.wants(Expected::End),
    }
}

struct Parser<'a> {
    text: &'a str,
    /// Where the text ends for this parser.
    end: usize,
    tokens: Vec<Token>,
    next: usize,
    depth: usize,
}

impl<'a> Parser<'a> {
    fn kind(&self) -> &Kind {
        self.tokens
            .get(self.next)
            .map_or(&Kind::End, |token| &token.kind)
    }

    /// The column of the first line.
    fn margin(&self) -> usize {
        match self.kind() {
            Kind::Line(column) => *column,
            _ => 0,
        }
    }

    /// The place of the next token. The start of a line and the end of the text are no places to point at: what was expected
    /// was expected right behind the token before.
    fn at(&self) -> Span {
        match self.tokens.get(self.next) {
            Some(token) if !matches!(token.kind, Kind::Line(_) | Kind::End) => token.at,
            // Where nothing was read yet, the place is where the text starts.
            _ if self.next <= 1 => Span {
                start: self.end,
                end: self.end,
            },
            _ => {
                let last = self.last().end;
                Span {
                    start: last,
                    end: last,
                }
            }
        }
    }

    /// The place of the last token that was read.
    fn last(&self) -> Span {
        let last = self.next.checked_sub(1).and_then(|at| self.tokens.get(at));
        last.map_or(Span::default(), |token| token.at)
    }

    /// The letters of the next token if it is a name or keyword; otherwise nothing.
    fn word(&self) -> &'a str {
        if self.kind() == &Kind::Name {
            self.at().of(self.text)
        } else {
            ""
        }
    }

    fn is(&self, symbol: &str) -> bool {
        matches!(self.kind(), Kind::Symbol(there) if *there == symbol)
    }

    fn eat(&mut self, symbol: &str) -> bool {
        let found = self.is(symbol);
        self.next += usize::from(found);
        found
    }

    fn eat_word(&mut self, word: &str) -> bool {
        let found = self.word() == word;
        self.next += usize::from(found);
        found
    }

    fn wants<T>(&self, expected: Expected) -> Read<T> {
        match self.kind() {
            // What cannot be read is not what was expected, but that is not what is wrong with it.
            Kind::Unknown(what) => self.not_supported(*what),
            _ => Err(Problem::syntax(self.at(), expected).into()),
        }
    }

    fn not_supported<T>(&self, what: Unsupported) -> Read<T> {
        Err(Problem::not_supported(self.at(), what).into())
    }

    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Read<T>) -> Read<T> {
        if self.depth >= DEEPEST {
            return self.not_supported(Unsupported::Nesting);
        }
        self.depth += 1;
        let found = read(self);
        self.depth -= 1;
        found
    }

    fn name(&mut self) -> Read<Named> {
        let word = self.word();
        if word.is_empty() || is_keyword(word) {
            return self.wants(Expected::Name);
        }
        let at = self.at();
        self.next += 1;
        Ok(Named {
            at,
            name: word.to_owned(),
        })
    }

    /// The statements of one line, which has started already: several where there are `;` between them.
    fn lines(&mut self, column: usize, lines: &mut Vec<Line>) -> Read<()> {
        loop {
            let start = self.next;
            let depth = self.depth;
            match self.line(column) {
                Ok(line) => lines.push(line),
                Err(problem) => match problem.kind {
                    TroubleKind::NotSupported { .. } => {
                        self.depth = depth;
                        lines.push(self.skip(start, column, *problem));
                        return Ok(());
                    }
                    _ => return Err(problem),
                },
            }
            match self.kind() {
                Kind::Symbol(";") => {
                    self.next += 1;
                    if matches!(self.kind(), Kind::Line(_) | Kind::End) {
                        return Ok(());
                    }
                }
                Kind::Line(_) | Kind::End => return Ok(()),
                Kind::Symbol(",") => return self.wants(Expected::End),
                _ => return self.wants(Expected::End),
            }
        }
    }

    /// Skips a statement that is not understood, with its block and the clauses that belong to it.
    fn skip(&mut self, start: usize, column: usize, problem: Problem) -> Line {
        self.next = start;
        let first = self.at();
        let mut last = first;
        while let Some(token) = self.tokens.get(self.next) {
            match &token.kind {
                Kind::End => break,
                Kind::Line(there) if self.next > start && *there <= column => {
                    let clause = self.tokens.get(self.next + 1);
                    let clause = clause.map_or("", |token| token.at.of(self.text));
                    let belongs = *there == column
                        && matches!(clause, "else" | "elif" | "except" | "finally");
                    if !belongs {
                        break;
                    }
                }
                Kind::Line(_) => {}
                _ => last = token.at,
            }
            self.next += 1;
        }
        Line {
            at: first.to(last),
            says: Says::Unknown(problem),
        }
    }

    fn line(&mut self, column: usize) -> Read<Line> {
        let start = self.at();
        let word = self.word();
        let says = match word {
            "pass" => {
                self.next += 1;
                Says::Pass
            }
            "break" | "continue" => {
                self.next += 1;
                Says::Leave(if word == "break" {
                    Leave::Break
                } else {
                    Leave::Continue
                })
            }
            "import" => {
                self.next += 1;
                Says::Import(self.imports()?)
            }
            "from" => {
                self.next += 1;
                self.from()?
            }
            "for" | "if" | "with" => {
                let says = self.deeper(|parser| match word {
                    "for" => parser.for_(column),
                    "if" => parser.if_(column),
                    _ => parser.with(column),
                })?;
                return Ok(Line {
                    at: start.to(self.last()),
                    says,
                });
            }
            _ if STATEMENTS.contains(&word) => {
                return self.not_supported(Unsupported::Statement);
            }
            _ => self.assignment()?,
        };
        match self.kind() {
            Kind::Line(_) | Kind::End | Kind::Symbol(";") => Ok(Line {
                at: start.to(self.last()),
                says,
            }),
            _ if self.is_operator() => self.not_supported(Unsupported::Operator),
            _ => self.wants(Expected::End),
        }
    }

    /// The block of a compound statement that stands in this column: in the same line, or in lines further right.
    fn block(&mut self, column: usize) -> Read<Vec<Line>> {
        if !self.eat(":") {
            return self.wants(Expected::Colon);
        }
        let mut lines = Vec::new();
        let Kind::Line(inner) = *self.kind() else {
            if self.kind() == &Kind::End {
                return self.wants(Expected::Block);
            }
            self.lines(column, &mut lines)?;
            return Ok(lines);
        };
        if inner <= column {
            return self.wants(Expected::Block);
        }
        while let Kind::Line(there) = *self.kind() {
            if there <= column {
                break;
            }
            self.next += 1;
            if there != inner {
                return self.wants(Expected::Indent);
            }
            self.lines(inner, &mut lines)?;
        }
        Ok(lines)
    }

    fn for_(&mut self, column: usize) -> Read<Says> {
        self.next += 1;
        let target = self.target()?;
        if !self.eat_word("in") {
            return self.wants(Expected::In);
        }
        let list = self.values_or_one()?;
        let body = self.block(column)?;
        if self.is_clause("else", column) {
            self.next += 1;
            return self.not_supported(Unsupported::Statement);
        }
        Ok(Says::For(target, list, body))
    }

    /// Whether the next line stands in this column and starts with a word.
    fn is_clause(&self, word: &str, column: usize) -> bool {
        let next = self.tokens.get(self.next + 1);
        self.kind() == &Kind::Line(column)
            && next.is_some_and(|token| token.at.of(self.text) == word)
    }

    fn if_(&mut self, column: usize) -> Read<Says> {
        self.next += 1;
        let condition = self.expression()?;
        let mut arms = vec![(Some(condition), self.block(column)?)];
        loop {
            if self.is_clause("elif", column) {
                self.next += 2;
                let condition = self.expression()?;
                arms.push((Some(condition), self.block(column)?));
            } else if self.is_clause("else", column) {
                self.next += 2;
                arms.push((None, self.block(column)?));
                return Ok(Says::If(arms));
            } else {
                return Ok(Says::If(arms));
            }
        }
    }

    fn with(&mut self, column: usize) -> Read<Says> {
        self.next += 1;
        let mut items = Vec::new();
        loop {
            let value = self.expression()?;
            let target = if self.eat_word("as") {
                Some(self.target()?)
            } else {
                None
            };
            items.push((value, target));
            if !self.eat(",") {
                return Ok(Says::With(items, self.block(column)?));
            }
        }
    }

    /// What a loop or a comprehension gives a value.
    fn target(&mut self) -> Read<Target> {
        let start = self.at();
        let has_bracket = self.eat("(");
        let mut names = vec![self.name()?.name];
        let mut apart = false;
        while self.eat(",") {
            apart = true;
            if self.word() == "in" || self.is(")") {
                break;
            }
            names.push(self.name()?.name);
        }
        if has_bracket {
            self.close(")", ')')?;
        }
        Ok(Target {
            at: start.to(self.last()),
            names,
            apart,
        })
    }

    /// Whether an operator comes next that the console does not understand.
    fn is_operator(&self) -> bool {
        match self.kind() {
            Kind::Symbol(symbol) => !matches!(
                *symbol,
                "(" | ")" | "[" | "]" | "{" | "}" | "," | ":" | "." | "=" | "..." | ";"
            ),
            Kind::Name => matches!(self.word(), "await" | "yield"),
            _ => false,
        }
    }

    fn imports(&mut self) -> Read<Vec<Import>> {
        let mut imports = Vec::new();
        loop {
            let path = self.path()?;
            imports.push(Import {
                path,
                alias: self.alias()?,
            });
            if !self.eat(",") {
                return Ok(imports);
            }
        }
    }

    fn path(&mut self) -> Read<Vec<Named>> {
        let mut path = vec![self.name()?];
        while self.eat(".") {
            path.push(self.name()?);
        }
        Ok(path)
    }

    fn alias(&mut self) -> Read<Option<String>> {
        if !self.eat_word("as") {
            return Ok(None);
        }
        Ok(Some(self.name()?.name))
    }

    fn from(&mut self) -> Read<Says> {
        let module = self.path()?;
        if !self.eat_word("import") {
            return self.wants(Expected::Import);
        }
        // Everything that MLflow has is known here without an import.
        if self.eat("*") {
            return Ok(Says::From(module, Vec::new()));
        }
        let has_bracket = self.eat("(");
        let mut names = Vec::new();
        loop {
            names.push(Import {
                path: vec![self.name()?],
                alias: self.alias()?,
            });
            let goes_on = self.eat(",");
            if has_bracket && self.eat(")") {
                break;
            }
            if !goes_on {
                if has_bracket {
                    return self.wants(Expected::Closing(')'));
                }
                break;
            }
        }
        Ok(Says::From(module, names))
    }

    fn assignment(&mut self) -> Read<Says> {
        let mut targets = Vec::new();
        let mut value = self.values_or_one()?;
        if let ExprKind::Name(name) = &value.kind {
            if self.eat(":") {
                // What type a name is said to have makes no difference.
                self.expression()?;
                if !self.is("=") {
                    return Ok(Says::Pass);
                }
            }
            for (symbol, operator) in [
                ("+=", Operator::Plus),
                ("-=", Operator::Minus),
                ("*=", Operator::Times),
            ] {
                if self.eat(symbol) {
                    let named = Named {
                        at: value.at,
                        name: name.clone(),
                    };
                    return Ok(Says::Add(named, operator, self.values_or_one()?));
                }
            }
        }
        while self.is("=") {
            targets.push(target_of(value)?);
            self.next += 1;
            value = self.values_or_one()?;
        }
        Ok(if targets.is_empty() {
            Says::Value(value)
        } else {
            Says::Assign(targets, value)
        })
    }

    /// A value, or several with commas between them, which are a tuple.
    fn values_or_one(&mut self) -> Read<Expr> {
        let first = self.expression()?;
        if !self.is(",") {
            return Ok(first);
        }
        let start = first.at;
        let mut values = vec![first];
        while self.eat(",") {
            if matches!(
                self.kind(),
                Kind::Line(_) | Kind::End | Kind::Symbol("=" | ";" | ":" | ")")
            ) {
                break;
            }
            values.push(self.expression()?);
        }
        Ok(Expr {
            at: start.to(self.last()),
            kind: ExprKind::Tuple(values),
        })
    }

    /// Any value.
    fn expression(&mut self) -> Read<Expr> {
        let found = self.deeper(|parser| {
            if parser.word() == "lambda" {
                return parser.lambda();
            }
            let value = parser.or()?;
            if !parser.eat_word("if") {
                return Ok(value);
            }
            let condition = parser.or()?;
            if !parser.eat_word("else") {
                return parser.wants(Expected::Else);
            }
            let other = parser.expression()?;
            Ok(Expr {
                at: value.at.to(other.at),
                kind: ExprKind::Choice(Box::new([condition, value, other])),
            })
        })?;
        if self.is_operator() && !self.is_assigning() {
            return self.not_supported(Unsupported::Operator);
        }
        Ok(found)
    }

    fn is_assigning(&self) -> bool {
        self.is("+=") || self.is("-=") || self.is("*=")
    }

    fn lambda(&mut self) -> Read<Expr> {
        let start = self.at();
        self.next += 1;
        let mut names = Vec::new();
        while !self.is(":") {
            names.push(self.name()?.name);
            if !self.eat(",") && !self.is(":") {
                return self.wants(Expected::Colon);
            }
        }
        self.next += 1;
        let value = self.expression()?;
        Ok(Expr {
            at: start.to(value.at),
            kind: ExprKind::Lambda(Arc::new(Lambda { names, value })),
        })
    }

    /// Values with `or` between them, each of which may have `and`.
    fn or(&mut self) -> Read<Expr> {
        self.logic(Logic::Or, "or", |parser| {
            parser.logic(Logic::And, "and", Self::not)
        })
    }

    fn logic(
        &mut self,
        logic: Logic,
        word: &str,
        mut read: impl FnMut(&mut Self) -> Read<Expr>,
    ) -> Read<Expr> {
        let first = read(self)?;
        if self.word() != word {
            return Ok(first);
        }
        let start = first.at;
        let mut values = vec![first];
        while self.eat_word(word) {
            values.push(read(self)?);
        }
        Ok(Expr {
            at: start.to(self.last()),
            kind: ExprKind::Logic(logic, values),
        })
    }

    fn not(&mut self) -> Read<Expr> {
        let start = self.at();
        if !self.eat_word("not") {
            return self.comparison();
        }
        let value = self.deeper(Self::not)?;
        Ok(Expr {
            at: start.to(value.at),
            kind: ExprKind::Not(Box::new(value)),
        })
    }

    fn comparison(&mut self) -> Read<Expr> {
        let first = self.sum()?;
        let mut others = Vec::new();
        while let Some(comparison) = self.compares() {
            others.push((comparison, self.sum()?));
        }
        if others.is_empty() {
            return Ok(first);
        }
        Ok(Expr {
            at: first.at.to(self.last()),
            kind: ExprKind::Compare(Box::new(first), others),
        })
    }

    fn compares(&mut self) -> Option<Comparison> {
        let found = match self.kind() {
            Kind::Symbol("==") => Comparison::Equal,
            Kind::Symbol("!=") => Comparison::Unequal,
            Kind::Symbol("<") => Comparison::Less,
            Kind::Symbol("<=") => Comparison::AtMost,
            Kind::Symbol(">") => Comparison::More,
            Kind::Symbol(">=") => Comparison::AtLeast,
            Kind::Name => match self.word() {
                "in" => Comparison::In,
                "is" => {
                    self.next += 1;
                    let not = self.eat_word("not");
                    return Some(if not {
                        Comparison::IsNot
                    } else {
                        Comparison::Is
                    });
                }
                "not" => {
                    let next = self.tokens.get(self.next + 1)?;
                    if next.at.of(self.text) != "in" {
                        return None;
                    }
                    self.next += 1;
                    Comparison::NotIn
                }
                _ => return None,
            },
            _ => return None,
        };
        self.next += 1;
        Some(found)
    }

    /// Values with `+` and `-` between them.
    fn sum(&mut self) -> Read<Expr> {
        self.chain(&[("+", Operator::Plus), ("-", Operator::Minus)], |parser| {
            parser.chain(&[("*", Operator::Times)], Self::operand)
        })
    }

    fn chain(
        &mut self,
        operators: &[(&str, Operator)],
        mut read: impl FnMut(&mut Self) -> Read<Expr>,
    ) -> Read<Expr> {
        let first = read(self)?;
        let mut others = Vec::new();
        while let Some((symbol, operator)) = operators.iter().find(|(symbol, _)| self.is(symbol)) {
            self.eat(symbol);
            others.push((*operator, read(self)?));
        }
        if others.is_empty() {
            return Ok(first);
        }
        Ok(Expr {
            at: first.at.to(self.last()),
            kind: ExprKind::Chain(Box::new(first), others),
        })
    }

    /// A value with its signs, and with what follows it: `.name`, `(…)`, `[…]`.
    fn operand(&mut self) -> Read<Expr> {
        let start = self.at();
        let mut signs = 0_usize;
        let mut is_negative = false;
        while self.is("-") || self.is("+") {
            is_negative ^= self.is("-");
            signs += 1;
            self.next += 1;
        }
        let mut value = self.atom()?;
        for _ in 0..=LONGEST_CHAIN {
            let kind = if self.eat(".") {
                ExprKind::Attribute(Box::new(value), self.name()?)
            } else if self.eat("(") {
                ExprKind::Call(Box::new(value), self.arguments()?)
            } else if self.eat("[") {
                self.index(value)?
            } else {
                if signs > 0 {
                    value = signed(value, start, is_negative);
                }
                return Ok(value);
            };
            value = Expr {
                at: start.to(self.last()),
                kind,
            };
        }
        self.not_supported(Unsupported::Nesting)
    }

    fn index(&mut self, value: Expr) -> Read<ExprKind> {
        let bound = |parser: &mut Self| {
            if parser.is(":") || parser.is("]") {
                return Ok(None);
            }
            parser.expression().map(|bound| Some(Box::new(bound)))
        };
        let from = bound(self)?;
        if self.eat(":") {
            let to = bound(self)?;
            if self.is(":") {
                return self.not_supported(Unsupported::Operator);
            }
            self.close("]", ']')?;
            return Ok(ExprKind::Slice(Box::new(value), from, to));
        }
        let Some(index) = from else {
            return self.wants(Expected::Value);
        };
        if self.is(",") {
            return self.not_supported(Unsupported::Operator);
        }
        self.close("]", ']')?;
        Ok(ExprKind::Index(Box::new(value), index))
    }

    fn close(&mut self, symbol: &str, bracket: char) -> Read<()> {
        if self.eat(symbol) {
            Ok(())
        } else {
            self.wants(Expected::Closing(bracket))
        }
    }

    fn atom(&mut self) -> Read<Expr> {
        let start = self.at();
        let kind = match self.kind() {
            Kind::Int(text) => ExprKind::Int(text.clone()),
            Kind::Float(text) => ExprKind::Float(text.clone()),
            Kind::Text(_) => ExprKind::Text(self.text()?),
            Kind::Name => match self.word() {
                "True" => ExprKind::Flag(true),
                "False" => ExprKind::Flag(false),
                "None" => ExprKind::None,
                "await" | "yield" => return self.not_supported(Unsupported::Operator),
                word if is_keyword(word) => return self.wants(Expected::Value),
                word => ExprKind::Name(word.to_owned()),
            },
            Kind::Symbol("(") => return self.bracket(),
            Kind::Symbol("[") => {
                self.next += 1;
                self.list()?
            }
            Kind::Symbol("{") => {
                self.next += 1;
                ExprKind::Dict(self.dict()?)
            }
            Kind::Symbol("~" | "*" | "**" | "...") => {
                return self.not_supported(Unsupported::Operator);
            }
            _ => return self.wants(Expected::Value),
        };
        // What is of several tokens has read them all but the last.
        self.next += 1;
        Ok(Expr {
            at: start.to(self.last()),
            kind,
        })
    }

    /// The pieces of texts that stand side by side; the last token stays.
    fn text(&mut self) -> Read<Vec<Part>> {
        let mut parts = Vec::new();
        while let Some(token) = self.tokens.get_mut(self.next)
            && let Kind::Text(pieces) = &mut token.kind
        {
            let pieces = std::mem::take(pieces);
            self.next += 1;
            for piece in pieces {
                match piece {
                    Piece::Letters(letters) => parts.push(Part::Letters(letters)),
                    Piece::Slot(slot) => {
                        if let Some(shown) = slot.shown {
                            parts.push(Part::Letters(shown.of(self.text).to_owned()));
                        }
                        parts.push(Part::Value(Box::new(self.slot(slot)?)));
                    }
                }
            }
        }
        self.next = self.next.saturating_sub(1);
        Ok(parts)
    }

    /// Reads what stands between the braces of an f-string.
    fn slot(&mut self, slot: Slot) -> Read<Put> {
        let mut tokens = tokens::cut(self.text, slot.value)?;
        // In braces a line's end means as little as in any other bracket.
        tokens.retain(|token| !matches!(token.kind, Kind::Line(_)));
        let mut inside = Parser {
            text: self.text,
            end: slot.value.end,
            tokens,
            next: 0,
            depth: self.depth,
        };
        let value = inside.values_or_one()?;
        match inside.kind() {
            Kind::End => Ok(Put {
                value,
                as_repr: slot.conversion == Some('r')
                    || slot.shown.is_some()
                        && slot.conversion.is_none()
                        && slot.format.start == slot.format.end,
                format: slot.format.of(self.text).to_owned(),
                format_at: slot.format,
            }),
            _ => inside.wants(Expected::Closing('}')),
        }
    }

    /// A value in brackets, a tuple, or what is made of each.
    fn bracket(&mut self) -> Read<Expr> {
        let start = self.at();
        self.next += 1;
        if self.eat(")") {
            return Ok(Expr {
                at: start.to(self.last()),
                kind: ExprKind::Tuple(Vec::new()),
            });
        }
        let first = self.expression()?;
        if self.word() == "for" {
            let kind = self.each(first)?;
            self.close(")", ')')?;
            let at = start.to(self.last());
            return Ok(Expr { at, kind });
        }
        if self.eat(",") {
            let mut values = vec![first];
            values.extend(self.values(")", ')')?);
            self.close(")", ')')?;
            return Ok(Expr {
                at: start.to(self.last()),
                kind: ExprKind::Tuple(values),
            });
        }
        self.close(")", ')')?;
        let at = start.to(self.last());
        Ok(Expr { at, ..first })
    }

    /// What stands in square brackets; the closing one stays.
    fn list(&mut self) -> Read<ExprKind> {
        if self.is("]") {
            return Ok(ExprKind::List(Vec::new()));
        }
        let first = self.expression()?;
        if self.word() == "for" {
            let kind = self.each(first)?;
            return if self.is("]") {
                Ok(kind)
            } else {
                self.wants(Expected::Closing(']'))
            };
        }
        let mut values = vec![first];
        if self.eat(",") {
            values.extend(self.values("]", ']')?);
        } else if !self.is("]") {
            return self.wants(Expected::Closing(']'));
        }
        Ok(ExprKind::List(values))
    }

    /// `for target in list if condition`, behind what is made of each.
    fn each(&mut self, value: Expr) -> Read<ExprKind> {
        self.next += 1;
        let target = self.target()?;
        if !self.eat_word("in") {
            return self.wants(Expected::In);
        }
        let list = self.or()?;
        let mut conditions = Vec::new();
        while self.eat_word("if") {
            conditions.push(self.or()?);
        }
        if self.word() == "for" {
            return self.not_supported(Unsupported::List);
        }
        Ok(ExprKind::Each(Arc::new(Each {
            value,
            target,
            list,
            conditions,
        })))
    }

    /// Values with commas between them; the closing bracket stays.
    fn values(&mut self, symbol: &str, bracket: char) -> Read<Vec<Expr>> {
        let mut values = Vec::new();
        while !self.is(symbol) {
            values.push(self.expression()?);
            if !self.eat(",") && !self.is(symbol) {
                return self.wants(Expected::Closing(bracket));
            }
        }
        Ok(values)
    }

    /// The keys and values of a dictionary; the closing bracket stays.
    fn dict(&mut self) -> Read<Vec<(Expr, Expr)>> {
        let mut values = Vec::new();
        while !self.is("}") {
            if self.is("**") {
                return self.not_supported(Unsupported::Star);
            }
            let key = self.expression()?;
            if !self.eat(":") {
                // Without a colon it is a set, which is of no use here.
                let is_set = self.is(",") || self.is("}") || self.word() == "for";
                return if is_set {
                    Err(Problem::not_supported(key.at, Unsupported::List).into())
                } else {
                    self.wants(Expected::Closing('}'))
                };
            }
            values.push((key, self.expression()?));
            if self.word() == "for" {
                return self.not_supported(Unsupported::List);
            }
            if !self.eat(",") && !self.is("}") {
                return self.wants(Expected::Closing('}'));
            }
        }
        Ok(values)
    }

    fn arguments(&mut self) -> Read<Vec<Argument>> {
        let mut arguments: Vec<Argument> = Vec::new();
        while !self.eat(")") {
            if self.is("*") || self.is("**") {
                return self.not_supported(Unsupported::Star);
            }
            let mut value = self.expression()?;
            let mut name = None;
            if self.eat("=") {
                let ExprKind::Name(word) = value.kind else {
                    return Err(Problem::syntax(value.at, Expected::Name).into());
                };
                name = Some(Named {
                    at: value.at,
                    name: word,
                });
                value = self.expression()?;
            } else if arguments.last().is_some_and(|last| last.name.is_some()) {
                return Err(Problem::syntax(value.at, Expected::NamedArgument).into());
            } else if self.word() == "for" {
                let start = value.at;
                let kind = self.each(value)?;
                value = Expr {
                    at: start.to(self.last()),
                    kind,
                };
            }
            arguments.push(Argument { name, value });
            if !self.eat(",") && !self.is(")") {
                return self.wants(Expected::Closing(')'));
            }
        }
        Ok(arguments)
    }
}

/// What stands on the left side of `=`.
fn target_of(value: Expr) -> Read<Target> {
    let at = value.at;
    let names = match value.kind {
        ExprKind::Name(name) => {
            return Ok(Target {
                at,
                names: vec![name],
                apart: false,
            });
        }
        ExprKind::Tuple(values) | ExprKind::List(values) => values,
        ExprKind::Attribute(..) | ExprKind::Index(..) | ExprKind::Slice(..) => {
            return Err(Problem::not_supported(at, Unsupported::Target).into());
        }
        _ => return Err(Problem::syntax(at, Expected::Target).into()),
    };
    let names = names.into_iter().map(|value| match value.kind {
        ExprKind::Name(name) => Read::Ok(name),
        ExprKind::Tuple(_) | ExprKind::Attribute(..) | ExprKind::Index(..) => {
            Err(Problem::not_supported(value.at, Unsupported::Target).into())
        }
        _ => Err(Problem::syntax(value.at, Expected::Target).into()),
    });
    Ok(Target {
        at,
        names: names.collect::<Read<_>>()?,
        apart: true,
    })
}

/// A value with its sign.
fn signed(value: Expr, start: Span, is_negative: bool) -> Expr {
    let at = start.to(value.at);
    let sign = |digits: &str| {
        if is_negative && digits != "0" {
            format!("-{digits}")
        } else {
            digits.to_owned()
        }
    };
    let kind = match &value.kind {
        ExprKind::Int(digits) => ExprKind::Int(sign(digits)),
        ExprKind::Float(digits) => ExprKind::Float(sign(digits)),
        _ => {
            let operator = if is_negative {
                Operator::Minus
            } else {
                Operator::Plus
            };
            let zero = Expr {
                at: start,
                kind: ExprKind::Int("0".to_owned()),
            };
            ExprKind::Chain(Box::new(zero), vec![(operator, value)])
        }
    };
    Expr { at, kind }
}
