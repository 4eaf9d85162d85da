//! What a client offers and what a server chooses.
//!
//! ```text
//! 0303 random(32) 00 | 0004 002f 0035 | 01 00 | extensions      client: version, session, suites, compression
//! 0303 random(32) 20 session | 0035 | 00 | extensions           server: the same, each chosen
//! ```
//!
//! Quirks: TLS 1.3 hides behind version 1.2 and states itself in an extension; a HelloRetryRequest is a server hello
//! with a fixed random; DTLS has a cookie behind the session.
//!
//! Sources: RFC 8446, section 4; RFC 5246, section 7.4.1; RFC 6347, section 4.2.1; RFC 6066; RFC 8422.

use crate::capture::cursor::Cursor;

/// A client hello.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClientHello {
    /// The version field, for example 0x0303.
    pub version: u16,
    /// Every version that the extension lists; empty where there is none.
    pub versions: Vec<u16>,
    /// Cipher suites in the client's order.
    pub suites: Vec<u16>,
    /// Elliptic curves and other groups.
    pub groups: Vec<u16>,
    /// Signature algorithms.
    pub signatures: Vec<u16>,
    /// The server's name; empty where none is sent.
    pub server_name: String,
    /// The session that it would resume.
    pub session: Vec<u8>,
    /// It holds a ticket or a pre-shared key to resume with.
    pub ticket: bool,
    /// It brings the cookie of a DTLS server.
    pub cookie: bool,
    /// It came in the head of SSLv2.
    pub ssl2: bool,
    /// It offers what only web browsers do: delegated credentials (RFC 9345), or one of the drafts that they tried.
    pub offers_browsers_ways: bool,
    /// It would speak HTTP/2 (RFC 7301), as programs of the web do and no phone of the VPN.
    pub offers_http2: bool,
}

impl ClientHello {
    /// It is of a web browser, or of a program that is built like one: it offers what only these do, or holds numbers
    /// that mean nothing and keep servers used to what they do not know (RFC 8701). That it names protocols (ALPN)
    /// says nothing: curl does so, too.
    pub fn is_of_a_browser(&self) -> bool {
        let is_filler = |number: &u16| number & 0x0f0f == 0x0a0a && number >> 8 == number & 0xff;
        self.offers_browsers_ways || self.suites.iter().chain(&self.groups).any(is_filler)
    }

    /// The highest version that it offers. Fillers (RFC 8701) and drafts are none.
    pub fn highest_version(&self) -> u16 {
        let listed = self.versions.iter().copied().filter(|version| version >> 8 != version & 0xff);
        listed.filter(|version| *version < 0x7f00).max().unwrap_or(self.version)
    }
}

/// A server hello.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServerHello {
    /// The version field, for example 0x0303.
    pub version: u16,
    /// The version that counts: the extension's where there is one.
    pub chosen_version: u16,
    /// The cipher suite that it chose.
    pub suite: u16,
    /// The session's id.
    pub session: Vec<u8>,
    /// It accepts a pre-shared key: TLS 1.3's way to resume.
    pub pre_shared_key: bool,
    /// It only asks for another client hello.
    pub retry: bool,
}

/// The random of a HelloRetryRequest: SHA-256 of that word.
const RETRY: [u8; 32] = [
    0xcf, 0x21, 0xad, 0x74, 0xe5, 0x9a, 0x61, 0x11, 0xbe, 0x1d, 0x8c, 0x02, 0x1e, 0x65, 0xb8, 0x91, 0xc2,
    0xa2, 0x11, 0x16, 0x7a, 0xbb, 0x8c, 0x5e, 0x07, 0x9e, 0x09, 0xe2, 0xc8, 0xa8, 0x33, 0x9c,
];

const SERVER_NAME: u16 = 0;
const GROUPS: u16 = 10;
const SIGNATURES: u16 = 13;
const DELEGATED_CREDENTIALS: u16 = 34;
const PROTOCOLS: u16 = 16;
const SESSION_TICKET: u16 = 35;
const PRE_SHARED_KEY: u16 = 41;
const VERSIONS: u16 = 43;
/// draft-agl-tls-nextprotoneg-04, and draft-vvv-tls-alps-01.
const NEXT_PROTOCOL: u16 = 13_172;
const APPLICATION_SETTINGS: u16 = 17_513;

