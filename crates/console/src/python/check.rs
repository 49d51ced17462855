//! Whether a text is understood: every name, method, argument and kind of value of it is known before anything is done.

use super::super::diagnostic::UnsupportedPython;
use super::super::methods::{self, Method, Owner, Takes};
use super::super::nearest::nearest;
use super::super::span::Span;
use super::need::{Need, need};
use super::tree::{
    CallArgument, Expr, ExprKind, Identifier, PyStatement, StatementKind, StringPart,
};
use super::value_type::{Module, SequenceType, ValueType};
use registry::VecMap;

/// The names that were given a value, each with its kind.
#[derive(Clone, Debug, Default)]
pub struct Names(pub VecMap<String, ValueType>);

/// What can be called.
#[derive(Clone, Copy, Debug)]
pub enum Callee {
    Print,
    NewClient,
    /// A method of the client or a function of MLflow or of the lesson.
    Method(&'static Method),
}

/// What a name means that no statement has given a value.
pub fn known(name: &str) -> Option<ValueType> {
    match name {
        "client" => Some(ValueType::Client),
        "mlflow" => Some(ValueType::Module(Module::Mlflow)),
        "MlflowClient" => Some(ValueType::NewClient),
        _ => None,
    }
}

/// The names that are known without a statement.
pub const KNOWN: [&str; 6] = [
    "client",
    "mlflow",
    "MlflowClient",
    "get_model",
    "load_model",
    "print",
];

/// A method of the client or a function that is called by a name; nothing where it is called by another way than a name.
pub fn callee(names: &dyn Fn(&str) -> Option<ValueType>, function: &Expr) -> Option<Callee> {
    let method = |owner: Owner, name: &str| {
        let is_it = |it: &&Method| it.owner == owner && it.name == name && is_simulated(it);
        methods::all().find(is_it).map(Callee::Method)
    };
    match &function.kind {
        ExprKind::Name(name) => match names(name) {
            Some(ValueType::NewClient) => Some(Callee::NewClient),
            Some(_) => None,
            None if name == "print" => Some(Callee::Print),
            None => method(Owner::Lesson, name),
        },
        ExprKind::Attribute(of, name) => match kind_of_path(names, of)? {
            ValueType::Client => method(Owner::Client, &name.name),
            ValueType::Module(Module::Mlflow | Module::Tracking) if name.name == "MlflowClient" => {
                Some(Callee::NewClient)
            }
            ValueType::Module(Module::Mlflow) => method(Owner::Mlflow, &name.name),
            ValueType::Module(Module::Pyfunc) => method(Owner::Flavor, &name.name),
            _ => None,
        },
        _ => None,
    }
}

/// The kind of `a.b.c`, and of a client that is made on the spot.
fn kind_of_path(names: &dyn Fn(&str) -> Option<ValueType>, path: &Expr) -> Option<ValueType> {
    match &path.kind {
        ExprKind::Name(name) => names(name).or_else(|| known(name)),
        ExprKind::Attribute(of, name) => kind_of_path(names, of)?.attribute(&name.name),
        ExprKind::Call(of, _) => {
            let callee = callee(&|name| names(name).or_else(|| known(name)), of);
            matches!(callee, Some(Callee::NewClient)).then_some(ValueType::Client)
        }
        _ => None,
    }
}

/// Whether the small reader carries a method out. What is of runs is Python's, but for the two that metrics need.
fn is_simulated(method: &Method) -> bool {
    !matches!(
        (method.owner, method.name),
        (Owner::Client, "get_run" | "log_param" | "set_terminated")
            | (
                Owner::Mlflow,
                "start_run" | "end_run" | "active_run" | "log_metric" | "log_metrics" | "log_param"
            )
    )
}

/// What a method gives back.
pub fn gives(method: &Method) -> ValueType {
    match method.name {
        "create_registered_model" | "update_registered_model" | "get_registered_model" => {
            ValueType::RegisteredModel
        }
        "create_model_version"
        | "copy_model_version"
        | "update_model_version"
        | "transition_model_version_stage"
        | "get_model_version"
        | "get_model_version_by_alias"
        | "register_model" => ValueType::ModelVersion,
        "get_latest_versions" | "search_model_versions" => ValueType::list(ValueType::ModelVersion),
        "search_registered_models" => ValueType::list(ValueType::RegisteredModel),
        "get_model_version_stages" => ValueType::list(ValueType::Text),
        "get_model_version_download_uri" => ValueType::Text,
        "create_run" => ValueType::Run,
        _ if method.owner == Owner::Lesson => ValueType::Lesson,
        "load_model" => ValueType::PyFuncModel,
        _ => ValueType::None,
    }
}

impl Names {
    fn get(&self, name: &str) -> Option<ValueType> {
        self.0.get(name).cloned()
    }

