//! E-mail as it was saved: transfer encodings, parts, attachments.
//!
//! ```text
//! Content-Type: text/plain; charset="utf-8"
//! Content-Transfer-Encoding: quoted-printable
//!
//! Nov 23 2026 10:19:27 asa1 : %ASA-6-725001: Starting SSL handshake with client=
//!  outside:203.0.113.44/50091 to 192.0.2.1/443 for TLS session
//! ```
//! A part with a file name becomes an input of its own; the others are decoded where they stand. Of two forms of one
//! text (plain and HTML) the plain one is read, unless it says much less.
//!
//! Empty: a text that does not begin with the headers of a mail, and in which no line ends as quoted-printable does.
//! Quirks: headers and boundaries are left out, so that they are no evidence. A page saved as one file (`.mht`) is a
//! mail as well. Parts lie in one another; they are read with a stack.
//!
//! Sources: RFC 2045 6.7 and 6.8, RFC 2046 5.1, RFC 2183, RFC 3676 4.

use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use base64::{Engine as _, alphabet};

use super::{Forms, Inside, html};
use crate::input::Note;
use crate::lines::{Decoded, Encoding, Line};
use crate::text::Text;

/// The text of the mail.
pub(super) fn off(text: &Decoded, forms: &mut Forms<'_>) -> Option<Decoded> {
    if begins_with_headers(text) {
        forms.mail = was_sent(text);
        let mut mail = Mail { forms, written: Decoded::default(), boundaries: Vec::new(), plain: Vec::new() };
        mail.read(text);
        return Some(mail.written);
    }
    loose(text)
}

/// Headers of a mail, one of which tells how it is written.
fn begins_with_headers(text: &Decoded) -> bool {
    let head = text.lines().skip_while(|line| line.text.trim().is_empty() || line.text.starts_with("From "));
    let (mut headers, mut telling) = (0, false);
    for line in head.take(HEAD_LINES) {
        if line.text.is_empty() {
            break;
        }
        if line.text.starts_with([' ', '\t']) {
            continue;
        }
        let Some(name) = header_name(line.text) else { return false };
        headers += 1;
        telling |= name.starts_with("content-") || name == "mime-version";
    }
    headers >= 2 && telling
}

/// It was sent to someone; a page that was saved as one file was not.
fn was_sent(text: &Decoded) -> bool {
    let head = text.lines().skip_while(|line| line.text.trim().is_empty() || line.text.starts_with("From "));
    let names = head.take(HEAD_LINES).take_while(|line| !line.text.is_empty());
    let mut names = names.filter_map(|line| header_name(line.text));
    names.any(|name| SENT.contains(&name.as_str()))
}

fn header_name(line: &str) -> Option<String> {
    let (name, _) = line.split_once(':')?;
    let fits = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    fits.then(|| name.to_ascii_lowercase())
}

/// What the headers of a part say.
#[derive(Clone, Debug, Default)]
struct Part {
    kind: String,
    encoding: String,
    name: String,
    boundary: String,
    attached: bool,
    flowed: bool,
}

impl Part {
    /// Takes one header, its continuation lines joined.
    fn take(&mut self, header: &str) {
        let Some((name, value)) = header.split_once(':') else { return };
        let (first, parameters) = value.split_once(';').unwrap_or((value, ""));
        let first = first.trim().to_ascii_lowercase();
        match name.to_ascii_lowercase().as_str() {
            "content-type" => {
                self.kind = first;
                self.boundary = parameter(parameters, "boundary").unwrap_or_default();
                self.flowed = parameter(parameters, "format")
                    .is_some_and(|format| format.eq_ignore_ascii_case("flowed"));
                self.name = parameter(parameters, "name").unwrap_or(std::mem::take(&mut self.name));
            }
            "content-disposition" => {
                self.attached = first == "attachment";
                if let Some(name) = parameter(parameters, "filename") {
                    self.name = name;
                }
            }
            "content-transfer-encoding" => self.encoding = first,
            _ => {}
        }
    }

    fn is_text(&self) -> bool {
        self.kind.is_empty() || self.kind.starts_with("text/")
    }

    /// A file of its own.
    fn is_file(&self) -> bool {
        self.attached || !self.name.is_empty() || !self.is_text() && !self.kind.starts_with("message/")
    }
}

/// A parameter's value; `filename*=utf-8''asa%20log.txt` and `filename*0=` are forms of it.
fn parameter(parameters: &str, name: &str) -> Option<String> {
    let mut value = String::new();
    for one in parameters.split(';') {
        let Some((key, told)) = one.split_once('=') else { continue };
        let key = key.trim().to_ascii_lowercase();
        let Some(rest) = key.strip_prefix(name) else { continue };
        if !rest.is_empty() && !rest.starts_with('*') {
            continue;
        }
        let told = told.trim().trim_matches('"');
        if rest.ends_with('*') {
            let told = told.rsplit('\'').next().unwrap_or(told);
            value.push_str(&Encoding::Bytes.decode(&percent(told)));
        } else {
            value.push_str(told);
        }
    }
    (!value.is_empty()).then_some(value)
}

