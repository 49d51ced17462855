//! The small part of Markdown that a pack's texts may use, as nodes. Any text is read; there is no HTML in it.
//!
//! Paragraphs, lists, code blocks; emphasis, strong, code and links inside a line. What is none of these is text. A
//! Markdown crate (`pulldown-cmark` was weighed) knows far more than a pack may use, HTML among it, and weighs 60 KB.

/// How deep emphasis and links may stand inside each other; deeper ones are text.
const DEPTH: usize = 4;

/// A piece of text that stands by itself.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Block {
    Paragraph(Vec<Inline>),
    /// A list, numbered or not.
    List {
        numbered: bool,
        items: Vec<Vec<Inline>>,
    },
    /// Lines of code as they stand.
    Code(String),
}

/// A piece of a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Inline {
    Text(String),
    /// `*emphasis*`
    Emphasis(Vec<Inline>),
    /// `**strong**`
    Strong(Vec<Inline>),
    /// `` `code` ``
    Code(String),
    /// `[text](where)`
    Link {
        /// What is shown.
        text: Vec<Inline>,
        /// Where it leads, as written.
        to: String,
    },
}

/// Reads a text.
pub fn parse(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut paragraph: Vec<&str> = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let line = line.trim_end();
        if line.trim_start().starts_with("```") {
            end(&mut paragraph, &mut blocks);
            let code: Vec<&str> = lines
                .by_ref()
                .take_while(|line| !line.trim_start().starts_with("```"))
                .collect();
            blocks.push(Block::Code(code.join("\n")));
        } else if let Some((numbered, item)) = item(line) {
            end(&mut paragraph, &mut blocks);
            let item = inline(item);
            match blocks.last_mut() {
                Some(Block::List {
                    numbered: same,
                    items,
                }) if *same == numbered => items.push(item),
                _ => blocks.push(Block::List {
                    numbered,
                    items: vec![item],
                }),
            }
        } else if line.is_empty() {
            end(&mut paragraph, &mut blocks);
        } else {
            paragraph.push(line.trim_start());
        }
    }
    end(&mut paragraph, &mut blocks);
    blocks
}

fn end(paragraph: &mut Vec<&str>, blocks: &mut Vec<Block>) {
    if !paragraph.is_empty() {
        blocks.push(Block::Paragraph(inline(&paragraph.join(" "))));
        paragraph.clear();
    }
}

/// Returns the text of a list's item.
fn item(line: &str) -> Option<(bool, &str)> {
    if let Some(rest) = line.strip_prefix("- ") {
        return Some((false, rest));
    }
    let (number, rest) = line.split_once(". ")?;
    let is_number = (1..=3).contains(&number.len()) && number.bytes().all(|c| c.is_ascii_digit());
    is_number.then_some((true, rest))
}

/// Reads a line.
pub fn inline(text: &str) -> Vec<Inline> {
    read(text, 0)
}

fn read(text: &str, depth: usize) -> Vec<Inline> {
    let mut pieces = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let found = if depth < DEPTH {
            special(rest, depth)
        } else {
            None
        };
        if let Some((piece, after)) = found {
            if !plain.is_empty() {
                pieces.push(Inline::Text(std::mem::take(&mut plain)));
            }
            pieces.push(piece);
            rest = after;
        } else {
            plain.push(first);
            rest = rest.get(first.len_utf8()..).unwrap_or_default();
        }
    }
    if !plain.is_empty() {
        pieces.push(Inline::Text(plain));
    }
    pieces
}

/// Returns what begins right here, if anything does, and what comes after it.
fn special(text: &str, depth: usize) -> Option<(Inline, &str)> {
    if let Some(rest) = text.strip_prefix('`') {
        let (code, after) = rest.split_once('`')?;
        return (!code.is_empty()).then(|| (Inline::Code(code.to_owned()), after));
    }
    if let Some(rest) = text.strip_prefix("**") {
        let (inside, after) = rest.split_once("**")?;
        return stands(inside).then(|| (Inline::Strong(read(inside, depth + 1)), after));
    }
    if let Some(rest) = text.strip_prefix('*') {
        let (inside, after) = rest.split_once('*')?;
        return stands(inside).then(|| (Inline::Emphasis(read(inside, depth + 1)), after));
    }
    let rest = text.strip_prefix('[')?;
    let (inside, after) = rest.split_once("](")?;
    let (to, after) = after.split_once(')')?;
    let good = stands(inside) && !inside.contains('[') && !to.is_empty() && !to.contains(' ');
    good.then(|| {
        let link = Inline::Link {
            text: read(inside, depth + 1),
            to: to.to_owned(),
        };
        (link, after)
    })
}

