//! Receipts: a way to a goal as a short text that can be run again.
//!
//! ```text
//! ms1.first-promotion.AAEOZnJhdWQ….k3fW9A
//! │   │               │            └ a checksum of all before it
//! │   │               └ rules and commands, packed, as base64url
//! │   └ the exercise, or `~` with the recipe of a made one
//! └ the version of the format
//! ```
//!
//! Reading one runs its commands from the exercise's start and says what they come to. So a receipt proves that a solution
//! is one; not who found it. The checksum finds damage and careless tampering; it is no protection against anybody.

use std::fmt;

use super::generate::{Purpose, Recipe};
pub use super::task::MAX_STEPS;
use super::{Exercise, ExerciseLimit, Status, Task, goal};
use crate::id::Id;
use crate::letters::{checksum, ends_in_checksum, from_base64, to_base64};
use registry::{Action, Command, Log, Refusal, RuleSet};

mod codec;

use codec::{opcode, pack, unpack};

/// The longest receipt, in bytes.
pub const MAX_LENGTH: usize = 8_000;

const PREFIX: &str = "ms";
const VERSION: u64 = 1;

/// The exercise that a receipt is of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Of {
    /// One of the pack.
    Exercise(Id),
    /// A made one.
    Recipe(Recipe),
}

/// A way to a goal.
#[derive(Clone, PartialEq, Debug)]
pub struct Receipt {
    /// The exercise.
    pub of: Of,
    pub rules: RuleSet,
    pub steps: Vec<Command>,
}

/// Why a text is no receipt.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Unread {
    /// There is nothing.
    Empty,
    /// It does not look like a receipt at all.
    NotOne,
    /// It was written by a newer version of the app.
    Newer {
        /// The version of its format.
        version: u64,
    },
    /// It is longer than receipts are.
    TooLong,
    /// Something in it was changed or is missing: the checksum does not fit.
    Damaged,
    /// The checksum fits, and still it can't be read.
    Broken,
}

/// Why a receipt can't be run again.
#[derive(Clone, PartialEq, Debug)]
pub enum Refused {
    /// There is no such exercise.
    NoExercise { of: String },
    /// The exercise has other rules.
    OtherRules { rules: RuleSet },
    /// The registry refuses a step.
    Step { step: usize, refusal: Box<Refusal> },
    /// A step is not part of the exercise.
    ExerciseLimit { step: usize, why: ExerciseLimit },
}

/// What a receipt comes to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Checked {
    /// Whether the goal is reached.
    pub solved: bool,
    /// How many steps were taken.
    pub steps: usize,
    pub par: u32,
    /// The conditions that are not met, by their places in the goal.
    pub open: Vec<usize>,
}

/// Returns what stands between the version and the checksum of a receipt. Errors if it does not begin with `prefix`, is of a later
/// version, too long, or damaged.
pub(crate) fn contents<'t>(text: &'t str, prefix: &str, version: u64) -> Result<&'t str, Unread> {
    if text.len() > MAX_LENGTH {
        return Err(Unread::TooLong);
    }
    let rest = text.strip_prefix(prefix).ok_or(Unread::NotOne)?;
    let (written, rest) = rest.split_once('.').ok_or(Unread::NotOne)?;
    match written.parse::<u64>() {
        Ok(written) if written == version => {}
        Ok(written) if written > version => return Err(Unread::Newer { version: written }),
        _ => return Err(Unread::NotOne),
    }
    let (contents, sum) = rest.rsplit_once('.').ok_or(Unread::Damaged)?;
    match ends_in_checksum(text, sum) {
        true => Ok(contents),
        false => Err(Unread::Damaged),
    }
}

impl Receipt {
    /// Returns the receipt of what has been done in an exercise, or `None` if something was done that no exercise allows, or more
    /// than a receipt holds.
    pub fn new(of: Of, task: &Task, log: &Log) -> Option<Self> {
        let from = task.from();
        let way = log.done().iter().filter(|entry| entry.step > from);
        let steps: Option<Vec<Command>> = way
            .map(|entry| match &entry.action {
                Action::Do(command) => opcode(command).map(|_| command.clone()),
                Action::Restore { .. } => None,
            })
            .collect();
        let receipt = Self {
            of,
            rules: task.rules,
            steps: steps?,
        };
        let fits = receipt.steps.len() <= MAX_STEPS && receipt.to_string().len() <= MAX_LENGTH;
        fits.then_some(receipt)
    }

