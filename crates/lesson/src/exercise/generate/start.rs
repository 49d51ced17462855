//! The start of a made exercise: models with versions in stages that suit the purpose.

use super::{ALIASES, Draw, Model, Purpose, alias, context, point, transition};
use crate::round::Chance;
use registry::{
    Command, FreeText, MetricName, MetricValue, Metrics, ModelName, RuleSet, Stage, Tags,
    VersionNumber,
};

/// A model has given out numbers up to this one, at most.
const LAST: usize = 20;

impl Draw<'_> {
    /// Adds a command to the start.
    fn begin(&mut self, command: Command) -> Option<()> {
        let context = context(&self.log, self.rules());
        self.log.act(&context, &command).ok()?;
        self.start.push(command);
        Some(())
    }

    /// Returns a model with versions in stages that suit the purpose.
    pub(super) fn model(&mut self, name: ModelName) -> Option<Model> {
        let recipe = self.recipe;
        self.begin(Command::CreateRegisteredModel {
            name: name.clone(),
            description: FreeText::default(),
            tags: Tags::new(),
        })?;
        // So many versions have something done to them, or make room for those; with more, a step may be meant for each.
        let busy = recipe.par().div_ceil(recipe.models());
        let room = match recipe.purpose() {
            Purpose::Release | Purpose::Migrate => 1,
            Purpose::RollBack | Purpose::CleanUp => 2,
            Purpose::Aliases => 0,
        };
        // Two aliases beside the stages make many states of few versions.
        let most = match recipe.purpose() {
            Purpose::Migrate => 5,
            _ => 6,
        };
        let count = ((busy + room).max(3) + recipe.distractors()).min(most) as usize;
        let mut numbers: Vec<u32> = (1..=LAST as u32).collect();
        self.chance.shuffle(&mut numbers);
        numbers.truncate(count);
        let last = numbers.iter().copied().max()?;
        for number in 1..=last {
            let command = self.version(&name, number)?;
            self.begin(command)?;
        }
        for number in (1..last).filter(|number| !numbers.contains(number)) {
            self.begin(Command::DeleteModelVersion {
                name: name.clone(),
                version: VersionNumber::new(number)?,
            })?;
        }
        let kept = (1..=last).filter(|number| numbers.contains(number));
        let mut numbers: Vec<VersionNumber> = kept.filter_map(VersionNumber::new).collect();
        // Which number gets which stage is left to chance.
        self.chance.shuffle(&mut numbers);
        let mut drawn = Vec::new();
        for (at, number) in numbers.into_iter().enumerate() {
            let (stage, proven) = self.stage(at);
            drawn.push((number, stage, proven));
        }
        // There are too few of them for a sort to be worth its code.
        let numbered = |number: u32| drawn.iter().find(|(it, ..)| it.get() == number).copied();
        let versions: Vec<(VersionNumber, Stage, bool)> = (1..=last).filter_map(numbered).collect();
        // Those that have been live and are so no more come first: each makes room for the next.
        for order in [(false, true), (false, false), (true, true), (true, false)] {
            for (number, stage, proven) in &versions {
                if (*stage == Stage::Production, *proven) == order {
                    self.bring(&name, *number, *stage, *proven)?;
                }
            }
        }
        let model = Model { name, versions };
        if matches!(recipe.purpose(), Purpose::Aliases | Purpose::Migrate) {
            self.aliases(&model)?;
        }
        Some(model)
    }

    fn version(&mut self, name: &ModelName, number: u32) -> Option<Command> {
        let metric =
            |chance: &mut Chance| MetricValue::parse(&format!("0.{}", 55 + chance.below(40)));
        let mut metrics = Metrics::new();
        for key in ["recall", "precision"] {
            let value = metric(&mut self.chance).ok()?;
            metrics.insert(MetricName::parse(key).ok()?, value);
        }
        Some(Command::CreateModelVersion {
            name: name.clone(),
            source: FreeText::parse(&format!("models/{name}/model_v{number}.pkl")).ok()?,
            description: FreeText::default(),
            tags: Tags::new(),
            metrics,
        })
    }

    /// Returns the stage of the nth version, and whether it has been live.
    fn stage(&mut self, at: usize) -> (Stage, bool) {
        let any = |chance: &mut Chance| match chance.below(4) {
            0 => (Stage::None, false),
            1 => (Stage::Staging, false),
            2 => (Stage::Archived, true),
            _ => (Stage::Archived, false),
        };
        match (self.recipe.purpose(), at) {
            // One is to go live; mostly it has to take another one's place.
            (Purpose::Release, 0) if self.chance.below(2) == 0 => (Stage::None, false),
            (Purpose::Release, 0) => (Stage::Staging, false),
            (Purpose::Release, 1) if self.chance.below(4) > 0 => (Stage::Production, true),
            (Purpose::RollBack, 0) => (Stage::Production, true),
            (Purpose::RollBack, 1) => (Stage::Archived, true),
            (Purpose::CleanUp, 0 | 1) => (Stage::Production, true),
            (Purpose::CleanUp, _) => match self.chance.below(4) {
                0 => (Stage::Production, true),
                1 => (Stage::None, false),
                _ => (Stage::Staging, false),
            },
            (Purpose::Migrate, 0) => (Stage::Production, true),
            (Purpose::Migrate, _) => match self.chance.below(5) {
                0 => (Stage::Production, true),
                1 => (Stage::None, false),
                2 => (Stage::Archived, false),
                _ => (Stage::Staging, false),
            },
            (Purpose::Aliases, _) => match self.chance.below(4) {
                0 => (Stage::Production, true),
                _ => any(&mut self.chance),
            },
            _ => any(&mut self.chance),
        }
    }

    /// Brings a new version to its stage.
    fn bring(
        &mut self,
        name: &ModelName,
        version: VersionNumber,
        stage: Stage,
        proven: bool,
    ) -> Option<()> {
        let guided = self.rules() == RuleSet::Guided;
        let mut way = Vec::new();
        if guided && proven {
            way.push((Stage::Staging, false));
            way.push((Stage::Production, true));
        }
        if guided || stage != Stage::None {
            way.push((stage, false));
        }
        for (to, archive) in way {
            let now = self.log.registry().model(name)?.version(version)?.stage();
            if now != to {
                self.begin(transition(name, version, to, archive))?;
            }
        }
        Some(())
    }

    /// Sets some aliases at the start: for the purpose of moving them, on versions left to chance.
    fn aliases(&mut self, model: &Model) -> Option<()> {
        if self.recipe.purpose() == Purpose::Migrate {
            return Some(());
        }
        for (at, name) in ALIASES.iter().enumerate() {
            if at == 0 || self.chance.below(3) > 0 {
                let version = self.any(model)?;
                self.begin(point(&model.name, alias(name)?, version))?;
            }
        }
        Some(())
    }

    pub(super) fn any(&mut self, model: &Model) -> Option<VersionNumber> {
        let at = self.chance.below(model.versions.len());
        model.versions.get(at).map(|(number, ..)| *number)
    }
}
