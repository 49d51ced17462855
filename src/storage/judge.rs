//! What is wrong with a text that was found at a place.

use super::format::{Damage, Opened};
use super::journal::{SegmentValue, StateValue};
use super::migrate::Format;
use super::place::Place;
use super::settings::Settings;
use super::workspace::Head;
use crate::registry::Registry;

/// What is wrong with a text; [`Damage::CutOff`] where the text itself is good.
pub(crate) fn damage_of(format: &Format, place: &Place, text: &str) -> Damage {
    fn of<T>(opened: &Opened<T>) -> Damage {
        match opened {
            Opened::Ok(_) | Opened::Newer(_) => Damage::CutOff,
            Opened::Damaged(damage) => *damage,
            Opened::Foreign => Damage::Foreign,
        }
    }
    match place {
        Place::Settings => of(&format.read::<Settings>(place, text)),
        Place::Head(_) => of(&format.read::<Head>(place, text)),
        Place::State(..) => of(&format.read::<StateValue<Registry>>(place, text)),
        Place::Segment(..) => of(&format.read::<SegmentValue>(place, text)),
    }
}
