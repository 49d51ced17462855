//! The second copy of what is saved, in IndexedDB. Local storage is the app's store, but a browser writes it to the disk
//! only after a while; what IndexedDB has completed outlives the browser, also when that is killed.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Storage;

use crate::app::js;
use crate::storage::{BrowserStore, Changes, KeyValue as _, MemoryStore};

/// The name of the only table.
const TABLE: &str = "values";
/// How long the browser may take to open the copy, in milliseconds. After that the app goes on without it.
const PATIENCE: i32 = 1_500;

/// The second copy.
#[derive(Debug, Default)]
pub struct Copy {
    prefix: String,
    /// The open database; nothing where the browser has none.
    base: RefCell<JsValue>,
    /// How many times it was brought up to date.
    count: Cell<u64>,
    /// How many transactions are under way.
    busy: Cell<u32>,
    /// What has changed in the store since.
    pub changes: Changes,
}

/// How the store and the copy compare.
#[derive(Debug)]
pub struct Differing {
    /// What is in the copy.
    pub copy: MemoryStore,
    /// Whether it is the newer one.
    pub is_newer: bool,
}

impl Copy {
    pub fn new(prefix: &str) -> Self {
        Self {
            prefix: prefix.to_owned(),
            ..Self::default()
        }
    }

    /// Whether there is one.
    pub fn is_there(&self) -> bool {
        self.base.borrow().is_object()
    }

    /// Whether all changes are in it.
    pub fn is_complete(&self) -> bool {
        self.changes.is_empty() && self.busy.get() == 0
    }

    fn count_key(&self) -> String {
        format!("{}copied", self.prefix)
    }

    /// Opens it, if the browser has it.
    pub async fn open(&self) {
        let opened = js::called(|done| {
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
            let _ = js::call(&js_sys::global(), "setTimeout", &[failed, PATIENCE.into()]);
        })
        .await;
        if opened.is_object() {
            // Another window that deletes it, or a newer app that changes it, must not wait for this one.
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
        js::called(|done| {
            for event in ["oncomplete", "onabort"] {
                js::set(&transaction, event, &done);
            }
        })
        .await;
        let result = |request: &JsValue| js::get(request, "result").dyn_into::<Array>().ok();
        Some((result(&keys)?, result(&values)?))
    }

    /// Reads the copy and compares it with the store, value by value. What is only in the store, or is different, is
    /// noted as changed. Where the copy says anything that the store does not, both have to be settled.
    pub async fn compare(&self, store: &BrowserStore) -> Option<Differing> {
        let raw = store.raw();
        let (keys, values) = self.all().await?;
        let mut copied = BTreeMap::new();
        let mut same = true;
        for (key, value) in keys.iter().zip(values.iter()) {
            let (Some(key), Some(text)) = (key.as_string(), value.as_string()) else {
                continue;
            };
            if item(raw, &key) != value {
                same = false;
                self.changes.note(&key);
            }
            copied.insert(key, text);
        }
        let count = |text: Option<&String>| text.and_then(|text| text.parse().ok()).unwrap_or(0);
        let key = self.count_key();
        let there: u64 = count(copied.get(&key));
        let here: u64 = count(store.get(&key).ok().flatten().as_ref());
        self.count.set(here.max(there));
        for key in store.keys_with_prefix(&self.prefix).unwrap_or_default() {
            if !copied.contains_key(&key) && !self.is_own(&key) {
                same = false;
                self.changes.note(&key);
            }
        }
        (!same && !copied.is_empty()).then(|| Differing {
            copy: MemoryStore::from(copied),
            is_newer: there > here,
        })
    }

    /// Whether a key is none of the saved data's.
    fn is_own(&self, key: &str) -> bool {
        let name = key.strip_prefix(self.prefix.as_str());
        matches!(name, Some("window" | "probe" | "asked"))
    }

    /// Copies what has changed, in one transaction; tells whether that is under way. `ended` is called when it has ended.
    pub fn bring_up(&self, store: &BrowserStore, ended: &JsValue) -> bool {
        let count = self.count.get() + 1;
        self.count.set(count);
        // Without room for it, the copy counts as the newer one next time. It is no older.
        let _ = store.set(&self.count_key(), &count.to_string());
        let mut keys = self.changes.take();
        keys.insert(self.count_key());
        let begun = self.put(store.raw(), keys, ended).is_ok();
        if begun {
            self.busy.set(self.busy.get() + 1);
        } else {
            // It is gone: from now on there is only the store.
            self.base.replace(JsValue::UNDEFINED);
        }
        begun
    }

    /// A transaction has ended.
    pub fn ended(&self) {
        self.busy.set(self.busy.get().saturating_sub(1));
    }

    fn put(
        &self,
        raw: &Storage,
        keys: impl IntoIterator<Item = String>,
        ended: &JsValue,
    ) -> Result<(), JsValue> {
        let (transaction, table) = self.table("readwrite")?;
        for key in keys {
            let value = item(raw, &key);
            if value.is_null() {
                js::call(&table, "delete", &[key.into()])?;
            } else {
                js::call(&table, "put", &[value, key.into()])?;
            }
        }
        for event in ["oncomplete", "onabort"] {
            js::set(&transaction, event, ended);
        }
        Ok(())
    }
}

/// A value of the store as JavaScript has it; null where there is none.
fn item(raw: &Storage, key: &str) -> JsValue {
    js::call(raw, "getItem", &[key.into()]).unwrap_or(JsValue::NULL)
}
