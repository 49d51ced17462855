//! The log: undo, redo, restore, any earlier step, and taking kept records in again.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::panic,
    reason = "the helpers are shared; a test stops where it is surprised"
)]

use registry::history::Travel;
use registry::{
    Action, Actor, Command, Context, Log, Record, Refusal, RefusalKind, Registry, Replacement,
    RuleSet, Stage,
};

use test_support::make;

use make::*;

/// What somebody does to a log.
#[derive(Clone)]
enum Do {
    You(Command),
    Colleague(Command),
    Undo,
    Redo,
    Restore(u64),
}
use Do::{Colleague, Redo, Restore, Undo, You};

fn context(moment: u64, actor: Actor) -> Context {
    Context {
        actor,
        ..at(moment, RuleSet::Guided)
    }
}

fn take(log: &mut Log, moment: u64, step: &Do) -> Result<Record, Refusal> {
    let ada = || Actor::Colleague(text("Ada"));
    match step {
        You(command) => log.act(&context(moment, Actor::You), command),
        Colleague(command) => log.act(&context(moment, ada()), command),
        Undo => log.undo(),
        Redo => log.redo(),
        Restore(step) => log.restore(&context(moment, Actor::You), *step),
    }
}

/// `m` with version 1 in Staging and version 2 in None: four steps.
fn start() -> Log {
    let mut log = Log::default();
    for (moment, command) in (1..).zip([
        create_model("m"),
        create_version("m"),
        move_to("m", 1, Stage::Staging),
        create_version("m"),
    ]) {
        log.act(&context(moment, Actor::You), &command).unwrap();
    }
    log
}

fn stages(registry: &Registry) -> String {
    let model = registry.models().next();
    let stages = model.into_iter().flat_map(|model| model.versions());
    stages
        .map(|version| format!("{}:{} ", version.number(), version.stage()))
        .collect::<String>()
        .trim()
        .to_owned()
}

/// Where a log stands: the steps done, those that can be redone, and the stages.
fn stand(log: &Log) -> String {
    format!(
        "{} done, {} undone, {}",
        log.step(),
        log.undone().len(),
        stages(log.registry())
    )
}

const START: &str = "4 done, 0 undone, 1:Staging 2:None";

