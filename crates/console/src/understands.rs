//! Whether a text is for the console's own small reader, or needs a real Python.

use super::Console;
use super::forms;
use super::trouble::Form;

/// The functions of the lesson, which no Python knows.
const LESSON: [&str; 2] = ["get_model", "load_model"];

/// Whether any of a text is Python.
#[must_use]
pub fn has_python(text: &str) -> bool {
    forms::pieces(text, &|_| false)
        .iter()
        .any(|piece| piece.form == Form::Python)
}

/// Whether a text calls the lesson's own functions, `get_model(stage='production')` and `load_model('model_v3.pkl')`.
#[must_use]
pub fn is_lessons(text: &str) -> bool {
    LESSON.into_iter().any(|name| {
        text.match_indices(name).any(|(at, _)| {
            let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '"' | '\'');
            let before = text.get(..at).unwrap_or_default();
            let after = text.get(at + name.len()..).unwrap_or_default();
            !before.ends_with(is_part) && after.trim_start().starts_with('(')
        })
    })
}

/// Whether the small reader understands all of a text, after what the console has read before. Nothing is done.
#[must_use]
pub fn understands(console: &Console, text: &str) -> bool {
    console.needs_python(text).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_more_needs_a_real_python() {
        let check = |text: &str, expected: bool| {
            let found = understands(&Console::default(), text);
            assert_eq!(found, expected, "{text}");
        };
        check("client.create_registered_model('m')", true);
        check("print(prnt)", false);
        check("show", true);
        check("curl http://nowhere/", true);
        check("client.create_registered_model('fraud-detector')", true);
        check("def f():\n    return 1\n", false);
        check(
            "client.create_registered_model('m')\nimport argparse\nargparse.ArgumentParser()",
            false,
        );
        check("while True:\n    pass\n", false);
        check("print(nope)", false);
        check("print(next(iter([])))", false);
        check("import shutil\nshutil.which('x')", false);
        check("pip install mlflow\nprint(1)", true);
    }

    #[test]
    fn the_lesson_has_functions_of_its_own() {
        let check = |text: &str, expected: bool| assert_eq!(is_lessons(text), expected, "{text}");
        check("get_model(stage='production')", true);
        check("m = load_model ('model_v3.pkl')", true);
        check("mlflow.pyfunc.load_model('models:/m/1')", false);
        check("def my_load_model(x): pass", false);
        check("print('load_model(x)')", false);
    }

    #[test]
    fn some_of_it_may_be_python() {
        let check = |text: &str, expected: bool| assert_eq!(has_python(text), expected, "{text}");
        check("x = 1", true);
        check("show\nx = 1", true);
        check("show\nundo", false);
        check("", false);
    }
}
