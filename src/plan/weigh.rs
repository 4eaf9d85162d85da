//! What lines of a configuration, and releases, may do to a phone; what of it no rule can judge.
//!
//! A line is *judged* where rules look at what it sets: then they have to have been checked and found nothing. It is
//! *harmless* where no phone depends on it. Everything else is open, and says so: a line that nobody understands may be
//! the one that breaks it.

use super::apply::{Open, numbers, open};
use super::merge::Edit;
use crate::case::Case;
use crate::diagnosis::Diagnosis;
use crate::documents::certificate::Fields;
use crate::facts::asa_release::Release;
use crate::facts::client_certificates::{ClientCertificate, device};
use crate::facts::negotiation::Row;
use crate::stage::Stage;
use crate::tables::releases::{self, Change, Weighs};
use crate::text::{Class, Text};

/// Who tells whether a line does harm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Guard {
    /// Nobody needs to.
    Harmless,
    /// What phone and ASA agree on.
    Negotiation,
    /// That, and the certificate that is presented.
    Certificate,
    /// These rules, which found nothing.
    Rules(&'static [&'static str]),
    /// Every rule of the policy.
    Policy,
    /// The method of login, and what goes with it.
    Login,
    /// Nobody needs to, unless phones dial this URL.
    Url,
    /// Nobody can.
    Nobody,
}

/// What has to be proved besides what each phone's files show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Proofs {
    /// Version, cipher and certificate are agreed on.
    pub negotiation: bool,
    /// What nobody sets may be another value than today: the release's train is another one.
    pub defaults: bool,
    /// The presented certificate is trusted.
    pub trust: bool,
    /// The login works with a certificate.
    pub login: bool,
}

/// What of the changed lines is open, and what has to be proved.
pub(super) fn edits(edits: &[Edit], case: &Case<'_>, after: &Diagnosis) -> (Vec<Open>, Proofs) {
    let (mut opens, mut proofs) = (Vec::new(), Proofs::default());
    for edit in edits.iter().filter(|edit| !edit.is_idle()) {
        let added = edit.added.iter().map(|(_, text)| (text.as_str(), true));
        let removed = edit.removed.iter().map(|(_, text)| (text.as_str(), false));
        for (text, came) in added.chain(removed) {
            let (stage, guard) =
                guard(edit.path.first().map(String::as_str), edit.path.len() > 1, text, came);
            match guard {
                Guard::Harmless => {}
                Guard::Negotiation => proofs.negotiation = true,
                Guard::Certificate => (proofs.negotiation, proofs.trust) = (true, true),
                Guard::Login => proofs.login = true,
                Guard::Rules(ids) => opens.extend(not_passed(after, ids)),
                Guard::Policy => {
                    let waits = after.waiting.iter().find(|row| row.stage == Stage::Policy);
                    opens.extend(waits.map(|row| open(row.stage, WAITS.nested("title", row.title.clone()))));
                }
                Guard::Url if !is_dialled(case, text) => {}
                Guard::Url | Guard::Nobody => {
                    opens.push(open(stage, NOT_JUDGED.with("line", Class::Words, text.trim())));
                }
            }
        }
    }
    (opens, proofs)
}

/// A phone dials the URL of a line.
fn is_dialled(case: &Case<'_>, line: &str) -> bool {
    let bare = |url: &str| url.trim().trim_end_matches('/').to_ascii_lowercase();
    let url = line.split_ascii_whitespace().find(|word| word.contains("://")).map(bare);
    let phones = case.phones.iter().flat_map(|phone| phone.urls());
    // Of a phone whose URLs are not known it may be any.
    case.phones.is_empty() || phones.into_iter().any(|(_, own)| Some(bare(&own.value)) == url)
}

/// Rules that could not be checked.
pub(super) fn not_passed(after: &Diagnosis, ids: &[&str]) -> Vec<Open> {
    let waits = after.waiting.iter().filter(|row| ids.contains(&row.rule.as_str()));
    waits.map(|row| open(row.stage, WAITS.nested("title", row.title.clone()))).collect()
}

/// Who judges a line, by the block that it stands in. `nested`: in the `webvpn` of a policy. `came`: it is new.
fn guard(head: Option<&str>, nested: bool, text: &str, came: bool) -> (Stage, Guard) {
    let words: Vec<&str> = text.split_ascii_whitespace().collect();
    let is_no = words.first() == Some(&"no");
    let on = came != is_no;
    let words = words.strip_prefix(&["no"]).unwrap_or(&words);
    let head: Vec<&str> = head.unwrap_or_default().split_ascii_whitespace().collect();
    match (head.as_slice(), words) {
        ([], ["ssl", "server-version" | "cipher" | "encryption", ..]) => (Stage::Tls, Guard::Negotiation),
        ([], ["ssl", "trust-point", ..]) => (Stage::Trust, Guard::Certificate),
        ([], ["ssl", ..]) => (Stage::Tls, Guard::Nobody),
        ([], ["crypto", "ca", "permit-weak-crypto"]) if on => (Stage::Login, Guard::Harmless),
        ([], ["crypto", "ca", "permit-weak-crypto"]) => (Stage::Login, Guard::Login),
        // Connections wait for a server that takes logs over TCP.
        ([], ["logging", "host", ..]) => (Stage::Reach, Guard::Nobody),
        ([], [first, ..]) if HARMLESS.contains(first) => (Stage::Prerequisites, Guard::Harmless),
        ([], ["ASA", "Version", ..]) => (Stage::Tls, Guard::Harmless),
        ([], ["webvpn"]) if on => (Stage::Reach, Guard::Harmless),
        ([], ["tunnel-group" | "group-policy" | "username", _, last])
            if on && last.ends_with("attributes") =>
        {
            (Stage::Policy, Guard::Harmless)
        }
        (["webvpn"], words) => webvpn(words, on),
        (["tunnel-group", ..], words) => tunnel_group(words, on),
        (["group-policy", ..], words) if !nested => policy(words, on),
        _ => (Stage::Tunnel, Guard::Nobody),
    }
}

