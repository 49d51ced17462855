//! What the console answers, in lines that can be printed.
//!
//! What MLflow, Python and the real command line say stands as they say it; around it stands what it means.

use super::narrate::narrate;
use super::{Language, help};
use console::reply::Loaded;
use console::{Dialect, Output, Reply};
use registry::{RuleSet, named_enum};

mod mark;
mod others;
mod stop;
mod table;

pub use mark::{Marked, mark};
pub use others::deprecation;

texts!(
    /// What the console says around the answers of others.
    ConsoleText, EN_CONSOLE {
        place(line, column) = "line {line}, column {column}",
        cut(limit) = "The output is cut here: it is longer than {limit} characters.",
        lesson_form = "This command is this page's own. MLflow has no such command; under MLflow's rules it is refused.",
        loaded(version, name, source) = "Loads version {version} of {name}: {source}",
        loaded_nothing(asked) = "Loads {asked}. The registry has no version that was made from it.",
        passed(line) = "Skipped: {line}",
        undone(what) = "Undone: {what}",
        redone(what) = "Redone: {what}",
        rules_guided = "Rules: this team's, stricter than MLflow.",
        rules_mlflow = "Rules: plain MLflow. Any stage may follow any other.",
        rules_now_guided = "Rules now: this team's, stricter than MLflow.",
        rules_now_mlflow = "Rules now: plain MLflow. Any stage may follow any other.",
        code(code) = "MLflow's code for it is {code}.",
        exit(code) = "exit code {code}",
        team(rule) = "Refused by a rule of this team: {rule}. Plain MLflow would allow this.",
        refused(rule) = "Refused: {rule}.",
        instead(what) = "What you can do instead: {what}",
        ways = "MLflow has these ways to do it:",
        ways_open(names) = "MLflow has these ways to do it; {names} stand for what is missing in the command:",
        ways_open_one(names) = "MLflow has these ways to do it; {names} stands for what is missing in the command:",
        form_python = "Python",
        form_rest = "shell and REST",
        form_shell = "command line",
        form_own = "console",
        no_models = "There are no models.",
        no_versions(name) = "{name} has no versions.",
        no_steps = "Nothing has been done yet.",
        older_versions(count) = "{count} older versions are not shown.",
        older_steps(count) = "{count} older steps are not shown.",
        taken_back = "undone",
        col_model = "model",
        col_versions = "versions",
        col_live = "in Production",
        col_newest = "newest",
        col_version = "version",
        col_stage = "stage",
        col_aliases = "aliases",
        col_metrics = "metrics",
        col_tags = "tags",
        col_source = "source",
        col_step = "step",
        col_what = "what",
        tags(tags) = "Tags: {tags}",
        help_usage = "Usage",
        help_options = "Options",
        help_commands = "Commands",
        help_lesson = "this page's own; MLflow has no such command",
        too_many_steps(most) = "One script may change {most} things here, and this one has reached that number.",
        ;
        ran = "{count} statement ran." | "{count} statements ran.",
        ran_some = "{count} statement ran, then it stopped." | "{count} statements ran, then it stopped.",
        done = "{count} statement ran before this one." | "{count} statements ran before this one.",
        left = "{count} statement after it did not run." | "{count} statements after it did not run.",
    }
);

/// A piece of the answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Printed {
    pub kind: PrintedKind,
    /// The text, without a line end behind it; it may have several lines.
    pub text: String,
}

named_enum! {
    /// What a piece of the answer is.
    pub enum PrintedKind {
        /// What a program prints.
        Output = "output",
        /// The value of an expression, as Python's prompt shows it.
        Value = "value",
        /// What the console says.
        Note = "note",
        /// A warning of MLflow's.
        Warning = "warning",
        /// An error, in the words of whoever raises it.
        Error = "error",
        /// The line with the place of an error, and the underline below it.
        Mark = "mark",
        /// Code that can be run.
        Code = "code",
        /// A table.
        Table = "table",
        /// Help.
        Help = "help",
    }
}

/// The pages that a reply is put together on.
struct Pages<'a> {
    text: Language,
    rules: RuleSet,
    source: &'a str,
    printed: Vec<Printed>,
}

