//! The solver: as exact as trying everything, and true to the registry state by state.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use lesson::exercise::solver::Solver;
use lesson::exercise::{Goal, Machine, Named, Solution, Status, Task, goal, hint};
use lesson::id::Id;
use lesson::round::Chance;
use registry::rules::GUIDED;
use registry::{
    Command, Context, Event, Guard, Log, Registry, RuleSet, Stage, TeamPolicy, TeamRule,
};

use super::brute;
use super::make::{move_to, version};
use super::support::*;

/// How many logs brute force may look at for one exercise.
const PATIENCE: f64 = 150_000.0;

#[test]
fn the_fewest_steps_are_those_that_trying_everything_finds() {
    let mut tried = 0;
    for exercise in exercises() {
        let task = &exercise.task;
        let machine = machine(task);
        let commands = commands(&machine);
        let cost = (commands.len() as f64).powi(task.par as i32);
        assert_eq!(
            distance(&machine, &task.log()),
            Some(task.par),
            "{}",
            exercise.id
        );
        if cost > PATIENCE {
            continue;
        }
        tried += 1;
        let found = brute::fewest(task, &commands, &task.log(), task.par);
        assert_eq!(found, Some(task.par), "{}", exercise.id);
    }
    assert!(tried >= 24, "{tried}");
}

/// From the states around the start too, with every first step that is said to be a best one, and no other.
#[test]
fn every_best_first_step_is_found_and_no_other() {
    let mut found_some = 0;
    for exercise in exercises() {
        let task = &exercise.task;
        let machine = machine(task);
        let commands = commands(&machine);
        for log in within(task, &machine, 1).iter().take(25) {
            let answer = solve(&machine, log);
            let Some(best) = answer.best() else {
                continue;
            };
            let nearer = |command: &Command| {
                let mut next = log.clone();
                act(task, &mut next, command)
                    && distance(&machine, &next).is_some_and(|left| left + 1 == best.distance)
            };
            let mut expected: Vec<&Command> =
                commands.iter().filter(|command| nearer(command)).collect();
            let mut found: Vec<&Command> = best.first.iter().collect();
            let order = |command: &&Command| format!("{command:?}");
            expected.sort_by_key(order);
            found.sort_by_key(order);
            if best.distance == 0 {
                expected.clear();
            }
            assert_eq!(found, expected, "{}", exercise.id);
            found_some += usize::from(!found.is_empty());
        }
    }
    assert!(found_some > 100, "{found_some}");
}

/// The small states do what the registry does: in every state that the solver comes to within a best way's length and two
/// steps more, every command is accepted by both or by none, leads to the same, and is judged alike.
#[test]
fn the_small_states_follow_the_registry() {
    for exercise in exercises() {
        let task = &exercise.task;
        follows(&exercise.id, task, task.rules.policy());
    }
}

/// Guards that the lesson's policy does not have: about moves, about aliases, about making versions.
const MADE_UP: [Guard; 3] = [
    Guard {
        rule: TeamRule::OneLiveVersion,
        concerns: |command| {
            matches!(
                command,
                Command::TransitionModelVersionStage {
                    stage: Stage::Staging,
                    ..
                }
            )
        },
        refuses: |model, _| model.count(Stage::Staging) > 0,
    },
    Guard {
        rule: TeamRule::TestBeforeProduction,
        concerns: |command| matches!(command, Command::SetRegisteredModelAlias { .. }),
        refuses: |model, command| {
            let version = command.version();
            version.is_some_and(|version| !model.has_been_live(version))
        },
    },
    Guard {
        rule: TeamRule::NoWayBackToNone,
        concerns: |command| {
            matches!(
                command,
                Command::CreateModelVersion { .. } | Command::CopyModelVersion { .. }
            )
        },
        refuses: |model, _| model.count(Stage::None) > 0,
    },
];

/// A policy with one of the made-up guards beside its own.
fn with_guard(at: usize) -> &'static TeamPolicy {
    let own = GUIDED.guards().iter().copied();
    let guards: Vec<Guard> = own.chain([MADE_UP[at]]).collect();
    Box::leak(Box::new(GUIDED.with_guards(guards.leak())))
}

/// Nothing but the policy knows of a guard, and the solver follows the registry.
#[test]
fn a_guard_that_is_added_to_the_policy_is_followed() {
    for at in 0..MADE_UP.len() {
        let policy = with_guard(at);
        let mut refused = 0;
        for exercise in exercises() {
            let task = &exercise.task;
            refused += follows(&exercise.id, task, Some(policy));
        }
        assert!(refused > 0, "the guard {at} never refuses");
    }
}

