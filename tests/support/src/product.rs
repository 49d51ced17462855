//! Every situation that the team's rules can tell apart, for version 1 of the model `m`.

use registry::{Registry, Stage};

use crate::make::{create_model, create_version, move_to, registry};

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
