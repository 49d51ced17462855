//! What is wrong with a text that was found at a place.

use super::arriving::Arriving;
use super::format::{Damage, Opened};
use super::journal::{SegmentValue, StateValue};
use super::migrate::Format;
use super::place::Place;
use super::settings::Settings;
use super::whole::Whole;
use super::workspace::Head;
use crate::attempt::Attempt;
use crate::console::ConsoleMemory;
use lesson::progress::Progress;
use registry::Registry;

/// Whether a text is good, damaged, newer or foreign.
pub(crate) fn judge(format: &Format, place: &Place, text: &str) -> Opened<()> {
    fn of<T>(opened: Opened<T>) -> Opened<()> {
        match opened {
            Opened::Ok(_) => Opened::Ok(()),
            Opened::Damaged(damage) => Opened::Damaged(damage),
            Opened::Newer(version) => Opened::Newer(version),
            Opened::Foreign => Opened::Foreign,
        }
    }
    match place {
        Place::Settings => of(format.read::<Settings>(place, text)),
        Place::Progress => of(format.read::<Progress>(place, text)),
        Place::Console => of(format.read::<ConsoleMemory>(place, text)),
        Place::Attempt(_) => of(format.read::<Attempt>(place, text)),
        Place::Arriving => of(format.read::<Arriving>(place, text)),
        Place::Deleted(_) => of(format.read::<Whole>(place, text)),
        Place::Head(_) => of(format.read::<Head>(place, text)),
        Place::State(..) => of(format.read::<StateValue<Registry>>(place, text)),
        Place::Segment(..) => of(format.read::<SegmentValue>(place, text)),
    }
}

/// What is wrong with a text that was set aside; [`Damage::CutOff`] where the text itself is good.
pub(crate) fn damage_of(format: &Format, place: &Place, text: &str) -> Damage {
    match judge(format, place, text) {
        Opened::Ok(()) | Opened::Newer(_) => Damage::CutOff,
        Opened::Damaged(damage) => damage,
        Opened::Foreign => Damage::Foreign,
    }
}
