//! Calls of MLflow, as its client makes them in Python: what it makes of arguments, what it asks the registry, in which
//! order it complains, and what it prints. The package `mlflow` (`python/`) does the same.

use serde_json::{Map, Value as Json, json};

use super::super::bridge::CallError;
use super::super::diagnostic::{
    Complaint, DiagnosticKind, Problem, Unsupported, UnsupportedPython,
};
use super::super::methods::{Method, Owner, Takes};
use super::super::refused_argument;
use super::super::reply::{Loaded, Output};
use super::super::span::Span;
use super::check::{self, Callee, gives};
use super::need::Need;
use super::run::{Halt, Interpreter};
use super::show;
use super::tree::{CallArgument, Expr};
use super::value::Value;
use super::value_type::ValueType;
use registry::Invalid;
use registry::{ErrorCode, RefusalKind, Stage, python};

/// More bits than a version may have: MLflow's database takes 64.
const LARGEST: u64 = i64::MAX as u64;

/// What stands for a version that is too large.
const NO_VERSION: &str = "no version";

/// The arguments of a call, by the names of their parameters.
struct Given<'e> {
    whole: &'e Expr,
    method: &'static Method,
    values: Vec<(&'static str, &'e Expr, Value)>,
}

impl Given<'_> {
    fn get(&self, name: &str) -> Option<&Value> {
        let found = self.values.iter().find(|(known, ..)| *known == name);
        found.map(|(.., value)| value)
    }

    fn text(&self, name: &str) -> String {
        match self.get(name) {
            Some(Value::Text(text)) => text.to_string(),
            _ => String::new(),
        }
    }

    /// The place of the argument that a refusal is about.
    fn place(&self, names: &[&str]) -> Option<Span> {
        let mut names = names.iter();
        names.find_map(|name| {
            let found = self.values.iter().find(|(known, ..)| known == name);
            found.map(|(_, value, _)| value.at)
        })
    }

    fn number(&self, name: &str) -> Option<i64> {
        match self.get(name) {
            Some(Value::Int(digits)) => Some(digits.parse().unwrap_or({
                if digits.starts_with('-') {
                    i64::MIN
                } else {
                    i64::MAX
                }
            })),
            _ => None,
        }
    }
}

