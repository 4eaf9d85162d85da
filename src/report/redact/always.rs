//! What no report tells, redacted or not: passwords, keys, cookies and whatever else is a secret.
//!
//! A line of a configuration may be quoted as evidence, or as the reason why a file was recognised. Its names are the
//! reader's own business; its secrets are nobody's. This is the one door that every report goes through.

use super::secrets::{self, SECRET};
use crate::strings::{Holds, Strings};
use crate::text::Class;

/// A diagnosis, or a part of one, as a report may tell it.
pub(crate) fn without_secrets<T: Clone + Strings>(told: &T) -> T {
    let mut told = told.clone();
    hide_secrets(&mut told);
    told
}

/// Takes the secrets out of what is told.
pub(crate) fn hide_secrets(told: &mut dyn Strings) {
    told.each_string(Holds::Field(Class::Words), &mut |string, holds| {
        if holds != Holds::Own
            && let Some(hidden) = hidden(string)
        {
            *string = hidden;
        }
    });
}

/// The text without its secrets; `None` where it has none.
fn hidden(text: &str) -> Option<String> {
    let mut spans = secrets::spans(text);
    spans.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    let mut out = String::new();
    let mut at = 0;
    for span in spans {
        if span.start < at {
            // One secret may lie in another, or end behind it.
            at = at.max(span.end);
            continue;
        }
        out.push_str(text.get(at..span.start)?);
        out.push_str(SECRET);
        at = span.end;
    }
    (at > 0).then(|| out + text.get(at..).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnose::{Said, diagnose};
    use crate::diagnosis::Diagnosis;
    use crate::finding::Evidence;
    use crate::report::{Form, one_finding, render};
    use crate::source::{At, Place};
    use crate::testing::certificates::{CURRENT, OTHER};
    use crate::testing::{asa, chain, hash_of, now, phone_trusting, readings};
    use crate::text::{Lang, Text};

    fn case() -> Diagnosis {
        let config = asa("ssl trust-point PHONES outside", &chain("PHONES", &[("", CURRENT)]));
        let phone = phone_trusting(&[hash_of(OTHER)]);
        diagnose(&readings(&[("asa.cfg", &config), ("SEP001122334455.cnf.xml", &phone)]), &Said::new(), now())
    }

    /// Everything that a report can be, of a case that quotes the lines as evidence, in a sentence and as a reason.
    fn reports(lines: &[&str]) -> Vec<String> {
        let mut case = case();
        let found = case.findings.first_mut().unwrap();
        for (line, number) in lines.iter().zip(1..) {
            let place = Place { input: 0, at: At::line(number, 0, line) };
            let says = Text::quoted(format!("\"{line}\" in line {number}"));
            let telling = line.split([' ', '>', '=', ':']).next_back().unwrap();
            found.evidence.push(Evidence::marked(&place, telling, says));
        }
        case.inputs.first_mut().unwrap().because = Text::quoted(format!("\"{}\" in line 1", lines[0]));
        let mut reports = Vec::new();
        for lang in [Lang::En, Lang::De] {
            for form in [Form::Json, Form::Ndjson, Form::Markdown, Form::Html, Form::Text] {
                reports.push(render(&case, form, lang));
            }
            reports.push(one_finding(&case, case.findings.first().unwrap(), lang));
        }
        reports
    }

    #[test]
    fn no_report_tells_a_secret_and_every_report_tells_names() {
        const LINES: [(&str, &str); 15] = [
            ("enable password Kolibri1 encrypted", "Kolibri1"),
            ("username fritz password Kolibri2 privilege 15", "Kolibri2"),
            (" ikev1 pre-shared-key Kolibri3", "Kolibri3"),
            (" ldap-login-password Kolibri4", "Kolibri4"),
            ("aaa-server RADIUS (inside) host 192.0.2.5 Kolibri5", "Kolibri5"),
            ("snmp-server community Kolibri6", "Kolibri6"),
            ("failover key Kolibri7", "Kolibri7"),
            ("boot config ftp://fritz:Kolibri8@192.0.2.7/asa.cfg", "Kolibri8"),
            ("auto-update server https://fritz:Kol/ibri8@asa.example.com/x", "ibri8"),
            ("<sshPassword>Kolibri9</sshPassword>", "Kolibri9"),
            ("Cookie: webvpn=Kolibri10", "Kolibri10"),
            ("POST /login username=fritz&password=Kolibri11&group=x", "Kolibri11"),
            ("Authorization: Basic Kolibri12", "Kolibri12"),
            (
                "%ASA-5-111008: User 'fritz' executed the 'username otto password Kolibri13' command.",
                "Kolibri13",
            ),
            (" key Kolibri14", "Kolibri14"),
        ];
        for report in reports(&LINES.map(|(line, _)| line)) {
            for (line, secret) in LINES {
                assert!(!report.contains(secret), "{secret} of {line:?}");
            }
            assert!(report.contains(SECRET) && report.contains("fritz") && report.contains("192.0.2.7"));
        }
    }

    #[test]
    fn a_name_that_sounds_like_a_secret_takes_nothing_along() {
        for harmless in [
            "tunnel-group reset-passwd webvpn-attributes",
            "tunnel-group passwd webvpn-attributes",
            "group-policy password attributes",
            "group-lock value reset-passwd",
            "The group reset-passwd is not there",
            "default-group-policy key-string",
            "crypto ca trustpoint pre-shared-key",
            "ssl trust-point passwd outside",
            "Exported pkcs12 follows:",
        ] {
            assert_eq!(hidden(harmless), None, "{harmless}");
        }
    }

    #[test]
    fn a_command_that_holds_a_secret_holds_none_as_the_name_of_its_output() {
        const COMMANDS: [&str; 6] = [
            "crypto ca export PHONES pkcs12 Kolibri1",
            "crypto ca exp PHONES pkcs12 Kolibri1",
            "cry ca import PHONES pkcs12 Kolibri1",
            "do crypto pki export PHONES pkcs12 terminal password Kolibri1",
            "copy ftp://fritz:Kolibri1@192.0.2.9/x flash:",
            "test aaa-server authentication LDAP host 192.0.2.1 username fritz password Kolibri1",
        ];
        for command in COMMANDS {
            let session = format!(
                "asa# {command}\nTrustpoint: PHONES\nasa# show run ssl\nssl trust-point A outside\nasa#\n"
            );
            let read = readings(&[("session.txt", &session)]);
            let case = diagnose(&read, &Said::new(), now());
            for form in [Form::Json, Form::Markdown, Form::Html, Form::Text] {
                assert!(!render(&case, form, Lang::En).contains("Kolibri1"), "{command} {form:?}");
            }
            let shown = crate::report::inspect::render(&read, Lang::En).to_string();
            assert!(!shown.contains("Kolibri1") && shown.contains("session.txt"), "{shown}");
        }
    }

    #[test]
    fn a_case_without_secrets_is_told_as_it_is() {
        let case = case();
        assert_eq!(without_secrets(&case), case);
        for harmless in [
            "Reason: Invalid password : server",
            "Password expired",
            "username <name> password <password>",
            "https://asa.example.com:8443/a@b",
            "https://asa.example.com/a@b",
        ] {
            assert_eq!(hidden(harmless), None, "{harmless}");
        }
    }
}
