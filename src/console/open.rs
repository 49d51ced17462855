//! Whether a text goes on in its next line: Enter starts one then, and carries nothing out.

/// Whether something is still open at the end of the text: a bracket, a quote that may go over several lines, a backslash,
/// or a block of Python, which ends with an empty line.
#[must_use]
pub fn is_open(text: &str) -> bool {
    let is_shell = ["curl ", "mlflow ", "$ "]
        .iter()
        .any(|start| text.trim_start().starts_with(start));
    let mut brackets = 0_i32;
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let mut skip = letter.len_utf8();
        match letter {
            '#' => skip = rest.find('\n').unwrap_or(rest.len()),
            '\\' => match rest.get(1..).and_then(|after| after.chars().next()) {
                None => return true,
                Some(escaped) => skip += escaped.len_utf8(),
            },
            '(' | '[' | '{' => brackets += 1,
            ')' | ']' | '}' => brackets -= 1,
            '"' | '\'' => match quoted(rest, letter, is_shell) {
                Some(length) => skip = length,
                None => return true,
            },
            _ => {}
        }
        rest = rest.get(skip..).unwrap_or_default();
    }
    let last = text.rsplit('\n').next().unwrap_or_default();
    let in_block = !is_shell
        && text.lines().any(|line| line.trim_end().ends_with(':'))
        && !last.trim().is_empty()
        && (last.starts_with([' ', '\t']) || last.trim_end().ends_with(':'));
    (brackets > 0 && !is_shell) || in_block
}

/// How long the quoted text is that `rest` starts with; nothing where it goes on behind the end. A quote of Python that is
/// not tripled ends with its line, closed or not.
fn quoted(rest: &str, quote: char, is_shell: bool) -> Option<usize> {
    let triple: String = [quote; 3].iter().collect();
    let is_triple = !is_shell && rest.starts_with(&triple);
    let open = if is_triple { 3 } else { 1 };
    let body = rest.get(open..)?;
    let mut escaped = false;
    for (at, letter) in body.char_indices() {
        let here = body.get(at..).unwrap_or_default();
        if escaped {
            escaped = false;
        } else if letter == '\\' && !(is_shell && quote == '\'') {
            escaped = true;
        } else if is_triple && here.starts_with(&triple) {
            return Some(open + at + 3);
        } else if !is_triple && letter == quote {
            return Some(open + at + 1);
        } else if !is_triple && !is_shell && letter == '\n' {
            return Some(open + at);
        }
    }
    (!is_triple && !is_shell).then_some(rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_finished_is_open() {
        let check = |text: &str, expected: bool| assert_eq!(is_open(text), expected, "{text:?}");
        for closed in [
            "",
            "help",
            "print(1)",
            "x = 'a'",
            "x = 'not closed",
            "x = \"it's\"",
            "x = '''a\nb'''",
            "print(1) # (",
            "x = '('",
            "for x in y: print(x)",
            "for x in y:\n  print(x)\n",
            "d = {\"a\": 1}",
            ")",
            "curl -d '{\"a\": 1}' x",
            "mlflow models transition-version --model-name (",
        ] {
            check(closed, false);
        }
        for open in [
            "print(",
            "x = [1,",
            "x = {'a':",
            "x = '''a",
            "x = \"\"\"a\n'''",
            "x = 1 + \\",
            "for x in y:",
            "for x in y:\n  print(x)",
            "curl -X POST \\",
            "curl -d '{\"a\":",
            "curl -d \"it's",
        ] {
            check(open, true);
        }
    }

    #[test]
    fn every_cut_of_a_text_is_answered() {
        let text =
            "for é in '''“ü\\'''' + [f\"{a['b']}\" \\\n]: # (\n\tprint(\"\\\"\")\n$ curl -d 'é' \\";
        for (at, _) in text.char_indices() {
            let _ = is_open(&text[..at]);
            let _ = is_open(&text[at..]);
        }
    }
}
