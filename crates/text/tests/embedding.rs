//! The tables in `docs/embedding.md` are those that the app follows. `UPDATE_GOLDEN=1 cargo test --package text --test embedding`
//! writes them anew.
#![allow(clippy::expect_used, reason = "a test stops at the first surprise")]

use std::fmt::Write as _;
use std::path::Path;

use ::embed::Kind;
use ::embed::message::{Ask, Code, EventName};
use ::embed::options::{PARAMETERS, Values};
use text::Language::English;
use text::embed as says;

/// Returns a table in Markdown.
fn table(head: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut out = format!("| {} |\n|{}\n", head.join(" | "), "---|".repeat(head.len()));
    for row in rows {
        writeln!(out, "| {} |", row.join(" | ")).expect("a text takes all");
    }
    out
}

fn code(text: &str) -> String {
    format!("`{text}`")
}

fn codes<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    let all: Vec<_> = texts.into_iter().map(code).collect();
    all.join(", ")
}

fn kinds(is_in: impl Fn(Kind) -> bool) -> String {
    let (with, without): (Vec<_>, Vec<_>) = Kind::ALL.into_iter().partition(|kind| is_in(*kind));
    match without.as_slice() {
        [] => "all".to_owned(),
        [one] => format!("all but {}", code(one.as_str())),
        _ => codes(with.into_iter().map(Kind::as_str)),
    }
}

fn views() -> String {
    let row = |kind: Kind| {
        let item = match kind.item() {
            Some(item) if item.starts_with('?') => item.to_owned(),
            Some(item) => format!("/{item}"),
            None => String::new(),
        };
        vec![
            code(&format!("#/embed/{kind}{item}")),
            says::view(English, kind).to_owned(),
            format!("{} px", kind.usual_height()),
        ]
    };
    table(
        &["address", "what it shows", "height in the snippets"],
        Kind::ALL.into_iter().map(row),
    )
}

fn parameters() -> String {
    let rows = PARAMETERS.iter().map(|row| {
        let values = match row.values {
            Values::OneOf(values) => codes(values.iter().copied()),
            Values::AnyOf(values) => format!("any of {}", codes(values.iter().copied())),
            Values::Shared => "`ms1.…`".to_owned(),
            Values::Origin => "an origin".to_owned(),
            Values::Line => "a line".to_owned(),
        };
        let default = match row.default {
            "" => "–".to_owned(),
            default => code(default),
        };
        vec![
            code(row.name.as_str()),
            values,
            default,
            kinds(|kind| row.is_for(kind)),
            says::parameter(English, row.name).to_owned(),
            row.since.to_string(),
        ]
    });
    table(
        &[
            "parameter",
            "values",
            "default",
            "for",
            "what it does",
            "since",
        ],
        rows,
    )
}

fn commands() -> String {
    let rows = Ask::ALL.into_iter().map(|ask| {
        let (fields, answer) = match ask {
            Ask::Run => ("line", "printed"),
            Ask::Load => ("address", ""),
            Ask::GoTo => ("to: \"next\", \"previous\" or a number", ""),
            Ask::SetTheme => ("theme", ""),
            Ask::GetState => ("", "address, at, of, completed, versions"),
            Ask::GetReceipt => ("", "receipt"),
            Ask::Reset => ("", ""),
        };
        vec![
            code(ask.as_str()),
            fields.to_owned(),
            answer.to_owned(),
            kinds(|kind| ask.is_for(kind)),
            says::ask(English, ask).to_owned(),
            ask.since().to_string(),
        ]
    });
    table(
        &["`do`", "fields", "in `ok`", "for", "what it does", "since"],
        rows,
    )
}

fn events() -> String {
    let rows = EventName::ALL.into_iter().map(|name| {
        let fields = match name {
            EventName::Answered => "question, given, right",
            EventName::Moved => "model, version, from, to",
            EventName::Refused => "says",
            EventName::Solved => "exercise, steps, fewest?, receipt?",
            EventName::Completed => "right, of",
            EventName::Key => "key",
        };
        vec![
            code(name.as_str()),
            fields.to_owned(),
            says::event(English, name).to_owned(),
            name.since().to_string(),
        ]
    });
    table(&["`type`", "fields", "when", "since"], rows)
}

fn errors() -> String {
    let rows = Code::ALL.into_iter();
    table(
        &["`code`", "what it means"],
        rows.map(|name| vec![code(name.as_str()), says::code(English, name).to_owned()]),
    )
}

#[test]
fn the_tables_of_the_page_are_those_of_the_app() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/embedding.md");
    let page = std::fs::read_to_string(&file).expect("the page is there");
    let tables = [
        ("views", views()),
        ("parameters", parameters()),
        ("commands", commands()),
        ("events", events()),
        ("errors", errors()),
    ];
    let mut expected = page.clone();
    for (name, table) in tables {
        let (begin, end) = (
            format!("<!-- {name} -->\n"),
            format!("<!-- end of {name} -->"),
        );
        let (before, rest) = expected
            .split_once(&begin)
            .expect("its beginning is marked");
        let (_, after) = rest.split_once(&end).expect("its end is marked");
        expected = format!("{before}{begin}{table}{end}{after}");
    }
    if std::env::var_os("UPDATE_GOLDEN").is_some_and(|value| value == "1") {
        std::fs::write(&file, &expected).expect("the page can be written");
        return;
    }
    for (line, (found, expected)) in (1..).zip(page.lines().zip(expected.lines())) {
        assert_eq!(
            found, expected,
            "line {line} of docs/embedding.md; UPDATE_GOLDEN=1 writes it anew"
        );
    }
    assert_eq!(page.len(), expected.len());
}
