//! The phone's files, from their bytes through the public door: what each is recognised as, what is understood of
//! it, and that no damage stops the reading.
use std::fs;

use vpn_phone_doctor::documents::Content;
use vpn_phone_doctor::documents::phone_config::{Form, PhoneConfig};
use vpn_phone_doctor::documents::signed_file::SignedFile;
use vpn_phone_doctor::documents::trust_list::TrustList;
use vpn_phone_doctor::input::{InputState, Kind};
use vpn_phone_doctor::intake::{Reading, read};
use vpn_phone_doctor::limits::Limits;
use vpn_phone_doctor::source::Located;

use crate::Check;

/// File, kind and state of the input itself, inputs inside it.
const SAMPLES: &[(&str, Kind, InputState, usize)] = &[
    ("csptech-ITLFile.tlv", Kind::TrustList, InputState::Read, 0),
    ("cucm-7821-sip-novpn.cnf.xml", Kind::PhoneConfig, InputState::Read, 0),
    ("cucm-show-ctl-itl-outputs.txt", Kind::TrustList, InputState::Read, 0),
    // A session of a router: its only command's output is the configuration.
    ("cme-show-run-vpn-examples.txt", Kind::Terminal, InputState::Read, 1),
    ("forum-doc9124-vpngroup-fragment.xml", Kind::PhoneConfig, InputState::Read, 0),
    ("issabel-sip-vpngroup-commented-fragment.xml", Kind::PhoneConfig, InputState::Read, 0),
    ("seed-116162-vpngroup-fragment.xml", Kind::PhoneConfig, InputState::Read, 0),
    ("usecallmanager-sepmac-template.cnf.xml", Kind::PhoneConfig, InputState::PartlyRead, 0),
    ("synthetic/ITLFile.tlv", Kind::TrustList, InputState::Read, 0),
    ("synthetic/SEP001122334455.cnf.xml", Kind::PhoneConfig, InputState::Read, 0),
    ("synthetic/SEP001122334455.cnf.xml.enc.sgn", Kind::PhoneConfigEncrypted, InputState::Refused, 0),
    ("synthetic/SEP001122334455.cnf.xml.sgn", Kind::PhoneConfig, InputState::Read, 1),
    ("synthetic/SEP001122334455.encrypted-stub.cnf.xml.sgn", Kind::PhoneConfig, InputState::Read, 1),
    ("synthetic/SEP001122334455.sha512sig.cnf.xml.sgn", Kind::PhoneConfig, InputState::Read, 1),
];

fn shared(path: &str) -> Vec<u8> {
    let path = crate::shared().join(path);
    fs::read(&path).unwrap_or_else(|_| panic!("no {}", path.display()))
}

fn sample(name: &str) -> Vec<u8> {
    shared(&format!("samples/phone-config/{name}"))
}

fn understood(name: &str, bytes: &[u8]) -> Reading {
    read(name, bytes, &Limits::default())
}

fn contents(reading: &Reading) -> impl Iterator<Item = &Content> {
    reading.documents.iter().map(|document| &document.content)
}

fn configs(reading: &Reading) -> Vec<&PhoneConfig> {
    let configs = contents(reading).filter_map(|content| match content {
        Content::PhoneConfig(config) => Some(&**config),
        _ => None,
    });
    configs.collect()
}

fn signed(reading: &Reading) -> &SignedFile {
    let mut files = contents(reading).filter_map(|content| match content {
        Content::SignedFile(file) => Some(file),
        _ => None,
    });
    files.next().expect("a signed file")
}

fn trust_list(reading: &Reading) -> &TrustList {
    let mut lists = contents(reading).filter_map(|content| match content {
        Content::TrustList(list) => Some(list),
        _ => None,
    });
    lists.next().expect("a trust list")
}

fn value(seen: &Option<Located<String>>) -> (&str, u32) {
    seen.as_ref().map_or(("-", 0), |seen| (seen.value.as_str(), seen.at.line))
}

