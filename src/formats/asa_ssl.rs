//! `show ssl` and `show ssl ciphers`: what the ASA's TLS server does right now.
//!
//! ```text
//! Accept connections using SSLv3 or greater and negotiate to TLSv1 or greater
//! Enabled cipher order: aes256-sha1 aes128-sha1
//! SSL trust-points:
//!   outside interface: PHONES
//! Certificate authentication is not enabled
//! ```
//! and, from 9.3(2) on, a list for each version:
//!
//! ```text
//! tlsv1 (medium):
//!   AES256-SHA
//!   AES128-SHA
//! ```
//! Empty means: none of these lines stands there; then there is no document. A list that is not printed is not
//! known: `show ssl` alone prints none since 9.3(2).
//!
//! Quirks: up to 9.3(1) ciphers have the ASA's own names, later OpenSSL's; the names are kept as printed. How newer
//! releases print a trust-point is known from one hand-written example only, so both orders of words are read.
//!
//! Sources: Cisco 116162 (`show ssl` of an older release); the ASA command reference.

use crate::documents::Content;
use crate::documents::asa_ssl::{AsaSsl, SslTrustpoint, Versions};
use crate::formats::{Claim, Format, How, Parsed, Sample, Share};
use crate::input::Kind;
use crate::limits::{Limits, Lists};
use crate::lines::printed_by;
use crate::source::Located;
use crate::text::Text;
use crate::typed;

/// The format.
pub const FORMAT: Format = Format { name: "asa_ssl", recognise, most: 95, read: How::Whole(read) };

