//! What the console answers, in lines that can be printed.
//!
//! What MLflow, Python and the real command line say stands as they say it; around it stands what it means.
#![allow(missing_docs, reason = "the English value says what a field is")]

use super::explain::explain;
use super::narrate::narrate;
use super::{Language, Plural, fill, help, trouble};
use crate::console::print::{self, Era};
use crate::console::reply::{Group, Loaded, ModelLine, ModelSheet, Steps, VersionLine};
use crate::console::trouble::{Expected, Form, Owner, Span, Trouble, TroubleKind};
use crate::console::{Output, Reply, Stop, shell};
use crate::registry::{Refusal, RefusalKind, Registry, RuleSet, VersionNumber};

texts!(
    /// What the console says around the answers of others.
    ConsoleText, EN_CONSOLE {
        place = "line {line}, column {column}",
        lesson_form = "This command line is the lesson's form. MLflow has no such command; under MLflow's rules it is refused.",
        loaded = "Loads version {version} of {name}: {source}",
        loaded_nothing = "Loads {asked}. The registry knows no version that was made from it.",
        undone = "Took back: {what}",
        redone = "Done again: {what}",
        rules_guided = "The guided rules hold: the team's on top of MLflow's.",
        rules_mlflow = "MLflow's own rules hold: any stage may follow any other.",
        rules_now_guided = "The guided rules hold now: the team's on top of MLflow's.",
        rules_now_mlflow = "MLflow's own rules hold now: any stage may follow any other.",
        code = "MLflow's code for it is {code}.",
        exit = "exit code {code}",
        team = "Refused by a rule of the team: {rule}. MLflow itself would allow it.",
        refused = "Refused: {rule}.",
        instead = "What you can do instead: {what}",
        ways = "MLflow has these ways to do it:",
        no_models = "There is no model.",
        no_versions = "{name} has no versions.",
        no_steps = "Nothing was done yet.",
        older_versions = "{count} older versions are not shown.",
        older_steps = "{count} older steps are not shown.",
        taken_back = "taken back",
        col_model = "model",
        col_versions = "versions",
        col_live = "live",
        col_newest = "newest",
        col_version = "version",
        col_stage = "stage",
        col_aliases = "aliases",
        col_metrics = "metrics",
        col_tags = "tags",
        col_source = "source",
        col_step = "step",
        col_what = "what",
        tags = "Tags: {tags}",
        help_usage = "Usage",
        help_options = "Options",
        help_commands = "Commands",
        help_lesson = "the lesson's; MLflow has no such command",
        ;
        done = "{count} statement was carried out before." | "{count} statements were carried out before.",
        left = "{count} statement after it was not carried out." | "{count} statements after it were not carried out.",
    }
);

/// A piece of the answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Printed {
    /// What it is.
    pub kind: PrintedKind,
    /// The text, without a line end behind it; it may have several lines.
    pub text: String,
}

/// What a piece of the answer is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PrintedKind {
    /// What a program prints.
    Output,
    /// The value of an expression, as Python's prompt shows it.
    Value,
    /// What the console says.
    Note,
    /// A warning of MLflow's.
    Warning,
    /// An error, in the words of whoever raises it.
    Error,
    /// The line with the place of an error, and the underline below it.
    Mark,
    /// Code that can be run.
    Code,
    /// A table.
    Table,
    /// Help.
    Help,
}

impl PrintedKind {
    /// The kind's name, for a class or a script.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Output => "output",
            Self::Value => "value",
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
            Self::Mark => "mark",
            Self::Code => "code",
            Self::Table => "table",
            Self::Help => "help",
        }
    }
}

/// The place of something in a text, for whoever underlines it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Marked {
    /// The number of its line, counted from 1.
    pub line: usize,
    /// The number of its first character in the line, counted from 1.
    pub column: usize,
    /// The line.
    pub source: String,
    /// How many characters of the line stand before it.
    pub before: usize,
    /// How many characters of it are in the line; at least 1.
    pub width: usize,
}

impl Marked {
    /// The line, and below it the underline.
    #[must_use]
    pub fn underlined(&self) -> String {
        format!(
            "  {}\n  {}{}",
            self.source,
            " ".repeat(self.before),
            "^".repeat(self.width)
        )
    }
}

/// The exit code of a command line that is used wrongly.
const USAGE_ERROR: u8 = 2;
/// The exit code of a shell that finds no such program.
const COMMAND_NOT_FOUND: u8 = 127;

