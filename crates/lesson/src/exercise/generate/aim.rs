//! The goal of a made exercise, and what may be used for it.

use super::super::{Allowed, Goal, Named};
use super::{ALIASES, Draw, Model, Purpose, alias};
use crate::condition::Condition;
use registry::{Alias, Registry, Stage};

impl Draw<'_> {
    /// Returns what has changed, as conditions.
    pub(super) fn goal(&self, models: &[Model], moments: &[Registry]) -> Vec<Named> {
        let (Some(before), Some(after)) = (moments.first(), moments.last()) else {
            return Vec::new();
        };
        let purpose = self.recipe.purpose();
        let mut goals = Vec::new();
        for Model { name, versions } in models {
            let count = |registry: &Registry, stage: Stage| {
                registry
                    .model(name)
                    .map_or(0, |model| model.in_stage(stage).len())
            };
            let counted = |stage: Stage| {
                Goal::Now(Condition::Count {
                    model: name.clone(),
                    stage: Some(stage),
                    count: count(after, stage),
                })
            };
            let (Some(old), Some(new)) = (before.model(name), after.model(name)) else {
                continue;
            };
            if old == new {
                continue;
            }
            for name in ALIASES.iter().filter_map(|name| alias(name)) {
                let to = new.aliases().get(&name).copied();
                if old.aliases().get(&name).copied() != to {
                    goals.push(Goal::Now(Condition::AliasAt {
                        model: new.name().clone(),
                        alias: name,
                        version: to,
                    }));
                }
            }
            for (number, stage, _) in versions {
                let Some(now) = new.version(*number).map(|version| version.stage()) else {
                    continue;
                };
                // Who clears a stage speaks of the stage, not of each version in it.
                let spoken_of = match purpose {
                    Purpose::CleanUp => *stage != Stage::Production || now != Stage::Archived,
                    Purpose::Migrate => false,
                    Purpose::Release | Purpose::RollBack | Purpose::Aliases => true,
                };
                if now != *stage && spoken_of {
                    goals.push(Goal::Now(Condition::InStage {
                        model: name.clone(),
                        version: *number,
                        stage: now,
                    }));
                }
            }
            let live = format!("models:/{name}/{}", Stage::Production);
            let at_every_moment = |uri: String| {
                let condition = Condition::AnswersAny { uri };
                let held = moments.iter().all(|registry| condition.holds_in(registry));
                held.then_some(Goal::Always(condition))
            };
            match purpose {
                Purpose::Release | Purpose::RollBack => {
                    goals.push(counted(Stage::Staging));
                    goals.extend(at_every_moment(live));
                }
                Purpose::CleanUp => {
                    let version = new.newest_in(Stage::Production);
                    goals.push(Goal::Now(Condition::Answers { uri: live, version }));
                    goals.push(counted(Stage::Production));
                    goals.push(counted(Stage::Staging));
                }
                Purpose::Aliases => {
                    let champion = ALIASES.first().copied().unwrap_or_default();
                    goals.extend(at_every_moment(format!("models:/{name}@{champion}")));
                }
                Purpose::Migrate => {
                    goals.push(counted(Stage::Production));
                    goals.push(counted(Stage::Staging));
                }
            }
        }
        if purpose == Purpose::CleanUp {
            goals.push(Goal::NothingDeleted);
        }
        goals
            .into_iter()
            .map(|goal| Named {
                goal,
                label: None,
                secret: false,
            })
            .collect()
    }

    pub(super) fn allow(&self) -> Vec<Allowed> {
        let aliases: Vec<Alias> = ALIASES.iter().filter_map(|name| alias(name)).collect();
        match self.recipe.purpose() {
            Purpose::Release | Purpose::RollBack => vec![Allowed::Transition],
            Purpose::CleanUp => vec![Allowed::Transition, Allowed::DeleteVersion],
            Purpose::Aliases => vec![
                Allowed::SetAlias(aliases.clone()),
                Allowed::DeleteAlias(aliases),
            ],
            Purpose::Migrate => {
                let two: Vec<Alias> = aliases.into_iter().take(2).collect();
                vec![
                    Allowed::SetAlias(two.clone()),
                    Allowed::DeleteAlias(two),
                    Allowed::Transition,
                ]
            }
        }
    }
}
