//! What connects this tab with the others and with the second copy of what is saved.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::JsString;
use wasm_bindgen::{JsCast as _, JsValue};

use crate::browser::local_storage::BrowserStore;
use crate::browser::{self, js};
use crate::session::saving::Saving;
use crate::session::tabs::backup::Copy;
use crate::session::tabs::lock::{self, Lock, PresenceProbe};
use storage::tabs::Request;
use storage::{KeyValue, MemoryStore, MirroredStore, Notice, StoreError, Vault, folder, units};

/// What this tab may do with the saved data.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Role {
    /// It writes.
    Writer,
    /// It asks the one that writes.
    Reader,
    /// Another one writes, and there is no way to ask it: this one only shows.
    Second,
    /// A newer version of the app is open: this one only shows.
    Old,
    /// The second copy holds what the store does not, and it could not be brought in: this one only shows what is there, so
    /// that nothing is written over it.
    Unreconciled,
}

/// How far the store is put in order by its copy.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reconciling {
    /// The part that can is on its way.
    Awaited,
    /// It is done.
    Done,
    /// Nobody waits for it.
    Over,
}

/// What the other tabs and the browser's store let this tab do.
pub type Entered = Result<Rc<Tabs>, StoreError>;

/// What connects this tab with the others and with the copy.
pub struct Tabs {
    /// What this tab may do.
    pub role: Cell<Role>,
    pub prefix: String,
    pub store: BrowserStore,
    /// The store as this tab has written it, if it is the one that writes.
    pub mirror: RefCell<Option<MirroredStore<BrowserStore>>>,
    /// How many keys in the browser's store are none of the mirror's, as they were counted last.
    pub others: Cell<u32>,
    pub copy: Copy,
    pub lock: Lock,
    /// In the place of the lock, where the browser has none.
    pub presence_probe: RefCell<Option<PresenceProbe>>,
    pub channel: Channel,
    pub start: Start,
}

/// The talk with the other tabs.
pub struct Channel {
    /// A number that no other tab has.
    pub me: u32,
    /// The `BroadcastChannel`.
    pub port: JsValue,
    /// What was heard and not worked on yet.
    pub heard: RefCell<Vec<String>>,
    /// What is to be asked for and was not yet.
    pub requests: RefCell<Vec<Request>>,
    /// How many requests nobody has said to be done.
    pub waiting: Cell<usize>,
    /// Who talks, once there is one: a `Link`, which the first page knows nothing of.
    pub link: RefCell<Option<Box<dyn Any>>>,
    /// How it is told of what happens here.
    pub hooks: RefCell<Option<Rc<Hooks>>>,
    /// Whether all is kept, as the writer says.
    pub status: RefCell<Saving>,
}

/// What was found while the store was put in order.
pub struct Start {
    pub notices: RefCell<Vec<Notice>>,
    /// How far the store and the copy are put in order.
    pub reconciling: Cell<Reconciling>,
    /// What the copy holds and could not be brought in.
    pub unreconciled: RefCell<Option<MemoryStore>>,
    /// Whether persistent storage was asked for already.
    asked_to_persist: Cell<bool>,
}

/// How the talk with the other tabs is told of what happens in this one. These are closures, so that the first page does not
/// carry the code behind them.
pub struct Hooks {
    /// A copy is begun.
    pub begin: Box<dyn Fn(&Tabs)>,
    /// The copy that was begun first has ended.
    pub end: Box<dyn Fn(&Tabs)>,
    /// How things are kept is another now.
    pub status: Box<dyn Fn(&Tabs)>,
}

