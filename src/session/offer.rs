//! What the page around a frame can ask of what is shown in it.

use std::cell::RefCell;
use std::rc::Rc;

use crate::session::frame::{self, Happened};
use crate::session::registry_store::RegistryStore;

/// What can be asked of what is shown.
#[derive(Clone)]
pub struct Offer {
    /// The registry that is worked on.
    pub store: RegistryStore,
    /// Puts everything back to its start.
    pub reset: Rc<dyn Fn()>,
    /// Gives the receipt of what was done.
    pub receipt: Rc<dyn Fn() -> Option<String>>,
}

thread_local! {
    static OFFER: RefCell<Option<Offer>> = const { RefCell::new(None) };
}

/// Sets what can be asked of what is shown now.
pub fn offer(offer: Offer) {
    if frame::is_framed() {
        OFFER.replace(Some(offer));
        frame::tell(Happened::Offered);
    }
}

/// Nothing can be asked any more: something else is shown.
pub fn withdraw() {
    OFFER.replace(None);
}

/// Returns what can be asked.
#[must_use]
pub fn offered() -> Option<Offer> {
    OFFER.with_borrow(Clone::clone)
}
