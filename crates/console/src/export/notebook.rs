//! An export as a Jupyter notebook (nbformat 4.5): what it is, how to reach the server, then a cell for each step.

use super::Words;
use super::plan::PlanItem;
use super::script::{is_start, python_part, python_start};
use crate::codegen::{Base, quote};

/// The export as a notebook.
pub fn notebook(parts: &[PlanItem], base: &Base, words: &Words) -> String {
    let mut cells = vec![(false, words.header.clone()), (true, python_start(base))];
    let mut code = String::new();
    for part in parts {
        if matches!(part, PlanItem::Note(note) if is_start(note)) && !code.is_empty() {
            cells.push((true, std::mem::take(&mut code)));
        }
        python_part(&mut code, part, words);
    }
    if !code.is_empty() {
        cells.push((true, code));
    }
    let mut out = "{\n \"cells\": [".to_owned();
    for (at, (is_code, text)) in cells.iter().enumerate() {
        out.push_str(if at == 0 { "\n" } else { ",\n" });
        cell(&mut out, at, *is_code, text);
    }
    out.push_str(
        "\n ],\n \"metadata\": {\n  \"kernelspec\": {\n   \"display_name\": \"Python 3\",\n   \
         \"language\": \"python\",\n   \"name\": \"python3\"\n  },\n  \"language_info\": {\n   \
         \"name\": \"python\"\n  }\n },\n \"nbformat\": 4,\n \"nbformat_minor\": 5\n}\n",
    );
    out
}

fn cell(out: &mut String, at: usize, is_code: bool, text: &str) {
    out.push_str("  {\n   \"cell_type\": ");
    out.push_str(if is_code {
        "\"code\",\n   \"execution_count\": null"
    } else {
        "\"markdown\""
    });
    out.push_str(&format!(
        ",\n   \"id\": \"cell-{at}\",\n   \"metadata\": {{}}"
    ));
    if is_code {
        out.push_str(",\n   \"outputs\": []");
    }
    out.push_str(",\n   \"source\": [");
    for (at, line) in text.trim_end().split_inclusive('\n').enumerate() {
        out.push_str(if at == 0 { "\n    " } else { ",\n    " });
        quote::json(out, line);
    }
    out.push_str("\n   ]\n  }");
}
