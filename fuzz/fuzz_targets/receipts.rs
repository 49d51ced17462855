//! Any text at all is pasted as receipts: what is found in it is read and run, or refused with its reason. It is read as one
//! receipt too, and as a record: what is read prints as it was.
#![no_main]

use test_support::pasted;
use test_support::taken_in;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    pasted::is_total(text);
    taken_in::is_a_receipt_or_none(text);
    taken_in::is_a_record_or_none(text);
});
