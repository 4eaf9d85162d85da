//! What readers understood, as data: one type a format, and what holds a certificate.
//!
//! Readers (`formats`) fill these types and facts read them, so neither needs the other. They cross the worker border
//! as they are.

use serde::{Deserialize, Serialize};

pub mod archive;
pub mod asa_certificates;
pub mod asa_config;
pub mod asa_debug;
pub mod asa_pools;
pub mod asa_sessions;
pub mod asa_ssl;
pub mod asa_syslog;
pub mod asa_version;
pub mod capture;
pub mod certificate;
pub mod cme_config;
pub mod cucm_cli;
pub mod earlier_report;
pub mod foreign;
pub mod ios_config;
pub mod phone_config;
pub mod phone_log;
pub mod phone_status;
pub mod signed_file;
pub mod trust_list;

pub use certificate::Holder;

/// What a document holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Content {
    /// The members of an archive, where they were asked for.
    Archive(archive::Listing),
    /// `show crypto ca certificates`.
    AsaCertificates(asa_certificates::AsaCertificates),
    /// An ASA configuration.
    AsaConfig(Box<asa_config::AsaConfig>),
    /// `debug webvpn anyconnect`.
    AsaDebug(asa_debug::AsaDebug),
    /// `show ip local pool`.
    AsaPools(asa_pools::AsaPools),
    /// `show vpn-sessiondb`.
    AsaSessions(asa_sessions::AsaSessions),
    /// `show ssl`.
    AsaSsl(Box<asa_ssl::AsaSsl>),
    /// ASA syslog.
    AsaSyslog(asa_syslog::AsaSyslog),
    /// `show version`.
    AsaVersion(Box<asa_version::AsaVersion>),
    /// A packet capture.
    Capture(Box<capture::CaptureFile>),
    /// A certificate.
    Certificate(Box<certificate::Certificate>),
    /// CME configuration.
    CmeConfig(cme_config::CmeConfig),
    /// CUCM command line.
    CucmCli(cucm_cli::CucmCli),
    /// A report that was saved earlier.
    EarlierReport(earlier_report::EarlierReport),
    /// What an input seems to be that no format reads.
    Foreign(foreign::Foreign),
    /// The SSL VPN of an IOS router.
    IosConfig(ios_config::IosConfig),
    /// A phone's configuration.
    PhoneConfig(Box<phone_config::PhoneConfig>),
    /// A phone's console log.
    PhoneLog(phone_log::PhoneLog),
    /// A phone's status messages.
    PhoneStatus(phone_status::PhoneStatus),
    /// The signature header around a phone's file.
    SignedFile(signed_file::SignedFile),
    /// ITL or CTL.
    TrustList(trust_list::TrustList),
}
