//! What the console says of each of its commands: what it does, and an example. How it is used follows from the table of
//! commands.

use super::Language;
use super::narrate::EN_METHODS;
use console::builtins::Builtin;
use console::codegen::Base;
use console::methods::{self, Method, Owner, Param, Takes};
use console::rest::endpoints::{self, ENDPOINTS, Field, ROOT};
use console::topic::Topic;

/// What is said of a command.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    pub name: &'static str,
    /// What it does.
    pub summary: &'static str,
    pub example: &'static str,
}

const fn entry(name: &'static str, summary: &'static str, example: &'static str) -> Entry {
    Entry {
        name,
        summary,
        example,
    }
}

texts!(
    /// Help of the console.
    HelpText, EN_HELP {
        intro = "Type a line of Python, a command, a curl call, or one of the console's own words.",
        own = "The console's own words",
        shell = "This page's own command (not in MLflow)",
        client = "Python: the methods of MlflowClient",
        functions = "Python: functions of mlflow, and this page's own",
        rest(root) = "REST: curl with these paths of {root}",
        fields(fields) = "Fields: {fields}",
        more_fields(fields) = "Optional fields: {fields}",
        paths = "help PATH says more about one of the paths.",
        more = "help COMMAND says more about one of them.",
        usage(usage) = "Usage: {usage}",
        example(example) = "Example: {example}",
        deprecated = "MLflow warns since 2.9.0 that this is deprecated: aliases and tags take the place of stages.",
        lesson = "This page's own: MLflow has no such function.",
    }
);

static EN_ENTRIES: [Entry; 31] = [
    entry(
        "help",
        "Says what the console understands, or says more about one command.",
        "help transition_model_version_stage",
    ),
    entry("undo", "Undoes your last step.", "undo"),
    entry("redo", "Does the step again that was undone last.", "redo"),
    entry(
        "history",
        "Shows the steps that were done, oldest first.",
        "history",
    ),
    entry(
        "restore",
        "Puts the registry back to how it was after a step. This is a step too: nothing is lost.",
        "restore 12",
    ),
    entry(
        "show",
        "Shows all models, or one model with its versions.",
        "show fraud-detector",
    ),
    entry(
        "rules",
        "Shows which rules hold, or changes them.",
        "rules mlflow",
    ),
    entry(
        "reset",
        "Brings the sample back; with `empty`, deletes everything. Undo brings back what you had.",
        "reset",
    ),
    entry(
        "clear",
        "Clears the console. The registry stays as it is.",
        "clear",
    ),
    entry(
        "transition-version",
        "Moves a version to another stage. This page's own command: MLflow has none.",
        "mlflow models transition-version --model-name fraud-detector --version 5 --stage staging",
    ),
    entry(
        "curl",
        "Sends a request to the REST server: parameters of a reading path go into the address, those of a changing path into the body.",
        "curl 'http://localhost:5000/api/2.0/mlflow/model-versions/get?name=fraud-detector&version=3'",
    ),
    entry(
        "get_registered_model",
        "Gives back a model.",
        "client.get_registered_model(\"prices\").latest_versions",
    ),
    entry(
        "get_model_version",
        "Gives back a version.",
        "client.get_model_version(\"prices\", 3).current_stage",
    ),
    entry(
        "get_model_version_by_alias",
        "Gives back the version that an alias points to.",
        "client.get_model_version_by_alias(\"prices\", \"champion\").version",
    ),
    entry(
        "get_latest_versions",
        "Gives back the version with the highest number in each stage, or in the stages that you name.",
        "client.get_latest_versions(\"prices\", stages=[\"Production\"])",
    ),
    entry(
        "search_registered_models",
        "Gives back the models that match a filter.",
        "client.search_registered_models(\"name LIKE 'fraud%'\")",
    ),
    entry(
        "search_model_versions",
        "Gives back the versions that match a filter, the last changed first.",
        "client.search_model_versions(\"name='prices' and tags.validation_status='passed'\")",
    ),
    entry(
        "get_model_version_stages",
        "Gives back the names of the four stages.",
        "client.get_model_version_stages(\"prices\", 3)",
    ),
    entry(
        "get_model_version_download_uri",
        "Gives back where the files of a version are.",
        "client.get_model_version_download_uri(\"prices\", 3)",
    ),
    entry(
        "create_run",
        "Makes a run that metrics can be logged to. Versions that are created from it have them.",
        "run = client.create_run(experiment_id=\"0\")",
    ),
    entry(
        "get_run",
        "Gives back a run with its metrics.",
        "client.get_run(client.get_model_version(\"prices\", 3).run_id).data.metrics",
    ),
    entry(
        "log_metric",
        "Logs a metric to a run, and so to the versions that come from it.",
        "client.log_metric(client.get_model_version(\"fraud-detector\", 3).run_id, \"recall\", 0.91)",
    ),
    entry(
        "log_param",
        "Accepted and forgotten: the simulator keeps no parameters of runs.",
        "client.log_param(run.info.run_id, \"depth\", 4)",
    ),
    entry(
        "set_terminated",
        "Accepted and forgotten: the simulator's runs do not end.",
        "client.set_terminated(run.info.run_id)",
    ),
    entry(
        "register_model",
        "Adds a version to a model, and registers the model first where there is none.",
        "mlflow.register_model(\"models:/prices/3\", \"shop-prices\")",
    ),
    entry(
        "start_run",
        "Starts a run. In a with block, it ends with the block.",
        "with mlflow.start_run() as run: mlflow.log_metric(\"recall\", 0.91)",
    ),
    entry("end_run", "Ends the active run.", "mlflow.end_run()"),
    entry(
        "active_run",
        "Gives back the active run, or None.",
        "mlflow.active_run()",
    ),
    entry(
        "log_metrics",
        "Logs several metrics to the active run.",
        "mlflow.log_metrics({\"recall\": 0.91, \"precision\": 0.7})",
    ),
    entry(
        "load_model",
        "Loads the version, stage or alias that an address names. This page's own form takes a file, too.",
        "model = mlflow.pyfunc.load_model(\"models:/prices@champion\")",
    ),
    entry(
        "get_model",
        "Loads the version of the model on this page that is in a stage.",
        "model = get_model(stage='production')",
    ),
];

