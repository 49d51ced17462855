//! Several windows on the same data, and the second copy of what is saved.
//!
//! Who writes is settled before anything is opened. What windows say to each other is in [`storage::windows`];
//! what is here brings it to the browser. The code that talks is fetched when another window is there (`link`); the
//! first page carries only the lock (`lock`), the channel and the second copy (`copy`).

pub mod backup;
pub mod link;
pub mod lock;

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use js_sys::JsString;
use leptos::prelude::*;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::spawn_local;

use crate::browser::local_storage::BrowserStore;
use crate::browser::{self, js};
use crate::session::tabs::backup::{Copy, Differing};
use crate::session::tabs::link::Hooks;
use crate::session::tabs::lock::{Knock, Lock};
use crate::session::{Saving, Session};
use crate::ui::lazy;
use storage::windows::Request;
use storage::{
    KeyValue, MemoryStore, MirroredStore, Mode, Notice, StoreError, Vault, folder, units,
};

/// What this window may do with the saved data.
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
    Unsettled,
}

/// How far the store is put in order by its copy.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Settling {
    /// The part that can is on its way.
    Awaited,
    /// It is done.
    Done,
    /// Nobody waits for it.
    Over,
}

/// What connects this window with the others and with the copy.
#[derive(Debug)]
pub struct Windows {
    /// What this window may do.
    pub role: Cell<Role>,
    prefix: String,
    store: BrowserStore,
    /// The store as this window has written it, if it is the one that writes.
    mirror: RefCell<Option<MirroredStore<BrowserStore>>>,
    /// How many keys in the browser's store are none of the mirror's, as they were counted last.
    others: Cell<u32>,
    copy: Copy,
    lock: Lock,
    /// In the place of the lock, where the browser has none.
    knock: RefCell<Option<Knock>>,
    /// A number that no other window has.
    me: u32,
    channel: JsValue,
    /// Called when a copy has ended.
    ended: RefCell<JsValue>,
    /// What was heard and not worked on yet.
    heard: RefCell<Vec<String>>,
    /// What is to be asked for and was not yet.
    requests: RefCell<Vec<Request>>,
    /// How many requests nobody has said to be done.
    waiting: Cell<usize>,
    /// The talk with the other windows, once there is one: a [`link::Link`], which the first page knows nothing of.
    link: RefCell<Option<Box<dyn Any>>>,
    /// How it is told of what happens here.
    hooks: Cell<Option<Hooks>>,
    /// Whether all is kept, as the writer says.
    status: RefCell<Saving>,
    /// What is done once all is copied.
    afterwards: Cell<Option<fn()>>,
    /// What was found on the way here.
    notices: RefCell<Vec<Notice>>,
    /// How far the store and the copy are put in order.
    settling: Cell<Settling>,
    /// What the copy holds and could not be brought in.
    unsettled: RefCell<Option<MemoryStore>>,
}

