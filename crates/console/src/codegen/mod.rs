//! Every command as code: for the Python client, for the REST server, and in the lesson's command line.
//!
//! | module | what it says |
//! |---|---|
//! | [`api_style`] | the same intent with stages, and with aliases and tags |
//! | [`mod@compatibility`] | what the real MLflow says to it |
//! | [`base`] | the address of a server |
//! | [`ops`] | what a server is told, one call after the other |
//! | [`method_call`] | a command as a method with its arguments |
//! | [`mod@python`], [`mod@curl`] | the code itself |
//! | [`quote`] | texts in quotes |

pub mod api_style;
pub mod base;
pub mod compatibility;
pub mod curl;
pub mod method_call;
pub mod ops;
pub mod python;
pub mod quote;

pub use api_style::{ApiStyle, is_same_in_both};
pub use base::{Base, NoBase};
pub use compatibility::{CodeFormat, Compatibility, compatibility};

use curl::Place;
use registry::{Command, Registry, Time};

/// The command as calls of `MlflowClient`. `before` is the registry that it is given to.
pub fn python(command: &Command, style: ApiStyle, before: &Registry) -> String {
    written(&ops::ops(command, style, before, Time::default()))
}

/// As [`python`], for one step of a way to follow. Nothing else is needed for it: to put a whole registry in the place of
/// another is no step, and gives an empty text.
pub fn python_step(command: &Command, style: ApiStyle, before: &Registry) -> String {
    let mut found = Vec::new();
    if !matches!(command, Command::ReplaceRegistry { .. }) {
        ops::one(command, style, before, Time::default(), &mut found);
    }
    written(&found)
}

fn written(ops: &[ops::Op]) -> String {
    let mut out = String::new();
    ops.iter().for_each(|op| python::write(&mut out, op));
    out
}

/// The command as requests to the server at `base`. `before` is the registry that it is given to, `at` the moment.
pub fn curl(
    command: &Command,
    style: ApiStyle,
    before: &Registry,
    base: &Base,
    at: Time,
) -> String {
    let mut out = String::new();
    for op in ops::ops(command, style, before, at) {
        curl::write(&mut out, &op, Place::Here(base));
    }
    out
}

/// The command in the lesson's command line, if there is one: only for moves between stages.
pub fn shell(command: &Command) -> Option<String> {
    let Command::TransitionModelVersionStage {
        name,
        version,
        stage,
        archive_existing_versions,
    } = command
    else {
        return None;
    };
    let archive = if *archive_existing_versions {
        " --archive-existing-versions"
    } else {
        ""
    };
    // A value that looks like an option has to be tied to its own.
    let tie = if name.as_str().starts_with('-') {
        '='
    } else {
        ' '
    };
    Some(format!(
        "mlflow models transition-version --model-name{tie}{} --version {version} --stage {}{archive}\n",
        quote::shell(name.as_str()),
        stage.as_str().to_ascii_lowercase(),
    ))
}