/// Walks through the states near the start, under a policy. Returns how often it refuses where that of the lesson does not.
fn follows(id: &Id, task: &Task, policy: Option<&'static TeamPolicy>) -> usize {
    let machine = Machine::under(task, policy).expect("it is small enough");
    let start = task.log();
    let (mut compared, mut refused) = (0_usize, 0);
    for space in machine.spaces() {
        // One real registry stands for each small state: all of them must behave alike.
        let mut known: HashMap<u128, Registry> = HashMap::new();
        let first = space.begin(start.registry()).expect("the start is open");
        known.insert(first, start.registry().clone());
        let mut queue = VecDeque::from([(first, 0)]);
        while let Some((state, depth)) = queue.pop_front() {
            if depth > task.par + 2 {
                break;
            }
            let registry = known[&state].clone();
            for (at, command) in space.commands().iter().enumerate() {
                compared += 1;
                let time = task.context(&start).at;
                let real = registry.decide_under(policy, time, command);
                let permitted = task.permits(&registry, command).is_ok();
                let accepted = space.accepts(state, at);
                assert_eq!(real.is_ok() && permitted, accepted, "{id}: {command:?}");
                let Ok(events) = real else {
                    let usual = registry.decide_under(Some(&GUIDED), time, command);
                    refused += usize::from(usual.is_ok());
                    continue;
                };
                if !permitted {
                    continue;
                }
                let deleted = events.iter().any(|event| {
                    matches!(
                        event,
                        Event::VersionDeleted { .. } | Event::ModelDeleted { .. }
                    )
                });
                let mut after = registry.clone();
                let context = Context::new(time, RuleSet::Mlflow);
                after.apply(&context, command).unwrap();
                let next = space.step(state, at);
                assert_eq!(
                    next,
                    space.follow(state, &after, deleted),
                    "{id}: {command:?}"
                );
                if let Some(next) = next
                    && let Entry::Vacant(entry) = known.entry(next)
                {
                    entry.insert(after);
                    queue.push_back((next, depth + 1));
                }
            }
        }
    }
    assert!(compared > 0);
    refused
}

/// A way that a new guard bars costs steps, or is none at all.
#[test]
fn the_fewest_steps_are_those_of_the_policy() {
    let task = &exercise("first-promotion").task;
    let position = |machine: &Machine| machine.position(&task.log()).unwrap();
    let solve = |policy: &'static TeamPolicy| {
        let machine = Arc::new(Machine::under(task, Some(policy)).unwrap());
        let position = position(&machine);
        Solver::new(machine, &position).solve()
    };
    let usual = solve(&GUIDED);
    assert_eq!(usual.best().map(|best| best.distance), Some(task.par));
    let barred: &'static [Guard] = &[Guard {
        rule: TeamRule::TestBeforeProduction,
        concerns: |command| {
            matches!(
                command,
                Command::TransitionModelVersionStage {
                    stage: Stage::Production,
                    ..
                }
            )
        },
        refuses: |_, _| true,
    }];
    let barred = Box::leak(Box::new(GUIDED.with_guards(barred)));
    assert_eq!(solve(barred), Solution::DeadEnd);
}

/// What the solver calls reached is what the conditions call met; what they call lost for good is a dead end.
#[test]
fn the_solver_and_the_conditions_agree() {
    let mut lost_ones = 0;
    for exercise in exercises() {
        let task = &exercise.task;
        let machine = machine(task);
        let steps = task.par.min(2);
        for log in within(task, &machine, steps).iter().take(2_000) {
            let evaluated = goal::evaluate(task, log);
            let met = evaluated
                .iter()
                .all(|evaluated| evaluated.status == Status::Met);
            let lost = evaluated.iter().any(|evaluated| evaluated.for_good);
            let left = distance(&machine, log);
            assert_eq!(met, left == Some(0), "{}: {evaluated:?}", exercise.id);
            if lost {
                lost_ones += 1;
                assert_eq!(left, None, "{}: {evaluated:?}", exercise.id);
            }
        }
    }
    assert!(lost_ones > 50, "{lost_ones}");
}

