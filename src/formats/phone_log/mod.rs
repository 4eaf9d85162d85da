//! A phone's console log, and what it says about the phone's VPN.
//!
//! ```text
//! A  902: NOT 10:19:27.155936 VPNC: ssl_state_cb: TLSv1: SSL_connect: before/connect initialization
//! B  7989 ERR 11:04:15.038637  SECD: -HTTPS cert not in CTL, <192.0.2.100:8443>
//! C  3333 NOT Nov 29 06:34:00.411671 SECUREAPP-Hashes match... authentication successful.
//! D  1140 NOT Jul 11 22:06:37.151072 (711:853) JAVA-Sec SSL Connection - Handshake successful.
//! E  4602 WRN Feb 17 11:01:27.062462 (349-349) PAE: -802.1X auth FAILED
//! -  VPNC: -protocol_handler: SSL dpd 30 sec from SG (enabled)
//! ```
//!
//! Empty: a log without one record is no phone log, and no document is made of it.
//! Quirks: no year and no zone; A and B have no date either, so midnights are counted. Several records may stand on
//! one line, and one record may go on over several. `ERR` is not always an error. Records of other processes are
//! counted, not kept.
//! Sources: Cisco 116162, "IP Phone Logs", which has all public lines of VPNC; Cisco 118699, 200850, 213407, 215014,
//! 217218, 217219 and 225746 (other processes and forms of records).

mod after_tunnel;
pub mod alone;
mod attempts;
mod messages;
mod reader;
mod record;
mod wanted;

use record::{Piece, Pieces};

use crate::event::{Channel, Sender};
use crate::formats::{Claim, Format, How, Sample, Share, Stream};
use crate::input::Kind;
use crate::limits::Limits;
use crate::lines::Line;

/// The format.
pub const FORMAT: Format = Format { name: "phone_log", recognise, most: 95, read: How::Streamed(stream) };

