//! Exercises made from a seed: the same recipe makes the same task for everybody, and every task takes exactly as many
//! steps as its recipe says.
//!
//! A start is drawn, and a plan of so many steps is carried out on it by the registry itself; the goal is what has changed
//! then. So the goal can be reached. Whether it needs all the steps, the solver says; if not, the next draw is tried.

use super::check::{self, forbids_within};
use super::{Goal, Solution, Task, Told};
use crate::round::Chance;
use crate::scene::Loads;
use registry::{
    Alias, Command, Context, FreeText, Log, ModelName, RuleSet, Stage, Time, VersionNumber,
};

mod aim;
mod plan;
mod recipe;
mod start;

pub use recipe::{Purpose, Recipe};

/// How many draws are tried. A test holds that every recipe is well served by far fewer.
const DRAWS: u64 = 2_000;
/// So many states are looked at for one that a condition forbids; where there is none among them, the condition is left
/// out.
const SEARCH: usize = 1_500;
/// A task is only taken if so many states are enough to find its best way: then hints for it come at once, too.
const EASE: usize = 4_000;

/// A task that was made.
#[derive(Clone, PartialEq, Debug)]
pub struct Made {
    pub task: Task,
    /// The draw that it came from, counted from 0.
    pub draw: u64,
}

/// Makes the task of a recipe; nothing where no draw gives one.
pub fn generate(recipe: &Recipe) -> Option<Made> {
    let mut making = Making::new(*recipe);
    loop {
        if let Some(made) = making.draw() {
            return made;
        }
    }
}

/// The making of a task, draw by draw, so that a page can do something else in between.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Making {
    recipe: Recipe,
    draw: u64,
}

impl Making {
    /// Nothing is drawn yet.
    pub const fn new(recipe: Recipe) -> Self {
        Self { recipe, draw: 0 }
    }

    /// Tries one draw. What came of it all, once that is known: the task, or that there is none.
    pub fn draw(&mut self) -> Option<Option<Made>> {
        let draw = self.draw;
        if draw >= DRAWS {
            return Some(None);
        }
        self.draw += 1;
        let task = Draw::new(&self.recipe, draw).task()?;
        Some(Some(Made { task, draw }))
    }
}

/// Models of the start have these names.
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
/// These aliases are set and moved. The first one says who answers.
const ALIASES: [&str; 4] = ["champion", "challenger", "stable", "canary"];

/// A model of the start.
struct Model {
    name: ModelName,
    versions: Vec<(VersionNumber, Stage, bool)>,
}

/// A draw: what is made with one row of chances.
struct Draw<'r> {
    recipe: &'r Recipe,
    chance: Chance,
    start: Vec<Command>,
    log: Log,
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
        self.recipe.purpose().rules()
    }

    fn task(mut self) -> Option<Task> {
        let mut names: Vec<&str> = NAMES.to_vec();
        self.chance.shuffle(&mut names);
        let mut models = Vec::new();
        for name in names.into_iter().take(self.recipe.models() as usize) {
            models.push(self.model(ModelName::parse(name).ok()?)?);
        }
        let first = models.first()?.name.clone();
        let before = self.log.registry().clone();
        let mut plan = self.plan(&models)?;
        plan.truncate(self.recipe.par() as usize);
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
            par: self.recipe.par(),
            loads: Some(match self.recipe.purpose() {
                Purpose::Aliases | Purpose::Migrate => Loads::Alias(alias(ALIASES.first()?)?),
                _ => Loads::Stage(Stage::Production),
            }),
        };
        exact(task)
    }
}

/// Returns the task, without conditions that seem to forbid nothing, if it takes as many steps as it should.
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
    matches!(answer, Some(Solution::Way(best)) if best.distance == task.par)
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
