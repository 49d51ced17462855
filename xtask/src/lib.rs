//! The project's own commands, as `cargo xtask <command>`.
//!
//! Each module says one thing. [`server`] and [`compress`] are also used by the
//! end-to-end tests.

pub mod apt;
pub mod args;
pub mod audit;
pub mod bench;
pub mod browsers;
pub mod build;
pub mod compress;
pub mod doctor;
pub mod e2e;
pub mod failure;
mod first_view;
pub mod help;
pub mod lighthouse;
pub mod lockfile;
pub mod mlflow;
mod module;
pub mod paths;
pub mod process;
pub mod real_python;
pub mod report;
pub mod serve;
pub mod server;
mod short_names;
pub mod sizes;
pub mod split;
mod stories;
pub mod styles;
pub mod test;
pub mod tools;
pub mod wasm;

use std::process::ExitCode;

use args::Task;
use failure::Failure;

/// Reads the command line, does what it asks and says how it went.
#[must_use]
pub fn run() -> ExitCode {
    let done = args::parse(std::env::args_os().skip(1)).and_then(act);
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::from(failure.exit_code())
        }
    }
}

fn act(task: Task) -> Result<(), Failure> {
    match task {
        Task::Help(text) => {
            println!("{text}");
            Ok(())
        }
        Task::Serve { port, release } => serve::serve(port, release),
        Task::Announce(port) => {
            serve::announce(port);
            Ok(())
        }
        Task::Styles => styles::bundle(),
        Task::Split => split::split(),
        Task::Build { twice: false } => build::build(),
        Task::Build { twice: true } => build::twice(),
        Task::Test(selection) => test::test(&selection),
        Task::Audit => audit::audit(),
        Task::Bench => bench::bench(),
        Task::TestKill => bench::kill(),
        Task::Lighthouse => lighthouse::lighthouse(),
        Task::TestMlflow(real) => mlflow::test(&real),
        Task::Doctor => doctor::doctor(),
    }
}
