//! What happened in the conversations of a capture.
//!
//! ```text
//! SYN | SYN, a second later | SYN …               unanswered
//! client hello | … | FIN of the server            closed behind the hello
//! query | query | …                               a name that nobody resolved
//! ```
//!
//! Silence proves something only where an answer would have been seen: the request was repeated, or the capture goes
//! on for a while behind it.

use std::ops::RangeInclusive;

use crate::capture::conversation::{Conversation, PacketPlace, Speaker, Step, Transport, Undelivered, What};
use crate::capture::message::Head;
use crate::capture::tls::{Message, Side};
use crate::documents::capture::CaptureEvent;
use crate::event::traffic::{Happening, Service};

mod files;
mod names;

use super::authorities;
use super::context::{Context, SILENCE, is_known_port};

/// Payload of a packet that a smaller link may not carry, in bytes; the smallest link of IPv6 carries so much.
const LARGE: u32 = 1000;
/// Requests for a connection before the first answer that are no lost packets any more.
const MANY_REQUESTS: u32 = 4;
/// Questions and answers of a login: the form, and what is filled in. What takes more is something else.
const ROUNDS_OF_A_LOGIN: RangeInclusive<u32> = 2..=8;
/// Echoes behind pauses that hardly any connection has but a tunnel, whose ends ask for signs of life.
const ECHOES_OF_A_TUNNEL: u32 = 2;

pub(super) fn of(context: &Context<'_>) -> Vec<CaptureEvent> {
    let mut events = Vec::new();
    let asked_by_phones = |one: &&Conversation| Service::of_port(one.server.port()) != Service::Other;
    for conversation in context.traffic.conversations.iter().filter(asked_by_phones) {
        match conversation.transport {
            Transport::Tcp => connection(context, conversation, &mut events),
            Transport::Udp => datagrams(context, conversation, &mut events),
        }
        too_big(context, conversation, &mut events);
        authorities::add(context, conversation, &mut events);
        files::add(context, conversation, &mut events);
    }
    names::add(context, &mut events);
    files::add_given(context, &mut events);
    events
}

fn connection(context: &Context<'_>, conversation: &Conversation, events: &mut Vec<CaptureEvent>) {
    let mut add = |at: &PacketPlace, words: &str, what| {
        events.push(context.event(conversation, at, words, what));
    };
    let mut asked = conversation.steps.iter().filter(|step| step.what == What::Syn);
    let first_asked = asked.clone().next();
    let requests = u32::try_from(asked.clone().count()).unwrap_or(u32::MAX);
    let stands = conversation.from_server.bytes > 0
        || conversation.from_client.bytes > 0
        || conversation.steps.iter().any(|step| step.what == What::SynAck);
    if !stands {
        let Some(last) = asked.next_back() else { return };
        // Of a port that no gateway has by default, nothing else tells that it is one.
        let port = conversation.server.port();
        if !matches!(port, 443 | 8443) && !is_known_port(port) && !context.only_server {
            return;
        }
        let ended = conversation.steps.iter().find_map(|step| failure(step).map(|what| (step, what)));
        match ended {
            Some((step, what)) => add(&step.at, words_of(step), what),
            None if requests > 1 || context.is_silent_since(&last.at) => {
                add(&last.at, "SYN, unanswered", Happening::Unanswered { requests });
            }
            None => {}
        }
        return;
    }
    if conversation.server.port() != 80 {
        let accepted = conversation.steps.iter().find(|step| step.what == What::SynAck);
        let first = accepted.map_or(conversation.first, |step| step.at);
        if let (Some(asked), true) = (first_asked, requests >= MANY_REQUESTS)
            && first.since(&asked.at) >= SILENCE
        {
            let seconds = u32::try_from(first.since(&asked.at) / 1_000_000_000).unwrap_or(u32::MAX);
            let words = format!("SYN, {requests} times before the answer");
            add(&asked.at, &words, Happening::AnsweredLate { requests, seconds });
        }
        add(&first, "connected", Happening::Connected);
    }
    let done = tls(context, conversation, events);
    let client = conversation.from_client;
    if done && client.unacknowledged && client.repeats >= 3 {
        let what = Happening::Lost { repeats: client.repeats };
        events.push(context.event(conversation, &client.last, "sent again, unanswered", what));
    }
    let ends = |step: &&Step| matches!(step.what, What::Fin | What::Reset);
    let end = conversation.steps.iter().filter(ends).min_by_key(|step| step.at);
    // Right behind the client's words it is the answer to a goodbye that cannot be seen.
    let unasked = |step: &&Step| step.from == Speaker::Server && step.at.since(&client.last_data) >= SILENCE;
    if let (true, Some(end)) = (done, end.filter(unasked)) {
        let what = Happening::ClosedByServer;
        events.push(context.event(conversation, &end.at, "closed by the server", what));
    }
    if done {
        behind_encryption(context, conversation, events);
    }
    login(context, conversation, events);
}

