//! What a store can do: keep texts under keys. Everything can fail, and every failure is a value.

/// Why the store, or what stands in front of it, did not do what was asked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum StoreError {
    /// The browser does not let this page store anything.
    Denied,
    /// There is no room left. The old value is still there.
    Full,
    /// Writing would endanger data that is there: data of a newer app, or data that could not be set aside.
    ReadOnly,
    /// Somebody else, such as a second tab, has written here since this one last looked. Nothing was overwritten.
    Changed,
    /// There is no workspace of that id, or it has not been loaded.
    NoWorkspace,
    /// Anything else.
    Failed {
        /// A few words from the store, in whatever language it speaks.
        detail: String,
    },
}

impl StoreError {
    /// Returns a failure with at most the first 200 characters of what the store said.
    pub fn failed(detail: &str) -> Self {
        Self::Failed {
            detail: detail.chars().take(200).collect(),
        }
    }
}

/// Texts under keys, like the browser's local storage. Each call happens as a whole or not at all.
pub trait KeyValue {
    /// Returns the text under a key.
    fn get(&self, key: &str) -> Result<Option<String>, StoreError>;

    /// Puts a text under a key, over what may be there.
    ///
    /// # Errors
    /// If not; what was there is still there.
    fn set(&self, key: &str, value: &str) -> Result<(), StoreError>;

    /// Removes a key, if it is there.
    fn remove(&self, key: &str) -> Result<(), StoreError>;

    /// Returns all keys that begin with a text, in any order.
    fn keys_with_prefix(&self, prefix: &str) -> Result<Vec<String>, StoreError>;

    /// Copies a value to another key, exactly. A browser's text may hold what a Rust string can't (a lone surrogate):
    /// such a store does this in its own way.
    fn copy(&self, from: &str, to: &str) -> Result<(), StoreError> {
        match self.get(from)? {
            Some(value) => self.set(to, &value),
            None => Err(StoreError::failed("nothing to copy")),
        }
    }

    /// Returns whether two keys hold exactly the same value.
    fn same(&self, one: &str, other: &str) -> Result<bool, StoreError> {
        Ok(self.get(one)? == self.get(other)?)
    }
}

/// Returns how much room a text takes in the browser's store, which counts in UTF-16 units.
pub fn units(text: &str) -> usize {
    // Every character begins with one byte that continues none; those of four bytes take two units.
    let begins = |byte: &u8| byte & 0xc0 != 0x80;
    let bytes = text.as_bytes();
    bytes.iter().filter(|byte| begins(byte)).count()
        + bytes.iter().filter(|byte| **byte >= 0xf0).count()
}

#[cfg(test)]
mod tests {
    use super::units;

    #[test]
    fn units_are_those_of_utf_16() {
        for text in [
            "",
            "a",
            "é",
            "€",
            "😀",
            "\u{ffff}\u{10000}\u{7ff}\u{800}\0",
            "Größe 😀 – 3 €",
        ] {
            assert_eq!(units(text), text.encode_utf16().count(), "{text:?}");
        }
    }
}
