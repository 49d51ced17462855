//! The browser's storage is emptied by something else, wholly or in part: the store, the second copy, or both; while the app is
//! open or closed. Nothing that was said to be saved is lost without a word.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use lesson::id::Id;
use registry::{Log, Registry, RuleSet, Time};
use storage::mirrored::{COPIED, Copied, is_own};
use storage::reconcile::reconcile;
use storage::{
    Attempt, Changes, KeyValue as _, MemoryStore, MirroredStore, Notice, StoreError, Theme, Vault,
    WorkspaceId,
};

use crate::support::{Dice, PREFIX, Picture, Player, SHORT, begun, open, own, picture, text};

/// What one tab and its two stores are, as the browser's app has them.
struct App {
    store: MemoryStore,
    copy: MemoryStore,
    mirror: MirroredStore<MemoryStore>,
    changes: Changes,
    vault: Vault,
    notices: Vec<Notice>,
    count: u64,
    /// Whether fewer keys were found than there were when they were last copied.
    lacks: bool,
}

fn data(store: &MemoryStore) -> BTreeSet<String> {
    let keys = store.contents().into_keys();
    keys.filter(|key| !is_own(key.strip_prefix(PREFIX).unwrap()))
        .collect()
}

fn noted(store: &MemoryStore) -> Copied {
    let text = store.get(&format!("{PREFIX}{COPIED}")).unwrap();
    Copied::read(text.as_deref())
}

impl App {
    fn open(store: MemoryStore, copy: MemoryStore) -> Self {
        let (here, there) = (noted(&store), noted(&copy));
        let last = if there.count > here.count {
            there
        } else {
            here
        };
        let mut notices = Vec::new();
        if !copy.contents().is_empty() {
            let is_newer = there.count > here.count;
            notices = reconcile(Rc::new(store.clone()), &copy, PREFIX, is_newer).unwrap();
        }
        let changes = Changes::default();
        let mirror = MirroredStore::open(store.clone(), PREFIX, changes.clone()).unwrap();
        let lacks = mirror.count() < last.keys;
        let (mut vault, opened) = open(mirror.clone(), SHORT);
        notices.extend(opened);
        notices.extend(vault.load(&own()).unwrap().notices);
        for key in data(&store).union(&data(&copy)) {
            changes.note(key);
        }
        let mut app = Self {
            store,
            copy,
            mirror,
            changes,
            vault,
            notices,
            count: last.count,
            lacks,
        };
        app.bring_up();
        app
    }

    fn bring_up(&mut self) {
        self.mirror.mend().unwrap();
        self.count += 1;
        let copied = Copied {
            count: self.count,
            keys: self.mirror.count(),
        };
        let key = format!("{PREFIX}{COPIED}");
        self.store.set(&key, &copied.to_string()).unwrap();
        self.copy.set(&key, &copied.to_string()).unwrap();
        for key in self.changes.take() {
            match self.mirror.get(&key).unwrap() {
                Some(value) => self.copy.set(&key, &value).unwrap(),
                None => self.copy.remove(&key).unwrap(),
            }
        }
        self.mirror.copied();
    }

    fn seen(&self) -> Seen {
        seen(&self.store)
    }
}

/// All that a person sees: settings and the like, and each registry with its step. How much of a history is folded away is not
/// among it: a second state that is lost is only a precaution, and makes the next folding another one.
type Seen = (Picture, BTreeMap<WorkspaceId, (Registry, u64)>);

fn seen(store: &MemoryStore) -> Seen {
    let mut picture = picture(&store.deep_copy()).0;
    let logs = std::mem::take(&mut picture.logs);
    let stands = |(log, _): (Log, RuleSet)| (log.registry().clone(), log.step());
    let logs = logs.into_iter().map(|(id, log)| (id, stands(log)));
    (picture, logs.collect())
}

/// That the older half of a history is folded into its start.
const FOLD: usize = 7;

