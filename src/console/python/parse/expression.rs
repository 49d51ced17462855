//! Values: operators, calls, brackets, texts.

use std::sync::Arc;

use super::super::keywords::is_keyword;
use super::super::tokens::{self, Kind, Piece, Slot};
use super::super::tree::{
    Argument, Comparison, Each, Expr, ExprKind, Lambda, Logic, Named, Operator, Part, Put,
};
use super::{LONGEST_CHAIN, Parser, Read};
use crate::console::trouble::{Expected, Problem, Span, Unsupported};

impl<'a> Parser<'a> {
    /// A value, or several with commas between them, which are a tuple.
    pub(super) fn values_or_one(&mut self) -> Read<Expr> {
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
    pub(super) fn expression(&mut self) -> Read<Expr> {
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

    pub(super) fn close(&mut self, symbol: &str, bracket: char) -> Read<()> {
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
