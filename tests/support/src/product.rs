//! Every situation that the team's rules can tell apart, for version 1 of the model `m`.

use registry::{Command, Refusal, Registry, RuleSet, Stage};

use crate::make::{
    at, copy, create_model, create_version, delete_model, delete_version, move_and_archive,
    move_to, registry, rename, set_alias, set_version_tag,
};

/// Everything that the guided rules refuse in every situation, with the refusal.
pub fn refused() -> Vec<(Situation, Command, Refusal)> {
    let mut commands = vec![
        delete_version("m", 1),
        delete_model("m"),
        create_version("m"),
        copy("m", 1, "n"),
        rename("m", "n"),
        set_alias("m", "champion", 1),
        set_version_tag("m", 1, "k", "v"),
    ];
    for to in Stage::ALL {
        commands.extend([move_to("m", 1, to), move_and_archive("m", 1, to)]);
    }
    let mut refused = Vec::new();
    for situation in Situation::all() {
        for command in &commands {
            let mut registry = situation.registry();
            if let Err(refusal) = registry.apply(&at(99, RuleSet::Guided), command) {
                assert_eq!(registry, situation.registry(), "a refusal changes nothing");
                refused.push((situation, command.clone(), refusal));
            }
        }
    }
    refused
}

/// A situation.
#[derive(Clone, Copy, Debug)]
pub struct Situation {
    /// The stage that version 1 is in.
    pub from: Stage,
    /// Whether version 1 has been live.
    pub served: bool,
    /// The stages of versions 2, 3, …
    pub others: &'static [Stage],
}

impl Situation {
    /// Every one of them. What is in Production has been live, so that there is no such version that has not.
    pub fn all() -> Vec<Self> {
        const OTHERS: [&[Stage]; 6] = [
            &[],
            &[Stage::Production],
            &[Stage::Staging],
            &[Stage::Staging, Stage::Production],
            // Only MLflow's own rules lead here; the team's rules must find their way out of it.
            &[Stage::Production, Stage::Production],
            &[Stage::None, Stage::Archived],
        ];
        let mut all = Vec::new();
        for from in Stage::ALL {
            for served in [false, true] {
                for others in OTHERS {
                    if served || from != Stage::Production {
                        all.push(Self {
                            from,
                            served,
                            others,
                        });
                    }
                }
            }
        }
        all
    }

    /// Whether a version other than 1 is in Production.
    pub fn taken(&self) -> bool {
        self.others.contains(&Stage::Production)
    }

    /// The numbers of the others in a stage.
    pub fn others_in(&self, stage: Stage) -> Vec<u32> {
        let others = (2..).zip(self.others);
        others
            .filter(|(_, is)| **is == stage)
            .map(|(number, _)| number)
            .collect()
    }

    /// The registry, made under MLflow's rules.
    pub fn registry(&self) -> Registry {
        let mut commands = vec![create_model("m"), create_version("m")];
        if self.served {
            commands.push(move_to("m", 1, Stage::Production));
        }
        commands.push(move_to("m", 1, self.from));
        for (number, stage) in (2..).zip(self.others) {
            commands.push(create_version("m"));
            commands.push(move_to("m", number, *stage));
        }
        registry(&commands)
    }
}
