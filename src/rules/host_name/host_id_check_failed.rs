//! The phone's log says that the certificate does not name the host of the url.
//!
//! The phone tries a wildcard first, then the subject alternative names, then the subject (Cisco 116162, host ID
//! check). It does not accept `*.example.com` for `vpn.example.com`: "Generic third level wildcards are not
//! allowed".

use crate::case::Case;
use crate::facts::events_that_matter::events_that_matter;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::observe::{By, What};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::text::{Class, Text};

/// The rule.
pub const RULE: Rule = Rule {
    id: "host-id-check-failed",
    stage: Stage::HostName,
    severity: Severity::Blocker,
    needs: &[Need::PhoneLog],
    echoes: &["login-failed"],
    sources: &["Cisco 116162, host ID check"],
    prose: Text::fixed(
        include_str!("host_id_check_failed.en.md"),
        include_str!("host_id_check_failed.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let mut lines = Vec::new();
    let mut refused = None;
    for log in case.documents.logs_by(By::PhoneLog) {
        let events = events_that_matter(log);
        // The steps of the check tell nothing unless it failed: a later step may have found the name.
        if !events.iter().any(|event| event.what == What::HostNameRefused) {
            continue;
        }
        for event in events {
            let says = match event.what {
                What::HostNameRefused => FAILED,
                What::WildcardRefused { host, name } => {
                    refused = Some((host, name));
                    WILDCARD
                }
                What::HostNotInAlternativeNames => NOT_IN_NAMES,
                What::HostNotInSubject => NOT_IN_SUBJECT,
                _ => continue,
            };
            let rank = u8::from(event.what != What::HostNameRefused);
            lines.push((rank, Evidence::at(&event.place(), says)));
        }
    }
    lines.sort_by_key(|(rank, _)| *rank);
    let mut lines = lines.into_iter().map(|(_, line)| line);
    let Some(first) = lines.next() else {
        return case.phone_attempts().map(|_| Vec::new());
    };
    let mut finding = Finding::new(Confidence::Certain, first).and(lines);
    if let Some((host, name)) = refused {
        finding = finding
            .because(REFUSED.with("host", Class::Host, host).with("name", Class::Host, name))
            .value("host", host);
    }
    Ok(vec![finding])
}

const FAILED: Text = Text::fixed("the host name check failed", "Die Prüfung des Hostnamens ist gescheitert");
const WILDCARD: Text =
    Text::fixed("the phone refuses the wildcard", "Das Telefon lehnt den Platzhalter im Namen ab");
const NOT_IN_NAMES: Text = Text::fixed(
    "the host is not among the subject alternative names",
    "Der Host steht nicht unter den alternativen Namen (subjectAltName)",
);
const NOT_IN_SUBJECT: Text = Text::fixed(
    "the host is not the subject's common name",
    "Der Host ist nicht der Common Name des Antragstellers",
);
const REFUSED: Text = Text::fixed(
    "The phone dials {host}; the certificate offers {name}, and phones do not accept such a wildcard.",
    "Das Telefon wählt {host}; das Zertifikat bietet {name}, und einen solchen Platzhalter lassen Telefone nicht gelten.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{fires, silent, waits};

    const FAILED: &str = "1231: NOT 07:07:32.445560 VPNC: DNS has wildcard, starting checks...\n\
        1232: ERR 07:07:32.446239 VPNC: Generic third level wildcards are not allowed, stopping checks on host=(vpn.example.com) and dns=(*.example.com)\n\
        1233: NOT 07:07:32.446993 VPNC: hostID not found in subjectAltNames\n\
        1234: NOT 07:07:32.447703 VPNC: hostID not found in subject name\n\
        1235: ERR 07:07:32.448306 VPNC: hostIDCheck failed!!\n";

    #[test]
    fn a_failed_check_is_told_with_its_steps() {
        let findings = fires(&RULE, &[("phone.log", FAILED)]);
        assert_eq!(findings[0].evidence().len(), 4);
        assert_eq!(findings[0].evidence()[0].at.as_ref().unwrap().line, 5);
        assert!(findings[0].because[0].en().contains("*.example.com"));
    }

    #[test]
    fn a_name_found_in_a_later_step_is_no_failure() {
        let found = "1230: NOT 07:07:31.445560 VPNC: ssl_state_cb: TLSv1: SSL_connect: before/connect initialization\n\
            1233: NOT 07:07:32.446993 VPNC: hostID not found in subjectAltNames\n\
            1234: NOT 07:07:33.051721 VPNC: do_login: got login response\n";
        silent(&RULE, &[("phone.log", found)]);
        waits(&RULE, &[]);
    }
}
