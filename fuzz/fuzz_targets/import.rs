//! Any text at all is chosen as a file: what is taken is written again and read as the same.
#![no_main]

use test_support::taken_in;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    taken_in::is_a_file_or_none(text);
});
