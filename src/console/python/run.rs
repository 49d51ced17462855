//! What a script comes to, as far as that is known before anything is carried out: the calls, with their arguments.

use super::super::methods::{self, Arguments, Given, Method, Param, Takes};
use super::super::nearest::nearest;
use super::super::trouble::{Problem, Span, TroubleKind, Unsupported, Wanted};
use super::super::{Does, Statement};
use super::parse::{Argument, Expr, ExprKind, Import, Line, Named, Part, Says};
use super::value::{self, Function, Module, Value};
use crate::registry::call::{VersionArgument, Written};
use crate::registry::{Sorted, python, uri};

/// How many letters a script may make in all. Names that double their text, line by line, end here.
const MAX_MADE: usize = 1_000_000;

/// Works a script out.
///
/// # Errors
/// The first thing that is wrong.
pub fn run(lines: Vec<Line>) -> Result<Vec<Statement>, Problem> {
    let mut run = Run::default();
    for line in lines {
        run.line(line)?;
    }
    Ok(run.statements)
}

#[derive(Default)]
struct Run {
    names: Sorted<String, Value>,
    statements: Vec<Statement>,
    made: usize,
}

impl Run {
    fn line(&mut self, line: Line) -> Result<(), Problem> {
        let before = self.statements.len();
        match line.says {
            Says::Pass => {}
            Says::Import(imports) => {
                for import in imports {
                    self.import(import)?;
                }
            }
            Says::From(module, imports) => self.import_from(&module, imports)?,
            Says::Assign(targets, value) => {
                let value = self.value(value)?;
                for target in targets {
                    self.names.insert(target, value.clone());
                }
            }
            Says::Value(value) => {
                self.value(value)?;
            }
        }
        match self.statements.get_mut(before..) {
            Some([]) | None => self.statements.push(Statement {
                at: line.at,
                does: Does::Nothing,
            }),
            Some([only]) => only.at = line.at,
            Some(_) => {}
        }
        Ok(())
    }

    fn import(&mut self, import: Import) -> Result<(), Problem> {
        let value = module(&import.path)?;
        let first = import.path.into_iter().next();
        match (import.alias, first) {
            (Some(alias), _) => {
                self.names.insert(alias, value);
            }
            // `import a.b` gives a name to `a`.
            (None, Some(first)) => {
                let root = module(std::slice::from_ref(&first))?;
                self.names.insert(first.name, root);
            }
            (None, None) => {}
        }
        Ok(())
    }

    fn import_from(&mut self, path: &[Named], imports: Vec<Import>) -> Result<(), Problem> {
        let module = module(path)?;
        for import in imports {
            for named in import.path {
                let value = self.attribute(&module, &named)?;
                self.names
                    .insert(import.alias.clone().unwrap_or(named.name), value);
            }
        }
        Ok(())
    }

    /// Keeps count of the letters that are made.
    fn make(&mut self, at: Span, letters: usize) -> Result<(), Problem> {
        self.made = self.made.saturating_add(letters);
        if self.made > MAX_MADE {
            return Err(Problem {
                at,
                kind: TroubleKind::TooLong,
            });
        }
        Ok(())
    }

    fn value(&mut self, expr: Expr) -> Result<Value, Problem> {
        let at = expr.at;
        Ok(match expr.kind {
            ExprKind::Int(digits) => Value::Int(digits),
            ExprKind::Float(digits) => Value::Float(digits),
            ExprKind::Flag(flag) => Value::Flag(flag),
            ExprKind::None => Value::None,
            ExprKind::Text(parts) => self.text(at, parts)?,
            ExprKind::Name(name) => self.name(at, &name)?,
            ExprKind::Attribute(of, name) => {
                let of = self.value(*of)?;
                self.attribute(&of, &name)?
            }
            ExprKind::Index(of, index) => {
                let of = self.value(*of)?;
                self.value(*index)?;
                match of {
                    Value::Result => Value::Result,
                    _ => return Err(Problem::not_supported(at, Unsupported::Operator)),
                }
            }
            ExprKind::Call(function, arguments) => {
                let name_at = function.at;
                let function = self.value(*function)?;
                self.call(&function, name_at, at, arguments)?
            }
            ExprKind::List(items) => {
                let mut values = Vec::with_capacity(items.len());
                for item in items {
                    let item_at = item.at;
                    match self.value(item)? {
                        Value::List(_) => {
                            return Err(Problem::not_supported(item_at, Unsupported::List));
                        }
                        value => values.push(value),
                    }
                }
                Value::List(values)
            }
            ExprKind::Dict(items) => self.dict(items)?,
            ExprKind::Sum(terms) => self.sum(at, terms)?,
        })
    }

