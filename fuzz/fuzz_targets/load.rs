//! Any lines at all are a store, a key and a value to each: the app opens it, and opens it again as it was left.
#![no_main]

use test_support::taken_in;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    taken_in::is_loaded(text);
});
