//! Public test messages of an intake format, read as their own expectations say.

use serde_json::Value;
use vpn_phone_doctor::documents::asa_syslog::AsaMessage;
use vpn_phone_doctor::event::Peer;
use vpn_phone_doctor::formats::asa_syslog;

use crate::Check;

pub fn public_messages_are_read_as_their_expectations_say() {
    let folder = crate::shared().join("samples/asa/syslog/sekoia");
    let files = std::fs::read_dir(&folder).unwrap_or_else(|_| panic!("no {}", folder.display()));
    let (mut ids, mut users, mut addresses) = (0, 0, 0);
    for file in files {
        let path = file.unwrap().path();
        let sample: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        let line = sample["input"]["message"].as_str().unwrap_or_default();
        let Some(event) = asa_syslog::message(line) else { continue };
        let expected = &sample["expected"];
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if let Some(code) = expected["event"]["code"].as_str() {
            assert_eq!(event.id.to_string(), code, "{name}");
            ids += 1;
        }
        if let Some(session) = event.message.session() {
            for (field, ours) in [("name", &session.user), ("domain", &session.group)] {
                if let Some(theirs) = expected["user"][field].as_str().filter(|_| !ours.is_empty()) {
                    assert_eq!(ours, theirs, "{name}");
                    users += 1;
                }
            }
            if let Some(theirs) = expected["source"]["ip"].as_str().filter(|_| !session.address.is_empty()) {
                assert_eq!(session.address, theirs, "{name}");
                addresses += 1;
            }
        }
        for (peer, side) in ends(&event.message) {
            if let Some(theirs) = expected[side]["ip"].as_str() {
                assert_eq!(peer.address, theirs, "{name}");
                addresses += 1;
            }
            if let Some(theirs) = expected[side]["port"].as_u64() {
                assert_eq!(peer.port.map(u64::from), Some(theirs), "{name}");
            }
        }
    }
    assert!(ids > 20 && users > 10 && addresses > 15, "{ids} {users} {addresses}");
}

/// The ends of a connection that a message names, and what an expectation calls them.
fn ends(message: &AsaMessage) -> Vec<(&Peer, &'static str)> {
    match message {
        AsaMessage::Connection { from, to, .. }
        | AsaMessage::ConnectionEnded { from, to, .. }
        | AsaMessage::ConnectionDenied { from, to, .. } => vec![(from, "source"), (to, "destination")],
        other => other.peer().map(|peer| (peer, "source")).into_iter().collect(),
    }
}

/// Every check of this file, by name.
pub const CHECKS: &[Check] = &[(
    "public_messages_are_read_as_their_expectations_say",
    public_messages_are_read_as_their_expectations_say,
)];
