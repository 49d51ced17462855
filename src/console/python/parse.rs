//! The statements of a script.
//!
//! Everything is held to a small depth: a text can neither exhaust the stack here nor where its tree is walked.

use super::super::trouble::{Expected, Problem, Span, TroubleKind, Unsupported};
use super::keywords::{STATEMENTS, is_keyword};
use super::tokens::{self, Kind, Token};
use super::tree::{Expr, ExprKind, Import, Leave, Line, Named, Operator, Says, Target};

mod expression;

/// How deep brackets, calls, blocks and pieces of f-strings may stand in each other.
const DEEPEST: usize = 32;

/// How many attributes, calls and indexes may follow a value: `a.b(c)[d].e` has four.
const LONGEST_CHAIN: usize = 10;

/// What reading gives. Problems are boxed, so that what goes up the tree stays small.
type Read<T> = Result<T, Box<Problem>>;

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
