//! An ASA's log of many phones and PCs at once, of any size, with a known answer for each phone.
//!
//! Everything follows from the seed: the same numbers give the same log. Lines come in the order of time and are
//! never held together, so a log of any size can be streamed. The clients' messages interleave as they would: lists
//! of ciphers and reasons carry no address, several handshakes fail at a time, branches share an address, PCs stand
//! beside phones, some lines are broken at 80 columns.

#![expect(clippy::indexing_slicing, reason = "its indices are its own, and nothing here reads input")]

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// What to make.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    /// Phones.
    pub phones: u32,
    /// PC users besides.
    pub pcs: u32,
    /// The log ends soon after as many bytes.
    pub bytes: u64,
    /// Every number gives another log.
    pub seed: u64,
}

/// What a log must be read as for one phone, or for an address that several clients share.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// `SEP…`, or empty for a shared address.
    pub name: String,
    /// The address that it comes from.
    pub address: String,
    /// Attempts.
    pub attempts: u32,
    /// Attempts that got an address.
    pub connected: u32,
    /// The furthest stage's place among the twelve; 0 where there is none.
    pub furthest: u8,
    /// The stage of the last failure, where no later attempt connected; an id as in reports.
    pub failed: &'static str,
    /// Its reason as printed.
    pub reason: &'static str,
}

/// One client's fate in an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Works,
    UnknownAuthority,
    NoSharedCipher,
    Rejected,
    Posture,
    AccessPolicy,
    NoLogins,
    NoAddress,
    Lost,
    Silent,
}

/// Fate, its failed stage, its reason, and the furthest stage that it passes by its user name alone.
const FATES: [(Fate, &str, &str, u8); 10] = [
    (Fate::Works, "", "", TUNNEL),
    (Fate::UnknownAuthority, "trust", "tlsv1 alert unknown ca", TLS),
    (Fate::NoSharedCipher, "tls", "no shared cipher", REACH),
    (Fate::Rejected, "login", "Account has been disabled", HOST_NAME),
    (Fate::Posture, "posture", "", LOGIN),
    (Fate::AccessPolicy, "authorisation", "DfltAccessPolicy", POSTURE),
    (Fate::NoLogins, "policy", "session limit of 0", AUTHORISATION),
    (Fate::NoAddress, "policy", "", AUTHORISATION),
    (Fate::Lost, "tunnel", "DPD failure", TUNNEL),
    (Fate::Silent, "", "", TRUST),
];
const REACH: u8 = 3;
const TLS: u8 = 4;
const TRUST: u8 = 5;
const HOST_NAME: u8 = 6;
const LOGIN: u8 = 7;
const POSTURE: u8 = 8;
const AUTHORISATION: u8 = 9;
const TUNNEL: u8 = 11;

struct Client {
    user: String,
    address: String,
    phone: bool,
    /// Its address is another client's, too; the answer of that address.
    shared: Option<usize>,
    answer: Answer,
    attempts: u32,
}

/// A block of lines that the ASA prints in one go, or the start of a client's next attempt.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum What {
    Begin(usize),
    Lines(Vec<String>),
    /// Reason and failure of a handshake.
    Failure([String; 2]),
}

/// The log, as an iterator over its lines with their line ends.
pub struct Log {
    wanted: Wanted,
    random: u64,
    clients: Vec<Client>,
    shared: Vec<Answer>,
    queue: BinaryHeap<Reverse<(u64, u64, What)>>,
    number: u64,
    written: u64,
    ready: std::collections::VecDeque<String>,
}

impl Log {
    /// Begins a log.
    pub fn new(wanted: Wanted) -> Self {
        let mut log = Self {
            wanted,
            random: wanted.seed ^ 0x9E37_79B9_7F4A_7C15,
            clients: Vec::new(),
            shared: Vec::new(),
            queue: BinaryHeap::new(),
            number: 0,
            written: 0,
            ready: std::collections::VecDeque::new(),
        };
        log.people();
        for index in 0..log.clients.len() {
            let start = log.below(600_000);
            log.push(start, What::Begin(index));
        }
        log
    }

    /// The answers, once all lines were taken: phones by name, then shared addresses.
    pub fn answers(&self) -> (Vec<Answer>, Vec<Answer>) {
        let phones = self.clients.iter().filter(|client| client.phone && client.answer.attempts > 0);
        let mut phones: Vec<Answer> = phones.map(|client| client.answer.clone()).collect();
        phones.sort_by(|one, other| one.name.cmp(&other.name));
        let shared = self.shared.iter().filter(|answer| answer.attempts > 0);
        let mut shared: Vec<Answer> = shared.cloned().collect();
        shared.sort_by(|one, other| one.address.cmp(&other.address));
        (phones, shared)
    }

