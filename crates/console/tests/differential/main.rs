//! The small reader of Python beside a real Python with the same package over the same bridge: what both understand they
//! answer alike, to the letter. The inputs are those of the golden files, the Python of the lesson, the questions, the
//! exercises and the help, printed commands, and statements that are made up here from a fixed seed.
//! `DIFFERENTIAL_SEED=n` makes others.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

use std::path::Path;

use console::bridge::script::{Heard, Script};
use console::complete;
use console::diagnostic::{Unsupported, UnsupportedPython};
use console::python::understands;
use console::segments;
use console::span::Span;
use console::transcript;
use console::{Console, DiagnosticKind, Dialect, Output, Reply, Sandbox, Stop};
use lesson::run::Played;
use lesson::{own, pack};
use registry::{Log, RuleSet};
use serde_json::Value;
use text::Language;
use text::help;

mod made_up;

/// What a real Python has from one scene to the next, taken away.
const FORGET: &str = "import mlflow.tracking._store as _store\n_store._runs.clear()\n_store._experiments.clear()\n\
    for _name in [it for it in globals() if not it.startswith('_')]:\n    del globals()[_name]\n";

/// A Python under way.
struct Python(terminal::python::Python);

impl Python {
    /// Starts the machine's `python3`. Where tests must not be left out, there has to be one.
    fn start() -> Option<Self> {
        let started = terminal::python::Python::start();
        if started.is_none() {
            let is_needed = std::env::var_os("CI").is_some();
            assert!(!is_needed, "CI has no python3 (3.10 or newer)");
            println!("There is no python3: nothing is compared.");
        }
        started.map(Self)
    }

    fn run(&mut self, side: &mut Real, know: &str, text: &str) -> Reply {
        let whole = Span {
            start: 0,
            end: text.len(),
        };
        let mut script = Script::new(text, whole);
        let mut reply = Reply::default();
        let asked = serde_json::json!({ "run": script.source(text), "know": know, "echo": true });
        self.0.say(&asked.to_string()).unwrap();
        loop {
            let event = self.0.event().unwrap();
            let (bridge, runs) = side.console.bridge_mut();
            match script.hear(bridge, &mut side.host, runs, text, &mut reply, &event) {
                Heard::Answer(answer) => self.0.say(&answer).unwrap(),
                Heard::Ended { .. } => return reply,
                _ => {}
            }
        }
    }
}

/// The side of the real Python.
struct Real {
    console: Console,
    host: Sandbox,
}

/// Both sides, and what was compared.
struct Both {
    python: Python,
    small: (Console, Sandbox),
    real: Real,
    statements: usize,
    texts: usize,
    wrong: Vec<String>,
}

impl Both {
    fn new(python: Python) -> Self {
        let host = Sandbox::default();
        Self {
            python,
            small: (Console::default(), host.clone()),
            real: Real {
                console: Console::default(),
                host,
            },
            statements: 0,
            texts: 0,
            wrong: Vec::new(),
        }
    }

    /// Both begin anew, with this registry.
    fn begin(&mut self, host: &Sandbox) {
        self.small = (Console::default(), host.clone());
        self.real = Real {
            console: Console::default(),
            host: host.clone(),
        };
        let reply = self.python.run(&mut self.real, "", FORGET);
        assert_eq!(reply.stop, None);
        let names = self.real.console.hand_over();
        let reply = self.python.run(&mut self.real, &names, "");
        assert_eq!(reply.stop, None);
    }

