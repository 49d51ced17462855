//! The REST columns of the table of commands: under which verb and path a method of the client is called on a server,
//! and which fields its request has (MLflow 3.18.0, `mlflow/server/handlers.py`).

use std::fmt;

use crate::print::quote;

/// What every path starts with.
pub const ROOT: &str = "/api/2.0/mlflow/";
/// What it starts with where the server's own page asks.
pub const PAGE_ROOT: &str = "/ajax-api/2.0/mlflow/";

/// Paths of a real server that are not simulated, behind [`ROOT`]: a part of it that is left out as a whole, or what of a
/// part there is, since some were there once and are no more.
const NOT_SIMULATED: [(&str, &str); 11] = [
    (
        "artifacts/",
        "list presigned-download-url presigned-upload-url",
    ),
    (
        "experiments/",
        "create delete delete-experiment-tag get get-by-name restore search search-datasets set-experiment-tag update",
    ),
    ("get-online-trace-details", ""),
    ("logged-models", ""),
    (
        "metrics/",
        "get-history get-history-bulk get-history-bulk-interval",
    ),
    ("model-versions/", "get-artifact"),
    (
        "runs/",
        "create-promptlab-run delete delete-tag log-batch log-inputs log-model log-parameter outputs restore search set-tag update",
    ),
    ("traces", ""),
    ("unified-traces", ""),
    ("upload-artifact", ""),
    ("webhooks", ""),
];

/// Whether a real server has something at a path, and this one has not.
#[must_use]
pub fn not_simulated(path: &str) -> bool {
    let behind = |root: &str| path.find(root).and_then(|at| path.get(at + root.len()..));
    if matches!(
        path,
        "/" | "/health" | "/version" | "/metrics" | "/graphql" | "/get-artifact"
    ) {
        return true;
    }
    let is_newer = [
        "/api/3.0/mlflow/",
        "/ajax-api/3.0/mlflow/",
        "/mlflow-artifacts/",
    ];
    if is_newer.iter().any(|root| behind(root).is_some()) {
        return true;
    }
    let Some(known) = behind(ROOT).or_else(|| behind(PAGE_ROOT)) else {
        return false;
    };
    NOT_SIMULATED.iter().any(|(part, names)| {
        known
            .strip_prefix(part)
            .is_some_and(|name| names.is_empty() || names.split(' ').any(|known| known == name))
    })
}

/// How a request is made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "the names are those of HTTP")]
pub enum Verb {
    Get,
    Post,
    Patch,
    Delete,
}

impl Verb {
    /// All verbs that an endpoint may have.
    pub const ALL: [Self; 4] = [Self::Get, Self::Post, Self::Patch, Self::Delete];

    /// The verb as HTTP has it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

impl fmt::Display for Verb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Where a method is found on a server.
#[derive(Debug)]
pub struct Endpoint {
    /// The method of the client that it stands for.
    pub method: &'static str,
    /// The verbs under which it is found. The first is the usual one.
    pub verbs: &'static [Verb],
    /// Its path, after [`ROOT`].
    pub path: &'static str,
    /// The fields of its request, in the order in which the server checks them.
    pub fields: &'static [Field],
}

/// A field of a request.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// The client's name for it.
    pub param: &'static str,
    /// What it is in JSON.
    pub kind: Kind,
    /// Whether the server asks for it: it may be neither missing nor an empty text.
    pub is_required: bool,
    /// Whether the server looks at it by itself, so that it can say that it is of the wrong kind.
    pub is_checked: bool,
    /// A value as JSON has it, for an example; empty where an example can do without the field.
    pub example: &'static str,
}

/// What a field is in JSON.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// A text.
    Text,
    /// `true` or `false`.
    Flag,
    /// A list of texts.
    Texts,
    /// A list of objects with `key` and `value`.
    Tags,
    /// A whole number.
    Count,
    /// A number.
    Number,
}

const fn field(name: &'static str, kind: Kind) -> Field {
    Field {
        name,
        param: name,
        kind,
        is_required: false,
        is_checked: true,
        example: "",
    }
}

