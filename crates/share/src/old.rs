//! What an earlier version of the app has kept in this folder under other keys, where something stands under the keys of
//! today as well: see [`storage::folder`]. It can come in beside what is here, as a file does.

use std::rc::Rc;

use super::file::Everything;
use registry::json::{self, ToJson, Writer};
use storage::{KeyValue, StoreError, Vault};

/// What an earlier version has kept.
#[derive(Clone, PartialEq, Debug)]
pub struct Old {
    /// Its registries, its progress and what the console remembers. The colours are of no use any more, nor is a registry in
    /// which nothing was ever done.
    pub everything: Everything,
    /// Whether there is nothing else: nothing damaged or set aside, no exercise under way, no registry that was deleted.
    pub is_whole: bool,
}

impl Old {
    /// Reads what stands in a store behind the old prefix of a folder. Nothing is written.
    pub fn read(store: Rc<dyn KeyValue>, prefix: &str) -> Self {
        let (mut vault, notices) = Vault::open_reading(store, prefix);
        let mut workspaces = Vec::new();
        let mut is_read = true;
        for workspace in vault.workspaces() {
            let is_untouched = vault.load(&workspace.id).is_ok_and(|it| it.untouched);
            match vault.snapshot(&workspace.id) {
                Ok((snapshot, told)) => {
                    is_read &= told.is_empty();
                    if !is_untouched {
                        workspaces.push(snapshot);
                    }
                }
                Err(_) => is_read = false,
            }
        }
        let everything = Everything {
            workspaces,
            progress: Some(vault.progress().clone()),
            console: Some(vault.console().clone()),
            ..Everything::default()
        };
        Self {
            everything,
            is_whole: is_read && notices.is_empty() && vault.is_plain() == Ok(true),
        }
    }
}

/// Returns the values under some keys as a file, exactly as they are.
pub fn raw(store: &dyn KeyValue, keys: &[String]) -> Result<String, StoreError> {
    let mut values = Vec::new();
    for key in keys {
        values.push((key.clone(), store.get(key)?.unwrap_or_default()));
    }
    Ok(json::print(&Raw(values)))
}

struct Raw(Vec<(String, String)>);

impl ToJson for Raw {
    fn write(&self, out: &mut Writer) {
        out.object(&|out| {
            for (key, value) in &self.0 {
                out.text(key, value);
            }
        });
    }
}
