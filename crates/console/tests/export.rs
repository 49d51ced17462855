//! An exported history, run in the console, leads to the same registry; and what a server cannot do is said.
//!
//! `cargo xtask test-mlflow` runs the same exports on a real server.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

use std::fmt::Write as _;

use cases::cases;
use console::codegen::Base;
use console::export::{self, Choice, Note, PlanItem, Words, source};
use console::{Console, Sandbox};
use proptest::prelude::*;
use registry::sample::sample;
use registry::{Command, FreeText, Log, ModelVersion, Registry, RuleSet, Stage, Time};
use serde_json::Value;
use text::{Language, as_code};

use test_support::cases;
use test_support::golden;
use test_support::histories;
use test_support::make;

use golden::golden;
use make::*;

fn words() -> Words<'static> {
    Words {
        header: as_code::header(Language::English, "my\nregistry", true),
        say: &|note| as_code::note(Language::English, note),
    }
}

/// Everything in a registry but times; sources as a server keeps them.
fn shown(registry: &Registry) -> String {
    let mut out = String::new();
    for model in registry.models() {
        writeln!(
            out,
            "{} {:?} {:?} {:?} {:?}",
            model.name(),
            model.last_number(),
            model.description(),
            model.tags(),
            model.aliases()
        )
        .unwrap();
        for version in model.versions() {
            let metrics = version.metrics();
            let source = version.source().as_str();
            let copied = source.starts_with("models:/");
            let source = source::stand_in(source)
                .filter(|_| !copied)
                .unwrap_or_else(|| source.to_owned());
            writeln!(
                out,
                "  {} {} {} {:?} {:?} {metrics:?}",
                version.number(),
                version.stage(),
                if copied { "copied" } else { &source },
                version.description(),
                version.tags()
            )
            .unwrap();
        }
    }
    out
}

/// What a script leads to.
fn run(script: &str) -> Registry {
    run_on(Registry::default(), script)
}

/// What a script leads to from a registry.
fn run_on(start: Registry, script: &str) -> Registry {
    let mut host = Sandbox {
        log: Log::new(start, 0),
        rules: RuleSet::Mlflow,
        model: None,
    };
    // A client of another server is a real Python's; what it does there is the same.
    let script = script.replace(
        "MlflowClient(tracking_uri=\"http://localhost:5000\")",
        "MlflowClient()",
    );
    let reply = Console::default().enter(&mut host, &script);
    assert_eq!(reply.stop, None, "{script}");
    host.log.registry().clone()
}

fn is_short(script: &str) -> bool {
    script.len() < console::MAX_BYTES
}

