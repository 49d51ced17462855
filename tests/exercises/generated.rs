//! Exercises made from a seed.

use std::collections::BTreeSet;

use model_stages::lesson::exercise::generate::{Made, Purpose, Recipe, generate};
use model_stages::lesson::exercise::{Status, Task, check, goal};

use super::brute;
use super::support::*;

fn make(recipe: &Recipe) -> Made {
    generate(recipe).unwrap_or_else(|| panic!("no task for {recipe:?}"))
}

/// What one sees of a task, without the names of its models and the numbers of quality: two tasks that differ only in
/// those are alike.
fn seen(task: &Task) -> String {
    let log = task.log();
    let mut text = String::new();
    let mut names = Vec::new();
    for model in log.registry().models() {
        names.push(model.name().to_string());
        for version in model.versions() {
            text += &format!(
                "{} {} {} {:?}; ",
                model.name(),
                version.number(),
                version.stage(),
                model.aliases_of(version.number()).collect::<Vec<_>>()
            );
        }
    }
    text += &format!("{:?}", task.goal);
    for (at, name) in names.iter().enumerate() {
        text = text.replace(name, &format!("model {at}"));
    }
    text
}

#[test]
fn of_a_thousand_seeds_no_two_are_alike_and_none_is_trivial() {
    for purpose in Purpose::ALL {
        let mut all = BTreeSet::new();
        let mut draws = 0;
        for seed in 0..1_000 {
            let recipe = Recipe::new(seed, purpose, 3, 1, 1).unwrap();
            let Made { task, draw } = make(&recipe);
            draws = draw.max(draws);
            let log = task.log();
            assert_eq!(distance(&machine(&task), &log), Some(3), "{recipe:?}");
            let open = goal::judge(&task, &log);
            let open = open.iter().filter(|it| it.status != Status::Met).count();
            assert!(open > 0 && task.goal.len() >= 2, "{recipe:?}");
            assert!(all.insert(seen(&task)), "{recipe:?}");
        }
        println!("{purpose:?}: most draws {draws}");
    }
}

#[test]
fn every_recipe_makes_a_task_with_its_par() {
    for purpose in Purpose::ALL {
        for par in Recipe::PAR {
            for models in Recipe::MODELS {
                for distractors in Recipe::DISTRACTORS {
                    for seed in 0..6 {
                        let recipe = Recipe::new(seed, purpose, par, models, distractors);
                        let Some(recipe) = recipe else {
                            assert!(models == 1 && par > Recipe::PAR_OF_ONE);
                            continue;
                        };
                        let Made { task, draw } = make(&recipe);
                        assert!(draw < 300, "{recipe:?}: {draw}");
                        let found = distance(&machine(&task), &task.log());
                        assert_eq!(found, Some(par), "{recipe:?}");
                        assert_eq!(task.log().registry().models().len(), models as usize);
                    }
                }
            }
        }
    }
}

#[test]
fn the_same_recipe_makes_the_same_task() {
    for seed in [0, 1, 2_026, u64::MAX] {
        for purpose in Purpose::ALL {
            let recipe = Recipe::new(seed, purpose, 3, 2, 1).unwrap();
            assert_eq!(make(&recipe), make(&recipe));
        }
    }
    assert_eq!(Recipe::new(0, Purpose::Release, 1, 1, 0), None);
    assert_eq!(Recipe::new(0, Purpose::Release, 7, 2, 0), None);
    assert_eq!(Recipe::new(0, Purpose::Release, 5, 1, 0), None);
    assert_eq!(Recipe::new(0, Purpose::Release, 3, 4, 0), None);
    assert_eq!(Recipe::new(0, Purpose::Release, 3, 1, 4), None);
}

/// What is made stays what it is: receipts and links name it by its recipe.
#[test]
fn what_is_made_does_not_change() {
    let mut all = String::new();
    for purpose in Purpose::ALL {
        for seed in 0..3 {
            let recipe = Recipe::new(seed, purpose, 3, 2, 1).unwrap();
            all += &format!("{purpose:?} {seed}: {}\n", seen(&make(&recipe).task));
        }
    }
    super::support::kept_for_ever("generated.txt", &all);
}

#[test]
fn their_par_is_what_trying_everything_finds() {
    for purpose in Purpose::ALL {
        for seed in 0..12 {
            let task = make(&Recipe::new(seed, purpose, 2, 1, 0).unwrap()).task;
            let commands = commands(&machine(&task));
            let found = brute::fewest(&task, &commands, &task.log(), 2);
            assert_eq!(found, Some(2), "{purpose:?} {seed}");
        }
    }
}

#[test]
fn none_of_their_conditions_is_useless() {
    for purpose in Purpose::ALL {
        for seed in 0..20 {
            let task = make(&Recipe::new(seed, purpose, 4, 2, 1).unwrap()).task;
            for at in 0..task.goal.len() {
                assert!(check::forbids(&task, at), "{purpose:?} {seed} {at}");
            }
        }
    }
}
