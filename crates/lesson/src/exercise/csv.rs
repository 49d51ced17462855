//! Tables as comma-separated values (RFC 4180) that a spreadsheet opens as text, and as nothing else.

/// Rows of cells as CSV, each row with a line break at its end.
///
/// A cell that a spreadsheet would take for a formula gets a `'` in front: what stands in a pasted receipt must not run on
/// a teacher's machine.
pub fn csv(rows: &[Vec<String>]) -> String {
    let mut out = String::new();
    for row in rows {
        for (at, cell) in row.iter().enumerate() {
            if at > 0 {
                out.push(',');
            }
            write(cell, &mut out);
        }
        out.push_str("\r\n");
    }
    out
}

fn write(cell: &str, out: &mut String) {
    let is_formula = cell
        .trim_start_matches([' ', '\u{a0}'])
        .starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    if !is_formula && !cell.contains([',', '"', '\r', '\n']) {
        out.push_str(cell);
        return;
    }
    out.push('"');
    if is_formula {
        out.push('\'');
    }
    for letter in cell.chars() {
        if letter == '"' {
            out.push('"');
        }
        out.push(letter);
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        let check = |cell: &str, expected: &str| {
            assert_eq!(
                csv(&[vec![cell.to_owned()]]),
                format!("{expected}\r\n"),
                "{cell:?}"
            );
        };
        check("plain", "plain");
        check("", "");
        check("a,b", "\"a,b\"");
        check("a\"b", "\"a\"\"b\"");
        check("a\nb", "\"a\nb\"");
        check("3", "3");
        check("=1+1", "\"'=1+1\"");
        check("@SUM(A1)", "\"'@SUM(A1)\"");
        check("+1", "\"'+1\"");
        check("-1", "\"'-1\"");
        check("  =1", "\"'  =1\"");
        check("\t=1", "\"'\t=1\"");
        check("＝1", "\"'＝1\"");
        check("a=1", "a=1");
        check("=\"x\"", "\"'=\"\"x\"\"\"");
    }

    #[test]
    fn rows_have_their_cells() {
        let row = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect();
        let rows = [row(&["a", "b"]), row(&["", "c,d"])];
        assert_eq!(csv(&rows), "a,b\r\n,\"c,d\"\r\n");
    }
}
