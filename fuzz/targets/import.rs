//! `src/import.rs`, fed by libFuzzer.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    oauthprovider_fuzz::import::is_good(data);
});
