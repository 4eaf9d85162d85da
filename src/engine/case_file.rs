//! A case as a file that opens again: what was read of each file, and what the person stated.
//!
//! ```text
//! vpn-phone-doctor/case/1 0.1.0 9f86d081884c7d65…     kind, version of the program, SHA-256 of the second line
//! AxFwaG9uZS1jb25zb2xlLmxvZ4AKAAT…                    postcard in base64
//! ```
//! It holds readings and not the diagnosis: the rules judge anew when it is opened, and no command of a file's own is
//! ever offered for copying. Readings have the shape of one version, so only that version opens them, and every other
//! one says so.
//!
//! Empty: a case without files and answers.
//! Quirks: real names, addresses and lines of the files stand in it; no private key is ever part of a reading.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::opaque::Opaque;
use crate::case::Said;
use crate::fingerprint;
use crate::input::Kind;
use crate::intake::Reading;

/// What is saved.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseFile<'a> {
    /// The files, in the order of the case.
    pub files: Vec<SavedFile<'a>>,
    /// What no file can show and the person stated.
    pub said: Said,
}

/// One file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedFile<'a> {
    /// Its name.
    pub name: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// What the person said that it is.
    pub kind: Option<Kind>,
    /// What was read of it.
    pub reading: Opaque<'a>,
}

/// Why a file is not opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotOpened {
    /// It is no saved case.
    NoCase,
    /// Another version of the program saved it.
    OtherVersion(String),
    /// It was cut or changed since.
    Damaged,
}

/// Writes it.
pub fn write(case: &CaseFile<'_>) -> String {
    let body = STANDARD.encode(postcard::to_allocvec(case).unwrap_or_default());
    format!("{KIND}{VERSION} {}\n{body}\n", digest(&body))
}

/// Opens it.
pub fn open(bytes: &[u8]) -> Result<CaseFile<'static>, NotOpened> {
    let text = std::str::from_utf8(bytes).map_err(|_| NotOpened::NoCase)?;
    let head = text.strip_prefix(KIND).ok_or(NotOpened::NoCase)?;
    let (head, body) = head.split_once('\n').ok_or(NotOpened::Damaged)?;
    let (version, hash) = head.trim_end().split_once(' ').ok_or(NotOpened::Damaged)?;
    let is_version = |sign: u8| sign.is_ascii_alphanumeric() || matches!(sign, b'.' | b'-' | b'+');
    if !(1..=LONGEST_VERSION).contains(&version.len()) || !version.bytes().all(is_version) {
        return Err(NotOpened::Damaged);
    }
    if version != VERSION {
        return Err(NotOpened::OtherVersion(version.to_owned()));
    }
    let body = body.trim_end();
    if digest(body) != hash {
        return Err(NotOpened::Damaged);
    }
    let packed = STANDARD.decode(body).map_err(|_| NotOpened::Damaged)?;
    let case: CaseFile<'static> = whole(&packed).ok_or(NotOpened::Damaged)?;
    // A reading of another shape would stop the diagnosis later, and nobody would know why.
    if case.files.iter().any(|file| whole::<Reading>(&file.reading.0).is_none()) {
        return Err(NotOpened::Damaged);
    }
    Ok(case)
}

/// A value that takes all of the bytes.
fn whole<'b, T: Deserialize<'b>>(bytes: &'b [u8]) -> Option<T> {
    let (value, rest) = postcard::take_from_bytes(bytes).ok()?;
    rest.is_empty().then_some(value)
}

fn digest(body: &str) -> String {
    fingerprint::hex(&Sha256::digest(body))
}

const KIND: &str = "vpn-phone-doctor/case/1 ";
const VERSION: &str = env!("CARGO_PKG_VERSION");
const LONGEST_VERSION: usize = 32;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake;
    use crate::limits::Limits;

    fn case() -> CaseFile<'static> {
        let text = "902: NOT 10:19:27.155936 VPNC: ssl_state_cb\n";
        let reading = intake::read("phone.log", text.as_bytes(), &Limits::default());
        let reading = Opaque(postcard::to_allocvec(&reading).unwrap().into());
        let file = SavedFile { name: "phone.log".to_owned(), bytes: 44, kind: Some(Kind::PhoneLog), reading };
        let mut said = Said::new();
        said.say("phone", "SEP001122334455").unwrap();
        CaseFile { files: vec![file], said }
    }

    #[test]
    fn a_saved_case_opens_as_it_was() {
        let saved = write(&case());
        assert!(saved.starts_with(&format!("vpn-phone-doctor/case/1 {VERSION} ")), "{saved}");
        assert_eq!(open(saved.as_bytes()), Ok(case()));
        assert_eq!(open(saved.replace('\n', "\r\n").as_bytes()), Ok(case()), "sent by mail");
    }

    #[test]
    fn what_is_not_as_it_was_saved_is_not_opened() {
        let saved = write(&case());
        assert_eq!(open(b"a log"), Err(NotOpened::NoCase));
        let other = saved.replacen(VERSION, "9.9.9", 1);
        assert_eq!(open(other.as_bytes()), Err(NotOpened::OtherVersion("9.9.9".to_owned())));
        for version in ["<b>", "", &"1".repeat(40)] {
            let odd = saved.replacen(VERSION, version, 1);
            assert_eq!(open(odd.as_bytes()), Err(NotOpened::Damaged), "{version}");
        }
        for end in (KIND.len()..saved.trim_end().len()).step_by(7) {
            assert_eq!(open(&saved.as_bytes()[..end]).err(), Some(NotOpened::Damaged), "cut at {end}");
        }
        // Another letter is as long, and may well be of another case.
        let body = saved.find('\n').unwrap() + 1;
        for at in (body..saved.trim_end().len()).step_by(11) {
            let other = if saved.as_bytes()[at] == b'B' { "C" } else { "B" };
            let mut odd = saved.clone();
            odd.replace_range(at..=at, other);
            assert_eq!(open(odd.as_bytes()), Err(NotOpened::Damaged), "changed at {at}");
        }
        let mut odd = case();
        odd.files[0].reading = Opaque(vec![0xff; 9].into());
        assert_eq!(open(write(&odd).as_bytes()), Err(NotOpened::Damaged), "a reading of another shape");
    }
}
