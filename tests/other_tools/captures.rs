//! What two ends said, as tshark says it of the same recordings.

use std::path::Path;

use vpn_phone_doctor::capture::Capture;
use vpn_phone_doctor::capture::conversation::What;
use vpn_phone_doctor::capture::tftp::Tftp;
use vpn_phone_doctor::capture::tls::Message;

use crate::{Check, files, own, said};

pub const CHECKS: &[Check] =
    &[("captures::what_is_said_is_said_by_tshark", "tshark", what_is_said_is_said_by_tshark)];

/// Our recordings: those that fuzzing begins with.
fn recordings() -> Vec<std::path::PathBuf> {
    let mut all = files(&own("fuzz/corpus/capture"));
    all.extend(files(&own("fuzz/corpus/capture_in_pieces")));
    all.retain(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("seed-")));
    assert!(all.len() > 12, "{}", all.len());
    all
}

fn read(path: &Path) -> Capture {
    let mut capture = Capture::default();
    capture.push(&std::fs::read(path).unwrap());
    capture
}

/// What tshark calls what is compared: a host that is named in a handshake, an alert, a name that is asked for, a file.
const FIELDS: [&str; 4] =
    ["tls.handshake.extensions_server_name", "tls.alert_message.desc", "dns.qry.name", "tftp.source_file"];

/// Each packet's fields.
fn tsharks(path: &Path) -> Vec<Vec<String>> {
    let mut words = vec!["-n", "-r", path.to_str().unwrap(), "-T", "fields", "-e", "frame.number"];
    FIELDS.iter().for_each(|field| words.extend(["-e", field]));
    let printed = String::from_utf8(said("tshark", &words, &own("."))).unwrap();
    printed.lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

fn what_is_said_is_said_by_tshark() {
    let mut compared = 0;
    for path in recordings() {
        let packets = tsharks(&path);
        let traffic = read(&path).finish();
        assert_eq!(traffic.counts.packets, packets.len() as u64, "{}", path.display());
        let mut ours: [Vec<String>; 4] = Default::default();
        for step in traffic.conversations.iter().flat_map(|conversation| &conversation.steps) {
            match &step.what {
                What::Tls(Message::ClientHello(hello)) => ours[0].push(hello.server_name.clone()),
                What::Tls(Message::Alert { code, .. }) => ours[1].push(code.to_string()),
                What::Dns(dns) => ours[2].push(dns.name.clone()),
                What::Tftp(Tftp::Request { file }) => ours[3].push(file.clone()),
                _ => {}
            }
        }
        for (column, mut ours) in ours.into_iter().enumerate() {
            let theirs = packets.iter().map(|packet| packet[column + 1].clone());
            let mut theirs: Vec<String> = theirs.filter(|field| !field.is_empty()).collect();
            ours.retain(|field| !field.is_empty());
            // A packet that stands there twice, once with a tag, is a repeated one for both.
            theirs.dedup();
            ours.dedup();
            compared += theirs.len();
            assert_eq!(ours, theirs, "{} in {}", FIELDS[column], path.display());
        }
    }
    assert!(compared > 5, "{compared}");
}
