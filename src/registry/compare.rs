//! Two versions side by side: what is the same, what differs, and by how much.

use crate::browser;
use crate::registry::version_panel::{choices, picker};
use crate::session::{use_language, use_registry, use_selection};
use crate::ui::icon::stage_name;
use el::{
    El, Memo, RwSignal, code, div, el, h2, p, section, span, table, tbody, td, th, thead, tr,
};
use registry::{
    MetricName, MetricValue, ModelName, ModelVersion, RegisteredModel, Stage, TagKey, VecMap,
    VersionNumber,
};
use text::VersionText;

/// One of the two values of a row.
#[derive(Clone, PartialEq)]
enum Value {
    Missing,
    Stage(Stage),
    Text(String),
    Code(String),
    Number(String),
}

/// A row: what is compared, both values, and their difference in words.
#[derive(Clone, PartialEq)]
struct Row {
    what: String,
    left: Value,
    right: Value,
    difference: String,
    same: bool,
}

/// The two versions that are compared.
type Pair = (VersionNumber, VersionNumber);

/// What was chosen; what was not is filled in by [`pair`].
type Wanted = (Option<VersionNumber>, Option<VersionNumber>);

/// The two to compare: those that were chosen, else the live version (else the newest) and the newest other one.
/// A version whose details are looked at takes the second place, so that any two can be compared.
fn pair(model: &RegisteredModel, wanted: Wanted, selected: Option<VersionNumber>) -> Option<Pair> {
    let there = |number: &VersionNumber| model.version(*number).is_some();
    let left = wanted
        .0
        .filter(there)
        .or_else(|| model.answer(Stage::Production).version())
        .or_else(|| model.newest())?;
    let others = || model.versions().rev().map(ModelVersion::number);
    let right = wanted
        .1
        .filter(there)
        .or_else(|| selected.filter(there).filter(|number| *number != left))
        .or_else(|| others().find(|number| *number != left))?;
    Some((left, right))
}

/// The comparison of two versions of a model.
pub fn compare(name: &ModelName) -> El {
    let (language, store, selection) = (use_language(), use_registry(), use_selection());
    let texts = language.version();
    let wanted = RwSignal::new(Wanted::default());
    let of = name.clone();
    let compared = Memo::new(move || {
        let (wanted, selected) = (wanted.get(), selection.selected.get());
        store.read(|registry| pair(registry.model(&of)?, wanted, selected))
    });
    let left = Memo::new(move || compared.get().map(|pair| pair.0));
    let right = Memo::new(move || compared.get().map(|pair| pair.1));
    let of = name.clone();
    let offered = Memo::new(move || {
        choices(
            store,
            &of,
            &[left.get(), right.get(), selection.selected.get()],
        )
    });
    let of = name.clone();
    let rows = Memo::new(move || {
        let pair = compared.get()?;
        store.read(|registry| rows(texts, language.model().tags, registry.model(&of)?, pair))
    });
    // The other side is held too: it must not jump when one is chosen.
    let choose = move |left: Option<VersionNumber>, right: Option<VersionNumber>| {
        let now = compared.get_untracked();
        wanted.set((
            left.or(now.map(|pair| pair.0)),
            right.or(now.map(|pair| pair.1)),
        ));
    };
    let pickers = div()
        .class("compare-pick")
        .attr("hidden", move || compared.get().is_none())
        .child(picker(
            "compare-left",
            texts.compare_with,
            offered,
            left,
            move |number| {
                choose(Some(number), None);
            },
        ))
        .child(picker(
            "compare-right",
            texts.compare_and,
            offered,
            right,
            move |number| {
                choose(None, Some(number));
            },
        ));
    let content = move || {
        let filled = compared.get().zip(rows.get());
        vec![match filled {
            Some((pair, rows)) => comparison(texts, pair, rows),
            None => p().class("empty").text(texts.nothing_to_compare),
        }]
    };
    section()
        .class("panel compare-panel")
        .attr("aria-labelledby", "compare-title")
        .child(h2().id("compare-title").text(texts.compare_title))
        .child(pickers)
        .dynamic(content)
}