fn copied(version: &ModelVersion) -> bool {
    version.storage() != version.source()
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn a_script_leads_to_the_same_registry(seed in any::<u64>(), steps in 0..60_usize) {
        let log = histories::log(seed, steps);
        let parts = export::plan(&log, Choice::All);
        let left_out = |part: &PlanItem| matches!(part, PlanItem::Note(Note::Lost(_) | Note::NoRun { .. }));
        prop_assert!(!parts.iter().any(left_out));
        // A version that could only be made anew has other files than the copy that it was.
        let is_remade = parts.iter().any(|part| matches!(part, PlanItem::Note(Note::NoAddress { .. } | Note::Source { .. })))
            && log.registry().models().any(|model| model.versions().any(copied));
        let python = export::python(&parts, &Base::default(), &words());
        // A metric that is logged to a copy is that of its original, too: the script says so.
        let is_shared = parts.iter().any(|part| matches!(part, PlanItem::Note(Note::SharedRun { .. })));
        if is_short(&python) && !is_remade && !is_shared {
            prop_assert_eq!(shown(&run(&python)), shown(log.registry()), "{}", python);
        }
        let curl = export::curl(&parts, &Base::default(), &words());
        if is_short(&curl) && !is_remade {
            prop_assert_eq!(shown(&run(&curl)), shown(log.registry()), "{}", curl);
        }
    }

    #[test]
    fn a_notebook_has_the_same_code(seed in any::<u64>(), steps in 0..40_usize) {
        let log = histories::log(seed, steps);
        let parts = export::plan(&log, Choice::All);
        let python = export::python(&parts, &Base::default(), &words());
        let book: Value = serde_json::from_str(&export::notebook(&parts, &Base::default(), &words())).unwrap();
        prop_assert_eq!((&book["nbformat"], &book["nbformat_minor"]), (&Value::from(4), &Value::from(5)));
        let cells = book["cells"].as_array().unwrap();
        let mut code = String::new();
        let mut ids = std::collections::BTreeSet::new();
        for cell in cells {
            prop_assert!(ids.insert(cell["id"].as_str().unwrap()));
            prop_assert!(cell["metadata"].is_object());
            if cell["cell_type"] == "code" {
                prop_assert!(cell["outputs"].is_array() && cell["execution_count"].is_null());
                for line in cell["source"].as_array().unwrap() {
                    code.push_str(line.as_str().unwrap());
                }
                code.push('\n');
            }
        }
        let plain = |text: &str| -> Vec<String> {
            text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()
        };
        let (code, python) = (plain(&code), plain(&python));
        let start = python.iter().position(|line| line.starts_with("from mlflow")).unwrap();
        prop_assert_eq!(&code, &python[start..].to_vec());
    }

    /// Steps chosen one after the other are all steps.
    #[test]
    fn chosen_steps_are_their_own(seed in any::<u64>(), steps in 0..40_usize) {
        let log = histories::log(seed, steps);
        let all: Vec<u64> = log.done().iter().map(|entry| entry.step).collect();
        let count = |steps: &[u64]| {
            let parts = export::plan(&log, Choice::Steps(steps));
            parts.iter().filter(|part| matches!(part, PlanItem::Note(Note::Step(_)))).count()
        };
        prop_assert_eq!(count(&all), all.len());
        prop_assert_eq!(count(&[]), 0);
        // Those from some step on, run where the registry is as it was before it, lead to where all lead.
        if let Some(at) = usize::try_from(seed).ok().and_then(|seed| seed.checked_rem(all.len())) {
            let parts = export::plan(&log, Choice::Steps(&all[at..]));
            let is_other = |part: &PlanItem| matches!(part, PlanItem::Note(
                Note::Lost(_) | Note::NoRun { .. } | Note::SharedRun { .. } | Note::NoAddress { .. } | Note::Source { .. }
            ));
            let start = log.as_of(all[at] - 1).unwrap();
            for script in [
                export::python(&parts, &Base::default(), &words()),
                export::curl(&parts, &Base::default(), &words()),
            ] {
                if is_short(&script) && !parts.iter().any(is_other) {
                    prop_assert_eq!(shown(&run_on(start.clone(), &script)), shown(log.registry()), "{}", script);
                }
            }
        }
        if let Some(step) = all.last() {
            prop_assert_eq!(count(&[*step, *step + 1]), 1);
        }
    }
}

/// A log of these commands under MLflow's rules.
fn log_of(base: Registry, commands: &[Command]) -> Log {
    let mut log = Log::new(base, 3);
    for (moment, command) in (1..).zip(commands) {
        log.act(&at(moment, RuleSet::Mlflow), command).unwrap();
    }
    log
}

fn measure(name: &str, number: u32, value: &str) -> Command {
    Command::LogMetric {
        name: model(name),
        version: version(number),
        key: registry::MetricName::parse("auc").unwrap(),
        value: registry::MetricValue::parse(value).unwrap(),
    }
}

/// The notes of an export, without those that start a step.
fn notes(log: &Log, choice: Choice) -> Vec<String> {
    let parts = export::plan(log, choice);
    let said = parts.iter().filter_map(|part| match part {
        PlanItem::Note(Note::Step(_)) | PlanItem::Op(_) => None,
        PlanItem::Note(note) => Some(as_code::note(Language::English, note)),
    });
    said.collect()
}