/// Recognises a phone's log: VPN records are unmistakable, other records typical.
fn recognise(sample: &Sample<'_>) -> Option<Claim> {
    let mut telling: Option<(u8, Line<'_>)> = None;
    let mut others = 0_u32;
    let mut pieces = Pieces::default();
    for line in sample.text.lines() {
        let mut strength = 0;
        pieces.cut(line.text, |piece| {
            let Piece::Record(record) = piece else { return };
            let vpn = record::VPN_PROCESSES.contains(&record.process);
            strength = strength.max(match (record.grammar, vpn) {
                (record::BARE, _) => 60,
                (_, true) => 90,
                (_, false) => 30,
            });
        });
        others += u32::from(strength == 30);
        if telling.is_none_or(|(best, _)| strength > best) && strength > 0 {
            telling = Some((strength, line));
        }
        if strength == 90 {
            break;
        }
    }
    let (strength, line) = telling?;
    let strength = if others >= 3 { strength.max(60) } else { strength };
    Some(Claim { kind: Kind::PhoneLog, strength, because: line.quoted(), share: Share::Mixed })
}

fn stream(limits: &Limits) -> Box<dyn Stream> {
    Box::new(reader::Reader::new(limits))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::Content;
    use crate::documents::phone_log::{Attempt, Outcome, PhoneLog, PhoneMessage};
    use crate::intake::{self, Reading};

    /// One failed login as a 79xx prints it, wrapped at blanks as documents do.
    const FAILED: &str = "\
0871: NOT 23:59:58.900000 DHCP: dhcpRcvPkt: ACK received
0902: NOT 23:59:59.155936 VPNC: ssl_state_cb: TLSv1: SSL_connect: before/connect
initialization
0905: NOT 23:59:59.364687 VPNC: cert_vfy_cb: depth:1 of 1, subject:
</CN=192.0.2.10/unstructuredName=192.0.2.10>
0908: NOT 00:00:00.375718 SECD: Leaf cert hash = 1289B8A7AA9FFD84865E38939F3466A61B5608FC
0909: ERR 00:00:00.376752 SECD: EROR:secLoadFile: file not found </tmp/issuer.crt>
0911: ERR 00:00:00.420205 VPNC: VPN cert chain verification failed, issuer certificate not found and leaf not trusted
0912: ERR 00:00:00.421467 VPNC: ssl_state_cb: TLSv1: write: alert: fatal:
unknown CA
0922: NOT 00:00:00.429187 VPNC: set_login_state: LOGIN: 1 (TRYING) --> 3 (FAILED)
0923: NOT 00:00:00.429716 VPNC: set_login_state: VPNC : 1 (LoggingIn) --> 3
(LoginFailed)
0925: NOT 00:00:00.430812 VPNC: vpnc_send_notify: notify code: 37
[SslAlertSrvrCert]
0928: ERR 00:00:00.432467 VPNC: protocol_handler: login failed
The prose after a pasted log is not a part of it.
0930: NOT 00:00:01.000000 JAVA: sipSPIAddContactHeader: CFGID_DEVICE_NAME = SEP001122334455
";

    fn log(reading: &Reading) -> &PhoneLog {
        let logs = reading.documents.iter().find_map(|document| match &document.content {
            Content::PhoneLog(log) => Some(log),
            _ => None,
        });
        logs.unwrap_or_else(|| panic!("no phone log in {reading:?}"))
    }

    fn read(text: &str) -> Reading {
        intake::read("x", text.as_bytes(), &Limits::default())
    }

    #[test]
    fn a_failed_login_is_read_to_its_end() {
        let reading = read(FAILED);
        let input = &reading.inputs[0];
        assert_eq!((input.kind, input.lines), (Kind::PhoneLog, Some(18)));
        let because = input.because.de();
        assert!(because.starts_with("„0902: NOT 23:59:59.155936 VPNC:"), "{because}");
        assert!(because.ends_with("…“ in Zeile 2"), "{because}");
        let log = log(&reading);
        assert_eq!((log.records, log.grammars[&'A'], log.levels["ERR"]), (12, 12, 4));
        assert_eq!(log.lines, (1, 18));
        assert_eq!(log.device.as_ref().unwrap().value, "SEP001122334455");
        use PhoneMessage as M;
        let told: Vec<(u32, u32, &PhoneMessage)> =
            log.events.iter().map(|event| (event.at.line, event.day, &event.message)).collect();
        let text = str::to_owned;
        let hash =
            [18, 137, 184, 167, 170, 159, 253, 132, 134, 94, 56, 147, 159, 52, 102, 166, 27, 86, 8, 252];
        let tls = Channel::Tls;
        let expected = [
            (2, 0, M::HandshakeStep { channel: tls, step: text("before/connect initialization") }),
            (4, 0, M::PeerSubject { depth: 1, subject: text("/CN=192.0.2.10/unstructuredName=192.0.2.10") }),
            (6, 1, M::LeafHash { sha1: hash }),
            (7, 1, M::IssuerFileMissing),
            (8, 1, M::ChainNotTrusted),
            (9, 1, M::Alert { channel: tls, sender: Sender::Phone, code: None, text: text("unknown CA") }),
            (11, 1, M::LoginState { from: text("1 (TRYING)"), to: text("3 (FAILED)") }),
            (12, 1, M::LoginState { from: text("1 (LoggingIn)"), to: text("3 (LoginFailed)") }),
            (14, 1, M::NotifyCode { code: 37, name: text("SslAlertSrvrCert") }),
            (16, 1, M::LoginFailed),
        ];
        let expected: Vec<(u32, u32, &PhoneMessage)> =
            expected.iter().map(|(line, day, message)| (*line, *day, message)).collect();
        assert_eq!(told, expected);
        assert_eq!(log.attempts, [Attempt { first: 0, last: 9, outcome: Outcome::Failed }]);
    }

    #[test]
    fn a_log_without_prefixes_on_one_line_is_read_too() {
        let text = "VPNC: -protocol_handler: SSL dpd 30 sec from SG (enabled) VPNC: -do_dtls_connect: udp_connect \
            VPNC: -create_dtls_connection: cipher list: AES256-SHA VPNC: -DTLS: SSL_connect: \
            error:140920C5:SSL routines:SSL3_GET_SERVER_HELLO:\nold session cipher not returned \
            VPNC: -protocol_handler: connect : err: SSL success DTLS fail\nPlain words follow.";
        let reading = read(text);
        assert_eq!(reading.inputs[0].kind, Kind::PhoneLog);
        let log = log(&reading);
        assert_eq!((log.records, log.grammars[&'-']), (5, 5));
        let events: Vec<_> = log.events.iter().map(|event| (event.at.line, event.message.clone())).collect();
        use PhoneMessage as M;
        assert_eq!(events[0], (1, M::DeadPeerDetection { seconds: 30 }));
        assert_eq!(events[3], (1, M::OldSessionCipher));
        assert_eq!(events[4], (2, M::DtlsFailed));
        assert_eq!(log.attempts, [Attempt { first: 0, last: 4, outcome: Outcome::Failed }]);
    }

    #[test]
    fn a_terminal_breaks_lines_in_the_middle_of_a_word() {
        let reading = read(
            "\
0908: NOT 00:00:00.375718 SECD: Leaf cert hash = 1289B8A7AA9FFD84865E38939F3466A
61B5608FC
0911: ERR 00:00:00.420205 VPNC: VPN cert chain verification failed, issuer certi
ficate not found and leaf not trusted
0925: NOT 00:00:00.430812 VPNC: vpnc_send_notify: notify desc: [alert: Unknown C
A (server cert)]
",
        );
        let [hash, chain, notify] = &log(&reading).events[..] else { panic!("{reading:?}") };
        assert!(matches!(hash.message, PhoneMessage::LeafHash { .. }));
        assert_eq!(chain.message, PhoneMessage::ChainNotTrusted);
        let text = "alert: Unknown CA (server cert)".to_owned();
        assert_eq!(notify.message, PhoneMessage::NotifyDescription { text });
    }

    #[test]
    fn the_end_of_a_large_log_is_counted_if_not_kept() {
        let limits = Limits { events: 4, ..Limits::default() };
        let reading = intake::read("x", FAILED.repeat(3).as_bytes(), &limits);
        let log = log(&reading);
        assert_eq!((log.events.len(), log.events_dropped, log.records), (4, 26, 36));
        assert!(reading.inputs[0].notes[0].text.en().starts_with("26 more records"));
        assert_eq!(reading.inputs[0].state, crate::input::InputState::PartlyRead);
    }

    #[test]
    fn a_log_cut_anywhere_is_read_without_panic() {
        for end in 0..FAILED.len() {
            let reading = read(&FAILED[..end]);
            assert_eq!(reading.inputs.len(), 1, "cut at {end}");
        }
    }

    #[test]
    fn other_logs_are_not_claimed() {
        for text in [
            "Mar 09 2017 10:25:04 asa : %ASA-6-725001: Starting SSL handshake with client outside:192.0.2.1/1",
            "Jun 14 15:16:01 combo sshd(pam_unix)[19939]: authentication failure; NOT 1",
            "# Notes\nThe process VPNC: is the VPN client.",
        ] {
            let decoded = crate::lines::Decoded::new(text.as_bytes(), 1000);
            let sample = Sample {
                name: "phone.log",
                command: None,
                bytes: text.as_bytes(),
                text: &decoded,
                complete: true,
            };
            assert_eq!(recognise(&sample), None, "{text}");
        }
    }
}
