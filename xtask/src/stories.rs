//! The heads of the app's own exercises as one file of JSON, so that `boot.js` can show the story of one while the app is
//! still on its way; and what the questions ask, as another. Made from the same texts as the app's own pages.

use lesson::markdown::{self, Block, Inline};
use lesson::own::{EXERCISES, Listed, PACK};
use lesson::pack;
use serde_json::{Map, Value, json};
use text::Language;

/// Returns the file: for each exercise, by its id, the lines of its head.
pub fn json() -> String {
    let head = |listed: &Listed| (listed.id.to_owned(), head(listed));
    Value::Object(EXERCISES.iter().map(head).collect::<Map<_, _>>()).to_string()
}

fn head(listed: &Listed) -> Value {
    let texts = Language::English.task_head();
    json!({
        "all": format!("← {}", texts.all),
        "title": listed.title,
        "practises": texts.practises(&listed.objective),
        "story": by_turns(&markdown::inline(listed.story)),
    })
}

/// Returns what the questions ask: for each, by its id, its lines. The first is its heading.
pub fn questions() -> String {
    // A pack that can't be read is said by the first view.
    let questions = pack::read(PACK).map_or_else(|_| Vec::new(), |pack| pack.questions);
    let asked = |ask: &str| -> Value {
        let blocks = markdown::parse(ask);
        let lines = blocks.iter().flat_map(|block| match block {
            Block::Paragraph(line) => vec![by_turns(line)],
            Block::List { items, .. } => items.iter().map(|item| by_turns(item)).collect(),
            Block::Code(code) => vec![vec![String::new(), code.clone()]],
        });
        lines.collect::<Vec<_>>().into()
    };
    let questions = questions.iter();
    let all = questions.map(|question| (question.id.to_string(), asked(&question.ask)));
    Value::Object(all.collect::<Map<_, _>>()).to_string()
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
    fn every_question_asks_something() {
        let read: Value = serde_json::from_str(&questions()).unwrap();
        for id in lesson::own::QUESTIONS {
            let heading = read[id][0].as_array().unwrap();
            assert!(heading.iter().any(|it| it.as_str() != Some("")), "{id}");
        }
    }

    #[test]
    fn nothing_of_a_story_is_left_out() {
        let read: Value = serde_json::from_str(&json()).unwrap();
        for listed in EXERCISES {
            let parts = read[listed.id]["story"].as_array().unwrap();
            let told: String = parts.iter().filter_map(Value::as_str).collect();
            assert_eq!(told, listed.story.replace('`', ""), "{}", listed.id);
            assert_eq!(read[listed.id]["title"], listed.title);
        }
    }
}
