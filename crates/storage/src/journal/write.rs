//! Writes a complete history as a journal.

use super::batch::Batch;
use super::segments::{Journal, Limits, Start};
use super::value::{Position, state_json};
use crate::format::Checksum;
use crate::key_value::StoreError;
use crate::sealed_store::SealedStore;
use crate::storage_key::StorageKey;
use crate::tabs::Ledger;
use crate::workspace::HeaderSlot;
use registry::history::Travel;
use registry::{Log, Record, Registry};

/// How many records are written at once: damage to one place then costs no more than these.
const AT_ONCE: usize = 8;

/// Writes a history under a workspace that has nothing yet. Its header has to say where the journal starts, which is what
/// comes back; so whoever writes that last has all or nothing.
pub(crate) fn write(
    store: &SealedStore,
    header: &HeaderSlot,
    limits: Limits,
    log: &Log,
) -> Result<Option<u64>, StoreError> {
    let base = log.as_of(log.folded()).unwrap_or_default();
    let starts_empty = base == Registry::default() && log.folded() == 0;
    let start = if starts_empty {
        Start::default()
    } else {
        let position = Position {
            step: log.folded(),
            ..Position::default()
        };
        let after = Checksum::default();
        let place = StorageKey::State(header.id.clone(), 0);
        let json = state_json(0, position, after, &Ledger::default(), &base);
        let written = store.write_over(&place, None, &json)?;
        Start {
            position,
            checksum: written.checksum,
            units: written.units,
            ..Start::default()
        }
    };
    let mut journal = Journal::empty(store.clone(), header.id.clone(), limits, start);
    journal.pending = Batch::at(start.position);
    let steps = log.done().iter().chain(log.undone());
    let steps = steps.map(|entry| Record::Step {
        context: entry.context.clone(),
        action: entry.action.clone(),
    });
    let undos = log.undone().iter().map(|_| Record::Travel {
        travel: Travel::Undo,
    });
    let records: Vec<Record> = steps.chain(undos).collect();
    for some in records.chunks(AT_ONCE) {
        journal.hold(some);
        journal.flush()?;
    }
    Ok((!starts_empty).then_some(0))
}
