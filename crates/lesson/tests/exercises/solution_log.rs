//! Which solutions are counted: each once.

use lesson::exercise::Task;
use lesson::exercise::solution_log::SolutionLog;
use registry::{Command, Log, Stage};

use super::make::move_to;
use super::support::*;

fn go(task: &Task, log: &mut Log, steps: &[Command]) {
    for step in steps {
        assert!(act(task, log, step), "{step:?}");
    }
}

fn moved(number: u32, stage: Stage) -> Command {
    move_to("fraud-detector", number, stage)
}

#[test]
fn a_better_way_counts_and_the_same_way_does_not() {
    let task = &exercise("first-promotion").task;
    let mut log = task.log();
    let mut solution_log = SolutionLog::default();
    assert!(!solution_log.counts(task, &log), "nothing is solved");
    let detour = [moved(2, Stage::Staging), moved(2, Stage::None)];
    let best = [moved(1, Stage::Staging), moved(1, Stage::Production)];
    go(task, &mut log, &detour);
    go(task, &mut log, &best);
    assert!(solution_log.counts(task, &log), "in four steps");
    assert!(!solution_log.counts(task, &log));
    log.undo().unwrap();
    assert!(!solution_log.counts(task, &log), "not solved any more");
    log.redo().unwrap();
    assert!(!solution_log.counts(task, &log), "the same again");
    go(task, &mut log, &[moved(2, Stage::Staging)]);
    assert!(!solution_log.counts(task, &log), "it only goes on");
    for _ in 0..5 {
        log.undo().unwrap();
    }
    go(task, &mut log, &best);
    assert!(solution_log.counts(task, &log), "in two steps");
    assert!(!solution_log.counts(task, &log));
}

/// Who comes back to what is solved has been counted; also where they had gone on after it.
#[test]
fn what_was_solved_before_one_came_back_is_known() {
    let task = &exercise("first-promotion").task;
    let mut log = task.log();
    let best = [moved(1, Stage::Staging), moved(1, Stage::Production)];
    go(task, &mut log, &best);
    go(task, &mut log, &[moved(2, Stage::Staging)]);
    let mut solution_log = SolutionLog::of(task, &log);
    assert_ne!(solution_log, SolutionLog::default());
    assert!(!solution_log.counts(task, &log));
    log.undo().unwrap();
    log.undo().unwrap();
    log.redo().unwrap();
    assert!(!solution_log.counts(task, &log));
    assert_eq!(SolutionLog::of(task, &task.log()), SolutionLog::default());
}
