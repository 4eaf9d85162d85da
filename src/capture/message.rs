//! HTTP and SIP: heads of messages. Bodies are passed over: a login's holds a password.
//!
//! ```text
//! GET /phones HTTP/1.1            REGISTER sip:cucm.example.com SIP/2.0
//! Host: vpn.example.com           CSeq: 101 REGISTER
//!
//! HTTP/1.1 302 Found              SIP/2.0 404 Not Found
//! Location: https://other/        Warning: 399 …
//! ```
//!
//! Sources: RFC 9112, sections 2 to 6; RFC 3261, sections 7 and 20 (short names of headers).

/// The head of a message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// `GET`, `REGISTER`; empty in an answer.
    pub method: String,
    /// What is asked for, without anything behind a question mark; empty in an answer.
    pub target: String,
    /// The status of an answer; 0 in a request.
    pub status: u16,
    /// The words behind the status.
    pub phrase: String,
    /// Headers that say something about phones, names in lower case.
    pub headers: Vec<(&'static str, String)>,
    /// Bytes of the body.
    pub body: u64,
}

impl Head {
    /// The value of a header; empty where it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(other, _)| *other == name).map_or("", |(_, value)| value.as_str())
    }
}

/// The longest head that is read, in bytes.
pub const MAX_HEAD: usize = 8 << 10;

/// Headers that are kept, and the short name that SIP has for some.
const KEPT: &[(&str, &str)] = &[
    ("host", ""),
    ("location", ""),
    ("server", ""),
    ("retry-after", ""),
    ("user-agent", ""),
    ("content-length", "l"),
    ("transfer-encoding", ""),
    ("cseq", ""),
    ("call-id", "i"),
    ("expires", ""),
    ("contact", "m"),
    ("to", "t"),
    ("reason", ""),
    ("warning", ""),
];

const METHODS: &[&str] = &[
    "GET ",
    "POST ",
    "HEAD ",
    "PUT ",
    "CONNECT ",
    "OPTIONS ",
    "REGISTER ",
    "NOTIFY ",
    "SUBSCRIBE ",
    "REFER ",
];

/// Whether bytes begin with a message's first line, as far as they go.
pub fn begins(bytes: &[u8]) -> bool {
    bytes.starts_with(b"HTTP/1.")
        || bytes.starts_with(b"SIP/2.0 ")
        || METHODS.iter().any(|method| bytes.starts_with(method.as_bytes()))
}

/// The length of the head at the beginning of some bytes, its empty line and all.
pub fn head_length(bytes: &[u8]) -> Option<usize> {
    memchr::memmem::find(bytes, b"\r\n\r\n").map(|at| at + 4)
}

/// Reads a head.
pub fn head(bytes: &[u8]) -> Option<Head> {
    let text = String::from_utf8_lossy(bytes.get(..bytes.len().min(MAX_HEAD))?);
    let mut lines = text.split("\r\n");
    let mut head = Head::default();
    let mut words = lines.next()?.splitn(3, ' ');
    let (first, second, third) = (words.next()?, words.next()?, words.next().unwrap_or_default());
    if first.starts_with("HTTP/") || first.starts_with("SIP/") {
        head.status = second.parse().ok()?;
        head.phrase = third.chars().take(80).collect();
    } else {
        head.method = first.to_owned();
        head.target = second.split('?').next().unwrap_or_default().chars().take(255).collect();
    }
    for line in lines.take(100) {
        let Some((name, value)) = line.split_once(':') else { continue };
        let name = name.trim().to_ascii_lowercase();
        let kept = KEPT.iter().find(|(long, short)| *long == name || !short.is_empty() && *short == name);
        if let Some((name, _)) = kept {
            head.headers.push((name, value.trim().chars().take(255).collect()));
        }
    }
    head.body = head.header("content-length").parse().unwrap_or_default();
    Some(head)
}
