//! The texts of a pack on the page: its small Markdown, made of elements.

use crate::ui::highlight::highlight;
use el::{El, a, code, el, li, ol, p, pre, span, strong, ul};
use lesson::markdown::{self, Block, Inline};
use lesson::pack::{Pack, Shown, Source};

/// A text, block by block.
pub fn prose(pack: &Pack, text: &str) -> Vec<El> {
    blocks_of(pack, &markdown::parse(text))
}

fn blocks_of(pack: &Pack, blocks: &[Block]) -> Vec<El> {
    blocks
        .iter()
        .map(|block| match block {
            Block::Paragraph(line) => pieces(&pack.sources, p(), line),
            Block::List { numbered, items } => {
                let list = if *numbered { ol() } else { ul() };
                let items = items.iter().map(|item| pieces(&pack.sources, li(), item));
                list.class("prose-list").children(items)
            }
            Block::Code(lines) => code_block(lines),
        })
        .collect()
}

/// A text whose first paragraph is inside an element; nothing where it does not begin with one.
pub fn headed(pack: &Pack, head: El, text: &str) -> Option<(El, Vec<El>)> {
    let blocks = markdown::parse(text);
    let Some((Block::Paragraph(first), rest)) = blocks.split_first() else {
        return None;
    };
    Some((pieces(&pack.sources, head, first), blocks_of(pack, rest)))
}

/// Lines of code as they stand, in a box that can be scrolled by keyboard.
pub fn code_block(lines: &str) -> El {
    pre().attr("tabindex", "0").child(code().text(lines))
}

/// A line, inside an element.
pub fn line(pack: &Pack, element: El, text: &str) -> El {
    pieces(&pack.sources, element, &markdown::inline(text))
}

/// A line whose pack is not here: a link to a source in it is its text alone.
pub fn line_alone(element: El, text: &str) -> El {
    pieces(&[], element, &markdown::inline(text))
}

/// A line, or code as it stands.
pub fn shown(pack: &Pack, element: El, shown: &Shown) -> El {
    match shown {
        Shown::Line(text) => line(pack, element, text),
        Shown::Code(text) => element.child(code().class("option-code").children(highlight(text))),
    }
}

fn pieces(sources: &[Source], element: El, line: &[Inline]) -> El {
    line.iter().fold(element, |element, piece| match piece {
        Inline::Text(text) => element.text(text),
        Inline::Code(text) => element.child(in_words(code(), text)),
        Inline::Emphasis(inside) => element.child(pieces(sources, el("em"), inside)),
        Inline::Strong(inside) => element.child(pieces(sources, strong(), inside)),
        Inline::Link { text, to } => element.child(link(sources, text, to)),
    })
}

/// The longest word that fits into a line of a narrow phone, in bytes.
const WORD: usize = 33;

/// Code that breaks between its words and in front of its arguments, and inside of a word only where it is longer than a line.
fn in_words(element: El, text: &str) -> El {
    text.split_inclusive([' ', '('])
        .fold(element, |element, piece| {
            let word = span().text(piece.trim_end_matches(' '));
            let is_short = piece.len() <= WORD;
            let element = element.child(if is_short { word.class("word") } else { word });
            match piece.ends_with('(') {
                true => element.child(el("wbr")),
                false if piece.ends_with(' ') => element.text(" "),
                false => element,
            }
        })
}

fn link(sources: &[Source], text: &[Inline], to: &str) -> El {
    let address = match to.strip_prefix("source:") {
        Some(id) => sources
            .iter()
            .find(|source| source.id.as_str() == id)
            .map(|source| source.url.as_str()),
        None => Some(to).filter(|to| to.starts_with("https://") || to.starts_with("#/")),
    };
    // The check of a pack refuses other links; where one is there all the same, its text stays.
    match address {
        Some(address) if address.starts_with("https://") => pieces(sources, outside(address), text),
        Some(address) => pieces(sources, a().attr("href", address), text),
        None => pieces(sources, span(), text),
    }
}

/// A link that leaves the app: in a tab of its own, so that nothing here is lost.
pub fn outside(address: &str) -> El {
    a().attr("href", address)
        .attr("target", "_blank")
        .attr("rel", "noopener noreferrer")
        .class("outside")
}
