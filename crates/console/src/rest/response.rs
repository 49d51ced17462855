//! The answers of the REST server, as JSON with the fields and in the order of MLflow 3.18.0.

use super::fault::Fault;
use crate::runs::{self, Run};
use registry::{
    ErrorCode, ModelVersion, RefusalKind, RegisteredModel, Registry, Tags, VersionNumber, python,
};

/// A response of the server.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HttpResponse {
    pub status: u16,
    /// The body; empty where the server sends a page for people.
    pub body: String,
}

impl HttpResponse {
    fn good(json: &Json) -> Self {
        let mut body = String::new();
        json.write(&mut body, 0);
        Self { status: 200, body }
    }

    /// An error with its code.
    pub fn error(code: ErrorCode, message: &str) -> Self {
        let (status, state, class) = match code {
            ErrorCode::InvalidParameterValue => (400, "KAM00", code.as_str()),
            ErrorCode::ResourceAlreadyExists => (400, "KAM00", code.as_str()),
            ErrorCode::ResourceDoesNotExist => (404, "KAM00", "RESOURCE_NOT_FOUND"),
            ErrorCode::InternalError | ErrorCode::TeamRule => {
                (500, "XXM00", "CLIENT_INTERNAL_ERROR")
            }
        };
        // Errors come on one line.
        let body = format!(
            "{{\"error_code\": \"{}\", \"message\": {}, \"sqlstate\": \"{state}\", \"error_class\": \"{class}\"}}",
            code.as_str(),
            python::json_quote(message),
        );
        Self { status, body }
    }

    /// What the server answers where the registry refuses; nothing where it is the team that does.
    pub fn refused(kind: &RefusalKind) -> Option<Self> {
        match kind.code() {
            ErrorCode::TeamRule => None,
            code => Some(Self::error(code, &kind.to_string())),
        }
    }

    /// What the server answers to a wrong request; nothing where `curl` does not send it.
    pub fn fault(fault: &Fault) -> Option<Self> {
        let (status, message) = fault.answer()?;
        Some(if status == 400 {
            Self::error(ErrorCode::InvalidParameterValue, &message)
        } else {
            Self {
                status,
                body: String::new(),
            }
        })
    }

    /// Done, and nothing to be said.
    pub fn nothing() -> Self {
        Self::good(&Json::Object(Vec::new()))
    }

    /// A registered model.
    pub fn model(model: &RegisteredModel) -> Self {
        Self::good(&object([("registered_model", self::model(model))]))
    }

    /// A version.
    pub fn version(model: &RegisteredModel, version: &ModelVersion) -> Self {
        Self::good(&object([(
            "model_version",
            self::version(model, version, true),
        )]))
    }

    /// The page of models that a search has found.
    pub fn models(models: &[&RegisteredModel], next: Option<String>) -> Self {
        let found = models.iter().map(|model| self::model(model)).collect();
        Self::list("registered_models", found, next)
    }

    /// The page of versions that a search has found. It does not tell their aliases.
    pub fn found(versions: &[(&RegisteredModel, &ModelVersion)], next: Option<String>) -> Self {
        Self::list("model_versions", self::versions(versions, false), next)
    }

    /// The newest versions of stages.
    pub fn latest(versions: &[(&RegisteredModel, &ModelVersion)]) -> Self {
        Self::list("model_versions", self::versions(versions, true), None)
    }

