//! What the console could not read or carry out, in words: what is wrong, what was expected, and the nearest name.
#![allow(missing_docs, reason = "the English value says what a field is")]

use super::{Language, fill};
use crate::console::reply::Group;
use crate::console::trouble::Raised;
use crate::console::{Expected, TroubleKind, Unsupported, Wanted};

texts!(
    /// Troubles of the console.
    TroubleText, EN_TROUBLE {
        no_such_program = "There is no program {name} here.",
        no_such_command = "There is no such command: {name}.",
        missing_command = "A command is missing here.",
        no_such_option = "This command has no option {name}.",
        missing_option = "The option {name} is missing.",
        missing_value = "The option {name} needs a value.",
        unexpected_value = "The option {name} takes no value.",
        extra_word = "{name} does not belong here. Put a value with a space in it in quotes.",
        unknown_name = "Nothing is known by the name {name}.",
        no_such_method = "MlflowClient has no method {name}.",
        unknown_argument = "{method} has no argument {name}.",
        missing_argument = "The argument {name} of {method} is missing.",
        wrong_type = "{name} takes {wanted}.",
        too_many_arguments = "These are more arguments than {method} takes: {count} at most.",
        repeated_argument = "{name} is given twice.",
        too_long = "This is longer than the console reads at once, which is 32,000 bytes, or makes texts that are too long. Enter it in parts.",
        too_much = "This goes on for longer than the console waits. Nothing after this is carried out.",
        missing_word = "{name} needs a word after it.",
        unknown_word = "{name} means nothing after {command}.",
        mlflow = "This is what MLflow itself answers.",
        nearest = "Did you mean {name}?",
        wanted_text = "a text in quotes",
        wanted_version = "a whole number or a text",
        wanted_flag = "True or False",
        wanted_texts = "a list of texts",
        wanted_number = "a number, or a text that reads like one",
        wanted_simple = "a text, a number, True, False or None",
        wanted_tags = "a dictionary with texts for its keys",
        expected_value = "A value is expected here: a text in quotes, a number, a name or a call.",
        expected_name = "A name is expected here.",
        expected_import = "The word import is expected here.",
        expected_closing = "A {bracket} or a comma is expected here.",
        expected_closing_quote = "This text has no quote at its end.",
        expected_straight_quote = "Curly quotes from a web page or a word processor do not work in code. Use ' or \".",
        expected_number = "This is no number as Python writes it.",
        expected_escape = "This escape is not complete. A backslash in a text is written twice.",
        expected_named_argument = "After an argument with a name, all others need theirs: name=value.",
        expected_target = "Only a name can be given a value.",
        expected_end = "The statement should end here.",
        expected_colon = "A colon is expected here.",
        expected_block = "A block is expected here: lines that stand further right.",
        expected_indent = "The indentation does not fit: start this line where the line before it starts.",
        expected_in = "The word in is expected here.",
        expected_else = "The word else is expected here: value if condition else other.",
        expected_character = "This character means nothing here.",
        no_statement = "The console does not understand this kind of statement. It knows assignments, calls, for, if and with start_run().",
        no_operator = "The console does not understand this operator. It adds, subtracts, multiplies and compares.",
        no_number = "The console understands plain decimal numbers only, with up to 18 digits.",
        no_bytes = "The console does not understand bytes. Leave the b out.",
        no_escape = "The console does not understand this escape. Write the character itself.",
        no_format = "The console does not understand this format.",
        no_function = "This exists in Python or MLflow, but not in the console.",
        no_argument = "The simulator has nothing for this argument. Leave it out.",
        no_uri = "The simulator loads only models:/ addresses: it has no files.",
        no_model = "No model is on this page, so no stage of it can be asked for. Name the model: models:/name/stage.",
        no_star = "The console does not understand * and ** before arguments.",
        no_list = "The console does not understand this: no sets, and one for in each pair of brackets.",
        no_target = "The console gives values to names only, not to parts of what they name.",
        no_nesting = "This is nested too deeply.",
        no_shell_variable = "The console knows no variables of the shell. Write the value itself.",
        no_shell_operator = "The console carries out one command after the other: no pipes, no files.",
        real_command = "mlflow {command} exists: it {what}. This page has only the model registry, so nothing is done.",
        command_serve = "serves a model over HTTP",
        command_predict = "lets a model predict for a file of inputs",
        command_build_docker = "builds a Docker image that serves a model",
        command_generate_dockerfile = "writes the files for such an image",
        command_prepare_env = "installs what a model needs",
        command_update_requirements = "changes which packages a model needs",
        command_server = "starts MLflow's own server with its page",
        command_artifacts = "uploads, lists and downloads files of runs",
        command_autolog = "sets up automatic logging",
        command_db = "updates the database of a server",
        command_deployments = "deploys models to other platforms",
        command_doctor = "prints what helps to find faults of an installation",
        command_experiments = "manages experiments",
        command_gc = "removes deleted runs for good",
        command_run = "runs an MLflow project",
        command_runs = "manages runs",
        command_sagemaker = "serves models on Amazon SageMaker",
        command_traces = "manages traces",
        command_migrate = "moves a store of files into a database",
        command_other = "is one of MLflow's other tools",
        raised_index = "There is nothing at this place. Places are counted from 0.",
        raised_key = "There is no such key.",
        raised_attribute = "{of} has nothing of that name.",
        raised_iterable = "Only a list, a text, a dictionary or one of MLflow's objects can be looped over.",
        raised_length = "Only a list, a text or a dictionary has a length.",
        raised_subscript = "Only a list, a text or a dictionary has places in it.",
        raised_index_kind = "A place in a list is a whole number.",
        raised_callable = "This is no function.",
        raised_concat = "Only a text can be added to a text. str(…) makes a text of anything.",
        raised_operands = "These two values do not go together like this.",
        raised_unpack = "Names: {wanted}, values: {found}. There must be as many of both.",
        raised_empty = "There is nothing to choose from.",
    }
);

