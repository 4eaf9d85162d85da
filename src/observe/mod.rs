//! What was observed: one shape for the events that logs, pages and other witnesses tell of.
//!
//! ```text
//! %ASA-6-716039: Group <P> User <u> IP <192.0.2.9> Authentication: rejected      ┐
//! 928: ERR 10:19:27.432467 VPNC: protocol_handler: login failed                  ├─► Log { by, input, observations }
//! 10:12:40a File not found SEP001122334455.cnf.xml                               ┘
//! ```
//! Formats say what a line holds, in the words of its device; here it becomes an [`Observation`]: who tells it, of
//! whom, when, where, and what happened in the field's words ([`What`]). Facts read observations and rules ask facts,
//! so that neither knows a message's number or a log's wording. Those live in the adapters, one file a format.
//!
//! # A new witness
//! 1. Its format puts what it read into a [`Content`] of its own, each event with its place.
//! 2. `observe/<format>.rs` has `pub(super) fn log(…) -> Log<'_>`, which says each event in words of [`What`] and each
//!    far end as a [`Whom`]. Where one of its events says several things (a hello offers a list of suites), it gives
//!    several observations with one place, in the order in which a log would print them.
//! 3. [`of`] names it: one line.
//!
//! Empty: a content that tells of no events gives no log, and a log may have no observations.
//! Quirks: an observation borrows from its document; what the device printed is never copied. Order within a log is the
//! order of its lines as the device wrote them.

use crate::documents::Content;

mod asa_debug;
mod asa_syslog;
mod capture;
mod observation;
mod phone_log;
mod phone_status;
mod what;

pub use observation::{By, Flow, Log, LoginAttempt, LoginOutcome, Observation, Whom};
pub use what::{
    BalancingPart, CertificateMatter, ClientMessageLevel, FileTrouble, LoginState, Refusal, ReportedReason,
    Trouble, What,
};

/// What the events of one document are; `None` for a document that tells of none.
pub fn of(content: &Content, input: u32) -> Option<Log<'_>> {
    Some(match content {
        Content::AsaDebug(debug) => asa_debug::log(debug, input),
        Content::AsaSyslog(log) => asa_syslog::log(log, input),
        Content::Capture(file) => capture::log(file, input),
        Content::PhoneLog(log) => phone_log::log(log, input),
        Content::PhoneStatus(status) => phone_status::log(status, input),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{Channel, Sender, Transport, TransportStep};
    use crate::facts::Documents;
    use crate::testing::readings;

    /// What the only log of a text tells, each with the far end that it names.
    fn observed(text: &str, check: impl Fn(&Log<'_>)) {
        let readings = readings(&[("x", text)]);
        let documents = Documents::of(&readings);
        let [log] = documents.logs.as_slice() else { panic!("{:?}", documents.logs) };
        check(log);
    }

    #[test]
    fn an_asas_messages_are_told_in_the_fields_words() {
        const WHO: &str = "Group <P> User <u> IP <192.0.2.9>";
        let chosen = |tunnel_group| What::Certificate {
            matter: CertificateMatter::GroupChosen { tunnel_group },
            reason: "",
        };
        for (line, expected) in [
            (
                "725006: Device failed SSL handshake with client outside:192.0.2.9/5",
                What::HandshakeFailed { channel: Channel::Tls },
            ),
            (
                "113001: Unable to open AAA session. Session limit [2048] reached",
                What::AaaSessionsExhausted { limit: "2048" },
            ),
            (
                "717038: Tunnel group match found. Tunnel Group: P Q, Peer certificate: serial number: 01",
                chosen("P Q"),
            ),
            (
                &format!("722037: {WHO} SVC closing connection: DPD failure."),
                What::TunnelClosed { reason: "DPD failure", of_connection: true },
            ),
            (
                &format!("724002: {WHO} WebVPN session not terminated. Cisco Secure Desktop"),
                What::PostureRequired { ended: true },
            ),
            (
                &format!("722033: {WHO} First UDP SVC connection established for SVC session."),
                What::TunnelTransport { transport: Transport::Udp, step: TransportStep::First },
            ),
        ] {
            observed(&format!("%ASA-6-{line}\n"), |log| {
                let observation = &log.observations[0];
                assert_eq!((log.by, &observation.what), (By::AsaLog, &expected), "{line}");
                assert_eq!(observation.number.to_string(), line[..6]);
                let named = observation.session().map(|session| session.user.as_str());
                assert_eq!(named, line.contains(WHO).then_some("u"), "{line}");
                assert_eq!(observation.peer().is_some(), line.contains("outside:"), "{line}");
            });
        }
    }

    #[test]
    fn a_phones_records_are_told_in_the_fields_words() {
        for (record, expected) in [
            (
                "ssl_state_cb: TLSv1: SSL_connect: before/connect initialization",
                What::HandshakeStarted { channel: Channel::Tls, protocol: "" },
            ),
            (
                "alert_err: SSL write alert: code 48, unknown CA",
                What::Alert {
                    channel: Channel::Tls,
                    sender: Sender::Phone,
                    code: Some(48),
                    text: "unknown CA",
                },
            ),
            (
                "set_login_state: VPNC : 1 (LoggingIn) --> 3 (LoginFailed)",
                What::LoginStateChanged {
                    from: "1 (LoggingIn)",
                    to: "3 (LoginFailed)",
                    now: LoginState::Failed,
                },
            ),
            (
                "vpnc_send_notify: notify code: 37 [SslAlertSrvrCert]",
                What::ReasonReported {
                    code: 37,
                    name: "SslAlertSrvrCert",
                    reason: ReportedReason::ServerCertificate,
                },
            ),
            ("protocol_handler: login failed", What::LoginFailed),
        ] {
            observed(&format!("902: NOT 10:19:27.155936 VPNC: {record}\n"), |log| {
                assert_eq!((log.by, &log.observations[0].what), (By::PhoneLog, &expected), "{record}");
                assert!(log.observations[0].stamp.is_some());
            });
        }
    }

    #[test]
    fn log_and_page_of_a_phone_say_one_thing_in_one_way() {
        let not_found = |file| What::FileFailed { trouble: FileTrouble::NotFound, file, text: "" };
        for (text, by) in [
            ("10:12:40a File not found SEP001122334455.cnf.xml\n", By::PhoneStatus),
            ("902: NOT 10:19:27.155936 TFTP: File not found : SEP001122334455.cnf.xml\n", By::PhoneLog),
        ] {
            observed(text, |log| {
                let What::FileFailed { trouble, file, .. } = &log.observations[0].what else {
                    panic!("{log:?}")
                };
                let told = What::FileFailed { trouble: *trouble, file, text: "" };
                assert_eq!((log.by, told), (by, not_found("SEP001122334455.cnf.xml")));
            });
        }
    }

    #[test]
    fn debug_output_names_the_group_and_a_document_without_events_has_no_log() {
        observed(
            "Tunnel Group: P, Client Cert Auth Success.\nWebVPN: CSD data not sent from client\n",
            |log| {
                let told: Vec<_> = log.observations.iter().map(|observation| &observation.what).collect();
                let accepted = What::ClientCertificateAccepted { tunnel_group: "P" };
                assert_eq!((log.by, told), (By::AsaDebug, vec![&accepted, &What::PostureDataMissing]));
            },
        );
        let config = readings(&[("x", "ASA Version 9.8(2)\nhostname vpn\nwebvpn\n enable outside\n: end\n")]);
        assert!(Documents::of(&config).logs.is_empty());
    }
}
