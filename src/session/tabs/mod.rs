//! Several tabs on the same data, and the second copy of what is saved.
//!
//! Who writes is settled before anything is opened. What tabs say to each other is in [`storage::tabs`];
//! what is here brings it to the browser. The code that talks is fetched when another tab is there (`link`); the
//! first page carries only the lock (`lock`), the channel and the second copy (`copy`).

pub mod backup;
pub mod connection;
pub mod enter;
pub mod lazy;
pub mod link;
pub mod lock;

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use js_sys::JsString;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::spawn_local;

use crate::browser::{self, js};
use crate::session::Session;
use crate::session::chunk::PATIENCE;
use crate::session::saving::Saving;
use crate::session::tabs::connection::{Role, Tabs};
use storage::tabs::Request;
use storage::{KeyValue as _, MirroredStore, Mode, Notice, StoreError, Vault, units};

thread_local! {
    /// The session of the page: the store tells it when something has changed.
    static SESSION: Cell<Option<Session>> = const { Cell::new(None) };
    /// Whether persistent storage was asked for already.
    static ASKED: Cell<bool> = const { Cell::new(false) };
}

/// A copy of what has changed, as soon as the action is over that changes it.
fn soon() {
    if let Some(session) = SESSION.get() {
        session.copy_soon();
    }
}

impl Session {
    /// Begins to listen to the other tabs, and to copy.
    pub fn join_windows(self) {
        let Some(tabs) = self.tabs() else {
            return;
        };
        SESSION.set(Some(self));
        tabs.ended.replace(js::function(move |event| {
            let Some(tabs) = self.tabs() else {
                return;
            };
            let is_complete = js::get(&event, "type").as_string().as_deref() == Some("complete");
            tabs.copy.ended(is_complete);
            self.copied(&tabs);
        }));
        js::set(
            &tabs.channel,
            "onmessage",
            &js::function(move |event| {
                if let (Some(tabs), Some(text)) = (self.tabs(), js::get(&event, "data").as_string())
                {
                    tabs.heard.borrow_mut().push(text);
                    self.talk();
                }
            }),
        );
        let known = Rc::clone(&tabs);
        js::listen(&js_sys::global(), "storage", move |event| {
            known.storage_changed(&event)
        });
        for event in ["visibilitychange", "pagehide"] {
            let known = Rc::clone(&tabs);
            js::listen(&js_sys::global(), event, move |_| known.mend(true));
        }
        tabs.lock.when_lost(move |_| self.lock_lost());
        match tabs.role.get() {
            Role::Writer => self.begin_to_copy(&tabs),
            Role::Reader => self.talk(),
            Role::Second | Role::Old | Role::Unreconciled => {}
        }
    }

    /// Another tab has taken the lock away, because this one did not answer: from now on this one asks it.
    fn lock_lost(self) {
        if let Some(tabs) = self.tabs()
            && tabs.role.get() == Role::Writer
        {
            tabs.role.set(Role::Reader);
            let is_lost = self.vault.with_value(|vault| !vault.is_saved());
            self.read_only(&tabs);
            self.notices
                .update(|notices| notices.push(Notice::TakenOver { is_lost }));
            self.talk();
        }
    }

    /// Writes nothing any more.
    pub fn read_only(self, tabs: &Tabs) {
        tabs.mirror.replace(None);
        let store = Rc::new(tabs.store.clone());
        let (vault, _) = Vault::open_reading(store, &tabs.prefix);
        self.vault.set_value(vault);
    }

    fn begin_to_copy(self, tabs: &Tabs) {
        if self.vault.with_value(Vault::mode) != Mode::Kept {
            return;
        }
        tabs.copy.changes.tell(soon);
        tabs.copy.when_closed(move |_| self.copy_closed());
        if !tabs.copy.is_complete() {
            self.show_saving(Ok(()));
            soon();
        }
    }

