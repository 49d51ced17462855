//! The second copy of what is saved, in IndexedDB. Local storage is the app's store, but a browser writes it to the disk
//! only after a while; what IndexedDB has completed outlives the browser, also when that is killed.

use std::cell::{Cell, RefCell};

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Storage;

use crate::browser::js;
use crate::browser::local_storage::BrowserStore;
use storage::mirrored::{self, COPIED, Copied};
use storage::{Changes, KeyValue as _, MemoryStore, MirroredStore};

/// The name of the only table.
const TABLE: &str = "values";
/// How long the browser may take to open the copy, and to read it, in milliseconds. After that the app goes on without it.
const PATIENCE: i32 = 1_500;

/// The second copy.
#[derive(Debug, Default)]
pub struct Copy {
    prefix: String,
    /// The open database; nothing where the browser has none.
    base: RefCell<JsValue>,
    /// How many times it was brought up to date, and how many keys there were then.
    last: Cell<Copied>,
    /// How many transactions are under way.
    busy: Cell<u32>,
    /// What has changed in the store since.
    pub changes: Changes,
    /// Called when a copy has ended.
    pub on_end: RefCell<JsValue>,
    /// What is done once all is copied.
    pub afterwards: Cell<Option<fn()>>,
}

/// How the store and the copy compare.
#[derive(Debug)]
pub struct Differing {
    /// What is in the copy.
    pub contents: MemoryStore,
    /// Whether it is the newer one.
    pub is_newer: bool,
    /// Whether it holds keys that have vanished from the store.
    pub has_more: bool,
}

impl Copy {
    pub fn new(prefix: &str) -> Self {
        Self {
            prefix: prefix.to_owned(),
            ..Self::default()
        }
    }

    /// Returns whether there is one.
    pub fn is_there(&self) -> bool {
        self.base.borrow().is_object()
    }

    /// Returns whether all changes are in it.
    pub fn is_complete(&self) -> bool {
        self.changes.is_empty() && self.busy.get() == 0
    }

    fn count_key(&self) -> String {
        format!("{}{COPIED}", self.prefix)
    }

    /// Returns how many keys there were when it was brought up to date last.
    pub fn keys(&self) -> usize {
        self.last.get().keys
    }

    /// Opens it, if the browser has it.
    pub async fn open(&self) {
        let opening = js::called_within(PATIENCE, &mut |done| {
            let failed = js::function({
                let done = done.clone();
                move |_| {
                    let _ = js::call(&done, "call", &[JsValue::NULL]);
                }
            });
            let Ok(request) = js::call(
                &js::global("indexedDB"),
                "open",
                &[self.prefix.as_str().into(), 1.into()],
            ) else {
                let _ = js::call(&done, "call", &[]);
                return;
            };
            let made = request.clone();
            js::set(
                &request,
                "onupgradeneeded",
                &js::function(move |_| {
                    let _ = js::call(
                        &js::get(&made, "result"),
                        "createObjectStore",
                        &[TABLE.into()],
                    );
                }),
            );
            for event in ["onerror", "onblocked"] {
                js::set(&request, event, &failed);
            }
            let ready = request.clone();
            js::set(
                &request,
                "onsuccess",
                &js::function(move |_| {
                    let _ = js::call(&done, "call", &[JsValue::NULL, js::get(&ready, "result")]);
                }),
            );
        });
        let opened = opening.await.unwrap_or(JsValue::UNDEFINED);
        if opened.is_object() {
            // Another tab that deletes it, or a newer app that changes it, must not wait for this one.
            let base = opened.clone();
            js::set(
                &opened,
                "onversionchange",
                &js::function(move |_| {
                    let _ = js::call(&base, "close", &[]);
                }),
            );
        }
        self.base.replace(opened);
    }

    fn table(&self, mode: &str) -> Result<(JsValue, JsValue), JsValue> {
        let base = self.base.borrow();
        let transaction = js::call(&base, "transaction", &[TABLE.into(), mode.into()])?;
        let table = js::call(&transaction, "objectStore", &[TABLE.into()])?;
        Ok((transaction, table))
    }

    /// Everything in it, keys and values. Nothing where it can't be read.
    async fn all(&self) -> Option<(Array, Array)> {
        let (transaction, table) = self.table("readonly").ok()?;
        let keys = js::call(&table, "getAllKeys", &[]).ok()?;
        let values = js::call(&table, "getAll", &[]).ok()?;
        let read = js::called_within(PATIENCE, &mut |done| {
            for event in ["oncomplete", "onabort"] {
                js::set(&transaction, event, &done);
            }
        });
        let _ = read.await;
        let result = |request: &JsValue| js::get(request, "result").dyn_into::<Array>().ok();
        Some((result(&keys)?, result(&values)?))
    }

