//! The user name and password of a phone were refused.
//!
//! 113015 and 113017 speak of the ASA's own users, 113005 and 113016 of a server; the configuration says whether that
//! is LDAP or RADIUS. 113006 says that the user is locked out, 716039 that the login was refused, and not why. The name
//! of a phone is case-sensitive
//! (CUCM feature guide, VPN client). Failures of PC users are not looked at.

use std::collections::BTreeMap;

use crate::case::Case;
use crate::facts::aaa_servers;
use crate::facts::whose::Message;
use crate::finding::{Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::observe::What;
use crate::rules::Rule;
use crate::rules::logged::{self, Line};
use crate::stage::Stage;
use crate::tables::aaa_reasons;
use crate::text::{Class, Text};

/// The rule.
pub const RULE: Rule = Rule {
    id: "aaa-rejected",
    stage: Stage::Login,
    severity: Severity::Blocker,
    needs: &[Need::AsaLog, Need::Capture],
    echoes: &["login-failed"],
    sources: &["ASA syslog guide, 113005, 113015, 716039", "CUCM 15 feature configuration guide, VPN client"],
    prose: Text::fixed(include_str!("aaa_rejected.en.md"), include_str!("aaa_rejected.de.md")),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let mut users: BTreeMap<&str, Vec<&Message<'_>>> = BTreeMap::new();
    let tied = case.messages.iter().any(|message| message.is_phones() && is_refusal(&message.what));
    for message in &case.messages {
        // Where a phone is refused, whoever hides its name is another client that fails beside it.
        if is_refusal(&message.what) && (message.is_phones() || !tied) {
            users.entry(user_of(message)).or_default().push(message);
        }
    }
    let told = users.iter().filter_map(|(user, refused)| Some((refused, tell(case, user, refused)?)));
    let findings = together(told);
    let seen = case.logs_show_phones();
    if findings.is_empty() && !seen { Err(Missing::need(Need::AsaLog)) } else { Ok(findings) }
}

fn is_refusal(what: &What<'_>) -> bool {
    matches!(what, What::UserRefused { .. } | What::LoginRejected | What::UserLockedOut)
}

/// The user as printed, or the phone that the line belongs to.
fn user_of<'m>(message: &'m Message<'_>) -> &'m str {
    let printed = message.session().map_or("", |session| session.user.as_str());
    if printed.is_empty() { message.user.as_str() } else { printed }
}

/// Server and reason; whether it is over; whether nothing ties it.
type Alike<'a> = (Option<(&'a str, &'a str)>, bool, bool);

/// What is told of one user, or of several alike.
struct Refusals {
    finding: Finding,
    lines: Vec<Line>,
    /// Further users.
    more: usize,
}

/// One finding for all phones that the same server refuses for the same reason: a fleet may have thousands of them.
/// What is particular to one phone stays a finding of its own, and who still fails stands apart from who got in later.
fn together<'a>(users: impl Iterator<Item = (&'a Vec<&'a Message<'a>>, Refusals)>) -> Vec<Finding> {
    let mut all: Vec<Refusals> = Vec::new();
    let mut first: BTreeMap<Alike<'_>, usize> = BTreeMap::new();
    for (refused, told) in users {
        let reason = refused.iter().find_map(|login| match login.what {
            What::UserRefused { server, reason } => Some((server, reason)),
            _ => None,
        });
        let key = (reason, logged::over(&told.lines).is_some(), logged::is_untied(&told.lines));
        let particular = told.finding.because.len() > 1;
        let same = first.get(&key).filter(|_| !particular).and_then(|at| all.get_mut(*at));
        if let Some(shared) = same {
            shared.finding.add(told.lines.iter().map(|line| line.proof.clone()));
            shared.lines.extend(told.lines);
            shared.more += 1;
            continue;
        }
        if !particular {
            first.insert(key, all.len());
        }
        all.push(told);
    }
    all.into_iter().map(worded).collect()
}

fn worded(told: Refusals) -> Finding {
    let mut finding = match told.more {
        0 => told.finding,
        1 => told.finding.because(ONE_MORE),
        more => told.finding.because(MORE.number("more", more)),
    };
    finding.confidence = logged::surest(&told.lines).unwrap_or(finding.confidence);
    logged::weighed(finding, &told.lines)
}