fn webvpn(words: &[&str], on: bool) -> (Stage, Guard) {
    let rules = |stage, ids| (stage, Guard::Rules(ids));
    match words {
        ["enable", ..] | ["anyconnect", "enable"] if on => (Stage::Reach, Guard::Harmless),
        ["enable", ..] => rules(Stage::Reach, &["webvpn-interface-disabled"]),
        ["anyconnect" | "svc", "enable"] => rules(Stage::Reach, &["anyconnect-not-enabled"]),
        ["csd" | "hostscan", "enable"] if on => rules(Stage::Posture, &["csd-enabled"]),
        ["csd" | "hostscan", ..] if !on => (Stage::Posture, Guard::Harmless),
        ["anyconnect-essentials"] if on => rules(Stage::Prerequisites, &["anyconnect-premium-missing"]),
        ["port", ..] => rules(Stage::Reach, &["webvpn-port-changed"]),
        _ => (Stage::Reach, Guard::Nobody),
    }
}

fn tunnel_group(words: &[&str], on: bool) -> (Stage, Guard) {
    match words {
        ["group-url", ..] if on && words.last() != Some(&"disable") => (Stage::Login, Guard::Url),
        ["group-url", ..] => (Stage::Login, Guard::Rules(&["group-url-mismatch"])),
        ["group-alias", ..] => (Stage::Login, Guard::Harmless),
        ["authentication", ..] => (Stage::Login, Guard::Login),
        ["without-csd", ..] if on => (Stage::Posture, Guard::Harmless),
        ["without-csd", ..] => (Stage::Posture, Guard::Rules(&["csd-enabled"])),
        _ => (Stage::Policy, Guard::Nobody),
    }
}

fn policy(words: &[&str], on: bool) -> (Stage, Guard) {
    let guard = match words {
        ["vpn-tunnel-protocol" | "group-lock", ..] if on => Guard::Policy,
        ["vpn-simultaneous-logins", count] if on => match count.parse::<u32>() {
            // The default is 3; with fewer an old session may keep a phone out.
            Ok(3..) => Guard::Harmless,
            _ => Guard::Nobody,
        },
        ["split-tunnel-policy", "tunnelall"] if on => Guard::Harmless,
        ["vpn-filter" | "banner", "none"] if on => Guard::Harmless,
        ["vpn-idle-timeout" | "vpn-session-timeout" | "vpn-access-hours", "none"] if on => Guard::Harmless,
        _ => Guard::Nobody,
    };
    (Stage::Policy, guard)
}

/// First words of commands that no phone depends on.
const HARMLESS: &[&str] = &["banner", "hostname", "logging", "prompt", "snmp-server"];

/// What a release may do to one phone, as far as no negotiation tells it. `own`: what this phone and the ASA agree on.
pub(super) fn releases(
    (from, to): (Option<Release>, Release),
    after: &Case<'_>,
    own: &[&Row],
    phone: Option<&str>,
) -> (Vec<Open>, Proofs) {
    let mut opens = Vec::new();
    let Some(from) = from else {
        return (
            vec![open(Stage::Tls, NO_RELEASE)],
            Proofs { negotiation: true, defaults: true, trust: true, login: true },
        );
    };
    let newest = releases::asa::NEWEST;
    if [to.major, to.minor, 0, 0] > [newest[0], newest[1], 0, 0] {
        opens.push(open(Stage::Tls, NO_SOURCE.with("release", Class::Words, to.to_string())));
    }
    if to < from {
        opens.push(open(Stage::Tls, OLDER_RELEASE));
    }
    let other_train = (from.major, from.minor) != (to.major, to.minor);
    let mut proofs = Proofs { negotiation: other_train, defaults: other_train, ..Proofs::default() };
    for change in releases::between(releases::asa::CHANGES, numbers(from), numbers(to)) {
        match change.weighs {
            Weighs::Nothing => {}
            Weighs::Negotiation => (proofs.negotiation, proofs.defaults) = (true, true),
            Weighs::Unknown => opens.push(open(change.stage, noted(change))),
            Weighs::ClientCertificate => {
                if let Some(says) = weak_certificate(after, phone) {
                    opens.push(open(change.stage, says.followed_by(noted(change))));
                }
                if !identity_is_strong(after) {
                    opens.push(open(Stage::Trust, IDENTITY_UNKNOWN.followed_by(noted(change))));
                }
            }
            Weighs::Line(start) => {
                let configs = &after.documents.asa_configs;
                let has = |text: &String| text.trim_start().starts_with(start);
                let unseen =
                    configs.is_empty() || configs.iter().any(|config| config.document.kept.is_empty());
                let found = configs.iter().any(|one| one.document.kept.iter().any(|(_, text)| has(text)));
                if unseen || found {
                    opens.push(open(change.stage, noted(change)));
                }
            }
            Weighs::Suite(start) => {
                if own.is_empty()
                    || own.iter().any(|row| row.kind.offers.iter().any(|name| name.starts_with(start)))
                {
                    opens.push(open(change.stage, noted(change)));
                }
            }
        }
    }
    (opens, proofs)
}