impl Interpreter<'_> {
    /// Calls what can be called.
    pub(super) fn call(
        &mut self,
        whole: &Expr,
        function: &Expr,
        arguments: &[CallArgument],
    ) -> Result<Value, Halt> {
        let memory = &*self.memory;
        let names = |name: &str| {
            memory
                .get(name)
                .map(Value::kind)
                .or_else(|| check::known(name))
        };
        match check::callee(&names, function) {
            Some(Callee::NewClient) => Ok(Value::Client),
            Some(Callee::Print) => {
                let mut texts = Vec::with_capacity(arguments.len());
                for argument in arguments {
                    let value = self.value(&argument.value)?;
                    texts.push(self.made(argument.value.at, show::printed(&value))?);
                }
                let line = texts.join(" ") + "\n";
                self.show(line, 0, Output::Printed);
                Ok(Value::None)
            }
            Some(Callee::Method(method)) => {
                let mut values = Vec::with_capacity(arguments.len());
                for (index, argument) in arguments.iter().enumerate() {
                    let value = self.value(&argument.value)?;
                    let place = check::place_of(method, index, argument);
                    let place = place.map_err(|need| Halt::from(Problem::from(need)))?;
                    let param = place.and_then(|place| method.params.get(place));
                    values.extend(param.map(|param| (param.name, &argument.value, value)));
                }
                let given = Given {
                    whole,
                    method,
                    values,
                };
                self.method(&given)
            }
            // The check has let nothing else through.
            None => Err(Problem::from(Need {
                at: whole.at,
                why: UnsupportedPython::Value,
            })
            .into()),
        }
    }

    fn method(&mut self, given: &Given<'_>) -> Result<Value, Halt> {
        let method = given.method;
        if method.is_deprecated {
            let warning = (method.name, given.whole.number);
            if !self.memory.warned.contains(&warning) {
                self.memory.warned.push(warning);
                self.outputs.push(Output::Deprecated(method.name));
            }
        }
        match (method.owner, method.name) {
            (Owner::Lesson, "get_model") => self.get_model(given),
            (Owner::Lesson, _) => self.load_file(given),
            (Owner::Flavor, _) => {
                let found = self.load(given, &given.text("model_uri"))?;
                Ok(Value::loaded(Value::plain(
                    found.get("run_id").unwrap_or(&Json::Null),
                )))
            }
            (Owner::Mlflow, "register_model") => self.register(given),
            (Owner::Mlflow, _) => self.all_pages(given),
            (_, "search_registered_models" | "search_model_versions") => self.page(given),
            (_, "get_model_version_stages") => {
                let stages = Stage::ALL.map(|stage| Value::text(stage.as_str()));
                Ok(Value::list(stages.to_vec()))
            }
            (_, "create_run") => {
                let made = self.ask(given, "create_run", &json!({ "run_name": "" }))?;
                let id = made
                    .get("run_id")
                    .and_then(Json::as_str)
                    .unwrap_or_default();
                self.memory.own_runs.push(id.to_owned());
                Ok(Value::Run(id.into()))
            }
            (_, "log_metric") => self.log_metric(given),
            (_, "copy_model_version") => self.copy(given),
            (_, name) => {
                if name == "get_model_version_download_uri" {
                    // MLflow looks the model up first.
                    let asked = json!({ "name": given.text("name") });
                    self.ask(given, "get_registered_model", &asked)?;
                }
                let arguments = self.arguments(given)?;
                let told = self.ask(given, name, &arguments)?;
                Ok(answered(method, &told))
            }
        }
    }

    /// What MLflow's client makes of the arguments.
    fn arguments(&mut self, given: &Given<'_>) -> Result<Json, Halt> {
        let mut arguments = Map::new();
        let mut too_large = false;
        for param in given.method.params {
            let name = param.name;
            let value = given.get(name);
            let made = match (param.takes, value) {
                (Takes::Version, Some(value)) | (Takes::TagVersion, Some(value))
                    if param.takes == Takes::Version || value.is_true() =>
                {
                    let number = number(value);
                    too_large |= number.is_none();
                    json!(number.unwrap_or_else(|| NO_VERSION.to_owned()))
                }
                (Takes::TagVersion | Takes::Version, _) => Json::Null,
                (Takes::Text, None | Some(Value::None)) if name == "name" => json!(""),
                (Takes::Printed, Some(value)) => {
                    json!(self.made(given.whole.at, show::printed(value))?)
                }
                (Takes::Flag, value) => json!(value.is_some_and(Value::is_true)),
                (Takes::Texts, Some(Value::List(items, _))) => {
                    items.iter().map(show::printed).map(Json::String).collect()
                }
                (Takes::Texts, _) => json!([]),
                (Takes::Tags, Some(Value::Dict(items))) => {
                    if items
                        .iter()
                        .any(|(key, _)| &**key == "mlflow.prompt.is_prompt")
                    {
                        let message = "Prompts cannot be registered as models.";
                        return complaint(given, "tags", message);
                    }
                    let pairs = items.iter();
                    let pairs = pairs.map(|(key, value)| json!([&**key, show::printed(value)]));
                    pairs.collect()
                }
                (Takes::Tags, _) => json!([]),
                (_, Some(Value::Text(text))) => json!(&**text),
                _ => Json::Null,
            };
            arguments.insert(name.to_owned(), made);
        }
        let arguments = Json::Object(arguments);
        if too_large {
            return Err(self.too_large(given, given.method.name, &arguments));
        }
        Ok(arguments)
    }

    /// What MLflow says to a version that is too large. What it finds before it comes to the number is said first.
    fn too_large(&mut self, given: &Given<'_>, method: &str, arguments: &Json) -> Halt {
        match self.ask(given, method, arguments) {
            Err(Halt::Refused(at, refusal))
                if !matches!(
                    refusal.kind,
                    RefusalKind::Invalid(Invalid::VersionNotInteger { .. })
                ) =>
            {
                Halt::Refused(at, refusal)
            }
            _ => {
                let message = "Python int too large to convert to SQLite INTEGER";
                wrong(given, "version", ErrorCode::InternalError, message)
            }
        }
    }

    /// Asks the registry, and takes in what there is to show.
    fn ask(&mut self, given: &Given<'_>, method: &str, arguments: &Json) -> Result<Json, Halt> {
        let memory = &mut *self.memory;
        let outputs = self.outputs.len();
        let asked = memory
            .bridge
            .ask(self.host, &mut memory.runs, method, arguments, self.outputs);
        let changes = self.outputs.len() - outputs;
        let at = given.whole.at;
        match asked {
            Ok(told) => {
                for _ in 0..changes {
                    self.memory.change(at)?;
                }
                let items = told
                    .get("items")
                    .and_then(Json::as_array)
                    .map_or(0, Vec::len);
                self.memory.steps(at, items * 10)?;
                Ok(told)
            }
            Err(CallError::Refused(refusal)) => {
                let place = given.place(refused_argument::parameters(&refusal.kind));
                Err(Halt::Refused(Some(place.unwrap_or(at)), refusal))
            }
            Err(CallError::Complained(complaint)) => {
                let at = given.place(&[complaint.about]).unwrap_or(at);
                let kind = DiagnosticKind::Mlflow(complaint);
                Err(Problem { at, kind }.into())
            }
            Err(CallError::Unknown(why)) => {
                let class = "mlflow._missing.NotSimulated";
                Err(self.raised(given.whole, class, why.to_owned()))
            }
        }
    }

    fn tell(&mut self, text: String) {
        self.show(text, 1, Output::Told);
    }

    /// Says whether a model was made or was there.
    fn tell_of_model(&mut self, name: &str, is_there: bool) {
        self.tell(if is_there {
            let name = python::repr(name);
            format!(
                "Registered model {name} already exists. Creating a new version of this model..."
            )
        } else {
            format!("Successfully registered model '{name}'.")
        });
    }

    fn copy(&mut self, given: &Given<'_>) -> Result<Value, Halt> {
        let target = given.text("dst_name");
        let asked = json!({ "name": target });
        let is_there = self.ask(given, "get_registered_model", &asked).is_ok();
        let arguments = self.arguments(given)?;
        let told = self.ask(given, "copy_model_version", &arguments)?;
        self.tell_of_model(&target, is_there);
        let text = |field: &str| told.get(field).map(|it| show::printed(&Value::plain(it)));
        let source = text("source").unwrap_or_default();
        let source = source.strip_prefix("models:/").unwrap_or(&source);
        let (of, number) = source.rsplit_once('/').unwrap_or(("", source));
        let version = text("version").unwrap_or_default();
        self.tell(format!(
            "Copied version '{number}' of model '{of}' to version '{version}' of model '{target}'."
        ));
        Ok(answered(given.method, &told))
    }

    /// `mlflow.register_model`: a model where there is none yet, and a version of it.
    fn register(&mut self, given: &Given<'_>) -> Result<Value, Halt> {
        let (name, source) = (given.text("name"), given.text("model_uri"));
        let create = json!({ "name": name, "tags": [], "description": null });
        let is_there = match self.ask(given, "create_registered_model", &create) {
            Ok(_) => false,
            Err(Halt::Refused(_, refusal))
                if refusal.kind.code() == ErrorCode::ResourceAlreadyExists =>
            {
                true
            }
            Err(halt) => return Err(halt),
        };
        self.tell_of_model(&name, is_there);
        let mut run_id = Json::Null;
        if let Some(rest) = source.strip_prefix("runs:/") {
            let (id, path) = rest
                .trim_start_matches('/')
                .split_once('/')
                .unwrap_or((rest.trim_start_matches('/'), ""));
            if id.is_empty() {
                let message = format!(
                    "Not a proper runs:/ URI: {source}. Runs URIs must be of the form 'runs:/<run_id>/run-relative/path/to/artifact'"
                );
                return complaint(given, "model_uri", &message);
            }
            self.find_run(given, "model_uri", id)?;
            if self.memory.own_runs.iter().any(|own| own == id) {
                let message = format!(
                    "Unable to find a logged_model with artifact_path {path} under run {id}"
                );
                let code = ErrorCode::ResourceDoesNotExist;
                return Err(wrong(given, "model_uri", code, &message));
            }
            run_id = json!(id);
        } else if let Some((of, number)) = source
            .strip_prefix("models:/")
            .and_then(|rest| rest.split_once('/'))
            && python::is_digits(number)
        {
            let version = self::number(&Value::text(number));
            let asked = json!({ "name": of, "version": version.as_deref().unwrap_or(NO_VERSION) });
            if version.is_none() {
                return Err(self.too_large(given, "get_model_version", &asked));
            }
            let found = self.ask(given, "get_model_version", &asked)?;
            run_id = found.get("run_id").cloned().unwrap_or_default();
        }
        let mut arguments = self.arguments(given)?;
        if let Some(arguments) = arguments.as_object_mut() {
            arguments.insert("source".to_owned(), json!(source));
            arguments.insert("run_id".to_owned(), run_id);
        }
        let told = self.ask(given, "create_model_version", &arguments)?;
        let version = told.get("version").cloned().unwrap_or_default();
        self.tell(format!("Created version '{version}' of model '{name}'."));
        Ok(answered(given.method, &told))
    }

    /// Asks for a run by its ID, whose form is checked first.
    fn find_run(&mut self, given: &Given<'_>, about: &'static str, id: &str) -> Result<(), Halt> {
        let mut letters = id.chars();
        let is_id = letters.next().is_some_and(|c| c.is_ascii_alphanumeric())
            && id.chars().count() <= 256
            && letters.all(|c| python::is_word(c) || c == '-');
        if !is_id && !id.starts_with("run-of-") {
            let message = format!("Invalid value \"{id}\" for parameter 'run_id' supplied.");
            return complaint(given, about, &message);
        }
        self.ask(given, "get_run", &json!({ "run_id": id }))
            .map(|_| ())
    }

    fn log_metric(&mut self, given: &Given<'_>) -> Result<Value, Halt> {
        let Some(Value::Text(id)) = given.get("run_id").cloned() else {
            let message = "expected string or bytes-like object, got 'NoneType'";
            return Err(self.raised(given.whole, "TypeError", message.to_owned()));
        };
        self.find_run(given, "run_id", &id)?;
        let key = given.text("key");
        let is_name = |c: char| python::is_word(c) || "/.- :".contains(c);
        if !key.chars().all(is_name) {
            let message = format!(
                "Invalid value \"{key}\" for parameter 'name' supplied: Names may only contain alphanumerics, underscores (_), \
                 dashes (-), periods (.), spaces ( ), colon(:) and slashes (/)."
            );
            return complaint(given, "key", &message);
        }
        let number = match given.get("value") {
            Some(Value::Int(digits)) => digits.parse().unwrap_or_default(),
            Some(Value::Float(number)) => *number,
            _ => 0.0,
        };
        let written = if number.fract() == 0.0 && number.abs() < 1e15 {
            format!("{}", number + 0.0)
        } else {
            show::float(number)
        };
        let asked = json!({ "run_id": &*id, "metrics": [[key, written]] });
        self.ask(given, "log_metrics", &asked)?;
        Ok(Value::None)
    }

    /// A search of the client's.
    fn page(&mut self, given: &Given<'_>) -> Result<Value, Halt> {
        let is_of_models = given.method.name == "search_registered_models";
        let most = given.number("max_results");
        let most = most.unwrap_or(if is_of_models { 100 } else { 10_000 });
        if !is_of_models && most < 1 {
            let digits = given.get("max_results").map(show::printed);
            let message = format!(
                "Invalid value for max_results. It must be a positive integer, but got {}",
                digits.unwrap_or_default()
            );
            return complaint(given, "max_results", &message);
        }
        // 0 finds nothing, and so does less than that.
        let (found, _) = self.search(given, most.max(1), 0)?;
        Ok(Value::list(if most > 0 { found } else { Vec::new() }))
    }

    /// A search of `mlflow`'s own, which goes on to the last page.
    fn all_pages(&mut self, given: &Given<'_>) -> Result<Value, Halt> {
        let is_of_models = given.method.name == "search_registered_models";
        let most: i64 = if is_of_models { 100 } else { 10_000 };
        let wanted = given.number("max_results");
        let mut found = Vec::new();
        loop {
            let there = i64::try_from(found.len()).unwrap_or(i64::MAX);
            let left = wanted.map_or(most, |wanted| most.min(wanted.saturating_sub(there)));
            if left < 1 {
                break;
            }
            let (items, more) = self.search(given, left, there)?;
            found.extend(items);
            if !more {
                break;
            }
        }
        Ok(Value::list(found))
    }

    fn search(
        &mut self,
        given: &Given<'_>,
        most: i64,
        offset: i64,
    ) -> Result<(Vec<Value>, bool), Halt> {
        let mut arguments = self.arguments(given)?;
        if let Some(arguments) = arguments.as_object_mut() {
            arguments.insert("max_results".to_owned(), json!(most));
            arguments.insert("offset".to_owned(), json!(offset));
            arguments.insert(
                "filter_string".to_owned(),
                json!(given.text("filter_string")),
            );
        }
        let told = self.ask(given, given.method.name, &arguments)?;
        let items = told
            .get("items")
            .and_then(Json::as_array)
            .into_iter()
            .flatten();
        let kind = match gives(given.method) {
            ValueType::List(of, _) => *of,
            other => other,
        };
        let items = items
            .map(|item| Value::object(kind.clone(), item))
            .collect();
        Ok((
            items,
            told.get("more").and_then(Json::as_bool) == Some(true),
        ))
    }

    /// What an app would load; where that is nothing, it is told that nothing was loaded.
    fn load(&mut self, given: &Given<'_>, asked: &str) -> Result<Json, Halt> {
        let loaded = self.ask(given, "load_model", &json!({ "model_uri": asked }));
        if loaded.is_err() {
            self.loaded_nothing(asked);
        }
        loaded
    }

    fn loaded_nothing(&mut self, asked: &str) {
        self.outputs.push(Output::Loaded(Loaded {
            asked: asked.to_owned(),
            found: None,
            source: String::new(),
            refused: true,
        }));
    }

    /// The lesson's `load_model`, which takes a file. Given a `models:/` URI it asks the registry.
    fn load_file(&mut self, given: &Given<'_>) -> Result<Value, Halt> {
        let path = given.text("path");
        let loaded = self.ask(given, "lesson_load_model", &json!({ "path": path }));
        if loaded.is_err() {
            self.loaded_nothing(&path);
        }
        loaded.map(|_| Value::Lesson)
    }

    /// The lesson's `get_model`, which asks for what is in a stage of the model on the page.
    fn get_model(&mut self, given: &Given<'_>) -> Result<Value, Halt> {
        let stage = given.text("stage");
        if self.host.app_model().is_none() && Stage::parse(&stage).is_ok() {
            let what = Unsupported::NoModel;
            let kind = DiagnosticKind::NotSupported { what };
            let at = given.whole.at;
            return Err(Problem { at, kind }.into());
        }
        let found = self.ask(given, "lesson_get_model", &json!({ "stage": stage }));
        if let Err(Halt::Refused(_, refusal)) = &found
            && matches!(refusal.kind, RefusalKind::NoVersions { .. })
        {
            self.loaded_nothing(&stage);
        }
        found.map(|_| Value::Lesson)
    }
}

