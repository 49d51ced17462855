//! The statements of a script. Everything is held to a small depth: a text can neither exhaust the stack here nor where its
//! tree is walked.

use super::super::diagnostic::Why;
use super::super::span::Span;
use super::keywords::is_keyword;
use super::kind::Shape;
use super::kind::{self, Module};
use super::need::{Need, need};
use super::tokens::{self, Kind, Piece, Token};
use super::tree::{Argument, Expr, ExprKind, Line, Named, Part, Says};

/// How deep brackets, calls and blocks may stand in each other.
const DEEPEST: usize = 12;
/// How many attributes, calls and indexes may follow a value: `a.b(c)[d].e` has four.
const LONGEST_CHAIN: usize = 10;

/// Finds the statements at a place of a text.
///
/// # Errors
/// The first place that has something else.
pub fn parse(text: &str, place: Span) -> Result<Vec<Line>, Need> {
    let (tokens, wrong) = tokens::cut(text, place);
    let last = tokens
        .iter()
        .rev()
        .find(|token| matches!(token.kind, Kind::Line(_)));
    let last = last.map_or(place.start, |line| line.at.start);
    let lines = statements(text, place, tokens);
    match (lines, wrong) {
        // What is not read in the last line is what could not be cut into tokens.
        (Err(need), Some(_)) if need.at.start < last => Err(need),
        (_, Some(wrong)) => Err(wrong),
        (lines, None) => lines,
    }
}

fn statements(text: &str, place: Span, tokens: Vec<Token>) -> Result<Vec<Line>, Need> {
    let mut parser = Parser {
        text,
        tokens,
        next: 0,
        depth: 0,
    };
    // Python takes the margin of an indented paste away only where every line has it.
    let margin = match parser.kind() {
        Kind::Line(column) => *column,
        _ => 0,
    };
    let mut lines = place
        .of(text)
        .lines()
        .filter(|line| !line.trim().is_empty());
    if !lines.all(|line| line.len() - line.trim_start_matches(' ').len() >= margin) {
        return need(place, Why::Statement);
    }
    let lines = parser.block(None)?;
    match parser.kind() {
        Kind::End => Ok(lines),
        _ => need(parser.at(), Why::Statement),
    }
}

struct Parser<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    next: usize,
    depth: usize,
}

type Read<T> = Result<T, Need>;

impl<'a> Parser<'a> {
    fn token(&self) -> Option<&Token> {
        self.tokens.get(self.next)
    }

    fn kind(&self) -> &Kind {
        self.token().map_or(&Kind::End, |token| &token.kind)
    }

    fn number(&self) -> usize {
        self.token().map_or(1, |token| token.number)
    }

    /// The place of the next token; at the end of a line, that of the one before.
    fn at(&self) -> Span {
        match self.token() {
            Some(token) if !matches!(token.kind, Kind::Line(_) | Kind::End) => token.at,
            _ => self.last(),
        }
    }

    /// The place of the last token that was read.
    fn last(&self) -> Span {
        let last = self.next.checked_sub(1).and_then(|at| self.tokens.get(at));
        last.map_or(Span::default(), |token| token.at)
    }

