//! Every command as code, read back as the same command whatever the texts in it.

use std::sync::Arc;

use Stage::{Archived, None as NoStage, Production, Staging};
use console::codegen::{self, ApiStyle, Base, is_same_in_both};
use console::methods::METHODS;
use console::{Console, Sandbox};
use proptest::prelude::*;
use registry::{
    Action, Alias, Command, Log, Registry, Replacement, RuleSet, Stage, TagKey, TagValue, Time,
    VersionNumber,
};
use test_support::cases::cases;
use test_support::histories;
use test_support::make::*;

/// What a text does to a registry: the commands that the history then has.
fn done(before: &Registry, text: &str) -> (Vec<Command>, Registry) {
    let mut host = Sandbox {
        log: Log::new(before.clone(), 0),
        rules: RuleSet::Mlflow,
        model: None,
    };
    let reply = Console::default().enter(&mut host, text);
    assert_eq!(reply.stop, None, "{text}\n{reply:?}");
    let commands = host.log.done().iter().map(|entry| match &entry.action {
        Action::Do(command) => command.clone(),
        other => panic!("{other:?}"),
    });
    (commands.collect(), host.log.registry().clone())
}

/// The command printed in every format does what the command does.
fn comes_back(before: &Registry, command: &Command) {
    let only = vec![command.clone()];
    let python = codegen::python(command, ApiStyle::Stages, before);
    assert_eq!(done(before, &python).0, only, "{python}");
    let curl = codegen::curl(command, ApiStyle::Stages, before, &Base::default(), Time(1));
    let found = done(before, &curl).0;
    match command {
        // The server has no call for a copy: it is told what the client would tell it.
        Command::CopyModelVersion { dst_name, .. } => {
            let last = found.last().unwrap();
            assert!(
                matches!(last, Command::CreateModelVersion { name, .. } if name == dst_name),
                "{curl}"
            );
        }
        // A source that a server does not take has another one in its place.
        Command::CreateModelVersion { source, .. } => {
            let stands = console::export::source::stand_in(source.as_str());
            let mut only = only;
            if let (Some(stands), [Command::CreateModelVersion { source, .. }]) =
                (stands, only.as_mut_slice())
            {
                *source = text(&stands);
            }
            assert_eq!(found, only, "{curl}");
        }
        _ => assert_eq!(found, only, "{curl}"),
    }
    if let Some(line) = codegen::shell(command) {
        let mut host = Sandbox {
            log: Log::new(before.clone(), 0),
            rules: RuleSet::Guided,
            model: None,
        };
        let reply = Console::default().enter(&mut host, &line);
        // The team may refuse it; but it was read.
        match reply.stop {
            None => assert_eq!(
                host.log.done()[0].action,
                Action::Do(command.clone()),
                "{line}"
            ),
            Some(stop) => assert!(
                matches!(stop, console::Stop::Refused { .. }),
                "{line} {stop:?}"
            ),
        }
    }
}

proptest! {
    #![proptest_config(cases(1_500))]

    #[test]
    fn what_is_printed_is_read(seed in any::<u64>(), steps in 0..40_usize) {
        let before = histories::registry(seed, steps);
        let command = histories::command(&mut histories::Chance(seed ^ 1), &before);
        let is_accepted = before.decide(RuleSet::Mlflow, Time(1), &command).is_ok();
        // What the server cannot say in an address, it cannot copy.
        let is_whole = matches!(command, Command::ReplaceRegistry { .. });
        if is_accepted && !is_whole && is_sayable(&command) {
            comes_back(&before, &command);
        }
    }

    #[test]
    fn a_whole_registry_is_read(seed in any::<u64>(), other in any::<u64>()) {
        let (before, after) = (histories::registry(seed, 20), histories::registry(other, 20));
        prop_assume!(after.models().all(|model| model.versions().all(|it| !it.source().as_str().starts_with("models:"))));
        let command = Command::ReplaceRegistry { with: Arc::new(after.clone()), why: Replacement::Sample };
        let expected = before.difference(&after).commands;
        let python = codegen::python(&command, ApiStyle::Stages, &before);
        if !expected.is_empty() && expected.iter().all(is_sayable) {
            prop_assert_eq!(done(&before, &python).0, expected);
        }
    }
}

/// What aliases and tags are to be after a move that is said with them: nothing of the registry is asked but what stands in
/// which stage.
fn moved_by_aliases(before: &Registry, command: &Command) -> Registry {
    let Command::TransitionModelVersionStage {
        name,
        version,
        stage,
        archive_existing_versions,
    } = command
    else {
        panic!("{command:?}")
    };
    let model = before.model(name).unwrap();
    let from = model.version(*version).unwrap().stage();
    let others = |stage: Stage| {
        let there = model.in_stage(stage).iter().copied();
        there.filter(|other| other != version).collect::<Vec<_>>()
    };
    let mut log = Log::new(before.clone(), 0);
    let mut act = |command: Command| {
        log.act(&at(1, RuleSet::Mlflow), &command)
            .map(drop)
            .unwrap()
    };
    let status = |number: VersionNumber, stage: Stage| {
        let key = TagKey::parse("validation_status").unwrap();
        let (name, version) = (name.clone(), number);
        let value = ["", "pending", "passed", "archived"][stage as usize];
        if value.is_empty() {
            Command::DeleteModelVersionTag { name, version, key }
        } else {
            let value = TagValue::parse(value).unwrap();
            Command::SetModelVersionTag {
                name,
                version,
                key,
                value,
            }
        }
    };
    let points = |stage: Stage, to: Option<VersionNumber>| {
        let alias = match stage {
            Staging => "challenger",
            Production => "champion",
            NoStage | Archived => return None,
        };
        let (name, alias) = (name.clone(), Alias::parse(alias).unwrap());
        Some(match to {
            Some(version) => Command::SetRegisteredModelAlias {
                name,
                alias,
                version,
            },
            None => Command::DeleteRegisteredModelAlias { name, alias },
        })
    };
    if *archive_existing_versions {
        for other in others(*stage) {
            act(status(other, Archived));
        }
    }
    act(status(*version, *stage));
    if from != *stage {
        let left = others(from).into_iter().max();
        points(from, left).into_iter().for_each(&mut act);
    }
    points(*stage, Some(*version))
        .into_iter()
        .for_each(&mut act);
    log.registry().clone()
}

