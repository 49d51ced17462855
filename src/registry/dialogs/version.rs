//! A version that comes, with its metrics.

use crate::registry::dialogs::form::{Form, field, form_dialog, long_field};
use crate::session::use_language;
use crate::ui::field::Field;
use el::{El, Memo, RwSignal};
use registry::{Command, FreeText, MetricName, MetricValue, Metrics, ModelName, Tags};

pub fn add_version(name: ModelName) -> El {
    let texts = use_language().forms();
    let source = RwSignal::new(String::new());
    let description = RwSignal::new(String::new());
    let metrics = RwSignal::new(String::new());
    let wrong_metrics = Memo::new(move || {
        let line = read_metrics(&metrics.get()).err()?;
        Some(texts.metric_line(&line))
    });
    let metrics_field = Field {
        id: "version-metrics",
        label: texts.metrics,
        hint: texts.metrics_hint,
        value: metrics,
        wrong: wrong_metrics,
        multiline: true,
    };
    let title = texts.add_version_title(&name);
    form_dialog(
        Form {
            title,
            submit: texts.add_version,
            danger: false,
            command: Box::new(move || {
                Some(Command::CreateModelVersion {
                    name: name.clone(),
                    source: FreeText::parse(source.get().trim()).ok()?,
                    description: FreeText::parse(&description.get()).ok()?,
                    tags: Tags::new(),
                    metrics: read_metrics(&metrics.get()).ok()?,
                })
            }),
            then: Box::new(|| {}),
        },
        vec![
            field(
                "version-source",
                (texts.source, texts.source_hint),
                source,
                FreeText::parse,
            )
            .view(true),
            long_field("version-description", texts.description, description).view(false),
            metrics_field.view(false),
        ],
    )
}

/// Metrics, one per line as `name=number`.
///
/// # Errors
/// The number of the first line that is not of that form.
fn read_metrics(text: &str) -> Result<Metrics, usize> {
    let mut metrics = Metrics::new();
    for (index, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let metric = line.split_once(['=', ':']).and_then(|(name, value)| {
            let name = MetricName::parse(name.trim()).ok()?;
            Some((name, MetricValue::parse(value).ok()?))
        });
        let (name, value) = metric.ok_or(index + 1)?;
        metrics.insert(name, value);
    }
    Ok(metrics)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metrics_are_read_line_by_line() {
        let check = |text: &str, expected: Result<usize, usize>| {
            assert_eq!(
                read_metrics(text).map(|metrics| metrics.len()),
                expected,
                "{text:?}"
            );
        };
        check("", Ok(0));
        check("recall=0.91\n\nprecision: 0.4", Ok(2));
        check("recall=0.91\nrubbish", Err(2));
        check("recall=high", Err(1));
        check("=1", Err(1));
        check("recall=inf", Err(1));
    }
}
