//! The app's own exercises.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use console::codegen::{ApiStyle, python};
use lesson::exercise::generate::{Purpose, Recipe};
use lesson::exercise::{Form, Track, check, hint};
use lesson::own;
use lesson::pack;
use storage::attempt::passing;
use text::{Language, exercise as words};

use super::support::*;

#[test]
fn what_made_exercises_name_is_carried_with_them() {
    let pack = own::made().expect("it can be read");
    for purpose in Purpose::ALL {
        let recipe = Recipe::new(1, purpose, 3, 1, 2).unwrap();
        let made = words::made_exercise(Language::English, &recipe).unwrap();
        let mut objectives = pack.objectives.iter();
        assert!(objectives.any(|it| it.id == made.objective), "{purpose:?}");
        for named in &made.sources {
            assert!(pack.sources.iter().any(|it| it.id == *named), "{named}");
        }
    }
}

#[test]
fn the_piece_that_the_app_carries_is_the_pack() {
    let whole = pack::read(own::PACK).unwrap();
    let piece = own::exercises().expect("it can be read");
    assert_eq!(piece.exercises, whole.exercises);
    let practice = own::practice().unwrap();
    for exercise in &piece.exercises {
        let is = |objective: &&pack::Objective| objective.id == exercise.objective;
        assert!(piece.objectives.iter().any(|it| is(&it)), "{}", exercise.id);
        assert!(
            practice.objectives.iter().any(|it| is(&it)),
            "{}",
            exercise.id
        );
    }
    assert_eq!(own::EXERCISES.len(), whole.exercises.len());
    assert!(
        own::EXERCISE_IDS
            .iter()
            .eq(own::EXERCISES.iter().map(|one| &one.id))
    );
    for (listed, exercise) in own::EXERCISES.iter().zip(&whole.exercises) {
        assert_eq!(
            (
                listed.id,
                listed.title,
                listed.track,
                listed.form,
                listed.par
            ),
            (
                exercise.id.as_str(),
                exercise.title.as_str(),
                exercise.track.as_str(),
                exercise.form.as_str(),
                exercise.task.par
            )
        );
    }
}

#[test]
fn each_track_goes_from_a_worked_example_to_free_ones() {
    let mut tracks: BTreeMap<Track, Vec<&str>> = BTreeMap::new();
    for exercise in exercises() {
        let forms = tracks.entry(exercise.track).or_default();
        forms.push(exercise.form.as_str());
    }
    assert!(exercises().len() >= 24);
    assert_eq!(tracks.len(), Track::ALL.len());
    for (track, forms) in tracks {
        assert!(forms.len() >= 6, "{track:?}");
        assert_eq!(forms[..2], ["worked", "completion"], "{track:?}");
        assert!(
            forms.contains(&"free") && forms.contains(&"script"),
            "{track:?}"
        );
    }
    let forms: BTreeSet<_> = exercises().iter().map(|it| it.form.as_str()).collect();
    assert!(forms.contains("history"));
    // The tracks stand one after the other.
    assert!(exercises().is_sorted_by_key(|exercise| exercise.track));
}

/// Undo ends at the start by itself: what was told of it is somebody else's, or is not in the log.
#[test]
fn the_start_cannot_be_undone() {
    for exercise in exercises() {
        let log = exercise.task.log();
        assert!(log.can_undo().is_err(), "{}", exercise.id);
        assert_eq!(log.step(), exercise.task.from(), "{}", exercise.id);
        assert_eq!(exercise.task.told, exercise.form == Form::History);
    }
}

/// A nudge and an idea do not give the command away, and no two exercises share a sentence.
#[test]
fn the_words_are_each_exercises_own() {
    let mut seen = BTreeSet::new();
    for exercise in exercises() {
        for words in [
            &exercise.title,
            &exercise.story,
            &exercise.hints.nudge,
            &exercise.hints.idea,
            &exercise.debrief,
            &exercise.at_work,
        ] {
            assert!(seen.insert(words), "{}: {words}", exercise.id);
            assert!(!words.contains("  "), "{}: {words}", exercise.id);
        }
        assert!(!exercise.hints.nudge.contains("client."), "{}", exercise.id);
    }
}