    /// Checks statements, and takes the names in that they give.
    ///
    /// # Errors
    /// The first place that needs a real Python.
    pub fn check(&mut self, lines: &[PyStatement]) -> Result<(), Need> {
        for line in lines {
            match &line.kind {
                StatementKind::Import(names) => {
                    for (name, kind) in names {
                        self.0.insert(name.clone(), kind.clone());
                    }
                }
                StatementKind::Assign(name, value) => {
                    let kind = self.value(value)?;
                    if kind.is_too_deep() {
                        return need(value.at, UnsupportedPython::Value);
                    }
                    self.0.insert(name.name.clone(), kind);
                }
                StatementKind::Value(value) => {
                    let kind = self.value(value)?;
                    if !kind.is_printable() && kind != ValueType::Lesson {
                        return need(value.at, UnsupportedPython::Prints);
                    }
                }
                StatementKind::For(name, list, body) => self.for_(name, list, body)?,
            }
        }
        Ok(())
    }

    /// A loop is gone through often or not at all: what a name is must not depend on that.
    fn for_(&mut self, name: &Identifier, list: &Expr, body: &[PyStatement]) -> Result<(), Need> {
        let item = match self.value(list)? {
            ValueType::List(of, _) => *of,
            ValueType::Dict(_) => ValueType::Text,
            _ => return need(list.at, UnsupportedPython::Value),
        };
        let before = self.0.clone();
        self.0.insert(name.name.clone(), item);
        self.check(body)?;
        for (known, kind) in &before {
            if self.0.get(known) != Some(kind) {
                return need(name.at, UnsupportedPython::Loop(known.clone()));
            }
        }
        self.0 = before;
        Ok(())
    }

    fn printed(&self, value: &Expr) -> Result<ValueType, Need> {
        let kind = self.value(value)?;
        if kind.is_printable() {
            Ok(kind)
        } else {
            need(value.at, UnsupportedPython::Prints)
        }
    }

    /// The kind of a value.
    fn value(&self, value: &Expr) -> Result<ValueType, Need> {
        Ok(match &value.kind {
            ExprKind::None => ValueType::None,
            ExprKind::Flag(_) => ValueType::Flag,
            ExprKind::Int(_) => ValueType::Int,
            ExprKind::Float(_) => ValueType::Float,
            ExprKind::Text(parts) => {
                for part in parts {
                    if let StringPart::Value { value, .. } = part {
                        self.printed(value)?;
                    }
                }
                match parts.first() {
                    Some(StringPart::Letters(first)) if first.starts_with("models:/") => {
                        ValueType::Uri
                    }
                    _ => ValueType::Text,
                }
            }
            ExprKind::Name(name) => match self.get(name).or_else(|| known(name)) {
                Some(kind) => kind,
                None => return need(value.at, self.unknown(name)),
            },
            ExprKind::Attribute(of, name) => {
                let kind = self.value(of)?;
                match kind.attribute(&name.name) {
                    Some(kind) => kind,
                    None => return need(name.at, missing(&kind, &name.name)),
                }
            }
            ExprKind::Index(of, index) => match (self.value(of)?, self.value(index)?) {
                (ValueType::List(of, _), ValueType::Int)
                | (ValueType::Dict(of), ValueType::Text | ValueType::Uri) => *of,
                _ => return need(index.at, UnsupportedPython::Value),
            },
            ExprKind::Call(function, arguments) => self.call(function, arguments)?,
            ExprKind::List(items, sequence) => {
                ValueType::List(Box::new(self.common(items.iter())?), *sequence)
            }
            ExprKind::Dict(pairs) => {
                for (key, _) in pairs {
                    if !matches!(self.value(key)?, ValueType::Text | ValueType::Uri) {
                        return need(key.at, UnsupportedPython::Value);
                    }
                }
                ValueType::Dict(Box::new(self.common(pairs.iter().map(|(_, value)| value))?))
            }
        })
    }

