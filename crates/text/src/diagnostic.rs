//! What the console could not read or carry out, in words: what is wrong, what was expected, and the nearest name.

use super::Language;
use console::command_group::Group;
use console::{DiagnosticKind, Expected, Unsupported, UnsupportedPython};

texts!(
    /// Troubles of the console.
    TroubleText, EN_TROUBLE {
        no_such_program(name) = "There is no program {name} here.",
        no_such_command(name) = "There is no such command: {name}.",
        missing_command = "A command is missing here.",
        no_such_option(name) = "This command has no option {name}.",
        missing_option(name) = "The option {name} is missing.",
        missing_value(name) = "The option {name} needs a value.",
        unexpected_value(name) = "The option {name} takes no value.",
        extra_word(name) = "{name} does not belong here. Put a value with a space in it in quotes.",
        no_such_method(name) = "MlflowClient has no method {name}.",
        unknown_argument(method, name) = "{method} has no argument {name}.",
        repeated_argument(name) = "{name} is given twice.",
        needs_python(why) = "This needs real Python: {why}",
        small_reader = "the small reader takes imports of mlflow, assignments, calls of the client, print, and for over a list.",
        why_value = "the small reader takes texts, numbers, lists, names, attributes, places in a list, and calls.",
        why_text = "the small reader takes texts on one line, with names, attributes and places in a list in their braces.",
        why_prints = "only there it prints as it should.",
        why_loop(name) = "what {name} is after this loop depends on how often the loop runs.",
        why_name(name) = "the small reader does not know the name {name}.",
        why_module = "the small reader knows no module but mlflow, with its client and mlflow.pyfunc.",
        why_attribute(name) = "the small reader does not know what {name} is here.",
        why_method(name) = "the small reader does not know {name}.",
        why_arguments(name) = "the small reader takes other arguments for {name}.",
        why_client = "the small reader takes MlflowClient() without arguments.",
        too_long = "This is too long: the console reads at most 32,000 bytes at once, and limits the texts that code makes. Enter it in parts.",
        too_much = "This takes longer than the console waits. Nothing after this is run.",
        missing_word(name) = "{name} needs a word after it.",
        unknown_word(name, command) = "{command} does not know the word {name}.",
        mlflow = "This is what MLflow itself answers.",
        nearest(name) = "Did you mean {name}?",
        expected_closing(bracket) = "A {bracket} or a comma is expected here.",
        expected_closing_quote = "This text has no quote at its end.",
        expected_straight_quote = "Curly quotes from a web page or a word processor do not work in code. Use ' or \".",
        no_model = "This page shows no model, so it has no stage to ask for. Name the model: models:/name/stage.",
        no_shell_variable = "The console knows no variables of the shell. Write the value itself.",
        no_shell_operator = "The console runs one command after the other: no pipes, no files.",
        real_command(command, what) = "mlflow {command} exists: it {what}. This page has only the model registry, so nothing is done.",
        command_serve = "serves a model over HTTP",
        command_predict = "makes predictions for a file of inputs",
        command_build_docker = "builds a Docker image that serves a model",
        command_generate_dockerfile = "writes the files for such an image",
        command_prepare_env = "installs what a model needs",
        command_update_requirements = "changes which packages a model needs",
        command_server = "starts MLflow's own server with its page",
        command_artifacts = "uploads, lists and downloads files of runs",
        command_autolog = "sets up automatic logging",
        command_db = "updates the database of a server",
        command_deployments = "deploys models to other platforms",
        command_doctor = "prints information that helps to repair an installation",
        command_experiments = "manages experiments",
        command_gc = "removes deleted runs for good",
        command_run = "runs an MLflow project",
        command_runs = "manages runs",
        command_sagemaker = "serves models on Amazon SageMaker",
        command_traces = "manages traces",
        command_migrate = "moves a store of files into a database",
        command_other = "is one of MLflow's other tools",
    }
);

