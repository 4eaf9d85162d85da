//! A certificate's public key in words: `RSA 2048`, `EC P-256`, `Ed25519`.
//!
//! Empty never occurs: an algorithm without a name is written as its object identifier.
//!
//! Sources: RFC 3279 2.3 (RSA, DSA, EC), RFC 5480 2.1.1 (curves), RFC 5639 (Brainpool), RFC 8410 (Ed25519 …),
//! RFC 9881 (ML-DSA).

use crate::der::{Element, Elements, Fault, integer_bits, oid, tag};
use crate::text::Text;

/// What is said of a key.
#[derive(Debug, Default)]
pub(super) struct Key {
    /// `RSA 2048`.
    pub text: String,
    /// It is on an elliptic curve.
    pub elliptic: bool,
    /// Rows for the certificate view.
    pub details: Vec<(Text, String)>,
}

/// Reads a SubjectPublicKeyInfo.
pub(super) fn read(info: &Element<'_>) -> Result<Key, Fault> {
    let mut parts = info.inside();
    let mut algorithm = parts.require(tag::SEQUENCE)?.inside();
    let kind = oid::dotted(algorithm.require(tag::OID)?.content);
    let parameters = algorithm.next().and_then(Result::ok);
    let bits = parts.require(tag::BIT_STRING)?.content;
    // The first octet counts unused bits of the last.
    let bytes = bits.get(1..).unwrap_or_default();
    let name = oid::named(ALGORITHMS, &kind);
    let mut key = Key { text: name.unwrap_or(&kind).to_owned(), ..Key::default() };
    match kind.as_str() {
        RSA | RSA_PSS => {
            if let Some((modulus, exponent)) = rsa(bytes) {
                key.text = format!("{} {}", key.text, integer_bits(modulus));
                key.details.push((EXPONENT, decimal(exponent)));
            }
        }
        EC => {
            key.elliptic = true;
            let curve = match parameters {
                Some(curve) if curve.tag == tag::OID => {
                    let dotted = oid::dotted(curve.content);
                    oid::named(CURVES, &dotted).map_or(dotted, str::to_owned)
                }
                Some(curve) if curve.tag == tag::SEQUENCE => "(explicit parameters)".to_owned(),
                _ => "(inherited parameters)".to_owned(),
            };
            key.text = format!("EC {curve}");
        }
        DSA => {
            let prime = parameters.and_then(|set| set.inside().require(tag::INTEGER).ok());
            if let Some(prime) = prime {
                key.text = format!("DSA {}", integer_bits(prime.content));
            }
        }
        _ => key.elliptic = matches!(name, Some("Ed25519" | "Ed448" | "X25519" | "X448")),
    }
    Ok(key)
}

/// Modulus and exponent of an RSAPublicKey.
fn rsa(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut numbers = Elements::of(bytes).require(tag::SEQUENCE).ok()?.inside();
    let modulus = numbers.require(tag::INTEGER).ok()?.content;
    Some((modulus, numbers.require(tag::INTEGER).ok()?.content))
}

/// A number as people know exponents; a very long one in hexadecimal.
fn decimal(content: &[u8]) -> String {
    if integer_bits(content) > 64 {
        return format!("0x{}", crate::der::integer_hex(content));
    }
    content.iter().fold(0_u64, |number, byte| number << 8 | u64::from(*byte)).to_string()
}

const RSA: &str = "1.2.840.113549.1.1.1";
const RSA_PSS: &str = "1.2.840.113549.1.1.10";
const DSA: &str = "1.2.840.10040.4.1";
const EC: &str = "1.2.840.10045.2.1";
const EXPONENT: Text = Text::fixed("Public exponent", "Öffentlicher Exponent");

const ALGORITHMS: &[(&str, &str)] = &[
    (RSA, "RSA"),
    (RSA_PSS, "RSA-PSS"),
    ("1.2.840.113549.1.1.7", "RSA-OAEP"),
    (DSA, "DSA"),
    (EC, "EC"),
    ("1.2.840.10046.2.1", "DH"),
    ("1.2.840.113549.1.3.1", "DH"),
    ("1.3.101.110", "X25519"),
    ("1.3.101.111", "X448"),
    ("1.3.101.112", "Ed25519"),
    ("1.3.101.113", "Ed448"),
    ("1.2.643.2.2.19", "GOST R 34.10-2001"),
    ("1.2.643.7.1.1.1.1", "GOST R 34.10-2012 256"),
    ("1.2.643.7.1.1.1.2", "GOST R 34.10-2012 512"),
    ("2.16.840.1.101.3.4.3.17", "ML-DSA-44"),
    ("2.16.840.1.101.3.4.3.18", "ML-DSA-65"),
    ("2.16.840.1.101.3.4.3.19", "ML-DSA-87"),
];

const CURVES: &[(&str, &str)] = &[
    ("1.2.840.10045.3.1.1", "P-192"),
    ("1.3.132.0.33", "P-224"),
    ("1.2.840.10045.3.1.7", "P-256"),
    ("1.3.132.0.34", "P-384"),
    ("1.3.132.0.35", "P-521"),
    ("1.3.132.0.10", "secp256k1"),
    ("1.3.36.3.3.2.8.1.1.3", "brainpoolP192r1"),
    ("1.3.36.3.3.2.8.1.1.5", "brainpoolP224r1"),
    ("1.3.36.3.3.2.8.1.1.7", "brainpoolP256r1"),
    ("1.3.36.3.3.2.8.1.1.11", "brainpoolP384r1"),
    ("1.3.36.3.3.2.8.1.1.13", "brainpoolP512r1"),
    ("1.2.156.10197.1.301", "SM2"),
];
