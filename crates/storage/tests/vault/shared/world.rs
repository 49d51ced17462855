//! Several tabs, the store under them, and what is under way between them.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use lesson::progress::Progress;
use registry::{
    Action, Command, Context, FreeText, Log, ModelName, Record, RuleSet, TagKey, TagValue, Time,
    VecMap,
};
use storage::tabs::{Message, Reader, Received, Request, Site, TabId, Writer};
use storage::{FaultyStore, MemoryStore, Vault, WorkspaceId};

use crate::support::{Dice, PREFIX, SHORT, open, own, text};

/// What a tab is.
pub enum Role {
    Writes(Box<Writes>),
    Asks(Box<Vault>),
}

pub struct Writes {
    pub vault: Vault,
    pub writer: Writer,
    pub store: FaultyStore<MemoryStore>,
}

pub struct Window {
    pub shows: WorkspaceId,
    pub log: Log,
    pub reader: Reader,
    pub role: Role,
    /// What it shows as learned.
    progress: Progress,
    /// Whether the history that it shows is still to come.
    waits: bool,
}

/// All tabs, and what is under way between them.
pub struct RegistryHost {
    pub store: MemoryStore,
    pub tabs: BTreeMap<usize, Window>,
    pub wire: Vec<(usize, String)>,
    pub dice: Dice,
    clock: u64,
    opened: usize,
    /// Which tab has asked for what, by the key of the tag that it sets, and where.
    pub asked: BTreeMap<String, (usize, WorkspaceId)>,
    /// Which steps of the lesson which tab has done.
    pub learned: BTreeMap<String, (usize, Progress)>,
    /// Each beginning anew, with the steps that were forgotten by it.
    pub forgotten: Vec<(Progress, Vec<String>)>,
    /// A tab that is never lost.
    pub stays: Option<usize>,
    /// How often something was refused, folded, handed over, and another workspace shown.
    pub refused: usize,
    pub folded: usize,
    pub handed_over: usize,
    pub gone: usize,
}

/// The workspace beside the learner's own.
pub fn second() -> WorkspaceId {
    WorkspaceId::parse("w2").unwrap()
}

pub fn model() -> ModelName {
    ModelName::parse("m").unwrap()
}

impl RegistryHost {
    pub fn new(seed: u64) -> Self {
        let store = MemoryStore::new();
        let (mut vault, _) = open(store.clone(), SHORT);
        vault
            .create(&second(), text("Second"), RuleSet::Mlflow, Time(1))
            .unwrap();
        for workspace in [own(), second()] {
            vault.load(&workspace).unwrap();
            let mut log = Log::default();
            let create = Command::CreateRegisteredModel {
                name: model(),
                description: FreeText::default(),
                tags: VecMap::new(),
            };
            let context = Context::new(Time(1), RuleSet::Mlflow);
            let record = log.act(&context, &create).unwrap();
            vault.append(&workspace, &record).unwrap();
        }
        Self {
            store,
            tabs: BTreeMap::new(),
            wire: Vec::new(),
            dice: Dice::new(seed),
            clock: 10,
            opened: 0,
            asked: BTreeMap::new(),
            learned: BTreeMap::new(),
            forgotten: Vec::new(),
            stays: None,
            refused: 0,
            folded: 0,
            handed_over: 0,
            gone: 0,
        }
    }

    pub fn now(&mut self) -> Time {
        self.clock += 1;
        Time(self.clock)
    }

    pub fn writer(&self) -> Option<usize> {
        let mut tabs = self.tabs.iter();
        tabs.find(|(_, tab)| matches!(tab.role, Role::Writes(_)))
            .map(|(at, _)| *at)
    }

    /// Opens a tab, which asks. Whoever has the lock writes: see [`RegistryHost::take_over`].
    pub fn open(&mut self) -> usize {
        let at = self.opened;
        self.opened += 1;
        let (mut vault, _) = Vault::open_reading(Rc::new(self.store.clone()), PREFIX);
        let log = vault.load(&own()).unwrap().log;
        let mut reader = Reader::new(TabId::of(at as u64), own());
        let hello = reader.hello(&own());
        self.tabs.insert(
            at,
            Window {
                shows: own(),
                log,
                reader,
                progress: vault.progress().clone(),
                role: Role::Asks(Box::new(vault)),
                waits: false,
            },
        );
        self.say(at, &[hello]);
        at
    }

