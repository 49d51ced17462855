//! Which sources of versions a real server takes, and what it makes of them (`mlflow/server/handlers.py`, 3.18.0).

use super::refused::Refused;
use crate::diagnostic::Complaint;
use crate::registry_host::{RegistryHost, ask};
use crate::runs;
use registry::uri::{self, ModelUri};
use registry::{ErrorCode, ModelName, RefusalKind};

/// The schemes that name a host: the server does not connect to others than its own.
const HOSTS: [&str; 10] = [
    "ftp",
    "sftp",
    "hdfs",
    "viewfs",
    "http",
    "https",
    "mlflow-artifacts",
    "r2",
    "b2",
    "abfss",
];

/// An address as Python's `urlparse` takes it apart.
struct Address<'a> {
    scheme: String,
    /// What stands between `//` and the next `/`.
    host: &'a str,
    path: &'a str,
}

impl<'a> Address<'a> {
    fn parse(text: &'a str) -> Self {
        let (scheme, rest) = uri::scheme(text);
        let (host, path) = match rest.strip_prefix("//") {
            Some(rest) => rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len())),
            None => ("", rest),
        };
        let end = path.find(['?', '#']).unwrap_or(path.len());
        Self {
            scheme,
            host,
            path: path.get(..end).unwrap_or_default(),
        }
    }

    /// The host without a name for its user and without its port.
    fn host_name(&self) -> String {
        let host = self.host.rsplit('@').next().unwrap_or_default();
        host.split(':').next().unwrap_or_default().to_lowercase()
    }
}

fn wrong(code: ErrorCode, message: String) -> Refused {
    Refused::Server(Complaint {
        about: "source",
        code,
        message,
    })
}

fn invalid(source: &str, why: &str) -> Refused {
    wrong(
        ErrorCode::InvalidParameterValue,
        format!("Invalid model version source: '{source}'. {why}"),
    )
}

fn not_contained(source: &str, field: &str) -> Refused {
    invalid(
        source,
        &format!(
            "The {field} request parameter must identify the resource that contains the source."
        ),
    )
}

/// The source that a server writes for the one that it is given; `is_run` says whether there is such a run.
///
/// # Errors
/// Why it does not take it.
pub fn taken(
    host: &dyn RegistryHost,
    source: &str,
    run_id: &str,
    is_run: bool,
) -> Result<String, Refused> {
    let address = Address::parse(source);
    let scheme = address.scheme.as_str();
    let is_own = scheme == "mlflow-artifacts" && address.host.is_empty();
    if HOSTS.contains(&scheme) && !is_own {
        return Err(wrong(
            ErrorCode::InvalidParameterValue,
            format!(
                "'source' cannot use the '{scheme}' scheme: the '{scheme}' scheme addresses a host other than the \
                 tracking server's configured artifact storage, so the server would connect to the host named in the \
                 URI. Set the MLFLOW_ALLOWED_HOST_ADDRESSED_ARTIFACT_SCHEMES environment variable on the server to \
                 allow it."
            ),
        ));
    }
    if scheme == "models" {
        return model(host, source, &address, run_id);
    }
    if is_local(source, &address)? {
        return Err(if run_id.is_empty() || is_run {
            invalid(
                source,
                "To use a local path as a model version source, the run_id request parameter has to be specified and \
                 the local path has to be contained within the artifact directory of the run specified by the run_id.",
            )
        } else {
            not_contained(source, "run_id")
        });
    }
    check_path(source)?;
    if scheme == "runs" {
        let is_from = address.host.is_empty() && runs::of_uri(source) == Some(run_id);
        if run_id.is_empty() || !is_from {
            return Err(not_contained(source, "run_id"));
        }
    }
    if scheme == "mlflow-artifacts" {
        return Err(not_contained(source, "run_id"));
    }
    Ok(source.to_owned())
}

/// A version of a model, named by its number whatever it was named by.
fn model(
    host: &dyn RegistryHost,
    source: &str,
    address: &Address<'_>,
    run_id: &str,
) -> Result<String, Refused> {
    if !address.host.is_empty() {
        let why = "Registered model sources must use the active model registry.";
        return Err(invalid(source, why));
    }
    let uri = ModelUri::parse(source).map_err(|_| not_contained(source, "model_id"))?;
    let (ModelUri::Version { name, .. }
    | ModelUri::Stage { name, .. }
    | ModelUri::Latest { name }
    | ModelUri::Alias { name, .. }) = &uri;
    let found = ask(host, |log| {
        let registry = log.registry();
        registry.get_model(&ModelName::parse(name)?)?;
        registry.resolve(source)
    });
    let found = found.unwrap_or(Err(RefusalKind::NoSuchStep))?;
    if !run_id.is_empty() && run_id != runs::id_of(&found.name, found.version) {
        let why =
            "The run_id and model_id request parameters must match the referenced model version.";
        return Err(invalid(source, why));
    }
    Ok(format!("models:/{}/{}", found.name, found.version))
}

/// Whether the server takes it for a path on its own disk.
fn is_local(source: &str, address: &Address<'_>) -> Result<bool, Refused> {
    if source == "databricks" {
        return Ok(false);
    }
    if address.scheme != "file" {
        return Ok(address.scheme.is_empty());
    }
    let host = address.host_name();
    let is_here = host.is_empty()
        || host == "."
        || host.starts_with("localhost")
        || host.starts_with("127.0.0.1");
    if is_here {
        return Ok(true);
    }
    Err(wrong(
        ErrorCode::InternalError,
        format!(
            "{source} is not a valid remote uri. For remote access on windows, please consider using a different scheme \
             such as SMB (e.g. smb://<hostname>/<path>)."
        ),
    ))
}

/// Refuses a path that does not mean just one place.
fn check_path(source: &str) -> Result<(), Refused> {
    let mut plain = source.to_owned();
    loop {
        let once = super::body::decoded(&plain);
        if once == plain {
            break;
        }
        plain = once;
    }
    let path = Address::parse(&plain).path;
    let names: Vec<&str> = path.split('/').filter(|name| !name.is_empty()).collect();
    let is_plain = path.starts_with('/')
        && !names.is_empty()
        && !names.contains(&".")
        && !path.contains('\0')
        && !plain.split('/').any(|name| name == "..");
    if is_plain {
        return Ok(());
    }
    Err(invalid(
        source,
        "If supplying a source as an http, https, local file path, ftp, objectstore, or mlflow-artifacts uri, an \
         absolute path must be provided without relative path references present. Please provide an absolute path.",
    ))
}