/// The change and where it is told.
pub(super) fn noted(change: &Change) -> Text {
    ROW.word("release", change.release).nested("what", change.what.clone()).word("source", change.source)
}

/// Why the certificate that a phone logs in with is not shown to be strong enough; `None` where it is, or where the
/// phone has a password.
pub(super) fn weak_certificate(after: &Case<'_>, phone: Option<&str>) -> Option<Text> {
    let name = phone.unwrap_or_default();
    let method = if name.is_empty() { after.login_methods.any() } else { after.login_methods.of_phone(name) };
    if method == Some(false) {
        return None;
    }
    let own = |one: &&ClientCertificate| !name.is_empty() && device(&one.name).eq_ignore_ascii_case(name);
    let mut certificates = after.client_certificates.iter().filter(own).peekable();
    if certificates.peek().is_none() {
        return Some(CERTIFICATE_UNKNOWN);
    }
    let strong = |one: &ClientCertificate| {
        let fields = after.certificate(one.known?)?.certificate.document.fields.as_ref()?;
        Some(is_strong(fields) && issuer_is_strong(after, &fields.issuer))
    };
    certificates.any(|one| strong(one) != Some(true)).then_some(CERTIFICATE_UNKNOWN)
}

fn is_strong(fields: &Fields) -> bool {
    let weak = ["sha1", "md5"].iter().any(|weak| fields.signature.to_ascii_lowercase().contains(weak));
    let bits = fields.key.strip_prefix("RSA ").map_or(Some(u32::MAX), |bits| bits.parse().ok());
    !weak && bits.is_some_and(|bits| bits >= 2048)
}

/// What the ASA itself presents is known, and strong enough.
fn identity_is_strong(after: &Case<'_>) -> bool {
    let presented = &after.gateway_certificates.presented;
    let strong = |index: Option<usize>| {
        let fields = after.certificate(index?)?.certificate.document.fields.as_ref()?;
        Some(is_strong(fields))
    };
    !presented.is_empty() && presented.iter().all(|one| strong(one.certificate) == Some(true))
}

/// The CA that issued it is known, and is signed with no weak hash unless by itself.
fn issuer_is_strong(after: &Case<'_>, issuer: &str) -> bool {
    let mut cas = after.certificates.iter().filter_map(|one| one.certificate.document.fields.as_ref());
    let ca = cas.find(|fields| fields.subject == issuer);
    ca.is_some_and(|ca| ca.self_signed || !ca.signature.to_ascii_lowercase().contains("sha1"))
}

const ROW: Text = Text::fixed("{release}: {what} ({source}.)", "{release}: {what} ({source}.)");
const WAITS: Text = Text::fixed("Not checked: {title}", "Nicht geprüft: {title}");
const NOT_JUDGED: Text = Text::fixed(
    "No rule judges the changed line `{line}`.",
    "Keine Regel beurteilt die geänderte Zeile `{line}`.",
);
const NO_RELEASE: Text = Text::fixed(
    "Which release the ASA runs today is not known: add `show version`.",
    "Welche Version die ASA heute hat, ist nicht bekannt: Ergänzen Sie `show version`.",
);
const OLDER_RELEASE: Text = Text::fixed(
    "An older release may not understand every line of the configuration; what it drops is in no document.",
    "Eine ältere Version versteht vielleicht nicht jede Zeile der Konfiguration; was sie weglässt, steht in keinem Dokument.",
);
const NO_SOURCE: Text = Text::fixed(
    "No source tells what release {release} changed.",
    "Keine Quelle sagt, was die Version {release} geändert hat.",
);
const CERTIFICATE_UNKNOWN: Text = Text::fixed(
    "That the phone's certificate and the CA that issued it are strong enough is not shown: add both.",
    "Dass das Zertifikat des Telefons und die ausstellende CA stark genug sind, ist nicht belegt: Ergänzen Sie beide.",
);
const IDENTITY_UNKNOWN: Text = Text::fixed(
    "That the certificate of the ASA itself is strong enough is not shown.",
    "Dass das Zertifikat der ASA selbst stark genug ist, ist nicht belegt.",
);
