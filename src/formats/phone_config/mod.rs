//! A phone's configuration file, `SEP….cnf.xml`, or a piece of one inside any text.
//!
//! ```text
//! <device  xsi:type="axl:XIPPhone" ctiid="77">
//! <vpnGroup>
//! <authMethod>2</authMethod>
//! <addresses><url1>https://vpn.example.com/VPNPhone</url1></addresses>
//! <credentials><hashAlg>0</hashAlg><certHash1>QilRh0DTTkpVFLf1SKjIf6x9UjQ=</certHash1></credentials>
//! </vpnGroup>
//! </device>
//! ```
//!
//! Empty means: a field is `None` where its element was not seen, and an empty text where the element is empty.
//! Absence proves something only where `PhoneConfig::complete` is true.
//!
//! Quirks: CUCM does not declare the prefix `xsi:`, doubles blanks in tags and breaks no line inside
//! `<vendorConfig>`; public templates keep `<vpnGroup>` in a comment, open a tag twice or never close it; Cisco's
//! own document prints the hash as bare text inside `<credentials>`; a browser's tree view adds hyphens and prose.
//! So the text is searched for the stretches that are such XML (`regions`), each is cut into tags and texts
//! that go on after damage (`pieces`), and what they say is collected (`build`).
//!
//! Sources: Cisco 116162 (the `<vpnGroup>` of a real phone); CUCM feature guide, VPN client (limits); a file made
//! by CUCM for a 7821; usecallmanager.nz, SEPMAC.cnf.xml (names of the elements).

use crate::documents::Content;
use crate::formats::{Claim, Format, How, Parsed, Sample, Share};
use crate::input::{InputState, Kind, Note};
use crate::limits::Limits;
use crate::lines::{Decoded, quoted};
use crate::names::phone::PhoneName;
use crate::text::Text;

mod build;
mod notes;
mod pieces;
mod regions;

use crate::documents::phone_config::Form;

/// The format.
pub const FORMAT: Format = Format { name: "phone_config", recognise, most: 100, read: How::Whole(read) };

fn recognise(sample: &Sample<'_>) -> Option<Claim> {
    let text = sample.text.text();
    let found = regions::find(text);
    let region = found.regions.first()?;
    let (strength, share) = match region.form {
        Form::Fragment if region.whole_group => (90, Share::Mixed),
        Form::Fragment => (60, Share::Mixed),
        _ if !region.telling && !named_like_a_phone_file(sample.name) => return None,
        _ if found.alone => (95, Share::Alone),
        _ => (90, Share::Mixed),
    };
    Some(Claim {
        kind: Kind::PhoneConfig,
        strength,
        because: because(sample.text, region.range.start),
        share,
    })
}

/// Quotes the tag that tells.
fn because(text: &Decoded, start: usize) -> Text {
    let rest = text.text().get(start..).unwrap_or_default();
    let line = rest.lines().next().unwrap_or_default();
    let tag = line.split_inclusive('>').next().unwrap_or_default();
    quoted(tag, text.at(start).line)
}

/// `SEP001122334455.cnf.xml`, `XMLDefault.cnf.xml` and what people make of them.
fn named_like_a_phone_file(name: &str) -> bool {
    PhoneName::first_in(name).is_some() || build::named_default(name)
}

fn read(sample: &Sample<'_>, limits: &Limits) -> Parsed {
    let text = sample.text.text();
    let found = regions::find(text);
    if let Some(start) = found.doctype.filter(|_| found.alone) {
        return Parsed::refused(Note::line(sample.text.at(start).line, notes::DOCTYPE));
    }
    let mut parsed = Parsed { state: InputState::Read, ..Parsed::default() };
    for region in &found.regions {
        let mut outcome = build::build(sample, region, limits);
        parsed.notes.append(&mut outcome.notes);
        if !outcome.undamaged {
            parsed.state = InputState::PartlyRead;
        }
        if let Some(config) = outcome.config {
            parsed.documents.push(Content::PhoneConfig(Box::new(config)));
        }
    }
    if let Some(start) = found.more {
        parsed.notes.push(Note::line(sample.text.at(start).line, notes::TOO_MANY));
        parsed.state = InputState::PartlyRead;
    }
    if parsed.documents.is_empty() && parsed.state == InputState::PartlyRead {
        parsed.state = InputState::Refused;
    }
    parsed
}

