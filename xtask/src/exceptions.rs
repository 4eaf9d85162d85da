//! An exception in `deny.toml` goes when its crate does.

use std::fs;

use crate::root;

#[test]
fn every_exception_names_a_crate_that_is_still_there() {
    let read = |name: &str| fs::read_to_string(root().join(name)).unwrap();
    let (deny, lock) = (read("deny.toml"), read("Cargo.lock"));
    let exceptions: Vec<&str> = deny.lines().filter(|line| line.contains("RUSTSEC-")).collect();
    assert!(!exceptions.is_empty());
    for line in exceptions {
        let name = line.split_once("reason = \"").and_then(|(_, reason)| reason.split_once(':')).unwrap().0;
        assert!(
            lock.contains(&format!("name = \"{name}\"\n")),
            "{name} is gone: take its exception out of deny.toml"
        );
    }
}