    /// The browser has closed the second copy by itself: it is opened anew, and gets everything.
    fn copy_closed(self) {
        let Some(tabs) = self.tabs() else {
            return;
        };
        tabs.copy.leave();
        spawn_local(async move {
            tabs.copy.open().await;
            let keys = tabs.mirror.borrow().as_ref().map(MirroredStore::keys);
            for key in keys.unwrap_or_default() {
                tabs.copy.changes.note(&key);
            }
            self.begin_to_copy(&tabs);
        });
    }

    /// Becomes the writer when the one that is goes.
    pub fn wait_for_lock(self, tabs: &Rc<Tabs>) {
        let tabs = Rc::clone(tabs);
        spawn_local(async move {
            if tabs.lock.take(&tabs.prefix).await {
                self.got_lock(&tabs).await;
            }
        });
    }

    /// Becomes the writer in the place of one that does not answer.
    pub fn take_lock_away(self, tabs: &Rc<Tabs>) {
        let tabs = Rc::clone(tabs);
        spawn_local(async move {
            if tabs.lock.take_away(&tabs.prefix).await {
                self.got_lock(&tabs).await;
            }
        });
    }

    async fn got_lock(self, tabs: &Rc<Tabs>) {
        if tabs.role.get() == Role::Old {
            tabs.lock.release();
            return;
        }
        tabs.role.set(Role::Writer);
        tabs.reconcile().await;
        if tabs.role.get() == Role::Unreconciled {
            return self.owner().with(|| self.show_unreconciled(tabs));
        }
        self.owner().with(|| {
            self.talk();
            self.begin_to_copy(tabs);
        });
    }

    /// Shows what the copy has, and that nothing is kept here any more.
    fn show_unreconciled(self, tabs: &Tabs) {
        let (vault, notices) = tabs.vault();
        self.vault.set_value(vault);
        self.notices.update(|shown| shown.extend(notices));
        if let Some(desk) = self.desk.get_value() {
            (desk.load)(self);
        }
        self.show_saving(Ok(()));
    }

    /// Returns what connects this tab with the others, or `None` if nothing is kept.
    pub fn tabs(self) -> Option<Rc<Tabs>> {
        self.tabs.with_value(Clone::clone)
    }

    fn role(self) -> Option<Role> {
        self.tabs().map(|tabs| tabs.role.get())
    }

    /// Returns whether another tab writes and is asked.
    pub fn is_reader(self) -> bool {
        self.role() == Some(Role::Reader)
    }

    /// Lets the part do what is to be done, once it is here.
    pub fn talk(self) {
        if lazy::talk(self) {
            return;
        }
        spawn_local(async move {
            lazy::fetch().await;
            self.owner().with(|| {
                if !lazy::talk(self) {
                    self.cannot_ask();
                }
            });
        });
        let patience = Duration::from_millis(PATIENCE.unsigned_abs().into());
        set_timeout(move || self.owner().with(|| self.cannot_ask()), patience);
    }

    /// Says that this tab has to ask another one and can't: until there is a talk with it.
    fn cannot_ask(self) {
        if let Some(tabs) = self.tabs()
            && tabs.role.get() == Role::Reader
            && tabs.link.borrow().is_none()
        {
            tabs.status.replace(Saving::Unasked);
            self.show_saving(Ok(()));
        }
    }

    /// Tells the other tabs how things are kept, if this one writes.
    pub fn tell_status(self) {
        if let Some(tabs) = self.tabs()
            && let Some(hooks) = tabs.hooks.borrow().clone()
        {
            (hooks.status)(&tabs);
        }
    }

    /// Copies what has changed, as soon as the action is over that changes it.
    pub fn copy_soon(self) {
        spawn_local(async move { self.bring_copy_up() });
    }

    /// Lets what this tab shows count over what another one has written, and writes it.
    pub fn insist(self, tabs: Rc<Tabs>) {
        spawn_local(async move {
            lazy::insist(tabs).await;
            self.owner().with(|| self.flush());
        });
    }