    /// The letters of the next token if it is a name or a word of the language; otherwise nothing.
    fn word(&self) -> &'a str {
        match self.token() {
            Some(token) if token.kind == Kind::Name => token.at.of(self.text),
            _ => "",
        }
    }

    fn eat(&mut self, symbol: char) -> bool {
        let found = self.kind() == &Kind::Symbol(symbol);
        self.next += usize::from(found);
        found
    }

    fn eat_word(&mut self, word: &str) -> bool {
        let found = self.word() == word;
        self.next += usize::from(found);
        found
    }

    fn close(&mut self, symbol: char) -> Read<()> {
        if self.eat(symbol) {
            Ok(())
        } else {
            need(self.at(), Why::Value)
        }
    }

    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Read<T>) -> Read<T> {
        if self.depth >= DEEPEST {
            return need(self.at(), Why::Value);
        }
        self.depth += 1;
        let found = read(self)?;
        self.depth -= 1;
        Ok(found)
    }

    /// A name that may be given a value. Those that start with `_` mean something to Python.
    fn name(&mut self) -> Read<Named> {
        let word = self.word();
        if word.is_empty() || word.starts_with('_') || is_keyword(word) {
            return need(self.at(), Why::Value);
        }
        let at = self.at();
        self.next += 1;
        Ok(Named {
            at,
            name: word.to_owned(),
        })
    }

    /// Statements that start in one column, which is further right than `outer`.
    fn block(&mut self, outer: Option<usize>) -> Read<Vec<Line>> {
        let mut lines = Vec::new();
        let mut margin = None;
        while let Kind::Line(column) = *self.kind() {
            let margin = *margin.get_or_insert(column);
            let is_inner = outer.is_none_or(|outer| column > outer);
            if !is_inner && !lines.is_empty() {
                break;
            }
            self.next += 1;
            if column != margin || !is_inner {
                return need(self.at(), Why::Statement);
            }
            self.line(margin, &mut lines)?;
        }
        Ok(lines)
    }

    /// The statements of one line: several where there are `;` between them.
    fn line(&mut self, column: usize, lines: &mut Vec<Line>) -> Read<()> {
        loop {
            let (start, number) = (self.at(), self.number());
            let is_first = matches!(
                self.next.checked_sub(1).and_then(|at| self.tokens.get(at)),
                Some(Token {
                    kind: Kind::Line(_),
                    ..
                })
            );
            let says = self.statement(column, is_first)?;
            let is_block = matches!(says, Says::For(..));
            lines.push(Line {
                at: start.to(self.last()),
                number,
                says,
            });
            if is_block {
                return Ok(());
            }
            let goes_on = self.eat(';');
            if matches!(self.kind(), Kind::Line(_) | Kind::End) {
                return Ok(());
            }
            if !goes_on {
                return need(self.at(), Why::Value);
            }
        }
    }

    fn statement(&mut self, column: usize, is_first: bool) -> Read<Says> {
        match self.word() {
            "import" => self.import(),
            "from" => self.from(),
            "for" if is_first => self.deeper(|parser| parser.for_(column)),
            "None" | "True" | "False" => self.values().map(Says::Value),
            word if is_keyword(word) => need(self.at(), Why::Statement),
            _ => {
                let value = self.values()?;
                if !self.eat('=') {
                    return Ok(Says::Value(value));
                }
                let (at, value) = (value.at, value.kind);
                match value {
                    ExprKind::Name(name) if !name.starts_with('_') => {
                        Ok(Says::Assign(Named { at, name }, self.values()?))
                    }
                    _ => need(at, Why::Statement),
                }
            }
        }
    }

    fn for_(&mut self, column: usize) -> Read<Says> {
        self.next += 1;
        let target = self.name()?;
        if !self.eat_word("in") {
            return need(self.at(), Why::Statement);
        }
        let list = self.values()?;
        self.close(':')?;
        let body = match self.kind() {
            Kind::Line(_) => self.block(Some(column))?,
            _ => {
                let mut body = Vec::new();
                self.line(column, &mut body)?;
                body
            }
        };
        if body.is_empty() {
            return need(self.at(), Why::Statement);
        }
        Ok(Says::For(target, list, body))
    }

    /// `import mlflow`, `import mlflow.pyfunc`
    fn import(&mut self) -> Read<Says> {
        self.next += 1;
        let (at, path) = self.path()?;
        match path.as_str() {
            "mlflow" | "mlflow.pyfunc" | "mlflow.tracking" | "mlflow.client" => Ok(Says::Import(
                vec![("mlflow".to_owned(), kind::Kind::Module(Module::Mlflow))],
            )),
            _ => need(at, Why::Module(path)),
        }
    }

    /// `from mlflow import MlflowClient`
    fn from(&mut self) -> Read<Says> {
        self.next += 1;
        let (at, path) = self.path()?;
        if !matches!(
            path.as_str(),
            "mlflow" | "mlflow.tracking" | "mlflow.client"
        ) {
            return need(at, Why::Module(path));
        }
        if !self.eat_word("import") || !self.eat_word("MlflowClient") {
            return need(self.at(), Why::Statement);
        }
        let name = "MlflowClient".to_owned();
        Ok(Says::Import(vec![(name, kind::Kind::NewClient)]))
    }

    fn path(&mut self) -> Read<(Span, String)> {
        let first = self.name()?;
        let (mut at, mut path) = (first.at, first.name);
        while self.eat('.') {
            let name = self.name()?;
            at = at.to(name.at);
            path = format!("{path}.{}", name.name);
        }
        Ok((at, path))
    }

    /// A value, or several with commas between them, which are a tuple.
    fn values(&mut self) -> Read<Expr> {
        let (start, number) = (self.at(), self.number());
        let first = self.expression()?;
        if self.kind() != &Kind::Symbol(',') {
            return Ok(first);
        }
        let mut values = vec![first];
        while self.eat(',') {
            if matches!(
                self.kind(),
                Kind::Line(_) | Kind::End | Kind::Symbol('=' | ':' | ';')
            ) {
                break;
            }
            values.push(self.expression()?);
        }
        Ok(Expr {
            at: start.to(self.last()),
            number,
            kind: ExprKind::List(values, Shape::Tuple),
        })
    }

    fn expression(&mut self) -> Read<Expr> {
        self.deeper(Self::chain)
    }

    /// A value with what follows it: `.name`, `(…)`, `[…]`.
    fn chain(&mut self) -> Read<Expr> {
        let (start, number) = (self.at(), self.number());
        let mut value = self.atom()?;
        for _ in 0..=LONGEST_CHAIN {
            let line = self.tokens.get(self.next.saturating_sub(1));
            let is_on_line = line.is_some_and(|last| last.number == self.number());
            let kind = match self.kind() {
                // Python says of a call that it stands where its method's name does.
                Kind::Symbol('.' | '(' | '[') if !is_on_line => {
                    return need(self.at(), Why::Value);
                }
                Kind::Symbol('.') => {
                    self.next += 1;
                    let at = self.at();
                    let word = self.word();
                    if word.is_empty() || is_keyword(word) {
                        return need(at, Why::Value);
                    }
                    self.next += 1;
                    let name = word.to_owned();
                    ExprKind::Attribute(Box::new(value), Named { at, name })
                }
                Kind::Symbol('(') => {
                    self.next += 1;
                    ExprKind::Call(Box::new(value), self.arguments()?)
                }
                Kind::Symbol('[') => {
                    self.next += 1;
                    let index = self.expression()?;
                    self.close(']')?;
                    ExprKind::Index(Box::new(value), Box::new(index))
                }
                _ => return Ok(value),
            };
            value = Expr {
                at: start.to(self.last()),
                number,
                kind,
            };
        }
        need(self.at(), Why::Value)
    }

    fn atom(&mut self) -> Read<Expr> {
        let (start, number) = (self.at(), self.number());
        let kind = match self.kind() {
            Kind::Int(digits) => ExprKind::Int(digits.clone()),
            Kind::Float(number) => ExprKind::Float(*number),
            Kind::Symbol('-') => {
                self.next += 1;
                match self.kind() {
                    Kind::Int(digits) if digits == "0" => ExprKind::Int("0".to_owned()),
                    Kind::Int(digits) => ExprKind::Int(format!("-{digits}")),
                    Kind::Float(number) => ExprKind::Float(-number),
                    _ => return need(start, Why::Value),
                }
            }
            Kind::Text(_) => return self.text(),
            Kind::Name => match self.word() {
                "True" => ExprKind::Flag(true),
                "False" => ExprKind::Flag(false),
                "None" => ExprKind::None,
                word if is_keyword(word) => return need(start, Why::Value),
                word => ExprKind::Name(word.to_owned()),
            },
            Kind::Symbol('(') => return self.bracket(),
            Kind::Symbol('[') => {
                self.next += 1;
                let values = self.items(']', Self::expression)?;
                return Ok(Expr {
                    at: start.to(self.last()),
                    number,
                    kind: ExprKind::List(values, Shape::List),
                });
            }
            Kind::Symbol('{') => {
                self.next += 1;
                let pairs = self.items('}', |parser| {
                    let key = parser.expression()?;
                    parser.close(':')?;
                    Ok((key, parser.expression()?))
                })?;
                return Ok(Expr {
                    at: start.to(self.last()),
                    number,
                    kind: ExprKind::Dict(pairs),
                });
            }
            _ => return need(start, Why::Value),
        };
        self.next += 1;
        // `-2 .real` and `1.5.x` are numbers with attributes: nothing here.
        Ok(Expr {
            at: start.to(self.last()),
            number,
            kind,
        })
    }

    /// What stands in brackets with commas between, to the bracket that closes it.
    fn items<T>(&mut self, end: char, read: impl Fn(&mut Self) -> Read<T>) -> Read<Vec<T>> {
        let mut items = Vec::new();
        while !self.eat(end) {
            items.push(read(self)?);
            if !self.eat(',') {
                self.close(end)?;
                break;
            }
        }
        Ok(items)
    }

    /// A value in brackets, or a tuple.
    fn bracket(&mut self) -> Read<Expr> {
        let (start, number) = (self.at(), self.number());
        self.next += 1;
        let mut values = self.items(')', Self::expression)?;
        let before = self.tokens.get(self.next.saturating_sub(2));
        let has_comma = before.is_some_and(|token| token.kind == Kind::Symbol(','));
        let at = start.to(self.last());
        if values.len() == 1
            && !has_comma
            && let Some(value) = values.pop()
        {
            // Where it starts is where Python says that it is.
            return Ok(Expr { at, ..value });
        }
        let kind = ExprKind::List(values, Shape::Tuple);
        Ok(Expr { at, number, kind })
    }

    /// Texts that stand side by side.
    fn text(&mut self) -> Read<Expr> {
        let (start, number) = (self.at(), self.number());
        let mut parts = Vec::new();
        while let Kind::Text(pieces) = self.kind().clone() {
            for piece in pieces {
                parts.push(match piece {
                    Piece::Letters(letters) => Part::Letters(letters),
                    Piece::Slot(at, as_repr) => Part::Value {
                        value: self.slot(at)?,
                        as_repr,
                    },
                });
            }
            self.next += 1;
        }
        Ok(Expr {
            at: start.to(self.last()),
            number,
            kind: ExprKind::Text(parts),
        })
    }

    /// Reads what stands between the braces of an f-string.
    fn slot(&self, at: Span) -> Read<Expr> {
        let (tokens, wrong) = tokens::cut(self.text, at);
        if let Some(wrong) = wrong {
            return Err(wrong);
        }
        let mut inside = Parser {
            text: self.text,
            tokens,
            next: 1,
            depth: self.depth,
        };
        let value = inside.expression()?;
        let mut simple = &value;
        while let ExprKind::Attribute(of, _) | ExprKind::Index(of, _) = &simple.kind {
            simple = of;
        }
        let is_simple = matches!(simple.kind, ExprKind::Name(_));
        match inside.kind() {
            Kind::End if is_simple => Ok(value),
            _ => need(at, Why::Text),
        }
    }

    fn arguments(&mut self) -> Read<Vec<Argument>> {
        let mut is_named = false;
        let arguments = self.items(')', |parser| {
            let value = parser.expression()?;
            let name = match &value.kind {
                ExprKind::Name(name) if value.at.of(parser.text) == name && parser.eat('=') => {
                    Some(Named {
                        at: value.at,
                        name: name.clone(),
                    })
                }
                _ => None,
            };
            let value = match &name {
                Some(_) => parser.expression()?,
                None => value,
            };
            Ok(Argument { name, value })
        })?;
        for argument in &arguments {
            if is_named && argument.name.is_none() {
                return need(argument.value.at, Why::Value);
            }
            is_named |= argument.name.is_some();
        }
        Ok(arguments)
    }
}
