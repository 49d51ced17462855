//! Whether a text is for the console's own small reader, or needs a real Python.

use super::forms;
use super::trouble::{Form, Owner, Raised, Trouble, TroubleKind};
use super::world::{Sandbox, World, ask};
use super::{Console, Stop};

/// The functions of the lesson, which no Python knows.
const LESSON: [&str; 2] = ["get_model", "load_model"];

/// What CPython knows without an import.
const BUILTINS: &str = "ArithmeticError AssertionError AttributeError BaseException BaseExceptionGroup BlockingIOError \
    BrokenPipeError BufferError BytesWarning ChildProcessError ConnectionAbortedError ConnectionError \
    ConnectionRefusedError ConnectionResetError DeprecationWarning EOFError Ellipsis EncodingWarning \
    EnvironmentError Exception ExceptionGroup False FileExistsError FileNotFoundError FloatingPointError \
    FutureWarning GeneratorExit IOError ImportError ImportWarning IndentationError IndexError \
    InterruptedError IsADirectoryError KeyError KeyboardInterrupt LookupError MemoryError \
    ModuleNotFoundError NameError None NotADirectoryError NotImplemented NotImplementedError OSError \
    OverflowError PendingDeprecationWarning PermissionError ProcessLookupError RecursionError \
    ReferenceError ResourceWarning RuntimeError RuntimeWarning StopAsyncIteration StopIteration \
    SyntaxError SyntaxWarning SystemError SystemExit TabError TimeoutError True TypeError \
    UnboundLocalError UnicodeDecodeError UnicodeEncodeError UnicodeError UnicodeTranslateError \
    UnicodeWarning UserWarning ValueError Warning ZeroDivisionError abs aiter all anext any ascii bin \
    bool breakpoint bytearray bytes callable chr classmethod compile complex copyright credits delattr \
    dict dir divmod enumerate eval exec exit filter float format frozenset getattr globals hasattr hash \
    help hex id input int isinstance issubclass iter len license list locals map max memoryview min next \
    object oct open ord pow print property quit range repr reversed round set setattr slice sorted \
    staticmethod str sum super tuple type vars zip";

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

/// Whether the small reader understands all of a text. Nothing is done: it is tried on a copy.
#[must_use]
pub fn understands(console: &Console, world: &dyn World, text: &str) -> bool {
    let mut copy = Sandbox {
        log: ask(world, Clone::clone).unwrap_or_default(),
        rules: world.rules(),
        model: world.app_model(),
    };
    let reply = console.clone().enter(&mut copy, text);
    let Some(Stop::Trouble(Trouble { form, kind, .. })) = reply.stop else {
        return true;
    };
    let is_more = match kind {
        // What nobody knows is no more known to a real Python.
        TroubleKind::UnknownName {
            of: Owner::Names,
            name,
            ..
        } => BUILTINS.split_whitespace().any(|known| known == name),
        TroubleKind::UnknownName { .. } => true,
        _ => matches!(
            kind,
            TroubleKind::NotSupported { .. }
                | TroubleKind::Syntax { .. }
                | TroubleKind::TooMuch
                | TroubleKind::NoSuchMethod { nearest: None, .. }
                | TroubleKind::Raised(Raised::Attribute { nearest: None, .. })
        ),
    };
    form != Form::Python || !is_more
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry::RuleSet;

    #[test]
    fn what_is_more_needs_a_real_python() {
        let check = |text: &str, expected: bool| {
            let world = Sandbox::sample(RuleSet::Guided);
            let before = world.clone();
            let found = understands(&Console::default(), &world, text);
            assert_eq!(found, expected, "{text}");
            assert_eq!(world, before, "{text}");
        };
        check("client.create_registered_model('m')", true);
        check("print(prnt)", true);
        check("show", true);
        check("curl http://nowhere/", true);
        check("client.create_registered_model('fraud-detector')", true);
        check("def f():\n    return 1\n", false);
        check(
            "client.create_registered_model('m')\nimport argparse\nargparse.ArgumentParser()",
            false,
        );
        check("while True:\n    pass\n", false);
        check("print(nope)", true);
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
