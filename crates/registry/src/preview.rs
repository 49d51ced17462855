//! What a command would do, before it is done: for the dialog that asks, and for the sentence that says what changed.

use std::collections::BTreeSet;

use super::Registry;
use super::command::Command;
use super::context::Context;
use super::event::Event;
use super::id::{ModelName, VersionNumber};
use super::query::Answer;
use super::refusal::Refusal;
use super::stage::Stage;

/// The consequences of a move for those who use the model.
#[derive(Clone, PartialEq, Debug)]
pub struct Preview {
    /// What would happen.
    pub events: Vec<Event>,
    /// Versions other than the moved one that would be archived, in ascending order.
    pub archived: Vec<VersionNumber>,
    /// What answers `get_model(stage='production')` now.
    pub live_before: Answer,
    /// What would answer it afterwards.
    pub live_after: Answer,
}

impl Preview {
    /// Returns whether something is live now and nothing would be.
    pub const fn leaves_nothing_live(&self) -> bool {
        self.live_before.version().is_some() && self.live_after.version().is_none()
    }
}

impl Registry {
    /// Returns what a move would come to.
    ///
    /// # Errors
    /// The refusal that [`Registry::apply`] would give.
    pub fn preview(&self, context: &Context, command: &Command) -> Result<Preview, Refusal> {
        let events = self.decide(context.rules, context.at, command)?;
        let moved = match command {
            Command::TransitionModelVersionStage { version, .. } => Some(*version),
            _ => None,
        };
        let archived = events
            .iter()
            .filter_map(|event| match event {
                Event::StageChanged { version, stage, .. }
                    if stage.after == Stage::Archived && Some(*version) != moved =>
                {
                    Some(*version)
                }
                _ => None,
            })
            .collect();
        let name = command.model();
        Ok(Preview {
            archived,
            live_before: name.map_or(Answer::Nothing, |name| self.live(name)),
            live_after: name.map_or(Answer::Nothing, |name| self.live_after(name, &events)),
            events,
        })
    }

    /// Returns what answers for Production in a model.
    pub fn live(&self, name: &ModelName) -> Answer {
        self.model(name)
            .map_or(Answer::Nothing, |model| model.answer(Stage::Production))
    }

    /// Returns what answers for Production once the events have happened, found without carrying them out: its cost grows with
    /// the events, not with the registry.
    fn live_after(&self, name: &ModelName, events: &[Event]) -> Answer {
        let mut leaving = BTreeSet::new();
        let mut entering = BTreeSet::new();
        for event in events {
            match event {
                Event::StageChanged {
                    name: of,
                    version,
                    stage,
                    ..
                } if of == name => {
                    if stage.after == Stage::Production {
                        entering.insert(*version);
                        leaving.remove(version);
                    } else {
                        leaving.insert(*version);
                    }
                }
                Event::VersionDeleted { name: of, version } if of == name => {
                    leaving.insert(version.number());
                }
                Event::ModelDeleted { model } if model.name() == name => return Answer::Nothing,
                _ => {}
            }
        }
        let Some(model) = self.model(name) else {
            return Answer::Nothing;
        };
        let live = model.in_stage(Stage::Production);
        let stays = live.iter().rev().find(|version| !leaving.contains(version));
        let highest = stays.max(entering.last()).copied();
        let left = leaving.intersection(live).count();
        let new = entering.difference(live).count();
        match (highest, live.len() + new - left) {
            (None, _) => Answer::Nothing,
            (Some(version), 1) => Answer::One(version),
            (Some(answers), of) => Answer::Highest { answers, of },
        }
    }
}
