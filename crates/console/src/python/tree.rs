//! What a script says, as a tree: its statements and their values.

use super::super::span::Span;
use super::kind::{Kind, Shape};

/// A statement and its place.
#[derive(Clone, Debug)]
pub struct Line {
    /// Where it stands.
    pub at: Span,
    /// The number of its first line in the whole text.
    pub number: usize,
    /// What it says.
    pub says: Says,
}

/// What a statement says.
#[derive(Clone, Debug)]
pub enum Says {
    /// An import: the names that it gives, each with what it names.
    Import(Vec<(String, Kind)>),
    /// `name = value`
    Assign(Named, Expr),
    /// A value by itself.
    Value(Expr),
    /// `for name in value:` with its block.
    For(Named, Expr, Vec<Line>),
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
    /// The number of its first line in the whole text.
    pub number: usize,
    /// What it is.
    pub kind: ExprKind,
}

/// What an expression is.
#[derive(Clone, Debug)]
pub enum ExprKind {
    /// `None`
    None,
    /// `True` or `False`
    Flag(bool),
    /// A whole number, as Python prints it.
    Int(String),
    /// A decimal number.
    Float(f64),
    /// A text, of pieces.
    Text(Vec<Part>),
    /// A name.
    Name(String),
    /// `value.name`
    Attribute(Box<Expr>, Named),
    /// `value[…]`
    Index(Box<Expr>, Box<Expr>),
    /// `function(…)`
    Call(Box<Expr>, Vec<Argument>),
    /// A list or a tuple.
    List(Vec<Expr>, Shape),
    /// A dictionary: its keys with their values.
    Dict(Vec<(Expr, Expr)>),
}

/// A piece of a text.
#[derive(Clone, Debug)]
pub enum Part {
    /// Letters.
    Letters(String),
    /// A value put in.
    Value {
        /// The value.
        value: Expr,
        /// Whether it is put in as `repr()` gives it.
        as_repr: bool,
    },
}

/// An argument of a call.
#[derive(Clone, Debug)]
pub struct Argument {
    /// Its name, where it is given by name.
    pub name: Option<Named>,
    /// The value.
    pub value: Expr,
}
