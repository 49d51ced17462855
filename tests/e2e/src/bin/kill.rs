//! `cargo xtask test-kill`: a real Chromium, killed twenty times right after it has said that all is saved.

use std::process::ExitCode;
use std::sync::Arc;

use e2e::browser::fresh_folder;
use e2e::setting::Setting;
use e2e::site::Site;
use e2e::{Failure, Outcome, kill};

/// How often it is killed.
const ROUNDS: u32 = 20;

fn main() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    match runtime
        .map_err(Failure::from)
        .and_then(|runtime| runtime.block_on(play()))
    {
        Ok(ROUNDS) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

async fn play() -> Outcome<u32> {
    let setting = Setting::read();
    let dist = setting
        .dist
        .as_deref()
        .ok_or("E2E_DIST does not say where the release is.")?;
    let site = Arc::new(Site::start(dist, fresh_folder("kill")?)?);
    let kept = kill::rounds(site, ROUNDS, &|line| println!("{line}")).await?;
    println!("{kept} of {ROUNDS} kept.");
    Ok(kept)
}
