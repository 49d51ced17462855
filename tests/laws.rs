//! What holds of every history, tried on generated ones.
//!
//! The histories are the same at every run; `PROPTEST_RNG_SEED=n` makes others and `PROPTEST_CASES=n` makes more.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "the helpers are shared; a test stops where it is surprised"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use model_stages::registry::call::{Call, Layer, Question, Request, VersionArgument};
use model_stages::registry::history::Travel;
use model_stages::registry::id::WrittenVersion;
use model_stages::registry::query::Answer;
use model_stages::registry::uri::ModelUri;
use model_stages::registry::{
    Action, Actor, Alias, Command, Context, Event, FreeText, Log, MetricName, MetricValue, Metrics,
    ModelName, ModelVersion, Record, Refusal, RefusalKind, RegisteredModel, Registry, Replacement,
    RuleSet, Stage, TagKey, TagValue, Tags, Time, VersionNumber,
};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::strategy::ValueTree;
use proptest::test_runner::{RngSeed, TestRunner};

#[path = "common/make.rs"]
mod make;

use make::{create_model, create_version, model, move_to, set_alias, text, version};

fn config() -> ProptestConfig {
    let config = ProptestConfig::default();
    ProptestConfig {
        rng_seed: match config.rng_seed {
            RngSeed::Random => RngSeed::Fixed(2_027),
            seed @ RngSeed::Fixed(_) => seed,
        },
        cases: config.cases * 4,
        failure_persistence: None,
        ..config
    }
}

/// A step of a generated history.
#[derive(Clone, Debug)]
enum Step {
    Do {
        rules: RuleSet,
        actor: Actor,
        command: Command,
    },
    Undo,
    Redo,
    Restore(Index),
}

fn names() -> impl Strategy<Value = ModelName> {
    prop_oneof![6 => Just(model("a")), 2 => Just(model("b")), 1 => Just(model("c d"))]
}

fn versions() -> impl Strategy<Value = VersionNumber> {
    (1..=6_u32).prop_map(version)
}

fn keys() -> impl Strategy<Value = TagKey> {
    select(vec!["owner", "a/b"]).prop_map(|key| TagKey::parse(key).unwrap())
}

fn values() -> impl Strategy<Value = TagValue> {
    select(vec!["", "alice", "\"\u{1}é😀\\"]).prop_map(|value| TagValue::parse(value).unwrap())
}

fn texts() -> impl Strategy<Value = FreeText> {
    select(vec!["", "s3://models/1", "two\nlines"]).prop_map(text)
}

fn aliases() -> impl Strategy<Value = Alias> {
    select(vec!["champion", "challenger", "1", "latest", "v2"])
        .prop_map(|alias| Alias::parse(alias).unwrap())
}

fn tags() -> impl Strategy<Value = Tags> {
    prop::collection::vec((keys(), values()), 0..3).prop_map(|tags| tags.into_iter().collect())
}

fn metric_names() -> impl Strategy<Value = MetricName> {
    select(vec!["recall", "f1"]).prop_map(|name| MetricName::parse(name).unwrap())
}

fn metric_values() -> impl Strategy<Value = MetricValue> {
    (any::<i32>(), 0..=9)
        .prop_map(|(digits, places)| MetricValue::parse(&format!("{digits}e-{places}")).unwrap())
}

fn metrics() -> impl Strategy<Value = Metrics> {
    prop::collection::vec((metric_names(), metric_values()), 0..3)
        .prop_map(|metrics| metrics.into_iter().collect())
}

/// A registry with two live versions, as only MLflow's own rules make one.
fn two_live() -> Registry {
    make::registry(&[
        create_model("a"),
        create_version("a"),
        create_version("a"),
        move_to("a", 1, Stage::Production),
        move_to("a", 2, Stage::Production),
        set_alias("a", "champion", 2),
    ])
}

