//! The TFTP server answers, but it has no configuration of this phone.
//!
//! Status message `File not found SEP….cnf.xml` (documents write `<Cfg File>`): CUCM does not know the phone, or the
//! phone asks another server or cluster (8800 administration guide, status messages). `XMLDefault.cnf.xml` and other
//! files are not the phone's own and do not count.

use super::{Tunnel, finding, passed};
use crate::case::Case;
use crate::facts::after_tunnel::{Sign, is_phone_config, open};
use crate::facts::tftp_servers::{TftpServer, is_of};
use crate::finding::{Confidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::text::{Class, Text};

/// The rule.
pub const RULE: Rule = Rule {
    id: "phone-config-not-found",
    stage: Stage::Registration,
    severity: Severity::Blocker,
    needs: &[Need::PhoneStatus, Need::PhoneLog, Need::Capture],
    echoes: &[],
    sources: &["8800 series administration guide, status messages"],
    prose: Text::fixed(
        include_str!("phone_config_not_found.en.md"),
        include_str!("phone_config_not_found.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let missing = |sign: &Sign| matches!(sign, Sign::FileNotFound(file) if is_phone_config(file));
    let arrives = |sign: &Sign| matches!(sign, Sign::FileLoaded | Sign::Registered);
    let remarks = open(&case.after_tunnel, missing, |sign| *sign == Sign::Registered);
    let phone = remarks.first().map(|remark| remark.phone.as_str()).unwrap_or_default();
    let tunnel = Tunnel::of_phone(case, phone);
    // The answer comes from a server: that it was reached through the tunnel matters less than which one it was.
    let Some(mut found) = finding(case, &remarks, &tunnel, |_| NOT_FOUND) else {
        return passed(case, arrives);
    };
    found.confidence = found.confidence.min(Confidence::Likely);
    let file = remarks.iter().find_map(|remark| match &remark.sign {
        Sign::FileNotFound(file) if file.to_ascii_uppercase().starts_with("SEP") => Some(file.as_str()),
        _ => None,
    });
    let named = file.and_then(|file| file.split('.').next()).unwrap_or_default();
    if !named.is_empty() {
        found = found.value("phone", named);
    }
    let own = |server: &&TftpServer| is_of(&server.phone, phone, 1) && !server.address.is_empty();
    if let Some(server) = case.tftp_servers.iter().find(own) {
        found = found.because(SERVER.with("server", Class::Host, &server.address));
    }
    Ok(vec![found])
}

const NOT_FOUND: Text = Text::fixed("the server has no such file", "Der Server hat diese Datei nicht");
const SERVER: Text = Text::fixed(
    "The server that it uses is {server}: check that this is CUCM's TFTP server.",
    "Der Server, den es benutzt, ist {server}: Prüfen Sie, ob das der TFTP-Server des CUCM ist.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Confidence;
    use crate::testing::{fires, silent, waits};

    #[test]
    fn the_phones_own_file_has_to_be_there() {
        let page = "TFTP server 1\t203.0.113.9\n10:12:40a File not found SEP001122334455.cnf.xml\n";
        let finding = &fires(&RULE, &[("x", page)])[0];
        assert_eq!(finding.confidence, Confidence::Likely);
        assert_eq!(finding.values, [("phone", "SEP001122334455".to_owned())]);
        assert!(finding.because.iter().any(|text| text.en().contains("203.0.113.9")));
        fires(&RULE, &[("x", "10:12:40a File not found <Cfg File>\n")]);
        let console = "09:15:02, 11/24/2026 : SEP0011223344AA.cnf.xml not found in 198.51.100.69\n";
        assert_eq!(fires(&RULE, &[("x", console)])[0].values, [("phone", "SEP0011223344AA".to_owned())]);
    }

    #[test]
    fn other_files_do_not_count() {
        silent(
            &RULE,
            &[("x", "10:12:40a File Not Found : CTLFile.tlv\n10:12:41a File not found XMLDefault.cnf.xml\n")],
        );
        waits(&RULE, &[]);
    }
}
