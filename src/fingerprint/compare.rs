//! Do hashes match, each other or a certificate, and if not: why not?
//!
//! Usual answers: MD5 as the ASA prints it against the phone's SHA-1; a digit mistyped; the hash of another
//! certificate of the chain, or of the one before the last renewal; of the PEM text, or of the key alone.

use serde::{Deserialize, Serialize};

use super::near::{missing_place, near_miss};
use super::{Algorithm, State, Value, base64, hex};
use crate::text::{Class, Text};

/// What is known of a certificate that hashes are compared with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownCertificate {
    /// Where it comes from, for people: a file's name.
    pub label: String,
    /// Distinguished name; empty where it could not be read.
    pub subject: String,
    /// Distinguished name; empty where it could not be read.
    pub issuer: String,
    /// Seconds since 1970.
    pub not_before: Option<i64>,
    /// Over the DER encoding.
    pub md5: [u8; 16],
    /// Over the DER encoding: what a phone compares.
    pub sha1: [u8; 20],
    /// Over the DER encoding.
    pub sha256: [u8; 32],
    /// SHA-1 over the PEM text.
    pub sha1_of_pem: [u8; 20],
    /// SHA-1 over the public key; zeros where it could not be read.
    pub sha1_of_key: [u8; 20],
}

/// Whether everything given matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum VerdictState {
    /// One value and nothing to compare it with.
    Single,
    /// All are hashes of the same.
    Equal,
    /// They are not.
    Different,
    /// A value is not a hash.
    Invalid,
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// In one word.
    pub state: VerdictState,
    /// Why.
    pub why: Text,
}

/// Compares what was read of several texts (see [`super::read`]) with each other and with certificates.
///
/// A text matches if any of its hashes does: IOS prints MD5 and SHA-1 of one certificate. A certificate is matched
/// by its MD5, SHA-1 or SHA-256; with it, hashes of different algorithms can be told to be of the same.
pub fn compare(texts: &[Vec<Value>], certificates: &[KnownCertificate]) -> Verdict {
    let verdict = |state, why| Verdict { state, why };
    if let Some(bad) = texts.iter().find(|text| hashes(text).next().is_none()) {
        return verdict(VerdictState::Invalid, why_invalid(bad, texts, certificates));
    }
    match texts {
        [] => verdict(VerdictState::Invalid, NO_VALUE),
        [_] if certificates.is_empty() => verdict(VerdictState::Single, SINGLE),
        _ if certificates.is_empty() => match first_unlike(texts) {
            None => verdict(VerdictState::Equal, EQUAL),
            Some((one, other)) => verdict(VerdictState::Different, why_different(one, other)),
        },
        _ => against(texts, certificates),
    }
}

fn hashes(text: &[Value]) -> impl Iterator<Item = (&Value, Algorithm)> {
    text.iter()
        .filter(|value| value.state == State::Hash)
        .filter_map(|value| value.algorithm.map(|algorithm| (value, algorithm)))
}

/// The first text, and the first of the others that does not match it.
fn first_unlike(texts: &[Vec<Value>]) -> Option<(&[Value], &[Value])> {
    let (first, others) = texts.split_first()?;
    others.iter().find(|other| !alike(first, other)).map(|other| (first.as_slice(), other.as_slice()))
}

/// Some hash is in both, and no algorithm contradicts it.
fn alike(one: &[Value], other: &[Value]) -> bool {
    let agree = |algorithm: Algorithm| {
        let of = |text| hashes(text).filter(move |(_, own)| *own == algorithm).map(|(value, _)| &value.bytes);
        let both = of(one).next().is_some() && of(other).next().is_some();
        both.then(|| of(one).any(|bytes| of(other).any(|others| others == bytes)))
    };
    let answers: Vec<bool> = Algorithm::ALL.into_iter().filter_map(agree).collect();
    !answers.is_empty() && answers.into_iter().all(|agrees| agrees)
}

fn why_different(one: &[Value], other: &[Value]) -> Text {
    for (value, algorithm) in hashes(one) {
        for (others, _) in hashes(other).filter(|(_, others)| *others == algorithm) {
            if value.bytes != others.bytes {
                return near_miss(&value.bytes, &others.bytes).unwrap_or(UNRELATED);
            }
        }
    }
    let name = |text| hashes(text).next().map_or("", |(_, algorithm)| algorithm.name());
    OTHER_ALGORITHM.word("one", name(one)).word("other", name(other))
}

