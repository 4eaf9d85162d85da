//! What the names of files and folders tell: `203.0.113.5.log`, `00-26-CB-00-01-26.txt`, `fw-hh-18.conf`.
//!
//! ```text
//! berlin/asa_192_0_2_9.log   folder-1/asa_IP-01.log
//! SEP001122334455.cnf.xml    PHONE-01.cnf.xml
//! crane-7.conf               HOST-01.conf, where the ASA's host name is crane-7; else file-1.conf
//! ```
//! Logs are often named by the address, the phone or the customer that they are of. What of a name is known by its
//! look or from the contents gets the pseudonym that it has there; what devices and this program say anyway stays; if
//! anything else is left, the whole name becomes `file-1`. Its ending stays, for it tells what the file is.

use super::dictionary::Dictionary;
use super::paths::path;
use super::scan;

/// All names of the contents are known: now those of the files can be told.
pub(super) fn learn(dictionary: &mut Dictionary) {
    dictionary.files.learning = false;
    for name in dictionary.files.listed.clone() {
        path(&name, dictionary, scan::text);
    }
}

/// What is written for the name of an input as it is listed, or of a file that a device asked for.
pub(super) fn input(name: &str, dictionary: &mut Dictionary) -> String {
    if dictionary.files.commands.contains(name) {
        return scan::text(name, dictionary);
    }
    if dictionary.files.learning {
        dictionary.files.add(name);
    }
    path(name, dictionary, scan::text)
}