/// A trouble in words: what is wrong, what was expected, and what was probably meant.
#[must_use]
pub fn trouble(text: Language, kind: &TroubleKind) -> String {
    let texts = text.troubles();
    let mut near: Option<&str> = None;
    let said = match kind {
        TroubleKind::NoSuchCommand {
            group,
            command,
            nearest,
        } => {
            near = *nearest;
            let template = if *group == Group::Shell {
                texts.no_such_program
            } else {
                texts.no_such_command
            };
            fill(template, &[("name", command)])
        }
        TroubleKind::MissingCommand { .. } => texts.missing_command.to_owned(),
        TroubleKind::NoSuchOption {
            option, nearest, ..
        } => {
            near = *nearest;
            fill(texts.no_such_option, &[("name", option)])
        }
        TroubleKind::MissingOption { option } => fill(texts.missing_option, &[("name", option)]),
        TroubleKind::MissingValue { option } => fill(texts.missing_value, &[("name", option)]),
        TroubleKind::UnexpectedValue { option } => {
            fill(texts.unexpected_value, &[("name", option)])
        }
        TroubleKind::RealCommand { command } => real_command(text, command),
        TroubleKind::ExtraWord { word } => fill(texts.extra_word, &[("name", word)]),
        TroubleKind::UnknownName { name, nearest, .. } => {
            near = nearest.as_deref();
            fill(texts.unknown_name, &[("name", name)])
        }
        TroubleKind::NoSuchMethod { method, nearest } => {
            near = *nearest;
            fill(texts.no_such_method, &[("name", method)])
        }
        TroubleKind::UnknownArgument {
            method,
            argument,
            nearest,
        } => {
            near = *nearest;
            fill(
                texts.unknown_argument,
                &[("method", method), ("name", argument)],
            )
        }
        TroubleKind::MissingArgument { method, argument } => fill(
            texts.missing_argument,
            &[("method", method), ("name", argument)],
        ),
        TroubleKind::WrongType { argument, expected } => {
            let wanted = wanted(text, *expected);
            fill(texts.wrong_type, &[("name", argument), ("wanted", &wanted)])
        }
        TroubleKind::TooManyArguments { method, most } => fill(
            texts.too_many_arguments,
            &[("method", method), ("count", most)],
        ),
        TroubleKind::RepeatedArgument { argument } => {
            fill(texts.repeated_argument, &[("name", argument)])
        }
        TroubleKind::Syntax { expected } => expects(text, *expected),
        TroubleKind::NotSupported { what } => unsupported(text, *what).to_owned(),
        TroubleKind::TooLong => texts.too_long.to_owned(),
        TroubleKind::TooMuch => texts.too_much.to_owned(),
        TroubleKind::MissingWord { command } => fill(texts.missing_word, &[("name", command)]),
        TroubleKind::UnknownWord {
            command,
            word,
            nearest,
        } => {
            near = nearest.as_deref();
            fill(texts.unknown_word, &[("name", word), ("command", command)])
        }
        TroubleKind::Raised(raised) => {
            if let Raised::Attribute { nearest, .. } = raised {
                near = *nearest;
            }
            says(text, raised)
        }
        TroubleKind::Exception(raised) => format!("{}: {}", raised.class, raised.message),
        TroubleKind::Mlflow(_) => texts.mlflow.to_owned(),
        TroubleKind::Rest(fault) => super::request::fault(text, fault),
    };
    match near {
        Some(near) => format!("{said} {}", fill(texts.nearest, &[("name", &near)])),
        None => said,
    }
}

