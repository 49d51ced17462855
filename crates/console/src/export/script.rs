//! An export as a script.

use super::Words;
use super::plan::{Note, PlanItem};
use crate::codegen::curl::Place;
use crate::codegen::{Base, curl as requests, python as calls, quote};

/// How wide a comment is.
const WIDTH: usize = 88;

/// The export as a Python script.
pub fn python(parts: &[PlanItem], base: &Base, words: &Words) -> String {
    let mut out = String::new();
    comment(&mut out, &words.header);
    out.push('\n');
    out.push_str(&python_start(base));
    for part in parts {
        python_part(&mut out, part, words);
    }
    out
}

/// What a Python script starts with.
pub(super) fn python_start(base: &Base) -> String {
    format!(
        "from mlflow import MlflowClient\n\nclient = MlflowClient(tracking_uri={})\n",
        quote::python(base.as_str())
    )
}

pub(super) fn python_part(out: &mut String, part: &PlanItem, words: &Words) {
    match part {
        PlanItem::Note(note) => say(out, note, words),
        PlanItem::Op(op) => calls::write(out, op),
    }
}

/// The export as a shell script of `curl` calls.
pub fn curl(parts: &[PlanItem], base: &Base, words: &Words) -> String {
    let mut out = "#!/bin/sh\n".to_owned();
    comment(&mut out, &words.header);
    out.push_str(&format!("\nset -eu\nBASE={base}\n"));
    for part in parts {
        match part {
            PlanItem::Note(note) => say(&mut out, note, words),
            PlanItem::Op(op) => requests::write(&mut out, op, Place::Script),
        }
    }
    out
}

/// Whether a note starts something, and so has room before it.
pub(super) const fn is_start(note: &Note) -> bool {
    matches!(note, Note::Step(_) | Note::Base { .. })
}

fn say(out: &mut String, note: &Note, words: &Words) {
    if is_start(note) && !out.is_empty() {
        out.push('\n');
    }
    comment(out, &quote::comment(&(words.say)(note)));
}

/// A comment, line by line, cut at blanks where it is too wide.
fn comment(out: &mut String, text: &str) {
    for line in text.lines() {
        let line = quote::comment(line);
        let mut width = 0;
        for word in line.split(' ') {
            let letters = word.chars().count();
            if width == 0 {
                out.push('#');
                width = 1;
            } else if width + 1 + letters > WIDTH {
                out.push_str("\n#");
                width = 1;
            }
            if letters > 0 {
                out.push(' ');
                out.push_str(word);
                width += 1 + letters;
            }
        }
        out.push('\n');
    }
}
