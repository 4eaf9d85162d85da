//! Two phones, two configurations, two captures side by side: what differs, and what of it matters.

#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::unwrap_used, reason = "helpers of tests")]

mod planned;

use vpn_phone_doctor::case::Said;
use vpn_phone_doctor::compare::render::render;
use vpn_phone_doctor::compare::{Comparison, Matters, compare};
use vpn_phone_doctor::intake::{self, Reading};
use vpn_phone_doctor::limits::Limits;
use vpn_phone_doctor::plan::render::Form;
use vpn_phone_doctor::text::Lang;
use vpn_phone_doctor::time::parse_rfc3339;

use planned::{NEW_LOAD, OLD_LOAD, asa, fixture, hash};

fn readings(files: &[(&str, &str)]) -> Vec<Reading> {
    let limits = Limits { keep_lines: true, ..Limits::default() };
    files.iter().map(|(name, text)| intake::read(name, text.as_bytes(), &limits)).collect()
}

fn compared(a: &[(&str, &str)], b: &[(&str, &str)]) -> Comparison {
    let now = parse_rfc3339("2026-11-24T12:00:00Z").unwrap();
    compare(&readings(a), &readings(b), &Said::new(), now)
}

fn phone(load: &str, url: &str, hash: &str) -> String {
    format!(
        "<device>\n<loadInformation>{load}</loadInformation>\n<vpnGroup>\n<enableHostIDCheck>1</enableHostIDCheck>\n\
         <addresses>\n<url1>{url}</url1>\n</addresses>\n<credentials>\n<hashAlg>0</hashAlg>\n<certHash1>{hash}</certHash1>\n\
         </credentials>\n</vpnGroup>\n</device>\n"
    )
}

const LOAD: &str = "SIP45.9-4-2SR3-1S";
const URL: &str = "https://vpn.example.com/Phones";
const HASH: &str = "5X6B6plUwUSXZnjQ4kGM33mpMXY=";
const OTHER: &str = "Eom4p639hgSF6TiTn0Rmphu1Y5A=";
const A: &str = "SEP0011223344AA.cnf.xml";
const B: &str = "SEP0011223344BB.cnf.xml";

fn first(told: &Comparison) -> (String, Matters, Option<&str>) {
    let one = &told.differences[0];
    (one.what.en().into_owned(), one.matters, one.rule.as_deref())
}

#[test]
fn what_a_rule_objects_to_comes_first() {
    let good = phone(LOAD, URL, HASH);
    for (other, what, matters, rule) in [
        (
            phone(LOAD, "http://vpn.example.com/Phones", HASH),
            "URL that the phone dials",
            Matters::Likely,
            Some("vpn-url-not-https"),
        ),
        (phone(LOAD, URL, "xyz"), "trusted certificate hash", Matters::Likely, Some("cert-hash-malformed")),
        (phone(LOAD, URL, OTHER), "trusted certificate hash", Matters::Possible, None),
        (phone("SIP45.9-3-1SR4-1S", URL, HASH), "firmware", Matters::Possible, None),
        (
            good.replace("<enableHostIDCheck>1", "<enableHostIDCheck>0"),
            "host ID check",
            Matters::Possible,
            None,
        ),
    ] {
        let told = compared(&[(A, &good)], &[(B, &other)]);
        assert_eq!(first(&told), (what.to_owned(), matters, rule), "{}", render(&told, Form::Text, Lang::En));
        let back = compared(&[(A, &other)], &[(B, &good)]);
        assert_eq!(first(&back), (what.to_owned(), matters, rule), "the other way round");
        assert!(!told.differences[0].a.evidence.is_empty() && !told.differences[0].b.evidence.is_empty());
    }
}

#[test]
fn names_are_no_reason() {
    let same = phone(LOAD, URL, HASH);
    let told = compared(&[(A, &same)], &[(B, &same)]);
    assert!(!told.matters() && told.same > 4, "{}", render(&told, Form::Text, Lang::En));
    assert!(told.differences.iter().all(|one| one.matters == Matters::No));
    assert!(render(&told, Form::Text, Lang::De).contains("kein"));
}

