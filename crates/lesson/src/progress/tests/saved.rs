//! What is written, and what is read again.

use super::*;
use registry::json::{print, read};

#[test]
fn a_file_is_read_again_and_says_what_it_is() {
    let mut progress = Progress::default();
    progress.answered("q", Right, None, after(0));
    progress.start_round(ids(&["q", "r"]), after(0));
    let text = to_file(&progress);
    let head = r#"{"format":"model-stages-progress","version":4,"progress":{"#;
    assert!(text.starts_with(head), "{text}");
    assert_eq!(from_file(&text), Ok(progress.clone()));
    for version in [2, 3] {
        let older = text.replace(r#""version":4"#, &format!(r#""version":{version}"#));
        assert_eq!(from_file(&older), Ok(progress.clone()));
    }
    assert_eq!(
        from_file(&to_file(&Progress::default())),
        Ok(Progress::default())
    );
    let version_1 = r#"{"questions":{"q":{"last_at":5,"tries":1,"right":1,"last":"right","stability":8296,"difficulty":1000,"reviewed_at":5,"due":9}}}"#;
    let since = from_file(version_1)
        .unwrap()
        .question("q")
        .unwrap()
        .right_since;
    assert_eq!(since, Some(Time(5)), "carried over");
    let check = |text: &str, expected: FileError| {
        assert_eq!(from_file(text), Err(expected), "{text}");
    };
    check(
        "not JSON",
        FileError::NotJson(registry::json::JsonError("JSON")),
    );
    let foreign = [
        "[]",
        "7",
        "{}",
        r#"{"questions":7}"#,
        r#"{"format":"model-stages-pack","version":1,"steps":[]}"#,
    ];
    for text in foreign {
        check(text, FileError::Foreign);
    }
    check(&text.replace(":4,", ":0,"), FileError::Foreign);
    check(&text.replace(":4,", ":5,"), FileError::Newer);
    check(
        &text.replace(r#""tries":1"#, r#""tries":0"#),
        FileError::Content(registry::json::JsonError("right")),
    );
}

#[test]
fn a_file_is_measured_before_it_is_parsed() {
    let check = |text: &str, expected: FileError| {
        assert_eq!(from_file(text), Err(expected), "{} bytes", text.len());
    };
    // Neither is JSON, and nobody looks whether it is.
    check(&" ".repeat(2_000_001), FileError::TooLarge);
    check(&",".repeat(200_001), FileError::TooLarge);
    check(&"[".repeat(17), FileError::Foreign);
    let deep = format!(r#"{{"questions":{}1{}}}"#, "[".repeat(100), "]".repeat(100));
    check(&deep, FileError::Foreign);
    check(
        &"[".repeat(16),
        FileError::NotJson(registry::json::JsonError("JSON")),
    );
    // As much as can be kept is no more than a file may have.
    let mut progress = Progress::default();
    for number in 0..MAX_QUESTIONS {
        progress.answered(
            &format!("question-{number}"),
            Wrong,
            Some("belief"),
            after(0),
        );
    }
    for number in 0..MAX_STEPS {
        progress.step_done(&format!("step-{number}"), after(0));
    }
    assert_eq!(from_file(&to_file(&progress)), Ok(progress));
}

#[test]
fn what_version_1_wrote_begins_its_rows_at_the_last_right_answer() {
    let check = |fields: &str, since: Option<u64>| {
        let text = format!(
            r#"{{"questions":{{"q":{{"last_at":9000000,"reviewed_at":9000000,"due":9000000{fields}}}}}}}"#
        );
        let value = serde_json::from_str(&text).unwrap();
        let progress = <Progress as registry::json::FromJson>::from_json(from_version_1(value));
        let found = progress.unwrap().question("q").unwrap().right_since;
        assert_eq!(found, since.map(Time), "{fields}");
    };
    check("", None);
    check(r#","last":"right""#, Some(9_000_000));
    check(r#","last":"wrong","wrong_at":9000000"#, None);
    check(r#","last":"shown","shown_at":9000000"#, None);
    check(r#","last":"right","wrong_at":1"#, Some(9_000_000));
    check(r#","last":"right","wrong_at":8900000"#, None);
    check(r#","last":"right","shown_at":8900000"#, None);
    for odd in ["7", "[]", r#"{"questions":[]}"#, r#"{"questions":{"q":7}}"#] {
        let value: serde_json::Value = serde_json::from_str(odd).unwrap();
        assert_eq!(from_version_1(value.clone()), value);
    }
}

#[test]
fn what_is_no_id_or_too_much_is_not_kept() {
    let mut progress = Progress::default();
    assert!(!progress.answered("No", Right, None, after(0)));
    assert!(!progress.step_done("", after(0)));
    assert!(!progress.set_place("a b", after(0)));
    assert!(!progress.chose("a", "B", after(0)));
    assert!(!progress.chose("", "b", after(0)));
    let ids = |count: usize| (0..count).map(|n| Id::parse(&format!("q{n}")).unwrap());
    assert!(!progress.start_round(Vec::new(), after(0)));
    assert!(!progress.start_round(ids(MAX_ROUND + 1).collect(), after(0)));
    assert!(!progress.start_round(ids(2).chain(ids(1)).collect(), after(0)));
    assert!(progress.is_empty());
    assert!(progress.start_round(ids(MAX_ROUND).collect(), after(0)));
    for number in 0..MAX_QUESTIONS {
        assert!(progress.answered(&format!("q{number}"), Right, None, after(0)));
    }
    for number in 0..MAX_STEPS {
        assert!(progress.step_done(&format!("s{number}"), after(0)));
        assert!(progress.chose(&format!("s{number}"), "a", after(0)));
    }
    assert!(!progress.answered("more", Right, None, after(0)));
    assert!(!progress.step_done("more", after(0)));
    assert!(!progress.chose("more", "a", after(0)));
    assert!(progress.chose("s7", "b", after(0)));
    assert!(progress.answered("q7", Wrong, None, after(DAY)));
    assert!(progress.step_done("s7", after(0)));
    for number in 0..30 {
        progress.answered("q7", Wrong, Some(format!("m{number}").as_str()), after(DAY));
    }
    assert_eq!(progress.misconceptions(|_| true).len(), MAX_MISCONCEPTIONS);
    assert_eq!(read::<Progress>(&print(&progress)).as_ref(), Ok(&progress));

    let mut other = Progress::default();
    other.answered("newest", Right, None, after(2 * DAY));
    other.step_done("earliest", Time(0));
    other.chose("latest", "a", after(DAY));
    other.merge(&progress);
    assert_eq!(other.questions().count(), MAX_QUESTIONS);
    assert_eq!(other.steps().count(), MAX_STEPS);
    assert!(other.question("newest").is_some() && other.is_step_done("earliest"));
    assert_eq!(other.choices.len(), MAX_STEPS);
    assert_eq!(
        (other.choice("latest"), other.choice("s7")),
        (Some("a"), Some("b"))
    );
    progress.merge(&other);
    assert_eq!(progress, other);
}

#[test]
fn it_is_written_as_the_documentation_says() {
    let text = concat!(
        r#"{"place":{"id":"stages","at":5},"steps":{"start":1},"choices":{"start":{"id":"the-new-one","at":1}},"#,
        r#""round":{"at":7,"asked":[{"id":"what-is-a-stage","right":true},{"id":"what-is-an-alias"}]},"#,
        r#""questions":{"what-is-a-stage":{"last_at":9,"tries":2,"#,
        r#""right":1,"last":"right","stability":8296,"difficulty":1000,"reviewed_at":9,"due":691200009,"wrong_at":3,"#,
        r#""right_since":9,"misconceptions":{"stage-is-a-copy":1}}}}"#,
    );
    let progress: Progress = read(text).unwrap();
    assert_eq!(print(&progress), text);
    assert_eq!(read("{}"), Ok(Progress::default()));
    assert_eq!(print(&Progress::default()), "{}");
    // What a later version adds is passed over.
    let more = text
        .replacen('{', r#"{"new":[1],"#, 1)
        .replace(r#""last_at""#, r#""new":{},"last_at""#)
        .replace(r#""id""#, r#""new":1.5,"id""#);
    assert_eq!(read(&more), Ok(progress));
}

#[test]
fn what_is_out_of_bounds_is_refused() {
    let question = |fields: &str| {
        format!(r#"{{"questions":{{"q":{{"last_at":1,"reviewed_at":1,"due":1{fields}}}}}}}"#)
    };
    assert!(read::<Progress>(&question("")).is_ok());
    let many = |key: &str, count: usize, value: &str| {
        let entries: Vec<_> = (0..count).map(|n| format!(r#""i{n}":{value}"#)).collect();
        format!(r#""{key}":{{{}}}"#, entries.join(","))
    };
    let plain = r#"{"last_at":1,"reviewed_at":1,"due":1}"#;
    for text in [
        "[]".to_owned(),
        "null".to_owned(),
        r#"{"place":"a"}"#.to_owned(),
        r#"{"place":{"id":"a"}}"#.to_owned(),
        r#"{"place":{"id":"A","at":1}}"#.to_owned(),
        r#"{"choices":[]}"#.to_owned(),
        r#"{"choices":{"a":"b"}}"#.to_owned(),
        r#"{"choices":{"a":{"id":"B","at":1}}}"#.to_owned(),
        r#"{"choices":{"A":{"id":"b","at":1}}}"#.to_owned(),
        r#"{"round":7}"#.to_owned(),
        r#"{"round":{"at":1}}"#.to_owned(),
        r#"{"round":{"at":1,"asked":[]}}"#.to_owned(),
        r#"{"round":{"asked":[{"id":"a"}]}}"#.to_owned(),
        r#"{"round":{"at":1,"asked":["a"]}}"#.to_owned(),
        r#"{"round":{"at":1,"asked":[{"id":"A"}]}}"#.to_owned(),
        r#"{"round":{"at":1,"asked":[{"id":"a","right":1}]}}"#.to_owned(),
        r#"{"round":{"at":1,"asked":[{"id":"a"},{"id":"a"}]}}"#.to_owned(),
        r#"{"steps":[]}"#.to_owned(),
        r#"{"steps":{"a":-1}}"#.to_owned(),
        r#"{"steps":{"a":1.5}}"#.to_owned(),
        r#"{"steps":{"a b":1}}"#.to_owned(),
        r#"{"steps":{"":1}}"#.to_owned(),
        r#"{"questions":{"q":{}}}"#.to_owned(),
        r#"{"questions":{"Q":{"last_at":1,"reviewed_at":1,"due":1}}}"#.to_owned(),
        question(r#","right":1"#),
        question(r#","tries":4294967296"#),
        question(r#","last":"Right""#),
        question(r#","stability":1000"#),
        question(r#","difficulty":1000"#),
        question(r#","stability":36500001,"difficulty":1000"#),
        question(r#","stability":1,"difficulty":999"#),
        question(r#","stability":1,"difficulty":10001"#),
        question(r#","stability":1e3,"difficulty":1000"#),
        question(r#","right_since":-1"#),
        question(r#","misconceptions":{"a":-1}"#),
        question(&format!(",{}", many("misconceptions", 21, "1"))),
        format!("{{{}}}", many("steps", MAX_STEPS + 1, "1")),
        format!(
            "{{{}}}",
            many("choices", MAX_STEPS + 1, r#"{"id":"a","at":1}"#)
        ),
        format!("{{{}}}", many("questions", MAX_QUESTIONS + 1, plain)),
    ] {
        assert!(
            read::<Progress>(&text).is_err(),
            "{}",
            &text[..text.len().min(200)]
        );
    }
    assert!(read::<Progress>(&format!("{{{}}}", many("steps", MAX_STEPS, "1"))).is_ok());
    assert!(read::<Progress>(&format!("{{{}}}", many("questions", MAX_QUESTIONS, plain))).is_ok());
}
