#![no_main]
//! See `fuzz::replay`.

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::replay(data));
