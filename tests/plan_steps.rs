//! What a plan says to do first, in which order, and how it is today.

#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::unwrap_used, reason = "helpers of tests")]

mod planned;

use vpn_phone_doctor::diagnosis::VerdictState;
use vpn_phone_doctor::finding::Severity;
use vpn_phone_doctor::plan::Will;
use vpn_phone_doctor::plan::render::{Form, render};
use vpn_phone_doctor::text::Lang;

use planned::{
    NEW_LOAD, OLD_LOAD, SEP, asa, chain, change, diagnosed, fixture, hash, phone, planned, session,
};

#[test]
fn what_comes_first_leaves_the_change_as_it_is() {
    let (current, capf, wildcard) =
        (fixture("vpn.pem"), fixture("phone-capf-old.pem"), fixture("vpn-wildcard.pem"));
    let config = |identity: &str| asa("9.8(2)", "", identity, &capf);
    let phone_of = |identity: &str, check: &str| phone(OLD_LOAD, &hash(identity), check);
    let log = session("7962G");
    let lines = |text: &str| change("asa-config", "lines.txt", Some(text));
    let group = "tunnel-group PHONES webvpn-attributes\n authentication aaa\n";
    for (identity, check, change, wanted, never) in [
        (
            &current,
            "1",
            lines("ssl server-version tlsv1.2\n"),
            "replace these phones",
            "server-version tlsv1\n",
        ),
        (
            &current,
            "1",
            lines("ssl cipher tlsv1 custom \"DHE-RSA-AES256-SHA\"\n"),
            "replace these phones",
            "ssl cipher tlsv1 custom \"AES",
        ),
        (&current, "1", change("certificate", "renewed", None), "Upload Certificate", "ssl trust-point"),
        (&wildcard, "0", change("host-id-check", "on", None), "install a certificate that names", "uncheck"),
        (
            &current,
            "1",
            change("authentication", "password", None),
            "let the tunnel group ask",
            "choose Certificate",
        ),
        (&current, "1", lines(group), "choose User and Password", "authentication certificate"),
        (
            &current,
            "1",
            lines("group-policy PHONES attributes\n vpn-simultaneous-logins 0\n"),
            "Leave this part of the change out",
            "vpn-simultaneous-logins 3",
        ),
        (&current, "1", lines("webvpn\n csd enable\n"), "Leave the posture check out", "no csd enable"),
        (
            &current,
            "1",
            lines("no ssl trust-point PHONES outside\n"),
            "Leave this part of the change out",
            "\nssl trust-point PHONES",
        ),
    ] {
        let (config, cnf) = (config(identity), phone_of(identity, check));
        let files = [("asa.cfg", config.as_str()), (SEP, &cnf), ("asa.log", &log)];
        let foretold = planned(&files, std::slice::from_ref(&change));
        let (last, first) = foretold.steps.split_last().unwrap();
        let told = |steps: &[vpn_phone_doctor::finding::Fix]| -> String {
            let said = steps.iter().flat_map(|fix| fix.steps.iter().map(|step| step.en().into_owned()));
            let typed = steps.iter().flat_map(|fix| fix.commands.iter().cloned());
            said.chain(typed).collect::<Vec<_>>().join("\n")
        };
        let case = format!("{}={}:\n{}", change.key.word(), change.value, told(&foretold.steps));
        assert_eq!(foretold.rows[0].after.outcome, Will::Breaks, "{case}");
        assert!(told(first).contains(wanted), "{wanted} comes first: {case}");
        assert!(!told(&foretold.steps).contains(never), "{never} takes it back: {case}");
        assert!(!last.undo.is_empty(), "the way back stands with the change: {case}");
    }
}

#[test]
fn of_several_changes_each_comes_when_phones_are_ready_for_it() {
    let (current, capf) = (fixture("vpn.pem"), fixture("phone-capf-old.pem"));
    let config = asa("9.14(2)", "", &current, &capf);
    let (log, cnf) = (session("8851"), phone(NEW_LOAD, &hash(&current), "1"));
    let files = [("asa.cfg", config.as_str()), (SEP, &cnf), ("asa.log", &log)];
    let changes = [
        change("ssl", "lines.txt", Some("ssl server-version tlsv1.2 dtlsv1.2\nwebvpn\n port 8443\n")),
        change("host-id-check", "on", None),
        change("phone-load", "14.3(1)SR3", None),
        change("asa-release", "9.16(4)", None),
    ];
    let foretold = planned(&files, &changes);
    let said: Vec<String> =
        foretold.steps.iter().map(|fix| fix.steps[0].en().into_owned() + &fix.commands.join(";")).collect();
    let place = |words: &str| said.iter().rposition(|step| step.contains(words)).expect(words);
    let order = [
        "load the other release (9.16(4))",
        "(14.3(1)SR3) for one phone",
        "VPN profile (on)",
        "tlsv1.2 dtlsv1.2",
    ]
    .map(place);
    assert!(order.is_sorted(), "{said:?}");
}

