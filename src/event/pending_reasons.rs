//! Whose is a reason? 725014 names no far end, so it is tied to a failed handshake by order.
//!
//! ```text
//! %ASA-7-725014: SSL lib error. Function: SSL3_READ_BYTES Reason: tlsv1 alert unknown ca
//! %ASA-6-725006: Device failed SSL handshake with client outside:192.0.2.9/50091
//! ```
//! The ASA prints the reason before the failure that it explains, most often right before it. Where handshakes of
//! several clients fail at a time, their reasons and failures come in the same order, and a reason can only belong
//! to a handshake that came as far as the reason says: an alert about a certificate needs one that was sent, "no
//! shared cipher" needs a hello that led to no cipher. The function of OpenSSL that gave up says how far that was:
//! `ssl3_get_client_certificate` comes behind the choice of a cipher, `SSL23_GET_CLIENT_HELLO` before it.
//!
//! Sources: the state machines of OpenSSL 1.0.2n (`ssl/s23_srvr.c`, `ssl/s3_srvr.c`) and 1.1.1w
//! (`ssl/statem/statem_srvr.c`), whose functions are named as 725014 prints them.

use memchr::memmem;

use crate::tables::tls_alerts;

/// Reasons whose handshake is not known yet, with whatever is to be remembered of each.
#[derive(Debug)]
pub struct PendingReasons<T> {
    waiting: Vec<Waiting<T>>,
    /// Events so far.
    clock: u64,
    /// While failures come one behind the other: when the run of reasons before them began.
    run: Option<u64>,
    /// The log shows which ciphers are chosen.
    shows_ciphers: bool,
    /// Function, reason and kind of the last one: a log has few, and each of them often.
    last: Option<(String, String, Kind)>,
}

#[derive(Debug)]
struct Waiting<T> {
    told: T,
    kind: Kind,
    at: u64,
}

/// How far a handshake had come when its reason was printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// No cipher was agreed on.
    BeforeCipher,
    /// A cipher was agreed on.
    AfterCipher,
    /// Either.
    Any,
}

impl<T> Default for PendingReasons<T> {
    fn default() -> Self {
        Self { waiting: Vec::new(), clock: 0, run: None, shows_ciphers: false, last: None }
    }
}

impl<T> PendingReasons<T> {
    /// The next event of the log comes. Hands back what is left of a run of reasons whose failures have all come:
    /// it belongs to the last of them, which had several reasons.
    pub fn next(&mut self, is_failure: bool) -> Vec<T> {
        self.clock += 1;
        if is_failure {
            return Vec::new();
        }
        let Some(run) = self.run.take() else { return Vec::new() };
        let from = self.waiting.partition_point(|waiting| waiting.at < run);
        self.waiting.split_off(from).into_iter().map(|waiting| waiting.told).collect()
    }

    /// So many events come that are no failures, and nobody asks for what is left of a run of reasons.
    pub fn pass(&mut self, times: u32) {
        if times > 0 {
            self.next(false);
            self.clock += u64::from(times - 1);
        }
    }

    /// Remembers a reason.
    pub fn push(&mut self, function: &str, reason: &str, told: T) {
        if self.waiting.len() >= MOST {
            self.waiting.remove(0);
        }
        let kind = self.kind(function, reason);
        self.waiting.push(Waiting { told, kind, at: self.clock });
    }

    fn kind(&mut self, function: &str, reason: &str) -> Kind {
        if let Some((last_function, last_reason, kind)) = &self.last
            && last_function == function
            && last_reason == reason
        {
            return *kind;
        }
        let kind = kind(function, reason);
        self.last = Some((function.to_owned(), reason.to_owned(), kind));
        kind
    }

    /// A cipher was agreed on somewhere: so the log shows it, and a handshake without one did not come that far.
    pub fn cipher_chosen(&mut self) {
        self.shows_ciphers = true;
    }

    /// The reason of the handshake that fails now. `chosen` says whether a cipher was agreed on in it; `None` where
    /// the log does not show that much of it.
    pub fn take(&mut self, chosen: Option<bool>) -> Option<T> {
        let inferred = chosen.or(self.shows_ciphers.then_some(false));
        self.take_for(inferred).or_else(|| if inferred == chosen { None } else { self.take_for(chosen) })
    }

    fn take_for(&mut self, chosen: Option<bool>) -> Option<T> {
        let fits = |waiting: &Waiting<T>| match (waiting.kind, chosen) {
            (Kind::BeforeCipher, Some(chosen)) => !chosen,
            (Kind::AfterCipher, Some(chosen)) => chosen,
            _ => true,
        };
        // The reasons in one run before the failures that come now.
        let run = *self.run.get_or_insert_with(|| {
            let mut from = self.clock;
            for waiting in self.waiting.iter().rev() {
                if waiting.at + 1 != from {
                    break;
                }
                from = waiting.at;
            }
            from
        });
        let near = self.waiting.iter().position(|waiting| waiting.at >= run && fits(waiting));
        let at = near.or_else(|| self.waiting.iter().position(fits))?;
        Some(self.waiting.remove(at).told)
    }

    /// Reasons whose failure was never printed.
    pub fn finish(self) -> Vec<T> {
        self.waiting.into_iter().map(|waiting| waiting.told).collect()
    }
}

