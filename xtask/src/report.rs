//! The summary at the end of `cargo xtask test`.

use std::time::{Duration, Instant};

use crate::failure::Failure;

/// How a step ended when it did not fail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It was done.
    Done,
    /// It was left out, for this reason.
    Skipped(String),
}

#[derive(Debug)]
struct Step {
    name: String,
    took: Duration,
    ended: Result<Outcome, Failure>,
}

/// The steps so far.
#[derive(Debug, Default)]
pub struct Report {
    steps: Vec<Step>,
}

impl Report {
    /// Announces and does a step; says whether it was done.
    pub fn step(&mut self, name: &str, act: impl FnOnce() -> Result<Outcome, Failure>) -> bool {
        println!("\n== {name} ==");
        let start = Instant::now();
        let ended = act();
        match &ended {
            Ok(Outcome::Done) => {}
            Ok(Outcome::Skipped(why)) => println!("Skipped: {why}"),
            Err(failure) => println!("{failure}"),
        }
        let done = ended == Ok(Outcome::Done);
        self.steps.push(Step {
            name: name.to_owned(),
            took: start.elapsed(),
            ended,
        });
        done
    }

    /// Notes a step that was not tried.
    pub fn skip(&mut self, name: &str, why: &str) {
        self.step(name, || Ok(Outcome::Skipped(why.to_owned())));
    }

    /// Prints every step with its seconds and how it ended.
    ///
    /// # Errors
    ///
    /// When a step failed.
    pub fn finish(&self) -> Result<(), Failure> {
        println!("\n{}", self.table());
        let failed = self.steps.iter().filter(|step| step.ended.is_err()).count();
        match failed {
            0 => Ok(()),
            1 => Err(Failure::step("One step failed.")),
            _ => Err(Failure::step(format!("{failed} steps failed."))),
        }
    }

    fn table(&self) -> String {
        let width = self
            .steps
            .iter()
            .map(|step| step.name.chars().count())
            .max();
        let width = width.unwrap_or_default();
        let mut lines = vec!["== Summary ==".to_owned()];
        for step in &self.steps {
            let (ended, note) = match &step.ended {
                Ok(Outcome::Done) => ("ok", String::new()),
                Ok(Outcome::Skipped(why)) => ("skipped", format!("  {why}")),
                Err(failure) => ("FAILED", format!("  {failure}")),
            };
            let line = format!(
                "{:<width$}  {:>7.1} s  {ended}{note}",
                step.name,
                step.took.as_secs_f64()
            );
            lines.push(line);
        }
        lines.join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_what_failed_and_names_every_step() {
        let mut report = Report::default();
        assert!(report.step("one", || Ok(Outcome::Done)));
        assert_eq!(report.finish(), Ok(()));
        report.skip("two", "there is none");
        assert!(!report.step("three", || Err(Failure::step("It broke."))));
        assert_eq!(report.finish(), Err(Failure::step("One step failed.")));
        let table = report.table();
        assert_eq!(table.lines().count(), 4);
        for part in ["one", "ok", "skipped  there is none", "FAILED  It broke."] {
            assert!(table.contains(part), "{table}");
        }
    }
}
