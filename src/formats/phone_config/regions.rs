//! Where in a text the XML of a phone's configuration stands.
//!
//! ```text
//! Hello, this is what the phone gets:
//! <vpnGroup> … </vpnGroup>          ← one region
//! Regards
//! ```
//!
//! One pass over the tags, without a parser: the text may be an e-mail, a whole file, several files after one
//! another, or half a file whose beginning is lost.

use std::ops::Range;

use crate::documents::phone_config::Form;

/// Configurations read from one text.
const REGIONS_AT_MOST: usize = 64;

/// What was found in a text.
#[derive(Debug, Default)]
pub(super) struct Regions {
    /// Stretches of XML, in order.
    pub regions: Vec<Region>,
    /// Where a further region begins that is over the bound.
    pub more: Option<usize>,
    /// Nothing but whole documents and their prologues stands in the text.
    pub alone: bool,
    /// Where `<!DOCTYPE` stands.
    pub doctype: Option<usize>,
}

/// One stretch of XML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Region {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// What its first tag says that it is.
    pub form: Form,
    /// It holds an element that only a phone's configuration has.
    pub telling: bool,
    /// It is a `<vpnGroup>` with its end.
    pub whole_group: bool,
}

/// Finds the regions.
pub(super) fn find(text: &str) -> Regions {
    let mut found = Regions::default();
    let mut open: Option<Region> = None;
    let mut commented = None;
    let mut end_of_tags = 0;
    let mut outside_blank = true;
    // The open fragment began with `<vpnGroup>`, so it ends with its end.
    let mut in_group = false;
    // Where the known elements in front of a telling one begin.
    let mut run = None;
    for tag in Tags::new(text) {
        if open.is_none() {
            outside_blank &= blank(text.get(end_of_tags..tag.range.start));
        }
        end_of_tags = tag.range.end;
        match tag.what {
            What::Comment if open.is_none() && commented.is_none() => {
                let comment = text.get(tag.range.clone()).unwrap_or_default();
                commented = comment.contains("<vpnGroup>").then(|| tag.range.clone());
                continue;
            }
            What::DocType => {
                found.doctype.get_or_insert(tag.range.start);
                continue;
            }
            What::Comment | What::Instruction => continue,
            What::Open | What::Close => {}
        }
        let opens = tag.what == What::Open;
        // In a whole document that tells what it is, further names tell no more.
        let settled = open.as_ref().is_some_and(|region| region.telling && region.form != Form::Fragment);
        // In a fragment only an element with its end tells: a sentence may name the tag alone.
        let tells = !settled && TELLING.has(tag.name);
        let valued = opens && tells && valued(text, &tag);
        let root = opens.then(|| root_form(tag.name)).flatten();
        let starts = match &open {
            // A second root begins a second document; `<flat-profile>` stands inside `<device>`.
            Some(region) if root.is_some() => {
                region.form == Form::Fragment || root != Some(Form::MultiPlatform)
            }
            Some(_) => opens && tag.name == "vpnGroup" && in_group,
            None => root.is_some() || (opens && tag.name == "vpnGroup") || valued,
        };
        let known = tells || !settled && KNOWN.has(tag.name);
        run = if known && open.is_none() { run.or(Some(tag.range.start)) } else { None };
        if starts {
            close(&mut found, open.take());
            if found.more.is_some() {
                break;
            }
            in_group = root.is_none() && opens && tag.name == "vpnGroup";
            let start = match root {
                None if !in_group => run.unwrap_or(tag.range.start),
                _ => tag.range.start,
            };
            open = Some(Region {
                range: start..tag.range.end,
                form: root.unwrap_or(Form::Fragment),
                telling: false,
                whole_group: false,
            });
        }
        let Some(region) = &mut open else {
            outside_blank = false;
            continue;
        };
        region.telling |= valued || region.form != Form::Fragment && tells;
        if known || region.form != Form::Fragment {
            region.range.end = tag.range.end;
        }
        let ends_root = root_form(tag.name).is_some_and(|form| form == region.form);
        let ends_group = in_group && tag.name == "vpnGroup";
        if !opens && (ends_root || ends_group) {
            region.whole_group = in_group;
            in_group = false;
            close(&mut found, open.take());
        }
    }
    if let Some(region) = &mut open {
        // A document without an end goes to the end of the text; a fragment ends with its last known tag, or with
        // the hash that stands behind it without one.
        region.range.end = match region.form {
            Form::Fragment => region.range.end + bare_hash_after(text, region.range.end),
            _ => text.len(),
        };
        end_of_tags = region.range.end;
    }
    close(&mut found, open);
    if found.regions.is_empty()
        && let Some(range) = commented
    {
        let region = Region { range, form: Form::Fragment, telling: true, whole_group: false };
        found.regions.push(region);
    }
    let whole = found.regions.iter().all(|region| region.form != Form::Fragment);
    found.alone = whole && !found.regions.is_empty() && outside_blank && blank(text.get(end_of_tags..));
    found
}