fn percent(text: &str) -> Vec<u8> {
    hexadecimal(text.as_bytes(), b'%')
}

/// Bytes with `=3D` or `%3D` turned into what they stand for.
fn hexadecimal(bytes: &[u8], mark: u8) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let pair = bytes.get(at + 1..at + 3).and_then(|pair| std::str::from_utf8(pair).ok());
        match pair.filter(|_| *byte == mark).and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            Some(value) => {
                decoded.push(value);
                at += 3;
            }
            None => {
                decoded.push(*byte);
                at += 1;
            }
        }
    }
    decoded
}

struct Mail<'f, 'a> {
    forms: &'f mut Forms<'a>,
    written: Decoded,
    /// Boundaries of the open multiparts, and whether each holds forms of one text.
    boundaries: Vec<(String, bool)>,
    /// For each open multipart, how many signs of plain text were read.
    plain: Vec<usize>,
}

impl Mail<'_, '_> {
    fn read(&mut self, text: &Decoded) {
        let lines =
            text.lines().skip_while(|line| line.text.trim().is_empty() || line.text.starts_with("From "));
        let mut part = Part::default();
        let mut header = String::new();
        let mut in_headers = true;
        let mut body: Vec<Line<'_>> = Vec::new();
        for line in lines {
            if let Some((depth, last)) = self.boundary(line.text) {
                self.end(&part, &std::mem::take(&mut body));
                self.boundaries.truncate(if last { depth } else { depth + 1 });
                self.plain.truncate(self.boundaries.len());
                part = Part::default();
                header.clear();
                in_headers = !last;
                if last {
                    // What stands behind the last part is for readers without MIME.
                    part.kind = "application/x-epilogue".to_owned();
                }
                continue;
            }
            if !in_headers {
                body.push(line);
                continue;
            }
            if line.text.starts_with([' ', '\t']) && !line.text.trim().is_empty() {
                header.push(' ');
                header.push_str(line.text.trim());
                continue;
            }
            part.take(&header);
            line.text.clone_into(&mut header);
            if line.text.trim().is_empty() {
                in_headers = part.kind == "message/rfc822";
                if in_headers {
                    part = Part::default();
                } else if part.kind.starts_with("multipart/") && self.boundaries.len() < DEPTH {
                    self.boundaries.push((part.boundary.clone(), part.kind == "multipart/alternative"));
                    self.plain.push(0);
                    part.kind = "application/x-preamble".to_owned();
                }
            }
        }
        self.end(&part, &body);
    }

    /// The multipart whose boundary this line is, and whether it is the last one.
    fn boundary(&self, line: &str) -> Option<(usize, bool)> {
        let name = line.strip_prefix("--")?.trim_end();
        self.boundaries.iter().enumerate().rev().find_map(|(depth, (boundary, _))| {
            let rest = name.strip_prefix(boundary.as_str()).filter(|_| !boundary.is_empty())?;
            matches!(rest, "" | "--").then_some((depth, rest == "--"))
        })
    }