const fn text(name: &'static str) -> Field {
    field(name, Kind::Text)
}

impl Field {
    const fn required(mut self) -> Self {
        self.is_required = true;
        self
    }

    const fn optional(mut self) -> Self {
        self.is_required = false;
        self
    }

    const fn unchecked(mut self) -> Self {
        self.is_checked = false;
        self
    }

    const fn such_as(mut self, example: &'static str) -> Self {
        self.example = example;
        self
    }

    const fn named(mut self, param: &'static str) -> Self {
        self.param = param;
        self
    }
}

const NAME: Field = text("name").required().such_as("\"prices\"");
const VERSION: Field = text("version").required().such_as("\"3\"");
const KEY: Field = text("key").required().such_as("\"team\"");
const VALUE: Field = text("value").such_as("\"shop\"");
const ALIAS: Field = text("alias").required().such_as("\"champion\"");
const DESCRIPTION: Field = text("description");
const DESCRIBED: &str = "\"What a thing should cost.\"";
const TAGS: Field = field("tags", Kind::Tags);
const RUN: Field = text("run_id").required().such_as("\"run-1\"");
const FILTER: Field = text("filter")
    .named("filter_string")
    .such_as("\"name='prices'\"");
const MOST: Field = field("max_results", Kind::Count);
const ORDER: Field = field("order_by", Kind::Texts);
const PAGE: Field = text("page_token");
const JOB: Field = text("deployment_job_id").unchecked();

const fn endpoint(
    method: &'static str,
    verbs: &'static [Verb],
    path: &'static str,
    fields: &'static [Field],
) -> Endpoint {
    Endpoint {
        method,
        verbs,
        path,
        fields,
    }
}

const GET: &[Verb] = &[Verb::Get];
const POST: &[Verb] = &[Verb::Post];
const PATCH: &[Verb] = &[Verb::Patch];
const DELETE: &[Verb] = &[Verb::Delete];

