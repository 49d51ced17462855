//! The file of a WebAssembly module: its sections, and taking out of it what nobody needs.

use std::cell::RefCell;

/// How long the beginning of every module is: its mark and its version.
const HEAD: usize = 8;
/// The kind of a section that is a note.
const CUSTOM: u8 = 0;
/// The kind of the section that says what is asked for, and under which names.
const IMPORTS: u8 = 2;
/// The kind of the section that says what is given out, and under which names.
const EXPORTS: u8 = 7;
/// The note in which the code tells wasm-bindgen what it gives out and asks for: pieces, each behind its version, and both
/// behind their lengths.
const BINDGEN: &str = "__wasm_bindgen_unstable";

/// A module without its custom sections: names and notes of the compiler, which a browser does not need. What is not a
/// module stays as it is.
pub fn without_notes(bytes: &[u8]) -> Vec<u8> {
    let keep = |kind: u8, content: &[u8]| (kind != CUSTOM).then(|| content.to_vec());
    rewritten(bytes, &keep).unwrap_or_else(|| bytes.to_vec())
}

/// A module that does not give out these classes to JavaScript. What only they need goes with them when wasm-bindgen tidies
/// up. What is not a module, or says it in another way, stays as it is.
pub fn without_exports(bytes: &[u8], classes: &[&str]) -> Vec<u8> {
    let belongs = |name: &str| {
        classes.iter().any(|class| {
            let class = class.to_lowercase();
            ["", "__wbg_", "__wbindgen_describe_"]
                .iter()
                .any(|before| name.starts_with(&format!("{before}{class}_")))
        })
    };
    with_other(bytes, &|kind, content| match kind {
        EXPORTS => exports_as(content, &|name| {
            (!belongs(&String::from_utf8_lossy(name))).then(|| name.to_vec())
        }),
        CUSTOM => notes_without(content, classes),
        _ => None,
    })
}

/// The names that a module asks for, and those under which it gives out, in order. None of what is not a module.
pub fn names(bytes: &[u8]) -> Vec<String> {
    let seen = RefCell::new(Vec::new());
    with_names(bytes, &|name| {
        seen.borrow_mut().push(name.to_owned());
        None
    });
    seen.into_inner()
}

/// A module that asks and gives out under other names, where there is a new one. What is not a module stays as it is.
pub fn with_names(bytes: &[u8], new: &dyn Fn(&str) -> Option<String>) -> Vec<u8> {
    let renamed = |name: &[u8]| {
        let other = std::str::from_utf8(name).ok().and_then(new);
        other.map_or_else(|| name.to_vec(), String::into_bytes)
    };
    with_other(bytes, &|kind, content| match kind {
        IMPORTS => imports_as(content, &renamed),
        EXPORTS => exports_as(content, &|name| Some(renamed(name))),
        _ => None,
    })
}

/// What is asked for, under other names.
fn imports_as(content: &[u8], name_of: &dyn Fn(&[u8]) -> Vec<u8>) -> Option<Vec<u8>> {
    let (all, read) = number(content)?;
    let (head, mut rest) = content.split_at_checked(read)?;
    let mut kept = head.to_vec();
    for _ in 0..all {
        let (module, after) = counted(rest)?;
        let (name, after) = counted(after)?;
        let (what, next) = after.split_at_checked(described(after)?)?;
        kept.extend(behind_its_length(module));
        kept.extend(behind_its_length(&name_of(name)));
        kept.extend(what);
        rest = next;
    }
    Some(kept)
}

/// What is given out, under the names that `name_of` gives; what has none is left out.
fn exports_as(content: &[u8], name_of: &dyn Fn(&[u8]) -> Option<Vec<u8>>) -> Option<Vec<u8>> {
    let (all, read) = number(content)?;
    let mut rest = content.get(read..)?;
    let mut left = 0;
    let mut kept = Vec::new();
    for _ in 0..all {
        let (name, after) = counted(rest)?;
        let (_, read) = number(after.get(1..)?)?;
        let (what, next) = after.split_at_checked(1 + read)?;
        if let Some(name) = name_of(name) {
            left += 1;
            kept.extend(behind_its_length(&name));
            kept.extend(what);
        }
        rest = next;
    }
    Some([count(left), kept].concat())
}