#[test]
fn configurations_are_compared_setting_by_setting() {
    let config = |ssl: &str, extra: &str| {
        format!(
            "ASA Version 9.8(2)\nhostname asa\n{ssl}webvpn\n enable outside\n anyconnect image disk0:/a.pkg 1\n anyconnect enable\n{extra}snmp-server location here\n: end\n"
        )
    };
    let one = config("ssl cipher tlsv1 custom \"AES256-SHA\"\n", "");
    let two = config("ssl cipher tlsv1 custom \"ECDHE-RSA-AES256-GCM-SHA384\"\n", "snmp-server contact me\n");
    let told = compared(&[("a.cfg", &one)], &[("b.cfg", &two)]);
    let row = told.differences.iter().find(|row| row.what.en().contains("ssl cipher tlsv1")).unwrap();
    assert_eq!(row.a.value, "ssl cipher tlsv1 custom \"AES256-SHA\"");
    assert_eq!(row.b.evidence[0].at.as_ref().map(|at| at.line), Some(3));
    assert_eq!(
        told.differences.iter().filter(|row| row.what.en().contains("ssl cipher")).count(),
        1,
        "one setting, one row"
    );
    let idle = told.differences.iter().find(|row| row.what.en().contains("snmp-server contact")).unwrap();
    assert_eq!(idle.matters, Matters::No);
}

#[test]
fn a_rule_that_objects_to_one_line_names_no_other() {
    let config = |phones: &str, staff: &str| {
        format!(
            "ASA Version 9.8(2)\nhostname asa\nwebvpn\n enable outside\n anyconnect enable\n\
             group-policy PHONES internal\ngroup-policy PHONES attributes\n vpn-simultaneous-logins {phones}\n\
             group-policy STAFF internal\ngroup-policy STAFF attributes\n vpn-simultaneous-logins {staff}\n\
             tunnel-group PHONES type remote-access\ntunnel-group PHONES general-attributes\n default-group-policy PHONES\n\
             tunnel-group PHONES webvpn-attributes\n authentication certificate\n group-url https://vpn.example.com/Phones enable\n: end\n"
        )
    };
    let phone = phone(LOAD, URL, HASH);
    let told =
        compared(&[("a.cfg", &config("3", "3")), (A, &phone)], &[("b.cfg", &config("0", "5")), (B, &phone)]);
    let lines = told.differences.iter().filter(|one| one.a.value.contains("vpn-simultaneous-logins"));
    let mut rules: Vec<(String, Option<&str>)> =
        lines.map(|one| (one.b.value.clone(), one.rule.as_deref())).collect();
    rules.sort();
    let expected = [
        ("vpn-simultaneous-logins 0".to_owned(), Some("simultaneous-logins-zero")),
        ("vpn-simultaneous-logins 5".to_owned(), None),
    ];
    assert_eq!(rules, expected, "{}", render(&told, Form::Text, Lang::En));
}