#[cfg(test)]
mod tests {

    use super::*;
    use crate::documents::phone_config::{PhoneConfig, VpnGroup};
    use crate::source::Located;
    use crate::tables::config_blocks::Block;

    /// A phone's file as CUCM writes it.
    const FILE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<device  xsi:type="axl:XIPPhone" ctiid="77" uuid="{00000000-0000-0000-0000-000000000001}">
<deviceProtocol>SIP</deviceProtocol>
<ipAddressMode>2</ipAddressMode>
<devicePool  uuid="{00000000-0000-0000-0000-000000000002}">
<callManagerGroup>
<members>
<member  priority="1"><callManager><name>b</name><processNodeName>cucm-b.example.com</processNodeName></callManager></member>
<member  priority="0"><callManager><name>a</name><processNodeName>192.0.2.10</processNodeName></callManager></member>
</members>
</callManagerGroup>
<srstInfo><processNodeName>192.0.2.99</processNodeName></srstInfo>
</devicePool>
<vpnGroup>
<mtu>1290</mtu>
<failConnectTime>30</failConnectTime>
<authMethod>2</authMethod>
<pswdPersistent>0</pswdPersistent>
<autoNetDetect>1</autoNetDetect>
<enableHostIDCheck>1</enableHostIDCheck>
<addresses>
<url1>https://vpn.example.com/VPNPhone?a=1&amp;b=2</url1>
<url2/>
</addresses>
<credentials>
<hashAlg>0</hashAlg>
<certHash1>
  QilRh0DTTkpVFLf1
  SKjIf6x9UjQ=
</certHash1>
<certHash2><![CDATA[jsuRzU6aPGYZb9unuX1QTEgBrKw=]]></certHash2>
</credentials>
</vpnGroup>
<loadInformation>sip88xx.14-2-1-0001-150</loadInformation>
<vendorConfig><spanToPCPort>1</spanToPCPort><webAccess>1</webAccess><disableTLSCiphers></disableTLSCiphers></vendorConfig>
<commonConfig><webAccess>0</webAccess><disableTLSCiphers>2,3</disableTLSCiphers></commonConfig>
<addOnModules><addOnModule  idx="1"><loadInformation>B016-1-0-4</loadInformation></addOnModule></addOnModules>
<versionStamp>1555108264-00000000-0000-0000-0000-000000000000</versionStamp>
<deviceSecurityMode>1</deviceSecurityMode>
<capfList><capf><processNodeName>192.0.2.98</processNodeName></capf></capfList>
<certHash></certHash>
<encrConfig>false</encrConfig>
</device>
"#;

    fn all(name: &str, text: &str) -> (Option<Claim>, Parsed, Vec<PhoneConfig>) {
        let limits = Limits::default();
        let decoded = Decoded::new(text.as_bytes(), limits.line);
        let bytes = text.as_bytes();
        let sample = Sample { name, command: None, bytes, text: &decoded, complete: true };
        let claim = recognise(&sample);
        let parsed = read(&sample, &limits);
        let configs = parsed
            .documents
            .iter()
            .filter_map(|document| match document {
                Content::PhoneConfig(config) => Some((**config).clone()),
                _ => None,
            })
            .collect();
        (claim, parsed, configs)
    }

    fn config_of(text: &str) -> (PhoneConfig, Parsed) {
        let (_, parsed, mut configs) = all("x", text);
        assert_eq!(configs.len(), 1, "{text}");
        (configs.remove(0), parsed)
    }

    fn group(text: &str) -> VpnGroup {
        config_of(text).0.vpn_group.expect("a group")
    }

    fn hashes(group: &VpnGroup) -> Vec<(u32, &str, u32)> {
        let rows = group.cert_hashes.iter();
        rows.map(|(number, hash)| (*number, hash.value.as_str(), hash.at.line)).collect()
    }

    fn value(seen: Option<&Located<String>>) -> (&str, u32) {
        seen.map_or(("-", 0), |seen| (seen.value.as_str(), seen.at.line))
    }

