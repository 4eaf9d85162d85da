//! What a phone's console log tells: its records in the field's words.
//!
//! ```text
//! 913: ERR 10:19:27.422295 VPNC: alert_err: SSL write alert: code 48, unknown CA      the phone sends alert 48
//! 928: ERR 10:19:27.432467 VPNC: protocol_handler: login failed                       the login failed
//! ```
//! Wordings that the format leaves as they are, such as the steps of OpenSSL and the states of a login, are known here.
//!
//! Quirks: the phone speaks of itself, so no observation names anybody.
//!
//! Sources: Cisco document 116162, log of the phone; OpenSSL's `SSL_state_string_long` for the steps; Cisco 213407,
//! 200850 and 215014 for files and registration.

use super::{
    By, FileTrouble, Log, LoginAttempt, LoginOutcome, LoginState, Observation, ReportedReason, Trouble, What,
    phone_status,
};
use crate::documents::phone_log::{Outcome, PhoneEvent, PhoneLog, PhoneMessage};

/// The log's events.
pub(super) fn log(log: &PhoneLog, input: u32) -> Log<'_> {
    let attempts = log.attempts.iter().map(|attempt| LoginAttempt {
        first: attempt.first as usize,
        last: attempt.last as usize,
        outcome: match attempt.outcome {
            Outcome::Failed => LoginOutcome::Failed,
            Outcome::Connected => LoginOutcome::Connected,
            Outcome::Open => LoginOutcome::Open,
        },
    });
    // One observation for each record, so that the attempts' places hold.
    let observations = log.events.iter().map(|event| observation(event, input)).collect();
    Log {
        phone: log.device.as_ref(),
        attempts: attempts.collect(),
        past: log.past as usize,
        lines: log.lines,
        times: (
            log.events.iter().find_map(|event| event.stamp),
            log.events.iter().rev().find_map(|event| event.stamp),
        ),
        is_cut: log.events_dropped > 0,
        ..Log::new(By::PhoneLog, input, observations)
    }
}

fn observation(event: &PhoneEvent, input: u32) -> Observation<'_> {
    Observation {
        stamp: event.stamp,
        day: event.day,
        ..Observation::new(By::PhoneLog, input, &event.at, what(&event.message))
    }
}

/// The handshake and the login.
fn what(message: &PhoneMessage) -> What<'_> {
    use PhoneMessage as M;
    match message {
        M::HandshakeStep { channel, step } if step.starts_with("before") => {
            What::HandshakeStarted { channel: *channel, protocol: "" }
        }
        M::HandshakeStep { channel, step } if step.contains("read server hello") => {
            What::HelloAnswered { channel: *channel }
        }
        M::HandshakeStep { step, .. } if step.contains("negotiation finished") => {
            What::HandshakeDone { protocol: "" }
        }
        M::HandshakeStep { .. } => What::HandshakeGoesOn,
        M::PeerSubject { depth, subject } => What::ServerCertificate { depth: *depth, subject },
        M::VerifyCode { code, .. } => What::VerifyCode { code: *code },
        M::LeafHash { sha1 } => What::ServerCertificateHash { sha1 },
        M::IssuerFileMissing => What::IssuerNotSent,
        M::ChainNotTrusted => What::ChainNotTrusted,
        M::Alert { channel, sender, code, text } => {
            What::Alert { channel: *channel, sender: *sender, code: *code, text }
        }
        M::SslError { channel, text } => What::LibraryError { channel: *channel, function: "", reason: text },
        M::SslSetupFailed { channel } => What::HandshakeFailed { channel: *channel },
        M::WildcardCheck => What::WildcardChecked,
        M::WildcardRefused { host, name } => What::WildcardRefused { host, name },
        M::HostNotInAlternativeNames => What::HostNotInAlternativeNames,
        M::HostNotInSubject => What::HostNotInSubject,
        M::HostIdCheckFailed => What::HostNameRefused,
        M::LoginResponse => What::LoginAnswered,
        M::HttpStatus { code, .. } => What::HttpStatus { code: *code },
        M::Location { .. } => What::Location,
        M::RedirectUrl { url } => What::Redirected { url },
        M::LoginState { from, to } => What::LoginStateChanged { from, to, now: state(to) },
        M::NotifyType { .. } => What::EndReported,
        M::NotifyCode { code, name } => What::ReasonReported { code: *code, name, reason: reported(*code) },
        M::LoginFailed => What::LoginFailed,
        M::DeadPeerDetection { seconds } => What::TunnelParameters { seconds: *seconds },
        M::Connecting { channel, peer } => What::Connecting { channel: *channel, peer },
        M::ConnectFailed { channel, text } => What::ConnectFailed { channel: *channel, text },
        M::CipherList { channel, ciphers } => What::SuitesOffered { channel: *channel, suites: ciphers },
        M::OldSessionCipher => What::OtherSessionSuite,
        M::DtlsFailed => What::DtlsFailed,
        M::Stopped => What::ClientStopped,
        M::Active { to, .. } => What::ClientActive { active: !to.starts_with("de-") },
        M::NameNotResolved { text } => What::NameNotResolved { text },
        M::ClientCertificate { kind, .. } => What::ClientCertificateChosen { kind },
        M::CertificateSubject { subject } => What::ClientCertificateSubject { subject },
        M::CertificateIssuer { issuer } => What::ClientCertificateIssuer { issuer },
        _ => after_tunnel(message),
    }
}

