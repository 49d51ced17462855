//! What an action and a question cost in a model with 100, 1,000 and 10,000 versions: `cargo bench --package registry`.
//!
//! No action may cost more the more versions there are, but for the depth of a tree. Every benchmark works on one
//! registry that nobody else holds: a copy of it, kept somewhere, would make the next change copy the whole model.
#![allow(
    clippy::unwrap_used,
    reason = "a benchmark stops where it is surprised"
)]

use divan::{Bencher, black_box};
use registry::{
    Alias, Command, Context, FreeText, Log, MetricName, MetricValue, Metrics, ModelName, Record,
    Registry, RuleSet, Stage, TagKey, TagValue, Tags, Time, VersionNumber,
};

const VERSIONS: [u32; 3] = [100, 1_000, 10_000];

fn main() {
    divan::main();
}

fn model(name: &str) -> ModelName {
    ModelName::parse(name).unwrap()
}

fn version(number: u32) -> VersionNumber {
    VersionNumber::new(number).unwrap()
}

fn text(text: &str) -> FreeText {
    FreeText::parse(text).unwrap()
}

fn context(rules: RuleSet) -> Context {
    Context::new(Time(1_800_000_000_000), rules)
}

fn create_version() -> Command {
    Command::CreateModelVersion {
        name: model("m"),
        source: text("s3://models/m"),
        description: text("Trained on the payments of a month."),
        tags: Tags::from([(tag_key(), TagValue::parse("alice").unwrap())]),
        metrics: Metrics::from([(
            MetricName::parse("recall").unwrap(),
            MetricValue::parse("0.91").unwrap(),
        )]),
    }
}

fn tag_key() -> TagKey {
    TagKey::parse("owner").unwrap()
}

fn set_tag(number: u32, value: &str) -> Command {
    Command::SetModelVersionTag {
        name: model("m"),
        version: version(number),
        key: tag_key(),
        value: TagValue::parse(value).unwrap(),
    }
}

fn move_to(number: u32, stage: Stage, archive_existing_versions: bool) -> Command {
    Command::TransitionModelVersionStage {
        name: model("m"),
        version: version(number),
        stage,
        archive_existing_versions,
    }
}

fn set_alias(alias: &str, number: u32) -> Command {
    Command::SetRegisteredModelAlias {
        name: model("m"),
        alias: Alias::parse(alias).unwrap(),
        version: version(number),
    }
}

fn rename(name: &str, new_name: &str) -> Command {
    Command::RenameRegisteredModel {
        name: model(name),
        new_name: model(new_name),
    }
}

/// The model `m`: a third of its versions in None, two thirds in Archived, one live, one being tested, ten aliases.
fn registry(versions: u32) -> Registry {
    let mut registry = Registry::default();
    let context = context(RuleSet::Mlflow);
    let mut apply = |command: &Command| drop(registry.apply(&context, command).unwrap());
    apply(&Command::CreateRegisteredModel {
        name: model("m"),
        description: FreeText::default(),
        tags: Tags::new(),
    });
    for number in 1..=versions {
        apply(&create_version());
        if number % 3 != 0 {
            apply(&move_to(number, Stage::Archived, false));
        }
    }
    for number in 1..=10 {
        apply(&set_alias(
            &format!("alias-{number}"),
            number * versions / 10,
        ));
    }
    apply(&move_to(versions - 1, Stage::Production, false));
    apply(&move_to(versions, Stage::Staging, false));
    registry
}

/// Carries two commands out in turn, each of which takes the other back: what an action costs is half of it.
fn in_turn(bencher: Bencher, versions: u32, there: &Command, back: &Command) {
    let mut registry = registry(versions);
    let context = context(RuleSet::Mlflow);
    bencher.bench_local(move || {
        black_box(registry.apply(&context, black_box(there)).unwrap());
        black_box(registry.apply(&context, black_box(back)).unwrap());
    });
}

/// Carries a command out and undoes it.
fn and_undo(bencher: Bencher, versions: u32, command: &Command) {
    let mut log = Log::new(registry(versions), 0);
    let context = context(RuleSet::Mlflow);
    bencher.bench_local(move || {
        black_box(log.act(&context, black_box(command)).unwrap());
        black_box(log.undo().unwrap());
    });
}

/// Asks a question.
fn ask<T>(bencher: Bencher, versions: u32, question: impl Fn(&Registry) -> T + Sync) {
    let registry = registry(versions);
    bencher.bench(|| question(black_box(&registry)));
}

