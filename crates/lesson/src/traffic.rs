//! The traffic strip: simulated payments, judged by the model that an app has loaded.
//!
//! Nothing is drawn by chance that a seed does not give: the same payments come in the same order, always, and a version
//! judges the same payment always alike. So what differs between two versions is their quality alone.

use super::round::Chance;
use super::run::file;
use super::scene::Loads;
use registry::json::JsonError;
use registry::query::Answer;
use registry::{
    MetricName, ModelName, ModelVersion, Registry, VersionNumber, json_fields, json_names,
    named_enum,
};

/// Of so many payments, one is a fraud, on average.
const ONE_IN: u64 = 5;
/// The quality of a version without metrics, in thousandths.
const UNKNOWN: u64 = 500;

/// How a version judges, in thousandths.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Quality {
    /// How many of 1,000 frauds it finds.
    pub recall: u64,
    /// How many of 1,000 honest payments it holds back.
    pub alarms: u64,
}

impl Quality {
    /// From the version's metrics `recall` and `precision`; a version without them is no better than a coin.
    pub fn of(version: &ModelVersion) -> Self {
        let metric = |name: &str| {
            let name = MetricName::parse(name).ok()?;
            version.metrics().get(&name)?.thousandths()
        };
        let recall = metric("recall").unwrap_or(UNKNOWN).min(1000);
        let precision = metric("precision").unwrap_or(UNKNOWN).clamp(1, 1000);
        // Precision is the share of true ones among what is held back: of recall·F held back frauds and alarms·H honest
        // ones, with H = (ONE_IN − 1)·F.
        let alarms = recall * (1000 - precision) / (precision * (ONE_IN - 1));
        Self {
            recall,
            alarms: alarms.min(1000),
        }
    }
}

/// A payment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Payment {
    /// Its number, from 1.
    pub number: u32,
    /// In cents.
    pub amount: u32,
    pub fraud: bool,
    /// What decides how hard it is to judge: the same for every version.
    lot: u64,
}

/// The payments of a day, one after the other, without end.
#[derive(Clone, Debug)]
pub struct Payments {
    chance: Chance,
    number: u32,
}

impl Payments {
    /// The payments that are shown, in the app and in its picture. Of the first forty the lesson's good versions miss none and
    /// stop none that is honest, and the untested one misses most frauds: what a move is good for is seen at once.
    pub const SHOWN: u64 = 437_069;

    /// The same seed gives the same payments.
    pub const fn new(seed: u64) -> Self {
        Self {
            chance: Chance::new(seed),
            number: 0,
        }
    }

    /// Returns the number of the last one that came.
    pub const fn number(&self) -> u32 {
        self.number
    }
}

impl Iterator for Payments {
    type Item = Payment;

    fn next(&mut self) -> Option<Payment> {
        self.number = self.number.wrapping_add(1);
        let fraud = self.chance.next().is_multiple_of(ONE_IN);
        let amount = 300 + self.chance.next() % if fraud { 90_000 } else { 15_000 };
        let lot = self.chance.next() % 1000;
        Some(Payment {
            number: self.number,
            amount: u32::try_from(amount).unwrap_or(u32::MAX),
            fraud,
            lot,
        })
    }
}

named_enum! {
    /// What became of a payment; the good ones first.
    pub enum Verdict {
        /// An honest payment went through.
        Passed = "passed",
        /// A fraud was held back.
        Caught = "caught",
        /// A fraud went through.
        Missed = "missed",
        /// An honest payment was held back.
        FalseAlarm = "alarm",
        /// There was no model to ask.
        NoModel = "none",
    }
}

// A projector window shows the payments of another window.
json_names!(Verdict);
json_fields!(Quality { recall, alarms });
json_fields!(Payment {
    number,
    amount,
    fraud,
    lot
});
json_fields!(Scored {
    payment,
    by,
    verdict
});
json_fields!(LoadedModel { version, quality });
json_fields!(Counts {
    passed,
    caught,
    missed,
    false_alarms,
    errors,
    lost
});
json_fields!(App { model, counts, before, by_model, last } checked by App::checked);

/// A payment that was scored.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Scored {
    pub payment: Payment,
    /// The version that was asked.
    pub by: Option<VersionNumber>,
    /// What became of it.
    pub verdict: Verdict,
}

