//! Login attempts: from the first to the last event of one try.
//!
//! ```text
//! VPNC: ssl_state_cb: TLSv1: SSL_connect: before/connect initialization   it begins
//! VPNC: ssl_state_cb: TLSv1.2: SSL_connect: before SSL initialization     likewise, with OpenSSL 1.1.0 and later
//! VPNC: set_login_state: LOGIN: 1 (TRYING) --> 3 (FAILED)                 it has failed
//! VPNC: protocol_handler: login failed                                    it ends
//! ```
//!
//! Empty: a log without an event of a login has no attempt.
//! Quirks: a log that was cut may begin in the middle of an attempt; the attempt then begins with the log. The tunnel
//! parameters arrive before the DTLS channel is tried, and a phone whose DTLS fails gives up: such an attempt was
//! connected for a moment, and failed.
//! Sources: `SSL_state_string_long` of OpenSSL 1.0.2n and 1.1.1w; the two logs of Cisco document 116162. "Connected" is inferred from the arrival of the tunnel's
//! parameters, because no public log shows a successful login to its end.

use super::Channel;
use crate::documents::phone_log::{Attempt, Outcome, PhoneMessage};

/// Follows the events and keeps the attempts.
#[derive(Debug, Default)]
pub(super) struct Attempts {
    kept: Vec<Attempt>,
    /// The last attempt takes further events.
    phase: Phase,
    /// The last attempt has dialled.
    dialled: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Phase {
    /// There is none, or it takes nothing more.
    #[default]
    None,
    /// Only its beginning was seen.
    Begun,
    /// It is under way.
    Running,
    /// The tunnel is up; the DTLS channel may follow.
    Tunnel,
    /// It has ended; what the client says while it stops still belongs to it.
    Ended,
}

/// What an event means for an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// The next attempt begins.
    Begin,
    /// A step of a login.
    Login,
    /// A step of the DTLS channel.
    Dtls,
    /// The tunnel is up.
    Connected,
    /// It has failed; more may be said about it.
    Failed,
    /// It has failed, and this is the last word.
    End,
    /// The client stops, or tells others what happened.
    Aftermath,
    /// Nothing.
    None,
}

impl Attempts {
    /// Takes the event that stands at `index` in the list of events.
    pub fn take(&mut self, index: u32, message: &PhoneMessage) {
        use Phase::{Begun, Ended, Running, Tunnel};
        let step = step(message);
        let dials = matches!(message, PhoneMessage::Connecting { channel: Channel::Tls, .. });
        match (step, self.phase) {
            (Step::None, _) => return,
            // What is dialled twice was in vain the first time.
            (Step::Begin, Begun) if !(dials && self.dialled) => {}
            (Step::Begin, _) => self.begin(index, Begun),
            (Step::Aftermath, Phase::None) => return,
            // A tunnel that is taken down later is not the end of its login.
            (Step::Aftermath, Tunnel) => {
                self.phase = Phase::None;
                return;
            }
            // Dead peer detection goes on as long as the tunnel stands.
            (Step::Connected, Tunnel) => return,
            (Step::Login, Tunnel | Ended | Phase::None) => self.begin(index, Running),
            (Step::Connected | Step::Dtls, Ended | Phase::None) => self.begin(index, Running),
            (Step::Failed | Step::End, Phase::None) => self.begin(index, Running),
            (Step::Login | Step::Dtls, Begun) => self.phase = Running,
            _ => {}
        }
        self.dialled |= dials;
        let Some(attempt) = self.kept.last_mut() else { return };
        attempt.last = index;
        match step {
            Step::Connected => {
                attempt.outcome = Outcome::Connected;
                self.phase = Tunnel;
            }
            Step::Failed => {
                attempt.outcome = Outcome::Failed;
                if self.phase != Ended {
                    self.phase = Running;
                }
            }
            Step::End => {
                attempt.outcome = Outcome::Failed;
                self.phase = Ended;
            }
            _ => {}
        }
    }

    fn begin(&mut self, index: u32, phase: Phase) {
        self.kept.push(Attempt { first: index, last: index, outcome: Outcome::Open });
        self.dialled = false;
        self.phase = phase;
    }

    /// All attempts in order.
    pub fn finish(self) -> Vec<Attempt> {
        self.kept
    }
}