/// Files a finished region. `<vpnGroup>` named in a sentence, with nothing in it, is none.
fn close(found: &mut Regions, region: Option<Region>) {
    let Some(region) = region else { return };
    if region.form == Form::Fragment && !region.telling && !region.whole_group {
        return;
    }
    if found.regions.len() < REGIONS_AT_MOST {
        found.regions.push(region);
    } else {
        found.more.get_or_insert(region.range.start);
    }
}

/// `<name>…</name>` with nothing but text between.
fn valued(text: &str, tag: &Tag<'_>) -> bool {
    let rest = text.get(tag.range.end..).unwrap_or_default();
    let next = memchr::memchr(b'<', rest.as_bytes()).and_then(|next| rest.get(next..));
    next.and_then(|next| next.strip_prefix("</")?.strip_prefix(tag.name)).is_some()
}

fn blank(text: Option<&str>) -> bool {
    text.is_none_or(|text| text.trim().is_empty())
}

fn root_form(name: &str) -> Option<Form> {
    match name {
        "device" => Some(Form::Device),
        "Default" => Some(Form::Default),
        "flat-profile" => Some(Form::MultiPlatform),
        _ => None,
    }
}

/// Length of the blanks and the one word after `from` that can be a hash: it has no tag in Cisco's document.
fn bare_hash_after(text: &str, from: usize) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    let word = rest.trim_start();
    let length = word.find(|sign: char| sign.is_whitespace() || sign == '<').unwrap_or(word.len());
    match word.get(..length) {
        Some(word) if like_a_hash(word) => rest.len() - rest.trim_start().len() + length,
        _ => 0,
    }
}

/// Names of elements; a trailing `#` stands for a number.
struct Names(&'static [&'static str]);

impl Names {
    fn has(&self, name: &str) -> bool {
        let begins = name.as_bytes().first();
        // Most names are none of these, and their first letters show it.
        self.0.iter().filter(|known| known.as_bytes().first() == begins).any(|known| {
            match known.strip_suffix('#') {
                Some(known) => {
                    let plain = name.trim_end_matches(|digit: char| digit.is_ascii_digit());
                    known == plain && plain.len() < name.len()
                }
                None => *known == name,
            }
        })
    }
}

/// Elements that only a phone's configuration has.
const TELLING: Names = Names(&[
    "autoNetDetect",
    "callManagerGroup",
    "certHash#",
    "deviceProtocol",
    "deviceSecurityMode",
    "enableHostIDCheck",
    "encrConfig",
    "failConnectTime",
    "flat-profile",
    "fullConfig",
    "hashAlg",
    "loadInformation",
    "loadInformation#",
    "processNodeName",
    "pswdPersistent",
]);

/// Further elements that may end a fragment; each is too common to begin one.
const KNOWN: Names = Names(&[
    "addresses",
    "authMethod",
    "commonConfig",
    "credentials",
    "device",
    "devicePool",
    "disableTLSCiphers",
    "enterpriseConfig",
    "ipAddressMode",
    "mtu",
    "spanToPCPort",
    "url#",
    "vendorConfig",
    "versionStamp",
    "vpnGroup",
    "webAccess",
]);

/// One tag of a text.
#[derive(Debug)]
struct Tag<'t> {
    range: Range<usize>,
    name: &'t str,
    what: What,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Close,
    Comment,
    DocType,
    Instruction,
    Open,
}

/// The tags of a text, from left to right.
struct Tags<'t> {
    text: &'t str,
    from: usize,
}

impl<'t> Tags<'t> {
    fn new(text: &'t str) -> Self {
        Self { text, from: 0 }
    }
}

impl<'t> Iterator for Tags<'t> {
    type Item = Tag<'t>;