    /// A dictionary of texts with simple values; what has others is beyond what is of use here.
    fn dict(&mut self, items: Vec<(Expr, Option<Expr>)>) -> Result<Value, Problem> {
        let mut known = Some(Written::new());
        let mut has_result = false;
        for (key, value) in items {
            let at = key.at;
            let key = self.value(key)?;
            let value = value.map(|value| self.value(value)).transpose()?;
            has_result |= matches!(key, Value::Result) || matches!(value, Some(Value::Result));
            let printed = value.and_then(Value::printed);
            known = match (known, key, printed) {
                (Some(mut known), Value::Text(key), Some(value)) => {
                    self.make(at, key.len().saturating_add(value.len()))?;
                    // A key that comes again keeps its place and takes the new value.
                    match known.iter_mut().find(|(there, _)| *there == key) {
                        Some(there) => there.1 = value,
                        None => known.push((key, value)),
                    }
                    Some(known)
                }
                _ => None,
            };
        }
        Ok(match known {
            Some(known) => Value::Dict(known),
            None if has_result => Value::Result,
            None => Value::Foreign,
        })
    }

    fn name(&mut self, at: Span, name: &str) -> Result<Value, Problem> {
        if let Some(value) = self.names.get(name) {
            let value = value.clone();
            self.make(at, value.size())?;
            return Ok(value);
        }
        value::known(name).ok_or_else(|| {
            let names = self.names.keys().map(String::as_str);
            unknown(at, name, nearest(name, names.chain(value::KNOWN)))
        })
    }

    fn text(&mut self, at: Span, parts: Vec<Part>) -> Result<Value, Problem> {
        let mut text = String::new();
        let mut is_known = true;
        for part in parts {
            match part {
                Part::Letters(letters) => {
                    self.make(at, letters.len())?;
                    text.push_str(&letters);
                }
                Part::Value(expr) => {
                    let place = expr.at;
                    match self.value(expr)? {
                        Value::Result => is_known = false,
                        value => {
                            let printed = simple(value, place, "{}")?;
                            self.make(place, printed.len())?;
                            text.push_str(&printed);
                        }
                    }
                }
            }
        }
        Ok(if is_known {
            Value::Text(text)
        } else {
            Value::Result
        })
    }

    fn sum(&mut self, at: Span, terms: Vec<Expr>) -> Result<Value, Problem> {
        let mut text = String::new();
        let mut is_known = true;
        for (index, term) in terms.into_iter().enumerate() {
            let place = term.at;
            match self.value(term)? {
                Value::Text(more) => {
                    self.make(place, more.len())?;
                    text.push_str(&more);
                }
                Value::Result => is_known = false,
                // A sum that starts with a number is arithmetic; after a text it is a slip.
                _ if index == 0 => return Err(Problem::not_supported(at, Unsupported::Operator)),
                _ => return Err(wrong_type(place, "+", Wanted::Text)),
            }
        }
        Ok(if is_known {
            Value::Text(text)
        } else {
            Value::Result
        })
    }

    fn attribute(&self, of: &Value, name: &Named) -> Result<Value, Problem> {
        match of {
            Value::Result => Ok(Value::Result),
            Value::Foreign => Ok(Value::Foreign),
            Value::Module(module) => module
                .member(&name.name)
                .ok_or_else(|| unknown(name.at, &name.name, nearest(&name.name, module.names()))),
            Value::Client => {
                let known = methods::METHODS.iter();
                if let Some(method) = known.clone().find(|method| method.name == name.name) {
                    return Ok(Value::Function(Function::Method(method)));
                }
                if methods::OTHER_METHODS.contains(&name.name.as_str()) {
                    return Err(Problem::not_supported(name.at, Unsupported::Function));
                }
                Err(Problem {
                    at: name.at,
                    kind: TroubleKind::NoSuchMethod {
                        method: name.name.clone(),
                        nearest: nearest(&name.name, known.map(|method| method.name)),
                    },
                })
            }
            _ => Err(Problem::not_supported(name.at, Unsupported::Function)),
        }
    }

