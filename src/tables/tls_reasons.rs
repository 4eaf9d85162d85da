//! Why a side's own TLS library ends a handshake, in OpenSSL's words, and what that means by whose library it is.
//!
//! ```text
//! ASA    %ASA-7-725014: SSL lib error. Function: SSL3_GET_CLIENT_HELLO Reason: no shared cipher
//! phone  SSL_connect: error:14077102:SSL routines:SSL23_GET_SERVER_HELLO:unsupported protocol
//! ```
//! Reasons that tell of a received alert (`tlsv1 alert unknown ca`) are not here: see [`crate::tables::tls_alerts`].
//!
//! Quirks, each measured with OpenSSL 1.0.2, 1.1.1, 3.0 and 3.5 as client and as server: an old server that a client
//! refuses for its version says `wrong version number` (the alert comes in a record of the client's version), and so it
//! does where it refuses the client's hello, then in a function of that name; newer ones say it where the other side
//! does not speak TLS at all. A server that is set to TLS 1.2 by options says `unknown protocol` of an older client and
//! sends no alert. `certificate verify failed` is one word for every fault of a certificate.
//! Functions are compared without case: one build prints some in capitals and some not.

/// What is objected to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// The other side's version of TLS is too old.
    OtherTooOld,
    /// The other side ended the handshake because it takes this side's version for too old.
    OwnTooOld,
    /// No cipher in common.
    NoCipher,
    /// The other side's certificate.
    Certificate,
    /// The other side sent no certificate although one was asked for.
    NoCertificate,
    /// Another cipher than that of the session that was to be resumed, or one that was not offered.
    SessionCipher,
    /// What the other side says is no TLS, or of a version that this side does not know.
    NotTls,
}

/// A reason of the ASA's library. `chosen`: the ASA had chosen a cipher and so sent its hello.
pub fn of_asa(function: &str, reason: &str, chosen: bool) -> Option<Reason> {
    let (function, reason) = (function.to_ascii_lowercase(), reason.to_ascii_lowercase());
    if reason.contains("wrong version number") {
        let in_hello = function.contains("client_hello");
        let in_record = function.contains("get_record") || function.contains("record_header");
        return Some(match (in_hello, in_record) {
            (true, _) if !chosen => Reason::OtherTooOld,
            (false, true) => Reason::OwnTooOld,
            _ if chosen => Reason::OwnTooOld,
            _ => Reason::NotTls,
        });
    }
    meaning_of(SERVER, &reason)
}

/// A reason of the phone's library, or a whole error with its code in front.
pub fn of_phone(reason: &str) -> Option<Reason> {
    meaning_of(CLIENT, &reason.to_ascii_lowercase())
}

/// True for a reason that a port scanner's bytes give as well as a client's hello.
pub fn may_be_no_tls(reason: &str) -> bool {
    let reason = reason.to_ascii_lowercase();
    ["wrong version number", "unknown protocol"].iter().any(|words| reason.contains(words))
}

fn meaning_of(rows: &[(&str, Reason)], reason: &str) -> Option<Reason> {
    rows.iter().find(|(words, _)| reason.contains(words)).map(|(_, meaning)| *meaning)
}

/// What a server says.
const SERVER: &[(&str, Reason)] = &[
    ("no shared cipher", Reason::NoCipher),
    ("unsupported protocol", Reason::OtherTooOld),
    ("version too low", Reason::OtherTooOld),
    ("unknown protocol", Reason::OtherTooOld),
    ("peer did not return a certificate", Reason::NoCertificate),
    ("certificate verify failed", Reason::Certificate),
    ("required cipher missing", Reason::SessionCipher),
    ("http request", Reason::NotTls),
    ("https proxy request", Reason::NotTls),
];

/// What a client says.
const CLIENT: &[(&str, Reason)] = &[
    ("unsupported protocol", Reason::OtherTooOld),
    ("wrong ssl version", Reason::OtherTooOld),
    ("version too low", Reason::OtherTooOld),
    ("certificate verify failed", Reason::Certificate),
    ("old session cipher not returned", Reason::SessionCipher),
    ("wrong cipher returned", Reason::SessionCipher),
    ("unknown cipher returned", Reason::SessionCipher),
    ("wrong version number", Reason::NotTls),
    ("unknown protocol", Reason::NotTls),
    ("packet length too long", Reason::NotTls),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_says_it_and_where_decides() {
        for (function, reason, chosen, meaning) in [
            ("SSL3_GET_RECORD", "wrong version number", false, Some(Reason::OwnTooOld)),
            ("ssl3_get_client_hello", "wrong version number", false, Some(Reason::OtherTooOld)),
            ("ssl3_read_bytes", "wrong version number", true, Some(Reason::OwnTooOld)),
            ("SSL23_GET_CLIENT_HELLO", "unknown protocol", false, Some(Reason::OtherTooOld)),
            ("tls_early_post_process_client_hello", "unsupported protocol", false, Some(Reason::OtherTooOld)),
            ("ssl3_get_client_certificate", "certificate verify failed", true, Some(Reason::Certificate)),
            ("ssl3_read_bytes", "tlsv1 alert unknown ca", true, None),
        ] {
            assert_eq!(of_asa(function, reason, chosen), meaning, "{function}: {reason}");
        }
        for (error, meaning) in [
            ("14077102:SSL routines:SSL23_GET_SERVER_HELLO:unsupported protocol", Some(Reason::OtherTooOld)),
            ("1409210A:SSL routines:SSL3_GET_SERVER_HELLO:wrong ssl version", Some(Reason::OtherTooOld)),
            (
                "14090086:SSL routines:SSL3_GET_SERVER_CERTIFICATE:certificate verify failed",
                Some(Reason::Certificate),
            ),
            ("140770FC:SSL routines:SSL23_GET_SERVER_HELLO:unknown protocol", Some(Reason::NotTls)),
            ("1407742E:SSL routines:SSL23_GET_SERVER_HELLO:tlsv1 alert protocol version", None),
        ] {
            assert_eq!(of_phone(error), meaning, "{error}");
        }
    }
}
