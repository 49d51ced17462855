//! The team's part: rules that MLflow does not have. They can only refuse.

use super::super::command::Command;
use super::super::id::VersionNumber;
use super::super::model::{ModelVersion, RegisteredModel};
use super::super::refusal::{Refusal, RefusalKind, TeamRefusal, WayOut, WayOutKind};
use super::super::rules::TeamRule;
use super::super::rules::{Cell, TeamPolicy};
use super::super::stage::Stage;

impl TeamPolicy {
    pub(super) fn check_transition(
        &self,
        model: &RegisteredModel,
        version: &ModelVersion,
        to: Stage,
        archive_existing: bool,
    ) -> Result<(), Refusal> {
        let from = version.stage;
        let refuse = |rule: TeamRule, live: Vec<VersionNumber>, ways_out: Vec<WayOut>| {
            Err(Refusal {
                kind: RefusalKind::Team(TeamRefusal {
                    rule,
                    name: model.name.clone(),
                    version: Some(version.number),
                    asked: Some((from, to)),
                    live,
                }),
                ways_out,
            })
        };
        let go = |kind: WayOutKind, to: Stage| one(kind, move_to(model, version.number, to, false));
        match self.cell(from, to) {
            Cell::Allow(_) => {}
            Cell::AllowProven(_) if version.has_been_live => {}
            Cell::AllowProven(_) => {
                return refuse(
                    TeamRule::RollBackToProven,
                    Vec::new(),
                    vec![go(WayOutKind::TestFirst, Stage::Staging)],
                );
            }
            Cell::Refuse(TeamRule::AlreadyThere) => {
                let others: Vec<Command> = model
                    .in_stage(to)
                    .iter()
                    .filter(|other| archive_existing && **other != version.number)
                    .map(|other| move_to(model, *other, Stage::Archived, false))
                    .collect();
                let ways_out = if others.is_empty() {
                    Vec::new()
                } else {
                    vec![WayOut {
                        kind: WayOutKind::ArchiveOthers,
                        commands: others,
                    }]
                };
                return refuse(TeamRule::AlreadyThere, Vec::new(), ways_out);
            }
            Cell::Refuse(rule) => {
                let ways_out = match from {
                    Stage::Production => vec![
                        go(WayOutKind::PullBack, Stage::Staging),
                        go(WayOutKind::Retire, Stage::Archived),
                    ],
                    _ => vec![go(WayOutKind::TestFirst, Stage::Staging)],
                };
                return refuse(rule, Vec::new(), ways_out);
            }
        }
        let live = model.in_stage(Stage::Production);
        if self.one_live_version && to == Stage::Production && !archive_existing && !live.is_empty()
        {
            let mut in_two_steps: Vec<Command> = live
                .iter()
                .map(|live| move_to(model, *live, Stage::Archived, false))
                .collect();
            in_two_steps.push(move_to(model, version.number, to, false));
            return refuse(
                TeamRule::OneLiveVersion,
                live.iter().copied().collect(),
                vec![
                    WayOut {
                        kind: WayOutKind::ArchiveLiveThenPromote,
                        commands: in_two_steps,
                    },
                    one(
                        WayOutKind::PromoteAndArchiveExisting,
                        move_to(model, version.number, to, true),
                    ),
                ],
            );
        }
        Ok(())
    }

    pub(super) fn check_delete_version(
        &self,
        model: &RegisteredModel,
        version: &ModelVersion,
    ) -> Result<(), Refusal> {
        if !self.keep_live || version.stage != Stage::Production {
            return Ok(());
        }
        Err(Refusal {
            kind: RefusalKind::Team(TeamRefusal {
                rule: TeamRule::KeepLiveVersion,
                name: model.name.clone(),
                version: Some(version.number),
                asked: None,
                live: vec![version.number],
            }),
            ways_out: vec![one(
                WayOutKind::Retire,
                move_to(model, version.number, Stage::Archived, false),
            )],
        })
    }

    pub(super) fn check_delete_model(&self, model: &RegisteredModel) -> Result<(), Refusal> {
        let live = model.in_stage(Stage::Production);
        if !self.keep_live || live.is_empty() {
            return Ok(());
        }
        Err(Refusal {
            kind: RefusalKind::Team(TeamRefusal {
                rule: TeamRule::KeepLiveModel,
                name: model.name.clone(),
                version: None,
                asked: None,
                live: live.iter().copied().collect(),
            }),
            ways_out: vec![WayOut {
                kind: WayOutKind::RetireAll,
                commands: live
                    .iter()
                    .map(|live| move_to(model, *live, Stage::Archived, false))
                    .collect(),
            }],
        })
    }
}

fn one(kind: WayOutKind, command: Command) -> WayOut {
    WayOut {
        kind,
        commands: vec![command],
    }
}

fn move_to(
    model: &RegisteredModel,
    version: VersionNumber,
    stage: Stage,
    archive_existing_versions: bool,
) -> Command {
    Command::TransitionModelVersionStage {
        name: model.name.clone(),
        version,
        stage,
        archive_existing_versions,
    }
}