    fn call(
        &mut self,
        function: &Value,
        name_at: Span,
        at: Span,
        arguments: Vec<Argument>,
    ) -> Result<Value, Problem> {
        match function {
            Value::Function(Function::Method(method)) => {
                let given = self.bind(method, at, arguments)?;
                let does = (method.does)(&mut Arguments::new(given));
                self.statements.push(Statement { at, does });
                Ok(Value::Result)
            }
            Value::Function(Function::Str) => {
                let (place, value) = self.only("str", name_at, arguments)?;
                match value {
                    Value::Result => Ok(Value::Result),
                    value => simple(value, place, "str").map(Value::Text),
                }
            }
            Value::Function(Function::Int) => {
                let (place, value) = self.only("int", name_at, arguments)?;
                let digits = match value {
                    Value::Result => return Ok(Value::Result),
                    Value::Int(digits) => Some(digits),
                    Value::Flag(flag) => Some(u8::from(flag).to_string()),
                    Value::Text(text) => python::int_text(&text),
                    _ => None,
                };
                digits
                    .map(Value::Int)
                    .ok_or_else(|| wrong_type(place, "int", Wanted::Number))
            }
            Value::Function(known) => {
                for argument in arguments {
                    self.value(argument.value)?;
                }
                Ok(match known {
                    Function::NewClient => Value::Client,
                    _ => Value::None,
                })
            }
            _ => Err(Problem::not_supported(name_at, Unsupported::Function)),
        }
    }

    /// The only argument of `str` or `int`.
    fn only(
        &mut self,
        method: &'static str,
        at: Span,
        arguments: Vec<Argument>,
    ) -> Result<(Span, Value), Problem> {
        let mut arguments = arguments.into_iter();
        let Some(first) = arguments.next() else {
            return Err(Problem {
                at,
                kind: TroubleKind::MissingArgument {
                    method,
                    argument: "object",
                },
            });
        };
        let excess = first.name.map(|name| name.at);
        let excess = excess.or_else(|| arguments.next().map(|second| second.value.at));
        if let Some(at) = excess {
            return Err(Problem {
                at,
                kind: TroubleKind::TooManyArguments { method, most: 1 },
            });
        }
        Ok((first.value.at, self.value(first.value)?))
    }

    /// Gives each argument to its parameter, as Python does, and then makes of it what the call takes.
    fn bind(
        &mut self,
        method: &'static Method,
        at: Span,
        arguments: Vec<Argument>,
    ) -> Result<Vec<Given>, Problem> {
        let mut places: Vec<Option<(Span, Value)>> = Vec::new();
        places.resize_with(method.params.len(), || None);
        for (index, argument) in arguments.into_iter().enumerate() {
            let found = match &argument.name {
                None => index,
                Some(named) => parameter(method, named)?,
            };
            let value_at = argument.value.at;
            let value = self.value(argument.value)?;
            let Some(place) = places.get_mut(found) else {
                return Err(Problem {
                    at: value_at,
                    kind: TroubleKind::TooManyArguments {
                        method: method.name,
                        most: method.params.len(),
                    },
                });
            };
            if let (Some(_), Some(named)) = (&place, argument.name) {
                return Err(Problem {
                    at: named.at,
                    kind: TroubleKind::RepeatedArgument {
                        argument: named.name,
                    },
                });
            }
            *place = Some((value_at, value));
        }
        let mut given = Vec::new();
        // First whether all are there, then whether they are of the right kind.
        for (param, place) in method.params.iter().zip(&places) {
            if place.is_none() && !param.takes.is_optional() {
                return Err(Problem {
                    at,
                    kind: TroubleKind::MissingArgument {
                        method: method.name,
                        argument: param.name,
                    },
                });
            }
        }
        for (param, place) in method.params.iter().zip(places) {
            let (place, value) = match place {
                Some((place, value)) => (place, Some(value)),
                None => (at, None),
            };
            given.extend(convert(*param, place, value)?);
        }
        Ok(given)
    }
}

