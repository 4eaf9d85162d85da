//! Which files belong together, where each phone or each folder of a fleet gets a report of its own.
//!
//! ```text
//! configs/SEP001122334455.cnf.xml                        SEP001122334455
//! logs/SEP001122334455/messages.0                        SEP001122334455, by the nearest folder
//! prt-20261123-102000-001122334455.tar.gz                SEP001122334455, by the MAC address
//! console.log, which names CP-7962G-SEP001122334455      SEP001122334455, by its beginning
//! asa.cfg                                                no phone
//! ```
//! A file is grouped before it is read: by its name, by the folders that it lies in, and only where those do not tell by
//! what its beginning says of the phone that wrote it. An ASA's log that names one phone is not that phone's.

use std::collections::BTreeMap;
use std::path::PathBuf;

use vpn_phone_doctor::documents::Content;
use vpn_phone_doctor::intake;
use vpn_phone_doctor::limits::Limits;
use vpn_phone_doctor::names::phone::PhoneName;

use crate::files::InputFile;

/// The files of each phone, by its name, and those of none.
pub fn by_phone(found: Vec<InputFile>) -> (BTreeMap<PhoneName, Vec<InputFile>>, Vec<InputFile>) {
    let limits = Limits::default();
    let (mut phones, mut others) = (BTreeMap::<PhoneName, Vec<InputFile>>::new(), Vec::new());
    for file in found {
        match named(&file.name).or_else(|| written_by(&file.name, &file.head(limits.head), &limits)) {
            Some(phone) => phones.entry(phone).or_default().push(file),
            None => others.push(file),
        }
    }
    (phones, others)
}

/// The files of each folder directly below a PATH, in the order of the paths. A file that lies in none is alone.
pub fn by_folder(found: Vec<InputFile>, paths: &[PathBuf]) -> Vec<(String, Vec<InputFile>)> {
    let mut folders: Vec<(usize, String, Vec<InputFile>)> = Vec::new();
    for file in found {
        let folder = file.name.split_once('/').map(|(folder, _)| folder.to_owned());
        let is_folder = paths.get(file.path).is_some_and(|path| path.is_dir());
        let folder = folder.filter(|_| is_folder);
        match (folders.last_mut(), folder) {
            (Some((path, last, files)), Some(folder)) if (*path, &*last) == (file.path, &folder) => {
                files.push(file);
            }
            (_, folder) => {
                let name = folder.unwrap_or_else(|| file.name.clone());
                folders.push((file.path, name, vec![file]));
            }
        }
    }
    folders.into_iter().map(|(_, name, files)| (name, files)).collect()
}

/// The phone that a path names: the file before its folders, a near folder before a far one.
fn named(path: &str) -> Option<PhoneName> {
    path.rsplit('/').find_map(|part| match PhoneName::first_in(part) {
        Some((_, name)) => Some(name),
        None => problem_report(part),
    })
}

/// The phone of a problem report, which is named by its MAC address.
fn problem_report(name: &str) -> Option<PhoneName> {
    let stem = name.split('.').next().filter(|stem| stem.to_ascii_lowercase().starts_with("prt-"))?;
    let address = stem.rsplit('-').next()?;
    let is_address = address.len() == 12 && address.bytes().all(|digit| digit.is_ascii_hexdigit());
    if is_address { PhoneName::of_mac(address) } else { None }
}

/// The one phone that wrote a file or that it was written for, as its beginning shows.
fn written_by(name: &str, head: &[u8], limits: &Limits) -> Option<PhoneName> {
    let reading = intake::read(name, head, limits);
    let mut phones = reading.documents.iter().filter_map(|document| {
        let name = match &document.content {
            Content::PhoneConfig(config) => config.device.as_ref()?.value.as_str(),
            Content::PhoneLog(log) => log.device.as_ref()?.value.as_str(),
            Content::PhoneStatus(status) => status.device.as_ref()?.value.as_str(),
            Content::SignedFile(signed) => signed.file_name.as_str(),
            _ => return None,
        };
        PhoneName::first_in(name).map(|(_, name)| name)
    });
    let first = phones.next()?;
    phones.all(|other| other == first).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_names_its_phone() {
        for (path, expected) in [
            ("SEP001122334455.cnf.xml", Some("SEP001122334455")),
            ("a/ITLsep001122334455.tlv", Some("SEP001122334455")),
            ("SEP001122334455/messages.0", Some("SEP001122334455")),
            ("SEP001122334455/SEPAABBCCDDEEFF.cnf.xml", Some("SEPAABBCCDDEEFF")),
            ("prt-20261123-102000-001122334455.tar.gz", Some("SEP001122334455")),
            ("backup-001122334455.tar.gz", None),
            ("asa.cfg", None),
        ] {
            assert_eq!(named(path).as_ref().map(PhoneName::as_str), expected, "{path}");
        }
    }

    #[test]
    fn only_what_a_phone_wrote_tells_by_its_beginning_whose_it_is() {
        let limits = Limits::default();
        let log = "0930: NOT 00:00:01.000000 JAVA: sipSPIAddContactHeader: CFGID_DEVICE_NAME = SEP001122334455\n\
            0931: NOT 00:00:02.000000 VPNC: do_login: x\n";
        let asa = "Nov 24 2026 08:00:03: %ASA-6-113039: Group <GP> User <CP-7962G-SEP001122334455> IP <192.0.2.9> x\n";
        for (text, expected) in [(log, Some("SEP001122334455")), (asa, None), ("", None), ("\0\u{1}", None)] {
            let phone = written_by("x", text.as_bytes(), &limits);
            assert_eq!(phone.as_ref().map(PhoneName::as_str), expected, "{text}");
        }
    }
}
