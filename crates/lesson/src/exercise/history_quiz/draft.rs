//! What there is to ask of a history, by kind.

use super::past::Past;
use super::{Pick, Prompt};
use registry::{Log, RegisteredModel, Registry, Stage, VersionNumber};

/// What is asked, the key, and what else could be chosen.
pub(super) type Draft = (Prompt, Pick, Vec<Pick>);

impl Past {
    /// Returns all of it, kind by kind.
    pub(super) fn all(&self, log: &Log) -> Vec<Vec<Draft>> {
        vec![
            self.answered(log),
            self.took_away(log),
            self.stages(log),
            self.went_live(log),
            self.pointed(log),
        ]
    }

    /// After each step that changed the model: what answered then. Only where it was another one at some other time; else
    /// there is nothing to find out.
    fn answered(&self, log: &Log) -> Vec<Draft> {
        let mut drafts = Vec::new();
        for now in self.models() {
            let name = now.name();
            let ever: Vec<Option<VersionNumber>> = self
                .moments
                .iter()
                .map(|registry| registry.live(name).version())
                .collect();
            if ever.iter().all(|answer| Some(answer) == ever.first()) {
                continue;
            }
            for (step, model) in self.after_steps(log, name) {
                let mut others: Vec<Pick> = model
                    .versions()
                    .map(|version| Pick::Version(Some(version.number())))
                    .collect();
                others.push(Pick::Version(None));
                let right = Pick::Version(model.answer(Stage::Production).version());
                let prompt = Prompt::AnsweredAfter {
                    model: name.clone(),
                    step,
                };
                drafts.push((prompt, right, others));
            }
        }
        drafts
    }

    /// Versions that answered and then did not any more, where that happened once.
    fn took_away(&self, log: &Log) -> Vec<Draft> {
        let mut drafts = Vec::new();
        for name in self.models().map(RegisteredModel::name) {
            let steps = self.steps_of(log, name);
            let live = |registry: &Registry| registry.live(name).version();
            let changes: Vec<(u64, VersionNumber)> = self
                .steps()
                .filter(|(_, before, after)| live(before) != live(after))
                .filter_map(|(step, before, _)| Some((step, live(before)?)))
                .collect();
            for (step, version) in &changes {
                let times = changes.iter().filter(|(_, other)| other == version).count();
                if times == 1 && steps.len() > 1 {
                    let (model, version) = (name.clone(), *version);
                    let others = steps.iter().map(|step| Pick::Step(*step)).collect();
                    drafts.push((
                        Prompt::TookAway { model, version },
                        Pick::Step(*step),
                        others,
                    ));
                }
            }
        }
        drafts
    }

    /// Returns where a version was that has moved since.
    fn stages(&self, log: &Log) -> Vec<Draft> {
        let mut drafts = Vec::new();
        for now in self.models() {
            for (step, model) in self.after_steps(log, now.name()) {
                for version in model.versions() {
                    let today = now.version(version.number());
                    if today.is_none_or(|today| today.stage() != version.stage()) {
                        let prompt = Prompt::StageAfter {
                            model: now.name().clone(),
                            version: version.number(),
                            step,
                        };
                        let others = Stage::ALL.map(Pick::Stage).to_vec();
                        drafts.push((prompt, Pick::Stage(version.stage()), others));
                    }
                }
            }
        }
        drafts
    }

    /// Versions that went live while somebody watched.
    fn went_live(&self, log: &Log) -> Vec<Draft> {
        let mut drafts: Vec<Draft> = Vec::new();
        for (step, before, after) in self.steps() {
            let models = after.models();
            for model in models.filter(|model| self.is_about(model.name())) {
                let name = model.name();
                let first = model.versions().filter(|version| {
                    let was = before
                        .model(name)
                        .and_then(|was| was.version(version.number()));
                    version.has_been_live() && was.is_some_and(|was| !was.has_been_live())
                });
                for version in first {
                    let prompt = Prompt::WentLive {
                        model: name.clone(),
                        version: version.number(),
                    };
                    let steps = self.steps_of(log, name);
                    // What was taken back by a restore can happen again; the first time counts.
                    let is_known = drafts.iter().any(|(known, ..)| *known == prompt);
                    if steps.len() > 1 && !is_known {
                        let others = steps.into_iter().map(Pick::Step).collect();
                        drafts.push((prompt, Pick::Step(step), others));
                    }
                }
            }
        }
        drafts
    }

    /// Returns where an alias pointed that points elsewhere now.
    fn pointed(&self, log: &Log) -> Vec<Draft> {
        let mut drafts = Vec::new();
        for now in self.models() {
            for (step, model) in self.after_steps(log, now.name()) {
                for (alias, to) in model.aliases() {
                    if now.aliases().get(alias) == Some(to) || model.version_count() < 2 {
                        continue;
                    }
                    let prompt = Prompt::PointedAfter {
                        model: now.name().clone(),
                        alias: alias.clone(),
                        step,
                    };
                    let others = model.versions();
                    let others = others.map(|version| Pick::Version(Some(version.number())));
                    drafts.push((prompt, Pick::Version(Some(*to)), others.collect()));
                }
            }
        }
        drafts
    }
}
