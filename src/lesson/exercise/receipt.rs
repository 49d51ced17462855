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
use super::{Exercise, NotHere, Status, Task, goal};
use crate::lesson::id::Id;
use crate::lesson::letters::{checksum, from_base64, to_base64};
use crate::registry::{
    Action, Alias, Command, FreeText, Log, MetricName, MetricValue, Metrics, ModelName, Refusal,
    RuleSet, Stage, TagKey, TagValue, Tags, VersionNumber,
};

/// The longest receipt, in bytes.
pub const MAX_LENGTH: usize = 8_000;
/// The most steps of a receipt.
pub const MAX_STEPS: usize = 200;

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
    /// The rules that were in force.
    pub rules: RuleSet,
    /// What was done, in order.
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
    NoExercise {
        /// Its name.
        of: String,
    },
    /// The exercise has other rules.
    OtherRules {
        /// Those of the receipt.
        rules: RuleSet,
    },
    /// The registry refuses a step.
    Step {
        /// Which, counted from 1.
        step: usize,
        /// The refusal.
        refusal: Box<Refusal>,
    },
    /// A step is not part of the exercise.
    NotHere {
        /// Which, counted from 1.
        step: usize,
        /// Why not.
        why: NotHere,
    },
}

/// What a receipt comes to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Checked {
    /// Whether the goal is reached.
    pub solved: bool,
    /// How many steps were taken.
    pub steps: usize,
    /// The fewest steps.
    pub par: u32,
    /// The conditions that are not met, by their places in the goal.
    pub open: Vec<usize>,
}

impl Receipt {
    /// The receipt of what has been done in an exercise; nothing where something was done that no exercise allows, or more
    /// than a receipt holds.
    #[must_use]
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
    ///
    /// # Errors
    /// Why it is none.
    pub fn parse(text: &str) -> Result<Self, Unread> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Unread::Empty);
        }
        if text.len() > MAX_LENGTH {
            return Err(Unread::TooLong);
        }
        let rest = text.strip_prefix(PREFIX).ok_or(Unread::NotOne)?;
        let (version, rest) = rest.split_once('.').ok_or(Unread::NotOne)?;
        match version.parse::<u64>() {
            Ok(VERSION) => {}
            Ok(version) if version > VERSION => return Err(Unread::Newer { version }),
            _ => return Err(Unread::NotOne),
        }
        let (of, rest) = rest.split_once('.').ok_or(Unread::Damaged)?;
        let (packed, sum) = rest.split_once('.').ok_or(Unread::Damaged)?;
        let before = text
            .strip_suffix(sum)
            .and_then(|text| text.strip_suffix('.'))
            .unwrap_or_default();
        if sum != checksum(before) {
            return Err(Unread::Damaged);
        }
        let of = Of::parse(of).ok_or(Unread::Broken)?;
        let bytes = from_base64(packed).ok_or(Unread::Broken)?;
        let (rules, steps) = unpack(&bytes).ok_or(Unread::Broken)?;
        Ok(Self { of, rules, steps })
    }

    /// Runs a receipt again. `find` gives the task of an exercise.
    ///
    /// # Errors
    /// Why it can't be run.
    pub fn check(&self, find: &dyn Fn(&Of) -> Option<Task>) -> Result<Checked, Refused> {
        match find(&self.of) {
            Some(task) => self.run(&task),
            None => Err(self.homeless()),
        }
    }

    /// What is said where there is no such exercise.
    pub(super) fn homeless(&self) -> Refused {
        Refused::NoExercise {
            of: self.of.to_string(),
        }
    }

    /// Runs a receipt again, on the task of its exercise.
    ///
    /// # Errors
    /// Why it can't be run.
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
                .map_err(|why| Refused::NotHere { step, why })?;
        }
        let judged = goal::judge(task, &log);
        let open = judged.iter().enumerate();
        let open = open.filter(|(_, judged)| judged.status != Status::Met);
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

/// The task of one of the exercises of a pack, or of a made one.
#[must_use]
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
        let purpose = Purpose::parse(parts.next()?)?;
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

