//! The extensions of a certificate: the few that decide something as fields, and all of them in words.
//!
//! An extension that is not known, or whose content is damaged, is listed with its object identifier and the
//! hexadecimal of its content; the others are not affected.
//!
//! Source: RFC 5280 4.2.

use std::net::{Ipv4Addr, Ipv6Addr};

use x509_parser::extensions::{
    DistributionPointName, ExtendedKeyUsage, GeneralName, KeyUsage, NSCertType, NameConstraints,
    ParsedExtension, X509Extension,
};
use x509_parser::prelude::FromDer;

use crate::der::{Element, element, integer_hex, name, oid, tag};
use crate::documents::certificate::Fields;
use crate::hex;
use crate::text::{Class, Text};

/// Reads the content of `[3] EXPLICIT Extensions`.
pub(super) fn read(tagged: &Element<'_>, fields: &mut Fields, notes: &mut Vec<Text>) {
    let list = match tagged.inside().require(tag::SEQUENCE) {
        Ok(list) => list,
        Err(fault) => {
            notes.push(damaged("", &fault.text()));
            return;
        }
    };
    for item in list.inside() {
        let item = match item {
            Ok(item) => item,
            Err(fault) => {
                notes.push(damaged("", &fault.text()));
                return;
            }
        };
        read_one(&item, fields, notes);
    }
}

fn read_one(item: &Element<'_>, fields: &mut Fields, notes: &mut Vec<Text>) {
    let Ok((_, extension)) = X509Extension::from_der(item.whole) else {
        let dotted = item.inside().require(tag::OID).map(|kind| oid::dotted(kind.content));
        notes.push(damaged(&dotted.unwrap_or_default(), &UNREADABLE));
        return;
    };
    let dotted = oid::dotted(extension.oid.as_bytes());
    let value = match extension.parsed_extension() {
        ParsedExtension::SubjectAlternativeName(names) => {
            for general in &names.general_names {
                take_name(general, fields);
            }
            listed(&names.general_names)
        }
        ParsedExtension::IssuerAlternativeName(names) => listed(&names.general_names),
        ParsedExtension::BasicConstraints(constraints) => {
            fields.ca = constraints.ca;
            let length = constraints.path_len_constraint;
            let length = length.map(|length| format!(", pathLenConstraint={length}")).unwrap_or_default();
            format!("cA={}{length}", if constraints.ca { "TRUE" } else { "FALSE" })
        }
        ParsedExtension::SubjectKeyIdentifier(id) => {
            fields.subject_key_id = hex::encode(id.0);
            fields.subject_key_id.clone()
        }
        ParsedExtension::AuthorityKeyIdentifier(authority) => {
            fields.authority_key_id =
                authority.key_identifier.as_ref().map(|id| hex::encode(id.0)).unwrap_or_default();
            let mut parts = vec![fields.authority_key_id.clone()];
            parts.extend(authority.authority_cert_issuer.as_deref().map(listed));
            parts.extend(
                authority.authority_cert_serial.map(|serial| format!("serial={}", integer_hex(serial))),
            );
            parts.retain(|part| !part.is_empty());
            parts.join(", ")
        }
        ParsedExtension::KeyUsage(usage) => key_usage(usage),
        ParsedExtension::ExtendedKeyUsage(usage) => extended_key_usage(usage),
        ParsedExtension::CertificatePolicies(policies) => joined(policies.iter().map(|policy| {
            let dotted = oid::dotted(policy.policy_id.as_bytes());
            oid::named(POLICIES, &dotted).map_or(dotted, str::to_owned)
        })),
        ParsedExtension::AuthorityInfoAccess(access) => joined(access.accessdescs.iter().map(access_text)),
        ParsedExtension::SubjectInfoAccess(access) => joined(access.accessdescs.iter().map(access_text)),
        ParsedExtension::CRLDistributionPoints(points) => {
            joined(points.points.iter().map(|point| match &point.distribution_point {
                Some(DistributionPointName::FullName(names)) => listed(names),
                Some(DistributionPointName::NameRelativeToCRLIssuer(_)) => {
                    "relative to the issuer".to_owned()
                }
                None => point.crl_issuer.as_deref().map(listed).unwrap_or_default(),
            }))
        }
        ParsedExtension::NameConstraints(constraints) => name_constraints(constraints),
        ParsedExtension::NSCertType(kind) => netscape(kind),
        ParsedExtension::NsCertComment(comment) => (*comment).to_owned(),
        ParsedExtension::SCT(stamps) => joined(stamps.iter().map(|stamp| {
            let seconds = i64::try_from(stamp.timestamp / 1000).unwrap_or(i64::MAX);
            crate::time::rfc3339(seconds)
        })),
        ParsedExtension::ParseError { .. } => {
            notes.push(damaged(&dotted, &UNREADABLE));
            shortened(extension.value)
        }
        _ => text_or_hex(extension.value),
    };
    let title = EXTENSIONS.iter().find(|(known, _)| *known == dotted);
    let title = title.map_or_else(|| Text::quoted(dotted.clone()), |(_, title)| title.clone());
    let title = if extension.critical {
        Text::fixed("{title} (critical)", "{title} (kritisch)").nested("title", title.clone())
    } else {
        title
    };
    fields.details.push((title, value));
}

