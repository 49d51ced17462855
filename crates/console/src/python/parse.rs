//! The statements of a script. Everything is held to a small depth: a text can neither exhaust the stack here nor where its
//! tree is walked.

use super::super::diagnostic::UnsupportedPython;
use super::super::span::Span;
use super::keywords::is_keyword;
use super::need::{Need, need};
use super::tokens::{self, RawStringPart, Token, TokenKind};
use super::tree::{
    CallArgument, Expr, ExprKind, Identifier, PyStatement, StatementKind, StringPart,
};
use super::value_type::SequenceType;
use super::value_type::{self, Module};

/// How deep brackets, calls and blocks may stand in each other.
const DEEPEST: usize = 12;
/// How many attributes, calls and indexes may follow a value: `a.b(c)[d].e` has four.
const LONGEST_CHAIN: usize = 10;

/// Finds the statements at a place of a text.
///
/// # Errors
/// The first place that has something else.
pub fn parse(text: &str, place: Span) -> Result<Vec<PyStatement>, Need> {
    let (tokens, wrong) = tokens::cut(text, place);
    let last = tokens
        .iter()
        .rev()
        .find(|token| matches!(token.kind, TokenKind::Line(_)));
    let last = last.map_or(place.start, |line| line.at.start);
    let lines = statements(text, place, tokens);
    match (lines, wrong) {
        // What is not read in the last line is what could not be cut into tokens.
        (Err(need), Some(_)) if need.at.start < last => Err(need),
        (_, Some(wrong)) => Err(wrong),
        (lines, None) => lines,
    }
}

