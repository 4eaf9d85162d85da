//! What an administrator copies out of CUCM: its command line, its About text, names of install media, and exported
//! settings of VPN gateways, groups and profiles.
//!
//! ```text
//! admin:show version active
//! Active Master Version: 12.5.1.11900-146
//! UCSInstall_UCOS_UNRST_12.5.1.11900-146.sgn.iso
//! admin:show cert list trust
//! Phone-VPN-trust/asa.pem: Certificate Signed by …
//! VPN Gateway URL,https://vpn.example.com/Phones          text or CSV with the labels of the pages
//! <vpnGateway><url>https://vpn.example.com/Phones</url>   AXL
//! ```
//!
//! Empty: without one of these nothing is returned, and a note says so.
//! Quirks: a readme lists the install media of both versions; such a text says nothing of the one that runs. What
//! `show ctl` and `show itl` print is a trust list and is read as one. AXL and phones both know an element
//! `vpnGroup`, so a document of AXL is read here alone.
//! Sources: CUCM 15 security guide, "Export restricted and unrestricted"; CUCM 15 feature configuration guide, "VPN
//! Client" (the pages' fields); AXL schema of CUCM 8.5, `vpnGateway`, `vpnGroup` and `vpnProfile`.

mod axl;
mod settings;

use crate::documents::Content;
use crate::documents::cucm_cli::CucmCli;
use crate::formats::{Claim, Format, How, Parsed, Sample, Share};
use crate::input::{InputState, Kind, Note};
use crate::limits::Limits;
use crate::lines::Line;
use crate::source::Located;
use crate::text::Text;

/// The format.
pub const FORMAT: Format = Format { name: "cucm_cli", recognise, most: 100, read: How::Whole(read) };

/// Lines looked at to recognise: a telling line stands near the top of what it tells of.
const LINES_AT_MOST: usize = 2000;
/// Entries kept of each list; a cluster has some dozens of certificates.
const LIST_AT_MOST: usize = 4096;

