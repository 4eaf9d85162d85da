//! What rule tests need: from bytes to findings, through the same two steps as everyone else.

use crate::case::{Case, Said};
use crate::finding::{Concerned, Conclusion, Confidence, Finding, Severity};
use crate::formats::{Loss, Member, Sink};
use crate::input::Note;
use crate::intake::{self, Reading};
use crate::limits::Limits;
use crate::need::{Missing, Need};
use crate::rules::{Rule, prose};
use crate::stage::Stage;
use crate::text::Text;
use crate::time::parse_rfc3339;

/// The clock of rule tests, in seconds since 1970.
pub fn now() -> i64 {
    parse_rfc3339("2026-11-24T12:00:00Z").unwrap()
}

/// Reads files given as name and text.
pub fn readings(files: &[(&str, &str)]) -> Vec<Reading> {
    files.iter().map(|(name, text)| intake::read(name, text.as_bytes(), &Limits::default())).collect()
}

/// Checks one rule against files, with answers of the person.
pub fn check(rule: &Rule, files: &[(&str, &str)], answers: &[(&str, &str)]) -> Result<Vec<Finding>, Missing> {
    let mut said = Said::new();
    for (key, value) in answers {
        said.say(key, value).unwrap();
    }
    let readings = readings(files);
    rule.answer(&Case::of(&readings, &said, now()))
}

/// The rule fires, and each finding says what to do; returns them.
#[track_caller]
pub fn fires(rule: &Rule, files: &[(&str, &str)]) -> Vec<Finding> {
    match check(rule, files, &[]) {
        Ok(findings) if !findings.is_empty() => {
            let prose = prose::parse(&rule.prose);
            for finding in &findings {
                assert!(!prose.fixes_for(finding).is_empty(), "{} names no fix: {finding:?}", rule.id);
            }
            findings
        }
        other => panic!("{} should fire, but: {other:?}", rule.id),
    }
}

/// The rule was checked and found nothing.
#[track_caller]
pub fn silent(rule: &Rule, files: &[(&str, &str)]) {
    match check(rule, files, &[]) {
        Ok(findings) if findings.is_empty() => {}
        other => panic!("{} should pass, but: {other:?}", rule.id),
    }
}

/// The rule cannot be checked; returns what is missing.
#[track_caller]
pub fn waits(rule: &Rule, files: &[(&str, &str)]) -> Vec<Need> {
    match check(rule, files, &[]) {
        Err(Missing(needs)) => needs,
        other => panic!("{} should wait, but: {other:?}", rule.id),
    }
}

/// A finding of which nothing is known but this.
pub fn conclusion(rule: &str, stage: Stage, severity: Severity, confidence: Confidence) -> Conclusion {
    Conclusion {
        rule: rule.to_owned(),
        stage,
        severity,
        confidence,
        title: Text::default(),
        explanation: Vec::new(),
        evidence: Vec::new(),
        more_evidence: 0,
        more_of_kind: 0,
        concerned: Concerned::default(),
        fix: Vec::new(),
        caused_by: None,
        sources: Vec::new(),
        comparison: None,
    }
}

/// Certificates of our own, made by `tests/fixtures/make.py`; the clock of the tests stands at [`now`].
pub mod certificates {
    /// `vpn.example.com`, valid 2022-03 to 2026-03: expired.
    pub const PREVIOUS: &str = include_str!("../tests/fixtures/vpn-previous.pem");
    /// `vpn.example.com`, valid 2026-02 to 2031-02.
    pub const CURRENT: &str = include_str!("../tests/fixtures/vpn.pem");
    /// `vpn.example.com`, valid to 2026-12-20: less than 60 days.
    pub const ENDING: &str = include_str!("../tests/fixtures/vpn-ending.pem");
    /// `vpn.example.com`, valid from 2027-01 on.
    pub const NOT_YET: &str = include_str!("../tests/fixtures/vpn-not-yet.pem");
    /// `*.example.com`.
    pub const WILDCARD: &str = include_str!("../tests/fixtures/vpn-wildcard.pem");
    /// `vpn.example.com` on an elliptic curve, self-signed.
    pub const ELLIPTIC: &str = include_str!("../tests/fixtures/vpn-elliptic.pem");
    /// `portal.example.com`.
    pub const OTHER: &str = include_str!("../tests/fixtures/other.pem");
    /// The CA that issued [`ISSUED`].
    pub const AUTHORITY: &str = include_str!("../tests/fixtures/authority.pem");
    /// `asa.example.com`, 192.0.2.1, issued by [`AUTHORITY`].
    pub const ISSUED: &str = include_str!("../tests/fixtures/issued.pem");
    /// A CA named like the maker's old one, signed with SHA-1.
    pub const MAKER_SHA1: &str = include_str!("../tests/fixtures/phone-ca-sha1.pem");
    /// A CA named like the maker's newer one.
    pub const MAKER_SHA2: &str = include_str!("../tests/fixtures/phone-ca-sha2.pem");
    /// `CP-7962G-SEP001122334466`, issued by [`MAKER_SHA1`] with SHA-1, to 2029-05.
    pub const MIC_SHA1: &str = include_str!("../tests/fixtures/phone-mic-sha1.pem");
    /// `CP-8851-SEP001122334455`, issued by [`MAKER_SHA2`], to 2036.
    pub const MIC_SHA2: &str = include_str!("../tests/fixtures/phone-mic-sha2.pem");
    /// `CAPF-0a1b2c3d`.
    pub const CAPF_OLD: &str = include_str!("../tests/fixtures/phone-capf-old.pem");
    /// `CAPF-4e5f6a7b`, from 2026-06.
    pub const CAPF_NEW: &str = include_str!("../tests/fixtures/phone-capf-new.pem");
    /// `CAPF-0a1b2c3d` with another key, from 2026-06.
    pub const CAPF_RENEWED: &str = include_str!("../tests/fixtures/phone-capf-renewed.pem");
    /// `CP-8851-SEP001122334455`, issued by [`CAPF_OLD`], to 2030-09.
    pub const LSC: &str = include_str!("../tests/fixtures/phone-lsc.pem");
    /// The same, ended on 2026-06-01.
    pub const LSC_EXPIRED: &str = include_str!("../tests/fixtures/phone-lsc-expired.pem");
    /// `CP-7962G-SEP001122334466` with a key of 1024 bits, signed with SHA-1 by [`CAPF_OLD`].
    pub const LSC_WEAK: &str = include_str!("../tests/fixtures/phone-lsc-weak.pem");
}