    /// Takes the body of a part.
    fn end(&mut self, part: &Part, body: &[Line<'_>]) {
        let preamble = part.kind.starts_with("application/x-") && part.kind.ends_with("amble")
            || part.kind.ends_with("x-epilogue");
        if preamble || body.iter().all(|line| line.text.trim().is_empty()) {
            return;
        }
        if part.is_file() {
            if !part.kind.starts_with("image/") {
                self.file(part, body);
            }
            return;
        }
        let alternative = self.boundaries.last().is_some_and(|(_, alternative)| *alternative);
        let decoded = decoded(part, body);
        let page = part.kind == "text/html";
        let shown = if page { html::shown(&decoded, true) } else { decoded };
        let signs: usize = shown.lines().map(|line| line.text.trim().len()).sum();
        match self.plain.last_mut() {
            // A plain form that says much less than the page is none of it: "see below", an advertisement.
            Some(plain) if page && alternative && *plain > 0 && signs < *plain * 2 => return,
            Some(plain) if !page => *plain += signs,
            _ => {}
        }
        for line in shown.lines() {
            self.written.append(&line);
        }
    }

    fn file(&mut self, part: &Part, body: &[Line<'_>]) {
        let bytes = match part.encoding.as_str() {
            "base64" => {
                let text: String = body.iter().map(|line| line.text.trim()).collect();
                let Ok(bytes) = BASE64.decode(text.trim_end_matches('=')) else {
                    let line = body.first().map_or(0, |line| line.number);
                    self.forms.notes.push(Note::line(line, DAMAGED));
                    return;
                };
                bytes
            }
            _ => decoded(part, body).text().as_bytes().to_vec(),
        };
        let name = if part.name.is_empty() { part.kind.clone() } else { part.name.clone() };
        self.forms.inside.push(Inside { name, command: None, bytes, field: false });
    }
}

/// A body without its transfer encoding, each line with the place at which it begins.
fn decoded(part: &Part, body: &[Line<'_>]) -> Decoded {
    match part.encoding.as_str() {
        "quoted-printable" => quoted_printable(body),
        "base64" => from_base64(body),
        _ => flowing(part, body),
    }
}

/// Soft line breaks and `=3D` undone.
fn quoted_printable(body: &[Line<'_>]) -> Decoded {
    let mut written = Decoded::default();
    let mut open: Vec<u8> = Vec::new();
    let mut begin: Option<Line<'_>> = None;
    for line in body {
        let first = *begin.get_or_insert(*line);
        let shown = line.text.trim_end();
        if let Some(rest) = shown.strip_suffix('=') {
            open.extend(hexadecimal(rest.as_bytes(), b'='));
            continue;
        }
        open.extend(hexadecimal(line.text.as_bytes(), b'='));
        append(&mut written, &first, &open);
        open.clear();
        begin = None;
    }
    if let Some(first) = begin {
        append(&mut written, &first, &open);
    }
    written
}

fn append(written: &mut Decoded, first: &Line<'_>, bytes: &[u8]) {
    let text = Encoding::Bytes.decode(bytes);
    for text in text.lines() {
        written.append(&Line { text, ..*first });
    }
    if text.is_empty() {
        written.append(&Line { text: "", ..*first });
    }
}

/// Base64, read line by line; what is no base64 stays as it is.
fn from_base64(body: &[Line<'_>]) -> Decoded {
    let mut written = Decoded::default();
    let text: String = body.iter().map(|line| line.text.trim()).collect();
    let Ok(bytes) = BASE64.decode(text.trim_end_matches('=')) else {
        body.iter().for_each(|line| written.append(line));
        return written;
    };
    // The place of each byte: the line whose signs hold it.
    let mut ends = Vec::with_capacity(body.len());
    let mut signs = 0;
    for line in body {
        signs += line.text.trim().len();
        ends.push(signs * 3 / 4);
    }
    let mut at = 0;
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        let place = ends.partition_point(|end| *end <= at);
        if let Some(first) = body.get(place.min(body.len().saturating_sub(1))) {
            let text = Encoding::Bytes.decode(line);
            written.append(&Line { text: text.trim_end_matches(['\n', '\r']), ..*first });
        }
        at += line.len();
    }
    written
}

/// Plain text; in flowed text a blank at the end says that the line goes on.
fn flowing(part: &Part, body: &[Line<'_>]) -> Decoded {
    let mut written = Decoded::default();
    let mut open = String::new();
    let mut begin: Option<Line<'_>> = None;
    for line in body {
        let first = *begin.get_or_insert(*line);
        open.push_str(line.text);
        if part.flowed && line.text.ends_with(' ') && line.text != "-- " && open.len() < LONGEST {
            continue;
        }
        written.append(&Line { text: &open, ..first });
        open.clear();
        begin = None;
    }
    if let Some(first) = begin {
        written.append(&Line { text: &open, ..first });
    }
    written
}

/// Quoted-printable text whose headers were not saved: several lines of nearly 76 signs end with `=`, and every other
/// sign of equality is written as `=3D` (RFC 2045 6.7), which a heading in a comment, `! ===== Routing =====`, is not.
fn loose(text: &Decoded) -> Option<Decoded> {
    let soft = |line: &Line<'_>| {
        line.text.ends_with('=') && (60..=77).contains(&line.text.len()) && line.text.contains(' ')
    };
    let mut breaks = 0;
    for line in text.lines().take(LOOSE_LINES) {
        if !is_quoted_printable(line.text) {
            return None;
        }
        breaks += usize::from(soft(&line));
    }
    if breaks < 2 {
        return None;
    }
    let lines: Vec<Line<'_>> = text.lines().collect();
    Some(quoted_printable(&lines))
}

/// True where each `=` begins a code or stands at the end.
fn is_quoted_printable(line: &str) -> bool {
    line.match_indices('=').all(|(at, _)| {
        let code = line.as_bytes().get(at + 1..).unwrap_or_default();
        code.is_empty()
            || matches!(code, [high, low, ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit())
    })
}

const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);
/// Headers of what was sent to someone.
const SENT: [&str; 7] = ["bcc", "cc", "delivered-to", "message-id", "received", "return-path", "to"];
/// Lines in which the headers of a mail end.
const HEAD_LINES: usize = 200;
/// Lines in which soft breaks show.
const LOOSE_LINES: usize = 400;
/// Parts in one another.
const DEPTH: usize = 32;
/// Bytes of a flowed line.
const LONGEST: usize = 64 << 10;

const DAMAGED: Text = Text::fixed(
    "A part of this mail is encoded (base64) and damaged. Save the attachment from the mail program and drop the file.",
    "Ein Teil dieser E-Mail ist kodiert (base64) und beschädigt. Speichern Sie den Anhang aus dem Mailprogramm und legen Sie die Datei ab.",
);