/// Files one alternative name of the subject.
fn take_name(general: &GeneralName<'_>, fields: &mut Fields) {
    match general {
        GeneralName::DNSName(host) => fields.dns_names.push((*host).to_owned()),
        GeneralName::Invalid(kind, bytes) if kind.0 == 2 => fields.dns_names.push(latin(bytes)),
        GeneralName::IPAddress(bytes) => fields.addresses.push(address(bytes)),
        other => fields.other_names.push(general_name(other)),
    }
}

/// A general name with its kind in front, as OpenSSL writes it.
fn general_name(general: &GeneralName<'_>) -> String {
    match general {
        GeneralName::DNSName(host) => format!("DNS:{host}"),
        GeneralName::RFC822Name(mailbox) => format!("email:{mailbox}"),
        GeneralName::URI(uri) => format!("URI:{uri}"),
        GeneralName::IPAddress(bytes) => format!("IP:{}", address(bytes)),
        GeneralName::RegisteredID(id) => format!("RID:{}", oid::dotted(id.as_bytes())),
        GeneralName::DirectoryName(directory) => {
            let text = element(directory.as_raw()).and_then(|raw| name::read(raw.content));
            format!("DirName:{}", text.map(|name| name.text).unwrap_or_default())
        }
        GeneralName::OtherName(kind, value) => {
            let text = element(value).ok().and_then(|tagged| tagged.inside().next()?.ok());
            let text = text.and_then(|inner| name::plain(&inner)).unwrap_or_else(|| shortened(value));
            let dotted = oid::dotted(kind.as_bytes());
            format!("othername:{}:{text}", oid::named(OTHER_NAMES, &dotted).unwrap_or(&dotted))
        }
        GeneralName::X400Address(_) => "X400Name:…".to_owned(),
        GeneralName::EDIPartyName(_) => "EdiPartyName:…".to_owned(),
        GeneralName::Invalid(kind, bytes) => match kind.0 {
            1 => format!("email:{}", latin(bytes)),
            2 => format!("DNS:{}", latin(bytes)),
            6 => format!("URI:{}", latin(bytes)),
            other => format!("[{other}]:{}", shortened(bytes)),
        },
    }
}

/// An address, or with twice the bytes a network of name constraints.
fn address(bytes: &[u8]) -> String {
    if let Ok(four) = <[u8; 4]>::try_from(bytes) {
        return Ipv4Addr::from(four).to_string();
    }
    if let Ok(sixteen) = <[u8; 16]>::try_from(bytes) {
        return Ipv6Addr::from(sixteen).to_string();
    }
    match bytes.split_at_checked(bytes.len() / 2) {
        Some((network, mask)) if matches!(bytes.len(), 8 | 32) => {
            format!("{}/{}", address(network), address(mask))
        }
        _ => format!("0x{}", shortened(bytes)),
    }
}

fn access_text(access: &x509_parser::extensions::AccessDescription<'_>) -> String {
    let method = oid::dotted(access.access_method.as_bytes());
    let method = oid::named(ACCESS_METHODS, &method).map_or(method, str::to_owned);
    format!("{method} {}", general_name(&access.access_location))
}

fn key_usage(usage: &KeyUsage) -> String {
    flags(&[
        (usage.digital_signature(), "digitalSignature"),
        (usage.non_repudiation(), "nonRepudiation"),
        (usage.key_encipherment(), "keyEncipherment"),
        (usage.data_encipherment(), "dataEncipherment"),
        (usage.key_agreement(), "keyAgreement"),
        (usage.key_cert_sign(), "keyCertSign"),
        (usage.crl_sign(), "cRLSign"),
        (usage.encipher_only(), "encipherOnly"),
        (usage.decipher_only(), "decipherOnly"),
    ])
}