#[test]
fn steps_are_done_undone_and_redone() {
    let check = |steps: &[Do], expected: Result<&str, RefusalKind>| {
        let mut log = start();
        let mut last = Ok(());
        for (moment, step) in (10..).zip(steps) {
            assert_eq!(last, Ok(()), "only the last step may be refused");
            let before = log.clone();
            last = take(&mut log, moment, step)
                .map(|_| ())
                .map_err(|refusal| refusal.kind);
            if last.is_err() {
                assert_eq!(log, before, "a refusal changes nothing");
            }
        }
        assert_eq!(last.map(|()| stand(&log)), expected.map(str::to_owned));
    };
    let promote = || You(move_to("m", 1, Stage::Production));
    let reject = || You(move_to("m", 1, Stage::Archived));
    let ada_promotes = || Colleague(move_to("m", 1, Stage::Production));

    check(&[], Ok(START));
    check(&[promote()], Ok("5 done, 0 undone, 1:Production 2:None"));
    check(&[promote(), Undo], Ok("4 done, 1 undone, 1:Staging 2:None"));
    check(
        &[promote(), Undo, Redo],
        Ok("5 done, 0 undone, 1:Production 2:None"),
    );
    check(&[Undo, Undo], Ok("2 done, 2 undone, 1:None"));
    check(&[Undo, Undo, Undo], Ok("1 done, 3 undone, "));
    check(&[Undo, Undo, Undo, Undo], Ok("0 done, 4 undone, "));
    check(&[Undo, Undo, Redo], Ok("3 done, 1 undone, 1:Staging"));
    check(
        &[Undo, Undo, Undo, Undo, Undo],
        Err(RefusalKind::NothingToUndo),
    );
    check(&[Redo], Err(RefusalKind::NothingToRedo));
    check(&[Undo, Redo, Redo], Err(RefusalKind::NothingToRedo));

    // A new action lets go of what was taken back; a refused one does not.
    check(
        &[promote(), Undo, reject()],
        Ok("5 done, 0 undone, 1:Archived 2:None"),
    );
    check(
        &[promote(), Undo, reject(), Redo],
        Err(RefusalKind::NothingToRedo),
    );
    check(
        &[promote(), Undo, Restore(4)],
        Ok("5 done, 0 undone, 1:Staging 2:None"),
    );

    // What a colleague did is not undone by accident, but can be restored away, and that is yours to undo again.
    check(
        &[ada_promotes()],
        Ok("5 done, 0 undone, 1:Production 2:None"),
    );
    check(&[ada_promotes(), Undo], Err(RefusalKind::NotYoursToUndo));
    check(
        &[ada_promotes(), Restore(4)],
        Ok("6 done, 0 undone, 1:Staging 2:None"),
    );
    check(
        &[ada_promotes(), Restore(4), Undo],
        Ok("5 done, 1 undone, 1:Production 2:None"),
    );
    check(
        &[ada_promotes(), Restore(4), Undo, Undo],
        Err(RefusalKind::NotYoursToUndo),
    );
    check(
        &[ada_promotes(), Restore(4), Undo, Redo],
        Ok("6 done, 0 undone, 1:Staging 2:None"),
    );

    // Restoring is a step of its own; what came in between stays in the history and can be restored again.
    check(&[Restore(0)], Ok("5 done, 0 undone, "));
    check(
        &[Restore(0), Restore(4)],
        Ok("6 done, 0 undone, 1:Staging 2:None"),
    );
    check(&[Restore(2)], Ok("5 done, 0 undone, 1:None"));
    check(
        &[Restore(2), Undo],
        Ok("4 done, 1 undone, 1:Staging 2:None"),
    );
    check(
        &[promote(), Restore(4), Restore(5)],
        Ok("7 done, 0 undone, 1:Production 2:None"),
    );
    check(&[Restore(5)], Err(RefusalKind::NoSuchStep));
    check(&[Undo, Restore(4)], Err(RefusalKind::NoSuchStep));
    check(&[Restore(u64::MAX)], Err(RefusalKind::NoSuchStep));
    // "As of now" is a step, too; it changes nothing.
    check(&[Restore(4)], Ok("5 done, 0 undone, 1:Staging 2:None"));
}

#[test]
fn every_kind_of_change_is_undone() {
    let check = |command: Command| {
        let mut log = start();
        for command in [
            set_alias("m", "champion", 1),
            set_version_tag("m", 1, "owner", "alice"),
            create_model("n"),
        ] {
            log.act(&at(5, RuleSet::Mlflow), &command).unwrap();
        }
        let before = log.clone();
        log.act(&at(6, RuleSet::Mlflow), &command).unwrap();
        assert_ne!(*log.registry(), *before.registry(), "{command:?}");
        let after = log.clone();
        log.undo().unwrap();
        assert_eq!(*log.registry(), *before.registry(), "{command:?}");
        assert_eq!(log.step(), before.step());
        log.redo().unwrap();
        assert_eq!(log, after, "{command:?}");
    };
    check(create_model("new"));
    check(create_version("m"));
    check(move_to("m", 1, Stage::Production));
    check(move_to("m", 1, Stage::Staging));
    check(move_and_archive("m", 2, Stage::Staging));
    check(set_alias("m", "champion", 2));
    check(set_alias("m", "challenger", 1));
    check(set_version_tag("m", 1, "owner", "bob"));
    check(set_version_tag("m", 2, "owner", "bob"));
    check(rename("m", "o"));
    check(rename("m", "m"));
    // With what pointed to it; the number is free again, as if it had never been given out.
    check(delete_version("m", 1));
    check(delete_version("m", 2));
    check(delete_model("m"));
    check(copy("m", 1, "n"));
    check(copy("m", 1, "new"));
    check(Command::UpdateRegisteredModel {
        name: model("m"),
        description: text("d"),
    });
    check(Command::UpdateModelVersion {
        name: model("m"),
        version: version(1),
        description: text("d"),
    });
    check(Command::ReplaceRegistry {
        with: Registry::default().into(),
        why: Replacement::Emptied,
    });
}