/// The greatest part of a line that is shown, in characters.
const MAX_SHOWN: usize = 100;

/// Finds the line of a place. Of a long line the part around the place is shown.
#[must_use]
pub fn mark(source: &str, at: Span) -> Marked {
    let before = source.get(..at.start).unwrap_or(source);
    let is_end = |c: char| matches!(c, '\n' | '\r');
    let start = before.rfind(is_end).map_or(0, |at| at + 1);
    // A line ends with \n, with \r\n or with \r.
    let line = before
        .matches('\n')
        .count()
        .max(before.matches('\r').count())
        + 1;
    let rest = source.get(start..).unwrap_or_default();
    let text = rest.split(is_end).next().unwrap_or_default();
    let column = before.get(start..).unwrap_or_default().chars().count();
    let marked = at.of(source).split(is_end).next().unwrap_or_default();
    let width = marked.chars().count();
    let from = if column > MAX_SHOWN * 3 / 4 {
        column - MAX_SHOWN / 2
    } else {
        0
    };
    let shown = text.chars().skip(from).take(MAX_SHOWN);
    // A tab would move the line, but not the underline.
    let shown: String = shown.map(|c| if c == '\t' { ' ' } else { c }).collect();
    Marked {
        line,
        column: column + 1,
        source: shown,
        before: column - from,
        width: width.clamp(1, (MAX_SHOWN + from).saturating_sub(column).max(1)),
    }
}

/// The pages that a reply is put together on.
struct Pages<'a> {
    text: Language,
    rules: RuleSet,
    source: &'a str,
    printed: Vec<Printed>,
}

/// A reply in pieces that can be printed. `source` is the text that was entered, `rules` are those in force.
#[must_use]
pub fn printed(text: Language, rules: RuleSet, source: &str, reply: &Reply) -> Vec<Printed> {
    let mut pages = Pages {
        text,
        rules,
        source,
        printed: Vec::new(),
    };
    for output in &reply.outputs {
        pages.output(output);
    }
    if let Some(stop) = &reply.stop {
        pages.stop(stop, reply);
    }
    pages.printed
}

/// The warning of a deprecated method, as MLflow has it.
#[must_use]
pub fn deprecation(method: &str) -> String {
    format!(
        "FutureWarning: ``mlflow.tracking.client.MlflowClient.{method}`` is deprecated since 2.9.0. Model registry stages \
         will be removed in a future major release. To learn more about the deprecation of model registry stages, see our \
         migration guide here: https://mlflow.org/docs/latest/model-registry.html#migrating-from-stages"
    )
}

