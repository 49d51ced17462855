//! Runs: commands and console texts, carried out one after the other on a copy of a scene until one fails.

use super::pack::{Act, Scene};
use crate::console::{self, Does, Trouble};
use crate::registry::call::{Layer, Query, Request};
use crate::registry::{
    Context, Log, ModelName, Refusal, RefusalKind, Registry, RuleSet, Stage, Time, VersionNumber,
};

/// When the first command of a scene is given: some Monday morning. Nothing depends on the day.
const START: u64 = 1_767_600_000_000;
/// The time between two commands, in milliseconds.
const PACE: u64 = 3_600_000;

/// Why a run ended before its end.
#[derive(Clone, PartialEq, Debug)]
pub enum Failure {
    /// The registry refused.
    Refused(Refusal),
    /// The console could not read it.
    Unread {
        /// What was to be read.
        text: String,
        /// What is wrong with it.
        trouble: Trouble,
    },
}

impl Failure {
    /// The name under which conditions know it (`content/README.md`).
    #[must_use]
    pub const fn id(&self) -> &'static str {
        match self {
            Self::Refused(refusal) => refusal.kind.id(),
            Self::Unread { trouble, .. } => trouble.kind.id(),
        }
    }
}

/// What the last `load_model` or `get_model` of a run got.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Loaded {
    /// What was asked for: a URI, a file or a stage.
    pub asked: String,
    /// The version that was loaded; nothing where there was none.
    pub version: Option<VersionNumber>,
}

/// A scene on which something has been done.
#[derive(Clone, PartialEq, Debug)]
pub struct Played {
    /// The registry with its history.
    pub log: Log,
    /// The rules in force.
    pub rules: RuleSet,
    /// The model that is shown.
    pub model: ModelName,
    /// What was loaded last.
    pub loaded: Option<Loaded>,
    /// Why it ended early.
    pub failure: Option<Failure>,
}

impl Played {
    /// The scene as it is at first. Commands that are refused are left out; the check of a pack holds that there are none.
    #[must_use]
    pub fn new(scene: &Scene, rules: Option<RuleSet>) -> Self {
        let mut log = Log::default();
        for command in &scene.commands {
            let _ = log.act(&at(&log, scene.rules), command);
        }
        Self {
            log,
            rules: rules.unwrap_or(scene.rules),
            model: scene.model.clone(),
            loaded: None,
            failure: None,
        }
    }

    /// The registry.
    #[must_use]
    pub const fn registry(&self) -> &Registry {
        self.log.registry()
    }

    /// Carries the acts out, until one fails.
    pub fn run(&mut self, acts: &[Act]) {
        for act in acts {
            if self.failure.is_none() {
                self.act(act);
            }
        }
    }

    /// Carries an act out. What was loaded before it is forgotten if it loads something.
    pub fn act(&mut self, act: &Act) {
        let done = match act {
            Act::Do(command) => self
                .log
                .act(&at(&self.log, self.rules), command)
                .map(|_| ())
                .map_err(Failure::Refused),
            Act::Say(text) => self.say(text),
        };
        self.failure = done.err();
    }

    fn say(&mut self, text: &str) -> Result<(), Failure> {
        let script = console::read(text).map_err(|trouble| Failure::Unread {
            text: text.to_owned(),
            trouble,
        })?;
        script
            .statements
            .iter()
            .try_for_each(|statement| self.does(&statement.does))
            .map_err(Failure::Refused)
    }

    fn does(&mut self, does: &Does) -> Result<(), Refusal> {
        match does {
            Does::Nothing => Ok(()),
            Does::Call(call) => match call.read(self.registry(), Layer::Client)? {
                Request::Command(command) => {
                    let context = at(&self.log, self.rules);
                    self.log.act(&context, &command).map(|_| ())
                }
                Request::Query(query) => self.ask(&query).map_err(Refusal::plain),
            },
            Does::LoadFile { path } => {
                self.loaded = Some(Loaded {
                    asked: path.clone(),
                    version: file(self.registry(), &self.model, path),
                });
                Ok(())
            }
            Does::GetModel { stage } => {
                let known = Stage::parse(stage).map_err(Refusal::plain)?;
                self.loaded = Some(Loaded {
                    asked: stage.clone(),
                    version: None,
                });
                let model = self.registry().get_model(&self.model)?;
                let Some(version) = model.answer(known).version() else {
                    return Err(Refusal::plain(RefusalKind::NoVersions {
                        name: self.model.clone(),
                        stage: Some(stage.clone()),
                    }));
                };
                self.loaded = Some(Loaded {
                    asked: stage.clone(),
                    version: Some(version),
                });
                Ok(())
            }
        }
    }

    fn ask(&mut self, query: &Query) -> Result<(), RefusalKind> {
        let registry = self.log.registry();
        match query {
            Query::Model { name } => registry.get_model(name).map(|_| ()),
            Query::Version { .. } => Ok(()),
            Query::ByAlias { name, alias } => {
                registry.get_model_version_by_alias(name, alias).map(|_| ())
            }
            Query::Latest { name, stages } => {
                registry.get_latest_versions(name, stages).map(|_| ())
            }
            Query::Uri { uri } => {
                let resolved = registry.resolve(uri).map(|found| found.version);
                self.loaded = Some(Loaded {
                    asked: uri.clone(),
                    version: resolved.as_ref().ok().copied(),
                });
                resolved.map(|_| ())
            }
        }
    }
}

/// The version of a model that was made from a file: its source is the file, or ends in it.
#[must_use]
pub fn file(registry: &Registry, model: &ModelName, path: &str) -> Option<VersionNumber> {
    let wanted = |source: &str| {
        source
            .strip_suffix(path)
            .is_some_and(|before| before.is_empty() || before.ends_with('/'))
    };
    let model = registry.model(model)?;
    model
        .versions()
        .rev()
        .find(|version| wanted(version.source().as_str()))
        .map(|version| version.number())
}

fn at(log: &Log, rules: RuleSet) -> Context {
    Context::new(Time(START + log.step() * PACE), rules)
}
