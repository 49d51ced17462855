//! Values that the page follows.
//!
//! They do what Leptos's `RwSignal` and `Memo` do and are built on its triggers and owners, but share their code: each
//! type of a signal brings about 1.5 KB of WebAssembly of its own, each type of a memo over 2 KB, and the app has some
//! thirty of them (measured: 90 KB). Here a type brings only the reading and comparing of its value.

use std::any::Any;
use std::cell::RefCell;
use std::marker::PhantomData;
use std::rc::Rc;

use leptos::prelude::*;

use crate::effect::watch;

/// A value, and who follows it. The handle is cheap to copy; the value ends with the owner that it was made under.
pub struct RwSignal<T> {
    slot: StoredValue<Rc<Place>, LocalStorage>,
    of: PhantomData<fn() -> T>,
}

/// Where a value is kept. Nothing here is of the value's type, so that finding and following it is compiled once.
struct Place {
    /// A `RefCell<T>`.
    value: Box<dyn Any>,
    changed: ArcTrigger,
}

impl<T> Clone for RwSignal<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for RwSignal<T> {}

fn store(value: Box<dyn Any>) -> StoredValue<Rc<Place>, LocalStorage> {
    StoredValue::new_local(Rc::new(Place {
        value,
        changed: ArcTrigger::new(),
    }))
}

fn find(slot: StoredValue<Rc<Place>, LocalStorage>) -> Option<Rc<Place>> {
    slot.try_get_value()
}

#[expect(
    clippy::expect_used,
    reason = "a value outlives all that reads it: both belong to the same part of the page"
)]
fn find_alive(slot: StoredValue<Rc<Place>, LocalStorage>, follow: bool) -> Rc<Place> {
    let place = find(slot).expect("the value is still there");
    if follow {
        place.changed.track();
    }
    place
}

impl Place {
    #[expect(
        clippy::expect_used,
        reason = "a place is made with the type of its handle"
    )]
    fn cell<T: 'static>(&self) -> &RefCell<T> {
        self.value.downcast_ref().expect("the type of its handle")
    }
}

impl<T: 'static> RwSignal<T> {
    /// Returns a value that can be set.
    #[must_use]
    pub fn new(value: T) -> Self {
        Self {
            slot: store(Box::new(RefCell::new(value))),
            of: PhantomData,
        }
    }

    /// Reads the value; whoever runs this runs again when it changes.
    ///
    /// # Panics
    /// When the part of the page that the value belonged to is gone, as with Leptos's own signals: nothing that is on
    /// the page reads such a value.
    pub fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read(&find_alive(self.slot, true).cell::<T>().borrow())
    }

    /// Reads the value without following it.
    ///
    /// # Panics
    /// As [`RwSignal::with`].
    pub fn with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read(&find_alive(self.slot, false).cell::<T>().borrow())
    }

    /// Changes the value and tells whoever follows it, if the change says so. Does nothing once the value is gone.
    pub fn update_if<R>(self, change: impl FnOnce(&mut T) -> (bool, R)) -> Option<R> {
        let place = find(self.slot)?;
        let (changed, result) = change(&mut place.cell::<T>().borrow_mut());
        if changed {
            place.changed.notify();
        }
        Some(result)
    }

    /// Changes the value and tells whoever follows it.
    pub fn update(self, change: impl FnOnce(&mut T)) {
        self.update_if(|value| (true, change(value)));
    }

    /// Sets the value and tells whoever follows it.
    pub fn set(self, value: T) {
        self.update(|old| *old = value);
    }

    /// Follows the value without reading it.
    pub fn track(self) {
        find_alive(self.slot, true);
    }
}

impl<T: Clone + 'static> RwSignal<T> {
    /// Returns a copy of the value; whoever runs this runs again when it changes.
    #[must_use]
    pub fn get(self) -> T {
        self.with(T::clone)
    }

    /// Returns a copy of the value without following it.
    #[must_use]
    pub fn get_untracked(self) -> T {
        self.with_untracked(T::clone)
    }
}

/// A value that is worked out from others, now and whenever one of them has changed. Whoever follows it is told only when it
/// has become another.
pub struct Memo<T>(RwSignal<T>);

impl<T> Clone for Memo<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Memo<T> {}

impl<T: PartialEq + 'static> Memo<T> {
    /// Returns what `work_out` gives.
    #[must_use]
    pub fn new(work_out: impl Fn() -> T + 'static) -> Self {
        let known: Rc<RefCell<Option<RwSignal<T>>>> = Rc::default();
        let first = known.clone();
        // The value belongs to who asks for it, not to the effect, which clears what it owns at every run.
        let owner = Owner::current().unwrap_or_default();
        watch(Box::new(move || {
            let value = work_out();
            let known = *first.borrow();
            match known {
                None => {
                    let signal = owner.with(|| RwSignal::new(value));
                    first.replace(Some(signal));
                }
                Some(signal) => {
                    signal.update_if(|old| {
                        let other = *old != value;
                        if other {
                            *old = value;
                        }
                        (other, ())
                    });
                }
            }
        }));
        let signal = *known.borrow();
        Self(made(signal))
    }
}

impl<T: 'static> Memo<T> {
    /// As [`RwSignal::with`].
    pub fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        self.0.with(read)
    }

    /// As [`RwSignal::with_untracked`].
    pub fn with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> R {
        self.0.with_untracked(read)
    }

    /// As [`RwSignal::track`].
    pub fn track(self) {
        self.0.track();
    }
}

impl<T: Clone + 'static> Memo<T> {
    /// As [`RwSignal::get`].
    #[must_use]
    pub fn get(self) -> T {
        self.0.get()
    }

    /// As [`RwSignal::get_untracked`].
    #[must_use]
    pub fn get_untracked(self) -> T {
        self.0.get_untracked()
    }
}

#[expect(clippy::expect_used, reason = "an effect runs at once when it is made")]
fn made<T>(signal: Option<RwSignal<T>>) -> RwSignal<T> {
    signal.expect("the value was worked out")
}