/// What a line of the output is.
enum SslLine<'l> {
    Accepts(Versions),
    Starts,
    Order(Vec<&'l str>),
    Disabled,
    TrustPoints,
    SelfSigned,
    Bound { interface: &'l str, name: &'l str, key: &'l str },
    Authentication,
    Group,
    ListOf(&'l str),
    Suite(&'l str),
    Nothing,
}

fn recognise(sample: &Sample<'_>) -> Option<Claim> {
    let by_command = sample.command.filter(|command| is_show_ssl(command));
    for line in sample.text.unlogged_lines().take(LINES_AT_MOST) {
        match line_of(line.text) {
            // Other words may stand so in any text; with the command they are enough.
            SslLine::Accepts(_) | SslLine::ListOf(_) => return Some(claim(85, line.quoted())),
            SslLine::Starts => return Some(claim(60, line.quoted())),
            _ => {}
        }
    }
    by_command.map(|command| claim(60, printed_by(command)))
}

fn claim(strength: u8, because: Text) -> Claim {
    Claim { kind: Kind::AsaSsl, strength, because, share: Share::Mixed }
}

/// `show ssl`, `sh ssl ciphers`, `do show ssl`.
fn is_show_ssl(command: &str) -> bool {
    typed::is(command, &[("show", 2), ("ssl", 3)])
}

fn read(sample: &Sample<'_>, limits: &Limits) -> Parsed {
    let mut ssl = AsaSsl::default();
    let mut in_list = false;
    let mut names = 0_usize;
    let mut kept = Lists::new(limits);
    for line in sample.text.lines() {
        let seen = |text: &str| Located::new(text.to_owned(), line.at());
        let told = line_of(line.text);
        let goes_on = matches!(told, SslLine::Suite(_));
        match told {
            SslLine::Accepts(versions) => ssl.accepts = Some(Located::new(versions, line.at())),
            SslLine::Order(order) => {
                let order = order.into_iter().map(str::to_owned).collect();
                ssl.ciphers.push((String::new(), Located::new(order, line.at())));
                kept.cut(&mut ssl.ciphers);
            }
            SslLine::TrustPoints => ssl.lists_trust_points = true,
            SslLine::SelfSigned => {
                ssl.self_signed.push(seen(line.text.trim()));
                kept.cut(&mut ssl.self_signed);
            }
            SslLine::Bound { interface, name, key } if ssl.lists_trust_points => {
                ssl.trust_points.push(SslTrustpoint {
                    interface: interface.to_owned(),
                    name: seen(name),
                    key: key.to_owned(),
                });
                kept.cut(&mut ssl.trust_points);
            }
            SslLine::Authentication => ssl.certificate_authentication = Some(seen(line.text.trim())),
            SslLine::ListOf(version) => {
                ssl.ciphers.push((version.to_owned(), Located::new(Vec::new(), line.at())));
                kept.cut(&mut ssl.ciphers);
                in_list = true;
            }
            SslLine::Suite(name) if in_list && names < limits.events => {
                if let Some((_, list)) = ssl.ciphers.last_mut() {
                    names = names.saturating_add(1);
                    list.value.push(name.to_owned());
                }
            }
            _ => {}
        }
        in_list &= goes_on || matches!(ssl.ciphers.last(), Some((_, list)) if list.at.line == line.number);
    }
    if ssl == AsaSsl::default() {
        return Parsed::default();
    }
    Parsed::read(vec![Content::AsaSsl(Box::new(ssl))]).within(&kept)
}

fn line_of(line: &str) -> SslLine<'_> {
    let text = line.trim();
    if let Some(rest) = text.strip_prefix("Accept connections using ") {
        return rest
            .split_once(" negotiate to ")
            .map_or(SslLine::Nothing, |(_, to)| SslLine::Accepts(versions(to)));
    }
    if text.starts_with("Start connections using ") {
        return SslLine::Starts;
    }
    if let Some(rest) = text.strip_prefix("Enabled cipher order:") {
        return SslLine::Order(rest.split_ascii_whitespace().collect());
    }
    if text.starts_with("Disabled ciphers:") {
        return SslLine::Disabled;
    }
    if text.starts_with("SSL trust-points:") {
        return SslLine::TrustPoints;
    }
    if text.starts_with("Self-signed ") && text.contains("certificate") {
        return SslLine::SelfSigned;
    }
    if text.starts_with("Certificate authentication ") {
        return SslLine::Authentication;
    }
    if text.starts_with("SSL DH Group:") || text.starts_with("SSL ECDH Group:") {
        return SslLine::Group;
    }
    if let Some(version) = list_title(text) {
        return SslLine::ListOf(version);
    }
    bound(text).or_else(|| suite(text)).unwrap_or(SslLine::Nothing)
}

/// `TLSv1 or greater`, `SSLv3 or TLSv1`, `TLSv1`.
fn versions(text: &str) -> Versions {
    let named: Vec<&str> = text
        .split([' ', ','])
        .map(|word| word.trim_end_matches('.'))
        .filter(|word| word.starts_with("TLSv") || word.starts_with("SSLv"))
        .collect();
    let greater = text.contains("or greater");
    Versions {
        lowest: named.first().map(|word| (*word).to_owned()).unwrap_or_default(),
        highest: named.last().filter(|_| !greater).map(|word| (*word).to_owned()),
    }
}

/// `tlsv1.2 (medium):`, `tlsv1 (custom "AES256-SHA"):`
fn list_title(text: &str) -> Option<&str> {
    let (version, rest) = text.split_once(' ')?;
    let known = LISTS.contains(&version);
    (known && rest.starts_with('(') && rest.ends_with(':')).then_some(version)
}

/// `outside interface: PHONES`, `Interface outside: PHONES (RSA 2048 bits RSA-SHA256)`
fn bound(text: &str) -> Option<SslLine<'_>> {
    let (before, after) = text.split_once(':')?;
    let interface = match before.split_ascii_whitespace().collect::<Vec<_>>().as_slice() {
        [interface, "interface"] | ["Interface", interface] => *interface,
        _ => return None,
    };
    let (name, key) = after.split_once('(').unwrap_or((after, ""));
    let name = name.split_ascii_whitespace().next()?;
    Some(SslLine::Bound { interface, name, key: key.trim_end().trim_end_matches(')') })
}

/// One word of the shape of a suite's name.
fn suite(text: &str) -> Option<SslLine<'_>> {
    let shaped = text.len() >= 5
        && text.contains(['-', '_'])
        && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-' || b == b'_');
    shaped.then_some(SslLine::Suite(text))
}

/// Titles of lists: versions, and the list for connections that the ASA makes itself.
const LISTS: [&str; 8] = ["default", "sslv3", "tlsv1", "tlsv1.1", "tlsv1.2", "tlsv1.3", "dtlsv1", "dtlsv1.2"];
/// Lines looked at for a telling one.
const LINES_AT_MOST: usize = 2000;

