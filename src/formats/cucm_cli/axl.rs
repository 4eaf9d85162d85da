//! VPN settings in an answer of AXL, CUCM's interface for administration.
//!
//! ```text
//! <return><vpnGateway uuid="{…}"><name>HQ</name><url>https://vpn.example.com/Phones</url>…</vpnGateway></return>
//! ```
//!
//! Quirks: phones know an element `vpnGroup` too, with other elements in it. A text counts as AXL only where it names
//! AXL or has an element that phones do not know. The client's password is never part of these objects.
//! Sources: AXL schema of CUCM 8.5: vpnGateway (name, url, certificates), vpnGroup (vpnGateways), vpnProfile.

use memchr::memmem;
use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::Event;

use crate::limits::Limits;
use crate::lines::Decoded;
use crate::source::Located;

/// The objects whose elements are kept.
const OBJECTS: &[&str] = &["vpnGateway", "vpnGroup", "vpnProfile"];
/// What only an answer of AXL holds.
const SIGNS: &[&str] = &[
    "www.cisco.com/AXL",
    "<vpnGateway ",
    "<vpnGateway>",
    "<vpnGateways",
    "<vpnProfile ",
    "<vpnProfile>",
    "<failToConnect",
    "<pwdPersistant",
];
/// A value is a url, a name or a number.
const VALUE_CHARS: usize = 1024;
/// Settings kept of one document.
const SETTINGS_AT_MOST: usize = 4096;
/// Bytes looked at to recognise one.
const HEAD_BYTES: usize = 64 << 10;

/// Where a document of AXL that holds VPN objects begins.
pub(super) fn document(text: &str) -> Option<usize> {
    let start = text.find(|sign: char| !sign.is_whitespace() && sign != '\u{feff}')?;
    let rest = text.get(start..)?;
    if !rest.starts_with('<') {
        return None;
    }
    let head = rest.get(..rest.floor_char_boundary(rest.len().min(HEAD_BYTES) - 1))?;
    let has = |word: &&str| memmem::find(head.as_bytes(), word.as_bytes()).is_some();
    (SIGNS.iter().any(has) && OBJECTS.iter().any(has)).then_some(start)
}

/// Every element with a value inside the VPN objects, under its path from the object down.
pub(super) fn settings(text: &Decoded, limits: &Limits) -> Vec<(String, Located<String>)> {
    let mut found: Vec<(String, Located<String>)> = Vec::new();
    let whole = text.text();
    if whole.len() as u64 > limits.xml {
        return found;
    }
    let mut reader = Reader::from_str(whole);
    reader.config_mut().check_end_names = false;
    let mut path: Vec<String> = Vec::new();
    let mut value = String::new();
    let mut nodes = 0_u32;
    loop {
        let place = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                nodes = nodes.saturating_add(1);
                if path.len() >= limits.xml_depth || nodes > limits.xml_nodes {
                    return found;
                }
                path.push(tag.local_name().as_ref().to_owned());
                value.clear();
            }
            Ok(Event::Text(words)) => value.push_str(&words),
            Ok(Event::CData(words)) => value.push_str(&words),
            Ok(Event::GeneralRef(name)) => {
                value.push_str(resolve_predefined_entity(&name).unwrap_or_default());
            }
            Ok(Event::End(_)) => {
                let told = value.trim();
                if !told.is_empty()
                    && found.len() < SETTINGS_AT_MOST
                    && let Some(name) = name_of(&path)
                {
                    let told = told.chars().take(VALUE_CHARS).collect();
                    found.push((name, Located::new(told, text.at(place))));
                }
                value.clear();
                path.pop();
            }
            Ok(Event::Eof) | Err(_) => return found,
            Ok(_) => {}
        }
    }
}

/// `vpnGateway/certificates/certificate/subjectName`, from the object down.
fn name_of(path: &[String]) -> Option<String> {
    let object = path.iter().position(|name| OBJECTS.contains(&name.as_str()))?;
    let below = path.get(object..)?;
    (below.len() > 1).then(|| below.join("/"))
}

#[cfg(test)]
mod tests {
    use crate::documents::Content;
    use crate::input::Kind;
    use crate::intake;
    use crate::limits::Limits;

    const ANSWER: &str = r#"<?xml version="1.0"?>
<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>
<ns:getVpnGatewayResponse xmlns:ns="http://www.cisco.com/AXL/API/8.5"><return>
<vpnGateway uuid="{1}">
<name>HQ &amp; north</name>
<description/>
<url>https://vpn.example.com/Phones</url>
<certificates><certificate><issuerName>CN=vpn.example.com</issuerName></certificate></certificates>
</vpnGateway>
<vpnGroup uuid="{2}"><name>Phones</name><vpnGateways><vpnGateway><vpnGatewayName>HQ</vpnGatewayName></vpnGateway></vpnGateways></vpnGroup>
<vpnProfile><mtu>1290</mtu></vpnProfile>
</return></ns:getVpnGatewayResponse></soapenv:Body></soapenv:Envelope>
"#;

    #[test]
    fn objects_are_read_and_not_taken_for_a_phone() {
        let reading = intake::read("x", ANSWER.as_bytes(), &Limits::default());
        assert_eq!(reading.inputs[0].kind, Kind::CucmCli);
        let [document] = &reading.documents[..] else { panic!("{:?}", reading.documents) };
        let Content::CucmCli(told) = &document.content else { panic!() };
        let rows: Vec<_> = told
            .vpn_settings
            .iter()
            .map(|(name, seen)| (name.as_str(), seen.value.as_str(), seen.at.line))
            .collect();
        assert_eq!(
            rows,
            [
                ("vpnGateway/name", "HQ & north", 5),
                ("vpnGateway/url", "https://vpn.example.com/Phones", 7),
                ("vpnGateway/certificates/certificate/issuerName", "CN=vpn.example.com", 8),
                ("vpnGroup/name", "Phones", 10),
                ("vpnGroup/vpnGateways/vpnGateway/vpnGatewayName", "HQ", 10),
                ("vpnProfile/mtu", "1290", 11),
            ]
        );
    }

    #[test]
    fn an_answer_cut_anywhere_is_read_without_panic() {
        for end in 0..ANSWER.len() {
            let _ = intake::read("x", &ANSWER.as_bytes()[..end], &Limits::default());
        }
    }
}