/// What a command of the real program is, which is not simulated.
#[must_use]
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
    let group = if crate::console::shell::MODELS.contains(&command) {
        "models "
    } else {
        ""
    };
    let command = format!("{group}{command}");
    fill(
        texts.real_command,
        &[("command", &command), ("what", &what)],
    )
}

fn wanted(text: Language, wanted: Wanted) -> &'static str {
    let texts = text.troubles();
    match wanted {
        Wanted::Text => texts.wanted_text,
        Wanted::Version => texts.wanted_version,
        Wanted::Flag => texts.wanted_flag,
        Wanted::Texts => texts.wanted_texts,
        Wanted::Number => texts.wanted_number,
        Wanted::Simple => texts.wanted_simple,
        Wanted::Tags => texts.wanted_tags,
    }
}

fn expects(text: Language, expected: Expected) -> String {
    let texts = text.troubles();
    match expected {
        Expected::Value => texts.expected_value,
        Expected::Name => texts.expected_name,
        Expected::Import => texts.expected_import,
        Expected::Closing(bracket) => {
            return fill(texts.expected_closing, &[("bracket", &bracket)]);
        }
        Expected::ClosingQuote => texts.expected_closing_quote,
        Expected::StraightQuote => texts.expected_straight_quote,
        Expected::Number => texts.expected_number,
        Expected::Escape => texts.expected_escape,
        Expected::NamedArgument => texts.expected_named_argument,
        Expected::Target => texts.expected_target,
        Expected::End => texts.expected_end,
        Expected::Colon => texts.expected_colon,
        Expected::Block => texts.expected_block,
        Expected::Indent => texts.expected_indent,
        Expected::In => texts.expected_in,
        Expected::Else => texts.expected_else,
        Expected::Character => texts.expected_character,
    }
    .to_owned()
}

fn unsupported(text: Language, what: Unsupported) -> &'static str {
    let texts = text.troubles();
    match what {
        Unsupported::Statement => texts.no_statement,
        Unsupported::Operator => texts.no_operator,
        Unsupported::Number => texts.no_number,
        Unsupported::Bytes => texts.no_bytes,
        Unsupported::Escape => texts.no_escape,
        Unsupported::Format => texts.no_format,
        Unsupported::Function => texts.no_function,
        Unsupported::Argument => texts.no_argument,
        Unsupported::Uri => texts.no_uri,
        Unsupported::NoModel => texts.no_model,
        Unsupported::Star => texts.no_star,
        Unsupported::List => texts.no_list,
        Unsupported::Target => texts.no_target,
        Unsupported::Nesting => texts.no_nesting,
        Unsupported::ShellVariable => texts.no_shell_variable,
        Unsupported::ShellOperator => texts.no_shell_operator,
    }
}

fn says(text: Language, raised: &Raised) -> String {
    let texts = text.troubles();
    match raised {
        Raised::Index { .. } => texts.raised_index,
        Raised::Key { .. } => texts.raised_key,
        Raised::Attribute { of, .. } => return fill(texts.raised_attribute, &[("of", of)]),
        Raised::NotIterable { .. } => texts.raised_iterable,
        Raised::NoLength { .. } => texts.raised_length,
        Raised::NotSubscriptable { .. } => texts.raised_subscript,
        Raised::IndexKind { .. } => texts.raised_index_kind,
        Raised::NotCallable { .. } => texts.raised_callable,
        Raised::Concat { .. } => texts.raised_concat,
        Raised::Operands { .. } => texts.raised_operands,
        Raised::Unpack { wanted, found } => {
            return fill(texts.raised_unpack, &[("wanted", wanted), ("found", found)]);
        }
        Raised::Empty { .. } => texts.raised_empty,
    }
    .to_owned()
}
