//! `debug webvpn anyconnect`: what the ASA says of a login while it happens.
//!
//! ```text
//! Tunnel Group: VPNPhone, Client Cert Auth Success.
//! WebVPN: CSD data not sent from client
//! http_remove_auth_handle(): handle 24 not found!
//! webvpn_cstp_parse_request_field()
//! ...input: 'User-Agent: Cisco SVC IPPhone Client v1.0 (1.0)'
//! CSTP state = HAVE_ADDRESS
//! ```
//! The debug output has no header: it stands between the lines of a log, or is what a command of a recorded session
//! printed, or is logged itself (message 711001). It is streamed, so that it is found in a log of any size.
//!
//! Empty means: no line that is known here; then there is no document.
//!
//! Quirks: only the line with the client certificate names a tunnel group; the others belong to the login that was
//! under way, and with several clients nothing says whose they are. The client names itself only where its request
//! is printed.
//!
//! Sources: Cisco document 116162 for the first three lines. The wordings of the request, of the state and of a
//! failed check of the certificate are not shown there: they are read as releases 8 and 9 are known to print them.

use crate::documents::Content;
use crate::documents::asa_debug::{AsaDebug, DebugEvent, DebugMessage};
use crate::formats::{Claim, Format, How, Parsed, Sample, Share, Stream};
use crate::input::{InputState, Kind, Note};
use crate::limits::Limits;
use crate::lines::{Line, LineFeed, printed_by};
use crate::text::Text;
use crate::typed;

/// The format.
pub const FORMAT: Format = Format { name: "asa_debug", recognise, most: 95, read: How::Streamed(stream) };

fn recognise(sample: &Sample<'_>) -> Option<Claim> {
    let told = sample.text.unlogged_lines().find(|line| message(line.text).is_some());
    let printed = sample.command.filter(|command| is_debug(command));
    let (strength, because) = match (told, printed) {
        (Some(line), _) => (TELLING, line.quoted()),
        (None, Some(command)) => (BY_COMMAND, printed_by(command)),
        (None, None) => return None,
    };
    Some(Claim { kind: Kind::AsaDebug, strength, because, share: Share::Mixed })
}

/// `debug webvpn …`, abbreviated or not.
fn is_debug(command: &str) -> bool {
    typed::is(command, &[("debug", 3), ("webvpn", 3)])
}

fn stream(limits: &Limits) -> Box<dyn Stream> {
    Box::new(Reader { feed: LineFeed::new(limits.line), debug: AsaDebug::default(), limit: limits.events })
}

struct Reader {
    feed: LineFeed,
    debug: AsaDebug,
    limit: usize,
}

impl Stream for Reader {
    fn push(&mut self, chunk: &[u8]) {
        let Self { feed, debug, limit } = self;
        feed.push(chunk, &mut |line| take(debug, *limit, &line));
    }

    fn line(&mut self, line: Line<'_>) {
        take(&mut self.debug, self.limit, &line);
    }

    fn finish(self: Box<Self>) -> Parsed {
        let Self { mut feed, mut debug, limit } = *self;
        feed.finish(&mut |line| take(&mut debug, limit, &line));
        let dropped = debug.events_dropped;
        if debug.events.is_empty() && dropped == 0 {
            return Parsed::default();
        }
        let mut parsed = Parsed::read(vec![Content::AsaDebug(debug)]);
        if dropped > 0 {
            parsed.state = InputState::PartlyRead;
            let count = dropped;
            parsed.notes.push(Note::whole(DROPPED.number("count", count)));
        }
        parsed
    }
}

fn take(debug: &mut AsaDebug, limit: usize, line: &Line<'_>) {
    let Some(message) = message(line.text) else { return };
    if message == DebugMessage::Request {
        // A request has a dozen such lines; one shows that the debug was on.
        if debug.events.last().is_some_and(|event| event.message == message) {
            return;
        }
    }
    if debug.events.len() < limit {
        debug.events.push(DebugEvent { at: line.at(), message });
    } else if message.tells() {
        debug.events_dropped = debug.events_dropped.saturating_add(1);
    }
}

/// What a line says; `None` for a line of something else.
fn message(line: &str) -> Option<DebugMessage> {
    if let Some((before, outcome)) = line.split_once(", Client Cert Auth ") {
        let (_, group) = before.split_once("Tunnel Group: ")?;
        let tunnel_group = group.trim().to_owned();
        let outcome = outcome.trim().trim_end_matches(['.', '!']).trim();
        let success = outcome.to_ascii_lowercase().starts_with("success");
        return Some(if success {
            DebugMessage::CertificateAuthenticated { tunnel_group }
        } else {
            DebugMessage::CertificateRefused { tunnel_group, outcome: outcome.to_owned() }
        });
    }
    if line.contains("CSD data not sent from client") {
        return Some(DebugMessage::SecureDesktopDataMissing);
    }
    if line.contains("http_remove_auth_handle()") && line.contains("not found") {
        return Some(DebugMessage::HandleNotFound);
    }
    if let Some((_, state)) = line.split_once("CSTP state = ") {
        return Some(DebugMessage::TunnelState { state: state.trim().to_owned() });
    }
    let request = REQUESTS.iter().any(|start| line.contains(start));
    if !request {
        return None;
    }
    let client = line.split_once("User-Agent: ").or_else(|| line.split_once("Setting user-agent to: "));
    Some(match client {
        Some((_, name)) => DebugMessage::Client { name: name.trim().trim_matches('\'').to_owned() },
        None => DebugMessage::Request,
    })
}

