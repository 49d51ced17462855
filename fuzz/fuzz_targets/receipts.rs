//! Any text at all is pasted as receipts: what is found in it is read and run, or refused with its reason.
#![no_main]

#[path = "../../tests/common/pasted.rs"]
mod pasted;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    pasted::is_total(text);
});