/// Texts against certificates.
fn against(texts: &[Vec<Value>], certificates: &[KnownCertificate]) -> Verdict {
    let all = |certificate: &&KnownCertificate| texts.iter().all(|text| hash_of(text, certificate).is_some());
    if let Some(certificate) = certificates.iter().find(all) {
        let mut names: Vec<&str> =
            texts.iter().filter_map(|text| hash_of(text, certificate)).map(Algorithm::name).collect();
        names.dedup();
        let why = OF_CERTIFICATE.list("names", Class::Words, names);
        let why = why.with("certificate", Class::Subject, certificate.name());
        return Verdict { state: VerdictState::Equal, why };
    }
    let holder = |text: &[Value]| certificates.iter().find(|known| hash_of(text, known).is_some());
    let mut held: Option<&KnownCertificate> = None;
    let mut why = UNRELATED;
    for text in texts {
        match (holder(text), held) {
            (None, _) => {
                why = why_unmatched(text, certificates);
                break;
            }
            (Some(known), Some(before)) if known != before => {
                why = relation(before, known);
                break;
            }
            (known, _) => held = known,
        }
    }
    Verdict { state: VerdictState::Different, why }
}

/// The algorithm by which a text holds this certificate's hash.
fn hash_of(text: &[Value], certificate: &KnownCertificate) -> Option<Algorithm> {
    let known = certificate.hashes();
    hashes(text).find(|(value, _)| known.contains(&value.bytes.as_slice())).map(|(_, algorithm)| algorithm)
}

/// Why a text is the hash of none of the certificates.
fn why_unmatched(text: &[Value], certificates: &[KnownCertificate]) -> Text {
    for (value, _) in hashes(text) {
        for known in certificates {
            let of = |text: Text| text.with("certificate", Class::Subject, known.name());
            if value.bytes == known.sha1_of_pem {
                return of(OF_PEM);
            }
            if value.bytes == known.sha1_of_key && known.sha1_of_key != [0; 20] {
                return of(OF_KEY);
            }
            for hash in known.hashes() {
                if let Some(near) = near_miss(&value.bytes, hash) {
                    return of(ALMOST).followed_by(near);
                }
            }
        }
    }
    if hashes(text).all(|(_, algorithm)| algorithm == Algorithm::Sha512) {
        return SHA512;
    }
    let names: Vec<String> = certificates.iter().take(NAMED).map(KnownCertificate::name).collect();
    let more = if certificates.len() > NAMED { ", …" } else { "" };
    let none = OF_NONE.list("hash", Class::Hash, hashes(text).map(|(value, _)| hex(&value.bytes)));
    none.number("count", certificates.len()).list("names", Class::Subject, names).word("more", more)
}

/// Certificates named in a sentence.
const NAMED: usize = 5;

/// How the certificates of two hashes belong together.
fn relation(one: &KnownCertificate, other: &KnownCertificate) -> Text {
    let text = if one.subject.is_empty() || other.subject.is_empty() {
        TWO_CERTIFICATES
    } else if one.subject == other.subject {
        match (one.not_before, other.not_before) {
            (Some(first), Some(second)) if first < second => FIRST_OLDER,
            (Some(first), Some(second)) if first > second => SECOND_OLDER,
            _ => SAME_SUBJECT,
        }
    } else if one.issuer == other.subject {
        SECOND_ISSUED
    } else if other.issuer == one.subject {
        FIRST_ISSUED
    } else {
        TWO_CERTIFICATES
    };
    text.with("one", Class::Words, one.name()).with("other", Class::Words, other.name())
}

/// What is wrong with a text, and whether what it probably means would match.
fn why_invalid(bad: &[Value], texts: &[Vec<Value>], certificates: &[KnownCertificate]) -> Text {
    let Some(value) = bad.first() else { return NO_VALUE };
    let why = value.notes.first().cloned().unwrap_or(NO_VALUE);
    let others = texts.iter().flat_map(|text| hashes(text)).map(|(value, _)| value.bytes.as_slice());
    for other in others.chain(certificates.iter().flat_map(KnownCertificate::hashes)) {
        if value.meant.as_deref() == Some(other) {
            return why.followed_by(MEANT_MATCHES);
        }
        let digits = value.digits.to_ascii_lowercase();
        for (digits, whole) in [(digits.as_str(), hex(other)), (value.digits.as_str(), base64(other))] {
            let (text, place) = match (missing_place(digits, &whole), missing_place(&whole, digits)) {
                (Some(place), _) => (PLACE_MISSING, place),
                (_, Some(place)) => (PLACE_TOO_MANY, place),
                _ if digits.len() >= 16 && whole.starts_with(digits) => (CUT, digits.len()),
                _ => continue,
            };
            return why.followed_by(text.number("place", place));
        }
    }
    why
}

impl KnownCertificate {
    fn hashes(&self) -> [&[u8]; 3] {
        [&self.md5, &self.sha1, &self.sha256]
    }

