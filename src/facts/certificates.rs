//! What certificates are in the case, and whose is each?
//!
//! The role is read from what holds the certificate (a trust-point bound to the SSL server, a trust list), and
//! else from its names: phones are `CP-<model>-SEP<MAC>`, their issuers `CAPF-…` or a Cisco manufacturing CA
//! (Cisco 213295; CUCM security guide).

use crate::documents::Holder;
use crate::documents::certificate::{Certificate, Fields};
use crate::facts::{Documents, In};
use crate::names::phone::PhoneName;
use crate::source::Place;

/// Whose a certificate is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The identity of an ASA.
    AsaIdentity,
    /// An identity of an ASA that it issued itself.
    AsaSelfSigned,
    /// A CA in an ASA's trust-point.
    AsaCa,
    /// A phone's manufacturer-installed certificate.
    PhoneMic,
    /// A phone's locally significant certificate.
    PhoneLsc,
    /// CUCM's certificate authority proxy function.
    Capf,
    /// A Cisco manufacturing or root CA.
    CiscoCa,
    /// A certificate of CUCM in a trust list.
    Cucm,
    /// Another CA.
    Ca,
    /// Nothing tells.
    Unknown,
}

impl Role {
    /// The id in reports.
    pub const fn id(self) -> &'static str {
        match self {
            Self::AsaIdentity => "asa-identity",
            Self::AsaSelfSigned => "asa-self-signed",
            Self::AsaCa => "asa-ca",
            Self::PhoneMic => "phone-mic",
            Self::PhoneLsc => "phone-lsc",
            Self::Capf => "capf",
            Self::CiscoCa => "cisco-ca",
            Self::Cucm => "cucm",
            Self::Ca => "ca",
            Self::Unknown => "unknown",
        }
    }

    /// True for a certificate that an ASA might present: not a phone's, not CUCM's, not a CA of Cisco's.
    pub const fn could_be_gateway(self) -> bool {
        matches!(self, Self::AsaIdentity | Self::AsaSelfSigned | Self::Unknown)
    }
}

/// One certificate of the case.
#[derive(Clone, Copy, Debug)]
pub struct CaseCertificate<'a> {
    /// The certificate.
    pub certificate: In<'a, Certificate>,
    /// Whose it is.
    pub role: Role,
}

impl CaseCertificate<'_> {
    /// Where it stands.
    pub fn place(&self) -> Place {
        self.certificate.place(&self.certificate.document.at)
    }

    /// Its SHA-1.
    pub fn sha1(&self) -> [u8; 20] {
        self.certificate.document.sha1
    }

    /// Its subject, or a short form of its hash where the fields could not be read.
    pub fn name(&self) -> String {
        match &self.certificate.document.fields {
            Some(fields) if !fields.subject.is_empty() => fields.subject.clone(),
            _ => self.sha1().iter().take(4).map(|byte| format!("{byte:02X}")).collect::<String>() + "…",
        }
    }

    /// Its validity is over.
    pub fn has_ended(&self, now: i64) -> bool {
        let fields = self.certificate.document.fields.as_ref();
        fields.and_then(|fields| fields.not_after).is_some_and(|end| end < now)
    }

    /// The identity of a trust-point, not a CA that it holds.
    pub fn is_identity(&self) -> bool {
        matches!(self.certificate.document.holder, Holder::Trustpoint { ca: false, .. })
            || self.role == Role::AsaSelfSigned
    }

    /// Its common names and subject alternative names, each once; `None` where the fields could not be read.
    pub fn host_names(&self) -> Option<Vec<String>> {
        let fields = self.certificate.document.fields.as_ref()?;
        let mut names = fields.common_names.clone();
        for name in fields.dns_names.iter().chain(&fields.addresses) {
            if !names.contains(name) {
                names.push(name.clone());
            }
        }
        Some(names)
    }

    /// One of its names is this host, itself or by a wildcard.
    pub fn names_host(&self, host: &str) -> bool {
        let domain = host.split_once('.').map(|(_, domain)| domain).filter(|domain| domain.contains('.'));
        let fits = |name: &String| {
            let wildcard = name.strip_prefix("*.").zip(domain);
            name.eq_ignore_ascii_case(host)
                || wildcard.is_some_and(|(rest, domain)| rest.eq_ignore_ascii_case(domain))
        };
        self.certificate.document.fields.as_ref().is_some_and(|fields| {
            fields.common_names.iter().chain(&fields.dns_names).chain(&fields.addresses).any(fits)
        })
    }

    /// The trust-point that holds it.
    pub fn trustpoint(&self) -> Option<&str> {
        match &self.certificate.document.holder {
            Holder::Trustpoint { name, .. } => Some(name),
            Holder::File | Holder::Handshake { .. } | Holder::TrustList { .. } => None,
        }
    }
}