mod act_twice {
    use super::{Bencher, Stage, VERSIONS, in_turn, move_to, rename, set_alias, set_tag};

    #[divan::bench(args = VERSIONS)]
    fn transition(bencher: Bencher, versions: u32) {
        let middle = versions / 2;
        in_turn(
            bencher,
            versions,
            &move_to(middle, Stage::Staging, false),
            &move_to(middle, Stage::Archived, false),
        );
    }

    #[divan::bench(args = VERSIONS)]
    fn promote_and_archive_existing(bencher: Bencher, versions: u32) {
        in_turn(
            bencher,
            versions,
            &move_to(versions / 2, Stage::Production, true),
            &move_to(versions / 3, Stage::Production, true),
        );
    }

    #[divan::bench(args = VERSIONS)]
    fn set_an_alias(bencher: Bencher, versions: u32) {
        in_turn(
            bencher,
            versions,
            &set_alias("champion", versions / 2),
            &set_alias("champion", versions / 3),
        );
    }

    #[divan::bench(args = VERSIONS)]
    fn set_a_tag(bencher: Bencher, versions: u32) {
        let middle = versions / 2;
        in_turn(
            bencher,
            versions,
            &set_tag(middle, "bob"),
            &set_tag(middle, "alice"),
        );
    }

    #[divan::bench(args = VERSIONS)]
    fn rename_the_model(bencher: Bencher, versions: u32) {
        in_turn(bencher, versions, &rename("m", "n"), &rename("n", "m"));
    }
}

mod act_and_undo {
    use super::{
        Bencher, Command, Stage, VERSIONS, and_undo, create_version, model, move_to, rename,
        version,
    };

    #[divan::bench(args = VERSIONS)]
    fn transition(bencher: Bencher, versions: u32) {
        and_undo(
            bencher,
            versions,
            &move_to(versions / 2, Stage::Staging, false),
        );
    }

    #[divan::bench(args = VERSIONS)]
    fn create_a_version(bencher: Bencher, versions: u32) {
        and_undo(bencher, versions, &create_version());
    }

    #[divan::bench(args = VERSIONS)]
    fn delete_a_version(bencher: Bencher, versions: u32) {
        let command = Command::DeleteModelVersion {
            name: model("m"),
            version: version(versions / 10),
        };
        and_undo(bencher, versions, &command);
    }

    #[divan::bench(args = VERSIONS)]
    fn rename_the_model(bencher: Bencher, versions: u32) {
        and_undo(bencher, versions, &rename("m", "n"));
    }

    #[divan::bench(args = VERSIONS)]
    fn delete_the_model(bencher: Bencher, versions: u32) {
        and_undo(
            bencher,
            versions,
            &Command::DeleteRegisteredModel { name: model("m") },
        );
    }
}

mod history {
    use super::{
        Bencher, Log, Record, RuleSet, Stage, VERSIONS, black_box, context, move_to, registry,
    };
    use registry::{Action, history::Travel};

    /// A log with ten steps over a registry.
    fn log(versions: u32) -> Log {
        let mut log = Log::new(registry(versions), 0);
        for step in 0..10 {
            let stage = if step % 2 == 0 {
                Stage::Staging
            } else {
                Stage::Archived
            };
            log.act(
                &context(RuleSet::Mlflow),
                &move_to(versions / 2, stage, false),
            )
            .unwrap();
        }
        log
    }

    #[divan::bench(args = VERSIONS)]
    fn undo_and_redo(bencher: Bencher, versions: u32) {
        let mut log = log(versions);
        bencher.bench_local(move || {
            black_box(log.undo().unwrap());
            black_box(log.redo().unwrap());
        });
    }

    #[divan::bench(args = VERSIONS)]
    fn replay_a_step_and_its_undo(bencher: Bencher, versions: u32) {
        let mut log = log(versions);
        let step = Record::Step {
            context: context(RuleSet::Guided),
            action: Action::Do(move_to(versions / 2, Stage::Staging, false)),
        };
        let undo = Record::Travel {
            travel: Travel::Undo,
        };
        bencher.bench_local(move || {
            log.replay(black_box(&step)).unwrap();
            log.replay(black_box(&undo)).unwrap();
        });
    }

