//! What `sift` leaves of files that nobody here wrote is diagnosed as the whole file is.

use crate::property::{broken, file, files_below, is_compared};
use crate::{Check, shared};

/// Each sample is a case of its own; of the logs among them something is left out.
pub fn every_sample_is_diagnosed_the_same() {
    let (mut wrong, mut tried, mut reduced) = (Vec::new(), 0, 0);
    for path in files_below(&shared().join("samples")) {
        let file = [file(&path)];
        // The rest is read whole by everyone, and takes long.
        let is_short = file.iter().all(|(_, bytes)| bytes.len() <= MOST);
        if !is_short || !file.iter().all(is_compared) {
            continue;
        }
        let (found, left, all) = broken(&file, &[1000, 30_011, 77_777]);
        tried += 1;
        reduced += usize::from(left < all);
        wrong.extend(found.map(|found| format!("{}: {found}", path.display())));
    }
    assert!(tried > 100 && reduced > 0, "{reduced} of {tried} samples were reduced");
    assert!(wrong.is_empty(), "{} of {tried}:\n{}", wrong.len(), wrong.join("\n"));
}

/// Bytes of a sample that is tried.
const MOST: usize = 300_000;

/// Every check of this file, by name.
pub const CHECKS: &[Check] = &[("every_sample_is_diagnosed_the_same", every_sample_is_diagnosed_the_same)];
