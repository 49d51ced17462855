//! The pieces of the app's own pack – each step, question and exercise – as files of JSON. `told` in them is what
//! `boot.js` shows while the app is still on its way, made from the same texts as the app's own pages.

use eyre::{Result, eyre};
use lesson::markdown::{self, Block, Inline};
use lesson::own::{self, Listed, PIECES};
use lesson::pack::{self, Question, Step};
use lesson::piece;
use serde_json::{Value, json};
use text::Language;

/// Returns the names of all pieces, and what is in their files.
pub fn all() -> Result<Vec<(String, String)>> {
    PIECES
        .iter()
        .map(|(name, text)| {
            let value = serde_json::from_str(text)?;
            let pack = pack::read(text).map_err(|problems| eyre!("{name}: {problems:?}"))?;
            let told = match name.split_once('-') {
                Some(("step", _)) => pack.steps.first().map(said),
                Some(("question", _)) => pack.questions.first().map(asked),
                Some(("exercise", id)) => own::listed(id).map(head),
                _ => None,
            };
            Ok(((*name).to_owned(), piece::file(value, &pack, told)))
        })
        .collect()
}

/// Returns the lines of an exercise's head.
fn head(listed: &Listed) -> Value {
    let texts = Language::English.task_head();
    json!({
        "all": format!("← {}", texts.all),
        "title": listed.title,
        "practises": texts.practises(&listed.objective),
        "story": by_turns(&markdown::inline(listed.story)),
    })
}

/// Returns the lines of a step's words. The first is its heading.
fn said(step: &Step) -> Value {
    let head = std::iter::once(vec![step.title.clone()]);
    head.chain(lines(&step.text)).collect::<Vec<_>>().into()
}

/// Returns the lines of what a question asks. The first is its heading.
fn asked(question: &Question) -> Value {
    lines(&question.ask).into()
}

fn lines(text: &str) -> Vec<Vec<String>> {
    let blocks = markdown::parse(text);
    let lines = blocks.iter().flat_map(|block| match block {
        Block::Paragraph(line) => vec![by_turns(line)],
        Block::List { items, .. } => items.iter().map(|item| by_turns(item)).collect(),
        Block::Code(code) => vec![vec![String::new(), code.clone()]],
    });
    lines.collect()
}

/// Returns text and code by turns, beginning with text.
fn by_turns(line: &[Inline]) -> Vec<String> {
    let mut turns = Vec::new();
    let mut text = String::new();
    for piece in line {
        match piece {
            Inline::Text(more) => text.push_str(more),
            Inline::Code(code) => turns.extend([std::mem::take(&mut text), code.clone()]),
            Inline::Emphasis(inside)
            | Inline::Strong(inside)
            | Inline::Link { text: inside, .. } => {
                for (at, piece) in by_turns(inside).into_iter().enumerate() {
                    if at % 2 == 0 {
                        text.push_str(&piece);
                    } else {
                        turns.extend([std::mem::take(&mut text), piece]);
                    }
                }
            }
        }
    }
    turns.push(text);
    turns
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_code_come_by_turns() {
        let turns = |line: &str| by_turns(&markdown::inline(line));
        assert_eq!(turns("`a` and `b`"), ["", "a", " and ", "b", ""]);
        assert_eq!(turns("plain"), ["plain"]);
    }

    #[test]
    fn what_stands_out_is_text() {
        let turns = |line: &str| by_turns(&markdown::inline(line));
        assert_eq!(turns("a **b `c` d** e"), ["a b ", "c", " d e"]);
    }

    #[test]
    fn every_question_asks_something_and_every_story_is_whole() {
        for (name, json) in all().unwrap() {
            let read: Value = serde_json::from_str(&json).unwrap();
            let told = &read["told"];
            let words = |turns: &Value| -> String {
                let turns = turns.as_array().unwrap().iter();
                turns.filter_map(Value::as_str).collect()
            };
            match name.split_once('-').unwrap() {
                ("step" | "question", _) => assert_ne!(words(&told[0]), "", "{name}"),
                ("exercise", id) => {
                    let listed = own::listed(id).unwrap();
                    assert_eq!(words(&told["story"]), listed.story.replace('`', ""));
                    assert_eq!(told["title"], listed.title);
                }
                _ => panic!("{name}"),
            }
        }
    }
}
