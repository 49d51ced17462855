//! Plain HTML for the time before the app is there, and for whoever has no JavaScript: in the page, the head of the start page
//! with a picture of its scene; beside it, a page with the lesson's text and the five fixed questions with their answers. Made
//! from the same texts and the same pack as the app's own pages.

use lesson::markdown::{self, Block, Inline};
use lesson::own;
use lesson::pack::{self, Choose, Pack, Question, Shown, Source, Step};
use text::Language;
use text::problem::problem;

use crate::html::escaped;
use eyre::{OptionExt, Result, eyre};
use regex::Regex;

use crate::picture;

/// What stands in `index.html` in the place of the head.
const START: &str = "START-PAGE";
/// What the page with the lesson's text is called.
pub const LESSON: &str = "lesson.html";
/// That page without what is in it.
const LESSON_PAGE: &str = include_str!("lesson.html");

/// Returns the page with the first view in it.
pub fn put(page: &str) -> Result<String> {
    Ok(page.replace(START, &start_html()?))
}

/// Returns the page with the lesson's text, with the style sheet and the description of the app's page.
pub fn lesson_page(page: &str) -> Result<String> {
    let styles = Regex::new(r"\bapp-[^.>]*\.css")?
        .find(page)
        .ok_or_eyre("The app's page names no style sheet.")?;
    let text = Language::English.start();
    Ok(LESSON_PAGE
        .replace("STYLES", styles.as_str())
        .replace("DESCRIPTION", &escaped(&markdown::plain(text.intro)))
        .replace("TITLE", &escaped(text.title))
        .replace("LESSON", &lesson_html()?))
}

/// Returns the HTML for the head of the start page.
fn start_html() -> Result<String> {
    let texts = Language::English.start();
    let lead = |text: &str| {
        format!(
            "<p class=\"lead\">{}</p>",
            pieces(&[], &markdown::inline(text))
        )
    };
    let (title, intro, try_it) = (escaped(texts.title), lead(texts.intro), lead(texts.try_it));
    let what = escaped(texts.what);
    let picture = picture::html()?;
    Ok(format!(
        "<div class=\"start-head\"><p class=\"start-what\">{what}</p><h1>{title}</h1>{intro}{try_it}</div>{picture}"
    ))
}

/// Returns the HTML for the app's own pack.
fn lesson_html() -> Result<String> {
    let pack = pack::read(own::PACK).map_err(|problems| {
        let first = problems
            .first()
            .map(|found| problem(Language::English, found));
        eyre!(
            "content/en is not a good pack: {}.",
            first.unwrap_or_default()
        )
    })?;
    Ok(of(&pack))
}