/// Something that a person does, on a vault; the same on every vault that stands as this one does.
fn act(vault: &mut Vault, player: &mut Player, what: usize, number: u64) {
    let now = Time(1_700_000_000_000 + number);
    let second = WorkspaceId::parse("w2").unwrap();
    match what {
        0 => vault.set_theme(Theme::Dark).unwrap(),
        1 => vault.set_theme(Theme::Light).unwrap(),
        2 | 3 => {
            let mut progress = vault.progress().clone();
            progress.step_done(&format!("step-{number}"), now);
            vault.set_progress(progress).unwrap();
        }
        4 => match vault.create(&second, text("Second"), RuleSet::Mlflow, now) {
            Ok(()) => {
                vault.load(&second).unwrap();
                vault
                    .append_all(&second, &Player::new(number).acts(3))
                    .unwrap();
            }
            Err(StoreError::Changed) => {
                let (snapshot, _) = vault.snapshot(&second).unwrap();
                vault.delete_kept(&second, &snapshot).unwrap();
            }
            Err(why) => panic!("{why:?}"),
        },
        5 => {
            let attempt = Attempt {
                hints: 1,
                ..Attempt::default()
            };
            vault.set_attempt(&begun(), attempt).unwrap();
        }
        6 => {
            let other = Id::parse("first-promotion").unwrap();
            vault.set_attempt(&other, Attempt::default()).unwrap();
        }
        FOLD => {
            if let Some(folded) = vault.compact(&own(), &player.log).unwrap() {
                player.log = folded.log;
            }
        }
        8 => {
            if let Some(folded) = vault.maintain(&own(), &player.log).unwrap() {
                player.log = folded.log;
            }
        }
        _ => vault
            .append_all(&own(), &player.acts(1 + what % 3))
            .unwrap(),
    }
}

/// Some of the keys, in one of the ways in which they vanish.
fn chosen(keys: &[String], dice: &mut Dice) -> BTreeSet<String> {
    let way = dice.roll(6);
    let one = keys.get(dice.roll(keys.len().max(1)));
    let is_chosen = |key: &String, dice: &mut Dice| match way {
        0 => true,
        1 => key.contains(":ws/own/"),
        2 => key.contains("/seg/") && dice.roll(2) == 0,
        3 => Some(key) == one,
        4 => !key.ends_with(COPIED),
        _ => dice.roll(3) == 0,
    };
    let mut keys = keys.to_vec();
    keys.retain(|key| is_chosen(key, dice));
    keys.into_iter().collect()
}

fn remove(store: &MemoryStore, keys: &BTreeSet<String>) {
    for key in keys {
        store.remove(key).unwrap();
    }
}

/// One life of an app and its stores; tells how often something vanished.
fn live(seed: u64) -> usize {
    let mut dice = Dice::new(seed);
    let mut app = App::open(MemoryStore::new(), MemoryStore::new());
    let expected = MemoryStore::new();
    let (mut safe, _) = open(expected.clone(), SHORT);
    safe.load(&own()).unwrap();
    let mut player = Player::new(seed);
    let mut emptied = 0;
    for round in 0..3 {
        for number in 0..dice.roll(6) as u64 {
            let what = dice.roll(16);
            let number = round * 10 + number;
            if what != FOLD {
                act(&mut safe, &mut player.clone(), what, number);
            }
            act(&mut app.vault, &mut player, what, number);
            app.bring_up();
        }
        let keys: Vec<String> = app.copy.contents().into_keys().collect();
        let here = chosen(&keys, &mut dice);
        let there = chosen(&keys, &mut dice);
        emptied += 1;
        let name = format!("seed {seed}, round {round}: {here:?} {there:?}");
        match dice.roll(8) {
            // Open: whatever else happens, the tab has all of it.
            0..=2 => {
                remove(&app.store, &here);
                if dice.roll(2) == 0 {
                    remove(&app.copy, &there);
                }
                app.bring_up();
                assert!(app.mirror.was_emptied() == here.iter().any(|key| !key.ends_with(COPIED)));
                assert_eq!(app.seen(), seen(&expected), "{name}");
            }
            // Closed: one of the two has it, or the two have it together.
            side @ 3..=6 => {
                let App { store, copy, .. } = app;
                match side {
                    3 | 4 => remove(&store, &here),
                    5 => remove(&copy, &there),
                    _ => {
                        remove(&store, &here);
                        remove(&copy, &there.difference(&here).cloned().collect());
                    }
                }
                app = App::open(store, copy);
                assert_eq!(app.seen(), seen(&expected), "{name}");
                assert!(!app.lacks, "{name}");
                let word = |notice: &Notice| *notice == Notice::BroughtBack;
                assert!(app.notices.iter().all(word), "{name} {:?}", app.notices);
            }
            // Closed, and neither has it: that can't come back, and is said.
            _ => {
                let App { store, copy, .. } = app;
                remove(&store, &here);
                remove(&copy, &there);
                let knows = noted(&store).keys > 0 || noted(&copy).keys > 0;
                let app = App::open(store, copy);
                let is_told = app.lacks || !app.notices.is_empty();
                let is_whole = app.seen() == seen(&expected);
                assert!(is_whole || is_told || !knows, "{name}");
                return emptied;
            }
        }
    }
    emptied
}

#[test]
fn whatever_vanishes_comes_back_or_is_told() {
    let cases = std::env::var("PROPTEST_CASES").ok();
    let cases = cases.and_then(|cases| cases.parse().ok()).unwrap_or(20_000);
    let emptied: usize = (0..cases).map(live).sum();
    assert!(emptied as u64 >= cases * 2, "{emptied}");
}
