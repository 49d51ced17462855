//! Validates the text that is stored under a key.

use super::format::{Damage, Opened};
use super::journal::{SegmentValue, StateValue};
use super::key_value::{StoreError, units};
use super::migrate::Format;
use super::sealed_store::SealedStore;
use super::settings::Settings;
use super::snapshot::WorkspaceSnapshot;
use super::storage_key::StorageKey;
use super::transaction::Transaction;
use super::workspace::Header;
use crate::attempt::Attempt;
use crate::class_plans::ClassPlans;
use crate::console::ConsoleMemory;
use lesson::progress::Progress;
use registry::Registry;

/// Returns whether a text is good, damaged, newer or foreign.
pub(crate) fn validate(format: &Format, place: &StorageKey, text: &str) -> Opened<()> {
    fn of<T>(opened: Opened<T>) -> Opened<()> {
        match opened {
            Opened::Ok(_) => Opened::Ok(()),
            Opened::Damaged(damage) => Opened::Damaged(damage),
            Opened::Newer(version) => Opened::Newer(version),
            Opened::Foreign => Opened::Foreign,
        }
    }
    match place {
        StorageKey::Settings => of(format.read::<Settings>(place, text)),
        StorageKey::Progress => of(format.read::<Progress>(place, text)),
        StorageKey::Console => of(format.read::<ConsoleMemory>(place, text)),
        StorageKey::ClassPlans => of(format.read::<ClassPlans>(place, text)),
        StorageKey::Attempt(_) => of(format.read::<Attempt>(place, text)),
        StorageKey::Transaction => of(format.read::<Transaction>(place, text)),
        StorageKey::Deleted(_) => of(format.read::<WorkspaceSnapshot>(place, text)),
        StorageKey::Header(_) => of(format.read::<Header>(place, text)),
        StorageKey::State(..) => of(format.read::<StateValue<Registry>>(place, text)),
        StorageKey::Segment(..) => of(format.read::<SegmentValue>(place, text)),
    }
}

/// Returns what is wrong with a text that was set aside; [`Damage::CutOff`] if the text itself is good.
pub(crate) fn damage_of(format: &Format, place: &StorageKey, text: &str) -> Damage {
    match validate(format, place, text) {
        Opened::Ok(()) | Opened::Newer(_) => Damage::CutOff,
        Opened::Damaged(damage) => damage,
        Opened::Foreign => Damage::Foreign,
    }
}

/// A value that was set aside.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Quarantined {
    /// Its key in the quarantine, for [`super::Vault::raw`] and [`super::Vault::drop_quarantined`].
    pub key: String,
    pub place: StorageKey,
    /// How much room it takes, in UTF-16 units.
    pub units: usize,
    /// What is wrong with it.
    pub damage: Damage,
}

impl SealedStore {
    /// Validates what is stored under a key. Returns `None` if nothing is.
    pub(crate) fn validate(&self, place: &StorageKey) -> Result<Option<Opened<()>>, StoreError> {
        let Some(text) = self.store.get(&self.key(place))? else {
            return Ok(None);
        };
        let validated = validate(&self.format, place, &text);
        if matches!(validated, Opened::Newer(_)) {
            self.newer.set(true);
        }
        Ok(Some(validated))
    }

    /// Returns the values in the quarantine, ordered by where they were.
    pub(crate) fn quarantine(&self) -> Result<Vec<Quarantined>, StoreError> {
        let mut found = Vec::new();
        let keys = self
            .store
            .keys_with_prefix(&format!("{}quarantine/", self.prefix))?;
        for key in keys {
            let Some((place, number)) = self.quarantined(&key) else {
                continue;
            };
            let Some(text) = self.store.get(&key)? else {
                continue;
            };
            let damage = damage_of(&self.format, &place, &text);
            let entry = Quarantined {
                key: self.without_prefix(&key),
                units: units(&text),
                place,
                damage,
            };
            found.push((number, entry));
        }
        found.sort_by(|(m, one), (n, other)| (&one.place, m).cmp(&(&other.place, n)));
        Ok(found.into_iter().map(|(_, entry)| entry).collect())
    }
}