    /// The kind of all that is in a list.
    fn common<'e>(&self, items: impl Iterator<Item = &'e Expr>) -> Result<ValueType, Need> {
        let mut common = None;
        for item in items {
            let kind = self.printed(item)?;
            let joined = match common {
                None => Some(kind),
                Some(before) => kind.or(before),
            };
            match joined {
                Some(kind) => common = Some(kind),
                None => return need(item.at, UnsupportedPython::Value),
            }
        }
        Ok(common.unwrap_or(ValueType::Mixed))
    }

    fn unknown(&self, name: &str) -> UnsupportedPython {
        // What is a function here is known, but not as a value.
        let given = self.0.keys().map(String::as_str);
        if KNOWN.contains(&name) {
            return UnsupportedPython::Value;
        }
        UnsupportedPython::Name {
            name: name.to_owned(),
            nearest: nearest(name, given.chain(KNOWN)).map(str::to_owned),
        }
    }

    fn call(&self, function: &Expr, arguments: &[CallArgument]) -> Result<ValueType, Need> {
        let names = |name: &str| self.get(name).or_else(|| known(name));
        match callee(&names, function) {
            Some(Callee::Print) => {
                for argument in arguments {
                    if let Some(name) = &argument.name {
                        return need(name.at, UnsupportedPython::Value);
                    }
                    self.printed(&argument.value)?;
                }
                Ok(ValueType::None)
            }
            Some(Callee::NewClient) => {
                self.path(function)?;
                match arguments.first() {
                    Some(argument) => need(argument.value.at, UnsupportedPython::Client),
                    None => Ok(ValueType::Client),
                }
            }
            Some(Callee::Method(method)) => {
                self.path(function)?;
                self.bind(method, function.at, arguments)?;
                Ok(gives(method))
            }
            None => match &function.kind {
                ExprKind::Attribute(of, name) => {
                    let kind = self.value(of)?;
                    need(name.at, missing(&kind, &name.name))
                }
                ExprKind::Name(name) if self.get(name).is_none() => {
                    need(function.at, self.unknown(name))
                }
                _ => need(function.at, UnsupportedPython::Value),
            },
        }
    }

    /// Checks what stands before the name of a method.
    fn path(&self, function: &Expr) -> Result<(), Need> {
        match &function.kind {
            ExprKind::Attribute(of, _) => self.value(of).map(|_| ()),
            _ => Ok(()),
        }
    }

    /// Gives each argument to its parameter, and checks that this is a kind which means the same here as in MLflow.
    fn bind(
        &self,
        method: &'static Method,
        at: Span,
        arguments: &[CallArgument],
    ) -> Result<(), Need> {
        let mut is_given = vec![false; method.params.len()];
        for (index, argument) in arguments.iter().enumerate() {
            let value = &argument.value;
            let place = place_of(method, index, argument)?;
            let param = place.and_then(|place| method.params.get(place));
            let given = place.and_then(|place| is_given.get_mut(place));
            let (Some(param), Some(given)) = (param, given) else {
                return need(value.at, UnsupportedPython::Arguments(method.name));
            };
            let is_by_name_only = method.name == "register_model" && param.name == "tags";
            let kind = self.value(value)?;
            if *given
                || is_by_name_only && argument.name.is_none()
                || !is_taken(method, param.name, param.takes, &kind, value)
            {
                return need(value.at, UnsupportedPython::Arguments(method.name));
            }
            *given = true;
        }
        let mut all = method.params.iter().zip(is_given);
        match all.find(|(param, given)| !given && !param.takes.is_optional()) {
            Some(_) => need(at, UnsupportedPython::Arguments(method.name)),
            None => Ok(()),
        }
    }
}

