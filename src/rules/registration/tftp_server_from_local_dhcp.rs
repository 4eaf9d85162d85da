//! The phone asks the TFTP server of the remote site: its DHCP server named it, or named none.
//!
//! The network page shows `TFTP Server 1` and `Alternate TFTP`; the console log what DHCP gave (Cisco 116162,
//! alternate TFTP; CSCuj71475). It is a defect only where files do not arrive as well: a site may hand out the right
//! server by option 150.

use super::{Tunnel, certainty, passed};
use crate::case::Case;
use crate::facts::after_tunnel::{Remark, Sign, open};
use crate::facts::tftp_servers::{GivenBy, TftpServer};
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::text::Text;

/// The rule.
pub const RULE: Rule = Rule {
    id: "tftp-server-from-local-dhcp",
    stage: Stage::Registration,
    severity: Severity::Blocker,
    needs: &[Need::PhoneStatus, Need::PhoneLog],
    echoes: &["tftp-server-unreachable", "phone-config-not-found"],
    sources: &["Cisco 116162, alternate TFTP", "CSCuj71475"],
    prose: Text::fixed(
        include_str!("tftp_server_from_local_dhcp.en.md"),
        include_str!("tftp_server_from_local_dhcp.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let fails = |sign: &Sign| {
        matches!(sign, Sign::FileTimedOut | Sign::FileError | Sign::NoTftpServer | Sign::FileNotFound(_))
    };
    let arrives = |sign: &Sign| matches!(sign, Sign::FileLoaded | Sign::Registered);
    let failures = open(&case.after_tunnel, fails, arrives);
    let tunnel = Tunnel::of(case);
    let given = case.tftp_servers.iter().find_map(|server| Some((server, judge(case, server)?)));
    // The alarm says outright that DHCP gave no server.
    let none = failures.iter().find(|remark| remark.sign == Sign::NoTftpServer);
    let typed_in = case.tftp_servers.iter().any(|server| server.given_by == GivenBy::Person);
    match (given, failures.as_slice()) {
        (_, _) if typed_in => Ok(Vec::new()),
        (Some((server, judged)), [_, ..]) if !matches!(tunnel, Tunnel::Failed) => {
            Ok(vec![told(server, judged, &failures, &tunnel)])
        }
        (None, _) if none.is_some() && !matches!(tunnel, Tunnel::Failed) => Ok(none
            .iter()
            .map(|remark| {
                Finding::new(certainty(remark, &tunnel).max(Confidence::Likely), proof(remark))
                    .and(tunnel.proof())
                    .because(NOTHING_GIVEN)
            })
            .collect()),
        (_, []) => passed(case, arrives),
        _ => Err(Missing::one(Need::PhoneStatus)),
    }
}

/// Why a server is taken for the remote site's, and how sure that is.
fn judge(case: &Case<'_>, server: &TftpServer) -> Option<(Confidence, Text)> {
    if server.address.is_empty() {
        return Some((Confidence::Likely, NOTHING_GIVEN));
    }
    if server.same_as_local.is_some() {
        let sure = if server.given_by == GivenBy::Dhcp { Confidence::Likely } else { Confidence::Possible };
        return Some((sure, SAME.filled(&[("server", &server.address)])));
    }
    let managers: Vec<&str> = case
        .phones
        .iter()
        .flat_map(|phone| &phone.config.document.call_managers)
        .map(|seen| seen.value.as_str())
        .collect();
    let address = |name: &&str| name.parse::<std::net::IpAddr>().is_ok();
    // Names cannot be compared with an address, and a cluster may have a TFTP server of its own.
    let elsewhere = !managers.is_empty()
        && managers.iter().all(address)
        && !managers.contains(&server.address.as_str())
        && server.given_by == GivenBy::Dhcp;
    elsewhere.then(|| (Confidence::Possible, ELSEWHERE.filled(&[("server", &server.address)])))
}

fn told(
    server: &TftpServer,
    (sure, why): (Confidence, Text),
    failures: &[&Remark],
    tunnel: &Tunnel,
) -> Finding {
    let sure = match tunnel {
        Tunnel::Up(_) => sure,
        Tunnel::Failed | Tunnel::Unknown => Confidence::Possible,
    };
    let given = if server.address.is_empty() { NONE } else { SERVER };
    Finding::new(sure, Evidence::marked(&server.place, &server.address, given))
        .and(server.same_as_local.as_ref().map(|place| Evidence::marked(place, &server.address, LOCAL)))
        .and(failures.iter().map(|remark| proof(remark)))
        .and(tunnel.proof())
        .because(why)
        .value("local-server", server.address.clone())
}

fn proof(remark: &Remark) -> Evidence {
    let says = if remark.sign == Sign::NoTftpServer { NONE } else { FAILED };
    Evidence::seen(&remark.place, says)
}

const SERVER: Text = Text::fixed("the phone uses this TFTP server", "Diesen TFTP-Server benutzt das Telefon");
const NONE: Text =
    Text::fixed("the phone was given no TFTP server", "Das Telefon hat keinen TFTP-Server bekommen");
const LOCAL: Text = Text::fixed(
    "the remote site's own device has the same address",
    "Das Gerät am Standort hat dieselbe Adresse",
);
const FAILED: Text = Text::fixed("files do not arrive", "Dateien kommen nicht an");
const SAME: Text = Text::fixed(
    "{server} is also the router or DHCP server of the remote site: it is no server of CUCM.",
    "{server} ist zugleich der Router oder DHCP-Server am entfernten Standort und kein Server des CUCM.",
);
const NOTHING_GIVEN: Text = Text::fixed(
    "The remote site's DHCP server gives no TFTP server (option 150 or 66), and none is typed in.",
    "Der DHCP-Server am entfernten Standort gibt keinen TFTP-Server mit (Option 150 oder 66), und von Hand ist keiner eingetragen.",
);
const ELSEWHERE: Text = Text::fixed(
    "{server} comes from DHCP and is none of the CUCM servers in the phone's configuration. It may still be a TFTP server of the cluster: compare.",
    "{server} kommt per DHCP und ist keiner der CUCM-Server in der Konfiguration des Telefons. Es kann trotzdem ein TFTP-Server des Clusters sein: Vergleichen Sie.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Confidence;
    use crate::testing::{fires, silent, waits};

    const UP: &str = "0930: NOT 10:19:27.155936 VPNC: protocol_handler: SSL dpd 30 sec from SG (enabled)\n";
    const TIMEOUT: &str = "10:12:33a TFTP timeout\n";

    fn page(server: &str, alternate: &str) -> String {
        format!("DHCP Server\t192.168.1.1\nTFTP Server 1\t{server}\nAlternate TFTP\t{alternate}\n{TIMEOUT}")
    }

    #[test]
    fn the_home_router_as_tftp_server() {
        let page = page("192.168.1.1", "No");
        let finding = &fires(&RULE, &[("page.txt", &page), ("console.log", UP)])[0];
        assert_eq!(finding.confidence, Confidence::Likely);
        assert!(finding.because[0].en.starts_with("192.168.1.1 is also the router"));
        assert_eq!(finding.evidence()[0].at.as_ref().unwrap().text, "TFTP Server 1\t192.168.1.1");
    }

    #[test]
    fn no_server_at_all() {
        let log = "2165: NOT 10:18:12.226947 DHCP: tftpsvr1:0.0.0.0\n";
        let finding = &fires(&RULE, &[("status.txt", TIMEOUT), ("console.log", &format!("{log}{UP}"))])[0];
        assert!(finding.because[0].en.contains("option 150"));
        let alarm =
            "1966: INF 10:25:22.822003 JAVA: send alarm( LastOutOfServiceInformation ): TFTPCfgStatus=3\n";
        fires(&RULE, &[("x", &format!("{UP}{alarm}"))]);
    }

    #[test]
    fn another_server_than_the_call_managers_is_only_possible() {
        let phone = "<device><callManagerGroup><members><member><callManager><processNodeName>198.51.100.10</processNodeName></callManager></member></members></callManagerGroup><vpnGroup><addresses><url1>https://vpn.example.com/Phones</url1></addresses></vpnGroup></device>";
        let files =
            |server| [("page.txt", page(server, "No")), ("SEP001122334455.cnf.xml", phone.to_owned())];
        let fired = files("203.0.113.5");
        let fired: Vec<(&str, &str)> = fired.iter().map(|(name, text)| (*name, text.as_str())).collect();
        assert_eq!(fires(&RULE, &fired)[0].confidence, Confidence::Possible);
        let right = files("198.51.100.10");
        let right: Vec<(&str, &str)> = right.iter().map(|(name, text)| (*name, text.as_str())).collect();
        waits(&RULE, &right);
    }

    #[test]
    fn a_server_that_was_typed_in_is_not_the_sites() {
        silent(&RULE, &[("page.txt", &page("192.168.1.1", "Yes")), ("console.log", UP)]);
        silent(&RULE, &[("page.txt", "TFTP Server 1\t192.168.1.1\n10:12:33a Trust List updated\n")]);
        waits(&RULE, &[]);
    }
}
