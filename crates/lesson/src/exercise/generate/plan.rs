//! The plan of a made exercise: steps that suit the purpose.

use super::{ALIASES, Draw, Model, Purpose, alias, point, transition};
use registry::{Alias, Command, ModelName, Stage, VersionNumber};

/// Steps that are to be done.
#[derive(Default)]
struct Plan {
    steps: Vec<Command>,
    /// The versions that something is meant with.
    touched: Vec<(ModelName, VersionNumber)>,
}

impl Plan {
    /// Moves a version, with which nothing else is to be done then.
    fn transition(&mut self, name: &ModelName, version: VersionNumber, to: Stage, archive: bool) {
        self.steps.push(transition(name, version, to, archive));
        self.touch(name, version);
    }

    fn touch(&mut self, name: &ModelName, version: VersionNumber) {
        self.touched.push((name.clone(), version));
    }

    fn touches(&self, name: &ModelName, version: VersionNumber) -> bool {
        let is = |(of, number): &(ModelName, VersionNumber)| of == name && *number == version;
        self.touched.iter().any(is)
    }

    /// Returns whether a step sets or deletes an alias.
    fn has_alias(&self, name: &ModelName, alias: &Alias) -> bool {
        self.steps.iter().any(|command| match command {
            Command::SetRegisteredModelAlias {
                name: of,
                alias: at,
                ..
            }
            | Command::DeleteRegisteredModelAlias {
                name: of,
                alias: at,
            } => of == name && at == alias,
            _ => false,
        })
    }
}

impl Draw<'_> {
    /// Steps that suit the purpose, at least as many as are wanted.
    pub(super) fn plan(&mut self, models: &[Model]) -> Option<Vec<Command>> {
        let wanted = self.recipe.par() as usize;
        let mut plan = Plan::default();
        for model in models {
            if plan.steps.len() < wanted {
                self.main(model, &mut plan)?;
            }
        }
        // What is left over goes to small tasks on other versions.
        for _ in 0..wanted * 8 {
            if plan.steps.len() >= wanted {
                break;
            }
            let model = models.get(self.chance.below(models.len()))?;
            self.aside(model, &mut plan)?;
        }
        (plan.steps.len() >= wanted).then_some(plan.steps)
    }

    /// Returns the main task on a model.
    fn main(&mut self, model: &Model, plan: &mut Plan) -> Option<()> {
        let name = &model.name;
        let live: Vec<VersionNumber> = model
            .versions
            .iter()
            .filter(|(_, stage, _)| *stage == Stage::Production)
            .map(|(number, ..)| *number)
            .collect();
        match self.recipe.purpose() {
            Purpose::Release => {
                let hero = self.any_in(model, &[Stage::None, Stage::Staging], false)?;
                let (_, stage, _) = *model.versions.iter().find(|(number, ..)| *number == hero)?;
                if stage == Stage::None {
                    plan.transition(name, hero, Stage::Staging, false);
                }
                plan.transition(name, hero, Stage::Production, !live.is_empty());
                if let (Some(old), 0) = (live.first(), self.chance.below(3)) {
                    plan.transition(name, *old, Stage::Staging, false);
                }
            }
            Purpose::RollBack => {
                let hero = self.any_in(model, &[Stage::Archived], true)?;
                plan.transition(name, hero, Stage::Production, true);
                if let (Some(bad), 0) = (live.first(), self.chance.below(2)) {
                    plan.transition(name, *bad, Stage::Staging, false);
                }
            }
            Purpose::CleanUp => {
                let hero = self.any_in(model, &[Stage::Staging, Stage::Production], false)?;
                plan.transition(name, hero, Stage::Production, true);
                for other in &live {
                    plan.touch(name, *other);
                }
            }
            Purpose::Aliases => {
                let version = self.any(model)?;
                plan.steps
                    .push(point(name, alias(ALIASES.first()?)?, version));
            }
            Purpose::Migrate => {
                let answers = live.iter().max()?;
                plan.steps
                    .push(point(name, alias(ALIASES.first()?)?, *answers));
                for version in &live {
                    plan.transition(name, *version, Stage::None, false);
                }
            }
        }
        Some(())
    }

    /// Adds a small task on a version that nothing is done with yet. Returns `None` if it would not suit.
    fn aside(&mut self, model: &Model, plan: &mut Plan) -> Option<()> {
        let name = &model.name;
        let at = self.chance.below(model.versions.len());
        let (number, stage, _) = *model.versions.get(at)?;
        match self.recipe.purpose() {
            Purpose::Aliases => self.alias_aside(name, number, plan),
            _ if plan.touches(name, number) => Some(()),
            Purpose::Migrate => self.migrate_aside(name, number, stage, plan),
            Purpose::Release | Purpose::RollBack | Purpose::CleanUp => {
                let to = match (stage, self.chance.below(2)) {
                    (Stage::None, 0) | (Stage::Archived, _) => Stage::Staging,
                    (Stage::None, _) | (Stage::Staging, 0) => Stage::Archived,
                    (Stage::Staging, _) => Stage::None,
                    (Stage::Production, _) => return Some(()),
                };
                plan.transition(name, number, to, false);
                Some(())
            }
        }
    }

    /// Sets or deletes an alias that nothing is done with yet.
    fn alias_aside(
        &mut self,
        name: &ModelName,
        version: VersionNumber,
        plan: &mut Plan,
    ) -> Option<()> {
        let chosen = alias(ALIASES.get(self.chance.below(ALIASES.len()))?)?;
        if plan.has_alias(name, &chosen) {
            return Some(());
        }
        let model = self.log.registry().model(name)?;
        let is_set = model.aliases().contains_key(&chosen);
        plan.steps.push(if is_set && self.chance.below(3) == 0 {
            Command::DeleteRegisteredModelAlias {
                name: name.clone(),
                alias: chosen,
            }
        } else {
            point(name, chosen, version)
        });
        Some(())
    }

    /// Makes of a version in Staging the challenger, if there is none yet, or takes it out of its stage.
    fn migrate_aside(
        &mut self,
        name: &ModelName,
        version: VersionNumber,
        stage: Stage,
        plan: &mut Plan,
    ) -> Option<()> {
        let challenger = alias(ALIASES.get(1)?)?;
        if stage == Stage::Staging {
            if !plan.has_alias(name, &challenger) && self.chance.below(2) == 0 {
                plan.steps.push(point(name, challenger, version));
            } else {
                plan.transition(name, version, Stage::None, false);
            }
        }
        Some(())
    }

    /// Any of the versions in some stages; only of those that have been live, if wanted so.
    fn any_in(&mut self, model: &Model, stages: &[Stage], proven: bool) -> Option<VersionNumber> {
        let fit: Vec<VersionNumber> = model
            .versions
            .iter()
            .filter(|(_, stage, was)| stages.contains(stage) && (!proven || *was))
            .map(|(number, ..)| *number)
            .collect();
        fit.get(self.chance.below(fit.len())).copied()
    }
}
