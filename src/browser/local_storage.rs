//! The browser's local storage, over `gloo-storage`. Nothing here panics, also where the page may not store anything.

use gloo_storage::{LocalStorage, Storage as _};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{DomException, Storage};

use storage::{KeyValue, StoreError, folder};

/// The browser's local storage.
#[derive(Clone, Debug)]
pub struct BrowserStore {
    raw: Storage,
}

impl BrowserStore {
    /// Opens the local storage, if the browser lets this page use it. A store that is full is opened: it can be read.
    ///
    /// # Errors
    /// [`StoreError::Denied`] in a frame or a mode without storage.
    pub fn open(prefix: &str) -> Result<Self, StoreError> {
        // Where storage is blocked, the very access throws, and `LocalStorage::raw()` would panic: so ask first.
        let found = web_sys::window()
            .ok_or(StoreError::Denied)?
            .local_storage()
            .map_err(|error| why(&error))?;
        if found.is_none() {
            return Err(StoreError::Denied);
        }
        let store = Self {
            raw: LocalStorage::raw(),
        };
        let probe = format!("{prefix}probe");
        match store.set(&probe, "1").and_then(|()| store.remove(&probe)) {
            // A store without any room at all is a browser's way of saying no.
            Err(StoreError::Full) if store.raw.length().unwrap_or(0) == 0 => {
                Err(StoreError::Denied)
            }
            Ok(()) | Err(StoreError::Full) => Ok(store),
            Err(error) => Err(error),
        }
    }
}

impl BrowserStore {
    /// Opens the local storage without trying to write; nothing where the browser does not let this page use it.
    #[must_use]
    pub fn unprobed() -> Option<Self> {
        let raw = web_sys::window()?.local_storage().ok()??;
        Some(Self { raw })
    }

    /// The browser's own object.
    #[must_use]
    pub const fn raw(&self) -> &Storage {
        &self.raw
    }
}

impl KeyValue for BrowserStore {
    fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.raw.get_item(key).map_err(|error| why(&error))
    }

    fn set(&self, key: &str, value: &str) -> Result<(), StoreError> {
        self.raw.set_item(key, value).map_err(|error| why(&error))
    }

    fn remove(&self, key: &str) -> Result<(), StoreError> {
        self.raw.remove_item(key).map_err(|error| why(&error))
    }

    fn keys_with_prefix(&self, prefix: &str) -> Result<Vec<String>, StoreError> {
        let length = self.raw.length().map_err(|error| why(&error))?;
        let mut keys = Vec::new();
        for index in 0..length {
            match self.raw.key(index).map_err(|error| why(&error))? {
                Some(key) if folder::is_of(prefix, &key) => keys.push(key),
                Some(_) | None => {}
            }
        }
        Ok(keys)
    }

    fn copy(&self, from: &str, to: &str) -> Result<(), StoreError> {
        // As JavaScript strings: a Rust string can't hold a lone surrogate.
        self.call("setItem", &[to.into(), self.exact(from)?])?;
        Ok(())
    }

    fn same(&self, one: &str, other: &str) -> Result<bool, StoreError> {
        Ok(self.exact(one)? == self.exact(other)?)
    }
}

impl BrowserStore {
    /// A value as JavaScript has it; null where there is none.
    fn exact(&self, key: &str) -> Result<JsValue, StoreError> {
        self.call("getItem", &[key.into()])
    }

    fn call(&self, method: &str, arguments: &[JsValue]) -> Result<JsValue, StoreError> {
        let function = js_sys::Reflect::get(&self.raw, &method.into())
            .ok()
            .and_then(|found| found.dyn_into::<js_sys::Function>().ok())
            .ok_or_else(|| StoreError::failed(method))?;
        function
            .apply(&self.raw, &arguments.iter().collect())
            .map_err(|error| why(&error))
    }
}

/// What an exception means.
fn why(error: &JsValue) -> StoreError {
    const QUOTA_EXCEEDED: u16 = 22;
    const FIREFOX_QUOTA_REACHED: u16 = 1014;
    const SECURITY: u16 = 18;
    let Some(exception) = error.dyn_ref::<DomException>() else {
        return StoreError::failed(&format!("{error:?}"));
    };
    match (exception.name().as_str(), exception.code()) {
        ("QuotaExceededError" | "NS_ERROR_DOM_QUOTA_REACHED", _)
        | (_, QUOTA_EXCEEDED | FIREFOX_QUOTA_REACHED) => StoreError::Full,
        ("SecurityError", _) | (_, SECURITY) => StoreError::Denied,
        (name, _) => StoreError::failed(&format!("{name}: {}", exception.message())),
    }
}
