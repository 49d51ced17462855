//! Every kind of condition: how it stands, why, what is marked, and in which words.

use std::fmt::Write as _;

use Stage::{Archived, None as NoStage, Production, Staging};
use lesson::condition::Condition;
use lesson::exercise::goal::{evaluate, target};
use lesson::exercise::{Allowed, Goal, Named, Status, Task, Thing, Told};
use registry::{Alias, Command, FreeText, Log, RuleSet, Stage, TagKey, TagValue, VersionNumber};
use text::{Language, goal};

use super::make::*;
use super::support::*;

const M: &str = "m";

fn told(command: Command) -> Told {
    Told {
        command,
        by: None,
        because: FreeText::default(),
        note: String::new(),
    }
}

/// A model with v1 live, v2 in Staging, v3 new and `@champion` on v1.
fn task(goal: Goal) -> Task {
    let start = vec![
        create_model(M),
        create_version(M),
        create_version(M),
        create_version(M),
        move_to(M, 1, Production),
        move_to(M, 2, Staging),
        point("champion", 1),
    ];
    Task {
        rules: RuleSet::Mlflow,
        model: model(M),
        start: start.into_iter().map(told).collect(),
        told: false,
        goal: vec![Named {
            goal,
            label: None,
            secret: false,
        }],
        allow: vec![Allowed::Transition],
        par: 1,
        loads: None,
    }
}

fn point(name: &str, number: u32) -> Command {
    Command::SetRegisteredModelAlias {
        name: model(M),
        alias: alias(name),
        version: version(number),
    }
}

fn alias(name: &str) -> Alias {
    Alias::parse(name).unwrap()
}

fn delete(number: u32) -> Command {
    Command::DeleteModelVersion {
        name: model(M),
        version: version(number),
    }
}

fn delete_model() -> Command {
    Command::DeleteRegisteredModel { name: model(M) }
}

fn set_tag(number: u32, value: &str) -> Command {
    Command::SetModelVersionTag {
        name: model(M),
        version: version(number),
        key: key(),
        value: value_of(value),
    }
}

fn key() -> TagKey {
    TagKey::parse("status").unwrap()
}

fn value_of(value: &str) -> TagValue {
    TagValue::parse(value).unwrap()
}

fn in_stage(number: u32, stage: Stage) -> Condition {
    Condition::InStage {
        model: model(M),
        version: version(number),
        stage,
    }
}

fn holds(stage: Stage, versions: &[u32]) -> Condition {
    Condition::StageHolds {
        model: model(M),
        stage,
        versions: versions.iter().map(|number| version(*number)).collect(),
    }
}

fn count(stage: Option<Stage>, count: usize) -> Condition {
    Condition::Count {
        model: model(M),
        stage,
        count,
    }
}

fn answers(uri: &str, number: Option<u32>) -> Condition {
    Condition::Answers {
        uri: uri.to_owned(),
        version: number.map(version),
    }
}

fn any(uri: &str) -> Condition {
    Condition::AnswersAny {
        uri: uri.to_owned(),
    }
}

fn exists(number: Option<u32>, there: bool) -> Condition {
    Condition::Exists {
        model: model(M),
        version: number.map(version),
        there,
    }
}

fn alias_at(name: &str, number: Option<u32>) -> Condition {
    Condition::AliasAt {
        model: model(M),
        alias: alias(name),
        version: number.map(version),
    }
}

fn tagged(number: Option<u32>, value: Option<&str>) -> Condition {
    Condition::Tagged {
        model: model(M),
        version: number.map(version),
        key: key(),
        value: value.map(value_of),
    }
}

fn tagged_any(number: u32, values: &[&str]) -> Condition {
    Condition::TaggedAny {
        model: model(M),
        version: Some(version(number)),
        key: key(),
        values: values.iter().map(|value| value_of(value)).collect(),
    }
}

fn before(first: Condition, then: Condition) -> Goal {
    Goal::Before { first, then }
}

fn shown(thing: &Thing) -> String {
    match thing {
        Thing::Model(name) => name.to_string(),
        Thing::Version(_, version) => format!("v{version}"),
        Thing::Alias(_, alias) => format!("@{alias}"),
        Thing::Step(step) => format!("step {step}"),
    }
}

