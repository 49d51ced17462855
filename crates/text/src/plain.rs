//! A registry as plain text, for a forum or a mail: what is there now as a table, and what was done last.

use super::{Language, narrate, one_line};
use registry::{Log, RegisteredModel, Registry, Time, VersionNumber};

texts!(
    /// The words of a registry as plain text.
    PlainText, EN_PLAIN {
        title(name, step) = "{name}, step {step}",
        col_model = "Model",
        col_version = "Version",
        col_stage = "Stage",
        col_aliases = "Aliases",
        col_metrics = "Metrics",
        no_models = "There are no models in it.",
        no_version = "–",
        no_steps = "Nothing has been done yet.",
        changed = "What changed",
        step(step, when, what) = "{step}. {when} {what}",
        why(what, why) = "{what} “{why}”",
        made = "From Model Stages, a simulator of MLflow's model registry",
        ;
        earlier = "{count} earlier step is not in here." | "{count} earlier steps are not in here.",
        more_rows = "{count} more version is not in here." | "{count} more versions are not in here.",
    }
);

/// How many of the last steps are told.
const STEPS: usize = 10;
/// How many rows the table has at most.
const ROWS: usize = 100;
/// How wide a column is at most, in characters.
const WIDE: usize = 40;

/// Returns the text. `date` writes a moment.
pub fn plain(text: Language, name: &str, log: &Log, date: &dyn Fn(Time) -> String) -> String {
    let texts = text.plain();
    let title = texts.title(&one_line(name), &log.step());
    let mut out = vec![title, String::new()];
    out.extend(table(text, log.registry()));
    out.push(String::new());
    out.push(format!("{}:", texts.changed));
    let left = log.done().len().saturating_sub(STEPS);
    if log.done().is_empty() {
        out.push(texts.no_steps.to_owned());
    }
    for entry in log.done().iter().skip(left) {
        let mut what = narrate::narrate(text, entry);
        let why = entry.context.comment.as_str();
        if !why.is_empty() {
            what = texts.why(&what, &why);
        }
        let when = date(entry.context.at);
        out.push(one_line(&texts.step(&entry.step, &when, &what)));
    }
    let earlier = log.folded() + left as u64;
    if earlier > 0 {
        out.push(texts.earlier(usize::try_from(earlier).unwrap_or(usize::MAX)));
    }
    out.extend([String::new(), texts.made.to_owned(), String::new()]);
    out.join("\n")
}

/// Returns the table, its columns as wide as what is in them.
fn table(text: Language, registry: &Registry) -> Vec<String> {
    let texts = text.plain();
    if registry.is_empty() {
        return vec![texts.no_models.to_owned()];
    }
    let heads = [
        texts.col_model,
        texts.col_version,
        texts.col_stage,
        texts.col_aliases,
        texts.col_metrics,
    ];
    let mut rows = vec![heads.map(str::to_owned)];
    let mut count = 0_usize;
    for model in registry.models() {
        if model.version_count() == 0 {
            let none = || texts.no_version.to_owned();
            rows.push([model.name().to_string(), none(), none(), none(), none()]);
        }
        for version in model.versions() {
            count += 1;
            if count <= ROWS {
                rows.push(row(model, version.number()));
            }
        }
    }
    let rows: Vec<[String; 5]> = rows
        .into_iter()
        .map(|row| row.map(|cell| short(&cell)))
        .collect();
    let mut wide = [0; 5];
    for row in &rows {
        for (wide, cell) in wide.iter_mut().zip(row) {
            *wide = (*wide).max(cell.chars().count());
        }
    }
    let line = |row: &[String; 5]| {
        let cells = row
            .iter()
            .zip(wide)
            .map(|(cell, wide)| format!("{cell:wide$}"));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    let rule = wide.map(|wide| "-".repeat(wide));
    let mut lines: Vec<String> = rows.iter().map(line).collect();
    lines.insert(1, line(&rule));
    if count > ROWS {
        lines.push(texts.more_rows(count - ROWS));
    }
    lines
}

fn row(model: &RegisteredModel, number: VersionNumber) -> [String; 5] {
    let version = model.version(number);
    let stage = version.map_or("", |version| version.stage().as_str());
    let aliases: Vec<String> = model.aliases_of(number).map(ToString::to_string).collect();
    let metrics = version.map_or_else(Vec::new, |version| {
        let metrics = version.metrics().iter();
        metrics
            .map(|(name, value)| format!("{name} {value}"))
            .collect()
    });
    [
        model.name().to_string(),
        number.to_string(),
        stage.to_owned(),
        aliases.join(", "),
        metrics.join(", "),
    ]
}

fn short(cell: &str) -> String {
    let line = one_line(cell);
    if line.chars().count() <= WIDE {
        return line;
    }
    let kept: String = line.chars().take(WIDE - 1).collect();
    format!("{kept}…")
}