/// The module that a path leads to. Of other libraries nothing is known.
fn module(path: &[Named]) -> Result<Value, Problem> {
    let mut names = path.iter();
    let mut found = match names.next() {
        Some(first) if first.name == "mlflow" => Value::Module(Module::Mlflow),
        Some(first) => match nearest(&first.name, ["mlflow"]) {
            None => return Ok(Value::Foreign),
            near => return Err(unknown(first.at, &first.name, near)),
        },
        None => return Ok(Value::Foreign),
    };
    for name in names {
        found = match found {
            Value::Module(module) => module
                .member(&name.name)
                .ok_or_else(|| unknown(name.at, &name.name, nearest(&name.name, module.names())))?,
            _ => Value::Foreign,
        };
    }
    Ok(found)
}

/// The place of a parameter among those of the method.
fn parameter(method: &'static Method, named: &Named) -> Result<usize, Problem> {
    let names = method.params.iter().map(|param| param.name);
    let found = names.clone().position(|name| name == named.name);
    found.ok_or_else(|| Problem {
        at: named.at,
        kind: TroubleKind::UnknownArgument {
            method: method.name,
            argument: named.name.clone(),
            nearest: nearest(&named.name, names),
        },
    })
}

/// Makes of a value what the parameter takes; nothing where the call carries nothing of it.
fn convert(param: Param, at: Span, value: Option<Value>) -> Result<Option<Given>, Problem> {
    let wrong = |wanted| Err(wrong_type(at, param.name, wanted));
    if param.takes == Takes::Ignored {
        return Ok(None);
    }
    let given = match (param.takes, value) {
        (_, Some(Value::Result)) => {
            return Err(Problem::not_supported(at, Unsupported::Result));
        }
        (Takes::Text, Some(Value::Text(text))) => Given::Text(text),
        (Takes::ModelsUri, Some(Value::Text(text))) => {
            if !uri::is_models_scheme(&text) {
                return Err(Problem::not_supported(at, Unsupported::Uri));
            }
            Given::Text(text)
        }
        (Takes::Text | Takes::ModelsUri, _) => return wrong(Wanted::Text),
        (Takes::Version, Some(Value::Text(text) | Value::Int(text))) => Given::Text(text),
        (Takes::TagVersion, None | Some(Value::None)) => {
            Given::TagVersion(VersionArgument::Missing)
        }
        (Takes::TagVersion, Some(Value::Text(text))) if text.is_empty() => {
            Given::TagVersion(VersionArgument::Missing)
        }
        (Takes::TagVersion, Some(Value::Int(digits))) if digits == "0" => {
            Given::TagVersion(VersionArgument::Zero)
        }
        (Takes::TagVersion, Some(Value::Text(text) | Value::Int(text))) => {
            Given::TagVersion(VersionArgument::Given(text))
        }
        (Takes::Version | Takes::TagVersion, _) => return wrong(Wanted::Version),
        (Takes::Printed, Some(value)) => Given::Text(simple(value, at, param.name)?),
        (Takes::Flag, None) => Given::Flag(false),
        (Takes::Flag, Some(Value::Flag(flag))) => Given::Flag(flag),
        (Takes::Flag, _) => return wrong(Wanted::Flag),
        (Takes::Stages, None | Some(Value::None)) => Given::Stages(Vec::new()),
        // Python takes a text for the list of its letters, and MLflow complains about the first of them.
        (Takes::Stages, Some(Value::Text(text))) => {
            Given::Stages(text.chars().take(1).map(String::from).collect())
        }
        (Takes::Stages, Some(Value::List(values))) => {
            let mut stages = Vec::with_capacity(values.len());
            for value in values {
                match value {
                    Value::Text(text) => stages.push(text),
                    Value::Result => {
                        return Err(Problem::not_supported(at, Unsupported::Result));
                    }
                    _ => return wrong(Wanted::Texts),
                }
            }
            Given::Stages(stages)
        }
        (Takes::Stages, _) => return wrong(Wanted::Texts),
        (Takes::TextOrNone, Some(Value::Text(text))) => Given::Text(text),
        (Takes::TextOrNone, None | Some(Value::None)) => Given::Text(String::new()),
        (Takes::TextOrNone, _) => return wrong(Wanted::Text),
        (Takes::Tags, Some(Value::Dict(tags))) => Given::Tags(tags),
        (Takes::Tags, None | Some(Value::None)) => Given::Tags(Written::new()),
        (Takes::Tags, Some(Value::List(values))) if values.is_empty() => {
            Given::Tags(Written::new())
        }
        (Takes::Tags, _) => return wrong(Wanted::Tags),
        (Takes::Empty, None | Some(Value::None)) => return Ok(None),
        (Takes::Empty, Some(Value::Dict(items))) if items.is_empty() => return Ok(None),
        (Takes::Empty, Some(Value::Text(text))) if text.is_empty() => return Ok(None),
        (Takes::Empty, Some(Value::List(values))) if values.is_empty() => return Ok(None),
        (Takes::Empty, Some(_)) => {
            return Err(Problem::not_supported(at, Unsupported::Argument));
        }
        (Takes::Printed | Takes::Ignored, _) => return Ok(None),
    };
    Ok(Some(given))
}