/// What only goes through where a team agrees to it: everything but the import of somebody else's registry.
fn team_commands() -> impl Strategy<Value = Command> {
    prop_oneof![
        3 => (names(), texts(), tags())
            .prop_map(|(name, description, tags)| Command::CreateRegisteredModel { name, description, tags }),
        1 => (names(), names()).prop_map(|(name, new_name)| Command::RenameRegisteredModel { name, new_name }),
        1 => (names(), texts()).prop_map(|(name, description)| Command::UpdateRegisteredModel { name, description }),
        1 => names().prop_map(|name| Command::DeleteRegisteredModel { name }),
        1 => (names(), keys(), values())
            .prop_map(|(name, key, value)| Command::SetRegisteredModelTag { name, key, value }),
        1 => (names(), keys()).prop_map(|(name, key)| Command::DeleteRegisteredModelTag { name, key }),
        3 => (names(), aliases(), versions())
            .prop_map(|(name, alias, version)| Command::SetRegisteredModelAlias { name, alias, version }),
        1 => (names(), aliases()).prop_map(|(name, alias)| Command::DeleteRegisteredModelAlias { name, alias }),
        8 => (names(), texts(), texts(), tags(), metrics()).prop_map(|(name, source, description, tags, metrics)| {
            Command::CreateModelVersion { name, source, description, tags, metrics }
        }),
        1 => (names(), versions(), names())
            .prop_map(|(name, version, dst_name)| Command::CopyModelVersion { name, version, dst_name }),
        1 => (names(), versions(), texts())
            .prop_map(|(name, version, description)| Command::UpdateModelVersion { name, version, description }),
        1 => (names(), versions(), keys(), values())
            .prop_map(|(name, version, key, value)| Command::SetModelVersionTag { name, version, key, value }),
        1 => (names(), versions(), keys())
            .prop_map(|(name, version, key)| Command::DeleteModelVersionTag { name, version, key }),
        1 => (names(), versions(), metric_names(), metric_values())
            .prop_map(|(name, version, key, value)| Command::LogMetric { name, version, key, value }),
        3 => (names(), versions()).prop_map(|(name, version)| Command::DeleteModelVersion { name, version }),
        16 => (names(), versions(), select(Stage::ALL.to_vec()), any::<bool>()).prop_map(
            |(name, version, stage, archive_existing_versions)| Command::TransitionModelVersionStage {
                name,
                version,
                stage,
                archive_existing_versions,
            }
        ),
    ]
}

fn commands() -> impl Strategy<Value = Command> {
    prop_oneof![
        40 => team_commands(),
        1 => Just(Command::ReplaceRegistry { with: Registry::default().into(), why: Replacement::Emptied }),
        1 => Just(Command::ReplaceRegistry { with: two_live().into(), why: Replacement::Sample }),
        1 => Just(Command::ReplaceRegistry { with: two_live().into(), why: Replacement::TakenIn }),
    ]
}

fn doings(
    command: impl Strategy<Value = Command>,
    rules: Vec<RuleSet>,
) -> impl Strategy<Value = Step> {
    let actors = prop_oneof![9 => Just(Actor::You), 1 => Just(Actor::Colleague(text("Ada")))];
    (select(rules), actors, command).prop_map(|(rules, actor, command)| Step::Do {
        rules,
        actor,
        command,
    })
}

/// Most histories start with something to work on.
fn starts() -> impl Strategy<Value = Vec<Step>> {
    let by_you = |command| Step::Do {
        rules: RuleSet::Guided,
        actor: Actor::You,
        command,
    };
    let mut start = vec![create_model("a")];
    start.extend((0..4).map(|_| create_version("a")));
    start.extend([
        move_to("a", 1, Stage::Staging),
        move_to("a", 1, Stage::Production),
        move_to("a", 2, Stage::Staging),
    ]);
    let start: Vec<Step> = start.into_iter().map(by_you).collect();
    prop_oneof![1 => Just(vec![]), 4 => Just(start)]
}

fn histories(step: impl Strategy<Value = Step>) -> impl Strategy<Value = Vec<Step>> {
    (starts(), prop::collection::vec(step, 0..40)).prop_map(|(start, rest)| [start, rest].concat())
}

/// Everything that can happen.
fn any_history() -> impl Strategy<Value = Vec<Step>> {
    histories(prop_oneof![
        20 => doings(commands(), RuleSet::ALL.to_vec()),
        3 => Just(Step::Undo),
        2 => Just(Step::Redo),
        1 => any::<Index>().prop_map(Step::Restore),
    ])
}

/// Without undo, redo and restore.
fn forward_history() -> impl Strategy<Value = Vec<Step>> {
    histories(doings(commands(), RuleSet::ALL.to_vec()))
}

/// Under the team's rules alone.
fn guided_history() -> impl Strategy<Value = Vec<Step>> {
    histories(prop_oneof![
        20 => doings(team_commands(), vec![RuleSet::Guided]),
        2 => Just(Step::Undo),
        1 => Just(Step::Redo),
        1 => any::<Index>().prop_map(Step::Restore),
    ])
}