    fn name(&self) -> String {
        match (self.subject.as_str(), self.label.as_str()) {
            ("", label) => label.to_owned(),
            (subject, "") => subject.to_owned(),
            (subject, label) => format!("{subject} ({label})"),
        }
    }
}

const NO_VALUE: Text = Text::fixed("There is no hash to compare.", "Es gibt keinen Hash zu vergleichen.");
const SINGLE: Text =
    Text::fixed("One value, nothing to compare it with.", "Ein Wert, nichts, womit er zu vergleichen wäre.");
const EQUAL: Text = Text::fixed("They are the same bytes.", "Es sind dieselben Bytes.");
const UNRELATED: Text = Text::fixed(
    "They are hashes of two different things. With the certificates it can be told of which.",
    "Es sind Hashes von zwei verschiedenen Dingen. Mit den Zertifikaten lässt sich sagen, von welchen.",
);
const OTHER_ALGORITHM: Text = Text::fixed(
    "One is {one}, the other {other}: they cannot be compared, even if they are of the same certificate. With the certificate it can be told whether they are.",
    "Der eine ist {one}, der andere {other}: Sie lassen sich nicht vergleichen, selbst wenn beide vom selben Zertifikat sind. Mit dem Zertifikat lässt sich sagen, ob sie es sind.",
);
const OF_CERTIFICATE: Text =
    Text::fixed("{names} of the certificate {certificate}.", "{names} des Zertifikats {certificate}.");
const OF_PEM: Text = Text::fixed(
    "It is the SHA-1 of the PEM text of {certificate}. A phone compares the SHA-1 of its DER bytes: convert the file to DER first (openssl x509 -outform der).",
    "Es ist der SHA-1 des PEM-Textes von {certificate}. Ein Telefon vergleicht den SHA-1 der DER-Bytes: Wandeln Sie die Datei zuerst in DER um (openssl x509 -outform der).",
);
const OF_KEY: Text = Text::fixed(
    "It is the SHA-1 of the public key of {certificate}, not of the certificate.",
    "Es ist der SHA-1 des öffentlichen Schlüssels von {certificate}, nicht der des Zertifikats.",
);
const ALMOST: Text =
    Text::fixed("It is almost the hash of {certificate}.", "Es ist fast der Hash von {certificate}.");
const SHA512: Text = Text::fixed(
    "SHA-512 is not compared with certificates here; nothing is known about it.",
    "SHA-512 wird hier nicht mit Zertifikaten verglichen; darüber ist nichts bekannt.",
);
const OF_NONE: Text = Text::fixed(
    "{hash} is the hash of none of the certificates ({count}): {names}{more}. It belongs to another certificate.",
    "{hash} ist der Hash von keinem der Zertifikate ({count}): {names}{more}. Er gehört zu einem anderen Zertifikat.",
);
const TWO_CERTIFICATES: Text = Text::fixed(
    "They are the hashes of two different certificates: {one} and {other}.",
    "Es sind die Hashes von zwei verschiedenen Zertifikaten: {one} und {other}.",
);
const SAME_SUBJECT: Text = Text::fixed(
    "They are the hashes of two certificates with the same subject: {one} and {other}.",
    "Es sind die Hashes von zwei Zertifikaten mit demselben Inhaber (subject): {one} und {other}.",
);
const FIRST_OLDER: Text = Text::fixed(
    "The certificate was renewed: the first hash is of the older one, {one}, the second of the newer one, {other}, with the same subject.",
    "Das Zertifikat wurde erneuert: Der erste Hash ist vom älteren, {one}, der zweite vom neueren, {other}, mit demselben Inhaber (subject).",
);
const SECOND_OLDER: Text = Text::fixed(
    "The certificate was renewed: the first hash is of the newer one, {one}, the second of the older one, {other}, with the same subject.",
    "Das Zertifikat wurde erneuert: Der erste Hash ist vom neueren, {one}, der zweite vom älteren, {other}, mit demselben Inhaber (subject).",
);
const SECOND_ISSUED: Text = Text::fixed(
    "The first hash is of {one}, the second of the CA that issued it, {other}.",
    "Der erste Hash ist von {one}, der zweite von der CA, die es ausgestellt hat, {other}.",
);
const FIRST_ISSUED: Text = Text::fixed(
    "The second hash is of {other}, the first of the CA that issued it, {one}.",
    "Der zweite Hash ist von {other}, der erste von der CA, die es ausgestellt hat, {one}.",
);
const MEANT_MATCHES: Text =
    Text::fixed("What was probably meant does match.", "Was wahrscheinlich gemeint war, stimmt überein.");