pub fn every_file_is_recognised_under_any_name() {
    for (file, kind, state, inside) in SAMPLES {
        let bytes = sample(file);
        let reading = understood("x", &bytes);
        let input = &reading.inputs[0];
        assert_eq!((input.kind, input.state), (*kind, *state), "{file}: {:?}", input.notes);
        assert_eq!(reading.inputs.len() - 1, *inside, "{file}");
        for child in &reading.inputs[1..] {
            // The router is CME and the gateway of an SSL VPN; it is listed by what its phones dial.
            let held = if *kind == Kind::Terminal { Kind::IosConfig } else { Kind::PhoneConfig };
            assert_eq!((child.kind, child.state), (held, InputState::Read), "{file}");
        }
    }
}

pub fn the_fragment_of_the_seed_is_read_whole() {
    let bytes = sample("seed-116162-vpngroup-fragment.xml");
    let reading = understood("x", &bytes);
    let config = configs(&reading)[0];
    let group = config.vpn_group.as_ref().expect("a group");
    assert_eq!((config.form, config.complete, group.complete), (Form::Fragment, false, true));
    assert_eq!((group.at.line, group.last_line), (1, 15));
    for (seen, expected) in [
        (&group.mtu, ("1290", 2)),
        (&group.fail_connect_time, ("30", 3)),
        (&group.auth_method, ("2", 4)),
        (&group.password_persistent, ("0", 5)),
        (&group.auto_network_detect, ("0", 6)),
        (&group.host_id_check, ("0", 7)),
        (&group.hash_algorithm, ("0", 12)),
    ] {
        assert_eq!(value(seen), expected);
    }
    let (number, url) = &group.urls[0];
    assert_eq!((*number, url.value.as_str(), url.at.line), (1, "https://10.198.16.140/VPNPhone", 9));
    let [(number, hash)] = group.cert_hashes.as_slice() else { panic!("one hash") };
    assert_eq!((*number, hash.value.as_str(), hash.at.line), (0, "5X6B6plUwUSXZnjQ4kGM33mpMXY=", 13));
    let text = String::from_utf8_lossy(&bytes);
    assert_eq!(hash.at.offset, text.find("5X6B").expect("the hash") as u64);
}

pub fn the_whole_document_of_the_seed_holds_the_same_fragment() {
    let bytes = shared("seed/cisco-116162-de.txt");
    let reading = understood("x", &bytes);
    let configs = configs(&reading);
    let group = configs[0].vpn_group.as_ref().expect("a group");
    assert_eq!((configs.len(), group.at.line, group.last_line), (1, 73, 87));
    assert_eq!(group.cert_hashes[0].1.at.line, 85);
}

pub fn a_file_made_by_cucm_is_complete_and_has_no_group() {
    let bytes = sample("cucm-7821-sip-novpn.cnf.xml");
    let reading = understood("SEP001122334455.cnf.xml", &bytes);
    let config = configs(&reading)[0];
    assert_eq!((config.form, config.complete, &config.vpn_group), (Form::Device, true, &None));
    assert_eq!(value(&config.device), ("SEP001122334455", 1));
    assert!(value(&config.load).0.starts_with("sip78xx"));
    assert!(!config.web_access.is_empty() && !config.call_managers.is_empty());
    let text = String::from_utf8_lossy(&bytes);
    for (seen, tag) in [(&config.load, "<loadInformation"), (&config.version_stamp, "<versionStamp>")] {
        let line = 1 + text[..text.find(tag).expect(tag)].matches('\n').count();
        assert_eq!(value(seen).1 as usize, line, "{tag}");
    }
}