fn extended_key_usage(usage: &ExtendedKeyUsage<'_>) -> String {
    let known = flags(&[
        (usage.any, "anyExtendedKeyUsage"),
        (usage.server_auth, "serverAuth"),
        (usage.client_auth, "clientAuth"),
        (usage.code_signing, "codeSigning"),
        (usage.email_protection, "emailProtection"),
        (usage.time_stamping, "timeStamping"),
        (usage.ocsp_signing, "OCSPSigning"),
    ]);
    let others = usage.other.iter().map(|id| {
        let dotted = oid::dotted(id.as_bytes());
        oid::named(PURPOSES, &dotted).map_or(dotted, str::to_owned)
    });
    joined((!known.is_empty()).then_some(known).into_iter().chain(others))
}

fn netscape(kind: &NSCertType) -> String {
    flags(&[
        (kind.ssl_client(), "sslClient"),
        (kind.ssl_server(), "sslServer"),
        (kind.smime(), "smime"),
        (kind.object_signing(), "objectSigning"),
        (kind.ssl_ca(), "sslCA"),
        (kind.smime_ca(), "smimeCA"),
        (kind.object_signing_ca(), "objectSigningCA"),
    ])
}

fn name_constraints(constraints: &NameConstraints<'_>) -> String {
    let part = |word: &'static str, trees: &Option<Vec<x509_parser::extensions::GeneralSubtree<'_>>>| {
        let trees = trees.as_deref().unwrap_or_default();
        let trees = trees.iter().map(move |tree| format!("{word} {}", general_name(&tree.base)));
        trees.collect::<Vec<_>>()
    };
    let permitted = part("permitted", &constraints.permitted_subtrees);
    joined(permitted.into_iter().chain(part("excluded", &constraints.excluded_subtrees)))
}

fn flags(rows: &[(bool, &str)]) -> String {
    rows.iter().filter(|(set, _)| *set).map(|(_, word)| *word).collect::<Vec<_>>().join(", ")
}