/// Every hint leads on: its step lies on a best way from wherever one is, and the condition that it points to is open.
#[test]
fn each_hint_lies_on_a_best_way() {
    for exercise in exercises() {
        let task = &exercise.task;
        let machine = machine(task);
        for log in within(task, &machine, 2).iter().take(300) {
            let answer = solve(&machine, log);
            let Some(best) = answer.best().filter(|best| best.distance > 0) else {
                continue;
            };
            let looked = hint::look_at(task, log, best).expect("something is open");
            assert_ne!(goal::evaluate(task, log)[looked].status, Status::Met);
            let whys = hint::why(task, log, &best.solution);
            assert_eq!(whys.len(), best.solution.len(), "{}", exercise.id);
            let mut ahead = log.clone();
            for (at, command) in best.solution.iter().enumerate() {
                assert!(task.permits(ahead.registry(), command).is_ok());
                assert!(act(task, &mut ahead, command), "{}", exercise.id);
                let left = best.distance - at as u32 - 1;
                assert_eq!(distance(&machine, &ahead), Some(left), "{}", exercise.id);
            }
            assert!(goal::solved(task, &ahead), "{}", exercise.id);
            assert!(best.first.contains(&best.solution[0]), "{}", exercise.id);
        }
    }
}

#[test]
fn it_can_be_done_in_slices() {
    for exercise in exercises() {
        let task = &exercise.task;
        let machine = machine(task);
        let position = machine.position(&task.log()).unwrap();
        let whole = Solver::new(machine.clone(), &position).solve();
        let mut sliced = Solver::new(machine.clone(), &position);
        let mut slices = 0;
        let answer = loop {
            slices += 1;
            if let Some(answer) = sliced.step(3) {
                break answer;
            }
        };
        assert_eq!(answer, whole);
        assert!(slices * 3 >= sliced.looked_at());
    }
}

#[test]
fn undo_leads_out_of_a_dead_end() {
    let task = &exercise("archive-is-not-delete").task;
    let machine = machine(task);
    let mut log = task.log();
    let delete = |number: u32| Command::DeleteModelVersion {
        name: task.model.clone(),
        version: version(number),
    };
    assert!(act(
        task,
        &mut log,
        &move_to("fraud-detector", 2, Stage::Archived)
    ));
    assert!(act(task, &mut log, &delete(3)));
    assert!(act(task, &mut log, &delete(1)));
    assert_eq!(solve(&machine, &log), Solution::DeadEnd);
    assert_eq!(hint::last_open_step(&machine, task, &log), Some(1));
    log.undo().unwrap();
    log.undo().unwrap();
    assert_eq!(distance(&machine, &log), Some(1));
    assert_eq!(hint::last_open_step(&machine, task, &log), Some(1));
}

/// A limit on the steps counts those that were done already.
#[test]
fn a_limit_on_the_steps_makes_dead_ends() {
    let mut task: Task = exercise("bad-release").task.clone();
    task.goal.push(Named {
        goal: Goal::Steps { at_most: 2 },
        label: None,
        secret: false,
    });
    let machine = machine(&task);
    let mut log: Log = task.log();
    assert_eq!(distance(&machine, &log), Some(2));
    let detour = move_to("fraud-detector", 5, Stage::Staging);
    assert!(act(&task, &mut log, &detour));
    assert_eq!(solve(&machine, &log), Solution::DeadEnd);
    log.undo().unwrap();
    assert_eq!(distance(&Arc::clone(&machine), &log), Some(2));
}

/// An answer looks at no more states than this. Today the most is 568, and a thousand take about a millisecond.
const MOST_STATES: usize = 1_000;
/// So many states of an exercise are started from, when it has more of them.
const STARTS: usize = 1_200;

/// From wherever one may have come to within a best way's length and two steps more, an answer is little work. Where there are
/// too many such states, they are those that are nearest to the start, and those at the end of random walks.
#[test]
fn from_anywhere_near_an_answer_is_little_work() {
    let mut chance = Chance::new(11);
    for exercise in exercises() {
        let task = &exercise.task;
        let machine = machine(task);
        let commands = commands(&machine);
        let steps = task.par + 2;
        let (mut logs, is_all) = nearest(task, &machine, steps, STARTS);
        let walks = if is_all { 0 } else { STARTS / 4 };
        for _ in 0..walks {
            let mut log = task.log();
            for _ in 0..steps * 4 {
                let command = &commands[chance.below(commands.len())];
                if task.steps(&log) < u64::from(steps)
                    && task.permits(log.registry(), command).is_ok()
                {
                    act(task, &mut log, command);
                }
            }
            logs.push(log);
        }
        let mut most = 0;
        for log in &logs {
            let position = machine.position(log).expect("it is inside of the exercise");
            let mut solver = Solver::new(machine.clone(), &position);
            let answer = solver.step(usize::MAX);
            assert_ne!(answer, Some(Solution::TooLarge), "{}", exercise.id);
            most = most.max(solver.looked_at());
        }
        let which = if is_all { "all" } else { "some" };
        println!(
            "{}: {which} {} starts, at most {most} states",
            exercise.id,
            logs.len()
        );
        assert!(most <= MOST_STATES, "{}: {most}", exercise.id);
    }
}