impl Pages<'_> {
    fn push(&mut self, kind: PrintedKind, text: impl Into<String>) {
        self.printed.push(Printed {
            kind,
            text: text.into(),
        });
    }

    fn note(&mut self, text: impl Into<String>) {
        self.push(PrintedKind::Note, text);
    }

    fn output(&mut self, output: &Output) {
        let texts = self.text.console();
        match output {
            Output::Printed(text) => {
                self.push(PrintedKind::Output, text.strip_suffix('\n').unwrap_or(text));
            }
            Output::Value(text) => self.push(PrintedKind::Value, text.as_str()),
            Output::Told(text) => self.push(PrintedKind::Output, text.as_str()),
            Output::Json { status: 200, body } => self.push(PrintedKind::Output, body.as_str()),
            Output::Json { status, body } => {
                // What the server sends for people to read is left out.
                let said = format!("HTTP {status}\n{body}");
                self.push(PrintedKind::Output, said.trim_end());
            }
            Output::Deprecated(method) => self.push(PrintedKind::Warning, deprecation(method)),
            Output::LessonForm => self.note(texts.lesson_form),
            Output::Did(entry) => self.note(narrate(self.text, entry)),
            Output::Undone(entry) => {
                let what = narrate(self.text, entry);
                self.note(fill(texts.undone, &[("what", &what)]));
            }
            Output::Redone(entry) => {
                let what = narrate(self.text, entry);
                self.note(fill(texts.redone, &[("what", &what)]));
            }
            // What was refused is said by the refusal.
            Output::Loaded(Loaded { refused: true, .. }) | Output::Clear => {}
            Output::Loaded(loaded) => self.note(loaded_words(self.text, loaded)),
            Output::Usage(group) => {
                let usage = group_help(self.text, *group, self.rules);
                self.push(PrintedKind::Help, usage);
            }
            Output::Help(None) => {
                let lines = help::overview(self.text).join("\n");
                self.push(PrintedKind::Help, lines);
            }
            Output::Help(Some(topic)) => {
                let lines = help::help(self.text, *topic).join("\n");
                self.push(PrintedKind::Help, lines);
            }
            Output::Models(models) => self.models(models),
            Output::Model(sheet) => self.model(sheet),
            Output::History(steps) => self.history(steps),
            Output::Rules { rules, set } => self.note(match (rules, set) {
                (RuleSet::Guided, false) => texts.rules_guided,
                (RuleSet::Mlflow, false) => texts.rules_mlflow,
                (RuleSet::Guided, true) => texts.rules_now_guided,
                (RuleSet::Mlflow, true) => texts.rules_now_mlflow,
            }),
        }
    }

    fn stop(&mut self, stop: &Stop, reply: &Reply) {
        match stop {
            Stop::Trouble(trouble) => self.trouble(trouble),
            Stop::Refused { form, at, refusal } => self.refused(*form, *at, refusal),
        }
        let texts = self.text.console();
        if let Some(ways) = &reply.ways {
            self.note(texts.ways);
            self.push(PrintedKind::Code, ways.python.trim_end());
            self.push(PrintedKind::Code, ways.curl.trim_end());
        }
        // A text of one statement says by its answer what was done.
        if reply.statements > 1 {
            self.note(texts.done.of(reply.done));
            let left = reply.statements.saturating_sub(reply.done + 1);
            if left > 0 {
                self.note(texts.left.of(left));
            }
        }
    }

    /// Where it is wrong. A statement that is the whole text needs no mark.
    fn place(&mut self, at: Span) {
        if at.of(self.source).trim() == self.source.trim() && !self.source.trim().is_empty() {
            return;
        }
        let marked = mark(self.source, at);
        let place = fill(
            self.text.console().place,
            &[("line", &marked.line), ("column", &marked.column)],
        );
        self.push(
            PrintedKind::Mark,
            format!("{place}\n{}", marked.underlined()),
        );
    }

    fn trouble(&mut self, trouble: &Trouble) {
        let texts = self.text.console();
        let plain = trouble::trouble(self.text, &trouble.kind);
        if trouble.form == Form::Shell
            && let Some((said, code)) = self.real_program(&trouble.kind)
        {
            self.push(PrintedKind::Error, said);
            self.place(trouble.at);
            if code != USAGE_ERROR {
                self.note(plain);
            }
            self.note(fill(texts.exit, &[("code", &code)]));
            return;
        }
        match exception(trouble.form, &trouble.kind) {
            // Python has many words for it, none of which say what was expected.
            Some(said) if matches!(trouble.kind, TroubleKind::Syntax { .. }) => {
                self.push(PrintedKind::Error, format!("{said}: {plain}"));
                self.place(trouble.at);
            }
            Some(said) => {
                self.push(PrintedKind::Error, said);
                self.place(trouble.at);
                match trouble.kind {
                    TroubleKind::Mlflow { .. } if trouble.form == Form::Rest => {}
                    TroubleKind::Mlflow { code, .. } => {
                        self.note(fill(texts.code, &[("code", &code.as_str())]));
                    }
                    _ => self.note(plain),
                }
            }
            None => {
                self.push(PrintedKind::Error, plain);
                self.place(trouble.at);
            }
        }
    }

    /// What the real command line program says of a trouble, and its exit code.
    fn real_program(&self, kind: &TroubleKind) -> Option<(String, u8)> {
        let hint = |near: Option<&str>| {
            near.map_or(String::new(), |near| format!(" Did you mean '{near}'?"))
        };
        let (group, said) = match kind {
            TroubleKind::NoSuchCommand {
                group: Group::Shell,
                command,
                ..
            } => return Some((format!("{command}: command not found"), COMMAND_NOT_FOUND)),
            TroubleKind::NoSuchCommand {
                group,
                command,
                nearest,
            } => (
                *group,
                format!("No such command '{command}'.{}", hint(*nearest)),
            ),
            TroubleKind::NoSuchOption {
                group,
                option,
                nearest,
            } => (
                *group,
                format!("No such option '{option}'.{}", hint(*nearest)),
            ),
            TroubleKind::MissingCommand { group } => {
                return Some((group_help(self.text, *group, self.rules), USAGE_ERROR));
            }
            TroubleKind::MissingOption { option } => {
                (Group::Transition, format!("Missing option '{option}'."))
            }
            TroubleKind::ExtraWord { word } => (
                Group::Transition,
                format!("Got unexpected extra argument ({word})"),
            ),
            TroubleKind::MissingValue { option } => {
                return Some((
                    format!("Error: Option '{option}' requires an argument."),
                    USAGE_ERROR,
                ));
            }
            TroubleKind::UnexpectedValue { option } => {
                return Some((
                    format!("Error: Option '{option}' does not take a value."),
                    2,
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

    fn refused(&mut self, form: Form, at: Span, refusal: &Refusal) {
        let texts = self.text.console();
        let words = explain(self.text, refusal);
        let rule = words.rule.trim_end_matches('.');
        let is_mlflow = words.mlflow_says.is_some();
        let code = refusal.kind.code().as_str();
        if let Some(said) = &words.mlflow_says {
            // Python has an exception, the server its code.
            let named = match form {
                Form::Rest => code,
                _ => EXCEPTION,
            };
            self.push(PrintedKind::Error, format!("{named}: {said}"));
        } else {
            let template = match refusal.kind {
                RefusalKind::Team(_) => texts.team,
                _ => texts.refused,
            };
            self.push(PrintedKind::Error, fill(template, &[("rule", &rule)]));
        }
        if form != Form::Own {
            self.place(at);
        }
        if is_mlflow && form != Form::Rest {
            self.note(fill(texts.code, &[("code", &code)]));
        }
        let why = if is_mlflow {
            format!("{rule}. {}", words.why)
        } else {
            words.why
        };
        for words in [why, words.advice] {
            if !words.is_empty() {
                self.note(words);
            }
        }
        let empty = Registry::default();
        for (way, what) in refusal.ways_out.iter().zip(words.ways_out) {
            self.note(fill(texts.instead, &[("what", &what)]));
            let code: String = way
                .commands
                .iter()
                .map(|command| print::python(command, Era::Stages, &empty))
                .collect();
            self.push(PrintedKind::Code, code.trim_end());
        }
    }

    fn models(&mut self, models: &[ModelLine]) {
        let texts = self.text.console();
        if models.is_empty() {
            return self.note(texts.no_models);
        }
        let mut rows = vec![vec![
            texts.col_model.to_owned(),
            texts.col_versions.to_owned(),
            texts.col_live.to_owned(),
            texts.col_newest.to_owned(),
        ]];
        rows.extend(models.iter().map(|model| {
            vec![
                model.name.to_string(),
                model.versions.to_string(),
                numbers(&model.live),
                model.newest.map_or_else(dash, |number| number.to_string()),
            ]
        }));
        self.push(PrintedKind::Table, table(&rows));
    }

    fn model(&mut self, sheet: &ModelSheet) {
        let texts = self.text.console();
        self.note(sheet.name.as_str());
        if !sheet.description.is_empty() {
            self.note(sheet.description.as_str());
        }
        if !sheet.tags.is_empty() {
            let tags = pairs(&sheet.tags, "=");
            self.note(fill(texts.tags, &[("tags", &tags)]));
        }
        if sheet.versions.is_empty() {
            return self.note(fill(texts.no_versions, &[("name", &sheet.name)]));
        }
        let mut rows = vec![vec![
            texts.col_version.to_owned(),
            texts.col_stage.to_owned(),
            texts.col_aliases.to_owned(),
            texts.col_metrics.to_owned(),
            texts.col_tags.to_owned(),
            texts.col_source.to_owned(),
        ]];
        let row = |version: &VersionLine| {
            vec![
                version.number.to_string(),
                version.stage.to_string(),
                or_dash(version.aliases.join(", ")),
                or_dash(pairs(&version.metrics, " ")),
                or_dash(pairs(&version.tags, "=")),
                or_dash(version.source.clone()),
            ]
        };
        rows.extend(sheet.versions.iter().map(row));
        self.push(PrintedKind::Table, table(&rows));
        if sheet.left_out > 0 {
            self.note(fill(texts.older_versions, &[("count", &sheet.left_out)]));
        }
    }

    fn history(&mut self, steps: &Steps) {
        let texts = self.text.console();
        if steps.done.is_empty() && steps.undone.is_empty() {
            return self.note(texts.no_steps);
        }
        if steps.left_out > 0 {
            self.note(fill(texts.older_steps, &[("count", &steps.left_out)]));
        }
        let mut rows = vec![vec![texts.col_step.to_owned(), texts.col_what.to_owned()]];
        for entry in &steps.done {
            rows.push(vec![entry.step.to_string(), narrate(self.text, entry)]);
        }
        for entry in &steps.undone {
            let what = format!("({}) {}", texts.taken_back, narrate(self.text, entry));
            rows.push(vec![entry.step.to_string(), what]);
        }
        self.push(PrintedKind::Table, table(&rows));
    }
}

fn dash() -> String {
    "–".to_owned()
}

fn or_dash(text: String) -> String {
    if text.is_empty() { dash() } else { text }
}

fn numbers(numbers: &[VersionNumber]) -> String {
    let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    or_dash(numbers.join(", "))
}

fn pairs(pairs: &[(String, String)], between: &str) -> String {
    let pairs: Vec<String> = pairs
        .iter()
        .map(|(key, value)| format!("{key}{between}{value}"))
        .collect();
    pairs.join(", ")
}

/// Rows in columns. The last column is not filled up.
fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let lines: Vec<String> = rows
        .iter()
        .map(|row| {
            let mut line = String::new();
            for (cell, width) in row.iter().zip(&widths) {
                let missing = width.saturating_sub(cell.chars().count()) + 2;
                line.push_str(cell);
                line.push_str(&" ".repeat(missing));
            }
            line.trim_end().to_owned()
        })
        .collect();
    lines.join("\n")
}

/// What an app has loaded, in words.
#[must_use]
pub fn loaded_words(text: Language, loaded: &Loaded) -> String {
    let texts = text.console();
    match &loaded.found {
        Some((name, version)) => fill(
            texts.loaded,
            &[
                ("version", version),
                ("name", name),
                ("source", &loaded.source),
            ],
        ),
        None => fill(texts.loaded_nothing, &[("asked", &loaded.asked)]),
    }
}

/// MLflow's own exception.
const EXCEPTION: &str = "mlflow.exceptions.MlflowException";

/// What Python says of a trouble, where Python has words for it; the server says its code.
fn exception(form: Form, kind: &TroubleKind) -> Option<String> {
    if let TroubleKind::Mlflow { code, message } = kind {
        let named = match form {
            Form::Rest => code.as_str(),
            _ => EXCEPTION,
        };
        return Some(format!("{named}: {message}"));
    }
    if form != Form::Python {
        return None;
    }
    let hint = |near: Option<&str>| {
        near.map_or(String::new(), |near| format!(". Did you mean: '{near}'?"))
    };
    Some(match kind {
        TroubleKind::UnknownName { of, name, nearest } => {
            let hint = hint(nearest.as_deref());
            match of {
                Owner::Names => format!("NameError: name '{name}' is not defined{hint}"),
                Owner::Modules => format!("ModuleNotFoundError: No module named '{name}'"),
                Owner::Import => format!("ImportError: cannot import name '{name}'{hint}"),
                Owner::Module => format!("AttributeError: module has no attribute '{name}'{hint}"),
            }
        }
        TroubleKind::NoSuchMethod { method, nearest } => format!(
            "AttributeError: 'MlflowClient' object has no attribute '{method}'{}",
            hint(*nearest)
        ),
        TroubleKind::UnknownArgument {
            method, argument, ..
        } => {
            format!("TypeError: {method}() got an unexpected keyword argument '{argument}'")
        }
        TroubleKind::MissingArgument { method, argument } => {
            format!("TypeError: {method}() missing 1 required positional argument: '{argument}'")
        }
        TroubleKind::Syntax { expected } => {
            let name = match expected {
                Expected::Block | Expected::Indent => "IndentationError",
                _ => "SyntaxError",
            };
            name.to_owned()
        }
        TroubleKind::Raised(raised) => format!("{}: {raised}", raised.exception()),
        _ => return None,
    })
}

/// The name of a group of commands, and what follows it.
const fn names(group: Group) -> (&'static str, &'static str) {
    match group {
        Group::Shell | Group::Mlflow => ("mlflow", "[OPTIONS] COMMAND [ARGS]..."),
        Group::Models => ("mlflow models", "[OPTIONS] COMMAND [ARGS]..."),
        Group::Transition => ("mlflow models transition-version", "[OPTIONS]"),
    }
}

/// What `--help` prints of a group of commands.
fn group_help(text: Language, group: Group, rules: RuleSet) -> String {
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
