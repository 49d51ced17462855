//! `cargo xtask`: the project's own commands.

mod build;
mod cut;
mod doctor;
mod first_view;
mod hosts;
mod html;
mod joined;
mod mlflow;
mod module;
mod offline;
mod optimise;
mod package;
mod pages;
mod picture;
mod pieces;
mod programs;
mod real_python;
mod serve;
mod shell;
mod sizes;
mod split;
mod styles;
mod test;
mod tools;
mod wasm;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The project's own commands. Every command but doctor first provides the tools that it needs, and skips what is there.
#[derive(Debug, Parser)]
#[command(bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

/// The commands, in the order a newcomer needs them.
#[derive(Debug, PartialEq, Eq, Subcommand)]
enum Command {
    /// Build the app and serve it on this machine.
    ///
    /// Provides what is missing, builds the app, serves it on this machine only and prints its address. Saving a source file
    /// builds it again; reload the page to see it.
    #[command(verbatim_doc_comment)]
    Serve {
        /// The port to use. Without it: 8080, or the next free one.
        #[arg(short, long, value_parser = clap::value_parser!(u16).range(1..))]
        port: Option<u16>,
        /// Build as for publication: smaller, but slower to build.
        #[arg(long)]
        release: bool,
    },
    /// Run every test, in Chromium and in Firefox too.
    ///
    /// Provides what is missing (browsers and their drivers too), then checks formatting and lints, runs the native tests,
    /// builds the release, checks its size, runs the end-to-end tests on it, kills a browser 20 times as `cargo xtask test-kill`
    /// does, and builds the release again and compares the bytes. A summary comes last.
    #[command(verbatim_doc_comment)]
    Test(test::Selection),
    /// Build the release into dist/ and check its size.
    ///
    /// Builds the release into dist/, prints the size of every file, raw and compressed, and fails when the first load is over
    /// its budget.
    #[command(verbatim_doc_comment)]
    Build {
        /// Build it a second time, the app from its beginning, and fail where the two differ in any byte.
        #[arg(long)]
        twice: bool,
    },
    /// Write the release as one file, as a ZIP of the site, and as a SCORM course.
    ///
    /// Builds the release and writes into target/package: model-stages.html, which is the whole app but the real Python and
    /// opens by a double click; model-stages-site.zip for a static host; model-stages-scorm12.zip for a learning platform.
    #[command(verbatim_doc_comment)]
    Package {
        /// Take the release that is in dist/ already.
        #[arg(long)]
        built: bool,
    },
    /// Check the workflows, and the dependencies: licences, sources, advisories.
    ///
    /// Checks .github/workflows with actionlint, and runs cargo-deny with deny.toml. Known advisories are checked where their database can be reached, and it is said
    /// plainly where it cannot.
    #[command(verbatim_doc_comment)]
    Audit,
    /// Measure the app's speed in Chromium.
    ///
    /// Builds the release and measures it in Chromium: the time from a click to what it paints, in a model with 100, 1,000 and
    /// 10,000 versions. What the core takes for it without a browser, `cargo bench --package registry` measures.
    #[command(verbatim_doc_comment)]
    Bench,
    /// Kill Chromium right after "saved", 20 times; nothing may be lost.
    ///
    /// Builds the release, opens it in Chromium, does something, waits for the header to say that it is saved, kills the
    /// browser at once, and looks whether it is there in the next one: 20 times. `cargo xtask test` does the same; two rounds
    /// of it are among the browser tests.
    #[command(verbatim_doc_comment)]
    TestKill,
    /// Score the release with Lighthouse; all must be 100.
    ///
    /// Builds the release, serves it, and runs Lighthouse's mobile profile on its pages in Chromium. Fails when a score is
    /// under 100. Needs Node.js 18.16 or newer with npm.
    #[command(verbatim_doc_comment)]
    Lighthouse,
    /// Run exported histories on a real MLflow server.
    ///
    /// Installs MLflow from PyPI into the tools folder, starts its server on this machine with a store in a temporary folder,
    /// runs histories exported as Python, as curl calls and as notebooks, and compares the server's registry with the
    /// simulated one. Then it reads the server's answers as the app takes them in, and runs Python statements in the real
    /// MLflow and in the simulated one. Needs Python 3.10 or newer and curl.
    #[command(verbatim_doc_comment)]
    TestMlflow(mlflow::Comparison),
    /// Say which tools are here and which are missing.
    ///
    /// Lists the tools the other commands use and where each was found. Changes nothing.
    #[command(verbatim_doc_comment)]
    Doctor,
    /// Write the files of styles; Trunk's hook before a build.
    #[command(hide = true)]
    Styles,
    /// Cut the WebAssembly into parts; Trunk's hook after a build.
    #[command(hide = true)]
    Split,
}

fn main() -> ExitCode {
    match run(Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}", shell::told(&error));
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> eyre::Result<()> {
    let sh = &shell::open()?;
    match command {
        Command::Serve { port, release } => serve::serve(sh, port, release),
        Command::Test(selection) => test::test(sh, &selection),
        Command::Build { twice } => build::build(sh, twice),
        Command::Package { built } => package::package(sh, built),
        Command::Audit => tools::audit(sh),
        Command::Bench => programs::bench(sh),
        Command::TestKill => programs::kill(sh),
        Command::Lighthouse => programs::lighthouse(sh),
        Command::TestMlflow(comparison) => mlflow::test(sh, &comparison),
        Command::Doctor => doctor::doctor(sh),
        Command::Styles => styles::bundle(sh),
        Command::Split => split::split(sh),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    fn read(line: &str) -> Result<Command, clap::Error> {
        let words = ["cargo xtask"].into_iter().chain(line.split_whitespace());
        Cli::try_parse_from(words).map(|cli| cli.command)
    }

    #[test]
    fn the_commands_are_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn the_end_to_end_tests_take_a_name_or_none() {
        let selection = |native, e2e: Option<Option<&str>>| {
            Command::Test(test::Selection {
                native,
                e2e: e2e.map(|name| name.map(str::to_owned)),
                skip_browsers: false,
            })
        };
        for (line, expected) in [
            ("test", selection(false, None)),
            ("test --e2e", selection(false, Some(None))),
            ("test --e2e drag", selection(false, Some(Some("drag")))),
            ("test --e2e=drag", selection(false, Some(Some("drag")))),
            ("test --e2e --native", selection(true, Some(None))),
        ] {
            assert_eq!(read(line).unwrap(), expected, "{line}");
        }
    }

    #[test]
    fn what_is_not_known_exits_with_2() {
        for line in [
            "sreve",
            "serve 80",
            "serve --port 0",
            "serve --port 70000",
            "build --release",
            "test drag",
            "test --e2e drag drop",
            "test-mlflow --histories -1",
        ] {
            assert_eq!(read(line).unwrap_err().exit_code(), 2, "{line}");
        }
    }
}
