//! See `asa_show` in `fuzz/src/entries/mod.rs`.
#![no_main]

vpn_phone_doctor_fuzz::target!("asa_show");
