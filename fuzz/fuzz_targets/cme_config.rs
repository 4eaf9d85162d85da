//! See `cme_config` in `fuzz/src/entries/mod.rs`.
#![no_main]

vpn_phone_doctor_fuzz::target!("cme_config");
