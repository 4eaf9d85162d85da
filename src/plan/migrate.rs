//! What an upgrade makes of lines that the new release does not have.
//!
//! ```text
//! 9.3(1) → 9.4(1)    ssl encryption rc4-sha1 aes128-sha1
//!                    → ssl cipher default|tlsv1|dtlsv1 custom "RC4-SHA:AES128-SHA"; tlsv1.2 stays at its level
//! ```
//! Read off the configuration of an ASA 5525 that was upgraded to 9.4(4)5; no document of Cisco's says it. Back again the
//! lines of `ssl cipher` are not understood and fall away.

use super::merge::Configuration;
use crate::tables::asa_ciphers;
use crate::tables::asa_defaults::CIPHER_COMMAND;
use crate::text::Text;

/// Three numbers of a release.
type Numbers = [u32; 3];

/// The lines that take the place of those that the new release does not have, and what is taken for granted by it.
pub(super) fn lines(
    configuration: &Configuration,
    from: Option<Numbers>,
    to: Numbers,
) -> (Vec<(u32, String)>, Option<Text>) {
    let up = to >= CIPHER_COMMAND && from.is_none_or(|from| from < CIPHER_COMMAND);
    let down = to < CIPHER_COMMAND && from.is_none_or(|from| from >= CIPHER_COMMAND);
    let mut lines: Vec<String> = Vec::new();
    for line in &configuration.lines {
        let words: Vec<&str> = line.text.split_ascii_whitespace().collect();
        match words.as_slice() {
            ["ssl", "encryption", names @ ..] if up && !line.text.starts_with(' ') => {
                let suites: Vec<&str> =
                    names.iter().map(|name| asa_ciphers::openssl_name(name).unwrap_or(name)).collect();
                lines.push("no ssl encryption".to_owned());
                let list = suites.join(":");
                lines.extend(
                    ["default", "tlsv1", "dtlsv1"]
                        .map(|version| format!("ssl cipher {version} custom \"{list}\"")),
                );
            }
            ["ssl", "server-version", "any" | "sslv3" | "sslv3-only" | "tlsv1-only", ..] if up => {
                lines.push("ssl server-version tlsv1".to_owned());
            }
            ["ssl", "cipher", version, ..] if down => lines.push(format!("no ssl cipher {version}")),
            _ => {}
        }
    }
    let told = (!lines.is_empty()).then_some(if up { MIGRATED } else { FALLS_AWAY });
    (lines.into_iter().map(|line| (0, line)).collect(), told)
}

const MIGRATED: Text = Text::fixed(
    "Taken from one upgraded ASA, and said by no document: the list of `ssl encryption` becomes lines of `ssl cipher` for TLS 1.0 and DTLS 1.0, while TLS 1.2 gets its default.",
    "Von einer einzigen aktualisierten ASA abgelesen, in keinem Dokument gesagt: Die Liste von `ssl encryption` wird zu Zeilen `ssl cipher` für TLS 1.0 und DTLS 1.0, während TLS 1.2 seine Vorgabe erhält.",
);
const FALLS_AWAY: Text = Text::fixed(
    "It is assumed that a release before 9.3(2) drops the lines of `ssl cipher`; what it puts in their place is not known.",
    "Angenommen ist, dass eine Version vor 9.3(2) die Zeilen `ssl cipher` fallen lässt; was sie an deren Stelle setzt, ist nicht bekannt.",
);
