//! What the tests share: histories made from a seed, and the picture of everything that a store holds.

use std::collections::BTreeMap;

use lesson::id::Id;
use lesson::progress::Progress;
use registry::{
    Alias, Command, Context, FreeText, Log, MetricName, MetricValue, ModelName, Record, Registry,
    Replacement, RuleSet, Stage, TagKey, TagValue, Time, VecMap, VersionNumber,
};
use storage::{
    Attempt, ClassPlans, ConsoleMemory, FaultyStore, KeyValue, Limits, Loaded, MemoryStore, Notice,
    Settings, Setup, Vault, Workspace, WorkspaceId,
};

pub const PREFIX: &str = "model-stages:/lesson/:";

/// Short limits, so that a short history has many segments and a second state.
pub const SHORT: Limits = Limits {
    segment: 400,
    state: 300,
    journal: 1_000_000,
};

pub fn setup(limits: Limits) -> Setup {
    Setup {
        limits,
        ..Setup::default()
    }
}

pub fn own() -> WorkspaceId {
    WorkspaceId::own()
}

pub fn text(text: &str) -> FreeText {
    FreeText::parse(text).unwrap()
}

pub fn open(store: impl KeyValue + 'static, limits: Limits) -> (Vault, Vec<Notice>) {
    Vault::open_with(store, PREFIX, setup(limits))
}

/// Opens a store that has no room from then on.
pub fn open_full(store: &MemoryStore) -> (FaultyStore<MemoryStore>, Vault) {
    let faulty = FaultyStore::new(store.clone());
    let (vault, _) = open(faulty.clone(), SHORT);
    faulty.reset_counts();
    faulty.full_from(1);
    (faulty, vault)
}

/// Opens a store and loads the learner's own workspace.
pub fn start(store: impl KeyValue + 'static, limits: Limits) -> (Vault, Loaded, Vec<Notice>) {
    let (mut vault, mut notices) = open(store, limits);
    let loaded = vault.load(&own()).unwrap();
    notices.extend(loaded.notices.clone());
    (vault, loaded, notices)
}

/// Everything that a person can see of a store.
#[derive(Clone, PartialEq, Debug)]
pub struct Picture {
    pub settings: Settings,
    pub progress: Progress,
    pub console: ConsoleMemory,
    pub plans: ClassPlans,
    pub workspaces: Vec<Workspace>,
    pub logs: BTreeMap<WorkspaceId, (Log, RuleSet)>,
}

pub fn picture(store: &MemoryStore) -> (Picture, Vec<Notice>) {
    let (mut vault, mut notices) = open(store.clone(), SHORT);
    let mut logs = BTreeMap::new();
    for workspace in vault.workspaces() {
        let loaded = vault.load(&workspace.id).unwrap();
        notices.extend(loaded.notices);
        logs.insert(workspace.id, (loaded.log, loaded.rules));
    }
    let picture = Picture {
        settings: vault.settings().clone(),
        progress: vault.progress().clone(),
        console: vault.console().clone(),
        plans: vault.plans().clone(),
        workspaces: vault.workspaces(),
        logs,
    };
    (picture, notices)
}

/// Numbers from a seed (xorshift64*): the same on every machine.
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let high = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        usize::try_from(high).unwrap() % sides
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.roll(from.len())]
    }
}

/// A log that grows by random steps, as a person would make them.
#[derive(Clone)]
pub struct Player {
    pub log: Log,
    pub dice: Dice,
    clock: u64,
}

impl Player {
    pub fn new(seed: u64) -> Self {
        Self::from(seed, Log::default())
    }

    pub fn from(seed: u64, log: Log) -> Self {
        Self {
            log,
            dice: Dice::new(seed),
            clock: 1_700_000_000_000,
        }
    }

    /// Does something that is accepted, and gives its record.
    pub fn act(&mut self) -> Record {
        loop {
            self.clock += 1_000;
            let rules = RuleSet::ALL[self.dice.roll(2)];
            let mut context = Context::new(Time(self.clock), rules);
            if self.dice.roll(6) == 0 {
                context.comment = text("because \"quoted\" – ä\u{1f680}\n");
            }
            let done = match self.dice.roll(14) {
                0 | 1 => self.log.undo(),
                2 => self.log.redo(),
                3 => {
                    let back = self.dice.roll(5) as u64;
                    let step = self.log.step().saturating_sub(back);
                    self.log.restore(&context, step)
                }
                _ => {
                    let command = self.command();
                    self.log.act(&context, &command)
                }
            };
            if let Ok(record) = done {
                return record;
            }
        }
    }

    /// Does something that is not undone: a new version.
    pub fn version(&mut self) -> Record {
        self.clock += 1_000;
        let context = Context::new(Time(self.clock), RuleSet::Mlflow);
        let name = ModelName::parse("fraud").unwrap();
        let command = if self.log.registry().model(&name).is_some() {
            Command::CreateModelVersion {
                name,
                source: text("models/fraud.pkl"),
                description: FreeText::default(),
                tags: VecMap::new(),
                metrics: VecMap::new(),
            }
        } else {
            Command::CreateRegisteredModel {
                name,
                description: FreeText::default(),
                tags: VecMap::new(),
            }
        };
        self.log.act(&context, &command).unwrap()
    }

    pub fn acts(&mut self, count: usize) -> Vec<Record> {
        (0..count).map(|_| self.act()).collect()
    }

