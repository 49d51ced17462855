//! The statements of a script.
//!
//! Everything is held to a small depth: a text can neither exhaust the stack here nor where its tree is walked.

use super::super::trouble::{Expected, Problem, Span, Unsupported};
use super::tokens::{self, Kind, Piece, Token};

/// How deep brackets, calls and pieces of f-strings may stand in each other.
const DEEPEST: usize = 32;

/// How many attributes, calls and indexes may follow a value: `a.b(c)[d].e` has four.
const LONGEST_CHAIN: usize = 10;

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
    /// `name = value`; several names where it is `a = b = value`.
    Assign(Vec<String>, Expr),
    /// A value by itself.
    Value(Expr),
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
    /// `function(…)`
    Call(Box<Expr>, Vec<Argument>),
    /// A list or tuple.
    List(Vec<Expr>),
    /// A dictionary: its keys with their values. A set has keys alone.
    Dict(Vec<(Expr, Option<Expr>)>),
    /// `a + b + c`
    Sum(Vec<Expr>),
}

/// A piece of a text.
#[derive(Clone, Debug)]
pub enum Part {
    /// Letters.
    Letters(String),
    /// A value put in.
    Value(Expr),
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
const STATEMENTS: [&str; 22] = [
    "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else",
    "except", "finally", "for", "global", "if", "nonlocal", "raise", "return", "try", "while",
    "with", "yield",
];

/// The keywords that belong to an operator.
const OPERATORS: [&str; 11] = [
    "and", "await", "else", "for", "if", "in", "is", "lambda", "not", "or", "yield",
];

/// Whether a name is a word of the language.
fn is_keyword(name: &str) -> bool {
    matches!(
        name,
        "import" | "from" | "as" | "pass" | "True" | "False" | "None"
    ) || STATEMENTS.contains(&name)
        || OPERATORS.contains(&name)
}

/// Finds the statements of a text.
///
/// # Errors
/// The first place where it is no Python, or more of it than the console understands.
pub fn parse(text: &str) -> Result<Vec<Line>, Problem> {
    let whole = Span {
        start: 0,
        end: text.len(),
    };
    let mut parser = Parser {
        text,
        tokens: tokens::cut(text, whole)?,
        next: 0,
        depth: 0,
    };
    let mut lines = Vec::new();
    loop {
        while parser.kind() == &Kind::Newline {
            parser.next += 1;
        }
        if parser.kind() == &Kind::End {
            return Ok(lines);
        }
        lines.push(parser.line()?);
    }
}

struct Parser<'a> {
    text: &'a str,
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