    #[test]
    fn a_file_made_by_cucm_is_read_with_its_places() {
        let (claim, parsed, configs) = all("sep001122334455.cnf.xml", FILE);
        let claim = claim.expect("a claim");
        assert_eq!((claim.share, claim.strength), (Share::Alone, 95));
        assert!(
            claim.because.en().starts_with("\"<device  xsi:type=") && claim.because.en().ends_with("line 2")
        );
        assert_eq!((parsed.state, parsed.notes), (InputState::Read, vec![]));
        let config = &configs[0];
        assert_eq!((config.form, config.complete, config.lines), (Form::Device, true, 43));
        for (seen, expected) in [
            (&config.device, ("SEP001122334455", 1)),
            (&config.protocol, ("SIP", 3)),
            (&config.ip_address_mode, ("2", 4)),
            (&config.load, ("sip88xx.14-2-1-0001-150", 34)),
            (&config.disabled_tls_ciphers, ("2,3", 36)),
            (&config.version_stamp, ("1555108264-00000000-0000-0000-0000-000000000000", 38)),
            (&config.security_mode, ("1", 39)),
            (&config.encrypted, ("false", 42)),
        ] {
            assert_eq!(value(seen.as_ref()), expected);
        }
        let managers: Vec<_> = config.call_managers.iter().map(|seen| value(Some(seen))).collect();
        assert_eq!(managers, [("192.0.2.10", 9), ("cucm-b.example.com", 8)]);
        let (block, winning) = PhoneConfig::winning(&config.web_access).expect("a setting");
        assert_eq!((*block, value(Some(winning)), config.web_access.len()), (Block::Device, ("1", 35), 2));

        let group = config.vpn_group.as_ref().expect("a group");
        assert_eq!((group.at.line, group.last_line, group.complete), (14, 33, true));
        for (seen, expected) in [
            (&group.mtu, ("1290", 15)),
            (&group.fail_connect_time, ("30", 16)),
            (&group.auth_method, ("2", 17)),
            (&group.password_persistent, ("0", 18)),
            (&group.auto_network_detect, ("1", 19)),
            (&group.host_id_check, ("1", 20)),
            (&group.hash_algorithm, ("0", 26)),
        ] {
            assert_eq!(value(seen.as_ref()), expected);
        }
        let urls: Vec<_> = group.urls.iter().map(|(number, url)| (*number, value(Some(url)))).collect();
        assert_eq!(urls, [(1, ("https://vpn.example.com/VPNPhone?a=1&b=2", 22)), (2, ("", 23))]);
        assert_eq!(
            hashes(group),
            [(1, "QilRh0DTTkpVFLf1SKjIf6x9UjQ=", 28), (2, "jsuRzU6aPGYZb9unuX1QTEgBrKw=", 31)]
        );
        assert_eq!(group.mtu.as_ref().unwrap().at.offset, FILE.find("<mtu>").unwrap() as u64);
    }

    #[test]
    fn a_hash_without_its_tag_is_read_as_number_zero() {
        for (body, expected) in [
            ("<credentials>\n<hashAlg>0</hashAlg>\nQilRh0DTTkpVFLf1SKjIf6x9UjQ=\n</credentials>", 3),
            ("<credentials>\nQilRh0DTTkpVFLf1\n  SKjIf6x9UjQ=\n<hashAlg>0</hashAlg></credentials>", 2),
            ("<credentials>\n- \n\nQilRh0DTTkpVFLf1SKjIf6x9UjQ=\n</credentials>", 4),
        ] {
            let text = format!("<vpnGroup>{body}</vpnGroup>");
            assert_eq!(hashes(&group(&text)), [(0, "QilRh0DTTkpVFLf1SKjIf6x9UjQ=", expected)], "{text}");
        }
    }

    #[test]
    fn a_fragment_is_found_in_a_letter_and_shares_it() {
        let text = "Hello <jo@example.com>,\r\nthe phone gets:\r\n<vpnGroup>\r\n<mtu>1290</mtu>\r\n<url1>https://192.0.2.1/p</url1>\r\n</vpnGroup>\r\nand 1 < 2 holds.\r\n";
        let (claim, parsed, configs) = all("letter.txt", text);
        let claim = claim.expect("a claim");
        assert_eq!((claim.share, claim.because.en().as_ref()), (Share::Mixed, "\"<vpnGroup>\" in line 3"));
        let group = configs[0].vpn_group.as_ref().expect("a group");
        assert_eq!(
            (configs[0].form, configs[0].complete, parsed.state),
            (Form::Fragment, false, InputState::Read)
        );
        assert_eq!((group.at.line, group.last_line, group.complete), (3, 6, true));
        assert_eq!(group.mtu.as_ref().unwrap().at.offset, text.find("<mtu>").unwrap() as u64);
    }