#[test]
fn a_new_block_is_typed_once_and_taken_back_as_a_whole() {
    let (current, capf) = (fixture("vpn.pem"), fixture("phone-capf-old.pem"));
    let config = asa("9.8(2)", "", &current, &capf);
    let cnf = phone(OLD_LOAD, &hash(&current), "1");
    let lines = "dynamic-access-policy-record HANDSETS\n priority 10\n";
    let foretold =
        planned(&[("asa.cfg", &config), (SEP, &cnf)], &[change("asa-config", "lines.txt", Some(lines))]);
    let typed = foretold.steps.last().unwrap();
    let wanted =
        ["configure terminal", "dynamic-access-policy-record HANDSETS", "priority 10", "end", "write memory"];
    assert_eq!(typed.commands, wanted);
    let undo = typed.undo[0].en().into_owned();
    assert!(
        undo.contains("no dynamic-access-policy-record HANDSETS.") && !undo.contains("priority"),
        "{undo}"
    );
}

#[test]
fn a_session_that_a_log_shows_is_stronger_than_what_settings_let_expect() {
    let (current, capf) = (fixture("vpn.pem"), fixture("phone-capf-old.pem"));
    let (log, cnf) = (session("7962G"), phone(OLD_LOAD, &hash(&current), "1"));
    let off = || change("host-id-check", "off", None);
    let refused = log.replace("722051: Group <PHONES> User <CP-7962G-SEP001122334455> IP <203.0.113.9> Address <198.51.100.7> assigned to session", "716039: Group <PHONES> User <CP-7962G-SEP001122334455> IP <203.0.113.9> Authentication: rejected, Session Type: WebVPN.");
    for (ssl, zero, log, today, state) in [
        // Concluded by a table: the log refutes it, in the verdict as in the plan.
        ("ssl server-version tlsv1.2\n", false, Some(&log), Will::Connects, VerdictState::Suspect),
        // Said by a line: the two contradict each other.
        ("", true, Some(&log), Will::Unknown, VerdictState::Fault),
        ("ssl server-version tlsv1.2\n", false, None, Will::Breaks, VerdictState::Fault),
        ("ssl server-version tlsv1.2\n", false, Some(&refused), Will::Breaks, VerdictState::Fault),
    ] {
        let mut config = asa("9.8(2)", ssl, &current, &capf);
        if zero {
            config = config.replace("vpn-simultaneous-logins 3", "vpn-simultaneous-logins 0");
        }
        let mut files = vec![("asa.cfg", config.as_str()), (SEP, cnf.as_str())];
        files.extend(log.map(|log| ("asa.log", log.as_str())));
        let foretold = planned(&files, &[off()]);
        let row = &foretold.rows[0];
        let told = render(&foretold, Form::Text, Lang::En);
        assert_eq!(row.today.outcome, today, "{told}");
        assert_ne!(row.after.outcome, Will::Connects, "{told}");
        let real = diagnosed(&files);
        assert_eq!(real.verdict.state, state, "{told}");
        let disputed =
            real.findings[0].explanation[0].en().starts_with("A log shows a session of this phone");
        assert_eq!(disputed, today != Will::Breaks, "{:?}", real.findings[0]);
    }
}

#[test]
fn a_session_of_before_a_renewal_says_nothing_of_the_new_certificate() {
    let (current, previous) = (fixture("vpn.pem"), fixture("vpn-previous.pem"));
    let cnf = phone(OLD_LOAD, &hash(&previous), "1");
    let later = session("7962G");
    // The new certificate is valid from 2026-02-15 on.
    for (log, state) in [
        (later.replace("Nov 23 2026", "Feb 01 2026"), VerdictState::Fault),
        (later.replace("Nov 23 2026", "Feb 15 2026"), VerdictState::Fault),
        (later.clone(), VerdictState::Suspect),
    ] {
        let real = diagnosed(&[("vpn.pem", &current), (SEP, &cnf), ("asa.log", &log)]);
        assert_eq!(real.verdict.state, state, "{log}");
        assert_eq!(real.findings[0].rule, "cert-hash-mismatch", "{log}");
    }
}