    /// A tab shows another workspace.
    pub fn go(&mut self, at: usize, workspace: &WorkspaceId) {
        let Some(tab) = self.tabs.get_mut(&at) else {
            return;
        };
        self.gone += usize::from(tab.shows != *workspace);
        tab.shows = workspace.clone();
        let said = match &mut tab.role {
            Role::Writes(writes) => {
                tab.log = writes.vault.load(workspace).unwrap().log;
                writes.writer.forget(workspace);
                writes.writer.here()
            }
            Role::Asks(_) => {
                tab.log = Log::default();
                tab.waits = true;
                tab.reader.hello(workspace)
            }
        };
        self.say(at, &[said]);
    }

    /// The oldest steps are folded into the start.
    pub fn fold(&mut self) {
        let Some(at) = self.writer() else { return };
        let Some(tab) = self.tabs.get_mut(&at) else {
            return;
        };
        let Role::Writes(writes) = &mut tab.role else {
            return;
        };
        let Ok(Some(folded)) = writes.vault.compact(&tab.shows, &tab.log) else {
            return;
        };
        tab.log = folded.log;
        writes.writer.forget(&tab.shows);
        let here = writes.writer.here();
        self.folded += 1;
        self.say(at, &[here]);
    }

    /// The writer lets another tab write, as soon as it owes nothing.
    pub fn hand_over(&mut self) {
        let Some(at) = self.writer() else { return };
        let Some(tab) = self.tabs.get_mut(&at) else {
            return;
        };
        if let Role::Writes(writes) = &tab.role
            && writes.vault.is_saved()
            && !writes.writer.owes()
        {
            let (vault, _) = Vault::open_reading(Rc::new(self.store.clone()), PREFIX);
            tab.role = Role::Asks(Box::new(vault));
            // Its reader may know of another workspace than the one that it has opened while it wrote.
            let hello = tab.reader.hello(&tab.shows);
            self.handed_over += 1;
            self.say(at, &[hello]);
        }
    }

    pub fn say(&mut self, from: usize, messages: &[Message]) {
        for message in messages {
            let said = message.print();
            assert_eq!(
                Message::read(&said),
                Received::Message(Box::new(message.clone()))
            );
            for to in self.tabs.keys() {
                if *to != from {
                    self.wire.push((*to, said.clone()));
                }
            }
        }
    }

    pub fn take_over(&mut self, at: usize) {
        let now = self.now();
        let store = FaultyStore::new(self.store.clone());
        let (mut vault, notices) = open(store.clone(), SHORT);
        assert_eq!(notices, []);
        let Some(tab) = self.tabs.get_mut(&at) else {
            return;
        };
        tab.log = vault.load(&tab.shows).unwrap().log;
        tab.waits = false;
        let mut writer = Writer::new(tab.reader.next_term(now));
        let mut say = vec![writer.here()];
        if let Some(ask) = tab.reader.take_over() {
            let mut site = Site {
                vault: &mut vault,
                open: &tab.shows,
                log: &mut tab.log,
                now,
            };
            let heard = writer.hear(ask, &mut site);
            say.extend(heard.say);
        }
        tab.progress = vault.progress().clone();
        tab.role = Role::Writes(Box::new(Writes {
            vault,
            writer,
            store,
        }));
        self.say(at, &say);
    }

    /// The writer is gone, in the middle of whatever it does.
    pub fn lose(&mut self, at: usize) {
        self.tabs.remove(&at);
        self.wire.retain(|(to, _)| *to != at);
        self.asked.retain(|_, (asked, _)| *asked != at);
        self.learned.retain(|_, (learned, _)| *learned != at);
    }

    pub fn act(&mut self, at: usize, command: &Command) {
        let context = Context::new(self.now(), RuleSet::Mlflow);
        self.change(at, |log| log.act(&context, command).ok());
    }

