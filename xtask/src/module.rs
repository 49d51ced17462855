//! Changes to a WebAssembly module that leave its code as it is.

use std::collections::BTreeMap;

use eyre::{OptionExt, Result};
use regex::{Captures, Regex};
use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{ExportSection, ImportSection, Module, RawSection};
use wasmparser::{ExportSectionReader, Parser, Payload};

/// The note in which the code tells wasm-bindgen what it gives out and asks for: pieces, each behind its version, and both
/// behind their lengths in four bytes.
const BINDGEN: &str = "__wasm_bindgen_unstable";

/// Returns the module without its custom sections: names and notes of the compiler, which a browser does not need.
pub fn without_notes(wasm: &[u8]) -> Result<Vec<u8>> {
    rewritten(wasm, &mut |_, payload| {
        Ok(matches!(payload, Payload::CustomSection(_)))
    })
}

/// Returns a module that does not give out these classes to JavaScript. What only they need goes with them when wasm-bindgen
/// tidies up.
pub fn without_exports(wasm: &[u8], classes: &[&str]) -> Result<Vec<u8>> {
    let names = classes.join("|").to_lowercase();
    let belongs = Regex::new(&format!("^(__wbg_|__wbindgen_describe_)?({names})_"))?;
    rewritten(wasm, &mut |module, payload| {
        match payload {
            Payload::ExportSection(exports) => {
                let kept = |name: &str| (!belongs.is_match(name)).then(|| name.to_owned());
                module.section(&exports_as(exports, kept)?);
            }
            Payload::CustomSection(note) if note.name() == BINDGEN => {
                let data = notes_without(note.data(), classes)
                    .ok_or_eyre("wasm-bindgen has changed its notes.")?;
                module.section(&wasm_encoder::CustomSection {
                    name: BINDGEN.into(),
                    data: data.into(),
                });
            }
            _ => return Ok(false),
        }
        Ok(true)
    })
}

/// Returns what wasm-bindgen is told, without the pieces about these classes.
fn notes_without(mut rest: &[u8], classes: &[&str]) -> Option<Vec<u8>> {
    let mut kept = Vec::new();
    while !rest.is_empty() {
        let (_, after) = piece(rest)?;
        let (told, next) = piece(after)?;
        let tells = |class: &&str| {
            // A name stands behind its length.
            let name = [
                &[u8::try_from(class.len()).unwrap_or_default()],
                class.as_bytes(),
            ]
            .concat();
            told.windows(name.len()).any(|part| part == name)
        };
        if !classes.iter().any(tells) {
            kept.extend(rest.get(..rest.len() - next.len())?);
        }
        rest = next;
    }
    Some(kept)
}

/// Returns what stands behind its length in four bytes, and what comes after it.
fn piece(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, after) = bytes.split_first_chunk::<4>()?;
    after.split_at_checked(usize::try_from(u32::from_le_bytes(*length)).ok()?)
}

