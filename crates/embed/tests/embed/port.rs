//! The talk with the page around the frame: who is listened to, what is answered, and how much is read.

use std::cell::Cell;

use embed::message::{
    Answer, Ask, Code, Command, Do, Event, EventName, GoTo, LONGEST, Placed, Ready, State, Trouble,
    Unread,
};
use embed::port::{Asked, Heard, Letter, PER_SECOND, Port};
use embed::{Frame, Kind, Options, Origin, Problem, View, Wrong};
use proptest::prelude::*;
use registry::{Stage, Time};
use serde_json::{Value, json};
use storage::Theme;

const HOST: &str = "https://host.example";
const CONNECT: &str = r#"{"modelStages":1,"type":"connect","id":"f1"}"#;

fn words(trouble: &Trouble) -> String {
    format!("about {}", trouble.code())
}

fn port() -> Port {
    Port::new(None, "f1".to_owned(), words)
}

fn hear(port: &mut Port, text: &str) -> Heard {
    hear_as(port, true, HOST, 1, text)
}

fn hear_as(port: &mut Port, is_from_parent: bool, origin: &str, ports: usize, text: &str) -> Heard {
    let letter = Letter {
        is_from_parent,
        origin,
        ports,
        text: &|| Some(text.to_owned()),
    };
    port.hear(&letter, Time(0))
}

fn connected() -> Port {
    let mut port = port();
    assert_eq!(hear(&mut port, CONNECT), Heard::Connected);
    port
}

fn refused(code: &str) -> Heard {
    Heard::Refused(format!(
        r#"{{"modelStages":1,"type":"refused","code":"{code}","speaks":[1]}}"#
    ))
}

#[test]
fn ready_says_what_can_be_asked_and_nothing_of_the_learner() {
    let ready = |address: &str| -> Value {
        let frame = Frame::parse(address).expect("a good address");
        let (app, id, frame) = ("0.1.0", "f1", &frame);
        let message = Ready { app, id, frame }.message();
        serde_json::from_str(&message).expect("JSON")
    };
    assert_eq!(
        ready("question/a?theme=dark"),
        json!({
            "modelStages": 1, "type": "ready", "app": "0.1.0", "id": "f1", "view": "question",
            "address": "#/embed/question/a?theme=dark",
            "commands": ["reset", "load", "setTheme", "getState"],
            "events": ["answered", "moved", "refused", "solved", "completed", "key"],
        })
    );
    let commands = ready("exercise/a")["commands"].clone();
    assert_eq!(
        commands,
        json!(["run", "reset", "load", "setTheme", "getState", "getReceipt"])
    );
}

#[test]
fn ready_goes_to_one_origin_or_to_whoever_is_there() {
    let mut frame = Frame::of(View::Scene);
    assert_eq!(frame.target(), "*");
    frame.options.origin = Origin::parse(HOST);
    assert_eq!(frame.target(), HOST);
}

#[test]
fn only_the_page_around_is_listened_to() {
    let mut port = Port::new(Origin::parse(HOST), "f1".to_owned(), words);
    let hear = |port: &mut Port, is_from_parent, origin: &str| {
        let is_read = Cell::new(false);
        let letter = Letter {
            is_from_parent,
            origin,
            ports: 1,
            text: &|| {
                is_read.set(true);
                Some(CONNECT.to_owned())
            },
        };
        (port.hear(&letter, Time(0)), is_read.get())
    };
    let ignored = (Heard::Ignored, false);
    assert_eq!(hear(&mut port, false, HOST), ignored);
    for origin in [
        "https://other.example",
        "null",
        "",
        "https://host.example.evil",
        "http://host.example",
    ] {
        assert_eq!(hear(&mut port, true, origin), ignored, "{origin}");
    }
    assert_eq!(hear(&mut port, true, HOST), (Heard::Connected, true));
}

