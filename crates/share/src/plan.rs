//! What taking a file in would change. Workspaces come beside those that are here, progress is merged; nothing is replaced
//! but the colours.

use super::file::Everything;
use lesson::progress::{MergePreview, Progress};
use registry::FreeText;
use storage::{ClassPlans, ConsoleMemory, Theme, WorkspaceName, WorkspaceSnapshot};

/// What taking a file in would change.
#[derive(Clone, PartialEq, Debug)]
pub struct Plan {
    /// The workspaces that would come in, under the names that they would have.
    pub new: Vec<WorkspaceSnapshot>,
    /// How many workspaces of the file are here already: the same name, the same rules, and the very same history.
    pub same: usize,
    /// The progress that there would be, and what of it is new; nothing where none of it is.
    pub progress: Option<(Progress, MergePreview)>,
    /// The colours that there would be; nothing where they are the same.
    pub theme: Option<Theme>,
    /// What the console would remember, and how many lines of that are new; nothing where none is.
    pub console: Option<(ConsoleMemory, usize)>,
    /// The plans for classes that there would be, and how many of them are new; nothing where none is.
    pub plans: Option<(ClassPlans, usize)>,
    /// For how many plans there is no room.
    pub plans_left: usize,
}

impl Plan {
    /// Compares a file with what is here. `own` is what a workspace without a name is called.
    ///
    /// A workspace is here already if one of the same name has the same history under the same rules. One that came in
    /// under another name, because its own was taken, is found under that name too, so that a file which is taken in twice
    /// brings nothing the second time. Each workspace that is here stands for one of the file.
    pub fn of(file: &Everything, here: &Everything, own: &str) -> Self {
        let called = |snapshot: &WorkspaceSnapshot| match snapshot.name.as_str() {
            "" => own.to_owned(),
            name => name.to_owned(),
        };
        let mut known: Vec<(String, Option<&WorkspaceSnapshot>)> = here
            .workspaces
            .iter()
            .map(|snapshot| (called(snapshot), Some(snapshot)))
            .collect();
        let mut taken: Vec<String> = known.iter().map(|(name, _)| name.clone()).collect();
        let mut seen: Vec<(String, &WorkspaceSnapshot)> = Vec::new();
        let mut left: Vec<(String, &WorkspaceSnapshot)> = Vec::new();
        for snapshot in &file.workspaces {
            let name = called(snapshot);
            let is_it =
                |other: &str, known: &WorkspaceSnapshot| other == name && is_same(known, snapshot);
            let again = seen.iter().any(|(other, known)| is_it(other, known));
            if !again && !take(&mut known, is_it) {
                left.push((name.clone(), snapshot));
            }
            seen.push((name, snapshot));
        }
        left.retain(|(name, snapshot)| {
            !take(&mut known, |other, known| {
                WorkspaceName::is_like(other, name, own) && is_same(known, snapshot)
            })
        });
        // Whose name is free keeps it, before the others get numbers.
        let mut keep = |name: &str| {
            let name = WorkspaceName::like(name, own, &[]);
            let free = !taken.iter().any(|taken| taken == name.as_str());
            free.then(|| {
                taken.push(name.to_string());
                name
            })
        };
        let kept: Vec<Option<WorkspaceName>> = left.iter().map(|(name, _)| keep(name)).collect();
        let new: Vec<WorkspaceSnapshot> = left
            .iter()
            .zip(kept)
            .map(|((name, snapshot), kept)| {
                let name = kept.unwrap_or_else(|| {
                    let name = WorkspaceName::like(name, own, &taken);
                    taken.push(name.to_string());
                    name
                });
                WorkspaceSnapshot {
                    name: FreeText::from(name),
                    ..(*snapshot).clone()
                }
            })
            .collect();
        let same = file.workspaces.len() - new.len();
        let (plans, plans_left) = planned(file, here);
        Self {
            new,
            same,
            progress: merged(file, here),
            theme: file.theme.filter(|theme| here.theme != Some(*theme)),
            console: remembered(file, here),
            plans,
            plans_left,
        }
    }

    /// Returns whether nothing would change.
    pub const fn is_nothing(&self) -> bool {
        self.new.is_empty()
            && self.progress.is_none()
            && self.theme.is_none()
            && self.console.is_none()
            && self.plans.is_none()
    }
}

/// Returns whether two workspaces differ by no more than their names and when they were made.
fn is_same(one: &WorkspaceSnapshot, other: &WorkspaceSnapshot) -> bool {
    one.rules == other.rules && one.log == other.log
}

/// Takes the first workspace out that is the one looked for. Tells whether there was one.
fn take(
    known: &mut [(String, Option<&WorkspaceSnapshot>)],
    is_it: impl Fn(&str, &WorkspaceSnapshot) -> bool,
) -> bool {
    let found = known
        .iter_mut()
        .find(|(name, snapshot)| snapshot.is_some_and(|snapshot| is_it(name, snapshot)));
    found.is_some_and(|(_, snapshot)| snapshot.take().is_some())
}

fn merged(file: &Everything, here: &Everything) -> Option<(Progress, MergePreview)> {
    let other = file.progress.as_ref()?;
    let mut progress = here.progress.clone().unwrap_or_default();
    let brings = progress.merge_preview(other);
    if brings.is_nothing() {
        return None;
    }
    progress.take_in(other);
    Some((progress, brings))
}

/// The lines of the file come before those of here: these are the newer ones.
fn remembered(file: &Everything, here: &Everything) -> Option<(ConsoleMemory, usize)> {
    let other = file.console.as_ref()?;
    let own = here.console.clone().unwrap_or_default();
    let mut memory = own.clone();
    memory.forget();
    for line in other.lines().iter().chain(own.lines()) {
        memory.remember(line);
    }
    let is_new = |line: &&String| !own.lines().contains(line);
    let new = memory.lines().iter().filter(is_new).count();
    (new > 0).then_some((memory, new))
}

/// The plans of the file come beside those of here.
fn planned(file: &Everything, here: &Everything) -> (Option<(ClassPlans, usize)>, usize) {
    let mut plans = here.plans.clone().unwrap_or_default();
    let brought = file.plans.as_ref();
    let (new, left) = brought.map_or((0, 0), |brought| plans.take_in(brought));
    ((new > 0).then_some((plans, new)), left)
}