impl Tabs {
    /// Opens the store of this folder, as a tab that may do nothing yet.
    ///
    /// # Errors
    /// Why there is no store.
    pub fn open() -> Result<Rc<Self>, StoreError> {
        let prefix = folder::prefix(&browser::path());
        let store = BrowserStore::open(&prefix)?;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "it is from 0 to 2^32"
        )]
        let me = (js_sys::Math::random() * f64::from(u32::MAX)) as u32;
        let name = prefix.as_str().into();
        let port = js_sys::Reflect::construct(
            &js::global("BroadcastChannel").into(),
            &js_sys::Array::of1(&name),
        );
        Ok(Rc::new(Self {
            role: Cell::new(Role::Second),
            mirror: RefCell::default(),
            others: Cell::new(0),
            copy: Copy::new(&prefix),
            lock: Lock::default(),
            presence_probe: RefCell::default(),
            channel: Channel {
                me,
                port: port.unwrap_or(JsValue::UNDEFINED),
                heard: RefCell::default(),
                requests: RefCell::default(),
                waiting: Cell::new(0),
                link: RefCell::default(),
                hooks: RefCell::default(),
                status: RefCell::new(Saving::Pending),
            },
            start: Start {
                notices: RefCell::default(),
                reconciling: Cell::new(Reconciling::Over),
                unreconciled: RefCell::default(),
                asked_to_persist: Cell::new(false),
            },
            prefix,
            store,
        }))
    }

    /// Returns the keys under which an earlier version has kept something in this folder.
    pub fn old_keys(&self) -> Vec<String> {
        folder::left(&self.store, &browser::path()).unwrap_or_default()
    }

    /// Returns the browser's store.
    pub const fn store(&self) -> &BrowserStore {
        &self.store
    }

    /// As [`folder::carry_over`]. The copy of it has the old name, and a new one is made.
    pub fn carry_over(&self) {
        if self.start.reconciling.get() != Reconciling::Awaited {
            return;
        }
        // Where it fails, all is where it was, and the next start tries again.
        if let Ok(Some(old)) = folder::carry_over(&self.store, &browser::path()) {
            let _ = js::call(
                &js::global("indexedDB"),
                "deleteDatabase",
                &[old.as_str().into()],
            );
        }
    }

    /// Lets the longer valid one of the store and its copy count, in the part that can.
    pub fn bring_in(&self, contents: &MemoryStore, is_newer: bool) {
        if self.start.reconciling.get() != Reconciling::Awaited {
            return;
        }
        let reconciled = self.open_mirror().and_then(|store| {
            storage::reconcile::reconcile(Rc::new(store), contents, &self.prefix, is_newer)
        });
        if let Ok(notices) = reconciled {
            self.start.notices.borrow_mut().extend(notices);
            self.start.reconciling.set(Reconciling::Done);
        }
    }

    /// Asks whether another tab is there, where the browser has no locks.
    pub fn probe_presence(&self) {
        let presence_probe = lock::presence_probe(&self.store, &self.prefix, self.channel.me);
        self.presence_probe.replace(Some(presence_probe));
    }

    pub fn open_mirror(&self) -> Result<MirroredStore<BrowserStore>, StoreError> {
        MirroredStore::open(self.store.clone(), &self.prefix, self.copy.changes.clone())
    }

    /// Opens what is saved, as this tab may.
    pub fn vault(&self) -> (Vault, Vec<Notice>) {
        let (vault, mut notices) = match self.role.get() {
            Role::Writer => match self.open_mirror() {
                Ok(mirror) => {
                    if mirror.count() < self.copy.keys() {
                        self.start.notices.borrow_mut().push(Notice::Missing);
                    }
                    self.mirror.replace(Some(mirror.clone()));
                    Vault::open(mirror, &self.prefix)
                }
                Err(why) => Vault::in_memory(why),
            },
            Role::Reader | Role::Second | Role::Old | Role::Unreconciled => {
                let shown: Rc<dyn KeyValue> = match self.start.unreconciled.borrow().as_ref() {
                    Some(copy) => Rc::new(copy.clone()),
                    None => Rc::new(self.store.clone()),
                };
                Vault::open_reading(shown, &self.prefix)
            }
        };
        notices.append(&mut self.start.notices.borrow_mut());
        if self.role.get() == Role::Second {
            notices.push(Notice::SecondTab);
        }
        if self.role.get() == Role::Unreconciled {
            notices.push(Notice::Unreconciled);
        }
        (vault, notices)
    }

    /// Writes again what has vanished from the browser's store. `looks` says whether every key is looked at; else only where
    /// there are fewer or more keys than there were.
    pub fn mend(&self, looks: bool) {
        let mirror = self.mirror.borrow();
        let Some(mirror) = mirror.as_ref() else {
            return;
        };
        let others = || {
            self.store
                .raw()
                .length()
                .unwrap_or(0)
                .wrapping_sub(mirror.length())
        };
        if looks || mirror.is_behind() || others() != self.others.get() {
            // What can't be written is said as "not saved".
            let _ = mirror.mend();
            self.others.set(others());
        }
    }

    /// Lets what this tab shows count over what somebody else has written into the store.
    pub fn insist(&self) {
        if let Some(mirror) = self.mirror.borrow().as_ref() {
            // What can't be set aside is not written over: the next write says so.
            let _ = mirror.insist();
        }
    }

    /// Something in the browser's storage was changed elsewhere: by another tab that asks whether one is here, or by whatever
    /// has emptied it.
    pub fn storage_changed(&self, event: &JsValue) {
        if self.role.get() != Role::Writer {
            return;
        }
        let key = js::get(event, "key").as_string();
        let short = key.as_ref().map(|key| key.strip_prefix(&self.prefix));
        if short == Some(Some("window")) {
            let word = js::get(event, "newValue").as_string();
            if word
                .as_deref()
                .and_then(lock::read)
                .is_some_and(|(_, asks)| asks)
            {
                let _ = self.store.set(
                    &format!("{}window", self.prefix),
                    &format!("{}!", self.channel.me),
                );
            }
        } else if short != Some(None) {
            self.mend(true);
        }
    }

    /// Returns whether all that is stored is kept for good.
    pub fn saving(&self) -> Saving {
        let is_behind = self
            .mirror
            .borrow()
            .as_ref()
            .is_some_and(MirroredStore::is_behind);
        if is_behind {
            Saving::NotSaved(StoreError::Full)
        } else if !self.copy.is_there() {
            Saving::StoreOnly
        } else if self.copy.is_complete() {
            Saving::Saved
        } else {
            Saving::Pending
        }
    }

    /// Tells the other tabs how things are kept, if this one writes.
    pub fn tell_status(&self) {
        if let Some(hooks) = self.channel.hooks.borrow().clone() {
            (hooks.status)(self);
        }
    }

    /// Asks the browser, once, to keep the saved data where room gets scarce, if this tab writes.
    pub fn ask_to_persist(&self) {
        if self.role.get() != Role::Writer || self.start.asked_to_persist.replace(true) {
            return;
        }
        let key = format!("{}asked", self.prefix);
        if self.store.get(&key) == Ok(None) {
            let _ = self.store.set(&key, "1");
            let storage = js::get(&js::global("navigator"), "storage");
            let _ = js::call(&storage, "persist", &[]);
        }
    }

    /// Returns how full the store is, in percent, where that is much.
    pub fn usage(&self) -> Option<usize> {
        const ROOM: usize = storage::memory::CHROMIUM_QUOTA;
        const MUCH: usize = 80;
        let raw = self.store.raw();
        let mut used = 0;
        for index in 0..raw.length().unwrap_or(0) {
            let Ok(Some(key)) = raw.key(index) else {
                continue;
            };
            // A text of JavaScript knows its length; it need not be copied for that.
            let item = js::call(raw, "getItem", &[key.as_str().into()]);
            let length = item.map_or(0, |item| item.unchecked_into::<JsString>().length());
            used += units(&key) + length as usize;
        }
        Some((used * 100 / ROOM).min(100)).filter(|percent| *percent >= MUCH)
    }

    pub fn post(&self, text: &str) {
        let _ = js::call(&self.channel.port, "postMessage", &[text.into()]);
    }
}
