//! Formats of saved data, older and newer.
//!
//! A value of an older version is carried over when it is read, step by step; it is stored in the new version when it is
//! written the next time, which happens in one `set`. So a migration can't stop half-way.

use serde_json::Value;

use super::format::{self, Checksum, Damage, Opened};
use super::storage_key::StorageKey;
use lesson::progress;
use registry::json::{self, FromJson};

/// The version that this app writes.
pub const VERSION: u32 = 7;

/// Carries a value of one version over to the next.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// What it does, in a few words.
    pub name: &'static str,
    /// The value in the next version; nothing where it makes no sense.
    pub apply: fn(&StorageKey, Value) -> Option<Value>,
}

/// All migrations, the oldest first. The last one leads to [`VERSION`]. Only ever add to the end.
pub const MIGRATIONS: &[Migration] = &[
    Migration {
        name: "progress knows since when a question is right; it may have a round and choices",
        apply: |place, value| match place {
            StorageKey::Progress => Some(progress::from_version_1(value)),
            _ => Some(value),
        },
    },
    Migration {
        name: "progress may have exercises",
        apply: |_, value| Some(value),
    },
    Migration {
        name: "segments and states may say which requests of other windows are in them",
        apply: |_, value| Some(value),
    },
    Migration {
        name: "what arrives may have small values with it, and workspaces that go",
        apply: |_, value| Some(value),
    },
    Migration {
        name: "progress may have made exercises; attempts say which help is open",
        apply: |_, value| Some(value),
    },
    Migration {
        name: "there may be plans for classes, also among what arrives",
        apply: |_, value| Some(value),
    },
];

/// A version, and the ways to it from older ones.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// The version that is written.
    pub version: u32,
    /// The last one leads to `version`, the one before it to `version - 1`, and so on.
    pub migrations: &'static [Migration],
}

impl Default for Format {
    fn default() -> Self {
        Self {
            version: VERSION,
            migrations: MIGRATIONS,
        }
    }
}

impl Format {
    /// Opens a stored text and reads what is in it, of this version or an older one.
    pub(crate) fn read<T: FromJson>(
        &self,
        place: &StorageKey,
        text: &str,
    ) -> Opened<(T, Checksum)> {
        let sealed = match format::open(self.version, place, text) {
            Opened::Ok(sealed) => sealed,
            Opened::Damaged(damage) => return Opened::Damaged(damage),
            Opened::Newer(version) => return Opened::Newer(version),
            Opened::Foreign => return Opened::Foreign,
        };
        let read = if sealed.version == self.version {
            parse(sealed.body).and_then(|value| T::from_json(value).map_err(|_| Damage::Content))
        } else {
            self.carry_over(place, sealed.version, sealed.body)
        };
        match read {
            Ok(value) => Opened::Ok((value, sealed.checksum)),
            Err(damage) => Opened::Damaged(damage),
        }
    }

    fn carry_over<T: FromJson>(
        &self,
        place: &StorageKey,
        from: u32,
        body: &str,
    ) -> Result<T, Damage> {
        let steps = usize::try_from(self.version - from).map_err(|_| Damage::Migration)?;
        let first = self.migrations.len().checked_sub(steps);
        let steps = first
            .and_then(|first| self.migrations.get(first..))
            .ok_or(Damage::Migration)?;
        let mut value = parse(body)?;
        for migration in steps {
            value = (migration.apply)(place, value).ok_or(Damage::Migration)?;
        }
        T::from_json(value).map_err(|_| Damage::Migration)
    }
}

fn parse(body: &str) -> Result<Value, Damage> {
    json::parse(body).map_err(|_| Damage::Content)
}
