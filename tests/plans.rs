//! Planned changes: each foretold from the files of before, and each foretelling held against the diagnosis of the files
//! as they are afterwards.

#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::unwrap_used, reason = "helpers of tests")]

mod planned;

use std::fs;
use std::path::Path;

use vpn_phone_doctor::plan::render::{Form, render};
use vpn_phone_doctor::plan::{Change, Will};
use vpn_phone_doctor::text::Lang;

use planned::{
    NEW_LOAD, OLD_LOAD, SEP, asa, borrowed, change, der, diagnosed, fixture, hash, phone, planned, session,
};

/// One story: files of before, the change, files of after.
struct Story<'s> {
    name: &'s str,
    before: Vec<(&'s str, String)>,
    change: Change,
    after: Vec<(&'s str, String)>,
    outcome: Will,
    rule: &'s str,
}

#[test]
fn history_is_foretold_and_the_files_of_afterwards_say_the_same() {
    let current = fixture("vpn.pem");
    let (wildcard, lsc_weak, capf) =
        (fixture("vpn-wildcard.pem"), fixture("phone-lsc-weak.pem"), fixture("phone-capf-old.pem"));
    let (lsc, capf_new) = (fixture("phone-lsc.pem"), fixture("phone-capf-new.pem"));
    let new_phone = |check: &str| (SEP, phone(NEW_LOAD, &hash(&current), check));
    let own = || ("lsc.pem", lsc.clone());
    let old_phone = || (SEP, phone(OLD_LOAD, &hash(&current), "1"));
    let cfg = |text: String| ("asa.cfg", text);
    let log = |model: &str| ("asa.log", session(model));
    let plain = |release: &str| asa(release, "", &current, &capf);
    let mut weak_phone = phone(OLD_LOAD, &hash(&current), "1");
    weak_phone = weak_phone.replace("<device>", "<device><!-- SEP001122334466 -->");
    let other_cn = fixture("vpn-ending.pem");
    let stories = [
        Story {
            name: "the upgrade to 9.4(1) gives newer phones a certificate on an elliptic curve",
            before: vec![cfg(plain("9.1(7)")), new_phone("1"), own(), log("8851")],
            change: change("asa-release", "9.4(1)", None),
            after: vec![cfg(plain("9.4(1)")), new_phone("1"), own()],
            outcome: Will::Breaks,
            rule: "ec-certificate-offered",
        },
        Story {
            name: "a list of ciphers without those of the 79xx",
            before: vec![cfg(plain("9.8(2)")), old_phone(), log("7962G")],
            change: change("ssl", "lines.txt", Some("ssl cipher tlsv1 custom \"DHE-RSA-AES256-SHA\"\n")),
            after: vec![
                cfg(asa("9.8(2)", "ssl cipher tlsv1 custom \"DHE-RSA-AES256-SHA\"\n", &current, &capf)),
                old_phone(),
            ],
            outcome: Will::Breaks,
            rule: "no-shared-cipher",
        },
        Story {
            name: "TLS 1.2 as the lowest version of the ASA",
            before: vec![cfg(plain("9.8(2)")), old_phone(), log("7962G")],
            change: change("asa-config", "lines.txt", Some("ssl server-version tlsv1.2\n")),
            after: vec![cfg(asa("9.8(2)", "ssl server-version tlsv1.2\n", &current, &capf)), old_phone()],
            outcome: Will::Breaks,
            rule: "tls-version-too-new-for-phone",
        },
        Story {
            name: "a certificate of the same name and another hash",
            before: vec![cfg(plain("9.8(2)")), old_phone(), log("7962G")],
            change: change("certificate", "new.pem", Some(&other_cn)),
            after: vec![cfg(asa("9.8(2)", "", &other_cn, &capf)), old_phone()],
            outcome: Will::Breaks,
            rule: "cert-hash-mismatch",
        },
        Story {
            name: "host ID check with a wildcard certificate",
            before: vec![
                cfg(asa("9.8(2)", "", &wildcard, &capf)),
                (SEP, phone(OLD_LOAD, &hash(&wildcard), "0")),
                log("7962G"),
            ],
            change: change("host-id-check", "on", None),
            after: vec![
                cfg(asa("9.8(2)", "", &wildcard, &capf)),
                (SEP, phone(OLD_LOAD, &hash(&wildcard), "1")),
            ],
            outcome: Will::Breaks,
            rule: "certificate-name-mismatch",
        },
        Story {
            name: "9.16 refuses the weak certificate of a phone",
            before: vec![
                cfg(plain("9.14(4)")),
                ("SEP001122334466.cnf.xml", weak_phone.clone()),
                ("lsc.pem", lsc_weak.clone()),
            ],
            change: change("asa-release", "9.16(4)", None),
            after: vec![
                cfg(plain("9.16(4)")),
                ("SEP001122334466.cnf.xml", weak_phone),
                ("lsc.pem", lsc_weak.clone()),
            ],
            outcome: Will::Breaks,
            rule: "client-certificate-too-weak",
        },
        Story {
            name: "firmware that asks for TLS 1.2, and an ASA that has none",
            before: vec![cfg(plain("9.1(7)")), new_phone("1"), own(), log("8851")],
            change: change("phone-load", "14.3(1)SR3", None),
            after: vec![
                cfg(plain("9.1(7)")),
                (SEP, phone("sip88xx.14-3-1SR3-2", &hash(&current), "1")),
                own(),
            ],
            outcome: Will::Breaks,
            rule: "tls-version-too-old-for-phone",
        },
        Story {
            name: "another CAPF than the one that the ASA trusts",
            before: vec![cfg(plain("9.8(2)")), new_phone("1"), own(), log("8851")],
            change: change("capf", "capf.pem", Some(&capf_new)),
            after: vec![cfg(asa("9.8(2)", "", &current, &capf_new)), new_phone("1"), own()],
            outcome: Will::Breaks,
            rule: "capf-changed",
        },
    ];
    for story in stories {
        let foretold = planned(&borrowed(&story.before), &[story.change]);
        let row = &foretold.rows[0];
        let told = format!("{}:\n{}", story.name, render(&foretold, Form::Text, Lang::En));
        assert_eq!(
            (row.after.outcome, row.after.rule.as_deref()),
            (story.outcome, Some(story.rule)),
            "{told}"
        );
        let real = diagnosed(&borrowed(&story.after)).verdict;
        assert_eq!((real.rule, real.stage), (row.after.rule.clone(), row.after.stage), "{told}");
        assert!(!row.because.is_empty(), "{told}");
    }
}

/// What a change makes of the phone of a case that is shown to connect.
fn after(files: &[(&str, &str)], changes: &[Change]) -> (Will, Will, String) {
    let foretold = planned(files, changes);
    let row = &foretold.rows[0];
    (row.today.outcome, row.after.outcome, render(&foretold, Form::Text, Lang::En))
}

#[test]
fn only_what_is_proved_connects() {
    let (current, capf) = (fixture("vpn.pem"), fixture("phone-capf-old.pem"));
    // Every list by name, so that nothing is assumed.
    let lists = "ssl server-version tlsv1 dtlsv1\nssl cipher tlsv1 custom \"AES256-SHA:AES128-SHA\"\nssl cipher dtlsv1 custom \"AES256-SHA:AES128-SHA\"\n";
    let config = asa("9.14(2)", lists, &current, &capf);
    let (log, cnf) = (session("7962G"), phone(OLD_LOAD, &hash(&current), "1"));
    let files = [("asa.cfg", config.as_str()), (SEP, &cnf), ("asa.log", &log)];
    let lines = |text: &str| change("asa-config", "lines.txt", Some(text));
    let word = |key: &str, value: &str| change(key, value, None);
    for (change, wanted) in [
        // Nothing lies between, and nothing is set.
        (word("asa-release", "9.14(4)"), Will::Connects),
        (word("host-id-check", "off"), Will::Connects),
        (lines("logging enable\n"), Will::Connects),
        (lines("ssl cipher tlsv1 custom \"AES256-SHA\"\n"), Will::Connects),
        (
            lines("tunnel-group PHONES webvpn-attributes\n group-url https://vpn.example.com/New enable\n"),
            Will::Connects,
        ),
        (lines("webvpn\n anyconnect enable\n"), Will::Connects),
        // Weak certificates, levels, and what nobody judges.
        (word("asa-release", "9.16(4)"), Will::Unknown),
        (word("asa-release", "9.24(1)"), Will::Unknown),
        (lines("ssl cipher tlsv1 medium\n"), Will::Unknown),
        (
            lines("access-list OUT extended deny ip any any\naccess-group OUT in interface outside\n"),
            Will::Unknown,
        ),
        (lines("group-policy PHONES attributes\n vpn-idle-timeout 1\n"), Will::Unknown),
        (lines("aaa-server X protocol radius\n"), Will::Unknown),
        (lines("clear configure all\n"), Will::Unknown),
        (lines("write erase\n"), Will::Unknown),
        (lines("logging host inside 198.51.100.9 tcp/1470\n"), Will::Unknown),
        (
            lines("tunnel-group OTHER webvpn-attributes\n group-url https://vpn.example.com/Phones enable\n"),
            Will::Breaks,
        ),
        (lines("no ip local pool PHONES 198.51.100.1-198.51.100.50\n"), Will::Breaks),
        (lines("webvpn\n no ena outside\n"), Will::Unknown),
        (lines("crypto ca trustpoint CA\n revocation-check crl\n"), Will::Unknown),
        (lines("ssl server-version tlsv1 dtlsv1.2\n"), Will::Unknown),
        (word("phone-load", "SIP45.9-0-2SR1S"), Will::Unknown),
        (word("phone-load", "SCCP45.9-4-2SR3-1S"), Will::Unknown),
        (word("asa-release", "9.13(1)"), Will::Unknown),
        (lines("no ssl cipher dtlsv1\n"), Will::Unknown),
        (lines("ssl cipher dtlsv1 custom \"AES256-GCM-SHA384\"\n"), Will::Unknown),
        (lines("ssl trust-point OTHER outside\n"), Will::Unknown),
        (word("authentication", "password"), Will::Breaks),
        (word("phone-model", "8851"), Will::Unknown),
        (lines("tunnel-group PHONES webvpn-attributes\n authentication aaa\n"), Will::Breaks),
        (lines("tunnel-group PHONES webvpn-attributes\n authentication aaa certificate\n"), Will::Breaks),
        (lines("no tunnel-group PHONES\n"), Will::Unknown),
        (lines("webvpn\n no enable outside\n"), Will::Breaks),
        (lines("group-policy PHONES attributes\n vpn-simultaneous-logins 0\n"), Will::Breaks),
        (lines("ssl cipher tlsv1 custom \"ECDHE-RSA-AES256-GCM-SHA384\"\n"), Will::Breaks),
        (lines("ssl server-version tlsv1.2\n"), Will::Breaks),
        (word("certificate", "renewed"), Will::Breaks),
    ] {
        let (today, told, text) = after(&files, std::slice::from_ref(&change));
        assert_eq!(
            (today, told),
            (Will::Connects, wanted),
            "{}={}:\n{text}",
            change.key.word(),
            change.value
        );
    }
    // Without a log nothing shows that it connects today, and nothing is foretold to connect.
    let silent = [files[0], files[1]];
    let (today, told, text) = after(&silent, &[word("asa-release", "9.14(4)")]);
    assert_eq!((today, told), (Will::Unknown, Will::Unknown), "{text}");
}

#[test]
fn a_certificate_that_ends_soon_connects_until_then() {
    let (current, ending, capf) =
        (fixture("vpn.pem"), fixture("vpn-ending.pem"), fixture("phone-capf-old.pem"));
    let lists = "ssl server-version tlsv1 dtlsv1\nssl cipher tlsv1 custom \"AES256-SHA:AES128-SHA\"\nssl cipher dtlsv1 custom \"AES256-SHA:AES128-SHA\"\n";
    let config = asa("9.8(2)", lists, &current, &capf);
    let both = format!("{}</certHash1><certHash2>{}</certHash2><certHash3>", hash(&current), hash(&ending));
    let cnf = phone(OLD_LOAD, &both, "1").replace("<certHash3></certHash1>", "");
    let log = session("7962G");
    let files = [("asa.cfg", config.as_str()), (SEP, &cnf), ("asa.log", &log)];
    let (today, told, text) = after(&files, &[change("certificate", "new.pem", Some(&ending))]);
    assert_eq!((today, told), (Will::Connects, Will::Connects), "{text}");
    assert!(text.contains("Will fail later: The ASA's certificate ends in"), "{text}");
}

#[test]
fn without_the_phones_file_no_certificate_is_foretold_to_be_trusted() {
    let (current, capf) = (fixture("vpn.pem"), fixture("phone-capf-old.pem"));
    let (config, log) = (asa("9.14(2)", "", &current, &capf), session("7962G"));
    let files = [("asa.cfg", config.as_str()), ("asa.log", log.as_str())];
    let other = fixture("other.pem");
    for change in [
        change("certificate", "renewed", None),
        change("certificate", "other.pem", Some(&other)),
        change("certificate", "vpn.pem", Some(&current)),
    ] {
        let foretold = planned(&files, std::slice::from_ref(&change));
        assert!(!foretold.rows.is_empty(), "{}", change.value);
        let text = render(&foretold, Form::Text, Lang::En);
        assert!(
            foretold.rows.iter().all(|row| row.after.outcome == Will::Unknown),
            "{}:\n{text}",
            change.value
        );
    }
}

#[test]
fn what_one_phones_file_shows_is_no_proof_for_another() {
    let (current, capf) = (fixture("vpn.pem"), fixture("phone-capf-old.pem"));
    let config = asa("9.14(2)", "", &current, &capf);
    let cnf = phone(OLD_LOAD, &hash(&current), "0");
    let log = session("7962G") + &session("8851").replace("SEP001122334455", "SEP001122334499");
    let files = [("asa.cfg", config.as_str()), (SEP, &cnf), ("asa.log", &log)];
    for (key, value) in [
        ("host-id-check", "on"),
        ("authentication", "password"),
        ("authentication", "both"),
        ("phone-load", "14.3(1)SR3"),
        ("phone-model", "7841"),
        ("certificate", "renewed"),
    ] {
        let foretold = planned(&files, &[change(key, value, None)]);
        let row = foretold.rows.iter().find(|row| row.phone.as_deref() == Some("SEP001122334499")).unwrap();
        let text = render(&foretold, Form::Text, Lang::En);
        assert_eq!((row.today.outcome, row.after.outcome), (Will::Connects, Will::Unknown), "{key}:\n{text}");
    }
}

#[test]
fn a_renewed_certificate_breaks_who_pins_its_hash_and_nobody_sees_a_made_up_one() {
    let (current, capf) = (fixture("vpn.pem"), fixture("phone-capf-old.pem"));
    let config = asa("9.14(2)", "", &current, &capf);
    let (log, cnf) = (session("7962G"), phone(OLD_LOAD, &hash(&current), "1"));
    let files = [("asa.cfg", config.as_str()), (SEP, &cnf), ("asa.log", &log)];
    let foretold = planned(&files, &[change("certificate", "renewed", None)]);
    assert_eq!(foretold.rows[0].after.rule.as_deref(), Some("cert-hash-mismatch"));
    assert_eq!(foretold.status(), 2);
    let made_up: Vec<u8> = {
        use sha1::Digest;
        sha1::Sha1::digest(der(&current)).iter().map(|byte| !byte).collect()
    };
    let digits: String = made_up.iter().map(|byte| format!("{byte:02x}")).collect();
    let base64 = {
        use base64::Engine;
        base64::engine::general_purpose::STANDARD.encode(&made_up)
    };
    for form in [Form::Text, Form::Json, Form::Markdown, Form::Csv] {
        for lang in [Lang::En, Lang::De] {
            let text = render(&foretold, form, lang);
            let bare = text.to_lowercase().replace([':', ' '], "");
            assert!(!bare.contains(&digits) && !text.contains(&base64), "{form:?}:\n{text}");
        }
    }
}

#[test]
fn each_phone_has_its_row_and_a_fleet_costs_as_much_as_its_kinds() {
    let (current, capf) = (fixture("vpn.pem"), fixture("phone-capf-old.pem"));
    let config = asa("9.14(2)", "", &current, &capf);
    let mut files = vec![("asa.cfg".to_owned(), config)];
    for number in 0..40 {
        let load = if number % 2 == 0 { OLD_LOAD } else { NEW_LOAD };
        files.push((format!("SEP0011223344{number:02X}.cnf.xml"), phone(load, &hash(&current), "1")));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let foretold = planned(&files, &[change("ssl", "x", Some("ssl server-version tlsv1.2\n"))]);
    let breaks =
        foretold.rows.iter().filter(|row| row.after.rule.as_deref() == Some("tls-version-too-new-for-phone"));
    assert_eq!((foretold.rows.len(), breaks.count()), (40, 20));
    assert!(foretold.rows.iter().all(|row| row.phone.is_some() && row.load.is_some()));
    let of_others = |rule: &str| rule == "ssl-settings-hardened-for-old-phones";
    assert!(
        !foretold.rows.iter().any(|row| row.after.rule.as_deref().is_some_and(of_others)),
        "what cuts off older phones is no reason for newer ones"
    );
}

#[test]
fn without_phones_each_family_is_foretold() {
    let (current, capf) = (fixture("vpn.pem"), fixture("phone-capf-old.pem"));
    let config = asa("9.14(2)", "", &current, &capf);
    let foretold =
        planned(&[("asa.cfg", &config)], &[change("ssl", "x", Some("ssl server-version tlsv1.2\n"))]);
    let told: Vec<_> =
        foretold.rows.iter().map(|row| (row.model.as_deref().unwrap(), row.after.outcome)).collect();
    assert_eq!(
        told,
        [
            ("79xx", Will::Breaks),
            ("89xx/99xx", Will::Breaks),
            ("78xx", Will::Unknown),
            ("88xx", Will::Unknown)
        ]
    );
}

#[test]
fn evidence_is_led_back_to_the_files_as_they_are() {
    let (current, capf) = (fixture("vpn.pem"), fixture("phone-capf-old.pem"));
    let config = asa("9.8(2)", "ssl cipher tlsv1 medium\n", &current, &capf);
    let cnf = phone(OLD_LOAD, &hash(&current), "1");
    let files = [("asa.cfg", config.as_str()), (SEP, &cnf)];
    let lines = "! a comment\nssl cipher tlsv1 custom \"DHE-RSA-AES256-SHA\"\n";
    let foretold = planned(&files, &[change("ssl", "lines.txt", Some(lines))]);
    let cited = foretold.rows[0].because.iter().filter_map(|evidence| {
        let at = evidence.at.as_ref()?;
        Some((foretold.inputs[evidence.input? as usize].name.as_str(), at.line, at.text.as_str()))
    });
    let cited: Vec<_> = cited.collect();
    assert!(cited.contains(&("lines.txt", 2, "ssl cipher tlsv1 custom \"DHE-RSA-AES256-SHA\"")), "{cited:?}");
    for (name, line, text) in cited.iter().filter(|(name, ..)| *name == "asa.cfg") {
        assert_eq!(config.lines().nth(*line as usize - 1), Some(*text), "{name}:{line}");
    }
}

#[test]
fn the_answer_fits_its_schema() {
    let schema =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/plan.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
    let (current, capf) = (fixture("vpn.pem"), fixture("phone-capf-old.pem"));
    let config = asa("9.14(2)", "", &current, &capf);
    let cnf = phone(OLD_LOAD, &hash(&current), "1");
    let files = [("asa.cfg", config.as_str()), (SEP, &cnf)];
    for change in
        [change("certificate", "renewed", None), change("ssl", "x", Some("ssl server-version tlsv1.2\n"))]
    {
        let told = render(&planned(&files, &[change]), Form::Json, Lang::De);
        let json: serde_json::Value = serde_json::from_str(&told).unwrap();
        assert_eq!(json["schema"], "vpn-phone-doctor/plan/1");
        let wrong: Vec<_> = validator.iter_errors(&json).map(|error| error.to_string()).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }
}
