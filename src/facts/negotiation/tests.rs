//! Old and new phones, old and new ASAs: each pair of them that the documents tell of.

use super::*;
use crate::case::{Case, Said};
use crate::testing::{now, readings};

const OLD: &str =
    "<device><loadInformation>SIP45.9-4-2SR3-1S</loadInformation><vpnGroup></vpnGroup></device>";
const NEW: &str =
    "<device><loadInformation>sip88xx.12-5-1SR2-2</loadInformation><vpnGroup></vpnGroup></device>";

fn config(version: &str, ssl: &str) -> String {
    format!("ASA Version {version}\nhostname asa\n{ssl}\nwebvpn\n enable outside\n: end\n")
}

/// What comes of the one kind of phone that is in the case.
fn own(files: &[(&str, &str)]) -> Row {
    let readings = readings(files);
    let said = Said::new();
    let case = Case::of(&readings, &said, now());
    let rows = &case.negotiations[0].rows;
    rows.iter().find(|row| row.kind.own).cloned().unwrap()
}

fn with(version: &str, ssl: &str, phone: &str) -> Row {
    own(&[("asa.cfg", &config(version, ssl)), ("SEP001122334455.cnf.xml", phone)])
}

#[test]
fn an_old_phone_does_not_reach_a_modern_asa() {
    let row = with("9.12(4)", "ssl server-version tlsv1.2", OLD);
    assert_eq!((row.outcome, row.basis), (Outcome::TooNew, Basis::Shown));
    let row = with("9.12(4)", "ssl server-version tlsv1.2", NEW);
    assert_eq!((row.outcome, row.version), (Outcome::Agreed, Some(Protocol::Tls12)));
}

#[test]
fn a_list_without_the_phones_ciphers_ends_it() {
    let row = with("9.1(1)", "ssl server-version any\nssl encryption rc4-sha1 3des-sha1", OLD);
    assert_eq!((row.outcome, row.basis), (Outcome::NoCipher, Basis::Shown));
    let row = with("9.1(1)", "ssl server-version any\nssl encryption rc4-sha1 aes128-sha1", OLD);
    assert_eq!((row.outcome, row.suite.as_deref()), (Outcome::Agreed, Some("AES128-SHA")));
}

#[test]
fn a_newer_phone_is_given_the_self_signed_certificate_of_9_4() {
    let ssl = "ssl trust-point PHONES outside";
    let row = with("9.4(1)", ssl, NEW);
    assert_eq!(row.presented, Some(Presented::SelfSigned(Key::Elliptic)));
    assert!(row.suite.unwrap().contains("ECDSA"));
    let custom = format!(
        "{ssl}\nssl cipher tlsv1.2 custom \"AES256-SHA:AES128-SHA:DHE-RSA-AES256-SHA:DHE-RSA-AES128-SHA\""
    );
    let row = with("9.4(1)", &custom, NEW);
    assert_eq!(row.presented, Some(Presented::Configured(Key::Rsa)));
    assert_eq!(row.suite.as_deref(), Some("AES256-SHA"));
    let row = with("9.4(1)", ssl, OLD);
    assert_eq!(row.presented, Some(Presented::Configured(Key::Rsa)));
}

#[test]
fn essentials_have_no_curves() {
    let text = config("9.4(1)", "ssl trust-point PHONES outside")
        .replace("enable outside", "enable outside\n anyconnect-essentials");
    let row = own(&[("asa.cfg", &text), ("SEP001122334455.cnf.xml", NEW)]);
    assert_eq!(row.presented, Some(Presented::Configured(Key::Rsa)));
}

#[test]
fn the_list_for_dtls_is_another_one() {
    let ssl = "ssl cipher tlsv1 custom \"AES256-SHA\"\nssl cipher dtlsv1 custom \"DES-CBC3-SHA\"";
    let row = with("9.8(2)", ssl, OLD);
    assert_eq!(row.outcome, Outcome::Agreed);
    assert_eq!(row.datagram, Datagram::NoCipher(Protocol::Dtls10));
}

#[test]
fn show_ssl_wins_over_what_is_assumed() {
    let list = "tlsv1 (medium):\n  AES256-SHA\ndtlsv1 (medium):\n  AES256-SHA\n";
    let accepts = "Accept connections using SSLv3 or greater and negotiate to TLSv1 or greater\n";
    let text = config("9.8(2)", "ssl trust-point PHONES outside");
    let row =
        own(&[("asa.cfg", &text), ("ciphers", list), ("ssl", accepts), ("SEP001122334455.cnf.xml", OLD)]);
    assert!(row.list.unwrap().ground.is_shown());
    let row = with("9.8(2)", "ssl trust-point PHONES outside", OLD);
    assert_eq!(row.basis, Basis::Assumed);
}

#[test]
fn classes_of_a_cipher_string_are_not_worked_out() {
    let row = with("9.8(2)", "ssl cipher tlsv1 custom \"HIGH:!AES256-SHA\"", OLD);
    assert_eq!(row.outcome, Outcome::Unknown);
}

#[test]
fn a_logged_handshake_is_the_stronger_witness() {
    let log = "%ASA-6-716038: Group <P> User <CP-7962G-SEP001122334455> IP <203.0.113.9> Authentication: successful, Session Type: WebVPN.\n\
        %ASA-7-725010: Device supports the following 1 cipher(s).\n\
        %ASA-7-725011: Cipher[1] : RC4-SHA\n\
        %ASA-7-725008: SSL client outside:203.0.113.9/52684 proposes the following 1 cipher(s).\n\
        %ASA-7-725011: Cipher[1] : AES256-SHA\n\
        %ASA-7-725014: SSL lib error. Function: SSL3_GET_CLIENT_HELLO Reason: no shared cipher\n";
    let text = config("9.1(1)", "ssl encryption aes256-sha1");
    let row = own(&[("asa.cfg", &text), ("asa.log", log)]);
    assert_eq!((row.outcome, row.basis), (Outcome::NoCipher, Basis::Logged));
    assert_eq!(row.kind.offers, ["AES256-SHA"]);
    assert_eq!(row.list.unwrap().suites, ["RC4-SHA"]);
}

#[test]
fn the_cell_of_the_case_is_marked() {
    let text = config("9.12(4)", "ssl trust-point PHONES outside");
    let readings = readings(&[("asa.cfg", &text), ("SEP001122334455.cnf.xml", NEW)]);
    let said = Said::new();
    let case = Case::of(&readings, &said, now());
    let view = view(&case.negotiations[0]);
    let own: Vec<_> = view.table.iter().enumerate().filter(|(_, cell)| cell.own).collect();
    assert_eq!(view.table.len(), 12);
    assert_eq!(own.len(), 1);
    assert_eq!((own[0].0, own[0].1.presented.en.as_ref()), (8, "the RSA certificate, RSA ciphers"));
    assert_eq!(view.rows.iter().filter(|row| row.own).count(), 1);
    assert_eq!(view.rows.len(), 4);
}

#[test]
fn an_asa_without_webvpn_serves_no_phone() {
    let text = "ASA Version 9.1(1)\nhostname asa\nssl encryption rc4-sha1\n: end\n";
    let readings = readings(&[("asa.cfg", text)]);
    let said = Said::new();
    assert!(Case::of(&readings, &said, now()).negotiations.is_empty());
}
