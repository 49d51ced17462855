//! Any text at all is the address of a frame, and what a page says to it: each line is a message to the window, then to the port. What is
//! taken is printed again and read as the same; whatever is answered is JSON.
#![no_main]

use embed::message::Trouble;
use embed::port::{Asked, Heard, Letter};
use embed::{Frame, Port};
use libfuzzer_sys::fuzz_target;
use registry::{Time, json};
use text::Language;

fuzz_target!(|text: &str| {
    if let Ok(frame) = Frame::parse(text) {
        assert_eq!(Frame::parse(&frame.to_string()), Ok(frame), "{text}");
    }
    let words = |trouble: &Trouble| text::embed::trouble(Language::English, trouble);
    let mut port = Port::new(None, "a".to_owned(), words);
    let hear = |port: &mut Port, text: &str, ports| {
        let letter = Letter {
            is_from_parent: true,
            origin: "https://host.example",
            ports,
            text: &|| Some(text.to_owned()),
        };
        if let Heard::Refused(answer) = port.hear(&letter, Time(0)) {
            assert!(json::parse(&answer).is_ok(), "{answer}");
        }
    };
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    hear(&mut port, first, first.len() % 3);
    hear(&mut port, r#"{"modelStages":1,"type":"connect"}"#, 1);
    for (line, now) in rest.lines().zip(0..) {
        match port.take(&|| Some(line.to_owned()), Time(now)) {
            Asked::Tell(answer) => assert!(json::parse(&answer).is_ok(), "{answer}"),
            Asked::Do(command) => {
                let answer = port.answer(command.id, &Err(Trouble::NotHere));
                assert!(json::parse(&answer).is_ok(), "{answer}");
            }
            Asked::Ignored => {}
        }
    }
});
