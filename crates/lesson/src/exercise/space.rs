//! The states that matter to an exercise, each packed into one number, and what every command makes of them.
//!
//! What no condition of the goal and no rule asks for is left out: times, descriptions, metrics, other tags and aliases.
//! So what differs only in that is one state, and all of them can be looked at. What MLflow does stands here again, on packed
//! states; what the team refuses does not: the same [`TeamPolicy`] is asked. `tests/exercises` holds, for every state of every exercise that the solver
//! comes to, that it does what [`Registry::decide`] does.

use super::super::condition::Condition;
use super::{Goal, Task};
use registry::{Command, ModelName, PolicyOn, Registry, TagKey, TeamPolicy, VersionNumber};

mod actions;
mod goals;
mod layout;
mod packed;

pub use layout::TooLarge;
use layout::{BitAllocator, Key, ModelLayout, keys};
use packed::{Action, DONE, LOST, OPEN, PackedGoal, PackedGoalKind};

/// The models that belong together, with the commands and the conditions that speak of them.
#[derive(Debug)]
pub struct Space {
    policy: Option<&'static TeamPolicy>,
    /// What of the policy concerns each command; empty where there is no policy.
    policies: Vec<PolicyOn<'static>>,
    models: Vec<ModelLayout>,
    keys: Vec<Key>,
    actions: Vec<Action>,
    commands: Vec<Command>,
    goals: Vec<PackedGoal>,
    /// What is not the registry's, but remembered of the way.
    remembered: u128,
}

impl Space {
    /// Returns the space of some models, and of the goals that speak of them.
    pub(super) fn new(
        task: &Task,
        policy: Option<&'static TeamPolicy>,
        start: &Registry,
        names: &[ModelName],
        goals: &[(&Goal, bool)],
    ) -> Result<Self, TooLarge> {
        let conditions: Vec<&Condition> = goals
            .iter()
            .flat_map(|(goal, _)| goal.conditions())
            .collect();
        let keys = keys(&conditions);
        let mut bits = BitAllocator::default();
        let mut models = Vec::new();
        for name in names {
            if let Some(model) = start.model(name) {
                models.push(ModelLayout::new(
                    task,
                    policy.is_some(),
                    start,
                    model,
                    &conditions,
                    &keys,
                    &mut bits,
                )?);
            }
        }
        let of_registry = bits.used;
        let mut space = Self {
            policy,
            policies: Vec::new(),
            models,
            keys,
            actions: Vec::new(),
            commands: Vec::new(),
            goals: Vec::new(),
            remembered: 0,
        };
        for (goal, negated) in goals {
            let kind = match goal {
                Goal::Now(condition) => PackedGoalKind::Now(space.test(condition)),
                Goal::Always(condition) => PackedGoalKind::Always(space.test(condition)),
                Goal::Once(condition) => PackedGoalKind::Once(space.test(condition)),
                Goal::Before { first, then } => {
                    PackedGoalKind::Before(space.test(first), space.test(then))
                }
                Goal::NothingDeleted => PackedGoalKind::NothingDeleted,
                // The number of steps is no part of a state: the solver counts them.
                Goal::Steps { .. } => continue,
            };
            // What is lost for good is left, unless that is what is looked for.
            let most = match kind {
                _ if *negated => LOST,
                PackedGoalKind::Once(_) | PackedGoalKind::Before(..) => DONE,
                PackedGoalKind::Now(_)
                | PackedGoalKind::Always(_)
                | PackedGoalKind::NothingDeleted => OPEN,
            };
            space.goals.push(PackedGoal {
                kind,
                seen: bits.field(most)?,
                negated: *negated,
            });
        }
        let all = |bits: u32| u128::MAX.checked_shr(u128::BITS - bits).unwrap_or(0);
        space.remembered = all(bits.used) & !all(of_registry);
        for allowed in &task.allow {
            space.add_actions(allowed);
        }
        Ok(space)
    }

    /// Returns every command that can matter, in the order in which they are tried.
    pub fn commands(&self) -> &[Command] {
        &self.commands
    }

    /// Returns how the registry stands at the start of the way; nothing where the goal is lost already.
    pub fn begin(&self, registry: &Registry) -> Option<u128> {
        self.watch(0, self.read(registry)?, false)
    }

    /// Returns how it stands after a step; nothing where the goal is lost by it for good.
    pub fn follow(&self, before: u128, registry: &Registry, deleted: bool) -> Option<u128> {
        self.watch(before, self.read(registry)?, deleted)
    }

    /// Returns the registry as a state, without what is remembered of the way; nothing where it has what no command of the
    /// exercise makes.
    fn read(&self, registry: &Registry) -> Option<u128> {
        let mut state = 0;
        for layout in &self.models {
            if let Some(model) = registry.model(&layout.name) {
                state = layout.read(model, &self.keys, state)?;
            }
        }
        Some(state)
    }

    /// Returns what a command makes of a state; nothing where it is refused, or loses the goal for good.
    pub fn step(&self, state: u128, command: usize) -> Option<u128> {
        let next = self.carry_out(state, command)?;
        let deleted = matches!(
            self.actions.get(command),
            Some(Action::DeleteVersion { .. } | Action::DeleteModel { .. })
        );
        self.watch(state, next & !self.remembered, deleted)
    }

    /// Returns whether a command does in a state just what one before it in the list does, so that it need not be tried: it would
    /// archive what is in a stage, and nothing is. `led` has a bit for each command before it that led somewhere.
    pub(super) fn is_double(&self, state: u128, command: usize, led: u128) -> bool {
        let Some(Action::Transition {
            model,
            slot,
            to,
            plain: Some(plain),
        }) = self.actions.get(command)
        else {
            return false;
        };
        let layout = self.models.get(*model);
        led >> *plain & 1 == 1
            && layout.is_some_and(|layout| layout.in_stage(*to, state).all(|other| other == *slot))
    }

    /// Returns whether the registry accepts a command.
    pub fn accepts(&self, state: u128, command: usize) -> bool {
        self.carry_out(state, command).is_some()
    }

    fn layout(&self, name: &ModelName) -> Option<(usize, &ModelLayout)> {
        let mut all = self.models.iter().enumerate();
        all.find(|(_, layout)| layout.name == *name)
    }

    fn slot(&self, name: &ModelName, number: VersionNumber) -> Option<(usize, usize)> {
        let (model, layout) = self.layout(name)?;
        Some((model, layout.slot(number)?))
    }

    fn key(&self, key: &TagKey, of_version: bool) -> Option<(usize, &Key)> {
        let mut all = self.keys.iter().enumerate();
        all.find(|(_, known)| known.key == *key && known.of_version == of_version)
    }

    fn there(&self, model: usize, state: u128) -> Option<&ModelLayout> {
        let layout = self.models.get(model)?;
        (layout.there.get(state) == 1).then_some(layout)
    }
}