/// Every certificate of the case, in the order of the inputs.
pub fn of<'a>(documents: &Documents<'a>) -> Vec<CaseCertificate<'a>> {
    documents
        .certificates
        .iter()
        .map(|certificate| CaseCertificate {
            certificate: *certificate,
            role: role(certificate.document, documents),
        })
        .collect()
}

fn role(certificate: &Certificate, documents: &Documents<'_>) -> Role {
    let fields = certificate.fields.as_ref();
    if let Some(by_name) = fields.and_then(role_by_name) {
        return by_name;
    }
    let self_signed = fields.is_some_and(|fields| fields.self_signed);
    match &certificate.holder {
        Holder::TrustList { .. } => Role::Cucm,
        Holder::Trustpoint { name, ca } => {
            let bound = documents
                .asa_configs
                .iter()
                .any(|config| config.document.ssl.trust_points.iter().any(|bound| bound.name.value == *name));
            match (ca, self_signed) {
                // A self-signed identity stands in its chain as the only certificate, marked `ca` or not.
                (true, true) if bound && sole_in_chain(documents, name) => Role::AsaSelfSigned,
                (true, _) => Role::AsaCa,
                (false, true) => Role::AsaSelfSigned,
                (false, false) => Role::AsaIdentity,
            }
        }
        Holder::File | Holder::Handshake { .. } => match fields {
            Some(fields) if fields.ca && !looks_like_gateway(fields) => Role::Ca,
            _ => Role::Unknown,
        },
    }
}

fn sole_in_chain(documents: &Documents<'_>, trustpoint: &str) -> bool {
    documents.asa_configs.iter().any(|config| {
        config
            .document
            .trustpoints
            .iter()
            .any(|known| known.name.value == trustpoint && known.chain.len() == 1)
    })
}

/// A gateway's self-signed certificate may say CA as well: IOS makes all of them so. What tells a CA apart is what it
/// is called; whether it issued anything is looked at where a certificate is taken for the presented one.
fn looks_like_gateway(fields: &Fields) -> bool {
    let words = |name: &String| {
        let mut words = name.split(|sign: char| !sign.is_alphanumeric());
        words.any(|word| CA_WORDS.iter().any(|known| word.eq_ignore_ascii_case(known)))
    };
    fields.self_signed && !(fields.common_names.is_empty() || fields.common_names.iter().any(words))
}

/// Words in the names of CAs.
const CA_WORDS: [&str; 12] = [
    "ca",
    "root",
    "rootca",
    "subca",
    "authority",
    "certification",
    "issuing",
    "intermediate",
    "signing",
    "issuer",
    "pki",
    "zertifizierungsstelle",
];

fn role_by_name(fields: &Fields) -> Option<Role> {
    let common_name = fields.common_names.first().map(String::as_str).unwrap_or_default();
    let issuer = fields.issuer.to_ascii_lowercase();
    if PhoneName::ends(common_name) {
        let by_maker = issuer.contains("cisco manufacturing")
            || issuer.contains("cap-rtp-")
            || issuer.contains("act2 sudi")
            || issuer.contains("high assurance sudi");
        return Some(if by_maker { Role::PhoneMic } else { Role::PhoneLsc });
    }
    if common_name.starts_with("CAPF-") {
        return Some(Role::Capf);
    }
    let cisco = ["Cisco Manufacturing CA", "Cisco Root CA", "Cisco ECC Root CA", "CAP-RTP-", "ACT2 "];
    (cisco.iter().any(|start| common_name.starts_with(start))).then_some(Role::CiscoCa)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_self_signed_certificate_is_a_gateways_unless_it_is_called_a_ca() {
        let role_of = |common_name: &str, self_signed: bool| {
            let fields = Fields {
                subject: format!("CN={common_name}"),
                common_names: vec![common_name.to_owned()],
                self_signed,
                ca: true,
                ..Fields::default()
            };
            let certificate = Certificate { fields: Some(fields), ..Certificate::default() };
            role(&certificate, &Documents::default())
        };
        for (name, self_signed, role) in [
            ("IOS-Self-Signed-Certificate-1234567890", true, Role::Unknown),
            ("branch-asa", true, Role::Unknown),
            ("vpn.example.com", true, Role::Unknown),
            ("Example Root CA", true, Role::Ca),
            ("Example Certification Authority 2", true, Role::Ca),
            ("Beispiel-Zertifizierungsstelle", true, Role::Ca),
            ("branch-asa", false, Role::Ca),
        ] {
            assert_eq!(role_of(name, self_signed), role, "{name}");
        }
    }
}