    /// Asks the writer for something, if that is another tab.
    pub fn send_to_writer(self, request: impl FnOnce() -> Request) {
        if !self.is_reader() {
            return;
        }
        if let Some(tabs) = self.tabs() {
            tabs.requests.borrow_mut().push(request());
            self.talk();
        }
    }

    /// How things are kept, as far as it is not the vault's to say.
    pub fn kept_by_windows(self) -> Saving {
        let Some(tabs) = self.tabs() else {
            return Saving::Saved;
        };
        match tabs.role.get() {
            Role::Writer => tabs.saving(),
            Role::Second => Saving::Second,
            Role::Unreconciled => Saving::Unreconciled,
            Role::Old => Saving::ReadOnly,
            Role::Reader => tabs.status.borrow().clone(),
        }
    }

    /// Copies what has changed.
    fn bring_copy_up(self) {
        let Some(tabs) = self.tabs() else {
            return;
        };
        if tabs.role.get() != Role::Writer {
            return;
        }
        tabs.mend(false);
        if let Some(hooks) = tabs.hooks.borrow().clone() {
            (hooks.begin)(&tabs);
        }
        let Some(mirror) = tabs.mirror.borrow().clone() else {
            return;
        };
        let (copy, ended) = (&tabs.copy, tabs.ended.borrow());
        if !copy.is_there() || !copy.bring_up(&tabs.store, &mirror, &ended) {
            copy.pass_over(&mirror);
            self.copied(&tabs);
        }
        if mirror.was_emptied() {
            self.notices.update(|notices| {
                notices.retain(|notice| *notice != Notice::Emptied);
                notices.push(Notice::Emptied);
            });
            self.show_saving(Ok(()));
        }
    }

    fn copied(self, tabs: &Tabs) {
        if let Some(hooks) = tabs.hooks.borrow().clone() {
            (hooks.end)(tabs);
        }
        if tabs.copy.is_complete() {
            if tabs.copy.is_there()
                && let Some(mirror) = tabs.mirror.borrow().as_ref()
            {
                mirror.copied();
            }
            if let Some(act) = tabs.afterwards.take() {
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

    /// Returns whether something that is shown here is kept nowhere, so that it would be lost with the page.
    pub fn would_lose(self) -> bool {
        match self.saving.get_untracked() {
            Saving::NotSaved(_) => true,
            // A page in a frame is not what a person leaves.
            Saving::MemoryOnly => self.has_changed.get_value() && browser::is_top(),
            _ => self.tabs().is_some_and(|tabs| {
                tabs.role.get() == Role::Reader
                    && (tabs.waiting.get() > 0 || !tabs.requests.borrow().is_empty())
            }),
        }
    }

    /// Does something as soon as all is copied.
    pub fn when_copied(self, act: fn()) {
        match self.tabs() {
            Some(tabs) if !tabs.copy.is_complete() => tabs.afterwards.set(Some(act)),
            _ => act(),
        }
    }

    /// Asks the browser, once, not to throw the saved data away when room gets scarce: after the first thing that a
    /// person has done here, when there is something to lose.
    pub fn ask_to_persist(self) {
        let Some(tabs) = self.tabs() else {
            return;
        };
        if tabs.role.get() != Role::Writer || ASKED.replace(true) {
            return;
        }
        let key = format!("{}asked", tabs.prefix);
        if tabs.store.get(&key) == Ok(None) {
            let _ = tabs.store.set(&key, "1");
            let storage = js::get(&js::global("navigator"), "storage");
            let _ = js::call(&storage, "persist", &[]);
        }
    }

    /// How full the store is, in percent, where that is much.
    pub fn measure(self) {
        const ROOM: usize = storage::memory::CHROMIUM_QUOTA;
        const MUCH: usize = 80;
        let Some(tabs) = self.tabs() else {
            return;
        };
        let raw = tabs.store.raw();
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
