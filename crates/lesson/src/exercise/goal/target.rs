//! The board that a goal asks for, as far as it is a state: what can be drawn.

use super::super::{Goal, Named, Task};
use crate::condition::Condition;
use registry::{ModelName, Stage, VersionNumber};

/// What a goal says of one stage of a model.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TargetColumn {
    pub stage: Stage,
    /// The versions that are to be in it, in ascending order.
    pub versions: Vec<VersionNumber>,
    /// Whether nothing else may be in it.
    pub only: bool,
}

/// Returns the stages of a model as the goal wants them at the end, or `None` if it says nothing of them. What is to be found
/// out is not in it.
pub fn target(task: &Task, of: &ModelName) -> Option<Vec<TargetColumn>> {
    let mut columns = Stage::ALL.map(|stage| TargetColumn {
        stage,
        versions: Vec::new(),
        only: false,
    });
    let mut says = false;
    for Named { goal, secret, .. } in &task.goal {
        let Goal::Now(condition) = goal else {
            continue;
        };
        let (model, wanted, numbers, only) = match condition {
            Condition::InStage {
                model,
                version,
                stage,
            } => (model, stage, std::slice::from_ref(version), false),
            Condition::StageHolds {
                model,
                stage,
                versions,
            } => (model, stage, versions.as_slice(), true),
            _ => continue,
        };
        if model != of || *secret {
            continue;
        }
        says = true;
        for column in columns.iter_mut().filter(|it| it.stage == *wanted) {
            column.versions.extend(numbers);
            column.versions.sort_unstable();
            column.versions.dedup();
            column.only |= only;
        }
    }
    says.then(|| columns.into())
}