/// What the times of encrypted packets hint at. Phones of the VPN have neither TLS 1.3 nor HTTP/2, so of who has them
/// nothing is guessed.
fn behind_encryption(context: &Context<'_>, conversation: &Conversation, events: &mut Vec<CaptureEvent>) {
    let of_others = conversation.tls().any(|(.., message)| match message {
        Message::ClientHello(hello) => hello.offers_http2,
        Message::ServerHello(hello) => hello.chosen_version >= 0x0304 || hello.retry,
        _ => false,
    });
    let Some(pair) = context.pairs.get(&(conversation.client.ip(), conversation.server.ip())) else { return };
    if of_others || pair.datagrams.contains(&conversation.server.port()) {
        return;
    }
    let sealed = conversation.sealed;
    if sealed.echoes >= ECHOES_OF_A_TUNNEL {
        let at = conversation.from_client.last_data;
        events.push(context.event(conversation, &at, "goes on, without UDP", Happening::DatagramsNotTried));
        return;
    }
    let ends = |step: &&Step| matches!(step.what, What::Fin | What::Reset);
    let end = conversation.steps.iter().filter(ends).min_by_key(|step| step.at);
    let Some(end) = end.filter(|end| end.from == Speaker::Client) else { return };
    let asked_once = sealed.after_pause == 0 && ROUNDS_OF_A_LOGIN.contains(&sealed.rounds);
    let tries_again = pair.last > conversation.last;
    if asked_once && !tries_again && context.is_silent_since(&end.at) {
        let what = Happening::LeftBehindAnswers { answers: sealed.rounds };
        events.push(context.event(conversation, &end.at, "closed by the client", what));
    }
}

/// How a request for a connection failed.
fn failure(step: &Step) -> Option<Happening> {
    match (&step.what, step.from) {
        (What::Reset, Speaker::Server) => Some(Happening::Refused),
        (What::Undelivered { reason, sender: Side::Client }, Speaker::Network(by)) => {
            let by = by.to_string();
            match reason {
                Undelivered::Prohibited | Undelivered::Other(_) => Some(Happening::Prohibited { by }),
                Undelivered::Host | Undelivered::Network => Some(Happening::Unreachable { by }),
                Undelivered::Port => Some(Happening::Rejected { by }),
                Undelivered::TooBig(_) => None,
            }
        }
        _ => None,
    }
}

fn words_of(step: &Step) -> &'static str {
    match &step.what {
        What::Reset => "SYN, answered with RST",
        What::Undelivered { reason: Undelivered::Prohibited | Undelivered::Other(_), .. } => {
            "SYN, ICMP: administratively prohibited"
        }
        What::Undelivered { reason: Undelivered::Port, .. } => "SYN, ICMP: port unreachable",
        _ => "SYN, ICMP: host unreachable",
    }
}

