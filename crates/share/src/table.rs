//! A registry as a table for spreadsheets: a row for each version, and one for a model that has none.

use lesson::exercise::csv::csv;
use registry::{ModelVersion, RegisteredModel, Registry, Time};

const HEADS: [&str; 11] = [
    "model",
    "version",
    "stage",
    "aliases",
    "has_been_live",
    "created_utc",
    "updated_utc",
    "source",
    "description",
    "tags",
    "metrics",
];

/// Returns the table. What a spreadsheet would take for a formula stays text.
pub fn table(registry: &Registry) -> String {
    let mut rows = vec![HEADS.map(str::to_owned).to_vec()];
    for model in registry.models() {
        if model.version_count() == 0 {
            let mut row = vec![model.name().to_string()];
            row.resize(HEADS.len(), String::new());
            rows.push(row);
        }
        rows.extend(model.versions().map(|version| row(model, version)));
    }
    csv(&rows)
}

fn row(model: &RegisteredModel, version: &ModelVersion) -> Vec<String> {
    let number = version.number();
    let aliases = model.aliases_of(number).map(ToString::to_string);
    let pairs = |pairs: Vec<(String, String)>| {
        let pairs: Vec<String> = pairs
            .into_iter()
            .map(|(key, value)| format!("{key}={value}"))
            .collect();
        pairs.join("; ")
    };
    let tags = version.tags().iter();
    let metrics = version.metrics().iter();
    vec![
        model.name().to_string(),
        number.to_string(),
        version.stage().as_str().to_owned(),
        aliases.collect::<Vec<_>>().join(" "),
        version.has_been_live().to_string(),
        utc(version.created()),
        model.version_updated(number).map(utc).unwrap_or_default(),
        version.source().to_string(),
        version.description().to_string(),
        pairs(
            tags.map(|(key, value)| (key.to_string(), value.to_string()))
                .collect(),
        ),
        pairs(
            metrics
                .map(|(key, value)| (key.to_string(), value.to_string()))
                .collect(),
        ),
    ]
}

/// Returns a moment as ISO 8601 has it, in the time of Greenwich.
pub fn utc(time: Time) -> String {
    let seconds = time.0 / 1_000;
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    // Years begin in March here, so that the leap day is their last; see Howard Hinnant, "chrono-Compatible Low-Level Date
    // Algorithms".
    let days = days + 719_468;
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let date = day - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year + era * 400 + u64::from(month <= 2);
    let (hours, minutes, seconds) = (rest / 3_600, rest / 60 % 60, rest % 60);
    format!("{year:04}-{month:02}-{date:02}T{hours:02}:{minutes:02}:{seconds:02}Z")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written() {
        let check = |time: u64, expected: &str| assert_eq!(utc(Time(time)), expected);
        check(0, "1970-01-01T00:00:00Z");
        check(951_782_400_000, "2000-02-29T00:00:00Z");
        check(1_709_251_199_999, "2024-02-29T23:59:59Z");
        check(1_735_689_599_000, "2024-12-31T23:59:59Z");
        check(4_107_542_400_000, "2100-03-01T00:00:00Z");
    }
}