/// Reads the body of a client hello; `dtls` says whether a cookie stands in it.
pub fn client_hello(body: &[u8], dtls: bool) -> Option<ClientHello> {
    let mut bytes = Cursor::new(body);
    let mut hello = ClientHello { version: bytes.u16()?, ..ClientHello::default() };
    bytes.take(32)?;
    hello.session = bytes.vector(1)?.rest().to_vec();
    if dtls {
        hello.cookie = !bytes.vector(1)?.is_empty();
    }
    hello.suites = bytes.vector(2)?.u16s();
    bytes.vector(1)?;
    if let Some(extensions) = bytes.vector(2) {
        each_extension(extensions, |kind, data| extension(&mut hello, kind, data));
    }
    Some(hello)
}

fn extension(hello: &mut ClientHello, kind: u16, mut data: Cursor<'_>) -> Option<()> {
    match kind {
        SERVER_NAME => {
            let mut names = data.vector(2)?;
            if names.u8()? == 0 {
                let name = names.vector(2)?.rest();
                let shown = name.get(..name.len().min(255)).unwrap_or_default();
                hello.server_name = String::from_utf8_lossy(shown).into_owned();
            }
        }
        GROUPS => hello.groups = data.vector(2)?.u16s(),
        SIGNATURES => hello.signatures = data.vector(2)?.u16s(),
        VERSIONS => hello.versions = data.vector(1)?.u16s(),
        DELEGATED_CREDENTIALS | NEXT_PROTOCOL | APPLICATION_SETTINGS => hello.offers_browsers_ways = true,
        PROTOCOLS => {
            let mut names = data.vector(2)?;
            while let Some(name) = names.vector(1) {
                hello.offers_http2 |= name.rest() == b"h2";
            }
        }
        SESSION_TICKET => hello.ticket |= !data.is_empty(),
        PRE_SHARED_KEY => hello.ticket = true,
        _ => {}
    }
    Some(())
}

/// Reads the body of a server hello.
pub fn server_hello(body: &[u8]) -> Option<ServerHello> {
    let mut bytes = Cursor::new(body);
    let version = bytes.u16()?;
    let retry = bytes.take(32)? == RETRY.as_slice();
    // Drafts of TLS 1.3 up to 21 have neither a session nor a compression here.
    let draft = version >> 8 == 0x7f && version < 0x7f16;
    let session = if draft { Vec::new() } else { bytes.vector(1)?.rest().to_vec() };
    let suite = bytes.u16()?;
    if !draft {
        bytes.u8()?;
    }
    let mut hello =
        ServerHello { version, chosen_version: version, suite, session, pre_shared_key: false, retry };
    if let Some(extensions) = bytes.vector(2) {
        each_extension(extensions, |kind, mut data| {
            match kind {
                VERSIONS => hello.chosen_version = data.u16()?,
                PRE_SHARED_KEY => hello.pre_shared_key = true,
                _ => {}
            }
            Some(())
        });
    }
    Some(hello)
}

/// The hello of a client that would speak to an SSLv2 server as well, from its message type on.
///
/// ```text
/// 01 0301 0063 0000 0020 | 000035 00002f 010080 … | challenge
/// ```
pub fn ssl2_hello(body: &[u8]) -> Option<ClientHello> {
    let mut bytes = Cursor::new(body);
    bytes.u8()?;
    let version = bytes.u16()?;
    let suites = usize::from(bytes.u16()?);
    let session = usize::from(bytes.u16()?);
    bytes.u16()?;
    // Three bytes a suite; those of SSLv2 itself begin with another byte than 0.
    let suites = bytes.take(suites)?.chunks_exact(3).filter_map(|suite| match suite {
        [0, high, low] => Some(u16::from_be_bytes([*high, *low])),
        _ => None,
    });
    let suites = suites.collect();
    let session = bytes.take(session)?.to_vec();
    Some(ClientHello { version, suites, session, ssl2: true, ..ClientHello::default() })
}

fn each_extension(mut extensions: Cursor<'_>, mut take: impl FnMut(u16, Cursor<'_>) -> Option<()>) {
    while let Some(kind) = extensions.u16() {
        let Some(data) = extensions.vector(2) else { return };
        // An extension that is damaged inside costs only itself.
        let _ = take(kind, data);
    }
}
