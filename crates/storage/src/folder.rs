//! What stands before the keys of an app that is served from one folder of a host.
//!
//! A browser keeps one local storage for a whole host, with the apps of all its folders in it. The prefix of a folder is
//! `model-stages:FOLDER:`; a folder is written in one way only, and has no `:` in it, so no prefix begins a key of another
//! folder. `public/boot.js` makes the same prefix; `tests/data/folders.json` holds both to one table.

use super::key_value::{KeyValue, StoreError};

const APP: &str = "model-stages:";

/// Stands under the new prefix while values are given it: whatever stops that, the next start goes on with it.
const UNDER_WAY: &str = "carrying";

/// What does not go along when a store gets other keys: it speaks of tabs, and of a copy that has the old keys.
const STAYS: [&str; 2] = ["copied", "window"];

/// Returns what stands before every key of the app whose page has this path, as the browser writes it.
pub fn prefix(path: &str) -> String {
    let mut folder = String::new();
    for name in parent(path).split('/').filter(|name| !name.is_empty()) {
        folder.push('/');
        push_name(&mut folder, name);
    }
    format!("{APP}{folder}:")
}

/// Returns what stood before the keys when the path was taken as it is written, so that one folder had several prefixes, and
/// one prefix could begin another.
pub fn old_prefix(path: &str) -> String {
    format!("{APP}{}:", parent(path))
}

/// Returns whether a key that begins with a prefix is of that folder: no name of a value has a `:` in it, so what has one belongs to
/// another folder, under its old prefix.
pub fn is_of(prefix: &str, key: &str) -> bool {
    key.strip_prefix(prefix)
        .is_some_and(|name| !name.contains(':'))
}

/// Returns the keys under the old prefix of this folder, where that is another one and a value is there.
pub fn left(store: &dyn KeyValue, path: &str) -> Result<Vec<String>, StoreError> {
    let old = old_prefix(path);
    if old == prefix(path) {
        return Ok(Vec::new());
    }
    let mut keys = store.keys_with_prefix(&old)?;
    keys.retain(|key| is_of(&old, key));
    let stays = |key: &String| {
        STAYS
            .iter()
            .any(|name| key.strip_prefix(&*old) == Some(name))
    };
    if keys.iter().all(stays) {
        keys.clear();
    }
    Ok(keys)
}

/// Gives the values under the old prefix of this folder the new one, all or none of them, and returns the old prefix. Where
/// both are the same, nothing is under the old one, or something is under the new one already, nothing is changed.
///
/// # Errors
/// If a value could not be copied; then all are where they were.
pub fn carry_over(store: &dyn KeyValue, path: &str) -> Result<Option<String>, StoreError> {
    let (old, new) = (old_prefix(path), prefix(path));
    let of = |prefix: &str| -> Result<Vec<String>, StoreError> {
        let keys = store.keys_with_prefix(prefix)?.into_iter();
        let names = keys.filter(|key| is_of(prefix, key));
        let names = names.filter_map(|key| key.strip_prefix(prefix).map(str::to_owned));
        Ok(names.collect())
    };
    if old == new {
        return Ok(None);
    }
    let (names, there) = (of(&old)?, of(&new)?);
    let is_begun = there.iter().any(|name| name == UNDER_WAY);
    let is_kept = |name: &&String| !STAYS.contains(&name.as_str());
    if !is_begun && (names.is_empty() || there.iter().any(|name| is_kept(&name))) {
        return Ok(None);
    }
    let mark = format!("{new}{UNDER_WAY}");
    let copied = store.set(&mark, "1").and_then(|()| {
        let mut kept = names.iter().filter(is_kept);
        kept.try_for_each(|name| store.copy(&format!("{old}{name}"), &format!("{new}{name}")))
    });
    if let Err(error) = copied {
        for name in names.iter().filter(is_kept) {
            store.remove(&format!("{new}{name}"))?;
        }
        store.remove(&mark)?;
        return Err(error);
    }
    for name in &names {
        store.remove(&format!("{old}{name}"))?;
    }
    store.remove(&mark)?;
    Ok(Some(old))
}

/// Returns the path up to its last `/`, without that.
fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _page)| folder)
}

