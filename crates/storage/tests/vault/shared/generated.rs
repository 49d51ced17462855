//! Tabs come and go and act as the dice say, and messages with them.

use crate::shared::world::{RegistryHost, Role, second};
use crate::support::own;

/// Tabs come and go and act, and messages with them.
fn lively(
    seed: u64,
    rounds: usize,
    stays: Option<usize>,
    mut more: impl FnMut(&mut RegistryHost, usize),
) -> RegistryHost {
    let mut world = RegistryHost::new(seed);
    for _ in 0..3 {
        world.open();
    }
    world.take_over(0);
    world.stays = stays;
    for _ in 0..rounds {
        let tabs: Vec<usize> = world.tabs.keys().copied().collect();
        let at = tabs[world.dice.roll(tabs.len())];
        match world.dice.roll(20) {
            0 => {
                if tabs.len() < 4 {
                    world.open();
                }
            }
            1 => {
                if tabs.len() > 1 && world.stays != Some(at) {
                    world.lose(at);
                }
            }
            2 => {
                if let Some(writer) = world.writer() {
                    if tabs.len() > 1 && world.stays != Some(writer) {
                        world.lose(writer);
                    }
                } else {
                    world.take_over(at);
                }
            }
            3 => {
                if world.writer().is_none() {
                    world.take_over(at);
                }
            }
            4 => {
                let reader = &mut world.tabs.get_mut(&at).unwrap();
                if matches!(reader.role, Role::Asks(_)) {
                    let say = reader.reader.again();
                    world.say(at, &say);
                }
            }
            5 => world.keep(true),
            6..=9 => more(&mut world, at),
            _ => world.deliver(true),
        }
    }
    world
}

#[test]
fn nothing_is_lost_and_nothing_is_done_twice() {
    for seed in 0..150 {
        lively(seed, 300, None, RegistryHost::tag).check(&format!("seed {seed}"));
    }
}

#[test]
fn all_tabs_show_the_same_whatever_is_undone() {
    for seed in 0..100 {
        let mut world = lively(seed, 300, None, |world, at| match world.dice.roll(4) {
            0 => world.change(at, |log| log.undo().ok()),
            1 => world.change(at, |log| log.redo().ok()),
            _ => world.tag(at),
        });
        // What is undone is gone; that is no loss.
        world.asked.clear();
        world.check(&format!("seed {seed}"));
    }
}

/// Two workspaces, answers, histories that are folded, and writers that let others write.
#[test]
fn nothing_is_lost_whatever_else_goes_on() {
    let (mut folded, mut handed_over, mut gone, mut learned) = (0, 0, 0, 0);
    for seed in 0..150 {
        let mut world = lively(seed, 400, None, |world, at| match world.dice.roll(12) {
            0 => world.go(at, &own()),
            1 => world.go(at, &second()),
            2 => world.fold(),
            3 => world.hand_over(),
            4..=6 => world.learn(at),
            _ => world.tag(at),
        });
        folded += world.folded;
        handed_over += world.handed_over;
        gone += world.gone;
        learned += world.learned.len();
        world.check(&format!("seed {seed}"));
    }
    let all = [folded, handed_over, gone, learned];
    assert!(all.iter().all(|count| *count > 100), "{all:?}");
}

/// Any tab learns and forgets, also while what another one asks for is on its way.
#[test]
fn nobody_brings_back_what_was_forgotten() {
    let (mut forgotten, mut learned) = (0, 0);
    for seed in 0..150 {
        let mut world = lively(seed, 300, None, |world, at| match world.dice.roll(12) {
            0 => world.forget(at),
            1..=6 => world.learn(at),
            7 => world.hand_over(),
            _ => world.tag(at),
        });
        forgotten += world
            .forgotten
            .iter()
            .filter(|(_, ids)| !ids.is_empty())
            .count();
        learned += world.learned.len();
        world.check(&format!("seed {seed}"));
    }
    assert!(forgotten > 100 && learned > 100, "{forgotten}, {learned}");
}

/// One tab learns and forgets, and is never lost: what it has learned since it last forgot is kept, and nothing else.
#[test]
fn what_was_forgotten_does_not_come_back() {
    let mut forgotten = 0;
    for seed in 0..100 {
        let mut world = lively(seed, 300, Some(1), |world, at| match world.dice.roll(8) {
            0 => {
                world.forget(1);
                forgotten += 1;
            }
            1..=4 => world.learn(1),
            5 => world.hand_over(),
            _ => world.tag(at),
        });
        world.check(&format!("seed {seed}"));
        let kept = world.kept_steps();
        let expected: Vec<String> = world.learned.keys().cloned().collect();
        assert_eq!(kept, expected, "seed {seed}");
    }
    assert!(forgotten > 100, "{forgotten}");
}
