//! Restoring again and again: the history stays as long as what was done, and each step is as it was.

use registry::{Context, Log, Registry, RuleSet, Time};

use super::histories::{self, Chance};

#[test]
fn restoring_does_not_add_up() {
    let context = Context::new(Time(1), RuleSet::Mlflow);
    let mut log = histories::log(4, 40);
    let events = |log: &Log| -> usize { log.done().iter().map(|entry| entry.events.len()).sum() };
    let once = events(&log);
    let end = log.step();
    for round in 0..200 {
        let to = if round % 2 == 0 { log.folded() } else { end };
        let before = events(&log);
        log.restore(&context, to).unwrap();
        assert!(events(&log) - before <= once, "{round}");
    }
}

#[test]
fn every_step_is_as_it_was_however_it_is_reached() {
    for seed in 0..60 {
        let mut chance = Chance(seed);
        let mut log = histories::log(seed, 12);
        let mut known: Vec<Registry> = log.moments(log.folded()).unwrap();
        for round in 0..30 {
            let context = Context::new(Time(1_900_000_000_000 + round), RuleSet::Mlflow);
            if chance.once_in(2) {
                let back = u64::try_from(chance.below(known.len())).unwrap();
                log.restore(&context, log.folded() + back).unwrap();
            } else {
                let command = histories::command(&mut chance, log.registry());
                if log.act(&context, &command).is_err() {
                    continue;
                }
            }
            known.push(log.registry().clone());
            for (at, was) in (0..).zip(&known) {
                assert_eq!(
                    &log.as_of(log.folded() + at).unwrap(),
                    was,
                    "{seed} {round} {at}"
                );
            }
        }
    }
}
