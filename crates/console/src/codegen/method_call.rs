//! A command as the method that it is, with its arguments: what the printers have in common.

use registry::parameter::changing;
use registry::{Command, FreeText, ModelName, Tags, command};

/// A value of an argument.
#[derive(Clone, PartialEq, Debug)]
pub enum ArgumentValue {
    /// A text; versions and stages are texts too.
    Text(String),
    /// `True`
    Flag,
    Tags(Tags),
    /// The run that was made just before.
    Run,
}

impl From<command::Argument> for ArgumentValue {
    fn from(argument: command::Argument) -> Self {
        match argument {
            command::Argument::Text(text) => Self::Text(text),
            command::Argument::Flag => Self::Flag,
            command::Argument::Tags(tags) => Self::Tags(tags),
        }
    }
}

/// A method of the client with its arguments, under their names and in MLflow's order.
#[derive(Clone, PartialEq, Debug)]
pub struct MethodCall {
    pub method: &'static str,
    pub arguments: Vec<(&'static str, ArgumentValue)>,
}

impl MethodCall {
    /// A method that is told about a model.
    pub fn new(method: &'static str, name: &ModelName) -> Self {
        Self {
            method,
            arguments: Vec::new(),
        }
        .text("name", name.as_str())
    }

    /// With a text.
    #[must_use]
    pub fn text(self, name: &'static str, text: &str) -> Self {
        self.with(name, ArgumentValue::Text(text.to_owned()))
    }

    /// With any argument.
    #[must_use]
    pub fn with(mut self, name: &'static str, argument: ArgumentValue) -> Self {
        self.arguments.push((name, argument));
        self
    }

    /// With a text, unless it is empty.
    #[must_use]
    pub fn text_if(self, name: &'static str, text: &FreeText) -> Self {
        if text.is_empty() {
            return self;
        }
        self.text(name, text.as_str())
    }

    /// With tags, if there are any.
    #[must_use]
    pub fn tags(self, tags: &Tags) -> Self {
        if tags.is_empty() {
            return self;
        }
        self.with("tags", ArgumentValue::Tags(tags.clone()))
    }
}

/// Returns the method that a command is; `None` for the commands that are more than one call.
pub fn of(command: &Command) -> Option<MethodCall> {
    if let Command::CreateModelVersion { .. } | Command::CopyModelVersion { .. } = command {
        return None;
    }
    let method = changing(command.method())?;
    let given = command.arguments();
    // In MLflow's order.
    let arguments = method.params.iter().filter_map(|param| {
        let (_, argument) = given.iter().find(|(name, _)| *name == param.name)?;
        Some((param.name, argument.clone().into()))
    });
    Some(MethodCall {
        method: method.name,
        arguments: arguments.collect(),
    })
}

/// `create_model_version`, from the run that was made just before where `has_run` says so.
pub fn create(
    name: &ModelName,
    source: &FreeText,
    has_run: bool,
    tags: &Tags,
    description: &FreeText,
) -> MethodCall {
    let call = MethodCall::new("create_model_version", name).text("source", source.as_str());
    let call = if has_run {
        call.with("run_id", ArgumentValue::Run)
    } else {
        call
    };
    call.tags(tags).text_if("description", description)
}