const PLACE_MISSING: Text = Text::fixed(
    "But for place {place}, which is missing, it is the other hash.",
    "Bis auf Stelle {place}, die fehlt, ist es der andere Hash.",
);
const PLACE_TOO_MANY: Text = Text::fixed(
    "But for place {place}, which is too many, it is the other hash.",
    "Bis auf Stelle {place}, die zu viel ist, ist es der andere Hash.",
);
const CUT: Text = Text::fixed(
    "Its first {place} digits are those of the other hash: the rest was cut off.",
    "Seine ersten {place} Stellen sind die des anderen Hashs: Der Rest wurde abgeschnitten.",
);

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    const SHA1: &str = "e57e81ea9954c144976678d0e2418cdf79a93176";
    const OTHER: &str = "1289b8a7aa9ffd84865e38939f3466a61b5608fc";
    const MD5: &str = "Fingerprint: dbc1e67d 061ff7f2 9f9b3a10 63fc7912";

    fn certificate(subject: &str, issuer: &str, sha1: &str, not_before: i64) -> KnownCertificate {
        let bytes = |text: &str| read(text).remove(0).bytes;
        KnownCertificate {
            subject: subject.to_owned(),
            issuer: issuer.to_owned(),
            not_before: Some(not_before),
            sha1: bytes(sha1).try_into().unwrap(),
            md5: bytes(MD5).try_into().unwrap(),
            sha256: [7; 32],
            sha1_of_pem: [8; 20],
            sha1_of_key: [9; 20],
            ..KnownCertificate::default()
        }
    }

    #[track_caller]
    fn check(texts: &[&str], certificates: &[KnownCertificate], state: VerdictState, telling: &str) {
        let texts: Vec<Vec<Value>> = texts.iter().map(|text| read(text)).collect();
        let verdict = compare(&texts, certificates);
        assert_eq!(verdict.state, state, "{}", verdict.why.en());
        assert!(verdict.why.en().contains(telling), "{}", verdict.why.en());
    }

    #[test]
    fn hashes_alone() {
        use VerdictState::*;
        check(&[SHA1], &[], Single, "nothing to compare");
        check(&[SHA1, "5X6B6plUwUSXZnjQ4kGM33mpMXY="], &[], Equal, "same bytes");
        check(&[SHA1, OTHER], &[], Different, "two different things");
        check(&[SHA1, MD5], &[], Different, "One is SHA-1, the other MD5");
        check(&[SHA1, &format!("MD5: {}\nSHA1: {SHA1}", "12".repeat(16))], &[], Equal, "");
        check(&[SHA1, &SHA1.replace("76", "77")], &[], Different, "digit");
        check(&[SHA1, &SHA1[..39]], &[], Invalid, "place 40, which is missing");
        check(&[SHA1, &format!("{}4{}", &SHA1[..7], &SHA1[7..])], &[], Invalid, "place 8, which is too many");
        check(&[SHA1, &SHA1[..24]], &[], Invalid, "first 24 digits");
        check(&[SHA1, &SHA1.replace('0', "O")], &[], Invalid, "does match");
        check(&[SHA1, "5X6B6plUSXZnjQ4kGM33mpMXY="], &[], Invalid, "too few");
        check(&[SHA1, "asa.example.com"], &[], Invalid, "no hash here");
    }

    #[test]
    fn hashes_against_certificates() {
        use VerdictState::*;
        let leaf = certificate("CN=asa.example.com", "CN=Example CA", SHA1, 100);
        let issuer =
            KnownCertificate { md5: [1; 16], ..certificate("CN=Example CA", "CN=Example CA", OTHER, 1) };
        let older =
            KnownCertificate { md5: [1; 16], ..certificate("CN=asa.example.com", "CN=Example CA", OTHER, 1) };
        let chain = [leaf.clone(), issuer];
        check(&[SHA1], &chain, Equal, "SHA-1 of the certificate CN=asa.example.com");
        check(&[SHA1, MD5], &chain, Equal, "SHA-1, MD5 of the certificate");
        check(&[OTHER, SHA1], &chain, Different, "the first of the CA that issued it");
        check(&[OTHER, SHA1], &[leaf.clone(), older], Different, "the first hash is of the older one");
        check(&[&hex(&[8; 20])], &chain, Different, "PEM text of CN=asa");
        check(&[&hex(&[9; 20])], &chain, Different, "public key of CN=asa");
        check(&[&"ab".repeat(20)], &chain, Different, "none of the certificates (2)");
        check(&[&SHA1.replace("e57e", "e57f")], &chain, Different, "almost the hash of CN=asa");
        check(&[&SHA1[..38]], &[leaf], Invalid, "first 38 digits");
    }
}
