//! The traffic strip: simulated payments, scored by whatever the app loads.
//!
//! Nothing is drawn by chance that a seed does not give: the same payments come in the same order, always, and a version
//! judges the same payment always alike. So what differs between two versions is their quality alone.

use super::round::Chance;
use super::run::file;
use super::scene::Loads;
use registry::query::Answer;
use registry::{MetricName, ModelName, ModelVersion, Registry, VersionNumber};

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
    #[must_use]
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
    /// Whether it is a fraud.
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
    /// The same seed gives the same payments.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self {
            chance: Chance::new(seed),
            number: 0,
        }
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

/// What became of a payment.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Verdict {
    /// An honest payment went through.
    Passed,
    /// A fraud was held back.
    Caught,
    /// A fraud went through.
    Missed,
    /// An honest payment was held back.
    FalseAlarm,
    /// There was no model to ask.
    NoModel,
}

impl Verdict {
    /// Every verdict, the good ones first.
    pub const ALL: [Self; 5] = [
        Self::Passed,
        Self::Caught,
        Self::Missed,
        Self::FalseAlarm,
        Self::NoModel,
    ];
}

/// A payment that was scored.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Scored {
    /// The payment.
    pub payment: Payment,
    /// The version that was asked.
    pub by: Option<VersionNumber>,
    /// What became of it.
    pub verdict: Verdict,
}

/// Returns the version that an app gets.
#[must_use]
pub fn loaded(registry: &Registry, name: &ModelName, loads: &Loads) -> Option<VersionNumber> {
    match loads {
        Loads::File(path) => file(registry, name, path),
        Loads::Stage(stage) => registry
            .model(name)
            .map_or(Answer::Nothing, |model| model.answer(*stage))
            .version(),
        Loads::Alias(alias) => registry.model(name)?.aliases().get(alias).copied(),
    }
}

/// Scores a payment with what the app loads at this moment.
#[must_use]
pub fn score(registry: &Registry, name: &ModelName, loads: &Loads, payment: Payment) -> Scored {
    let by = loaded(registry, name, loads);
    let version = by.and_then(|number| registry.model(name)?.version(number));
    let verdict = match version.map(Quality::of) {
        None => Verdict::NoModel,
        Some(quality) => match payment.fraud {
            true if payment.lot < quality.recall => Verdict::Caught,
            true => Verdict::Missed,
            false if payment.lot < quality.alarms => Verdict::FalseAlarm,
            false => Verdict::Passed,
        },
    };
    Scored {
        payment,
        by,
        verdict,
    }
}