    /// Enters a text on both sides, and compares what they say if the small reader understands it.
    fn enter(&mut self, text: &str) {
        let typed = transcript::typed(text);
        let text = typed.text.as_ref();
        let (console, host) = &mut self.small;
        let segments = segments::segments(text, &|_| false);
        if !segments
            .iter()
            .all(|segment| segment.dialect == Dialect::Python)
        {
            // The console carries it out by itself.
            console.enter(host, text);
            self.real.console.enter(&mut self.real.host, text);
            return;
        }
        if segments.is_empty() || console.needs_python(text).is_some() {
            return;
        }
        let found = console.enter(host, text);
        let expected = self.python.run(&mut self.real, "", text);
        // The page bounds what a text may take; a real Python has the limits of whoever runs it.
        let is_bounded = matches!(&found.stop, Some(Stop::Diagnostic(diagnostic))
            if matches!(diagnostic.kind, DiagnosticKind::TooMuch | DiagnosticKind::TooLong));
        if is_bounded {
            self.real.host = host.clone();
            return;
        }
        self.texts += 1;
        self.statements += found.done + usize::from(found.stop.is_some());
        let (found, expected) = (told(&found), told(&expected));
        let is_same = found == expected && host.log == self.real.host.log;
        if !is_same {
            let log = if host.log == self.real.host.log {
                ""
            } else {
                "\n  the registry differs"
            };
            self.wrong.push(format!(
                "{text}\n  small: {found:#?}\n  real:  {expected:#?}{log}"
            ));
            // What comes after it is compared all the same.
            self.real.host = host.clone();
        }
    }

    fn finish(self, what: &str, least: usize) {
        let (statements, texts) = (self.statements, self.texts);
        println!(
            "{what}: {statements} statements in {texts} texts, {} differ",
            self.wrong.len()
        );
        let some: Vec<&String> = self.wrong.iter().take(12).collect();
        for wrong in &some {
            println!("{wrong}\n");
        }
        assert!(
            some.is_empty(),
            "{} of {texts} texts differ",
            self.wrong.len()
        );
        assert!(statements >= least, "{statements} statements were compared");
    }
}

/// What a reply says, in a form in which both sides say it alike: where a warning comes from is left out, and how Python cuts
/// what it prints.
fn told(reply: &Reply) -> Vec<(&'static str, String)> {
    let mut told: Vec<(&'static str, String)> = Vec::new();
    for output in &reply.outputs {
        let (kind, text) = match output {
            Output::Printed(text) => ("printed", text.clone()),
            Output::Value(text) => ("value", text.clone()),
            Output::Deprecated(method) => ("deprecated", (*method).to_owned()),
            Output::Told(text) => match text
                .split_once(": FutureWarning: ``mlflow.tracking.client.MlflowClient.")
            {
                Some((_, warning)) => ("deprecated", warning.split('`').next().unwrap().to_owned()),
                None if text.starts_with("The output is cut here") => ("cut", String::new()),
                None => ("told", text.clone() + "\n"),
            },
            Output::Cut(_) => ("cut", String::new()),
            Output::Did(entry) => ("did", format!("{entry:?}")),
            // That nothing was loaded is the lesson's.
            Output::Loaded(loaded) if loaded.refused => continue,
            Output::Loaded(loaded) => ("loaded", format!("{loaded:?}")),
            other => ("other", format!("{other:?}")),
        };
        match told.last_mut() {
            Some((last, before)) if *last == kind && matches!(kind, "printed" | "told") => {
                before.push_str(&text);
            }
            _ => told.push((kind, text)),
        }
    }
    if let Some(stop) = &reply.stop {
        told.push(("stop", stopped(stop)));
    }
    told.push(("done", format!("{} of {}", reply.done, reply.statements)));
    told
}

fn stopped(stop: &Stop) -> String {
    match stop {
        Stop::Refused { refusal, .. } => {
            format!("{} {}", refusal.kind.code().as_str(), refusal.kind)
        }
        Stop::Diagnostic(diagnostic) => match &diagnostic.kind {
            DiagnosticKind::Mlflow(complaint) => {
                format!("{} {}", complaint.code.as_str(), complaint.message)
            }
            // Python has its own words for it.
            DiagnosticKind::NotSupported {
                what: Unsupported::NoModel,
            } => "no model is on this page".to_owned(),
            DiagnosticKind::Exception(raised) if raised.message.starts_with("no model is on") => {
                "no model is on this page".to_owned()
            }
            DiagnosticKind::Exception(raised) => {
                let line = raised
                    .traceback
                    .lines()
                    .find_map(|line| line.split_once(", line "));
                let line = line.map(|(_, line)| line).unwrap_or_default();
                format!("{}: {} ({line})", raised.class, raised.message)
            }
            other => format!("{other:?}"),
        },
    }
}

/// The inputs of the golden files, scene by scene.
#[test]
fn golden_inputs() {
    let Some(python) = Python::start() else {
        return;
    };
    let mut both = Both::new(python);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/console");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|it| it.unwrap().path())
        .collect();
    files.retain(|path| path.extension().is_some_and(|it| it == "txt"));
    files.sort();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let mut host = Sandbox::sample(RuleSet::Guided);
        both.begin(&host);
        let mut lines = text.lines().peekable();
        while let Some(line) = lines.next() {
            match line.strip_prefix('@') {
                Some(rules @ ("rules guided" | "rules mlflow")) => {
                    let rules = if rules.ends_with("guided") {
                        RuleSet::Guided
                    } else {
                        RuleSet::Mlflow
                    };
                    host.rules = rules;
                    both.small.1.rules = rules;
                    both.real.host.rules = rules;
                }
                Some(registry) => {
                    host = Sandbox::sample(host.rules);
                    if registry == "empty" {
                        host.log = Log::default();
                        host.model = None;
                    }
                    both.begin(&host);
                }
                None => {}
            }
            if let Some(json) = line.strip_prefix(">! ") {
                both.enter(&serde_json::from_str::<String>(json).unwrap());
            } else if let Some(first) = line.strip_prefix('>') {
                let unquoted = |line: &str| line.strip_prefix(' ').unwrap_or(line).to_owned();
                let mut input = unquoted(first);
                while let Some(next) =
                    lines.next_if(|next| next.starts_with('>') && !next.starts_with(">!"))
                {
                    input = format!("{input}\n{}", unquoted(&next[1..]));
                }
                both.enter(&input);
            }
        }
    }
    both.finish("golden inputs", 120);
}

