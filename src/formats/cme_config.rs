//! CME: what a router's configuration tells its phones of VPN, and `show voice vpn`.
//!
//! ```text
//! voice service voip
//!  vpn-group 1
//!   vpn-gateway 1 https://vpn.example.com/Phones
//!   vpn-trustpoint 1 trustpoint cme_cert root
//!   vpn-hash-algorithm sha-1
//!  vpn-profile 1
//!   host-id-check disable
//! VPN Gateway 1 URL https://vpn.example.com/Phones                     show voice vpn
//! VPN Trustpoint 1 trustpoint cme_cert root fbUqFIbtWtaYSGSlTP/Umshcgyk= The Voice Service
//! VPN Profile 1 setting:
//! The host_id_check setting: 0
//! ```
//!
//! telephony-service
//!  cnf-file perphone
//! ephone  1
//!  mac-address 0011.2233.4455
//!  type 7965
//!  vpn-group 1
//!  vpn-profile 1
//!
//! Empty: a text without a gateway, a trust-point, a hash or a setting of a VPN, and without a phone, gives no document.
//! Quirks: the samples differ in how far the VPN lines are indented, so a block ends at the next line that none of its
//! commands begins. `vpn-group 1` stands under an `ephone` as well, where it only names the group; an ephone ends at the
//! next line without a blank in front, or the next ephone. Lines of two sentences of the output may run together behind
//! the hash.
//! Sources: CME administration guide, SSL VPN client for SCCP IP phones; CME command reference, `vpn-*`,
//! `host-id-check`, `fail-connect-time`, `authen-method`, `password-persistent`.

use crate::documents::Content;
use crate::documents::cme_config::{CmeConfig, CmePhone};
use crate::formats::{Claim, Format, How, Parsed, Sample, Share};
use crate::input::Kind;
use crate::limits::Limits;
use crate::lines::Line;
use crate::names::phone::PhoneName;
use crate::source::Located;

/// The format.
pub const FORMAT: Format = Format { name: "cme_config", recognise, most: 95, read: How::Whole(read) };

/// Lines looked at to recognise.
const LINES_AT_MOST: usize = 2000;
/// Entries kept of each list; CME knows 2 groups of 3 gateways.
const LIST_AT_MOST: usize = 256;
/// A router's configuration has lines that an ASA's has too; a VPN line and a voice line of CME together are above
/// what those make of it, and below a line that only an ASA has.
const STRENGTH: u8 = 75;

fn recognise(sample: &Sample<'_>) -> Option<Claim> {
    let line = telling(sample)?;
    Some(Claim { kind: Kind::CmeConfig, strength: STRENGTH, because: line.quoted(), share: Share::Mixed })
}

/// A VPN line of a CME configuration, where one of its other lines stands there as well; `show voice vpn` needs none. A
/// configuration without VPN lines is told by its service and a phone, which only a CME has.
fn telling<'s>(sample: &Sample<'s>) -> Option<Line<'s>> {
    let (mut vpn, mut voice, mut service, mut phone) = (None, false, None, false);
    for line in sample.text.lines().take(LINES_AT_MOST) {
        let words = line.text.trim_start();
        if PRINTED.iter().any(|told| words.starts_with(told)) {
            return Some(line);
        }
        if vpn.is_none() && VPN.iter().any(|word| numbered(words, word).is_some()) {
            vpn = Some(line);
        }
        voice |= VOICE.iter().any(|told| words.starts_with(told));
        if service.is_none() && SERVICES.contains(&words.trim_end()) {
            service = Some(line);
        }
        phone |= PHONES.iter().any(|word| numbered(words, word).is_some());
        if phone && service.is_some() {
            return service;
        }
        if voice && vpn.is_some() {
            return vpn;
        }
    }
    None
}

/// What stands behind a word and a number: `https://…` of `vpn-gateway 1 https://…`.
fn numbered<'t>(line: &'t str, word: &str) -> Option<&'t str> {
    let rest = line.strip_prefix(word)?.strip_prefix(' ')?.trim_start();
    let end = rest.find(|digit: char| !digit.is_ascii_digit()).unwrap_or(rest.len());
    (end > 0).then(|| rest.get(end..).unwrap_or_default().trim())
}

