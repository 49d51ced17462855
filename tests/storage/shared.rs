//! Several windows on one store over a wire that loses, doubles and mixes up what is said, with writers that are lost
//! between any two of their calls: whatever happens, each request comes to pass once or is refused, and all windows show
//! the same in the end.

use std::collections::BTreeMap;
use std::rc::Rc;

use model_stages::lesson::progress::Id;
use model_stages::registry::{
    Action, Command, Context, FreeText, Log, ModelName, Record, RuleSet, Sorted, TagKey, TagValue,
    Time,
};
use model_stages::storage::windows::{
    ConsoleChange, Message, Objection, Reader, Received, Reign, Request, Site, WindowId, Writer,
};
use model_stages::storage::{Attempt, FaultyStore, MemoryStore, Theme, Vault};

use crate::support::{Dice, PREFIX, own, text};

/// What a window is.
enum Role {
    Writes(Box<Writes>),
    Asks(Box<Vault>),
}

struct Writes {
    vault: Vault,
    writer: Writer,
    store: FaultyStore<MemoryStore>,
}

struct Window {
    log: Log,
    reader: Reader,
    role: Role,
}

/// All windows, and what is under way between them.
struct World {
    store: MemoryStore,
    windows: BTreeMap<usize, Window>,
    wire: Vec<(usize, String)>,
    dice: Dice,
    clock: u64,
    opened: usize,
    /// Which window has asked for what, by the key of the tag that it sets.
    asked: BTreeMap<String, usize>,
    refused: usize,
}

fn model() -> ModelName {
    ModelName::parse("m").unwrap()
}

impl World {
    fn new(seed: u64) -> Self {
        let store = MemoryStore::new();
        let (mut vault, _) = Vault::open(store.clone(), PREFIX);
        vault.load(&own()).unwrap();
        let mut log = Log::default();
        let create = Command::CreateRegisteredModel {
            name: model(),
            description: FreeText::default(),
            tags: Sorted::new(),
        };
        let context = Context::new(Time(1), RuleSet::Mlflow);
        let record = log.act(&context, &create).unwrap();
        vault.append(&own(), &record).unwrap();
        Self {
            store,
            windows: BTreeMap::new(),
            wire: Vec::new(),
            dice: Dice::new(seed),
            clock: 10,
            opened: 0,
            asked: BTreeMap::new(),
            refused: 0,
        }
    }

    fn now(&mut self) -> Time {
        self.clock += 1;
        Time(self.clock)
    }

    fn writer(&self) -> Option<usize> {
        let mut windows = self.windows.iter();
        windows
            .find(|(_, window)| matches!(window.role, Role::Writes(_)))
            .map(|(at, _)| *at)
    }

    /// Opens a window, which asks. Whoever has the lock writes: see [`World::take_over`].
    fn open(&mut self) -> usize {
        let at = self.opened;
        self.opened += 1;
        let (mut vault, _) = Vault::open_reading(Rc::new(self.store.clone()), PREFIX);
        let log = vault.load(&own()).unwrap().log;
        let mut reader = Reader::new(WindowId::of(at as u64), own());
        let hello = reader.hello(&own());
        self.windows.insert(
            at,
            Window {
                log,
                reader,
                role: Role::Asks(Box::new(vault)),
            },
        );
        self.say(at, &[hello]);
        at
    }

    fn say(&mut self, from: usize, messages: &[Message]) {
        for message in messages {
            let said = message.print();
            assert_eq!(
                Message::read(&said),
                Received::Message(Box::new(message.clone()))
            );
            for to in self.windows.keys() {
                if *to != from {
                    self.wire.push((*to, said.clone()));
                }
            }
        }
    }

    fn take_over(&mut self, at: usize) {
        let now = self.now();
        let store = FaultyStore::new(self.store.clone());
        let (mut vault, notices) = Vault::open(store.clone(), PREFIX);
        assert_eq!(notices, []);
        let Some(window) = self.windows.get_mut(&at) else {
            return;
        };
        window.log = vault.load(&own()).unwrap().log;
        let mut writer = Writer::new(Reign {
            since: now,
            window: window.reader.me().clone(),
        });
        let mut say = vec![writer.here()];
        if let Some(ask) = window.reader.take_over() {
            let mut site = Site {
                vault: &mut vault,
                open: &own(),
                log: &mut window.log,
                now,
            };
            let heard = writer.hear(ask, &mut site);
            say.extend(heard.say);
        }
        window.role = Role::Writes(Box::new(Writes {
            vault,
            writer,
            store,
        }));
        self.say(at, &say);
    }

