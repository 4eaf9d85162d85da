//! What a packet capture shows.
//!
//! ```text
//! packet 3   192.0.2.20 asks for SEP001122334455.cnf.xml      a host that is a phone
//! packet 4   client hello                                     a handshake begins, with all that it offers
//! packet 6   server hello, certificate                        what the server chose, and what it presents
//! packet 8   alert 2 48 by the client                         what passed between the two
//! ```
//! Quirks: hosts come first, then everything in the order of its packets; one packet may hold a hello and a
//! certificate, in this order. The clock is that of the host that captured, in UTC.

use super::{By, Flow, Log, Observation, What, Whom};
use crate::documents::capture::CaptureFile;
use crate::event::tls_handshake::Handshake;
use crate::event::traffic::Service;
use crate::source::At;
use crate::time::Stamp;

/// The hosts, then what passed between them.
pub(super) fn log(file: &CaptureFile, input: u32) -> Log<'_> {
    let about = |at, whom, what| Observation { about: whom, ..Observation::new(By::Wire, input, at, what) };
    let phones = file.phones.iter().map(|phone| {
        about(&phone.at, Whom::Address(&phone.address), What::HostIsPhone { name: &phone.name })
    });
    let browsers = file
        .browsers
        .iter()
        .map(|browser| about(&browser.at, Whom::Address(&browser.address), What::HostIsBrowser));
    let mut passed: Vec<Observation<'_>> = file
        .events
        .iter()
        .map(|event| {
            let flow = Flow {
                client: &event.client,
                server: &event.server,
                name: &event.name,
                service: event.service,
                same_network: event.same_network,
            };
            about(&event.at, Whom::Flow(flow), What::Passed(&event.what))
        })
        .collect();
    for handshake in &file.handshakes {
        let flow = Whom::Flow(flow(handshake));
        passed.push(about(&handshake.at, flow, What::Handshake(handshake)));
        passed.extend(handshake.chosen_at.as_ref().map(|at| about(at, flow, What::ServerHello(handshake))));
        let presented = handshake.certificate_at.as_ref();
        passed.extend(presented.map(|at| about(at, flow, What::CertificatePresented(handshake))));
    }
    passed.sort_by_key(|observation| (observation.at.order, rank(&observation.what)));
    let mut observations: Vec<_> = phones.chain(browsers).chain(passed).collect();
    for observation in &mut observations {
        observation.stamp = stamp(observation.at);
    }
    let times = (file.begins, file.ends);
    Log { times, is_cut: file.left_out > 0, ..Log::new(By::Wire, input, observations) }
}

fn flow(handshake: &Handshake) -> Flow<'_> {
    Flow {
        client: address(&handshake.client),
        server: address(&handshake.server),
        name: &handshake.server_name,
        service: Service::of(&handshake.server),
        same_network: false,
    }
}

/// The address of `198.51.100.20:50091` or `[2001:db8::1]:50091`.
fn address(end: &str) -> &str {
    end.rsplit_once(':').map_or("", |(address, _)| address.trim_matches(['[', ']']))
}

/// One packet may hold a hello, a certificate and more, in this order.
fn rank(what: &What<'_>) -> u8 {
    match what {
        What::Handshake(_) => 0,
        What::ServerHello(_) => 1,
        What::CertificatePresented(_) => 2,
        _ => 3,
    }
}

fn stamp(at: &At) -> Option<Stamp> {
    let micros = at.packet?.time?;
    Some(Stamp { offset_minutes: Some(0), ..Stamp::of_unix_micros(micros) })
}
