//! The console in a terminal (`examples/console`): its options, its exit codes, and its lines of JSON.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

use std::io::Cursor;

use serde_json::Value;

use terminal::{python, script};

/// What a call comes to: the exit code, standard output, and standard error.
fn run(arguments: &[&str], input: &str, is_terminal: bool) -> (u8, String, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut streams = script::Streams {
        input: &mut Cursor::new(input.as_bytes()),
        is_terminal,
        out: &mut out,
        err: &mut err,
    };
    let arguments = arguments.iter().map(|argument| (*argument).to_owned());
    let code = script::run(arguments, &mut streams);
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (code, text(out), text(err))
}

fn objects(input: &str) -> (u8, Vec<Value>) {
    let (code, out, err) = run(&["--json"], input, false);
    assert_eq!(err, "");
    let lines = out.lines().map(|line| serde_json::from_str(line).unwrap());
    (code, lines.collect())
}

#[test]
fn what_is_printed_is_what_the_browser_prints() {
    let check = |arguments: &[&str], input: &str, code: u8, expected: &str| {
        let found = run(arguments, input, false);
        assert_eq!(found, (code, expected.to_owned(), String::new()), "{input}");
    };
    check(&[], "print(1)\nprint(2)", 0, "(Python)\n1\n2\n");
    check(&["-"], "# nothing\n", 0, "");
    check(&["--empty"], "show", 0, "(console)\nThere are no models.\n");
    check(
        &["--rules", "mlflow"],
        "x = 3\nrules",
        0,
        "(Python, console)\nRules: plain MLflow. Any stage may follow any other.\n",
    );
    check(
        &[],
        "undo\nprint('never')",
        1,
        "(console, Python)\nRefused: Only your own steps are undone.\nline 1, column 1\n  undo\n  ^^^^\n\
         The last step was somebody else's.\nTo undo it all the same, restore an earlier moment in the history.\n\
         1 statement after it did not run.\n",
    );
}

#[test]
fn a_wrong_call_and_a_file_that_is_not_there_are_told_apart_from_a_refusal() {
    let check = |arguments: &[&str], says: &str| {
        let (code, out, err) = run(arguments, "show", false);
        assert_eq!((code, out.as_str()), (2, ""), "{arguments:?}");
        assert!(err.contains(says), "{arguments:?}: {err}");
    };
    check(&["--bogus"], "usage: console");
    check(&["--rules"], "usage: console");
    check(&["--rules", "none"], "usage: console");
    check(&["--env", "x"], "usage: console");
    check(&["--registry"], "usage: console");
    check(&["--registry", "/no/such/file"], "No such file");
    check(&["/no/such/file"], "No such file");
}

#[test]
fn a_real_registry_is_taken_in() {
    let folder = std::env::temp_dir().join(format!("model-stages-taken-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("answers.json");
    let answers = r#"{"registered_models": [{"name": "churn"}, {"name": "a/b"}]}
        {"model_versions": [{"name": "churn", "version": "2", "current_stage": "Staging", "status": "READY"}]}"#;
    std::fs::write(&file, answers).unwrap();
    let arguments = ["--registry", file.to_str().unwrap(), "--dry-run"];
    let (code, out, err) = run(&arguments, "show churn\n", false);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("Staging"), "{out}");
    assert!(
        out.ends_with("Would change 0 things in the registry:\n"),
        "{out}"
    );
    assert!(err.contains("Invalid model name 'a/b'"), "{err}");
    std::fs::write(&file, "no JSON").unwrap();
    let (code, out, err) = run(&arguments, "show", false);
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("answers.json: "), "{err}");
}