    /// The writer is gone, in the middle of whatever it does.
    fn lose(&mut self, at: usize) {
        self.windows.remove(&at);
        self.wire.retain(|(to, _)| *to != at);
        self.asked.retain(|_, asked| *asked != at);
    }

    fn act(&mut self, at: usize, command: &Command) {
        let context = Context::new(self.now(), RuleSet::Mlflow);
        self.change(at, |log| log.act(&context, command).ok());
    }

    fn change(&mut self, at: usize, change: impl FnOnce(&mut Log) -> Option<Record>) {
        let Some(window) = self.windows.get_mut(&at) else {
            return;
        };
        let base = window.reader.wants_base().then(|| window.log.clone());
        let Some(record) = change(&mut window.log) else {
            return;
        };
        let said = match &mut window.role {
            Role::Writes(writes) => {
                writes.vault.append(&own(), &record).unwrap();
                writes.writer.did(&writes.vault, &own(), &record)
            }
            Role::Asks(_) => {
                let before = || base.unwrap_or_default();
                window.reader.ask_step(before, &record, &window.log)
            }
        };
        self.say(at, &[said]);
    }

    /// Sets a tag that nobody else sets.
    fn tag(&mut self, at: usize) {
        let key = format!("t{}", self.asked.len() + self.clock_key());
        let command = Command::SetRegisteredModelTag {
            name: model(),
            key: TagKey::parse(&key).unwrap(),
            value: TagValue::parse("x").unwrap(),
        };
        self.asked.insert(key, at);
        self.act(at, &command);
    }

    fn clock_key(&self) -> usize {
        usize::try_from(self.clock).unwrap() * 1000
    }

    fn hears(&mut self, to: usize, said: &str) {
        let Received::Message(message) = Message::read(said) else {
            panic!("{said}");
        };
        let now = self.now();
        let Some(window) = self.windows.get_mut(&to) else {
            return;
        };
        let say = match &mut window.role {
            Role::Writes(writes) => {
                let mut site = Site {
                    vault: &mut writes.vault,
                    open: &own(),
                    log: &mut window.log,
                    now,
                };
                writes.writer.hear(*message, &mut site).say
            }
            Role::Asks(vault) => {
                let heard = window.reader.hear(*message, &mut window.log, now);
                if let Some(stands) = heard.stands {
                    **vault = stands.vault;
                }
                self.refused += heard.objections.len();
                heard.say
            }
        };
        self.say(to, &say);
    }