    fn next(&mut self) -> Option<Tag<'t>> {
        loop {
            let bytes = self.text.as_bytes();
            let start = self.from + memchr::memchr(b'<', bytes.get(self.from..)?)?;
            let rest = self.text.get(start + 1..)?;
            let (what, end) = if let Some(comment) = rest.strip_prefix("!--") {
                // A comment without an end hides the rest.
                (What::Comment, comment.find("-->").map_or(self.text.len(), |end| start + 4 + end + 3))
            } else if doctype(rest) {
                (What::DocType, doctype_length(rest).map_or(self.text.len(), |end| start + 1 + end))
            } else {
                let what = match rest.as_bytes() {
                    [b'!' | b'?', ..] => What::Instruction,
                    [b'/', ..] => What::Close,
                    _ => What::Open,
                };
                let end = memchr::memchr2(b'>', b'<', rest.as_bytes()).map(|end| start + 1 + end);
                let closed = end.filter(|end| bytes.get(*end) == Some(&b'>')).map(|end| end + 1);
                (what, closed.or(end).unwrap_or(self.text.len()))
            };
            self.from = end;
            let body = rest.strip_prefix('/').unwrap_or(rest);
            let length = body.bytes().position(|byte| !name_sign(byte)).unwrap_or(body.len());
            let name = body.get(..length).unwrap_or_default();
            match what {
                What::Open | What::Close if name.is_empty() => {}
                _ => return Some(Tag { range: start..end, name, what }),
            }
        }
    }
}

fn doctype(rest: &str) -> bool {
    rest.get(..8).is_some_and(|word| word.eq_ignore_ascii_case("!DOCTYPE"))
}

/// Length of a document type behind its `<`; its declarations stand in brackets.
fn doctype_length(rest: &str) -> Option<usize> {
    let end = rest.find('>')?;
    match rest.find('[').filter(|bracket| *bracket < end) {
        Some(_) => rest.find("]>").map(|end| end + 2),
        None => Some(end + 1),
    }
}

fn name_sign(sign: u8) -> bool {
    sign.is_ascii_alphanumeric() || matches!(sign, b'-' | b'_' | b':' | b'.')
}

/// One word that may be a certificate hash in hexadecimal or Base64: long enough, and of no other characters.
pub(super) fn like_a_hash(word: &str) -> bool {
    (20..=128).contains(&word.len())
        && word.bytes().all(|sign| sign.is_ascii_alphanumeric() || b"+/=-_:".contains(&sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<(&str, Form)> {
        find(text).regions.iter().map(|region| (&text[region.range.clone()], region.form)).collect()
    }

    #[test]
    fn the_stretches_of_xml_in_a_text_are_found() {
        let group = "<vpnGroup><mtu>1290</mtu></vpnGroup>";
        let hash = "<certHash1>QilRh0DTTkpVFLf1SKjIf6x9UjQ=</certHash1>";
        let rows: &[(String, &[(&str, Form)])] = &[
            (format!("Hello <jo@example.com>,\n{group}\nRegards"), &[(group, Form::Fragment)]),
            (format!("{group}\n{group}"), &[(group, Form::Fragment), (group, Form::Fragment)]),
            (format!("it says {hash} here"), &[(hash, Form::Fragment)]),
            ("look for <vpnGroup> in the file".into(), &[]),
            ("<vpnGroup> has a <certHash1> and an <mtu>".into(), &[]),
            ("<html><device>no</device></html>".into(), &[("<device>no</device>", Form::Device)]),
            ("<!-- <vpnGroup> -->".into(), &[("<!-- <vpnGroup> -->", Form::Fragment)]),
            (
                "<device>1</device>\n<?xml?>\n<device>2".into(),
                &[("<device>1</device>", Form::Device), ("<device>2", Form::Device)],
            ),
            (
                "<device><flat-profile></flat-profile></device>".into(),
                &[("<device><flat-profile></flat-profile></device>", Form::Device)],
            ),
            (
                "so: <credentials><hashAlg>0</hashAlg>\nQilRh0DTTkpVFLf1SKjIf6x9UjQ=\nis that right".into(),
                &[("<credentials><hashAlg>0</hashAlg>\nQilRh0DTTkpVFLf1SKjIf6x9UjQ=", Form::Fragment)],
            ),
        ];
        for (text, expected) in rows {
            assert_eq!(cut(text), *expected, "{text}");
        }
    }

    #[test]
    fn only_whole_documents_are_alone() {
        for (text, alone) in [
            ("<?xml version=\"1.0\"?>\n<!-- made by hand -->\n<device><mtu/></device>\n", true),
            ("<device><fullConfig>", true),
            ("<vpnGroup></vpnGroup>", false),
            ("My phone:\n<device></device>", false),
            ("<device></device>\n902: NOT 10:19:27.155936 VPNC: x", false),
            ("<a/><device></device>", false),
        ] {
            assert_eq!(find(text).alone, alone, "{text}");
        }
    }
}
