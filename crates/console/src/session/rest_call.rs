//! A request to the REST server, carried out.

use super::super::diagnostic::{DiagnosticKind, Problem};
use super::super::python::Halt;
use super::super::refused_argument;
use super::super::registry_host::RegistryHost;
use super::super::reply::{Output, Reply};
use super::super::rest;
use super::super::span::Span;
use super::super::statement::{Operation, Statement};
use super::Console;
use super::shell_line::shell_line;
use registry::python as python_text;

impl Console {
    /// Carries a request to the REST server out.
    pub(super) fn rest_call(
        &mut self,
        host: &mut dyn RegistryHost,
        step: &rest::Step,
        at: Span,
        reply: &mut Reply,
    ) -> Result<(), Halt> {
        let later = at.start - step.at.start;
        let outputs = &mut reply.outputs;
        let parsed = step.read(&self.variables).map_err(|mut problem| {
            if let DiagnosticKind::Rest(fault) = &problem.kind
                && let Some(response) = rest::HttpResponse::fault(fault)
            {
                show(response, outputs);
            }
            problem.at = problem.at.later(later);
            Halt::from(problem)
        })?;
        match parsed {
            rest::Parsed::Passed => outputs.push(Output::Passed(step.line.clone())),
            rest::Parsed::Echo(text) => outputs.push(Output::Told(text)),
            rest::Parsed::Program(mut words) => {
                for word in &mut words {
                    word.at = word.at.later(later);
                }
                return shell_line(host, &words, at, reply);
            }
            rest::Parsed::Let(name, value) => {
                self.variables.insert(name, value);
            }
            rest::Parsed::Call(Statement { operation, .. }, after) => {
                self.rest_request(host, step, (at, later), &operation, after, outputs)?;
            }
        }
        Ok(())
    }

    /// Sends a request, and shows or keeps what the server answers.
    fn rest_request(
        &mut self,
        host: &mut dyn RegistryHost,
        step: &rest::Step,
        (at, later): (Span, usize),
        operation: &Operation,
        after: rest::After,
        outputs: &mut Vec<Output>,
    ) -> Result<(), Halt> {
        let outcome = rest::execute(host, self.memory.bridge_mut().1, operation, outputs);
        let outcome = outcome.map_err(|why| {
            if let Some(response) = why.response() {
                show(response, outputs);
            }
            match why {
                rest::Refused::Registry(refusal) => {
                    let mut names = refused_argument::parameters(&refusal.kind).iter();
                    let place = names.find_map(|name| step.place_of(name, &self.variables));
                    let place = place.map(|place| place.later(later));
                    Halt::refused(place, refusal)
                }
                rest::Refused::Server(complaint) => {
                    let place = step.place_of(complaint.about, &self.variables);
                    let place = place.map(|place| place.later(later));
                    let kind = DiagnosticKind::Mlflow(complaint);
                    let at = place.unwrap_or(at);
                    Halt::from(Problem { at, kind })
                }
            }
        })?;
        // What is cut out of an answer is as JSON has it.
        let run_id = outcome.run_id.as_deref().map(python_text::json_quote);
        let run_id = run_id.as_deref().map(|id| id.trim_matches('"'));
        let mut taken = None;
        let mut body = outcome.response.body.clone();
        let mut wrong = None;
        for pipe in &after.pipes {
            match pipe.through(&body, run_id, after.keeps.is_some()) {
                Ok(rest::pipe::PipeOutput::Same) => {}
                Ok(rest::pipe::PipeOutput::Text(text)) => {
                    body.clone_from(&text);
                    taken = Some(text);
                }
                Err(problem) => {
                    wrong = Some(problem);
                    break;
                }
            }
        }
        match (&taken, &after.keeps) {
            // A shell shows what comes out at the end; where that is kept, the answer itself is of use.
            (Some(text), None) if wrong.is_none() => {
                outputs.push(Output::Told(text.clone()));
            }
            _ => show(outcome.response, outputs),
        }
        if let Some(mut problem) = wrong {
            problem.at = problem.at.later(later);
            return Err(problem.into());
        }
        if let Some(name) = after.keeps {
            let kept = taken.unwrap_or(body);
            self.variables
                .insert(name, kept.trim_end_matches('\n').to_owned());
        }
        Ok(())
    }
}

fn show(response: rest::HttpResponse, outputs: &mut Vec<Output>) {
    outputs.push(Output::Json {
        status: response.status,
        body: response.body,
    });
}
