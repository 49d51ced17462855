//! What the longest texts take that the console reads, each of a kind that is bad in its own way: `cargo bench
//! --package text`.
//!
//! Prints a table: the time to carry the text out, to put its answer in words, and to colour it and complete at its end.
//! It fails where all that takes longer than [`LIMIT`].
#![allow(clippy::disallowed_methods, reason = "it measures")]
#![allow(
    clippy::unwrap_used,
    reason = "a benchmark stops where it is surprised"
)]

use std::process::ExitCode;
use std::time::{Duration, Instant};

use console::{Console, MAX_BYTES, Sandbox, complete, paint};
use registry::RuleSet;
use text::Language;
use text::console::printed;

/// The most that a text may take. WebAssembly that is made to be small takes a few times as long.
const LIMIT: Duration = Duration::from_millis(100);
/// Each is measured so often; the best counts, for everything else is the machine's.
const ROUNDS: usize = 5;

/// A text of a piece again and again, as long as may be.
fn full(start: &str, piece: impl Fn(usize) -> String, end: &str) -> String {
    let mut text = start.to_owned();
    for at in 0.. {
        let piece = piece(at);
        if text.len() + piece.len() + end.len() > MAX_BYTES {
            break;
        }
        text.push_str(&piece);
    }
    text + end
}

fn texts() -> Vec<(&'static str, String)> {
    let piece = |text: &'static str| move |_: usize| text.to_owned();
    let loops: String = (0..12)
        .map(|at| format!("{}for x{at} in range(99):\n", " ".repeat(at)))
        .collect();
    let stage = |at: usize| {
        if at.is_multiple_of(2) {
            "Staging"
        } else {
            "Archived"
        }
    };
    vec![
        (
            "a tag set, line by line",
            full(
                "",
                |at| format!("client.set_model_version_tag('fraud-detector',4,'k','{at}')\n"),
                "",
            ),
        ),
        (
            "a move, line by line",
            full(
                "",
                |at| {
                    format!(
                        "client.transition_model_version_stage('fraud-detector',4,'{}')\n",
                        stage(at)
                    )
                },
                "",
            ),
        ),
        (
            "models made in a loop",
            looped("client.create_registered_model(f'm{x}-{y}-{z}')"),
        ),
        (
            "tags set in a loop",
            looped("client.set_registered_model_tag('fraud-detector','k',f'{x}{y}{z}')"),
        ),
        (
            "versions made and looked for",
            looped(
                "client.create_model_version('fraud-detector','s');client.search_model_versions()",
            ),
        ),
        (
            "versions looked for",
            full("", piece("client.search_model_versions()\n"), ""),
        ),
        (
            "requests",
            full(
                "",
                |at| {
                    format!(
                        "curl --json '{{\"name\":\"m{at}\"}}' http://h/api/2.0/mlflow/registered-models/create\n"
                    )
                },
                "",
            ),
        ),
        (
            "command lines",
            full(
                "",
                |at| {
                    format!(
                        "mlflow models transition-version --model-name fraud-detector --version 4 --stage {}\n",
                        stage(at)
                    )
                },
                "",
            ),
        ),
        (
            "undo and redo",
            full(
                "client.set_registered_model_tag('fraud-detector','a','b')\n",
                piece("undo\nredo\n"),
                "",
            ),
        ),
        ("show", full("", piece("show\n"), "")),
        ("history", full("", piece("history\n"), "")),
        ("help", full("", piece("help\n"), "")),
        ("print", full("", piece("print(1)\n"), "")),
        ("names", full("", |at| format!("n{at}=1\n"), "")),
        ("brackets", full("x=", piece("("), "")),
        ("quotes", full("", piece("'a'"), "")),
        ("f-strings", full("x=1\n", piece("f'{x}'"), "")),
        (
            "loops in loops",
            format!("{loops}{}print(x0)", " ".repeat(12)),
        ),
        (
            "a text that doubles",
            format!("x = 'ab'\n{}print(x)", "x = f'{x}{x}'\n".repeat(40)),
        ),
        (
            "a list that doubles",
            format!(
                "x = [1]\n{}print(x)",
                "x = [x, x, x, x, x, x, x, x, x, x]\n".repeat(5)
            ),
        ),
        (
            "a filter",
            format!(
                "client.search_model_versions(\"name LIKE '{}'\")",
                "%a".repeat(490)
            ),
        ),
        ("no form at all", full("", piece("x "), "")),
    ]
}

/// A statement in loops that go through it 3,600 times.
fn looped(statement: &str) -> String {
    let list: Vec<String> = (0..60).map(|at| at.to_string()).collect();
    let list = list.join(", ");
    format!("for x in [{list}]:\n for y in [{list}]:\n  for z in [1]:\n   {statement}")
}

/// The best times of a text: carried out, in words, coloured and completed.
fn measure(text: &str) -> [Duration; 3] {
    let mut best = [Duration::MAX; 3];
    for _ in 0..ROUNDS {
        let mut console = Console::default();
        let mut host = Sandbox::sample(RuleSet::Mlflow);
        let start = Instant::now();
        let reply = console.enter(&mut host, text);
        let entered = start.elapsed();
        let start = Instant::now();
        let pieces = printed(Language::English, RuleSet::Mlflow, text, &reply);
        let said = start.elapsed();
        let start = Instant::now();
        let painted = paint(text);
        let found = complete(&console, &host, text, text.len());
        let shown = start.elapsed();
        std::hint::black_box((pieces, painted, found));
        for (best, now) in best.iter_mut().zip([entered, said, shown]) {
            *best = now.min(*best);
        }
    }
    best
}

fn main() -> ExitCode {
    let mut worst = Duration::ZERO;
    println!(
        "{:<30} {:>7} {:>12} {:>12} {:>12}",
        "text", "bytes", "done µs", "in words µs", "shown µs"
    );
    for (name, text) in texts() {
        let [done, said, shown] = measure(&text);
        println!(
            "{name:<30} {:>7} {:>12} {:>12} {:>12}",
            text.len(),
            done.as_micros(),
            said.as_micros(),
            shown.as_micros()
        );
        worst = worst.max(done + said + shown);
    }
    println!(
        "worst of all: {} µs, limit {} µs",
        worst.as_micros(),
        LIMIT.as_micros()
    );
    if worst > LIMIT {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}
