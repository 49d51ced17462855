//! The plans for classes, in the store.

use lesson::id::Id;
use registry::{Time, json};
use storage::class_plans::{MAX_PLANS, MAX_PLANS_BYTES};
use storage::{ClassPlan, ClassPlans, Notice, PlanChange, StoreError};

use crate::support::{SHORT, lived_in, open, open_full, places, put};

fn plan(id: &str, text: &str, at: u64) -> ClassPlan {
    ClassPlan {
        id: Id::parse(id).unwrap(),
        name: format!("Class of {id}"),
        text: text.to_owned(),
        at: Time(at),
    }
}

fn texts(plans: &ClassPlans) -> Vec<&str> {
    let all = plans.latest_first().into_iter();
    all.map(|plan| plan.text.as_str()).collect()
}

#[test]
fn they_are_kept_and_come_back() {
    let (store, _) = lived_in(5, 20, false);
    let (mut vault, _) = open(store.clone(), SHORT);
    let keep = |plan: ClassPlan| move |plans: &mut ClassPlans| assert!(plans.keep(plan));
    vault.change_plans(keep(plan("a", "{\"one\"}", 1))).unwrap();
    vault.change_plans(keep(plan("b", "two", 2))).unwrap();
    let (mut again, notices) = open(store.clone(), SHORT);
    assert_eq!(notices, []);
    assert_eq!(again.plans(), vault.plans());
    assert_eq!(texts(again.plans()), ["two", "{\"one\"}"]);
    let forget = PlanChange::Forget(Id::parse("b").unwrap());
    again.change_plans(|plans| forget.make(plans)).unwrap();
    assert_eq!(texts(open(store, SHORT).0.plans()), ["{\"one\"}"]);
}

#[test]
fn two_windows_lose_nothing_of_each_other_and_the_later_change_of_a_plan_counts() {
    let (store, _) = lived_in(5, 20, false);
    let (mut one, _) = open(store.clone(), SHORT);
    let (mut other, _) = open(store.clone(), SHORT);
    let keep = |plan: ClassPlan| {
        let change = PlanChange::Keep(plan);
        move |plans: &mut ClassPlans| change.make(plans)
    };
    one.change_plans(keep(plan("a", "first", 1))).unwrap();
    other.change_plans(keep(plan("b", "beside", 2))).unwrap();
    one.change_plans(keep(plan("a", "later", 9))).unwrap();
    other.change_plans(keep(plan("a", "earlier", 8))).unwrap();
    assert_eq!(texts(open(store, SHORT).0.plans()), ["later", "beside"]);
}

#[test]
fn there_is_an_end_of_the_room() {
    let mut plans = ClassPlans::default();
    assert!(!plans.keep(plan("a", &"x".repeat(MAX_PLANS_BYTES), 1)));
    for at in 0..MAX_PLANS {
        assert!(plans.keep(plan(&format!("p{at}"), "text", 1)), "{at}");
    }
    assert!(!plans.keep(plan("more", "text", 1)));
    assert!(
        plans.keep(plan("p3", "another text", 2)),
        "in its own place"
    );
    let again: ClassPlans = json::read(&json::print(&plans)).unwrap();
    assert_eq!(again, plans);
    let twice = r#"{"plans":[{"id":"a","name":"","plan":"","at":1},{"id":"a","name":"","plan":"","at":1}]}"#;
    assert!(json::read::<ClassPlans>(twice).is_err());
}

#[test]
fn what_a_file_brings_comes_beside() {
    let mut here = ClassPlans::default();
    here.keep(plan("a", "mine", 1));
    let mut file = ClassPlans::default();
    file.keep(plan("a", "theirs", 5));
    file.keep(plan("c", "mine", 5));
    file.keep(plan("d", "new", 5));
    assert_eq!(here.take_in(&file), (2, 0));
    let mut found = texts(&here);
    found.sort_unstable();
    assert_eq!(found, ["mine", "new", "theirs"]);
    assert_eq!(here.take_in(&file), (0, 0), "it is all here");
}

#[test]
fn a_full_store_is_said_and_written_later() {
    let (store, _) = lived_in(5, 20, false);
    let (faulty, mut vault) = open_full(&store);
    let keep = |plan: ClassPlan| {
        move |plans: &mut ClassPlans| {
            plans.keep(plan);
        }
    };
    let kept = vault.change_plans(keep(plan("a", "one", 1)));
    assert_eq!(kept, Err(StoreError::Full));
    assert!(!vault.is_saved());
    assert!(vault.change_plans(keep(plan("a", "two", 2))).is_err());
    faulty.heal();
    vault.flush_front().unwrap();
    assert!(vault.is_saved());
    assert_eq!(texts(open(store, SHORT).0.plans()), ["two"]);
}

#[test]
fn damaged_ones_are_set_aside() {
    let (store, _) = lived_in(5, 20, false);
    put(&store, "class", "not ours");
    let (vault, notices) = open(store.clone(), SHORT);
    assert!(notices.contains(&Notice::PlansReset), "{notices:?}");
    let is_aside = |notice: &Notice| matches!(notice, Notice::SetAside { .. });
    assert!(notices.iter().any(is_aside), "{notices:?}");
    assert!(!places(&store).contains(&"class".to_owned()));
    assert_eq!(vault.plans(), &ClassPlans::default());
}
