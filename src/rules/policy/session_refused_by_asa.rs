//! The ASA refuses or ends a phone's session in words that no other rule names.
//!
//! ```text
//! 113030 … User ACL VOICE from AAA doesn't exist on the device, terminating connection.
//! 722046 … Session terminated: unable to establish tunnel.
//! ```
//! The rule says what the ASA said, and where that is mended (Cisco Secure Firewall ASA Series Syslog Messages). A phone
//! that got past it later is not refused any more.
//!
//! A session that ends before it ever had a tunnel, whatever reason is printed, is a
//! warning: the log shows that the attempt came to nothing, and not why.

use std::collections::BTreeMap;

use crate::case::Case;
use crate::facts::whose::Message;
use crate::finding::{Finding, Severity};
use crate::need::{Missing, Need};
use crate::observe::{Refusal, What};
use crate::rules::Rule;
use crate::rules::logged::{self, Line};
use crate::stage::Stage;
use crate::tables::disconnect_reasons::{self, Cause};
use crate::text::{Class, Text};

/// The rule.
pub const RULE: Rule = Rule {
    id: "session-refused-by-asa",
    stage: Stage::Policy,
    severity: Severity::Blocker,
    needs: &[Need::AsaLog],
    echoes: &["login-failed"],
    sources: &["Cisco Secure Firewall ASA Series Syslog Messages, the message's number"],
    prose: Text::fixed(
        include_str!("session_refused_by_asa.en.md"),
        include_str!("session_refused_by_asa.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let mut by_kind: BTreeMap<Refusal, Vec<&Message<'_>>> = BTreeMap::new();
    for message in &case.messages {
        if let Some(refusal) = message.refusal {
            by_kind.entry(refusal).or_default().push(message);
        }
    }
    let ended = ended_early(case);
    if by_kind.is_empty() && ended.is_none() {
        // A log in which a phone got its address shows that nothing of this stops it.
        let connected = case.addresses_given().next().is_some();
        return if connected { Ok(Vec::new()) } else { Err(Missing::need(Need::AsaLog)) };
    }
    Ok(by_kind.into_iter().filter_map(|(refusal, messages)| tell(refusal, &messages)).chain(ended).collect())
}

/// Sessions that end before they had a tunnel. Another reason in the same log says more than that.
fn ended_early(case: &Case<'_>) -> Option<Finding> {
    let mut messages: Vec<&Message<'_>> =
        case.messages.iter().filter(|one| one.ends_attempt && !drops(one)).collect();
    messages.sort_by_key(|message| (message.over.is_some(), message.witness));
    let first = messages.first()?;
    let words = words_of(first.words);
    let lines = messages.iter().map(|message| Line::of(message, ENDS)).collect();
    let mut finding = logged::finding(lines)?
        .because(SAYS.number("id", first.number).with("words", Class::Words, words))
        .because(NO_TUNNEL)
        .fix("early");
    finding.severity = finding.severity.max(Some(Severity::Warning));
    finding.title = Some(TITLE_ENDS);
    Some(finding)
}

/// The end of a session for a reason of its own, which is told as the end of a tunnel.
fn drops(message: &Message<'_>) -> bool {
    matches!(message.what, What::SessionEnded { reason }
        if disconnect_reasons::by_words(reason).is_none_or(|row| row.cause != Cause::Wanted))
}

/// One kind of refusal is one finding, whichever phones it meets.
fn tell(refusal: Refusal, messages: &[&Message<'_>]) -> Option<Finding> {
    let mut messages = messages.to_vec();
    messages.sort_by_key(|message| (message.over.is_some(), message.witness));
    let first = messages.first()?;
    let words = words_of(first.words);
    let lines = messages.iter().map(|message| Line::of(message, REFUSES)).collect();
    let mut finding =
        logged::finding(lines)?.because(SAYS.number("id", first.number).with("words", Class::Words, words));
    if !first.user.is_empty() {
        finding = finding.value("user", first.user.as_str());
    }
    let (means, fix) = meaning(refusal);
    Some(finding.because(means).fix(fix))
}

/// What stands behind group, user and address, cut to a length that a sentence can bear.
fn words_of(text: &str) -> String {
    let words = text.rsplit_once("> ").map_or(text, |(_, words)| words).trim().trim_end_matches('.');
    let end = words.char_indices().nth(QUOTED).map_or(words.len(), |(end, _)| end);
    let cut = if end < words.len() { "…" } else { "" };
    format!("{}{cut}", words.get(..end).unwrap_or_default())
}

/// Characters of a message that are quoted.
const QUOTED: usize = 110;

/// What a refusal means, and where that is mended.
const fn meaning(refusal: Refusal) -> (Text, &'static str) {
    match refusal {
        Refusal::UnknownAccessList => (
            Text::fixed(
                "The server that checks the login names an access list that this ASA does not have.",
                "Der Server, der die Anmeldung prüft, nennt eine Zugriffsliste (access-list), die es auf dieser ASA nicht gibt.",
            ),
            "server",
        ),
        Refusal::UnreadableAccessList => (
            Text::fixed(
                "An access list that the server sends for this user cannot be read by the ASA.",
                "Eine Zugriffsliste (access-list), die der Server für diesen Benutzer sendet, kann die ASA nicht lesen.",
            ),
            "server",
        ),
        Refusal::UnknownValue => (
            Text::fixed(
                "The server sends a value for this user that the ASA does not accept.",
                "Der Server sendet für diesen Benutzer einen Wert, den die ASA nicht annimmt.",
            ),
            "server",
        ),
        Refusal::UnboundTag => (
            Text::fixed(
                "A tag or a redirect that the server sends for this user could not be bound to the phone's address.",
                "Eine Markierung oder Umleitung, die der Server für diesen Benutzer sendet, ließ sich nicht an die Adresse des Telefons binden.",
            ),
            "server",
        ),
        Refusal::UnusableAddress => (
            Text::fixed(
                "The address that the phone was to get cannot be used: its pool, its mask or the server's answer is wrong.",
                "Die Adresse, die das Telefon bekommen sollte, ist nicht brauchbar: Der Adresspool, seine Maske oder die Antwort des Servers ist falsch.",
            ),
            "address",
        ),
        Refusal::CertificateRechecked => (
            Text::fixed(
                "The ASA checks the phone's certificate again from time to time, and this time it did not pass.",
                "Die ASA prüft das Zertifikat des Telefons von Zeit zu Zeit neu, und dieses Mal fiel es durch.",
            ),
            "certificate",
        ),
        Refusal::UnknownRequestVersion => (
            Text::fixed(
                "The client asks for the tunnel in a version that this release of the ASA does not know.",
                "Der Client verlangt den Tunnel in einer Version, die diese Version der ASA nicht kennt.",
            ),
            "release",
        ),
        Refusal::RestartPending => (
            Text::fixed(
                "A restart of the ASA is pending: until then it lets nobody in.",
                "Ein Neustart der ASA steht aus: Bis dahin lässt sie niemanden herein.",
            ),
            "device",
        ),
        Refusal::NotSetUp => (
            Text::fixed(
                "The ASA could not set the session up. It gives no reason here; memory, licences and the lines before this one may.",
                "Die ASA konnte die Sitzung nicht anlegen. Einen Grund nennt sie hier nicht; Speicher, Lizenzen und die Zeilen davor können ihn zeigen.",
            ),
            "device",
        ),
    }
}

const REFUSES: Text = Text::fixed(
    "the ASA refuses or ends the session here",
    "Hier weist die ASA die Sitzung ab oder beendet sie",
);
const TITLE_ENDS: Text = Text::fixed(
    "The phone's session ended before it had a tunnel",
    "Die Sitzung des Telefons endete, bevor sie einen Tunnel hatte",
);
const ENDS: Text = Text::fixed(
    "the session or its connection ends here, and no tunnel was up",
    "Hier endet die Sitzung oder ihre Verbindung, und ein Tunnel stand noch nicht",
);
const NO_TUNNEL: Text = Text::fixed(
    "The log shows no address (722051) and no tunnel (722033) of this session before that line. Who ended it, and why, is not said: the phone's own log of that moment tells its side.",
    "Das Protokoll zeigt vor dieser Zeile keine Adresse (722051) und keinen Tunnel (722033) dieser Sitzung. Wer sie beendet hat und warum, steht nicht da: Das Protokoll des Telefons zeigt seine Seite.",
);
const SAYS: Text =
    Text::fixed("The ASA says in message {id}: “{words}”.", "Die ASA schreibt in Meldung {id}: „{words}“.");

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::{Confidence, Severity};
    use crate::testing::{fires, silent, waits};

    fn line(id: u32, words: &str) -> String {
        format!(
            "Nov 23 2026 10:21:03: %ASA-4-{id}: Group <Desk> User <CP-8841-SEP0011223344AA> IP <203.0.113.45> {words}\n"
        )
    }

    #[test]
    fn it_says_what_the_asa_said() {
        for (id, words, fix) in [
            (
                113_030,
                "User ACL VOICE from AAA doesn't exist on the device, terminating connection.",
                "server",
            ),
            (113_033, "AnyConnect session not allowed. ACL parse error.", "server"),
            (113_038, "Unable to create AnyConnect parent session.", "device"),
            (716_007, "WebVPN Unable to create session.", "device"),
            (716_045, "AAA parameter vpn-filter value invalid.", "server"),
            (
                716_046,
                "User ACL VOICE from AAA doesn't exist on the device, terminating connection.",
                "server",
            ),
            (722_006, "Invalid address 0.0.0.0 assigned to SVC connection.", "address"),
            (722_042, "Invalid Cisco SSL Tunneling Protocol version.", "release"),
            (722_046, "Session terminated: unable to establish tunnel.", "device"),
            (
                722_057,
                "SVC terminating connection: Failed to bind SGT tag with assigned IP: 198.51.100.7.",
                "server",
            ),
            (
                717_052,
                "Session disconnected due to periodic certificate authentication failure. Subject Name CN=CP-8841-SEP0011223344AA Issuer Name CN=CAPF-0a1b2c3d Serial Number 0A",
                "certificate",
            ),
        ] {
            let finding = &fires(&RULE, &[("x", &line(id, words))])[0];
            assert_eq!((finding.confidence, finding.severity), (Confidence::Certain, None), "{id}");
            assert_eq!(finding.fixes, [fix], "{id}");
            let said = words.split(['.', ',']).next().unwrap();
            assert!(finding.because[0].en().contains(said.trim()), "{id}: {:?}", finding.because);
        }
    }

    #[test]
    fn other_clients_are_passed_over_and_what_healed_is_past() {
        let refused = line(722_046, "Session terminated: unable to establish tunnel.");
        waits(&RULE, &[("x", &refused.replace("CP-8841-SEP0011223344AA", "joe"))]);
        let later =
            line(722_051, "Address <198.51.100.7> assigned to session").replace("10:21:03", "10:25:00");
        let refused = line(113_033, "AnyConnect session not allowed. ACL parse error.");
        let past = &fires(&RULE, &[("x", &format!("{refused}{later}"))])[0];
        assert_eq!(past.severity, Some(Severity::Notice));
        silent(&RULE, &[("x", &later)]);
        let nobody = "Nov 23 2026 10:21:03: %ASA-6-113037: Reboot pending, new sessions disabled. Denied user login.\n";
        let context = later.replace("10:25:00", "10:00:00");
        let finding = &fires(&RULE, &[("x", &format!("{context}{nobody}"))])[0];
        assert_eq!(finding.severity, Some(Severity::Warning));
        waits(&RULE, &[]);
    }
}
