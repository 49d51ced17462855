//! Scripts that the machine's Python runs with the simulated MLflow (`tests/python`), by way of the console in a terminal:
//! what they print is compared, line by line.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

use std::fs;
use std::io::Cursor;
use std::path::PathBuf;

use terminal::{python, script};

/// The options and the arguments that a script asks for in its first lines.
fn asked(text: &str, what: &str) -> Vec<String> {
    let line = text.lines().find_map(|line| line.strip_prefix(what));
    let words = line.unwrap_or_default().split_whitespace();
    words.map(str::to_owned).collect()
}

fn run(arguments: &[String]) -> (u8, String, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut streams = script::Streams {
        input: &mut Cursor::new(b""),
        is_terminal: false,
        out: &mut out,
        err: &mut err,
    };
    let code = script::run(arguments.iter().cloned(), &mut streams);
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (code, text(out), text(err))
}

/// Without what differs from one version of Python to the next, the marks below a line of a traceback, and without the lines
/// that MLflow's own warnings come from.
fn plain(text: &str) -> String {
    let is_mark = |line: &&str| {
        let marks = line.trim();
        !marks.is_empty() && marks.chars().all(|c| matches!(c, '~' | '^'))
    };
    let lines = text.lines().filter(|line| !is_mark(line));
    lines
        .map(|line| match line.split_once("mlflow/tracking/client.py:") {
            Some((before, after)) => {
                let after = after.trim_start_matches(|c: char| c.is_ascii_digit());
                format!("{before}mlflow/tracking/client.py{after}\n")
            }
            None => format!("{line}\n"),
        })
        .collect()
}

/// Whether there is a Python. Where tests must not be left out, there has to be one.
fn has_python() -> bool {
    let found = python::Python::start().is_some();
    let is_needed = std::env::var_os("CI").is_some();
    assert!(found || !is_needed, "CI has no python3 (3.10 or newer)");
    if !found {
        println!("There is no python3: nothing is tried.");
    }
    found
}

fn scripts() -> Vec<PathBuf> {
    let folder = test_support::kept("python");
    let files = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path());
    let mut files: Vec<_> = files
        .filter(|file| file.extension().is_some_and(|it| it == "py"))
        .collect();
    files.sort();
    files
}

#[test]
fn scripts_print_what_they_print_in_python() {
    if !has_python() {
        return;
    }
    let update = std::env::var_os("UPDATE_GOLDEN").is_some_and(|value| value == "1");
    let files = scripts();
    assert!(files.len() >= 10, "the scripts are gone");
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let mut arguments = asked(&text, "# options: ");
        arguments.push(file.to_str().unwrap().to_owned());
        arguments.extend(asked(&text, "# arguments: "));
        let (code, out, err) = run(&arguments);
        assert_eq!(err, "", "{}", file.display());
        let found = format!("{}exit code {code}\n", plain(&out));
        let golden = file.with_extension("txt");
        if update {
            fs::write(&golden, &found).unwrap();
        }
        let expected = fs::read_to_string(&golden).unwrap_or_default();
        for (line, (found, expected)) in (1..).zip(found.lines().zip(expected.lines())) {
            let place = golden.display();
            assert_eq!(
                found, expected,
                "line {line} of {place}; UPDATE_GOLDEN=1 writes it anew"
            );
        }
        assert_eq!(found.len(), expected.len(), "{}", golden.display());
    }
}

#[test]
fn a_dry_run_lists_what_would_change() {
    if !has_python() {
        return;
    }
    let file = scripts()
        .into_iter()
        .find(|it| it.ends_with("script.py"))
        .unwrap();
    let file = file.to_str().unwrap();
    let arguments = [
        "--empty",
        "--dry-run",
        "--env",
        "TEAM=a",
        file,
        "--model",
        "m",
    ];
    let (code, out, _) = run(&arguments.map(str::to_owned));
    assert_eq!(code, 0, "{out}");
    assert!(
        out.ends_with("\nWould change 1 thing in the registry:\n   1. Registered the model m.\n"),
        "{out}"
    );
    let (code, out, _) = run(&["--empty", "--dry-run", file].map(str::to_owned));
    assert_eq!(code, 1, "{out}");
    assert!(
        out.contains("error: the following arguments are required: --model"),
        "{out}"
    );
    assert!(
        out.ends_with("\nWould change 0 things in the registry:\n"),
        "{out}"
    );
}

