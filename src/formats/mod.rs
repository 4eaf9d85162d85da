//! The formats that are understood: each recognises its inputs by content and reads them.
//!
//! A format is *whole* (it gets all its bytes) or *streamed* (it gets chunks and keeps only what it recognised).
//! Reading never fails and never panics: a format returns what it understood plus notes. One format never uses
//! another: a certificate's bytes it hands back in [`Parsed`], and an input that it holds (a session's command, an
//! archive's member) it gives to a [`Sink`] while it reads; `intake` reads both in turn.

use crate::input::Kind;

pub mod archive;
pub mod asa_certificates;
pub mod asa_config;
pub mod asa_debug;
pub mod asa_pools;
pub mod asa_sessions;
pub mod asa_show;
pub mod asa_ssl;
pub mod asa_syslog;
pub mod asa_version;
pub mod capture;
pub mod cme_config;
pub mod cucm_cli;
pub mod earlier_report;
pub mod foreign;
pub mod format;
pub mod ios_config;
pub mod keystore;
pub mod pem;
pub mod phone_config;
pub mod phone_log;
pub mod phone_status;
pub mod pkcs7;
pub mod sifted;
pub mod signed_file;
pub mod terminal;
pub mod trust_list;
pub mod x509;

pub use format::{
    Claim, Der, Format, How, Loss, Member, Parsed, Sample, Share, Sink, Stream, Unpack, hand_out,
};

/// Every format, in the order in which equal claims are settled.
pub const ALL: &[Format] = &[
    earlier_report::FORMAT,
    sifted::FORMAT,
    keystore::FORMAT,
    x509::FORMAT,
    pkcs7::FORMAT,
    signed_file::FORMAT,
    trust_list::FORMAT,
    capture::FORMAT,
    archive::FORMAT,
    terminal::FORMAT,
    phone_config::FORMAT,
    pem::FORMAT,
    phone_status::FORMAT,
    asa_certificates::FORMAT,
    asa_sessions::FORMAT,
    asa_version::FORMAT,
    asa_pools::FORMAT,
    asa_syslog::FORMAT,
    phone_log::FORMAT,
    asa_debug::FORMAT,
    asa_config::FORMAT,
    asa_ssl::FORMAT,
    asa_show::FORMAT,
    cucm_cli::FORMAT,
    cme_config::FORMAT,
    ios_config::FORMAT,
];

/// The format that reads a kind which a person may name ([`Kind::SAYABLE`]).
pub fn of_kind(kind: Kind) -> Option<&'static Format> {
    Some(match kind {
        Kind::AsaCertificates => &asa_certificates::FORMAT,
        Kind::AsaConfig => &asa_config::FORMAT,
        Kind::AsaSyslog => &asa_syslog::FORMAT,
        Kind::Certificate => &pem::FORMAT,
        Kind::PhoneConfig => &phone_config::FORMAT,
        Kind::PhoneLog => &phone_log::FORMAT,
        Kind::Terminal => &terminal::FORMAT,
        _ => return None,
    })
}