/// A condition, and ways on which it comes to stand differently.
fn cases() -> Vec<(Goal, Vec<Vec<Command>>)> {
    use Goal::{Always, Now, Once};
    let go = |number, stage| move_to(M, number, stage);
    let live = "models:/m/Production";
    vec![
        (
            Now(in_stage(2, Production)),
            vec![
                vec![],
                vec![go(2, Production)],
                vec![go(2, NoStage)],
                vec![delete(2)],
                vec![delete_model()],
            ],
        ),
        (
            Now(in_stage(2, NoStage)),
            vec![vec![], vec![go(2, NoStage)]],
        ),
        (Now(in_stage(4, Staging)), vec![vec![]]),
        (
            Now(holds(Production, &[1, 2])),
            vec![
                vec![],
                vec![go(2, Production)],
                vec![go(3, Production)],
                vec![go(2, Production), go(3, Production)],
            ],
        ),
        (
            Now(holds(Staging, &[])),
            vec![vec![], vec![go(2, Archived)]],
        ),
        (Now(holds(Production, &[2])), vec![vec![]]),
        (Now(holds(NoStage, &[3])), vec![vec![]]),
        (Now(holds(NoStage, &[])), vec![vec![]]),
        (
            Now(count(Some(Production), 1)),
            vec![
                vec![],
                vec![go(1, Archived)],
                vec![go(2, Production), go(3, Production)],
            ],
        ),
        (Now(count(Some(Production), 2)), vec![vec![]]),
        (Now(count(Some(Staging), 0)), vec![vec![]]),
        (Now(count(Some(NoStage), 1)), vec![vec![]]),
        (Now(count(Some(NoStage), 2)), vec![vec![]]),
        (Now(count(None, 3)), vec![vec![], vec![delete(3)]]),
        (Now(count(None, 1)), vec![vec![]]),
        (
            Now(answers(live, Some(1))),
            vec![vec![], vec![go(2, Production)], vec![go(1, Archived)]],
        ),
        (
            Now(answers("models:/m@champion", Some(2))),
            vec![vec![], vec![point("champion", 2)]],
        ),
        (
            Now(answers("models:/m/Staging", None)),
            vec![vec![], vec![go(2, Archived)]],
        ),
        (
            Now(any("models:/m/Archived")),
            vec![vec![], vec![go(3, Archived)]],
        ),
        (Now(exists(Some(1), true)), vec![vec![], vec![delete(1)]]),
        (
            Now(exists(Some(4), true)),
            vec![vec![], vec![create_version(M)]],
        ),
        (Now(exists(Some(3), false)), vec![vec![], vec![delete(3)]]),
        (Now(exists(None, true)), vec![vec![], vec![delete_model()]]),
        (Now(exists(None, false)), vec![vec![]]),
        (
            Now(alias_at("champion", Some(2))),
            vec![vec![], vec![point("champion", 2)], vec![delete(1)]],
        ),
        (Now(alias_at("champion", None)), vec![vec![]]),
        (Now(alias_at("challenger", Some(2))), vec![vec![]]),
        (
            Now(tagged(Some(2), Some("passed"))),
            vec![
                vec![],
                vec![set_tag(2, "failed")],
                vec![set_tag(2, "passed")],
                vec![delete(2)],
            ],
        ),
        (
            Now(tagged(Some(2), None)),
            vec![vec![], vec![set_tag(2, "failed")]],
        ),
        (Now(tagged(None, Some("passed"))), vec![vec![]]),
        (
            Now(tagged_any(2, &["a", "b", "c"])),
            vec![vec![], vec![set_tag(2, "b")]],
        ),
        (
            Always(any(live)),
            vec![
                vec![],
                vec![go(3, Staging), go(1, Archived), go(2, Production)],
            ],
        ),
        (
            Always(any("models:/m@champion")),
            vec![vec![], vec![delete(1)]],
        ),
        (
            Always(in_stage(2, Staging)),
            vec![vec![], vec![go(2, Archived), go(2, Staging)]],
        ),
        (Always(in_stage(3, Staging)), vec![vec![]]),
        (
            Once(in_stage(3, Staging)),
            vec![vec![], vec![go(3, Staging), go(3, Archived)]],
        ),
        (Once(in_stage(2, Staging)), vec![vec![go(2, Archived)]]),
        (
            before(in_stage(3, Staging), in_stage(3, Production)),
            vec![
                vec![],
                vec![go(3, Staging)],
                vec![go(3, Staging), go(3, Production), go(3, Archived)],
                vec![go(3, Production), go(3, Staging)],
            ],
        ),
        (
            before(alias_at("champion", Some(2)), count(Some(Production), 0)),
            vec![vec![go(1, Archived)]],
        ),
        (
            before(in_stage(2, Staging), in_stage(1, Production)),
            vec![vec![]],
        ),
        (
            Goal::NothingDeleted,
            vec![
                vec![],
                vec![go(3, Staging), delete(3)],
                vec![delete_model()],
            ],
        ),
        (
            Goal::Steps { at_most: 1 },
            vec![
                vec![],
                vec![go(3, Staging)],
                vec![go(3, Staging), go(3, Archived)],
            ],
        ),
        (Goal::Steps { at_most: 3 }, vec![vec![go(3, Staging)]]),
    ]
}

