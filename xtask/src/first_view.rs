//! The first view: the lesson's text and the five fixed questions with their answers, as plain HTML in the page, so that
//! they can be read before the app is there and without JavaScript. Made from the same pack as the app's own pages.

use lesson::markdown::{self, Block, Inline};
use lesson::own;
use lesson::pack::{self, Choose, Pack, Question, Shown, Step};
use text::Language;
use text::problem::problem;

use crate::failure::Failure;

/// What stands in `index.html` in the place of the text.
pub const MARK: &str = "LESSON-TEXT";

/// The HTML for the app's own pack.
///
/// # Errors
///
/// When the pack cannot be read.
pub fn html() -> Result<String, Failure> {
    let pack = pack::read(own::PACK).map_err(|problems| {
        let first = problems
            .first()
            .map(|found| problem(Language::English, found))
            .unwrap_or_default();
        Failure::step(format!("content/en is not a good pack: {first}."))
    })?;
    Ok(of(&pack))
}

/// The HTML of a pack. Every text is escaped: what is data stays text.
fn of(pack: &Pack) -> String {
    let mut out = String::new();
    for (at, step) in pack.steps.iter().enumerate() {
        if at > 0 {
            out.push_str(&format!("<h2>{}</h2>", escaped(&step.title)));
        }
        out.push_str(&step_html(pack, step));
    }
    out.push_str("<h2>Five questions, with their answers</h2>");
    let fixed = pack.questions.iter().filter(|question| question.fixed);
    for (at, question) in fixed.enumerate() {
        out.push_str(&question_html(pack, at + 1, question));
    }
    out
}

fn step_html(pack: &Pack, step: &Step) -> String {
    let mut out = blocks(pack, &step.text);
    if let Some(choose) = &step.choose {
        out.push_str(&choose_html(pack, choose));
    }
    if let Some(play) = &step.play {
        for code in &play.lines {
            out.push_str(&format!("<pre><code>{}</code></pre>", escaped(&code.code)));
            out.push_str(&format!("<p>{}</p>", line(pack, &code.note)));
        }
    }
    out.push_str(&blocks(pack, &step.after));
    if !step.takeaways.is_empty() {
        let items = step.takeaways.iter();
        let items: String = items
            .map(|item| format!("<li>{}</li>", line(pack, item)))
            .collect();
        out.push_str(&format!("<ul class=\"takeaways\">{items}</ul>"));
    }
    out
}

fn choose_html(pack: &Pack, choose: &Choose) -> String {
    let is_judged = choose.options.iter().any(|option| option.right);
    let options: String = choose
        .options
        .iter()
        .map(|option| {
            let sign = match (is_judged, option.right) {
                (false, _) => "",
                (true, true) => "Right: ",
                (true, false) => "Not right: ",
            };
            let (text, then) = (line(pack, &option.text), line(pack, &option.then));
            format!("<li>{text}<br>{sign}{then}</li>")
        })
        .collect();
    let ask = line(pack, &choose.ask);
    format!("<p><strong>{ask}</strong></p><ul class=\"prose-list\">{options}</ul>")
}

fn question_html(pack: &Pack, number: usize, question: &Question) -> String {
    let mut out = format!("<h3>Question {number}</h3>{}", blocks(pack, &question.ask));
    if let Some(code) = &question.code {
        out.push_str(&format!("<pre><code>{}</code></pre>", escaped(code)));
    }
    out.push_str("<ul class=\"prose-list\">");
    for (letter, option) in ('A'..='Z').zip(question.kind.options()) {
        let text = match &option.text {
            Shown::Line(text) => line(pack, text),
            Shown::Code(code) => format!("<code>{}</code>", escaped(code)),
        };
        let sign = if option.right { "Right" } else { "Not right" };
        let why = line(pack, &option.why);
        out.push_str(&format!(
            "<li><strong>{letter}.</strong> {text}<br>{sign}: {why}</li>"
        ));
    }
    out.push_str("</ul><ol class=\"prose-list\">");
    for step in &question.solution {
        out.push_str(&format!("<li>{}</li>", line(pack, step)));
    }
    let (answer, check) = (line(pack, &question.answer), line(pack, &question.check));
    out.push_str(&format!("</ol><p><strong>Answer:</strong> {answer}</p>"));
    out.push_str(&format!("<p><strong>Quick check:</strong> {check}</p>"));
    out.push_str("<p><strong>Common mistakes:</strong></p><ul class=\"prose-list\">");
    for mistake in &question.mistakes {
        out.push_str(&format!("<li>{}</li>", line(pack, mistake)));
    }
    out.push_str("</ul>");
    out
}

fn blocks(pack: &Pack, text: &str) -> String {
    markdown::parse(text)
        .iter()
        .map(|block| match block {
            Block::Paragraph(line) => format!("<p>{}</p>", pieces(pack, line)),
            Block::List { numbered, items } => {
                let name = if *numbered { "ol" } else { "ul" };
                let items: String = items
                    .iter()
                    .map(|item| format!("<li>{}</li>", pieces(pack, item)))
                    .collect();
                format!("<{name} class=\"prose-list\">{items}</{name}>")
            }
            Block::Code(code) => format!("<pre><code>{}</code></pre>", escaped(code)),
        })
        .collect()
}

fn line(pack: &Pack, text: &str) -> String {
    pieces(pack, &markdown::inline(text))
}

fn pieces(pack: &Pack, line: &[Inline]) -> String {
    line.iter()
        .map(|piece| match piece {
            Inline::Text(text) => escaped(text),
            Inline::Code(text) => format!("<code>{}</code>", escaped(text)),
            Inline::Emphasis(inside) => format!("<em>{}</em>", pieces(pack, inside)),
            Inline::Strong(inside) => format!("<strong>{}</strong>", pieces(pack, inside)),
            Inline::Link { text, to } => {
                let source = to.strip_prefix("source:").and_then(|id| {
                    let source = pack
                        .sources
                        .iter()
                        .find(|source| source.id.as_str() == id)?;
                    Some(source.url.as_str())
                });
                let to = escaped(source.unwrap_or(to));
                format!("<a href=\"{to}\">{}</a>", pieces(pack, text))
            }
        })
        .collect()
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            letter => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_stays_text() {
        assert_eq!(escaped("<b a=\"1\">&"), "&lt;b a=&quot;1&quot;&gt;&amp;");
    }

    #[test]
    fn the_first_view_has_the_lesson_and_the_five_questions() {
        let html = html().expect("the pack can be read");
        for part in [
            "Four stages",
            "What to take along",
            "Question 5",
            "Quick check",
        ] {
            assert!(html.contains(part), "{part}");
        }
        assert!(!html.contains("Question 6"));
        assert!(!html.contains("source:"), "every source has its address");
    }
}
