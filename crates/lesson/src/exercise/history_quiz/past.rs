//! The steps that are asked about, and the registry after each of them.

use registry::{Event, Log, ModelName, RegisteredModel, Registry};

/// So many of the latest steps are asked about.
pub const STEPS: u64 = 60;
/// In a large registry there are fewer: this many versions, counted once for each step, are looked at.
const LOOKED_AT: u64 = 20_000;

/// The registry after each step that is asked about.
pub(super) struct Past {
    pub(super) since: u64,
    about: Option<ModelName>,
    pub(super) moments: Vec<Registry>,
}

impl Past {
    pub(super) fn of(log: &Log, about: Option<&ModelName>) -> Option<Self> {
        let models = log.registry().models();
        let versions: usize = models.map(|model| model.version_count()).sum();
        let steps = STEPS.min(LOOKED_AT / (versions as u64).max(1));
        let since = log.step().saturating_sub(steps).max(log.folded());
        let moments = log.moments(since).ok()?;
        Some(Self {
            since,
            about: about.cloned(),
            moments,
        })
    }

    /// Returns the place of the moment after a step.
    pub(super) fn place(&self, step: u64) -> Option<usize> {
        usize::try_from(step.checked_sub(self.since)?).ok()
    }

    pub(super) fn steps(&self) -> impl Iterator<Item = (u64, &Registry, &Registry)> {
        let pairs = self.moments.iter().zip(self.moments.iter().skip(1));
        (self.since + 1..)
            .zip(pairs)
            .map(|(step, (before, after))| (step, before, after))
    }

    /// Returns the steps that did something to a model.
    pub(super) fn steps_of(&self, log: &Log, name: &ModelName) -> Vec<u64> {
        let entries = log.done().iter().filter(|entry| entry.step > self.since);
        let touches = |event: &Event| match event {
            Event::StageChanged { name: of, .. }
            | Event::VersionCreated { name: of, .. }
            | Event::VersionDeleted { name: of, .. }
            | Event::AliasPointed { name: of, .. } => of == name,
            _ => false,
        };
        entries
            .filter(|entry| entry.events.iter().any(touches))
            .map(|entry| entry.step)
            .collect()
    }

    /// Returns the models that are asked about, as they are now.
    pub(super) fn models(&self) -> impl Iterator<Item = &RegisteredModel> {
        let now = self.moments.last().into_iter();
        now.flat_map(|registry| registry.models())
            .filter(|model| self.is_about(model.name()))
    }

    /// Returns a model after each step that did something to it, where it was there then.
    pub(super) fn after_steps(
        &self,
        log: &Log,
        name: &ModelName,
    ) -> impl Iterator<Item = (u64, &RegisteredModel)> {
        let steps = self.steps_of(log, name);
        self.steps()
            .filter(move |(step, ..)| steps.contains(step))
            .filter_map(move |(step, _, after)| Some((step, after.model(name)?)))
    }

    pub(super) fn is_about(&self, name: &ModelName) -> bool {
        self.about.as_ref().is_none_or(|about| about == name)
    }
}
