//! Questions about one's own history: every key is what the history says.

use std::fmt::Write as _;

use lesson::exercise::history_quiz::{Fact, HistoryQuestion, OPTIONS, Pick, Prompt, ask, facts};
use registry::{Log, Registry, RuleSet, Stage};
use text::{Language, exercise as words};

use super::make::*;
use super::support::*;

/// The key, found by asking the registry as it was.
fn key(log: &Log, prompt: &Prompt) -> Pick {
    let as_of = |step: u64| log.as_of(step).unwrap();
    let steps = log.folded() + 1..=log.step();
    match prompt {
        Prompt::AnsweredAfter { model, step } => Pick::Version(as_of(*step).live(model).version()),
        Prompt::StageAfter {
            model,
            version,
            step,
        } => {
            let registry = as_of(*step);
            Pick::Stage(
                registry
                    .model(model)
                    .unwrap()
                    .version(*version)
                    .unwrap()
                    .stage(),
            )
        }
        Prompt::PointedAfter { model, alias, step } => {
            let registry = as_of(*step);
            Pick::Version(registry.model(model).unwrap().aliases().get(alias).copied())
        }
        Prompt::TookAway { model, version } => {
            let live = |registry: &Registry| registry.live(model).version();
            let mut all = steps.filter(|step| {
                live(&as_of(step - 1)) == Some(*version) && live(&as_of(*step)) != Some(*version)
            });
            let found = all.next().unwrap();
            assert_eq!(all.next(), None, "it happened once");
            Pick::Step(found)
        }
        Prompt::WentLive { model, version } => {
            let was = |registry: &Registry| {
                let found = registry
                    .model(model)
                    .and_then(|model| model.version(*version));
                found.is_some_and(|found| found.has_been_live())
            };
            Pick::Step({ steps }.find(|step| was(&as_of(*step))).unwrap())
        }
    }
}

fn check(log: &Log, seed: u64) -> Vec<HistoryQuestion> {
    let questions = ask(log, None, seed, 12);
    for (at, question) in questions.iter().enumerate() {
        assert_eq!(
            question.options[question.right],
            key(log, &question.prompt),
            "{question:?}"
        );
        assert!(
            (2..=OPTIONS).contains(&question.options.len()),
            "{question:?}"
        );
        let right = question.options[question.right];
        for (option, fact) in question.options.iter().zip(facts(log, question)) {
            let is_right = *option == right;
            let says = match fact.expect("every option has a fact") {
                Fact::Since(_) => true,
                Fact::Until(step) | Fact::OnlySince(step) => {
                    assert!(step <= log.step() && step > log.folded(), "{question:?}");
                    false
                }
                Fact::Never | Fact::Stood(_) | Fact::Answered(_) => false,
                Fact::Around { before, after, .. } => match &question.prompt {
                    Prompt::TookAway { version, .. } => {
                        let it = Some(Pick::Version(Some(*version)));
                        before == it && after != it
                    }
                    // A version that goes live again had been live before: then the first time counts.
                    _ => {
                        is_right && after == Some(Pick::Stage(Stage::Production)) && before != after
                    }
                },
            };
            assert_eq!(says, is_right, "{question:?} {option:?}");
        }
        let same = question.options.iter().filter(|option| **option == right);
        assert_eq!(same.count(), 1, "{question:?}");
        let again = questions[..at]
            .iter()
            .any(|other| other.prompt == question.prompt);
        assert!(!again, "{question:?}");
    }
    questions
}

#[test]
fn every_key_is_what_the_history_says() {
    let mut asked = 0;
    for exercise in exercises() {
        let task = &exercise.task;
        let machine = machine(task);
        let commands = commands(&machine);
        for seed in 0..4_u64 {
            let mut log = task.log();
            let mut chance = lesson::round::Chance::new(seed);
            for _ in 0..12 {
                let command = &commands[chance.below(commands.len())];
                act(task, &mut log, command);
                if chance.below(9) == 0 && log.step() > log.folded() {
                    let back = log.folded() + chance.next() % (log.step() - log.folded());
                    log.restore(&task.context(&log), back).unwrap();
                }
            }
            asked += check(&log, seed).len();
        }
    }
    assert!(asked > 300, "{asked}");
}

#[test]
fn the_same_history_and_seed_ask_the_same() {
    let task = &exercise("which-version-was-it").task;
    let log = task.log();
    assert_eq!(ask(&log, None, 5, 6), ask(&log, None, 5, 6));
    assert_eq!(ask(&log, None, 5, 2).len(), 2);
    assert_eq!(ask(&Log::default(), None, 5, 6), []);
    let mut one = Log::default();
    one.act(&at(1, RuleSet::Guided), &create_model("m"))
        .unwrap();
    assert_eq!(ask(&one, None, 5, 6), []);
}

/// On the page of one model all of them are about it.
#[test]
fn they_can_be_about_one_model() {
    let task = &exercise("the-whole-registry").task;
    let machine = machine(task);
    let mut log = task.log();
    for command in &solve(&machine, &log).best().unwrap().solution {
        act(task, &mut log, command);
    }
    for model in log.registry().models() {
        let name = model.name();
        for question in ask(&log, Some(name), 3, 12) {
            let (Prompt::AnsweredAfter { model, .. }
            | Prompt::TookAway { model, .. }
            | Prompt::StageAfter { model, .. }
            | Prompt::WentLive { model, .. }
            | Prompt::PointedAfter { model, .. }) = &question.prompt;
            assert_eq!(model, name);
        }
    }
    let names: Vec<_> = log.registry().models().map(|model| model.name()).collect();
    assert!(names.len() > 1);
    let some = names
        .iter()
        .filter(|name| !ask(&log, Some(name), 3, 12).is_empty());
    assert!(some.count() > 1);
}

#[test]
fn they_read_well() {
    let text = Language::English;
    let mut all = String::new();
    for id in [
        "which-version-was-it",
        "not-yours-to-undo",
        "from-stages-to-aliases",
    ] {
        let task = &exercise(id).task;
        let machine = machine(task);
        let mut log = task.log();
        let answer = solve(&machine, &log);
        for command in &answer.best().unwrap().solution {
            act(task, &mut log, command);
        }
        for question in check(&log, 1) {
            writeln!(all, "{}", words::prompt(text, &question.prompt)).unwrap();
            let facts = words::facts(text, &log, &question);
            for (at, option) in question.options.iter().enumerate() {
                let mark = if at == question.right { "+" } else { "-" };
                writeln!(all, "  {mark} {}", words::pick(text, option)).unwrap();
                writeln!(all, "      {}", facts[at].as_ref().unwrap()).unwrap();
            }
        }
    }
    golden("asked.txt", &all);
}
