//! The text of a PDF as Chromium prints it, page by page: enough to see what stands on which page.
#![expect(
    clippy::indexing_slicing,
    reason = "a test may stop at the first surprise"
)]

use std::collections::BTreeMap;
use std::io::Read as _;

use flate2::read::ZlibDecoder;

use crate::Outcome;
use crate::failure::Failure;

/// Letters that fonts draw as one.
const LIGATURES: [(char, &str); 5] = [
    ('ﬀ', "ff"),
    ('ﬁ', "fi"),
    ('ﬂ', "fl"),
    ('ﬃ', "ffi"),
    ('ﬄ', "ffl"),
];

/// What the codes of a font mean.
type Letters = BTreeMap<u16, String>;
type Objects<'p> = BTreeMap<u32, &'p [u8]>;

/// Returns the text of each page, without blanks.
///
/// # Errors
/// If it is no PDF as Chromium writes it.
pub fn pages(pdf: &[u8]) -> Outcome<Vec<String>> {
    let objects = objects(pdf);
    let is_root = |head: &String| head.contains("/Type /Pages") && !head.contains("/Parent ");
    let root = objects.values().map(|object| head(object)).find(is_root);
    let root = root.ok_or_else(|| Failure::new("no pages in the PDF"))?;
    let mut pages = Vec::new();
    walk(&root, &objects, &mut pages);
    Ok(pages)
}

/// Reads a page, or the pages below a node of their tree.
fn walk(node: &str, objects: &Objects<'_>, pages: &mut Vec<String>) {
    let body = |number: Option<&u32>| number.and_then(|it| objects.get(it)).copied();
    let body = |number: Option<&u32>| body(number).unwrap_or_default();
    if node.contains("/Type /Pages") {
        let kids = between(node, "/Kids [", "]").unwrap_or_default();
        for kid in references(&kids) {
            walk(&head(body(Some(&kid))), objects, pages);
        }
        return;
    }
    let mut fonts = BTreeMap::new();
    let named = between(node, "/Font <<", ">>").unwrap_or_default();
    for font in named.split('/').skip(1) {
        let name = font.split(' ').next().unwrap_or_default().to_owned();
        let found = head(body(references(font).first()));
        let letters = between(&found, "/ToUnicode ", "/").unwrap_or_default();
        let letters = stream(body(references(&letters).first()));
        fonts.insert(name, letters_of(&letters));
    }
    let contents = between(node, "/Contents ", "/").unwrap_or_default();
    pages.push(text(&stream(body(references(&contents).first())), &fonts));
}

/// The objects by their numbers.
fn objects(pdf: &[u8]) -> Objects<'_> {
    let mut objects = BTreeMap::new();
    let mut at = 0;
    while let Some(found) = find(&pdf[at..], b" 0 obj") {
        let digits = pdf[..at + found].iter().rev();
        let digits = digits.take_while(|byte| byte.is_ascii_digit()).count();
        let number = String::from_utf8_lossy(&pdf[at + found - digits..at + found]).parse();
        let start = at + found + b" 0 obj".len();
        let end = find(&pdf[start..], b"endobj").map_or(pdf.len(), |end| start + end);
        objects.insert(number.unwrap_or(0), &pdf[start..end]);
        at = end;
    }
    objects
}

fn find(within: &[u8], wanted: &[u8]) -> Option<usize> {
    let mut at = 0;
    while let Some(next) = within[at..].iter().position(|byte| *byte == wanted[0]) {
        at += next;
        if within[at..].starts_with(wanted) {
            return Some(at);
        }
        at += 1;
    }
    None
}

/// What stands before an object's stream.
fn head(object: &[u8]) -> String {
    let end = find(object, b"stream").unwrap_or(object.len());
    String::from_utf8_lossy(&object[..end]).replace('\n', " ")
}

fn stream(object: &[u8]) -> String {
    let Some(start) = find(object, b"stream\n") else {
        return String::new();
    };
    let mut unpacked = Vec::new();
    let packed = &object[start + b"stream\n".len()..];
    let _ = ZlibDecoder::new(packed).read_to_end(&mut unpacked);
    String::from_utf8_lossy(&unpacked).into_owned()
}

fn between(text: &str, before: &str, after: &str) -> Option<String> {
    let (_, rest) = text.split_once(before)?;
    Some(rest.split(after).next().unwrap_or(rest).to_owned())
}

/// The numbers of the objects that are meant by `12 0 R`.
fn references(text: &str) -> Vec<u32> {
    let text = text.replace(">>", " ");
    let words: Vec<&str> = text.split_whitespace().collect();
    let each = words.windows(3).filter(|it| it[1] == "0" && it[2] == "R");
    each.filter_map(|it| it[0].parse().ok()).collect()
}

/// The numbers of four digits each in a text of hexadecimal digits.
fn units(hex: &str) -> Vec<u16> {
    let fours = hex.as_bytes().chunks(4);
    let each = fours.filter_map(|four| std::str::from_utf8(four).ok());
    each.filter_map(|four| u16::from_str_radix(four, 16).ok())
        .collect()
}

fn letters_of(map: &str) -> Letters {
    let mut letters = Letters::new();
    for line in map.lines() {
        let hex = line
            .split('<')
            .skip(1)
            .filter_map(|it| it.split('>').next());
        let all: Vec<Vec<u16>> = hex.map(units).collect();
        match &all[..] {
            [code, meant] if code.len() == 1 => {
                letters.insert(code[0], String::from_utf16_lossy(meant));
            }
            [first, last, meant] if all.iter().all(|it| it.len() == 1) => {
                for (code, letter) in (first[0]..=last[0]).zip(meant[0]..) {
                    letters.insert(code, String::from_utf16_lossy(&[letter]));
                }
            }
            _ => {}
        }
    }
    letters
}

fn text(content: &str, fonts: &BTreeMap<String, Letters>) -> String {
    let (mut text, none) = (String::new(), Letters::new());
    let mut font = &none;
    for line in content.lines() {
        if let Some((before, _)) = line.split_once(" Tf") {
            let name = before.rsplit('/').next().unwrap_or_default();
            let name = name.split(' ').next().unwrap_or_default();
            font = fonts.get(name).unwrap_or(&none);
        }
        if !line.ends_with("Tj") && !line.ends_with("TJ") {
            continue;
        }
        for hex in line.split('<').skip(1) {
            let hex = hex.split('>').next().unwrap_or_default();
            let found = units(hex);
            let letters = found.iter().filter_map(|code| font.get(code));
            let letters = letters.flat_map(|letters| letters.chars());
            for letter in letters.filter(|letter| !letter.is_whitespace()) {
                match LIGATURES.iter().find(|(known, _)| *known == letter) {
                    Some((_, letters)) => text.push_str(letters),
                    None => text.push(letter),
                }
            }
        }
    }
    text
}