#[test]
fn a_session_of_before_its_end_does_not_mend_a_certificate() {
    let previous = fixture("vpn-previous.pem");
    let cnf = phone(OLD_LOAD, &hash(&previous), "1");
    // It ended on 2026-03-01.
    let log = session("7962G").replace("Nov 23 2026", "Feb 01 2026");
    let real = diagnosed(&[("vpn.pem", &previous), (SEP, &cnf), ("asa.log", &log)]);
    let ended = real.findings.iter().find(|found| found.rule == "gateway-certificate-expired").unwrap();
    assert_eq!(ended.severity, Severity::Blocker);
    assert!(!ended.explanation[0].en().starts_with("A log shows a session"), "{ended:?}");
}

#[test]
fn sessions_of_those_that_are_cited_say_nothing_of_the_others() {
    let current = fixture("vpn.pem");
    let config = asa("9.8(2)", "", &current, &fixture("phone-capf-old.pem"));
    let cnf = phone(OLD_LOAD, &hash(&current), "1").replace("<authMethod>2", "<authMethod>1");
    let told = |phones: usize, connected: usize| {
        let names: Vec<String> = (0..phones).map(|number| format!("SEP0011223344{number:02X}")).collect();
        let paths: Vec<String> = names.iter().map(|name| format!("{name}.cnf.xml")).collect();
        let sessions = names.iter().zip(1..).take(connected);
        let log: String = sessions
            .map(|(name, host)| {
                session("7962G")
                    .replace("SEP001122334455", name)
                    .replace("203.0.113.9", &format!("203.0.113.{host}"))
            })
            .collect();
        let mut files = vec![("asa.cfg", config.as_str()), ("asa.log", log.as_str())];
        files.extend(paths.iter().map(|path| (path.as_str(), cnf.as_str())));
        let real = diagnosed(&files);
        let found =
            real.findings.iter().find(|found| found.rule == "authentication-method-mismatch").unwrap();
        let weighed = found.explanation[0].en().starts_with("A log shows a session of this phone");
        (weighed, found.more_evidence > 0)
    };
    assert_eq!(told(10, 10), (true, false));
    assert_eq!(told(10, 9), (false, false));
    // The finding cites fewer phones than connect, and one that does not is among the others.
    assert_eq!(told(60, 59), (false, true));
}

#[test]
fn a_planned_certificate_is_taken_as_it_is_planned() {
    let (current, other) = (fixture("vpn.pem"), fixture("other.pem"));
    let config = asa("9.8(2)", "", &current, &fixture("phone-capf-old.pem"));
    // Another trust-point holds a certificate that the phone trusts, too: to bind it would take the change back.
    let standby =
        format!("crypto ca trustpoint STANDBY\n enrollment terminal\n{}", chain("STANDBY", "", &other));
    let bound = "ssl trust-point PHONES outside\n";
    let config = config.replace(bound, &format!("{standby}{bound}"));
    let both = format!("<certHash1>{}</certHash1><certHash2>{}</certHash2>", hash(&current), hash(&other));
    let one = format!("<certHash1>{}</certHash1>", hash(&current));
    let cnf = phone(OLD_LOAD, &hash(&current), "1").replace(&one, &both);
    let log = session("7962G");
    let files = [("asa.cfg", config.as_str()), (SEP, &cnf), ("asa.log", &log)];
    let ending = fixture("vpn-ending.pem");
    for (change, taken) in [
        (change("certificate", "new.pem", Some(&ending)), "Take the certificate that is planned: new.pem."),
        (change("certificate", "renewed", None), "Have the certificate renewed and take its file"),
    ] {
        let foretold = planned(&files, &[change]);
        assert_eq!(foretold.rows[0].after.outcome, Will::Breaks);
        let commands: Vec<&String> = foretold.steps.iter().flat_map(|fix| &fix.commands).collect();
        assert_eq!(commands.iter().find(|line| line.contains("trust-point STANDBY")), None, "{commands:#?}");
        let told = render(&foretold, Form::Text, Lang::En);
        assert!(told.contains("Phone-VPN-trust"), "{told}");
        assert!(told.contains(taken), "{told}");
        // Today the ASA has the old one.
        assert!(!told.contains("crypto ca export"), "{told}");
    }
}