fn behind_its_length(bytes: &[u8]) -> Vec<u8> {
    [count(bytes.len()), bytes.to_vec()].concat()
}

/// How many bytes say what is asked for: a function's type, a table, a memory, or a global value.
fn described(bytes: &[u8]) -> Option<usize> {
    let limits = |at: usize| {
        let flags = *bytes.get(at)?;
        let mut end = at + 1;
        for _ in 0..=(flags & 1) {
            end += number(bytes.get(end..)?)?.1;
        }
        Some(end)
    };
    match *bytes.first()? {
        0 => Some(1 + number(bytes.get(1..)?)?.1),
        1 => limits(2),
        2 => limits(1),
        3 => Some(3),
        _ => None,
    }
}

/// What becomes of a section of a kind with its content; nothing where it goes.
type Change<'a> = dyn Fn(u8, &[u8]) -> Option<Vec<u8>> + 'a;

/// A module in which some sections have other contents: those for which `other` gives one. What is not a module stays as it
/// is.
fn with_other(bytes: &[u8], other: &Change<'_>) -> Vec<u8> {
    let change =
        |kind, content: &[u8]| Some(other(kind, content).unwrap_or_else(|| content.to_vec()));
    rewritten(bytes, &change).unwrap_or_else(|| bytes.to_vec())
}

/// A module with other sections: those that `change` gives for the kinds and contents that are there.
fn rewritten(bytes: &[u8], change: &Change<'_>) -> Option<Vec<u8>> {
    let mut kept = bytes.get(..HEAD)?.to_vec();
    let mut rest = bytes.get(HEAD..)?;
    while let Some((&kind, after)) = rest.split_first() {
        let (content, next) = counted(after)?;
        if let Some(content) = change(kind, content) {
            kept.push(kind);
            kept.extend(count(content.len()));
            kept.extend(content);
        }
        rest = next;
    }
    Some(kept)
}

/// What wasm-bindgen is told, without the pieces about these classes. Nothing where this is another note.
fn notes_without(content: &[u8], classes: &[&str]) -> Option<Vec<u8>> {
    let (name, mut rest) = counted(content)?;
    if name != BINDGEN.as_bytes() {
        return None;
    }
    let mut kept = content.get(..content.len() - rest.len())?.to_vec();
    while !rest.is_empty() {
        let (_, after) = piece(rest)?;
        let (told, next) = piece(after)?;
        // A name stands behind its length.
        let tells = |class: &&str| {
            let mut name = count(class.len());
            name.extend(class.bytes());
            told.windows(name.len()).any(|part| part == name)
        };
        if !classes.iter().any(tells) {
            kept.extend(rest.get(..rest.len() - next.len())?);
        }
        rest = next;
    }
    Some(kept)
}

/// What stands behind its length in four bytes, and what comes after it.
fn piece(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, after) = bytes.split_first_chunk::<4>()?;
    after.split_at_checked(usize::try_from(u32::from_le_bytes(*length)).ok()?)
}

/// What stands behind its length, and what comes after it.
fn counted(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, read) = number(bytes)?;
    bytes.get(read..)?.split_at_checked(length)
}

/// The number at the start, as WebAssembly writes it (LEB128), and how many bytes it takes.
fn number(bytes: &[u8]) -> Option<(usize, usize)> {
    let mut value = 0;
    for (place, byte) in bytes.iter().take(5).enumerate() {
        value |= usize::from(byte & 0x7f) << (7 * place);
        if byte & 0x80 == 0 {
            return Some((value, place + 1));
        }
    }
    None
}

