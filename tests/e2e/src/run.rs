//! Runs the tests: every browser that is here runs them in a few sessions, each with a profile of its own, both browsers at
//! once.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::rc::Rc;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::browser::{Browser, Kind, Without, fresh_folder};
use crate::case::Case;
use crate::failure::{Failure, Outcome};
use crate::page::Page;
use crate::setting::Setting;
use crate::site::Site;

/// How long one test may take.
const PATIENCE: Duration = Duration::from_secs(180);

/// In how many sessions of a browser the cases run at once. A session waits for its browser half of the time.
const SESSIONS: usize = 2;

/// What all browsers of a run share.
struct Run {
    setting: Setting,
    site: Arc<Site>,
    axe: Option<Arc<str>>,
    pictures: PathBuf,
}

/// Runs the cases whose names contain what is given on the command line, and prints how each ended. Pictures of pages in
/// which a case failed go to the folder `pictures`.
#[must_use]
pub fn run(cases: &[Case], pictures: &Path) -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let wanted = arguments.iter().find(|argument| !argument.starts_with('-'));
    let chosen: Vec<Case> = cases
        .iter()
        .filter(|case| wanted.is_none_or(|wanted| case.name.contains(wanted.as_str())))
        .copied()
        .collect();
    if arguments.iter().any(|argument| argument == "--list") {
        chosen
            .iter()
            .for_each(|case| println!("{}: test", case.name));
        return ExitCode::SUCCESS;
    }
    std::panic::set_hook(Box::new(|panic| {
        // The words come with the failure; this is where.
        if let Some(place) = panic.location() {
            println!("          an assertion failed at {place}");
        }
    }));
    match all(&chosen, pictures) {
        Ok(failed) if failed.is_empty() => ExitCode::SUCCESS,
        Ok(failed) => {
            println!("\n{} failed:", failed.len());
            failed.iter().for_each(|failed| println!("  {failed}"));
            ExitCode::FAILURE
        }
        Err(failure) => {
            println!("{failure}");
            ExitCode::FAILURE
        }
    }
}

fn all(cases: &[Case], pictures: &Path) -> Outcome<Vec<String>> {
    let setting = Setting::read();
    let Some(dist) = &setting.dist else {
        setting.skip("E2E_DIST does not say where the release is.")?;
        return Ok(Vec::new());
    };
    let site = Arc::new(Site::start(dist, fresh_folder("frames")?)?);
    let axe = match &setting.axe {
        Some(script) => Some(std::fs::read_to_string(script)?.into()),
        None => {
            setting.skip("E2E_AXE does not say where axe-core is.")?;
            None
        }
    };
    std::fs::create_dir_all(pictures)?;
    let run = Run {
        setting,
        site,
        axe,
        pictures: pictures.to_owned(),
    };
    std::thread::scope(|scope| {
        let run = &run;
        let threads =
            Kind::ALL.map(|kind| scope.spawn(move || (kind, in_browser(run, cases, kind))));
        let mut failed = Vec::new();
        for thread in threads {
            let (kind, ended) = thread
                .join()
                .map_err(|_| Failure::new("A browser's thread panicked."))?;
            failed.extend(ended.map_err(|failure| Failure::new(format!("{kind}: {failure}")))?);
        }
        Ok(failed)
    })
}

/// Runs the cases in one browser; gives those that failed.
fn in_browser(run: &Run, cases: &[Case], kind: Kind) -> Outcome<Vec<String>> {
    if kind.programs(&run.setting).is_none() {
        let missing = format!("The environment does not say where {kind} and its driver are.");
        run.setting.skip(&missing)?;
        return Ok(Vec::new());
    }
    let mut failed = Vec::new();
    for without in Without::ALL {
        let meant =
            |case: &&Case| case.without == without && case.only.is_none_or(|only| only == kind);
        let cases: VecDeque<Case> = cases.iter().filter(meant).copied().collect();
        let sessions = cases.len().min(SESSIONS);
        let cases = Mutex::new(cases);
        let session = || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()?;
            let tasks = tokio::task::LocalSet::new();
            tasks.block_on(&runtime, in_session(run, &cases, kind, without))
        };
        std::thread::scope(|scope| {
            let threads: Vec<_> = (0..sessions).map(|_| scope.spawn(session)).collect();
            for thread in threads {
                let ended = thread.join();
                failed.extend(ended.map_err(|_| Failure::new("A session's thread panicked."))??);
            }
            Ok::<_, Failure>(())
        })?;
    }
    Ok(failed)
}

/// Runs cases, as long as there are any, in a session of their own; gives those that failed.
async fn in_session(
    run: &Run,
    cases: &Mutex<VecDeque<Case>>,
    kind: Kind,
    without: Without,
) -> Outcome<Vec<String>> {
    let programs = kind
        .programs(&run.setting)
        .ok_or("The browser is not here.")?;
    let start = async || Ok::<_, Failure>(Rc::new(Browser::start(kind, programs, without).await?));
    let mut browser = start().await?;
    let mut failed = Vec::new();
    let next = || {
        let mut cases = cases.lock().unwrap_or_else(PoisonError::into_inner);
        cases.pop_front()
    };
    while let Some(case) = next() {
        let began = Instant::now();
        let page = Page::new(Rc::clone(&browser), Arc::clone(&run.site), run.axe.clone());
        let ended = one(&case, page.clone()).await;
        let seconds = began.elapsed().as_secs_f32();
        match ended {
            Ok(()) => println!("{kind:<8}  ok      {} ({seconds:.1} s)", case.name),
            Err(failure) => {
                println!(
                    "{kind:<8}  FAILED  {} ({seconds:.1} s)\n    {failure}",
                    case.name
                );
                failed.push(format!("{} in {kind}", case.name));
                let name = format!("{kind}-{}.png", case.name.replace("::", "-"));
                page.picture(&run.pictures.join(name)).await;
                if page.js("return 1", serde_json::json!([])).await.is_err() {
                    // It hangs or is gone: another one for the rest.
                    drop(page);
                    end(browser).await?;
                    browser = start().await?;
                }
            }
        }
    }
    end(browser).await?;
    Ok(failed)
}

/// Ends a browser, unless a test that hangs still holds it.
async fn end(browser: Rc<Browser>) -> Outcome {
    match Rc::try_unwrap(browser) {
        Ok(browser) => browser.quit().await,
        Err(_) => Ok(()),
    }
}

/// Runs one case, from a page with nothing saved to a page without a complaint.
async fn one(case: &Case, page: Page) -> Outcome {
    let steps = case.steps;
    let has_scripts = case.without != Without::Scripts;
    let task = tokio::task::spawn_local(async move {
        if !has_scripts {
            return steps(page).await;
        }
        page.begin().await?;
        steps(page.clone()).await?;
        page.no_complaints().await
    });
    let stop = task.abort_handle();
    match tokio::time::timeout(PATIENCE, task).await {
        Ok(Ok(ended)) => ended,
        Ok(Err(panicked)) => Err(said(panicked).into()),
        Err(_) => {
            stop.abort();
            Err(format!("It took longer than {} seconds.", PATIENCE.as_secs()).into())
        }
    }
}

/// What a test that panicked has said.
fn said(panicked: tokio::task::JoinError) -> String {
    let Ok(panic) = panicked.try_into_panic() else {
        return "It was stopped.".to_owned();
    };
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("It panicked.")
        .to_owned()
}
