//! Where a text is carried out: a registry with its history, its rules, and the way to change them.
//!
//! The browser has one behind its session; [`Sandbox`] is one in memory, for tests, for scripts and for the lesson.

use registry::{
    Command, Context, Log, ModelName, Record, Refusal, RefusalKind, Registry, RuleSet, Time,
    sample::sample,
};

/// Something to carry a text out on. It is used by reference only, so that WebAssembly has its code once.
pub trait RegistryHost {
    /// Shows the registry with its history.
    fn with_log(&self, read: &mut dyn FnMut(&Log));

    /// The rules in force.
    fn rules(&self) -> RuleSet;

    /// Carries a command out and remembers it in the history.
    ///
    /// # Errors
    /// The registry's refusal; nothing has changed then.
    fn act(&mut self, command: &Command) -> Result<(), Refusal>;

    /// Takes the last step back.
    ///
    /// # Errors
    /// The refusal where there is none, or where it is somebody else's.
    fn undo(&mut self) -> Result<(), Refusal>;

    /// Does the step again that was taken back last.
    ///
    /// # Errors
    /// The refusal where there is none.
    fn redo(&mut self) -> Result<(), Refusal>;

    /// Puts the registry back to how it was after a step.
    ///
    /// # Errors
    /// The refusal where the history has no such step.
    fn restore(&mut self, step: u64) -> Result<(), Refusal>;

    /// Changes the rules in force.
    ///
    /// # Errors
    /// Why they stay as they are.
    fn set_rules(&mut self, rules: RuleSet) -> Result<(), Refusal>;

    /// The model that the lesson's `load_model(file)` and `get_model(stage=…)` mean: the one on the page.
    fn app_model(&self) -> Option<ModelName>;

    /// The registry that `reset` brings back.
    fn sample(&self) -> Registry;
}

/// Asks the registry with its history something.
pub fn ask<T>(host: &dyn RegistryHost, question: impl FnOnce(&Log) -> T) -> Option<T> {
    let mut question = Some(question);
    let mut answer = None;
    host.with_log(&mut |log| {
        if let Some(question) = question.take() {
            answer = Some(question(log));
        }
    });
    answer
}

/// When the first step is done: some Monday morning. Nothing depends on the day.
const START: u64 = 1_767_600_000_000;
/// The time between two steps, in milliseconds.
const PACE: u64 = 3_600_000;

/// A registry in memory. Its clock counts the steps.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Sandbox {
    pub log: Log,
    pub rules: RuleSet,
    /// The model that an app uses, if one is meant.
    pub model: Option<ModelName>,
}

impl Sandbox {
    /// The registry of a first visit.
    pub fn sample(rules: RuleSet) -> Self {
        let log = sample(Time(START)).0;
        let model = log.registry().models().next();
        let fraud = ModelName::parse("fraud-detector").ok();
        let model = fraud
            .filter(|name| log.registry().model(name).is_some())
            .or_else(|| model.map(|model| model.name().clone()));
        Self { log, rules, model }
    }

    /// When, and under which rules, the next step is done.
    pub fn context(&self) -> Context {
        Context::new(Time(START + self.log.step() * PACE), self.rules)
    }
}

impl RegistryHost for Sandbox {
    fn with_log(&self, read: &mut dyn FnMut(&Log)) {
        read(&self.log);
    }

    fn rules(&self) -> RuleSet {
        self.rules
    }

    fn act(&mut self, command: &Command) -> Result<(), Refusal> {
        let context = self.context();
        self.log.act(&context, command).map(|_| ())
    }

    fn undo(&mut self) -> Result<(), Refusal> {
        self.log.undo().map(|_| ())
    }

    fn redo(&mut self) -> Result<(), Refusal> {
        self.log.redo().map(|_| ())
    }

    fn restore(&mut self, step: u64) -> Result<(), Refusal> {
        let context = self.context();
        self.log.restore(&context, step).map(|_| ())
    }

    fn set_rules(&mut self, rules: RuleSet) -> Result<(), Refusal> {
        self.rules = rules;
        Ok(())
    }

    fn app_model(&self) -> Option<ModelName> {
        self.model.clone()
    }

    fn sample(&self) -> Registry {
        sample(Time(START)).0.registry().clone()
    }
}

/// A copy of a registry, which remembers what is done to it: for a dry run, and for a Python in a worker.
#[derive(Clone, Debug, Default)]
pub struct RegistryCopy {
    pub log: Log,
    pub rules: RuleSet,
    /// When the next step is done.
    pub now: Time,
    /// The model that an app uses, if one is meant.
    pub model: Option<ModelName>,
    /// What was done and not taken yet, in its order.
    pub steps: Vec<Record>,
    /// How many calls a rule of the team refused that MLflow allows.
    pub refused_by_team: usize,
}

impl RegistryCopy {
    /// Takes in a step of another copy.
    ///
    /// # Errors
    /// The refusal where the step does not follow on this history; nothing has changed then.
    pub fn replay(&mut self, step: Record) -> Result<(), Refusal> {
        self.log.replay(&step)?;
        self.steps.push(step);
        Ok(())
    }
}

impl RegistryHost for RegistryCopy {
    fn with_log(&self, read: &mut dyn FnMut(&Log)) {
        read(&self.log);
    }

    fn rules(&self) -> RuleSet {
        self.rules
    }

    fn act(&mut self, command: &Command) -> Result<(), Refusal> {
        let context = Context::new(self.now, self.rules);
        let done = self.log.act(&context, command).inspect_err(|refusal| {
            self.refused_by_team += usize::from(matches!(refusal.kind, RefusalKind::Team(_)));
        });
        self.steps.push(done?);
        Ok(())
    }

    // What goes through the history is not tried on a copy: `Console::not_on_a_copy` finds it before.
    fn undo(&mut self) -> Result<(), Refusal> {
        Err(RefusalKind::NothingToUndo.into())
    }

    fn redo(&mut self) -> Result<(), Refusal> {
        Err(RefusalKind::NothingToRedo.into())
    }

    fn restore(&mut self, _: u64) -> Result<(), Refusal> {
        Err(RefusalKind::NoSuchStep.into())
    }

    fn set_rules(&mut self, _: RuleSet) -> Result<(), Refusal> {
        Err(RefusalKind::NoSuchStep.into())
    }

    fn app_model(&self) -> Option<ModelName> {
        self.model.clone()
    }

    fn sample(&self) -> Registry {
        Registry::default()
    }
}
