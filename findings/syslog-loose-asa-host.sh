#!/usr/bin/env bash
# The crate syslog_loose 0.23.0, which log routers read syslog with, on messages of an ASA.
#
# Guess: a reader that calls itself loose leaves the text behind the time whole where the sender gives no name
# (`logging timestamp` without `logging device-id`, the ASA's usual form).
# Seen: the tag becomes the host's name ("%ASA-6-725001"), and the text begins behind it. With a name and no colon the
# tag becomes the program. With a relay's own header in front, the ASA's month becomes the program and the text begins
# inside the date. So a record of such a router holds number and text in different fields, and a filter on the text
# for "%ASA" finds nothing.
# What follows: tag and text of one record are joined again, whatever the fields are called.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/src"
cat >"$folder/Cargo.toml" <<'TOML'
[package]
name = "finding"
version = "0.0.0"
edition = "2021"
[dependencies]
syslog_loose = "=0.23.0"
[profile.dev]
debug = false
TOML
cat >"$folder/src/main.rs" <<'RUST'
use syslog_loose::{parse_message, Variant};

fn main() {
    let rows = [
        ("<166>Nov 23 2026 10:19:27: %ASA-6-725001: Starting", Some("%ASA-6-725001"), None, "Starting"),
        ("<166>Nov 23 10:19:27 fw-example %ASA-6-725001: Starting", Some("fw-example"), Some("%ASA-6-725001"), "Starting"),
        ("<166>Nov 23 2026 10:19:27 fw-example : %ASA-6-725001: Starting", Some("fw-example"), None, "%ASA-6-725001: Starting"),
        (
            "<166>Nov 23 10:19:27 192.0.2.1 Nov 23 2026 10:19:26: %ASA-6-725001: Starting",
            Some("192.0.2.1"),
            Some("Nov"),
            "23 2026 10:19:26: %ASA-6-725001: Starting",
        ),
    ];
    for (line, host, program, text) in rows {
        let message = parse_message(line, Variant::Either);
        println!("{line}\n  host {:?}, program {:?}, text {:?}", message.hostname, message.appname, message.msg);
        assert_eq!((message.hostname, message.appname, message.msg), (host, program, text));
    }
}
RUST
cargo run --quiet --manifest-path "$folder/Cargo.toml"
