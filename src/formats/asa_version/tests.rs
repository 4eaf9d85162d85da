//! Outputs of our own: a failover pair, a smart-licensed ASAv, release 8.0, and what only looks like them.

use super::*;
use crate::lines::Decoded;
use crate::tables::licence_features::Feature;

const HARDWARE: &str = "\
asa/pri/act# show version

Cisco Adaptive Security Appliance Software Version 9.9(2)40 <context>
Firepower Extensible Operating System Version 2.3(1.121)
Device Manager Version 7.9(1)151

Compiled on Mon 05-Nov-18 13:32 PST by builders

asa up 55 days 9 hours
failover cluster up 87 days 15 hours

Hardware:   ASA5516, 8192 MB RAM, CPU Atom C2000 series 2416 MHz, 1 CPU (8 cores)
Encryption hardware device : Cisco ASA Crypto on-board accelerator (revision 0x1)
                             Number of accelerators: 1
 1: Ext: GigabitEthernet1/1  : address is 0011.2233.4455, irq 255

Licensed features for this platform:
Maximum VLANs                     : 150            perpetual
Failover                          : Active/Active  perpetual
AnyConnect Premium Peers          : 4              perpetual
AnyConnect Essentials             : Disabled       perpetual
AnyConnect for Cisco VPN Phone    : Disabled       perpetual
UC Phone Proxy Sessions           : 12             62 days


Failover cluster licensed features for this platform:
AnyConnect Premium Peers          : 8              perpetual
AnyConnect for Cisco VPN Phone    : Enabled        30 days

This platform has an ASA 5516 VPN Premium license.

Serial Number: XYZ123456AB
Running Permanent Activation Key: 0x00000000 0x00000000
Configuration register is 0x1
";

const SMART: &str = "\
Cisco Adaptive Security Appliance Software Version 9.16(2) 
Hardware:   ASAv, 2048 MB RAM, CPU Lynnfield 3695 MHz,
Model Id:   ASAv10
License mode: Smart Licensing
ASAv Platform License State: Unlicensed
No active entitlement: no feature tier and no throughput level configured

Licensed features for this user context:
\tFailover                          : Active/Standby
\tAnyConnect Premium Peers          : 2
\tAnyConnect for Cisco VPN Phone    : Disabled

Image type          : Release
";

const OLD: &str = "\
Cisco Adaptive Security Appliance Software Version 8.0(5)
Device Manager Version 7.0(2)
<snip>
Licensed features for this platform:
VPN Peers : 10
WebVPN Peers : 2
AnyConnect for Linksys phone : Disabled
<snip>
This platform has a Base license.
";

