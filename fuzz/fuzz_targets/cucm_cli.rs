//! See `cucm_cli` in `fuzz/src/entries/mod.rs`.
#![no_main]

vpn_phone_doctor_fuzz::target!("cucm_cli");