    pub fn change(&mut self, at: usize, change: impl FnOnce(&mut Log) -> Option<Record>) {
        let Some(tab) = self.tabs.get_mut(&at) else {
            return;
        };
        if tab.waits {
            return;
        }
        let base = tab.reader.wants_base().then(|| tab.log.clone());
        let Some(record) = change(&mut tab.log) else {
            return;
        };
        let said = match &mut tab.role {
            Role::Writes(writes) => {
                writes.vault.append(&tab.shows, &record).unwrap();
                writes.writer.did(&writes.vault, &tab.shows, &record)
            }
            Role::Asks(_) => {
                let before = || base.unwrap_or_default();
                tab.reader.ask_step(before, &record, &tab.log)
            }
        };
        self.say(at, &[said]);
    }

    /// Learns something that nobody else learns.
    pub fn learn(&mut self, at: usize) {
        let now = self.now();
        let id = format!("step-{}", self.clock);
        let Some(tab) = self.tabs.get_mut(&at) else {
            return;
        };
        tab.progress.step_done(&id, now);
        let progress = tab.progress.clone();
        self.learned.insert(id, (at, progress.clone()));
        let said = match &mut tab.role {
            Role::Writes(writes) => {
                writes.vault.set_progress(progress).unwrap();
                return;
            }
            Role::Asks(_) => tab.reader.ask(Request::Learned(progress)),
        };
        self.say(at, &[said]);
    }

    /// Forgets all that was learned.
    pub fn forget(&mut self, at: usize) {
        let Some(tab) = self.tabs.get_mut(&at) else {
            return;
        };
        let known = tab.progress.clone();
        tab.progress.replace(Progress::default());
        let nothing = tab.progress.clone();
        self.learned.retain(|id, _| !known.is_step_done(id));
        let known = known.steps().map(|(id, _)| id.to_owned()).collect();
        self.forgotten.push((nothing.clone(), known));
        let said = match &mut tab.role {
            Role::Writes(writes) => {
                writes.vault.set_progress(nothing).unwrap();
                return;
            }
            Role::Asks(_) => tab.reader.ask(Request::Learned(nothing)),
        };
        self.say(at, &[said]);
    }

    /// Sets a tag that nobody else sets.
    pub fn tag(&mut self, at: usize) {
        let key = format!("t{}", self.asked.len() + self.clock_key());
        let command = Command::SetRegisteredModelTag {
            name: model(),
            key: TagKey::parse(&key).unwrap(),
            value: TagValue::parse("x").unwrap(),
        };
        let Some(tab) = self.tabs.get(&at).filter(|tab| !tab.waits) else {
            return;
        };
        self.asked.insert(key, (at, tab.shows.clone()));
        self.act(at, &command);
    }

    fn clock_key(&self) -> usize {
        usize::try_from(self.clock).unwrap() * 1000
    }

    pub fn hears(&mut self, to: usize, said: &str) {
        let Received::Message(message) = Message::read(said) else {
            panic!("{said}");
        };
        let now = self.now();
        let Some(tab) = self.tabs.get_mut(&to) else {
            return;
        };
        let say = match &mut tab.role {
            Role::Writes(writes) => {
                let mut site = Site {
                    vault: &mut writes.vault,
                    open: &tab.shows,
                    log: &mut tab.log,
                    now,
                };
                writes.writer.hear(*message, &mut site).say
            }
            Role::Asks(vault) => {
                let heard = tab.reader.hear(*message, &mut tab.log, now);
                if let Some(replica) = heard.replica {
                    tab.shows = replica.workspace;
                    tab.waits = false;
                    // What was asked for and is not done yet is not in there.
                    tab.progress.merge(replica.vault.progress());
                    **vault = replica.vault;
                }
                self.refused += heard.objections.len();
                heard.say
            }
        };
        self.say(to, &say);
    }

