//! The model registry: a pure state machine. No clock, no randomness, no input or output.
//!
//! ```text
//! input ─▶ Command ─▶ Registry::apply(&Context, &Command) ─▶ Ok(Vec<Event>) | Err(Refusal) ─▶ state, history, views
//! ```
//!
//! | module | what it says |
//! |---|---|
//! | [`id`], [`decimal`], [`stage`] | names, numbers and stages, parsed once |
//! | [`model`] | registered models and their versions |
//! | `methods`, [`parameter`] | the table of MLflow's methods that change a registry; their parameters |
//! | [`command`], [`context`] | what can be asked for, and by whom, when and why |
//! | [`rules`] | MLflow's rules, and the team's policy on top of them, as data |
//! | [`decide`] | what a command does, or why it is refused |
//! | [`event`] | what happened, forwards and backwards |
//! | [`refusal`] | why not, and what instead |
//! | [`uri`], [`query`] | `models:/` URIs and everything that can be asked of a registry |
//! | [`call`] | MLflow's own order of checks on a call as somebody wrote it |
//! | [`history`] | the log: undo, redo, any earlier step |
//! | [`preview`] | what a command would do, before it is done |
//! | [`difference`] | the commands that lead from one registry to another |
//! | [`json`] | how all that is written down |
//! | [`sample`] | the fraud-detection registry of a first visit |
//! | [`percent`] | texts as a part of an address |
//! | [`python`], [`vec_map`] | what of Python shows in MLflow's answers; a small map in a sorted list |

use std::sync::Arc;

pub mod call;
pub mod command;
pub mod context;
pub mod decide;
pub mod decimal;
pub mod difference;
pub mod event;
pub mod history;
pub mod id;
pub mod invalid;
pub mod json;
mod methods;
pub mod model;
mod named;
pub mod parameter;
pub mod percent;
pub mod preview;
pub mod python;
pub mod query;
pub mod refusal;
pub mod rules;
pub mod sample;
pub mod stage;
pub mod uri;
pub mod vec_map;

pub use command::{Command, Metrics, Replacement, Tags};
pub use context::{Actor, Context};
pub use event::{Change, Event};
pub use history::{Action, Entry, Log, Record};
pub use id::{
    Alias, FreeText, MetricName, MetricValue, ModelName, TagKey, TagValue, Time, VersionNumber,
};
pub use invalid::Invalid;
pub use model::{ModelVersion, RegisteredModel};
pub use refusal::{
    ErrorCode, ExerciseLimit, Refusal, RefusalKind, Remedy, RemedyKind, TeamRefusal,
};
pub use rules::{
    Guard, PolicyOn, PolicyView, RuleSet, TeamPolicy, TeamRule, TransitionKind, TransitionRule,
};
pub use stage::{PerStage, Stage};
pub use vec_map::VecMap;

/// All registered models, by name.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Registry {
    models: VecMap<ModelName, Arc<RegisteredModel>>,
}

impl Registry {
    /// Does what the command asks for under the context's rules, or says why not and changes nothing.
    ///
    /// # Errors
    /// The [`Refusal`] of the first rule that stands against it, MLflow's rules before the team's.
    pub fn apply(&mut self, context: &Context, command: &Command) -> Result<Vec<Event>, Refusal> {
        let events = self.decide(context.rules, context.at, command)?;
        for event in &events {
            self.fold(event);
        }
        Ok(events)
    }
}

impl TryFrom<Vec<Arc<RegisteredModel>>> for Registry {
    type Error = &'static str;
    fn try_from(models: Vec<Arc<RegisteredModel>>) -> Result<Self, Self::Error> {
        let mut registry = Self::default();
        for model in models {
            if registry
                .models
                .insert(model.name().clone(), model)
                .is_some()
            {
                return Err("two models have the same name");
            }
        }
        Ok(registry)
    }
}