/// Returns everything that there is help for.
pub fn entries(text: Language) -> Vec<Entry> {
    let (methods, others) = match text {
        Language::English => (EN_METHODS, &EN_ENTRIES),
    };
    let methods = methods
        .iter()
        .map(|(name, summary, example)| entry(name, summary, example));
    methods.chain(others.iter().copied()).collect()
}

/// Returns what is said of a command.
pub fn entry_of(text: Language, name: &str) -> Option<Entry> {
    entries(text).into_iter().find(|entry| entry.name == name)
}

/// Returns how a method is called, with its parameters. Those that may be left out stand in square brackets.
pub fn usage(method: &Method) -> String {
    let shown = |param: &&Param| !matches!(param.takes, Takes::Ignored | Takes::Empty);
    let params = method.params.iter().filter(shown).map(|param| {
        if param.takes.is_optional() && param.takes != Takes::TagVersion {
            format!("[{}]", param.name)
        } else {
            param.name.to_owned()
        }
    });
    let params: Vec<String> = params.collect();
    format!(
        "{}{}({})",
        method.owner.prefix(),
        method.name,
        params.join(", ")
    )
}

/// How the lesson's command line is written.
pub const SHELL_USAGE: &str = "mlflow models transition-version --model-name NAME --version NUMBER --stage STAGE \
                               [--archive-existing-versions]";

/// How a request is written.
pub const CURL_USAGE: &str = "curl [-X VERB] ADDRESS [-H 'Content-Type: application/json' -d JSON]";

