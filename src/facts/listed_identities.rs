//! Which certificate does a bound trust-point hold, where only `show crypto ca certificates` shows it?
//!
//! ```text
//! Certificate
//!   Validity Date:
//!     end   date: 08:00:00 EDT Sep 18 2018
//!   Associated Trustpoints: PHONES          ssl trust-point PHONES outside
//! ```
//! The list has no hash, so it cannot say whether a phone trusts the certificate; dates and issuer it does say. What
//! binds the trust-point: `ssl trust-point` in a configuration, for an interface that serves phones, or `show ssl`. A
//! certificate that is in the case itself is left out: it says all that better.
//!
//! Quirks: dates are local time even where the zone's name says otherwise (a `clock timezone GMT +8` prints GMT), so a
//! day is over for sure only when it is over everywhere. An entry that is not `Available` is not in use.
//!
//! Sources: ASA command reference, `show crypto ca certificates`.

use crate::documents::asa_certificates::{AsaCertificates, Entry};
use crate::facts::certificates::CaseCertificate;
use crate::facts::distinguished_name::common_name;
use crate::facts::gateway_certificate::{identity_of, serves_phones};
use crate::facts::{Documents, In};
use crate::source::{Located, Place};

/// One certificate as an ASA lists it.
#[derive(Clone, Debug)]
pub struct ListedIdentity {
    /// Its block.
    pub place: Place,
    /// The trust-point.
    pub trustpoint: String,
    /// The line that binds it.
    pub bound: Place,
    /// The interface that it is bound to.
    pub interface: Option<String>,
    /// As printed.
    pub issuer: Option<String>,
    /// The first day, its line, and the line as printed.
    pub start: Option<(i64, Place, String)>,
    /// The last day, likewise.
    pub end: Option<(i64, Place, String)>,
    /// Whether the issuer is known to be there.
    pub issuer_held: IssuerHeld,
    /// The lines of the list.
    pub searched: (u32, String),
}

/// Whether an ASA has the issuer of a certificate in a trust-point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IssuerHeld {
    /// It issued itself, or its issuer is listed.
    Yes,
    /// The list holds CAs of other trust-points too, and not this one.
    No,
    /// The list is that of one trust-point.
    NotListed,
    /// The list does not name the issuer.
    Unknown,
}

/// Seconds by which local time may differ from that of Greenwich.
const ZONES: i64 = 14 * 60 * 60;
const DAY: i64 = 24 * 60 * 60;

impl ListedIdentity {
    /// Its last day is over, everywhere.
    pub fn is_over(&self, now: i64) -> bool {
        self.end.as_ref().is_some_and(|(day, ..)| now > day.saturating_add(DAY + ZONES))
    }

    /// Its first day has begun nowhere.
    pub fn is_not_yet(&self, now: i64) -> bool {
        self.start.as_ref().is_some_and(|(day, ..)| now < day.saturating_sub(ZONES))
    }

    /// Whole days that are left, at least; `None` where it is over or the end is not printed.
    pub fn days_left(&self, now: i64) -> Option<i64> {
        let (day, ..) = self.end.as_ref().filter(|_| !self.is_over(now))?;
        Some(day.saturating_sub(now).max(0) / DAY)
    }
}