    fn people(&mut self) {
        let models = ["CP-7962G", "CP-7965G", "CP-7975G", "CP-8861", "CP-8945"];
        for index in 0..self.wanted.phones {
            let name = format!("SEP{:012X}", 0x0011_2233_0000_u64 + u64::from(index));
            let user = format!("{}-{name}", models[self.below(5) as usize]);
            let own = address(index);
            // Every tenth phone stands behind the address of the one before it.
            let shared = (index % 10 == 9).then(|| self.share(index as usize - 1));
            let address = match shared {
                Some(_) => self.clients[index as usize - 1].address.clone(),
                None => own,
            };
            let answer = Answer { name, address: address.clone(), ..Answer::default() };
            self.clients.push(Client { user, address, phone: true, shared, answer, attempts: 0 });
        }
        for index in 0..self.wanted.pcs {
            let beside = index * 20 + 4;
            let shared = (index % 5 == 0 && beside < self.wanted.phones).then(|| self.share(beside as usize));
            let address = match shared {
                Some(_) => self.clients[beside as usize].address.clone(),
                None => address(1_000_000 + index),
            };
            let user = format!("user.{index}");
            self.clients.push(Client {
                user,
                address,
                phone: false,
                shared,
                answer: Answer::default(),
                attempts: 0,
            });
        }
    }

    fn share(&mut self, with: usize) -> usize {
        if let Some(shared) = self.clients[with].shared {
            return shared;
        }
        let address = self.clients[with].address.clone();
        self.shared.push(Answer { address, ..Answer::default() });
        self.clients[with].shared = Some(self.shared.len() - 1);
        self.shared.len() - 1
    }

    fn below(&mut self, bound: u64) -> u64 {
        // xorshift64*: the shortest generator whose high bits are good.
        self.random ^= self.random >> 12;
        self.random ^= self.random << 25;
        self.random ^= self.random >> 27;
        (self.random.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) % bound
    }

    fn push(&mut self, time: u64, what: What) {
        self.number += 1;
        self.queue.push(Reverse((time, self.number, what)));
    }

    fn emit(&mut self, time: u64, words: &str) {
        let (seconds, minutes, hours) = (time / 1000 % 60, time / 60_000 % 60, 6 + time / 3_600_000);
        let (day, hours) = (23 + hours / 24, hours % 24);
        let mut line = format!("Nov {day} 2026 {hours:02}:{minutes:02}:{seconds:02} vpn : %ASA-6-{words}");
        if self.number.is_multiple_of(50) && line.is_ascii() {
            let whole = std::mem::take(&mut line);
            for (at, letter) in whole.chars().enumerate() {
                if at > 0 && at % 80 == 0 {
                    line.push('\n');
                }
                line.push(letter);
            }
        }
        line.push('\n');
        self.written += line.len() as u64;
        self.ready.push_back(line);
    }

    /// Takes the next thing that happens.
    fn step(&mut self) -> bool {
        let Some(Reverse((time, _, what))) = self.queue.pop() else { return false };
        match what {
            What::Begin(client) => self.begin(time, client),
            What::Failure([reason, failure]) => {
                // Where two fail at a time, their lines come in pairs.
                let other = match self.queue.peek() {
                    Some(Reverse((_, _, What::Failure(_)))) => self.queue.pop(),
                    _ => None,
                };
                self.emit(time, &reason);
                match other {
                    Some(Reverse((later, _, What::Failure([second_reason, second_failure])))) => {
                        self.emit(time, &second_reason);
                        self.emit(time, &failure);
                        self.emit(later, &second_failure);
                    }
                    _ => self.emit(time, &failure),
                }
            }
            What::Lines(lines) => {
                for (at, line) in lines.iter().enumerate() {
                    self.emit(time, line);
                    // Another client's line may come between the ciphers of a list.
                    if at + 2 == lines.len() && lines.len() > 2 {
                        self.foreign_line();
                    }
                }
            }
        }
        true
    }

    fn foreign_line(&mut self) {
        let single = |what: &What| matches!(what, What::Lines(lines) if lines.len() == 1);
        if self.queue.peek().is_some_and(|Reverse((_, _, what))| single(what))
            && let Some(Reverse((time, _, What::Lines(lines)))) = self.queue.pop()
        {
            self.emit(time, &lines[0]);
        }
    }

    fn begin(&mut self, time: u64, index: usize) {
        if self.written >= self.wanted.bytes {
            return;
        }
        let choice = self.below(FATES.len() as u64) as usize;
        let client = &self.clients[index];
        // Where an address is shared, an attempt that never logs in cannot be told from another client's.
        let nameless =
            matches!(FATES[choice].0, Fate::Silent | Fate::UnknownAuthority | Fate::NoSharedCipher);
        let quiet = FATES[choice].0 == Fate::Silent && client.shared.is_some();
        // The log knows a phone by a login at least.
        let choice = if quiet || (nameless && client.attempts == 0) { 0 } else { choice };
        self.attempt(time, index, choice);
        let next = time + 120_000 + self.below(240_000);
        self.push(next, What::Begin(index));
    }