#[test]
fn what_a_server_cannot_do_is_said() {
    let empty = Registry::default;
    let check = |log: &Log, choice: Choice, expected: &[&str]| {
        let found = notes(log, choice);
        assert_eq!(found.len(), expected.len(), "{found:#?}");
        for (found, expected) in found.iter().zip(expected) {
            assert!(found.contains(expected), "{found}: {expected}");
        }
    };
    let create = |name: &str| Command::CreateModelVersion {
        name: model(name),
        source: text("s3://models/x"),
        description: FreeText::default(),
        tags: registry::Tags::new(),
        metrics: registry::Metrics::new(),
    };
    // A metric that is measured later has a run to go to, and a copy shares it.
    let measured = log_of(
        empty(),
        &[create_model("m"), create("m"), measure("m", 1, "0.9")],
    );
    check(&measured, Choice::All, &[]);
    check(
        &measured,
        Choice::Steps(&[6]),
        &["Left out: auc of m version 1"],
    );
    let shared = log_of(
        empty(),
        &[
            create_model("m"),
            create("m"),
            copy("m", 1, "n"),
            measure("n", 1, "0.9"),
        ],
    );
    check(&shared, Choice::All, &["n version 1 shares its run"]);
    // Sources and names that a server does not take.
    let local = log_of(
        empty(),
        &[
            create_model("a?b"),
            create_version("a?b"),
            copy("a?b", 1, "n"),
        ],
    );
    check(
        &local,
        Choice::All,
        &[
            "A server does not accept s3://models as a source",
            "a?b cannot be written in a models:/ address",
            "A server does not accept models:/a?b/1 as a source",
        ],
    );
    // What was there before the first step is built first.
    let folded = log_of(
        registry(&[
            create_model("m"),
            create("m"),
            delete_version("m", 1),
            create("m"),
        ]),
        &[],
    );
    check(
        &folded,
        Choice::All,
        &["the result of 3 earlier steps", "uses up its number"],
    );
    check(&folded, Choice::Steps(&[4]), &[]);
    // What is put back is said as the calls that lead there.
    let mut restored = log_of(
        empty(),
        &[
            create_model("m"),
            create("m"),
            move_to("m", 1, Stage::Production),
        ],
    );
    restored.restore(&at(9, RuleSet::Mlflow), 5).unwrap();
    restored.restore(&at(10, RuleSet::Mlflow), 7).unwrap();
    check(
        &restored,
        Choice::All,
        &[
            "goes back to how it was after step 5",
            "goes back to how it was after step 7",
            "No call is needed",
        ],
    );
    // What no calls lead to.
    let lost: Registry = serde_json::from_str(
        r#"[{"name":"m","created":1,"updated":1,"versions":[],"last_number":5000}]"#,
    )
    .unwrap();
    check(
        &log_of(lost, &[]),
        Choice::All,
        &[
            "earlier steps",
            "uses up its number",
            "m from version 1001 on",
        ],
    );
}

#[test]
fn undone_steps_are_left_out() {
    let mut log = log_of(Registry::default(), &[create_model("m"), create_model("n")]);
    log.undo().unwrap();
    let python = export::python(&export::plan(&log, Choice::All), &Base::default(), &words());
    assert!(
        python.contains("name=\"m\"") && !python.contains("name=\"n\""),
        "{python}"
    );
}

#[test]
fn the_sample_as_a_script() {
    let (log, _) = sample(Time(1_760_000_000_000));
    let parts = export::plan(&log, Choice::All);
    let base = Base::parse("https://mlflow.example.org/team").unwrap();
    golden("export-sample.py", &export::python(&parts, &base, &words()));
    golden("export-sample.sh", &export::curl(&parts, &base, &words()));
    golden(
        "export-sample.ipynb",
        &export::notebook(&parts, &base, &words()),
    );
}

#[test]
fn no_text_leaves_its_comment() {
    // A name or a reason with line ends in it would otherwise become code.
    let mut log = Log::default();
    let mut context = at(1, RuleSet::Mlflow);
    context.comment = text("why\nimport os\r\u{2028}\u{85}\u{b}\u{c}rm -rf ~\n#!");
    log.act(&context, &create_model("m")).unwrap();
    let parts = export::plan(&log, Choice::All);
    let words = Words {
        header: as_code::header(Language::English, "x\nimport os\n# coding: utf-16", true),
        say: &|note| as_code::note(Language::English, note),
    };
    let python = export::python(&parts, &Base::default(), &words);
    let curl = export::curl(&parts, &Base::default(), &words);
    for script in [python, curl] {
        for line in script.lines() {
            let is_code = [
                "from mlflow import",
                "client",
                "curl ",
                "  -H",
                "  -d",
                "set -eu",
                "BASE=",
                "#",
            ]
            .iter()
            .any(|start| line.starts_with(start));
            assert!(is_code || line.is_empty(), "{line:?} in {script}");
        }
        let first_two: Vec<&str> = script.lines().take(2).collect();
        assert!(
            first_two.iter().all(|line| !line.contains("coding")),
            "{script}"
        );
    }
}
