#![no_main]
//! See `fuzz::webhook`.

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::webhook(data));
