//! Distinguished names as text, in the order and with the escapes of RFC 4514.
//!
//! `CN=vpn.example.com,OU=Voice,O=Example\, Inc.,C=DE`: the most specific part first, as
//! `openssl x509 -nameopt RFC2253,utf8,-esc_msb` prints it. Attribute types are written with OpenSSL's short names;
//! one that has none is written as its identifier with the value as `#` and the hexadecimal of its encoding. An empty
//! name is an empty text.
//!
//! Quirks: strings that are not what their tag says (Latin-1 in a PrintableString, broken UTF-8) are read as far as
//! they go, with U+FFFD where a byte has no meaning.
//!
//! Sources: RFC 4514 section 2; OpenSSL 3, `X509_NAME_print_ex` and `obj_dat.h` for the short names.

use super::{Element, Elements, Fault, oid, tag};

/// A name in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Name {
    /// RFC 4514.
    pub text: String,
    /// The common names in the order of the encoding, without escapes.
    pub common_names: Vec<String>,
}

/// Reads the content of a Name's SEQUENCE.
pub fn read(content: &[u8]) -> Result<Name, Fault> {
    let mut name = Name::default();
    let mut parts: Vec<String> = Vec::new();
    for set in Elements::of(content) {
        let set = expect(set?, tag::SET)?;
        let mut attributes: Vec<String> = Vec::new();
        for attribute in set.inside() {
            let attribute = expect(attribute?, tag::SEQUENCE)?;
            let mut inside = attribute.inside();
            let kind = oid::dotted(inside.require(tag::OID)?.content);
            let Some(value) = inside.next() else { return Err(Fault::Cut { needs: None, has: 0 }) };
            let value = value?;
            let short = oid::named(SHORT_NAMES, &kind);
            let text = plain(&value);
            if short == Some("CN") {
                name.common_names.push(text.clone().unwrap_or_default());
            }
            attributes.push(match (short, text) {
                (Some(short), Some(text)) => format!("{short}={}", escaped(&text)),
                (short, _) => {
                    format!(
                        "{}=#{}",
                        short.unwrap_or(&kind),
                        crate::hex::encode(value.whole).to_ascii_uppercase()
                    )
                }
            });
        }
        attributes.reverse();
        parts.push(attributes.join("+"));
    }
    parts.reverse();
    name.text = parts.join(",");
    Ok(name)
}