fn read(sample: &Sample<'_>, _limits: &Limits) -> Parsed {
    let mut told = CmeConfig::default();
    let mut in_profile = false;
    let (mut begins, mut in_phone) = (false, false);
    for line in sample.text.lines() {
        let words = line.text.trim();
        begins |= take_phone(&mut told, &mut in_phone, &line, words);
        let keep = |list: &mut Vec<Located<String>>, value: &str| {
            if !value.is_empty() && list.len() < LIST_AT_MOST {
                list.push(Located::new(value.to_owned(), line.at()));
            }
        };
        if let Some(url) = numbered(words, "vpn-gateway") {
            keep(&mut told.gateways, url);
        } else if let Some(trustpoint) = numbered(words, "vpn-trustpoint") {
            keep(&mut told.trustpoints, trustpoint);
        } else if let Some(url) = numbered(words, "VPN Gateway").and_then(|rest| rest.strip_prefix("URL ")) {
            keep(&mut told.gateways, url.trim());
        } else if let Some(rest) = numbered(words, "VPN Trustpoint") {
            let (trustpoint, hash) = printed(rest);
            keep(&mut told.trustpoints, &trustpoint);
            keep(&mut told.hashes, hash);
        }
        let setting = printed_setting(words)
            .or_else(|| in_profile.then(|| profile_setting(words)).flatten())
            .or_else(|| words.strip_prefix("vpn-hash-algorithm ").map(|value| ("vpn-hash-algorithm", value)));
        match setting {
            Some((name, value)) if told.settings.len() < LIST_AT_MOST => {
                told.settings.push((name.to_owned(), Located::new(value.trim().to_owned(), line.at())));
            }
            Some(_) => {}
            // A profile goes on as long as its own commands do.
            None => in_profile = numbered(words, "vpn-profile").is_some(),
        }
    }
    if told == CmeConfig::default() {
        return Parsed::read(Vec::new());
    }
    let last = sample.text.line_count();
    let ends = (last.saturating_sub(LAST_LINES)..=last)
        .filter_map(|number| sample.text.line(number))
        .any(|line| line.text.trim() == "end");
    told.whole = begins && ends && sample.complete;
    told.lines = last;
    Parsed::read(vec![Content::CmeConfig(told)])
}

/// Takes what concerns the service and its phones; true for the line that a whole configuration begins with.
fn take_phone(told: &mut CmeConfig, in_phone: &mut bool, line: &Line<'_>, words: &str) -> bool {
    let seen = |value: &str| Located::new(value.to_owned(), line.at());
    let indented = line.text.starts_with([' ', '\t']);
    let phone = ["ephone", "voice register pool"]
        .into_iter()
        .find_map(|word| Some((word, number_behind(words, word)?)))
        .filter(|_| !indented);
    if let Some((word, number)) = phone {
        if told.phones.len() < PHONES_AT_MOST {
            told.phones.push(CmePhone { name: seen(&format!("{word} {number}")), ..CmePhone::default() });
        }
        *in_phone = true;
        return false;
    }
    if !indented {
        *in_phone = false;
        if SERVICES.contains(&words) && told.service.is_none() {
            told.service = Some(seen(words));
        }
        if let Some(release) = words.strip_prefix("version ").filter(|_| told.release.is_none()) {
            told.release = Some(seen(release.trim()));
            return true;
        }
    }
    // Under a phone the group is only named.
    let Some(phone) = told.phones.last_mut().filter(|_| *in_phone) else {
        if let Some(number) = number_behind(words, "vpn-group").filter(|_| told.groups.len() < LIST_AT_MOST) {
            told.groups.push(seen(number));
        }
        return false;
    };
    let (word, rest) = words.split_once(' ').unwrap_or((words, ""));
    match word {
        "mac-address" | "id" => {
            if let Some(name) = name_of(rest.trim_start_matches("mac ")) {
                phone.name.value = name;
            }
        }
        "type" => phone.model = rest.split_whitespace().next().map(seen),
        "vpn-group" => phone.vpn_group = Some(seen(rest.trim())),
        "vpn-profile" => phone.vpn_profile = Some(seen(rest.trim())),
        "ephone-template" => phone.template = Some(seen(rest.trim())),
        _ => {}
    }
    false
}

