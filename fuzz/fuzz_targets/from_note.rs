#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| cordial_fuzz::from_note(text));