/// Returns the version that an app gets.
pub fn loaded(registry: &Registry, name: &ModelName, loads: &Loads) -> Option<VersionNumber> {
    match loads {
        Loads::File(path) => file(registry, name, path),
        Loads::Stage(stage) => registry
            .model(name)
            .map_or(Answer::Nothing, |model| model.answer(*stage))
            .version(),
        Loads::Alias(alias) => registry.model(name)?.aliases().get(alias).copied(),
        Loads::Version(number) => registry
            .model(name)?
            .version(*number)
            .map(ModelVersion::number),
    }
}

/// A model in the memory of an app: what was loaded stays loaded, whatever becomes of the label or of the version.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LoadedModel {
    /// The version that it was loaded from.
    pub version: VersionNumber,
    quality: Quality,
}

impl LoadedModel {
    /// Returns what an app gets that loads now; nothing where no version answers.
    pub fn load(registry: &Registry, name: &ModelName, loads: &Loads) -> Option<Self> {
        let version = loaded(registry, name, loads)?;
        let quality = Quality::of(registry.model(name)?.version(version)?);
        Some(Self { version, quality })
    }

    /// Returns what the model makes of a payment.
    pub const fn judge(&self, payment: &Payment) -> Verdict {
        match payment.fraud {
            true if payment.lot < self.quality.recall => Verdict::Caught,
            true => Verdict::Missed,
            false if payment.lot < self.quality.alarms => Verdict::FalseAlarm,
            false => Verdict::Passed,
        }
    }
}

/// How many of an app's payments ended in which way.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Counts {
    /// Honest payments that went through.
    pub passed: u32,
    /// Frauds that were held back.
    pub caught: u32,
    /// Frauds that went through.
    pub missed: u32,
    /// Honest payments that were held back.
    pub false_alarms: u32,
    /// Payments that found no model.
    pub errors: u32,
    /// What the frauds took that went through, in cents.
    pub lost: u64,
}

/// An app at work: the model that it has loaded, and what became of its payments.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct App {
    model: Option<LoadedModel>,
    counts: Counts,
    before: Option<Counts>,
    by_model: u32,
    last: Vec<Scored>,
}

impl App {
    /// How many of the last payments are remembered.
    pub const REMEMBERED: usize = 12;

    fn checked(&self) -> Result<(), JsonError> {
        let is_sound = self.last.len() <= Self::REMEMBERED;
        is_sound.then_some(()).ok_or(JsonError("last"))
    }

    /// Returns the version that is loaded.
    pub fn version(&self) -> Option<VersionNumber> {
        self.model.map(|model| model.version)
    }

    /// Returns how the payments ended so far.
    pub const fn counts(&self) -> &Counts {
        &self.counts
    }

    /// Returns how they had ended when the model came that is loaded; nothing where no other was loaded before it, or no
    /// payment came since.
    pub fn before_load(&self) -> Option<&Counts> {
        self.before.as_ref().filter(|_| self.by_model > 0)
    }

    /// Returns how many payments the loaded model has judged since it was loaded.
    pub const fn judged(&self) -> u32 {
        self.by_model
    }

    /// Returns the last payments, newest first.
    pub fn last(&self) -> &[Scored] {
        &self.last
    }

    /// Loads what the registry answers now, in the place of what was loaded. Where it answers nothing, the app has no model.
    ///
    /// What is counted from then on is the work of the new model; until then, it is that of the old one, wherever its label is.
    pub fn reload(&mut self, registry: &Registry, name: &ModelName, loads: &Loads) {
        let model = LoadedModel::load(registry, name, loads);
        if model == self.model {
            return;
        }
        if self.by_model > 0 {
            self.before = Some(self.counts);
        }
        self.by_model = 0;
        self.model = model;
    }

    /// Lets the loaded model judge a payment.
    pub fn pay(&mut self, payment: Payment) -> Scored {
        let verdict = self
            .model
            .map_or(Verdict::NoModel, |model| model.judge(&payment));
        let counts = &mut self.counts;
        match verdict {
            Verdict::Passed => counts.passed += 1,
            Verdict::Caught => counts.caught += 1,
            Verdict::Missed => {
                counts.missed += 1;
                counts.lost += u64::from(payment.amount);
            }
            Verdict::FalseAlarm => counts.false_alarms += 1,
            Verdict::NoModel => counts.errors += 1,
        }
        self.by_model += 1;
        let scored = Scored {
            payment,
            by: self.version(),
            verdict,
        };
        self.last.insert(0, scored);
        self.last.truncate(Self::REMEMBERED);
        scored
    }
}
