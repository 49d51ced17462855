//! The facts behind a question: what the history says of every option, the right and the wrong ones.

use super::past::Past;
use super::{HistoryQuestion, Pick, Prompt};
use registry::{Log, ModelName, Registry, Stage, VersionNumber};

/// What the history says of something to choose.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fact {
    /// It was so from this step on; nothing where it was so before all steps that are looked at.
    Since(Option<u64>),
    /// It had been so, and this step has changed it.
    Until(u64),
    /// This later step made it so for the first time.
    OnlySince(u64),
    /// It was not so at any time.
    Never,
    /// The version was in this stage then; nothing where it was not there.
    Stood(Option<Stage>),
    Answered(VersionNumber),
    /// Before the step it was the one, after it the other; nothing where the version was not there.
    Around {
        step: u64,
        before: Option<Pick>,
        after: Option<Pick>,
    },
}

/// Returns what the history says of each option of a question; nothing where its step is none of those that are looked at any
/// more.
pub fn facts(log: &Log, question: &HistoryQuestion) -> Vec<Option<Fact>> {
    let past = Past::of(log, None);
    let options = question.options.iter();
    let fact = |option: &Pick| past.as_ref()?.fact(&question.prompt, *option);
    options.map(fact).collect()
}

fn stage(registry: &Registry, model: &ModelName, version: VersionNumber) -> Option<Stage> {
    let version = registry.model(model)?.version(version)?;
    Some(version.stage())
}

impl Prompt {
    /// Returns what was so at a moment of what is asked about, or `None` if it was not there.
    fn held(&self, registry: &Registry) -> Option<Pick> {
        match self {
            Self::AnsweredAfter { model, .. } | Self::TookAway { model, .. } => {
                Some(Pick::Version(registry.live(model).version()))
            }
            Self::StageAfter { model, version, .. } | Self::WentLive { model, version } => {
                stage(registry, model, *version).map(Pick::Stage)
            }
            Self::PointedAfter { model, alias, .. } => {
                let to = registry.model(model)?.aliases().get(alias);
                Some(Pick::Version(to.copied()))
            }
        }
    }
}

impl Past {
    fn fact(&self, prompt: &Prompt, option: Pick) -> Option<Fact> {
        let at = prompt.step().map_or(Some(0), |step| self.place(step))?;
        let then = self.moments.get(at)?;
        Some(match (prompt, option) {
            (Prompt::AnsweredAfter { model, .. }, Pick::Version(picked)) => {
                match (picked, then.live(model).version()) {
                    (picked, right) if picked == right => self.when(at, prompt, option),
                    (Some(picked), _) => Fact::Stood(stage(then, model, picked)),
                    (None, Some(right)) => Fact::Answered(right),
                    (None, None) => self.when(at, prompt, option),
                }
            }
            (Prompt::TookAway { .. } | Prompt::WentLive { .. }, Pick::Step(step)) => {
                let after = self.place(step)?;
                let around =
                    |at: usize| self.moments.get(at).and_then(|moment| prompt.held(moment));
                Fact::Around {
                    step,
                    before: around(after.checked_sub(1)?),
                    after: around(after),
                }
            }
            _ => self.when(at, prompt, option),
        })
    }

    /// Returns when something was so, as seen from a moment.
    fn when(&self, at: usize, prompt: &Prompt, option: Pick) -> Fact {
        let is = |moment: &Registry| prompt.held(moment) == Some(option);
        let step = |at: usize| self.since + at as u64;
        let (before, after) = self.moments.split_at_checked(at + 1).unwrap_or_default();
        if before.last().is_some_and(is) {
            let changed = before.iter().rposition(|moment| !is(moment));
            return Fact::Since(changed.map(|at| step(at + 1)));
        }
        if let Some(last) = before.iter().rposition(is) {
            return Fact::Until(step(last + 1));
        }
        match after.iter().position(is) {
            Some(first) => Fact::OnlySince(step(at + 1 + first)),
            None => Fact::Never,
        }
    }
}