/// The commands that exercises may allow, by the numbers that stand for them in a receipt. These never change.
const fn opcode(command: &Command) -> Option<u64> {
    Some(match command {
        Command::TransitionModelVersionStage { .. } => 0,
        Command::SetRegisteredModelAlias { .. } => 1,
        Command::DeleteRegisteredModelAlias { .. } => 2,
        Command::SetModelVersionTag { .. } => 3,
        Command::DeleteModelVersionTag { .. } => 4,
        Command::SetRegisteredModelTag { .. } => 5,
        Command::DeleteRegisteredModelTag { .. } => 6,
        Command::CreateModelVersion { .. } => 7,
        Command::CopyModelVersion { .. } => 8,
        Command::DeleteModelVersion { .. } => 9,
        Command::DeleteRegisteredModel { .. } => 10,
        Command::CreateRegisteredModel { .. }
        | Command::RenameRegisteredModel { .. }
        | Command::UpdateRegisteredModel { .. }
        | Command::UpdateModelVersion { .. }
        | Command::LogMetric { .. }
        | Command::ReplaceRegistry { .. } => return None,
    })
}

/// Writes numbers and texts into bytes. A text stands there once; after that its number stands for it.
#[derive(Default)]
struct Packer {
    bytes: Vec<u8>,
    texts: Vec<String>,
}

impl Packer {
    /// Seven bits to a byte, the lowest first.
    fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.bytes.push((number & 0x7F) as u8 | 0x80);
            number >>= 7;
        }
        self.bytes.push(number as u8);
    }

    fn text(&mut self, text: &str) {
        let known = self.texts.iter().position(|known| known == text);
        match known {
            Some(at) => self.number(at as u64),
            None => {
                self.number(self.texts.len() as u64);
                self.number(text.len() as u64);
                self.bytes.extend(text.bytes());
                self.texts.push(text.to_owned());
            }
        }
    }

    fn version(&mut self, version: VersionNumber) {
        self.number(u64::from(version.get()));
    }
}

fn pack(rules: RuleSet, steps: &[Command]) -> Vec<u8> {
    let mut out = Packer::default();
    out.number(u64::from(rules == RuleSet::Mlflow));
    out.number(steps.len() as u64);
    for command in steps {
        write(command, &mut out);
    }
    out.bytes
}

fn write(command: &Command, out: &mut Packer) {
    let (Some(code), Some(model)) = (opcode(command), command.model()) else {
        return;
    };
    out.number(code);
    out.text(model.as_str());
    match command {
        Command::TransitionModelVersionStage {
            version,
            stage,
            archive_existing_versions,
            ..
        } => {
            out.version(*version);
            out.number(stage.index() as u64 * 2 + u64::from(*archive_existing_versions));
        }
        Command::SetRegisteredModelAlias { alias, version, .. } => {
            out.text(alias.as_str());
            out.version(*version);
        }
        Command::DeleteRegisteredModelAlias { alias, .. } => out.text(alias.as_str()),
        Command::SetModelVersionTag {
            version,
            key,
            value,
            ..
        } => {
            out.version(*version);
            out.text(key.as_str());
            out.text(value.as_str());
        }
        Command::DeleteModelVersionTag { version, key, .. } => {
            out.version(*version);
            out.text(key.as_str());
        }
        Command::SetRegisteredModelTag { key, value, .. } => {
            out.text(key.as_str());
            out.text(value.as_str());
        }
        Command::DeleteRegisteredModelTag { key, .. } => out.text(key.as_str()),
        Command::CreateModelVersion {
            source,
            description,
            tags,
            metrics,
            ..
        } => {
            out.text(source.as_str());
            out.text(description.as_str());
            out.number(tags.len() as u64);
            for (key, value) in tags {
                out.text(key.as_str());
                out.text(value.as_str());
            }
            out.number(metrics.len() as u64);
            for (key, value) in metrics {
                out.text(key.as_str());
                out.text(&value.to_string());
            }
        }
        Command::CopyModelVersion {
            version, dst_name, ..
        } => {
            out.version(*version);
            out.text(dst_name.as_str());
        }
        Command::DeleteModelVersion { version, .. } => out.version(*version),
        _ => {}
    }
}

/// Reads what [`Packer`] wrote. Whatever does not fit is nothing.
struct Unpacker<'b> {
    bytes: std::slice::Iter<'b, u8>,
    texts: Vec<String>,
}