fn run<T>(text: &str, command: Option<&str>, work: impl Fn(&Sample<'_>) -> T) -> T {
    let decoded = Decoded::new(text.as_bytes(), 1 << 16);
    work(&Sample { name: "x", command, bytes: text.as_bytes(), text: &decoded, complete: true })
}

fn outputs(text: &str) -> Vec<AsaVersion> {
    let parsed = run(text, None, |sample| read(sample, &Limits::default()));
    let version = |content| match content {
        Content::AsaVersion(version) => *version,
        other => panic!("not a version: {other:?}"),
    };
    parsed.documents.into_iter().map(version).collect()
}

fn strength(text: &str, command: Option<&str>) -> Option<u8> {
    run(text, command, recognise).map(|claim| {
        assert_eq!(claim.kind, Kind::AsaVersion);
        claim.strength
    })
}

fn line(version: &AsaVersion, feature: Feature) -> Option<(&str, Option<u32>, u32)> {
    let licence = version.licence(feature)?;
    Some((licence.value.as_str(), licence.days_left, licence.name.at.line))
}

#[test]
fn a_failover_pair_is_read_with_the_block_in_effect() {
    let [version] = outputs(HARDWARE).try_into().unwrap();
    assert_eq!(version.version.as_ref().unwrap().value, "9.9(2)40");
    assert_eq!(version.version.as_ref().unwrap().at.line, 3);
    assert_eq!(version.hardware.as_ref().unwrap().value, "ASA5516");
    assert_eq!(version.smart, None);
    assert_eq!(
        version.licence_sentence.as_ref().unwrap().value,
        "This platform has an ASA 5516 VPN Premium license."
    );
    assert_eq!(line(&version, Feature::VpnPhone), Some(("Enabled", Some(30), 28)));
    assert_eq!(line(&version, Feature::Premium), Some(("8", None, 27)));
    assert_eq!(line(&version, Feature::Essentials), None, "the cluster's block does not print it");
    let names: Vec<&str> = version.licences.iter().map(|licence| licence.name.value.as_str()).collect();
    assert_eq!(names.len(), 8, "{names:?}");
    let proxy = &version.licences[5];
    assert_eq!((proxy.name.value.as_str(), proxy.days_left), ("UC Phone Proxy Sessions", Some(62)));
}

#[test]
fn smart_licences_have_no_duration() {
    let [version] = outputs(SMART).try_into().unwrap();
    assert_eq!(version.version.as_ref().unwrap().value, "9.16(2)");
    assert_eq!(version.hardware.as_ref().unwrap().value, "ASAv");
    assert_eq!(version.smart.as_ref().unwrap().value, "Smart Licensing");
    assert_eq!(version.licence_state.as_ref().unwrap().value, "Unlicensed");
    assert_eq!(line(&version, Feature::VpnPhone), Some(("Disabled", None, 11)));
    assert_eq!(version.licences.len(), 3);
}

#[test]
fn release_8_0_names_another_phone() {
    let [version] = outputs(OLD).try_into().unwrap();
    assert_eq!(version.version.as_ref().unwrap().value, "8.0(5)");
    assert_eq!(line(&version, Feature::VpnPhone), Some(("Disabled", None, 7)));
    assert_eq!(version.licence(Feature::Premium).unwrap().number(), Some(2));
}

#[test]
fn any_case_and_any_blanks_are_read() {
    for text in [
        "ANYCONNECT  FOR\tCISCO VPN PHONE\t:\tdisabled",
        "  AnyConnect for Cisco VPN Phone:Disabled  perpetual",
        "AnyConnect for Linksys Phone          : Disabled",
    ] {
        let [version] = outputs(text).try_into().unwrap();
        assert_eq!(version.licence(Feature::VpnPhone).unwrap().enabled(), Some(false), "{text}");
    }
}

#[test]
fn what_only_looks_like_a_licence_is_none() {
    for text in [
        "License      : AnyConnect Premium, AnyConnect for Cisco VPN Phone",
        "AnyConnect for Cisco VPN Phone: ask your reseller",
        "Number of accelerators: 1",
        "Cisco IOS Software, C2900 Software, Version 15.1(4)M4",
        "ASA Version 9.1(1)",
        "",
    ] {
        assert!(outputs(text).is_empty(), "{text}");
        assert_eq!(strength(text, None), None, "{text}");
    }
}

#[test]
fn keys_below_the_blocks_are_no_licences() {
    let text = "Licensed features for this platform:\nAnyConnect Premium Peers : 2 perpetual\n\
        AnyConnect for Cisco VPN Phone : Disabled perpetual\n\
        Inactive Timebased Activation Key:\n0x00000001 0x00000002\n\
        AnyConnect for Cisco VPN Phone : Enabled 56 days\n";
    let [version] = outputs(text).try_into().unwrap();
    assert_eq!(version.version, None);
    assert_eq!(version.licences.len(), 2);
    assert_eq!(version.licence(Feature::VpnPhone).unwrap().enabled(), Some(false));
}

#[test]
fn two_outputs_in_one_text_are_two_documents() {
    let both = outputs(&format!("{OLD}\n{SMART}"));
    let releases: Vec<&str> =
        both.iter().map(|version| version.version.as_ref().unwrap().value.as_str()).collect();
    assert_eq!(releases, ["8.0(5)", "9.16(2)"]);
}

#[test]
fn it_is_recognised_by_its_lines() {
    assert_eq!(strength(HARDWARE, None), Some(90));
    assert_eq!(strength("Licensed features for this platform:\n", None), Some(80));
    let filtered = "AnyConnect for Cisco VPN Phone    : Disabled       perpetual\n";
    assert_eq!(strength(filtered, None), Some(45));
    assert_eq!(strength(filtered, Some("show version | include Phone")), Some(80));
}

#[test]
fn a_cut_that_lost_the_licences_says_so() {
    let head = HARDWARE.split("Licensed").next().unwrap();
    let parsed = run(head, None, |sample| read(sample, &Limits::default()));
    assert_eq!(parsed.notes.len(), 1);
    assert_eq!(parsed.notes[0].text, NO_LICENCES);
}

#[test]
fn an_output_cut_at_any_byte_is_still_read() {
    for text in [HARDWARE, SMART, OLD] {
        for cut in 0..text.len() {
            assert!(outputs(&text[..cut]).len() <= 1);
        }
    }
}