    fn attempt(&mut self, start: u64, index: usize, choice: usize) {
        let fate = FATES[choice].0;
        self.account(index, choice);
        let connection = self.number;
        let port = 1024 + (self.below(60_000) as u32);
        let client = &mut self.clients[index];
        client.attempts += 1;
        let (user, address, phone) = (client.user.clone(), client.address.clone(), client.phone);
        let peer = format!("outside:{address}/{port}");
        let group = if phone { "VPNPhone" } else { "Staff" };
        let who = format!("Group <{group}> User <{user}> IP <{address}>");
        let assigned = format!("10.{}.{}.{}", index / 62_500 % 250, index / 250 % 250, index % 250 + 1);
        let mut time = start;
        let mut lines: Vec<Vec<String>> = vec![
            vec![format!(
                "302013: Built inbound TCP connection {connection} for {peer} ({address}/{port}) to identity:192.0.2.1/443 (192.0.2.1/443)"
            )],
            vec![format!(
                "725001: Starting SSL handshake with client {peer} to 192.0.2.1/443 for TLSv1 session"
            )],
            vec![
                "725010: Device supports the following 2 cipher(s)".to_owned(),
                "725011: Cipher[1] : AES256-SHA".to_owned(),
                "725011: Cipher[2] : AES128-SHA".to_owned(),
                format!("725008: SSL client {peer} to 192.0.2.1/443 proposes the following 2 cipher(s)"),
                format!(
                    "725011: Cipher[1] : {}",
                    if fate == Fate::NoSharedCipher { "RC4-SHA" } else { "AES128-SHA" }
                ),
                format!("725011: Cipher[2] : DES-CBC3-SHA-{port}"),
            ],
        ];
        let failure = |reason: &str| {
            let function = if reason.starts_with("no") { "SSL3_GET_CLIENT_HELLO" } else { "SSL3_READ_BYTES" };
            What::Failure([
                format!("725014: SSL lib error. Function: {function} Reason: {reason}"),
                format!("725006: Device failed SSL handshake with client {peer} to 192.0.2.1/443"),
            ])
        };
        let mut last = None;
        match fate {
            Fate::NoSharedCipher => last = Some(failure("no shared cipher")),
            Fate::UnknownAuthority => {
                lines.push(vec![format!("725012: Device chooses cipher AES128-SHA for the SSL session with client {peer} to 192.0.2.1/443")]);
                last = Some(failure("tlsv1 alert unknown ca"));
            }
            _ => {
                lines.push(vec![format!("725012: Device chooses cipher AES128-SHA for the SSL session with client {peer} to 192.0.2.1/443")]);
                lines.push(vec![format!("725002: Device completed SSL handshake with client {peer} to 192.0.2.1/443 for TLSv1 session")]);
                lines.extend(login(fate, &user, &address, group, &who, &assigned, &peer));
            }
        }
        lines.push(vec![format!("302014: Teardown TCP connection {connection} for {peer} to identity:192.0.2.1/443 duration 0:00:30 bytes 4666 TCP FINs from outside")]);
        let teardown = lines.pop();
        for block in lines {
            self.push(time, What::Lines(block));
            time += 1 + self.below(1500);
        }
        if let Some(last) = last {
            self.push(time, last);
        }
        self.push(time + 700, What::Lines(teardown.unwrap_or_default()));
        // Connections through the ASA, which are nobody's.
        for at in 0..3 {
            let other = self.below(60_000);
            self.push(time + at, What::Lines(vec![format!(
                "302013: Built inbound TCP connection {other} for outside:{address}/{other} ({address}/{other}) to dmz:198.51.100.9/443 (198.51.100.9/443)"
            )]));
        }
    }

    /// Writes down what this attempt must be read as.
    fn account(&mut self, index: usize, choice: usize) {
        let (fate, failed, reason, furthest) = FATES[choice];
        let client = &mut self.clients[index];
        let by_address = matches!(fate, Fate::UnknownAuthority | Fate::NoSharedCipher);
        let answer = match client.shared {
            Some(shared) if by_address => &mut self.shared[shared],
            // What a shared address completes counts as seen there, but is no attempt of the address.
            _ if client.phone => &mut client.answer,
            _ => return,
        };
        answer.attempts += 1;
        answer.furthest = answer.furthest.max(furthest);
        match fate {
            Fate::Silent => {}
            Fate::Works => {
                answer.connected += 1;
                (answer.failed, answer.reason) = ("", "");
            }
            _ => {
                answer.connected += u32::from(fate == Fate::Lost);
                (answer.failed, answer.reason) = (failed, reason);
            }
        }
    }
}

