//! The two rule sets: MLflow's own, which lets any stage follow any other, and the lesson's team policy on top of it.
//!
//! The policy is data, a table of moves and a list of guards. It stands here and nowhere else: `decide` asks it about a
//! registry, the solver of the exercises about its packed states, the diagram and the menus read its table.

use super::command::Command;
use super::id::VersionNumber;
use super::stage::{PerStage, Stage};
use crate::named_enum;

named_enum! {
    /// The rules in force.
    #[derive(Default)]
    pub enum RuleSet {
        /// The lesson's rules of a team, over MLflow's.
        #[default]
        Guided = "guided",
        /// What MLflow 3.18.0 does, and nothing else.
        Mlflow = "mlflow",
    }
}

impl RuleSet {
    /// Returns the team's policy; `None` where only MLflow's rules hold.
    pub const fn policy(self) -> Option<&'static TeamPolicy> {
        match self {
            Self::Guided => Some(&GUIDED),
            Self::Mlflow => None,
        }
    }
}

/// A team's policy: the commands that it refuses.
#[derive(Clone, Debug)]
pub struct TeamPolicy {
    moves: PerStage<PerStage<TransitionRule>>,
    guards: &'static [Guard],
}

/// A rule of a policy beside the table of moves.
#[derive(Clone, Copy, Debug)]
pub struct Guard {
    pub rule: TeamRule,
    /// Returns whether the rule is about such a command at all.
    pub concerns: fn(&Command) -> bool,
    /// Returns whether it refuses a command that it is about, and that MLflow accepts, on the command's model.
    pub refuses: fn(&dyn PolicyView, &Command) -> bool,
}

/// What of a policy concerns one command.
#[derive(Clone, Debug)]
pub struct PolicyOn<'p> {
    policy: &'p TeamPolicy,
    to: Option<(VersionNumber, Stage)>,
    guards: Vec<&'p Guard>,
}

impl PolicyOn<'_> {
    /// Returns the first rule that refuses the command, which MLflow accepts.
    pub fn refuses(&self, model: &impl PolicyView, command: &Command) -> Option<TeamRule> {
        if let Some((version, to)) = self.to {
            match self.policy.rule(model.stage(version)?, to) {
                TransitionRule::Allow(_) => {}
                TransitionRule::AllowProven(_) if model.has_been_live(version) => {}
                TransitionRule::AllowProven(_) => return Some(TeamRule::RollBackToProven),
                TransitionRule::Refuse(rule) => return Some(rule),
            }
        }
        let mut guards = self.guards.iter();
        let guard = guards.find(|guard| (guard.refuses)(model, command));
        guard.map(|guard| guard.rule)
    }
}

/// What a policy may ask of the model that a command is about.
///
/// The registry's models and the packed states of the solver answer it. The solver keeps all of this, and of tags and aliases
/// only what a goal asks for: so a guard sees no more than this.
pub trait PolicyView {
    /// Returns the stage of a version; `None` where there is no such version.
    fn stage(&self, version: VersionNumber) -> Option<Stage>;
    /// Returns whether a version is live or has been.
    fn has_been_live(&self, version: VersionNumber) -> bool;
    /// Returns how many versions are in a stage.
    fn count(&self, stage: Stage) -> usize;
}

/// What a policy says of a move from one stage to another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TransitionRule {
    /// It is allowed and has this meaning.
    Allow(TransitionKind),
    /// It is allowed for a version that has been live before.
    AllowProven(TransitionKind),
    Refuse(TeamRule),
}

/// What a move between two stages means to a team.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum TransitionKind {
    /// None to Staging.
    SubmitForTesting,
    /// None to Archived.
    SetAside,
    /// Staging to None.
    Withdraw,
    /// Staging to Production.
    Promote,
    /// Staging to Archived.
    Reject,
    /// Production to Staging.
    PullBack,
    /// Production to Archived.
    Retire,
    /// Archived to Staging.
    TestAgain,
    /// Archived to Production.
    RollBack,
}

