//! The proof of a question: everything in it is run, and exactly what is marked right must be right.

use super::condition::Condition;
use super::grade::{outcome, play_option, play_order, play_text, reached, same, start};
use super::pack::{By, Choosable, Kind, Pack, Problem, Question, Wrong};
use super::run::{Failure, Played};
use registry::{Stage, VersionNumber};

/// Returns what is wrong with a question's proof; `place` is the question's.
pub fn prove(pack: &Pack, question: &Question, place: &str) -> Vec<Problem> {
    let mut proof = Checked {
        pack,
        question,
        place,
        problems: Vec::new(),
    };
    proof.run();
    proof.problems
}

struct Checked<'a> {
    pack: &'a Pack,
    question: &'a Question,
    place: &'a str,
    problems: Vec<Problem>,
}

fn ended(played: &Played) -> Option<String> {
    played
        .failure
        .as_ref()
        .map(|failure| Failure::id(failure).to_owned())
}

impl Checked<'_> {
    fn add(&mut self, at: &str, wrong: Wrong) {
        self.problems.push(Problem {
            place: format!("{}.{at}", self.place),
            wrong,
        });
    }

    fn run(&mut self) {
        let question = self.question;
        match (&question.kind, &question.proof.by) {
            (_, By::Meaning { .. }) if matches!(question.kind, Kind::One(_) | Kind::Many(_)) => {}
            (Kind::One(options) | Kind::Many(options), By::Runs { reach, .. }) => {
                self.needs(reach.is_empty(), "proof.reach");
                self.runs(options);
            }
            (Kind::One(options) | Kind::Many(options), By::Claims { .. }) => self.claims(options),
            (Kind::Order { items, .. }, By::Runs { reach, .. }) => {
                self.needs(reach.is_empty(), "proof.reach");
                self.orders(items.len());
            }
            (Kind::Command { example, wrong, .. }, By::Runs { reach, .. }) => {
                self.needs(reach.is_empty(), "proof.reach");
                self.start_is_open();
                if let Some(played) = play_text(self.pack, question, example)
                    && !reached(question, &played)
                {
                    let by = ended(&played);
                    self.add("example", Wrong::NotReached { by });
                }
                for (at, wrong) in wrong.iter().enumerate() {
                    if let Some(played) = play_text(self.pack, question, &wrong.text) {
                        self.fails(&format!("wrong[{at}]"), &played, &wrong.fails);
                    }
                }
            }
            (
                Kind::Predict {
                    versions, wrong, ..
                },
                By::Run { run, .. },
            ) => {
                self.needs(run.is_empty(), "proof.run");
                self.needs(versions.is_empty(), "versions");
                let board = self.board(versions);
                for (at, wrong) in wrong.iter().enumerate() {
                    if same(&wrong.stages, &board) {
                        self.add(&format!("wrong[{at}].stages"), Wrong::BoardIsRight);
                    }
                }
            }
            (Kind::Fault(options), By::Fault { keeps, .. }) => self.fault(options, keeps),
            (kind, _) => {
                let kind = match kind {
                    Kind::One(_) => "one",
                    Kind::Many(_) => "many",
                    Kind::Fault(_) => "fault",
                    Kind::Order { .. } => "order",
                    Kind::Command { .. } => "command",
                    Kind::Predict { .. } => "predict",
                };
                self.add("proof.by", Wrong::WrongProof { kind });
            }
        }
    }

    fn needs(&mut self, missing: bool, at: &str) {
        if missing {
            self.add(at, Wrong::NothingToProve);
        }
    }

    /// What is to be reached must not be so already.
    fn start_is_open(&mut self) {
        let By::Runs { reach, .. } = &self.question.proof.by else {
            return;
        };
        // "Everything was carried out" holds of a run of nothing, too; it asks only whether something is accepted.
        if reach
            .iter()
            .all(|condition| *condition == Condition::Accepted)
        {
            return;
        }
        if let Some(played) = start(self.pack, self.question)
            && reached(self.question, &played)
        {
            self.add("proof.reach", Wrong::StartsReached);
        }
    }

    fn runs(&mut self, options: &[Choosable]) {
        self.start_is_open();
        for (at, option) in options.iter().enumerate() {
            let Some(played) = play_option(self.pack, self.question, at) else {
                continue;
            };
            let place = format!("options[{at}]");
            if option.right {
                if !reached(self.question, &played) {
                    let by = ended(&played);
                    self.add(&place, Wrong::NotReached { by });
                }
            } else {
                self.fails(&place, &played, &option.fails);
            }
        }
    }

    /// A wrong answer does not reach what is asked, and fails as it says.
    fn fails(&mut self, place: &str, played: &Played, fails: &[Condition]) {
        if reached(self.question, played) {
            self.add(place, Wrong::ReachedByWrong);
        }
        self.needs(fails.is_empty(), &format!("{place}.fails"));
        for (at, condition) in fails.iter().enumerate() {
            if !condition.holds(played) {
                let by = ended(played);
                self.add(
                    &format!("{place}.fails[{at}]"),
                    Wrong::FailsOtherwise { by },
                );
            }
        }
    }

    fn claims(&mut self, options: &[Choosable]) {
        let Some(played) = outcome(self.pack, self.question) else {
            return;
        };
        for (at, option) in options.iter().enumerate() {
            let place = format!("options[{at}].claims");
            self.needs(option.claims.is_empty(), &place);
            let all = option.claims.iter().all(|claim| claim.holds(&played));
            match (option.right, all) {
                (true, false) => self.add(&place, Wrong::ClaimFails),
                (false, true) if !option.claims.is_empty() => self.add(&place, Wrong::ClaimHolds),
                _ => {}
            }
        }
    }

    fn orders(&mut self, count: usize) {
        let given: Vec<usize> = (0..count).collect();
        let reaches = |order: &[usize]| {
            play_order(self.pack, self.question, order)
                .filter(|played| reached(self.question, played))
        };
        let right = reaches(&given).is_some();
        let every = permutations(count)
            .iter()
            .all(|order| reaches(order).is_some());
        if !right {
            let by = play_order(self.pack, self.question, &given).and_then(|played| ended(&played));
            self.add("items", Wrong::NotReached { by });
        } else if every {
            self.add("items", Wrong::OrderNotUnique);
        }
    }

    fn board(&self, versions: &[VersionNumber]) -> Vec<(VersionNumber, Stage)> {
        let Kind::Predict { model, .. } = &self.question.kind else {
            return Vec::new();
        };
        let Some(played) = outcome(self.pack, self.question) else {
            return Vec::new();
        };
        let Some(model) = played.registry().model(model) else {
            return Vec::new();
        };
        versions
            .iter()
            .filter_map(|version| Some((*version, model.version(*version)?.stage())))
            .collect()
    }

    fn fault(&mut self, options: &[Choosable], keeps: &[Condition]) {
        let Some(mut played) = start(self.pack, self.question) else {
            return;
        };
        let holds = |played: &Played| {
            played.failure.is_none() && keeps.iter().all(|condition| condition.holds(played))
        };
        if !holds(&played) {
            self.add("proof.keeps", Wrong::BrokenBefore);
            return;
        }
        for (at, option) in options.iter().enumerate() {
            played.run(&option.run);
            let place = format!("options[{at}]");
            if option.right {
                if holds(&played) {
                    self.add(&place, Wrong::HoldsStill);
                }
                return;
            }
            if !holds(&played) {
                self.add(&place, Wrong::BrokenBefore);
                return;
            }
        }
    }
}

/// Returns every order of so many things. More than five are too many to put in order on a screen; the check of a pack holds that.
pub(super) fn permutations(count: usize) -> Vec<Vec<usize>> {
    let mut orders: Vec<Vec<usize>> = vec![Vec::new()];
    for next in 0..count.min(5) {
        orders = orders
            .into_iter()
            .flat_map(|order| {
                (0..=order.len()).map(move |at| {
                    let mut longer = order.clone();
                    longer.insert(at, next);
                    longer
                })
            })
            .collect();
    }
    orders
}