/// Returns the HTML of a pack. Every text is escaped: what is data stays text.
fn of(pack: &Pack) -> String {
    let mut out = String::new();
    for step in &pack.steps {
        out.push_str(&format!("<h2>{}</h2>", escaped(&step.title)));
        out.push_str(&step_html(pack, step));
    }
    let texts = Language::English.practice();
    let fixed: Vec<&Question> = pack
        .questions
        .iter()
        .filter(|question| question.fixed)
        .collect();
    out.push_str(&format!("<h2>{}</h2>", escaped(texts.title)));
    for (at, question) in (1..).zip(&fixed) {
        let title = texts.round_at(&at, &fixed.len());
        out.push_str(&format!("<h3>{}</h3>", escaped(&title)));
        out.push_str(&question_html(pack, question));
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
    let texts = Language::English.learn();
    let is_judged = choose.options.iter().any(|option| option.right);
    let options: String = choose
        .options
        .iter()
        .map(|option| {
            let sign = match (is_judged, option.right) {
                (false, _) => String::new(),
                (true, true) => format!("{}: ", escaped(texts.right)),
                (true, false) => format!("{}: ", escaped(texts.wrong)),
            };
            let (text, then) = (line(pack, &option.text), line(pack, &option.then));
            format!("<li>{text}<br>{sign}{then}</li>")
        })
        .collect();
    let ask = line(pack, &choose.ask);
    format!("<p><strong>{ask}</strong></p><ul class=\"prose-list\">{options}</ul>")
}

fn question_html(pack: &Pack, question: &Question) -> String {
    let texts = Language::English.practice();
    let named = |name: &str| format!("<p><strong>{}:</strong>", escaped(name));
    let items = |lines: &[String]| -> String {
        lines
            .iter()
            .map(|item| format!("<li>{}</li>", line(pack, item)))
            .collect()
    };
    let mut out = blocks(pack, &question.ask);
    if let Some(code) = &question.code {
        out.push_str(&format!("<pre><code>{}</code></pre>", escaped(code)));
    }
    out.push_str("<ul class=\"prose-list\">");
    for (letter, option) in ('A'..='Z').zip(question.kind.options()) {
        let text = match &option.text {
            Shown::Line(text) => line(pack, text),
            Shown::Code(code) => format!("<code>{}</code>", escaped(code)),
        };
        let sign = escaped(if option.right {
            texts.option_right
        } else {
            texts.option_wrong
        });
        let why = line(pack, &option.why);
        out.push_str(&format!(
            "<li><strong>{letter}.</strong> {text} ({sign})<br>{why}</li>"
        ));
    }
    let (answer, check) = (line(pack, &question.answer), line(pack, &question.check));
    out.push_str(&format!(
        "</ul><ol class=\"prose-list\">{}</ol>",
        items(&question.solution)
    ));
    out.push_str(&format!(
        "{} {answer}</p>{} {check}</p>",
        named(texts.final_answer),
        named(texts.check)
    ));
    let mistakes = items(&question.mistakes);
    out.push_str(&format!(
        "{}</p><ul class=\"prose-list\">{mistakes}</ul>",
        named(texts.mistakes)
    ));
    out
}

fn blocks(pack: &Pack, text: &str) -> String {
    markdown::parse(text)
        .iter()
        .map(|block| match block {
            Block::Paragraph(line) => format!("<p>{}</p>", pieces(&pack.sources, line)),
            Block::List { numbered, items } => {
                let name = if *numbered { "ol" } else { "ul" };
                let items: String = items
                    .iter()
                    .map(|item| format!("<li>{}</li>", pieces(&pack.sources, item)))
                    .collect();
                format!("<{name} class=\"prose-list\">{items}</{name}>")
            }
            Block::Code(code) => format!("<pre><code>{}</code></pre>", escaped(code)),
        })
        .collect()
}

fn line(pack: &Pack, text: &str) -> String {
    pieces(&pack.sources, &markdown::inline(text))
}

fn pieces(sources: &[Source], line: &[Inline]) -> String {
    line.iter()
        .map(|piece| match piece {
            Inline::Text(text) => escaped(text),
            Inline::Code(text) => format!("<code>{}</code>", escaped(text)),
            Inline::Emphasis(inside) => format!("<em>{}</em>", pieces(sources, inside)),
            Inline::Strong(inside) => format!("<strong>{}</strong>", pieces(sources, inside)),
            Inline::Link { text, to } => {
                let id = to.strip_prefix("source:");
                let source = sources.iter().find(|source| Some(source.id.as_str()) == id);
                let to = escaped(source.map_or(to, |source| &source.url));
                format!("<a href=\"{to}\">{}</a>", pieces(sources, text))
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_view_has_the_start_page_with_its_picture() {
        let html = start_html().unwrap();
        for part in [
            "<h1>One label decides which model your users get</h1>",
            "<strong>model registry</strong>",
            "role=\"img\"",
            "<b>Production</b><span>1</span>",
            "<b>v2</b><span class=\"picture-serves\">serves</span>",
            " €</b>",
        ] {
            assert!(html.contains(part), "{part}");
        }
        // The policy allows no styles in the page.
        assert!(!html.contains("style="));
    }

    #[test]
    fn the_first_view_has_the_lesson_and_the_five_questions() {
        let html = lesson_html().unwrap();
        for part in ["Four stages", "In short", "Question 5 of 5", "Quick check"] {
            assert!(html.contains(part), "{part}");
        }
        assert!(!html.contains("Question 6"));
        assert!(!html.contains("source:"), "every source has its address");
    }
}