/// `1` of `ephone  1`; `None` where something follows.
fn number_behind<'t>(line: &'t str, word: &str) -> Option<&'t str> {
    let number = line.strip_prefix(word)?.strip_prefix(' ')?.trim();
    (!number.is_empty() && number.bytes().all(|digit| digit.is_ascii_digit())).then_some(number)
}

/// `SEP001122334455` of `0011.2233.4455`.
fn name_of(address: &str) -> Option<String> {
    PhoneName::of_mac(address).map(String::from)
}

/// `trustpoint cme_cert root` and the hash behind it. What follows the hash is the next sentence.
fn printed(rest: &str) -> (String, &str) {
    let mut words = rest.split_whitespace();
    let trustpoint: Vec<&str> = words.by_ref().take(3).collect();
    (trustpoint.join(" "), words.next().unwrap_or_default())
}

/// `The host_id_check setting: 0`.
fn printed_setting(words: &str) -> Option<(&str, &str)> {
    let (name, value) = words.strip_prefix("The ")?.split_once(" setting:")?;
    (!name.contains(' ') && !value.trim().is_empty()).then_some((name, value))
}

/// A line inside `vpn-profile`.
fn profile_setting(words: &str) -> Option<(&str, &str)> {
    let (name, value) = words.split_once(' ')?;
    PROFILE.contains(&name).then_some((name, value))
}

/// CME's VPN commands (Cisco CME command reference).
const VPN: &[&str] = &["vpn-gateway", "vpn-group", "vpn-profile", "vpn-trustpoint"];
const VOICE: &[&str] =
    &["ephone ", "ephone-dn ", "telephony-service", "voice register ", "voice service voip"];
/// What only a CME says of its phones, with a number behind it.
const PHONES: [&str; 4] = ["ephone", "max-ephones", "max-pool", "voice register pool"];
/// The services that phones belong to; only a CME has them.
const SERVICES: [&str; 2] = ["telephony-service", "voice register global"];
/// Lines in which the `end` of a configuration stands.
const LAST_LINES: u32 = 5;
/// Phones kept; the largest CME has some hundreds.
const PHONES_AT_MOST: usize = 2000;
/// How `show voice vpn` begins.
const PRINTED: &[&str] = &["The Voice Service VPN Group", "VPN Trustpoint hash in"];
/// Commands inside `vpn-profile`.
const PROFILE: &[&str] = &[
    "authen-method",
    "auto-network-detect",
    "fail-connect-time",
    "host-id-check",
    "keepalive",
    "mtu",
    "password-persistent",
];

#[cfg(test)]
mod tests {

    use super::*;
    use crate::intake;

    const CONFIG: &str = "\
voice service voip
vpn-group 1
 vpn-gateway 1 https://vpn.example.com/Phones
 vpn-gateway 2 https://vpn2.example.com/Phones
 vpn-trustpoint 1 trustpoint cme_cert root
 vpn-hash-algorithm sha-1
vpn-profile 1
 keepalive 50
 host-id-check disable
 sip
!
interface GigabitEthernet0/0
 mtu 1500
ephone 1
 vpn-group 1
 vpn-profile 1
";
    const SHOWN: &str = "\
The Voice Service VPN Group 1 setting:
VPN Gateway 1 URL https://vpn.example.com/Phones
VPN Trustpoint hash in sha-1
VPN Trustpoint 1 trustpoint cme_cert root QilRh0DTTkpVFLf1SKjIf6x9UjQ= The Voice Service
VPN Profile 1 setting:
The host_id_check setting: 0
";

