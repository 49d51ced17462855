//! Numbers and times for the screen.

use registry::{RegisteredModel, Time};
use text::Language;

/// How many aliases are named; a model may have thousands.
const ALIASES: usize = 4;

/// The first aliases of a model, each with its version; empty where there are none.
pub fn aliases(model: &RegisteredModel) -> String {
    let shown: Vec<String> = model
        .aliases()
        .iter()
        .take(ALIASES)
        .map(|(alias, version)| format!("@{alias} → v{version}"))
        .collect();
    shown.join(", ")
}

/// How long ago something was, in whole minutes, hours, days, months or years.
pub fn age(text: Language, now: Time, then: Time) -> String {
    let ages = text.ages();
    let minutes = now.0.saturating_sub(then.0) / 60_000;
    let minutes = usize::try_from(minutes).unwrap_or(usize::MAX);
    match minutes {
        0 => ages.now.to_owned(),
        1..60 => ages.minutes(minutes),
        60..1_440 => ages.hours(minutes / 60),
        1_440..86_400 => ages.days(minutes / 1_440),
        86_400..1_036_800 => ages.months(minutes / 43_200),
        _ => ages.years(minutes / 525_600),
    }
}