/// The text of a simple value.
fn simple(value: Value, at: Span, argument: &'static str) -> Result<String, Problem> {
    value
        .printed()
        .ok_or_else(|| wrong_type(at, argument, Wanted::Simple))
}

const fn wrong_type(at: Span, argument: &'static str, expected: Wanted) -> Problem {
    Problem {
        at,
        kind: TroubleKind::WrongType { argument, expected },
    }
}

fn unknown(at: Span, name: &str, nearest: Option<&str>) -> Problem {
    Problem {
        at,
        kind: TroubleKind::UnknownName {
            name: name.to_owned(),
            nearest: nearest.map(str::to_owned),
        },
    }
}

#[cfg(test)]
mod tests {
    use crate::console::tests::{check, fails};

    const GET: &str = "GetRegisteredModel { name: \"m\" }";

    #[test]
    fn every_method_becomes_its_call() {
        let client = |text: &str, expected: &str| check(&format!("client.{text}"), expected);
        client(
            "create_registered_model('m')",
            r#"CreateRegisteredModel { name: "m", tags: [], description: "" }"#,
        );
        client(
            "create_registered_model('m', None, '')",
            r#"CreateRegisteredModel { name: "m", tags: [], description: "" }"#,
        );
        client(
            "create_registered_model('m', {'b': 1, 'a': 'x', 'b': None}, description='d')",
            r#"CreateRegisteredModel { name: "m", tags: [("b", "None"), ("a", "x")], description: "d" }"#,
        );
        client(
            "rename_registered_model('m', 'n')",
            r#"RenameRegisteredModel { name: "m", new_name: "n" }"#,
        );
        client(
            "update_registered_model('m', description='d')",
            r#"UpdateRegisteredModel { name: "m", description: "d" }"#,
        );
        client(
            "delete_registered_model(name='m')",
            r#"DeleteRegisteredModel { name: "m" }"#,
        );
        client(
            "set_registered_model_tag('m', 'k', True)",
            r#"SetRegisteredModelTag { name: "m", key: "k", value: "True" }"#,
        );
        client(
            "delete_registered_model_tag('m', 'k')",
            r#"DeleteRegisteredModelTag { name: "m", key: "k" }"#,
        );
        client(
            "set_registered_model_alias('m', 'a', 2)",
            r#"SetRegisteredModelAlias { name: "m", alias: "a", version: "2" }"#,
        );
        client(
            "delete_registered_model_alias('m', 'a')",
            r#"DeleteRegisteredModelAlias { name: "m", alias: "a" }"#,
        );
        client(
            "create_model_version('m', 's3://x', run_id='r', tags={}, await_creation_for=0)",
            r#"CreateModelVersion { name: "m", source: "s3://x", tags: [], description: "", metrics: [] }"#,
        );
        client(
            "create_model_version('m', 's', tags={'k': True}, description='d')",
            r#"CreateModelVersion { name: "m", source: "s", tags: [("k", "True")], description: "d", metrics: [] }"#,
        );
        client(
            "copy_model_version('models:/m/1', dst_name='n')",
            r#"CopyModelVersion { src_model_uri: "models:/m/1", dst_name: "n" }"#,
        );
        client(
            "update_model_version('m', '2', 'd')",
            r#"UpdateModelVersion { name: "m", version: "2", description: "d" }"#,
        );
        client(
            "delete_model_version('m', -1)",
            r#"DeleteModelVersion { name: "m", version: "-1" }"#,
        );
        client(
            "transition_model_version_stage('m', 2, 'Production')",
            r#"TransitionModelVersionStage { name: "m", version: "2", stage: "Production", archive_existing_versions: false }"#,
        );
        client(
            "transition_model_version_stage(\n  stage='s', name='m',\n  version='2',  # why\n  archive_existing_versions=True,\n)",
            r#"TransitionModelVersionStage { name: "m", version: "2", stage: "s", archive_existing_versions: true }"#,
        );
        client(
            "set_model_version_tag('m', 2, 'k', 0.97)",
            r#"SetModelVersionTag { name: "m", version: Given("2"), key: "k", value: "0.97" }"#,
        );
        client(
            "set_model_version_tag('m', 0, 'k', None)",
            r#"SetModelVersionTag { name: "m", version: Zero, key: "k", value: "None" }"#,
        );
        client(
            "set_model_version_tag('m', key='k', value='')",
            r#"SetModelVersionTag { name: "m", version: Missing, key: "k", value: "" }"#,
        );
        client(
            "delete_model_version_tag('m', '0', 'k')",
            r#"DeleteModelVersionTag { name: "m", version: Given("0"), key: "k" }"#,
        );
        client(
            "delete_model_version_tag('m', '', 'k')",
            r#"DeleteModelVersionTag { name: "m", version: Missing, key: "k" }"#,
        );
        client("get_registered_model('m')", GET);
        client(
            "get_model_version('m', 1_0)",
            r#"GetModelVersion { name: "m", version: "10" }"#,
        );
        client(
            "get_model_version_by_alias('m', 'a')",
            r#"GetModelVersionByAlias { name: "m", alias: "a" }"#,
        );
        client(
            "get_latest_versions('m')",
            r#"GetLatestVersions { name: "m", stages: [] }"#,
        );
        client(
            "get_latest_versions('m', None)",
            r#"GetLatestVersions { name: "m", stages: [] }"#,
        );
        client(
            "get_latest_versions('m', stages=['Staging', \"None\"])",
            r#"GetLatestVersions { name: "m", stages: ["Staging", "None"] }"#,
        );
        client(
            "get_latest_versions('m', ('x',))",
            r#"GetLatestVersions { name: "m", stages: ["x"] }"#,
        );
        client(
            "get_latest_versions('m', 'Production')",
            r#"GetLatestVersions { name: "m", stages: ["P"] }"#,
        );
    }

