//! Laws of the state: what is decided, what never happens, and the indexes.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::sample::select;
use registry::query::Answer;
use registry::{
    Actor, Alias, Command, Event, Log, ModelName, ModelVersion, RegisteredModel, Registry, RuleSet,
    Stage, Time, VersionNumber,
};

use super::cases::cases;
use super::histories::{
    any_history, commands, context, forward_history, guided_history, take, walk,
};
use super::make::version;

/// What the indexes say is what a look at every version says.
pub fn check_indexes(registry: &Registry) {
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
    #![proptest_config(cases(1_024))]

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
}
