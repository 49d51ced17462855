//! Runs: commands and console texts, carried out one after the other on a copy of a scene until one fails.

use super::scene::{Act, Loads, Scene};
use console::execute::from_file;
use console::{Console, Diagnostic, Output, RegistryHost, Sandbox, Stop};
use registry::uri::{self, ModelUri};
use registry::{
    Alias, Log, ModelName, Refusal, RefusalKind, Registry, RuleSet, Stage, VersionNumber,
};

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
        diagnostic: Diagnostic,
    },
}

impl Failure {
    /// Returns the name under which conditions know it (`content/README.md`).
    pub const fn id(&self) -> &'static str {
        match self {
            Self::Refused(refusal) => refusal.kind.id(),
            Self::Unread { diagnostic, .. } => diagnostic.kind.id(),
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

impl Loaded {
    /// Returns what an app loads from then on that has such a line in it.
    fn loads(&self) -> Option<Loads> {
        if !uri::is_models_scheme(&self.asked) {
            let stage = Stage::parse(&self.asked).map(Loads::Stage);
            return Some(stage.unwrap_or_else(|_| Loads::File(self.asked.clone())));
        }
        match ModelUri::parse(&self.asked).ok()? {
            ModelUri::Stage { stage, .. } => Stage::parse(&stage).ok().map(Loads::Stage),
            ModelUri::Alias { alias, .. } => Alias::parse(&alias).ok().map(Loads::Alias),
            ModelUri::Version { .. } => self.version.map(Loads::Version),
            ModelUri::Latest { .. } => None,
        }
    }
}

/// A scene on which something has been done.
#[derive(Clone, PartialEq, Debug)]
pub struct Played {
    pub log: Log,
    pub rules: RuleSet,
    /// The model that is shown.
    pub model: ModelName,
    /// What was loaded last.
    pub loaded: Option<Loaded>,
    /// What was printed last.
    pub printed: String,
    /// Why it ended early.
    pub failure: Option<Failure>,
}

impl Played {
    /// Returns the scene as it is at first. Commands that are refused are left out; the check of a pack holds that there are none.
    pub fn new(scene: &Scene, rules: Option<RuleSet>) -> Self {
        let mut host = Sandbox {
            log: Log::default(),
            rules: scene.rules,
            model: None,
        };
        for command in &scene.commands {
            let _ = host.act(command);
        }
        Self {
            log: host.log,
            rules: rules.unwrap_or(scene.rules),
            model: scene.model.clone(),
            loaded: None,
            printed: String::new(),
            failure: None,
        }
    }

    /// Returns the registry.
    pub const fn registry(&self) -> &Registry {
        self.log.registry()
    }

    /// Returns what an app loads from then on in which this ran: it asks for the same also where nothing is in that stage.
    #[must_use]
    pub fn loads(&self) -> Option<Loads> {
        let Some(Failure::Refused(refusal)) = &self.failure else {
            return self.loaded.as_ref()?.loads();
        };
        match &refusal.kind {
            RefusalKind::NoVersions { stage, .. } => {
                Stage::parse(stage.as_ref()?).ok().map(Loads::Stage)
            }
            _ => None,
        }
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
        let mut host = Sandbox {
            log: std::mem::take(&mut self.log),
            rules: self.rules,
            model: Some(self.model.clone()),
        };
        self.failure = match act {
            Act::Do(command) => host.act(command).err().map(Failure::Refused),
            Act::Say(text) => {
                let reply = Console::default().enter(&mut host, text);
                for output in reply.outputs {
                    match output {
                        Output::Loaded(loaded) => {
                            self.loaded = Some(Loaded {
                                asked: loaded.asked,
                                version: loaded.found.map(|(_, version)| version),
                            });
                        }
                        Output::Printed(text) => self.printed = text.trim_end().to_owned(),
                        _ => {}
                    }
                }
                reply.stop.map(|stop| match stop {
                    Stop::Refused { refusal, .. } => Failure::Refused(refusal),
                    Stop::Diagnostic(diagnostic) => Failure::Unread {
                        text: text.clone(),
                        diagnostic,
                    },
                })
            }
        };
        self.log = host.log;
        self.rules = host.rules;
    }
}

/// Returns the version of a model that was made from a file.
pub fn file(registry: &Registry, model: &ModelName, path: &str) -> Option<VersionNumber> {
    from_file(registry.model(model)?, path)
}