/// Returns whether a text between two marks belongs to them: `2 * 3 * 4` has no emphasis in it.
fn stands(inside: &str) -> bool {
    !inside.is_empty() && inside.trim() == inside
}

/// Returns a line without its marks, to be read aloud.
pub fn plain(text: &str) -> String {
    plain_of(&inline(text))
}

/// Returns the text of some pieces, without their marks.
fn plain_of(line: &[Inline]) -> String {
    line.iter()
        .map(|piece| match piece {
            Inline::Text(text) | Inline::Code(text) => text.clone(),
            Inline::Emphasis(inside) | Inline::Strong(inside) => plain_of(inside),
            Inline::Link { text, .. } => plain_of(text),
        })
        .collect()
}

/// Returns where the links of a text lead.
pub fn links(blocks: &[Block]) -> Vec<String> {
    fn of(line: &[Inline], found: &mut Vec<String>) {
        for piece in line {
            match piece {
                Inline::Text(_) | Inline::Code(_) => {}
                Inline::Emphasis(inside) | Inline::Strong(inside) => of(inside, found),
                Inline::Link { text, to } => {
                    found.push(to.clone());
                    of(text, found);
                }
            }
        }
    }
    let mut found = Vec::new();
    for block in blocks {
        match block {
            Block::Paragraph(line) => of(line, &mut found),
            Block::List { items, .. } => items.iter().for_each(|item| of(item, &mut found)),
            Block::Code(_) => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Returns the nodes in a short form: `{e ..}`, `{s ..}`, `{c ..}`, `{a where ..}`.
    fn short(line: &[Inline]) -> String {
        line.iter()
            .map(|piece| match piece {
                Inline::Text(text) => text.clone(),
                Inline::Code(code) => format!("{{c {code}}}"),
                Inline::Emphasis(inside) => format!("{{e {}}}", short(inside)),
                Inline::Strong(inside) => format!("{{s {}}}", short(inside)),
                Inline::Link { text, to } => format!("{{a {to} {}}}", short(text)),
            })
            .collect()
    }

    #[test]
    fn lines_are_read() {
        let check =
            |text: &str, expected: &str| assert_eq!(short(&inline(text)), expected, "{text}");
        check("plain <b>text</b>", "plain <b>text</b>");
        check("a *b* c", "a {e b} c");
        check("**b** and `c*d*`", "{s b} and {c c*d*}");
        check("**a `b` c**", "{s a {c b} c}");
        check("2 * 3 * 4", "2 * 3 * 4");
        check("`open", "`open");
        check("[x](#/registry).", "{a #/registry x}.");
        check("[x](a b)", "[x](a b)");
        check("[`x`](source:m)", "{a source:m {c x}}");
        check("", "");
    }

    #[test]
    fn blocks_are_read() {
        let text = "One\ntwo.\n\n- a\n- b\n1. c\n```\nx = *1*\n\ny\n```\nend";
        let blocks = parse(text);
        let kinds: Vec<String> = blocks
            .iter()
            .map(|block| match block {
                Block::Paragraph(line) => format!("p {}", short(line)),
                Block::List { numbered, items } => format!("list {numbered} {}", items.len()),
                Block::Code(code) => format!("code {code:?}"),
            })
            .collect();
        assert_eq!(
            kinds,
            [
                "p One two.",
                "list false 2",
                "list true 1",
                "code \"x = *1*\\n\\ny\"",
                "p end"
            ]
        );
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "[*`\\[\\]() a\\n-1.#:/]{0,200}") {
            let blocks = parse(&text);
            prop_assert!(links(&blocks).len() <= text.len());
        }

        #[test]
        fn nothing_is_lost(text in "\\PC{0,80}") {
            let plain = text.replace(['*', '`', '[', ']'], "");
            let read = inline(&plain);
            prop_assert_eq!(short(&read), plain);
        }
    }
}