    #[test]
    fn one_pasted_line_is_enough() {
        let group = group("is <certHash1>QilRh0DTTkpVFLf1SKjIf6x9UjQ=</certHash1> the right one?");
        assert_eq!((hashes(&group), group.complete), (vec![(1, "QilRh0DTTkpVFLf1SKjIf6x9UjQ=", 1)], false));
    }

    #[test]
    fn a_sentence_about_tags_holds_no_values() {
        let text = "<certHash1> is the tag, <authMethod> and <mtu> too:\n<mtu>1290<hashAlg>0</hashAlg>\nand <url1> as well";
        let group = group(text);
        assert_eq!(
            (value(group.mtu.as_ref()), value(group.hash_algorithm.as_ref())),
            (("1290", 2), ("0", 2))
        );
        assert_eq!((group.auth_method, group.urls.len(), group.cert_hashes.len()), (None, 0, 0));
        assert_eq!(all("x", "the <vpnGroup> has a <certHash1> and an <mtu>").0, None);
    }

    #[test]
    fn a_group_that_is_not_closed_ends_before_the_next_block() {
        let text = "<device><vpnGroup><mtu>1290</mtu>\n<vendorConfig><webAccess>0</webAccess></vendorConfig>\n<vpnGroup><mtu>1</mtu></vpnGroup></device>";
        let (config, parsed) = config_of(text);
        let group = config.vpn_group.as_ref().expect("a group");
        assert_eq!((group.complete, group.last_line, value(group.mtu.as_ref())), (false, 1, ("1290", 1)));
        assert_eq!(config.web_access.len(), 1);
        let lines: Vec<_> = parsed.notes.iter().map(|note| note.line).collect();
        assert_eq!(lines, [Some(2), Some(3)]);
    }

    #[test]
    fn characters_that_no_configuration_has_leave_nothing_proved() {
        let (config, parsed) = config_of("<device><fullConfig>true</fullConfig>\n<vpn\0\0\0\n</device>");
        assert_eq!(
            (config.complete, parsed.state, parsed.notes[0].line),
            (false, InputState::PartlyRead, Some(2))
        );
    }

    #[test]
    fn commented_text_does_not_count() {
        let text =
            "<device><fullConfig>true</fullConfig>\n<!--\n <vpnGroup><mtu>1</mtu></vpnGroup> --></device>";
        let (config, parsed) = config_of(text);
        assert_eq!((config.vpn_group, config.complete, parsed.state), (None, true, InputState::Read));
        assert_eq!(config.commented_vpn_group.map(|at| at.line), Some(3));
    }

    #[test]
    fn tags_opened_twice_cost_a_note_and_nothing_else() {
        let text = "<device><TVS>\n<members></members>\n<TVS>\n<vpnGroup><mtu>1290<mtu>\n<authMethod>0</authMethod></vpnGroup>\n<vendorConfig><wallpaper>x<wallpaper><webAccess>0</webAccess></vendorConfig>\n<deviceSecurityMode>1</deviceSecurityMode></device>";
        let (config, parsed) = config_of(text);
        let group = config.vpn_group.as_ref().expect("a group");
        assert_eq!((value(group.mtu.as_ref()), value(group.auth_method.as_ref())), (("1290", 4), ("0", 5)));
        assert_eq!((group.complete, group.last_line, config.complete), (true, 5, true));
        assert_eq!(config.web_access[0].0, Block::Device);
        assert_eq!(value(config.security_mode.as_ref()), ("1", 7));
        assert_eq!(parsed.state, InputState::PartlyRead);
        assert_eq!(parsed.notes[0].line, Some(4));
        assert_eq!(parsed.notes[0].text.en(), "<mtu> is opened here and never closed.");
    }

    #[test]
    fn damage_is_noted_and_reading_goes_on_behind_it() {
        let (config, parsed) = config_of(
            "<device uuid=\"{1}>\n<deviceProtocol>SIP</deviceProtocol>\n<mtu 1290</mtu>\n<loadInformation>sip88xx</loadInformation>\n</device>",
        );
        assert_eq!(value(config.protocol.as_ref()), ("SIP", 2));
        assert_eq!(value(config.load.as_ref()), ("sip88xx", 4));
        // The damage may hide an element, so absence proves nothing.
        assert_eq!((config.complete, parsed.state), (false, InputState::PartlyRead));
        assert_eq!(parsed.notes[0].line, Some(1));
    }