/// Returns the module and its script with short names for what they ask each other for: wasm-bindgen and Rust end such names
/// in a number of sixteen digits, which cannot be compressed and stands in both files.
pub fn with_short_names(wasm: &[u8], script: &str) -> Result<(Vec<u8>, String)> {
    let is_long = Regex::new(r"^(__wbg_.*_[0-9a-f]{16}|_ZN.*17h[0-9a-f]{16}E(_\d+)?)$")?;
    let mut short: BTreeMap<String, String> = BTreeMap::new();
    let mut name_of = |name: &str| {
        if !is_long.is_match(name) {
            return name.to_owned();
        }
        let new = format!("_{}", short.len());
        short.entry(name.to_owned()).or_insert(new).clone()
    };
    let wasm = rewritten(wasm, &mut |module, payload| {
        match payload {
            Payload::ImportSection(imports) => {
                let mut renamed = ImportSection::new();
                for import in imports.clone().into_imports() {
                    let import = import?;
                    let kind = RoundtripReencoder.entity_type(import.ty)?;
                    renamed.import(import.module, &name_of(import.name), kind);
                }
                module.section(&renamed);
            }
            Payload::ExportSection(exports) => {
                module.section(&exports_as(exports, |name| Some(name_of(name)))?);
            }
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    let word = Regex::new(r"[\w$]+")?;
    let script = word.replace_all(script, |word: &Captures<'_>| {
        short
            .get(&word[0])
            .map_or(&word[0], String::as_str)
            .to_owned()
    });
    Ok((wasm, script.into_owned()))
}

/// Returns what is given out, under the names that `name_of` gives; what has none is left out.
fn exports_as(
    exports: &ExportSectionReader<'_>,
    mut name_of: impl FnMut(&str) -> Option<String>,
) -> Result<ExportSection> {
    let mut renamed = ExportSection::new();
    for export in exports.clone() {
        let export = export?;
        if let Some(name) = name_of(export.name) {
            let kind = RoundtripReencoder.export_kind(export.kind)?;
            renamed.export(&name, kind, export.index);
        }
    }
    Ok(renamed)
}

/// Writes a section in the place of the one that is given; returns whether that one is to go.
type Change<'a> = dyn FnMut(&mut Module, &Payload<'_>) -> Result<bool> + 'a;

/// Returns a module in which some sections are replaced; the others stay as they are, byte for byte.
fn rewritten(wasm: &[u8], change: &mut Change<'_>) -> Result<Vec<u8>> {
    let mut module = Module::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload?;
        if let Some((id, range)) = payload.as_section()
            && !change(&mut module, &payload)?
        {
            let range = usize::try_from(range.start)?..usize::try_from(range.end)?;
            let data = wasm.get(range).ok_or_eyre("The module is cut off.")?;
            module.section(&RawSection { id, data });
        }
    }
    Ok(module.finish())
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{CustomSection, EntityType, ExportKind, Section, TypeSection};

    use super::*;

    fn module(sections: &[&dyn Section]) -> Vec<u8> {
        let mut bytes = Module::new().finish();
        for section in sections {
            section.append_to(&mut bytes);
        }
        bytes
    }

    fn exports(names: &[&str]) -> ExportSection {
        let mut exports = ExportSection::new();
        for name in names {
            exports.export(name, ExportKind::Func, 0);
        }
        exports
    }

    fn note(name: &'static str, data: &[u8]) -> CustomSection<'static> {
        CustomSection {
            name: name.into(),
            data: data.to_vec().into(),
        }
    }

    #[test]
    fn notes_go_and_the_rest_stays() {
        let types = TypeSection::new();
        let wasm = module(&[&note("x", &[9]), &types, &note("y", &[])]);
        assert_eq!(without_notes(&wasm).unwrap(), module(&[&types]));
        assert!(without_notes(b"short").is_err());
    }

    #[test]
    fn both_files_call_it_the_same_and_nothing_else() {
        let mangled = "_ZN12wasm_bindgen7convert8closures1_6invoke17h10c7cea53597491fE";
        let wasm = |names: [&str; 3], given: &[&str]| {
            let mut imports = ImportSection::new();
            for name in names {
                imports.import("./a.js", name, EntityType::Function(0));
            }
            module(&[&imports, &exports(given)])
        };
        let before = wasm(
            [
                "__wbg_now_0123456789abcdef",
                "memory",
                "__wbg_set_fedcba9876543210",
            ],
            &[mangled, "main", &format!("{mangled}_6")],
        );
        let script = format!(
            "a = {{ __wbg_now_0123456789abcdef: 1, __wbg_now: 'ä', __wbg_set_fedcba9876543210: wasm.{mangled}_6 }}"
        );
        let (after, script) = with_short_names(&before, &script).unwrap();
        assert_eq!(script, "a = { _0: 1, __wbg_now: 'ä', _1: wasm._3 }");
        assert_eq!(after, wasm(["_0", "memory", "_1"], &["_2", "main", "_3"]));
    }

    #[test]
    fn classes_that_nobody_uses_are_not_given_out() {
        let told = |names: &[&str]| {
            let piece = |bytes: &[u8]| {
                [
                    &u32::try_from(bytes.len()).unwrap().to_le_bytes()[..],
                    bytes,
                ]
                .concat()
            };
            let one = |name: &&str| {
                let name = [
                    &[1, u8::try_from(name.len()).unwrap()],
                    name.as_bytes(),
                    &[0],
                ]
                .concat();
                [piece(b"version"), piece(&name)].concat()
            };
            names.iter().map(one).collect::<Vec<_>>().concat()
        };
        let wasm = |names: &[&str], classes: &[&str]| {
            module(&[
                &exports(names),
                &note("Pipe", &[]),
                &note(BINDGEN, &told(classes)),
            ])
        };
        let before = wasm(
            &[
                "main",
                "pipe_close_1",
                "__wbg_pipe_free_1",
                "__wbindgen_describe_pipe_close_1",
                "a_pipe_close",
                "pipeline",
            ],
            &["Pipe", "Pipes", "Other"],
        );
        let after = wasm(&["main", "a_pipe_close", "pipeline"], &["Pipes", "Other"]);
        assert_eq!(without_exports(&before, &["Pipe"]).unwrap(), after);
    }
}
