//! Models, versions and steps in columns.

use super::super::narrate::narrate;
use super::super::one_line;
use super::{Pages, PrintedKind};
use console::reply::{ModelLine, ModelSheet, Steps, VersionLine};
use registry::VersionNumber;

impl Pages<'_> {
    pub(super) fn models(&mut self, models: &[ModelLine]) {
        let texts = self.text.console();
        if models.is_empty() {
            return self.note(texts.no_models);
        }
        let mut rows = vec![vec![
            texts.col_model.to_owned(),
            texts.col_versions.to_owned(),
            texts.col_live.to_owned(),
            texts.col_newest.to_owned(),
        ]];
        rows.extend(models.iter().map(|model| {
            vec![
                model.name.to_string(),
                model.versions.to_string(),
                numbers(&model.live),
                model.newest.map_or_else(dash, |number| number.to_string()),
            ]
        }));
        self.push(PrintedKind::Table, table(&rows));
    }

    pub(super) fn model(&mut self, sheet: &ModelSheet) {
        let texts = self.text.console();
        self.note(sheet.name.as_str());
        if !sheet.description.is_empty() {
            self.note(sheet.description.as_str());
        }
        if !sheet.tags.is_empty() {
            let tags = pairs(&sheet.tags, "=");
            self.note(texts.tags(&tags));
        }
        if sheet.versions.is_empty() {
            return self.note(texts.no_versions(&sheet.name));
        }
        let mut rows = vec![vec![
            texts.col_version.to_owned(),
            texts.col_stage.to_owned(),
            texts.col_aliases.to_owned(),
            texts.col_metrics.to_owned(),
            texts.col_tags.to_owned(),
            texts.col_source.to_owned(),
        ]];
        let row = |version: &VersionLine| {
            vec![
                version.number.to_string(),
                version.stage.to_string(),
                or_dash(version.aliases.join(", ")),
                or_dash(pairs(&version.metrics, " ")),
                or_dash(pairs(&version.tags, "=")),
                or_dash(version.source.clone()),
            ]
        };
        rows.extend(sheet.versions.iter().map(row));
        self.push(PrintedKind::Table, table(&rows));
        if sheet.left_out > 0 {
            self.note(texts.older_versions(&sheet.left_out));
        }
    }

    pub(super) fn history(&mut self, steps: &Steps) {
        let texts = self.text.console();
        if steps.done.is_empty() && steps.undone.is_empty() {
            return self.note(texts.no_steps);
        }
        if steps.left_out > 0 {
            self.note(texts.older_steps(&steps.left_out));
        }
        let mut rows = vec![vec![texts.col_step.to_owned(), texts.col_what.to_owned()]];
        for entry in &steps.done {
            rows.push(vec![entry.step.to_string(), narrate(self.text, entry)]);
        }
        for entry in &steps.undone {
            let what = format!("({}) {}", texts.taken_back, narrate(self.text, entry));
            rows.push(vec![entry.step.to_string(), what]);
        }
        self.push(PrintedKind::Table, table(&rows));
    }
}

fn dash() -> String {
    "–".to_owned()
}

fn or_dash(text: String) -> String {
    if text.is_empty() { dash() } else { text }
}

fn numbers(numbers: &[VersionNumber]) -> String {
    let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    or_dash(numbers.join(", "))
}

fn pairs(pairs: &[(String, String)], between: &str) -> String {
    let pairs: Vec<String> = pairs
        .iter()
        .map(|(key, value)| format!("{key}{between}{value}"))
        .collect();
    pairs.join(", ")
}

/// Rows in columns, each one line. The last column is not filled up.
fn table(rows: &[Vec<String>]) -> String {
    let rows: Vec<Vec<String>> = rows
        .iter()
        .map(|row| row.iter().map(|cell| one_line(cell)).collect())
        .collect();
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let lines: Vec<String> = rows
        .iter()
        .map(|row| {
            let mut line = String::new();
            for (cell, width) in row.iter().zip(&widths) {
                let missing = width.saturating_sub(cell.chars().count()) + 2;
                line.push_str(cell);
                line.push_str(&" ".repeat(missing));
            }
            line.trim_end().to_owned()
        })
        .collect();
    lines.join("\n")
}