fn context(moment: u64, rules: RuleSet, actor: &Actor) -> Context {
    Context {
        actor: actor.clone(),
        comment: text("why not"),
        ..Context::new(Time(moment), rules)
    }
}

/// Takes a step, at a moment.
fn take(log: &mut Log, moment: u64, step: &Step) -> Result<Record, Refusal> {
    match step {
        Step::Do {
            rules,
            actor,
            command,
        } => log.act(&context(moment, *rules, actor), command),
        Step::Undo => log.undo(),
        Step::Redo => log.redo(),
        Step::Restore(index) => {
            let to = index.index(usize::try_from(log.step()).unwrap() + 1);
            log.restore(&context(moment, RuleSet::Guided, &Actor::You), to as u64)
        }
    }
}

/// Takes all the steps that are accepted, and looks at the log after each.
fn walk(steps: &[Step], mut look: impl FnMut(&Log, &Record)) -> Log {
    let mut log = Log::default();
    for (moment, step) in (1..).zip(steps) {
        if let Ok(record) = take(&mut log, moment, step) {
            look(&log, &record);
        }
    }
    log
}

/// A registry as plain data, without indexes and times.
type Plain = BTreeMap<String, PlainModel>;

#[derive(Clone, PartialEq, Debug, Default)]
struct PlainModel {
    created: u64,
    updated: u64,
    description: String,
    tags: BTreeMap<String, String>,
    aliases: BTreeMap<String, u32>,
    versions: BTreeMap<u32, PlainVersion>,
    last: Option<u32>,
}

#[derive(Clone, PartialEq, Debug)]
struct PlainVersion {
    stage: Stage,
    has_been_live: bool,
    created: u64,
    source: String,
    storage: String,
    description: String,
    tags: BTreeMap<String, String>,
    metrics: BTreeMap<String, String>,
}

fn plain_tags(tags: &Tags) -> BTreeMap<String, String> {
    tags.iter()
        .map(|(key, value)| (key.to_string(), value.to_string()))
        .collect()
}

fn plain_version(version: &ModelVersion) -> PlainVersion {
    PlainVersion {
        stage: version.stage(),
        has_been_live: version.has_been_live(),
        created: version.created().0,
        source: version.source().to_string(),
        storage: version.storage().to_string(),
        description: version.description().to_string(),
        tags: plain_tags(version.tags()),
        metrics: version
            .metrics()
            .iter()
            .map(|(key, value)| (key.to_string(), value.to_string()))
            .collect(),
    }
}

fn plain_model(model: &RegisteredModel) -> PlainModel {
    PlainModel {
        created: model.created().0,
        updated: model.updated().0,
        description: model.description().to_string(),
        tags: plain_tags(model.tags()),
        aliases: model
            .aliases()
            .iter()
            .map(|(alias, to)| (alias.to_string(), to.get()))
            .collect(),
        versions: model
            .versions()
            .map(|version| (version.number().get(), plain_version(version)))
            .collect(),
        last: model.last_number().map(VersionNumber::get),
    }
}

fn plain(registry: &Registry) -> Plain {
    registry
        .models()
        .map(|model| (model.name().to_string(), plain_model(model)))
        .collect()
}

fn put<T>(map: &mut BTreeMap<String, T>, key: &str, value: Option<T>) {
    match value {
        Some(value) => map.insert(key.to_owned(), value),
        None => map.remove(key),
    };
}