#[test]
fn every_condition_says_how_it_stands_and_why() {
    let text = Language::English;
    let mut all = String::new();
    for (goal_, ways) in cases() {
        let task = task(goal_);
        writeln!(all, "{}", goal::name(text, &task, &task.goal[0])).unwrap();
        for way in ways {
            let mut log = task.log();
            for command in &way {
                assert!(act(&task, &mut log, command), "{command:?}");
            }
            let evaluated = &evaluate(&task, &log)[0];
            let about: Vec<String> = evaluated.about.iter().map(shown).collect();
            writeln!(
                all,
                "  {} steps: {} – {} [{}]",
                way.len(),
                goal::status(text, evaluated.status),
                goal::reason(text, &task, evaluated),
                about.join(" ")
            )
            .unwrap();
        }
    }
    golden("conditions.txt", &all);
}

/// The conditions of the app's own exercises, as the learner first reads them.
#[test]
fn the_own_conditions_read_well() {
    let text = Language::English;
    let mut all = String::new();
    for exercise in exercises() {
        let task = &exercise.task;
        writeln!(all, "{}", exercise.id).unwrap();
        for (named, evaluated) in task.goal.iter().zip(evaluate(task, &task.log())) {
            writeln!(
                all,
                "  {}: {} – {}",
                goal::name(text, task, named),
                goal::status(text, evaluated.status),
                goal::reason(text, task, &evaluated)
            )
            .unwrap();
        }
    }
    golden("own_conditions.txt", &all);
    for gap in ["{", "}"] {
        assert!(!all.contains(gap), "a gap is open");
    }
}

/// What is to be found out is not given away: neither by a name, nor by a reason, nor by what is marked.
#[test]
fn secrets_are_kept() {
    let text = Language::English;
    let mut kept = 0;
    for exercise in exercises() {
        let task = &exercise.task;
        let machine = machine(task);
        let secrets: Vec<usize> = (0..task.goal.len())
            .filter(|at| task.goal[*at].secret)
            .collect();
        if secrets.is_empty() {
            continue;
        }
        for log in within(task, &machine, 2) {
            let evaluated = evaluate(task, &log);
            for at in &secrets {
                let (named, evaluated) = (&task.goal[*at], &evaluated[*at]);
                if evaluated.status == Status::Met {
                    continue;
                }
                let said = goal::name(text, task, named) + &goal::reason(text, task, evaluated);
                for wanted in wanted(&named.goal) {
                    kept += 1;
                    assert!(!said.contains(&wanted), "{}: {said}", exercise.id);
                }
                let marked = evaluated.about.iter().any(|thing| match thing {
                    Thing::Version(_, version) => wanted_version(&named.goal) == Some(*version),
                    _ => false,
                });
                let points_away = matches!(named.goal, Goal::Now(Condition::AliasAt { .. }));
                assert!(!marked || points_away, "{}", exercise.id);
            }
        }
    }
    assert!(kept > 20, "{kept}");
}

