//! The log of a busy gateway: connections built and torn down, translations and denials, and now and then a line of a
//! VPN client.
//!
//! What the clients write comes from another log, line by line; beside each of its lines stand as many others, at the
//! same time and under the same header.

#![expect(clippy::indexing_slicing, reason = "its indices are its own, and nothing here reads input")]

/// Lines of a client's log among many others.
pub struct Busy<L> {
    log: L,
    /// Others beside each line of the log.
    beside: u32,
    random: u64,
    connection: u64,
}

impl<L: Iterator<Item = String>> Busy<L> {
    /// Begins a log with `beside` others for each line of `log`.
    pub fn new(log: L, beside: u32, seed: u64) -> Self {
        Self { log, beside, random: seed ^ 0x9E37_79B9_7F4A_7C15, connection: 81_000_000 }
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.random ^= self.random >> 12;
        self.random ^= self.random << 25;
        self.random ^= self.random >> 27;
        (self.random.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) % bound
    }

    /// A line that has nothing to do with a client of the VPN, without its header.
    fn other(&mut self) -> String {
        let (inside, outside) = (self.below(60_000), self.below(60_000));
        let inside = format!("198.51.100.{}", inside % 250 + 1);
        let outside = format!("203.0.113.{}", outside % 250 + 1);
        let (from, number) = (1024 + self.below(60_000), self.connection);
        let port = [443, 443, 443, 80, 53, 123, 993, 8443][self.below(8) as usize];
        let (seconds, bytes) = (self.below(300), self.below(900_000));
        let (minutes, seconds) = (seconds / 60, seconds % 60);
        let end =
            ["TCP FINs", "TCP FINs", "TCP Reset-I", "TCP Reset-O", "SYN Timeout"][self.below(5) as usize];
        self.connection += 1;
        match self.below(100) {
            0..27 => format!(
                "6-302013: Built outbound TCP connection {number} for outside:{outside}/{port} ({outside}/{port}) to inside:{inside}/{from} (192.0.2.1/{from})"
            ),
            27..53 => format!(
                "6-302014: Teardown TCP connection {number} for outside:{outside}/{port} to inside:{inside}/{from} duration 0:{minutes:02}:{seconds:02} bytes {bytes} {end}"
            ),
            53..65 => format!(
                "6-302015: Built outbound UDP connection {number} for outside:{outside}/53 ({outside}/53) to inside:{inside}/{from} (192.0.2.1/{from})"
            ),
            65..77 => format!(
                "6-302016: Teardown UDP connection {number} for outside:{outside}/53 to inside:{inside}/{from} duration 0:00:{seconds:02} bytes {}",
                bytes % 900
            ),
            77..85 => format!(
                "6-305011: Built dynamic TCP translation from inside:{inside}/{from} to outside:192.0.2.1/{from}"
            ),
            85..92 => format!(
                "6-305012: Teardown dynamic TCP translation from inside:{inside}/{from} to outside:192.0.2.1/{from} duration 0:{minutes:02}:{seconds:02}"
            ),
            92..97 => {
                let port = [22, 23, 445, 3389, 5060, 8080][self.below(6) as usize];
                format!(
                    "4-106023: Deny tcp src outside:{outside}/{from} dst inside:192.0.2.1/{port} by access-group \"OUTSIDE_IN\" [0x0, 0x0]"
                )
            }
            97 => format!(
                "6-302020: Built inbound ICMP connection for faddr {outside}/{from} gaddr 192.0.2.1/0 laddr {inside}/0 type 8 code 0"
            ),
            98 => format!(
                "6-106015: Deny TCP (no connection) from {outside}/{port} to 192.0.2.1/{from} flags RST ACK on interface outside"
            ),
            _ => format!("5-304001: {inside} Accessed URL {outside}:http://www.example.com/{number}"),
        }
    }
}

impl<L: Iterator<Item = String>> Iterator for Busy<L> {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        let mut lines = self.log.next()?;
        let header = lines.split_once("%ASA-").map(|(header, _)| header.to_owned()).unwrap_or_default();
        for _ in 0..self.beside {
            let other = self.other();
            lines.extend([&header, "%ASA-", &other, "\n"]);
        }
        Some(lines)
    }
}