fn comparison(texts: &VersionText, (left, right): Pair, rows: Vec<Row>) -> El {
    let title = |number: VersionNumber| texts.title(&number);
    let column = |name: &str| th().attr("scope", "col").text(name);
    let caption = texts.compare_caption(&left, &right);
    let head = tr()
        .child(column(texts.compare_what))
        .child(column(&title(left)))
        .child(column(&title(right)))
        .child(column(texts.compare_difference));
    let row = |row: Row| {
        let difference = td().class("difference").text(row.difference);
        tr().class(if row.same { "same" } else { "differs" })
            .child(th().attr("scope", "row").text(row.what))
            .child(cell(texts, row.left))
            .child(cell(texts, row.right))
            .child(difference)
    };
    let filled = table()
        .child(el("caption").class("visually-hidden").text(&caption))
        .child(thead().child(head))
        .child(tbody().children(rows.into_iter().map(row)));
    div()
        .class("table-scroll")
        .attr("tabindex", "0")
        .attr("role", "region")
        .attr("aria-label", &caption)
        .child(filled)
}

fn cell(texts: &VersionText, value: Value) -> El {
    match value {
        Value::Missing => td().child(span().class("quiet").text(texts.missing)),
        Value::Stage(stage) => td().child(stage_name(stage)),
        Value::Text(text) => td().text(text),
        Value::Code(text) => td().child(code().text(text)),
        Value::Number(number) => td().class("mono").verbatim().text(number),
    }
}

fn rows(
    texts: &VersionText,
    tags: &str,
    model: &RegisteredModel,
    (left, right): Pair,
) -> Option<Vec<Row>> {
    let sides = Sides {
        texts,
        left: model.version(left)?,
        right: model.version(right)?,
    };
    let mut rows = sides.facts();
    rows.extend(sides.metrics());
    rows.extend(sides.tags(tags));
    let aliases = |number: VersionNumber| {
        let all: Vec<String> = model
            .aliases_of(number)
            .map(|alias| format!("@{alias}"))
            .collect();
        match all.is_empty() {
            true => Value::Missing,
            false => Value::Code(all.join(" ")),
        }
    };
    let (left, right) = (aliases(left), aliases(right));
    rows.push(sides.row(texts.aliases, left == right, left, right, None));
    Some(rows)
}

/// The two versions side by side.
struct Sides<'a> {
    texts: &'a VersionText,
    left: &'a ModelVersion,
    right: &'a ModelVersion,
}

impl Sides<'_> {
    /// A row. Whether the values are the same is asked of the values themselves: on screen they are rounded.
    fn row(
        &self,
        what: &str,
        same: bool,
        left: Value,
        right: Value,
        difference: Option<String>,
    ) -> Row {
        let difference = match (&left, &right) {
            _ if same => self.texts.same.to_owned(),
            (Value::Missing, _) => self.texts.only(&self.right.number()),
            (_, Value::Missing) => self.texts.only(&self.left.number()),
            _ => difference.unwrap_or_else(|| self.texts.differs.to_owned()),
        };
        Row {
            what: what.to_owned(),
            left,
            right,
            difference,
            same,
        }
    }

    fn facts(&self) -> Vec<Row> {
        let (texts, left, right) = (self.texts, self.left, self.right);
        vec![
            self.row(
                texts.stage,
                left.stage() == right.stage(),
                Value::Stage(left.stage()),
                Value::Stage(right.stage()),
                None,
            ),
            self.row(
                texts.created,
                left.created() == right.created(),
                Value::Text(browser::date(left.created())),
                Value::Text(browser::date(right.created())),
                days(texts, left, right),
            ),
            self.row(
                texts.source,
                left.source() == right.source(),
                Value::Code(left.source().to_string()),
                Value::Code(right.source().to_string()),
                None,
            ),
        ]
    }

    fn metrics(&self) -> Vec<Row> {
        let (left, right) = (self.left.metrics(), self.right.metrics());
        let shown = |value: Option<&MetricValue>| {
            value.map_or(Value::Missing, |value| Value::Number(value.to_string()))
        };
        let row = |name: &MetricName| {
            let (left, right) = (left.get(name), right.get(name));
            let change = left
                .zip(right)
                .and_then(|(left, right)| change(*left, *right));
            self.row(
                name.as_str(),
                left == right,
                shown(left),
                shown(right),
                change,
            )
        };
        both(left, right).into_iter().map(row).collect()
    }

    /// The tags that differ, or else how many there are.
    fn tags(&self, title: &str) -> Vec<Row> {
        let (left, right) = (self.left.tags(), self.right.tags());
        let mut differing = both(left, right);
        differing.retain(|key| left.get(*key) != right.get(*key));
        if differing.is_empty() {
            let count = match left.len() {
                0 => Value::Missing,
                count => Value::Number(count.to_string()),
            };
            return vec![self.row(title, true, count.clone(), count, None)];
        }
        let row = |key: &TagKey| {
            let value = |version: &ModelVersion| {
                let value = version.tags().get(key);
                value.map_or(Value::Missing, |value| Value::Text(value.to_string()))
            };
            let what = self.texts.compare_tag(key);
            self.row(&what, false, value(self.left), value(self.right), None)
        };
        differing.into_iter().map(row).collect()
    }
}