#[test]
fn a_number_comes_back_only_with_what_was_undone() {
    let mut log = start();
    log.undo().unwrap();
    log.act(&at(9, RuleSet::Guided), &create_version("m"))
        .unwrap();
    assert_eq!(
        stand(&log),
        START,
        "version 2 was undone, so this is version 2"
    );
    log.act(&at(10, RuleSet::Guided), &delete_version("m", 2))
        .unwrap();
    log.act(&at(11, RuleSet::Guided), &create_version("m"))
        .unwrap();
    assert_eq!(
        stand(&log),
        "6 done, 0 undone, 1:Staging 3:None",
        "version 2 was deleted, so this is version 3"
    );
}

#[test]
fn every_step_can_be_looked_at() {
    let mut log = start();
    for step in [
        Undo,
        You(move_to("m", 1, Stage::Production)),
        Restore(2),
        Colleague(create_version("m")),
    ] {
        take(&mut log, 9, &step).unwrap();
    }
    let check = |step: u64, expected: Result<&str, RefusalKind>| {
        let found = log
            .as_of(step)
            .map(|registry| stages(&registry))
            .map_err(|refusal| refusal.kind);
        assert_eq!(found, expected.map(str::to_owned), "step {step}");
    };
    check(0, Ok(""));
    check(1, Ok(""));
    check(2, Ok("1:None"));
    check(3, Ok("1:Staging"));
    check(4, Ok("1:Production"));
    check(5, Ok("1:None"));
    check(6, Ok("1:None 2:None"));
    check(7, Err(RefusalKind::NoSuchStep));
    check(u64::MAX, Err(RefusalKind::NoSuchStep));
    let steps: Vec<u64> = log.done().iter().map(|entry| entry.step).collect();
    assert_eq!(steps, [1, 2, 3, 4, 5, 6]);
}

#[test]
fn folded_steps_are_gone() {
    let mut log = Log::new(start().registry().clone(), 4);
    assert_eq!(stand(&log), START);
    assert_eq!((log.folded(), log.done().len()), (4, 0));
    log.act(&at(9, RuleSet::Guided), &move_to("m", 1, Stage::Production))
        .unwrap();
    let check = |step: u64, expected: Result<&str, RefusalKind>| {
        let found = log
            .as_of(step)
            .map(|registry| stages(&registry))
            .map_err(|refusal| refusal.kind);
        let restored = log.clone().restore(&at(10, RuleSet::Guided), step);
        assert_eq!(restored.is_ok(), found.is_ok(), "step {step}");
        assert_eq!(found, expected.map(str::to_owned), "step {step}");
    };
    check(0, Err(RefusalKind::NoSuchStep));
    check(3, Err(RefusalKind::NoSuchStep));
    check(4, Ok("1:Staging 2:None"));
    check(5, Ok("1:Production 2:None"));
    check(6, Err(RefusalKind::NoSuchStep));
    log.undo().unwrap();
    let refused = |found: Result<Record, Refusal>| found.unwrap_err().kind;
    assert_eq!(
        refused(log.undo()),
        RefusalKind::NothingToUndo,
        "what was folded cannot be undone"
    );
    assert_eq!(stand(&log), "4 done, 1 undone, 1:Staging 2:None");
}

#[test]
fn the_log_remembers_when_who_and_why() {
    let mut log = start();
    let context = Context {
        comment: text("tested for a week"),
        ..context(77, Actor::Colleague(text("Ada")))
    };
    let command = move_to("m", 1, Stage::Production);
    let record = log.act(&context, &command).unwrap();
    let entry = log.done().last().unwrap();
    assert_eq!(
        (entry.step, &entry.context, &entry.action),
        (5, &context, &Action::Do(command.clone()))
    );
    assert!(!entry.events.is_empty());
    assert_eq!(
        record,
        Record::Step {
            context,
            action: Action::Do(command)
        }
    );
    assert_eq!(
        log.can_undo().unwrap_err().kind,
        RefusalKind::NotYoursToUndo
    );
    assert_eq!(log.can_redo().unwrap_err().kind, RefusalKind::NothingToRedo);
}

