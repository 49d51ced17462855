//! Any text at all: it is answered without a panic, what is marked lies in it, and what was not begun changed nothing.

use std::time::{Duration, Instant};

use cases::cases;
use console::{Console, MAX_BYTES, Sandbox, Stop, complete, paint};
use proptest::prelude::*;
use proptest::sample::select;
use registry::RuleSet;

use test_support::cases;
use test_support::total;

use total::is_total;

fn sandbox() -> Sandbox {
    Sandbox::sample(RuleSet::Guided)
}

const SCRIPT: &str = "import mlflow\nfrom mlflow.tracking import MlflowClient\nclient = MlflowClient()\nname = 'é'\n\
    client.create_registered_model(name, tags={'a': \"b\"})\nuri = f\"models:/{name}/3\" '''a b'''\n\
    for v in client.search_model_versions(\"name='fraud-detector'\"):\n    print(f'{v.version!r}', [v.version, -1.5])\n\
    undo\nshow fraud-detector\n\
    mlflow models transition-version --model-name fraud-detector \\\n  --version 5 --stage staging # now\n\
    client.transition_model_version_stage(name='fraud-detector', version=4,\n    stage=\"Production\", \
    archive_existing_versions=True)  # now\nprint(client.get_latest_versions('fraud-detector')[-1].version)\n";

const TOKENS: &[&str] = &[
    "mlflow",
    "models",
    "transition-version",
    "--model-name",
    "--version",
    "--stage",
    "=",
    "$",
    "$ ",
    "\\\n",
    "\\",
    "'",
    "\"",
    "'''",
    "\"\"\"",
    "#",
    "\n",
    "\n  ",
    "\n    ",
    "\r\n",
    ";",
    "&&",
    "|",
    " ",
    "  ",
    "\t",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    ".",
    "+",
    "-",
    "*",
    "**",
    "==",
    "<",
    "import ",
    "from ",
    " as ",
    "print",
    "client",
    "MlflowClient()",
    "get_model",
    "load_model",
    "x",
    "y",
    "x = ",
    ".get_model_version(",
    "name=",
    "version=",
    ".set_model_version_tag(",
    "stage=",
    "'fraud-detector'",
    "\"models:/fraud-detector/1\"",
    "f'{x}'",
    "f\"{",
    "}\"",
    "r'",
    "b'",
    "\\x4",
    "\\u00e9",
    "0",
    "2",
    "1_0",
    "1.5",
    "True",
    "None",
    "é",
    "“",
    "for ",
    " in ",
    "if ",
    "else:",
    "elif ",
    "with ",
    "not ",
    "lambda x: ",
    "[x for x in y]",
    "client.search_model_versions()",
    "[0]",
    "[-1:]",
    ".version",
    "len(",
    "max(",
    "undo",
    "show ",
    "help ",
    "rules mlflow",
    "restore 3",
    "reset empty",
    "curl ",
    "history",
    "\u{feff}",
];

proptest! {
    #![proptest_config(cases(600))]

    #[test]
    fn any_text_is_answered(text in any::<String>()) {
        is_total(&text);
        is_total(&format!("mlflow models transition-version {text}"));
        is_total(&format!("show {text}"));
        is_total(&format!("client.search_model_versions('''{text}''')"));
    }

    #[test]
    fn any_tokens_are_answered(tokens in prop::collection::vec(select(TOKENS), 0..40)) {
        let text = tokens.concat();
        is_total(&text);
        is_total(&format!("mlflow models transition-version {text}"));
        is_total(&format!("x = 'a'\nfor y in [1, 2]:\n  print({text}"));
        is_total(&format!("x = client.get_registered_model('fraud-detector')\ny = x.latest_versions\n{text}"));
    }

    #[test]
    fn any_cut_of_a_good_script_is_answered(at in 0_usize..1_200) {
        let at = SCRIPT.char_indices().map(|(at, _)| at).nth(at).unwrap_or(SCRIPT.len());
        is_total(&SCRIPT[..at]);
        is_total(&SCRIPT[at..]);
    }
}

#[test]
fn the_good_script_is_good() {
    let reply = is_total(SCRIPT);
    assert_eq!(reply.stop, None);
}

/// The time it takes grows with the text and no faster, and a text that would go on for ever is ended. A debug build on a
/// slow machine has a second for what a release does within a frame.
#[test]
fn a_long_text_is_answered_in_no_time() {
    let check = |text: &str| {
        let text = text.get(..text.len().min(MAX_BYTES)).unwrap_or(text);
        let start = Instant::now();
        let mut console = Console::default();
        let mut host = sandbox();
        console.enter(&mut host, text);
        let _ = paint(text);
        let _ = complete(&console, &host, text, text.len());
        assert!(
            start.elapsed() < Duration::from_secs(10),
            "{:?}",
            text.get(..40)
        );
    };
    for piece in [
        "x ",
        "a=1;",
        "+1",
        "é",
        "'a'",
        "f'{x}'",
        "x(",
        "print(1)\n",
        "\\",
        "$ ",
        "undo\n",
        "show\n",
        "history\n",
        "if 1:\n ",
        "for x in 'ab': ",
        "not ",
        "lambda: ",
        "x.",
        "[1,",
        "'",
        "\"\"\"",
        "mlflow x\n",
        "x='''\n",
        "1<",
        "(",
        "f'{'",
        "client.search_model_versions()\n",
        "help\n",
    ] {
        let body = piece.repeat(MAX_BYTES / piece.len() - 1);
        check(&body);
        check(&format!("x={body}"));
        check(&format!("x = [1, 2]\nprint({body}"));
        check(&format!("mlflow models {body}"));
    }
    let names: String = (0..10_000).map(|at| format!("n{at}=1\n")).collect();
    check(&names);
    let loops: String = (0..12)
        .map(|at| format!("{}for x{at} in range(99):\n", " ".repeat(at)))
        .collect();
    check(&format!("{loops}{}print(x0)", " ".repeat(12)));
    check(&format!("x = 'ab'\n{}print(x)", "x = x + x\n".repeat(40)));
    check(&format!("x = [1]\n{}print(x)", "x = [x, x]\n".repeat(40)));
    check(&format!("x = [1]\n{}x == [x]", "x = [x, x]\n".repeat(30)));
    check(&format!(
        "d = {{'a': 1}}\n{}d",
        "d = {'a': d, 'b': d}\n".repeat(30)
    ));
    check(&format!(
        "from pprint import pprint\nd = {{'a': 1}}\n{}pprint(d)",
        "d = {'a': d, 'b': d}\n".repeat(30)
    ));
    check("f = lambda g: g(g)\nf(f)");
    check("x = range(99999999)");
    check("x = 'a' * 99999999");
    check(&format!(
        "client.search_model_versions(\"name LIKE '{}'\")",
        "%a".repeat(15_000)
    ));
    check(&looped(
        "client.create_registered_model(f'm{x}-{y}')\n        client.search_model_versions()",
    ));
}

