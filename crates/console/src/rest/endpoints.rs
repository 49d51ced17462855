//! The REST columns of the table of commands: under which verb and path a method of the client is called on a server,
//! and which fields its request has (MLflow 3.18.0, `mlflow/server/handlers.py`).

use std::sync::LazyLock;

use registry::parameter::CHANGES;
pub use registry::parameter::{Field, Kind, Verb};
use registry::percent::{self, UNRESERVED};

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

/// Where a method is found on a server.
#[derive(Debug)]
pub struct Endpoint {
    /// The method of the client that it stands for.
    pub method: &'static str,
    /// The verbs under which it is found. The first is the usual one.
    pub verbs: Vec<Verb>,
    /// Its path, after [`ROOT`].
    pub path: &'static str,
    /// The fields of its request, in the order in which the server checks them.
    pub fields: Vec<Field>,
}

const fn field(name: &'static str, kind: Kind) -> Field {
    Field::new(name, kind)
}

const fn text(name: &'static str) -> Field {
    field(name, Kind::Text)
}

const fn required(name: &'static str, kind: Kind, example: &'static str) -> Field {
    Field {
        is_required: true,
        example,
        ..field(name, kind)
    }
}

const NAME: Field = required("name", Kind::Text, "\"prices\"");
const VERSION: Field = required("version", Kind::Text, "\"3\"");
const RUN: Field = required("run_id", Kind::Text, "\"run-1\"");
const FILTER: Field = Field {
    param: "filter_string",
    example: "\"name='prices'\"",
    ..text("filter")
};
const SEARCH: &[Field] = &[
    FILTER,
    field("max_results", Kind::Count),
    field("order_by", Kind::Texts),
    text("page_token"),
];

/// An endpoint that only asks, or is about runs.
struct Asking {
    /// The endpoint of a change that it stands behind in lists; none for those at the end.
    behind: &'static str,
    method: &'static str,
    verbs: &'static [Verb],
    path: &'static str,
    fields: &'static [Field],
}

const GET: &[Verb] = &[Verb::Get];
const POST: &[Verb] = &[Verb::Post];

/// The endpoints that change nothing in the registry by themselves.
static ASKING: [Asking; 10] = [
    Asking {
        behind: "create_registered_model",
        method: "get_registered_model",
        verbs: GET,
        path: "registered-models/get",
        fields: &[NAME],
    },
    Asking {
        behind: "delete_registered_model",
        method: "search_registered_models",
        verbs: GET,
        path: "registered-models/search",
        fields: SEARCH,
    },
    Asking {
        behind: "delete_registered_model",
        method: "get_latest_versions",
        verbs: &[Verb::Post, Verb::Get],
        path: "registered-models/get-latest-versions",
        fields: &[NAME, field("stages", Kind::Texts)],
    },
    Asking {
        behind: "delete_registered_model_alias",
        method: "get_model_version_by_alias",
        verbs: GET,
        path: "registered-models/alias",
        fields: &[NAME, required("alias", Kind::Text, "\"champion\"")],
    },
    Asking {
        behind: "create_model_version",
        method: "get_model_version",
        verbs: GET,
        path: "model-versions/get",
        fields: &[NAME, VERSION],
    },
    Asking {
        behind: "delete_model_version",
        method: "search_model_versions",
        verbs: GET,
        path: "model-versions/search",
        fields: SEARCH,
    },
    Asking {
        behind: "delete_model_version",
        method: "get_model_version_download_uri",
        verbs: GET,
        path: "model-versions/get-download-uri",
        fields: &[
            Field {
                is_checked: false,
                is_required: false,
                ..NAME
            },
            Field {
                is_checked: false,
                is_required: false,
                ..VERSION
            },
        ],
    },
    Asking {
        behind: "",
        method: "create_run",
        verbs: POST,
        path: "runs/create",
        fields: &[
            Field {
                example: "\"0\"",
                ..text("experiment_id")
            },
            field("start_time", Kind::Count),
            text("run_name"),
            Field {
                is_checked: false,
                ..text("user_id")
            },
            Field {
                is_checked: false,
                ..field("tags", Kind::Tags)
            },
        ],
    },
    Asking {
        behind: "",
        method: "get_run",
        verbs: GET,
        path: "runs/get",
        fields: &[RUN],
    },
    Asking {
        behind: "",
        method: "log_metric",
        verbs: POST,
        path: "runs/log-metric",
        fields: &[
            RUN,
            required("key", Kind::Text, "\"team\""),
            required("value", Kind::Number, "0.91"),
            required("timestamp", Kind::Count, "1767600000000"),
            field("step", Kind::Count),
            text("model_id"),
            text("dataset_name"),
            text("dataset_digest"),
        ],
    },
];

/// Every endpoint that the simulator answers: for each method that changes the registry its own, and behind it those that ask.
pub static ENDPOINTS: LazyLock<Vec<Endpoint>> = LazyLock::new(|| {
    let mut all = Vec::new();
    for method in CHANGES {
        if let Some((verb, path)) = method.endpoint {
            all.push(Endpoint {
                method: method.name,
                verbs: vec![verb],
                path,
                fields: method.params.iter().filter_map(|it| it.field).collect(),
            });
        }
        all.extend(asking(method.name));
    }
    all.extend(asking(""));
    all
});

fn asking(behind: &str) -> impl Iterator<Item = Endpoint> {
    let found = ASKING.iter().filter(move |it| it.behind == behind);
    found.map(|it| Endpoint {
        method: it.method,
        verbs: it.verbs.to_vec(),
        path: it.path,
        fields: it.fields.to_vec(),
    })
}

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
    pub fn example(&self, server: &str) -> String {
        let fields = self.fields.iter().filter(|field| !field.example.is_empty());
        let verb = self.verbs.first().copied().unwrap_or(Verb::Post);
        let path = self.path;
        if verb == Verb::Get {
            let pairs: Vec<String> = fields
                .map(|field| {
                    let value = percent::encode(field.example.trim_matches('"'), UNRESERVED);
                    format!("{}={value}", field.name)
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
pub fn of_method(method: &str) -> Option<&'static Endpoint> {
    ENDPOINTS.iter().find(|endpoint| endpoint.method == method)
}
