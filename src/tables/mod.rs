//! Facts of the outside world, a row each with its source.

pub mod aaa_reasons;
pub mod asa_ciphers;
pub mod asa_defaults;
pub mod cipher_suites;
pub mod code_page_437;
pub mod deregistration_reasons;
pub mod disconnect_reasons;
pub mod firmware_bugs;
pub mod foreign_files;
pub mod instructions;
pub mod packings;
pub mod phone_cipher_numbers;
pub mod phone_families;
pub mod phone_log_meanings;
pub mod phone_models;
pub mod phone_names;
pub mod phone_ports;
pub mod phone_status_messages;
pub mod phone_vpn_ranges;
pub mod policy_attributes;
pub mod syslog_ids;
pub mod syslog_meanings;
pub mod syslog_texts;
pub mod tls_alerts;
pub mod tls_reasons;
pub mod tls_versions;