#[test]
fn replay_takes_in_what_the_team_would_refuse_now() {
    // Accepted once, under MLflow's rules or under older ones of the team.
    let step = |rules: RuleSet, command: Command| Record::Step {
        context: at(20, rules),
        action: Action::Do(command),
    };
    let check = |command: Command, expected: &str| {
        for rules in RuleSet::ALL {
            let mut log = start();
            assert!(
                log.clone().act(&at(20, RuleSet::Guided), &command).is_err(),
                "{command:?}"
            );
            log.replay(&step(rules, command.clone())).unwrap();
            assert_eq!(stand(&log), expected);
            assert_eq!(
                log.done().last().unwrap().context.rules,
                rules,
                "as it was kept"
            );
        }
    };
    check(
        move_to("m", 2, Stage::Production),
        "5 done, 0 undone, 1:Staging 2:Production",
    );
    check(
        move_to("m", 1, Stage::Staging),
        "5 done, 0 undone, 1:Staging 2:None",
    );
}

#[test]
fn replay_refuses_what_does_not_follow() {
    let check = |record: Record, expected: RefusalKind| {
        let mut log = start();
        assert_eq!(
            log.replay(&record).unwrap_err().kind,
            expected,
            "{record:?}"
        );
        assert_eq!(log, start(), "{record:?}");
    };
    let step = |action: Action| Record::Step {
        context: at(20, RuleSet::Guided),
        action,
    };
    check(
        step(Action::Do(create_model("m"))),
        RefusalKind::ModelExists {
            name: model("m"),
            on_rename: false,
        },
    );
    check(
        step(Action::Do(move_to("ghost", 1, Stage::Staging))),
        RefusalKind::ModelNotFound {
            name: model("ghost"),
        },
    );
    check(
        step(Action::Restore { restore: 5 }),
        RefusalKind::NoSuchStep,
    );
    check(
        Record::Travel {
            travel: Travel::Redo,
        },
        RefusalKind::NothingToRedo,
    );
}

#[test]
fn records_are_kept_as_short_json() {
    let check = |record: &Record, expected: &str| {
        assert_eq!(
            serde_json::to_value(record).unwrap(),
            serde_json::from_str::<serde_json::Value>(expected).unwrap()
        );
        assert_eq!(serde_json::from_str::<Record>(expected).unwrap(), *record);
    };
    let step = |context: Context, action: Action| Record::Step { context, action };
    check(
        &Record::Travel {
            travel: Travel::Undo,
        },
        r#"{"travel":"undo"}"#,
    );
    check(
        &Record::Travel {
            travel: Travel::Redo,
        },
        r#"{"travel":"redo"}"#,
    );
    check(
        &step(at(7, RuleSet::Guided), Action::Restore { restore: 3 }),
        r#"{"at":7,"rules":"guided","restore":3}"#,
    );
    check(
        &step(
            at(7, RuleSet::Mlflow),
            Action::Do(move_to("m", 1, Stage::Production)),
        ),
        r#"{"at":7,"rules":"mlflow","do":"transition_model_version_stage","name":"m","version":1,"stage":"Production"}"#,
    );
    check(
        &step(
            Context {
                comment: text("why"),
                ..context(7, Actor::Colleague(text("Ada")))
            },
            Action::Do(move_and_archive("m", 1, Stage::Production)),
        ),
        r#"{"at":7,"rules":"guided","actor":"Ada","comment":"why","do":"transition_model_version_stage","name":"m",
            "version":1,"stage":"Production","archive_existing_versions":true}"#,
    );
    check(
        &step(at(7, RuleSet::Guided), Action::Do(create_version("m"))),
        r#"{"at":7,"rules":"guided","do":"create_model_version","name":"m","source":"s3://models"}"#,
    );
}