#[test]
fn a_file_is_one_text() {
    let folder = std::env::temp_dir().join(format!("model-stages-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("script.py");
    std::fs::write(&file, "name = 'a'\nprint(name)\n").unwrap();
    let found = run(&[file.to_str().unwrap()], "print('not this')", false);
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!(found, (0, "(Python)\na\n".to_owned(), String::new()));
}

#[test]
fn at_a_terminal_each_line_is_a_text() {
    let typed = "undo\nprint(\n\n1)\nfor x in [2]:\n  print(x)\n\nprint(3)";
    let (code, out, err) = run(&[], typed, true);
    assert_eq!(code, 1);
    assert!(
        out.ends_with("(Python)\n1\n(Python)\n2\n(Python)\n3\n"),
        "{out}"
    );
    assert_eq!(err, ">>> >>> ... ... >>> ... ... >>> >>> ");
}

#[test]
fn each_statement_is_one_object() {
    let text = "name = \"fraud-detector\"\n\
        mlflow models transition-version --model-name fraud-detector --version 5 --stage staging\n\
        undo\n\
        curl 'http://localhost:5000/api/2.0/mlflow/registered-models/get?name=nope'\n\
        print('never')\n";
    let (code, found) = objects(text);
    assert_eq!(code, 1);
    for object in &found {
        let keys: Vec<&str> = object
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        assert_eq!(keys, ["code", "digest", "form", "input", "message", "ok"]);
        assert_eq!(object["digest"].as_str().unwrap().len(), 16);
    }
    let told: Vec<(&str, &str, bool, Option<&str>)> = found
        .iter()
        .map(|object| {
            (
                object["input"].as_str().unwrap(),
                object["form"].as_str().unwrap(),
                object["ok"].as_bool().unwrap(),
                object["code"].as_str(),
            )
        })
        .collect();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        told,
        [
            (lines[0], "python", true, None),
            (lines[1], "shell", true, None),
            (lines[2], "own", true, None),
            (lines[3], "rest", false, Some("RESOURCE_DOES_NOT_EXIST")),
        ]
    );
    // The digest is that of the registry after the statement: what was taken back is as it was.
    let digest = |at: usize| found[at]["digest"].as_str().unwrap();
    assert_ne!(digest(0), digest(1));
    assert_eq!(digest(0), digest(2));
    assert_eq!(digest(2), digest(3));
    let message = |at: usize| found[at]["message"].as_str().unwrap();
    assert_eq!(message(0), "");
    assert!(message(1).contains("Moved fraud-detector version 5"));
    assert!(message(2).starts_with("Undone: Moved"));
    assert!(message(3).contains("line 4, column"), "{}", message(3));
}

#[test]
fn each_statement_has_its_own_output_without_python_too() {
    let text = "print(1)\nfor x in ['a', 'b']:\n    print(x)\n'c'\nclient.create_registered_model('m').name";
    let (code, out, _) = run(&["--json", "--no-python"], text, false);
    let lines = out.lines().map(|line| serde_json::from_str(line).unwrap());
    let messages: Vec<String> = lines
        .map(|line: Value| line["message"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(code, 0);
    assert_eq!(
        messages,
        ["1", "a\nb", "'c'", "Registered the model m.\n'm'"]
    );
}

#[test]
fn a_text_that_cannot_be_read_is_one_object() {
    // By the console's own reader: what Python itself says is in `tests/python.rs`.
    let objects = |input: &str| {
        let (code, out, _) = run(&["--json", "--no-python"], input, false);
        let lines = out.lines().map(|line| serde_json::from_str(line).unwrap());
        (code, lines.collect::<Vec<Value>>())
    };
    let check = |input: &str, form: Value, code: &str| {
        let (exit, found) = objects(input);
        assert_eq!(exit, 1);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0]["input"], input);
        assert_eq!(found[0]["form"], form);
        assert_eq!(found[0]["code"], code);
        assert_eq!(found[0]["ok"], false);
    };
    check("print(1)\nprint(", "python".into(), "needs_python");
    check(
        "print(1)\nwhile True: pass",
        "python".into(),
        "needs_python",
    );
    check(&"x".repeat(32_001), Value::Null, "too_long");
    let (exit, found) = objects("# nothing\n");
    assert_eq!((exit, found), (0, Vec::new()));
}

/// The machine's Python knows from the start what a console knows, and the lesson's functions; a script for elsewhere has only
/// what it makes itself.
#[test]
fn python_knows_what_the_console_knows() {
    let text = "m = load_model('models:/fraud-detector/3')\nclient.get_model_version('fraud-detector', 3).version\nm.predict([1])\n";
    let expected = "(Python)\nLoads version 3 of fraud-detector: models/fraud/model_v3.pkl\n3\n";
    let (code, out, err) = run(&[], text, false);
    if python::Python::start().is_some() {
        assert_eq!((code, out.as_str(), err.as_str()), (0, expected, ""));
        let (code, out, _) = run(&["--dry-run"], "client.search_registered_models()", false);
        assert!(
            out.contains("NameError: name 'client' is not defined"),
            "{out}"
        );
        assert_eq!(code, 1);
    }
    // Its names are names in the next text too.
    let (code, out, _) = run(&[], "history = [3]\nhistory\nshow\n", true);
    assert!(
        out.starts_with("(Python)\n(Python)\n[3]\n(console)\n"),
        "{out}"
    );
    assert_eq!(code, 0);
}