    /// The place of the next token; the end of the text behind the last one.
    fn at(&self) -> Span {
        self.tokens.get(self.next).map_or(
            Span {
                start: self.text.len(),
                end: self.text.len(),
            },
            |token| token.at,
        )
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

    fn wants<T>(&self, expected: Expected) -> Result<T, Problem> {
        Err(Problem::syntax(self.at(), expected))
    }

    fn not_supported<T>(&self, what: Unsupported) -> Result<T, Problem> {
        Err(Problem::not_supported(self.at(), what))
    }

    fn name(&mut self) -> Result<Named, Problem> {
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

    fn line(&mut self) -> Result<Line, Problem> {
        let start = self.at();
        let says = match self.word() {
            "pass" => {
                self.next += 1;
                Says::Pass
            }
            "import" => {
                self.next += 1;
                Says::Import(self.imports()?)
            }
            "from" => {
                self.next += 1;
                self.from()?
            }
            word if STATEMENTS.contains(&word) => {
                return self.not_supported(Unsupported::Statement);
            }
            _ => self.assignment()?,
        };
        match self.kind() {
            Kind::Newline | Kind::End => Ok(Line {
                at: start.to(self.last()),
                says,
            }),
            Kind::Symbol(",") => self.not_supported(Unsupported::List),
            _ if self.is_operator() => self.not_supported(Unsupported::Operator),
            _ => self.wants(Expected::End),
        }
    }

    /// Whether an operator comes next that the console does not understand.
    fn is_operator(&self) -> bool {
        match self.kind() {
            Kind::Symbol(symbol) => !matches!(
                *symbol,
                "(" | ")" | "[" | "]" | "{" | "}" | "," | ":" | "." | "=" | "..."
            ),
            Kind::Name => OPERATORS.contains(&self.word()),
            _ => false,
        }
    }

    fn imports(&mut self) -> Result<Vec<Import>, Problem> {
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

    fn path(&mut self) -> Result<Vec<Named>, Problem> {
        let mut path = vec![self.name()?];
        while self.eat(".") {
            path.push(self.name()?);
        }
        Ok(path)
    }

    fn alias(&mut self) -> Result<Option<String>, Problem> {
        if !self.eat_word("as") {
            return Ok(None);
        }
        Ok(Some(self.name()?.name))
    }

    fn from(&mut self) -> Result<Says, Problem> {
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

    fn assignment(&mut self) -> Result<Says, Problem> {
        let mut targets = Vec::new();
        let mut value = self.expression()?;
        if matches!(value.kind, ExprKind::Name(_)) && self.eat(":") {
            // What type a name is said to have makes no difference.
            self.expression()?;
            if !self.is("=") {
                return Ok(Says::Pass);
            }
        }
        while self.is("=") {
            match value.kind {
                ExprKind::Name(name) => targets.push(name),
                ExprKind::Attribute(..) | ExprKind::Index(..) | ExprKind::List(_) => {
                    return Err(Problem::not_supported(value.at, Unsupported::Target));
                }
                _ => return Err(Problem::syntax(value.at, Expected::Target)),
            }
            self.next += 1;
            value = self.expression()?;
        }
        Ok(if targets.is_empty() {
            Says::Value(value)
        } else {
            Says::Assign(targets, value)
        })
    }

    /// A value, or several with `+` between them.
    fn expression(&mut self) -> Result<Expr, Problem> {
        if self.depth >= DEEPEST {
            return self.not_supported(Unsupported::Nesting);
        }
        self.depth += 1;
        let first = self.operand()?;
        let mut terms = vec![first];
        while self.eat("+") {
            terms.push(self.operand()?);
        }
        self.depth -= 1;
        if self.is_operator() {
            return self.not_supported(Unsupported::Operator);
        }
        Ok(match (terms.len(), terms.first(), terms.last()) {
            (2.., Some(first), Some(last)) => Expr {
                at: first.at.to(last.at),
                kind: ExprKind::Sum(terms),
            },
            _ => match terms.pop() {
                Some(only) => only,
                None => return self.wants(Expected::Value),
            },
        })
    }

    /// A value with its signs, and with what follows it: `.name`, `(…)`, `[…]`.
    fn operand(&mut self) -> Result<Expr, Problem> {
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
                let index = self.expression()?;
                if self.is(":") {
                    return self.not_supported(Unsupported::Operator);
                }
                self.close("]", ']')?;
                ExprKind::Index(Box::new(value), Box::new(index))
            } else {
                if signs > 0 {
                    value = signed(value, start, is_negative)?;
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

    fn close(&mut self, symbol: &str, bracket: char) -> Result<(), Problem> {
        if self.eat(symbol) {
            Ok(())
        } else {
            self.wants(Expected::Closing(bracket))
        }
    }

    fn atom(&mut self) -> Result<Expr, Problem> {
        let start = self.at();
        let kind = match self.kind() {
            Kind::Int(text) => ExprKind::Int(text.clone()),
            Kind::Float(text) => ExprKind::Float(text.clone()),
            Kind::Text(_) => ExprKind::Text(self.text()?),
            Kind::Name => match self.word() {
                "True" => ExprKind::Flag(true),
                "False" => ExprKind::Flag(false),
                "None" => ExprKind::None,
                word if OPERATORS.contains(&word) => {
                    return self.not_supported(Unsupported::Operator);
                }
                word if is_keyword(word) => return self.wants(Expected::Value),
                word => ExprKind::Name(word.to_owned()),
            },
            Kind::Symbol("(") => return self.bracket(),
            Kind::Symbol("[") => {
                self.next += 1;
                ExprKind::List(self.values("]", ']')?)
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
    fn text(&mut self) -> Result<Vec<Part>, Problem> {
        let mut parts = Vec::new();
        while let Some(token) = self.tokens.get_mut(self.next)
            && let Kind::Text(pieces) = &mut token.kind
        {
            let pieces = std::mem::take(pieces);
            self.next += 1;
            for piece in pieces {
                parts.push(match piece {
                    Piece::Letters(letters) => Part::Letters(letters),
                    Piece::Slot(place) => Part::Value(self.slot(place)?),
                });
            }
        }
        self.next = self.next.saturating_sub(1);
        Ok(parts)
    }

    /// Reads what stands between the braces of an f-string.
    fn slot(&mut self, place: Span) -> Result<Expr, Problem> {
        let mut tokens = tokens::cut(self.text, place)?;
        // In braces a line's end means as little as in any other bracket.
        tokens.retain(|token| token.kind != Kind::Newline);
        let mut inside = Parser {
            text: self.text,
            tokens,
            next: 0,
            depth: self.depth,
        };
        let value = inside.expression()?;
        match inside.kind() {
            Kind::End => Ok(value),
            Kind::Symbol("=") => inside.not_supported(Unsupported::Format),
            Kind::Symbol(",") => inside.not_supported(Unsupported::List),
            _ => inside.wants(Expected::Closing('}')),
        }
    }

    /// A value in brackets, or a tuple.
    fn bracket(&mut self) -> Result<Expr, Problem> {
        let start = self.at();
        self.next += 1;
        let is_empty = self.is(")");
        let mut values = if is_empty {
            Vec::new()
        } else {
            vec![self.expression()?]
        };
        let is_tuple = is_empty || self.is(",");
        if self.eat(",") {
            values.extend(self.values(")", ')')?);
        }
        self.close(")", ')')?;
        let at = start.to(self.last());
        match values.pop() {
            Some(only) if !is_tuple => Ok(Expr { at, ..only }),
            last => {
                values.extend(last);
                Ok(Expr {
                    at,
                    kind: ExprKind::List(values),
                })
            }
        }
    }

    /// Values with commas between them; the closing bracket stays.
    fn values(&mut self, symbol: &str, bracket: char) -> Result<Vec<Expr>, Problem> {
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
    fn dict(&mut self) -> Result<Vec<(Expr, Option<Expr>)>, Problem> {
        let mut values = Vec::new();
        while !self.is("}") {
            let key = self.expression()?;
            // Without a colon it is a set.
            let value = match self.eat(":") {
                true => Some(self.expression()?),
                false => None,
            };
            values.push((key, value));
            if !self.eat(",") && !self.is("}") {
                return self.wants(Expected::Closing('}'));
            }
        }
        Ok(values)
    }

    fn arguments(&mut self) -> Result<Vec<Argument>, Problem> {
        let mut arguments: Vec<Argument> = Vec::new();
        while !self.eat(")") {
            if self.is("*") || self.is("**") {
                return self.not_supported(Unsupported::Star);
            }
            let mut value = self.expression()?;
            let mut name = None;
            if self.eat("=") {
                let ExprKind::Name(word) = value.kind else {
                    return Err(Problem::syntax(value.at, Expected::Name));
                };
                name = Some(Named {
                    at: value.at,
                    name: word,
                });
                value = self.expression()?;
            } else if arguments.last().is_some_and(|last| last.name.is_some()) {
                return Err(Problem::syntax(value.at, Expected::NamedArgument));
            }
            arguments.push(Argument { name, value });
            if !self.eat(",") && !self.is(")") {
                return self.wants(Expected::Closing(')'));
            }
        }
        Ok(arguments)
    }
}

/// A number with its sign.
fn signed(value: Expr, start: Span, is_negative: bool) -> Result<Expr, Problem> {
    let at = start.to(value.at);
    let sign = |digits: String| {
        if is_negative && digits != "0" {
            format!("-{digits}")
        } else {
            digits
        }
    };
    let kind = match value.kind {
        ExprKind::Int(digits) => ExprKind::Int(sign(digits)),
        ExprKind::Float(digits) => ExprKind::Float(sign(digits)),
        _ => return Err(Problem::not_supported(at, Unsupported::Operator)),
    };
    Ok(Expr { at, kind })
}

#[cfg(test)]
mod tests {
    use crate::console::tests::{check, fails};

    #[test]
    fn places_are_those_of_the_whole_text() {
        let unknown = |text: &str, name: &str| {
            let expected = format!("UnknownName {{ name: {name:?}, nearest: None }}");
            fails(text, name, &expected);
        };
        unknown("x = f'é{ y }'", "y");
        unknown("é = 1\n\n  ü(2)", "ü");
    }

    #[test]
    fn what_is_no_python_is_marked() {
        let syntax = |text: &str, place: &str, expected: &str| {
            fails(text, place, &format!("Syntax {{ expected: {expected} }}"));
        };
        syntax("x =", "", "Value");
        syntax("x = \ny", "", "Value");
        syntax("load_model('a'", "", "Closing(')')");
        syntax("load_model('a' 2)", "2", "Closing(')')");
        syntax("[1 2]", "2", "Closing(']')");
        syntax("{1: 2", "", "Closing('}')");
        syntax("(1]", "]", "Closing(')')");
        syntax("f(a=1, 2)", "2", "NamedArgument");
        syntax("f('a'=1)", "'a'", "Name");
        syntax("1 = 2", "1", "Target");
        syntax("f() = 2", "f()", "Target");
        syntax("hello world", "world", "End");
        syntax("x = 02", "02", "Number");
        syntax("x = 'a", "'", "ClosingQuote");
        syntax("x = “a”", "“", "StraightQuote");
        syntax("x = 1 ? 2", "?", "Character");
        syntax("x \\ y", "\\", "Character");
        syntax("from mlflow", "", "Import");
        syntax("from mlflow import", "", "Name");
        syntax("from mlflow import (a b)", "b", "Closing(')')");
        syntax("import 2", "2", "Name");
        syntax("client.", "", "Name");
        syntax("client.for", "for", "Name");
        syntax("x = import", "import", "Value");
        syntax("f'{}'", "", "Value");
        syntax("f'{a b}'", "b", "Closing('}')");
        syntax(")", ")", "Value");
    }

    #[test]
    fn what_is_more_than_the_console_understands_is_marked() {
        let more = |text: &str, place: &str, what: &str| {
            fails(text, place, &format!("NotSupported {{ what: {what} }}"));
        };
        more("for x in y:\n  pass", "for", "Statement");
        more("with a as b: pass", "with", "Statement");
        more("x = 1 if y else 2", "if", "Operator");
        more("x = [a for a in b]", "for", "Operator");
        more("x = not y", "not", "Operator");
        more("x = 2 * 3", "*", "Operator");
        more("x = 1 + 2", "1 + 2", "Operator");
        more("x == 2", "==", "Operator");
        more("x += 2", "+=", "Operator");
        more("x = '%s' % y", "%", "Operator");
        more("x = -'a'", "-'a'", "Operator");
        more("x = [1][0]", "[1][0]", "Operator");
        more("x = client[1:2]", ":", "Operator");
        more("x = 1, 2", ",", "List");
        more("x, y = 1, 2", ",", "List");
        more("x = [[1]]", "[1]", "List");
        more("a.b = 1", "a.b", "Target");
        more("a[0] = 1", "a[0]", "Target");
        more("f(*a)", "*", "Star");
        more("f(**a)", "**", "Star");
        more("f'{a!r}'", "!", "Format");
        more("f'{a=}'", "=", "Format");
        more("x = 0x10", "0x10", "Number");
        more("x = b'a'", "b", "Bytes");
    }

    #[test]
    fn depth_has_an_end() {
        check(&format!("x = {}1{}", "(".repeat(31), ")".repeat(31)), "");
        for text in [
            "(".repeat(50_000),
            "[".repeat(50_000),
            "{".repeat(50_000),
            "f(".repeat(30_000),
            "x[".repeat(30_000),
            "x".to_owned() + &".a".repeat(40_000),
            "x".to_owned() + &"()".repeat(40_000),
            "(".repeat(33) + "1" + &")".repeat(33),
        ] {
            let found = crate::console::read(&text).unwrap_err();
            assert!(format!("{found:?}").contains("Nesting"), "{found:?}");
        }
        // The deepest tree that is let through is walked and dropped with little stack.
        let chain = ".a".repeat(10);
        let deepest = (0..30).fold("get_model('s')".to_owned(), |inside, _| {
            format!("({inside}){chain}")
        });
        let walk = std::thread::Builder::new().stack_size(512 * 1024);
        let walk = walk.spawn(move || check(&deepest, "GetModel { stage: \"s\" }"));
        walk.unwrap().join().unwrap();
    }
}