fn tell(case: &Case<'_>, user: &str, refused: &[&Message<'_>]) -> Option<Refusals> {
    // What counts tells more than what is over, and a message with a reason more than one without.
    let rank = |message: &&&Message<'_>| (!message.is_current(), words(&message.what));
    let first = refused.iter().min_by_key(rank)?;
    let others = refused.iter().filter(|login| login.at != first.at);
    let lines: Vec<Line> = refused.iter().map(|message| Line::of(message, REFUSED)).collect();
    let finding = Finding::new(first.confidence(), Evidence::at(&first.place(), REFUSED))
        .and(others.map(|login| Evidence::at(&login.place(), REFUSED)))
        .value("user", user);
    Some(Refusals { finding: reasoned(case, user, first, finding), lines, more: 0 })
}

/// How little a message says of the reason.
fn words(what: &What<'_>) -> u8 {
    match what {
        What::UserRefused { .. } => 0,
        What::UserLockedOut => 1,
        _ => 2,
    }
}

fn reasoned(case: &Case<'_>, user: &str, first: &Message<'_>, mut finding: Finding) -> Finding {
    if first.what == What::UserLockedOut {
        finding.title = Some(IS_LOCKED_OUT);
        return finding.because(LOCKED_OUT).fix("local");
    }
    let What::UserRefused { server, reason } = first.what else {
        // It may as well have been the certificate.
        finding.title = Some(REFUSED_SOMEHOW);
        return finding.because(NO_REASON).fix("local").fix("server");
    };
    let means = aaa_reasons::of(reason).map_or(Text::quoted(reason.to_owned()), |known| known.means.clone());
    let whose = whose(case, server);
    finding = finding.because(
        Text::fixed("{whose} answers {reason}: {means}.", "{whose} antwortet {reason}: {means}.")
            .nested("whose", whose.clone())
            .quote("reason", reason)
            .nested("means", means.clone()),
    );
    if !server.is_empty() {
        return finding.fix("server");
    }
    let users = case.asa_devices.iter().flat_map(|device| device.users());
    let other_case = users
        .into_iter()
        .find(|(_, known)| known.name.value != user && known.name.value.eq_ignore_ascii_case(user));
    if let Some((config, known)) = other_case {
        let name = known.name.value.as_str();
        finding = finding
            .and([Evidence::marked(&config.place(&known.name.at), name, SPELT)])
            .because(CASE.with("known", Class::User, name).with("user", Class::User, user));
    }
    finding.fix("local")
}

/// Who refused, for people.
fn whose(case: &Case<'_>, server: &str) -> Text {
    if server.is_empty() {
        return LOCAL;
    }
    let groups = aaa_servers::of_host(&case.documents, server);
    match groups.into_iter().find_map(|group| group.protocol) {
        Some(protocol) => {
            let protocol = protocol.to_ascii_uppercase();
            SERVER_OF.with("protocol", Class::Words, &protocol).with("server", Class::Host, server)
        }
        None => SERVER.with("server", Class::Host, server),
    }
}

const REFUSED: Text =
    Text::fixed("the ASA refuses the phone's login", "Die ASA weist die Anmeldung des Telefons ab");
const ONE_MORE: Text =
    Text::fixed("Another phone is refused in the same way.", "Ein weiteres Telefon wird ebenso abgewiesen.");
const MORE: Text = Text::fixed(
    "{more} more phones are refused in the same way.",
    "{more} weitere Telefone werden ebenso abgewiesen.",
);
const NO_REASON: Text = Text::fixed(
    "The log names no reason; the messages 113005 and 113015, which would, are not in it.",
    "Das Protokoll nennt keinen Grund; die Meldungen 113005 und 113015, in denen er stünde, fehlen darin.",
);
const LOCKED_OUT: Text = Text::fixed(
    "The ASA has locked the user after too many failed attempts (113006); it stays locked until an administrator clears it or the ASA restarts.",
    "Die ASA hat den Benutzer nach zu vielen Fehlversuchen gesperrt (113006). Er bleibt gesperrt, bis ein Administrator die Sperre aufhebt oder die ASA neu startet.",
);
const IS_LOCKED_OUT: Text =
    Text::fixed("The phone's user is locked out", "Der Benutzer des Telefons ist gesperrt");
const REFUSED_SOMEHOW: Text =
    Text::fixed("The phone's login is refused", "Die Anmeldung des Telefons wird abgewiesen");
