//! The team's refusals: what a rule of the policy that refuses says, and which commands would be accepted instead.

use super::super::command::Command;
use super::super::id::VersionNumber;
use super::super::model::RegisteredModel;
use super::super::refusal::{Refusal, RefusalKind, Remedy, RemedyKind, TeamRefusal};
use super::super::rules::{PolicyView, TeamRule};
use super::super::stage::Stage;

impl PolicyView for RegisteredModel {
    fn stage(&self, version: VersionNumber) -> Option<Stage> {
        self.version(version).map(|version| version.stage)
    }

    fn has_been_live(&self, version: VersionNumber) -> bool {
        self.version(version)
            .is_some_and(|version| version.has_been_live)
    }

    fn count(&self, stage: Stage) -> usize {
        self.in_stage(stage).len()
    }
}

/// Returns the refusal of a command by a rule.
pub(super) fn refusal(model: &RegisteredModel, command: &Command, rule: TeamRule) -> Refusal {
    let version = command.version();
    let from = version.and_then(|version| PolicyView::stage(model, version));
    let live = || model.in_stage(Stage::Production).iter().copied();
    let live = match (rule, version) {
        (TeamRule::KeepLiveVersion, Some(version)) => vec![version],
        (TeamRule::OneLiveVersion | TeamRule::KeepLiveModel, _) => live().collect(),
        _ => Vec::new(),
    };
    let asked = match command {
        Command::TransitionModelVersionStage { stage, .. } => from.map(|from| (from, *stage)),
        _ => None,
    };
    let remedies = remedies(model, command, rule, &live);
    Refusal {
        kind: RefusalKind::Team(TeamRefusal {
            rule,
            name: model.name.clone(),
            version,
            asked,
            live,
        }),
        remedies,
    }
}

/// Returns what leads on where a rule refuses.
fn remedies(
    model: &RegisteredModel,
    command: &Command,
    rule: TeamRule,
    live: &[VersionNumber],
) -> Vec<Remedy> {
    let move_to = |version: VersionNumber, stage: Stage, archive_existing_versions: bool| {
        Command::TransitionModelVersionStage {
            name: model.name.clone(),
            version,
            stage,
            archive_existing_versions,
        }
    };
    let archive = |versions: &[VersionNumber]| -> Vec<Command> {
        let versions = versions.iter();
        versions
            .map(|version| move_to(*version, Stage::Archived, false))
            .collect()
    };
    let way = |kind: RemedyKind, commands: Vec<Command>| Remedy { kind, commands };
    let Some(version) = command.version() else {
        return match rule {
            TeamRule::KeepLiveModel => vec![way(RemedyKind::RetireAll, archive(live))],
            _ => Vec::new(),
        };
    };
    let go = |kind: RemedyKind, to: Stage| way(kind, vec![move_to(version, to, false)]);
    match (rule, command) {
        (TeamRule::RollBackToProven, _) => vec![go(RemedyKind::TestFirst, Stage::Staging)],
        (TeamRule::TestBeforeProduction | TeamRule::NoWayBackToNone, _) => {
            match PolicyView::stage(model, version) {
                Some(Stage::Production) => vec![
                    go(RemedyKind::PullBack, Stage::Staging),
                    go(RemedyKind::Retire, Stage::Archived),
                ],
                _ => vec![go(RemedyKind::TestFirst, Stage::Staging)],
            }
        }
        (
            TeamRule::AlreadyThere,
            Command::TransitionModelVersionStage {
                stage,
                archive_existing_versions: true,
                ..
            },
        ) => {
            let others = model.in_stage(*stage).iter().copied();
            let others: Vec<VersionNumber> = others.filter(|other| *other != version).collect();
            if others.is_empty() {
                Vec::new()
            } else {
                vec![way(RemedyKind::ArchiveOthers, archive(&others))]
            }
        }
        (TeamRule::OneLiveVersion, _) => {
            let mut in_two_steps = archive(live);
            in_two_steps.push(move_to(version, Stage::Production, false));
            vec![
                way(RemedyKind::ArchiveLiveThenPromote, in_two_steps),
                way(
                    RemedyKind::PromoteAndArchiveExisting,
                    vec![move_to(version, Stage::Production, true)],
                ),
            ]
        }
        (TeamRule::KeepLiveVersion, _) => vec![go(RemedyKind::Retire, Stage::Archived)],
        (TeamRule::AlreadyThere | TeamRule::KeepLiveModel, _) => Vec::new(),
    }
}
