//! The phone asks the TFTP server of the remote site, because that site's DHCP server named it.
//!
//! The network page shows `TFTP Server 1` and `Alternate TFTP`; the console log what DHCP gave (Cisco 116162,
//! alternate TFTP; CSCuj71475). It is a defect only where files do not arrive as well: a site may hand out the right
//! server by option 150.

use super::{Tunnel, passed};
use crate::case::Case;
use crate::facts::after_tunnel::{Remark, Sign, is_trust_list, open};
use crate::facts::tftp_servers::{GivenBy, TftpServer, each_phone, is_of};
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::text::{Class, Text};

/// The rule.
pub const RULE: Rule = Rule {
    id: "tftp-server-from-local-dhcp",
    stage: Stage::Registration,
    severity: Severity::Blocker,
    needs: &[Need::PhoneStatus, Need::PhoneLog, Need::Capture],
    echoes: &["tftp-server-unreachable", "phone-config-not-found"],
    sources: &["Cisco 116162, alternate TFTP", "CSCuj71475"],
    prose: Text::fixed(
        include_str!("tftp_server_from_local_dhcp.en.md"),
        include_str!("tftp_server_from_local_dhcp.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let fails = |sign: &Sign| match sign {
        Sign::FileTimedOut => true,
        // A trust list that is not there is ordinary, and shows nothing of the server.
        Sign::FileError(file) | Sign::FileNotFound(file) => !is_trust_list(file),
        _ => false,
    };
    let arrives = |sign: &Sign| matches!(sign, Sign::FileLoaded | Sign::Registered);
    let failures = open(&case.after_tunnel, fails, arrives);
    let phones = each_phone(case.tftp_servers.iter().map(|server| server.phone.as_str()));
    let (mut findings, mut open_ends, mut judged_any) = (Vec::new(), false, false);
    for phone in &phones {
        let own = || case.tftp_servers.iter().filter(|server| is_of(&server.phone, phone, phones.len()));
        let failed: Vec<&Remark> =
            failures.iter().filter(|remark| is_of(&remark.phone, phone, phones.len())).copied().collect();
        if own().any(|server| server.given_by == GivenBy::Person) {
            judged_any = true;
            continue;
        }
        let tunnel = Tunnel::of_phone(case, phone);
        match (own().find_map(|server| Some((server, judge(case, server)?))), failed.as_slice()) {
            (Some((server, judged)), [_, ..]) if !matches!(tunnel, Tunnel::Failed) => {
                findings.push(finding_of(server, judged, &failed, &tunnel));
            }
            (_, []) => {}
            _ => open_ends = true,
        }
    }
    match findings.is_empty() {
        false => Ok(findings),
        true if open_ends || case.tftp_servers.is_empty() && !failures.is_empty() => {
            Err(Missing::need(Need::PhoneStatus))
        }
        true if judged_any => Ok(Vec::new()),
        true => passed(case, arrives),
    }
}

/// Why a server is taken for the remote site's, and how sure that is.
fn judge(case: &Case<'_>, server: &TftpServer) -> Option<(Confidence, Text)> {
    // Another rule tells of a phone that was given none.
    if server.address.is_empty() {
        return None;
    }
    if server.same_as_local.is_some() {
        let sure = if server.given_by == GivenBy::Dhcp { Confidence::Likely } else { Confidence::Possible };
        return Some((sure, SAME.with("server", Class::Host, &server.address)));
    }
    let managers: Vec<&str> = case
        .phones
        .iter()
        .filter(|phone| is_of(&server.phone, &phone.name(&case.documents), case.phones.len()))
        .flat_map(|phone| &phone.config.document.call_managers)
        .map(|seen| seen.value.as_str())
        .collect();
    let address = |name: &&str| name.parse::<std::net::IpAddr>().is_ok();
    // Names cannot be compared with an address, and a cluster may have a TFTP server of its own.
    let elsewhere = !managers.is_empty()
        && managers.iter().all(address)
        && !managers.contains(&server.address.as_str())
        && server.given_by == GivenBy::Dhcp;
    elsewhere.then(|| (Confidence::Possible, ELSEWHERE.with("server", Class::Host, &server.address)))
}

fn finding_of(
    server: &TftpServer,
    (sure, why): (Confidence, Text),
    failures: &[&Remark],
    tunnel: &Tunnel,
) -> Finding {
    let sure = match tunnel {
        Tunnel::Up(_) => sure,
        Tunnel::Failed | Tunnel::Unknown => Confidence::Possible,
    };
    Finding::new(sure, Evidence::marked(&server.place, &server.address, SERVER))
        .and(server.same_as_local.as_ref().map(|place| Evidence::marked(place, &server.address, LOCAL)))
        .and(failures.iter().map(|remark| proof(remark)))
        .and(tunnel.proof())
        .because(why)
        .value("local-server", server.address.clone())
}

fn proof(remark: &Remark) -> Evidence {
    Evidence::at(&remark.place, FAILED)
}

const SERVER: Text = Text::fixed("the phone uses this TFTP server", "Diesen TFTP-Server benutzt das Telefon");
const LOCAL: Text = Text::fixed(
    "the remote site's own device has the same address",
    "Das Gerät am Standort hat dieselbe Adresse",
);
const FAILED: Text = Text::fixed("files do not arrive", "Dateien kommen nicht an");
const SAME: Text = Text::fixed(
    "{server} is also the router or DHCP server of the remote site: it is no server of CUCM.",
    "{server} ist zugleich der Router oder DHCP-Server am entfernten Standort und kein Server des CUCM.",
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
        assert!(finding.because[0].en().starts_with("192.168.1.1 is also the router"));
        assert_eq!(finding.evidence()[0].at.as_ref().unwrap().text, "TFTP Server 1\t192.168.1.1");
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
