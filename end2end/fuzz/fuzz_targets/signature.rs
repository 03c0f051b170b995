#![no_main]
//! See `fuzz::signature`.

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::signature(data));
