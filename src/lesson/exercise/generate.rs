//! Exercises made from a seed: the same recipe makes the same task for everybody, and every task takes exactly as many
//! steps as its recipe says.
//!
//! A start is drawn, and a plan of so many steps is carried out on it by the registry itself; the goal is what has changed
//! then. So the goal can be reached. Whether it needs all the steps, the solver says; if not, the next draw is tried.

use super::check::{self, forbids_within};
use super::{Allowed, Answer, Goal, Named, Task, Told};
use crate::lesson::condition::Condition;
use crate::lesson::pack::Loads;
use crate::lesson::round::Chance;
use crate::registry::{
    Alias, Command, Context, FreeText, Log, MetricName, MetricValue, Metrics, ModelName, Registry,
    RuleSet, Stage, Tags, Time, VersionNumber,
};

/// How many draws are tried. A test holds that every recipe is well served by far fewer.
const DRAWS: u64 = 2_000;
/// So many states are looked at for one that a condition forbids; where there is none among them, the condition is left
/// out.
const SEARCH: usize = 1_500;
/// A task is only taken if so many states are enough to find its best way: then hints for it come at once, too.
const EASE: usize = 4_000;

/// What a made exercise practises.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Purpose {
    /// To bring versions live under the team's rules.
    Release,
    /// To bring back what was live before.
    RollBack,
    /// To leave one live version under MLflow's rules.
    CleanUp,
    /// To set and move aliases.
    Aliases,
    /// To replace stages by aliases.
    Migrate,
}

impl Purpose {
    /// Every purpose.
    pub const ALL: [Self; 5] = [
        Self::Release,
        Self::RollBack,
        Self::CleanUp,
        Self::Aliases,
        Self::Migrate,
    ];

    /// Its name in addresses and receipts. It never changes.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Release => "release",
            Self::RollBack => "roll-back",
            Self::CleanUp => "clean-up",
            Self::Aliases => "aliases",
            Self::Migrate => "migrate",
        }
    }

    /// The purpose of a name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.as_str() == name)
    }

    /// The rules that it is practised under.
    #[must_use]
    pub const fn rules(self) -> RuleSet {
        match self {
            Self::Release | Self::RollBack => RuleSet::Guided,
            Self::CleanUp | Self::Aliases | Self::Migrate => RuleSet::Mlflow,
        }
    }
}

/// What an exercise is made from.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Recipe {
    seed: u64,
    purpose: Purpose,
    par: u32,
    models: u32,
    distractors: u32,
}

impl Recipe {
    /// The fewest and the most steps. With one model there are up to [`Recipe::PAR_OF_ONE`].
    pub const PAR: std::ops::RangeInclusive<u32> = 2..=6;
    /// The most steps with one model: more would be the same small tasks again and again.
    pub const PAR_OF_ONE: u32 = 4;
    /// How many models there may be.
    pub const MODELS: std::ops::RangeInclusive<u32> = 1..=3;
    /// How many versions there may be that nothing is to be done with.
    pub const DISTRACTORS: std::ops::RangeInclusive<u32> = 0..=3;

    /// A recipe; nothing where a number is out of its bounds.
    #[must_use]
    pub fn new(
        seed: u64,
        purpose: Purpose,
        par: u32,
        models: u32,
        distractors: u32,
    ) -> Option<Self> {
        let fits = Self::PAR.contains(&par)
            && Self::MODELS.contains(&models)
            && (models > 1 || par <= Self::PAR_OF_ONE)
            && Self::DISTRACTORS.contains(&distractors);
        fits.then_some(Self {
            seed,
            purpose,
            par,
            models,
            distractors,
        })
    }

    /// What chance comes from.
    #[must_use]
    pub const fn seed(&self) -> u64 {
        self.seed
    }
    /// What is practised.
    #[must_use]
    pub const fn purpose(&self) -> Purpose {
        self.purpose
    }
    /// The fewest steps to the goal.
    #[must_use]
    pub const fn par(&self) -> u32 {
        self.par
    }
    /// How many models there are.
    #[must_use]
    pub const fn models(&self) -> u32 {
        self.models
    }
    /// How many versions there are that nothing is to be done with.
    #[must_use]
    pub const fn distractors(&self) -> u32 {
        self.distractors
    }

    fn chance(&self, draw: u64) -> Chance {
        let numbers = [
            u64::from(self.par),
            u64::from(self.models),
            u64::from(self.distractors),
            self.purpose as u64,
            draw,
        ];
        let mut chance = Chance::new(self.seed);
        for number in numbers {
            chance = Chance::new(chance.next() ^ number);
        }
        chance
    }
}

