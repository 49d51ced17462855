//! A second solver that shares nothing with the first but the registry and the conditions: it tries everything.

use lesson::exercise::{Status, Task, goal};
use registry::{Command, Log};

use super::support::act;

/// Whether the goal is reached within so many steps, by trying every command everywhere.
fn reaches(task: &Task, commands: &[Command], log: &Log, left: u32) -> bool {
    let evaluated = goal::evaluate(task, log);
    if evaluated
        .iter()
        .all(|evaluated| evaluated.status == Status::Met)
    {
        return true;
    }
    // What only undo can mend is given up: undo is no step.
    if left == 0 || evaluated.iter().any(|evaluated| evaluated.for_good) {
        return false;
    }
    commands.iter().any(|command| {
        let mut next = log.clone();
        task.permits(log.registry(), command).is_ok()
            && act(task, &mut next, command)
            && reaches(task, commands, &next, left - 1)
    })
}

/// The fewest steps to the goal, up to `most`.
pub fn fewest(task: &Task, commands: &[Command], log: &Log, most: u32) -> Option<u32> {
    (0..=most).find(|steps| reaches(task, commands, log, *steps))
}