/// Carries an event into plain data. What the event says was before must be what is there.
fn fold(models: &mut Plain, event: &Event) {
    fn at<'a>(models: &'a mut Plain, name: &ModelName) -> &'a mut PlainModel {
        models.get_mut(name.as_str()).unwrap()
    }
    fn version_at<'a>(
        models: &'a mut Plain,
        name: &ModelName,
        version: VersionNumber,
    ) -> &'a mut PlainVersion {
        at(models, name).versions.get_mut(&version.get()).unwrap()
    }
    fn change<T: PartialEq + std::fmt::Debug>(place: &mut T, before: T, after: T) {
        assert_eq!(*place, before);
        *place = after;
    }
    match event {
        Event::ModelCreated { model } => {
            let before = models.insert(model.name().to_string(), plain_model(model));
            assert_eq!(before, None);
        }
        Event::ModelDeleted { model } => {
            assert_eq!(
                models.remove(model.name().as_str()),
                Some(plain_model(model))
            );
        }
        Event::ModelRenamed { name, .. } => {
            let model = models.remove(name.before.as_str()).unwrap();
            assert_eq!(models.insert(name.after.to_string(), model), None);
        }
        Event::ModelTouched { name, updated } => {
            change(
                &mut at(models, name).updated,
                updated.before.0,
                updated.after.0,
            );
        }
        Event::ModelDescribed { name, description } => change(
            &mut at(models, name).description,
            description.before.to_string(),
            description.after.to_string(),
        ),
        Event::ModelTagged { name, key, value } => {
            let tags = &mut at(models, name).tags;
            assert_eq!(
                tags.get(key.as_str()).cloned(),
                value.before.clone().map(String::from)
            );
            put(tags, key.as_str(), value.after.clone().map(String::from));
        }
        Event::AliasPointed {
            name,
            alias,
            version,
        } => {
            let aliases = &mut at(models, name).aliases;
            assert_eq!(
                aliases.get(alias.as_str()).copied(),
                version.before.map(VersionNumber::get)
            );
            put(
                aliases,
                alias.as_str(),
                version.after.map(VersionNumber::get),
            );
        }
        Event::NumberGiven { name, last } => change(
            &mut at(models, name).last,
            last.before.map(VersionNumber::get),
            last.after.map(VersionNumber::get),
        ),
        Event::VersionCreated { name, version } => {
            let versions = &mut at(models, name).versions;
            assert_eq!(
                versions.insert(version.number().get(), plain_version(version)),
                None
            );
        }
        Event::VersionDeleted { name, version } => {
            let before = at(models, name).versions.remove(&version.number().get());
            assert_eq!(before, Some(plain_version(version)));
        }
        Event::StageChanged {
            name,
            version,
            stage,
            has_been_live,
        } => {
            let version = version_at(models, name, *version);
            change(&mut version.stage, stage.before, stage.after);
            change(
                &mut version.has_been_live,
                has_been_live.before,
                has_been_live.after,
            );
        }
        Event::VersionTouched { name, version, .. } => {
            // Its time is the registry's own business; it must be there.
            version_at(models, name, *version);
        }
        Event::VersionDescribed {
            name,
            version,
            description,
        } => change(
            &mut version_at(models, name, *version).description,
            description.before.to_string(),
            description.after.to_string(),
        ),
        Event::VersionTagged {
            name,
            version,
            key,
            value,
        } => {
            let tags = &mut version_at(models, name, *version).tags;
            assert_eq!(
                tags.get(key.as_str()).cloned(),
                value.before.clone().map(String::from)
            );
            put(tags, key.as_str(), value.after.clone().map(String::from));
        }
        Event::MetricLogged {
            name,
            version,
            key,
            value,
        } => {
            let metrics = &mut version_at(models, name, *version).metrics;
            assert_eq!(
                metrics.get(key.as_str()).cloned(),
                value.before.map(|value| value.to_string())
            );
            put(
                metrics,
                key.as_str(),
                value.after.map(|value| value.to_string()),
            );
        }
        Event::Replaced { registry } => {
            assert_eq!(*models, plain(&registry.before));
            *models = plain(&registry.after);
        }
    }
}

