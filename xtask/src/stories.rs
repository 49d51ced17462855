//! The heads of the app's own exercises as one file of JSON, so that `boot.js` can show the story of one while the app is
//! still on its way. Made from the same texts as the app's own head of the page.

use lesson::markdown::{self, Inline};
use lesson::own::{EXERCISES, Listed};
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

/// Returns text and code by turns, beginning with text.
fn by_turns(line: &[Inline]) -> Vec<String> {
    let mut turns = Vec::new();
    let mut text = String::new();
    for piece in line {
        match piece {
            Inline::Text(more) => text.push_str(more),
            Inline::Code(code) => turns.extend([std::mem::take(&mut text), code.clone()]),
            // A test holds that no story has them.
            Inline::Emphasis(_) | Inline::Strong(_) | Inline::Link { .. } => {}
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