    /// Delivers a message: any one, perhaps not at all, perhaps twice.
    pub fn deliver(&mut self, faults: bool) {
        if self.wire.is_empty() {
            return;
        }
        if !faults {
            let (to, said) = self.wire.remove(0);
            return self.hears(to, &said);
        }
        let index = self.dice.roll(self.wire.len());
        let (to, said) = match self.dice.roll(8) {
            0 => self.wire[index].clone(),
            1 => {
                self.wire.swap_remove(index);
                return;
            }
            _ => self.wire.swap_remove(index),
        };
        self.hears(to, &said);
    }

    /// A copy of what is stored begins, and perhaps ends at once.
    pub fn keep(&mut self, ends: bool) {
        let Some(at) = self.writer() else { return };
        let Some(Window {
            role: Role::Writes(writes),
            ..
        }) = self.tabs.get_mut(&at)
        else {
            return;
        };
        writes.writer.begin(&writes.vault);
        if ends {
            let say = writes.writer.end();
            self.say(at, &say);
        }
    }

    /// Lets everything come to rest over a wire that works.
    pub fn run_until_idle(&mut self) {
        for _ in 0..20 {
            if self.writer().is_none() {
                let at = *self.tabs.keys().next().unwrap();
                self.take_over(at);
            }
            for at in self.tabs.keys().copied().collect::<Vec<_>>() {
                if let Some(tab) = self.tabs.get_mut(&at)
                    && matches!(tab.role, Role::Asks(_))
                {
                    let say = tab.reader.again();
                    self.say(at, &say);
                }
            }
            while !self.wire.is_empty() {
                self.deliver(false);
            }
            self.keep(true);
            while !self.wire.is_empty() {
                self.deliver(false);
            }
            let waits = self.tabs.values().any(|tab| {
                matches!(tab.role, Role::Asks(_))
                    && (tab.reader.waiting() > 0 || !tab.reader.is_in_step())
            });
            if !waits {
                return;
            }
        }
        panic!("it does not come to rest");
    }

    /// All tabs show what is stored, each tag that a tab that lives has asked for is set once, and all that such a
    /// tab has learned is kept, unless it was forgotten by whoever had not heard of it; what was forgotten is gone.
    pub fn check(&mut self, what: &str) {
        self.run_until_idle();
        let (mut vault, notices) = open(self.store.clone(), SHORT);
        assert_eq!(notices, [], "{what}");
        for workspace in [own(), second()] {
            let stored = vault.load(&workspace).unwrap();
            assert_eq!(stored.notices, [], "{what}");
            for (at, tab) in &self.tabs {
                let same = tab.shows != workspace || tab.log == stored.log;
                assert!(same, "{what}: window {at}");
            }
            let mut times: BTreeMap<String, usize> = BTreeMap::new();
            for entry in stored.log.done() {
                if let Action::Do(Command::SetRegisteredModelTag { key, .. }) = &entry.action {
                    *times.entry(key.to_string()).or_default() += 1;
                }
            }
            for (key, count) in &times {
                assert_eq!(*count, 1, "{what}: {key} is set twice");
            }
            // What was folded into the start is in the registry alone.
            let found = stored.log.registry().model(&model());
            let keys = found.map(|model| model.tags().iter().map(|(key, _)| key.to_string()));
            let keys: BTreeSet<String> = keys.into_iter().flatten().collect();
            for (key, (_, at)) in &self.asked {
                assert!(
                    *at != workspace || keys.contains(key),
                    "{what}: {key} is lost"
                );
            }
        }
        let kept = vault.progress();
        let holds = |other: &Progress| {
            let mut both = kept.clone();
            both.merge(other);
            both == *kept
        };
        for (id, (_, progress)) in &self.learned {
            assert!(holds(progress), "{what}: {id} is forgotten");
        }
        for (nothing, ids) in &self.forgotten {
            // Whoever wanted it may have gone before it was carried out.
            if holds(nothing) {
                let back = ids.iter().find(|id| kept.is_step_done(id));
                assert_eq!(back, None, "{what}");
            }
        }
    }

    /// The steps of the lesson that are stored as done.
    pub fn kept_steps(&self) -> Vec<String> {
        let (vault, _) = open(self.store.clone(), SHORT);
        vault
            .progress()
            .steps()
            .map(|(id, _)| id.to_owned())
            .collect()
    }
}
