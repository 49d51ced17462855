//! What a script says, as a tree: its statements and their values.

use std::sync::Arc;

use super::super::trouble::{Problem, Span};

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
