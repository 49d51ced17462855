//! The app's own plan, in `content/class`.

use std::sync::OnceLock;

use registry::json;

use crate::plan::Plan;

/// Returns the plan of 45 minutes. A test holds that it can be read and that all of it is there.
#[must_use]
pub fn plan() -> Option<&'static Plan> {
    static PLAN: OnceLock<Option<Plan>> = OnceLock::new();
    let read = || json::read(include_str!("../../../content/class/en/45-minutes.json")).ok();
    PLAN.get_or_init(read).as_ref()
}
