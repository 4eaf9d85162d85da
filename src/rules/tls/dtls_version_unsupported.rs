//! TLS comes about, but DTLS cannot: its version or its list of ciphers does not suit the phone.
//!
//! The data channel has settings of its own: the second word of `ssl server-version`, and `ssl cipher dtlsv1`. A phone
//! offers for DTLS the suite that it agreed on for TLS (ocserv, README-cisco-svc). DTLS 1.2 needs firmware 14.0(1)
//! on the phone (release notes) and 9.10(1) on the ASA; an old ASA with a phone that accepts TLS 1.2 at least is
//! told as possible only.

use super::{cipher_lists, rows};
use crate::case::Case;
use crate::facts::negotiation::{Datagram, Row, Server};
use crate::finding::{Confidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::tables::tls_versions::Protocol;
use crate::text::{Class, Text};

/// The rule.
pub const RULE: Rule = Rule {
    id: "dtls-version-unsupported",
    stage: Stage::Tls,
    severity: Severity::Warning,
    needs: &[Need::AsaConfig, Need::AsaConfigAll, Need::AsaSsl, Need::AsaVersion, Need::PhoneConfig],
    echoes: &["dtls-not-established"],
    sources: &[
        "release notes of the 7800 and 8800 series, 14.0(1)",
        "Cisco community 3156717, TLS and DTLS of ASA releases",
        "ASA command reference, ssl server-version and ssl cipher",
    ],
    prose: Text::fixed(
        include_str!("dtls_version_unsupported.en.md"),
        include_str!("dtls_version_unsupported.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let mut findings = Vec::new();
    let mut open = false;
    for (negotiation, row) in rows::own(case)? {
        let server = &negotiation.server;
        match &row.datagram {
            Datagram::TooNew(version) => findings.extend(too_new(server, row, *version)),
            // Where TLS has no cipher either, that is what to tell.
            Datagram::NoCipher(version) if !row.shared.is_empty() => {
                findings.extend(no_cipher(server, row, *version));
            }
            Datagram::NoCipher(_) => {}
            Datagram::Agreed(version, _) if wants_more(row, *version) => {
                findings.extend(too_old(server, row, *version));
            }
            Datagram::Agreed(version, _) => {
                open |= server.lists.get(version).is_none_or(|list| !list.ground.is_shown());
            }
            Datagram::Unknown => open = true,
        }
    }
    if findings.is_empty() && open {
        return Err(Missing(vec![Need::AsaSsl, Need::AsaConfigAll]));
    }
    Ok(findings)
}

/// A phone whose lowest version is TLS 1.2 wants DTLS 1.2 as well.
fn wants_more(row: &Row, version: Protocol) -> bool {
    row.kind.ability.lowest >= Protocol::Tls12 && version < Protocol::Dtls12
}

fn too_new(server: &Server, row: &Row, version: Protocol) -> Option<Finding> {
    let lowest = server.lowest_datagram.as_ref()?;
    let highest = row.kind.ability.highest_datagram.name();
    let named = |text: Text| text.word("asa", version.name()).word("phone", highest);
    let confidence = rows::confidence(lowest.ground.is_shown(), row);
    Some(
        rows::predicted(confidence, (lowest.ground.place(), named(WANTS)), row)?
            .because(named(TOO_NEW))
            .fix("version"),
    )
}

fn no_cipher(server: &Server, row: &Row, version: Protocol) -> Option<Finding> {
    let list = server.lists.get(&version)?;
    let suites = if list.suites.is_empty() { "–".to_owned() } else { list.suites.join(", ") };
    let no_cipher = NO_CIPHER.word("version", version.name()).with("allows", Class::Words, suites).list(
        "offers",
        Class::Words,
        &row.kind.offers,
    );
    let confidence = rows::confidence(list.ground.is_shown(), row);
    let finding = rows::predicted(confidence, (list.ground.place(), LIST), row)?;
    Some(
        finding
            .because(no_cipher)
            .computed("version", version.word())
            .computed("suites", cipher_lists::custom(Some(server), version))
            .fix("cipher"),
    )
}

fn too_old(server: &Server, row: &Row, version: Protocol) -> Option<Finding> {
    let highest = server.highest_datagram.as_ref()?;
    let says = HIGHEST.word("asa", version.name());
    let finding = rows::predicted(Confidence::Possible, (highest.ground.place(), says), row)?;
    Some(finding.because(TOO_OLD).fix("release"))
}

const WANTS: Text = Text::fixed("the ASA asks for {asa} at least", "Die ASA verlangt mindestens {asa}");
const TOO_NEW: Text = Text::fixed(
    "The ASA asks for {asa} at least; the phone speaks {phone} at most.",
    "Die ASA verlangt mindestens {asa}; das Telefon spricht höchstens {phone}.",
);
const LIST: Text =
    Text::fixed("this list is for DTLS, and not for TLS", "Diese Liste gilt für DTLS, nicht für TLS");
const NO_CIPHER: Text = Text::fixed(
    "For {version} the ASA allows {allows}; the phone offers {offers}.",
    "Für {version} lässt die ASA {allows} zu; das Telefon bietet {offers}.",
);
const HIGHEST: Text = Text::fixed("this ASA speaks {asa} at most", "Diese ASA spricht höchstens {asa}");
const TOO_OLD: Text = Text::fixed(
    "The phone's firmware asks for TLS 1.2 at least, which is said to hold for DTLS, too; the ASA speaks DTLS 1.2 from 9.10(1) on. The notes do not name the VPN client, so this is not sure.",
    "Die Firmware des Telefons verlangt mindestens TLS 1.2, und das soll auch für DTLS gelten; die ASA spricht DTLS 1.2 ab 9.10(1). Die Versionshinweise nennen den VPN-Client nicht, sicher ist es also nicht.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Confidence;
    use crate::testing::{fires, silent, waits};

    fn phone(load: &str) -> String {
        format!("<device><loadInformation>{load}</loadInformation><vpnGroup></vpnGroup></device>")
    }

    fn config(version: &str, ssl: &str) -> String {
        format!("ASA Version {version}\nhostname asa\n{ssl}\nwebvpn\n enable outside\n: end\n")
    }

    const LISTS: &str = "ssl cipher tlsv1 custom \"AES256-SHA\"\nssl cipher dtlsv1 custom \"DES-CBC3-SHA\"";

    #[test]
    fn a_list_for_dtls_without_the_phones_ciphers() {
        let old = phone("SIP45.9-4-2SR3-1S");
        let finding =
            &fires(&RULE, &[("asa.cfg", &config("9.8(2)", LISTS)), ("SEP001122334455.cnf.xml", &old)])[0];
        assert_eq!((finding.confidence, finding.fixes.as_slice()), (Confidence::Likely, &["cipher"][..]));
        assert_eq!(finding.evidence()[0].at.as_ref().unwrap().line, 4);
        let same = LISTS.replace("DES-CBC3-SHA", "AES256-SHA");
        silent(&RULE, &[("asa.cfg", &config("9.8(2)", &same)), ("SEP001122334455.cnf.xml", &old)]);
    }

    #[test]
    fn dtls_1_2_is_too_new_for_an_old_phone() {
        let old = phone("SIP45.9-4-2SR3-1S");
        let wants = config("9.12(4)", "ssl server-version tlsv1 dtlsv1.2");
        let finding = &fires(&RULE, &[("asa.cfg", &wants), ("SEP001122334455.cnf.xml", &old)])[0];
        assert!(finding.because[0].en().contains("DTLS 1.2 at least; the phone speaks DTLS 1.0"));
    }

    #[test]
    fn an_old_asa_is_only_possibly_too_old() {
        let new = phone("sip88xx.14-3-1SR3-2");
        let finding =
            &fires(&RULE, &[("asa.cfg", &config("9.8(2)", "")), ("SEP001122334455.cnf.xml", &new)])[0];
        assert_eq!(finding.confidence, Confidence::Possible);
    }

    #[test]
    fn an_assumed_list_is_no_proof() {
        let old = phone("SIP45.9-4-2SR3-1S");
        waits(&RULE, &[("asa.cfg", &config("9.8(2)", "")), ("SEP001122334455.cnf.xml", &old)]);
        waits(&RULE, &[]);
    }
}
