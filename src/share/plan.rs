//! What taking a file in would change. Workspaces come beside those that are here, progress is merged; nothing is replaced
//! but the colours.

use super::file::Everything;
use crate::lesson::progress::{MergePreview, Progress};
use crate::registry::FreeText;
use crate::storage::{ConsoleMemory, Theme, Whole, WorkspaceName};

/// What taking a file in would change.
#[derive(Clone, PartialEq, Debug)]
pub struct Plan {
    /// The workspaces that would come in, under the names that they would have.
    pub new: Vec<Whole>,
    /// How many workspaces of the file are here already, with the very same history.
    pub same: usize,
    /// The progress that there would be, and what of it is new; nothing where none of it is.
    pub progress: Option<(Progress, MergePreview)>,
    /// The colours that there would be; nothing where they are the same.
    pub theme: Option<Theme>,
    /// What the console would remember, and how many lines of that are new; nothing where none is.
    pub console: Option<(ConsoleMemory, usize)>,
}

impl Plan {
    /// Compares a file with what is here. `own` is what a workspace without a name is called.
    #[must_use]
    pub fn of(file: &Everything, here: &Everything, own: &str) -> Self {
        let called = |whole: &Whole| match whole.name.as_str() {
            "" => own.to_owned(),
            name => name.to_owned(),
        };
        let mut taken: Vec<String> = here.workspaces.iter().map(called).collect();
        let (mut new, mut same) = (Vec::<Whole>::new(), 0);
        for whole in &file.workspaces {
            let is_here = |known: &Whole| known.log == whole.log && known.rules == whole.rules;
            if here.workspaces.iter().chain(&new).any(is_here) {
                same += 1;
                continue;
            }
            let name = WorkspaceName::like(&called(whole), own, &taken);
            taken.push(name.to_string());
            new.push(Whole {
                name: FreeText::from(name),
                ..whole.clone()
            });
        }
        Self {
            new,
            same,
            progress: merged(file, here),
            theme: file.theme.filter(|theme| here.theme != Some(*theme)),
            console: remembered(file, here),
        }
    }

    /// Whether nothing would change.
    #[must_use]
    pub const fn is_nothing(&self) -> bool {
        self.new.is_empty()
            && self.progress.is_none()
            && self.theme.is_none()
            && self.console.is_none()
    }
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