    #[test]
    fn half_a_file_says_where_it_ends() {
        let cut = FILE.find("</credentials>").unwrap();
        let (config, parsed) = config_of(&FILE[..cut]);
        let group = config.vpn_group.as_ref().expect("a group");
        assert_eq!((config.complete, group.complete, group.last_line), (false, false, 31));
        let note = parsed.notes.last().expect("a note");
        assert_eq!((note.line, parsed.state), (Some(31), InputState::PartlyRead));
        assert!(note.text.en().contains("before </device>"));
        // The other half, which begins inside the group.
        let (config, _) = config_of(&FILE[FILE.find("<authMethod>").unwrap()..]);
        let group = config.vpn_group.as_ref().expect("a group");
        assert_eq!((value(group.auth_method.as_ref()), group.cert_hashes.len()), (("2", 1), 2));
        assert_eq!((config.complete, group.complete, value(config.load.as_ref()).1), (false, false, 18));
    }

    #[test]
    fn other_firmware_and_the_default_file_are_told_apart() {
        for (name, text, form) in [
            (
                "x",
                "<device><flat-profile><VPN_Server>a</VPN_Server></flat-profile></device>",
                Form::MultiPlatform,
            ),
            ("x", "<flat-profile><VPN_Server>a</VPN_Server></flat-profile>", Form::MultiPlatform),
            ("x", "<Default><callManagerGroup></callManagerGroup></Default>", Form::Default),
            ("XMLDefault.cnf.xml", "<device><callManagerGroup></callManagerGroup></device>", Form::Default),
        ] {
            let (claim, _, configs) = all(name, text);
            assert_eq!(claim.map(|claim| claim.share), Some(Share::Alone), "{text}");
            assert_eq!((configs[0].form, configs[0].complete), (form, true), "{text}");
        }
    }

    #[test]
    fn other_xml_is_not_claimed() {
        for text in ["<device><name>printer</name></device>", "<html></html>", "look for <vpnGroup>", ""] {
            assert_eq!(all("x", text).0, None, "{text}");
        }
        assert!(all("SEP001122334455.cnf.xml", "<device></device>").0.is_some());
    }

    #[test]
    fn several_files_in_one_text_are_several_configurations() {
        let (_, _, configs) = all("x", &format!("{FILE}{FILE}"));
        let lines: Vec<u32> = configs.iter().map(|config| value(config.load.as_ref()).1).collect();
        assert_eq!(lines, [34, 77]);
    }

    #[test]
    fn a_document_type_is_refused_and_bounds_are_kept() {
        let (claim, parsed, configs) =
            all("x", "<!DOCTYPE a [<!ENTITY b \"c\">]><device><fullConfig>&b;</fullConfig></device>");
        assert!(claim.is_some() && configs.is_empty());
        assert_eq!(parsed.state, InputState::Refused);
        for text in [
            format!("<device><fullConfig/>{}", "<a>".repeat(100)),
            format!("<device><fullConfig/>{}", "<a/>".repeat(100_001)),
            format!("<device><fullConfig/><a {}/>", "b=\"\" ".repeat(300)),
            format!("<device><fullConfig/>{}", "<a \"".repeat(1000)),
            format!("<device><fullConfig/>{}", " ".repeat(5 << 20)),
            format!("<device><url1>{}</url1>{}", "x".repeat(5000), "<certHash1>x</certHash1>".repeat(100)),
        ] {
            let (_, parsed, configs) = all("x", &text);
            assert!(!parsed.notes.is_empty());
            assert_ne!(parsed.state, InputState::Read);
            assert!(configs.iter().all(|config| !config.complete));
        }
    }

    #[test]
    fn a_file_cut_at_any_byte_is_read_without_panic() {
        for cut in 0..FILE.len() {
            let (claim, _, configs) = all("x", &FILE[..cut]);
            assert!(configs.iter().all(|config| !config.complete || cut + 1 == FILE.len()));
            let telling = FILE.find("</deviceProtocol>").unwrap();
            assert!(claim.is_some() || cut < telling, "{cut}");
        }
    }
}
