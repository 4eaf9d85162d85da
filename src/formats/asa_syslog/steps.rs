//! What a message means for a phone's attempt to connect: passed, failed, connected, ended.
//!
//! ```text
//! 113024 user from certificate → 113004 AAA → 716038 accepted → 734001 access policy → 113039 parent session
//! → 722051 address → 722033 TCP → 722033 UDP → 113019 the end and its reason
//! ```
//! Any of them may be missing, because of the log's level or of the release.
//!
//! Sources: Cisco document 116162; the ASA syslog guide. The order of the middle part is put together from several
//! captures.

use std::borrow::{Borrow, Cow};
use std::ops::Deref;

use super::phrase::split_phrase;
use super::{AddressOutcome, TransportStep};
use crate::documents::asa_syslog::AsaMessage;
use crate::event::attempt::order::{
    AAA, ACCESS, ADDRESS, CERTIFICATE, LIMITS, LOGIN, PARENT, POSTURE, TUNNEL,
};
use crate::event::attempt::{Step, is_loss};
use crate::stage::Stage;

/// The step that a message with a session is.
pub fn step<'a, S>(id: u32, message: &'a AsaMessage<S>, text: &str) -> Step<'a>
where
    S: Deref<Target = str> + Borrow<str>,
{
    use AsaMessage as M;
    let failed = |stage, words: &'a str, order| Step::Failed { stage, words: Cow::Borrowed(words), order };
    match message {
        M::UserFromCertificate { .. } => Step::Passed { stage: Stage::Trust, order: CERTIFICATE },
        M::UserNotInCertificate { reason, .. } => failed(Stage::Login, reason, CERTIFICATE),
        M::AaaAccepted { .. } if split_phrase(text, "accounting").is_none() => {
            Step::Passed { stage: Stage::Trust, order: AAA }
        }
        M::AaaRejected { reason, .. } | M::AaaServerFailed { reason, .. } => {
            failed(Stage::Login, reason, AAA)
        }
        M::AaaChallenge { .. } | M::UserLockedOut { .. } => failed(Stage::Login, "", AAA),
        M::LoginAccepted { .. } => Step::Passed { stage: Stage::Login, order: LOGIN },
        M::LoginRejected { .. } => failed(Stage::Login, "", LOGIN),
        M::Posture { .. } if matches!(id, 724_001 | 724_002) => failed(Stage::Posture, "", POSTURE),
        M::DapSelected { .. } => Step::Passed { stage: Stage::Posture, order: ACCESS },
        M::DapTerminated { records, .. } => {
            Step::Failed { stage: Stage::Authorisation, words: Cow::Owned(records.join(", ")), order: ACCESS }
        }
        M::SessionLimit { limit: Some(0), .. } => failed(Stage::Policy, "session limit of 0", LIMITS),
        M::SessionLimit { limit, .. } => Step::Failed {
            stage: Stage::Prerequisites,
            words: limit.map_or(Cow::Borrowed(""), |limit| Cow::Owned(format!("session limit of {limit}"))),
            order: LIMITS,
        },
        M::LicenceLimit { kind, .. } if matches!(id, 716_057 | 716_060) => {
            failed(Stage::Prerequisites, kind, LIMITS)
        }
        M::ClientNotEnabled { .. } | M::ClientNotAllowed { .. } => failed(Stage::Policy, "", LIMITS),
        M::ParentSessionStarted { .. } => Step::Passed { stage: Stage::Authorisation, order: PARENT },
        M::NoAddress { .. } if id == 722_020 => failed(Stage::Policy, "", ADDRESS),
        M::ConnectRequestFailed { reason, .. } => failed(Stage::Tunnel, reason, ADDRESS),
        M::AddressAssigned { .. } => Step::Connected,
        M::Transport { step: TransportStep::First | TransportStep::Established, .. } => Step::Tunnel,
        M::TunnelClosing { reason, .. } if id == 722_046 => failed(Stage::Tunnel, reason, TUNNEL),
        M::TunnelClosing { reason, .. } if matches!(id, 722_054 | 722_057) => {
            failed(Stage::Policy, reason, TUNNEL)
        }
        M::Named { .. } if id == 722_006 => failed(Stage::Policy, "", ADDRESS),
        M::Certificate { .. } if id == 717_052 => failed(Stage::Policy, "", TUNNEL),
        M::ClientMessage { level, text, .. } if **level == *"ERROR" => failed(Stage::Tunnel, text, TUNNEL),
        M::Named { .. } if NO_TUNNEL.contains(&id) => failed(Stage::Tunnel, "", TUNNEL),
        M::TunnelClosing { reason, .. } if is_loss(reason) => Step::Dropped(reason),
        M::SessionEnded { reason, .. } => Step::Ended(reason),
        M::TunnelClosing { reason, .. } | M::WebSessionEnded { reason, .. } => Step::Closed(reason),
        M::SessionLost { .. } if id == 716_052 => Step::Closed(""),
        M::Named { .. } if SESSION_REFUSED.contains(&id) => failed(Stage::Policy, "", LIMITS),
        // These name no user.
        M::GroupLocked { .. } | M::ClientRejected { .. } => failed(Stage::Policy, "", LIMITS),
        M::Other if NO_NEW_SESSIONS.contains(&id) => failed(Stage::Policy, "", LIMITS),
        M::DapError { text } => failed(Stage::Authorisation, text, ACCESS),
        M::AddressRequest { outcome: AddressOutcome::Failed, .. } if NO_ADDRESS.contains(&id) => {
            failed(Stage::Policy, "", ADDRESS)
        }
        M::Certificate { reason, .. } if CERTIFICATE_REFUSED.contains(&id) => {
            failed(Stage::Login, reason, CERTIFICATE)
        }
        M::NoClientCertificate { .. } => failed(Stage::Login, "", CERTIFICATE),
        _ => Step::Context,
    }
}