fn step(message: &PhoneMessage) -> Step {
    use PhoneMessage as M;
    match message {
        M::HandshakeStep { channel: Channel::Tls, step } if begins_handshake(step) => Step::Begin,
        M::Connecting { channel: Channel::Tls, .. } => Step::Begin,
        // A session that is lost later ends in the same state, but does not come from a login under way.
        M::LoginState { from, to } if names(to, FAILED) && names(from, TRYING) => Step::Failed,
        M::LoginState { to, .. } if names(to, TRYING) => Step::Begin,
        M::LoginState { to, .. } if names(to, CONNECTED) => Step::Connected,
        M::SslSetupFailed { channel: Channel::Tls } => Step::Failed,
        M::HttpStatus { code: 400.., .. } => Step::Failed,
        M::DtlsFailed | M::LoginFailed => Step::End,
        M::DeadPeerDetection { .. } => Step::Connected,
        M::HandshakeStep { channel: Channel::Dtls, .. }
        | M::Alert { channel: Channel::Dtls, .. }
        | M::CipherList { channel: Channel::Dtls, .. }
        | M::ConnectFailed { channel: Channel::Dtls, .. }
        | M::Connecting { channel: Channel::Dtls, .. }
        | M::SslError { channel: Channel::Dtls, .. }
        | M::SslSetupFailed { channel: Channel::Dtls }
        | M::OldSessionCipher => Step::Dtls,
        M::NotifyType { .. } | M::NotifyCode { .. } | M::NotifyDescription { .. } => Step::Aftermath,
        M::Stopped | M::Active { .. } | M::LoginState { .. } => Step::Aftermath,
        M::ClientCertificate { .. } | M::CertificateSubject { .. } | M::CertificateIssuer { .. } => {
            Step::None
        }
        M::FileRequest { .. }
        | M::FileStatus { .. }
        | M::FileServer { .. }
        | M::FileFailed { .. }
        | M::DhcpTftpServer { .. }
        | M::TrustListUpdated
        | M::TrustListRefused { .. }
        | M::NotInTrustList { .. }
        | M::TrustVerified { .. }
        | M::CapfFailed { .. }
        | M::CapfDone
        | M::Registered
        | M::CallControlConnectFailed { .. }
        | M::CallControlNotConnected { .. }
        | M::RegistrationFailed
        | M::Deregistered { .. }
        | M::OutOfService { .. }
        | M::Pushed { .. }
        | M::Other { .. } => Step::None,
        _ => Step::Login,
    }
}

/// The state of a handshake that has not begun: `before/connect initialization` up to OpenSSL 1.0.2, `before SSL
/// initialization` from 1.1.0 on.
fn begins_handshake(step: &str) -> bool {
    step.starts_with("before")
}

/// The state's name among those given: `FAILED` in `3 (FAILED)`.
fn names(state: &str, any: &[&str]) -> bool {
    let name = state.rsplit('(').next().unwrap_or_default().trim_end_matches([')', ' ']);
    any.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// Names of the states. The last two are inferred: public logs show no other than the first four.
const TRYING: &[&str] = &["TRYING", "LoggingIn"];
const FAILED: &[&str] = &["FAILED", "LoginFailed"];
const CONNECTED: &[&str] = &["LoggedIn", "Connected"];

#[cfg(test)]
mod tests {
    use super::*;

    fn attempts(texts: &[&str]) -> Vec<(u32, u32, Outcome)> {
        let mut attempts = Attempts::default();
        for (index, text) in (0..).zip(texts) {
            let message = super::super::messages::message("VPNC", text).unwrap();
            attempts.take(index, &message);
        }
        attempts.finish().into_iter().map(|attempt| (attempt.first, attempt.last, attempt.outcome)).collect()
    }

    const DIALS: &str = "tcp_connect: connecting to 192.0.2.1:443";
    const HELLO: &str = "ssl_state_cb: TLSv1: SSL_connect: before/connect initialization";
    const LOGIN_FAILED: &str = "set_login_state: LOGIN: 1 (TRYING) --> 3 (FAILED)";
    const END: &str = "protocol_handler: login failed";
    const DPD: &str = "protocol_handler: SSL dpd 30 sec from SG (enabled)";
    const DTLS: &str = "create_dtls_connection: cipher list: AES256-SHA";
    const DTLS_FAILED: &str = "protocol_handler: connect : err: SSL success DTLS fail";
    const NOTIFY: &str = "vpnc_send_notify: notify type: 1 [LoginFailed]";
    const STOP: &str = "vpn_stop: de-activating vpn";
    const RESPONSE: &str = "do_login: got login response";

    #[test]
    fn an_attempt_ends_where_the_log_tells_how_it_went() {
        use Outcome::{Connected, Failed, Open};
        type Row<'a> = (&'a [&'a str], &'a [(u32, u32, Outcome)]);
        let rows: &[Row<'_>] = &[
            (&[HELLO, STOP, LOGIN_FAILED, NOTIFY, END], &[(0, 4, Failed)]),
            (&[HELLO, RESPONSE], &[(0, 1, Open)]),
            (&[HELLO, RESPONSE, HELLO, END, NOTIFY], &[(0, 1, Open), (2, 4, Failed)]),
            (&[HELLO, DPD, DTLS, DTLS, DPD, STOP, NOTIFY], &[(0, 3, Connected)]),
            (&[DPD, DTLS, DTLS_FAILED, END], &[(0, 3, Failed)]),
            (&["connecting to 192.0.2.1:443", HELLO, END], &[(1, 2, Failed)]),
            (&[DIALS, HELLO, END], &[(0, 2, Failed)]),
            (&[DIALS, HELLO, DIALS, HELLO], &[(0, 1, Open), (2, 3, Open)]),
            (&[DIALS, DIALS, DIALS, HELLO, END], &[(0, 0, Open), (1, 1, Open), (2, 4, Failed)]),
            (&[STOP], &[]),
            (&["something else"], &[]),
        ];
        for (texts, expected) in rows {
            assert_eq!(attempts(texts), *expected, "{texts:?}");
        }
    }
}
