//! Laws of the log: replaying, folding, undo, redo, and earlier steps.

use std::sync::Arc;

use proptest::prelude::*;
use proptest::sample::Index;
use registry::history::Travel;
use registry::{Actor, Command, Context, Log, Record, Registry, Replacement, RuleSet, Stage, Time};

use super::cases::cases;
use super::histories::{any_history, context, take, two_live, walk};
use super::make::move_to;
use super::plain::{Plain, fold, plain};

proptest! {
    #![proptest_config(cases(1_024))]

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
