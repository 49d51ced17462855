//! Several pieces of the WebAssembly as one module.
//!
//! A piece asks for the memory, the table of functions and the stack's place of the app, puts its functions and data there, and gives
//! nothing out. So do many of them at once; each alone would bring all types of the app along.

use std::collections::HashSet;
use std::convert::Infallible;

use eyre::{Result, bail, ensure};
use wasm_encoder::reencode::{Error, Reencode, RoundtripReencoder};
use wasm_encoder::{
    CodeSection, DataSection, ElementSection, FunctionSection, ImportSection, Module, TypeSection,
};
use wasmparser::{FuncType, Import, Parser, Payload};

/// Returns one module that does what all of these do, with the types that they need. Errors if one does more than a piece does.
pub fn joined(pieces: &[&[u8]]) -> Result<Vec<u8>> {
    let mut all = Joined::default();
    let mut imports: Vec<Import<'_>> = Vec::new();
    for piece in pieces {
        for import in all.add(piece)? {
            // By this a debug build finds pieces of another build; nothing in them uses it.
            let is_canary = import.name.starts_with("__canary_");
            if !is_canary && !imports.contains(&import) {
                imports.push(import);
            }
        }
    }
    // Of each kind there is one, so that each piece knows it by the same number.
    let kinds = imports
        .iter()
        .map(|import| std::mem::discriminant(&import.ty));
    let is_one_of_each = kinds.collect::<HashSet<_>>().len() == imports.len();
    ensure!(is_one_of_each, "The pieces ask for different things.");
    let mut asked = ImportSection::new();
    for import in imports {
        let kind = RoundtripReencoder.entity_type(import.ty)?;
        asked.import(import.module, import.name, kind);
    }
    let mut types = TypeSection::new();
    for used in all.types {
        types.ty().func_type(&RoundtripReencoder.func_type(used)?);
    }
    let mut module = Module::new();
    module.section(&types).section(&asked);
    module.section(&all.functions).section(&all.elements);
    module.section(&all.code).section(&all.data);
    Ok(module.finish())
}

/// Returns how many bytes of code and data a piece has, without what it has in common with others.
pub fn filled(piece: &[u8]) -> Result<usize> {
    let mut size = 0;
    for payload in Parser::new(0).parse_all(piece) {
        let range = match payload? {
            Payload::CodeSectionStart { range, .. } => range,
            Payload::DataSection(data) => data.range(),
            _ => continue,
        };
        size += range.end - range.start;
    }
    Ok(usize::try_from(size)?)
}

#[derive(Default)]
struct Joined {
    /// The types that are used.
    types: Vec<FuncType>,
    functions: FunctionSection,
    elements: ElementSection,
    code: CodeSection,
    data: DataSection,
    /// The types of the piece that is added.
    own: Vec<FuncType>,
    /// How many functions stand before those of the piece that is added.
    before: u32,
}

impl Joined {
    /// Adds a piece, and returns what it asks for.
    fn add<'p>(&mut self, piece: &'p [u8]) -> Result<Vec<Import<'p>>> {
        let mut imports = Vec::new();
        self.before = self.functions.len();
        for payload in Parser::new(0).parse_all(piece) {
            match payload? {
                Payload::TypeSection(types) => {
                    let types = types.into_iter_err_on_gc_types();
                    self.own = types.collect::<Result<_, _>>()?;
                }
                Payload::ImportSection(asked) => {
                    imports = asked.into_imports().collect::<Result<_, _>>()?;
                }
                Payload::FunctionSection(types) => {
                    for of in types {
                        let of = self.type_index(of?)?;
                        self.functions.function(of);
                    }
                }
                Payload::ElementSection(elements) => {
                    let mut all = std::mem::take(&mut self.elements);
                    self.parse_element_section(&mut all, elements)?;
                    self.elements = all;
                }
                Payload::CodeSectionEntry(body) => {
                    let mut all = std::mem::take(&mut self.code);
                    self.parse_function_body(&mut all, body)?;
                    self.code = all;
                }
                Payload::DataSection(data) => {
                    let mut all = std::mem::take(&mut self.data);
                    self.parse_data_section(&mut all, data)?;
                    self.data = all;
                }
                Payload::ExportSection(given) if given.count() == 0 => {}
                Payload::Version { .. }
                | Payload::CustomSection(_)
                | Payload::CodeSectionStart { .. }
                | Payload::DataCountSection { .. }
                | Payload::End(_) => {}
                other => bail!("A piece of the WebAssembly has something new: {other:?}."),
            }
        }
        let is_function = |import: &Import<'_>| matches!(import.ty, wasmparser::TypeRef::Func(_));
        ensure!(
            !imports.iter().any(is_function),
            "A piece of the WebAssembly asks for a function."
        );
        Ok(imports)
    }
}

