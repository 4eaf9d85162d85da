//! What ended a phone's TLS handshake and is in no other rule: an alert by its number, or an error by its words.
//!
//! Sent by the phone: `alert_err: SSL write alert: code 40, handshake failure` in its log, `sslv3 alert handshake
//! failure` with 725014 on the ASA. Sent by the ASA: `read` in the phone's log, or `SSL_connect: error:14077410:…:sslv3
//! alert handshake failure`. Who sent it decides what it means.

use std::collections::{BTreeMap, BTreeSet};

use crate::case::Case;
use crate::event::Channel;
use crate::facts::handshake::Tie;
use crate::facts::tls_matters::{By, Matter};
use crate::facts::tls_objections::Objection;
use crate::finding::{Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::tables::tls_alerts;
use crate::text::{Class, Text};

/// The rule.
pub const RULE: Rule = Rule {
    id: "tls-alert-from-phone",
    stage: Stage::Tls,
    severity: Severity::Warning,
    needs: &[Need::AsaLog, Need::PhoneLog, Need::Capture],
    echoes: &["login-failed"],
    sources: &["RFC 5246, section 7.2", "Cisco 116162, correlation of the logs of ASA and phone"],
    prose: Text::fixed(
        include_str!("tls_alert_from_phone.en.md"),
        include_str!("tls_alert_from_phone.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    // An error's words stand for its kind, so that each is told once.
    let mut by_kind: BTreeMap<(By, Option<u8>, String), Vec<&Objection>> = BTreeMap::new();
    let own = || case.tls_objections.iter().filter(|one| !has_own_rule(one));
    // Where phones' handshakes fail so, others beside them are other clients'.
    let clients = untied_clients(case);
    let any_tied = own().any(|one| one.tied);
    for one in own().filter(|one| one.tied || !any_tied) {
        let words = if one.alert().is_some() { String::new() } else { words_of(&one.mark).to_owned() };
        by_kind.entry((one.by, one.alert(), words)).or_default().push(one);
    }
    if by_kind.is_empty() {
        let seen_on_asa = case.handshakes.iter().any(|handshake| handshake.tie > Tie::None);
        return match case.phone_attempts() {
            Err(_) if !seen_on_asa => Err(Missing(vec![Need::PhoneLog, Need::AsaLog])),
            _ => Ok(Vec::new()),
        };
    }
    Ok(by_kind
        .into_iter()
        .filter_map(|((by, code, words), all)| tell(by, code, &words, &all, &clients))
        .collect())
}

fn has_own_rule(one: &Objection) -> bool {
    match (one.by, one.matter) {
        _ if one.is_of_datagrams_alone() => true,
        (_, Matter::Version | Matter::Cipher | Matter::Certificate(None)) => true,
        (By::Phone, Matter::Certificate(Some(48))) => true,
        (By::Asa, Matter::NoCertificate | Matter::Certificate(Some(45 | 48))) => true,
        (By::Phone, Matter::Alert(47)) | (_, Matter::SessionCipher) => one.channel == Channel::Dtls,
        // What reached the ASA's port was no phone's TLS, where nothing ties it to one.
        (By::Asa, Matter::NotTls) => !one.tied,
        _ => false,
    }
}

/// The reason at the end of an error: `dh key too small`.
fn words_of(error: &str) -> &str {
    error.rsplit(':').map(str::trim).find(|part| !part.is_empty()).unwrap_or(error)
}

/// Addresses whose handshakes fail and that nothing ties to a phone.
fn untied_clients(case: &Case<'_>) -> String {
    let failing = case.handshakes.iter().filter(|handshake| handshake.is_untied() && handshake.fails_now());
    let addresses: BTreeSet<&str> = failing.map(|handshake| handshake.peer.address.as_str()).collect();
    let named: Vec<&str> =
        addresses.into_iter().filter(|address| !address.is_empty()).take(MOST_CLIENTS).collect();
    named.join(", ")
}

/// Addresses that a sentence can bear.
const MOST_CLIENTS: usize = 4;

fn tell(by: By, code: Option<u8>, words: &str, all: &[&Objection], clients: &str) -> Option<Finding> {
    let confidence = all.iter().map(|one| one.confidence).min()?;
    let mut lines = all.iter().map(|one| {
        let says = match (code, by, one.told_by) {
            (None, ..) => ENDED,
            (_, By::Asa, _) => ASA_SENT,
            (_, By::Phone, By::Phone) => PHONE_SENT,
            (_, By::Phone, By::Asa) => ASA_RECEIVED,
        };
        Evidence::marked(&one.place, &one.mark, says)
    });
    let mut finding = Finding::new(confidence, lines.next()?).and(lines);
    if all.iter().all(|one| !one.tied) {
        finding.severity = Some(Severity::Warning);
        finding = finding.because(NOT_TIED);
        if !clients.is_empty() {
            finding = finding.because(CLIENTS.with("clients", Class::Words, clients));
        }
    }
    let Some(code) = code else {
        let title = if words.is_empty() { FAILED } else { ERROR.with("words", Class::Words, words) };
        finding.title = Some(title);
        let not_tls = all.iter().any(|one| one.matter == Matter::NotTls);
        return Some(match by {
            By::Asa if not_tls => finding.because(NO_TLS_CAME),
            _ if not_tls => finding.because(NOT_TLS),
            By::Phone => finding.because(PHONES_OWN),
            By::Asa if words.is_empty() => finding.because(NO_REASON),
            By::Asa => finding.because(ASAS_OWN),
        });
    };
    let finding = finding.value("code", code.to_string());
    let Some(alert) = tls_alerts::by_code(code) else {
        let unknown = UNKNOWN.number("code", code);
        return Some(finding.value("name", "?").because(unknown));
    };
    let meaning = alert.meaning(by == By::Phone);
    let finding = finding.value("name", alert.name).because(
        Text::fixed("Alert {code} ({alert}): {meaning}.", "Alert {code} ({alert}): {meaning}.")
            .number("code", code)
            .word("alert", alert.name)
            .nested("meaning", meaning.clone()),
    );
    Some(match (by, code) {
        (By::Asa, HANDSHAKE_FAILURE) if all.iter().all(|one| one.after_hello) => finding.because(AFTER_HELLO),
        (By::Asa, HANDSHAKE_FAILURE) if all.iter().all(|one| !one.after_hello) => finding.because(IN_HELLO),
        _ => finding,
    })
}

/// handshake_failure
const HANDSHAKE_FAILURE: u8 = 40;

const PHONE_SENT: Text = Text::fixed("the phone sent the alert", "Das Telefon hat den Alert gesendet");
const ASA_SENT: Text = Text::fixed("the ASA sent the alert", "Die ASA hat den Alert gesendet");
const ASA_RECEIVED: Text =
    Text::fixed("the ASA received the phone's alert", "Die ASA hat den Alert des Telefons erhalten");
const ENDED: Text =
    Text::fixed("this ended the phone's handshake", "Daran ist der Handshake des Telefons gescheitert");
const UNKNOWN: Text = Text::fixed(
    "Alert {code} is not one of those that TLS 1.0 to 1.3 define for this.",
    "Alert {code} gehört nicht zu denen, die TLS 1.0 bis 1.3 dafür festlegen.",
);
const ERROR: Text =
    Text::fixed("The TLS handshake ended with “{words}”", "Der TLS-Handshake endete mit „{words}“");
const FAILED: Text =
    Text::fixed("The phone's TLS handshake failed", "Der TLS-Handshake des Telefons ist gescheitert");
const NO_REASON: Text = Text::fixed(
    "The log does not say why: the reason stands in message 725014, which the ASA writes at level debugging only.",
    "Das Protokoll sagt nicht, warum: Der Grund steht in Meldung 725014, und die schreibt die ASA nur auf der Stufe debugging.",
);
const ASAS_OWN: Text = Text::fixed(
    "The ASA's TLS library objected to what the phone sent.",
    "Die TLS-Bibliothek der ASA hat beanstandet, was das Telefon gesendet hat.",
);
const NOT_TIED: Text = Text::fixed(
    "Nothing ties this handshake to a phone: another client may have caused it.",
    "Nichts verbindet diesen Handshake mit einem Telefon: Ein anderer Client kann ihn ausgelöst haben.",
);
const CLIENTS: Text = Text::fixed(
    "It came from {clients}. If that is a phone, answer the question which phone it is with its address.",
    "Er kam von {clients}. Wenn das ein Telefon ist, beantworten Sie die Frage nach dem Telefon mit dieser Adresse.",
);
const PHONES_OWN: Text = Text::fixed(
    "The phone's own TLS library objected to what the ASA sent.",
    "Die TLS-Bibliothek des Telefons hat beanstandet, was die ASA gesendet hat.",
);
const NOT_TLS: Text = Text::fixed(
    "What answers there does not seem to speak TLS, or only an older version than the phone accepts: another service on that port, or something on the way that answers in the ASA's place.",
    "Was dort antwortet, spricht wohl kein TLS, oder nur eine ältere Version, als das Telefon annimmt: ein anderer Dienst auf diesem Port, oder etwas auf dem Weg, das anstelle der ASA antwortet.",
);
const NO_TLS_CAME: Text = Text::fixed(
    "What came from the phone's address does not look like TLS to the ASA: another program at that address, or something on the way that changes what the phone sends.",
    "Was von der Adresse des Telefons kam, sieht für die ASA nicht nach TLS aus: ein anderes Programm an dieser Adresse, oder etwas auf dem Weg, das verändert, was das Telefon sendet.",
);
const IN_HELLO: Text = Text::fixed(
    "It came in answer to the phone's first message, before any certificate: most often no cipher fits. The ASA's log of that moment says `no shared cipher` then.",
    "Er kam auf die erste Nachricht des Telefons hin, vor jedem Zertifikat: Meist passt dann keine Chiffre. Im Protokoll der ASA steht dazu `no shared cipher`.",
);
const AFTER_HELLO: Text = Text::fixed(
    "Version and cipher were agreed by then: most often the ASA asked for a client certificate and got none. Its log of that moment says `peer did not return a certificate` then.",
    "Version und Chiffre waren da schon vereinbart: Meist hat die ASA ein Client-Zertifikat verlangt und keines bekommen. In ihrem Protokoll steht dazu `peer did not return a certificate`.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{fires, silent, waits};

    fn alert(words: &str) -> String {
        format!("912: ERR 10:19:27.421467 VPNC: alert_err: SSL {words}\n")
    }

    #[test]
    fn an_alert_is_explained_by_its_number() {
        let findings = fires(&RULE, &[("x", &alert("write alert: code 40, handshake failure"))]);
        assert!(findings[0].because[0].en().contains("handshake_failure"));
    }

    /// What is particular to a log of one attempt.
    fn because(lines: &[&str]) -> String {
        let begins =
            "NOT 10:19:27.100000 VPNC: ssl_state_cb: TLSv1: SSL_connect: before/connect initialization";
        let log: String =
            [&[begins], lines].concat().iter().zip(900..).map(|(line, n)| format!("{n}: {line}\n")).collect();
        let finding = &fires(&RULE, &[("console.log", &log)])[0];
        finding.because.iter().map(|text| text.en()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn who_sent_it_decides_what_it_means() {
        for (line, words) in [
            ("SSL write alert: code 42, bad certificate", "the phone cannot use the ASA's certificate"),
            ("SSL read alert: code 42, bad certificate", "the ASA cannot use the phone's certificate"),
            ("SSL write alert: code 71, insufficient security", "too weak for the phone"),
            ("SSL read alert: code 71, insufficient security", "too weak for the ASA"),
            ("SSL read alert: code 86, inappropriate fallback", "an older TLS"),
            ("SSL read alert: code 99, odd", "Alert 99 is not one of those"),
        ] {
            let told = because(&[&format!("ERR 10:19:27.421467 VPNC: alert_err: {line}")]);
            assert!(told.contains(words), "{line}: {told}");
        }
    }

    #[test]
    fn an_error_line_alone_counts_like_the_alert() {
        let failure = "ERR 10:19:27.421467 VPNC: SSL: SSL_connect: error:14094410:SSL routines:SSL3_READ_BYTES:sslv3 alert handshake failure";
        let hello = "NOT 10:19:27.300000 VPNC: ssl_state_cb: TLSv1: SSL_connect: SSLv3 read server hello A";
        assert!(because(&[failure]).contains("no cipher fits"));
        assert!(because(&[hello, failure]).contains("asked for a client certificate and got none"));
        let small = "ERR 10:19:27.421467 VPNC: SSL: SSL_connect: error:14082174:SSL routines:SSL3_CHECK_CERT_AND_ALGORITHM:dh key too small";
        assert!(because(&[small]).contains("The phone's own TLS library objected"));
        let html = "ERR 10:19:27.421467 VPNC: SSL: SSL_connect: error:140770FC:SSL routines:SSL23_GET_SERVER_HELLO:unknown protocol";
        assert!(because(&[html]).contains("does not seem to speak TLS"));
    }

    #[test]
    fn one_alert_that_is_told_three_times_is_one_line() {
        let log = "900: ERR 10:19:27.421460 VPNC: ssl_state_cb: TLSv1: read: alert: fatal:handshake failure\n\
            901: ERR 10:19:27.421467 VPNC: alert_err: SSL read alert: code 40, handshake failure\n\
            902: ERR 10:19:27.421469 VPNC: SSL: SSL_connect: error:14077410:SSL routines:SSL23_GET_SERVER_HELLO:sslv3 alert handshake failure\n";
        let findings = fires(&RULE, &[("x", log)]);
        let lines: Vec<u32> =
            findings[0].evidence().iter().map(|line| line.at.as_ref().unwrap().line).collect();
        assert_eq!((findings.len(), lines), (1, vec![2]));
    }

    #[test]
    fn alerts_with_a_rule_of_their_own_are_left_to_it() {
        for words in [
            "write alert: code 48, unknown CA",
            "read alert: code 48, unknown CA",
            "read alert: code 45, certificate expired",
            "read alert: code 116, certificate required",
            "write alert: code 70, protocol version",
            "read alert: code 70, protocol version",
        ] {
            silent(&RULE, &[("x", &alert(words))]);
        }
        waits(&RULE, &[]);
    }
}