/// The DER bytes of a PEM certificate.
fn der_of(pem: &str) -> Vec<u8> {
    use base64::Engine;
    let body: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    base64::engine::general_purpose::STANDARD.decode(body).unwrap()
}

/// The hash of a PEM certificate as it stands in a phone's configuration.
pub fn hash_of(pem: &str) -> String {
    use sha1::Digest;
    crate::fingerprint::base64(&sha1::Sha1::digest(der_of(pem)))
}

/// A phone's VPN settings that trust these hashes.
pub fn phone_trusting(hashes: &[String]) -> String {
    let hashes: String =
        hashes.iter().zip(1..).map(|(hash, n)| format!("<certHash{n}>{hash}</certHash{n}>\n")).collect();
    format!(
        "<vpnGroup>\n<enableHostIDCheck>1</enableHostIDCheck>\n<addresses>\n<url1>https://vpn.example.com/Phones</url1>\n</addresses>\n\
         <credentials>\n<hashAlg>0</hashAlg>\n{hashes}</credentials>\n</vpnGroup>\n"
    )
}

/// A `crypto ca certificate chain` block.
pub fn chain(trustpoint: &str, certificates: &[(&str, &str)]) -> String {
    let mut text = format!("crypto ca certificate chain {trustpoint}\n");
    for (kind, pem) in certificates {
        text.push_str(&format!(" certificate {kind}0a1b\n"));
        for line in der_of(pem).chunks(16) {
            let groups: Vec<String> = line.chunks(4).map(crate::fingerprint::hex).collect();
            text.push_str(&format!("    {}\n", groups.join(" ")));
        }
        text.push_str("  quit\n");
    }
    text
}

/// A whole ASA configuration with these lines and chains.
pub fn asa(lines: &str, chains: &str) -> String {
    format!(
        "ASA Version 9.1(1)\nhostname asa\ninterface GigabitEthernet0/0\n nameif outside\n ip address 192.0.2.1 255.255.255.0\n\
         crypto ca trustpoint PHONES\n enrollment terminal\ncrypto ca trustpoint PORTAL\n enrollment terminal\n\
         {chains}{lines}\nwebvpn\n enable outside\n anyconnect enable\n: end\n"
    )
}

/// An ASA with one tunnel group that a phone dials, and the phone's configuration.
pub struct Handsets {
    /// The ASA's configuration.
    pub asa: String,
}

impl Handsets {
    /// Both files, the ASA's first.
    pub fn files(&self) -> Vec<(&str, &str)> {
        vec![("asa.cfg", &self.asa), ("SEP0011223344AA.cnf.xml", HANDSET)]
    }

    /// The same with more top-level lines in the ASA's configuration.
    pub fn with(&self, lines: &str) -> Self {
        Self { asa: self.asa.replace("webvpn\n", &format!("{lines}webvpn\n")) }
    }
}

/// The phones of tunnel group BRANCH get group policy HANDSETS. Attributes of DfltGrpPolicy, of HANDSETS, and of the
/// phone's user, each line with a blank in front.
pub fn handsets(default: &str, own: &str, user: &str) -> Handsets {
    let user = if user.is_empty() {
        String::new()
    } else {
        format!("username CP-8841-SEP0011223344AA attributes\n{user}")
    };
    Handsets {
        asa: format!(
            "ASA Version 9.1(1)\nhostname gw\nip local pool BRANCH 198.51.100.1-198.51.100.50 mask 255.255.255.0\n\
             group-policy DfltGrpPolicy attributes\n{default}group-policy HANDSETS internal\n\
             group-policy HANDSETS attributes\n dns-server value 198.51.100.53\n{own}{user}\
             tunnel-group BRANCH type remote-access\ntunnel-group BRANCH general-attributes\n address-pool BRANCH\n \
             default-group-policy HANDSETS\ntunnel-group BRANCH webvpn-attributes\n authentication certificate\n \
             group-url https://gw.example.com/Branch enable\nwebvpn\n enable outside\n anyconnect enable\n: end\n"
        ),
    }
}

const HANDSET: &str =
    "<vpnGroup><addresses><url1>https://gw.example.com/Branch</url1></addresses></vpnGroup>";

/// Keeps what a format hands out.
#[derive(Default)]
pub struct Kept {
    /// Each with its bytes.
    pub members: Vec<(Member, Vec<u8>)>,
}

impl Sink for Kept {
    fn open(&mut self, member: Member) -> bool {
        self.members.push((member, Vec::new()));
        true
    }

    fn push(&mut self, bytes: &[u8]) -> bool {
        self.members.iter_mut().last().unwrap().1.extend_from_slice(bytes);
        true
    }

    fn place(&mut self, _run: crate::source::LineRun) {}

    fn say(&mut self, _note: Note, _loss: Loss) {}

    fn close(&mut self) {}

    fn unpacked(&mut self, _bytes: u64) -> bool {
        true
    }

    fn wants_more(&self) -> bool {
        true
    }
}