/// A statement in loops that go through it 3,600 times.
fn looped(statement: &str) -> String {
    let list = "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30]";
    format!(
        "for x in {list}:\n    for y in {list}:\n      for z in [1, 2, 3, 4]:\n        {statement}"
    )
}

/// Pages that nobody would read are not made: they would take longer than a frame.
#[test]
fn a_text_asks_for_so_many_pages_at_most() {
    let check = |piece: &str, times: usize, done: usize| {
        let reply = Console::default().enter(&mut sandbox(), &piece.repeat(times));
        assert_eq!(reply.done, done, "{piece}");
        let stop = reply.stop.map(|stop| stop.id());
        assert_eq!(stop, (done < times).then_some("too_long"), "{piece}");
    };
    for page in [
        "help\n",
        "help undo\n",
        "history\n",
        "show\n",
        "show fraud-detector\n",
    ] {
        check(page, 400, 400);
        check(page, 600, 500);
    }
    check("print(1)\n", 1_000, 1_000);
}

#[test]
fn a_text_that_is_too_long_is_refused() {
    let check = |text: &str| {
        let reply = Console::default().enter(&mut sandbox(), text);
        assert_eq!(reply.stop.unwrap().id(), "too_long");
        assert_eq!(reply.statements, 0);
    };
    check(&" ".repeat(MAX_BYTES + 1));
    check(&format!("mlflow {}", "x ".repeat(MAX_BYTES)));
    let fits = Console::default().enter(&mut sandbox(), &" ".repeat(MAX_BYTES));
    assert_eq!(fits.stop, None);
}

/// However short a text is, it changes two thousand things at most: what it has done by then is done, and it says so.
#[test]
fn changes_have_an_end() {
    let check = |text: &str, code: &str| {
        let mut host = sandbox();
        let before = host.log.step();
        let stop = Console::default().enter(&mut host, text).stop;
        assert_eq!(stop.as_ref().map(Stop::code), Some(code), "{text}");
        let done = host.log.step() - before;
        assert!((1_000..=2_000).contains(&done), "{text}: {done}");
    };
    let much = "too_much";
    check(
        &looped("client.create_registered_model(f'm{x}-{y}-{z}')"),
        much,
    );
    check(
        &looped("client.create_model_version('fraud-detector', 's')"),
        much,
    );
    check(
        &looped("client.set_registered_model_tag('fraud-detector', 'k', f'{x}{y}{z}')"),
        much,
    );
    // What the console's own words change counts, too.
    let mut host = sandbox();
    let travels = "undo\nredo\n".repeat(2_500);
    let text = format!("client.create_registered_model('m')\n{travels}");
    let reply = Console::default().enter(&mut host, &text);
    assert_eq!(reply.stop.as_ref().map(Stop::code), Some(much));
    assert!((1_900..=2_000).contains(&reply.done), "{}", reply.done);
}

/// The deepest text that is let through is read and carried out with little stack.
#[test]
fn depth_has_an_end() {
    for text in [
        "(".repeat(30_000),
        "[".repeat(30_000),
        "{".repeat(30_000),
        "f(".repeat(15_000),
        "x[".repeat(15_000),
        "x".to_owned() + &".a".repeat(15_000),
        "x".to_owned() + &"()".repeat(15_000),
        "not ".repeat(7_000),
        "for x in [1]: ".repeat(2_000),
        "x = 1\n".to_owned() + &"x = [x]\n".repeat(3_000),
        "(".repeat(33) + "1" + &")".repeat(33),
    ] {
        let stop = Console::default().enter(&mut sandbox(), &text).stop;
        assert_eq!(stop.map(|stop| stop.id()), Some("needs_python"));
    }
    let deepest = [
        format!("x = {}1{}", "(".repeat(11), ")".repeat(11)),
        format!("x = {}1{}", "[".repeat(6), "]".repeat(6)),
        (0..10)
            .map(|at| format!("{}for x in [1]:\n", " ".repeat(at)))
            .collect::<String>()
            + &" ".repeat(10)
            + "print(x)",
        (0..10).fold("1".to_owned(), |inside, _| format!("print({inside})")),
    ];
    for text in deepest {
        let walk = std::thread::Builder::new().stack_size(512 * 1024);
        let walk = walk.spawn(move || {
            let stop = Console::default().enter(&mut sandbox(), &text).stop;
            assert_eq!(stop, None, "{text}");
        });
        walk.unwrap().join().unwrap();
    }
}