    #[divan::bench(args = VERSIONS)]
    fn restore_five_steps_back_and_undo(bencher: Bencher, versions: u32) {
        let mut log = log(versions);
        bencher.bench_local(move || {
            black_box(log.restore(&context(RuleSet::Guided), 5).unwrap());
            black_box(log.undo().unwrap());
        });
    }

    /// Gives back a registry of its own, whose model is a copy: this one does grow with the versions.
    #[divan::bench(args = VERSIONS)]
    fn as_of_five_steps_back(bencher: Bencher, versions: u32) {
        let log = log(versions);
        bencher.bench_local(move || log.as_of(black_box(5)).unwrap());
    }
}

mod questions {
    use super::{Bencher, RuleSet, Stage, VERSIONS, ask, context, model, move_to, version};

    #[divan::bench(args = VERSIONS)]
    fn get_latest_versions(bencher: Bencher, versions: u32) {
        let name = model("m");
        ask(bencher, versions, |registry| {
            registry.get_latest_versions(&name, &[]).unwrap().len()
        });
    }

    #[divan::bench(args = VERSIONS)]
    fn resolve_a_stage(bencher: Bencher, versions: u32) {
        ask(bencher, versions, |registry| {
            registry.resolve("models:/m/Production").unwrap()
        });
    }

    #[divan::bench(args = VERSIONS)]
    fn resolve_an_alias(bencher: Bencher, versions: u32) {
        ask(bencher, versions, |registry| {
            registry.resolve("models:/m@alias-5").unwrap()
        });
    }

    #[divan::bench(args = VERSIONS)]
    fn resolve_latest(bencher: Bencher, versions: u32) {
        ask(bencher, versions, |registry| {
            registry.resolve("models:/m/latest").unwrap()
        });
    }

    #[divan::bench(args = VERSIONS)]
    fn resolve_a_version(bencher: Bencher, versions: u32) {
        ask(bencher, versions, |registry| {
            registry.resolve("models:/m/42").unwrap()
        });
    }

    #[divan::bench(args = VERSIONS)]
    fn answer(bencher: Bencher, versions: u32) {
        let name = model("m");
        ask(bencher, versions, |registry| {
            registry.model(&name).unwrap().answer(Stage::Archived)
        });
    }

    #[divan::bench(args = VERSIONS)]
    fn aliases_of_a_version(bencher: Bencher, versions: u32) {
        let name = model("m");
        ask(bencher, versions, |registry| {
            registry
                .model(&name)
                .unwrap()
                .aliases_of(version(versions / 10))
                .count()
        });
    }

    #[divan::bench(args = VERSIONS)]
    fn preview_a_promotion(bencher: Bencher, versions: u32) {
        let command = move_to(versions, Stage::Production, true);
        ask(bencher, versions, |registry| {
            registry
                .preview(&context(RuleSet::Guided), &command)
                .unwrap()
        });
    }

    #[divan::bench(args = VERSIONS)]
    fn refuse_with_ways_out(bencher: Bencher, versions: u32) {
        let command = move_to(versions, Stage::Production, false);
        ask(bencher, versions, |registry| {
            registry
                .preview(&context(RuleSet::Guided), &command)
                .unwrap_err()
        });
    }
}

/// A model in which every version has an alias of its own.
mod as_many_aliases_as_versions {
    use super::{
        Bencher, Registry, RuleSet, VERSIONS, black_box, context, model, registry, set_alias,
        version,
    };

    fn crowded(versions: u32) -> Registry {
        let mut registry = registry(versions);
        for number in 1..=versions {
            registry
                .apply(
                    &context(RuleSet::Mlflow),
                    &set_alias(&format!("a{number}"), number),
                )
                .unwrap();
        }
        registry
    }

    #[divan::bench(args = VERSIONS)]
    fn set_an_alias_twice(bencher: Bencher, versions: u32) {
        let mut registry = crowded(versions);
        let context = context(RuleSet::Mlflow);
        let (there, back) = (
            set_alias("champion", versions / 2),
            set_alias("champion", versions / 3),
        );
        bencher.bench_local(move || {
            black_box(registry.apply(&context, &there).unwrap());
            black_box(registry.apply(&context, &back).unwrap());
        });
    }

    #[divan::bench(args = VERSIONS)]
    fn aliases_of_a_version(bencher: Bencher, versions: u32) {
        let registry = crowded(versions);
        let name = model("m");
        bencher.bench(|| {
            black_box(&registry)
                .model(&name)
                .unwrap()
                .aliases_of(version(versions - 1))
                .count()
        });
    }
}