    pub fn versions(&mut self, count: usize) -> Vec<Record> {
        (0..count).map(|_| self.version()).collect()
    }

    fn name(&mut self) -> ModelName {
        ModelName::parse(self.dice.pick(&["fraud", "churn", "Größe 1"])).unwrap()
    }

    fn command(&mut self) -> Command {
        let name = self.name();
        let version = VersionNumber::new(u32::try_from(self.dice.roll(5)).unwrap() + 1).unwrap();
        let key = TagKey::parse(self.dice.pick(&["team", "a/b", "note"])).unwrap();
        let value = TagValue::parse(self.dice.pick(&["", "x", "ÿ\u{0}\u{7f}"])).unwrap();
        let alias = Alias::parse(self.dice.pick(&["champion", "next"])).unwrap();
        let metric = MetricName::parse("recall").unwrap();
        let number = MetricValue::parse(&format!("0.{:06}", self.dice.roll(1_000_000))).unwrap();
        match self.dice.roll(16) {
            0 => Command::CreateRegisteredModel {
                name,
                description: text("about"),
                tags: VecMap::from([(key, value)]),
            },
            1 => Command::RenameRegisteredModel {
                name,
                new_name: self.name(),
            },
            2 => Command::UpdateRegisteredModel {
                name,
                description: text("new\u{2028}words"),
            },
            3 if self.dice.roll(4) == 0 => Command::DeleteRegisteredModel { name },
            4 => Command::SetRegisteredModelTag { name, key, value },
            5 => Command::DeleteRegisteredModelTag { name, key },
            6 => Command::SetRegisteredModelAlias {
                name,
                alias,
                version,
            },
            7 => Command::DeleteRegisteredModelAlias { name, alias },
            8 => Command::CopyModelVersion {
                name,
                version,
                dst_name: self.name(),
            },
            9 => Command::LogMetric {
                name,
                version,
                key: metric,
                value: number,
            },
            10 if self.dice.roll(3) == 0 => Command::DeleteModelVersion { name, version },
            11 => Command::TransitionModelVersionStage {
                name,
                version,
                stage: Stage::ALL[self.dice.roll(4)],
                archive_existing_versions: false,
            },
            12 => Command::SetModelVersionTag {
                name,
                version,
                key,
                value,
            },
            13 if self.dice.roll(8) == 0 => Command::ReplaceRegistry {
                with: std::sync::Arc::new(Registry::default()),
                why: Replacement::Emptied,
            },
            _ => Command::CreateModelVersion {
                name,
                source: text("models/a.pkl"),
                description: FreeText::default(),
                tags: VecMap::new(),
                metrics: VecMap::from([(metric, number)]),
            },
        }
    }
}

/// The exercise that is under way in a store that was lived in.
pub fn begun() -> Id {
    Id::parse("two-models-at-once").unwrap()
}

/// A store with settings, a second workspace, one that was deleted, an exercise under way, and a history of the learner's own
/// that has several segments and, where asked for, a second state.
pub fn lived_in(seed: u64, records: usize, maintained: bool) -> (MemoryStore, Player) {
    let store = MemoryStore::new();
    let (mut vault, _, _) = start(store.clone(), SHORT);
    let mut player = Player::new(seed);
    for number in 0..records {
        vault.append(&own(), &player.act()).unwrap();
        if maintained && number == records * 2 / 3 {
            vault.maintain(&own(), &player.log).unwrap();
        }
    }
    vault.set_theme(storage::Theme::Dark).unwrap();
    let second = WorkspaceId::parse("w2").unwrap();
    vault
        .create(&second, text("Second"), RuleSet::Mlflow, Time(5))
        .unwrap();
    vault.load(&second).unwrap();
    let mut other = Player::new(seed + 1);
    vault.append_all(&second, &other.acts(8)).unwrap();
    let third = WorkspaceId::parse("w3").unwrap();
    vault
        .create(&third, text("Third"), RuleSet::Mlflow, Time(6))
        .unwrap();
    vault.load(&third).unwrap();
    let mut other = Player::new(seed + 2);
    vault.append_all(&third, &other.acts(1)).unwrap();
    let (snapshot, _) = vault.snapshot(&third).unwrap();
    vault.delete_kept(&third, &snapshot).unwrap();
    let attempt = Attempt {
        way: "ms1.a.b.c".to_owned(),
        hints: 1,
        ..Attempt::default()
    };
    vault.set_attempt(&begun(), attempt).unwrap();
    (store, player)
}

/// The store's text as the format's description says it: written here a second time, so that a slip shows.
pub fn seal(version: u32, place: &str, body: &str) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in format!("ms{version} {place}\n{body}").bytes() {
        hash ^= u64::from(byte);
        hash = hash.wrapping_mul(0x0100_0000_01b3);
    }
    format!("ms{version} {hash:016x} {place}\n{body}")
}

pub fn put(store: &MemoryStore, place: &str, value: &str) {
    store.set(&format!("{PREFIX}{place}"), value).unwrap();
}

/// All keys without the prefix, but for the quarantine's.
pub fn places(store: &MemoryStore) -> Vec<String> {
    store
        .contents()
        .keys()
        .map(|key| key.strip_prefix(PREFIX).unwrap().to_owned())
        .filter(|key| !key.starts_with("quarantine/"))
        .collect()
}
