//! A saved attempt: the same steps are done and taken back when somebody comes again.

use lesson::exercise::Task;
use lesson::exercise::receipt::{MAX_STEPS, Of, Receipt};
use lesson::exercise::saved_attempt::SavedAttempt;
use registry::{Log, RuleSet};

use super::receipts::id;
use super::support::*;

/// Leaves an exercise and comes again: what is kept goes through its text, as it does in the store.
fn again(of: &Of, task: &Task, log: &Log) -> Option<Log> {
    let saved = SavedAttempt::of(of, task, log)?;
    let way = Receipt::parse(&saved.way.to_string()).unwrap();
    assert_eq!(way, saved.way);
    SavedAttempt { way, ..saved }.resume(of, task)
}

/// An exercise after the solver's way.
fn solved(task: &Task) -> Log {
    let machine = machine(task);
    let mut log = task.log();
    for command in &solve(&machine, &log).best().unwrap().solution {
        assert!(act(task, &mut log, command));
    }
    log
}

#[test]
fn it_goes_on_where_it_was_left() {
    let mut anew = 0;
    for exercise in exercises() {
        let task = &exercise.task;
        let of = Of::Exercise(exercise.id.clone());
        let mut log = solved(task);
        let steps = task.steps(&log);
        for back in 0..=steps {
            assert_eq!(log.undone().len() as u64, back);
            assert_eq!(again(&of, task, &log).as_ref(), Some(&log), "{of}, {back}");
            if back < steps {
                log.undo().unwrap();
            }
        }
        // What is done anew takes the place of what was taken back.
        let first = machine(task).spaces()[0].commands().to_vec();
        if let Some(other) = first.iter().find(|command| {
            task.permits(log.registry(), command).is_ok() && act(task, &mut log, command)
        }) {
            assert_eq!(log.undone(), []);
            assert_eq!(
                again(&of, task, &log).as_ref(),
                Some(&log),
                "{of}, {other:?}"
            );
            anew += 1;
        }
    }
    assert!(anew > 20, "{anew}");
}

#[test]
fn more_than_was_done_is_not_taken_back() {
    let task = &exercise("first-promotion").task;
    let of = id("first-promotion");
    let saved = SavedAttempt::of(&of, task, &solved(task)).unwrap();
    let undone = u32::MAX;
    let log = SavedAttempt { undone, ..saved }.resume(&of, task).unwrap();
    assert_eq!(log.registry(), task.log().registry());
    assert!(!log.undone().is_empty());
}

#[test]
fn what_is_of_something_else_is_not_taken_up() {
    let task = &exercise("first-promotion").task;
    let of = id("first-promotion");
    let saved = SavedAttempt::of(&of, task, &solved(task)).unwrap();
    assert_eq!(saved.resume(&id("bad-release"), task), None);
    let other = Task {
        rules: RuleSet::Mlflow,
        ..task.clone()
    };
    assert_eq!(saved.resume(&of, &other), None);
    let mut broken = saved.clone();
    broken.way.steps.reverse();
    assert_eq!(broken.resume(&of, task), None);
}

/// What was taken back is left out where it is too much, and then what was done is still kept.
#[test]
fn what_is_too_long_with_what_was_taken_back_is_kept_without_it() {
    let task = &exercise("first-promotion").task;
    let of = id("first-promotion");
    let machine = machine(task);
    let mut long = task.log();
    while task.steps(&long) <= MAX_STEPS as u64 {
        let before = task.steps(&long);
        for command in machine.spaces()[0].commands() {
            act(task, &mut long, command);
        }
        assert!(task.steps(&long) > before);
    }
    assert_eq!(SavedAttempt::of(&of, task, &long), None);
    while task.steps(&long) > 2 {
        long.undo().unwrap();
    }
    let saved = SavedAttempt::of(&of, task, &long).unwrap();
    assert_eq!((saved.way.steps.len(), saved.undone), (2, 0));
}
