//! Which certificate is presented, by what the phone offers and which certificates are bound?
//!
//! The table of Cisco 116162, computed: three kinds of offers by four sets of certificates. It holds for releases
//! in which configured certificates come first (CSCuu02848 fixed). Before that fix, from 9.4(1) on, a phone that
//! offers elliptic curves is given a certificate on one, if need be a self-signed one; before 9.4(1) there are none.

use crate::facts::Documents;
use crate::facts::asa_devices::AsaDevice;
use crate::facts::certificates::CaseCertificate;
use crate::facts::gateway_certificate::identity_of;
use crate::source::Place;
use crate::tables::asa_defaults::Preference;

/// The kind of a certificate's key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// RSA.
    Rsa,
    /// An elliptic curve.
    Elliptic,
}

/// What a phone offers: suites for which keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    /// RSA suites only.
    Rsa,
    /// Suites on elliptic curves (ECDSA) only.
    Elliptic,
    /// Both.
    Both,
}

impl Offer {
    /// The rows of the table.
    pub const ALL: [Self; 3] = [Self::Rsa, Self::Elliptic, Self::Both];

    const fn has(self, key: Key) -> bool {
        matches!((self, key), (Self::Both, _) | (Self::Rsa, Key::Rsa) | (Self::Elliptic, Key::Elliptic))
    }
}

/// Which certificates are bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Set {
    /// One with an RSA key.
    Rsa,
    /// One on an elliptic curve.
    Elliptic,
    /// One of each.
    Both,
    /// None.
    Nothing,
}

impl Set {
    /// The columns of the table.
    pub const ALL: [Self; 4] = [Self::Rsa, Self::Elliptic, Self::Both, Self::Nothing];

    const fn has(self, key: Key) -> bool {
        matches!((self, key), (Self::Both, _) | (Self::Rsa, Key::Rsa) | (Self::Elliptic, Key::Elliptic))
    }
}

/// The certificate that is presented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presented {
    /// The one that is bound.
    Configured(Key),
    /// One that the ASA made itself.
    SelfSigned(Key),
}

impl Presented {
    /// The kind of its key.
    pub const fn key(self) -> Key {
        match self {
            Self::Configured(key) | Self::SelfSigned(key) => key,
        }
    }
}

/// One cell of the table; `None` where no handshake comes about.
pub fn present(offer: Offer, set: Set, preference: Preference) -> Option<Presented> {
    let curves = preference != Preference::NoCurves && offer.has(Key::Elliptic);
    if curves && set.has(Key::Elliptic) {
        return Some(Presented::Configured(Key::Elliptic));
    }
    if curves && preference == Preference::Curve {
        return Some(Presented::SelfSigned(Key::Elliptic));
    }
    if offer.has(Key::Rsa) && set.has(Key::Rsa) {
        return Some(Presented::Configured(Key::Rsa));
    }
    match set {
        Set::Nothing if curves => Some(Presented::SelfSigned(Key::Elliptic)),
        // The self-signed RSA certificate stands in wherever no RSA certificate is bound.
        _ if offer.has(Key::Rsa) => Some(Presented::SelfSigned(Key::Rsa)),
        _ => None,
    }
}

/// A trust-point that the phones' interface has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// Its name.
    pub name: String,
    /// The line that binds it.
    pub place: Place,
    /// The kind of its key; `None` where nothing shows it.
    pub key: Option<Key>,
}

/// The trust-points of one ASA.
#[derive(Clone, Debug, Default)]
pub struct Bound {
    /// Each of them.
    pub bindings: Vec<Binding>,
    /// There are no others.
    pub complete: bool,
}

impl Bound {
    /// The column of the table. A key that nothing shows is taken for RSA; `None` where nothing is known.
    pub fn set(&self) -> Option<Set> {
        let has = |wanted| self.bindings.iter().any(|bound| bound.key.unwrap_or(Key::Rsa) == wanted);
        match (has(Key::Rsa), has(Key::Elliptic)) {
            (true, true) => Some(Set::Both),
            (true, false) => Some(Set::Rsa),
            (false, true) => Some(Set::Elliptic),
            (false, false) => self.complete.then_some(Set::Nothing),
        }
    }

    /// A trust-point whose key nothing shows.
    pub fn unsure(&self) -> Option<&Binding> {
        self.bindings.iter().find(|bound| bound.key.is_none())
    }
}