/// Help for one thing, in lines.
pub fn help(text: Language, topic: Topic) -> Vec<String> {
    let texts = text.help();
    let (name, usages) = match topic {
        Topic::Path(path) => return of_path(text, path),
        Topic::Curl => ("curl", vec![CURL_USAGE.to_owned()]),
        Topic::Builtin(word) => (word.as_str(), vec![word_usage(word)]),
        Topic::Shell => ("transition-version", vec![SHELL_USAGE.to_owned()]),
        Topic::Method(name) => {
            let methods = methods::all().filter(|method| method.name == name);
            (name, methods.map(usage).collect())
        }
    };
    let mut lines = Vec::new();
    if let Some(entry) = entry_of(text, name) {
        lines.push(entry.summary.to_owned());
        for usage in &usages {
            lines.push(texts.usage(usage));
        }
        lines.push(texts.example(&entry.example));
    }
    let about = methods::all().find(|method| topic == Topic::Method(method.name));
    if about.is_some_and(|method| method.is_deprecated) {
        lines.push(texts.deprecated.to_owned());
    }
    if about.is_some_and(|method| method.owner == Owner::Lesson && method.name != "load_model") {
        lines.push(texts.lesson.to_owned());
    }
    if topic == Topic::Curl {
        lines.push(String::new());
        lines.extend(paths(text));
        lines.push(texts.paths.to_owned());
    }
    lines
}

/// Help for a path: for each method of the client that it stands for.
fn of_path(text: Language, path: &str) -> Vec<String> {
    let texts = text.help();
    let base = Base::default();
    let mut lines = Vec::new();
    for endpoint in endpoints::of_path(path) {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        let summary = entry_of(text, endpoint.method).map(|entry| entry.summary.to_owned());
        lines.extend(summary);
        let verbs: Vec<&str> = endpoint.verbs.iter().map(|verb| verb.as_str()).collect();
        let usage = format!("{} {ROOT}{path}", verbs.join(", "));
        lines.push(texts.usage(&usage));
        let fields = |is_required: bool| {
            let fields = endpoint.fields.iter();
            let fields = fields.filter(|field| field.is_required == is_required);
            let names: Vec<&str> = fields.map(|field: &Field| field.name).collect();
            names.join(", ")
        };
        let needed = fields(true);
        if !needed.is_empty() {
            lines.push(texts.fields(&needed));
        }
        let others = fields(false);
        if !others.is_empty() {
            lines.push(texts.more_fields(&others));
        }
        let example = endpoint.example(base.as_str());
        lines.push(texts.example(&example));
        let method = methods::all().find(|method| method.name == endpoint.method);
        if method.is_some_and(|method| method.is_deprecated) {
            lines.push(texts.deprecated.to_owned());
        }
    }
    lines
}

/// Returns the paths of the server with what they do, in lines.
fn paths(text: Language) -> Vec<String> {
    let root = text.help().rest(&ROOT);
    let line = |endpoint: &endpoints::Endpoint| {
        let verb = endpoint.verbs.first().map_or("", |verb| verb.as_str());
        let summary = entry_of(text, endpoint.method).map_or("", |entry| entry.summary);
        format!("  {verb:<7}{:<40}{summary}", endpoint.path)
    };
    std::iter::once(root)
        .chain(ENDPOINTS.iter().map(line))
        .collect()
}

fn word_usage(word: Builtin) -> String {
    format!("{} {}", word.as_str(), word.usage())
        .trim_end()
        .to_owned()
}

/// Returns what the console understands, in lines: heads, and below them the commands with what they do.
pub fn overview(text: Language) -> Vec<String> {
    let texts = text.help();
    let mut lines = vec![texts.intro.to_owned(), String::new(), texts.own.to_owned()];
    let line = |name: String, entry: &str| {
        let summary = entry_of(text, entry).map_or("", |entry| entry.summary);
        format!("  {name:<36}{summary}")
    };
    lines.extend(Builtin::ALL.map(|word| line(word_usage(word), word.as_str())));
    lines.extend([String::new(), texts.shell.to_owned()]);
    lines.push(line(
        "mlflow models transition-version".to_owned(),
        "transition-version",
    ));
    let mut seen = Vec::new();
    for (head, of_client) in [(texts.client, true), (texts.functions, false)] {
        lines.extend([String::new(), head.to_owned()]);
        for method in methods::all().filter(|method| (method.owner == Owner::Client) == of_client) {
            if !seen.contains(&(method.owner, method.name)) {
                seen.push((method.owner, method.name));
                let name = format!(
                    "{}{}",
                    if of_client { "" } else { method.owner.prefix() },
                    method.name
                );
                lines.push(line(name, method.name));
            }
        }
    }
    lines.push(String::new());
    lines.extend(paths(text));
    lines.extend([String::new(), texts.more.to_owned()]);
    lines
}