fn kind(function: &str, reason: &str) -> Kind {
    let (function, reason) = (function.to_ascii_lowercase(), reason.to_ascii_lowercase());
    let says = |text: &str, words: &[&str]| {
        words.iter().any(|word| memmem::find(text.as_bytes(), word.as_bytes()).is_some())
    };
    if says(&function, &IN_HELLO) || says(&reason, &WORDS_IN_HELLO) {
        return Kind::BeforeCipher;
    }
    if says(&function, &BEHIND_CIPHER) || says(&reason, &WORDS_BEHIND_CIPHER) {
        return Kind::AfterCipher;
    }
    match tls_alerts::by_reason(&reason) {
        Some(42..=46 | 48) => Kind::AfterCipher,
        _ => Kind::Any,
    }
}

/// Functions that read the client's hello, in lower case.
const IN_HELLO: [&str; 2] = ["get_client_hello", "process_client_hello"];
/// Functions that read what a client sends once a cipher is chosen.
const BEHIND_CIPHER: [&str; 10] = [
    "client_certificate",
    "cert_verify",
    "get_finished",
    "process_finished",
    "client_key_exchange",
    "process_cke",
    "verify_cert_chain",
    "get_message_body",
    "change_cipher_spec",
    "dtls1_process_record",
];
/// Reasons that leave no room for a cipher: the hello fits nothing, or is none.
const WORDS_IN_HELLO: [&str; 9] = [
    "no shared cipher",
    "unsupported protocol",
    "unknown protocol",
    "version too low",
    "http request",
    "https proxy request",
    "required cipher missing",
    "no ciphers passed",
    "no ciphers specified",
];
/// Reasons about what comes behind the choice of a cipher.
const WORDS_BEHIND_CIPHER: [&str; 6] = [
    "did not return a certificate",
    "certificate verify failed",
    "digest check failed",
    "bad signature",
    "decryption failed",
    "data between ccs and finished",
];

/// Reasons that wait at most.
const MOST: usize = 64;

#[cfg(test)]
mod tests {
    use super::*;

    const CIPHER: &str = "no shared cipher";
    const TRUST: &str = "tlsv1 alert unknown ca";
    const OTHER: &str = "wrong version number";

    /// Plays events: `Ok(reason)` is a 725014, `Err(chosen)` a 725006, `Ok("")` something else. What comes out is one
    /// entry a failure, its later reasons behind the first.
    fn play(events: &[Result<&'static str, Option<bool>>]) -> Vec<Vec<&'static str>> {
        let mut pending = PendingReasons::default();
        let mut taken: Vec<Vec<&'static str>> = Vec::new();
        for event in events.iter().chain([&Ok("")]) {
            let left = pending.next(event.is_err());
            if let Some(last) = taken.last_mut() {
                last.extend(left);
            }
            match event {
                Ok("") => {}
                Ok(reason) => pending.push("", reason, *reason),
                Err(chosen) => taken.push(pending.take(*chosen).into_iter().collect()),
            }
        }
        taken
    }

    #[test]
    fn reasons_find_the_handshake_that_they_explain() {
        type Row<'a> = (&'a [Result<&'static str, Option<bool>>], &'a [&'a [&'a str]]);
        let rows: &[Row<'_>] = &[
            (&[Ok(CIPHER), Err(None)], &[&[CIPHER]]),
            (&[Ok(OTHER), Ok(CIPHER), Err(None)], &[&[OTHER, CIPHER]]),
            (&[Ok(CIPHER), Ok(TRUST), Err(Some(true)), Err(Some(false))], &[&[TRUST], &[CIPHER]]),
            (&[Ok(OTHER), Ok(OTHER), Err(None), Err(None)], &[&[OTHER], &[OTHER]]),
            (&[Ok(TRUST), Ok(""), Err(Some(false)), Err(Some(true))], &[&[], &[TRUST]]),
            (&[Ok(TRUST), Ok(""), Ok(CIPHER), Err(None)], &[&[CIPHER]]),
            (&[Err(None)], &[&[]]),
        ];
        for (events, expected) in rows {
            assert_eq!(play(events), *expected, "{events:?}");
        }
    }
    #[test]
    fn the_function_says_how_far_a_handshake_came() {
        let rows = [
            ("ssl3_get_client_certificate", "peer did not return a certificate", Kind::AfterCipher),
            ("tls_process_client_certificate", "certificate verify failed", Kind::AfterCipher),
            ("tls_process_finished", "digest check failed", Kind::AfterCipher),
            ("SSL23_GET_CLIENT_HELLO", "http request", Kind::BeforeCipher),
            ("SSL23_GET_CLIENT_HELLO", "unknown protocol", Kind::BeforeCipher),
            ("tls_early_post_process_client_hello", "unsupported protocol", Kind::BeforeCipher),
            ("ssl3_get_client_hello", "wrong version number", Kind::BeforeCipher),
            ("SSL3_GET_RECORD", "wrong version number", Kind::Any),
            ("ssl3_read_bytes", "sslv3 alert handshake failure", Kind::Any),
            ("ssl3_read_bytes", "tlsv1 alert unknown ca", Kind::AfterCipher),
        ];
        for (function, reason, expected) in rows {
            assert_eq!(kind(function, reason), expected, "{function}: {reason}");
        }
    }

    #[test]
    fn where_ciphers_are_logged_a_handshake_without_one_did_not_come_that_far() {
        let mut pending = PendingReasons::default();
        pending.cipher_chosen();
        pending.push("ssl3_get_client_certificate", "peer did not return a certificate", 1);
        pending.push("SSL23_GET_CLIENT_HELLO", "http request", 2);
        assert_eq!((pending.take(None), pending.take(Some(true))), (Some(2), Some(1)));
        pending.push("", TRUST, 3);
        assert_eq!(pending.take(None), Some(3), "a reason is not lost where nothing else fits it");
    }
}