/// Writes a name of a path with its escapes read, and with `%`, `:` and `/` in it escaped. Bytes that are no text stay
/// escaped.
fn push_name(out: &mut String, name: &str) {
    let mut rest = name;
    while let Some(letter) = rest.chars().next() {
        // Escapes above ASCII make a letter only together.
        let mut bytes = Vec::new();
        while let Some((byte, after)) = escape(rest).filter(|(byte, _)| *byte >= 0x80) {
            bytes.push(byte);
            rest = after;
        }
        if !bytes.is_empty() {
            match std::str::from_utf8(&bytes) {
                Ok(text) => out.push_str(text),
                Err(_) => bytes.iter().for_each(|byte| push_escape(out, *byte)),
            }
        } else if let Some((byte, after)) = escape(rest) {
            push_byte(out, byte);
            rest = after;
        } else {
            match u8::try_from(letter) {
                Ok(byte) if byte.is_ascii() => push_byte(out, byte),
                _ => out.push(letter),
            }
            rest = rest.get(letter.len_utf8()..).unwrap_or_default();
        }
    }
}

/// Returns the byte that an escape (`%41`) at the beginning stands for, and what follows it.
fn escape(text: &str) -> Option<(u8, &str)> {
    let mut letters = text.strip_prefix('%')?.chars();
    let high = letters.next()?.to_digit(16)?;
    let low = letters.next()?.to_digit(16)?;
    Some((u8::try_from(high * 16 + low).ok()?, letters.as_str()))
}

fn push_byte(out: &mut String, byte: u8) {
    if b"%:/".contains(&byte) {
        push_escape(out, byte);
    } else {
        out.push(char::from(byte));
    }
}