/// A string value as text; `None` where the element is not a string.
pub fn plain(value: &Element<'_>) -> Option<String> {
    let bytes = value.content;
    let latin = || bytes.iter().map(|byte| char::from(*byte)).collect();
    match value.tag {
        UTF8 => Some(String::from_utf8_lossy(bytes).into_owned()),
        NUMERIC | PRINTABLE | T61 | IA5 | VISIBLE | tag::UTC_TIME | tag::GENERALIZED_TIME => Some(latin()),
        BMP => {
            let units = bytes.chunks(2).map(|unit| match *unit {
                [high, low] => u16::from_be_bytes([high, low]),
                _ => 0xfffd,
            });
            Some(char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
        }
        UNIVERSAL => Some(
            bytes
                .chunks(4)
                .map(|unit| match *unit {
                    [a, b, c, d] => char::from_u32(u32::from_be_bytes([a, b, c, d])),
                    _ => None,
                })
                .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
                .collect(),
        ),
        _ => None,
    }
}

fn expect(element: Element<'_>, wanted: u8) -> Result<Element<'_>, Fault> {
    if element.tag == wanted { Ok(element) } else { Err(Fault::Tag { wanted, found: element.tag }) }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let last = text.len().saturating_sub(1);
    for (at, character) in text.char_indices() {
        match character {
            ',' | '+' | '"' | '\\' | '<' | '>' | ';' => out.extend(['\\', character]),
            '#' if at == 0 => out.push_str("\\#"),
            ' ' if at == 0 || at == last => out.push_str("\\ "),
            '\0'..='\x1f' | '\x7f' => out.push_str(&format!("\\{:02X}", u32::from(character))),
            _ => out.push(character),
        }
    }
    out
}

const UTF8: u8 = 12;
const NUMERIC: u8 = 18;
const PRINTABLE: u8 = 19;
const T61: u8 = 20;
const IA5: u8 = 22;
const VISIBLE: u8 = 26;
const UNIVERSAL: u8 = 28;
const BMP: u8 = 30;

/// Attribute types and OpenSSL's short names for them.
const SHORT_NAMES: &[(&str, &str)] = &[
    ("0.9.2342.19200300.100.1.1", "UID"),
    ("0.9.2342.19200300.100.1.2", "textEncodedORAddress"),
    ("0.9.2342.19200300.100.1.3", "mail"),
    ("0.9.2342.19200300.100.1.5", "favouriteDrink"),
    ("0.9.2342.19200300.100.1.25", "DC"),
    ("1.2.643.3.131.1.1", "INN"),
    ("1.2.643.100.1", "OGRN"),
    ("1.2.643.100.3", "SNILS"),
    ("1.2.643.100.5", "OGRNIP"),
    ("1.2.840.113549.1.9.1", "emailAddress"),
    ("1.2.840.113549.1.9.2", "unstructuredName"),
    ("1.2.840.113549.1.9.7", "challengePassword"),
    ("1.2.840.113549.1.9.8", "unstructuredAddress"),
    ("1.2.840.113549.1.9.20", "friendlyName"),
    ("1.3.6.1.4.1.311.60.2.1.1", "jurisdictionL"),
    ("1.3.6.1.4.1.311.60.2.1.2", "jurisdictionST"),
    ("1.3.6.1.4.1.311.60.2.1.3", "jurisdictionC"),
    ("2.5.4.3", "CN"),
    ("2.5.4.4", "SN"),
    ("2.5.4.5", "serialNumber"),
    ("2.5.4.6", "C"),
    ("2.5.4.7", "L"),
    ("2.5.4.8", "ST"),
    ("2.5.4.9", "street"),
    ("2.5.4.10", "O"),
    ("2.5.4.11", "OU"),
    ("2.5.4.12", "title"),
    ("2.5.4.13", "description"),
    ("2.5.4.14", "searchGuide"),
    ("2.5.4.15", "businessCategory"),
    ("2.5.4.16", "postalAddress"),
    ("2.5.4.17", "postalCode"),
    ("2.5.4.18", "postOfficeBox"),
    ("2.5.4.19", "physicalDeliveryOfficeName"),
    ("2.5.4.20", "telephoneNumber"),
    ("2.5.4.21", "telexNumber"),
    ("2.5.4.23", "facsimileTelephoneNumber"),
    ("2.5.4.24", "x121Address"),
    ("2.5.4.25", "internationaliSDNNumber"),
    ("2.5.4.26", "registeredAddress"),
    ("2.5.4.27", "destinationIndicator"),
    ("2.5.4.41", "name"),
    ("2.5.4.42", "GN"),
    ("2.5.4.43", "initials"),
    ("2.5.4.44", "generationQualifier"),
    ("2.5.4.45", "x500UniqueIdentifier"),
    ("2.5.4.46", "dnQualifier"),
    ("2.5.4.51", "houseIdentifier"),
    ("2.5.4.54", "dmdName"),
    ("2.5.4.65", "pseudonym"),
    ("2.5.4.72", "role"),
    ("2.5.4.97", "organizationIdentifier"),
    ("2.5.4.98", "c3"),
    ("2.5.4.99", "n3"),
    ("2.5.4.100", "dnsName"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn attribute(kind: &[u8], octet: u8, value: &[u8]) -> Vec<u8> {
        let wrap =
            |octet: u8, content: &[u8]| [&[octet, u8::try_from(content.len()).unwrap()], content].concat();
        let inner = [wrap(tag::OID, kind), wrap(octet, value)].concat();
        wrap(tag::SET, &wrap(tag::SEQUENCE, &inner))
    }

    #[test]
    fn a_name_is_written_most_specific_first_and_escaped() {
        let country = attribute(&[0x55, 4, 6], PRINTABLE, b"DE");
        let rows: [(u8, &[u8], &str); 8] = [
            (UTF8, "Grün, Inc.".as_bytes(), r"CN=Grün\, Inc.,C=DE"),
            (T61, b"Gr\xfcn", "CN=Grün,C=DE"),
            (BMP, &[0x20, 0xac, 0, b'1'], "CN=€1,C=DE"),
            (UNIVERSAL, &[0, 0, 0x20, 0xac], "CN=€,C=DE"),
            (PRINTABLE, b"# a ", r"CN=\# a\ ,C=DE"),
            (PRINTABLE, b" ", r"CN=\ ,C=DE"),
            (UTF8, b"a\nb\0", r"CN=a\0Ab\00,C=DE"),
            (tag::OCTET_STRING, b"x", "CN=#040178,C=DE"),
        ];
        for (octet, value, expected) in rows {
            let content = [country.clone(), attribute(&[0x55, 4, 3], octet, value)].concat();
            assert_eq!(read(&content).map(|name| name.text).as_deref(), Ok(expected));
        }
        let unknown = attribute(&[0x2a, 3], UTF8, b"x");
        assert_eq!(read(&unknown).map(|name| name.text).as_deref(), Ok("1.2.3=#0C0178"));
        assert_eq!(read(&[]), Ok(Name::default()));
    }

    #[test]
    fn a_damaged_name_is_a_fault() {
        let whole = attribute(&[0x55, 4, 3], UTF8, b"vpn.example.com");
        for cut in 1..whole.len() {
            assert!(read(&whole[..cut]).is_err(), "{cut}");
        }
    }
}