/// Every bound trust-point's, in the order of the lists.
pub fn of(documents: &Documents<'_>, certificates: &[CaseCertificate<'_>]) -> Vec<ListedIdentity> {
    let mut found = Vec::new();
    for list in &documents.asa_certificates {
        let in_use = |entry: &&Entry| {
            let available = |status: &Located<String>| status.value.eq_ignore_ascii_case("available");
            !entry.ca && entry.status.as_ref().is_none_or(available)
        };
        for entry in list.document.entries.iter().filter(in_use) {
            if is_in_the_case(entry, certificates) {
                continue;
            }
            let binding = entry.trustpoints.iter().find_map(|name| {
                let (bound, interface) = bound(documents, certificates, *list, &name.value)?;
                Some((name.value.clone(), bound, interface))
            });
            let Some((trustpoint, bound, interface)) = binding else { continue };
            let dated = |day: Option<i64>, seen: &Option<Located<String>>| {
                let seen = seen.as_ref()?;
                Some((day?, list.place(&seen.at), seen.value.clone()))
            };
            let lines = documents.input(list.input).and_then(|input| input.lines).unwrap_or_default();
            found.push(ListedIdentity {
                place: list.place(&entry.at),
                trustpoint,
                bound,
                interface,
                issuer: entry.issuer.as_ref().map(|seen| seen.value.clone()),
                start: dated(entry.not_before_day, &entry.start),
                end: dated(entry.not_after_day, &entry.end),
                issuer_held: issuer_held(documents, certificates, entry),
                searched: (list.input, format!("lines 1-{lines}")),
            });
        }
    }
    found
}

fn is_in_the_case(entry: &Entry, certificates: &[CaseCertificate<'_>]) -> bool {
    let Some(serial) = &entry.serial else { return false };
    certificates.iter().any(|known| {
        known.certificate.document.fields.as_ref().is_some_and(|fields| fields.serial == serial.value)
    })
}

/// The line that binds a trust-point on the list's ASA, and the interface.
fn bound(
    documents: &Documents<'_>,
    certificates: &[CaseCertificate<'_>],
    list: In<'_, AsaCertificates>,
    name: &str,
) -> Option<(Place, Option<String>)> {
    let session = |input: u32| documents.session(input);
    let together = |input: u32, alone: bool| {
        alone || (session(input).is_some() && session(input) == session(list.input))
    };
    let alone = documents.asa_configs.len() == 1;
    let by_config =
        documents.asa_configs.iter().filter(|config| together(config.input, alone)).find_map(|config| {
            // The chain of this very configuration says better what it holds.
            if identity_of(certificates, name, Some(config.input)).is_some() {
                return None;
            }
            let mut points = config.document.ssl.trust_points.iter();
            let point = points.find(|point| {
                point.name.value == name && serves_phones(*config, point.interface.as_deref())
            })?;
            Some((config.place(&point.name.at), point.interface.clone()))
        });
    let alone = documents.asa_ssls.len() == 1;
    by_config.or_else(|| {
        documents.asa_ssls.iter().filter(|output| together(output.input, alone)).find_map(|output| {
            let point = output.document.trust_points.iter().find(|point| point.name.value == name)?;
            let interface = (!point.interface.is_empty()).then(|| point.interface.clone());
            Some((output.place(&point.name.at), interface))
        })
    })
}

fn issuer_held(documents: &Documents<'_>, certificates: &[CaseCertificate<'_>], entry: &Entry) -> IssuerHeld {
    let Some(issuer) = entry.issuer.as_ref() else { return IssuerHeld::Unknown };
    let same = |other: &str| is_same_name(&issuer.value, other);
    let listed = || documents.asa_certificates.iter().flat_map(|list| &list.document.entries);
    let subject_fits = |one: &Entry| one.subject.as_ref().is_some_and(|subject| same(&subject.value));
    let in_trustpoint = certificates.iter().any(|known| {
        let fields = known.certificate.document.fields.as_ref();
        known.trustpoint().is_some() && fields.is_some_and(|fields| same(&fields.subject))
    });
    if subject_fits(entry) || in_trustpoint || listed().any(|one| one.ca && subject_fits(one)) {
        return IssuerHeld::Yes;
    }
    let others = listed().any(|one| {
        one.trustpoints.iter().any(|name| !entry.trustpoints.iter().any(|own| own.value == name.value))
    });
    if others { IssuerHeld::No } else { IssuerHeld::NotListed }
}

/// The common names, or the whole names where there are none.
fn is_same_name(one: &str, other: &str) -> bool {
    match (common_name(one), common_name(other)) {
        ("", "") => one.eq_ignore_ascii_case(other),
        (one, other) => one.eq_ignore_ascii_case(other),
    }
}
