//! The two rule sets: MLflow's own, which lets any stage follow any other, and the lesson's team policy on top of it.
//!
//! The policy is data, a table and three guards, so that the diagram, the refusals and the machine read the same thing.

use super::stage::Stage;

/// The rules in force.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum RuleSet {
    /// The lesson's rules of a team, over MLflow's.
    #[default]
    Guided,
    /// What MLflow 3.18.0 does, and nothing else.
    Mlflow,
}

impl RuleSet {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Guided, Self::Mlflow];

    /// The team's policy; `None` where only MLflow's rules hold.
    #[must_use]
    pub const fn policy(self) -> Option<&'static TeamPolicy> {
        match self {
            Self::Guided => Some(&GUIDED),
            Self::Mlflow => None,
        }
    }
}

/// A team's policy on moves between stages.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TeamPolicy {
    moves: [[Cell; 4]; 4],
    /// Whether at most one version of a model may be live.
    pub one_live_version: bool,
    /// Whether a live version, and a model that has one, cannot be deleted.
    pub keep_live: bool,
}

/// What a policy says of a move from one stage to another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cell {
    /// It is allowed and has this meaning.
    Allow(Move),
    /// It is allowed for a version that has been live before.
    AllowProven(Move),
    /// It is refused by this rule.
    Refuse(TeamRule),
}

/// What a move between two stages means to a team.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Move {
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
    /// What the policy says of a move.
    #[must_use]
    pub const fn cell(&self, from: Stage, to: Stage) -> Cell {
        let [none, staging, production, archived] = &self.moves;
        let row = match from {
            Stage::None => none,
            Stage::Staging => staging,
            Stage::Production => production,
            Stage::Archived => archived,
        };
        let [none, staging, production, archived] = row;
        match to {
            Stage::None => *none,
            Stage::Staging => *staging,
            Stage::Production => *production,
            Stage::Archived => *archived,
        }
    }
}

/// The lesson's policy (DESIGN §2). Rows are the stage before, columns the stage after, both in [`Stage::ALL`]'s order.
pub static GUIDED: TeamPolicy = {
    use Cell::{Allow, AllowProven, Refuse};
    use Move::{
        Promote, PullBack, Reject, Retire, RollBack, SetAside, SubmitForTesting, TestAgain,
        Withdraw,
    };
    use TeamRule::{AlreadyThere, NoWayBackToNone, TestBeforeProduction};
    TeamPolicy {
        moves: [
            [
                Refuse(AlreadyThere),
                Allow(SubmitForTesting),
                Refuse(TestBeforeProduction),
                Allow(SetAside),
            ],
            [
                Allow(Withdraw),
                Refuse(AlreadyThere),
                Allow(Promote),
                Allow(Reject),
            ],
            [
                Refuse(NoWayBackToNone),
                Allow(PullBack),
                Refuse(AlreadyThere),
                Allow(Retire),
            ],
            [
                Refuse(NoWayBackToNone),
                Allow(TestAgain),
                AllowProven(RollBack),
                Refuse(AlreadyThere),
            ],
        ],
        one_live_version: true,
        keep_live: true,
    }
};

/// The rules of the guided rule set.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum TeamRule {
    /// A version that has not been tested does not go live.
    TestBeforeProduction,
    /// From Production and from Archived there is no way to None: a version that was decided on keeps a stage.
    NoWayBackToNone,
    /// Only a version that has been live before can be rolled back to.
    RollBackToProven,
    /// At most one version of a model is live.
    OneLiveVersion,
    /// A version that is in the stage already is not moved there again.
    AlreadyThere,
    /// A live version is not deleted.
    KeepLiveVersion,
    /// A model with a live version is not deleted.
    KeepLiveModel,
}

impl TeamRule {
    /// The name of the rule in packs (`content/README.md`). It never changes.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::TestBeforeProduction => "test_before_production",
            Self::NoWayBackToNone => "no_way_back_to_none",
            Self::RollBackToProven => "roll_back_to_proven",
            Self::OneLiveVersion => "one_live_version",
            Self::AlreadyThere => "already_there",
            Self::KeepLiveVersion => "keep_live_version",
            Self::KeepLiveModel => "keep_live_model",
        }
    }

    /// Every rule.
    pub const ALL: [Self; 7] = [
        Self::TestBeforeProduction,
        Self::NoWayBackToNone,
        Self::RollBackToProven,
        Self::OneLiveVersion,
        Self::AlreadyThere,
        Self::KeepLiveVersion,
        Self::KeepLiveModel,
    ];
}