fn recognise(sample: &Sample<'_>) -> Option<Claim> {
    if let Some(start) = axl::document(sample.text.text()) {
        let line = sample.text.line_at(start)?;
        let because = line.quoted();
        return Some(Claim { kind: Kind::CucmCli, strength: 96, because, share: Share::Alone });
    }
    let mut best: Option<(u8, Line<'_>)> = None;
    for line in sample.text.unlogged_lines().take(LINES_AT_MOST) {
        let Some(strength) = telling(line.text) else { continue };
        if best.is_none_or(|(known, _)| strength > known) {
            best = Some((strength, line));
        }
    }
    let (strength, line) = best?;
    Some(Claim { kind: Kind::CucmCli, strength, because: line.quoted(), share: Share::Mixed })
}

/// How much a line tells of CUCM.
fn telling(text: &str) -> Option<u8> {
    let text = text.trim();
    if version_of(text).is_some_and(|(sure, _)| sure) {
        return Some(90);
    }
    if certificate(text).is_some() || export(text).is_some() || settings::is_telling(text) {
        return Some(60);
    }
    command(text).map(|_| 35)
}

fn read(sample: &Sample<'_>, limits: &Limits) -> Parsed {
    let mut told = CucmCli::default();
    let mut notes = Vec::new();
    if axl::document(sample.text.text()).is_some() {
        told.vpn_settings = axl::settings(sample.text, limits);
    } else {
        let mut table = settings::Table::default();
        let mut exports: Vec<Located<bool>> = Vec::new();
        let mut version = None;
        for line in sample.text.lines() {
            let text = line.text.trim();
            if let Some((sure, found)) = version_of(text)
                && (version.is_none() || sure && version.as_ref().is_some_and(|(known, _)| !known))
            {
                version = Some((sure, Located::new(found.to_owned(), line.at())));
            }
            if let Some((store, entry)) = certificate(text)
                && told.certificates.len() < LIST_AT_MOST
            {
                told.certificates.push((store.to_owned(), Located::new(entry.to_owned(), line.at())));
            }
            exports.extend(export(text).map(|unrestricted| Located::new(unrestricted, line.at())));
            if told.vpn_settings.len() < LIST_AT_MOST {
                table.take(&line, &mut told.vpn_settings);
            }
        }
        told.version = version.map(|(_, version)| version);
        let both = exports.iter().any(|seen| seen.value) && exports.iter().any(|seen| !seen.value);
        if both {
            notes.extend(exports.first().map(|seen| Note::line(seen.at.line, BOTH_EXPORTS)));
        } else {
            told.unrestricted = exports.into_iter().next();
        }
        if !table.was_telling() {
            told.vpn_settings.clear();
        }
    }
    let mut parsed = Parsed { state: InputState::Read, notes, ..Parsed::default() };
    if told == CucmCli::default() {
        parsed.notes.push(Note::whole(NOTHING_USED));
    } else {
        parsed.documents.push(Content::CucmCli(told));
    }
    parsed
}

/// A version of CUCM in a line that names it as the one that runs, and whether the line leaves no doubt. The
/// inactive version is on the other partition.
fn version_of(text: &str) -> Option<(bool, &str)> {
    if let Some(rest) = text.strip_prefix("Active Master Version:") {
        return version_in(rest).map(|version| (true, version));
    }
    // Of most lines their letters show that they hold none of these words.
    memchr::memchr2(b'S', b'U', text.as_bytes())?;
    let about = ["System version", "Unified CM Administration", "Unified Communications Manager"];
    let named = about.iter().any(|words| text.contains(words)) || text.contains(MEDIUM);
    named.then(|| version_in(text)).flatten().map(|version| (false, version))
}

/// `12.5.1.11900-146`: four numbers with points, and a build behind a dash.
fn version_in(text: &str) -> Option<&str> {
    text.split(|sign: char| !(sign.is_ascii_digit() || matches!(sign, '.' | '-')))
        .map(|word| word.trim_matches(['.', '-']))
        .find(|word| {
            word.split_once('-').is_some_and(|(numbers, build)| {
                let all = |part: &str| !part.is_empty() && part.bytes().all(|digit| digit.is_ascii_digit());
                numbers.split('.').count() >= 4 && numbers.split('.').all(all) && all(build)
            })
        })
}

/// `Phone-VPN-trust/asa.pem: …`: the store, and the entry.
fn certificate(text: &str) -> Option<(&str, &str)> {
    let (store, entry) = text.split_once('/')?;
    let known = OWN_STORES.contains(&store)
        || store.strip_suffix("-trust").is_some_and(|name| {
            !name.is_empty() && name.bytes().all(|sign| sign.is_ascii_alphanumeric() || sign == b'-')
        });
    let file = entry.split([':', ' ']).next()?;
    let named = [".pem", ".der", ".0"].iter().any(|ending| file.ends_with(ending));
    (known && named).then(|| (store, entry.trim()))
}

/// Whether a line says that CUCM is the export unrestricted version: by the name of its install medium, or in words
/// beside its name or version.
fn export(text: &str) -> Option<bool> {
    let signs = text.as_bytes();
    if memchr::memchr(b'U', signs).is_some()
        && let Some((_, name)) = text.split_once(MEDIUM)
    {
        return Some(name.starts_with("UNRST"));
    }
    // The version on the other partition does not run.
    let mut starts = memchr::memchr_iter(b'U', signs);
    if starts.any(|at| signs.get(at..).is_some_and(|rest| rest.starts_with(b"UNRST")))
        && version_in(text).is_some()
        && !text.contains("nactive")
    {
        return Some(true);
    }
    let mut starts = memchr::memchr2_iter(b'r', b'R', signs);
    let says = |at: usize| {
        let word = signs.get(at..at + RESTRICTED.len());
        word.is_some_and(|word| word.eq_ignore_ascii_case(RESTRICTED.as_bytes()))
    };
    if !starts.any(says) {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    // A document about CUCM speaks of both versions too; only a line with a version number speaks of one that is there.
    let about_cucm = version_in(text).is_some();
    let says_not = ["not ", "no ", "isn't", "whether", "?"].iter().any(|word| lower.contains(word));
    (about_cucm && !says_not).then(|| lower.contains("unrestricted"))
}

/// What was typed behind CUCM's prompt, other than the commands whose output is a trust list.
fn command(text: &str) -> Option<&str> {
    let command = text.strip_prefix("admin:")?.trim_start();
    let known = COMMANDS.iter().any(|word| command.starts_with(word));
    (known && !TRUST_LISTS.iter().any(|read| command.starts_with(read))).then_some(command)
}

/// The word for a version whose export is restricted, and the end of the word for the other one.
const RESTRICTED: &str = "restricted";
/// How the names of install media begin.
const MEDIUM: &str = "UCSInstall_UCOS_";
/// Stores of CUCM's own certificates, as `show cert list own` names them.
const OWN_STORES: &[&str] = &["CallManager", "CAPF", "ITLRecovery", "TVS", "authz", "ipsec", "tomcat"];
const COMMANDS: &[&str] = &["file ", "run ", "set ", "show ", "utils "];
const TRUST_LISTS: &[&str] = &["show ctl", "show itl"];

const NOTHING_USED: Text = Text::fixed(
    "No check uses what stands here. Useful are: show version active, show cert list own and trust, and the settings of the VPN gateway, group and profile.",
    "Keine Prüfung benutzt, was hier steht. Nützlich sind: show version active, show cert list own und trust sowie die Einstellungen von VPN-Gateway, -Gruppe und -Profil.",
);
const BOTH_EXPORTS: Text = Text::fixed(
    "Restricted and unrestricted versions are both named here, so this does not say which one is installed.",
    "Hier stehen die exportbeschränkte (restricted) und die unbeschränkte Version (unrestricted); welche installiert ist, sagt das nicht.",
);

#[cfg(test)]
mod tests {

    use super::*;
    use crate::intake;

    const SESSION: &str = "\
Command Line Interface is starting up, please wait ...
admin:show version active
Active Master Version: 12.5.1.11900-146
Active Version Installed Software Options:
No Installed Software Options Found.
admin:show cert list own
tomcat/tomcat.pem: Self-signed certificate generated by system
CallManager-ECDSA/CallManager-ECDSA.pem: not a store of ours
CallManager/CallManager.pem: Certificate Signed by Example CA
admin:show cert list trust
Phone-VPN-trust/vpn.example.com.pem: Signed Certificate
CallManager-trust/CAPF-0a1b2c3d.der: Trust Certificate
/opt/trust/not-a-store.pem
admin:
";

    fn read_all(text: &str) -> (Kind, Vec<Note>, Option<CucmCli>) {
        let reading = intake::read("x", text.as_bytes(), &Limits::default());
        let input = &reading.inputs[0];
        let told = reading.documents.iter().find_map(|document| match &document.content {
            Content::CucmCli(told) => Some(told.clone()),
            _ => None,
        });
        (input.kind, input.notes.clone(), told)
    }

    fn document_of(text: &str) -> CucmCli {
        read_all(text).2.unwrap_or_else(|| panic!("nothing in {text}"))
    }

    #[test]
    fn a_session_is_read_with_its_places() {
        let (kind, notes, told) = read_all(SESSION);
        let told = told.unwrap();
        assert_eq!((kind, notes), (Kind::CucmCli, vec![]));
        let version = told.version.unwrap();
        assert_eq!((version.value.as_str(), version.at.line), ("12.5.1.11900-146", 3));
        assert_eq!(told.unrestricted, None, "the version alone does not say so");
        let stores: Vec<_> =
            told.certificates.iter().map(|(store, seen)| (&store[..], seen.at.line)).collect();
        assert_eq!(
            stores,
            [("tomcat", 7), ("CallManager", 9), ("Phone-VPN-trust", 11), ("CallManager-trust", 12)]
        );
        assert_eq!(told.certificates[2].1.value, "vpn.example.com.pem: Signed Certificate");
    }

    #[test]
    fn the_export_version_is_told_by_medium_or_words() {
        let medium = "UCSInstall_UCOS_UNRST_12.5.1.13900-152.sgn.iso";
        for (text, expected) in [
            (medium, Some(true)),
            ("UCSInstall_UCOS_12.5.1.13900-152.sgn.iso", Some(false)),
            ("Cisco Unified CM Administration\nSystem version: 14.0.1.10000-20 (Unrestricted)", Some(true)),
            ("Cisco Unified Communications Manager, export restricted, 11.5.1.21900-40", Some(false)),
            ("Active Master Version: 12.5.1.11900-146-UNRST", Some(true)),
            ("Active Master Version: 12.5.1.11900-146\nInactive Master Version: 12.5.1.10000-22-UNRST", None),
            ("Active Master Version: 12.5.1.11900-146\nIs this CUCM the unrestricted one?", None),
        ] {
            assert_eq!(document_of(text).unrestricted.map(|seen| seen.value), expected, "{text}");
        }
        assert_eq!(document_of(medium).version.unwrap().value, "12.5.1.13900-152");
        let (_, notes, readme) = read_all(&format!("{medium}\nUCSInstall_UCOS_12.5.1.13900-152.sgn.iso\n"));
        assert_eq!(readme.unwrap().unrestricted, None);
        assert!(notes[0].text.en().contains("does not say which"), "{notes:?}");
    }

    #[test]
    fn the_version_that_runs_wins_over_others() {
        let text = "Inactive Master Version: 11.5.1.1000-1\nUCSInstall_UCOS_14.0.1.13900-155.sha512.iso\n\
            Active Master Version: 12.5.1.11900-146\n";
        assert_eq!(document_of(text).version.unwrap().value, "12.5.1.11900-146");
    }

    #[test]
    fn other_texts_are_not_claimed() {
        for text in [
            "",
            "admin:show itl\n",
            "System version: 9.1(7)\n",
            "Access is restricted to staff.\n",
            "ssh: /etc/x-trust/a.txt\n",
            "mtu 1500\n",
        ] {
            let reading = intake::read("x", text.as_bytes(), &Limits::default());
            assert_ne!(reading.inputs[0].kind, Kind::CucmCli, "{text}");
        }
        let (kind, notes, told) = read_all("admin:utils service list\n");
        assert_eq!((kind, notes.len(), told), (Kind::CucmCli, 1, None));
    }

    #[test]
    fn a_session_cut_anywhere_is_read_without_panic() {
        for end in 0..SESSION.len() {
            let _ = read_all(&SESSION[..end]);
        }
    }
}