/// A task that was made.
#[derive(Clone, PartialEq, Debug)]
pub struct Made {
    /// The task.
    pub task: Task,
    /// The draw that it came from, counted from 0.
    pub draw: u64,
}

/// Makes the task of a recipe; nothing where no draw gives one.
#[must_use]
pub fn generate(recipe: &Recipe) -> Option<Made> {
    (0..DRAWS).find_map(|draw| {
        let task = Draw::new(recipe, draw).task()?;
        Some(Made { task, draw })
    })
}

const NAMES: [&str; 12] = [
    "fraud-detector",
    "churn",
    "prices",
    "demand",
    "spam-filter",
    "recommender",
    "credit-risk",
    "translator",
    "image-tagger",
    "delivery-time",
    "search-ranking",
    "support-router",
];
const ALIASES: [&str; 4] = ["champion", "challenger", "stable", "canary"];
/// A model has given out numbers up to this one, at most.
const LAST: usize = 20;

struct Draw<'r> {
    recipe: &'r Recipe,
    chance: Chance,
    start: Vec<Command>,
    log: Log,
}

/// A model of the start.
struct Model {
    name: ModelName,
    versions: Vec<(VersionNumber, Stage, bool)>,
}

impl<'r> Draw<'r> {
    fn new(recipe: &'r Recipe, draw: u64) -> Self {
        Self {
            recipe,
            chance: recipe.chance(draw),
            start: Vec::new(),
            log: Log::default(),
        }
    }

    fn rules(&self) -> RuleSet {
        self.recipe.purpose.rules()
    }

    fn task(mut self) -> Option<Task> {
        let mut names: Vec<&str> = NAMES.to_vec();
        self.chance.shuffle(&mut names);
        let mut models = Vec::new();
        for name in names.into_iter().take(self.recipe.models as usize) {
            models.push(self.model(ModelName::parse(name).ok()?)?);
        }
        let first = models.first()?.name.clone();
        let before = self.log.registry().clone();
        let mut plan = self.plan(&models)?;
        plan.truncate(self.recipe.par as usize);
        let mut moments = vec![before.clone()];
        let mut after = Log::new(before.clone(), 0);
        for command in &plan {
            after.act(&context(&after, self.rules()), command).ok()?;
            moments.push(after.registry().clone());
        }
        let task = Task {
            rules: self.rules(),
            model: first,
            start: self
                .start
                .iter()
                .map(|command| Told {
                    command: command.clone(),
                    by: None,
                    because: FreeText::default(),
                    note: String::new(),
                })
                .collect(),
            told: false,
            goal: self.goal(&models, &moments),
            allow: self.allow(),
            par: self.recipe.par,
            loads: Some(match self.recipe.purpose {
                Purpose::Aliases | Purpose::Migrate => Loads::Alias(alias(ALIASES.first()?)?),
                _ => Loads::Stage(Stage::Production),
            }),
        };
        exact(task)
    }

    /// Adds a command to the start.
    fn begin(&mut self, command: Command) -> Option<()> {
        let context = context(&self.log, self.rules());
        self.log.act(&context, &command).ok()?;
        self.start.push(command);
        Some(())
    }

