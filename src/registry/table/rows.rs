//! Which versions the table shows, and in which order: quick also for 10,000 of them.

use std::cmp::Ordering;

#[cfg(not(test))]
use crate::browser::lower;
use registry::Alias;
use registry::FreeText;
use registry::MetricName;
use registry::MetricValue;
use registry::ModelVersion;
use registry::RegisteredModel;
use registry::Stage;
use registry::Time;
use registry::VersionNumber;

/// How many metrics have a column.
const COLUMNS: usize = 4;
/// How many of the newest versions are asked for their metrics.
const ASKED: usize = 200;

/// What the rows are sorted by.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum By {
    Version,
    /// The stage, in the order of the board.
    Stage,
    /// The first alias.
    Aliases,
    Metric(MetricName),
    /// The time.
    Created,
    Source,
}

/// The order of the rows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sort {
    pub by: By,
    /// Whether the greatest comes first.
    pub down: bool,
}

/// What a row shows besides the number.
#[derive(Clone, PartialEq, Debug)]
pub struct Row {
    pub stage: Stage,
    pub aliases: Vec<Alias>,
    /// The value of each metric that has a column.
    pub metrics: Vec<Option<MetricValue>>,
    pub created: Time,
    pub source: FreeText,
}

/// The versions that are shown, out of how many.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct TablePage {
    /// The versions, from the first row on.
    pub numbers: Vec<VersionNumber>,
    /// How many versions match the filter.
    pub matched: usize,
    /// How many versions there are.
    pub total: usize,
}

/// What is filtered for: every word must be in one of a version's texts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Filter {
    words: Vec<Word>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
struct Word {
    /// In lower case.
    text: String,
    /// The number whose decimal digits the word is.
    digits: Option<u32>,
    /// The one version that the word means: `v3`.
    exactly: Option<u32>,
}

impl Filter {
    /// Reads what somebody typed.
    pub fn parse(typed: &str) -> Self {
        let word = |word: &str| {
            let text = lower(word);
            Word {
                digits: text.parse().ok(),
                exactly: text
                    .strip_prefix('v')
                    .and_then(|digits| digits.parse().ok()),
                text,
            }
        };
        Self {
            words: typed.split_whitespace().map(word).collect(),
        }
    }

    /// Whether everything matches.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    fn matches(&self, model: &RegisteredModel, version: &ModelVersion) -> bool {
        self.words.iter().all(|word| word.matches(model, version))
    }
}

impl Word {
    fn matches(&self, model: &RegisteredModel, version: &ModelVersion) -> bool {
        let number = version.number().get();
        let has = |text: &str| contains(text, &self.text);
        self.exactly == Some(number)
            || self
                .digits
                .is_some_and(|digits| starts_with(number, digits))
            || has(version.stage().as_str())
            || has(version.source().as_str())
            || has(version.description().as_str())
            || model
                .aliases_of(version.number())
                .any(|alias| has(alias.as_str()))
            || version
                .tags()
                .iter()
                .any(|(key, value)| has(key.as_str()) || has(value.as_str()))
    }
}

/// Whether the decimal digits of a number start with those of another.
const fn starts_with(mut number: u32, digits: u32) -> bool {
    while number > digits {
        number /= 10;
    }
    number == digits && digits > 0
}

/// Whether a text has a word in it, upper and lower case being the same. Plain letters, the usual case, need no copy of
/// the text.
fn contains(text: &str, word: &str) -> bool {
    if word.is_ascii() {
        let is_word = |part: &[u8]| part.eq_ignore_ascii_case(word.as_bytes());
        return text.as_bytes().windows(word.len().max(1)).any(is_word);
    }
    lower(text).contains(word)
}

/// The tests have no browser to ask.
#[cfg(test)]
fn lower(text: &str) -> String {
    text.to_lowercase()
}

/// The metrics that have a column: the first by name that occur in the newest versions.
pub fn columns(model: &RegisteredModel) -> Vec<MetricName> {
    let mut names: Vec<&MetricName> = Vec::new();
    for name in model
        .versions()
        .rev()
        .take(ASKED)
        .flat_map(|version| version.metrics().keys())
    {
        if let Err(place) = names.binary_search(&name) {
            names.insert(place, name);
            names.truncate(COLUMNS);
        }
    }
    names.into_iter().cloned().collect()
}