fn statements(text: &str, place: Span, tokens: Vec<Token>) -> Result<Vec<PyStatement>, Need> {
    let mut parser = Parser {
        text,
        tokens,
        next: 0,
        depth: 0,
    };
    // Python takes the margin of an indented paste away only where every line has it.
    let margin = match parser.kind() {
        TokenKind::Line(column) => *column,
        _ => 0,
    };
    let mut lines = place
        .of(text)
        .lines()
        .filter(|line| !line.trim().is_empty());
    if !lines.all(|line| line.len() - line.trim_start_matches(' ').len() >= margin) {
        return need(place, UnsupportedPython::Statement);
    }
    let lines = parser.block(None)?;
    match parser.kind() {
        TokenKind::End => Ok(lines),
        _ => need(parser.at(), UnsupportedPython::Statement),
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

    fn kind(&self) -> &TokenKind {
        self.token().map_or(&TokenKind::End, |token| &token.kind)
    }

    fn number(&self) -> usize {
        self.token().map_or(1, |token| token.number)
    }

    /// The place of the next token; at the end of a line, that of the one before.
    fn at(&self) -> Span {
        match self.token() {
            Some(token) if !matches!(token.kind, TokenKind::Line(_) | TokenKind::End) => token.at,
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
            Some(token) if token.kind == TokenKind::Name => token.at.of(self.text),
            _ => "",
        }
    }

    fn eat(&mut self, symbol: char) -> bool {
        let found = self.kind() == &TokenKind::Symbol(symbol);
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
            need(self.at(), UnsupportedPython::Value)
        }
    }

    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Read<T>) -> Read<T> {
        if self.depth >= DEEPEST {
            return need(self.at(), UnsupportedPython::Value);
        }
        self.depth += 1;
        let found = read(self)?;
        self.depth -= 1;
        Ok(found)
    }

    /// A name that may be given a value. Those that start with `_` mean something to Python.
    fn name(&mut self) -> Read<Identifier> {
        let word = self.word();
        if word.is_empty() || word.starts_with('_') || is_keyword(word) {
            return need(self.at(), UnsupportedPython::Value);
        }
        let at = self.at();
        self.next += 1;
        Ok(Identifier {
            at,
            name: word.to_owned(),
        })
    }

    /// Statements that start in one column, which is further right than `outer`.
    fn block(&mut self, outer: Option<usize>) -> Read<Vec<PyStatement>> {
        let mut lines = Vec::new();
        let mut margin = None;
        while let TokenKind::Line(column) = *self.kind() {
            let margin = *margin.get_or_insert(column);
            let is_inner = outer.is_none_or(|outer| column > outer);
            if !is_inner && !lines.is_empty() {
                break;
            }
            self.next += 1;
            if column != margin || !is_inner {
                return need(self.at(), UnsupportedPython::Statement);
            }
            self.line(margin, &mut lines)?;
        }
        Ok(lines)
    }

    /// The statements of one line: several where there are `;` between them.
    fn line(&mut self, column: usize, lines: &mut Vec<PyStatement>) -> Read<()> {
        loop {
            let (start, number) = (self.at(), self.number());
            let is_first = matches!(
                self.next.checked_sub(1).and_then(|at| self.tokens.get(at)),
                Some(Token {
                    kind: TokenKind::Line(_),
                    ..
                })
            );
            let kind = self.statement(column, is_first)?;
            let is_block = matches!(kind, StatementKind::For(..));
            lines.push(PyStatement {
                at: start.to(self.last()),
                number,
                kind,
            });
            if is_block {
                return Ok(());
            }
            let goes_on = self.eat(';');
            if matches!(self.kind(), TokenKind::Line(_) | TokenKind::End) {
                return Ok(());
            }
            if !goes_on {
                return need(self.at(), UnsupportedPython::Value);
            }
        }
    }

    fn statement(&mut self, column: usize, is_first: bool) -> Read<StatementKind> {
        match self.word() {
            "import" => self.import(),
            "from" => self.from(),
            "for" if is_first => self.deeper(|parser| parser.for_(column)),
            "None" | "True" | "False" => self.values().map(StatementKind::Value),
            word if is_keyword(word) => need(self.at(), UnsupportedPython::Statement),
            _ => {
                let value = self.values()?;
                if !self.eat('=') {
                    return Ok(StatementKind::Value(value));
                }
                let (at, value) = (value.at, value.kind);
                match value {
                    ExprKind::Name(name) if !name.starts_with('_') => Ok(StatementKind::Assign(
                        Identifier { at, name },
                        self.values()?,
                    )),
                    _ => need(at, UnsupportedPython::Statement),
                }
            }
        }
    }

    fn for_(&mut self, column: usize) -> Read<StatementKind> {
        self.next += 1;
        let target = self.name()?;
        if !self.eat_word("in") {
            return need(self.at(), UnsupportedPython::Statement);
        }
        let list = self.values()?;
        self.close(':')?;
        let body = match self.kind() {
            TokenKind::Line(_) => self.block(Some(column))?,
            _ => {
                let mut body = Vec::new();
                self.line(column, &mut body)?;
                body
            }
        };
        if body.is_empty() {
            return need(self.at(), UnsupportedPython::Statement);
        }
        Ok(StatementKind::For(target, list, body))
    }

    /// `import mlflow`, `import mlflow.pyfunc`
    fn import(&mut self) -> Read<StatementKind> {
        self.next += 1;
        let (at, path) = self.path()?;
        match path.as_str() {
            "mlflow" | "mlflow.pyfunc" | "mlflow.tracking" | "mlflow.client" => {
                Ok(StatementKind::Import(vec![(
                    "mlflow".to_owned(),
                    value_type::ValueType::Module(Module::Mlflow),
                )]))
            }
            _ => need(at, UnsupportedPython::Module(path)),
        }
    }

    /// `from mlflow import MlflowClient`
    fn from(&mut self) -> Read<StatementKind> {
        self.next += 1;
        let (at, path) = self.path()?;
        if !matches!(
            path.as_str(),
            "mlflow" | "mlflow.tracking" | "mlflow.client"
        ) {
            return need(at, UnsupportedPython::Module(path));
        }
        if !self.eat_word("import") || !self.eat_word("MlflowClient") {
            return need(self.at(), UnsupportedPython::Statement);
        }
        let name = "MlflowClient".to_owned();
        Ok(StatementKind::Import(vec![(
            name,
            value_type::ValueType::NewClient,
        )]))
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
        if self.kind() != &TokenKind::Symbol(',') {
            return Ok(first);
        }
        let mut values = vec![first];
        while self.eat(',') {
            if matches!(
                self.kind(),
                TokenKind::Line(_) | TokenKind::End | TokenKind::Symbol('=' | ':' | ';')
            ) {
                break;
            }
            values.push(self.expression()?);
        }
        Ok(Expr {
            at: start.to(self.last()),
            number,
            kind: ExprKind::List(values, SequenceType::Tuple),
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
                TokenKind::Symbol('.' | '(' | '[') if !is_on_line => {
                    return need(self.at(), UnsupportedPython::Value);
                }
                TokenKind::Symbol('.') => {
                    self.next += 1;
                    let at = self.at();
                    let word = self.word();
                    if word.is_empty() || is_keyword(word) {
                        return need(at, UnsupportedPython::Value);
                    }
                    self.next += 1;
                    let name = word.to_owned();
                    ExprKind::Attribute(Box::new(value), Identifier { at, name })
                }
                TokenKind::Symbol('(') => {
                    self.next += 1;
                    ExprKind::Call(Box::new(value), self.arguments()?)
                }
                TokenKind::Symbol('[') => {
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
        need(self.at(), UnsupportedPython::Value)
    }

    fn atom(&mut self) -> Read<Expr> {
        let (start, number) = (self.at(), self.number());
        let kind = match self.kind() {
            TokenKind::Int(digits) => ExprKind::Int(digits.clone()),
            TokenKind::Float(number) => ExprKind::Float(*number),
            TokenKind::Symbol('-') => {
                self.next += 1;
                match self.kind() {
                    TokenKind::Int(digits) if digits == "0" => ExprKind::Int("0".to_owned()),
                    TokenKind::Int(digits) => ExprKind::Int(format!("-{digits}")),
                    TokenKind::Float(number) => ExprKind::Float(-number),
                    _ => return need(start, UnsupportedPython::Value),
                }
            }
            TokenKind::Text(_) => return self.text(),
            TokenKind::Name => match self.word() {
                "True" => ExprKind::Flag(true),
                "False" => ExprKind::Flag(false),
                "None" => ExprKind::None,
                word if is_keyword(word) => return need(start, UnsupportedPython::Value),
                word => ExprKind::Name(word.to_owned()),
            },
            TokenKind::Symbol('(') => return self.bracket(),
            TokenKind::Symbol('[') => {
                self.next += 1;
                let values = self.items(']', Self::expression)?;
                return Ok(Expr {
                    at: start.to(self.last()),
                    number,
                    kind: ExprKind::List(values, SequenceType::List),
                });
            }
            TokenKind::Symbol('{') => {
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
            _ => return need(start, UnsupportedPython::Value),
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
        let has_comma = before.is_some_and(|token| token.kind == TokenKind::Symbol(','));
        let at = start.to(self.last());
        if values.len() == 1
            && !has_comma
            && let Some(value) = values.pop()
        {
            // Where it starts is where Python says that it is.
            return Ok(Expr { at, ..value });
        }
        let kind = ExprKind::List(values, SequenceType::Tuple);
        Ok(Expr { at, number, kind })
    }

    /// Texts that stand side by side.
    fn text(&mut self) -> Read<Expr> {
        let (start, number) = (self.at(), self.number());
        let mut parts = Vec::new();
        while let TokenKind::Text(raw) = self.kind().clone() {
            for part in raw {
                parts.push(match part {
                    RawStringPart::Letters(letters) => StringPart::Letters(letters),
                    RawStringPart::Slot(at, as_repr) => StringPart::Value {
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
            TokenKind::End if is_simple => Ok(value),
            _ => need(at, UnsupportedPython::Text),
        }
    }

    fn arguments(&mut self) -> Read<Vec<CallArgument>> {
        let mut is_named = false;
        let arguments = self.items(')', |parser| {
            let value = parser.expression()?;
            let name = match &value.kind {
                ExprKind::Name(name) if value.at.of(parser.text) == name && parser.eat('=') => {
                    Some(Identifier {
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
            Ok(CallArgument { name, value })
        })?;
        for argument in &arguments {
            if is_named && argument.name.is_none() {
                return need(argument.value.at, UnsupportedPython::Value);
            }
            is_named |= argument.name.is_some();
        }
        Ok(arguments)
    }
}
