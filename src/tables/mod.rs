//! Facts of the outside world, a row each with its source.

pub mod asa_ciphers;
pub mod phone_families;
pub mod phone_vpn_ranges;
pub mod syslog_ids;
pub mod tls_alerts;
