//! Several windows on the same data, and the second copy of what is saved.
//!
//! Who writes is settled before anything is opened. What windows say to each other is in [`crate::storage::windows`];
//! what is here brings it to the browser. The code that talks is fetched when another window is there (`link`); the
//! first page carries only the lock (`lock`), the channel and the second copy (`copy`).

pub mod copy;
pub(super) mod link;
mod lock;

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::JsString;
use leptos::prelude::*;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::spawn_local;

use super::state::{Saving, Session};
use super::{browser, js, parts};
use crate::storage::windows::Request;
use crate::storage::{
    BrowserStore, CopiedStore, KeyValue, MemoryStore, Mode, Notice, StoreError, Vault, folder,
    units,
};
use copy::{Copy, Differing};
use link::Hooks;
use lock::{Knock, Lock};

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

/// What connects this window with the others and with the copy.
#[derive(Debug)]
pub struct Windows {
    /// What this window may do.
    pub(super) role: Cell<Role>,
    prefix: String,
    store: BrowserStore,
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
    /// Whether the store and the copy are in order.
    is_settled: Cell<bool>,
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
            copy: Copy::new(&prefix),
            lock: Lock::default(),
            knock: RefCell::default(),
            me,
            channel: channel.unwrap_or(JsValue::UNDEFINED),
            ended: RefCell::default(),
            heard: RefCell::default(),
            requests: RefCell::default(),
            link: RefCell::default(),
            hooks: Cell::new(None),
            status: RefCell::new(Saving::Saving),
            afterwards: Cell::new(None),
            notices: RefCell::default(),
            is_settled: Cell::new(false),
            unsettled: RefCell::default(),
            prefix,
            store,
        });
        if lock::has_locks() {
            if windows.lock.try_take(&windows.prefix).await {
                windows.role.set(Role::Writer);
            } else if windows.channel.is_object() {
                windows.role.set(Role::Reader);
            }
        } else if parts::knock(Rc::clone(&windows)).await
            && let Some(knock) = windows.knock.take()
            && knock.finds_nobody().await
        {
            windows.role.set(Role::Writer);
        }
        if windows.role.get() == Role::Writer {
            windows.look_back().await;
            windows.settle().await;
        }
        Ok(windows)
    }

    /// Takes what an earlier version has kept in this folder under other keys, in the part that can.
    async fn look_back(self: &Rc<Self>) {
        let old = folder::old_prefix(&browser::path());
        let has_old = || {
            self.store
                .keys_with_prefix(&old)
                .is_ok_and(|keys| !keys.is_empty())
        };
        if old != self.prefix && has_old() {
            parts::carry_over(Rc::clone(self)).await;
        }
    }

    /// As [`folder::carry_over`]. The copy of it has the old name, and a new one is made.
    pub(super) fn carry_over(&self) {
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
        let Some(Differing { contents, is_newer }) = self.copy.compare(&self.store).await else {
            return;
        };
        self.is_settled.set(false);
        parts::settle(Rc::clone(self), contents.clone(), is_newer).await;
        if self.is_settled.get() {
            return;
        }
        self.copy.leave();
        if is_newer {
            self.role.set(Role::Unsettled);
            self.lock.release();
            self.unsettled.replace(Some(contents));
        }
    }

    /// Lets the longer valid one of the store and its copy count, in the part that can.
    pub(super) fn bring_in(&self, contents: &MemoryStore, is_newer: bool) {
        let store = CopiedStore::new(self.store.clone(), self.copy.changes.clone());
        let settled =
            crate::storage::settle::settle(Rc::new(store), contents, &self.prefix, is_newer);
        if let Ok(notices) = settled {
            self.notices.borrow_mut().extend(notices);
            self.is_settled.set(true);
        }
    }

    /// Asks whether another window is there, where the browser has no locks.
    pub(super) fn knocks(&self) {
        let knock = lock::knock(&self.store, &self.prefix, self.me);
        self.knock.replace(Some(knock));
    }

    /// Opens what is saved, as this window may.
    pub(super) fn vault(&self) -> (Vault, Vec<Notice>) {
        let (vault, mut notices) = match self.role.get() {
            Role::Writer => Vault::open(
                CopiedStore::new(self.store.clone(), self.copy.changes.clone()),
                &self.prefix,
            ),
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

    /// Whether all that is stored is kept for good.
    fn saving(&self) -> Saving {
        if !self.copy.is_there() {
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
    pub(super) fn join_windows(self) {
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
        match windows.role.get() {
            Role::Writer => self.begin_to_copy(&windows),
            Role::Reader => self.talk(),
            Role::Second | Role::Old | Role::Unsettled => {}
        }
    }

    fn begin_to_copy(self, windows: &Windows) {
        if self.vault.with_value(Vault::mode) != Mode::Kept {
            return;
        }
        windows.copy.changes.tell(soon);
        if !windows.copy.is_complete() {
            self.show_saving(Ok(()));
            soon();
        }
    }

    /// Becomes the writer when the one that is goes.
    pub(super) fn wait_for_lock(self, windows: &Rc<Windows>) {
        let windows = Rc::clone(windows);
        spawn_local(async move {
            windows.lock.take(&windows.prefix).await;
            if windows.role.get() == Role::Old {
                windows.lock.release();
                return;
            }
            windows.role.set(Role::Writer);
            windows.settle().await;
            if windows.role.get() == Role::Unsettled {
                return self.owner().with(|| self.show_unsettled(&windows));
            }
            self.owner().with(|| {
                self.talk();
                self.begin_to_copy(&windows);
            });
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
    pub(super) fn windows(self) -> Option<Rc<Windows>> {
        self.windows.with_value(Clone::clone)
    }

    fn role(self) -> Option<Role> {
        self.windows().map(|windows| windows.role.get())
    }

    /// Whether another window writes and is asked.
    pub(super) fn is_reader(self) -> bool {
        self.role() == Some(Role::Reader)
    }

    /// Lets the part do what is to be done, once it is here.
    fn talk(self) {
        if parts::talk(self) {
            return;
        }
        spawn_local(async move {
            parts::fetch_talk().await;
            self.owner().with(|| parts::talk(self));
        });
    }

    /// Tells the other windows how things are kept, if this one writes.
    pub(super) fn tell_status(self) {
        if let Some(windows) = self.windows()
            && let Some(hooks) = windows.hooks.get()
        {
            (hooks.status)(self, &windows);
        }
    }

    /// Asks the writer for something, if that is another window.
    pub(super) fn ask(self, request: impl FnOnce() -> Request) {
        if !self.is_reader() {
            return;
        }
        if let Some(windows) = self.windows() {
            windows.requests.borrow_mut().push(request());
            self.talk();
        }
    }

    /// How things are kept, as far as it is not the vault's to say.
    pub(super) fn kept_by_windows(self) -> Saving {
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
        if let Some(hooks) = windows.hooks.get() {
            (hooks.begin)(self, &windows);
        }
        if !windows.copy.is_there()
            || !windows
                .copy
                .bring_up(&windows.store, &windows.ended.borrow())
        {
            let _ = windows.copy.changes.take();
            self.copied(&windows);
        }
    }

    fn copied(self, windows: &Windows) {
        if let Some(hooks) = windows.hooks.get() {
            (hooks.end)(windows);
        }
        if windows.copy.is_complete()
            && let Some(act) = windows.afterwards.take()
        {
            act();
        }
        if matches!(
            self.saving.get_untracked(),
            Saving::Saving | Saving::Saved | Saving::StoreOnly
        ) {
            self.show_saving(Ok(()));
        }
    }

    /// Does something as soon as all is copied.
    pub(super) fn when_copied(self, act: fn()) {
        match self.windows() {
            Some(windows) if !windows.copy.is_complete() => windows.afterwards.set(Some(act)),
            _ => act(),
        }
    }

    /// Asks the browser, once, not to throw the saved data away when room gets scarce: after the first thing that a
    /// person has done here, when there is something to lose.
    pub(super) fn ask_to_persist(self) {
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
    pub(super) fn measure(self) {
        const ROOM: usize = crate::storage::memory::CHROMIUM_QUOTA;
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