fn listed(names: &[GeneralName<'_>]) -> String {
    joined(names.iter().map(general_name))
}

/// The first values, and how many more there are.
fn joined(values: impl Iterator<Item = String>) -> String {
    let mut values = values;
    let mut text = values.by_ref().take(SHOWN).collect::<Vec<_>>().join(", ");
    let more = values.count();
    if more > 0 {
        text.push_str(&format!(", … (+{more})"));
    }
    text
}

/// A content that is one string as that string, anything else in hexadecimal.
fn text_or_hex(value: &[u8]) -> String {
    let string = element(value).ok().filter(|string| string.whole.len() == value.len());
    let text = string.and_then(|string| name::plain(&string));
    text.filter(|text| !text.chars().any(char::is_control)).unwrap_or_else(|| shortened(value))
}

fn shortened(bytes: &[u8]) -> String {
    match bytes.get(..SHOWN) {
        Some(first) if first.len() < bytes.len() => format!("{}…", hex::encode(first)),
        _ => hex::encode(bytes),
    }
}

fn latin(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}

fn damaged(dotted: &str, why: &Text) -> Text {
    let title = EXTENSIONS.iter().find(|(known, _)| *known == dotted).map(|(_, title)| title.clone());
    let title = title.unwrap_or_else(|| Text::quoted(dotted));
    UNREADABLE_EXTENSION.nested("title", title.clone()).nested("why", why.clone()).with(
        " ()",
        Class::Words,
        "",
    )
}

/// Values of one list, or bytes of one content, that are shown.
const SHOWN: usize = 100;
const UNREADABLE: Text =
    Text::fixed("its content is not built as it should be", "ihr Inhalt ist nicht aufgebaut, wie er sollte");

const ACCESS_METHODS: &[(&str, &str)] = &[
    ("1.3.6.1.5.5.7.48.1", "OCSP"),
    ("1.3.6.1.5.5.7.48.2", "caIssuers"),
    ("1.3.6.1.5.5.7.48.3", "timeStamping"),
    ("1.3.6.1.5.5.7.48.5", "caRepository"),
];

const OTHER_NAMES: &[(&str, &str)] = &[
    ("1.3.6.1.4.1.311.20.2.3", "UPN"),
    ("1.3.6.1.4.1.311.25.1", "DC-GUID"),
    ("1.3.6.1.5.2.2", "KRB5"),
    ("1.3.6.1.5.5.7.8.5", "XmppAddr"),
    ("1.3.6.1.5.5.7.8.7", "SRVName"),
    ("1.3.6.1.5.5.7.8.9", "SmtpUTF8Mailbox"),
];

const POLICIES: &[(&str, &str)] = &[
    ("2.5.29.32.0", "anyPolicy"),
    ("2.23.140.1.1", "CA/B extended validation"),
    ("2.23.140.1.2.1", "CA/B domain validated"),
    ("2.23.140.1.2.2", "CA/B organisation validated"),
];

const PURPOSES: &[(&str, &str)] = &[
    ("1.3.6.1.5.5.7.3.5", "ipsecEndSystem"),
    ("1.3.6.1.5.5.7.3.6", "ipsecTunnel"),
    ("1.3.6.1.5.5.7.3.7", "ipsecUser"),
    ("1.3.6.1.5.5.7.3.17", "ipsecIKE"),
    ("1.3.6.1.5.5.8.2.2", "ipsecIntermediate"),
    ("1.3.6.1.4.1.311.10.3.3", "msSGC"),
    ("1.3.6.1.4.1.311.20.2.2", "msSmartcardLogin"),
    ("2.16.840.1.113730.4.1", "nsSGC"),
];

/// Extensions by name: RFC 5280 4.2, RFC 6962, RFC 7633, and Microsoft's and Netscape's own.
const EXTENSIONS: &[(&str, Text)] = &[
    ("1.3.6.1.4.1.311.20.2", Text::fixed("Certificate template", "Zertifikatsvorlage")),
    ("1.3.6.1.4.1.311.21.1", Text::fixed("CA version", "CA-Version")),
    ("1.3.6.1.4.1.311.21.7", Text::fixed("Certificate template", "Zertifikatsvorlage")),
    ("1.3.6.1.4.1.311.21.10", Text::fixed("Application policies", "Anwendungsrichtlinien")),
    ("1.3.6.1.4.1.11129.2.4.2", Text::fixed("Certificate transparency", "Certificate Transparency")),
    ("1.3.6.1.4.1.11129.2.4.3", Text::fixed("Precertificate poison", "Vorzertifikat")),
    ("1.3.6.1.5.5.7.1.1", Text::fixed("Authority information access", "Zugriff auf Stelleninformationen")),
    (
        "1.3.6.1.5.5.7.1.3",
        Text::fixed("Qualified certificate statements", "Angaben zu qualifizierten Zertifikaten"),
    ),
    ("1.3.6.1.5.5.7.1.11", Text::fixed("Subject information access", "Zugriff auf Inhaberinformationen")),
    ("1.3.6.1.5.5.7.1.24", Text::fixed("TLS features", "TLS-Funktionen")),
    ("2.5.29.9", Text::fixed("Subject directory attributes", "Verzeichnisattribute des Inhabers")),
    ("2.5.29.14", Text::fixed("Subject key identifier", "Schlüsselkennung des Inhabers")),
    ("2.5.29.15", Text::fixed("Key usage", "Schlüsselverwendung")),
    ("2.5.29.16", Text::fixed("Private key usage period", "Nutzungszeit des privaten Schlüssels")),
    ("2.5.29.17", Text::fixed("Subject alternative name", "Alternativer Inhabername")),
    ("2.5.29.18", Text::fixed("Issuer alternative name", "Alternativer Ausstellername")),
    ("2.5.29.19", Text::fixed("Basic constraints", "Basiseinschränkungen")),
    ("2.5.29.30", Text::fixed("Name constraints", "Namenseinschränkungen")),
    ("2.5.29.31", Text::fixed("CRL distribution points", "Sperrlistenverteilpunkte")),
    ("2.5.29.32", Text::fixed("Certificate policies", "Zertifikatsrichtlinien")),
    ("2.5.29.33", Text::fixed("Policy mappings", "Richtlinienzuordnungen")),
    ("2.5.29.35", Text::fixed("Authority key identifier", "Schlüsselkennung des Ausstellers")),
    ("2.5.29.36", Text::fixed("Policy constraints", "Richtlinieneinschränkungen")),
    ("2.5.29.37", Text::fixed("Extended key usage", "Erweiterte Schlüsselverwendung")),
    ("2.5.29.46", Text::fixed("Freshest CRL", "Aktuellste Sperrliste")),
    ("2.5.29.54", Text::fixed("Inhibit any-policy", "anyPolicy ausgeschlossen")),
    ("2.16.840.1.113730.1.1", Text::fixed("Netscape certificate type", "Netscape-Zertifikatstyp")),
    ("2.16.840.1.113730.1.13", Text::fixed("Netscape comment", "Netscape-Kommentar")),
];

const UNREADABLE_EXTENSION: Text = Text::fixed(
    "An extension could not be read ({title}): {why}.",
    "Eine Erweiterung ist nicht lesbar ({title}): {why}.",
);
