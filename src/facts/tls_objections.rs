//! What did phone and ASA object to in a TLS handshake, and which of them?
//!
//! Who objects decides what is at fault: alert 70 that a phone writes is about the ASA's version, one that it reads is
//! about the phone's. Witnesses, the surest first: alerts in a phone's own log, written by the phone or read from the
//! ASA; the errors of the phone's TLS library (`SSL_connect: error:CODE:…:reason`), where a received alert counts like
//! the alert's own line; message 725014 in an ASA's log, for handshakes that are phones' or may be: an alert that it
//! received is the phone's, any other reason its own.
//!
//! One alert is told up to three times in a phone's log: as a state, as an alert and as an error. It counts once, by
//! the line that has its number. What came before a success is past.
//!
//! Sources: RFC 5246 section 7.2; Cisco 116162 for both logs; [`crate::tables::tls_reasons`] for the wordings.

use std::collections::BTreeMap;

use crate::event::Channel;
use crate::facts::Documents;
use crate::facts::events_that_matter::events_that_matter;
use crate::facts::handshake::{Handshake, Tie};
use crate::facts::tls_matters::{
    By, Directness, Matter, PROTOCOL_VERSION, matter_of, matter_of_reason, objection_of, stage_of,
};
use crate::finding::Confidence;
use crate::observe::{self, Log, What};
use crate::source::Place;
use crate::stage::Stage;
use crate::tables::tls_alerts;
use crate::tables::tls_reasons::{self, Reason};

/// One objection.
#[derive(Clone, Debug)]
pub struct Objection {
    /// Who objects.
    pub by: By,
    /// To what.
    pub matter: Matter,
    /// Over TCP or UDP.
    pub channel: Channel,
    /// The line.
    pub place: Place,
    /// The part of the line that tells.
    pub mark: String,
    /// Whose log tells it.
    pub told_by: By,
    /// How sure it is that this is what was objected to, and that it was a phone.
    pub confidence: Confidence,
    /// Something ties it to a phone; else it is only possibly one's.
    pub tied: bool,
    /// The ASA's hello had arrived: version and cipher were agreed.
    pub after_hello: bool,
}

impl Objection {
    /// The alert behind it, where there was one.
    pub fn alert(&self) -> Option<u8> {
        match self.matter {
            Matter::Alert(code) | Matter::Certificate(Some(code)) => Some(code),
            Matter::Version => Some(PROTOCOL_VERSION),
            _ => None,
        }
    }

    /// Only DTLS was not agreed on. The tunnel by TLS, which a phone opens first, has a list and a version of its own.
    pub fn is_of_datagrams_alone(&self) -> bool {
        let disagrees = matches!(self.matter, Matter::Version | Matter::Cipher | Matter::Alert(40 | 71));
        self.channel == Channel::Dtls && disagrees
    }

    /// The stage that failed by it.
    pub fn stage(&self) -> Stage {
        stage_of(self.by, self.matter)
    }
}

/// Events between the lines that tell one alert.
const TOGETHER: usize = 6;

/// Everything that phones and ASAs objected to and that is not past, the phones' own logs first.
pub fn of(documents: &Documents<'_>, handshakes: &[Handshake]) -> Vec<Objection> {
    let mut found = Vec::new();
    for log in documents.logs_by(observe::By::PhoneLog) {
        from_phone_log(log, &mut found);
    }
    from_handshakes(documents, handshakes, &mut found);
    found
}

/// Those of one side and matter: where some are phones', the others are PCs that fail beside them.
pub fn told_of(all: &[Objection], by: By, matter: Matter) -> Vec<&Objection> {
    let of_tunnel = |one: &&Objection| !one.is_of_datagrams_alone();
    let about = all.iter().filter(|one| (one.by, one.matter) == (by, matter));
    let mut found: Vec<&Objection> = about.filter(of_tunnel).collect();
    let tied = found.iter().any(|one| one.tied);
    found.retain(|one| one.tied || !tied);
    found.sort_by_key(|one| one.confidence);
    found
}