    /// Delivers a message: any one, perhaps not at all, perhaps twice.
    fn deliver(&mut self, faults: bool) {
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
    fn keep(&mut self, ends: bool) {
        let Some(at) = self.writer() else { return };
        let Some(Window {
            role: Role::Writes(writes),
            ..
        }) = self.windows.get_mut(&at)
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
    fn settle(&mut self) {
        for _ in 0..20 {
            if self.writer().is_none() {
                let at = *self.windows.keys().next().unwrap();
                self.take_over(at);
            }
            for at in self.windows.keys().copied().collect::<Vec<_>>() {
                if let Some(window) = self.windows.get_mut(&at)
                    && matches!(window.role, Role::Asks(_))
                {
                    let say = window.reader.again();
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
            let waits = self.windows.values().any(|window| {
                matches!(window.role, Role::Asks(_))
                    && (window.reader.waiting() > 0 || !window.reader.is_in_step())
            });
            if !waits {
                return;
            }
        }
        panic!("it does not come to rest");
    }

    /// All windows show what is stored, and each tag that a window that lives has asked for is set once.
    fn check(&mut self, what: &str) {
        self.settle();
        let (mut vault, notices) = Vault::open(self.store.clone(), PREFIX);
        assert_eq!(notices, [], "{what}");
        let stored = vault.load(&own()).unwrap();
        assert_eq!(stored.notices, [], "{what}");
        for (at, window) in &self.windows {
            assert!(window.log == stored.log, "{what}: window {at}");
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
        for key in self.asked.keys() {
            assert!(times.contains_key(key), "{what}: {key} is lost");
        }
    }
}

/// Windows come and go and act, and messages with them.
fn lively(seed: u64, rounds: usize, mut more: impl FnMut(&mut World, usize)) -> World {
    let mut world = World::new(seed);
    for _ in 0..3 {
        world.open();
    }
    world.take_over(0);
    for _ in 0..rounds {
        let windows: Vec<usize> = world.windows.keys().copied().collect();
        let at = windows[world.dice.roll(windows.len())];
        match world.dice.roll(20) {
            0 => {
                if windows.len() < 4 {
                    world.open();
                }
            }
            1 => {
                if windows.len() > 1 {
                    world.lose(at);
                }
            }
            2 => {
                if let Some(writer) = world.writer() {
                    if windows.len() > 1 {
                        world.lose(writer);
                    }
                } else {
                    world.take_over(at);
                }
            }
            3 => {
                if world.writer().is_none() {
                    world.take_over(at);
                }
            }
            4 => {
                let reader = &mut world.windows.get_mut(&at).unwrap();
                if matches!(reader.role, Role::Asks(_)) {
                    let say = reader.reader.again();
                    world.say(at, &say);
                }
            }
            5 => world.keep(true),
            6..=9 => more(&mut world, at),
            _ => world.deliver(true),
        }
    }
    world
}

#[test]
fn nothing_is_lost_and_nothing_is_done_twice() {
    for seed in 0..150 {
        lively(seed, 300, World::tag).check(&format!("seed {seed}"));
    }
}

#[test]
fn all_windows_show_the_same_whatever_is_undone() {
    for seed in 0..100 {
        let mut world = lively(seed, 300, |world, at| match world.dice.roll(4) {
            0 => world.change(at, |log| log.undo().ok()),
            1 => world.change(at, |log| log.redo().ok()),
            _ => world.tag(at),
        });
        // What is undone is gone; that is no loss.
        world.asked.clear();
        world.check(&format!("seed {seed}"));
    }
}

/// The writer is stopped after each single call to the store while it carries out what another window asks for, and
/// before or after each message that it sends about that.
#[test]
fn a_writer_may_be_lost_after_every_call_and_every_message() {
    let mut stops = 0;
    for stop in 0.. {
        let mut world = World::new(7);
        let (one, two, _) = (world.open(), world.open(), world.open());
        world.take_over(one);
        while !world.wire.is_empty() {
            world.deliver(false);
        }
        for _ in 0..5 {
            world.tag(two);
        }
        let Role::Writes(writes) = &world.windows[&one].role else {
            panic!();
        };
        let store = writes.store.clone();
        store.reset_counts();
        store.stop_after(stop);
        let mut calls = 0;
        while !world.wire.is_empty() && calls < stop {
            world.deliver(false);
            calls = store.calls();
        }
        let through = world.wire.is_empty();
        // Whatever it has said is heard by nobody, by one, or by both.
        let heard = stop % 3;
        world.wire.retain(|(to, _)| *to != one && *to <= heard);
        while !world.wire.is_empty() {
            world.deliver(false);
        }
        world.lose(one);
        world.take_over(two);
        world.check(&format!("after {stop} calls"));
        stops += 1;
        if through {
            break;
        }
    }
    assert!(stops > 10, "{stops}");
}

#[test]
fn two_windows_do_two_hundred_things_each() {
    let mut world = World::new(1);
    let (one, two) = (world.open(), world.open());
    world.take_over(one);
    for _ in 0..200 {
        world.tag(one);
        world.tag(two);
        if world.dice.roll(3) > 0 {
            world.deliver(false);
        }
    }
    world.check("two windows");
    assert_eq!(world.asked.len(), 400);
    let log = &world.windows[&two].log;
    // The first step made the model.
    assert_eq!(log.step(), 401);
}

#[test]
fn an_undo_means_the_step_that_its_window_has_seen() {
    let mut world = World::new(1);
    let (one, two) = (world.open(), world.open());
    world.take_over(one);
    world.tag(two);
    world.settle();
    world.windows.get_mut(&two).unwrap().log.can_undo().unwrap();
    // Both at once: the writer's own step comes first.
    world.tag(one);
    world.change(two, |log| log.undo().ok());
    world.check("an undo that comes too late");
    assert_eq!(world.refused, 1);
    // Alone it is done.
    world.change(two, |log| log.undo().ok());
    world.settle();
    assert_eq!(world.refused, 1);
    assert_eq!(world.windows[&one].log.undone().len(), 1);
}

#[test]
fn a_refusal_comes_with_the_words_of_the_registry() {
    let mut world = World::new(1);
    let (one, two) = (world.open(), world.open());
    world.take_over(one);
    world.settle();
    let delete = Command::DeleteRegisteredModel { name: model() };
    world.act(one, &delete);
    let window = world.windows.get_mut(&two).unwrap();
    let context = Context::new(Time(99), RuleSet::Mlflow);
    let command = Command::UpdateRegisteredModel {
        name: model(),
        description: text("gone"),
    };
    let before = window.log.clone();
    let record = window.log.act(&context, &command).unwrap();
    let ask = window.reader.ask_step(|| before, &record, &window.log);
    let said = ask.print();
    world.hears(one, &said);
    world.wire.retain(|(to, _)| *to == two);
    world.keep(true);
    let mut objections = Vec::new();
    let window = world.windows.get_mut(&two).unwrap();
    for (_, said) in world.wire.drain(..) {
        if let Received::Message(message) = Message::read(&said) {
            let heard = window.reader.hear(*message, &mut window.log, Time(100));
            objections.extend(heard.objections);
        }
    }
    let expected = window.log.clone().act(&context, &command).unwrap_err();
    assert_eq!(objections, [Objection::Refused(expected)]);
    assert!(world.windows[&two].log == world.windows[&one].log);
}

#[test]
fn small_values_are_changed_by_the_writer() {
    let mut world = World::new(1);
    let (one, two) = (world.open(), world.open());
    world.take_over(one);
    world.settle();
    let exercise = Id::parse("bad-release").unwrap();
    let attempt = Attempt {
        way: "something".to_owned(),
        hints: 1,
        ..Attempt::default()
    };
    for request in [
        Request::Theme(Theme::Dark),
        Request::Rules(own(), RuleSet::Mlflow),
        Request::Console(ConsoleChange::Typed("help".to_owned())),
        Request::Console(ConsoleChange::Open(true)),
        Request::Console(ConsoleChange::Base("http://127.0.0.1:5000".to_owned())),
        Request::Current(own()),
        Request::Attempt(exercise.clone(), attempt.clone()),
    ] {
        let ask = world.windows.get_mut(&two).unwrap().reader.ask(request);
        world.say(two, &[ask]);
    }
    world.check("small values");
    let (mut vault, _) = Vault::open(world.store.clone(), PREFIX);
    assert_eq!(vault.attempt(&exercise).unwrap().0, attempt);
    assert_eq!(vault.theme(), Theme::Dark);
    assert_eq!(vault.workspace(&own()).unwrap().rules, RuleSet::Mlflow);
    assert_eq!(vault.console().lines(), ["help"]);
    assert!(vault.console().open);
    assert_eq!(vault.console().base, "http://127.0.0.1:5000");
}

/// The store is full at a write: nothing is said to be done before it is stored, and everything is in the end.
#[test]
fn a_full_store_keeps_back_what_is_done() {
    for write in 1..8 {
        let mut world = World::new(3);
        let (one, two) = (world.open(), world.open());
        world.take_over(one);
        world.settle();
        let Role::Writes(writes) = &world.windows[&one].role else {
            panic!();
        };
        let store = writes.store.clone();
        store.reset_counts();
        store.full_from(write);
        for _ in 0..7 {
            world.tag(two);
        }
        while !world.wire.is_empty() {
            world.deliver(false);
        }
        world.keep(true);
        while !world.wire.is_empty() {
            world.deliver(false);
        }
        assert_eq!(world.windows[&two].reader.waiting(), 7, "{write}");
        // All show it all the same.
        assert!(
            world.windows[&two].log == world.windows[&one].log,
            "{write}"
        );
        store.heal();
        let Role::Writes(writes) = &mut world.windows.get_mut(&one).unwrap().role else {
            panic!();
        };
        writes.vault.flush().unwrap();
        world.check(&format!("full at write {write}"));
    }
}

#[test]
fn whatever_is_heard_something_comes_of_it() {
    let check = |text: &str, expected: &Received| assert_eq!(&Message::read(text), expected);
    let hello = Message::Hello {
        from: WindowId::of(7),
        workspace: own(),
    };
    let said = hello.print();
    check(&said, &Received::Message(Box::new(hello)));
    for (end, _) in said.char_indices() {
        check(&said[..end], &Received::Noise);
    }
    let (_, body) = said.split_once('\n').unwrap();
    check(&format!("ms-window 2 999\n{body}"), &Received::Newer(999));
    check("ms-window 3 4\n☠", &Received::Newer(4));
    for noise in [
        "null",
        "ms-window",
        "ms-window 2 4",
        "ms-window 2 4\n",
        "ms-window 2 4\n{}",
        "ms-window -1 4\n{}",
        "ms-window 2 4\n{\"is\":\"hello\",\"from\":\"A b\",\"ws\":\"own\"}",
        "ms-window 2 4\n{\"is\":\"hello\",\"from\":\"a\",\"ws\":\"own\",\"more\":1}",
        "ms-window 2 4\n{\"is\":\"here\",\"reign\":\"x\"}",
    ] {
        check(noise, &Received::Noise);
    }
}