/// The versions of the first rows of the table.
pub fn page(model: &RegisteredModel, filter: &Filter, sort: &Sort, limit: usize) -> TablePage {
    let total = model.version_count();
    if filter.is_empty() && sort.by == By::Version {
        // The usual table: no version that is not shown is even looked at.
        let all = model.versions().map(ModelVersion::number);
        let numbers = if sort.down {
            all.rev().take(limit).collect()
        } else {
            all.take(limit).collect()
        };
        return TablePage {
            numbers,
            matched: total,
            total,
        };
    }
    let mut found: Vec<(Key, &ModelVersion)> = model
        .versions()
        .filter(|version| filter.matches(model, version))
        .map(|version| (key(&sort.by, model, version), version))
        .collect();
    found.sort_unstable_by(|(left, left_version), (right, right_version)| {
        left.compare(right, sort.down)
            .then_with(|| right_version.number().cmp(&left_version.number()))
    });
    TablePage {
        numbers: found
            .iter()
            .take(limit)
            .map(|(_, version)| version.number())
            .collect(),
        matched: found.len(),
        total,
    }
}

/// What the row of a version shows.
pub fn row(model: &RegisteredModel, columns: &[MetricName], number: VersionNumber) -> Option<Row> {
    let version = model.version(number)?;
    Some(Row {
        stage: version.stage(),
        aliases: model.aliases_of(number).cloned().collect(),
        metrics: columns
            .iter()
            .map(|name| version.metrics().get(name).copied())
            .collect(),
        created: version.created(),
        source: version.source().clone(),
    })
}

/// What a row is sorted by, found once per row.
#[derive(Clone, Copy)]
enum Key<'a> {
    Missing,
    Whole(u64),
    Number(MetricValue),
    Text(&'a str),
}

fn key<'a>(by: &By, model: &'a RegisteredModel, version: &'a ModelVersion) -> Key<'a> {
    match by {
        By::Version => Key::Whole(version.number().get().into()),
        By::Stage => Key::Whole(version.stage().index() as u64),
        By::Created => Key::Whole(version.created().0),
        By::Source => Key::Text(version.source().as_str()),
        By::Aliases => model
            .aliases_of(version.number())
            .next()
            .map_or(Key::Missing, |alias| Key::Text(alias.as_str())),
        By::Metric(name) => version
            .metrics()
            .get(name)
            .map_or(Key::Missing, |value| Key::Number(*value)),
    }
}

