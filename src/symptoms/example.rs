//! A small case for each wizard: made-up devices that show just what its symptom is about.
//!
//! All are the case in which a certificate was replaced (`assets/examples/replaced-certificate`), with few lines changed:
//! its phone trusts what the ASA presents, and something else is wrong. What a log says stands in a file of its own.
//!
//! Empty: there is no such symptom.

/// The wizard whose example is the one that opens first: a certificate was replaced on the ASA.
pub const FIRST: &str = "hash-mismatch";

/// A file: its name and its text.
pub type File = (&'static str, String);

/// The example of every wizard, by its id.
pub fn files(symptom: &str) -> Vec<File> {
    let own = EXAMPLES.iter().find(|(id, _)| *id == symptom);
    own.into_iter().flat_map(|(_, files)| *files).map(|(name, content)| (*name, content.text())).collect()
}

/// What is replaced by what. `from…to` is everything from the one to the other, and both.
type Edit = (&'static str, &'static str);

/// What a file is made of.
enum Content {
    /// Its text.
    Own(&'static str),
    /// The configuration of the phone, which trusts the ASA's certificate, with few words changed.
    Phone(&'static [Edit]),
    /// The configuration of the ASA, with few words changed.
    Asa(&'static [Edit]),
}

impl Content {
    fn text(&self) -> String {
        match self {
            Self::Own(text) => (*text).to_owned(),
            Self::Phone(edits) => changed(&changed(PHONE, &[TRUSTING]), edits),
            Self::Asa(edits) => changed(ASA, edits),
        }
    }
}

fn changed(text: &str, edits: &[Edit]) -> String {
    edits.iter().fold(text.to_owned(), |text, (what, with)| {
        let (from, to) = what.split_once('…').unwrap_or((what, ""));
        let parts = text.split_once(from).and_then(|(before, rest)| Some((before, rest.split_once(to)?.1)));
        parts.map_or_else(|| text.clone(), |(before, after)| format!("{before}{with}{after}"))
    })
}

macro_rules! asset {
    ($path:literal) => {
        include_str!(concat!("../../assets/examples/", $path))
    };
}

const PHONE: &str = asset!("replaced-certificate/SEP001122334455.cnf.xml");
const ASA: &str = asset!("replaced-certificate/asa-running-config.txt");
const CERTIFICATE: &str = asset!("replaced-certificate/asa.pem");

const CONFIG: &str = "SEP001122334455.cnf.xml";
const RUNNING: &str = "asa-running-config.txt";
const LOGGING: &str = "asa-logging.txt";
const CONSOLE: &str = "phone-console.log";
const STATUS: &str = "status.txt";
const PEM: &str = "asa.pem";

/// The hash of the certificate that the ASA presents, in the place of that of the one before.
const TRUSTING: Edit = ("iCrc8csgo0uOAQCOgfL3Cl2xRuo=", "9MrrqDSPA3rBoqDCf6BkjFQSv1I=");
const BY_PASSWORD: Edit = ("<authMethod>2", "<authMethod>1");
const BY_AAA: Edit = ("authentication certificate\n", "authentication aaa\n");
const SUITES: &str = "ssl encryption aes256-sha1 aes128-sha1";

use Content::{Asa, Own, Phone};

static EXAMPLES: [(&str, &[(&str, Content)]); 17] = [
    ("no-vpn-menu", &[(CONFIG, Phone(&[("<vpnGroup>…</vpnGroup>\n", "")])), (RUNNING, Asa(&[]))]),
    (
        "can-it-work",
        &[(CONFIG, Phone(&[])), ("show-version.txt", Own(asset!("can-it-work/show-version.txt")))],
    ),
    (
        "certificate-login",
        &[
            (CONFIG, Phone(&[])),
            (RUNNING, Asa(&[])),
            (LOGGING, Own(asset!("certificate-login/asa-logging.txt"))),
        ],
    ),
    (
        "password-login",
        &[
            (CONFIG, Phone(&[BY_PASSWORD])),
            (RUNNING, Asa(&[BY_AAA])),
            (LOGGING, Own(asset!("password-login/asa-logging.txt"))),
        ],
    ),
    (
        "no-shared-cipher",
        &[
            (CONFIG, Phone(&[])),
            (
                RUNNING,
                Asa(&[("9.1(7)", "9.8(2)"), (SUITES, "ssl cipher tlsv1 custom \"DHE-RSA-AES256-SHA\"")]),
            ),
            (LOGGING, Own(asset!("no-shared-cipher/asa-logging.txt"))),
        ],
    ),
    (
        "host-id",
        &[
            (CONFIG, Phone(&[("//asa.example.com", "//vpn.example.com")])),
            (CONSOLE, Own(asset!("host-id/phone-console.log"))),
        ],
    ),
    ("redirected", &[(CONFIG, Phone(&[])), (CONSOLE, Own(asset!("redirected/phone-console.log")))]),
    (
        "ends-after-login",
        &[
            (CONFIG, Phone(&[])),
            (RUNNING, Asa(&[])),
            (LOGGING, Own(asset!("ends-after-login/asa-logging.txt"))),
        ],
    ),
    (
        "hash-mismatch",
        &[
            (CONSOLE, Own(asset!("replaced-certificate/phone-console.log"))),
            (CONFIG, Own(PHONE)),
            (RUNNING, Own(ASA)),
            (LOGGING, Own(asset!("replaced-certificate/asa-logging.txt"))),
            (PEM, Own(CERTIFICATE)),
        ],
    ),
    (
        "new-phones-fail",
        &[
            (CONFIG, Phone(&[("SIP42.9-4-2SR3-1S", "sip88xx.12-5-1SR2-2")])),
            (LOGGING, Own(asset!("new-phones-fail/asa-logging.txt"))),
        ],
    ),
    (
        "old-phones-fail",
        &[
            (CONFIG, Phone(&[])),
            (RUNNING, Asa(&[("9.1(7)", "9.12(4)"), (SUITES, "ssl server-version tlsv1.2 dtlsv1.2")])),
        ],
    ),
    (
        "no-registration",
        &[
            (CONFIG, Phone(&[])),
            (STATUS, Own(asset!("no-registration/status.txt"))),
            (CONSOLE, Own(asset!("no-registration/phone-console.log"))),
        ],
    ),
    ("drops", &[(CONFIG, Phone(&[])), (RUNNING, Asa(&[])), (LOGGING, Own(asset!("drops/asa-logging.txt")))]),
    (
        "change-while-connected",
        &[
            (CONFIG, Phone(&[])),
            ("network.htm", Own(asset!("change-while-connected/network.htm"))),
            (STATUS, Own(asset!("change-while-connected/status.txt"))),
            (CONSOLE, Own(asset!("change-while-connected/phone-console.log"))),
        ],
    ),
    ("renew-certificate", &[(CONFIG, Phone(&[])), (RUNNING, Asa(&[])), (PEM, Own(CERTIFICATE))]),
    (
        "external-authentication",
        &[
            (CONFIG, Phone(&[BY_PASSWORD])),
            (
                RUNNING,
                Asa(&[
                    BY_AAA,
                    (
                        " address-pool VPNPhone-Pool\n",
                        " address-pool VPNPhone-Pool\n authentication-server-group RADIUS\n",
                    ),
                    (
                        SUITES,
                        "aaa-server RADIUS protocol radius\naaa-server RADIUS (inside) host 198.51.100.5\n key *****\n!\nssl encryption aes256-sha1 aes128-sha1",
                    ),
                ]),
            ),
            (LOGGING, Own(asset!("external-authentication/asa-logging.txt"))),
        ],
    ),
    ("collect-evidence", &[(CONFIG, Phone(&[]))]),
];

#[cfg(test)]
mod tests {
    use super::super::{ALL, Given, Position};
    use super::*;
    use crate::diagnose::{Said, diagnose};
    use crate::input::InputState;
    use crate::intake;
    use crate::limits::Limits;
    use crate::time::parse_rfc3339;

    /// Wizards that end in a plan; what their example shows is no fault.
    const PLANNERS: [&str; 2] = ["renew-certificate", "collect-evidence"];

    #[test]
    fn the_example_of_every_symptom_shows_that_symptom_today_and_in_a_year() {
        for now in ["2026-11-24T12:00:00Z", "2027-12-01T12:00:00Z"] {
            for symptom in ALL {
                let id = symptom.id;
                let files = files(id);
                let read = |(name, text): &File| intake::read(name, text.as_bytes(), &Limits::default());
                let readings: Vec<_> = files.iter().map(read).collect();
                let case = diagnose(&readings, &Said::new(), parse_rfc3339(now).unwrap());
                assert!(
                    !files.is_empty() && case.inputs.iter().all(|input| input.state == InputState::Read),
                    "{id}"
                );
                if PLANNERS.contains(&id) {
                    assert_eq!(case.verdict.rule, None, "{id}");
                    let given: Vec<Given> = symptom
                        .steps
                        .iter()
                        .map(|step| Given { step: step.id.to_owned(), answer: None })
                        .collect();
                    assert!(matches!(symptom.walk(Some(&case), &given).position, Position::Plan(_)), "{id}");
                    continue;
                }
                let position = symptom.walk(Some(&case), &[]).position;
                let Position::Rule { rule, finding: Some(_) } = position else {
                    panic!("{id}: {position:?}")
                };
                assert_eq!(case.verdict.rule.as_deref(), Some(rule), "{id}: {}", case.verdict.sentence.en());
            }
        }
        assert!(files("no-such-symptom").is_empty());
    }

    #[test]
    fn every_change_of_an_example_changes_something() {
        for (id, files) in &EXAMPLES {
            for (name, content) in *files {
                let (before, edits) = match content {
                    Own(text) => {
                        assert!(!text.is_empty(), "{id}: {name}");
                        continue;
                    }
                    Phone(edits) => (PHONE, [&[TRUSTING], *edits].concat()),
                    Asa(edits) => (ASA, edits.to_vec()),
                };
                for edit in edits {
                    assert_ne!(changed(before, &[edit]), before, "{id}: {name}: {edit:?}");
                }
            }
        }
    }
}