impl Unpacker<'_> {
    fn number(&mut self) -> Option<u64> {
        let mut number = 0_u64;
        for shift in (0..63).step_by(7) {
            let byte = *self.bytes.next()?;
            number |= u64::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    /// A number that things are counted with: there are never more of them than bytes left.
    fn count(&mut self) -> Option<usize> {
        let count = usize::try_from(self.number()?).ok()?;
        (count <= self.bytes.len()).then_some(count)
    }

    fn text(&mut self) -> Option<String> {
        let at = usize::try_from(self.number()?).ok()?;
        if at < self.texts.len() {
            return self.texts.get(at).cloned();
        }
        if at > self.texts.len() {
            return None;
        }
        let length = self.count()?;
        let bytes = self.bytes.by_ref().take(length).copied().collect();
        let text = String::from_utf8(bytes).ok()?;
        self.texts.push(text.clone());
        Some(text)
    }

    fn version(&mut self) -> Option<VersionNumber> {
        VersionNumber::new(u32::try_from(self.number()?).ok()?)
    }

    fn name(&mut self) -> Option<ModelName> {
        ModelName::parse(&self.text()?).ok()
    }

    fn alias(&mut self) -> Option<Alias> {
        Alias::parse(&self.text()?).ok()
    }

    fn key(&mut self) -> Option<TagKey> {
        TagKey::parse(&self.text()?).ok()
    }

    fn value(&mut self) -> Option<TagValue> {
        TagValue::parse(&self.text()?).ok()
    }

    fn free(&mut self) -> Option<FreeText> {
        FreeText::parse(&self.text()?).ok()
    }
}

fn unpack(bytes: &[u8]) -> Option<(RuleSet, Vec<Command>)> {
    let mut from = Unpacker {
        bytes: bytes.iter(),
        texts: Vec::new(),
    };
    let rules = match from.number()? {
        0 => RuleSet::Guided,
        1 => RuleSet::Mlflow,
        _ => return None,
    };
    let count = from.count().filter(|count| *count <= MAX_STEPS)?;
    let mut steps = Vec::with_capacity(count);
    for _ in 0..count {
        steps.push(read(&mut from)?);
    }
    from.bytes.next().is_none().then_some((rules, steps))
}

fn read(from: &mut Unpacker) -> Option<Command> {
    let code = from.number()?;
    let name = from.name()?;
    Some(match code {
        0 => {
            let version = from.version()?;
            let packed = usize::try_from(from.number()?).ok()?;
            Command::TransitionModelVersionStage {
                name,
                version,
                stage: *Stage::ALL.get(packed / 2)?,
                archive_existing_versions: packed % 2 == 1,
            }
        }
        1 => Command::SetRegisteredModelAlias {
            name,
            alias: from.alias()?,
            version: from.version()?,
        },
        2 => Command::DeleteRegisteredModelAlias {
            name,
            alias: from.alias()?,
        },
        3 => Command::SetModelVersionTag {
            name,
            version: from.version()?,
            key: from.key()?,
            value: from.value()?,
        },
        4 => Command::DeleteModelVersionTag {
            name,
            version: from.version()?,
            key: from.key()?,
        },
        5 => Command::SetRegisteredModelTag {
            name,
            key: from.key()?,
            value: from.value()?,
        },
        6 => Command::DeleteRegisteredModelTag {
            name,
            key: from.key()?,
        },
        7 => {
            let source = from.free()?;
            let description = from.free()?;
            let mut tags = Tags::new();
            for _ in 0..from.count()? {
                let key = from.key()?;
                tags.insert(key, from.value()?);
            }
            let mut metrics = Metrics::new();
            for _ in 0..from.count()? {
                let key = MetricName::parse(&from.text()?).ok()?;
                metrics.insert(key, MetricValue::parse(&from.text()?).ok()?);
            }
            Command::CreateModelVersion {
                name,
                source,
                description,
                tags,
                metrics,
            }
        }
        8 => Command::CopyModelVersion {
            name,
            version: from.version()?,
            dst_name: from.name()?,
        },
        9 => Command::DeleteModelVersion {
            name,
            version: from.version()?,
        },
        10 => Command::DeleteRegisteredModel { name },
        _ => return None,
    })
}