    #[test]
    fn a_client_is_had_in_many_ways() {
        let get = |text: &str, client: &str| {
            check(&format!("{text}\n{client}.get_registered_model('m')"), GET);
        };
        get("", "client");
        get("import mlflow\nclient = mlflow.MlflowClient()", "client");
        get(
            "import mlflow as ml; c = ml.tracking.MlflowClient('http://x')",
            "c",
        );
        get("import mlflow.tracking\nc = mlflow.MlflowClient()", "c");
        get("import mlflow.tracking as t\nc = t.MlflowClient()", "c");
        get(
            "from mlflow import MlflowClient\nc = MlflowClient(tracking_uri='x')",
            "c",
        );
        get(
            "from mlflow.tracking import MlflowClient as C\na = b = C()",
            "b",
        );
        get(
            "from mlflow.tracking.client import (\n MlflowClient,\n)\nc: MlflowClient = MlflowClient()",
            "c",
        );
        get("from mlflow import *", "MlflowClient()");
        get(
            "mlflow.set_tracking_uri('http://x')",
            "mlflow.client.MlflowClient()",
        );
        get(
            "import numpy as np, os\nfrom mlflow.entities import Run",
            "client",
        );
    }

    #[test]
    fn models_are_loaded() {
        let uri = r#"ResolveUri { uri: "models:/m/3" }"#;
        check("mlflow.pyfunc.load_model('models:/m/3')", uri);
        check(
            "import mlflow.sklearn\nmodel = mlflow.sklearn.load_model(model_uri='models:/m/3')",
            uri,
        );
        check(
            "from mlflow.pyfunc import load_model\nload_model('models:/m/3', dst_path='x')",
            uri,
        );
        check(
            "from mlflow import pyfunc as p\np.load_model('models:/m/3')",
            uri,
        );
        check("load_model('models:/m/3')", uri);
        check(
            "model = load_model('model_v3.pkl')",
            r#"LoadFile { path: "model_v3.pkl" }"#,
        );
        check(
            "model = get_model(stage='production')",
            r#"GetModel { stage: "production" }"#,
        );
        check("get_model('None')", r#"GetModel { stage: "None" }"#);
        fails(
            "mlflow.pyfunc.load_model('runs:/x')",
            "'runs:/x'",
            "NotSupported { what: Uri }",
        );
    }

    #[test]
    fn known_values_are_worked_out() {
        let text = |text: &str, expected: &str| {
            let expected = format!("LoadFile {{ path: {expected:?} }}");
            check(&format!("{text}\nload_model(x)"), &expected);
        };
        text("x = 'a' \"b\" '''c'''", "abc");
        text("x = ('a'\n     'b')", "ab");
        text("x = 'a' + str(1) + \\\n 'b'", "a1b");
        text(
            "n = 'm'; s = 3; x = f\"models/{n}/{s}\" f'{ n + \"!\" }{True}{None}{1.50}'",
            "models/m/3m!TrueNone1.5",
        );
        text("x = 'a'; x = x + x; x = x + x", "aaaa");
        text("x = str(int(' 0_2 '))", "2");
        text(
            "x = str(int(True)) + str(-0) + str(--1) + str(-1.5)",
            "101-1.5",
        );
        text("x: str = 'a'\ny: int", "a");
        text("'''what\nthis is'''; pass; x = 'a'", "a");
    }

    #[test]
    fn results_may_be_kept_and_printed() {
        check(
            "mv = client.get_registered_model('m')\nprint(mv.name, mv.tags['x'], sep=', ')",
            GET,
        );
        check("print(client.get_registered_model('m').name)", GET);
        check(
            "print(f\"v{client.get_registered_model('m').name}\" + 'x'); print(str(mlflow.__version__))",
            GET,
        );
        check(
            "print(client.get_registered_model('m'), get_model('s'))",
            &format!("{GET}; GetModel {{ stage: \"s\" }}"),
        );
        check("print([1, client, {'a': 1}])", "");
        let unknown = |text: &str, place: &str| fails(text, place, "NotSupported { what: Result }");
        unknown(
            "r = client.get_registered_model('m')\nload_model(r.name)",
            "r.name",
        );
        unknown("r = get_model('s')\nload_model(f'{r}')", "f'{r}'");
        fails(
            "r = get_model('s')\nr.predict(1)",
            "r.predict",
            "NotSupported { what: Function }",
        );
    }

    #[test]
    fn unknown_names_are_named() {
        let unknown = |text: &str, name: &str, nearest: Option<&str>| {
            let expected = format!("UnknownName {{ name: {name:?}, nearest: {nearest:?} }}");
            fails(text, name, &expected);
        };
        unknown(
            "model_name = 'm'\nload_model(modelname)",
            "modelname",
            Some("model_name"),
        );
        unknown(
            "clinet.delete_registered_model('m')",
            "clinet",
            Some("client"),
        );
        unknown("load_modle('m')", "load_modle", Some("load_model"));
        unknown("MlfowClient()", "MlfowClient", Some("MlflowClient"));
        unknown("mlflow.pyfun.load_model('x')", "pyfun", Some("pyfunc"));
        unknown(
            "mlflow.pyfunc.lod_model('x')",
            "lod_model",
            Some("load_model"),
        );
        unknown("import mlfow", "mlfow", Some("mlflow"));
        unknown(
            "from mlflow import MlflowClien",
            "MlflowClien",
            Some("MlflowClient"),
        );
        unknown("load_model(f'{whatever}')", "whatever", None);
        unknown("load_model(production)", "production", None);
        let no_method = |method: &str, nearest: Option<&str>| {
            let expected = format!("NoSuchMethod {{ method: {method:?}, nearest: {nearest:?} }}");
            fails(&format!("client.{method}('m')"), method, &expected);
        };
        no_method(
            "transition_model_version",
            Some("transition_model_version_stage"),
        );
        no_method("delete_version", Some("delete_model_version"));
        no_method("get_latest_version", Some("get_latest_versions"));
        no_method("fly", None);
        let elsewhere =
            |text: &str, place: &str| fails(text, place, "NotSupported { what: Function }");
        elsewhere("client.search_model_versions()", "search_model_versions");
        elsewhere("mlflow.register_model('a', 'b')", "mlflow.register_model");
        elsewhere("len('a')", "len");
        elsewhere("'a'.upper()", "upper");
    }

    #[test]
    fn wrong_arguments_are_named() {
        let wrong = |text: &str, place: &str, expected: &str| {
            fails(&format!("client.{text}"), place, expected);
        };
        let missing = |text: &str, argument: &str| {
            let expected = format!(
                "MissingArgument {{ method: \"get_model_version\", argument: {argument:?} }}"
            );
            wrong(text, &format!("client.{text}"), &expected);
        };
        missing("get_model_version()", "name");
        missing("get_model_version('m')", "version");
        missing("get_model_version(version=2)", "name");
        wrong(
            "get_registered_model('m', 2)",
            "2",
            r#"TooManyArguments { method: "get_registered_model", most: 1 }"#,
        );
        wrong(
            "get_model_version('m', 2, name='n')",
            "name",
            r#"RepeatedArgument { argument: "name" }"#,
        );
        wrong(
            "get_model_version('m', version=2, version=3)",
            "version",
            r#"RepeatedArgument { argument: "version" }"#,
        );
        wrong(
            "transition_model_version_stage('m', 2, 's', archive_existing=True)",
            "archive_existing",
            r#"UnknownArgument { method: "transition_model_version_stage", argument: "archive_existing", nearest: Some("archive_existing_versions") }"#,
        );
        wrong(
            "get_registered_model(model='m')",
            "model",
            r#"UnknownArgument { method: "get_registered_model", argument: "model", nearest: None }"#,
        );
        let kind = |text: &str, place: &str, argument: &str, expected: &str| {
            let expected = format!("WrongType {{ argument: {argument:?}, expected: {expected} }}");
            wrong(text, place, &expected);
        };
        kind("get_registered_model(5)", "5", "name", "Text");
        kind("get_registered_model(client)", "client", "name", "Text");
        kind(
            "transition_model_version_stage('m', 2, None)",
            "None",
            "stage",
            "Text",
        );
        kind("get_model_version('m', None)", "None", "version", "Version");
        kind("get_model_version('m', 1.5)", "1.5", "version", "Version");
        kind(
            "transition_model_version_stage('m', 2, 's', 'True')",
            "'True'",
            "archive_existing_versions",
            "Flag",
        );
        kind("get_latest_versions('m', 1)", "1", "stages", "Texts");
        kind("get_latest_versions('m', [1])", "[1]", "stages", "Texts");
        kind(
            "set_registered_model_tag('m', 'k', [])",
            "[]",
            "value",
            "Simple",
        );
        kind("get_registered_model(str([]))", "[]", "str", "Simple");
        kind("get_registered_model('a' + 1)", "1", "+", "Text");
        kind("get_model_version('m', int('v2'))", "'v2'", "int", "Number");
        let argument = "NotSupported { what: Argument }";
        wrong(
            "create_registered_model('m', deployment_job_id='j')",
            "'j'",
            argument,
        );
        kind(
            "create_registered_model('m', {'a'})",
            "{'a'}",
            "tags",
            "Tags",
        );
        kind(
            "create_registered_model('m', {1: 'a'})",
            "{1: 'a'}",
            "tags",
            "Tags",
        );
        kind(
            "create_registered_model('m', {'a': []})",
            "{'a': []}",
            "tags",
            "Tags",
        );
        kind(
            "create_registered_model('m', description=1)",
            "1",
            "description",
            "Text",
        );
        fails(
            "str()",
            "str",
            r#"MissingArgument { method: "str", argument: "object" }"#,
        );
        fails(
            "int('1', 2)",
            "2",
            r#"TooManyArguments { method: "int", most: 1 }"#,
        );
    }

    #[test]
    fn a_script_cannot_make_endless_texts() {
        let too_long = |text: &str| {
            let found = crate::console::read(text).unwrap_err();
            assert_eq!(found.kind, crate::console::TroubleKind::TooLong);
        };
        too_long(&("x = 'ab'\n".to_owned() + &"x = x + x\n".repeat(40)));
        too_long(&("x = 'ab'\n".to_owned() + &"x = f'{x}{x}'\n".repeat(40)));
        let list = format!("x = '{}'\ny = [{}]", "a".repeat(1_000), "x,".repeat(2_000));
        too_long(&list);
    }
}
