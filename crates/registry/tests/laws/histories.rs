//! Generated histories, and the taking of their steps.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use registry::{
    Action, Actor, Alias, Command, Context, FreeText, Log, MetricName, MetricValue, Metrics,
    ModelName, Record, Refusal, RefusalKind, Registry, Replacement, RuleSet, Stage, TagKey,
    TagValue, Tags, TeamRule, Time, VersionNumber,
};

use super::cases::cases;
use super::make::{
    create_model, create_version, model, move_to, registry, set_alias, text, version,
};

/// A step of a generated history.
#[derive(Clone, Debug)]
pub enum Step {
    Do {
        rules: RuleSet,
        actor: Actor,
        command: Command,
    },
    Undo,
    Redo,
    Restore(Index),
}

pub fn names() -> impl Strategy<Value = ModelName> {
    prop_oneof![6 => Just(model("a")), 2 => Just(model("b")), 1 => Just(model("c d"))]
}

pub fn versions() -> impl Strategy<Value = VersionNumber> {
    (1..=6_u32).prop_map(version)
}

pub fn keys() -> impl Strategy<Value = TagKey> {
    select(vec!["owner", "a/b"]).prop_map(|key| TagKey::parse(key).unwrap())
}

pub fn values() -> impl Strategy<Value = TagValue> {
    select(vec!["", "alice", "\"\u{1}é😀\\"]).prop_map(|value| TagValue::parse(value).unwrap())
}

pub fn texts() -> impl Strategy<Value = FreeText> {
    select(vec!["", "s3://models/1", "two\nlines"]).prop_map(text)
}

pub fn aliases() -> impl Strategy<Value = Alias> {
    select(vec!["champion", "challenger", "1", "latest", "v2"])
        .prop_map(|alias| Alias::parse(alias).unwrap())
}

pub fn tags() -> impl Strategy<Value = Tags> {
    prop::collection::vec((keys(), values()), 0..3).prop_map(|tags| tags.into_iter().collect())
}

pub fn metric_names() -> impl Strategy<Value = MetricName> {
    select(vec!["recall", "f1"]).prop_map(|name| MetricName::parse(name).unwrap())
}

pub fn metric_values() -> impl Strategy<Value = MetricValue> {
    (any::<i32>(), 0..=9)
        .prop_map(|(digits, places)| MetricValue::parse(&format!("{digits}e-{places}")).unwrap())
}

pub fn metrics() -> impl Strategy<Value = Metrics> {
    prop::collection::vec((metric_names(), metric_values()), 0..3)
        .prop_map(|metrics| metrics.into_iter().collect())
}

/// A registry with two live versions, as only MLflow's own rules make one.
pub fn two_live() -> Registry {
    registry(&[
        create_model("a"),
        create_version("a"),
        create_version("a"),
        move_to("a", 1, Stage::Production),
        move_to("a", 2, Stage::Production),
        set_alias("a", "champion", 2),
    ])
}

/// What only goes through where a team agrees to it: everything but the import of somebody else's registry.
pub fn team_commands() -> impl Strategy<Value = Command> {
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

pub fn commands() -> impl Strategy<Value = Command> {
    prop_oneof![
        40 => team_commands(),
        1 => Just(Command::ReplaceRegistry { with: Registry::default().into(), why: Replacement::Emptied }),
        1 => Just(Command::ReplaceRegistry { with: two_live().into(), why: Replacement::Sample }),
        1 => Just(Command::ReplaceRegistry { with: two_live().into(), why: Replacement::TakenIn }),
    ]
}

pub fn doings(
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
pub fn starts() -> impl Strategy<Value = Vec<Step>> {
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

pub fn histories(step: impl Strategy<Value = Step>) -> impl Strategy<Value = Vec<Step>> {
    (starts(), prop::collection::vec(step, 0..40)).prop_map(|(start, rest)| [start, rest].concat())
}

/// Everything that can happen.
pub fn any_history() -> impl Strategy<Value = Vec<Step>> {
    histories(prop_oneof![
        20 => doings(commands(), RuleSet::ALL.to_vec()),
        3 => Just(Step::Undo),
        2 => Just(Step::Redo),
        1 => any::<Index>().prop_map(Step::Restore),
    ])
}

/// Without undo, redo and restore.
pub fn forward_history() -> impl Strategy<Value = Vec<Step>> {
    histories(doings(commands(), RuleSet::ALL.to_vec()))
}

/// Under the team's rules alone.
pub fn guided_history() -> impl Strategy<Value = Vec<Step>> {
    histories(prop_oneof![
        20 => doings(team_commands(), vec![RuleSet::Guided]),
        2 => Just(Step::Undo),
        1 => Just(Step::Redo),
        1 => any::<Index>().prop_map(Step::Restore),
    ])
}

pub fn context(moment: u64, rules: RuleSet, actor: &Actor) -> Context {
    Context {
        actor: actor.clone(),
        comment: text("why not"),
        ..Context::new(Time(moment), rules)
    }
}

/// Takes a step, at a moment.
pub fn take(log: &mut Log, moment: u64, step: &Step) -> Result<Record, Refusal> {
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
pub fn walk(steps: &[Step], mut look: impl FnMut(&Log, &Record)) -> Log {
    let mut log = Log::default();
    for (moment, step) in (1..).zip(steps) {
        if let Ok(record) = take(&mut log, moment, step) {
            look(&log, &record);
        }
    }
    log
}

/// The laws would say little if the histories did little.
#[test]
fn the_generated_histories_do_everything() {
    let mut runner = TestRunner::new(cases(1_024));
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
                    let kind = match kind {
                        RefusalKind::Invalid(invalid) => format!("{invalid:?}"),
                        other => format!("{other:?}"),
                    };
                    seen.insert(kind.split(' ').next().unwrap().to_owned())
                }
            };
        }
        for event in log.done().iter().flat_map(|entry| &entry.events) {
            seen.insert(format!("{event:?}").split(' ').next().unwrap().to_owned());
        }
    }
    let rules = TeamRule::ALL.map(|rule| format!("{rule:?}"));
    let others = "AliasLatest AliasLikeVersion AliasPointed MetricLogged ModelCreated ModelDeleted ModelDescribed \
                  ModelExists ModelNotFound ModelRenamed ModelTagged ModelTouched NotYoursToUndo NothingToRedo \
                  NothingToUndo NumberGiven Redo Replaced Restore StageChanged StageNotActive Undo VersionCreated \
                  VersionDeleted VersionDescribed VersionNotFound VersionTagged VersionTouched";
    let others = others.split_whitespace().map(str::to_owned);
    assert_eq!(seen, others.chain(rules).collect::<BTreeSet<_>>());
}