    fn list(name: &'static str, found: Vec<Json>, next: Option<String>) -> Self {
        // Where nothing is found there is no list.
        let mut fields: Vec<(&'static str, Json)> = list(name, found).into_iter().collect();
        fields.extend(next.map(|next| ("next_page_token", Json::Text(next))));
        Self::good(&Json::Object(fields))
    }

    /// Where the files of a version are.
    pub fn artifact_uri(uri: &str) -> Self {
        Self::good(&object([("artifact_uri", text(uri))]))
    }

    /// A run.
    pub fn run(id: &str, run: &Run) -> Self {
        let mut data = Vec::new();
        let metrics = run.metrics.iter().map(|(key, value)| {
            object([
                ("key", text(key)),
                ("value", Json::Plain(value.clone())),
                ("timestamp", Json::Plain("0".to_owned())),
                ("step", Json::Plain("0".to_owned())),
            ])
        });
        data.extend(list("metrics", metrics.collect()));
        let info = object([
            ("run_uuid", text(id)),
            ("experiment_id", text("0")),
            ("run_name", text(&run.name)),
            ("user_id", text("")),
            ("status", text("RUNNING")),
            ("lifecycle_stage", text("active")),
            ("run_id", text(id)),
        ]);
        Self::good(&object([(
            "run",
            object([
                ("info", info),
                ("data", Json::Object(data)),
                ("inputs", Json::Object(Vec::new())),
            ]),
        )]))
    }
}

/// A piece of JSON, its fields in their order.
enum Json {
    Text(String),
    /// A number, as it prints.
    Plain(String),
    List(Vec<Json>),
    Object(Vec<(&'static str, Json)>),
}

fn text(text: &str) -> Json {
    Json::Text(text.to_owned())
}

fn object<const N: usize>(fields: [(&'static str, Json); N]) -> Json {
    Json::Object(fields.into())
}

/// A field with a list, unless it is empty.
fn list(name: &'static str, items: Vec<Json>) -> Option<(&'static str, Json)> {
    (!items.is_empty()).then_some((name, Json::List(items)))
}

impl Json {
    /// Writes it as Python's `json.dumps(…, indent=2)` does.
    fn write(&self, out: &mut String, depth: usize) {
        let line = |out: &mut String, depth: usize| {
            out.push('\n');
            out.extend(std::iter::repeat_n("  ", depth));
        };
        match self {
            Self::Text(text) => out.push_str(&python::json_quote(text)),
            Self::Plain(plain) => out.push_str(plain),
            Self::List(items) => {
                out.push('[');
                for (at, item) in items.iter().enumerate() {
                    out.push_str(if at == 0 { "" } else { "," });
                    line(out, depth + 1);
                    item.write(out, depth + 1);
                }
                line(out, depth);
                out.push(']');
            }
            Self::Object(fields) if fields.is_empty() => out.push_str("{}"),
            Self::Object(fields) => {
                out.push('{');
                for (at, (name, value)) in fields.iter().enumerate() {
                    out.push_str(if at == 0 { "" } else { "," });
                    line(out, depth + 1);
                    out.push_str(&format!("\"{name}\": "));
                    value.write(out, depth + 1);
                }
                line(out, depth);
                out.push('}');
            }
        }
    }
}

fn tags(tags: &Tags) -> Option<(&'static str, Json)> {
    let items = tags
        .iter()
        .map(|(key, value)| object([("key", text(key.as_str())), ("value", text(value.as_str()))]));
    list("tags", items.collect())
}

fn versions(versions: &[(&RegisteredModel, &ModelVersion)], has_aliases: bool) -> Vec<Json> {
    let found = versions.iter();
    found
        .map(|(model, version)| self::version(model, version, has_aliases))
        .collect()
}

fn model(model: &RegisteredModel) -> Json {
    let mut fields = vec![
        ("name", text(model.name().as_str())),
        (
            "creation_timestamp",
            Json::Plain(model.created().0.to_string()),
        ),
        (
            "last_updated_timestamp",
            Json::Plain(model.updated().0.to_string()),
        ),
    ];
    if !model.description().is_empty() {
        fields.push(("description", text(model.description().as_str())));
    }
    let newest: Vec<VersionNumber> = registry::Stage::ALL
        .into_iter()
        .filter_map(|stage| model.newest_in(stage))
        .collect();
    let latest = model
        .versions()
        .filter(|version| newest.contains(&version.number()));
    let latest = latest.map(|it| version(model, it, false)).collect();
    fields.extend(list("latest_versions", latest));
    fields.extend(tags(model.tags()));
    let aliases = model.aliases().iter().map(|(alias, version)| {
        object([
            ("alias", text(alias.as_str())),
            ("version", text(&version.to_string())),
        ])
    });
    fields.extend(list("aliases", aliases.collect()));
    Json::Object(fields)
}

fn version(model: &RegisteredModel, version: &ModelVersion, has_aliases: bool) -> Json {
    let number = version.number();
    let updated = model.version_updated(number).unwrap_or(version.created());
    let mut fields = vec![
        ("name", text(model.name().as_str())),
        ("version", text(&number.to_string())),
        (
            "creation_timestamp",
            Json::Plain(version.created().0.to_string()),
        ),
        ("last_updated_timestamp", Json::Plain(updated.0.to_string())),
        ("current_stage", text(version.stage().as_str())),
        ("description", text(version.description().as_str())),
        ("source", text(version.source().as_str())),
        ("run_id", text(&runs::id_of(model.name(), number))),
        ("status", text("READY")),
    ];
    fields.extend(tags(version.tags()));
    fields.push(("run_link", text("")));
    if has_aliases {
        let aliases = model.aliases_of(number).map(|alias| text(alias.as_str()));
        fields.extend(list("aliases", aliases.collect()));
    }
    Json::Object(fields)
}

/// A model with one of its versions, for as long as the registry has both.
pub fn found<'a>(
    registry: &'a Registry,
    name: &registry::ModelName,
    number: VersionNumber,
) -> Option<(&'a RegisteredModel, &'a ModelVersion)> {
    let model = registry.model(name)?;
    Some((model, model.version(number)?))
}
