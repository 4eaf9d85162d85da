//! Facts of the outside world, a row each with its source.

pub mod phone_families;
pub mod tls_alerts;