/// The trust-points that phones meet: those of interfaces on which webvpn is enabled, and those of all interfaces.
pub(super) fn bound(
    documents: &Documents<'_>,
    device: Option<&AsaDevice<'_>>,
    certificates: &[CaseCertificate<'_>],
) -> Bound {
    let mut bound = Bound::default();
    if let Some(device) = device {
        bound.complete = device.covers("ssl");
        let enabled: Vec<&str> = device
            .configs
            .iter()
            .filter_map(|config| config.document.webvpn.as_ref())
            .flat_map(|webvpn| webvpn.enabled.iter().map(|interface| interface.value.as_str()))
            .collect();
        for config in &device.configs {
            for trust_point in &config.document.ssl.trust_points {
                let here = trust_point
                    .interface
                    .as_deref()
                    .is_none_or(|interface| enabled.is_empty() || enabled.contains(&interface));
                // A trust-point of a domain is only shown to a client that names the domain.
                if here && trust_point.domain.is_none() {
                    bound.bindings.push(Binding {
                        name: trust_point.name.value.clone(),
                        place: config.place(&trust_point.name.at),
                        key: key_of(documents, certificates, device, &trust_point.name.value),
                    });
                }
            }
        }
        return bound;
    }
    for output in &documents.asa_ssls {
        bound.complete |= output.document.lists_trust_points;
        for trust_point in &output.document.trust_points {
            bound.bindings.push(Binding {
                name: trust_point.name.value.clone(),
                place: output.place(&trust_point.name.at),
                key: key_by_words(&trust_point.key),
            });
        }
    }
    bound
}

/// The key of a trust-point's identity: its certificate, then what `show crypto ca certificates` or `show ssl` says.
fn key_of(
    documents: &Documents<'_>,
    certificates: &[CaseCertificate<'_>],
    device: &AsaDevice<'_>,
    trustpoint: &str,
) -> Option<Key> {
    let mut configs = device.configs.iter();
    let identity = configs.find_map(|config| identity_of(certificates, trustpoint, Some(config.input)));
    if let Some(fields) = identity.and_then(|known| known.certificate.document.fields.as_ref()) {
        return Some(if fields.elliptic { Key::Elliptic } else { Key::Rsa });
    }
    let listed = documents
        .asa_certificates
        .iter()
        .flat_map(|list| &list.document.entries)
        .filter(|entry| !entry.ca && entry.trustpoints.iter().any(|name| name.value == trustpoint))
        .find_map(|entry| key_by_words(&entry.key.as_ref()?.value));
    listed.or_else(|| {
        let mut printed = documents.asa_ssls.iter().flat_map(|output| &output.document.trust_points);
        printed.find(|known| known.name.value == trustpoint).and_then(|known| key_by_words(&known.key))
    })
}

/// `RSA (2048 bits)`, `EC 256 bits ecdsa-with-SHA256`
fn key_by_words(words: &str) -> Option<Key> {
    let words = words.trim_start().to_ascii_uppercase();
    if words.starts_with("RSA") { Some(Key::Rsa) } else { words.starts_with("EC").then_some(Key::Elliptic) }
}

#[cfg(test)]
mod tests {
    use Key::{Elliptic, Rsa};
    use Presented::{Configured, SelfSigned};

    use super::*;

    fn row(offer: Offer, preference: Preference) -> [Option<Presented>; 4] {
        Set::ALL.map(|set| present(offer, set, preference))
    }

    #[test]
    fn all_twelve_cells_are_those_of_the_document() {
        let fixed = Preference::Configured;
        assert_eq!(
            row(Offer::Rsa, fixed),
            [Some(Configured(Rsa)), Some(SelfSigned(Rsa)), Some(Configured(Rsa)), Some(SelfSigned(Rsa))]
        );
        assert_eq!(
            row(Offer::Elliptic, fixed),
            [None, Some(Configured(Elliptic)), Some(Configured(Elliptic)), Some(SelfSigned(Elliptic))]
        );
        assert_eq!(
            row(Offer::Both, fixed),
            [
                Some(Configured(Rsa)),
                Some(Configured(Elliptic)),
                Some(Configured(Elliptic)),
                Some(SelfSigned(Elliptic))
            ]
        );
    }

    #[test]
    fn before_the_fix_the_curve_wins_and_before_9_4_there_is_none() {
        assert_eq!(row(Offer::Both, Preference::Curve)[0], Some(SelfSigned(Elliptic)));
        assert_eq!(row(Offer::Rsa, Preference::Curve)[0], Some(Configured(Rsa)));
        assert_eq!(row(Offer::Both, Preference::NoCurves)[0], Some(Configured(Rsa)));
        assert_eq!(row(Offer::Elliptic, Preference::NoCurves), [None; 4]);
    }
}