/// Every text of a pack that is Python, on every scene.
#[test]
fn all_python_of_the_content() {
    let Some(python) = Python::start() else {
        return;
    };
    let mut both = Both::new(python);
    let mut texts = Vec::new();
    strings(&serde_json::from_str(own::PACK).unwrap(), &mut texts);
    texts.retain(|text| text.contains('(') && understands(text).is_ok());
    texts.sort();
    texts.dedup();
    for scene in &pack::read(own::PACK).unwrap().scenes {
        let played = Played::new(scene, None);
        let host = Sandbox {
            log: played.log,
            rules: played.rules,
            model: Some(played.model),
        };
        both.begin(&host);
        for text in &texts {
            both.enter(text);
        }
    }
    for text in &texts {
        both.begin(&Sandbox::sample(RuleSet::Mlflow));
        both.enter(text);
    }
    both.finish("content", 1_000);
}

fn strings(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| strings(item, found)),
        Value::Object(items) => items.values().for_each(|item| strings(item, found)),
        _ => {}
    }
}

/// What the help shows, and how commands are printed.
#[test]
fn examples_and_printed_commands() {
    let Some(python) = Python::start() else {
        return;
    };
    let mut both = Both::new(python);
    let sample = Sandbox::sample(RuleSet::Mlflow);
    both.begin(&sample);
    for entry in help::entries(Language::English) {
        both.enter(entry.example);
    }
    let folder = test_support::kept("golden");
    for name in ["models", "moves", "registries", "versions"] {
        let text = std::fs::read_to_string(folder.join(format!("code-{name}.txt"))).unwrap();
        let is_python = |part: &&str| {
            part.lines()
                .next()
                .is_some_and(|line| line.contains(", Python"))
        };
        for part in text.split("## ").filter(is_python) {
            both.begin(&sample);
            let (_, code) = part.split_once('\n').unwrap();
            let code = code.split("\n# ").next().unwrap();
            both.enter(code);
        }
    }
    both.finish("examples", 60);
}

