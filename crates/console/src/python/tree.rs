//! What a script says, as a tree: its statements and their values.

use super::super::span::Span;
use super::value_type::{SequenceType, ValueType};

/// A statement of Python and its place.
#[derive(Clone, Debug)]
pub struct PyStatement {
    pub at: Span,
    /// The number of its first line in the whole text.
    pub number: usize,
    pub kind: StatementKind,
}

/// What a statement is.
#[derive(Clone, Debug)]
pub enum StatementKind {
    /// An import: the names that it gives, each with what it names.
    Import(Vec<(String, ValueType)>),
    /// `name = value`
    Assign(Identifier, Expr),
    /// A value by itself.
    Value(Expr),
    /// `for name in value:` with its block.
    For(Identifier, Expr, Vec<PyStatement>),
}

/// A name and its place.
#[derive(Clone, Debug)]
pub struct Identifier {
    pub at: Span,
    pub name: String,
}

/// An expression and its place.
#[derive(Clone, Debug)]
pub struct Expr {
    pub at: Span,
    /// The number of its first line in the whole text.
    pub number: usize,
    pub kind: ExprKind,
}

/// What an expression is.
#[derive(Clone, Debug)]
pub enum ExprKind {
    None,
    /// `True` or `False`
    Flag(bool),
    /// A whole number, as Python prints it.
    Int(String),
    Float(f64),
    /// A text, of pieces.
    Text(Vec<StringPart>),
    Name(String),
    /// `value.name`
    Attribute(Box<Expr>, Identifier),
    /// `value[…]`
    Index(Box<Expr>, Box<Expr>),
    /// `function(…)`
    Call(Box<Expr>, Vec<CallArgument>),
    List(Vec<Expr>, SequenceType),
    /// A dictionary: its keys with their values.
    Dict(Vec<(Expr, Expr)>),
}

/// A part of a string.
#[derive(Clone, Debug)]
pub enum StringPart {
    Letters(String),
    /// A value put in.
    Value {
        value: Expr,
        /// Whether it is put in as `repr()` gives it.
        as_repr: bool,
    },
}

/// An argument of a call.
#[derive(Clone, Debug)]
pub struct CallArgument {
    /// Its name, where it is given by name.
    pub name: Option<Identifier>,
    pub value: Expr,
}
