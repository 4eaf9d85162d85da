//! Who signed the phones' files, and do their trust lists allow it?
//!
//! ```text
//! SEP001122334455.cnf.xml.sgn        signed with serial 0a1b
//! ITLSEP001122334455.tlv             record with role CCM+TFTP and serial 0a1b
//! ```
//! Witnesses: the header of a signed file, and every trust list that is this phone's or nobody's by its name. A phone
//! accepts a file from a record with the role TFTP or CCM+TFTP alone.
//!
//! Sources: CUCM security guide, "Security by default"; Cisco IP phone 7800 series administration guide, troubleshooting.

use crate::documents::trust_list::{Record, TrustList};
use crate::facts::after_tunnel::phone_of_file;
use crate::facts::{Documents, In};
use crate::source::{At, Place, Searched};

/// A signed file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedFile {
    /// Its first byte.
    pub place: Place,
    /// Who signed it.
    pub signer: String,
    /// The serial number of the signer's certificate.
    pub serial: String,
    /// What the trust lists say of that.
    pub allowed: Allowed,
}

/// What trust lists say of a signer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Allowed {
    /// A record lets it sign files.
    Yes,
    /// None of these lists does.
    No(Vec<Searched>),
    /// No list is this phone's.
    NotShown,
}

/// Roles that may sign files: CCM+TFTP and TFTP.
const SIGNING_ROLES: [u16; 2] = [2, 3];

/// Every file whose header tells the signer's certificate.
pub fn of(documents: &Documents<'_>) -> Vec<SignedFile> {
    let lists: Vec<_> = with_records(documents).collect();
    let signed = documents.signed_files.iter().filter(|file| !file.document.serial.is_empty());
    signed
        .map(|file| SignedFile {
            place: Place { input: file.input, at: At::byte(0) },
            signer: file.document.signer.clone(),
            serial: file.document.serial.clone(),
            allowed: allowed(documents, &lists, &file.document.file_name, &file.document.serial),
        })
        .collect()
}

/// True where a trust list with records is in the case.
pub fn has_list(documents: &Documents<'_>) -> bool {
    with_records(documents).next().is_some()
}

fn with_records<'d, 'a>(documents: &'d Documents<'a>) -> impl Iterator<Item = &'d In<'a, TrustList>> {
    documents.trust_lists.iter().filter(|list| !list.document.records.is_empty())
}

fn allowed(
    documents: &Documents<'_>,
    lists: &[&In<'_, TrustList>],
    file_name: &str,
    serial: &str,
) -> Allowed {
    // Phones of two clusters have two lists: one that is another phone's says nothing of this file.
    let phone = phone_of_file(file_name);
    let own: Vec<_> = lists
        .iter()
        .filter(|list| {
            let name = documents.input(list.input).map(|input| input.name.as_str()).unwrap_or_default();
            match (phone, phone_of_file(name)) {
                (Some(phone), Some(other)) => phone.eq_ignore_ascii_case(other),
                _ => true,
            }
        })
        .collect();
    if own.is_empty() {
        return Allowed::NotShown;
    }
    let serial = without_zeros(serial);
    let signs =
        |record: &Record| SIGNING_ROLES.contains(&record.role) && without_zeros(&record.serial) == serial;
    if own.iter().any(|list| list.document.records.iter().any(signs)) {
        return Allowed::Yes;
    }
    let searched = own
        .iter()
        .map(|list| Searched { input: list.input, what: format!("{} records", list.document.records.len()) });
    Allowed::No(searched.collect())
}

/// Two writings of one serial number differ in leading zeros.
fn without_zeros(serial: &str) -> String {
    serial.trim_start_matches('0').to_ascii_lowercase()
}
