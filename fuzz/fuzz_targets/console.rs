//! Any text at all is entered into the console: it is answered, what is marked lies in it, and its colours cover it.
#![no_main]

use test_support::total;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    total::is_total(text);
});
