//! Short names between the WebAssembly and its JavaScript. wasm-bindgen puts a number of sixteen digits behind each name that
//! one of them asks the other for. It can't be compressed, and stands in both files.

use std::collections::{BTreeMap, BTreeSet};

use crate::module;

/// How many digits stand behind a name.
const DIGITS: usize = 16;

/// The module and its script, with short names for what they ask each other for. Two things of the same name get a number.
pub fn shortened(wasm: &[u8], script: &str) -> (Vec<u8>, String) {
    let mut short = BTreeMap::new();
    let mut taken: BTreeSet<String> = script
        .split(|letter| !is_in_word(letter))
        .map(str::to_owned)
        .collect();
    for name in module::names(wasm) {
        let Some(stem) = stem(&name) else { continue };
        if short.contains_key(&name) {
            continue;
        }
        let numbered = (0_u32..).map(|number| format!("{stem}_{number}"));
        let free = std::iter::once(stem.clone())
            .chain(numbered)
            .find(|new| taken.insert(new.clone()));
        if let Some(new) = free {
            short.insert(name, new);
        }
    }
    let renamed = module::with_names(wasm, &|name| short.get(name).cloned());
    (renamed, with_words(script, &short))
}

fn is_in_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_' || letter == '$'
}

/// A script with other words: whole ones, not parts of longer ones.
fn with_words(script: &str, new: &BTreeMap<String, String>) -> String {
    let mut text = String::with_capacity(script.len());
    let mut rest = script;
    while let Some(start) = rest.find(is_in_word) {
        let (between, from_word) = rest.split_at(start);
        let end = from_word.find(|letter| !is_in_word(letter));
        let (word, after) = from_word.split_at(end.unwrap_or(from_word.len()));
        text.push_str(between);
        text.push_str(new.get(word).map_or(word, String::as_str));
        rest = after;
    }
    text.push_str(rest);
    text
}

/// A name without what tells it from others of the same name; nothing where it has none of that.
fn stem(name: &str) -> Option<String> {
    let is_number = |digits: &str| {
        digits.len() == DIGITS && digits.bytes().all(|digit| digit.is_ascii_hexdigit())
    };
    if let Some(mangled) = name.strip_prefix("_ZN") {
        // The last part of the path, each behind its length: `…6invoke17h0123456789abcdefE`, and perhaps `_1` behind it.
        let mangled = mangled.trim_end_matches(|letter: char| letter.is_ascii_digit());
        let mangled = mangled.trim_end_matches('_');
        if !mangled.ends_with('E') {
            return None;
        }
        let path = mangled.get(..mangled.len().checked_sub("17hE".len() + DIGITS)?)?;
        let last = path.rsplit(|letter: char| letter.is_ascii_digit()).next()?;
        return (!last.is_empty()).then(|| format!("rust_{last}"));
    }
    let (stem, digits) = name.strip_prefix("__wbg_")?.rsplit_once('_')?;
    is_number(digits).then(|| format!("js_{}", stem.trim_start_matches('_')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_words_are_others() {
        let new = BTreeMap::from([("a".to_owned(), "long".to_owned())]);
        assert_eq!(
            with_words("a.a(a_1, $a, ba) => { a: 'ä', a }", &new),
            "long.long(a_1, $a, ba) => { long: 'ä', long }"
        );
        assert_eq!(with_words("", &new), "");
    }

    #[test]
    fn both_files_call_it_the_same_and_nothing_else() {
        let module = |names: &[&str]| {
            let mut asked = vec![u8::try_from(names.len()).unwrap()];
            for name in names {
                asked.extend([1, b'.', u8::try_from(name.len()).unwrap()]);
                asked.extend(name.bytes());
                asked.extend([0, 0]);
            }
            let length = u8::try_from(asked.len()).unwrap();
            let start = b"\0asm\x01\0\0\0\x02".to_vec();
            [start, vec![length], asked].concat()
        };
        let wasm = module(&[
            "__wbg_now_0123456789abcdef",
            "__wbg_now_fedcba9876543210",
            "memory",
        ]);
        // One of the short names stands for something else already.
        let script =
            "js_now(); a = { __wbg_now_0123456789abcdef: 1, __wbg_now_fedcba9876543210: 2 }";
        let (new, text) = shortened(&wasm, script);
        assert_eq!(text, "js_now(); a = { js_now_0: 1, js_now_1: 2 }");
        assert_eq!(new, module(&["js_now_0", "js_now_1", "memory"]));
    }

    #[test]
    fn what_a_name_is_called_in_short() {
        let check = |name: &str, short: Option<&str>| {
            assert_eq!(stem(name).as_deref(), short, "{name}");
        };
        check(
            "__wbg_activeElement_6c30fe7fda33ef51",
            Some("js_activeElement"),
        );
        check(
            "__wbg___wbindgen_throw_4c88d8bf264fd984",
            Some("js_wbindgen_throw"),
        );
        check("__wbg_set_value_0123456789abcdeg", None);
        check("__wbindgen_cast_0000000000000001", None);
        let mangled = "_ZN12wasm_bindgen7convert8closures1_6invoke17h10c7cea53597491fE";
        check(mangled, Some("rust_invoke"));
        check(&format!("{mangled}_6"), Some("rust_invoke"));
        check("_ZN", None);
        check("memory", None);
        check("", None);
    }
}
