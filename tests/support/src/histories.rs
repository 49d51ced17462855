//! Histories made by chance, from a seed: every command, odd names, undo, redo, restoring, and whole registries.
#![allow(dead_code, reason = "not every test that shares this uses all of it")]

use std::sync::Arc;

use registry::{
    Alias, Command, Context, FreeText, Log, MetricName, MetricValue, Metrics, ModelName, Registry,
    Replacement, RuleSet, Stage, TagKey, TagValue, Tags, Time, VersionNumber,
};

/// Chance that comes from a seed (SplitMix64).
pub struct Chance(pub u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end.max(1)).unwrap()).unwrap()
    }

    /// Something once in `times`.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// One of these.
    pub fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }
}

/// Names that code has to put in quotes with care, and plain ones.
pub const NAMES: [&str; 16] = [
    "fraud-detector",
    "churn",
    "my_model",
    "a b",
    "it's",
    "say \"hi\"",
    "$HOME",
    "`id`",
    "back\\slash",
    "дом",
    "日本 😀",
    "m@champion",
    "-x",
    "100% sure?",
    "two\nlines",
    "#1; rm",
];

const KEYS: [&str; 6] = [
    "owner",
    "validation_status",
    "a/b",
    "team: x",
    "é.ü",
    "x y-z",
];
const METRICS: [&str; 5] = ["auc", "recall", "latency ms", "val/f1", "é"];
const VALUES: [&str; 12] = [
    "",
    "pending",
    "None",
    "it's \"quoted\"",
    "$(id) `id` ${HOME} !",
    "\\n \\ \\\\",
    "two\nlines\r\n\tand a tab",
    "é日😀\u{202e}\u{200b}",
    "'''\"\"\"",
    "{\"a\": [1]}",
    "JSON",
    "\u{1}\u{7f}\u{85}\u{2028}",
];
const ALIASES: [&str; 6] = ["champion", "challenger", "Champion", "дом", "1", "-_"];
const SOURCES: [&str; 9] = [
    "s3://models/fraud/v1",
    "gs://models/churn/2",
    "dbfs:/models/x",
    "models/fraud/model_v1.pkl",
    "",
    "/tmp/model",
    "s3://bucket",
    "runs:/0123/model",
    "it's a $source",
];
const NUMBERS: [&str; 8] = ["0.93", "0", "-1", "35", "0.5", "1e-5", "12345678.9", "0.1"];

pub fn name(text: &str) -> ModelName {
    ModelName::parse(text).unwrap()
}

fn key(chance: &mut Chance) -> TagKey {
    TagKey::parse(chance.pick(&KEYS)).unwrap()
}

fn value(chance: &mut Chance) -> TagValue {
    TagValue::parse(chance.pick(&VALUES)).unwrap()
}

fn text(chance: &mut Chance) -> FreeText {
    FreeText::parse(chance.pick(&VALUES)).unwrap()
}

fn metric(chance: &mut Chance) -> (MetricName, MetricValue) {
    (
        MetricName::parse(chance.pick(&METRICS)).unwrap(),
        MetricValue::parse(chance.pick(&NUMBERS)).unwrap(),
    )
}

fn tags(chance: &mut Chance) -> Tags {
    (0..chance.below(3))
        .map(|_| (key(chance), value(chance)))
        .collect()
}

fn metrics(chance: &mut Chance) -> Metrics {
    (0..chance.below(3)).map(|_| metric(chance)).collect()
}

/// A model's name: mostly of a model that is there.
fn some_name(chance: &mut Chance, registry: &Registry) -> ModelName {
    let there = registry.models().len();
    if there == 0 || chance.once_in(6) {
        return name(chance.pick(&NAMES));
    }
    let at = chance.below(there);
    registry
        .models()
        .nth(at)
        .map(|model| model.name().clone())
        .unwrap()
}

/// A version's number: mostly of a version that is there.
fn some_version(chance: &mut Chance, registry: &Registry, of: &ModelName) -> VersionNumber {
    let versions = registry.model(of).map_or(0, |model| model.version_count());
    if versions == 0 || chance.once_in(12) {
        return VersionNumber::new(1 + u32::try_from(chance.below(6)).unwrap()).unwrap();
    }
    let at = chance.below(versions);
    registry
        .model(of)
        .and_then(|model| model.versions().nth(at))
        .unwrap()
        .number()
}

