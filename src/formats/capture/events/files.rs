//! Files that phones ask for, by TFTP and by HTTP on 6970, and the servers that DHCP gives for them.

use crate::capture::conversation::{Conversation, PacketPlace, Speaker, Transport, Undelivered, What};
use crate::capture::tftp::Tftp;
use crate::documents::capture::CaptureEvent;
use crate::event::traffic::{Happening, Service};
use crate::formats::capture::context::Context;
use crate::formats::capture::{place, stamp_of};

/// The size of a TFTP block where none is agreed.
const BLOCK: u32 = 512;

pub(super) fn add(context: &Context<'_>, conversation: &Conversation, events: &mut Vec<CaptureEvent>) {
    if Service::of_port(conversation.server.port()) != Service::Files {
        return;
    }
    match conversation.transport {
        Transport::Udp => tftp(context, conversation, events),
        Transport::Tcp => http(context, conversation, events),
    }
}

fn tftp(context: &Context<'_>, conversation: &Conversation, events: &mut Vec<CaptureEvent>) {
    let requests = || {
        conversation.steps.iter().filter_map(|step| match &step.what {
            What::Tftp(Tftp::Request { file }) => Some((step.at, file)),
            _ => None,
        })
    };
    let (Some((first, file)), Some((last, _))) = (requests().next(), requests().next_back()) else { return };
    let file = file.clone();
    let mut block_size = BLOCK;
    let mut ended: Option<(PacketPlace, String, Happening)> = None;
    for step in &conversation.steps {
        match &step.what {
            What::Tftp(Tftp::Options { block_size: Some(size) }) => block_size = u32::from(*size),
            What::Tftp(Tftp::Data { size, .. }) if *size < block_size && step.from == Speaker::Server => {
                ended = Some((
                    step.at,
                    "the last block".to_owned(),
                    Happening::FileArrived { file: file.clone() },
                ));
            }
            What::Tftp(Tftp::Error { code, text }) if step.from == Speaker::Server && *code != 8 => {
                let missing = *code == 1 || text.to_ascii_lowercase().contains("not found");
                let what = if missing {
                    Happening::FileNotFound { file: file.clone() }
                } else {
                    Happening::FileRefused { file: file.clone(), text: text.clone() }
                };
                ended = Some((step.at, format!("error {code} {text}"), what));
            }
            What::Undelivered { reason: Undelivered::TooBig(_), .. } => {}
            What::Undelivered { .. } if conversation.from_server.packets == 0 => {
                let what = Happening::FileUnanswered { file: file.clone() };
                ended = Some((step.at, "ICMP: unreachable".to_owned(), what));
            }
            _ => {}
        }
    }
    let ended = ended.or_else(|| {
        let server = conversation.from_server;
        if server.packets == 0 {
            let silent = last.since(&first) > 0 || context.is_silent_since(&last);
            let what = Happening::FileUnanswered { file: file.clone() };
            return silent.then(|| (last, "unanswered".to_owned(), what));
        }
        let what = Happening::FileBroken { file: file.clone() };
        context.is_silent_since(&server.last).then(|| (server.last, "breaks off".to_owned(), what))
    });
    if let Some((at, words, what)) = ended {
        events.push(context.event(conversation, &at, &format!("TFTP {file}: {words}"), what));
    }
}

fn http(context: &Context<'_>, conversation: &Conversation, events: &mut Vec<CaptureEvent>) {
    let mut file = String::new();
    let mut open: Option<PacketPlace> = None;
    for step in &conversation.steps {
        let (words, what) = match &step.what {
            What::Http(head) if head.status == 0 => {
                file = head.target.rsplit('/').next().unwrap_or_default().to_owned();
                continue;
            }
            What::Http(head) => match head.status {
                404 | 410 => ("404".to_owned(), Happening::FileNotFound { file: file.clone() }),
                200 if head.body > 0 => {
                    open = Some(step.at);
                    continue;
                }
                200 => ("200".to_owned(), Happening::FileArrived { file: file.clone() }),
                400.. => {
                    let text = format!("{} {}", head.status, head.phrase);
                    (text.clone(), Happening::FileRefused { file: file.clone(), text })
                }
                _ => continue,
            },
            What::HttpBodyDone if step.from == Speaker::Server && open.take().is_some() => {
                ("200".to_owned(), Happening::FileArrived { file: file.clone() })
            }
            What::Reset | What::Fin if open.take().is_some() => {
                ("breaks off".to_owned(), Happening::FileBroken { file: file.clone() })
            }
            _ => continue,
        };
        events.push(context.event(conversation, &step.at, &format!("HTTP {file}: {words}"), what));
    }
}

/// What DHCP gives: an acknowledgement with an address tells.
pub(super) fn add_given(context: &Context<'_>, events: &mut Vec<CaptureEvent>) {
    for (at, message) in &context.traffic.dhcp {
        if message.message != 5 || message.address.is_unspecified() {
            continue;
        }
        let asks = context.traffic.dhcp.iter().any(|(_, other)| {
            other.client == message.client
                && (other.wanted.contains(&150)
                    || other.wanted.contains(&66)
                    || other.vendor_class.contains("IP Phone"))
        });
        let mut servers: Vec<String> = message.tftp_servers.iter().map(ToString::to_string).collect();
        if servers.is_empty() && !message.tftp_name.is_empty() {
            servers.push(message.tftp_name.clone());
        }
        let mut gone = message.tftp_servers.iter().filter_map(|server| {
            let asked = context.traffic.asked.get(server)?;
            (asked.times > 1 && !asked.answered && asked.by == message.address).then_some((server, asked))
        });
        if let Some((server, asked)) = gone.next() {
            events.push(CaptureEvent {
                at: place(&asked.last, &format!("{} > {server} ARP, unanswered", asked.by)),
                stamp: asked.last.nanos.map(stamp_of),
                client: message.address.to_string(),
                server: server.to_string(),
                port: 69,
                service: Service::Files,
                name: String::new(),
                same_network: true,
                what: Happening::FileUnanswered { file: String::new() },
            });
        }
        let (words, what) = if !servers.is_empty() {
            ("DHCP ack, a TFTP server", Happening::TftpServersGiven { servers })
        } else if asks {
            ("DHCP ack, no option 150 or 66", Happening::NoTftpServerGiven)
        } else {
            continue;
        };
        events.push(CaptureEvent {
            at: place(at, &format!("{} > {} {words}", message.server, message.address)),
            stamp: at.nanos.map(stamp_of),
            client: message.address.to_string(),
            server: message.server.to_string(),
            port: 67,
            service: Service::Addresses,
            name: String::new(),
            same_network: false,
            what,
        });
    }
}
