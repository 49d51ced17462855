//! Which page is shown.

use crate::browser;
use el::RwSignal;
use share::route::Route;

/// The address that is open.
#[derive(Clone, Copy)]
pub struct Router {
    pub route: RwSignal<Route>,
}

impl Router {
    /// Returns the router at the browser's address.
    #[must_use]
    pub fn here() -> Self {
        Self {
            route: RwSignal::new(Route::parse(&browser::hash())),
        }
    }
}