    fn kind_and_config(text: &str) -> (Kind, Option<CmeConfig>) {
        let reading = intake::read("x", text.as_bytes(), &Limits::default());
        let config = reading.documents.into_iter().find_map(|document| match document.content {
            Content::CmeConfig(config) => Some(config),
            _ => None,
        });
        (reading.inputs[0].kind, config)
    }

    fn rows(list: &[Located<String>]) -> Vec<(&str, u32)> {
        list.iter().map(|seen| (seen.value.as_str(), seen.at.line)).collect()
    }

    fn settings(config: &CmeConfig) -> Vec<(&str, &str)> {
        config.settings.iter().map(|(name, seen)| (name.as_str(), seen.value.as_str())).collect()
    }

    #[test]
    fn a_configuration_is_read_with_its_places() {
        let (kind, config) = kind_and_config(CONFIG);
        let config = config.unwrap();
        assert_eq!(kind, Kind::CmeConfig);
        assert_eq!(
            rows(&config.gateways),
            [("https://vpn.example.com/Phones", 3), ("https://vpn2.example.com/Phones", 4)]
        );
        assert_eq!(rows(&config.trustpoints), [("trustpoint cme_cert root", 5)]);
        assert_eq!(config.hashes, []);
        assert_eq!(
            settings(&config),
            [("vpn-hash-algorithm", "sha-1"), ("keepalive", "50"), ("host-id-check", "disable")]
        );
    }

    #[test]
    fn what_is_shown_has_the_hash() {
        let (kind, config) = kind_and_config(SHOWN);
        let config = config.unwrap();
        assert_eq!(kind, Kind::CmeConfig);
        assert_eq!(rows(&config.hashes), [("QilRh0DTTkpVFLf1SKjIf6x9UjQ=", 4)]);
        assert_eq!(rows(&config.trustpoints), [("trustpoint cme_cert root", 4)]);
        assert_eq!(rows(&config.gateways), [("https://vpn.example.com/Phones", 2)]);
        assert_eq!(settings(&config), [("host_id_check", "0")]);
    }

    #[test]
    fn a_configuration_without_vpn_is_known_by_its_phones() {
        let text = "version 15.2\nhostname cme1\nvoice service voip\n sip\ntelephony-service\n max-ephones 10\n!\nephone  7\n \
            device-security-mode none\n mac-address 0011.2233.44AA\n type 7965\nephone 8\n vpn-group 1\n vpn-profile 1\n!\nend\n";
        let (kind, config) = kind_and_config(text);
        let config = config.unwrap();
        assert_eq!((kind, config.whole, config.groups.len()), (Kind::CmeConfig, true, 0));
        assert_eq!(config.release.as_ref().map(|seen| seen.value.as_str()), Some("15.2"));
        let phones: Vec<_> = config
            .phones
            .iter()
            .map(|phone| (phone.name.value.as_str(), phone.vpn_group.is_some()))
            .collect();
        assert_eq!(phones, [("SEP0011223344AA", false), ("ephone 8", true)]);
        let sip = "version 15.2\nvoice register global\n mode cme\n max-pool 8\n!\nvoice register pool  1\n id mac 0011.2233.44BB\n type 8945\n!\nend\n";
        let sip = kind_and_config(sip).1.unwrap();
        assert_eq!(sip.phones[0].name.value, "SEP0011223344BB");
        assert!(!kind_and_config(&text.replace("end\n", "")).1.unwrap().whole);
        assert_eq!(kind_and_config(CONFIG).1.unwrap().groups.len(), 1);
    }

    #[test]
    fn other_configurations_are_not_claimed() {
        for text in
            ["", "username joe attributes\n vpn-group-policy P\nvoice service voip\n", "vpn-group 1\n"]
        {
            assert_ne!(kind_and_config(text).0, Kind::CmeConfig, "{text}");
        }
    }

    #[test]
    fn texts_cut_anywhere_are_read_without_panic() {
        for text in [CONFIG, SHOWN] {
            for end in 0..text.len() {
                let _ = kind_and_config(&text[..end]);
            }
        }
    }
}