impl TeamPolicy {
    /// Returns what of the policy concerns a command, for whoever asks about the same command again and again.
    pub fn on(&self, command: &Command) -> PolicyOn<'_> {
        let to = match command {
            Command::TransitionModelVersionStage { version, stage, .. } => Some((*version, *stage)),
            _ => None,
        };
        let guards = self.guards.iter();
        PolicyOn {
            policy: self,
            to,
            guards: guards.filter(|guard| (guard.concerns)(command)).collect(),
        }
    }

    /// Returns the guards.
    pub const fn guards(&self) -> &'static [Guard] {
        self.guards
    }

    /// Returns the policy with other guards.
    pub fn with_guards(&self, guards: &'static [Guard]) -> Self {
        Self {
            guards,
            ..self.clone()
        }
    }

    /// Returns what the policy says of a move.
    pub const fn rule(&self, from: Stage, to: Stage) -> TransitionRule {
        *self.moves.get(from).get(to)
    }
}

/// The lesson's policy. Rows are the stage before, columns the stage after, both in [`Stage::ALL`]'s order.
pub static GUIDED: TeamPolicy = {
    use TeamRule::{AlreadyThere, NoWayBackToNone, TestBeforeProduction};
    use TransitionKind::{
        Promote, PullBack, Reject, Retire, RollBack, SetAside, SubmitForTesting, TestAgain,
        Withdraw,
    };
    use TransitionRule::{Allow, AllowProven, Refuse};
    TeamPolicy {
        moves: PerStage([
            PerStage([
                Refuse(AlreadyThere),
                Allow(SubmitForTesting),
                Refuse(TestBeforeProduction),
                Allow(SetAside),
            ]),
            PerStage([
                Allow(Withdraw),
                Refuse(AlreadyThere),
                Allow(Promote),
                Allow(Reject),
            ]),
            PerStage([
                Refuse(NoWayBackToNone),
                Allow(PullBack),
                Refuse(AlreadyThere),
                Allow(Retire),
            ]),
            PerStage([
                Refuse(NoWayBackToNone),
                Allow(TestAgain),
                AllowProven(RollBack),
                Refuse(AlreadyThere),
            ]),
        ]),
        guards: &[
            Guard {
                rule: TeamRule::OneLiveVersion,
                concerns: |command| {
                    matches!(
                        command,
                        Command::TransitionModelVersionStage {
                            stage: Stage::Production,
                            archive_existing_versions: false,
                            ..
                        }
                    )
                },
                refuses: |model, _| model.count(Stage::Production) > 0,
            },
            Guard {
                rule: TeamRule::KeepLiveVersion,
                concerns: |command| matches!(command, Command::DeleteModelVersion { .. }),
                refuses: |model, command| {
                    let stage = command.version().and_then(|it| model.stage(it));
                    stage == Some(Stage::Production)
                },
            },
            Guard {
                rule: TeamRule::KeepLiveModel,
                concerns: |command| matches!(command, Command::DeleteRegisteredModel { .. }),
                refuses: |model, _| model.count(Stage::Production) > 0,
            },
        ],
    }
};

named_enum! {
    /// The rules of the guided rule set. The names are those in packs (`content/README.md`); they never change.
    pub enum TeamRule {
        /// A version that has not been tested does not go live.
        TestBeforeProduction = "test_before_production",
        /// From Production and from Archived there is no way to None: a version that was decided on keeps a stage.
        NoWayBackToNone = "no_way_back_to_none",
        /// Only a version that has been live before can be rolled back to.
        RollBackToProven = "roll_back_to_proven",
        /// At most one version of a model is live.
        OneLiveVersion = "one_live_version",
        /// A version that is in the stage already is not moved there again.
        AlreadyThere = "already_there",
        /// A live version is not deleted.
        KeepLiveVersion = "keep_live_version",
        /// A model with a live version is not deleted.
        KeepLiveModel = "keep_live_model",
    }
}