pub fn templates_are_read_as_they_stand() {
    let bytes = sample("issabel-sip-vpngroup-commented-fragment.xml");
    let reading = understood("x", &bytes);
    let config = configs(&reading)[0];
    assert_eq!((&config.vpn_group, config.complete), (&None, true));
    assert_eq!(config.commented_vpn_group.as_ref().map(|at| at.line), Some(8));

    let bytes = sample("usecallmanager-sepmac-template.cnf.xml");
    let reading = understood("x", &bytes);
    let config = configs(&reading)[0];
    let group = config.vpn_group.as_ref().expect("a group");
    assert_eq!((group.at.line, group.last_line, group.complete, config.complete), (44, 58, true, true));
    assert_eq!((group.cert_hashes[0].1.value.as_str(), group.cert_hashes[0].1.at.line), ("HASH", 56));
    assert_eq!((value(&config.load), value(&config.encrypted)), (("LOADS FILE", 168), ("false", 350)));
    assert_eq!((config.call_managers.len(), config.web_access[0].1.at.line), (1, 188));
    let lines: Vec<_> = reading.inputs[0].notes.iter().map(|note| note.line).collect();
    assert!(lines.contains(&Some(43)) && lines.contains(&Some(171)), "{lines:?}");
}

pub fn signed_files_tell_who_signed_them_and_hold_the_configuration() {
    for (file, algorithm) in
        [("synthetic/SEP001122334455.cnf.xml.sgn", 1), ("synthetic/SEP001122334455.sha512sig.cnf.xml.sgn", 3)]
    {
        let bytes = sample(file);
        let reading = understood("x", &bytes);
        let header = signed(&reading);
        let said = (header.version, header.hash_algorithm, header.encrypted, header.signed_at);
        assert_eq!(said, ((1, 0), Some(algorithm), false, Some(1_700_000_000)));
        assert_eq!(header.file_name, "SEP001122334455.cnf.xml.sgn");
        assert!(header.signer.contains("CN=cucm-pub") && header.issuer.contains("CN=cucm-pub"));
        let child = &reading.inputs[1];
        assert_eq!((child.name.as_str(), child.inside), ("SEP001122334455.cnf.xml", Some(0)));
        let config = configs(&reading)[0];
        assert_eq!((config.complete, value(&config.device).0), (true, "SEP001122334455"));
        let (_, hash) = &config.vpn_group.as_ref().expect("a group").cert_hashes[0];
        let text = String::from_utf8_lossy(&bytes[header.header_bytes as usize..]).into_owned();
        let line = 1 + text[..text.find("<certHash1>").expect("a hash")].matches('\n').count();
        assert_eq!((hash.value.as_str(), hash.at.line as usize), ("QilRh0DTTkpVFLf1SKjIf6x9UjQ=", line));
    }
}

pub fn an_encrypted_file_and_its_stub_are_told_apart() {
    let bytes = sample("synthetic/SEP001122334455.cnf.xml.enc.sgn");
    let reading = understood("x", &bytes);
    let header = signed(&reading);
    assert_eq!((header.version, header.encrypted, configs(&reading).len()), ((2, 0), true, 0));
    assert!(reading.inputs[0].notes[0].text.en().contains("TFTP Encrypted Config"));

    let bytes = sample("synthetic/SEP001122334455.encrypted-stub.cnf.xml.sgn");
    let reading = understood("x", &bytes);
    let config = configs(&reading)[0];
    assert_eq!((value(&config.encrypted), config.complete, &config.vpn_group), (("true", 8), true, &None));
}