/// What a handshake shows; whether it was completed.
fn tls(context: &Context<'_>, conversation: &Conversation, events: &mut Vec<CaptureEvent>) -> bool {
    let mut add = |at: &PacketPlace, words: &str, what| {
        events.push(context.event(conversation, at, words, what));
    };
    let datagrams = conversation.transport == Transport::Udp;
    let (mut hello, mut answered, mut version, mut says_goodbye) = (None, false, 0, false);
    let (mut after_hello, mut asked, mut elliptic) = (false, false, None);
    let mut hidden = [None, None];
    for (step, side, message) in conversation.tls() {
        match (side, message) {
            (_, Message::Alert { .. }) if is_left_by_other(conversation, side, &step.at) => {}
            (_, Message::Alert { level, code }) => {
                let from_client = side == Side::Client;
                let sender = if from_client { "client" } else { "server" };
                let words = format!("alert {level} {code} by the {sender}");
                let (level, code) = (*level, *code);
                let what = Happening::Alert { datagrams, from_client, level, code, after_hello, asked };
                add(&step.at, &words, what);
                let orderly = level < FATAL && matches!(code, CLOSE_NOTIFY | USER_CANCELED);
                says_goodbye |= !from_client && orderly;
                answered |= !from_client && !orderly;
            }
            (Side::Client, Message::ClientHello(offer)) => {
                version = offer.highest_version();
                hello = hello.or(Some(step.at));
            }
            (Side::Client, Message::Hidden(_)) => hidden = [hidden[0].or(Some(step.at)), hidden[1]],
            (Side::Server, Message::Hidden(_)) => hidden = [hidden[0], hidden[1].or(Some(step.at))],
            (Side::Server, Message::ServerHello(chosen)) => {
                (answered, after_hello) = (true, true);
                elliptic = is_elliptic(chosen.suite).then_some((step.at, chosen.suite));
            }
            (Side::Server, _) => {
                answered = true;
                asked |= matches!(message, Message::CertificateRequest(_));
            }
            _ => {}
        }
    }
    let done = match hidden {
        [Some(client), Some(server)] => Some(client.max(server)),
        _ => None,
    };
    if let Some(at) = done {
        add(&at, "handshake done", Happening::HandshakeDone { datagrams });
    }
    if let Some((at, suite)) = elliptic
        && done.is_none()
    {
        add(&at, &format!("server hello, suite {suite:04x}"), Happening::EllipticCertificate { suite });
    }
    if datagrams {
        return done.is_some();
    }
    let server = conversation.from_server;
    let ends = conversation
        .steps
        .iter()
        .any(|step| step.from == Speaker::Client && matches!(step.what, What::Fin | What::Reset));
    let lost = server.hole && (ends || context.is_silent_since(&server.last))
        || server.unacknowledged && server.repeats >= 2 && server.repeated_size >= LARGE;
    if lost && done.is_none() {
        let what = Happening::LargePacketsLost { size: server.repeated_size };
        add(&server.last, "large packets do not arrive", what);
    } else if let Some((at, head)) = answer_in_clear(conversation) {
        let words = format!("HTTP {} behind the client hello", head.status);
        add(&at, &words, Happening::AnsweredInClear { status: head.status });
    } else if let Some((at, words, what)) = broken_off(conversation)
        .filter(|_| done.is_none() && server.gaps == 0 && conversation.from_client.gaps == 0)
    {
        add(&at, words, what);
    } else if let Some(hello) = hello
        && !answered
        && (server.bytes == 0 || says_goodbye)
    {
        let closed = conversation
            .steps
            .iter()
            .find(|step| step.from == Speaker::Server && matches!(step.what, What::Fin | What::Reset));
        let left = conversation
            .steps
            .iter()
            .find(|step| step.from == Speaker::Client && matches!(step.what, What::Fin | What::Reset));
        match (closed, left) {
            (Some(closed), left) if left.is_none_or(|left| closed.at < left.at) => {
                let what = Happening::ClosedAfterHello { version };
                add(&closed.at, "closed behind the client hello", what);
            }
            (_, Some(left)) if left.at.since(&hello) >= SILENCE => {
                add(&hello, "client hello, unanswered", Happening::HelloUnanswered);
            }
            (_, None) if context.is_silent_since(&hello) => {
                add(&hello, "client hello, unanswered", Happening::HelloUnanswered);
            }
            _ => {}
        }
    }
    done.is_some()
}

/// Alerts that only say that a session ends (RFC 5246, 7.2.1 and 7.2.2).
const CLOSE_NOTIFY: u8 = 0;
const USER_CANCELED: u8 = 90;
/// The level of an alert that ends a session for a fault.
const FATAL: u8 = 2;

/// The other end had ended the connection before: what a library says to that is no reason.
fn is_left_by_other(conversation: &Conversation, side: Side, at: &PacketPlace) -> bool {
    let other = Speaker::from(if side == Side::Client { Side::Server } else { Side::Client });
    let ends = |step: &Step| step.from == other && matches!(step.what, What::Fin | What::Reset);
    conversation.steps.iter().any(|step| ends(step) && step.at < *at)
}

/// A handshake that one end ended in its midst without a word: some libraries send no alert, or their connection is
/// gone before it is sent.
fn broken_off(conversation: &Conversation) -> Option<(PacketPlace, &'static str, Happening)> {
    let (mut shown, mut complete, mut asked) = (false, false, false);
    let (mut has_none, mut spoke) = (false, false);
    for (step, side, message) in conversation.tls() {
        match (side, message) {
            (_, Message::Alert { .. }) if is_left_by_other(conversation, side, &step.at) => {}
            (_, Message::Alert { .. }) | (Side::Server, Message::ChangeCipherSpec | Message::Hidden(_)) => {
                return None;
            }
            (Side::Server, Message::Certificate(_)) => shown = true,
            (Side::Server, Message::CertificateRequest(_)) => asked = true,
            (Side::Server, Message::ServerHelloDone) => complete = true,
            (Side::Client, Message::ClientHello(_)) => {}
            (Side::Client, Message::Certificate(own)) => (has_none, spoke) = (own.is_empty(), true),
            (Side::Client, _) => spoke = true,
            _ => {}
        }
    }
    let ends = |step: &&Step| matches!(step.what, What::Fin | What::Reset);
    let end = conversation.steps.iter().filter(ends).min_by_key(|step| step.at)?;
    match end.from {
        Speaker::Client if shown && complete && !spoke => {
            Some((end.at, "closed behind the server's certificate", Happening::LeftBehindCertificate))
        }
        Speaker::Server if complete && asked && has_none => {
            Some((end.at, "closed, no client certificate", Happening::ClosedWithoutCertificate))
        }
        _ => None,
    }
}