const LOCAL: Text = Text::fixed("The ASA's own user database", "Die eigene Benutzerdatenbank der ASA");
const SERVER: Text = Text::fixed("The AAA server {server}", "Der AAA-Server {server}");
const SERVER_OF: Text = Text::fixed("The {protocol} server {server}", "Der {protocol}-Server {server}");
const SPELT: Text = Text::fixed("so the user is spelt here", "So ist der Benutzer hier geschrieben");
const CASE: Text = Text::fixed(
    "The ASA knows the user {known}, and the phone logs in as {user}: upper and lower case matter.",
    "Die ASA kennt den Benutzer {known}, das Telefon meldet sich als {user} an: Groß- und Kleinschreibung zählt.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{fires, silent, waits};

    const PHONE: &str = "CP-7975G-SEP001122334455";

    fn refused(server: &str, reason: &str, user: &str) -> String {
        format!(
            "%ASA-6-113005: AAA user authentication Rejected : reason = {reason} : {server} : user = {user} : user IP = 203.0.113.9\n"
        )
    }

    #[test]
    fn local_ldap_and_radius_are_told_apart_among_fifty_others() {
        let others: String = (0..50)
            .map(|n| refused("server = 198.51.100.5", "Invalid password", &format!("joe{n}")))
            .collect();
        let config = "ASA Version 9.8(2)\naaa-server DIR protocol ldap\naaa-server DIR (inside) host 198.51.100.5\naaa-server ISE protocol radius\naaa-server ISE (inside) host 198.51.100.6\n: end\n";
        for (server, who, label) in [
            ("local database", "own user database", "local"),
            ("server = 198.51.100.5", "LDAP server 198.51.100.5", "server"),
            ("server = 198.51.100.6", "RADIUS server 198.51.100.6", "server"),
            ("server = 198.51.100.7", "AAA server 198.51.100.7", "server"),
        ] {
            let log = others.clone() + &refused(server, "Account has been locked out", PHONE);
            let findings = fires(&RULE, &[("log", &log), ("asa", config)]);
            assert_eq!(findings.len(), 1);
            assert!(findings[0].because[0].en().contains(who), "{:?}", findings[0].because);
            assert!(findings[0].because[0].en().contains("locked after too many attempts"));
            assert!(findings[0].evidence()[0].at.as_ref().unwrap().text.contains(PHONE));
            assert_eq!(findings[0].fixes, [label]);
        }
    }

    #[test]
    fn phones_with_one_reason_share_a_finding() {
        let phones: String = (0..3)
            .map(|n| refused("local database", "Invalid password", &format!("CP-7975G-SEP00112233445{n}")))
            .collect();
        let log =
            phones + &refused("local database", "Account has been disabled", "CP-7975G-SEP0011223344FF");
        let findings = fires(&RULE, &[("log", &log)]);
        let told: Vec<_> =
            findings.iter().map(|found| (found.evidence().len(), found.because.len())).collect();
        assert_eq!(told, [(3, 2), (1, 1)]);
        assert!(findings[0].because[1].en().starts_with("2 more phones"), "{:?}", findings[0].because);
    }

    #[test]
    fn a_name_in_other_letters_is_noticed() {
        let config = "ASA Version 9.8(2)\nusername cp-7975g-sep001122334455 password x encrypted\nusername cp-7975g-sep001122334455 attributes\n vpn-group-policy P\n: end\n";
        let log = "%ASA-6-113015: AAA user authentication Rejected : reason = User was not found : local database : user = CP-7975G-SEP001122334455 : user IP = 203.0.113.9\n";
        let finding = &fires(&RULE, &[("log", log), ("asa", config)])[0];
        assert!(finding.because[1].de().contains("Groß- und Kleinschreibung"));
    }

    #[test]
    fn a_refusal_without_a_reason_blames_no_password() {
        let log = format!(
            "%ASA-6-716039: Group <Desk> User <{PHONE}> IP <203.0.113.9> Authentication: rejected, Session Type: WebVPN.\n"
        );
        let finding = &fires(&RULE, &[("log", &log)])[0];
        assert_eq!(finding.title.as_ref().unwrap().en(), "The phone's login is refused");
    }

    #[test]
    fn a_phone_that_got_in_is_none_and_pcs_alone_say_nothing() {
        silent(
            &RULE,
            &[(
                "log",
                &format!(
                    "%ASA-6-113012: AAA user authentication Successful : local database : user = {PHONE}\n"
                ),
            )],
        );
        waits(&RULE, &[("log", &refused("local database", "Invalid password", "joe"))]);
    }
}