/// A number as WebAssembly writes it.
fn count(mut value: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let low = u8::try_from(value & 0x7f).unwrap_or_default();
        value >>= 7;
        if value == 0 {
            bytes.push(low);
            return bytes;
        }
        bytes.push(low | 0x80);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: &[u8] = b"\0asm\x01\0\0\0";

    fn section(kind: u8, content: &[u8]) -> Vec<u8> {
        [vec![kind], count(content.len()), content.to_vec()].concat()
    }

    fn named(name: &str) -> Vec<u8> {
        [count(name.len()), name.as_bytes().to_vec()].concat()
    }

    fn module(sections: &[Vec<u8>]) -> Vec<u8> {
        [START.to_vec(), sections.concat()].concat()
    }

    #[test]
    fn numbers_of_webassembly() {
        assert_eq!(number(&[5, 9]), Some((5, 1)));
        assert_eq!(number(&[0xe5, 0x8e, 0x26]), Some((624_485, 3)));
        assert_eq!(number(&[0xff, 0xff, 0xff, 0xff, 0xff, 0xff]), None);
        assert_eq!(number(&[]), None);
        for value in [0, 1, 127, 128, 624_485, 16_383, 16_384] {
            let bytes = count(value);
            assert_eq!(number(&bytes), Some((value, bytes.len())));
        }
    }

    #[test]
    fn names_can_be_others() {
        let with = |ask: &str, give: &str| {
            let import =
                |name: &str, what: &[u8]| [named("./a.js"), named(name), what.to_vec()].concat();
            let imports = [
                import(ask, &[0, 0x85, 1]),
                import("table", &[1, 0x70, 1, 2, 0x90, 3]),
                import("memory", &[2, 0, 0x91, 2]),
                import("value", &[3, 0x7f, 1]),
            ];
            let exports = [named(give), vec![0, 0x81, 1], named("memory"), vec![2, 0]];
            module(&[
                section(1, &[7]),
                section(IMPORTS, &[count(4), imports.concat()].concat()),
                section(EXPORTS, &[count(2), exports.concat()].concat()),
                section(10, &[1, 2, 3]),
            ])
        };
        let before = with("ask_for_this", "give_that");
        let all = [
            "ask_for_this",
            "table",
            "memory",
            "value",
            "give_that",
            "memory",
        ];
        assert_eq!(names(&before), all);
        let new = |name: &str| match name {
            "ask_for_this" => Some("a".to_owned()),
            "give_that" => Some("b".repeat(200)),
            _ => None,
        };
        assert_eq!(with_names(&before, &new), with("a", &"b".repeat(200)));
        let broken = &before[..before.len() - 1];
        assert_eq!(with_names(broken, &new), broken);
        assert_eq!(names(b"short"), [""; 0]);
    }

    #[test]
    fn notes_go_and_code_stays() {
        let mut wasm = START.to_vec();
        let bare = [wasm.clone(), vec![1, 2, 7, 7]].concat();
        wasm.extend([0, 3, 1, b'x', 9, 1, 2, 7, 7, 0, 1, 0]);
        assert_eq!(without_notes(&wasm), bare);
        let broken = b"\0asm\x01\0\0\0\x01\x09".to_vec();
        assert_eq!(without_notes(&broken), broken);
        assert_eq!(without_notes(b"short"), b"short");
    }

    #[test]
    fn classes_that_nobody_uses_are_not_given_out() {
        let exports = |names: &[&str]| {
            let each = names.iter().map(|name| [named(name), vec![0, 9]].concat());
            let each: Vec<Vec<u8>> = each.collect();
            section(EXPORTS, &[count(names.len()), each.concat()].concat())
        };
        let told = |names: &[&str]| {
            let piece = |piece: &[u8]| {
                let length = u32::try_from(piece.len()).unwrap();
                [length.to_le_bytes().to_vec(), piece.to_vec()].concat()
            };
            let pieces = names.iter().map(|name| {
                let told = [vec![1, 1], named(name), vec![0]].concat();
                [piece(b"version"), piece(&told)].concat()
            });
            let pieces: Vec<Vec<u8>> = pieces.collect();
            section(CUSTOM, &[named(BINDGEN), pieces.concat()].concat())
        };
        let before = module(&[
            exports(&[
                "main",
                "pipe_close_1",
                "__wbg_pipe_free_1",
                "__wbindgen_describe_pipe_close_1",
                "a_pipe_close",
                "pipeline",
            ]),
            section(10, &[1, 2, 3]),
            section(CUSTOM, &named("Pipe")),
            told(&["Pipe", "Pipes", "Other"]),
        ]);
        let after = module(&[
            exports(&["main", "a_pipe_close", "pipeline"]),
            section(10, &[1, 2, 3]),
            section(CUSTOM, &named("Pipe")),
            told(&["Pipes", "Other"]),
        ]);
        assert_eq!(without_exports(&before, &["Pipe"]), after);
        assert_eq!(without_exports(&before, &[]), before);
        let broken = &before[..before.len() - 1];
        assert_eq!(without_exports(broken, &["Pipe"]), broken);
    }
}