/// What a server that knows no TLS answered to a hello.
fn answer_in_clear(conversation: &Conversation) -> Option<(PacketPlace, &Head)> {
    let (hello, _, first) = conversation.tls().next()?;
    let is_answered = conversation.tls().any(|(_, side, _)| side == Side::Server);
    if is_answered || !matches!(first, Message::ClientHello(_)) {
        return None;
    }
    conversation.steps.iter().find_map(|step| match (&step.what, step.from) {
        (What::Http(head), Speaker::Server) if step.at > hello.at => Some((step.at, head)),
        _ => None,
    })
}

/// ECDSA and ECDH with ECDSA, by IANA's registry of cipher suites.
fn is_elliptic(suite: u16) -> bool {
    matches!(suite, 0xc001..=0xc00a | 0xc023..=0xc026 | 0xc02b..=0xc02e | 0xc0ac..=0xc0af | 0xcca9)
}

fn datagrams(context: &Context<'_>, conversation: &Conversation, events: &mut Vec<CaptureEvent>) {
    let hello = conversation.tls().find(|(_, _, message)| matches!(message, Message::ClientHello(_)));
    let Some((hello, ..)) = hello else {
        tls(context, conversation, events);
        return;
    };
    tls(context, conversation, events);
    let (client, server) = (conversation.from_client, conversation.from_server);
    if server.packets > 0 {
        return;
    }
    let refused = conversation.steps.iter().find_map(|step| match (&step.what, step.from) {
        (What::Undelivered { sender: Side::Client, .. }, Speaker::Network(by)) => Some((step.at, by)),
        _ => None,
    });
    let (at, words, what) = if let Some((at, by)) = refused {
        (at, "DTLS client hello, ICMP: unreachable", Happening::DatagramsUnreachable { by: by.to_string() })
    } else if client.last.since(&hello.at) >= 900_000_000 {
        let requests = u32::try_from(client.packets).unwrap_or(u32::MAX);
        (client.last, "DTLS client hello, unanswered", Happening::DatagramsUnanswered { requests })
    } else {
        return;
    };
    events.push(context.event(conversation, &at, words, what));
}

/// A router says that packets are too large; once a conversation.
fn too_big(context: &Context<'_>, conversation: &Conversation, events: &mut Vec<CaptureEvent>) {
    let said = conversation.steps.iter().find_map(|step| match (&step.what, step.from) {
        (What::Undelivered { reason: Undelivered::TooBig(next), .. }, Speaker::Network(by)) => {
            Some((step.at, *next, by))
        }
        _ => None,
    });
    if let Some((at, next, by)) = said {
        let words = format!("ICMP: fragmentation needed, next link {next}");
        let what = Happening::TooBig { next, by: by.to_string() };
        events.push(context.event(conversation, &at, &words, what));
    }
}

/// What a gateway answers to a login in the clear.
fn login(context: &Context<'_>, conversation: &Conversation, events: &mut Vec<CaptureEvent>) {
    if Service::of_port(conversation.server.port()) != Service::Gateway
        || answer_in_clear(conversation).is_some()
    {
        return;
    }
    let mut asked = String::new();
    for step in &conversation.steps {
        let What::Http(head) = &step.what else { continue };
        if head.status == 0 {
            asked = head.header("host").split(':').next().unwrap_or_default().to_ascii_lowercase();
            continue;
        }
        let location = head.header("location");
        let host =
            location.split("://").nth(1).map(|rest| rest.split(['/', ':', '?']).next().unwrap_or(rest));
        let own = conversation.server.ip().to_string();
        let elsewhere = host.is_some_and(|host| !host.eq_ignore_ascii_case(&asked) && host != own);
        let what = match head.status {
            300..=399 if elsewhere => Happening::RedirectedElsewhere { location: location.to_owned() },
            401 | 403 => Happening::LoginRefused { status: head.status },
            503 => Happening::ServiceUnavailable,
            _ => continue,
        };
        let words = format!("HTTP {} {}", head.status, head.phrase);
        events.push(context.event(conversation, &step.at, &words, what));
    }
}