#[test]
fn the_first_who_connects_is_the_one() {
    let mut port = connected();
    assert_eq!(hear(&mut port, CONNECT), refused("connected"));
    let command = r#"{"id":1,"do":"reset"}"#;
    let take = port.take(&|| Some(command.to_owned()), Time(0));
    assert!(matches!(take, Asked::Do(_)), "the first goes on: {take:?}");
}

#[test]
fn words_to_the_window() {
    let check = |text: &str, expected: Heard| {
        assert_eq!(hear(&mut port(), text), expected, "{text}");
    };
    check(r#"{"modelStages":1,"type":"connect"}"#, Heard::Connected);
    check(
        r#"{"modelStages":1,"type":"connect","want":[],"later":{}}"#,
        Heard::Connected,
    );
    check(r#"{"modelStages":2,"type":"connect"}"#, refused("version"));
    check(
        r#"{"modelStages":"1","type":"connect"}"#,
        refused("version"),
    );
    check(r#"{"modelStages":1,"type":"hello"}"#, refused("malformed"));
    check(
        r#"{"modelStages":1,"type":"connect","want":"all"}"#,
        refused("malformed"),
    );
    check(
        r#"{"modelStages":1,"type":"connect","id":7}"#,
        refused("malformed"),
    );
    check(
        r#"{"modelStages":1,"type":"connect","id":"f0"}"#,
        refused("gone"),
    );
    for others in [
        "",
        "null",
        "7",
        "\"modelStages\"",
        "[]",
        "{}",
        r#"{"context":"h5p","action":"hello"}"#,
        "{\"modelStages\":1",
        &format!("{{\"modelStages\":1,\"type\":\"{}\"}}", "x".repeat(LONGEST)),
        &format!("{{\"modelStages\":{}1{}}}", "[".repeat(20), "]".repeat(20)),
    ] {
        check(others, Heard::Ignored);
    }
    for ports in [0, 2] {
        assert_eq!(
            hear_as(&mut port(), true, HOST, ports, CONNECT),
            refused("no-port")
        );
    }
    // What is refused leaves the place free.
    let mut port = port();
    assert_eq!(
        hear_as(&mut port, true, HOST, 0, CONNECT),
        refused("no-port")
    );
    assert_eq!(hear(&mut port, CONNECT), Heard::Connected);
}

#[test]
fn commands_are_read() {
    let check = |text: &str, what: Do| {
        assert_eq!(Command::read(text), Ok(Command { id: 3, what }), "{text}");
    };
    check(
        r#"{"id":3,"do":"run","line":"undo"}"#,
        Do::Run {
            line: "undo".to_owned(),
        },
    );
    check(r#"{"id":3,"do":"reset"}"#, Do::Reset);
    let frame = Frame {
        view: View::Scene,
        options: Options {
            theme: Theme::Dark,
            ..Options::default()
        },
    };
    check(
        r##"{"id":3,"do":"load","address":"#/embed/scene?theme=dark"}"##,
        Do::Load { frame },
    );
    check(
        r#"{"id":3,"do":"goTo","to":"next"}"#,
        Do::GoTo { to: GoTo::Next },
    );
    check(
        r#"{"id":3,"do":"goTo","to":"previous"}"#,
        Do::GoTo { to: GoTo::Previous },
    );
    check(
        r#"{"id":3,"do":"goTo","to":2}"#,
        Do::GoTo { to: GoTo::At(2) },
    );
    check(
        r#"{"id":3,"do":"setTheme","theme":"light"}"#,
        Do::SetTheme {
            theme: Theme::Light,
        },
    );
    check(r#"{"id":3,"do":"getState"}"#, Do::GetState);
    check(r#"{"id":3,"do":"getReceipt"}"#, Do::GetReceipt);
}

#[test]
fn what_is_no_command_is_told() {
    let check = |text: &str, id: Option<u64>, trouble: Trouble| {
        assert_eq!(Command::read(text), Err(Unread { id, trouble }), "{text}");
    };
    for text in [
        "",
        "7",
        "[]",
        "{",
        r#"{"do":"reset"}"#,
        r#"{"id":"3","do":"reset"}"#,
        r#"{"id":-1,"do":"reset"}"#,
        r#"{"id":1.5,"do":"reset"}"#,
        r#"{"id":9007199254740992,"do":"reset"}"#,
        r#"{"id":null,"do":"reset"}"#,
    ] {
        check(text, None, Trouble::Malformed);
    }
    check(
        &format!(r#"{{"id":3,"do":"run","line":"{}"}}"#, "x".repeat(1 << 20)),
        None,
        Trouble::TooLarge,
    );
    check(
        &format!(
            r#"{{"id":3,"do":"run","line":{}{}}}"#,
            "[".repeat(9),
            "]".repeat(9)
        ),
        None,
        Trouble::TooLarge,
    );
    check(
        &format!(r#"{{"id":3,"do":"run","line":[{}]}}"#, "1,".repeat(200)),
        None,
        Trouble::TooLarge,
    );
    check(r#"{"id":3,"do":"fly"}"#, Some(3), Trouble::UnknownCommand);
    check(r#"{"id":3,"do":"Reset"}"#, Some(3), Trouble::UnknownCommand);
    check(r#"{"id":3}"#, Some(3), Trouble::Field("do"));
    check(r#"{"id":3,"do":"run"}"#, Some(3), Trouble::Field("line"));
    check(
        r#"{"id":3,"do":"run","line":7}"#,
        Some(3),
        Trouble::Field("line"),
    );
    check(
        r#"{"id":3,"do":"goTo","to":"last"}"#,
        Some(3),
        Trouble::Field("to"),
    );
    check(
        r#"{"id":3,"do":"goTo","to":-1}"#,
        Some(3),
        Trouble::Field("to"),
    );
    check(
        r#"{"id":3,"do":"setTheme","theme":"blue"}"#,
        Some(3),
        Trouble::Field("theme"),
    );
    check(
        r#"{"id":3,"do":"reset","now":true}"#,
        Some(3),
        Trouble::Field(registry::json::UNKNOWN_FIELD),
    );
    let problem = Problem {
        place: "x".to_owned(),
        wrong: Wrong::View,
    };
    check(
        r#"{"id":3,"do":"load","address":"x"}"#,
        Some(3),
        Trouble::Address(problem),
    );
}

#[test]
fn answers_have_the_number_of_what_was_asked() {
    let port = connected();
    let check = |result: Result<Answer, Trouble>, expected: Value| {
        let answer: Value = serde_json::from_str(&port.answer(7, &result)).expect("JSON");
        assert_eq!(answer, expected);
    };
    check(Ok(Answer::Done), json!({"re": 7, "ok": {}}));
    check(
        Ok(Answer::Printed("a\n\"b\"".to_owned())),
        json!({"re": 7, "ok": {"printed": "a\n\"b\""}}),
    );
    check(
        Ok(Answer::Receipt("ms1.x".to_owned())),
        json!({"re": 7, "ok": {"receipt": "ms1.x"}}),
    );
    let state = State {
        address: "#/embed/registry?start=ms1.x".to_owned(),
        at: 2,
        of: 5,
        completed: false,
        versions: vec![Placed {
            model: "m".to_owned(),
            version: 3,
            stage: Stage::Production,
        }],
    };
    check(
        Ok(Answer::State(state)),
        json!({"re": 7, "ok": {
            "address": "#/embed/registry?start=ms1.x", "at": 2, "of": 5, "completed": false,
            "versions": [{"model": "m", "version": 3, "stage": "Production"}],
        }}),
    );
    check(
        Err(Trouble::NotHere),
        json!({"re": 7, "error": {"code": "not-here", "message": "about not-here"}}),
    );
}

#[test]
fn what_cannot_be_read_is_answered() {
    let mut port = connected();
    let mut tell = |text: &str, expected: Value| {
        let Asked::Tell(answer) = port.take(&|| Some(text.to_owned()), Time(0)) else {
            panic!("{text} is answered");
        };
        let answer: Value = serde_json::from_str(&answer).expect("JSON");
        assert_eq!(answer, expected, "{text}");
    };
    let error = |code: &str| json!({"code": code, "message": format!("about {code}")});
    tell("{}", json!({"re": null, "error": error("malformed")}));
    tell(
        r#"{"id":4,"do":"fly"}"#,
        json!({"re": 4, "error": error("unknown-command")}),
    );
    tell(
        &"x".repeat(1 << 20),
        json!({"re": null, "error": error("too-large")}),
    );
    // What has no JSON, such as a picture or a circle of objects, is no command.
    let Asked::Tell(answer) = port.take(&|| None, Time(0)) else {
        panic!("it is answered");
    };
    assert!(answer.contains("malformed"), "{answer}");
}

#[test]
fn before_somebody_is_connected_nothing_is_read_and_nothing_told() {
    let mut port = port();
    let take = port.take(&|| panic!("it is not read"), Time(0));
    assert_eq!(take, Asked::Ignored);
    let event = Event::Refused {
        says: "no".to_owned(),
    };
    assert_eq!(port.tell(&event, Time(0), "https://app.example/#/"), None);
}

#[test]
fn a_flood_is_read_up_to_its_limit_and_told_once_a_second() {
    let mut port = connected();
    let text = || Some(r#"{"id":1,"do":"getState"}"#.to_owned());
    for second in [0, 1_000, 2_500] {
        let (mut done, mut told, mut ignored) = (0, 0, 0);
        for n in 0..1_000 {
            match port.take(&text, Time(second + n * 9 / 10)) {
                Asked::Do(_) => done += 1,
                Asked::Tell(answer) => {
                    assert!(answer.contains(r#""code":"too-many""#), "{answer}");
                    told += 1;
                }
                Asked::Ignored => ignored += 1,
            }
        }
        assert_eq!(
            (done, told, ignored),
            (PER_SECOND, 1, 1_000 - PER_SECOND - 1)
        );
    }
    // A clock that was set back does not close the port for ever.
    assert!(matches!(port.take(&text, Time(0)), Asked::Do(_)));
}

#[test]
fn a_flood_to_the_window_is_not_read_and_does_not_slow_the_port() {
    let mut port = connected();
    let reads = Cell::new(0);
    for _ in 0..10_000 {
        let letter = Letter {
            is_from_parent: true,
            origin: HOST,
            ports: 1,
            text: &|| {
                reads.set(reads.get() + 1);
                Some(CONNECT.to_owned())
            },
        };
        let heard = port.hear(&letter, Time(5));
        assert_ne!(heard, Heard::Connected);
    }
    assert!(reads.get() < PER_SECOND, "{}", reads.get());
    let take = port.take(&|| Some(r#"{"id":1,"do":"reset"}"#.to_owned()), Time(5));
    assert!(matches!(take, Asked::Do(_)));
}

#[test]
fn events_are_numbered_and_have_statements_beside() {
    let mut port = connected();
    let mut tell = |event: &Event, at: u64| -> Value {
        let message = port.tell(event, Time(at), "https://app.example/#/practice/a");
        serde_json::from_str(&message.expect("it is wanted")).expect("JSON")
    };
    let answered = Event::Answered {
        question: "a".to_owned(),
        given: vec!["x".to_owned(), "y".to_owned()],
        right: false,
    };
    let object = json!({"id": "https://app.example/#/practice/a"});
    let verb = |name: &str| json!({"id": format!("http://adlnet.gov/expapi/verbs/{name}")});
    assert_eq!(
        tell(&answered, 10),
        json!({
            "type": "answered", "n": 1, "at": 10, "question": "a", "given": ["x", "y"], "right": false,
            "xapi": {"verb": verb("answered"), "object": object, "result": {"success": false, "response": "x[,]y"}},
        })
    );
    let moved = Event::Moved {
        model: "m".to_owned(),
        version: 2,
        from: Stage::None,
        to: Stage::Staging,
    };
    assert_eq!(
        tell(&moved, 11),
        json!({
            "type": "moved", "n": 2, "at": 11, "model": "m", "version": 2, "from": "None", "to": "Staging",
            "xapi": {"verb": verb("interacted"), "object": object},
        })
    );
    let refused = Event::Refused {
        says: "No.".to_owned(),
    };
    assert_eq!(
        tell(&refused, 12),
        json!({
            "type": "refused", "n": 3, "at": 12, "says": "No.",
            "xapi": {"verb": verb("attempted"), "object": object, "result": {"success": false}},
        })
    );
    let solved = Event::Solved {
        exercise: "e".to_owned(),
        steps: 3,
        fewest: None,
        receipt: Some("ms1.x".to_owned()),
    };
    assert_eq!(
        tell(&solved, 13),
        json!({
            "type": "solved", "n": 4, "at": 13, "exercise": "e", "steps": 3, "receipt": "ms1.x",
            "xapi": {"verb": verb("passed"), "object": object, "result": {"success": true}},
        })
    );
    assert_eq!(
        tell(&Event::Completed { right: 1, of: 2 }, 14),
        json!({
            "type": "completed", "n": 5, "at": 14, "right": 1, "of": 2,
            "xapi": {
                "verb": verb("completed"), "object": object,
                "result": {"completion": true, "score": {"raw": 1, "min": 0, "max": 2}},
            },
        })
    );
}

#[test]
fn keys_are_only_told_where_they_are_asked_for() {
    let key = Event::Key {
        key: "PageDown".to_owned(),
    };
    assert_eq!(connected().tell(&key, Time(1), "a"), None);
    let mut port = port();
    let connect = r#"{"modelStages":1,"type":"connect","want":["key"]}"#;
    assert_eq!(hear(&mut port, connect), Heard::Connected);
    let told = port.tell(&key, Time(2), "a");
    assert_eq!(
        told.as_deref(),
        Some(r#"{"type":"key","n":1,"at":2,"key":"PageDown"}"#)
    );
}

#[test]
fn only_what_is_wanted_is_told() {
    let mut port = port();
    let connect = r#"{"modelStages":1,"type":"connect","want":["completed","dreamed"]}"#;
    assert_eq!(hear(&mut port, connect), Heard::Connected);
    let refused = Event::Refused {
        says: "No.".to_owned(),
    };
    assert_eq!(port.tell(&refused, Time(1), "a"), None);
    let completed = port.tell(&Event::Completed { right: 1, of: 1 }, Time(2), "a");
    assert!(completed.is_some_and(|it| it.starts_with(r#"{"type":"completed","n":1,"#)));
}

/// These stand in the pages of others: none is ever renamed.
#[test]
fn the_names_of_the_contract_stay() {
    assert_eq!(
        Ask::ALL.map(Ask::as_str).join(" "),
        "run reset load goTo setTheme getState getReceipt"
    );
    assert_eq!(
        EventName::ALL.map(EventName::as_str).join(" "),
        "answered moved refused solved completed key"
    );
    assert_eq!(
        Code::ALL.map(Code::as_str).join(" "),
        "malformed too-large too-many unknown-command bad-field bad-address not-here refused no-receipt"
    );
    assert_eq!(
        Kind::ALL.map(Kind::as_str).join(" "),
        "question questions step exercise exercise/new scene registry diagram console"
    );
}

proptest! {
    #[test]
    fn no_message_breaks_the_port(text in ".*", id in any::<u64>(), name in "[a-zA-Z]{0,12}", field in ".*") {
        let mut port = port();
        let _ = hear(&mut port, &text);
        let _ = hear(&mut port, &json!({"modelStages": id, "type": name, "want": [field]}).to_string());
        let mut port = connected();
        for text in [text, json!({"id": id, "do": name, "line": field, "to": field, "address": field}).to_string()] {
            if let Asked::Tell(answer) = port.take(&|| Some(text.clone()), Time(1)) {
                prop_assert!(serde_json::from_str::<Value>(&answer).is_ok());
            }
        }
    }
}
