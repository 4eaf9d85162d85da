//! The formats that are understood: each recognises its inputs by content and reads them.
//!
//! A format is *whole* (it gets all its bytes) or *streamed* (it gets chunks and keeps only what it recognised).
//! Reading never fails and never panics: a format returns what it understood plus notes. One format never uses
//! another: a certificate's bytes it hands back in [`Parsed`], and an input that it holds (a session's command, an
//! archive's member) it gives to a [`Sink`] while it reads; `intake` reads both in turn.

use serde::{Deserialize, Serialize};

use crate::input::{InputState, Kind, Note};
use crate::limits::Limits;
use crate::lines::{Decoded, Line};
use crate::source::{At, LineRun};
use crate::text::Text;

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
pub mod ios_config;
pub mod keystore;
pub mod pem;
pub mod phone_config;
pub mod phone_log;
pub mod phone_status;
pub mod pkcs7;
pub mod signed_file;
pub mod terminal;
pub mod trust_list;
pub mod x509;

/// Every format, in the order in which equal claims are settled.
pub const ALL: &[Format] = &[
    earlier_report::FORMAT,
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

/// One format.
pub struct Format {
    /// Its name in messages to developers.
    pub name: &'static str,
    /// Whether an input is of this format, and why.
    pub recognise: fn(&Sample<'_>) -> Option<Claim>,
    /// How it is read.
    pub read: How,
}

/// How a format takes its bytes.
pub enum How {
    /// All at once.
    Whole(fn(&Sample<'_>, &Limits) -> Parsed),
    /// All at once, and inputs inside are handed out meanwhile.
    Holder(fn(&Sample<'_>, &Limits, &mut dyn Sink) -> Parsed),
    /// In chunks of any size.
    Streamed(fn(&Limits) -> Box<dyn Stream>),
    /// In chunks of any size, and inputs inside are handed out meanwhile. The sample is the head; it comes again in the
    /// chunks.
    Unpacked(fn(&Sample<'_>, &Limits) -> Box<dyn Unpack>),
}

/// A streamed reader. It keeps what it recognised, never the text.
pub trait Stream {
    /// Takes the next chunk.
    fn push(&mut self, chunk: &[u8]);
    /// Takes the next line of a text from which something was taken off; chunks and lines are never mixed.
    fn line(&mut self, line: Line<'_>);
    /// All chunks were given.
    fn finish(self: Box<Self>) -> Parsed;
}

/// A reader that hands out what its input holds while the input comes.
pub trait Unpack {
    /// Takes the next chunk.
    fn push(&mut self, chunk: &[u8], sink: &mut dyn Sink);
    /// False where further chunks would change nothing.
    fn wants_more(&self) -> bool;
    /// All chunks were given, or no more are wanted.
    fn finish(self: Box<Self>, sink: &mut dyn Sink) -> Parsed;
}

/// Where inputs inside an input go. One is open at a time, and is read while its bytes come.
pub trait Sink {
    /// Opens the next one. False where nobody reads it: too many, too deep. Its bytes need not be given then.
    fn open(&mut self, member: Member) -> bool;
    /// Gives bytes of the open one; false where no more of it are wanted.
    fn push(&mut self, bytes: &[u8]) -> bool;
    /// Says something of the open one that only its holder knows: it is damaged, or nothing of it can be had.
    fn say(&mut self, note: Note, loss: Loss);
    /// All bytes of the open one were given.
    fn close(&mut self);
    /// Counts bytes that were unpacked, of whatever member; false where no more may be.
    fn unpacked(&mut self, bytes: u64) -> bool;
    /// False where nothing more is wanted of what the holder holds.
    fn wants_more(&self) -> bool;
}

/// What a holder's note means for an input inside: how much of it cannot be had.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Loss {
    /// Nothing: it is a remark.
    #[default]
    Nothing,
    /// Some of it, or some of it may be wrong.
    Part,
    /// All of it.
    Everything,
}

/// Hands out an input whose bytes are all there.
pub fn hand_out(sink: &mut dyn Sink, member: Member, bytes: &[u8]) {
    if sink.open(Member { bytes: Some(bytes.len() as u64), ..member }) {
        sink.push(bytes);
        sink.close();
    }
}

/// What a format sees of an input. For recognition of a long stream this is only its head.
pub struct Sample<'a> {
    /// The input's name; a weak hint at most.
    pub name: &'a str,
    /// The command that printed it, where it was cut from a recorded session.
    pub command: Option<&'a str>,
    /// The bytes.
    pub bytes: &'a [u8],
    /// The same as text. Empty where the bytes are binary.
    pub text: &'a Decoded,
    /// The bytes are the whole input.
    pub complete: bool,
}

/// A format's claim to an input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// What it would be listed as.
    pub kind: Kind,
    /// 0-100. Guide: 100 magic bytes, 90 an unmistakable line, 60 several typical lines, 30 one typical word.
    pub strength: u8,
    /// Why, for people, with the line that tells: `"902: NOT … VPNC:" in line 1`.
    pub because: Text,
    /// Whether other formats may read the same input too: an e-mail can hold a log, a certificate and a fragment
    /// of XML.
    pub share: Share,
}

/// Whether an input belongs to one format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Share {
    /// Only the strongest claim reads.
    Alone,
    /// Everyone with a claim reads.
    Mixed,
}

/// What a reader understood.
#[derive(Debug, Default)]
pub struct Parsed {
    /// Documents of this input.
    pub documents: Vec<Content>,
    /// Certificates found in it, as DER bytes; they belong to the same input.
    pub certificates: Vec<Der>,
    /// What the reader has to say.
    pub notes: Vec<Note>,
    /// How far it was read.
    pub state: InputState,
    /// A better kind than the claim's, where only reading could tell.
    pub kind: Option<Kind>,
    /// Lines, where the format streams and so counts them itself.
    pub lines: Option<u32>,
}

impl Parsed {
    /// Read to the end, nothing to say.
    pub fn read(documents: Vec<Content>) -> Self {
        Self { documents, state: InputState::Read, ..Self::default() }
    }

    /// Nothing can be had from it, and why.
    pub fn refused(note: Note) -> Self {
        Self { notes: vec![note], state: InputState::Refused, ..Self::default() }
    }
}

/// A certificate's bytes inside an input.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Der {
    /// DER, maybe with bytes after it.
    pub bytes: Vec<u8>,
    /// Where it begins: the `-----BEGIN` line, the `certificate …` line of a chain, or a byte.
    pub at: At,
    /// What holds it.
    pub holder: Holder,
}

/// What holds a certificate.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Holder {
    /// A file of its own, or a PEM block or PKCS#7 bundle.
    #[default]
    File,
    /// The output of a program that made a TLS handshake: a server showed it.
    Handshake {
        /// The host that was asked for; empty where it is not known.
        server: String,
        /// 0 is the server's own, 1 its issuer's.
        depth: u32,
    },
    /// A trust-point's chain in a configuration.
    Trustpoint {
        /// The trust-point's name.
        name: String,
        /// It stands there as a CA certificate (`certificate ca …`), not as the identity.
        ca: bool,
    },
    /// A record of a trust list.
    TrustList {
        /// The record's role, for example `CCM+TFTP`.
        role: String,
    },
}

/// An input inside an input, as its holder knows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Member {
    /// A member's name, or the command of a session.
    pub name: String,
    /// The command, where it is one.
    pub command: Option<String>,
    /// How many bytes it has, where that is known before they come.
    pub bytes: Option<u64>,
    /// Its lines as lines of the holder; empty where they stand in no line of it.
    pub lines: Vec<LineRun>,
}

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
    Certificate(Box<x509::Certificate>),
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
