//! The texts of `--help`.

/// One command: its name, what it does in a line, and its own help.
#[derive(Debug)]
pub struct Command {
    /// The word after `cargo xtask`.
    pub name: &'static str,
    /// What it does, in one line.
    pub summary: &'static str,
    /// How it is called, and what its flags mean.
    pub usage: &'static str,
}

/// Every command, in the order a newcomer needs them.
pub const COMMANDS: [Command; 9] = [
    Command {
        name: "serve",
        summary: "Build the app and serve it on this machine.",
        usage: "\
Usage: cargo xtask serve [--port N] [--release]

Provides what is missing, builds the app, serves it on this machine only and
prints its address. Saving a source file builds it again; reload the page to see it.

  --port N     The port to use. Without it: 8080, or the next free one.
  --release    Build as for publication: smaller, but slower to build.",
    },
    Command {
        name: "test",
        summary: "Run every test, in Chromium and in Firefox too.",
        usage: "\
Usage: cargo xtask test [--native] [--e2e [NAME]]

Provides what is missing (browsers and their drivers too), then checks formatting and
lints, runs the native tests, builds the release, checks its size, builds it again and
compares the bytes, runs the end-to-end tests on it, and kills a browser 20 times as
`cargo xtask test-kill` does. A summary comes last.

  --native        Only what needs no browser: formatting, lints, native tests.
  --e2e [NAME]    Only the release, its size and the end-to-end tests; with NAME, only
                  those whose name has it, such as `undo` or `exercises::`.

A browser that cannot be had is skipped and said so; with CI=true in the
environment it is a failure.",
    },
    Command {
        name: "build",
        summary: "Build the release into dist/ and check its size.",
        usage: "\
Usage: cargo xtask build [--twice]

Builds the release into dist/, prints the size of every file, raw and compressed, and
fails when the first load is over its budget.

  --twice      Build it a second time, the app from its beginning, and fail where the two
               differ in any byte.",
    },
    Command {
        name: "audit",
        summary: "Check the dependencies: licences, sources, advisories.",
        usage: "\
Usage: cargo xtask audit

Runs cargo-deny with deny.toml. Known advisories are checked where their database can
be reached, and it is said plainly where it cannot.",
    },
    Command {
        name: "bench",
        summary: "Measure the app's speed in Chromium.",
        usage: "\
Usage: cargo xtask bench

Builds the release and measures it in Chromium: the time from a click to what it paints,
in a model with 100, 1,000 and 10,000 versions. What the core takes for it without a
browser, `cargo bench --no-default-features` measures.",
    },
    Command {
        name: "test-kill",
        summary: "Kill Chromium right after \"saved\", 20 times; nothing may be lost.",
        usage: "\
Usage: cargo xtask test-kill

Builds the release, opens it in Chromium, does something, waits for the header to say that
it is saved, kills the browser at once, and looks whether it is there in the next one: 20
times. `cargo xtask test` does the same; two rounds of it are among the browser tests.",
    },
    Command {
        name: "lighthouse",
        summary: "Score the release with Lighthouse; all must be 100.",
        usage: "\
Usage: cargo xtask lighthouse

Builds the release, serves it, and runs Lighthouse's mobile profile on its pages in
Chromium. Fails when a score is under 100. Needs Node.js 18.16 or newer with npm.",
    },
    Command {
        name: "test-mlflow",
        summary: "Run exported histories on a real MLflow server.",
        usage: "\
Usage: cargo xtask test-mlflow [--seed N] [--histories N] [--statements N] [--record]

Installs MLflow from PyPI into the tools folder, starts its server on this machine
with a store in a temporary folder, runs histories exported as Python, as curl calls
and as notebooks, and compares the server's registry with the simulated one. Then it
reads the server's answers as the app takes them in, and runs Python statements in the
real MLflow and in the simulated one. Needs Python 3.10 or newer and curl.

  --seed N         Where the histories come from; the same seed makes the same; 1 without it.
  --histories N    How many; 30 without it.
  --statements N   How many Python statements beside those written by hand; 240 without it.
  --record         Record the server's answers anew, in tests/recordings/rest.jsonl.",
    },
    Command {
        name: "doctor",
        summary: "Say which tools are here and which are missing.",
        usage: "\
Usage: cargo xtask doctor

Lists the tools the other commands use and where each was found. Changes nothing.",
    },
];

/// The help of `cargo xtask` itself.
#[must_use]
pub fn overview() -> String {
    let mut text = String::from("Usage: cargo xtask <command> [flags]\n\n");
    for command in &COMMANDS {
        text.push_str(&format!("  {:<12} {}\n", command.name, command.summary));
    }
    text.push_str("\n`cargo xtask <command> --help` says more. Every command but doctor first\nprovides the tools it needs, and skips what is already there.");
    text
}

/// The command of that name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Command> {
    COMMANDS.iter().find(|command| command.name == name)
}
