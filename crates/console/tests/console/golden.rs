//! Inputs and answers, in `tests/console/*.txt`. `UPDATE_GOLDEN=1 cargo test --package console --test console` writes
//! the answers anew; read the difference then.
//!
//! ```text
//! # a comment
//! @rules mlflow            which rules hold from here on
//! @empty, @sample          a new console, and a registry to begin with
//! > a line of the input
//! > the next line of the same input
//! >! "an input as a JSON text: for tabs, line ends and what an editor would not keep"
//! note    the answer, piece by piece
//! -- its forms, how many statements were carried out, and the code where it was stopped
//! ```

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use console::{Console, Reply, Sandbox, Stop};
use registry::RuleSet;
use text::Language;
use text::console::{Printed, printed};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/console")
}

fn files() -> Vec<PathBuf> {
    let files = std::fs::read_dir(folder()).unwrap();
    let mut files: Vec<PathBuf> = files
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    files.sort();
    files
}

/// An answer as it stands in the files.
fn answer(reply: &Reply, pieces: &[Printed]) -> String {
    let mut out = String::new();
    for piece in pieces {
        let mut kind = piece.kind.as_str();
        for line in piece.text.split('\n') {
            let line = format!("{kind:<8}{line}");
            // An empty line of an answer is written so that it is told from one between inputs.
            let line = match line.trim_end() {
                "" => "        .",
                line => line,
            };
            writeln!(out, "{line}").unwrap();
            kind = "";
        }
    }
    let mut dialects: Vec<&str> = reply
        .dialects
        .iter()
        .map(|dialect| dialect.as_str())
        .collect();
    if dialects.is_empty() {
        dialects.push("nothing");
    }
    write!(
        out,
        "-- {}, {} of {}",
        dialects.join("+"),
        reply.done,
        reply.statements
    )
    .unwrap();
    if let Some(stop) = &reply.stop {
        write!(out, ", {}", stop.code()).unwrap();
    }
    out.push('\n');
    out
}

/// What a file is made of.
struct Walk {
    console: Console,
    host: Sandbox,
    /// The file as it is to be.
    found: String,
    inputs: Vec<(String, Reply)>,
}

impl Walk {
    fn enter(&mut self, input: &str) {
        let reply = self.console.enter(&mut self.host, input);
        let pieces = printed(Language::English, self.host.rules, input, &reply);
        self.found.push_str(&answer(&reply, &pieces));
        self.inputs.push((input.to_owned(), reply));
    }
}

fn walk(text: &str) -> Walk {
    let mut walk = Walk {
        console: Console::default(),
        host: Sandbox::sample(RuleSet::Guided),
        found: String::new(),
        inputs: Vec::new(),
    };
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let is_written = line.starts_with(['#', '@', '>']) || line.is_empty();
        if !is_written {
            continue;
        }
        writeln!(walk.found, "{line}").unwrap();
        match line.strip_prefix('@') {
            Some("rules guided") => walk.host.rules = RuleSet::Guided,
            Some("rules mlflow") => walk.host.rules = RuleSet::Mlflow,
            Some(registry @ ("empty" | "sample")) => {
                walk.console = Console::default();
                walk.host = Sandbox::sample(walk.host.rules);
                if registry == "empty" {
                    walk.host.log = registry::Log::default();
                    walk.host.model = None;
                }
            }
            Some(other) => panic!("@{other}"),
            None => {}
        }
        if let Some(json) = line.strip_prefix(">! ") {
            let input: String = serde_json::from_str(json).unwrap();
            walk.enter(&input);
        } else if let Some(first) = line.strip_prefix('>') {
            let unquoted = |line: &str| line.strip_prefix(' ').unwrap_or(line).to_owned();
            let mut input = unquoted(first);
            while let Some(next) =
                lines.next_if(|next| next.starts_with('>') && !next.starts_with(">!"))
            {
                writeln!(walk.found, "{next}").unwrap();
                write!(input, "\n{}", unquoted(&next[1..])).unwrap();
            }
            walk.enter(&input);
        }
    }
    walk
}

#[test]
fn every_input_has_its_answer() {
    let mut wrong = Vec::new();
    for path in files() {
        let text = std::fs::read_to_string(&path).unwrap();
        let found = walk(&text).found;
        if found == text {
            continue;
        }
        if std::env::var_os("UPDATE_GOLDEN").is_some_and(|value| value == "1") {
            std::fs::write(&path, found).unwrap();
        } else {
            let first = found
                .lines()
                .zip(text.lines())
                .find(|(found, text)| found != text);
            wrong.push(format!("{}: {first:?}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Names and numbers of what went wrong, over all files.
#[test]
fn every_kind_of_trouble_is_met() {
    let mut inputs = 0;
    let mut stopped = 0;
    let mut met: BTreeSet<String> = BTreeSet::new();
    for path in files() {
        for (_, reply) in walk(&std::fs::read_to_string(&path).unwrap()).inputs {
            inputs += 1;
            stopped += usize::from(reply.stop.is_some());
            match reply.stop {
                Some(Stop::Diagnostic(diagnostic)) => {
                    met.insert(diagnostic.kind.id().to_owned());
                    let shown = format!("{:?}", diagnostic.kind);
                    for name in ["Syntax", "NotSupported", "NeedsPython"] {
                        if let Some(inside) = shown.strip_prefix(name) {
                            let words = inside.split(|c: char| !c.is_alphanumeric());
                            met.extend(words.map(|word| format!("{name}.{word}")));
                        }
                    }
                }
                Some(Stop::Refused { refusal, .. }) => {
                    met.insert(format!("refused.{}", refusal.kind.id()));
                }
                None => {}
            }
        }
    }
    assert!(inputs >= 150, "{inputs} inputs");
    assert!(stopped * 3 >= inputs, "{stopped} of {inputs} are wrong");
    let kinds = [
        "no_such_command",
        "missing_command",
        "no_such_option",
        "missing_option",
        "missing_value",
        "unexpected_value",
        "extra_word",
        "real_command",
        "pipe",
        "no_path",
        "substitution",
        "and",
        "block",
        "no_program",
        "answer",
        "dash",
        "line_end",
        "address",
        "not_simulated",
        "no_such_method",
        "unknown_argument",
        "needs_python",
        "repeated_argument",
        "syntax",
        "not_supported",
        "exception",
        "too_long",
        "too_much",
        "missing_word",
        "unknown_word",
        "mlflow",
    ];
    let named = |of: &str, names: &[&str]| -> Vec<String> {
        names.iter().map(|name| format!("{of}.{name}")).collect()
    };
    let expected = named("Syntax", &["ClosingQuote", "StraightQuote"]);
    let unsupported = named(
        "NotSupported",
        &["NoModel", "ShellVariable", "ShellOperator"],
    );
    let needs = named(
        "NeedsPython",
        &[
            "Statement",
            "Value",
            "Text",
            "Prints",
            "Loop",
            "Name",
            "Module",
            "Attribute",
            "Method",
            "NoSuchMethod",
            "NoSuchArgument",
            "Arguments",
            "Client",
        ],
    );
    let all = kinds
        .map(str::to_owned)
        .into_iter()
        .chain(expected)
        .chain(unsupported)
        .chain(needs);
    let missing: Vec<String> = all.filter(|name| !met.contains(name)).collect();
    assert!(missing.is_empty(), "never met: {missing:?}");
}
