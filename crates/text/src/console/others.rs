//! What the real programs say, letter for letter: MLflow, Python, and the real command line.

use super::super::Language;
use console::command_group::Group;
use console::diagnostic::DiagnosticKind;
use console::dialect::Dialect;
use console::shell;
use registry::RuleSet;

/// MLflow's own exception.
pub(super) const EXCEPTION: &str = "mlflow.exceptions.MlflowException";

/// The exit code of a command line that is used wrongly.
pub(super) const USAGE_ERROR: u8 = 2;
/// The exit code of a shell that finds no such program.
const COMMAND_NOT_FOUND: u8 = 127;

/// Returns the warning of a deprecated method, as MLflow has it.
pub fn deprecation(method: &str) -> String {
    format!(
        "FutureWarning: ``mlflow.tracking.client.MlflowClient.{method}`` is deprecated since 2.9.0. Model registry stages \
         will be removed in a future major release. To learn more about the deprecation of model registry stages, see our \
         migration guide here: https://mlflow.org/docs/latest/model-registry.html#migrating-from-stages"
    )
}

/// MLflow's exception, as Python says it; the server says its code.
pub(super) fn exception(dialect: Dialect, kind: &DiagnosticKind) -> Option<String> {
    if let DiagnosticKind::Mlflow(complaint) = kind {
        let named = match dialect {
            Dialect::Rest => complaint.code.as_str(),
            _ => EXCEPTION,
        };
        return Some(format!("{named}: {}", complaint.message));
    }
    None
}

/// Returns what the real command line program says of a trouble, and its exit code.
pub(super) fn real_program(
    text: Language,
    rules: RuleSet,
    kind: &DiagnosticKind,
) -> Option<(String, u8)> {
    let hint =
        |near: Option<&str>| near.map_or(String::new(), |near| format!(" Did you mean '{near}'?"));
    let (group, said) = match kind {
        DiagnosticKind::NoSuchCommand {
            group: Group::Shell,
            command,
            ..
        } => return Some((format!("{command}: command not found"), COMMAND_NOT_FOUND)),
        DiagnosticKind::NoSuchCommand {
            group,
            command,
            nearest,
        } => (
            *group,
            format!("No such command '{command}'.{}", hint(*nearest)),
        ),
        DiagnosticKind::NoSuchOption {
            group,
            option,
            nearest,
        } => (
            *group,
            format!("No such option '{option}'.{}", hint(*nearest)),
        ),
        DiagnosticKind::MissingCommand { group } => {
            return Some((group_help(text, *group, rules), USAGE_ERROR));
        }
        DiagnosticKind::MissingOption { option } => {
            (Group::Transition, format!("Missing option '{option}'."))
        }
        DiagnosticKind::ExtraWord { word } => (
            Group::Transition,
            format!("Got unexpected extra argument ({word})"),
        ),
        DiagnosticKind::MissingValue { option } => {
            return Some((
                format!("Error: Option '{option}' requires an argument."),
                USAGE_ERROR,
            ));
        }
        DiagnosticKind::UnexpectedValue { option } => {
            return Some((
                format!("Error: Option '{option}' does not take a value."),
                USAGE_ERROR,
            ));
        }
        _ => return None,
    };
    let (name, what) = names(group);
    Some((
        format!("Usage: {name} {what}\nTry '{name} --help' for help.\n\nError: {said}"),
        USAGE_ERROR,
    ))
}

/// Returns the name of a group of commands, and what follows it.
const fn names(group: Group) -> (&'static str, &'static str) {
    match group {
        Group::Shell | Group::Mlflow => ("mlflow", "[OPTIONS] COMMAND [ARGS]..."),
        Group::Models => ("mlflow models", "[OPTIONS] COMMAND [ARGS]..."),
        Group::Transition => ("mlflow models transition-version", "[OPTIONS]"),
    }
}

/// Returns what `--help` prints of a group of commands.
pub(super) fn group_help(text: Language, group: Group, rules: RuleSet) -> String {
    let texts = text.console();
    let (name, what) = names(group);
    let mut lines = vec![
        format!("{}: {name} {what}", texts.help_usage),
        String::new(),
    ];
    if group == Group::Transition {
        lines.push(format!("{}:", texts.help_options));
        for option in shell::OPTIONS {
            let value = option.value.unwrap_or_default();
            lines.push(format!("  {} {value}", option.name).trim_end().to_owned());
        }
        return lines.join("\n");
    }
    lines.push(format!("{}:", texts.help_commands));
    let commands: &[&str] = if group == Group::Models {
        &shell::MODELS
    } else {
        &shell::TOP
    };
    lines.extend(commands.iter().map(|command| format!("  {command}")));
    if group == Group::Models && rules == RuleSet::Guided {
        lines.push(format!("  {}  ({})", shell::TRANSITION, texts.help_lesson));
    }
    lines.join("\n")
}
