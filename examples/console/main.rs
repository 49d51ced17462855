//! The console without a browser: reads a script or standard input and prints what the browser's console prints.
//!
//! ```sh
//! cargo run --package examples --bin console -- [--rules guided|mlflow] [--empty | --registry FILE] [--json]
//!     [--dry-run] [--no-python] [--env NAME=VALUE] [FILE [ARGUMENT…]]
//! ```
//!
//! It works on the sample, with `--empty` on an empty registry, or with `--registry` on what a real server has answered.
//! Nothing is changed anywhere else. Python runs in the machine's `python3`, with a simulated MLflow (`python/`); without one,
//! or with `--no-python`, the console's own small reader reads it. What stands behind the file is the script's `sys.argv`,
//! and `--env` its environment; what lies where the console was started, it finds as a copy of its own.
//! `client`, `mlflow` and the lesson's functions are there from the start, as in the browser.
//! `--dry-run` lists what was done to the registry, after all that was printed; with it a script has only the names that it
//! makes itself, as where it is to run.
//! A file is one text, and so is standard input, which
//! `-` names too: it is carried out to its end or to the first statement that is refused. At a terminal each line is a
//! text, one that Python does not end goes on in the next, and what is refused does not keep the next from being tried.
//!
//! `--json` prints one object a line for each statement: what was entered, its form, whether it was carried out, the code
//! of what stopped it, the words, and a digest of the registry after it. A text that could not be read at all is one
//! object. The exit code is 1 if something was refused or could not be carried out, and 2 if nothing could be read.

use std::io::IsTerminal as _;
use std::process::ExitCode;

use terminal::script;

fn main() -> ExitCode {
    let stdin = std::io::stdin();
    let is_terminal = stdin.is_terminal();
    let mut streams = script::Streams {
        input: &mut stdin.lock(),
        is_terminal,
        out: &mut std::io::stdout(),
        err: &mut std::io::stderr(),
    };
    ExitCode::from(script::run(std::env::args().skip(1), &mut streams))
}