/// A setting that AAA sent could not be applied, and so there is no session.
const SESSION_REFUSED: [u32; 7] = [113_030, 113_033, 113_038, 716_007, 716_009, 716_045, 716_046];

/// The ASA could not answer the client's request for a tunnel.
const NO_TUNNEL: [u32; 2] = [722_004, 722_005];
/// The ASA is about to restart.
const NO_NEW_SESSIONS: [u32; 2] = [113_037, 716_040];
/// Failures of a pool, of DHCP, and of all sources together.
const NO_ADDRESS: [u32; 5] = [737_003, 737_004, 737_007, 737_012, 737_019];
/// A client's certificate, its chain or its issuer is not taken, or nobody says whether it was revoked.
const CERTIFICATE_REFUSED: [u32; 6] = [717_009, 717_021, 717_027, 717_031, 717_032, 725_015];

#[cfg(test)]
mod tests {
    use super::super::messages;
    use super::*;

    #[test]
    fn messages_of_a_session_are_steps_of_an_attempt() {
        let failed = |stage, words: &'static str, order| Step::Failed { stage, words: words.into(), order };
        for (id, rest, expected) in [
            (716_038, "Authentication: successful", Step::Passed { stage: Stage::Login, order: LOGIN }),
            (716_039, "Authentication: rejected", failed(Stage::Login, "", LOGIN)),
            (
                724_002,
                "WebVPN session not terminated. Cisco Secure Desktop",
                failed(Stage::Posture, "", POSTURE),
            ),
            (
                113_029,
                "Session could not be established: session limit of 0 reached",
                failed(Stage::Policy, "session limit of 0", LIMITS),
            ),
            (
                113_029,
                "Session could not be established: session limit of 2 reached",
                failed(Stage::Prerequisites, "session limit of 2", LIMITS),
            ),
            (722_037, "SVC closing connection: DPD failure.", Step::Dropped("DPD failure")),
            (722_037, "SVC closing connection: Transport closing.", Step::Closed("Transport closing")),
            (716_002, "WebVPN session terminated: Idle Timeout.", Step::Closed("Idle Timeout")),
            (716_052, "Pending session terminated.", Step::Closed("")),
            (722_041, "No IPv6 address available", Step::Context),
        ] {
            let text = format!("Group <g> User <u> IP <192.0.2.9> {rest}");
            let message = messages::read(id, &text);
            assert_eq!(step(id, &message, &text), expected, "{text}");
        }
    }
}
