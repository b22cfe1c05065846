//! `src/plugin.rs`, fed by libFuzzer.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    oauthprovider_fuzz::plugin::is_good(data);
});