#[cfg(test)]
mod tests {

    use super::*;
    use crate::lines::Decoded;

    const OLD: &str = "Accept connections using SSLv2, SSLv3 or TLSv1 and negotiate to SSLv3 or TLSv1\n\
        Start connections using SSLv3 and negotiate to SSLv3 or TLSv1\n\
        Enabled cipher order: rc4-sha1 aes128-sha1\n\
        Disabled ciphers: des-sha1 rc4-md5\n\
        SSL trust-points:\n\
        outside interface: PHONES\n\
        Certificate authentication is not enabled\n";
    const NEW: &str = "Accept connections using SSLv3 or greater and negotiate to TLSv1.2 or greater\n\
        SSL DH Group: group14 (2048-bit modulus)\n\
        SSL ECDH Group: group19 (256-bit EC)\n\
        SSL trust-points:\n\
        \x20 Self-signed (EC 256 bits ecdsa-with-SHA256) certificate available\n\
        \x20 Interface outside: PHONES (RSA 2048 bits RSA-SHA256)\n";
    const CIPHERS: &str = "Current cipher configuration:\n\
        default (medium):\n\
        \x20 ECDHE-RSA-AES256-GCM-SHA384\n\
        tlsv1 (medium):\n\
        \x20 AES256-SHA\n\
        \x20 AES128-SHA\n\
        dtlsv1 (custom \"AES128-SHA\"):\n\
        \x20 AES128-SHA\n\
        asa#\n\
        NOT-A-SUITE\n";

    fn read_text(command: Option<&str>, text: &str) -> Option<AsaSsl> {
        let decoded = Decoded::new(text.as_bytes(), 65536);
        let sample = Sample { name: "x", command, bytes: text.as_bytes(), text: &decoded, complete: true };
        recognise(&sample)?;
        let parsed = read(&sample, &Limits::default());
        parsed.documents.into_iter().find_map(|content| match content {
            Content::AsaSsl(ssl) => Some(*ssl),
            _ => None,
        })
    }

    #[test]
    fn an_older_release_is_read_in_full() {
        let ssl = read_text(None, OLD).unwrap();
        let accepts = ssl.accepts.unwrap().value;
        assert_eq!((accepts.lowest.as_str(), accepts.highest.as_deref()), ("SSLv3", Some("TLSv1")));
        let (version, order) = &ssl.ciphers[0];
        assert_eq!((version.as_str(), order.at.line), ("", 3));
        assert_eq!(order.value, ["rc4-sha1", "aes128-sha1"]);
        assert_eq!(
            (ssl.trust_points[0].interface.as_str(), ssl.trust_points[0].name.value.as_str()),
            ("outside", "PHONES")
        );
        assert!(ssl.certificate_authentication.is_some());
    }

    #[test]
    fn a_newer_release_names_the_lowest_version_and_the_keys() {
        let ssl = read_text(None, NEW).unwrap();
        let accepts = ssl.accepts.unwrap().value;
        assert_eq!((accepts.lowest.as_str(), accepts.highest), ("TLSv1.2", None));
        assert!(ssl.trust_points[0].key.starts_with("RSA 2048"));
        assert_eq!(ssl.self_signed[0].at.line, 5);
    }

    #[test]
    fn every_version_has_its_own_list() {
        let ssl = read_text(None, CIPHERS).unwrap();
        let lists: Vec<_> =
            ssl.ciphers.iter().map(|(version, list)| (version.as_str(), list.value.len())).collect();
        assert_eq!(lists, [("default", 1), ("tlsv1", 2), ("dtlsv1", 1)]);
    }

    #[test]
    fn prose_is_no_output() {
        assert_eq!(read_text(None, "The phone and the ASA start connections.\ntlsv1 (medium)\n"), None);
        assert_eq!(read_text(Some("show running-config ssl"), "ssl encryption rc4-sha1\n"), None);
        assert_eq!(read_text(Some("show ssl"), "^ERROR\n"), None);
    }

    #[test]
    fn a_cut_at_any_byte_is_read() {
        for text in [OLD, NEW, CIPHERS] {
            for cut in 0..text.len() {
                read_text(None, &text[..cut]);
            }
        }
    }
}