impl Reencode for Joined {
    type Error = Infallible;

    fn type_index(&mut self, of: u32) -> Result<u32, Error<Infallible>> {
        let own = usize::try_from(of).ok().and_then(|of| self.own.get(of));
        let own = own.ok_or(Error::CanonicalizedHeapTypeReference)?;
        let known = self.types.iter().position(|known| known == own);
        let at = known.unwrap_or(self.types.len());
        if known.is_none() {
            self.types.push(own.clone());
        }
        Ok(u32::try_from(at).unwrap_or(u32::MAX))
    }

    fn function_index(&mut self, function: u32) -> Result<u32, Error<Infallible>> {
        Ok(self.before + function)
    }
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{
        ConstExpr, Elements, EntityType, Function, GlobalType, Instruction, MemoryType, ValType,
    };

    use super::*;

    /// A piece with types that it does not need, and a function that calls itself and puts its number into the table.
    fn piece(place: i32, asks_for_stack: bool) -> Vec<u8> {
        let mut types = TypeSection::new();
        for parameters in 0..4 {
            types.ty().function(vec![ValType::I32; parameters], []);
        }
        let mut imports = ImportSection::new();
        let memory = MemoryType {
            minimum: 1,
            maximum: None,
            memory64: false,
            shared: false,
            page_size_log2: None,
        };
        imports.import("app", "memory", memory);
        if asks_for_stack {
            let stack = GlobalType {
                val_type: ValType::I32,
                mutable: true,
                shared: false,
            };
            imports.import("app", "stack", EntityType::Global(stack));
        }
        let mut functions = FunctionSection::new();
        functions.function(if asks_for_stack { 2 } else { 0 });
        let mut elements = ElementSection::new();
        let at = ConstExpr::i32_const(place);
        elements.active(None, &at, Elements::Functions(vec![0].into()));
        let mut code = CodeSection::new();
        let mut body = Function::new([]);
        body.instruction(&Instruction::Call(0));
        body.instruction(&Instruction::End);
        code.function(&body);
        let mut data = DataSection::new();
        data.active(0, &at, [7]);
        let mut module = Module::new();
        module.section(&types).section(&imports).section(&functions);
        module.section(&elements).section(&code).section(&data);
        module.finish()
    }

    #[test]
    fn pieces_keep_their_places_and_call_their_own_functions() {
        let (one, other) = (piece(3, false), piece(9, true));
        let module = joined(&[&one, &other]).unwrap();
        let (mut imports, mut types, mut seen) = (0, 0, Vec::new());
        for payload in Parser::new(0).parse_all(&module) {
            match payload.unwrap() {
                Payload::TypeSection(used) => types = used.count(),
                Payload::ImportSection(asked) => imports = asked.into_imports().count(),
                Payload::ElementSection(elements) => {
                    for element in elements {
                        let element = element.unwrap();
                        let wasmparser::ElementItems::Functions(functions) = element.items else {
                            panic!("functions");
                        };
                        seen.extend(functions.into_iter().map(Result::unwrap));
                    }
                }
                Payload::CodeSectionEntry(body) => {
                    let mut steps = body.get_operators_reader().unwrap();
                    if let wasmparser::Operator::Call { function_index } = steps.read().unwrap() {
                        seen.push(function_index);
                    }
                }
                Payload::DataSection(data) => assert_eq!(data.count(), 2),
                _ => {}
            }
        }
        assert_eq!((imports, types), (2, 2));
        assert_eq!(seen, [0, 1, 0, 1]);
    }

    #[test]
    fn what_is_no_piece_is_refused() {
        let mut module = Module::new();
        module.section(&wasm_encoder::StartSection { function_index: 0 });
        assert!(joined(&[&module.finish()]).is_err());
        assert!(joined(&[b"no module"]).is_err());
    }
}
