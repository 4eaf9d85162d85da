//! Certificates in a configuration: hexadecimal lines under `crypto ca certificate chain`.
//!
//! ```text
//! crypto ca certificate chain PHONES
//!  certificate 5a2b1c
//!     308202d0 30820239 a0030201 …
//!   quit
//! ```
//! IOS writes the same under `crypto pki certificate chain`, with `certificate self-signed 01`. The bytes are the
//! whole certificate in DER, so that the hash which a phone compares can be computed from a configuration alone. A
//! block with damaged or missing digits would give another hash: it is not handed on, and a note says where.

use super::commands::Command;
use crate::documents::Holder;
use crate::documents::asa_config::AsaConfig;
use crate::formats::{Der, Parsed};
use crate::input::Note;
use crate::limits::Limits;
use crate::source::{At, Located};
use crate::text::Text;

/// Collects the certificates of a text.
pub(super) struct Reader {
    longest: usize,
    open: Option<Open>,
    certificates: Vec<Der>,
    notes: Vec<Note>,
}

struct Open {
    at: At,
    holder: Holder,
    bytes: Vec<u8>,
    /// The first line that is not hexadecimal.
    damaged: Option<u32>,
}

impl Reader {
    pub fn new(limits: &Limits) -> Self {
        let longest = usize::try_from(limits.der).unwrap_or(usize::MAX);
        Self { longest, open: None, certificates: Vec::new(), notes: Vec::new() }
    }

    /// `certificate [ca|self-signed] SERIAL` inside a chain.
    pub fn begin(
        &mut self,
        command: &Command<'_>,
        words: &[&str],
        trustpoint: usize,
        config: &mut AsaConfig,
    ) {
        let Some((serial, ca)) = head(words) else { return };
        let Some(trustpoint) = config.trustpoints.get_mut(trustpoint) else { return };
        trustpoint.chain.push((Located::new(serial.to_ascii_lowercase(), command.at()), ca));
        let name = trustpoint.name.value.clone();
        self.open(command, Holder::Trustpoint { name, ca });
    }

    /// The same where the text begins inside a chain, so that its trust-point is not known.
    pub fn begin_alone(&mut self, command: &Command<'_>, words: &[&str]) {
        if head(words).is_some() {
            self.open(command, Holder::File);
        }
    }

    fn open(&mut self, command: &Command<'_>, holder: Holder) {
        self.open = Some(Open { at: command.at(), holder, bytes: Vec::new(), damaged: None });
    }

    /// Takes a line of the certificate under way; `false` where none is, or where the line ends it by being
    /// something else.
    pub fn take(&mut self, command: &Command<'_>) -> bool {
        let Some(open) = &mut self.open else { return false };
        let first = command.text.split_ascii_whitespace().next().unwrap_or_default();
        if first.is_empty() {
            return true;
        }
        if first == "quit" {
            self.close();
            return true;
        }
        // One word of digits only could be a name; a command is known by letters that are no digits.
        if ENDS.contains(&first) || first.starts_with('!') {
            if open.bytes.is_empty() && open.damaged.is_none() {
                // `certificate self-signed 01 nvram:…` names a file instead of printing it.
                self.open = None;
            } else {
                self.close();
            }
            return false;
        }
        if !append(&mut open.bytes, command.text) && open.damaged.is_none() {
            open.damaged = Some(command.line_number());
        }
        if open.bytes.len() > self.longest {
            open.bytes.clear();
            open.damaged = Some(command.line_number());
        }
        true
    }

    fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        if let Some(line) = open.damaged {
            self.notes.push(Note::line(line, DAMAGED));
        } else if open.bytes.len() < length(&open.bytes) {
            self.notes.push(Note::line(open.at.line, CUT));
        } else {
            self.certificates.push(Der { bytes: open.bytes, at: open.at, holder: open.holder });
        }
    }

    /// Hands over what was found.
    pub fn finish(mut self, parsed: &mut Parsed) {
        self.close();
        parsed.certificates.append(&mut self.certificates);
        parsed.notes.append(&mut self.notes);
    }
}

/// Serial number and whether it is a CA's: `certificate 5a2b`, `certificate ca 01`, `certificate self-signed 01`.
pub(super) fn head<'a>(words: &[&'a str]) -> Option<(&'a str, bool)> {
    let (serial, ca) = match words {
        ["certificate", serial] => (*serial, false),
        ["certificate", "ca", serial] => (*serial, true),
        ["certificate", _, serial] => (*serial, false),
        _ => return None,
    };
    let digits = !serial.is_empty() && serial.bytes().all(|byte| byte.is_ascii_hexdigit());
    digits.then_some((serial, ca))
}

/// Appends hexadecimal groups; `false`, and nothing appended, where they are not.
fn append(bytes: &mut Vec<u8>, text: &str) -> bool {
    let before = bytes.len();
    let mut high = None;
    for byte in text.bytes().filter(|byte| !byte.is_ascii_whitespace()) {
        let Some(digit) = char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok()) else {
            bytes.truncate(before);
            return false;
        };
        match high.take() {
            None => high = Some(digit),
            Some(high) => bytes.push(high << 4 | digit),
        }
    }
    if high.is_some() {
        bytes.truncate(before);
    }
    high.is_none()
}

/// Bytes that a DER sequence of these first bytes has; more than there can be where it is none.
fn length(bytes: &[u8]) -> usize {
    let (count, body) = match bytes {
        [0x30, short @ 0..=0x7f, ..] => return usize::from(*short) + 2,
        [0x30, long @ 0x81..=0x83, body @ ..] => (usize::from(long & 0x7f), body),
        _ => return usize::MAX,
    };
    let Some(length) = body.get(..count) else { return usize::MAX };
    length.iter().fold(0, |length, byte| length << 8 | usize::from(*byte)) + 2 + count
}

/// Words that begin another command, so that a certificate without `quit` ends before them.
const ENDS: [&str; 7] = ["certificate", "crypto", "exit", "end", "tunnel-group", "webvpn", "ssl"];
const DAMAGED: Text = Text::fixed(
    "This line of a certificate is not hexadecimal, so the certificate is not used. Paste the block again, or export it with “crypto ca export <trustpoint> identity-certificate”.",
    "Diese Zeile eines Zertifikats ist nicht hexadezimal, deshalb wird das Zertifikat nicht verwendet. Fügen Sie den Block neu ein, oder exportieren Sie es mit „crypto ca export <trustpoint> identity-certificate“.",
);
const CUT: Text = Text::fixed(
    "The certificate that begins here is cut off or has missing lines, so it is not used. Paste the block again up to “quit”.",
    "Das Zertifikat, das hier beginnt, ist abgeschnitten oder es fehlen Zeilen, deshalb wird es nicht verwendet. Fügen Sie den Block bis „quit“ neu ein.",
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn der_says_how_long_it_is() {
        for (bytes, expected) in [
            (&[0x30, 0x03][..], 5),
            (&[0x30, 0x82, 0x01, 0x02], 0x106),
            (&[0x30, 0x81, 0x80], 0x83),
            (&[0x30, 0x82], usize::MAX),
            (&[0x31, 0x03], usize::MAX),
            (&[], usize::MAX),
        ] {
            assert_eq!(length(bytes), expected, "{bytes:x?}");
        }
    }
}
