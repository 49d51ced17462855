//! How an exercise went: the steps against the best, and what would have saved some, where that is known.

use super::goal;
use super::{Best, Machine, Task};
use registry::{Action, Alias, Command, Event, Log, ModelName, Stage, VersionNumber};

/// The result of an attempt.
#[derive(Clone, PartialEq, Debug)]
pub struct ExerciseOutcome {
    /// Whether the goal is reached.
    pub solved: bool,
    pub steps: u64,
    /// The fewest steps from the start.
    pub par: u32,
    /// What would have saved steps; nothing where none could be saved, or where no single reason is known.
    pub spare: Option<Spare>,
}

/// What would have saved steps.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Spare {
    /// `archive_existing_versions` archives these in the same step.
    ArchiveExisting {
        model: ModelName,
        /// The versions that were archived one by one.
        versions: Vec<VersionNumber>,
    },
    /// Setting an alias moves it: it need not be deleted before.
    AliasMoves { alias: Alias },
    /// A step that changed nothing which matters here.
    Idle { step: u64 },
    /// Some steps led back to where things stood before them.
    Detour { first: u64, last: u64 },
}

/// Returns how an exercise went; `best` is the solver's answer from the start.
pub fn outcome(task: &Task, machine: &Machine, log: &Log, best: &Best) -> ExerciseOutcome {
    let steps = task.steps(log);
    let more = steps > u64::from(best.distance);
    ExerciseOutcome {
        solved: goal::solved(task, log),
        steps,
        par: best.distance,
        spare: if more {
            spare(task, machine, log, best)
        } else {
            None
        },
    }
}

fn spare(task: &Task, machine: &Machine, log: &Log, best: &Best) -> Option<Spare> {
    let from = task.from();
    let way: Vec<(u64, &Command)> = log
        .done()
        .iter()
        .filter(|entry| entry.step > from)
        .filter_map(|entry| match &entry.action {
            Action::Do(command) => Some((entry.step, command)),
            Action::Restore { .. } => None,
        })
        .collect();
    archive_existing(task, &way, best)
        .or_else(|| alias_moves(&way, best))
        .or_else(|| detour(machine, log, from))
}

/// Versions that were archived by a step of their own, where a best way archives them on the way.
fn archive_existing(task: &Task, way: &[(u64, &Command)], best: &Best) -> Option<Spare> {
    let mut ahead = task.log();
    let mut archived: Vec<(ModelName, VersionNumber)> = Vec::new();
    for command in &best.solution {
        let at = ahead.done().len();
        ahead.act(&task.context(&ahead), command).ok()?;
        let Command::TransitionModelVersionStage {
            version: moved,
            archive_existing_versions: true,
            ..
        } = command
        else {
            continue;
        };
        let events = ahead.done().iter().skip(at).flat_map(|entry| &entry.events);
        archived.extend(events.filter_map(|event| match event {
            Event::StageChanged {
                name,
                version,
                stage,
                ..
            } if version != moved && stage.after == Stage::Archived => {
                Some((name.clone(), *version))
            }
            _ => None,
        }));
    }
    let by_hand = way.iter().filter_map(|(_, command)| match command {
        Command::TransitionModelVersionStage {
            name,
            version,
            stage: Stage::Archived,
            ..
        } => archived
            .iter()
            .any(|(model, number)| model == name && number == version)
            .then_some((name, *version)),
        _ => None,
    });
    let mut spare: Option<(ModelName, Vec<VersionNumber>)> = None;
    for (name, version) in by_hand {
        let (model, versions) = spare.get_or_insert_with(|| (name.clone(), Vec::new()));
        if model == name && !versions.contains(&version) {
            versions.push(version);
        }
    }
    spare.map(|(model, versions)| Spare::ArchiveExisting { model, versions })
}

/// Returns an alias that was deleted and then set, where a best way only sets it.
fn alias_moves(way: &[(u64, &Command)], best: &Best) -> Option<Spare> {
    let deletes = |command: &Command, wanted: &Alias| matches!(command, Command::DeleteRegisteredModelAlias { alias, .. } if alias == wanted);
    way.iter().enumerate().find_map(|(at, (_, command))| {
        let Command::SetRegisteredModelAlias { alias, .. } = command else {
            return None;
        };
        let before = way.get(..at)?.iter();
        let deleted = before.into_iter().any(|(_, before)| deletes(before, alias));
        let needed = best.solution.iter().any(|step| deletes(step, alias));
        (deleted && !needed).then(|| Spare::AliasMoves {
            alias: alias.clone(),
        })
    })
}

/// Steps that led nowhere: the longest such stretch, the earliest of these.
fn detour(machine: &Machine, log: &Log, from: u64) -> Option<Spare> {
    let positions: Vec<_> = (from..=log.step())
        .map(|step| {
            machine
                .position_at(log, step)
                .map(|position| position.states)
        })
        .collect();
    let mut longest: Option<(usize, usize)> = None;
    for (at, before) in positions.iter().enumerate() {
        let same = positions
            .iter()
            .rposition(|after| after == before && before.is_some());
        if let Some(last) = same.filter(|last| *last > at)
            && longest.is_none_or(|(first, end)| last - at > end - first)
        {
            longest = Some((at, last));
        }
    }
    let (at, last) = longest?;
    let (first, last) = (from + at as u64 + 1, from + last as u64);
    Some(if first == last {
        Spare::Idle { step: first }
    } else {
        Spare::Detour { first, last }
    })
}
