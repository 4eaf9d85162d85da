//! Whose is a reason? 725014 names no far end, so it is tied to a failed handshake by order.
//!
//! ```text
//! %ASA-7-725014: SSL lib error. Function: SSL3_READ_BYTES Reason: tlsv1 alert unknown ca
//! %ASA-6-725006: Device failed SSL handshake with client outside:192.0.2.9/50091
//! ```
//! The ASA prints the reason before the failure that it explains, most often right before it. Where handshakes of
//! several clients fail at a time, their reasons and failures come in the same order, and a reason can only belong
//! to a handshake that came as far as the reason says: an alert about a certificate needs one that was sent, "no
//! shared cipher" needs a hello that led to no cipher.

use crate::tables::tls_alerts;

/// Reasons whose handshake is not known yet, with whatever is to be remembered of each.
#[derive(Debug)]
pub struct PendingReasons<T> {
    waiting: Vec<Waiting<T>>,
    /// Events so far.
    clock: u64,
    /// While failures come one behind the other: when the run of reasons before them began.
    run: Option<u64>,
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
        Self { waiting: Vec::new(), clock: 0, run: None }
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

    /// Remembers a reason.
    pub fn push(&mut self, reason: &str, told: T) {
        if self.waiting.len() >= MOST {
            self.waiting.remove(0);
        }
        self.waiting.push(Waiting { told, kind: kind(reason), at: self.clock });
    }

    /// The reason of the handshake that fails now. `chosen` says whether a cipher was agreed on in it; `None` where
    /// the log does not show that much.
    pub fn take(&mut self, chosen: Option<bool>) -> Option<T> {
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

fn kind(reason: &str) -> Kind {
    let reason = reason.to_ascii_lowercase();
    if reason.contains("no shared cipher") || reason.contains("unsupported protocol") {
        return Kind::BeforeCipher;
    }
    match tls_alerts::by_reason(&reason) {
        Some(42..=46 | 48) => Kind::AfterCipher,
        _ => Kind::Any,
    }
}

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
                Ok(reason) => pending.push(reason, *reason),
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
}