/// The keys of two lists, each once: those of the first, then those that only the second has.
fn both<'a, K: Ord, V>(left: &'a VecMap<K, V>, right: &'a VecMap<K, V>) -> Vec<&'a K> {
    let only_right = right.keys().filter(|key| !left.contains_key(*key));
    left.keys().chain(only_right).collect()
}

/// How many days lie between the two; nothing within one day.
fn days(texts: &VersionText, left: &ModelVersion, right: &ModelVersion) -> Option<String> {
    let (left, right) = (left.created().0, right.created().0);
    let days = usize::try_from(left.abs_diff(right) / 86_400_000)
        .ok()
        .filter(|days| *days > 0)?;
    Some(if right > left {
        texts.later(days)
    } else {
        texts.earlier(days)
    })
}

/// The signed difference of two numbers; nothing where it has too many digits to be written.
fn change(left: MetricValue, right: MetricValue) -> Option<String> {
    let difference = right.minus(left)?.to_string();
    Some(match difference.strip_prefix('-') {
        Some(amount) => format!("−{amount}"),
        None => format!("+{difference}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use registry::Command;
    use registry::Context;
    use registry::FreeText;
    use registry::Metrics;
    use registry::Registry;
    use registry::RuleSet;
    use registry::Tags;
    use registry::Time;

    #[test]
    fn a_difference_has_a_sign() {
        let value = |text: &str| MetricValue::parse(text).expect("a number");
        let check = |left: &str, right: &str, expected: &str| {
            assert_eq!(
                change(value(left), value(right)).as_deref(),
                Some(expected),
                "{left} {right}"
            );
        };
        check("0.86", "0.91", "+0.05");
        check("0.9412", "0.9411", "−0.0001");
        check("28", "9", "−19");
        check("0", "2.5", "+2.5");
    }

    fn model(versions: u32) -> (Registry, ModelName) {
        let name = ModelName::parse("m").expect("a good name");
        let mut registry = Registry::default();
        let context = Context::new(Time(0), RuleSet::Mlflow);
        let mut commands = vec![Command::CreateRegisteredModel {
            name: name.clone(),
            description: FreeText::default(),
            tags: Tags::new(),
        }];
        commands.extend((0..versions).map(|_| Command::CreateModelVersion {
            name: name.clone(),
            source: FreeText::default(),
            description: FreeText::default(),
            tags: Tags::new(),
            metrics: Metrics::new(),
        }));
        for command in commands {
            registry.apply(&context, &command).expect("allowed");
        }
        (registry, name)
    }

    #[test]
    fn the_live_version_is_compared_with_the_newest_other_one() {
        let number = |number| VersionNumber::new(number).expect("from 1 up");
        let (mut registry, name) = model(3);
        let check =
            |registry: &Registry, wanted: Wanted, selected, expected: Option<(u32, u32)>| {
                let model = registry.model(&name).expect("it is there");
                let expected = expected.map(|(left, right)| (number(left), number(right)));
                assert_eq!(pair(model, wanted, selected), expected);
            };
        check(&registry, (None, None), None, Some((3, 2)));
        let promote = Command::TransitionModelVersionStage {
            name: name.clone(),
            version: number(2),
            stage: Stage::Production,
            archive_existing_versions: false,
        };
        registry
            .apply(&Context::new(Time(1), RuleSet::Mlflow), &promote)
            .expect("MLflow allows it");
        check(&registry, (None, None), None, Some((2, 3)));
        check(&registry, (None, None), Some(number(1)), Some((2, 1)));
        check(&registry, (None, None), Some(number(2)), Some((2, 3)));
        check(
            &registry,
            (Some(number(9)), Some(number(2))),
            None,
            Some((2, 2)),
        );
        let (single, _) = model(1);
        check(&single, (None, None), None, None);
    }
}