#[test]
fn what_is_printed_has_an_end() {
    if !has_python() {
        return;
    }
    let folder = std::env::temp_dir().join(format!("model-stages-long-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join("script.py");
    let text = "import sys\nfor at in range(3_000):\n    print('x' * 99)\nprint('y' * 300_000, file=sys.stderr)\n";
    fs::write(&file, text).unwrap();
    let (code, out, _) = run(&[file.to_str().unwrap().to_owned()]);
    fs::remove_dir_all(&folder).unwrap();
    assert_eq!(code, 0);
    assert!((200_000..201_000).contains(&out.len()), "{}", out.len());
    assert!(
        out.trim_end()
            .ends_with("The output is cut here: it is longer than 200,000 characters.")
    );
}

#[test]
fn what_is_no_python_keeps_everything_from_being_begun() {
    if !has_python() {
        return;
    }
    let folder = std::env::temp_dir().join(format!("model-stages-syntax-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join("script.py");
    let run_text = |text: &str| {
        fs::write(&file, text).unwrap();
        run(&["--json".to_owned(), file.to_str().unwrap().to_owned()])
    };
    let (code, out, _) = run_text("print(1)\nshow\nprint(\n");
    assert_eq!(code, 1);
    let lines: Vec<serde_json::Value> = out
        .lines()
        .map(|it| serde_json::from_str(it).unwrap())
        .collect();
    assert_eq!(lines.len(), 1, "{out}");
    assert_eq!(lines[0]["code"], "SyntaxError");
    assert!(
        lines[0]["message"].as_str().unwrap().contains("line 3"),
        "{out}"
    );
    let (code, out, _) = run_text("print(1)\nshow\n");
    assert_eq!((code, out.lines().count()), (0, 2));
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn each_statement_has_what_it_printed_itself() {
    if !has_python() {
        return;
    }
    let folder = std::env::temp_dir().join(format!("model-stages-python-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join("script.py");
    let text = "print(1)\nfor x in 'ab':\n    print(x)\n\nshow\n2 + 2\nimport mlflow; c = mlflow.MlflowClient()\n\
        c.create_registered_model('m').name\nc.get_registered_model('n')\nprint('never')\n";
    fs::write(&file, text).unwrap();
    let file = file.to_str().unwrap().to_owned();
    let (code, out, err) = run(&["--empty".to_owned(), "--json".to_owned(), file]);
    fs::remove_dir_all(&folder).unwrap();
    assert_eq!((code, err.as_str()), (1, ""));
    let lines: Vec<serde_json::Value> = out
        .lines()
        .map(|it| serde_json::from_str(it).unwrap())
        .collect();
    let told: Vec<(&str, &str, &str, bool)> = lines
        .iter()
        .map(|line| {
            let text = |key: &str| line[key].as_str().unwrap_or_default();
            let message = text("message").lines().next().unwrap_or_default();
            (
                text("input"),
                message,
                text("code"),
                line["ok"].as_bool().unwrap(),
            )
        })
        .collect();
    let refused = "mlflow.exceptions.MlflowException: Registered Model with name=n not found";
    assert_eq!(
        told,
        [
            ("print(1)", "1", "", true),
            ("for x in 'ab':\n    print(x)", "a", "", true),
            ("show", "There are no models.", "", true),
            ("2 + 2", "4", "", true),
            ("import mlflow", "", "", true),
            ("c = mlflow.MlflowClient()", "", "", true),
            (
                "c.create_registered_model('m').name",
                "Registered the model m.",
                "",
                true
            ),
            (
                "c.get_registered_model('n')",
                refused,
                "RESOURCE_DOES_NOT_EXIST",
                false
            ),
        ]
    );
    assert_ne!(lines[5]["digest"], lines[6]["digest"]);
    assert_eq!(lines[6]["digest"], lines[7]["digest"]);
}

/// What lies beside a script is found, looked at and written to as a copy: the file itself stays as it is.
#[test]
fn a_script_has_its_own_copy_of_what_lies_beside_it() {
    if !has_python() {
        return;
    }
    let folder = std::env::temp_dir().join(format!("model-stages-beside-{}", std::process::id()));
    fs::create_dir_all(folder.join("made")).unwrap();
    for name in ["run_id.txt", "made/gone.txt"] {
        fs::write(folder.join(name), "run-1").unwrap();
    }
    let script = "import os, pathlib\n\
        print(os.path.exists('run_id.txt'), os.path.isfile('none'), os.path.exists('made'))\n\
        print(pathlib.Path('made/gone.txt').read_text(), os.stat('run_id.txt').st_size)\n\
        written = open('run_id.txt', 'a').write('2')\n\
        os.remove('made/gone.txt')\n\
        print(open('run_id.txt').read(), sorted(os.listdir('.')))\n";
    fs::write(folder.join("script.py"), script).unwrap();
    let ran = std::process::Command::new(env!("CARGO_BIN_EXE_console"))
        .arg("script.py")
        .current_dir(&folder)
        .output()
        .unwrap();
    let out = String::from_utf8(ran.stdout).unwrap();
    assert_eq!(
        out,
        "(Python)\nTrue False False\nrun-1 5\nrun-12 ['made', 'run_id.txt']\n"
    );
    for name in ["run_id.txt", "made/gone.txt"] {
        assert_eq!(fs::read_to_string(folder.join(name)).unwrap(), "run-1");
    }
    fs::remove_dir_all(&folder).unwrap();
}

/// The folder that a script has for itself goes with its Python, also after a script that ends badly.
#[test]
fn nothing_is_left_behind() {
    if !has_python() {
        return;
    }
    let folder = std::env::temp_dir().join(format!("model-stages-left-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    for text in [
        "open('a', 'w').write('b')\nprint(1)\n",
        "raise ValueError\n",
    ] {
        let file = folder.join("script.py");
        fs::write(&file, text).unwrap();
        let ran = std::process::Command::new(env!("CARGO_BIN_EXE_console"))
            .arg(&file)
            .env("TMPDIR", &folder)
            .output()
            .unwrap();
        assert_eq!(ran.stderr, b"", "{text}");
        fs::remove_file(&file).unwrap();
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 0, "{text}");
    }
    fs::remove_dir_all(&folder).unwrap();
}
