//! What may be changed in this case: what each thing is today, and what it may become. Nobody is asked for what the case
//! or a table knows; every list is a proposal, and another value can be typed.

use serde::{Deserialize, Serialize};

use super::change::{Key, RENEWED};
use super::values;
use crate::case::{Case, Said};
use crate::facts::asa_release::Release;
use crate::facts::certificates::CaseCertificate;
use crate::facts::phone_kinds;
use crate::intake::Reading;
use crate::tables::asa_defaults::{CIPHER_COMMAND, DTLS_1_2};
use crate::tables::phone_families::{self, Family, Firmware};
use crate::tables::phone_models::{self, Vpn};
use crate::tables::releases;

/// One thing that may be changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// What.
    pub key: Key,
    /// What it is; empty where nothing shows it, or where phones differ. Lines stand one under the other.
    pub today: String,
    /// What it may become, as a change takes it.
    pub values: Vec<String>,
}

/// Lines that a case proposes for its ASA.
const LINES: usize = 40;

/// An offer for each key, in their order.
pub fn offers(readings: &[Reading], said: &Said, now: i64) -> Vec<Offer> {
    let case = Case::of(readings, said, now);
    let of = |key: Key| {
        let today = match key {
            Key::Ssl => ssl_lines(&case).join("\n"),
            key => values::today(&case, key),
        };
        let mut values: Vec<String> = match key {
            Key::AsaRelease => releases_of_asa(&case),
            Key::Ssl => proposed_lines(&case),
            Key::Certificate => vec![RENEWED.to_owned()],
            Key::PhoneLoad => loads(&case),
            Key::PhoneModel => models(),
            Key::HostIdCheck => words(&["on", "off"]),
            Key::Authentication => words(&["certificate", "password", "both"]),
            Key::AsaConfig | Key::AsaVersion | Key::Capf => Vec::new(),
        };
        values.retain(|value| *value != today);
        Offer { key, today, values }
    };
    Key::ALL.into_iter().map(of).collect()
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// The lines of today that a change of `ssl` changes.
fn ssl_lines(case: &Case<'_>) -> Vec<String> {
    let kept = case.documents.asa_configs.iter().flat_map(|config| &config.document.kept);
    let own = kept.filter(|(_, text)| text.starts_with("ssl ")).map(|(_, text)| text.trim_end().to_owned());
    own.take(LINES).collect()
}

/// Releases that changed something, those to come first.
fn releases_of_asa(case: &Case<'_>) -> Vec<String> {
    let rows = releases::asa::CHANGES.iter().map(|row| row.release);
    let mut all: Vec<Release> = rows.filter_map(Release::parse).map(at_least_one).collect();
    let today = case.asa_release().map(|told| told.release);
    all.sort_by_key(|release| (today.is_some_and(|today| *release <= today), *release));
    all.iter().map(Release::to_string).collect()
}

/// No release has the maintenance number 0.
fn at_least_one(release: Release) -> Release {
    Release { maintenance: release.maintenance.max(1), ..release }
}

/// Lines of `ssl` that an administrator may plan, as the release has them, and every trust-point with a certificate of
/// its own on the interface that the phones dial.
fn proposed_lines(case: &Case<'_>) -> Vec<String> {
    let release = case.asa_release().map(|told| told.release);
    let since =
        |first: [u32; 3]| release.is_none_or(|known| [known.major, known.minor, known.maintenance] >= first);
    let mut lines = words(if since(CIPHER_COMMAND) { CIPHERS } else { ENCRYPTION });
    if since(DTLS_1_2) {
        lines.push("ssl server-version tlsv1.2 dtlsv1.2".to_owned());
    }
    let interfaces = case.phone_interfaces();
    let dialled = interfaces.iter().find(|interface| interface.is_dialled);
    let identities = case.certificates.iter().filter(|one| one.is_identity());
    for name in identities.filter_map(CaseCertificate::trustpoint) {
        let place = dialled.map(|interface| format!(" {}", interface.name.value)).unwrap_or_default();
        lines.push(format!("ssl trust-point {name}{place}"));
    }
    let now = ssl_lines(case);
    let mut seen = std::collections::BTreeSet::new();
    lines.retain(|line| !now.contains(line) && seen.insert(line.clone()));
    lines.truncate(LINES);
    lines
}

/// Releases of firmware that changed something, for the families of the case; without a phone for all of them.
fn loads(case: &Case<'_>) -> Vec<String> {
    let known = phone_kinds::loads(&case.documents, &case.phones);
    let own: Vec<&Family> = known.iter().filter_map(|load| phone_families::of_load(&load.load)).collect();
    let rows = releases::phones::ALL.iter();
    let rows = rows.filter(|row| own.is_empty() || own.iter().any(|family| family.name == row.family));
    let mut all: Vec<Firmware> =
        rows.flat_map(|row| row.changes.iter().map(|change| change.from).chain([row.newest])).collect();
    all.sort_unstable_by(|one, other| other.cmp(one));
    all.dedup();
    all.into_iter().map(spelt).collect()
}

/// `14.3(1)SR3` of `[14, 3, 1, 3]`.
fn spelt([major, minor, maintenance, service]: Firmware) -> String {
    let service = if service > 0 { format!("SR{service}") } else { String::new() };
    format!("{major}.{minor}({maintenance}){service}")
}

/// Every model that a document names as one with the VPN client.
fn models() -> Vec<String> {
    let rows = phone_models::ALL.iter().filter(|row| matches!(row.vpn, Vpn::Listed | Vpn::Reported));
    rows.flat_map(|row| row.numbers).map(|number| (*number).to_owned()).collect()
}

/// Lines of a release with `ssl cipher`.
const CIPHERS: &[&str] = &[
    "ssl server-version tlsv1",
    "ssl server-version tlsv1.1",
    "ssl server-version tlsv1.2",
    "ssl cipher tlsv1 custom \"AES256-SHA:AES128-SHA\"",
    "ssl cipher dtlsv1 custom \"AES256-SHA:AES128-SHA\"",
    "ssl cipher tlsv1.2 custom \"AES256-SHA:AES128-SHA\"",
    "ssl cipher tlsv1.2 high",
    "ssl cipher tlsv1.2 fips",
    "ssl ecdh-group group19",
    "ssl ecdh-group group20",
    "ssl ecdh-group group21",
];
/// Lines of a release before that.
const ENCRYPTION: &[&str] = &[
    "ssl server-version any",
    "ssl server-version tlsv1-only",
    "ssl encryption aes256-sha1 aes128-sha1",
    "ssl encryption rc4-sha1",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{now, readings};

    fn offered(files: &[(&str, &str)], key: Key) -> Offer {
        let said = Said::new();
        offers(&readings(files), &said, now()).into_iter().find(|offer| offer.key == key).unwrap()
    }

    const CONFIG: &str = "ASA Version 9.8(2)\nhostname a\ninterface GigabitEthernet0/0\n nameif outside\n ip address 192.0.2.1 255.255.255.0\nssl cipher tlsv1.2 high\nwebvpn\n enable outside\n: end\n";
    const PHONE: &str = "<device><loadInformation>sip88xx.12-5-1SR2-2</loadInformation><vpnGroup><enableHostIDCheck>1</enableHostIDCheck><authMethod>2</authMethod></vpnGroup></device>";

    #[test]
    fn what_the_case_knows_is_offered_and_not_asked() {
        let files = [("asa.cfg", CONFIG), ("SEP001122334455.cnf.xml", PHONE)];
        let release = offered(&files, Key::AsaRelease);
        assert_eq!(release.today, "9.8(2)");
        assert_eq!(release.values.first().map(String::as_str), Some("9.10(1)"), "the next one comes first");
        let load = offered(&files, Key::PhoneLoad);
        assert_eq!(load.today, "sip88xx.12-5-1SR2-2");
        assert!(load.values.contains(&"14.3(1)SR3".to_owned()), "{:?}", load.values);
        let check = offered(&files, Key::HostIdCheck);
        assert_eq!((check.today.as_str(), check.values), ("on", vec!["off".to_owned()]));
        assert_eq!(offered(&files, Key::Authentication).today, "certificate");
        let old = offered(&[("asa.cfg", &CONFIG.replace("9.8(2)", "9.1(5)"))], Key::Ssl);
        assert!(old.values.iter().all(|line| !line.starts_with("ssl cipher")), "{:?}", old.values);
    }

    #[test]
    fn every_offered_value_is_a_change() {
        use super::super::change::Change;
        let files = [("asa.cfg", CONFIG), ("SEP001122334455.cnf.xml", PHONE)];
        for offer in offers(&readings(&files), &Said::new(), now()) {
            for value in &offer.values {
                let change = match offer.key {
                    Key::Ssl => Change::of_file(offer.key, "lines", value.as_bytes()),
                    key => Change::of_value(key, value),
                };
                assert!(change.is_ok(), "{}={value}: {change:?}", offer.key.word());
            }
        }
        for key in Key::ALL {
            assert!(offers(&[], &Said::new(), now()).iter().any(|offer| offer.key == key), "{}", key.word());
        }
    }
}