    /// A model with versions in stages that suit the purpose.
    fn model(&mut self, name: ModelName) -> Option<Model> {
        let recipe = self.recipe;
        self.begin(Command::CreateRegisteredModel {
            name: name.clone(),
            description: FreeText::default(),
            tags: Tags::new(),
        })?;
        // So many versions have something done to them, or make room for those; with more, a step may be meant for each.
        let busy = recipe.par.div_ceil(recipe.models);
        let room = match recipe.purpose {
            Purpose::Release | Purpose::Migrate => 1,
            Purpose::RollBack | Purpose::CleanUp => 2,
            Purpose::Aliases => 0,
        };
        // Two aliases beside the stages make many states of few versions.
        let most = match recipe.purpose {
            Purpose::Migrate => 5,
            _ => 6,
        };
        let count = ((busy + room).max(3) + recipe.distractors).min(most) as usize;
        let mut numbers: Vec<u32> = (1..=LAST as u32).collect();
        self.chance.shuffle(&mut numbers);
        numbers.truncate(count);
        numbers.sort_unstable();
        let last = numbers.last().copied()?;
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
        let mut numbers: Vec<VersionNumber> =
            numbers.into_iter().filter_map(VersionNumber::new).collect();
        // Which number gets which stage is left to chance.
        self.chance.shuffle(&mut numbers);
        let mut versions = Vec::new();
        for (at, number) in numbers.into_iter().enumerate() {
            let (stage, proven) = self.stage(at);
            versions.push((number, stage, proven));
        }
        // Those that have been live and are so no more come first: each makes room for the next.
        versions
            .sort_by_key(|(number, stage, proven)| (!proven, *stage == Stage::Production, *number));
        versions.sort_by_key(|(_, stage, _)| *stage == Stage::Production);
        for (number, stage, proven) in &versions {
            self.bring(&name, *number, *stage, *proven)?;
        }
        versions.sort_unstable_by_key(|(number, ..)| *number);
        let model = Model { name, versions };
        if matches!(recipe.purpose, Purpose::Aliases | Purpose::Migrate) {
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

    /// The stage of the nth version, and whether it has been live.
    fn stage(&mut self, at: usize) -> (Stage, bool) {
        let any = |chance: &mut Chance| match chance.below(4) {
            0 => (Stage::None, false),
            1 => (Stage::Staging, false),
            2 => (Stage::Archived, true),
            _ => (Stage::Archived, false),
        };
        match (self.recipe.purpose, at) {
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
        if self.recipe.purpose == Purpose::Migrate {
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

    fn any(&mut self, model: &Model) -> Option<VersionNumber> {
        let at = self.chance.below(model.versions.len());
        model.versions.get(at).map(|(number, ..)| *number)
    }

    fn any_in(&mut self, model: &Model, stages: &[Stage], proven: bool) -> Option<VersionNumber> {
        let fit: Vec<VersionNumber> = model
            .versions
            .iter()
            .filter(|(_, stage, was)| stages.contains(stage) && (!proven || *was))
            .map(|(number, ..)| *number)
            .collect();
        fit.get(self.chance.below(fit.len())).copied()
    }

    /// Steps that suit the purpose, at least as many as are wanted.
    fn plan(&mut self, models: &[Model]) -> Option<Vec<Command>> {
        let wanted = self.recipe.par as usize;
        let mut plan = Vec::new();
        let mut touched: Vec<(ModelName, VersionNumber)> = Vec::new();
        for model in models {
            if plan.len() < wanted {
                self.main(model, &mut plan, &mut touched)?;
            }
        }
        // What is left over goes to small tasks on other versions.
        for _ in 0..wanted * 8 {
            if plan.len() >= wanted {
                break;
            }
            let model = models.get(self.chance.below(models.len()))?;
            self.aside(model, &mut plan, &mut touched)?;
        }
        (plan.len() >= wanted).then_some(plan)
    }

    /// The main task on a model.
    fn main(
        &mut self,
        model: &Model,
        plan: &mut Vec<Command>,
        touched: &mut Vec<(ModelName, VersionNumber)>,
    ) -> Option<()> {
        let name = &model.name;
        let live: Vec<VersionNumber> = model
            .versions
            .iter()
            .filter(|(_, stage, _)| *stage == Stage::Production)
            .map(|(number, ..)| *number)
            .collect();
        let mut done = |plan: &mut Vec<Command>, version, stage, archive| {
            plan.push(transition(name, version, stage, archive));
            touched.push((name.clone(), version));
        };
        match self.recipe.purpose {
            Purpose::Release => {
                let hero = self.any_in(model, &[Stage::None, Stage::Staging], false)?;
                let stage = model
                    .versions
                    .iter()
                    .find(|(number, ..)| *number == hero)?
                    .1;
                if stage == Stage::None {
                    done(plan, hero, Stage::Staging, false);
                }
                done(plan, hero, Stage::Production, !live.is_empty());
                if let (Some(old), 0) = (live.first(), self.chance.below(3)) {
                    done(plan, *old, Stage::Staging, false);
                }
            }
            Purpose::RollBack => {
                let hero = self.any_in(model, &[Stage::Archived], true)?;
                done(plan, hero, Stage::Production, true);
                if let (Some(bad), 0) = (live.first(), self.chance.below(2)) {
                    done(plan, *bad, Stage::Staging, false);
                }
            }
            Purpose::CleanUp => {
                let hero = self.any_in(model, &[Stage::Staging, Stage::Production], false)?;
                done(plan, hero, Stage::Production, true);
                for other in &live {
                    touched.push((name.clone(), *other));
                }
            }
            Purpose::Aliases => {
                let version = self.any(model)?;
                plan.push(point(name, alias(ALIASES.first()?)?, version));
            }
            Purpose::Migrate => {
                let answers = live.iter().max()?;
                plan.push(point(name, alias(ALIASES.first()?)?, *answers));
                for version in &live {
                    done(plan, *version, Stage::None, false);
                }
            }
        }
        Some(())
    }

    /// A small task on a version that nothing is done with yet; none where it would not suit.
    fn aside(
        &mut self,
        model: &Model,
        plan: &mut Vec<Command>,
        touched: &mut Vec<(ModelName, VersionNumber)>,
    ) -> Option<()> {
        let name = &model.name;
        let at = self.chance.below(model.versions.len());
        let (number, stage, _) = *model.versions.get(at)?;
        if self.recipe.purpose == Purpose::Aliases {
            let chosen = alias(ALIASES.get(self.chance.below(ALIASES.len()))?)?;
            let is_moved = plan.iter().any(|command| {
                matches!(command,
                    Command::SetRegisteredModelAlias { name: of, alias, .. }
                    | Command::DeleteRegisteredModelAlias { name: of, alias } if of == name && *alias == chosen)
            });
            if !is_moved {
                let is_set = self
                    .log
                    .registry()
                    .model(name)?
                    .aliases()
                    .contains_key(&chosen);
                plan.push(if is_set && self.chance.below(3) == 0 {
                    Command::DeleteRegisteredModelAlias {
                        name: name.clone(),
                        alias: chosen,
                    }
                } else {
                    point(name, chosen, number)
                });
            }
            return Some(());
        }
        if touched.contains(&(name.clone(), number)) {
            return Some(());
        }
        if self.recipe.purpose == Purpose::Migrate {
            let challenger = alias(ALIASES.get(1)?)?;
            let is_set = plan.iter().any(|command| {
                matches!(command,
                    Command::SetRegisteredModelAlias { name: of, alias, .. } if of == name && *alias == challenger)
            });
            if stage == Stage::Staging {
                if !is_set && self.chance.below(2) == 0 {
                    plan.push(point(name, challenger, number));
                } else {
                    plan.push(transition(name, number, Stage::None, false));
                    touched.push((name.clone(), number));
                }
            }
            return Some(());
        }
        let to = match (stage, self.chance.below(2)) {
            (Stage::None, 0) | (Stage::Archived, _) => Stage::Staging,
            (Stage::None, _) | (Stage::Staging, 0) => Stage::Archived,
            (Stage::Staging, _) => Stage::None,
            (Stage::Production, _) => return Some(()),
        };
        plan.push(transition(name, number, to, false));
        touched.push((name.clone(), number));
        Some(())
    }

    /// What has changed, as conditions.
    fn goal(&self, models: &[Model], moments: &[Registry]) -> Vec<Named> {
        let (Some(before), Some(after)) = (moments.first(), moments.last()) else {
            return Vec::new();
        };
        let purpose = self.recipe.purpose;
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

    fn allow(&self) -> Vec<Allowed> {
        let aliases: Vec<Alias> = ALIASES.iter().filter_map(|name| alias(name)).collect();
        match self.recipe.purpose {
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

/// The task, without conditions that seem to forbid nothing, if it takes as many steps as it should.
fn exact(mut task: Task) -> Option<Task> {
    if !takes_its_par(&task) {
        return None;
    }
    let all = task.goal.len();
    let mut at = 0;
    while at < task.goal.len() {
        // What was archived on the way could always have been deleted; that takes long to find out.
        let needed = task.goal.get(at).map(|named| &named.goal) == Some(&Goal::NothingDeleted);
        if needed || forbids_within(&task, at, SEARCH) {
            at += 1;
        } else {
            task.goal.remove(at);
        }
    }
    (task.goal.len() >= 2 && (task.goal.len() == all || takes_its_par(&task))).then_some(task)
}

fn takes_its_par(task: &Task) -> bool {
    let answer = check::solve_within(task, &task.log(), EASE);
    matches!(answer, Some(Answer::Way(best)) if best.distance == task.par)
}

fn context(log: &Log, rules: RuleSet) -> Context {
    Context::new(Time(log.step()), rules)
}

fn alias(name: &str) -> Option<Alias> {
    Alias::parse(name).ok()
}

fn transition(name: &ModelName, version: VersionNumber, stage: Stage, archive: bool) -> Command {
    Command::TransitionModelVersionStage {
        name: name.clone(),
        version,
        stage,
        archive_existing_versions: archive,
    }
}

fn point(name: &ModelName, alias: Alias, version: VersionNumber) -> Command {
    Command::SetRegisteredModelAlias {
        name: name.clone(),
        alias,
        version,
    }
}
