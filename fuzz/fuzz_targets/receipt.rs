//! Any text at all is checked as a receipt, and read as a record: what is read prints as it was.
#![no_main]

#[path = "../../tests/common/taken_in.rs"]
mod taken_in;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    taken_in::is_a_receipt_or_none(text);
    taken_in::is_a_record_or_none(text);
});
