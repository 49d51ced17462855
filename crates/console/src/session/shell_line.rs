//! A command line, carried out.

use super::super::codegen::method_call::{ArgumentValue, MethodCall};
use super::super::codegen::{Base, curl, python as python_code};
use super::super::execute::{self, ReturnValue};
use super::super::python::Halt;
use super::super::refused_argument;
use super::super::registry_host::RegistryHost;
use super::super::reply::{Loaded, Output, Reply, Ways};
use super::super::shell::{self, ShellCommand};
use super::super::shell_words::ShellWord;
use super::super::span::Span;
use registry::call::{ApiLayer, Question, RawCall};
use registry::id::WrittenVersion;
use registry::{ModelName, Stage};

/// Carries a command line out.
///
/// # Errors
/// What is wrong with it, or who refused.
pub(super) fn shell_line(
    host: &mut dyn RegistryHost,
    words: &[ShellWord],
    at: Span,
    reply: &mut Reply,
) -> Result<(), Halt> {
    let outputs = &mut reply.outputs;
    match shell::read(words, at, host.rules()) {
        Ok(ShellCommand::Help(group)) => outputs.push(Output::Usage(group)),
        Ok(ShellCommand::Loads { command, uri, at }) => {
            let question = RawCall::Ask(Question::ResolveUri { uri: uri.clone() });
            let found = execute::call(host, &question, ApiLayer::Client, outputs);
            let found = found.map_err(|refusal| Halt::refused(Some(at), refusal))?;
            if let ReturnValue::Resolved(found) = found {
                outputs.push(Output::Loaded(Loaded {
                    asked: uri,
                    source: found.source.to_string(),
                    found: Some((found.name, found.version)),
                    refused: false,
                }));
            }
            outputs.push(Output::RealCommand(command));
        }
        Ok(ShellCommand::Version) => outputs.push(Output::Told(shell::PROGRAM.to_owned())),
        Ok(ShellCommand::Call(call)) => {
            if !outputs.contains(&Output::LessonForm) {
                outputs.push(Output::LessonForm);
            }
            execute::call(host, &call, ApiLayer::Client, outputs).map_err(|refusal| {
                let mut names = refused_argument::parameters(&refusal.kind).iter();
                Halt::refused(names.find_map(|name| shell::value_of(words, name)), refusal)
            })?;
        }
        Err(wrong) => {
            reply.ways = wrong.meant.as_deref().map(ways).map(Box::new);
            return Err(wrong.problem.into());
        }
    }
    Ok(())
}

/// The real ways of what a command line meant. Where a value was not given, or is none, its name stands there.
fn ways(meant: &shell::TransitionOptions) -> Ways {
    let mut open = Vec::new();
    let mut or_open = |value: Option<String>, name: &'static str| {
        value.unwrap_or_else(|| {
            open.push(name);
            name.to_owned()
        })
    };
    let [name, version, stage] = [&meant.name, &meant.version, &meant.stage].map(Option::as_deref);
    let name = name.filter(|name| ModelName::parse(name).is_ok());
    let version = version.and_then(|version| WrittenVersion::parse(version).ok()?.number());
    let stage = stage.and_then(|stage| Stage::parse(stage).ok());
    let mut said = MethodCall {
        method: "transition_model_version_stage",
        arguments: Vec::new(),
    }
    .text("name", &or_open(name.map(str::to_owned), shell::NAME_VALUE))
    .text(
        "version",
        &or_open(
            version.map(|number| number.to_string()),
            shell::VERSION_VALUE,
        ),
    )
    .text(
        "stage",
        &or_open(stage.map(|stage| stage.to_string()), shell::STAGE_VALUE),
    );
    if meant.archive {
        said = said.with("archive_existing_versions", ArgumentValue::Flag);
    }
    let mut ways = Ways {
        python: String::new(),
        curl: String::new(),
        open,
    };
    python_code::client(&mut ways.python, &said);
    let base = Base::default();
    curl::request(&mut ways.curl, &said, curl::Place::Here(&base));
    ways
}