fn wanted_version(goal: &Goal) -> Option<VersionNumber> {
    match goal {
        Goal::Now(Condition::InStage { version, .. }) => Some(*version),
        Goal::Now(Condition::AliasAt { version, .. }) => *version,
        _ => None,
    }
}

fn wanted(goal: &Goal) -> Vec<String> {
    match goal {
        Goal::Now(Condition::Tagged {
            value: Some(value), ..
        }) => vec![format!("“{value}”")],
        other => {
            let version = wanted_version(other);
            version.iter().map(|number| format!("v{number} ")).collect()
        }
    }
}

/// Where one stands is the same whether conditions are asked of a log that kept its start or of one that did not.
#[test]
fn a_kept_start_changes_only_the_numbers_of_steps() {
    for (goal_, ways) in cases() {
        let folded = task(goal_);
        let mut kept = folded.clone();
        kept.told = true;
        for way in ways {
            let run = |task: &Task| -> (Log, Status) {
                let mut log = task.log();
                for command in &way {
                    act(task, &mut log, command);
                }
                let status = evaluate(task, &log)[0].status;
                (log, status)
            };
            let ((_, one), (log, other)) = (run(&folded), run(&kept));
            assert_eq!(one, other);
            assert_eq!(kept.steps(&log), way.len() as u64);
        }
    }
}

/// v1 and v2 are live at the start, and one is to be: that is still to be done, and nobody has broken it.
#[test]
fn what_is_too_much_at_the_start_is_not_broken() {
    let mut task = task(Goal::Now(Condition::Count {
        model: model(M),
        stage: Some(Production),
        count: 1,
    }));
    task.start.push(told(move_to(M, 2, Production)));
    let status = |log: &Log| evaluate(&task, log)[0].status;
    let mut log = task.log();
    assert_eq!(status(&log), Status::NotYet);
    log.act(&task.context(&log), &move_to(M, 3, Staging))
        .unwrap();
    assert_eq!(
        status(&log),
        Status::NotYet,
        "a step that has nothing to do with it"
    );
    log.act(&task.context(&log), &move_to(M, 2, Archived))
        .unwrap();
    assert_eq!(status(&log), Status::Met);

    // What was right at the start and is too much now, is broken.
    task.start.pop();
    let mut log = task.log();
    assert_eq!(evaluate(&task, &log)[0].status, Status::Met);
    log.act(&task.context(&log), &move_to(M, 2, Production))
        .unwrap();
    assert_eq!(evaluate(&task, &log)[0].status, Status::Overdone);
}

#[test]
fn the_board_that_a_goal_asks_for() {
    let holds = |stage, versions: &[u32]| Condition::StageHolds {
        model: model(M),
        stage,
        versions: versions.iter().map(|number| version(*number)).collect(),
    };
    let mut task = task(Goal::Now(holds(Production, &[2])));
    let mut add = |goal, secret| {
        let label = None;
        task.goal.push(Named {
            goal,
            label,
            secret,
        });
    };
    add(Goal::Now(holds(NoStage, &[])), false);
    let in_stage = |number, stage| Condition::InStage {
        model: model(M),
        version: version(number),
        stage,
    };
    add(Goal::Now(in_stage(3, Archived)), false);
    add(Goal::Now(in_stage(1, Archived)), false);
    // What is to be found out, and what is no state, is not drawn.
    add(Goal::Now(in_stage(1, Staging)), true);
    add(Goal::Once(in_stage(2, Staging)), false);
    let columns = target(&task, &model(M)).expect("it speaks of stages");
    let drawn: Vec<_> = columns
        .iter()
        .map(|column| {
            let numbers = column.versions.iter().map(|it| it.get());
            (column.stage, numbers.collect::<Vec<_>>(), column.only)
        })
        .collect();
    let expected = [
        (NoStage, vec![], true),
        (Staging, vec![], false),
        (Production, vec![2], true),
        (Archived, vec![1, 3], false),
    ];
    assert_eq!(drawn, expected);
    assert_eq!(target(&task, &model("other")), None);
}