/// Beginnings of the lines that print a client's request.
const REQUESTS: [&str; 5] = [
    "http_parse_cstp_method()",
    "webvpn_cstp_parse_request_field()",
    "...input: '",
    "Processing CSTP header line: '",
    "Setting user-agent to: '",
];
/// Below a log with a header: where both stand, the input is the log.
const TELLING: u8 = 70;
/// A command alone says what was asked for, not what was printed.
const BY_COMMAND: u8 = 40;
const DROPPED: Text = Text::fixed(
    "{count} more lines of the debug output were only counted.",
    "{count} weitere Zeilen der Debug-Ausgabe wurden nur gezählt.",
);

#[cfg(test)]
mod tests {

    use super::*;
    use crate::intake::{self, Reading};

    const LOGIN: &str = "\
Tunnel Group: Phones West, Client Cert Auth Success.
WebVPN: CSD data not sent from client
http_remove_auth_handle(): handle 7 not found!
http_parse_cstp_method()
...input: 'CONNECT /CSCOSSLC/tunnel HTTP/1.1'
webvpn_cstp_parse_request_field()
...input: 'User-Agent: Cisco SVC IPPhone Client v1.0 (1.0)'
CSTP state = HAVE_ADDRESS
Tunnel Group: PHONES, Client Cert Auth Failure!
";

    fn read(text: &str) -> (Reading, Vec<(u32, DebugMessage)>) {
        let reading = intake::read("x", text.as_bytes(), &Limits::default());
        let events = reading.documents.iter().filter_map(|document| match &document.content {
            Content::AsaDebug(debug) => Some(debug.events.clone()),
            _ => None,
        });
        let events = events.flatten().map(|event| (event.at.line, event.message)).collect();
        (reading, events)
    }

    #[test]
    fn a_login_is_read_in_full_under_any_name() {
        let (reading, events) = read(LOGIN);
        assert_eq!((reading.inputs[0].kind, reading.inputs[0].lines), (Kind::AsaDebug, Some(9)));
        assert!(reading.inputs[0].because.de().starts_with("„Tunnel Group: Phones West"));
        let expected = [
            (1, DebugMessage::CertificateAuthenticated { tunnel_group: "Phones West".into() }),
            (2, DebugMessage::SecureDesktopDataMissing),
            (3, DebugMessage::HandleNotFound),
            (4, DebugMessage::Request),
            (7, DebugMessage::Client { name: "Cisco SVC IPPhone Client v1.0 (1.0)".into() }),
            (8, DebugMessage::TunnelState { state: "HAVE_ADDRESS".into() }),
            (
                9,
                DebugMessage::CertificateRefused { tunnel_group: "PHONES".into(), outcome: "Failure".into() },
            ),
        ];
        assert_eq!(events, expected);
    }

    #[test]
    fn lines_inside_a_log_are_read_and_leave_the_log_alone() {
        let message =
            "%ASA-6-716038: Group <DfltGrpPolicy> User <u> IP <192.0.2.9> Authentication: successful";
        let log = format!(
            "{message}\nTunnel Group: PHONES, Client Cert Auth Success.\nWebVPN: CSD data not sent from client\n\
             %ASA-7-711001: WebVPN: CSD data not sent from client\n%ASA-6-725007: SSL session with client outside:192.0.2.9/50091 terminated.\n"
        );
        let (reading, events) = read(&log);
        assert_eq!(reading.inputs[0].kind, Kind::AsaSyslog);
        assert_eq!(events.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [2, 3, 4]);
        let texts: Vec<String> = reading
            .documents
            .iter()
            .filter_map(|document| match &document.content {
                Content::AsaSyslog(log) => Some(log.events.iter().map(|event| event.text().to_owned())),
                _ => None,
            })
            .flatten()
            .collect();
        assert!(texts.iter().all(|text| !text.contains("Client Cert Auth")), "{texts:?}");
    }

    #[test]
    fn a_session_names_the_command() {
        let (reading, events) = read(
            "asa# debug webvpn anyconnect 255\nWebVPN: CSD data not sent from client\nasa# undebug all\n",
        );
        assert_eq!(reading.inputs[1].kind, Kind::AsaDebug);
        assert_eq!(events, [(1, DebugMessage::SecureDesktopDataMissing)]);
        for (command, expected) in [
            ("deb webvpn anyconnect", true),
            ("debug webvpn", true),
            ("debug crypto ca", false),
            ("show webvpn", false),
        ] {
            assert_eq!(is_debug(command), expected, "{command}");
        }
    }

    #[test]
    fn what_is_over_the_bound_is_counted() {
        let limits = Limits { events: 2, ..Limits::default() };
        let reading = intake::read("x", LOGIN.as_bytes(), &limits);
        assert_eq!(reading.inputs[0].state, InputState::PartlyRead);
        assert!(reading.inputs[0].notes[0].text.en().starts_with("3 more lines"));
    }

    #[test]
    fn other_texts_are_not_claimed_and_a_cut_one_is_read() {
        for text in ["717038: Tunnel group match found. Tunnel Group: PHONES, Peer certificate: x", "CSD", ""]
        {
            assert_ne!(read(text).0.inputs[0].kind, Kind::AsaDebug, "{text}");
        }
        for end in 0..LOGIN.len() {
            assert_eq!(read(&LOGIN[..end]).0.inputs.len(), 1, "cut at {end}");
        }
    }
}