/// The place of the parameter that an argument is for.
///
/// # Errors
/// That the method has no such parameter.
pub fn place_of(
    method: &'static Method,
    index: usize,
    argument: &CallArgument,
) -> Result<Option<usize>, Need> {
    let Some(named) = &argument.name else {
        return Ok((index < method.params.len()).then_some(index));
    };
    let names = method.params.iter().map(|param| param.name);
    let found = names.clone().position(|name| name == named.name);
    let why = || match method.owner {
        Owner::Client => UnsupportedPython::NoSuchArgument {
            method: method.name,
            argument: named.name.clone(),
            nearest: nearest(&named.name, names),
        },
        _ => UnsupportedPython::Arguments(method.name),
    };
    match found {
        Some(found) => Ok(Some(found)),
        None => need(named.at, why()),
    }
}

/// Whether a value of this kind means the same to the small reader as to MLflow.
fn is_taken(method: &Method, param: &str, takes: Takes, kind: &ValueType, value: &Expr) -> bool {
    let is_text = matches!(kind, ValueType::Text | ValueType::Uri);
    let is_maybe = is_text || matches!(kind, ValueType::None | ValueType::Maybe);
    match (method.name, param) {
        ("log_metric", "run_id") => is_text || *kind == ValueType::Maybe,
        ("log_metric", "value") => matches!(kind, ValueType::Int | ValueType::Float),
        ("log_metric", "key") => is_text,
        ("log_metric", _) => false,
        ("create_run", "experiment_id") => match &value.kind {
            ExprKind::Text(parts) => {
                matches!(parts.as_slice(), [StringPart::Letters(id)] if id == "0")
            }
            _ => false,
        },
        ("create_run", _) | (_, "deployment_job_id" | "model_id" | "page_token") => false,
        (_, "run_link") => is_maybe,
        (_, "await_creation_for" | "await_registration_for") => kind.is_printable(),
        ("register_model", "name") => is_text,
        ("load_model", "model_uri") => *kind == ValueType::Uri,
        (_, "name") => is_maybe,
        ("update_registered_model", "description") => is_maybe,
        _ => match takes {
            Takes::Text | Takes::ModelsUri => is_text,
            Takes::TextOrNone => is_maybe,
            Takes::Version => {
                is_text || matches!(kind, ValueType::Int | ValueType::Float | ValueType::Flag)
            }
            Takes::TagVersion => {
                is_text
                    || matches!(
                        kind,
                        ValueType::Int | ValueType::Float | ValueType::Flag | ValueType::None
                    )
            }
            Takes::Printed | Takes::Flag => kind.is_printable(),
            Takes::Texts => match kind {
                ValueType::None => true,
                ValueType::List(of, sequence) => {
                    matches!(**of, ValueType::Text | ValueType::Uri)
                        || **of == ValueType::Mixed
                            && *sequence == SequenceType::List
                            && matches!(&value.kind, ExprKind::List(items, _) if items.is_empty())
                }
                _ => false,
            },
            Takes::Count => {
                *kind == ValueType::Int || *kind == ValueType::None && method.owner == Owner::Mlflow
            }
            Takes::Tags => matches!(kind, ValueType::None | ValueType::Dict(_)),
            Takes::Ignored | Takes::Metrics | Takes::Empty => false,
        },
    }
}

/// Why there is nothing under a name.
fn missing(kind: &ValueType, name: &str) -> UnsupportedPython {
    let name = name.to_owned();
    match kind {
        ValueType::Client => {
            let has_it =
                methods::CLIENT_METHODS.split(' ').any(|it| it == name) || name.starts_with('_');
            if has_it {
                return UnsupportedPython::Method(name);
            }
            let known = methods::METHODS.iter().map(|method| method.name);
            let nearest = nearest(&name, known);
            UnsupportedPython::NoSuchMethod {
                method: name,
                nearest,
            }
        }
        _ => UnsupportedPython::Attribute(name),
    }
}