/// Any command; most are accepted by the registry.
pub fn command(chance: &mut Chance, registry: &Registry) -> Command {
    let name_of = some_name(chance, registry);
    let version = some_version(chance, registry, &name_of);
    let name = name_of;
    match chance.below(40) {
        0..=3 => Command::CreateRegisteredModel {
            name: self::name(chance.pick(&NAMES)),
            description: text(chance),
            tags: tags(chance),
        },
        4 => Command::RenameRegisteredModel {
            name,
            new_name: self::name(chance.pick(&NAMES)),
        },
        5 => Command::UpdateRegisteredModel {
            name,
            description: text(chance),
        },
        6 if chance.once_in(2) => Command::DeleteRegisteredModel { name },
        6 | 7 => Command::SetRegisteredModelTag {
            name,
            key: key(chance),
            value: value(chance),
        },
        8 => Command::DeleteRegisteredModelTag {
            name,
            key: key(chance),
        },
        9..=11 => Command::SetRegisteredModelAlias {
            name,
            alias: Alias::parse(chance.pick(&ALIASES)).unwrap(),
            version,
        },
        12 => Command::DeleteRegisteredModelAlias {
            name,
            alias: Alias::parse(chance.pick(&ALIASES)).unwrap(),
        },
        13..=20 => Command::CreateModelVersion {
            name,
            source: FreeText::parse(chance.pick(&SOURCES)).unwrap(),
            description: text(chance),
            tags: tags(chance),
            metrics: metrics(chance),
        },
        21 | 22 => Command::CopyModelVersion {
            dst_name: if chance.once_in(2) {
                self::name(chance.pick(&NAMES))
            } else {
                some_name(chance, registry)
            },
            name,
            version,
        },
        23 => Command::UpdateModelVersion {
            name,
            version,
            description: text(chance),
        },
        24 | 25 => Command::SetModelVersionTag {
            name,
            version,
            key: key(chance),
            value: value(chance),
        },
        26 => Command::DeleteModelVersionTag {
            name,
            version,
            key: key(chance),
        },
        27 | 28 => {
            let (key, value) = metric(chance);
            Command::LogMetric {
                name,
                version,
                key,
                value,
            }
        }
        29 | 30 => Command::DeleteModelVersion { name, version },
        31 if chance.once_in(6) => Command::ReplaceRegistry {
            with: Arc::new(self::registry(chance.next(), 12)),
            why: Replacement::Sample,
        },
        _ => Command::TransitionModelVersionStage {
            name,
            version,
            stage: chance.pick(&Stage::ALL),
            archive_existing_versions: chance.once_in(2),
        },
    }
}

/// A history of about so many steps. The clock moves on by a minute each, except that some steps share a moment. Every
/// other history starts from a registry that earlier steps had come to.
pub fn log(seed: u64, steps: usize) -> Log {
    let mut chance = Chance(seed);
    let mut log = if chance.once_in(2) {
        Log::new(registry(seed, 15), 15)
    } else {
        Log::default()
    };
    let mut now = 1_760_000_000_000;
    for _ in 0..steps {
        if !chance.once_in(4) {
            now += 60_000;
        }
        let mut context = Context::new(Time(now), RuleSet::Mlflow);
        if chance.once_in(5) {
            context.comment = text(&mut chance);
        }
        // What is refused is no step.
        let _ = match chance.below(40) {
            0 | 1 => log.undo(),
            2 => log.redo(),
            3 if chance.once_in(3) => {
                let kept = usize::try_from(log.step() - log.folded()).unwrap();
                let step = log.folded() + u64::try_from(chance.below(kept + 1)).unwrap();
                log.restore(&context, step)
            }
            _ => {
                let command = command(&mut chance, log.registry());
                log.act(&context, &command)
            }
        };
    }
    log
}

/// What such a history comes to.
pub fn registry(seed: u64, steps: usize) -> Registry {
    let mut chance = Chance(seed);
    let mut registry = Registry::default();
    for moment in 0..steps {
        let context = Context::new(Time(u64::try_from(moment).unwrap()), RuleSet::Mlflow);
        let command = match command(&mut chance, &registry) {
            Command::ReplaceRegistry { .. } => continue,
            command => command,
        };
        // What is refused changes nothing.
        let _ = registry.apply(&context, &command);
    }
    registry
}