/// Returns a trouble in words: what is wrong, what was expected, and what was probably meant.
pub fn diagnostic(text: Language, kind: &DiagnosticKind) -> String {
    let texts = text.troubles();
    let mut near: Option<&str> = None;
    let said = match kind {
        DiagnosticKind::NoSuchCommand {
            group,
            command,
            nearest,
        } => {
            near = *nearest;
            match group {
                Group::Shell => texts.no_such_program(command),
                _ => texts.no_such_command(command),
            }
        }
        DiagnosticKind::MissingCommand { .. } => texts.missing_command.to_owned(),
        DiagnosticKind::NoSuchOption {
            option, nearest, ..
        } => {
            near = *nearest;
            texts.no_such_option(option)
        }
        DiagnosticKind::MissingOption { option } => texts.missing_option(option),
        DiagnosticKind::MissingValue { option } => texts.missing_value(option),
        DiagnosticKind::UnexpectedValue { option } => texts.unexpected_value(option),
        DiagnosticKind::RealCommand { command } => real_command(text, command),
        DiagnosticKind::ExtraWord { word } => texts.extra_word(word),
        DiagnosticKind::NeedsPython(why) => {
            let (said, nearest) = needs(text, why);
            near = nearest;
            said
        }
        DiagnosticKind::RepeatedArgument { argument } => texts.repeated_argument(argument),
        DiagnosticKind::Syntax { expected } => expects(text, *expected),
        DiagnosticKind::NotSupported { what } => unsupported(text, *what).to_owned(),
        DiagnosticKind::TooLong => texts.too_long.to_owned(),
        DiagnosticKind::TooMuch => texts.too_much.to_owned(),
        DiagnosticKind::MissingWord { command } => texts.missing_word(command),
        DiagnosticKind::UnknownWord {
            command,
            word,
            nearest,
        } => {
            near = nearest.as_deref();
            texts.unknown_word(word, command)
        }
        DiagnosticKind::Exception(raised) => format!("{}: {}", raised.class, raised.message),
        DiagnosticKind::Mlflow(_) => texts.mlflow.to_owned(),
        DiagnosticKind::Rest(fault) => super::request::fault(text, fault),
    };
    match near {
        Some(near) => format!("{said} {}", texts.nearest(&near)),
        None => said,
    }
}

/// Returns what a command of the real program is, which is not simulated.
pub fn real_command(text: Language, command: &str) -> String {
    let texts = text.troubles();
    let what = match command {
        "serve" => texts.command_serve,
        "predict" => texts.command_predict,
        "build-docker" => texts.command_build_docker,
        "generate-dockerfile" => texts.command_generate_dockerfile,
        "prepare-env" => texts.command_prepare_env,
        "update-pip-requirements" => texts.command_update_requirements,
        "server" | "ui" => texts.command_server,
        "artifacts" => texts.command_artifacts,
        "autolog" => texts.command_autolog,
        "db" => texts.command_db,
        "deployments" => texts.command_deployments,
        "doctor" => texts.command_doctor,
        "experiments" => texts.command_experiments,
        "gc" => texts.command_gc,
        "run" => texts.command_run,
        "runs" => texts.command_runs,
        "sagemaker" => texts.command_sagemaker,
        "traces" => texts.command_traces,
        "migrate-filestore" => texts.command_migrate,
        _ => texts.command_other,
    };
    let group = if console::shell::MODELS.contains(&command) {
        "models "
    } else {
        ""
    };
    let command = format!("{group}{command}");
    texts.real_command(&command, &what)
}

/// Returns why a real Python is needed, and what was probably meant.
fn needs(text: Language, why: &UnsupportedPython) -> (String, Option<&str>) {
    let texts = text.troubles();
    let mut nearest = None;
    let why = match why {
        // These two are certain: MLflow's client has no such thing.
        UnsupportedPython::NoSuchMethod { method, nearest } => {
            return (texts.no_such_method(method), *nearest);
        }
        UnsupportedPython::NoSuchArgument {
            method,
            argument,
            nearest,
        } => {
            let said = texts.unknown_argument(method, argument);
            return (said, *nearest);
        }
        UnsupportedPython::Name {
            name,
            nearest: meant,
        } => {
            nearest = meant.as_deref();
            texts.why_name(name)
        }
        UnsupportedPython::Statement => texts.small_reader.to_owned(),
        UnsupportedPython::Value => texts.why_value.to_owned(),
        UnsupportedPython::Text => texts.why_text.to_owned(),
        UnsupportedPython::Prints => texts.why_prints.to_owned(),
        UnsupportedPython::Loop(name) => texts.why_loop(name),
        UnsupportedPython::Module(_) => texts.why_module.to_owned(),
        UnsupportedPython::Attribute(name) => texts.why_attribute(name),
        UnsupportedPython::Method(name) => texts.why_method(name),
        UnsupportedPython::Arguments(method) => texts.why_arguments(method),
        UnsupportedPython::Client => texts.why_client.to_owned(),
    };
    (texts.needs_python(&why), nearest)
}

fn expects(text: Language, expected: Expected) -> String {
    let texts = text.troubles();
    match expected {
        Expected::Closing(bracket) => texts.expected_closing(&bracket),
        Expected::ClosingQuote => texts.expected_closing_quote.to_owned(),
        Expected::StraightQuote => texts.expected_straight_quote.to_owned(),
    }
}

fn unsupported(text: Language, what: Unsupported) -> &'static str {
    let texts = text.troubles();
    match what {
        Unsupported::NoModel => texts.no_model,
        Unsupported::ShellVariable => texts.no_shell_variable,
        Unsupported::ShellOperator => texts.no_shell_operator,
    }
}
