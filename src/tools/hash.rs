//! The hash tool: texts in any notation, and certificates, in; hex, base64 and whether they match out.
//!
//! ```text
//! hash 5X6B6plUwUSXZnjQ4kGM33mpMXY= e57e81ea9954c144976678d0e2418cdf79a93176   → equal
//! ```

use serde::{Deserialize, Serialize};

use crate::documents::certificate::Certificate;
use crate::fingerprint::{
    self, Algorithm, KnownCertificate, LooksLike, Notation, State, Value, VerdictState,
};
use crate::text::Lang;

/// The contract's form of an answer, in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HashReport {
    /// `vpn-phone-doctor/hash/1`.
    pub schema: String,
    /// Every hash of every text, in order.
    pub values: Vec<HashEntry>,
    /// Whether they match.
    pub verdict: HashVerdict,
}

/// One hash, or a text that is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HashEntry {
    /// The text that it was read from.
    pub text: String,
    /// Whether it is a hash.
    pub state: State,
    /// By its length.
    pub algorithm: Option<Algorithm>,
    /// Lower case, without separators.
    pub hex: Option<String>,
    /// With padding.
    pub base64: Option<String>,
    /// How it was written.
    pub notation: Option<Notation>,
    /// What an invalid or suspicious value probably is.
    pub looks_like: Option<LooksLike>,
    /// What a person should know about it.
    pub notes: Vec<String>,
}

/// Whether everything matches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HashVerdict {
    /// In one word.
    pub state: VerdictState,
    /// Why.
    pub why: String,
}

/// Reads the texts, and compares them with each other and with the certificates.
pub fn report(texts: &[String], certificates: &[KnownCertificate], lang: Lang) -> HashReport {
    let read: Vec<Vec<Value>> = texts.iter().map(|text| fingerprint::read(text)).collect();
    let verdict = fingerprint::compare(&read, certificates);
    HashReport {
        schema: SCHEMA.to_owned(),
        verdict: HashVerdict { state: verdict.state, why: verdict.why.get(lang).into_owned() },
        values: read.into_iter().flatten().map(|value| entry(value, lang)).collect(),
    }
}

/// A certificate as the hash tool knows it. `label` says where it comes from, usually a file's name.
pub fn known_certificate(label: &str, certificate: &Certificate) -> KnownCertificate {
    let fields = certificate.fields.as_ref();
    KnownCertificate {
        label: label.to_owned(),
        subject: fields.map(|fields| fields.subject.clone()).unwrap_or_default(),
        issuer: fields.map(|fields| fields.issuer.clone()).unwrap_or_default(),
        not_before: fields.and_then(|fields| fields.not_before),
        md5: certificate.md5,
        sha1: certificate.sha1,
        sha256: certificate.sha256,
        sha1_of_pem: certificate.sha1_of_pem,
        sha1_of_key: certificate.sha1_of_key,
    }
}

fn entry(value: Value, lang: Lang) -> HashEntry {
    let is_hash = value.state == State::Hash;
    HashEntry {
        state: value.state,
        algorithm: value.algorithm,
        hex: is_hash.then(|| fingerprint::hex(&value.bytes)),
        base64: is_hash.then(|| fingerprint::base64(&value.bytes)),
        notation: value.notation,
        looks_like: value.looks_like,
        notes: value.notes.iter().map(|note| note.get(lang).into_owned()).collect(),
        text: value.text,
    }
}

const SCHEMA: &str = "vpn-phone-doctor/hash/1";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_has_the_form_of_the_contract() {
        let texts = ["SHA1 5X6B6plUwUSXZnjQ4kGM33mpMXY=".to_owned(), "e57e".to_owned()];
        let report = serde_json::to_value(report(&texts, &[], Lang::En)).unwrap();
        assert_eq!(report["schema"], "vpn-phone-doctor/hash/1");
        let first = &report["values"][0];
        assert_eq!(first["text"], texts[0]);
        assert_eq!((&first["state"], &first["algorithm"]), (&"hash".into(), &"sha1".into()));
        assert_eq!(first["hex"], "e57e81ea9954c144976678d0e2418cdf79a93176");
        assert_eq!(first["base64"], "5X6B6plUwUSXZnjQ4kGM33mpMXY=");
        assert!(first["looks_like"].is_null());
        assert_eq!(report["values"][1]["state"], "invalid");
        assert!(report["values"][1]["hex"].is_null());
        assert_eq!(report["verdict"]["state"], "invalid");
    }

    #[test]
    fn ids_are_what_serde_writes() {
        let id = |value: serde_json::Value| value.as_str().unwrap().to_owned();
        assert_eq!(id(serde_json::to_value(LooksLike::Base64OfHex).unwrap()), LooksLike::Base64OfHex.id());
        assert_eq!(id(serde_json::to_value(LooksLike::Sha384).unwrap()), LooksLike::Sha384.id());
        assert_eq!(id(serde_json::to_value(Notation::Base64UrlSafe).unwrap()), Notation::Base64UrlSafe.id());
        for algorithm in Algorithm::ALL {
            assert_eq!(id(serde_json::to_value(algorithm).unwrap()), algorithm.id());
        }
    }
}