/// What a method gives back, of what the bridge tells.
fn answered(method: &Method, told: &Json) -> Value {
    match gives(method) {
        ValueType::List(of, _) => {
            let items = told.as_array().into_iter().flatten();
            Value::list(
                items
                    .map(|item| Value::object((*of).clone(), item))
                    .collect(),
            )
        }
        ValueType::Text => Value::plain(told),
        ValueType::None => Value::None,
        kind => Value::object(kind, told),
    }
}

/// A version as MLflow's `int(version)` reads it, or as it stands in MLflow's complaint; nothing where it is too large.
fn number(value: &Value) -> Option<String> {
    let (digits, written) = match value {
        Value::Text(text) => {
            let Some(digits) = python::int_text(text) else {
                return Some(text.to_string());
            };
            // A text stands in messages as it was written.
            (digits, text.is_ascii().then(|| text.to_string()))
        }
        Value::Flag(flag) => (u8::from(*flag).to_string(), None),
        Value::Float(number) => (format!("{}", number.trunc() + 0.0), None),
        other => (show::printed(other), None),
    };
    let size: Option<u64> = digits.trim_start_matches('-').parse().ok();
    size.filter(|size| *size <= LARGEST)?;
    Some(written.unwrap_or(digits))
}

fn wrong(given: &Given<'_>, about: &'static str, code: ErrorCode, message: &str) -> Halt {
    let at = given.place(&[about]).unwrap_or(given.whole.at);
    let kind = DiagnosticKind::Mlflow(Complaint {
        about,
        code,
        message: message.to_owned(),
    });
    Problem { at, kind }.into()
}

fn complaint<T>(given: &Given<'_>, about: &'static str, message: &str) -> Result<T, Halt> {
    Err(wrong(
        given,
        about,
        ErrorCode::InvalidParameterValue,
        message,
    ))
}
