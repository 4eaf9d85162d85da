//! `show ip local pool`: how many addresses are left.
//!
//! ```text
//! Begin           End             Mask            Free     Held     In use
//! 198.51.100.1    198.51.100.9    255.255.255.0       0        0        9
//! ```
//! Empty means: no such heading with a row of numbers under it; then there is no document.
//!
//! Quirks: the output does not name its pool, so the name comes from the command that printed it, or from a line above
//! that repeats that command. IOS prints another heading (`Pool  Begin …`) for pools of its own; it is not read.
//!
//! Sources: the ASA command reference; a recorded output.

use std::net::IpAddr;

use crate::documents::Content;
use crate::documents::asa_pools::{AsaPools, PoolUse};
use crate::formats::{Claim, Format, How, Parsed, Sample, Share};
use crate::input::Kind;
use crate::limits::Limits;
use crate::lines::{Line, quoted};
use crate::source::Located;
use crate::typed::begins;

/// The format.
pub const FORMAT: Format = Format { name: "asa_pools", recognise, most: 95, read: How::Whole(read) };

fn recognise(sample: &Sample<'_>) -> Option<Claim> {
    let line = sample.text.unlogged_lines().find(|line| is_heading(line.text))?;
    let because = quoted("Begin End Mask Free Held In use", line.number);
    Some(Claim { kind: Kind::AsaShow, strength: STRENGTH, because, share: Share::Mixed })
}

fn read(sample: &Sample<'_>, limits: &Limits) -> Parsed {
    let mut name = sample.command.and_then(pool_of).unwrap_or_default().to_owned();
    let mut pools = AsaPools::default();
    let mut under_heading = false;
    for line in sample.text.lines() {
        if is_heading(line.text) {
            under_heading = true;
        } else if let Some(named) = pool_of(line.text) {
            named.clone_into(&mut name);
            under_heading = false;
        } else if under_heading && let Some(pool) = row(&name, &line) {
            if pools.pools.len() < limits.children {
                pools.pools.push(pool);
            }
        } else {
            under_heading = false;
        }
    }
    if pools.pools.is_empty() {
        return Parsed::default();
    }
    Parsed::read(vec![Content::AsaPools(pools)])
}

fn is_heading(text: &str) -> bool {
    text.trim_start().starts_with("Begin") && text.split_ascii_whitespace().eq(HEADING)
}

/// A row of the table: two addresses, a mask, three numbers.
fn row(name: &str, line: &Line<'_>) -> Option<PoolUse> {
    let mut words = line.text.split_ascii_whitespace();
    let mut address = || words.next().filter(|word| word.parse::<IpAddr>().is_ok());
    let (begin, end, _mask) = (address()?, address()?, address()?);
    let mut number = || words.next()?.parse().ok();
    let (free, held, in_use) = (number()?, number()?, number()?);
    let begin = Located::new(begin.to_owned(), line.at());
    Some(PoolUse { name: name.to_owned(), begin, end: end.to_owned(), free, held, in_use })
}

/// The pool that a command asks for: `show ip local pool PHONES`, abbreviated as people do, with or without a prompt.
fn pool_of(command: &str) -> Option<&str> {
    let mut words = command.split_ascii_whitespace().skip_while(|word| {
        let typed = word.rsplit(['#', '>']).next().unwrap_or_default();
        typed.len() < 2 || !"show".starts_with(typed)
    });
    words.next()?;
    for (full, least) in [("ip", 2), ("local", 1), ("pool", 1)] {
        words.next().filter(|word| begins(word, full, least))?;
    }
    words.next().filter(|name| !name.starts_with('|'))
}

const HEADING: [&str; 7] = ["Begin", "End", "Mask", "Free", "Held", "In", "use"];
const STRENGTH: u8 = 85;

#[cfg(test)]
mod tests {

    use super::*;
    use crate::lines::Decoded;

    const TWO: &str = "\
asa# show ip local pool PHONES
Begin           End             Mask            Free     Held     In use
198.51.100.1    198.51.100.9    255.255.255.0       0        1        9

In Use Addresses:
198.51.100.1

asa# sh ip local pool PCS
Begin           End             Mask            Free     Held     In use
203.0.113.1     203.0.113.100   255.255.255.0      64        0       36
";

    fn run<T>(text: &str, command: Option<&str>, work: impl Fn(&Sample<'_>) -> T) -> T {
        let decoded = Decoded::new(text.as_bytes(), 1 << 16);
        work(&Sample { name: "x", command, bytes: text.as_bytes(), text: &decoded, complete: true })
    }

    fn pools(text: &str, command: Option<&str>) -> Vec<(String, String, u32, u32)> {
        let parsed = run(text, command, |sample| read(sample, &Limits::default()));
        let Some(Content::AsaPools(read)) = parsed.documents.into_iter().next() else { return Vec::new() };
        read.pools.into_iter().map(|pool| (pool.name, pool.begin.value, pool.free, pool.in_use)).collect()
    }

    #[test]
    fn every_pool_is_read_with_its_name() {
        let row = |name: &str, begin: &str, free, used| (name.to_owned(), begin.to_owned(), free, used);
        assert_eq!(
            pools(TWO, None),
            [row("PHONES", "198.51.100.1", 0, 9), row("PCS", "203.0.113.1", 64, 36)]
        );
        let output = TWO.split_once('\n').unwrap().1.split("asa#").next().unwrap();
        let expected = [row("PHONES", "198.51.100.1", 0, 9)];
        assert_eq!(pools(output, Some("show ip local pool PHONES")), expected);
        assert_eq!(pools(output, None)[0].0, "");
    }

    #[test]
    fn it_is_recognised_by_its_heading() {
        assert_eq!(run(TWO, None, recognise).unwrap().kind, Kind::AsaShow);
        for text in
            ["Pool  Begin  End  Free  In use", "Begin the End", "ip local pool PHONES 198.51.100.1", ""]
        {
            assert_eq!(run(text, None, recognise), None, "{text}");
        }
        assert!(pools("Begin End Mask Free Held In use\n198.51.100.1 x\n", None).is_empty());
    }

    #[test]
    fn an_output_cut_at_any_byte_is_still_read() {
        for cut in 0..TWO.len() {
            assert!(pools(&TWO[..cut], None).len() <= 2);
        }
    }
}
