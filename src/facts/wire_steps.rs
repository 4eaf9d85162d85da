//! What do recordings show of phones, step by step?
//!
//! ```text
//! packet 4   client hello                 TLS 1.0, 2 suites
//! packet 6   server hello                 TLS 1.0, AES256-SHA
//! packet 6   certificate                  its SHA-1
//! packet 8   alert 2 48 by the client
//! ```
//! Whose a conversation is, [`recordings`] says; conversations of others are left out.
//!
//! Empty: no recording, or nothing in it that is or may be a phone's. What is encrypted is not there.

use crate::event::tls_handshake::Handshake;
use crate::event::traffic::{Happening, Service};
use crate::facts::Documents;
use crate::facts::gateway_urls::PhoneUrl;
use crate::facts::recordings;
use crate::facts::recordings::Tie;
use crate::observe::{Observation, What};
use crate::source::Place;
use crate::time::Stamp;

/// One step.
#[derive(Clone, Debug)]
pub struct WireStep<'a> {
    /// What it shows.
    pub shows: Shows<'a>,
    /// What was asked for.
    pub service: Service,
    /// The client's address.
    pub client: &'a str,
    /// How it is known to be a phone.
    pub tie: Tie,
    /// When, in UTC by the clock of the host that recorded.
    pub stamp: Option<Stamp>,
    /// The packet.
    pub place: Place,
}

/// What a step shows.
#[derive(Clone, Copy, Debug)]
pub enum Shows<'a> {
    /// The client's hello.
    Hello(&'a Handshake),
    /// The server's hello.
    Chosen(&'a Handshake),
    /// The server's certificate.
    Certificate(&'a Handshake),
    /// Anything else.
    Event(&'a Happening),
}

/// The steps of every recording, each one's in the order of its packets.
pub fn of<'a>(documents: &Documents<'a>, urls: &[PhoneUrl<'_>]) -> Vec<WireStep<'a>> {
    let hosts = recordings::dialled_hosts(urls);
    let mut all = Vec::new();
    for recording in recordings::of(documents) {
        let tied = recording.tied(&hosts).into_iter();
        all.extend(tied.filter_map(|(observation, tie)| step(observation, tie)));
    }
    all
}

fn step<'a>(observation: &Observation<'a>, tie: Tie) -> Option<WireStep<'a>> {
    let shows = match observation.what {
        What::Passed(what) => Shows::Event(what),
        // The recording may begin in the midst of a handshake.
        What::Handshake(handshake) if handshake.client_version > 0 => Shows::Hello(handshake),
        What::ServerHello(handshake) => Shows::Chosen(handshake),
        What::CertificatePresented(handshake) => Shows::Certificate(handshake),
        _ => return None,
    };
    let flow = observation.flow()?;
    Some(WireStep {
        shows,
        service: flow.service,
        client: flow.client,
        tie,
        stamp: observation.stamp,
        place: observation.place(),
    })
}
