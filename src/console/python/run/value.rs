//! The values of a statement, worked out.

use std::sync::Arc;

use super::super::show;
use super::super::tree::{Comparison, Each, Expr, ExprKind, Lambda, Logic, Operator, Part};
use super::super::value::{self, Class, Value};
use super::{DEEPEST, Halt, Run, raised, unknown};
use crate::console::nearest::nearest;
use crate::console::trouble::{Owner, Problem, Raised, Span, Unsupported};
use crate::registry::MetricValue;

mod part;

impl Run<'_> {
    /// Works a value out.
    pub(in super::super) fn value(&mut self, expr: &Expr) -> Result<Value, Halt> {
        let at = expr.at;
        self.step(at)?;
        Ok(match &expr.kind {
            ExprKind::Int(digits) => Value::Int(digits.clone()),
            ExprKind::Float(digits) => Value::Float(digits.clone()),
            ExprKind::Flag(flag) => Value::Flag(*flag),
            ExprKind::None => Value::None,
            ExprKind::Text(parts) => self.text(at, parts)?,
            ExprKind::Name(name) => self.name(at, name)?,
            ExprKind::Attribute(of, name) => {
                let of = self.value(of)?;
                self.attribute(&of, name)?
            }
            ExprKind::Index(of, index) => {
                let of = self.value(of)?;
                let by = self.value(index)?;
                self.index(at, index.at, &of, &by)?
            }
            ExprKind::Slice(of, from, to) => {
                let of = self.value(of)?;
                let mut bound = |bound: &Option<Box<Expr>>| match bound {
                    Some(expr) => self.value(expr).map(|value| Some((expr.at, value))),
                    None => Ok(None),
                };
                let (from, to) = (bound(from)?, bound(to)?);
                self.slice(at, &of, from, to)?
            }
            ExprKind::Call(function, arguments) => {
                let name_at = function.at;
                let function = self.value(function)?;
                self.call(&function, name_at, at, arguments)?
            }
            ExprKind::List(items) => {
                let items = self.values(items)?;
                self.list(at, items, false)?
            }
            ExprKind::Tuple(items) => {
                let items = self.values(items)?;
                self.list(at, items, true)?
            }
            ExprKind::Dict(items) => {
                let mut values: Vec<(Value, Value)> = Vec::new();
                for (key, value) in items {
                    let (key, value) = (self.value(key)?, self.value(value)?);
                    self.steps(at, values.len() / 8)?;
                    // A key that comes again keeps its place and takes the new value.
                    match values.iter_mut().find(|(there, _)| there.is_same(&key)) {
                        Some(there) => there.1 = value,
                        None => values.push((key, value)),
                    }
                }
                self.dict(at, values)?
            }
            ExprKind::Each(each) => self.each(at, each)?,
            ExprKind::Lambda(lambda) => Value::Lambda(Arc::clone(lambda)),
            ExprKind::Chain(first, others) => {
                let mut sum = self.value(first)?;
                for (operator, other) in others {
                    let right = self.value(other)?;
                    let place = first.at.to(other.at);
                    sum = self.operate(place, &sum, *operator, &right)?;
                }
                sum
            }
            ExprKind::Compare(first, others) => {
                let mut left = self.value(first)?;
                for (comparison, other) in others {
                    let right = self.value(other)?;
                    if !self.compares(at, &left, *comparison, &right)? {
                        return Ok(Value::Flag(false));
                    }
                    left = right;
                }
                Value::Flag(true)
            }
            ExprKind::Not(value) => Value::Flag(!self.value(value)?.is_true()),
            ExprKind::Logic(logic, values) => {
                let mut last = Value::None;
                for value in values {
                    last = self.value(value)?;
                    if last.is_true() == (*logic == Logic::Or) {
                        break;
                    }
                }
                last
            }
            ExprKind::Choice(parts) => {
                let [condition, value, other] = parts.as_ref();
                let holds = self.value(condition)?.is_true();
                self.value(if holds { value } else { other })?
            }
        })
    }

    fn values(&mut self, items: &[Expr]) -> Result<Vec<Value>, Halt> {
        items.iter().map(|item| self.value(item)).collect()
    }

    pub(super) fn name(&mut self, at: Span, name: &str) -> Result<Value, Halt> {
        let local = self.locals.iter().rev().find(|(known, _)| known == name);
        let found = local
            .map(|(_, value)| value)
            .or_else(|| self.memory.names.get(name));
        if let Some(value) = found.cloned() {
            self.make(at, value.size())?;
            return Ok(value);
        }
        value::known(name).ok_or_else(|| {
            let names = self.memory.names.keys().map(String::as_str);
            let known = value::known_names().map(|known| -> &str { known });
            let near = nearest(name, names.chain(known)).map(str::to_owned);
            unknown(at, Owner::Names, name, near.as_deref()).into()
        })
    }

    fn text(&mut self, at: Span, parts: &[Part]) -> Result<Value, Halt> {
        let mut text = String::new();
        for part in parts {
            match part {
                Part::Letters(letters) => {
                    self.make(at, letters.len())?;
                    text.push_str(letters);
                }
                Part::Value(put) => {
                    let place = put.value.at;
                    let value = self.value(&put.value)?;
                    let printed = if put.as_repr {
                        self.repr(place, &value)?
                    } else {
                        self.printed(place, &value)?
                    };
                    if put.format.is_empty() {
                        text.push_str(&printed);
                    } else {
                        let value = if put.as_repr { Value::None } else { value };
                        let found = show::formatted(&value, printed, &put.format);
                        let found = found.ok_or_else(|| {
                            Problem::not_supported(put.format_at, Unsupported::Format)
                        })?;
                        self.make(place, found.len())?;
                        text.push_str(&found);
                    }
                }
            }
        }
        Ok(Value::text(&text))
    }

    /// What an operator makes of two values.
    pub(super) fn operate(
        &mut self,
        at: Span,
        left: &Value,
        operator: Operator,
        right: &Value,
    ) -> Result<Value, Halt> {
        match (left, operator, right) {
            (Value::Text(left), Operator::Plus, Value::Text(right)) => {
                self.make(at, left.len() + right.len())?;
                return Ok(Value::text(&format!("{left}{right}")));
            }
            (Value::List(left), Operator::Plus, Value::List(right))
                if left.is_tuple == right.is_tuple =>
            {
                let items = left.items.iter().chain(&right.items).cloned().collect();
                return self.list(at, items, left.is_tuple);
            }
            (Value::Text(text), Operator::Times, count @ Value::Int(_))
            | (count @ Value::Int(_), Operator::Times, Value::Text(text)) => {
                let count = usize::try_from(count.as_int().unwrap_or(i64::MAX).max(0));
                let count = count.unwrap_or(usize::MAX);
                self.make(at, text.len().saturating_mul(count))?;
                return Ok(Value::text(&text.repeat(count)));
            }
            _ => {}
        }
        if let (Some(a), Some(b)) = (left.as_int(), right.as_int()) {
            let number = match operator {
                Operator::Plus => a.checked_add(b),
                Operator::Minus => a.checked_sub(b),
                Operator::Times => a.checked_mul(b),
            };
            let number = number.map(|number| Value::Int(number.to_string()));
            return Ok(number.ok_or_else(|| Problem::not_supported(at, Unsupported::Number))?);
        }
        if let (Some(a), Some(b)) = (left.number(), right.number()) {
            // Metrics are exact decimal numbers here, and so is their sum.
            let sum = match operator {
                Operator::Plus => MetricValue::ZERO.minus(b).and_then(|b| a.minus(b)),
                Operator::Minus => a.minus(b),
                Operator::Times => None,
            };
            return match sum {
                Some(sum) => Ok(Value::float(&sum.to_string())),
                None => Err(Problem::not_supported(at, Unsupported::Operator).into()),
            };
        }
        if let (Value::Text(_), Operator::Plus) = (left, operator) {
            let other = right.type_name();
            return raised(at, Raised::Concat { other });
        }
        let operator = match operator {
            Operator::Plus => "+",
            Operator::Minus => "-",
            Operator::Times => "*",
        };
        let (left, right) = (left.type_name(), right.type_name());
        raised(
            at,
            Raised::Operands {
                operator,
                left,
                right,
            },
        )
    }

    fn compares(
        &mut self,
        at: Span,
        left: &Value,
        comparison: Comparison,
        right: &Value,
    ) -> Result<bool, Halt> {
        self.step(at)?;
        let order = || left.compare(right);
        let sign = match comparison {
            Comparison::Equal => return self.equal(at, left, right),
            Comparison::Unequal => return Ok(!self.equal(at, left, right)?),
            Comparison::Is => return Ok(left.is_same(right)),
            Comparison::IsNot => return Ok(!left.is_same(right)),
            Comparison::In => return self.contains(at, left, right),
            Comparison::NotIn => return Ok(!self.contains(at, left, right)?),
            Comparison::Less => "<",
            Comparison::AtMost => "<=",
            Comparison::More => ">",
            Comparison::AtLeast => ">=",
        };
        match order() {
            Some(order) => Ok(match comparison {
                Comparison::Less => order.is_lt(),
                Comparison::AtMost => order.is_le(),
                Comparison::More => order.is_gt(),
                _ => order.is_ge(),
            }),
            None => raised(
                at,
                Raised::Operands {
                    operator: sign,
                    left: left.type_name(),
                    right: right.type_name(),
                },
            ),
        }
    }

    /// Whether two values are equal, lists item by item.
    pub(in super::super) fn equal(
        &mut self,
        at: Span,
        left: &Value,
        right: &Value,
    ) -> Result<bool, Halt> {
        self.step(at)?;
        match (left, right) {
            (Value::List(left), Value::List(right)) => {
                if left.is_tuple != right.is_tuple || left.items.len() != right.items.len() {
                    return Ok(false);
                }
                for (left, right) in left.items.iter().zip(&right.items) {
                    if !self.equal(at, left, right)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            (Value::Dict(left), Value::Dict(right)) => {
                if left.items.len() != right.items.len() {
                    return Ok(false);
                }
                for (key, value) in &left.items {
                    let other = right.items.iter().find(|(there, _)| there.is_same(key));
                    let Some((_, other)) = other else {
                        return Ok(false);
                    };
                    if !self.equal(at, value, other)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            _ => Ok(left.is_same(right)),
        }
    }

    fn contains(&mut self, at: Span, item: &Value, of: &Value) -> Result<bool, Halt> {
        match (item, of) {
            (Value::Text(item), Value::Text(of)) => Ok(of.contains(item.as_ref())),
            (_, Value::Dict(dict)) => Ok(dict.items.iter().any(|(key, _)| key.is_same(item))),
            (_, Value::List(list)) => {
                for other in &list.items {
                    if self.equal(at, other, item)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            _ => raised(
                at,
                Raised::Operands {
                    operator: "in",
                    left: item.type_name(),
                    right: of.type_name(),
                },
            ),
        }
    }

    fn each(&mut self, at: Span, each: &Each) -> Result<Value, Halt> {
        let mut made = Vec::new();
        for item in self.items(&each.list)? {
            self.step(at)?;
            let before = self.locals.len();
            let names = self.taken_apart(&each.target, item)?;
            self.locals.extend(names);
            let made_of_it = self.one_of(each);
            self.locals.truncate(before);
            made.extend(made_of_it?);
        }
        self.list(at, made, false)
    }

    fn one_of(&mut self, each: &Each) -> Result<Option<Value>, Halt> {
        for condition in &each.conditions {
            if !self.value(condition)?.is_true() {
                return Ok(None);
            }
        }
        self.value(&each.value).map(Some)
    }

    /// Calls a `lambda`.
    pub(in super::super) fn apply(
        &mut self,
        at: Span,
        lambda: &Lambda,
        arguments: Vec<Value>,
    ) -> Result<Value, Halt> {
        if self.calls >= DEEPEST || arguments.len() != lambda.names.len() {
            return Err(Problem::not_supported(at, Unsupported::Nesting).into());
        }
        self.calls += 1;
        let before = self.locals.len();
        self.locals
            .extend(lambda.names.iter().cloned().zip(arguments));
        let value = self.value(&lambda.value);
        self.locals.truncate(before);
        self.calls -= 1;
        value
    }

    /// The values that a loop goes through.
    pub(super) fn items(&mut self, expr: &Expr) -> Result<Vec<Value>, Halt> {
        let value = self.value(expr)?;
        self.items_of(expr.at, &value)
    }

    /// The values that are in a value.
    pub(in super::super) fn items_of(
        &mut self,
        at: Span,
        value: &Value,
    ) -> Result<Vec<Value>, Halt> {
        let items: Vec<Value> = match value {
            Value::List(list) => list.items.clone(),
            Value::Dict(dict) => dict.items.iter().map(|(key, _)| key.clone()).collect(),
            Value::Text(text) => text
                .chars()
                .map(|c| Value::text(c.encode_utf8(&mut [0; 4])))
                .collect(),
            // MLflow's objects are gone through as pairs of their names and values.
            Value::Object(object) if object.class != Class::PyFuncModel => {
                let pairs = object.fields.iter();
                pairs
                    .filter_map(|(name, value)| {
                        Value::list(vec![Value::text(name), value.clone()], true)
                    })
                    .collect()
            }
            _ => {
                let of = value.type_name();
                return raised(at, Raised::NotIterable { of });
            }
        };
        self.steps(at, items.len())?;
        Ok(items)
    }
}