fn from_phone_log(log: &Log<'_>, found: &mut Vec<Objection>) {
    let events = events_that_matter(log);
    let lines: Vec<Option<(By, Matter, Directness)>> =
        events.iter().map(|event| objection_of(&event.what)).collect();
    let mut after_hello = false;
    for (index, (event, line)) in events.iter().zip(&lines).enumerate() {
        after_hello = hello_answered(&event.what).unwrap_or(after_hello);
        let Some((by, matter, directness)) = *line else { continue };
        let near = lines.iter().skip(index.saturating_sub(TOGETHER)).take(2 * TOGETHER + 1);
        let told_better = near.flatten().any(|(other_by, other, how)| {
            let same = *other == matter || covers(*other, matter);
            *other_by == by && same && *how < directness
        });
        if told_better {
            continue;
        }
        let (channel, mark) = match event.what {
            What::LibraryError { channel, reason, .. } => (channel, reason.to_owned()),
            What::Alert { channel, .. } => (channel, String::new()),
            _ => continue,
        };
        let place = event.place();
        let confidence = if matter == Matter::NotTls { Confidence::Possible } else { Confidence::Certain };
        let told_by = By::Phone;
        found.push(Objection {
            by,
            matter,
            channel,
            place,
            mark,
            told_by,
            confidence,
            tied: true,
            after_hello,
        });
    }
}

/// The phone writes an alert for what its library has just objected to.
fn covers(alert: Matter, error: Matter) -> bool {
    matches!(
        (alert, error),
        (Matter::Certificate(Some(_)), Matter::Certificate(None))
            | (Matter::Alert(_), Matter::SessionCipher | Matter::Error | Matter::NotTls)
    )
}

/// Whether the ASA's hello has been read, where an event says so; an attempt begins without it.
fn hello_answered(what: &What<'_>) -> Option<bool> {
    use What as W;
    match what {
        W::Connecting { .. } | W::HandshakeStarted { .. } => Some(false),
        W::HelloAnswered { .. }
        | W::ServerCertificate { .. }
        | W::ServerCertificateHash { .. }
        | W::VerifyCode { .. } => Some(true),
        _ => None,
    }
}

fn from_handshakes(documents: &Documents<'_>, handshakes: &[Handshake], found: &mut Vec<Objection>) {
    let functions = functions(documents);
    for handshake in handshakes.iter().filter(|one| one.tie != Tie::Another && one.fails_now()) {
        let channel = if handshake.is_datagram() { Channel::Dtls } else { Channel::Tls };
        let tied = handshake.is_phones();
        let after_hello = handshake.chosen.is_some();
        if let Some(place) = handshake.failed.as_ref().filter(|_| handshake.reasons.is_empty()) {
            // The log ends a handshake and does not say why.
            found.push(Objection {
                by: By::Asa,
                matter: Matter::Error,
                channel,
                place: place.clone(),
                mark: String::new(),
                told_by: By::Asa,
                confidence: if tied { Confidence::Likely } else { Confidence::Possible },
                tied,
                after_hello,
            });
        }
        for reason in &handshake.reasons {
            if !tied && tls_reasons::may_be_no_tls(&reason.value) {
                continue;
            }
            let (by, matter, confidence) = match tls_alerts::by_reason(&reason.value) {
                Some(code) => (By::Phone, matter_of(By::Phone, code), Confidence::Likely),
                None => {
                    let key = (handshake.input, reason.at.line, reason.at.offset);
                    let function = functions.get(&key).copied().unwrap_or_default();
                    match tls_reasons::of_asa(function, &reason.value, after_hello) {
                        // Something that is no TLS reads the same until the ASA's hello is sent.
                        Some(Reason::OwnTooOld) if after_hello => {
                            (By::Phone, Matter::Version, Confidence::Likely)
                        }
                        Some(Reason::OwnTooOld) => (By::Phone, Matter::Version, Confidence::Possible),
                        Some(Reason::NotTls) => (By::Asa, Matter::NotTls, Confidence::Possible),
                        Some(reason) => (By::Asa, matter_of_reason(reason), Confidence::Likely),
                        None => (By::Asa, Matter::Error, Confidence::Likely),
                    }
                }
            };
            found.push(Objection {
                by,
                matter,
                channel,
                place: handshake.place(reason),
                mark: reason.value.clone(),
                told_by: By::Asa,
                confidence: if tied { confidence } else { Confidence::Possible },
                tied,
                after_hello,
            });
        }
    }
}

/// The function that each 725014 names, by its place: it tells two meanings of one reason apart.
fn functions<'a>(documents: &Documents<'a>) -> BTreeMap<(u32, u32, u64), &'a str> {
    documents
        .observed_by(observe::By::AsaLog)
        .filter_map(|event| match event.what {
            What::LibraryError { function, .. } => {
                Some(((event.input, event.at.line, event.at.offset), function))
            }
            _ => None,
        })
        .collect()
}