#[test]
fn what_is_no_record_is_not_read() {
    let check = |text: &str| assert!(serde_json::from_str::<Record>(text).is_err(), "{text}");
    check("null");
    check("[]");
    check("{}");
    check(r#"{"travel":"up"}"#);
    check(r#"{"travel":"undo","at":1}"#);
    check(r#"{"at":7,"rules":"guided"}"#);
    check(r#"{"at":-7,"rules":"guided","restore":3}"#);
    check(r#"{"at":7,"rules":"strict","restore":3}"#);
    check(r#"{"at":7,"rules":"guided","restore":3,"do":"delete_registered_model","name":"m"}"#);
    check(r#"{"at":7,"rules":"guided","do":"drop_table","name":"m"}"#);
    check(r#"{"at":7,"rules":"guided","do":"delete_registered_model","name":"a/b"}"#);
    check(r#"{"at":7,"rules":"guided","do":"delete_registered_model","name":"m","force":true}"#);
    check(r#"{"at":7,"rules":"guided","do":"delete_model_version","name":"m","version":0}"#);
    check(r#"{"at":7,"rules":"guided","do":"delete_model_version","name":"m","version":"1"}"#);
    check(
        r#"{"at":7,"rules":"guided","do":"delete_model_version","name":"m","version":4294967296}"#,
    );
    check(
        r#"{"at":7,"rules":"guided","do":"transition_model_version_stage","name":"m","version":1,"stage":"production"}"#,
    );
}

#[test]
fn what_no_history_can_have_made_is_not_read() {
    let check = |change: &str, expected: &str| {
        let model = r#"{"name":"m","created":1,"updated":1,"last_number":2,"renamed":{"count":1,"at":1},
            "versions":[VERSIONS],"aliases":{ALIASES}}"#;
        let version = r#"{"number":NUMBER,"stage":"STAGE","created":1,"written":{"at":1,"renames":RENAMES},"source":""}"#;
        let mut json = format!("[{}]", model.replace("VERSIONS", version));
        for change in
            change
                .split_whitespace()
                .chain(["ALIASES=", "NUMBER=1", "STAGE=None", "RENAMES=0"])
        {
            let (place, with) = change.split_once('=').unwrap();
            json = json.replace(place, with);
        }
        let found = match serde_json::from_str::<Registry>(&json) {
            Ok(_) => String::new(),
            Err(error) => error.to_string(),
        };
        assert!(
            found.contains(expected) && found.is_empty() == expected.is_empty(),
            "{json}: {found}"
        );
    };
    check("", "");
    check(r#"ALIASES="champion":1"#, "");
    check(
        r#"ALIASES="champion":2"#,
        "an alias points to a version that is not there",
    );
    check(r#"ALIASES="a.b":1"#, "aliases");
    check("NUMBER=2", "");
    check(
        "NUMBER=3",
        "a version has a number that was never given out",
    );
    check("NUMBER=0", "number");
    check("RENAMES=1", "");
    check(
        "RENAMES=2",
        "a version has seen more renames than its model",
    );
    check("STAGE=Archived", "");
    check(
        "STAGE=Production",
        "a version is live but has never been live",
    );
    check("STAGE=production", "stage");
    check(
        r#"STAGE=Production","has_been_live":true,"description":""#,
        "",
    );
    let twice = |text: &str| {
        serde_json::from_str::<Registry>(text)
            .unwrap_err()
            .to_string()
    };
    let model = r#"{"name":"m","created":1,"updated":1,"last_number":1,"versions":[]}"#;
    assert!(twice(&format!("[{model},{model}]")).contains("two models have the same name"));
    let version = r#"{"number":1,"stage":"None","created":1,"written":{"at":1},"source":""}"#;
    let versions = model.replace("[]", &format!("[{version},{version}]"));
    assert!(twice(&format!("[{versions}]")).contains("two versions have the same number"));
}
