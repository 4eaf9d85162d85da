//! Registration at a call manager, in SIP and SCCP.
//!
//! ```text
//! REGISTER | 401 | REGISTER | 200        registered; the first refusal only asks for a password
//! register | register reject             refused
//! ```
//!
//! Quirks: `Expires: 0` takes a registration back; `Reason: …cisco-alarm:108` says why the phone was away before.
//!
//! Sources: RFC 3261, section 10; Cisco Unified CM error messages, LastOutOfServiceInformation.

use super::context::Context;
use crate::capture::conversation::{Conversation, PacketPlace, Speaker, Transport, What};
use crate::capture::message::Head;
use crate::capture::sccp::Sccp;
use crate::documents::capture::CaptureEvent;
use crate::event::traffic::Happening;

pub(super) fn add(context: &Context<'_>, events: &mut Vec<CaptureEvent>) {
    for conversation in &context.traffic.conversations {
        if matches!(conversation.server.port(), 2000 | 5060) || conversation.client.port() == 5060 {
            sip(context, conversation, events);
            sccp(context, conversation, events);
        }
    }
}

fn sip(context: &Context<'_>, conversation: &Conversation, events: &mut Vec<CaptureEvent>) {
    let mut add = |at: &PacketPlace, words: &str, what| {
        events.push(context.event(conversation, at, words, what));
    };
    let mut leaves = false;
    let mut asked: Option<PacketPlace> = None;
    let mut first: Option<PacketPlace> = None;
    let mut answered = false;
    for step in &conversation.steps {
        let What::Sip(head) = &step.what else { continue };
        if head.status == 0 {
            if head.method == "REGISTER" {
                leaves = is_leaving(head);
                asked = Some(step.at);
                first = first.or(asked);
                if let Some(code) = alarm(head) {
                    add(&step.at, &format!("SIP alarm {code}"), Happening::Alarm { code });
                }
            }
            continue;
        }
        if !head.header("cseq").ends_with("REGISTER") {
            continue;
        }
        answered = true;
        let words = format!("SIP {} {}", head.status, head.phrase);
        match head.status {
            200..=299 if !leaves => add(&step.at, &words, Happening::Registered),
            // 401 and 407 ask for a password, 423 for another time.
            401 | 407 | 423 => {}
            400.. => {
                let text =
                    if head.header("warning").is_empty() { &head.phrase } else { head.header("warning") };
                let text = text.to_owned();
                add(&step.at, &words, Happening::RegistrationRefused { status: head.status, text });
            }
            _ => {}
        }
    }
    let (Some(first), Some(last)) = (first, asked) else { return };
    let silent = conversation.transport == Transport::Udp && last.since(&first) > 1_000_000_000
        || context.is_silent_since(&first);
    if !answered && silent {
        let taken = conversation.transport == Transport::Tcp && !conversation.from_client.unacknowledged;
        add(&last, "SIP REGISTER, unanswered", Happening::RegistrationUnanswered { taken });
    }
}

fn is_leaving(head: &Head) -> bool {
    head.header("expires") == "0" || head.header("contact").contains("expires=0")
}

/// `cisco-alarm:25 Name=SEP001122334455 …`.
fn alarm(head: &Head) -> Option<u32> {
    let digits = head.header("reason").split("cisco-alarm:").nth(1)?;
    digits.split(|sign: char| !sign.is_ascii_digit()).next()?.parse().ok()
}

fn sccp(context: &Context<'_>, conversation: &Conversation, events: &mut Vec<CaptureEvent>) {
    let mut add = |at: &PacketPlace, words: &str, what| {
        events.push(context.event(conversation, at, words, what));
    };
    let mut asked: Option<PacketPlace> = None;
    let mut registered = false;
    let mut alive: Vec<PacketPlace> = Vec::new();
    for step in &conversation.steps {
        let What::Sccp(message) = &step.what else { continue };
        if step.from == Speaker::Server {
            alive.clear();
        }
        match message {
            Sccp::Register { .. } => asked = Some(step.at),
            Sccp::Registered => {
                (asked, registered) = (None, true);
                add(&step.at, "SCCP register ack", Happening::Registered);
            }
            Sccp::Rejected { text } => {
                asked = None;
                let what = Happening::RegistrationRefused { status: 0, text: text.clone() };
                add(&step.at, &format!("SCCP register reject: {text}"), what);
            }
            Sccp::Reset { kind } => {
                add(&step.at, "SCCP reset", Happening::ResetByServer { restart: *kind == 2 });
            }
            Sccp::KeepAlive if step.from == Speaker::Client => alive.push(step.at),
            _ => {}
        }
    }
    if let Some(asked) = asked
        && (context.is_silent_since(&asked) || conversation.last.since(&asked) >= 2_000_000_000)
    {
        let taken = !conversation.from_client.unacknowledged;
        add(&asked, "SCCP register, unanswered", Happening::RegistrationUnanswered { taken });
    }
    if registered && let [_, .., last] = alive.as_slice() {
        add(last, "SCCP keepalive, unanswered", Happening::KeepAliveUnanswered);
    }
}
