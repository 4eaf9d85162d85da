//! What do captures show of phones, step by step?
//!
//! ```text
//! packet 4   client hello                 TLS 1.0, 2 suites
//! packet 6   server hello                 TLS 1.0, AES256-SHA
//! packet 6   certificate                  its SHA-1
//! packet 8   alert 2 48 by the client
//! ```
//! Whose a conversation is, [`wire`](super::wire) says; conversations of others are left out.
//!
//! Empty: no capture, or nothing in it that is or may be a phone's. What is encrypted is not there.

use std::collections::{BTreeMap, BTreeSet};

use crate::documents::capture::{CaptureFile, Handshake};
use crate::facts::gateway_urls::PhoneUrl;
use crate::facts::wire::{self, Happening, Service, Tie};
use crate::facts::{Documents, In};
use crate::source::{At, Place};
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

impl WireStep<'_> {
    /// When, in UTC by the clock of the host that captured.
    pub fn stamp(&self) -> Option<Stamp> {
        let micros = self.place.at.packet?.time?;
        Some(Stamp { offset_minutes: Some(0), ..Stamp::of_unix_micros(micros) })
    }
}

/// The steps of every capture, each capture's in the order of its packets.
pub fn of<'a>(documents: &Documents<'a>, urls: &[PhoneUrl<'_>]) -> Vec<WireStep<'a>> {
    let hosts = wire::hosts(urls);
    let mut all = Vec::new();
    for capture in &documents.captures {
        let In { document: file, .. } = *capture;
        let (phones, alone) = (wire::phones(file), wire::is_alone(file));
        let mut steps = Vec::new();
        for event in &file.events {
            if let Some(tie) = wire::tie(&phones, event, &hosts, alone) {
                let (service, client) = (event.service, event.client.as_str());
                let place = capture.place(&event.at);
                steps.push(WireStep { shows: Shows::Event(&event.what), service, client, tie, place });
            }
        }
        for (handshake, tie) in handshakes(file, urls) {
            let (service, client) = (Service::of(&handshake.server), wire::address(&handshake.client));
            let mut add = |shows, at: &At| {
                steps.push(WireStep { shows, service, client, tie, place: capture.place(at) });
            };
            if handshake.client_version > 0 {
                add(Shows::Hello(handshake), &handshake.at);
            }
            if let Some(at) = &handshake.chosen_at {
                add(Shows::Chosen(handshake), at);
            }
            if let Some(at) = &handshake.certificate_at {
                add(Shows::Certificate(handshake), at);
            }
        }
        steps.sort_by_key(|step| (step.place.at.order, step.rank()));
        all.append(&mut steps);
    }
    all
}

impl WireStep<'_> {
    /// One packet may hold a hello, a certificate and more, in this order.
    fn rank(&self) -> u8 {
        match self.shows {
            Shows::Hello(_) => 0,
            Shows::Chosen(_) => 1,
            Shows::Certificate(_) => 2,
            Shows::Event(_) => 3,
        }
    }
}

/// The handshakes of a capture that are or may be a phone's, with how that is known. A browser is none.
pub fn handshakes<'a>(file: &'a CaptureFile, urls: &[PhoneUrl<'_>]) -> Vec<(&'a Handshake, Tie)> {
    let (hosts, phones, alone) = (wire::hosts(urls), wire::phones(file), wire::is_alone(file));
    let browsers: BTreeSet<&str> = file.browsers.iter().map(String::as_str).collect();
    // A hello of an old phone names nobody; what DNS told it is known to its events.
    let named = file.events.iter().filter(|event| !event.name.is_empty());
    let names: BTreeMap<(&str, &str), &str> =
        named.map(|event| ((event.client.as_str(), event.server.as_str()), event.name.as_str())).collect();
    let tied = |handshake: &'a Handshake| {
        let (client, server) = (wire::address(&handshake.client), wire::address(&handshake.server));
        let name = match handshake.server_name.as_str() {
            "" => names.get(&(client, server)).copied().unwrap_or_default(),
            name => name,
        };
        let browser = browsers.contains(client);
        let tie = wire::tie_of(&phones, (client, server, name), &hosts, alone)?;
        (!browser && Service::of(&handshake.server) != Service::Other).then_some((handshake, tie))
    };
    file.handshakes.iter().filter_map(tied).collect()
}