/// What the indexes say is what a look at every version says.
fn check_indexes(registry: &Registry) {
    for model in registry.models() {
        for stage in Stage::ALL {
            let there: BTreeSet<VersionNumber> = model
                .versions()
                .filter(|version| version.stage() == stage)
                .map(ModelVersion::number)
                .collect();
            assert_eq!(*model.in_stage(stage), there, "{stage}");
            assert_eq!(model.newest_in(stage), there.last().copied(), "{stage}");
            let answer = match (there.last(), there.len()) {
                (None, _) => Answer::Nothing,
                (Some(only), 1) => Answer::One(*only),
                (Some(answers), of) => Answer::Highest {
                    answers: *answers,
                    of,
                },
            };
            assert_eq!(model.answer(stage), answer, "{stage}");
        }
        for number in (1..=40).map(version) {
            let pointing: Vec<&Alias> = model
                .aliases()
                .iter()
                .filter(|(_, to)| **to == number)
                .map(|(alias, _)| alias)
                .collect();
            assert_eq!(
                model.aliases_of(number).collect::<Vec<_>>(),
                pointing,
                "{number}"
            );
            assert_eq!(
                model.version(number).is_some(),
                model.version_updated(number).is_some()
            );
        }
        let numbers: Vec<VersionNumber> = model.versions().map(ModelVersion::number).collect();
        assert!(numbers.is_sorted());
        assert_eq!(model.version_count(), numbers.len());
        assert_eq!(model.newest(), numbers.last().copied());
        assert!(model.newest() <= model.last_number());
        assert!(
            model.aliases().values().all(|to| numbers.contains(to)),
            "an alias points nowhere"
        );
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn replaying_the_records_gives_the_same_log(steps in any_history()) {
        let mut records = Vec::new();
        let log = walk(&steps, |_, record| records.push(record.clone()));
        let mut again = Log::default();
        for record in &records {
            again.replay(record).unwrap();
        }
        prop_assert_eq!(again, log);
    }

    #[test]
    fn replaying_from_a_later_start_gives_the_same_registry(steps in any_history(), cut in any::<Index>()) {
        // As the journal does it: a snapshot, and the steps after it.
        let mut log = Log::default();
        let cut = cut.index(steps.len() + 1);
        for (moment, step) in (1..).zip(&steps[..cut]) {
            let _ = take(&mut log, moment, step);
        }
        let mut later = Log::new(log.registry().clone(), log.step());
        let mut live = later.clone();
        for (moment, step) in (100..).zip(&steps[cut..]) {
            // What was folded away cannot be restored, undone or redone.
            if let Ok(record) = take(&mut live, moment, step) {
                later.replay(&record).unwrap();
            }
        }
        prop_assert_eq!(later, live);
    }

    #[test]
    fn folding_the_events_from_the_start_gives_the_state(steps in any_history()) {
        let log = walk(&steps, |_, _| {});
        let mut models = Plain::new();
        for entry in log.done() {
            for event in &entry.events {
                fold(&mut models, event);
            }
        }
        prop_assert_eq!(models, plain(log.registry()));
    }

    #[test]
    fn undo_takes_back_and_redo_brings_back(steps in any_history()) {
        walk(&steps, |log, _| {
            let mut moved = log.clone();
            if let Ok(entry) = log.can_undo() {
                let before = log.as_of(entry.step - 1).unwrap();
                assert_eq!(moved.undo(), Ok(Record::Travel { travel: Travel::Undo }));
                assert_eq!(*moved.registry(), before);
                assert_eq!(moved.step(), log.step() - 1);
                assert_eq!(moved.undone().first(), log.done().last());
                moved.redo().unwrap();
                assert_eq!(moved, *log, "redo brings everything back");
            } else {
                assert!(moved.undo().is_err());
                assert_eq!(moved, *log);
            }
        });
    }

    #[test]
    fn all_of_a_history_can_be_taken_back_and_brought_back(steps in any_history()) {
        let log = walk(&steps, |_, _| {});
        let mut moved = log.clone();
        let mut taken_back = 0;
        while moved.undo().is_ok() {
            taken_back += 1;
        }
        let yours = log.done().iter().rev().take_while(|entry| entry.context.actor.is_you());
        prop_assert_eq!(taken_back, yours.count());
        for _ in 0..taken_back {
            moved.redo().unwrap();
        }
        prop_assert_eq!(moved, log);
    }

    #[test]
    fn every_earlier_step_can_be_looked_at_and_restored(steps in any_history()) {
        let mut states = vec![Registry::default()];
        let log = walk(&steps, |log, _| {
            states.truncate(usize::try_from(log.step()).unwrap());
            // After an undo the state was seen before; after anything else it is new.
            if states.len() == usize::try_from(log.step()).unwrap() {
                states.push(log.registry().clone());
            }
        });
        prop_assert_eq!(states.len() as u64, log.step() + 1);
        for (step, state) in (0..).zip(&states) {
            prop_assert_eq!(&log.as_of(step).unwrap(), state, "as of step {}", step);
            let mut restored = log.clone();
            restored.restore(&context(99, RuleSet::Guided, &Actor::You), step).unwrap();
            prop_assert_eq!(restored.registry(), state);
            prop_assert_eq!(restored.step(), log.step() + 1);
            prop_assert_eq!(&restored.done()[..log.done().len()], log.done());
        }
        prop_assert!(log.as_of(log.step() + 1).is_err());
    }

    #[test]
    fn what_is_refused_changes_nothing(steps in any_history()) {
        let mut log = Log::default();
        for (moment, step) in (1..).zip(&steps) {
            let before = log.clone();
            if take(&mut log, moment, step).is_err() {
                prop_assert_eq!(&log, &before, "{:?}", step);
            }
        }
    }

    #[test]
    fn deciding_and_applying_are_one(steps in any_history(), command in commands(), rules in select(RuleSet::ALL.to_vec())) {
        let log = walk(&steps, |_, _| {});
        let context = context(99, rules, &Actor::You);
        let decided = log.registry().decide(rules, Time(99), &command);
        let mut after = log.registry().clone();
        prop_assert_eq!(after.apply(&context, &command), decided);
    }

    #[test]
    fn version_numbers_never_come_back(steps in forward_history()) {
        // The highest number of each model that lives, whatever its name is now.
        let mut last: BTreeMap<String, Option<u32>> = BTreeMap::new();
        let log = walk(&steps, |_, _| {});
        for event in log.done().iter().flat_map(|entry| &entry.events) {
            match event {
                Event::ModelCreated { model } => {
                    last.insert(model.name().to_string(), None);
                }
                Event::ModelRenamed { name, .. } => {
                    let number = last.remove(name.before.as_str()).unwrap();
                    last.insert(name.after.to_string(), number);
                }
                Event::VersionCreated { name, version } => {
                    let number = Some(version.number().get());
                    let before = last.insert(name.to_string(), number).unwrap();
                    prop_assert!(number > before, "{:?} after {:?}", number, before);
                    prop_assert_eq!(number, Some(before.unwrap_or_default() + 1), "no gap either");
                }
                Event::Replaced { registry } => {
                    let last_of = |model: &RegisteredModel| model.last_number().map(VersionNumber::get);
                    last = registry.after.models().map(|model| (model.name().to_string(), last_of(model))).collect();
                }
                _ => {}
            }
        }
    }

    #[test]
    fn a_guided_history_never_has_two_live_versions(steps in guided_history()) {
        walk(&steps, |log, _| {
            for model in log.registry().models() {
                assert!(model.in_stage(Stage::Production).len() <= 1, "{}", model.name());
            }
        });
    }

    #[test]
    fn what_is_live_has_been_live(steps in any_history()) {
        walk(&steps, |log, _| {
            for version in log.registry().models().flat_map(RegisteredModel::versions) {
                assert!(version.has_been_live() || version.stage() != Stage::Production);
            }
        });
    }

    #[test]
    fn the_indexes_are_true(steps in any_history()) {
        walk(&steps, |log, _| check_indexes(log.registry()));
    }

    #[test]
    fn the_preview_is_what_happens(steps in any_history(), command in commands(), rules in select(RuleSet::ALL.to_vec())) {
        let before = walk(&steps, |_, _| {}).registry().clone();
        let context = context(99, rules, &Actor::You);
        let mut after = before.clone();
        let applied = after.apply(&context, &command);
        match before.preview(&context, &command) {
            Err(refusal) => prop_assert_eq!(Err(refusal), applied),
            Ok(preview) => {
                prop_assert_eq!(Ok(preview.events.clone()), applied);
                // A renamed model goes on answering under its new name.
                let name_before = command.model();
                let name_after = match &command {
                    Command::RenameRegisteredModel { new_name, .. } => Some(new_name),
                    other => other.model(),
                };
                let live = |registry: &Registry, name: Option<&ModelName>| {
                    name.map_or(Answer::Nothing, |name| registry.live(name))
                };
                prop_assert_eq!(preview.live_before, live(&before, name_before));
                prop_assert_eq!(preview.live_after, live(&after, name_after));
                let moved = match &command {
                    Command::TransitionModelVersionStage { version, .. } => Some(*version),
                    _ => None,
                };
                let stage = |registry: &Registry, number| {
                    let model = registry.model(name_before?)?;
                    Some(model.version(number)?.stage())
                };
                let archived: Vec<VersionNumber> = (1..=40)
                    .map(version)
                    .filter(|number| Some(*number) != moved)
                    .filter(|number| {
                        stage(&after, *number) == Some(Stage::Archived)
                            && stage(&before, *number).is_some_and(|stage| stage != Stage::Archived)
                    })
                    .collect();
                prop_assert_eq!(preview.archived, archived);
            }
        }
    }

    #[test]
    fn json_gives_back_what_was_written(steps in any_history(), command in commands()) {
        let mut records = Vec::new();
        let log = walk(&steps, |_, record| records.push(record.clone()));
        let registry = log.registry();
        let text = serde_json::to_string(registry).unwrap();
        let read: Registry = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(&read, registry);
        check_indexes(&read);
        prop_assert_eq!(serde_json::to_string(&read).unwrap(), text);
        let text = serde_json::to_string(&command).unwrap();
        prop_assert_eq!(serde_json::from_str::<Command>(&text).unwrap(), command);
        for record in records {
            let text = serde_json::to_string(&record).unwrap();
            prop_assert_eq!(serde_json::from_str::<Record>(&text).unwrap(), record, "{}", text);
        }
    }

    #[test]
    fn damaged_json_is_refused_or_sound(steps in any_history(), place in any::<Index>(), with in "[ -~é]{0,3}") {
        let log = walk(&steps, |_, _| {});
        let text = serde_json::to_string(log.registry()).unwrap();
        let mut letters: Vec<char> = text.chars().collect();
        let place = place.index(letters.len());
        letters.splice(place..=place, with.chars());
        let damaged: String = letters.into_iter().collect();
        if let Ok(registry) = serde_json::from_str::<Registry>(&damaged) {
            check_indexes(&registry);
        }
        let _ = serde_json::from_str::<Record>(&damaged);
        let _ = serde_json::from_str::<Command>(&damaged);
    }

    #[test]
    fn no_text_breaks_a_parser(text in any_text()) {
        // What is accepted stays as it was written.
        if let Ok(name) = ModelName::parse(&text) {
            prop_assert_eq!(name.as_str(), &text);
        }
        if let Ok(alias) = Alias::parse(&text) {
            prop_assert_eq!(alias.as_str(), &text);
            let _ = alias.check_not_reserved();
        }
        if let Ok(key) = TagKey::parse(&text) {
            prop_assert_eq!(key.as_str(), &text);
        }
        if let Ok(stage) = Stage::parse(&text) {
            prop_assert!(stage.as_str().eq_ignore_ascii_case(&text));
        }
        if let Ok(written) = WrittenVersion::parse(&text) {
            prop_assert_eq!(WrittenVersion::parse(written.as_str()), Ok(written.clone()));
            let _ = written.number();
        }
        let _ = ModelUri::parse(&text);
        let _ = MetricValue::parse(&text);
        let _ = two_live().resolve(&text);
        let _ = serde_json::from_str::<Registry>(&text);
        // Every refusal can be printed.
        for refusal in [ModelName::parse(&text).err(), TagKey::parse(&text).err(), ModelUri::parse(&text).err()] {
            prop_assert!(refusal.is_none_or(|refusal| !refusal.to_string().is_empty()));
        }
    }

    #[test]
    fn no_call_breaks_the_reader(call in any_call(), rules in select(RuleSet::ALL.to_vec())) {
        for layer in [Layer::Client, Layer::Store] {
            let mut registry = two_live();
            match call.read(&registry, layer) {
                Ok(Request::Command(command)) => {
                    let _ = registry.apply(&Context::new(Time(9), rules), &command);
                }
                Ok(Request::Query(_)) => {}
                Err(refusal) => prop_assert!(!refusal.to_string().is_empty()),
            }
            check_indexes(&registry);
        }
    }
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[-+_0-9a-z/:@.?#\\[ \\t\\n{}\"\\\\é٣½]{0,24}",
        "(models|MODELS|m|)(:|)(/|//|)[a@/:.0-9 ]{0,12}",
        "[-+ _.0-9eE]{0,30}",
        select(vec![
            "a",
            "1",
            "2",
            "Production",
            "staging",
            "champion",
            "owner",
            "models:/a/1",
            "models:/a@champion",
            ""
        ])
        .prop_map(str::to_owned),
    ]
}

fn any_call() -> impl Strategy<Value = Call> {
    let versions = prop_oneof![
        1 => Just(VersionArgument::Missing),
        1 => Just(VersionArgument::Zero),
        4 => any_text().prop_map(VersionArgument::Given),
    ];
    let texts = (
        any_text(),
        any_text(),
        any_text(),
        any::<bool>(),
        versions,
        prop::collection::vec(any_text(), 0..3),
    );
    (0..21, texts).prop_map(
        |(which, (name, one, two, flag, version, stages))| match which {
            0 => Call::CreateRegisteredModel {
                name,
                tags: vec![(one, two)],
                description: String::new(),
            },
            1 => Call::RenameRegisteredModel {
                name,
                new_name: one,
            },
            2 => Call::UpdateRegisteredModel {
                name,
                description: one,
            },
            3 => Call::DeleteRegisteredModel { name },
            4 => Call::SetRegisteredModelTag {
                name,
                key: one,
                value: two,
            },
            5 => Call::DeleteRegisteredModelTag { name, key: one },
            6 => Call::SetRegisteredModelAlias {
                name,
                alias: one,
                version: two,
            },
            7 => Call::DeleteRegisteredModelAlias { name, alias: one },
            8 => Call::CreateModelVersion {
                name,
                source: one.clone(),
                tags: vec![(one, two)],
                description: String::new(),
                metrics: vec![],
            },
            9 => Call::CopyModelVersion {
                src_model_uri: name,
                dst_name: one,
            },
            10 => Call::UpdateModelVersion {
                name,
                version: one,
                description: two,
            },
            11 => Call::DeleteModelVersion { name, version: one },
            12 => Call::SetModelVersionTag {
                name,
                version,
                key: one,
                value: two,
            },
            13 => Call::DeleteModelVersionTag {
                name,
                version,
                key: one,
            },
            14 => Call::Ask(Question::GetRegisteredModel { name }),
            15 => Call::Ask(Question::GetModelVersionByAlias { name, alias: one }),
            16 => Call::Ask(Question::GetModelVersion { name, version: one }),
            17 => Call::Ask(Question::GetLatestVersions { name, stages }),
            18 => Call::Ask(Question::ResolveUri { uri: name }),
            19 => Call::LogMetric {
                name,
                version: one.clone(),
                key: one,
                value: two,
            },
            _ => Call::TransitionModelVersionStage {
                name,
                version: one,
                stage: two,
                archive_existing_versions: flag,
            },
        },
    )
}

/// The laws would say little if the histories did little.
#[test]
fn the_generated_histories_do_everything() {
    let mut runner = TestRunner::new(config());
    let strategy = any_history();
    let mut seen = BTreeSet::new();
    for _ in 0..1_000 {
        let steps = strategy.new_tree(&mut runner).unwrap().current();
        let mut log = Log::default();
        for (moment, step) in (1..).zip(&steps) {
            match take(&mut log, moment, step) {
                Ok(Record::Travel { travel }) => seen.insert(format!("{travel:?}")),
                Ok(Record::Step {
                    action: Action::Restore { .. },
                    ..
                }) => seen.insert("Restore".to_owned()),
                Ok(Record::Step { .. }) => false,
                Err(Refusal {
                    kind: RefusalKind::Team(team),
                    ..
                }) => seen.insert(format!("{:?}", team.rule)),
                Err(Refusal { kind, .. }) => {
                    seen.insert(format!("{kind:?}").split(' ').next().unwrap().to_owned())
                }
            };
        }
        for event in log.done().iter().flat_map(|entry| &entry.events) {
            seen.insert(format!("{event:?}").split(' ').next().unwrap().to_owned());
        }
    }
    let expected = "AliasLatest AliasLikeVersion AliasPointed AlreadyThere KeepLiveModel KeepLiveVersion MetricLogged \
                    ModelCreated ModelDeleted ModelDescribed ModelExists ModelNotFound ModelRenamed ModelTagged \
                    ModelTouched NoWayBackToNone NotYoursToUndo NothingToRedo NothingToUndo NumberGiven OneLiveVersion \
                    Redo Replaced Restore RollBackToProven StageChanged StageNotActive TestBeforeProduction Undo \
                    VersionCreated VersionDeleted VersionDescribed VersionNotFound VersionTagged VersionTouched";
    let seen: Vec<&str> = seen.iter().map(String::as_str).collect();
    assert_eq!(seen, expected.split_whitespace().collect::<Vec<_>>());
}

/// What is shared between a log and what was taken out of it is never changed from outside.
#[test]
fn a_registry_that_was_taken_out_stays_as_it_is() {
    let mut log = Log::new(two_live(), 0);
    let before = Arc::new(log.registry().clone());
    let kept = plain(&before);
    let context = Context::new(Time(50), RuleSet::Mlflow);
    log.act(&context, &move_to("a", 1, Stage::Archived))
        .unwrap();
    log.act(
        &context,
        &Command::ReplaceRegistry {
            with: before.clone(),
            why: Replacement::Sample,
        },
    )
    .unwrap();
    log.act(&context, &move_to("a", 2, Stage::Staging)).unwrap();
    assert_eq!(plain(&before), kept);
    assert_ne!(plain(log.registry()), kept);
}
