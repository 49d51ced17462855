//! Folders of items become packs, in the order of their files' names, and every problem names its file.
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::fs;
use std::path::PathBuf;

use serde_json::json;

const HEAD: (&str, &str) = ("pack.json", r#"{"id": "p", "sources": [{"id": "s"}]}"#);

/// A new folder with these files.
fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    for (file, text) in files {
        let file = folder.join(file);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    folder
}

#[test]
fn items_stand_in_the_order_of_their_files() {
    let folder = folder(
        "order",
        &[
            HEAD,
            ("steps/020-a.json", r#"{"id": "a"}"#),
            ("steps/010-b.json", "\u{feff}{\"id\": \"b\"}\n"),
            ("scenes/x-1.json", r#"{"id": "x-1"}"#),
            ("scenes/.x-1.json.swp", "what an editor leaves"),
        ],
    );
    let read = pack_folder::read(&folder).unwrap();
    let pack = json!({
        "id": "p",
        "sources": [{"id": "s"}],
        "steps": [{"id": "b"}, {"id": "a"}],
        "scenes": [{"id": "x-1"}],
    });
    assert_eq!(read.pack, pack);
    let check = |place: &str, file: &str, inner: &str| {
        assert_eq!(read.locate(place), (file.to_owned(), inner));
    };
    check("steps[1].text", "steps/020-a.json", "text");
    check(
        "steps[0].choose.options[2]",
        "steps/010-b.json",
        "choose.options[2]",
    );
    check("scenes[0]", "scenes/x-1.json", "");
    check("steps", "steps", "");
    check("steps[2].id", "steps", "[2].id");
    check("sources[0].url", "pack.json", "sources[0].url");
    check("", "pack.json", "");
}

#[test]
fn a_problem_names_its_file() {
    let check = |name: &str, files: &[(&str, &str)], expected: &[&str]| {
        let folder = folder(name, files);
        let start = format!("{}/", folder.display());
        let problems = pack_folder::read(&folder).unwrap_err();
        let problems: Vec<&str> = problems
            .iter()
            .map(|problem| problem.strip_prefix(&start).unwrap())
            .collect();
        assert_eq!(problems, expected);
    };
    check(
        "not-json",
        &[
            HEAD,
            ("steps/010-a.json", "{\n \"id\": \"a\"\n \"title\": 1}"),
            ("steps/020-b.json", "[]"),
        ],
        &[
            "steps/010-a.json: expected `,` or `}` at line 3 column 2.",
            "steps/020-b.json: here belongs one object.",
        ],
    );
    check(
        "names",
        &[
            HEAD,
            ("notes.txt", ""),
            ("sources/s.json", r#"{"id": "s"}"#),
            ("steps/010-a.json", r#"{"id": "b"}"#),
            ("steps/01-0-a.json", r#"{"id": "a"}"#),
            ("steps/-a.json", r#"{"id": "a"}"#),
            ("steps/a.jsn", r#"{"id": "a"}"#),
        ],
        &[
            "notes.txt: beside pack.json there are only folders, one for each list.",
            "sources: pack.json has `sources` too.",
            "steps/-a.json: the file is called otherwise than its id, `a`.",
            "steps/01-0-a.json: the file is called otherwise than its id, `a`.",
            "steps/010-a.json: the file is called otherwise than its id, `b`.",
            "steps/a.jsn: its name must end in .json.",
        ],
    );
    let nowhere = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("nowhere");
    assert_eq!(pack_folder::read(&nowhere).unwrap_err().len(), 2);
}
