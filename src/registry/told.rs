//! A command with the registry that it is given to, so that it can be shown as code.

use crate::browser;
use crate::session::RegistryStore;
use registry::{Action, Command, Log, Registry, Replacement, Time};

/// A command, and what it is given to.
#[derive(Clone)]
pub struct Told {
    pub command: Command,
    pub before: Registry,
    pub at: Time,
}

/// A command that is about to be given to the registry as it is.
pub fn told(store: RegistryStore, command: Command) -> Told {
    Told {
        command,
        before: store.read(Registry::clone),
        at: browser::now(),
    }
}

/// What a step of the history has done.
pub fn of_step(log: &Log, step: u64) -> Option<Told> {
    let index = usize::try_from(step.checked_sub(log.folded() + 1)?).ok()?;
    let entry = log.done().get(index)?;
    let command = match &entry.action {
        Action::Do(command) => command.clone(),
        // What was put back is said as the calls that lead there.
        Action::Restore { .. } => Command::ReplaceRegistry {
            with: log.as_of(step).ok()?.into(),
            why: Replacement::TakenIn,
        },
    };
    Some(Told {
        command,
        before: log.as_of(step - 1).ok()?,
        at: entry.context.at,
    })
}