pub fn trust_lists_are_read_with_their_certificates() {
    let bytes = sample("csptech-ITLFile.tlv");
    let reading = understood("x", &bytes);
    let list = trust_list(&reading);
    let roles: Vec<u16> = list.records.iter().map(|record| record.role).collect();
    assert_eq!((roles.as_slice(), list.bytes), ([0, 1, 1, 7, 7].as_slice(), 10_370));
    assert!(list.records.iter().all(|record| record.sha1.is_some() && !record.subject.is_empty()));
    let certificates = contents(&reading).filter(|content| matches!(content, Content::Certificate(_)));
    assert_eq!(certificates.count(), 5);

    let bytes = sample("synthetic/ITLFile.tlv");
    let reading = understood("x", &bytes);
    let list = trust_list(&reading);
    assert_eq!((list.records.len(), list.records[1].role, list.signed_at), (2, 2, Some(1_700_000_000)));

    let bytes = sample("cucm-show-ctl-itl-outputs.txt");
    let reading = understood("x", &bytes);
    let list = trust_list(&reading);
    assert!(list.records.iter().any(|record| record.role == 2 && record.sha1.is_some()));
}

pub fn no_damage_stops_the_reading() {
    let mut dice = Dice(116_162);
    for (file, ..) in SAMPLES {
        let bytes = sample(file);
        for _ in 0..20 {
            let damaged = damage(&bytes, &mut dice);
            assert!(!understood("x", &damaged).inputs.is_empty(), "{file}");
        }
    }
}

pub fn a_file_cut_at_any_byte_claims_no_completeness() {
    for (file, ..) in SAMPLES {
        let bytes = sample(file);
        // Up to the last end tag, which is what makes a file complete. Large files are cut at every 29th byte.
        let end = bytes.iter().rposition(|byte| *byte == b'>').unwrap_or(bytes.len());
        let step = if bytes.len() < 4000 { 1 } else { 29 };
        for cut in (0..=end).step_by(step) {
            let reading = understood("x", &bytes[..cut]);
            assert!(configs(&reading).iter().all(|config| !config.complete), "{file} cut at {cut}");
        }
    }
}

/// Numbers that are the same on every run (Knuth's linear congruential generator).
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound.max(1)
    }
}

/// One of six damages: cut, flipped bits, zeroed, lengths of 0xff, a part doubled, noise put in.
fn damage(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut damaged = bytes.to_vec();
    let at = dice.below(damaged.len());
    let end = (at + 1 + dice.below(256)).min(damaged.len());
    match dice.below(6) {
        0 => damaged.truncate(at),
        1 => {
            for _ in 0..8 {
                let place = dice.below(damaged.len());
                damaged[place] ^= 1 << dice.below(8);
            }
        }
        2 => damaged[at..end].fill(0),
        3 => damaged[at..(at + 4).min(end)].fill(0xff),
        4 => {
            let part = damaged[at..end].to_vec();
            damaged.splice(end..end, part);
        }
        _ => {
            let noise: Vec<u8> = (0..32).map(|_| u8::try_from(dice.below(256)).unwrap_or(0)).collect();
            damaged.splice(at..at, noise);
        }
    }
    damaged
}

/// Every check of this file, by name.
pub const CHECKS: &[Check] = &[
    ("every_file_is_recognised_under_any_name", every_file_is_recognised_under_any_name),
    ("the_fragment_of_the_seed_is_read_whole", the_fragment_of_the_seed_is_read_whole),
    (
        "the_whole_document_of_the_seed_holds_the_same_fragment",
        the_whole_document_of_the_seed_holds_the_same_fragment,
    ),
    ("a_file_made_by_cucm_is_complete_and_has_no_group", a_file_made_by_cucm_is_complete_and_has_no_group),
    ("templates_are_read_as_they_stand", templates_are_read_as_they_stand),
    (
        "signed_files_tell_who_signed_them_and_hold_the_configuration",
        signed_files_tell_who_signed_them_and_hold_the_configuration,
    ),
    ("an_encrypted_file_and_its_stub_are_told_apart", an_encrypted_file_and_its_stub_are_told_apart),
    ("trust_lists_are_read_with_their_certificates", trust_lists_are_read_with_their_certificates),
    ("no_damage_stops_the_reading", no_damage_stops_the_reading),
    ("a_file_cut_at_any_byte_claims_no_completeness", a_file_cut_at_any_byte_claims_no_completeness),
];
