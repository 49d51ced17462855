//! The start of an exercise, and what may be used in it.

use super::{Allowed, Task};
use registry::{
    Actor, Command, Context, ExerciseLimit, Log, ModelName, Registry, Time, VersionNumber,
};

/// When the first command of a start is given: some Monday morning. Nothing depends on the day.
const START: u64 = 1_767_600_000_000;
/// The time between two commands, in milliseconds.
const PACE: u64 = 3_600_000;
/// The most steps of a receipt.
pub const MAX_STEPS: usize = 200;

impl Task {
    /// Returns the log as it is at the start. Where the start is a history to be read, it is kept, and its last step is a
    /// colleague's, who does not let it be undone; else it is folded into the log's base. Commands that are refused are
    /// left out; the check holds that there are none.
    pub fn log(&self) -> Log {
        let mut log = Log::default();
        for told in &self.start {
            let context = Context {
                at: Time(START + log.step() * PACE),
                rules: self.rules,
                actor: told.by.clone().map_or(Actor::You, Actor::Colleague),
                comment: told.because.clone(),
            };
            let _ = log.act(&context, &told.command);
        }
        if self.told {
            log
        } else {
            Log::new(log.registry().clone(), 0)
        }
    }

    /// Returns the number of the last step before the learner's first one.
    pub fn from(&self) -> u64 {
        if self.told { self.log().step() } else { 0 }
    }

    /// Returns the context of the learner's next step, for those who have no clock.
    pub fn context(&self, log: &Log) -> Context {
        let step = self.start.len() as u64 + log.step();
        Context::new(Time(START + step * PACE), self.rules)
    }

    /// Returns how many steps the learner has done.
    pub fn steps(&self, log: &Log) -> u64 {
        log.step().saturating_sub(self.from())
    }

    /// Returns the highest number that a version of a model may get.
    pub fn last_number(&self, start: &Registry, model: &ModelName) -> Option<VersionNumber> {
        let last = start.model(model)?.last_number();
        let at_start = last.map_or(0, VersionNumber::get);
        VersionNumber::new(at_start.saturating_add(self.new_versions()))
    }

    /// Returns how many new versions a model may get.
    pub fn new_versions(&self) -> u32 {
        let each = self.allow.iter().map(|allowed| match allowed {
            Allowed::CreateVersion { at_most, .. } => *at_most,
            Allowed::CopyVersion(_) => 1,
            _ => 0,
        });
        each.max().unwrap_or(0)
    }

    /// Returns whether a command is part of the exercise. Ask this of what the registry would do: a refusal of the registry says
    /// more than this.
    pub fn permits(&self, registry: &Registry, command: &Command) -> Result<(), ExerciseLimit> {
        let method = command.method();
        let allowed = || self.allow.iter().filter(|it| it.method() == method);
        if allowed().next().is_none() {
            let mut methods: Vec<_> = self.allow.iter().map(Allowed::method).collect();
            methods.dedup();
            return Err(ExerciseLimit::Method { methods });
        }
        let among = |name: &str, not_here: fn(Vec<String>) -> ExerciseLimit| {
            let names: Vec<String> = allowed().flat_map(Allowed::names).collect();
            if names.iter().any(|known| known == name) {
                Ok(())
            } else {
                Err(not_here(names))
            }
        };
        match command {
            Command::SetRegisteredModelAlias { alias, .. }
            | Command::DeleteRegisteredModelAlias { alias, .. } => {
                among(alias.as_str(), |aliases| ExerciseLimit::Alias { aliases })
            }
            Command::SetModelVersionTag { key, .. }
            | Command::DeleteModelVersionTag { key, .. }
            | Command::SetRegisteredModelTag { key, .. }
            | Command::DeleteRegisteredModelTag { key, .. } => {
                among(key.as_str(), |keys| ExerciseLimit::Tag { keys })
            }
            Command::CreateModelVersion { name, .. } => self.one_more(registry, name),
            Command::CopyModelVersion { dst_name, .. } => {
                among(dst_name.as_str(), |models| ExerciseLimit::Target { models })?;
                self.one_more(registry, dst_name)
            }
            _ => Ok(()),
        }
    }

    /// Returns whether a model may get one more version.
    fn one_more(&self, registry: &Registry, model: &ModelName) -> Result<(), ExerciseLimit> {
        let last = registry.model(model).and_then(|model| model.last_number());
        let last = last.map_or(0, VersionNumber::get);
        let most = self.last_number(self.log().registry(), model);
        if most.is_some_and(|most| last < most.get()) {
            Ok(())
        } else {
            let at_most = self.new_versions();
            Err(ExerciseLimit::Versions { at_most })
        }
    }
}