/// Every endpoint that the simulator answers.
pub static ENDPOINTS: [Endpoint; 24] = [
    endpoint(
        "create_registered_model",
        POST,
        "registered-models/create",
        &[NAME, TAGS, DESCRIPTION, JOB],
    ),
    endpoint(
        "get_registered_model",
        GET,
        "registered-models/get",
        &[NAME],
    ),
    endpoint(
        "rename_registered_model",
        POST,
        "registered-models/rename",
        &[NAME, text("new_name").required().such_as("\"shop-prices\"")],
    ),
    endpoint(
        "update_registered_model",
        PATCH,
        "registered-models/update",
        &[NAME, DESCRIPTION.such_as(DESCRIBED), JOB],
    ),
    endpoint(
        "delete_registered_model",
        DELETE,
        "registered-models/delete",
        &[NAME],
    ),
    endpoint(
        "search_registered_models",
        GET,
        "registered-models/search",
        &[FILTER, MOST, ORDER, PAGE],
    ),
    endpoint(
        "get_latest_versions",
        &[Verb::Post, Verb::Get],
        "registered-models/get-latest-versions",
        &[NAME, field("stages", Kind::Texts)],
    ),
    endpoint(
        "set_registered_model_tag",
        POST,
        "registered-models/set-tag",
        &[NAME, KEY, VALUE],
    ),
    endpoint(
        "delete_registered_model_tag",
        DELETE,
        "registered-models/delete-tag",
        &[NAME, KEY],
    ),
    endpoint(
        "set_registered_model_alias",
        POST,
        "registered-models/alias",
        &[NAME, ALIAS, VERSION],
    ),
    endpoint(
        "delete_registered_model_alias",
        DELETE,
        "registered-models/alias",
        &[NAME, ALIAS],
    ),
    endpoint(
        "get_model_version_by_alias",
        GET,
        "registered-models/alias",
        &[NAME, ALIAS],
    ),
    endpoint(
        "create_model_version",
        POST,
        "model-versions/create",
        &[
            NAME,
            text("source")
                .required()
                .such_as("\"s3://models/prices/v4\""),
            text("run_id"),
            TAGS,
            text("run_link"),
            DESCRIPTION,
            text("model_id"),
        ],
    ),
    endpoint(
        "get_model_version",
        GET,
        "model-versions/get",
        &[NAME, VERSION],
    ),
    endpoint(
        "update_model_version",
        PATCH,
        "model-versions/update",
        &[NAME, VERSION, DESCRIPTION.such_as(DESCRIBED)],
    ),
    endpoint(
        "delete_model_version",
        DELETE,
        "model-versions/delete",
        &[NAME, VERSION],
    ),
    endpoint(
        "search_model_versions",
        GET,
        "model-versions/search",
        &[FILTER, MOST, ORDER, PAGE],
    ),
    endpoint(
        "get_model_version_download_uri",
        GET,
        "model-versions/get-download-uri",
        &[NAME.unchecked().optional(), VERSION.unchecked().optional()],
    ),
    endpoint(
        "transition_model_version_stage",
        POST,
        "model-versions/transition-stage",
        &[
            NAME,
            VERSION,
            text("stage").required().such_as("\"Staging\""),
            field("archive_existing_versions", Kind::Flag),
        ],
    ),
    endpoint(
        "set_model_version_tag",
        POST,
        "model-versions/set-tag",
        &[NAME, VERSION, KEY, VALUE],
    ),
    endpoint(
        "delete_model_version_tag",
        DELETE,
        "model-versions/delete-tag",
        &[NAME, VERSION, KEY],
    ),
    endpoint(
        "create_run",
        POST,
        "runs/create",
        &[
            text("experiment_id").such_as("\"0\""),
            field("start_time", Kind::Count),
            text("run_name"),
            text("user_id").unchecked(),
            field("tags", Kind::Tags).unchecked(),
        ],
    ),
    endpoint("get_run", GET, "runs/get", &[RUN]),
    endpoint(
        "log_metric",
        POST,
        "runs/log-metric",
        &[
            RUN,
            KEY,
            field("value", Kind::Number).required().such_as("0.91"),
            field("timestamp", Kind::Count)
                .required()
                .such_as("1767600000000"),
            field("step", Kind::Count),
            text("model_id"),
            text("dataset_name"),
            text("dataset_digest"),
        ],
    ),
];

/// The endpoints of a path; of several, each has verbs of its own.
pub fn of_path(path: &str) -> impl Iterator<Item = &'static Endpoint> {
    ENDPOINTS
        .iter()
        .filter(move |endpoint| endpoint.path == path)
}

/// Every path, each once.
pub fn paths() -> impl Iterator<Item = &'static str> {
    let paths = ENDPOINTS.iter().map(|endpoint| endpoint.path);
    paths.enumerate().filter_map(|(at, path)| {
        let mut before = ENDPOINTS.iter().take(at);
        (!before.any(|known| known.path == path)).then_some(path)
    })
}

impl Endpoint {
    /// A request to it, for help: with the fields that have an example.
    #[must_use]
    pub fn example(&self, server: &str) -> String {
        let fields = self.fields.iter().filter(|field| !field.example.is_empty());
        let verb = self.verbs.first().copied().unwrap_or(Verb::Post);
        let path = self.path;
        if verb == Verb::Get {
            let pairs: Vec<String> = fields
                .map(|field| {
                    let mut pair = format!("{}=", field.name);
                    quote::address(&mut pair, field.example.trim_matches('"'));
                    pair
                })
                .collect();
            return format!("curl '{server}{ROOT}{path}?{}'", pairs.join("&"));
        }
        let fields: Vec<String> = fields
            .map(|field| format!("\"{}\": {}", field.name, field.example))
            .collect();
        format!(
            "curl -X {verb} {server}{ROOT}{path} -H 'Content-Type: application/json' -d '{{{}}}'",
            fields.join(", ")
        )
    }
}

/// The endpoint of a method of the client.
#[must_use]
pub fn of_method(method: &str) -> Option<&'static Endpoint> {
    ENDPOINTS.iter().find(|endpoint| endpoint.method == method)
}