    /// Reads a receipt. Blanks around it do not matter.
    pub fn parse(text: &str) -> Result<Self, Unread> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Unread::Empty);
        }
        let (of, packed) = contents(text, PREFIX, VERSION)?
            .split_once('.')
            .ok_or(Unread::Damaged)?;
        let of = Of::parse(of).ok_or(Unread::Broken)?;
        let bytes = from_base64(packed).ok_or(Unread::Broken)?;
        let (rules, steps) = unpack(&bytes).ok_or(Unread::Broken)?;
        Ok(Self { of, rules, steps })
    }

    /// Runs a receipt again. `find` gives the task of an exercise.
    pub fn check(&self, find: &dyn Fn(&Of) -> Option<Task>) -> Result<Checked, Refused> {
        match find(&self.of) {
            Some(task) => self.run(&task),
            None => Err(self.homeless()),
        }
    }

    /// Returns what is said where there is no such exercise.
    pub(super) fn homeless(&self) -> Refused {
        Refused::NoExercise {
            of: self.of.to_string(),
        }
    }

    /// Runs a receipt again, on the task of its exercise.
    pub fn run(&self, task: &Task) -> Result<Checked, Refused> {
        if task.rules != self.rules {
            return Err(Refused::OtherRules { rules: self.rules });
        }
        let mut log = task.log();
        for (step, command) in (1..).zip(&self.steps) {
            let before = log.registry().clone();
            log.act(&task.context(&log), command)
                .map_err(|refusal| Refused::Step {
                    step,
                    refusal: refusal.into(),
                })?;
            task.permits(&before, command)
                .map_err(|why| Refused::ExerciseLimit { step, why })?;
        }
        let evaluated = goal::evaluate(task, &log);
        let open = evaluated.iter().enumerate();
        let open = open.filter(|(_, evaluated)| evaluated.status != Status::Met);
        let open: Vec<usize> = open.map(|(at, _)| at).collect();
        Ok(Checked {
            solved: open.is_empty(),
            steps: self.steps.len(),
            par: task.par,
            open,
        })
    }
}

/// The text of a receipt.
impl fmt::Display for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let packed = to_base64(&pack(self.rules, &self.steps));
        let text = format!("{PREFIX}{VERSION}.{}.{packed}", self.of);
        write!(f, "{text}.{}", checksum(&text))
    }
}

/// Returns the task of one of the exercises of a pack, or of a made one.
pub fn task_of(exercises: &[Exercise], of: &Of) -> Option<Task> {
    match of {
        Of::Exercise(id) => exercises
            .iter()
            .find(|exercise| exercise.id == *id)
            .map(|exercise| exercise.task.clone()),
        Of::Recipe(recipe) => super::generate::generate(recipe).map(|made| made.task),
    }
}

impl Of {
    fn parse(text: &str) -> Option<Self> {
        let Some(recipe) = text.strip_prefix('~') else {
            return Id::parse(text).map(Self::Exercise);
        };
        let mut parts = recipe.split('~');
        let purpose = Purpose::named(parts.next()?)?;
        let mut number = || parts.next()?.parse::<u64>().ok();
        let mut small = || u32::try_from(number()?).ok();
        let (par, models, distractors) = (small()?, small()?, small()?);
        let seed = number()?;
        let recipe = Recipe::new(seed, purpose, par, models, distractors)?;
        parts.next().is_none().then_some(Self::Recipe(recipe))
    }
}

impl fmt::Display for Of {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exercise(id) => id.fmt(f),
            Self::Recipe(recipe) => write!(
                f,
                "~{}~{}~{}~{}~{}",
                recipe.purpose().as_str(),
                recipe.par(),
                recipe.models(),
                recipe.distractors(),
                recipe.seed()
            ),
        }
    }
}
