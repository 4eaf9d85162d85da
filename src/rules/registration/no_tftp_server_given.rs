//! The phone was given no TFTP server: neither by DHCP nor by hand.
//!
//! ```text
//! TFTP Server 1
//! Alternate TFTP    No                                      network page
//! DHCP-tftpsvr1:0.0.0.0                                     console log
//! … LastOutOfServiceInformation … TFTPCfgStatus=3           alarm: NoServerInfo
//! ```
//! A remote site's DHCP server knows nothing of option 150 (or 66), so the phone needs an alternate TFTP server for the
//! files that it fetches through the tunnel (Cisco 116162, alternate TFTP). Where a transfer failed as well, the phone
//! cannot work so.

use super::passed;
use crate::case::Case;
use crate::facts::after_tunnel::{Remark, Sign, ToldBy, open};
use crate::facts::tftp_servers::{GivenBy, TftpServer, each_phone, is_of};
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::text::Text;

/// The rule.
pub const RULE: Rule = Rule {
    id: "no-tftp-server-given",
    stage: Stage::Registration,
    severity: Severity::Warning,
    needs: &[Need::PhoneStatus, Need::PhoneLog, Need::Capture],
    echoes: &["tftp-server-unreachable"],
    sources: &["Cisco 116162, alternate TFTP", "CUCM 15, alarm LastOutOfServiceInformation"],
    prose: Text::fixed(
        include_str!("no_tftp_server_given.en.md"),
        include_str!("no_tftp_server_given.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let none = |sign: &Sign| *sign == Sign::NoTftpServer;
    let arrives = |sign: &Sign| matches!(sign, Sign::FileLoaded | Sign::FileNotFound(_) | Sign::Registered);
    let alarms = open(&case.after_tunnel, none, arrives);
    let servers = case.tftp_servers.iter().map(|server| server.phone.as_str());
    let phones = each_phone(servers.chain(alarms.iter().map(|remark| remark.phone.as_str())));
    let told = phones.iter().filter_map(|phone| tell(case, phone, phones.len(), &alarms));
    let findings: Vec<Finding> = told.collect();
    if !findings.is_empty() {
        return Ok(findings);
    }
    let told = case.tftp_servers.iter().any(|server| !server.address.is_empty());
    if told { Ok(Vec::new()) } else { passed(case, arrives) }
}

/// What is known of one phone; nothing where it got a server after all.
fn tell(case: &Case<'_>, phone: &str, phones: usize, alarms: &[&Remark]) -> Option<Finding> {
    let own = || case.tftp_servers.iter().filter(|server| is_of(&server.phone, phone, phones));
    // Another page of the phone, or a download, names one: then this one was given before or elsewhere.
    if own().any(|server| !server.address.is_empty() || server.given_by == GivenBy::Person) {
        return None;
    }
    let own_alarms = || alarms.iter().filter(|remark| is_of(&remark.phone, phone, phones));
    let page = own().find(|server| server.alternate_off);
    let confidence = match page {
        Some(_) => Confidence::Certain,
        // The page would show whether a server was typed in.
        None => Confidence::Likely,
    };
    let seen = |server: &TftpServer| Evidence::at(&server.place, NONE);
    let mut proof = own().map(seen).chain(own_alarms().map(|remark| alarm(remark)));
    let mut finding = Finding::new(confidence, proof.next()?).and(proof);
    let failed = open(
        &case.after_tunnel,
        |sign| matches!(sign, Sign::FileTimedOut | Sign::FileError(_)),
        |sign| matches!(sign, Sign::FileLoaded | Sign::Registered),
    );
    let failed: Vec<_> = failed.into_iter().filter(|remark| is_of(&remark.phone, phone, phones)).collect();
    if !failed.is_empty() {
        finding.severity = Some(Severity::Blocker);
        finding = finding.and(failed.iter().map(|remark| Evidence::at(&remark.place, FAILED)));
    }
    if page.is_none() {
        finding = finding.because(MAY_BE_TYPED);
    }
    if !phone.is_empty() {
        finding = finding.value("phone", phone);
    }
    Some(finding)
}

fn alarm(remark: &Remark) -> Evidence {
    let says = if remark.told_by == ToldBy::Alarm { ALARM } else { NONE };
    Evidence::at(&remark.place, says)
}

const NONE: Text =
    Text::fixed("the phone has no TFTP server here", "Das Telefon hat hier keinen TFTP-Server");
const ALARM: Text = Text::fixed(
    "TFTPCfgStatus 3: the phone knew no TFTP server",
    "TFTPCfgStatus 3: Das Telefon kannte keinen TFTP-Server.",
);
const FAILED: Text = Text::fixed("and a file did not arrive", "Und eine Datei kam nicht an");
const MAY_BE_TYPED: Text = Text::fixed(
    "Whether an alternate TFTP server is set on the phone is not shown here; its network page would show it.",
    "Ob am Telefon ein alternativer TFTP-Server gesetzt ist, ist hier nicht zu sehen; seine Netzwerkseite würde es zeigen.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::{Confidence, Severity};
    use crate::testing::{fires, silent, waits};

    fn page(server: &str, alternate: &str) -> String {
        format!(
            "Host Name\tSEP0011223344AA\nDHCP Server\t192.168.1.1\nTFTP Server 1\t{server}\nAlternate TFTP\t{alternate}\nDHCP\tYes\n"
        )
    }

    #[test]
    fn each_witness_tells_that_there_is_none() {
        for server in ["", "0.0.0.0"] {
            let finding = &fires(&RULE, &[("x", &page(server, "No"))])[0];
            assert_eq!((finding.confidence, finding.severity), (Confidence::Certain, None), "{server}");
            assert_eq!(finding.values, [("phone", "SEP0011223344AA".to_owned())]);
        }
        let html = "<html><body><p>Cisco IP Phone CP-8845 ( SEP0011223344AA )</p><table><tr><td>TFTP Server 1</td><td></td></tr><tr><td>Alternate TFTP</td><td>No</td></tr></table></body></html>";
        assert_eq!(fires(&RULE, &[("x", html)])[0].confidence, Confidence::Certain);
        let log = "2165 NOT Aug 10 16:58:12.226947 (689-695) DHCP-tftpsvr1:0.0.0.0\n";
        assert_eq!(fires(&RULE, &[("x", log)])[0].confidence, Confidence::Likely);
        let alarm = "Nov 24 10:12:33 cucm : %UC_PHONE-6-LastOutOfServiceInformation: %[DeviceName=SEP0011223344AA][TFTPCfgStatus=3]\n";
        assert_eq!(fires(&RULE, &[("x", alarm)])[0].confidence, Confidence::Likely);
    }

    #[test]
    fn with_a_transfer_that_failed_the_phone_cannot_work() {
        let failed = format!("{}10:12:33a TFTP timeout\n", page("", "No"));
        assert_eq!(fires(&RULE, &[("x", &failed)])[0].severity, Some(Severity::Blocker));
    }

    #[test]
    fn a_server_of_this_phone_is_enough_and_another_phones_is_none() {
        silent(&RULE, &[("x", &page("192.0.2.69", "No"))]);
        silent(&RULE, &[("x", &page("192.0.2.69", "Yes"))]);
        let other = page("192.0.2.69", "Yes").replace("44AA", "44BB");
        fires(&RULE, &[("x", &page("", "No")), ("y", &other)]);
        waits(&RULE, &[]);
    }
}