impl Key<'_> {
    /// What is missing stands last in either direction.
    fn compare(&self, other: &Self, down: bool) -> Ordering {
        let order = match (self, other) {
            (Self::Missing, Self::Missing) => return Ordering::Equal,
            (Self::Missing, _) => return Ordering::Greater,
            (_, Self::Missing) => return Ordering::Less,
            (Self::Whole(left), Self::Whole(right)) => left.cmp(right),
            (Self::Number(left), Self::Number(right)) => left.cmp(right),
            (Self::Text(left), Self::Text(right)) => left.cmp(right),
            // A column has one kind of key.
            _ => Ordering::Equal,
        };
        if down { order.reverse() } else { order }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use registry::Command;
    use registry::Context;
    use registry::Metrics;
    use registry::ModelName;
    use registry::Registry;
    use registry::RuleSet;
    use registry::TagKey;
    use registry::TagValue;
    use registry::Tags;

    fn registry(versions: u32) -> (Registry, ModelName) {
        let name = ModelName::parse("m").expect("a good name");
        let mut registry = Registry::default();
        let mut act = |at: u64, command: &Command| {
            registry
                .apply(&Context::new(Time(at), RuleSet::Mlflow), command)
                .expect("allowed");
        };
        let text = |text: &str| FreeText::parse(text).expect("short");
        act(
            0,
            &Command::CreateRegisteredModel {
                name: name.clone(),
                description: FreeText::default(),
                tags: Tags::new(),
            },
        );
        for number in 1..=versions {
            let mut metrics = Metrics::new();
            if number % 3 != 0 {
                let recall = MetricName::parse("recall").expect("a good name");
                let value = MetricValue::parse(&(number % 7).to_string()).expect("a number");
                metrics.insert(recall, value);
            }
            let mut tags = Tags::new();
            let value =
                TagValue::parse(if number == 2 { "Größe" } else { "plain" }).expect("short");
            tags.insert(TagKey::parse("team").expect("a good key"), value);
            let command = Command::CreateModelVersion {
                name: name.clone(),
                source: text(&format!("models/file{number}.pkl")),
                description: text(if number == 5 { "Gradient Boosting" } else { "" }),
                tags,
                metrics,
            };
            act(u64::from(number), &command);
        }
        act(
            99,
            &Command::TransitionModelVersionStage {
                name: name.clone(),
                version: VersionNumber::new(3).expect("from 1 up"),
                stage: Stage::Production,
                archive_existing_versions: false,
            },
        );
        act(
            99,
            &Command::SetRegisteredModelAlias {
                name: name.clone(),
                alias: Alias::parse("Champion").expect("a good alias"),
                version: VersionNumber::new(4).expect("from 1 up"),
            },
        );
        (registry, name)
    }

    fn numbers(page: &TablePage) -> Vec<u32> {
        page.numbers.iter().map(|number| number.get()).collect()
    }

    #[test]
    fn words_find_versions_in_any_of_their_texts() {
        let (registry, name) = registry(12);
        let model = registry.model(&name).expect("it is there");
        let check = |typed: &str, expected: &[u32]| {
            let sort = Sort {
                by: By::Version,
                down: false,
            };
            let page = page(model, &Filter::parse(typed), &sort, 50);
            assert_eq!(numbers(&page), expected, "{typed}");
            assert_eq!((page.matched, page.total), (expected.len(), 12));
        };
        check("  ", &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
        check("PRODUCTION", &[3]);
        check("champ", &[4]);
        check("boosting gradient", &[5]);
        check("boosting champion", &[]);
        check("grÖSSe", &[]);
        check("größe", &[2]);
        check("v1", &[1]);
        check("1", &[1, 10, 11, 12]);
        check("0", &[10]);
        check("file7.", &[7]);
        check("nothing like it", &[]);
    }

    #[test]
    fn what_is_missing_stands_last_in_both_directions() {
        let (registry, name) = registry(6);
        let model = registry.model(&name).expect("it is there");
        let recall = MetricName::parse("recall").expect("a good name");
        let check = |by: By, down: bool, expected: &[u32]| {
            let page = page(model, &Filter::parse(""), &Sort { by, down }, 50);
            assert_eq!(numbers(&page), expected);
        };
        check(By::Metric(recall.clone()), true, &[5, 4, 2, 1, 6, 3]);
        check(By::Metric(recall), false, &[1, 2, 4, 5, 6, 3]);
        check(By::Aliases, true, &[4, 6, 5, 3, 2, 1]);
        check(By::Stage, true, &[3, 6, 5, 4, 2, 1]);
        check(By::Created, true, &[6, 5, 4, 3, 2, 1]);
        check(By::Source, false, &[1, 2, 3, 4, 5, 6]);
        check(By::Version, true, &[6, 5, 4, 3, 2, 1]);
    }

    #[test]
    fn a_page_is_cut_off_and_says_how_many_there_are() {
        let (registry, name) = registry(9);
        let model = registry.model(&name).expect("it is there");
        let columns = columns(model);
        assert_eq!(
            columns.iter().map(MetricName::as_str).collect::<Vec<_>>(),
            ["recall"]
        );
        for sort in [
            Sort {
                by: By::Version,
                down: true,
            },
            Sort {
                by: By::Created,
                down: true,
            },
        ] {
            let page = page(model, &Filter::parse(""), &sort, 2);
            assert_eq!(numbers(&page), [9, 8]);
            assert_eq!((page.matched, page.total), (9, 9));
        }
        let number = |number| VersionNumber::new(number).expect("from 1 up");
        let recall = row(model, &columns, number(8))
            .expect("it is there")
            .metrics;
        assert_eq!(recall, [MetricValue::parse("1").ok()]);
        assert_eq!(
            row(model, &columns, number(9)).map(|row| row.metrics),
            Some(vec![None])
        );
        assert_eq!(row(model, &columns, number(10)), None);
    }
}
