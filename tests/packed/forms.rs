//! Files in every form in which people send them.

use super::{made, mail};

/// Names and contents.
pub type Files = Vec<(String, Vec<u8>)>;

/// The forms that [`packed`] makes.
pub const FORMS: [&str; 6] = ["tar", "tar.gz", "zip", "mail", "tar.gz in zip", "zip in mail"];

/// One file that holds these.
pub fn packed(files: &Files, form: &str) -> Vec<u8> {
    match form {
        "tar" => {
            let members = files.iter().map(|(name, bytes)| made::tar_member(name, b'0', bytes));
            members.chain([made::tar_end()]).collect::<Vec<_>>().concat()
        }
        "tar.gz" => made::gzip(&packed(files, "tar")),
        "zip" => made::zip(
            &files
                .iter()
                .map(|(name, bytes)| made::Member::new(name, bytes, 8, made::deflated(bytes)))
                .collect::<Vec<_>>(),
        ),
        "mail" => {
            let files: Vec<(&str, &[u8])> =
                files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
            mail::mail(&files).into_bytes()
        }
        "tar.gz in zip" => packed(&vec![("logs.tar.gz".to_owned(), packed(files, "tar.gz"))], "zip"),
        "zip in mail" => packed(&vec![("logs.zip".to_owned(), packed(files, "zip"))], "mail"),
        _ => panic!("{form}"),
    }
}