fn push_escape(out: &mut String, byte: u8) {
    let digit = |digit: u8| {
        char::from(if digit < 10 {
            b'0' + digit
        } else {
            b'A' - 10 + digit
        })
    };
    out.extend(['%', digit(byte >> 4), digit(byte & 0xf)]);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{FaultyStore, MemoryStore};

    fn table() -> Vec<(String, String)> {
        serde_json::from_str(include_str!("../../../tests/data/folders.json")).unwrap()
    }

    #[test]
    fn a_folder_is_written_in_one_way() {
        for (path, folder) in table() {
            assert_eq!(prefix(&path), format!("model-stages:{folder}:"), "{path}");
        }
    }

    #[test]
    fn ordinary_folders_keep_their_keys() {
        for path in [
            "/",
            "/index.html",
            "/model-stages/",
            "/a/b/",
            "/~a/B_c-1.0/@x/",
        ] {
            assert_eq!(prefix(path), old_prefix(path), "{path}");
        }
        assert_eq!(prefix("/"), "model-stages::");
        assert_eq!(prefix("/a/b/"), "model-stages:/a/b:");
    }

    fn put(store: &MemoryStore, keys: &[&str]) {
        for key in keys {
            store.set(key, &format!("of {key}")).unwrap();
        }
    }

    #[test]
    fn an_old_store_is_carried_over_once() {
        let store = MemoryStore::default();
        put(
            &store,
            &[
                "model-stages:/x:settings",
                "model-stages:/x:y:settings",
                "model-stages:/x:y:ws/own/head",
                "model-stages:/x:y:copied",
                "model-stages:/x:y:z:settings",
            ],
        );
        let carried = carry_over(&store, "/x:y/").unwrap();
        assert_eq!(carried.as_deref(), Some("model-stages:/x:y:"));
        let mut keys = store.keys_with_prefix("").unwrap();
        keys.sort();
        assert_eq!(
            keys,
            [
                "model-stages:/x%3Ay:settings",
                "model-stages:/x%3Ay:ws/own/head",
                "model-stages:/x:settings",
                "model-stages:/x:y:z:settings",
            ]
        );
        let value = store.get("model-stages:/x%3Ay:settings").unwrap();
        assert_eq!(value.as_deref(), Some("of model-stages:/x:y:settings"));
        // What is there already is not written over.
        put(&store, &["model-stages:/x:y:copied"]);
        assert_eq!(left(&store, "/x:y/"), Ok(Vec::new()));
        put(&store, &["model-stages:/x:y:settings"]);
        assert_eq!(carry_over(&store, "/x:y/"), Ok(None));
        assert_eq!(
            left(&store, "/x:y/").unwrap(),
            ["model-stages:/x:y:copied", "model-stages:/x:y:settings"]
        );
        assert_eq!(
            left(&store, "/x:y:z/").unwrap(),
            ["model-stages:/x:y:z:settings"]
        );
        assert_eq!(left(&store, "/x/"), Ok(Vec::new()));
        assert_eq!(carry_over(&store, "/x/"), Ok(None));
        assert_eq!(carry_over(&store, "/nowhere//"), Ok(None));
    }

    const OLD: [&str; 2] = ["model-stages:/a/:one", "model-stages:/a/:two"];
    const NEW: [&str; 2] = ["model-stages:/a:one", "model-stages:/a:two"];

    fn sorted(store: &MemoryStore) -> Vec<String> {
        let mut keys = store.keys_with_prefix("").unwrap();
        keys.sort();
        keys
    }

    #[test]
    fn a_store_that_is_too_full_stays_as_it_is() {
        for write in 1..=3 {
            let inner = MemoryStore::new();
            put(&inner, &OLD);
            let store = FaultyStore::new(inner.clone());
            store.full_at(write);
            assert_eq!(carry_over(&store, "/a//"), Err(StoreError::Full));
            assert_eq!(sorted(&inner), OLD);
        }
    }

    #[test]
    fn wherever_it_stops_the_next_start_goes_on() {
        let mut stops = 0;
        loop {
            let inner = MemoryStore::new();
            put(&inner, &OLD);
            let store = FaultyStore::new(inner.clone());
            store.stop_after(stops);
            let is_done = carry_over(&store, "/a//").is_ok();
            carry_over(&inner, "/a//").unwrap();
            assert_eq!(sorted(&inner), NEW, "{stops}");
            for (new, old) in NEW.iter().zip(OLD) {
                assert_eq!(inner.get(new).unwrap(), Some(format!("of {old}")));
            }
            if is_done {
                break;
            }
            stops += 1;
        }
        assert!(stops > 6, "{stops}");
    }

    /// Returns a path of pieces in which folders could be mistaken for one another.
    fn path() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec![
            "/",
            "//",
            "x",
            "y",
            ":",
            "%",
            "%3A",
            "%3a",
            "%2F",
            "%25",
            "%41",
            "A",
            "%C3%A9",
            "é",
            "%C3",
            "%FF",
            "%zz",
            ".",
            "model-stages",
            "model-stages:",
        ]);
        prop::collection::vec(piece, 0..8).prop_map(|pieces| format!("/{}/", pieces.concat()))
    }

    /// Returns the names of a folder as bytes, read by another way: two paths with the same ones are the same folder.
    fn names(path: &str) -> Vec<Vec<u8>> {
        let read = |name: &str| {
            let bytes = name.as_bytes();
            let mut out = Vec::new();
            let mut at = 0;
            while at < bytes.len() {
                let digits = bytes
                    .get(at + 1..at + 3)
                    .and_then(|d| std::str::from_utf8(d).ok());
                let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
                match byte {
                    Some(byte) if bytes[at] == b'%' => {
                        out.push(byte);
                        at += 3;
                    }
                    _ => {
                        out.push(bytes[at]);
                        at += 1;
                    }
                }
            }
            out
        };
        path.split('/')
            .filter(|name| !name.is_empty())
            .map(read)
            .collect()
    }

    proptest! {
        #[test]
        fn no_prefix_begins_a_key_of_another_folder(one in path(), other in path(), name in "[a-z/0-9-]{0,20}") {
            let (mine, theirs) = (prefix(&one), prefix(&other));
            let key = format!("{theirs}{name}");
            if names(&one) == names(&other) {
                // A browser writes no letter in two ways at once: then one folder has one prefix.
                if one.is_ascii() && other.is_ascii() {
                    prop_assert_eq!(mine, theirs);
                }
            } else {
                prop_assert!(!key.starts_with(&mine), "{} {} {}", one, other, key);
            }
        }

        #[test]
        fn a_prefix_holds_of_itself(path in path()) {
            let folder = prefix(&path);
            let folder = folder.strip_prefix(APP).unwrap().strip_suffix(':').unwrap();
            prop_assert!(!folder.contains(':'));
            // Written as a path, it is the same folder.
            prop_assert_eq!(prefix(&format!("{folder}/")), prefix(&path));
        }
    }
}