/// Everything that a move may touch; when it was touched last depends on how many calls there were.
fn stands(registry: &Registry) -> Vec<String> {
    let models = registry.models().map(|model| {
        let versions = model
            .versions()
            .map(|it| format!("{} {} {:?}", it.number(), it.stage(), it.tags()));
        let versions: Vec<String> = versions.collect();
        format!("{} {:?} {versions:?}", model.name(), model.aliases())
    });
    models.collect()
}

proptest! {
    #![proptest_config(cases(1_500))]

    /// With aliases and tags, the code of a move leaves every stage as it is and says the rest.
    #[test]
    fn a_move_said_with_aliases_does_what_it_says(seed in any::<u64>(), steps in 1..40_usize) {
        let before = histories::registry(seed, steps);
        let moves = before.models().flat_map(|model| {
            model.versions().flat_map(|version| {
                Stage::ALL.map(|stage| Command::TransitionModelVersionStage {
                    name: model.name().clone(),
                    version: version.number(),
                    stage,
                    archive_existing_versions: matches!(stage, Staging | Production) && seed.is_multiple_of(2),
                })
            })
        });
        let moves: Vec<Command> = moves.collect();
        if let Some(at) = usize::try_from(seed).ok().and_then(|seed| seed.checked_rem(moves.len())) {
            let command = &moves[at];
            let python = codegen::python(command, ApiStyle::Aliases, &before);
            let curl = codegen::curl(command, ApiStyle::Aliases, &before, &Base::default(), Time(1));
            let expected = stands(&moved_by_aliases(&before, command));
            prop_assert_eq!(&stands(&done(&before, &python).1), &expected, "{}", python);
            prop_assert_eq!(&stands(&done(&before, &curl).1), &expected, "{}", curl);
        }
    }

    /// What has no stages in it is the same with aliases.
    #[test]
    fn what_is_the_same_in_both_eras_is_printed_so(seed in any::<u64>(), steps in 0..40_usize) {
        let before = histories::registry(seed, steps);
        let command = histories::command(&mut histories::Chance(seed ^ 1), &before);
        if is_same_in_both(&command) {
            let code = ApiStyle::ALL.map(|style| (
                codegen::python(&command, style, &before),
                codegen::curl(&command, style, &before, &Base::default(), Time(1)),
            ));
            prop_assert_eq!(&code[0], &code[1]);
        }
    }

    /// What is written is in the table of what can be said.
    #[test]
    fn what_is_said_is_in_the_table(seed in any::<u64>(), steps in 0..40_usize) {
        let before = histories::registry(seed, steps);
        let command = histories::command(&mut histories::Chance(seed ^ 1), &before);
        let create = match &command {
            Command::CreateModelVersion { name, source, tags, description, .. } => {
                Some(codegen::method_call::create(name, source, true, tags, description))
            }
            _ => None,
        };
        for said in codegen::method_call::of(&command).into_iter().chain(create) {
            let method = METHODS.iter().find(|method| method.name == said.method);
            let method = method.unwrap_or_else(|| panic!("{}", said.method));
            let mut params = method.params.iter().map(|param| param.name);
            // In MLflow's order, each at most once, and none that is needed is missing.
            for (argument, _) in &said.arguments {
                prop_assert!(params.any(|name| name == *argument), "{}: {argument}", said.method);
            }
            for param in method.params.iter().filter(|param| !param.takes.is_optional()) {
                let is_given = said.arguments.iter().any(|(name, _)| *name == param.name);
                prop_assert!(is_given, "{}: {}", said.method, param.name);
            }
        }
    }
}

/// The round trips would say little if the commands were all alike.
#[test]
fn the_generated_commands_are_of_every_kind() {
    let mut kinds = std::collections::BTreeMap::new();
    for seed in 0..2_000 {
        let before = histories::registry(seed, 20);
        let command = histories::command(&mut histories::Chance(seed ^ 1), &before);
        let is_accepted = before.decide(RuleSet::Mlflow, Time(1), &command).is_ok();
        if is_accepted && is_sayable(&command) {
            *kinds.entry(command.method()).or_insert(0) += 1;
        }
    }
    assert!(kinds.len() >= 17, "{kinds:?}");
    assert!(kinds.values().all(|count| *count >= 4), "{kinds:?}");
}

/// Whether MLflow can be told: a copy needs an address that says its model, and the server wants every version to have a
/// source.
fn is_sayable(command: &Command) -> bool {
    match command {
        Command::CopyModelVersion { name, .. } => {
            console::export::source::is_address(name.as_str())
        }
        Command::CreateModelVersion { source, .. } => !source.is_empty(),
        _ => true,
    }
}