/// Files, trust lists and registration.
fn after_tunnel(message: &PhoneMessage) -> What<'_> {
    use PhoneMessage as M;
    match message {
        M::FileRequest { file, .. } => What::FileRequested { file },
        M::FileStatus { status: ARRIVED } => What::FileArrived,
        M::FileServer { server } => What::FileServer { server },
        M::FileFailed { text } => {
            let trouble = trouble_in(text);
            // Who got no answer says so of a server, not of a file.
            let file = if trouble == FileTrouble::TimedOut { "" } else { phone_status::file_in(text) };
            What::FileFailed { trouble, file, text }
        }
        M::DhcpTftpServer { number, server } => What::TftpServerGiven { number: *number, server },
        M::TrustListUpdated => What::TrustListTaken,
        M::TrustListRefused { text } => What::TrustListRefused { text },
        M::NotInTrustList { .. } => What::NotInTrustList,
        M::TrustVerified { status } => What::TrustVerified { status: *status },
        M::CapfFailed { .. } => What::CapfFailed,
        M::CapfDone => What::CapfDone,
        M::Registered => What::Registered,
        M::CallControlConnectFailed { server, .. } | M::CallControlNotConnected { server } => {
            What::CallControlUnreachable { server }
        }
        M::RegistrationFailed => What::RegistrationFailed,
        M::Deregistered { code, name } => What::OutOfService { code: *code, name },
        M::OutOfService { parameters } => {
            let troubles = parameters.iter().filter_map(|(name, value)| phone_status::trouble(name, value));
            What::Alarm { troubles: troubles.collect::<Vec<Trouble>>() }
        }
        M::Pushed { push } => What::Pushed { push: *push },
        _ => What::Other,
    }
}

/// `3 (LoginFailed)`, `2 (LoggedIn)`.
fn state(to: &str) -> LoginState {
    if to.to_ascii_lowercase().contains("fail") {
        LoginState::Failed
    } else if to.contains("LoggedIn") {
        LoginState::LoggedIn
    } else {
        LoginState::Other
    }
}

fn reported(code: u32) -> ReportedReason {
    if code == SERVER_CERTIFICATE { ReportedReason::ServerCertificate } else { ReportedReason::Other }
}

fn trouble_in(text: &str) -> FileTrouble {
    let lower = text.to_ascii_lowercase();
    if lower.contains("not found") {
        FileTrouble::NotFound
    } else if lower.contains("timeout") || lower.contains("timed out") {
        FileTrouble::TimedOut
    } else {
        FileTrouble::Error
    }
}

/// `notify code: 37 [SslAlertSrvrCert]`.
const SERVER_CERTIFICATE: u32 = 37;
/// The status that stands where a file arrived; others are not published.
const ARRIVED: u32 = 100;