/// Returns a reply in pieces that can be printed. `source` is the text that was entered, `rules` are those in force.
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
            Output::Passed(line) => self.note(texts.passed(line)),
            Output::RealCommand(command) => {
                self.note(super::diagnostic::real_command(self.text, command))
            }
            Output::Deprecated(method) => {
                self.push(PrintedKind::Warning, others::deprecation(method))
            }
            Output::Cut(most) => self.note(texts.cut(&super::grouped(*most))),
            Output::LessonForm => self.note(texts.lesson_form),
            Output::Did(entry) => self.note(narrate(self.text, entry)),
            Output::Undone(entry) => {
                let what = narrate(self.text, entry);
                self.note(texts.undone(&what));
            }
            Output::Redone(entry) => {
                let what = narrate(self.text, entry);
                self.note(texts.redone(&what));
            }
            // What was refused is said by the refusal.
            Output::Loaded(Loaded { refused: true, .. }) => {}
            // What stood there before is gone.
            Output::Clear => self.printed.clear(),
            Output::Loaded(loaded) => self.note(loaded_words(self.text, loaded)),
            Output::Usage(group) => {
                let usage = others::group_help(self.text, *group, self.rules);
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
}

/// The most letters of an answer that a screen reader is told.
const SPOKEN: usize = 160;

/// Returns a line that is no longer than [`SPOKEN`]: what is too much goes after a word, and that is seen.
fn shortened(line: &str) -> String {
    if line.chars().count() <= SPOKEN {
        return line.to_owned();
    }
    let kept: String = line.chars().take(SPOKEN).collect();
    let words = kept
        .rsplit_once(' ')
        .map_or(kept.as_str(), |(words, _)| words);
    format!("{words}…")
}

/// Returns how many statements of a text ran: those that were passed over did not.
fn ran(reply: &Reply) -> usize {
    let is_passed = |output: &&Output| matches!(output, Output::Passed(_));
    let passed = reply.outputs.iter().filter(is_passed).count();
    reply.done.saturating_sub(passed)
}

/// Returns what a screen reader is told of a reply: how many statements ran, and what is wrong or came of it, where that is one short
/// line. The whole answer is there to be read.
pub fn spoken(text: Language, reply: &Reply, printed: &[Printed]) -> String {
    let texts = text.console();
    let wrong = printed
        .iter()
        .find(|piece| piece.kind == PrintedKind::Error);
    let (ran, what) = match (&reply.stop, wrong) {
        (None, _) => (texts.ran(ran(reply)), printed.last()),
        // What stopped at once needs no number.
        (Some(_), wrong) if reply.done == 0 => (String::new(), wrong),
        (Some(_), wrong) => (texts.ran_some(ran(reply)), wrong),
    };
    let is_short = |text: &&str| {
        text.contains(char::is_alphanumeric)
            && !text.contains('\n')
            && text.chars().count() <= SPOKEN
    };
    let what = what.map(|piece| piece.text.as_str()).filter(is_short);
    let what = what.map(str::to_owned);
    let what = what.or_else(|| {
        let mut lines = wrong?.text.lines();
        // A traceback says at its end what it is about.
        let is_traceback = wrong?.text.starts_with("Traceback");
        let line = if is_traceback {
            lines.last()
        } else {
            lines.next()
        };
        line.map(shortened)
    });
    format!("{ran} {}", what.unwrap_or_default())
        .trim()
        .to_owned()
}

/// Returns the forms that a text was read as, in words; empty where there are none.
pub fn dialect_words(text: Language, dialects: &[Dialect]) -> String {
    let texts = text.console();
    let words: Vec<&str> = dialects
        .iter()
        .map(|dialect| match dialect {
            Dialect::Python => texts.form_python,
            Dialect::Rest => texts.form_rest,
            Dialect::Shell => texts.form_shell,
            Dialect::Builtin => texts.form_own,
        })
        .collect();
    words.join(", ")
}

/// Returns what an app has loaded, in words.
pub fn loaded_words(text: Language, loaded: &Loaded) -> String {
    let texts = text.console();
    match &loaded.found {
        Some((name, version)) => texts.loaded(version, name, &loaded.source),
        None => texts.loaded_nothing(&loaded.asked),
    }
}
