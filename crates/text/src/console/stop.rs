//! Why a text was not carried out to its end: in the words of whoever refuses it, with its place, and what it means.

use super::super::diagnostic;
use super::super::explain::explain;
use super::others::{EXCEPTION, USAGE_ERROR, exception, real_program};
use super::{Pages, PrintedKind, mark, ran};
use console::bridge::script::EXIT;
use console::codegen::{self, ApiStyle};
use console::diagnostic::{Diagnostic, DiagnosticKind};
use console::dialect::Dialect;
use console::span::Span;
use console::{MAX_BYTES, Reply, Stop};
use registry::{Refusal, RefusalKind, Registry};

impl Pages<'_> {
    pub(super) fn stop(&mut self, stop: &Stop, reply: &Reply) {
        match stop {
            Stop::Diagnostic(diagnostic) => self.diagnostic(diagnostic),
            Stop::Refused {
                dialect,
                at,
                refusal,
            } => self.refused(*dialect, *at, refusal),
        }
        let texts = self.text.console();
        if let Some(ways) = &reply.ways {
            let open = ways.open.join(", ");
            match ways.open.len() {
                0 => self.note(texts.ways),
                1 => self.note(texts.ways_open_one(&open)),
                _ => self.note(texts.ways_open(&open)),
            }
            self.push(PrintedKind::Code, ways.python.trim_end());
            self.push(PrintedKind::Code, ways.curl.trim_end());
        }
        // A text of one statement says by its answer what was done.
        if reply.statements > 1 {
            match ran(reply) {
                0 => {}
                count => self.note(texts.done(count)),
            }
            let left = reply.statements.saturating_sub(reply.done + 1);
            if left > 0 {
                self.note(texts.left(left));
            }
        }
    }

    /// Where it is wrong. A text that is too long was not read, so that no place is known.
    fn place(&mut self, at: Span) {
        if self.source.len() > MAX_BYTES {
            return;
        }
        let marked = mark(self.source, at);
        let place = self.text.console().place(&marked.line, &marked.column);
        self.push(
            PrintedKind::Mark,
            format!("{place}\n{}", marked.underlined()),
        );
    }

    fn diagnostic(&mut self, diagnostic: &Diagnostic) {
        let texts = self.text.console();
        let plain = diagnostic::diagnostic(self.text, &diagnostic.kind);
        if diagnostic.dialect == Dialect::Shell
            && let Some((said, code)) = real_program(self.text, self.rules, &diagnostic.kind)
        {
            self.push(PrintedKind::Error, said);
            self.place(diagnostic.at);
            if code != USAGE_ERROR {
                self.note(plain);
            }
            self.note(texts.exit(&code));
            return;
        }
        if let DiagnosticKind::Exception(raised) = &diagnostic.kind {
            if raised.class == EXIT {
                let said = texts.exit(&raised.message);
                self.push(PrintedKind::Error, said);
            } else {
                // The traceback has the place in it.
                self.push(PrintedKind::Error, raised.traceback.trim_end());
            }
            return;
        }
        match exception(diagnostic.dialect, &diagnostic.kind) {
            Some(said) => {
                self.push(PrintedKind::Error, said);
                self.place(diagnostic.at);
                match &diagnostic.kind {
                    DiagnosticKind::Mlflow(_) if diagnostic.dialect == Dialect::Rest => {}
                    DiagnosticKind::Mlflow(complaint) => {
                        self.note(texts.code(&complaint.code.as_str()));
                    }
                    _ => self.note(plain),
                }
            }
            None => {
                self.push(PrintedKind::Error, plain);
                self.place(diagnostic.at);
            }
        }
    }

    fn refused(&mut self, dialect: Dialect, at: Span, refusal: &Refusal) {
        let texts = self.text.console();
        let words = explain(self.text, refusal);
        let rule = words.rule.trim_end_matches('.');
        let is_mlflow = words.mlflow_says.is_some();
        let code = refusal.kind.code().as_str();
        if let Some(said) = &words.mlflow_says {
            // Python has an exception, the server its code.
            let named = match dialect {
                Dialect::Rest => code,
                _ => EXCEPTION,
            };
            self.push(PrintedKind::Error, format!("{named}: {said}"));
        } else {
            let said = match refusal.kind {
                RefusalKind::Team(_) => texts.team(&rule),
                _ => texts.refused(&rule),
            };
            self.push(PrintedKind::Error, said);
        }
        self.place(at);
        if is_mlflow && dialect != Dialect::Rest {
            self.note(texts.code(&code));
        }
        let why = if is_mlflow {
            format!("{rule}. {}", words.why)
        } else {
            words.why
        };
        for words in [why, words.advice] {
            if !words.is_empty() {
                self.note(words);
            }
        }
        let empty = Registry::default();
        for (way, what) in refusal.remedies.iter().zip(words.remedies) {
            self.note(texts.instead(&what));
            let code: String = way
                .commands
                .iter()
                .map(|command| codegen::python(command, ApiStyle::Stages, &empty))
                .collect();
            self.push(PrintedKind::Code, code.trim_end());
        }
    }
}
