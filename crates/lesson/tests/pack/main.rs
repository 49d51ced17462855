//! The app's own pack is good; and what makes a pack a bad one is found, each with its place.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

mod bad;
mod graded;

use lesson::own;
use lesson::pack::{self, Act, Id, Pack, Scene, check};
use lesson::run::Played;
use registry::{Command, Stage, VersionNumber};
use serde_json::Value;
use share::route::Route;
use text::Language;
use text::problem::problem;

fn own() -> Pack {
    pack::read(own::PACK).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

/// Every problem of a pack, as an author reads it.
fn problems(pack: &Value) -> Vec<String> {
    match pack::read(&pack.to_string()) {
        Ok(pack) => check::check(&pack, &Route::is_page),
        Err(problems) => problems,
    }
    .iter()
    .map(|found| problem(Language::English, found))
    .collect()
}

/// The scenes of the lesson, in the order of its steps.
fn story(pack: &Pack) -> Vec<&Scene> {
    let played = pack.steps.iter().filter_map(|step| step.play.as_ref());
    played.filter_map(|play| pack.scene(&play.scene)).collect()
}

#[test]
fn the_lesson_is_one_story() {
    let pack = own();
    let story = story(&pack);
    // The first one is the start page's, and the second is from before the registry: files in a folder.
    let story = &story[1..];
    for pair in story[1..].windows(2) {
        let [before, after] = pair else { continue };
        assert!(
            after.commands.starts_with(&before.commands),
            "{} goes on where {} was",
            after.id,
            before.id
        );
        assert!(after.days.starts_with(&before.days), "{}", after.id);
    }
    for scene in story {
        assert!(!scene.today.is_empty(), "{}", scene.id);
        assert!(scene.days.iter().all(|day| !day.is_empty()), "{}", scene.id);
    }
}

#[test]
fn a_scene_says_since_when_a_version_is_in_its_stage() {
    let pack = own();
    let scene = |id: &str| pack.scene(&Id::parse(id).unwrap()).unwrap();
    let version = |number| VersionNumber::new(number).unwrap();
    let one_live = scene("lesson-one-live");
    let mut played = Played::new(one_live, None);
    let since = |played: &Played, number| {
        let day = one_live.since(&played.log, &one_live.model, version(number));
        day.map(str::to_owned)
    };
    assert_eq!(since(&played, 1).as_deref(), Some("13 Mar"));
    assert_eq!(since(&played, 2).as_deref(), Some("16 Mar"));
    assert_eq!(since(&played, 3).as_deref(), Some("6 Mar"), "added then");
    assert_eq!(since(&played, 4), None);
    // What the learner does happens today, and only that.
    played.act(&Act::Do(Command::TransitionModelVersionStage {
        name: one_live.model.clone(),
        version: version(2),
        stage: Stage::Production,
        archive_existing_versions: true,
    }));
    assert_eq!(since(&played, 2).as_deref(), Some("23 Mar"));
    assert_eq!(since(&played, 1).as_deref(), Some("23 Mar"), "archived");
    assert_eq!(since(&played, 3).as_deref(), Some("6 Mar"));
    let start = scene("start");
    let log = Played::new(start, None).log;
    assert_eq!(start.since(&log, &start.model, version(1)), None);
}
