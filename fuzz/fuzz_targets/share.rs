//! Any text at all is opened as a link to a registry or to an exercise, with its letters and without them: what is taken is printed again and read as the same.
#![no_main]

use test_support::taken_in;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    taken_in::is_a_link_or_none(text);
    taken_in::is_a_whole_or_none(text);
    taken_in::is_a_task_or_none(text);
});