#[test]
fn the_planted_difference_comes_first_whatever_else_differs() {
    let (current, other, wildcard) =
        (fixture("vpn.pem"), fixture("vpn-ending.pem"), fixture("vpn-wildcard.pem"));
    let (capf, lsc) = (fixture("phone-capf-old.pem"), fixture("phone-lsc.pem"));
    let lists = "ssl server-version tlsv1 dtlsv1\nssl cipher tlsv1 custom \"AES256-SHA:AES128-SHA\"\nssl cipher dtlsv1 custom \"AES256-SHA:AES128-SHA\"\n";
    let config = asa("9.8(2)", lists, &current, &capf);
    let old = planned::phone(OLD_LOAD, &hash(&current), "1");
    // What no phone depends on differs as well.
    let noisy = |text: &str| {
        text.replace(
            "hostname asa",
            "hostname asb\nsnmp-server location here\nlogging host inside 198.51.100.9\nbanner motd hi",
        )
    };
    let changed = |from: &str, to: &str| {
        assert!(config.contains(from), "{from}");
        noisy(&config.replace(from, to))
    };
    let of_asa =
        |text: String, phone: &str| vec![("asa.cfg", text), (A, phone.to_owned()), ("lsc.pem", lsc.clone())];
    let wild = |check: &str| {
        let phone = planned::phone(OLD_LOAD, &hash(&wildcard), check);
        vec![("asa.cfg", asa("9.8(2)", lists, &wildcard, &capf)), (A, phone)]
    };
    let new = |extra: &str| {
        let phone = planned::phone(NEW_LOAD, &hash(&current), "1");
        vec![("asa.cfg", config.clone()), (A, phone.replace("<vpnGroup>", &format!("{extra}<vpnGroup>")))]
    };
    let good = || of_asa(config.clone(), &old);
    let with_phone = |phone: String| of_asa(config.clone(), &phone);
    let narrow = "ssl cipher tlsv1 custom \"DHE-RSA-AES256-SHA\"\nssl cipher dtlsv1";
    let wide = "ssl cipher tlsv1 custom \"AES256-SHA:AES128-SHA\"\nssl cipher dtlsv1";
    for (a, b, what, rule) in [
        (
            good(),
            with_phone(old.replace(&hash(&current), &hash(&other))),
            "certificate hash",
            "cert-hash-mismatch",
        ),
        (
            good(),
            with_phone(old.replace("/Phones<", "/Phone<")),
            "URL that the phone dials",
            "group-url-mismatch",
        ),
        (
            good(),
            with_phone(old.replace("<authMethod>2", "<authMethod>0")),
            "method of login",
            "authentication-method-mismatch",
        ),
        (wild("0"), wild("1"), "host ID check", "certificate-name-mismatch"),
        (
            new(""),
            new("<disableTLSCiphers>1,2,3,4,5,6,7,8</disableTLSCiphers>"),
            "switched off",
            "phone-ciphers-disabled",
        ),
        (
            good(),
            of_asa(changed("vpn-simultaneous-logins 3", "vpn-simultaneous-logins 0"), &old),
            "vpn-simultaneous-logins",
            "simultaneous-logins-zero",
        ),
        (
            good(),
            of_asa(changed(" address-pool PHONES\n", ""), &old),
            "`address-pool`",
            "address-pool-missing",
        ),
        (
            good(),
            of_asa(changed(" anyconnect enable\n", ""), &old),
            "`anyconnect enable`",
            "anyconnect-not-enabled",
        ),
        (
            good(),
            of_asa(noisy(&asa("9.8(2)", lists, &other, &capf)), &old),
            "certificate that the ASA presents",
            "cert-hash-mismatch",
        ),
        (
            good(),
            of_asa(noisy(&asa("9.8(2)", lists, &current, "")), &old),
            "CAs that the ASA trusts",
            "client-certificate-issuer-untrusted",
        ),
        (
            vec![("asa.cfg", config.clone())],
            vec![("asa.cfg", changed(wide, narrow))],
            "`ssl cipher tlsv1`",
            "ssl-settings-hardened-for-old-phones",
        ),
    ] {
        let told = compared(&planned::borrowed(&a), &planned::borrowed(&b));
        let first = &told.differences[0];
        let text = render(&told, Form::Text, Lang::En);
        assert!(first.what.en().contains(what), "{what}:\n{text}");
        assert_eq!((first.matters, first.rule.as_deref()), (Matters::Likely, Some(rule)), "{text}");
    }
}

#[test]
fn a_file_that_only_one_side_has_is_no_difference() {
    let cnf = phone(LOAD, URL, HASH);
    let told = compared(
        &[(A, &cnf)],
        &[(B, &cnf), ("asa.cfg", "ASA Version 9.8(2)\nhostname asa\nssl server-version tlsv1\n: end\n")],
    );
    assert!(
        told.differences.iter().all(|one| !one.what.en().contains("server-version")),
        "{:?}",
        told.differences
    );
}

#[test]
fn no_formula_survives() {
    let told = compared(&[(A, &phone(LOAD, URL, "=cmd|' /C calc'!A0"))], &[(B, &phone(LOAD, URL, HASH))]);
    let csv = render(&told, Form::Csv, Lang::En);
    assert!(csv.contains("\"'=cmd") && !csv.contains("\"=cmd"), "{csv}");
}

#[test]
fn the_answer_fits_its_schema() {
    let schema =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/compare.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
    let told = compared(&[(A, &phone(LOAD, URL, HASH))], &[(B, &phone(LOAD, "ftp://x", OTHER))]);
    let json: serde_json::Value = serde_json::from_str(&render(&told, Form::Json, Lang::En)).unwrap();
    let wrong: Vec<_> = validator.iter_errors(&json).map(|error| error.to_string()).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}
