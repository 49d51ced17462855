//! The commands that lead from one registry to another do lead there.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

use cases::cases;
use proptest::prelude::*;
use registry::difference::Lost;
use registry::{Command, Context, Registry, RuleSet, Stage, Time};

use test_support::cases;
use test_support::histories;
use test_support::make;

use make::*;

/// Everything in a registry but times and whether a version was ever live. Of a copied version: its source, not its
/// files, which only another copy would have.
fn shown(registry: &Registry) -> Vec<String> {
    let models = registry.models().map(|model| {
        let versions: Vec<String> = model
            .versions()
            .map(|version| {
                format!(
                    "{} {} {:?} {:?} {:?} {:?}",
                    version.number(),
                    version.stage(),
                    version.source(),
                    version.description(),
                    version.tags(),
                    version.metrics()
                )
            })
            .collect();
        format!(
            "{} {:?} {:?} {:?} {:?} {versions:#?}",
            model.name(),
            model.last_number(),
            model.description(),
            model.tags(),
            model.aliases(),
        )
    });
    models.collect()
}

/// What the commands come to; each of them has to be accepted.
fn follow(from: &Registry, commands: &[Command]) -> Registry {
    let mut now = from.clone();
    for command in commands {
        now.apply(&Context::new(Time(5), RuleSet::Mlflow), command)
            .unwrap_or_else(|refusal| panic!("{command:?}: {}", refusal.kind));
    }
    now
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn the_commands_lead_there(from in any::<u64>(), to in any::<u64>(), before in 0..40_usize, steps in 0..60_usize) {
        let (from, to) = (histories::registry(from, before), histories::registry(to, steps));
        let found = from.difference(&to);
        prop_assert_eq!(&found.lost, &vec![]);
        prop_assert_eq!(shown(&follow(&from, &found.commands)), shown(&to));
    }

    #[test]
    fn so_they_do_from_a_later_state_back(seed in any::<u64>(), steps in 0..60_usize, more in 0..20_usize) {
        let (early, late) = (histories::registry(seed, steps), histories::registry(seed, steps + more));
        for (from, to) in [(&early, &late), (&late, &early)] {
            let found = from.difference(to);
            prop_assert_eq!(shown(&follow(from, &found.commands)), shown(to));
        }
    }

    #[test]
    fn nothing_leads_to_the_same(seed in any::<u64>(), steps in 0..60_usize) {
        let registry = histories::registry(seed, steps);
        prop_assert_eq!(registry.difference(&registry).commands, vec![]);
    }
}

/// Holds the commands that lead from one scene to another, a word each.
fn check(from: &[Command], to: &[Command], expected: &[&str]) {
    let found = registry(from).difference(&registry(to));
    let words: Vec<String> = found
        .commands
        .iter()
        .map(|command| format!("{command:?}").split(' ').next().unwrap().to_owned())
        .collect();
    assert_eq!(words, expected);
}

#[test]
fn the_way_is_short() {
    let start = [create_model("m"), create_version("m"), create_version("m")];
    let and = |more: &[Command]| [&start, more].concat();
    check(
        &start,
        &and(&[move_to("m", 1, Stage::Staging)]),
        &["TransitionModelVersionStage"],
    );
    check(
        &and(&[set_alias("m", "a", 1)]),
        &start,
        &["DeleteRegisteredModelAlias"],
    );
    check(
        &and(&[set_alias("m", "a", 1)]),
        &and(&[set_alias("m", "a", 2)]),
        &["SetRegisteredModelAlias"],
    );
    check(
        &start,
        &and(&[set_version_tag("m", 1, "k", "v")]),
        &["SetModelVersionTag"],
    );
    check(
        &start,
        &and(&[delete_version("m", 1)]),
        &["DeleteModelVersion"],
    );
    check(&start, &[], &["DeleteRegisteredModel"]);
    check(
        &start,
        &and(&[copy("m", 1, "n")]),
        &["CreateRegisteredModel", "CopyModelVersion"],
    );
    // A number once given out is not taken back while the model lives: it is made anew.
    check(
        &and(&[create_version("m")]),
        &start,
        &[
            "DeleteRegisteredModel",
            "CreateRegisteredModel",
            "CreateModelVersion",
            "CreateModelVersion",
        ],
    );
    // Nor is a version brought back under its number.
    check(
        &and(&[delete_version("m", 2)]),
        &start,
        &[
            "DeleteRegisteredModel",
            "CreateRegisteredModel",
            "CreateModelVersion",
            "CreateModelVersion",
        ],
    );
    // A number that was used up is used up again.
    check(
        &[create_model("m")],
        &and(&[delete_version("m", 1)]),
        &[
            "CreateModelVersion",
            "DeleteModelVersion",
            "CreateModelVersion",
        ],
    );
}

#[test]
fn what_no_command_leads_to_is_told() {
    let check = |json: &str, expected: &[Lost]| {
        let to: Registry = serde_json::from_str(json).unwrap();
        assert_eq!(Registry::default().difference(&to).lost, expected);
    };
    check(
        r#"[{"name":"m","created":1,"updated":1,"versions":[],"last_number":5000}]"#,
        &[Lost::Numbers {
            name: model("m"),
            version: version(1_001),
        }],
    );
}