    /// Reads the copy and compares it with the store, value by value. What is only in the store, or is different, is
    /// noted as changed. Where the copy says anything that the store does not, both have to be reconciled.
    pub async fn compare(&self, store: &BrowserStore) -> Option<Differing> {
        let raw = store.raw();
        let here = Copied::read(store.get(&self.count_key()).ok().flatten().as_deref());
        self.last.set(here);
        let Some((keys, values)) = self.all().await else {
            self.leave();
            return None;
        };
        let gone = mirrored::gone(store, &self.prefix).unwrap_or_default();
        let mut known = 0;
        let mut there = Copied::default();
        let mut has_more = false;
        for index in 0..keys.length() {
            let (key, value) = (keys.get(index), values.get(index));
            let mine =
                js::call(raw, "getItem", std::slice::from_ref(&key)).unwrap_or(JsValue::NULL);
            let is_there = !mine.is_null();
            known += u32::from(is_there);
            let key = key.as_string().unwrap_or_default();
            if mine != value {
                self.changes.note(&key);
            }
            let short = key.strip_prefix(self.prefix.as_str()).unwrap_or_default();
            has_more |=
                !is_there && !mirrored::is_own(short) && !gone.iter().any(|known| known == short);
            if short == COPIED {
                there = Copied::read(value.as_string().as_deref());
            }
        }
        let is_newer = there.count > here.count;
        if is_newer {
            self.last.set(there);
        }
        let mine = store.keys_with_prefix(&self.prefix).unwrap_or_default();
        let mine = mine.into_iter().filter(|key| {
            let short = key.strip_prefix(self.prefix.as_str());
            short.is_some_and(|short| short == COPIED || !mirrored::is_own(short))
        });
        let mine: Vec<String> = mine.collect();
        if mine.len() > known as usize {
            // The copy lacks something: then it is brought up to date as a whole.
            mine.iter().for_each(|key| self.changes.note(key));
        }
        let differs = !self.changes.is_empty() && keys.length() > 0;
        differs.then(|| {
            let pairs = keys.iter().zip(values.iter());
            let contents = MemoryStore::new();
            for (key, value) in pairs {
                if let (Some(key), Some(value)) = (key.as_string(), value.as_string()) {
                    // Memory takes whatever comes.
                    let _ = contents.set(&key, &value);
                }
            }
            Differing {
                contents,
                is_newer,
                has_more,
            }
        })
    }

    /// Goes on without it, and leaves it as it is.
    pub fn leave(&self) {
        self.base.replace(JsValue::UNDEFINED);
    }

    /// Does something when the browser closes the copy by itself, as where its data is cleared.
    pub fn when_closed(&self, act: impl Fn(JsValue) + 'static) {
        js::set(&self.base.borrow(), "onclose", &js::function(act));
    }

    /// Notes in the store how many keys there are now; tells whether there was room.
    fn note(&self, mirror: &MirroredStore<BrowserStore>, count: u64) -> bool {
        let keys = mirror.count();
        let copied = Copied { count, keys };
        self.last.set(copied);
        mirror.set(&self.count_key(), &copied.to_string()).is_ok()
    }

    /// Goes on without the copy: what has changed is copied nowhere.
    pub fn pass_over(&self, mirror: &MirroredStore<BrowserStore>) {
        let _ = self.changes.take();
        self.note(mirror, self.last.get().count);
    }

    /// Copies what has changed, in one transaction; tells whether that is under way. `ended` is called when it has ended.
    pub fn bring_up(
        &self,
        store: &BrowserStore,
        mirror: &MirroredStore<BrowserStore>,
        ended: &JsValue,
    ) -> bool {
        let mut keys = self.changes.take();
        // Where there was no room for the count, neither of the two may have it: the copy would count as the newer one.
        if self.note(mirror, self.last.get().count + 1) {
            keys.push(self.count_key());
        }
        let begun = self.put(store.raw(), mirror, keys, ended).is_ok();
        if begun {
            self.busy.set(self.busy.get() + 1);
        } else {
            // It is gone: from now on there is only the store.
            self.leave();
        }
        begun
    }

    /// A transaction has ended. One that is not complete, as where there is no room, is the last: a copy with a hole in it
    /// must not go on.
    pub fn ended(&self, is_complete: bool) {
        if !is_complete {
            self.leave();
        }
        self.busy.set(self.busy.get().saturating_sub(1));
    }

    fn put(
        &self,
        raw: &Storage,
        mirror: &MirroredStore<BrowserStore>,
        keys: impl IntoIterator<Item = String>,
        ended: &JsValue,
    ) -> Result<(), JsValue> {
        let (transaction, table) = self.table("readwrite")?;
        for key in keys {
            let Ok(Some(text)) = mirror.get(&key) else {
                js::call(&table, "delete", &[key.into()])?;
                continue;
            };
            // As JavaScript has it, where it is the same: a Rust string can't hold a lone surrogate.
            let value = item(raw, &key);
            let value = match value.as_string() {
                Some(same) if same == text => value,
                _ => text.into(),
            };
            js::call(&table, "put", &[value, key.into()])?;
        }
        for event in ["oncomplete", "onabort"] {
            js::set(&transaction, event, ended);
        }
        Ok(())
    }
}

/// Returns a value of the store as JavaScript has it; null where there is none.
fn item(raw: &Storage, key: &str) -> JsValue {
    js::call(raw, "getItem", &[key.into()]).unwrap_or(JsValue::NULL)
}
