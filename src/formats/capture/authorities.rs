//! The CAs of which a server asks for a certificate, and one that it did not ask for.
//!
//! ```text
//! server: certificate request, one of: CN=Example Manufacturing CA
//! client: certificate, issued by CN=CAPF-0a1b2c3d
//! ```
//! A server names the CAs that it takes; one that names none takes any, or says nothing about it. A client that has no
//! certificate of these sends another one or none, as it likes. It matters where the server ends the connection behind
//! it.
//!
//! Sources: RFC 5246, sections 7.4.4 and 7.4.6.

use super::context::Context;
use crate::capture::conversation::{Conversation, PacketPlace, Speaker, What};
use crate::capture::tls::{CertificateRequest, MAX_LISTED, Message, Side};
use crate::der::{self, Fault, name, tag};
use crate::documents::capture::CaptureEvent;
use crate::event::traffic::Happening;

/// Names of CAs that are quoted; a server may know hundreds.
const MAX_QUOTED: usize = 8;

/// The names in a request.
pub(super) fn names(request: &CertificateRequest) -> Vec<String> {
    request.authorities.iter().take(MAX_QUOTED).filter_map(|name| text(name).ok()).collect()
}

/// Certificates of the client that are of no CA which the server named, where the server ended the connection then.
pub(super) fn add(context: &Context<'_>, conversation: &Conversation, events: &mut Vec<CaptureEvent>) {
    let mut asked: Option<&CertificateRequest> = None;
    for (step, side, message) in conversation.tls() {
        match (side, message) {
            (Side::Server, Message::CertificateRequest(request)) => asked = Some(request),
            (Side::Client, Message::Certificate(shown)) => {
                if let Some(asked) = asked
                    && let Some(issuer) = unlisted_issuer(shown, &asked.authorities)
                    && is_ended_by_server(conversation, &step.at)
                {
                    let words = "certificate of a CA that was not asked for";
                    let what = Happening::IssuerNotAskedFor { issuer, authorities: names(asked) };
                    events.push(context.event(conversation, &step.at, words, what));
                }
            }
            _ => {}
        }
    }
}

/// By an alert, or without a word.
fn is_ended_by_server(conversation: &Conversation, since: &PacketPlace) -> bool {
    conversation.steps.iter().filter(|step| step.at > *since && step.from == Speaker::Server).any(|step| {
        matches!(step.what, What::Fin | What::Reset | What::Tls(Message::Alert { level: FATAL, .. }))
    })
}

/// An alert that ends the connection.
const FATAL: u8 = 2;

/// Who issued the first of these certificates, where neither it nor one behind it is issued by an authority of the
/// list. A list of none takes any, and of one that was cut nobody knows the rest.
fn unlisted_issuer(shown: &[Vec<u8>], asked: &[Vec<u8>]) -> Option<String> {
    let issuers: Vec<&[u8]> =
        shown.iter().map(|certificate| issuer(certificate)).collect::<Result<_, _>>().ok()?;
    let own = issuers.first()?;
    let is_asked = |issuer: &&[u8]| asked.iter().any(|der| der.as_slice() == *issuer);
    let is_whole = (1..MAX_LISTED).contains(&asked.len());
    if !is_whole || issuers.iter().any(is_asked) { None } else { text(own).ok() }
}

/// A certificate's issuer, as DER (RFC 5280, section 4.1).
fn issuer(certificate: &[u8]) -> Result<&[u8], Fault> {
    let mut signed = der::element(certificate)?.inside().require(tag::SEQUENCE)?.inside();
    signed.optional(tag::CONTEXT_0)?;
    signed.require(tag::INTEGER)?;
    signed.require(tag::SEQUENCE)?;
    Ok(signed.require(tag::SEQUENCE)?.whole)
}

fn text(name: &[u8]) -> Result<String, Fault> {
    Ok(name::read(der::element(name)?.content)?.text)
}