/// Statements that are made up.
#[test]
fn made_up_statements() {
    let Some(python) = Python::start() else {
        return;
    };
    let mut both = Both::new(python);
    let seed = std::env::var("DIFFERENTIAL_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok());
    let mut made_up = made_up::MadeUp::new(seed.unwrap_or(20_261_129));
    let mut refused = 0;
    for scene in 0..100 {
        let rules = if scene % 3 == 0 {
            RuleSet::Guided
        } else {
            RuleSet::Mlflow
        };
        both.begin(&Sandbox::sample(rules));
        made_up.forget();
        for _ in 0..20 {
            let text = made_up.text();
            let need = both.small.0.needs_python(&text);
            refused += usize::from(need.is_some());
            both.enter(&text);
        }
    }
    println!("{refused} texts were not understood");
    both.finish("made up", 2_000);
}

/// Texts with letters put in and left out: what is no Python, or another one, is not taken for what it nearly is.
#[test]
fn spoilt_statements() {
    let Some(python) = Python::start() else {
        return;
    };
    let mut both = Both::new(python);
    let seed = std::env::var("DIFFERENTIAL_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok());
    let mut made_up = made_up::MadeUp::new(seed.unwrap_or(7_919));
    for _ in 0..60 {
        both.begin(&Sandbox::sample(RuleSet::Mlflow));
        made_up.forget();
        for _ in 0..100 {
            let text = made_up.text();
            let text = made_up.spoilt(&text);
            both.enter(&text);
        }
    }
    both.finish("spoilt", 500);
}

/// The names of the small reader mean the same to a real Python that goes on with them.
#[test]
fn names_are_handed_over() {
    let Some(python) = Python::start() else {
        return;
    };
    let mut both = Both::new(python);
    both.begin(&Sandbox::sample(RuleSet::Mlflow));
    let names = "x = 'it\\'s \\u00e9\\n'\ny = [1, -2.5, None, True]\nt = ('a',)\nd = {'k': {'a b': 1e16}}\nc = MlflowClient()\n\
        mv = client.get_model_version('fraud-detector', 4)\nrm = client.get_registered_model('fraud-detector')\n\
        vs = client.search_model_versions()\nrun = c.create_run('0')\ninfo = run.info\nm = mlflow.pyfunc\n\
        loaded = m.load_model('models:/fraud-detector/3')\nz = y\none = vs[1]\napp = load_model('model_v3.pkl')\n";
    let shown = "print([x], y, t, d, info.run_id, run.info.run_id)\nprint(mv)\nprint(rm)\nprint(vs)\nprint(loaded)\n\
        print(c.get_model_version('fraud-detector', 1).version)";
    let (console, host) = &mut both.small;
    let reply = console.enter(host, names);
    assert_eq!(reply.stop, None, "{reply:?}");
    let expected = console.enter(host, shown);
    let known = console.known();
    let source = console.hand_over();
    assert!(console.needs_python("print(mv)").is_some());
    both.real.console.take_over(&known);
    assert_eq!(both.real.console.known(), known);
    both.real.host = host.clone();
    let found = both.python.run(&mut both.real, &source, shown);
    assert_eq!(told(&found), told(&expected), "{source}");
    // One list under two names stays one, and what is in it too.
    let same = "y.append(3)\nprint(z, vs[1] is one, loaded is m, app)";
    let found = both.python.run(&mut both.real, "", same);
    assert_eq!(
        told(&found)[0].1,
        "[1, -2.5, None, True, 3] True False <unknown: the model>\n"
    );
}

/// What is decided is decided by reading alone.
#[test]
fn what_is_not_understood_is_told_with_its_place() {
    let check = |text: &str, at: &str, why: &str| {
        let need = understands(text).unwrap_err();
        let found = format!("{:?}", need.why);
        assert_eq!(need.at.of(text), at, "{text}: {found}");
        assert!(found.starts_with(why), "{text}: {found}");
        // Nothing of it is carried out, whatever stands before it.
        let (mut console, mut host) = (Console::default(), Sandbox::sample(RuleSet::Mlflow));
        let before = host.clone();
        let all = format!("client.delete_registered_model('support-router')\n{text}");
        let reply = console.enter(&mut host, &all);
        assert_eq!(
            (host, reply.done, reply.statements),
            (before, 0, 0),
            "{text}"
        );
    };
    check("print(nmae)", "nmae", "Name");
    check(
        "clinet.get_registered_model('m')",
        "clinet",
        "Name { name: \"clinet\", nearest: Some(\"client\")",
    );
    check("x = 1 + 2", "+", "Value");
    check("while True: pass", "while", "Statement");
    check("if 1: print(1)", "if", "Statement");
    check("import os", "os", "Module");
    check("client.fly()", "fly", "NoSuchMethod");
    check(
        "client.get_metric_history('a', 'b')",
        "get_metric_history",
        "Method",
    );
    check(
        "client.get_model_version('m', 1, stage='x')",
        "stage",
        "NoSuchArgument",
    );
    check(
        "client.get_model_version('m')",
        "client.get_model_version",
        "Arguments",
    );
    check("client.get_model_version('m', None)", "None", "Arguments");
    check(
        "mv = client.get_model_version('m', 1)\nmv.stage",
        "stage",
        "Attribute",
    );
    check("'a'.upper()", "upper", "Attribute");
    check("x = [1, 2]\nx[0:1]", ":", "Value");
    check(
        "[v for v in client.search_model_versions()]",
        "for",
        "Value",
    );
    check("print(client)", "client", "Prints");
    check("client", "client", "Prints");
    check(
        "MlflowClient('http://localhost:5000')",
        "'http://localhost:5000'",
        "Client",
    );
    check("for x in [1]:\n    y = x\nprint(y)", "y", "Name");
    check("x = 1\nfor x in ['a']: print(x)", "x", "Loop");
    check("x = f'{1:>3}'", "{", "Text");
    check("def f():\n    return 1\n", "def", "Statement");
    check(
        "import argparse\nargparse.ArgumentParser()",
        "argparse",
        "Module",
    );
    assert_eq!(
        understands("x ="),
        Err(console::python::Need {
            at: Span { start: 2, end: 3 },
            why: UnsupportedPython::Value
        })
    );
}

#[test]
fn only_python_needs_a_python() {
    let check = |text: &str, has_python: bool, needs: bool| {
        let console = Console::default();
        let found = (
            console.has_python(text),
            console.needs_python(text).is_some(),
        );
        assert_eq!(found, (has_python, needs), "{text}");
    };
    check("show", false, false);
    check("curl http://nowhere/", false, false);
    check("", false, false);
    check("client.create_registered_model('m')", true, false);
    check("show\nx = 1", true, false);
    check("pip install mlflow\nprint(1)", true, false);
    check("show\nprint(next(iter([])))", true, true);
}

/// A name is no word of the console's own, wherever it was given its value.
#[test]
fn names_of_a_real_python_are_known_as_names() {
    let mut console = Console::default();
    assert!(!console.has_python("history"));
    console.set_theirs(vec!["history".to_owned()]);
    assert!(console.has_python("history"));
    // What it is, only that Python knows.
    assert!(console.needs_python("print(history)").is_some());
    let host = Sandbox::sample(RuleSet::Guided);
    let found = complete(&console, &host, "print(hist", 10);
    assert!(found.iter().any(|one| one.text == "history"), "{found:?}");
    console.set_theirs(Vec::new());
    assert!(!console.has_python("history"));
}