impl Iterator for Log {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        loop {
            if let Some(line) = self.ready.pop_front() {
                return Some(line);
            }
            if !self.step() {
                return None;
            }
        }
    }
}

/// The messages from a completed handshake on.
fn login(
    fate: Fate,
    user: &str,
    address: &str,
    group: &str,
    who: &str,
    assigned: &str,
    peer: &str,
) -> Vec<Vec<String>> {
    if fate == Fate::Silent {
        return vec![vec![format!("725007: SSL session with client {peer} to 192.0.2.1/443 terminated")]];
    }
    let mut lines = vec![format!(
        "113024: Group <{group}>: Authenticating ssl connection from <{address}> with username, <{user}>, from client certificate"
    )];
    if fate == Fate::Rejected {
        lines.push(format!("113005: AAA user authentication Rejected : reason = Account has been disabled : server = 198.51.100.20 : user = {user} : user IP = {address}"));
        lines.push(format!("716039: {who} Authentication: rejected, Session Type: WebVPN."));
        return single(lines);
    }
    lines.extend([
        format!("113004: AAA user authorization Successful : server = 198.51.100.20 : user = {user}"),
        format!("113009: AAA retrieved default group policy (PHONES) for user = {user}"),
        format!("716038: {who} Authentication: successful, Session Type: WebVPN."),
    ]);
    match fate {
        Fate::Posture => {
            lines.push(format!("724002: {who} WebVPN session not terminated. Cisco Secure Desktop was not running on the client's workstation."));
            return single(lines);
        }
        Fate::AccessPolicy => {
            lines.push(format!(
                "734003: DAP: User {user}, Addr {address}: Session Attribute aaa.cisco.tunnelgroup = {group}"
            ));
            lines.push(format!("734001: DAP: User {user}, Addr {address}, Connection AnyConnect: The following DAP records were selected for this connection: DfltAccessPolicy"));
            lines.push(format!("734002: DAP: User {user}, Addr {address}: Connection terminated by the following DAP records: DfltAccessPolicy"));
            return single(lines);
        }
        Fate::NoLogins => {
            lines
                .push(format!("113029: {who} Session could not be established: session limit of 0 reached."));
            return single(lines);
        }
        _ => {}
    }
    let datagram = format!("outside:{address}/1000");
    lines.push(format!("734001: DAP: User {user}, Addr {address}, Connection AnyConnect: The following DAP records were selected for this connection: PHONES"));
    lines.push(format!("113039: {who} AnyConnect parent session started."));
    if fate == Fate::NoAddress {
        lines.push(
            "737019: IPAA: Unable to get address from group-policy or tunnel-group local pools".to_owned(),
        );
        lines.push(format!("722020: TunnelGroup <{group}> GroupPolicy <PHONES> User <{user}> IP <{address}> No address available for SVC connection"));
        return single(lines);
    }
    lines.extend([
        format!("722051: {who} IPv4 Address <{assigned}> IPv6 address <::> assigned to session"),
        format!("746012: user-identity: Add IP-User mapping {assigned} - LOCAL\\{user} Succeeded - VPN user"),
        format!("722033: {who} First TCP SVC connection established for SVC session."),
        format!("722022: {who} TCP SVC connection established without compression"),
        format!("725001: Starting SSL handshake with client {datagram} to 192.0.2.1/443 for DTLSv1 session"),
        format!("725002: Device completed SSL handshake with client {datagram} to 192.0.2.1/443 for DTLSv1 session"),
        format!("722033: {who} First UDP SVC connection established for SVC session."),
        format!("722022: {who} UDP SVC connection established without compression"),
    ]);
    let lost = fate == Fate::Lost;
    if lost {
        lines.push(format!("722037: {who} SVC closing connection: DPD failure."));
    }
    let reason = if lost { "Lost Service" } else { "User Requested" };
    lines.push(format!("722023: {who} TCP SVC connection terminated without compression"));
    lines.push(format!("113019: Group = {group}, Username = {user}, IP = {address}, Session disconnected. Session Type: SSL, Duration: 0h:00m:31s, Bytes xmt: 1, Bytes rcv: 2, Reason: {reason}"));
    single(lines)
}

fn single(lines: Vec<String>) -> Vec<Vec<String>> {
    lines.into_iter().map(|line| vec![line]).collect()
}

/// An address of its own for everybody, in a range for documentation and its IPv6 sister.
fn address(index: u32) -> String {
    if index < 200 {
        format!("203.0.113.{}", index + 1)
    } else {
        format!("2001:db8:0:{:x}::{:x}", index >> 16, index & 0xFFFF)
    }
}
