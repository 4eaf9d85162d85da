//! A CME configuration of the maker's guide.

use vpn_phone_doctor::documents::Content;
use vpn_phone_doctor::intake;
use vpn_phone_doctor::limits::Limits;

use crate::Check;

pub fn the_sample_of_the_guide_is_read() {
    let path =
        concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/samples/phone-config/cme-show-run-vpn-examples.txt");
    let Ok(bytes) = std::fs::read(path) else {
        println!("{path} is not here");
        return;
    };
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let reading = intake::read("x", text.as_bytes(), &Limits::default());
    let (mut gateways, mut hashes) = (0, Vec::new());
    for document in reading.documents {
        if let Content::CmeConfig(config) = document.content {
            gateways += config.gateways.len();
            hashes.extend(config.hashes);
        }
    }
    assert_eq!((gateways, hashes.len()), (3, 1));
    assert_eq!(hashes[0].value.len(), 28);
}

/// Every check of this file, by name.
pub const CHECKS: &[Check] = &[("the_sample_of_the_guide_is_read", the_sample_of_the_guide_is_read)];