#[test]
fn what_was_done_for_the_learner_is_said() {
    for exercise in exercises() {
        let (whole, done) = check::whole(exercise);
        if let Form::Completion { done: count } = exercise.form {
            assert_eq!(done.len(), count);
            let first = distance(&machine(&whole), &whole.log());
            assert_eq!(
                first,
                Some(exercise.task.par + count as u32),
                "{}",
                exercise.id
            );
        } else {
            assert!(done.is_empty());
            assert_eq!(whole, exercise.task);
        }
    }
}

/// What is kept of an exercise is kept by its id, beside what is kept of made and of shared ones.
#[test]
fn no_id_is_that_of_a_made_or_a_shared_exercise() {
    for exercise in exercises() {
        assert_eq!(passing(&exercise.id), None, "{}", exercise.id);
    }
}

/// What there is to practise in each track at least.
#[test]
fn what_has_to_be_practised_is_there() {
    let check = |track: Track, ids: &[&str]| {
        for id in ids {
            assert_eq!(exercise(id).track, track, "{id}");
        }
    };
    check(
        Track::Stages,
        &[
            "first-promotion",
            "occupied-production",
            "archive-is-not-delete",
            "reject-a-candidate",
            "bad-release",
            "two-models-at-once",
        ],
    );
    check(
        Track::Mlflow,
        &[
            "two-live-versions",
            "clean-up-production",
            "staging-goes-dark",
            "number-reuse",
            "no-stage-called-prod",
        ],
    );
    check(
        Track::Aliases,
        &[
            "champion-and-challenger",
            "zero-gap-switch",
            "the-whole-registry",
            "reserved-names",
        ],
    );
    check(
        Track::Teamwork,
        &["four-eyes", "who-broke-production", "not-yours-to-undo"],
    );
    // The bad release is made under time pressure: what it costs is shown beside it.
    assert!(exercise("bad-release").task.loads.is_some());
}

/// The solutions as they are shown, each step with its reason.
#[test]
fn the_solutions_read_well() {
    let text = Language::English;
    let mut all = String::new();
    for exercise in exercises() {
        let task = &exercise.task;
        let mut log = task.log();
        let way = match &exercise.form {
            Form::Worked(way) => way.iter().map(|noted| noted.command.clone()).collect(),
            _ => solve(&machine(task), &log).best().unwrap().solution.clone(),
        };
        writeln!(all, "{}", exercise.id).unwrap();
        let whys = hint::why(task, &log, &way);
        assert_eq!(whys.len(), way.len(), "{}", exercise.id);
        for (command, why) in way.iter().zip(&whys) {
            let code = python(command, ApiStyle::Stages, log.registry());
            let code = code.trim_end().replace('\n', "\n  ");
            let why = words::why(text, task, why);
            writeln!(all, "  {code}\n    {why}").unwrap();
            assert!(act(task, &mut log, command), "{command:?}");
        }
    }
    golden("own_solutions.txt", &all);
}

/// What may be used is said before anything is refused, with the names that it is limited to.
#[test]
fn what_may_be_used_is_said() {
    let check = |id: &str, expected: &str| {
        let words = words::may_use(Language::English, &exercise(id).task);
        assert_eq!(words, expected, "{id}");
    };
    check(
        "first-promotion",
        "Allowed calls: `transition_model_version_stage`.",
    );
    check(
        "champion-and-challenger",
        "Allowed calls: `set_registered_model_alias` (`champion`, `challenger`), \
         `delete_registered_model_alias` (`champion`, `challenger`).",
    );
    for exercise in exercises() {
        let words = words::may_use(Language::English, &exercise.task);
        for allowed in &exercise.task.allow {
            assert!(words.contains(allowed.method()), "{words}");
            for name in allowed.names() {
                assert!(words.contains(&format!("`{name}`")), "{words}");
            }
        }
    }
}
