//! The tunnel is up, but the phone's TFTP server does not answer through it.
//!
//! Status messages `TFTP timeout`, `TFTP error`, `TFTP access error`; `TFTPCfgStatus` 2 in the alarm (Cisco 116162,
//! change of the configuration while connected; 8800 administration guide, status messages). The phone then keeps its
//! old configuration, with old certificate hashes.
//!
//! A file that is not there ends its transfer in an error too (8941 and 8945), and that is an answer of the server: RFC
//! 1350, error code 1. Trust lists, tones and ring lists are often not there; the phone's own configuration is.

use super::{Tunnel, finding, passed};
use crate::case::Case;
use crate::facts::after_tunnel::{Remark, Sign, ToldBy, is_phone_config, open};
use crate::facts::tftp_servers::{each_phone, is_of};
use crate::finding::{Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::text::{Class, Text};

/// The rule.
pub const RULE: Rule = Rule {
    id: "tftp-server-unreachable",
    stage: Stage::Registration,
    severity: Severity::Blocker,
    needs: &[Need::PhoneStatus, Need::PhoneLog, Need::Capture],
    echoes: &["call-control-unreachable"],
    sources: &["Cisco 116162, alternate TFTP", "8800 series administration guide, status messages"],
    prose: Text::fixed(
        include_str!("tftp_server_unreachable.en.md"),
        include_str!("tftp_server_unreachable.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let not_there: Vec<&str> =
        case.after_tunnel.iter().filter_map(|remark| remark.sign.not_found()).collect();
    let silent = |sign: &Sign| match sign {
        Sign::FileTimedOut | Sign::NoTftpServer => true,
        // A phone asks for tones, ring lists and pictures as well, and many a server has none of them.
        Sign::FileError(file) => {
            file.is_empty() || (is_phone_config(file) && !not_there.contains(&file.as_str()))
        }
        _ => false,
    };
    let arrives = |sign: &Sign| matches!(sign, Sign::FileLoaded | Sign::FileNotFound(_) | Sign::Registered);
    let failures = open(&case.after_tunnel, silent, arrives);
    if failures.is_empty() {
        return passed(case, arrives);
    }
    let phones = each_phone(failures.iter().map(|remark| remark.phone.as_str()));
    let told = phones.iter().filter_map(|phone| tell(case, phone, phones.len(), &failures));
    let findings: Vec<Finding> = told.collect();
    if findings.is_empty() { Err(Missing(vec![Need::PhoneStatus, Need::PhoneLog])) } else { Ok(findings) }
}

/// What one phone says, where its tunnel is not known to have failed.
fn tell(case: &Case<'_>, phone: &str, phones: usize, failures: &[&Remark]) -> Option<Finding> {
    let tunnel = Tunnel::of_phone(case, phone);
    if matches!(tunnel, Tunnel::Failed) {
        return None;
    }
    let own: Vec<&Remark> =
        failures.iter().filter(|remark| is_of(&remark.phone, phone, phones)).copied().collect();
    let mut found = finding(case, &own, &tunnel, |remark| match (&remark.sign, remark.told_by) {
        (Sign::NoTftpServer, _) => NO_SERVER,
        (Sign::FileError(_), _) => ERROR,
        (_, ToldBy::Alarm) => ALARM,
        _ => TIMED_OUT,
    })?;
    let mut servers = case.tftp_servers.iter().filter(|server| is_of(&server.phone, phone, phones));
    if !matches!(tunnel, Tunnel::Up(_)) {
        found.title = Some(WITHOUT_TUNNEL);
    }
    Some(match servers.find(|server| !server.address.is_empty()) {
        Some(server) => found
            .because(SERVER.with("server", Class::Host, &server.address))
            .value("tftp-server", server.address.clone()),
        None => found,
    })
}

/// Where nothing shows a tunnel, the heading claims none.
const WITHOUT_TUNNEL: Text =
    Text::fixed("The phone's TFTP server does not answer", "Der TFTP-Server des Telefons antwortet nicht");
const TIMED_OUT: Text =
    Text::fixed("the TFTP server did not answer", "Der TFTP-Server hat nicht geantwortet");
const ERROR: Text = Text::fixed(
    "the transfer from the TFTP server ended in an error",
    "Die Übertragung vom TFTP-Server endete mit einem Fehler",
);
const ALARM: Text = Text::fixed(
    "TFTPCfgStatus 2: the TFTP server did not answer before the phone last lost its registration",
    "TFTPCfgStatus 2: Der TFTP-Server antwortete nicht, bevor das Telefon zuletzt abgemeldet war.",
);
const NO_SERVER: Text = Text::fixed(
    "TFTPCfgStatus 3: the phone was given no TFTP server",
    "TFTPCfgStatus 3: Das Telefon hat keinen TFTP-Server bekommen.",
);
const SERVER: Text =
    Text::fixed("The phone's TFTP server is {server}.", "Der TFTP-Server des Telefons ist {server}.");

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Confidence;
    use crate::need::Need;
    use crate::testing::{fires, silent, waits};

    const UP: &str = "0930: NOT 10:19:27.155936 VPNC: protocol_handler: SSL dpd 30 sec from SG (enabled)\n";
    const REFUSED: &str = "0911: ERR 10:20:00.420205 VPNC: VPN cert chain verification failed, issuer certificate not found and leaf not trusted\n";
    const TIMEOUT: &str = "TFTP Server 1\t192.0.2.69\n10:12:33a TFTP Timeout : SEP001122334455.cnf.xml.sgn\n";

    #[test]
    fn a_timeout_behind_a_tunnel_is_told_with_its_server() {
        let finding = &fires(&RULE, &[("status.txt", TIMEOUT), ("console.log", UP)])[0];
        assert_eq!(finding.confidence, Confidence::Likely);
        assert!(finding.evidence()[0].at.as_ref().unwrap().text.contains("TFTP Timeout"));
        assert!(finding.because[1].en().contains("192.0.2.69"), "{:?}", finding.because);
        let alone = &fires(&RULE, &[("status.txt", TIMEOUT)])[0];
        assert_eq!(alone.confidence, Confidence::Possible);
        assert!(alone.because[1].en().contains("Nothing here shows that the tunnel"));
        assert!(!alone.title.as_ref().unwrap().en().contains("tunnel"));
        assert!(finding.title.is_none());
    }

    #[test]
    fn the_alarms_status_tells_too() {
        let alarm = "1966: INF 10:25:22.822003 JAVA: send alarm( LastOutOfServiceInformation ): TFTPCfgStatus=2 ReasonForOutOfService=10\n";
        let finding = &fires(&RULE, &[("x", &format!("{UP}{alarm}"))])[0];
        assert_eq!(finding.confidence, Confidence::Certain);
    }

    #[test]
    fn a_trust_list_that_is_not_there_is_an_answer() {
        let page = "VPN\tConnected\nTFTP error : download CTLSEP0011223344AA.tlv fail\n";
        silent(&RULE, &[("status.txt", page)]);
        let not_found = "09:15:02, 11/24/2026 : SEP0011223344AA.cnf.xml not found in 198.51.100.69\n";
        let failed = page.replace("CTLSEP0011223344AA.tlv", "SEP0011223344AA.cnf.xml");
        silent(&RULE, &[("status.txt", &format!("{failed}{not_found}"))]);
        let error = &fires(&RULE, &[("status.txt", &failed)])[0];
        assert_eq!(error.confidence, Confidence::Likely);
        for file in ["ITLFile.tlv", "g4-tones.xml", "Ringlist.xml", "SK0a1b2c.xml"] {
            silent(&RULE, &[("status.txt", &page.replace("CTLSEP0011223344AA.tlv", file))]);
        }
    }

    #[test]
    fn without_a_tunnel_it_waits_and_with_files_it_passes() {
        waits(&RULE, &[("status.txt", TIMEOUT), ("console.log", REFUSED)]);
        silent(&RULE, &[("x", "10:12:33a Trust List updated\n")]);
        let loaded = "3281: NOT 10:34:00.488697 dgetfile(851)-XXTP complete - status = 100\n";
        silent(&RULE, &[("x", &format!("{UP}{loaded}"))]);
        assert_eq!(waits(&RULE, &[]), [Need::PhoneStatus, Need::PhoneLog]);
    }
}