impl Windows {
    /// Finds out what this window may do, and puts the store in order by its copy if it may.
    ///
    /// # Errors
    /// Why there is no store.
    pub async fn enter() -> Result<Rc<Self>, StoreError> {
        let prefix = folder::prefix(&browser::path());
        let store = BrowserStore::open(&prefix)?;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "it is from 0 to 2^32"
        )]
        let me = (js_sys::Math::random() * f64::from(u32::MAX)) as u32;
        let name = prefix.as_str().into();
        let channel = js_sys::Reflect::construct(
            &js::global("BroadcastChannel").into(),
            &js_sys::Array::of1(&name),
        );
        let windows = Rc::new(Self {
            role: Cell::new(Role::Second),
            mirror: RefCell::default(),
            others: Cell::new(0),
            copy: Copy::new(&prefix),
            lock: Lock::default(),
            knock: RefCell::default(),
            me,
            channel: channel.unwrap_or(JsValue::UNDEFINED),
            ended: RefCell::default(),
            heard: RefCell::default(),
            requests: RefCell::default(),
            waiting: Cell::new(0),
            link: RefCell::default(),
            hooks: Cell::new(None),
            status: RefCell::new(Saving::Saving),
            afterwards: Cell::new(None),
            notices: RefCell::default(),
            settling: Cell::new(Settling::Over),
            unsettled: RefCell::default(),
            prefix,
            store,
        });
        match windows.lock.try_take(&windows.prefix).await {
            Some(true) => windows.role.set(Role::Writer),
            Some(false) if windows.channel.is_object() => windows.role.set(Role::Reader),
            Some(false) => {}
            None => {
                let asked = Rc::clone(&windows);
                js::within(lazy::PATIENCE, async move {
                    lazy::knock(asked).await;
                })
                .await;
                if let Some(knock) = windows.knock.take()
                    && knock.finds_nobody().await
                {
                    windows.role.set(Role::Writer);
                }
            }
        }
        if windows.role.get() == Role::Writer {
            windows.look_back().await;
            windows.settle().await;
        }
        Ok(windows)
    }

    /// Takes what an earlier version has kept in this folder under other keys, in the part that can.
    async fn look_back(self: &Rc<Self>) {
        if self.old_keys().is_empty() {
            return;
        }
        self.settling.set(Settling::Awaited);
        js::within(lazy::PATIENCE, lazy::carry_over(Rc::clone(self))).await;
        // What arrives after this must not write any more.
        self.settling.set(Settling::Over);
        if !self.old_keys().is_empty() {
            self.notices.borrow_mut().push(Notice::OldStore);
        }
    }

    /// The keys under which an earlier version has kept something in this folder.
    pub fn old_keys(&self) -> Vec<String> {
        folder::left(&self.store, &browser::path()).unwrap_or_default()
    }

    /// The browser's store.
    pub const fn store(&self) -> &BrowserStore {
        &self.store
    }

    /// As [`folder::carry_over`]. The copy of it has the old name, and a new one is made.
    pub fn carry_over(&self) {
        if self.settling.get() != Settling::Awaited {
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

    /// Compares the store with its copy, and lets the longer valid one count. Where that can't be done, the copy stays as it
    /// is: a newer one is shown, and nothing is written; without one that is newer, the app goes on with the store alone.
    async fn settle(self: &Rc<Self>) {
        self.copy.open().await;
        let Some(differing) = self.copy.compare(&self.store).await else {
            return;
        };
        let Differing { contents, .. } = differing;
        self.settling.set(Settling::Awaited);
        let settled = lazy::settle(Rc::clone(self), contents.clone(), differing.is_newer);
        js::within(lazy::PATIENCE, settled).await;
        // What arrives after this must not write any more.
        if self.settling.replace(Settling::Over) == Settling::Done {
            return;
        }
        self.copy.leave();
        if differing.is_newer || differing.has_more {
            self.role.set(Role::Unsettled);
            self.lock.release();
            self.unsettled.replace(Some(contents));
        }
    }

    /// Lets the longer valid one of the store and its copy count, in the part that can.
    pub fn bring_in(&self, contents: &MemoryStore, is_newer: bool) {
        if self.settling.get() != Settling::Awaited {
            return;
        }
        let settled = self.open_mirror().and_then(|store| {
            storage::settle::settle(Rc::new(store), contents, &self.prefix, is_newer)
        });
        if let Ok(notices) = settled {
            self.notices.borrow_mut().extend(notices);
            self.settling.set(Settling::Done);
        }
    }

    /// Asks whether another window is there, where the browser has no locks.
    pub fn knocks(&self) {
        let knock = crate::session::tabs::lock::knock(&self.store, &self.prefix, self.me);
        self.knock.replace(Some(knock));
    }

    fn open_mirror(&self) -> Result<MirroredStore<BrowserStore>, StoreError> {
        MirroredStore::open(self.store.clone(), &self.prefix, self.copy.changes.clone())
    }

    /// Opens what is saved, as this window may.
    pub fn vault(&self) -> (Vault, Vec<Notice>) {
        let (vault, mut notices) = match self.role.get() {
            Role::Writer => match self.open_mirror() {
                Ok(mirror) => {
                    if mirror.count() < self.copy.keys() {
                        self.notices.borrow_mut().push(Notice::Missing);
                    }
                    self.mirror.replace(Some(mirror.clone()));
                    Vault::open(mirror, &self.prefix)
                }
                Err(why) => Vault::in_memory(why),
            },
            Role::Reader | Role::Second | Role::Old | Role::Unsettled => {
                let shown: Rc<dyn KeyValue> = match self.unsettled.borrow().as_ref() {
                    Some(copy) => Rc::new(copy.clone()),
                    None => Rc::new(self.store.clone()),
                };
                Vault::open_reading(shown, &self.prefix)
            }
        };
        notices.append(&mut self.notices.borrow_mut());
        if self.role.get() == Role::Second {
            notices.push(Notice::SecondWindow);
        }
        if self.role.get() == Role::Unsettled {
            notices.push(Notice::Unsettled);
        }
        (vault, notices)
    }

    /// Writes again what has vanished from the browser's store. `looks` says whether every key is looked at; else only where
    /// there are fewer or more keys than there were.
    fn mend(&self, looks: bool) {
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

    /// Lets what this window shows count over what somebody else has written into the store.
    pub fn insist(&self) {
        if let Some(mirror) = self.mirror.borrow().as_ref() {
            // What can't be set aside is not written over: the next write says so.
            let _ = mirror.insist();
        }
    }

    /// Something in the browser's storage was changed elsewhere: by another window that asks whether one is here, or by whatever
    /// has emptied it.
    fn storage_changed(&self, event: &JsValue) {
        if self.role.get() != Role::Writer {
            return;
        }
        let key = js::get(event, "key").as_string();
        let short = key.as_ref().map(|key| key.strip_prefix(&self.prefix));
        if short == Some(Some("window")) {
            let word = js::get(event, "newValue").as_string();
            if word
                .as_deref()
                .and_then(crate::session::tabs::lock::read)
                .is_some_and(|(_, asks)| asks)
            {
                let _ = self
                    .store
                    .set(&format!("{}window", self.prefix), &format!("{}!", self.me));
            }
        } else if short != Some(None) {
            self.mend(true);
        }
    }

    /// Whether all that is stored is kept for good.
    fn saving(&self) -> Saving {
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
            Saving::Saving
        }
    }

    fn post(&self, text: &str) {
        let _ = js::call(&self.channel, "postMessage", &[text.into()]);
    }
}

thread_local! {
    /// The session of the page: the store tells it when something has changed.
    static SESSION: Cell<Option<Session>> = const { Cell::new(None) };
    /// Whether persistent storage was asked for already.
    static ASKED: Cell<bool> = const { Cell::new(false) };
}

/// A copy of what has changed, as soon as the action is over that changes it.
fn soon() {
    if let Some(session) = SESSION.get() {
        spawn_local(async move { session.bring_copy_up() });
    }
}

impl Session {
    /// Begins to listen to the other windows, and to copy.
    pub fn join_windows(self) {
        let Some(windows) = self.windows() else {
            return;
        };
        SESSION.set(Some(self));
        windows.ended.replace(js::function(move |event| {
            let Some(windows) = self.windows() else {
                return;
            };
            let is_complete = js::get(&event, "type").as_string().as_deref() == Some("complete");
            windows.copy.ended(is_complete);
            self.copied(&windows);
        }));
        js::set(
            &windows.channel,
            "onmessage",
            &js::function(move |event| {
                if let (Some(windows), Some(text)) =
                    (self.windows(), js::get(&event, "data").as_string())
                {
                    windows.heard.borrow_mut().push(text);
                    self.talk();
                }
            }),
        );
        let known = Rc::clone(&windows);
        js::listen(&js_sys::global(), "storage", move |event| {
            known.storage_changed(&event)
        });
        for event in ["visibilitychange", "pagehide"] {
            let known = Rc::clone(&windows);
            js::listen(&js_sys::global(), event, move |_| known.mend(true));
        }
        windows.lock.when_lost(move |_| self.lock_lost());
        match windows.role.get() {
            Role::Writer => self.begin_to_copy(&windows),
            Role::Reader => self.talk(),
            Role::Second | Role::Old | Role::Unsettled => {}
        }
    }

    /// Another window has taken the lock away, because this one did not answer: from now on this one asks it.
    fn lock_lost(self) {
        if let Some(windows) = self.windows()
            && windows.role.get() == Role::Writer
        {
            windows.role.set(Role::Reader);
            let is_lost = self.vault.with_value(|vault| !vault.is_saved());
            self.read_only(&windows);
            self.notices
                .update(|notices| notices.push(Notice::TakenOver { is_lost }));
            self.talk();
        }
    }

    /// Writes nothing any more.
    pub fn read_only(self, windows: &Windows) {
        windows.mirror.replace(None);
        let store = Rc::new(windows.store.clone());
        let (vault, _) = Vault::open_reading(store, &windows.prefix);
        self.vault.set_value(vault);
    }

    fn begin_to_copy(self, windows: &Windows) {
        if self.vault.with_value(Vault::mode) != Mode::Kept {
            return;
        }
        windows.copy.changes.tell(soon);
        windows.copy.when_closed(move |_| self.copy_closed());
        if !windows.copy.is_complete() {
            self.show_saving(Ok(()));
            soon();
        }
    }

    /// The browser has closed the second copy by itself: it is opened anew, and gets everything.
    fn copy_closed(self) {
        let Some(windows) = self.windows() else {
            return;
        };
        windows.copy.leave();
        spawn_local(async move {
            windows.copy.open().await;
            let keys = windows.mirror.borrow().as_ref().map(MirroredStore::keys);
            for key in keys.unwrap_or_default() {
                windows.copy.changes.note(&key);
            }
            self.begin_to_copy(&windows);
        });
    }

    /// Becomes the writer when the one that is goes.
    pub fn wait_for_lock(self, windows: &Rc<Windows>) {
        let windows = Rc::clone(windows);
        spawn_local(async move {
            if windows.lock.take(&windows.prefix).await {
                self.got_lock(&windows).await;
            }
        });
    }

    /// Becomes the writer in the place of one that does not answer.
    pub fn take_lock_away(self, windows: &Rc<Windows>) {
        let windows = Rc::clone(windows);
        spawn_local(async move {
            if windows.lock.take_away(&windows.prefix).await {
                self.got_lock(&windows).await;
            }
        });
    }

    async fn got_lock(self, windows: &Rc<Windows>) {
        if windows.role.get() == Role::Old {
            windows.lock.release();
            return;
        }
        windows.role.set(Role::Writer);
        windows.settle().await;
        if windows.role.get() == Role::Unsettled {
            return self.owner().with(|| self.show_unsettled(windows));
        }
        self.owner().with(|| {
            self.talk();
            self.begin_to_copy(windows);
        });
    }

    /// Shows what the copy has, and that nothing is kept here any more.
    fn show_unsettled(self, windows: &Windows) {
        let (vault, notices) = windows.vault();
        self.vault.set_value(vault);
        self.notices.update(|shown| shown.extend(notices));
        if let Some(desk) = self.desk.get_value() {
            (desk.load)(self);
        }
        self.show_saving(Ok(()));
    }

    /// What connects this window with the others; nothing where nothing is kept.
    pub fn windows(self) -> Option<Rc<Windows>> {
        self.windows.with_value(Clone::clone)
    }

    fn role(self) -> Option<Role> {
        self.windows().map(|windows| windows.role.get())
    }

    /// Whether another window writes and is asked.
    pub fn is_reader(self) -> bool {
        self.role() == Some(Role::Reader)
    }

    /// Lets the part do what is to be done, once it is here.
    pub fn talk(self) {
        if lazy::talk(self) {
            return;
        }
        spawn_local(async move {
            lazy::fetch_talk().await;
            self.owner().with(|| {
                if !lazy::talk(self) {
                    self.cannot_ask();
                }
            });
        });
        let patience = Duration::from_millis(lazy::PATIENCE.unsigned_abs().into());
        set_timeout(move || self.owner().with(|| self.cannot_ask()), patience);
    }

    /// Says that this window has to ask another one and can't: until there is a talk with it.
    fn cannot_ask(self) {
        if let Some(windows) = self.windows()
            && windows.role.get() == Role::Reader
            && windows.link.borrow().is_none()
        {
            windows.status.replace(Saving::Unasked);
            self.show_saving(Ok(()));
        }
    }

    /// Tells the other windows how things are kept, if this one writes.
    pub fn tell_status(self) {
        if let Some(windows) = self.windows()
            && let Some(hooks) = windows.hooks.get()
        {
            (hooks.status)(self, &windows);
        }
    }

    /// Asks the writer for something, if that is another window.
    pub fn ask(self, request: impl FnOnce() -> Request) {
        if !self.is_reader() {
            return;
        }
        if let Some(windows) = self.windows() {
            windows.requests.borrow_mut().push(request());
            self.talk();
        }
    }

    /// How things are kept, as far as it is not the vault's to say.
    pub fn kept_by_windows(self) -> Saving {
        let Some(windows) = self.windows() else {
            return Saving::Saved;
        };
        match windows.role.get() {
            Role::Writer => windows.saving(),
            Role::Second => Saving::Second,
            Role::Unsettled => Saving::Unsettled,
            Role::Old => Saving::ReadOnly,
            Role::Reader => windows.status.borrow().clone(),
        }
    }

    /// Copies what has changed.
    fn bring_copy_up(self) {
        let Some(windows) = self.windows() else {
            return;
        };
        if windows.role.get() != Role::Writer {
            return;
        }
        windows.mend(false);
        if let Some(hooks) = windows.hooks.get() {
            (hooks.begin)(self, &windows);
        }
        let Some(mirror) = windows.mirror.borrow().clone() else {
            return;
        };
        let (copy, ended) = (&windows.copy, windows.ended.borrow());
        if !copy.is_there() || !copy.bring_up(&windows.store, &mirror, &ended) {
            copy.pass_over(&mirror);
            self.copied(&windows);
        }
        if mirror.was_emptied() {
            self.notices.update(|notices| {
                notices.retain(|notice| *notice != Notice::Emptied);
                notices.push(Notice::Emptied);
            });
            self.show_saving(Ok(()));
        }
    }

    fn copied(self, windows: &Windows) {
        if let Some(hooks) = windows.hooks.get() {
            (hooks.end)(windows);
        }
        if windows.copy.is_complete() {
            if windows.copy.is_there()
                && let Some(mirror) = windows.mirror.borrow().as_ref()
            {
                mirror.copied();
            }
            if let Some(act) = windows.afterwards.take() {
                act();
            }
        }
        let shown = self.saving.get_untracked();
        if !shown.is_loud() {
            self.show_saving(Ok(()));
        } else if shown == Saving::NotSaved(StoreError::Full) {
            // There may be room again.
            self.show_saving(Ok(()));
            self.measure();
        }
    }

    /// Whether something that is shown here is kept nowhere, so that it would be lost with the page.
    pub fn would_lose(self) -> bool {
        match self.saving.get_untracked() {
            Saving::NotSaved(_) => true,
            // A page in a frame is not what a person leaves.
            Saving::MemoryOnly => self.has_changed.get_value() && browser::is_top(),
            _ => self.windows().is_some_and(|windows| {
                windows.role.get() == Role::Reader
                    && (windows.waiting.get() > 0 || !windows.requests.borrow().is_empty())
            }),
        }
    }

    /// Does something as soon as all is copied.
    pub fn when_copied(self, act: fn()) {
        match self.windows() {
            Some(windows) if !windows.copy.is_complete() => windows.afterwards.set(Some(act)),
            _ => act(),
        }
    }

    /// Asks the browser, once, not to throw the saved data away when room gets scarce: after the first thing that a
    /// person has done here, when there is something to lose.
    pub fn ask_to_persist(self) {
        let Some(windows) = self.windows() else {
            return;
        };
        if windows.role.get() != Role::Writer || ASKED.replace(true) {
            return;
        }
        let key = format!("{}asked", windows.prefix);
        if windows.store.get(&key) == Ok(None) {
            let _ = windows.store.set(&key, "1");
            let storage = js::get(&js::global("navigator"), "storage");
            let _ = js::call(&storage, "persist", &[]);
        }
    }

    /// How full the store is, in percent, where that is much.
    pub fn measure(self) {
        const ROOM: usize = storage::memory::CHROMIUM_QUOTA;
        const MUCH: usize = 80;
        let Some(windows) = self.windows() else {
            return;
        };
        let raw = windows.store.raw();
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
        let percent = Some((used * 100 / ROOM).min(100)).filter(|percent| *percent >= MUCH);
        if self.usage.get_untracked() != percent {
            self.usage.set(percent);
        }
    }
}
