//! The lines of an ASA's log that nobody reads: passed over at the speed of memory, and counted by their ids.
//!
//! ```text
//! Nov 23 2026 10:19:27 vpn : %ASA-6-302013: Built outbound TCP connection 81 for outside:203.0.113.9/443 …
//! ```
//! A log of a busy gateway is made of such lines, and one in a hundred tells something of a phone. Whoever reads the log
//! reads a line himself where [`Counter::run`] stops; the lines between are those of which he would keep nothing but
//! their number.
//!
//! A line that is wanted and in which the same is as expected is handed to its reader where it stands: nothing of it has to
//! be looked for again.
//!
//! A line is passed over only where all of it is as expected: the header of the line before, digits of the clock aside;
//! a tag in its plainest form; an id that is only counted; nothing but ASCII. Everything else stops the run, so that
//! what a line means is decided in one place, by its reader.

mod digits;
mod gateway;
mod header;
mod line;
mod marks;

pub use gateway::{is_connection_to_gateway, is_denial_at_gateway, is_denial_at_phone_port};
pub use header::Prefix;
pub use marks::Mark;

/// What becomes of messages of an id.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Class {
    /// Somebody reads them.
    #[default]
    Wanted,
    /// They are counted.
    Counted,
    /// Connections: only those to the gateway itself are read.
    Connection,
    /// Denials: only those at the gateway's own port, or at a port that phones use inside, are read.
    Denial,
    /// Packets that found no way: only those to a port that phones use inside are read.
    Lost,
}

/// Lines that were passed over or read, one behind the other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Run {
    /// How many; each holds one message.
    pub lines: u32,
    /// Bytes of all of them, with their line ends.
    pub bytes: usize,
    /// The id of the last one.
    pub last_id: u32,
    /// Bytes of the last one without its line end.
    pub last_length: usize,
}

/// A line that somebody reads and that is a whole message: none goes on in the next line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Whole<'a> {
    /// The line without its line end.
    pub line: &'a [u8],
    /// What stands before the tag.
    pub header: &'a [u8],
    /// The id of six digits.
    pub id: u32,
    /// 0-7.
    pub severity: u8,
    /// The byte of the line at which its text begins; all from there on is ASCII.
    pub text: usize,
    /// Lines of the run before it, and their bytes.
    pub lines: u32,
    /// See [`Whole::lines`].
    pub bytes: usize,
}

/// Counts messages by their ids.
#[derive(Clone, Debug)]
pub struct Counter {
    class_of: fn(u32) -> Class,
    /// Lines longer than this are left to their reader, in bytes.
    longest: usize,
    /// Shorter lines of connections may go on in the next line, so they are left to their reader, in bytes.
    shortest: usize,
    /// Ids by their first three digits; those of a family that was not met yet have no room.
    families: Vec<Family>,
}

/// The ids that begin with the same three digits.
#[derive(Clone, Debug, Default)]
struct Family {
    ids: Vec<(Class, u64)>,
}

impl Counter {
    /// Counts ids whose class is given. A line of a connection of up to `shortest` bytes, and any line over `longest`
    /// bytes, is left to its reader.
    pub fn new(class_of: fn(u32) -> Class, shortest: usize, longest: usize) -> Self {
        Self { class_of, longest, shortest, families: Vec::new() }
    }

    /// Passes over whole lines from the start of `bytes`, as many as are only counted or as `read` takes. Their headers
    /// are `prefix` but for the clock, which is the last one's afterwards.
    pub fn run(
        &mut self,
        bytes: &[u8],
        prefix: &mut Prefix,
        read: &mut dyn FnMut(&Whole<'_>) -> bool,
    ) -> Run {
        let mut run = Run::default();
        let mut last: &[u8] = &[];
        // The tag of the next line, where it was looked for already.
        let mut ahead = None;
        while let Some(rest) = bytes.get(run.bytes..)
            && let Some((head, body)) = rest.split_at_checked(prefix.len())
            && let Some((id, begin)) = ahead.take().or_else(|| tag_behind(head, body, prefix))
            && let Some((end, ascii)) = line::end(body)
            && let Some(text) = body.get(begin..end)
        {
            let text = without_returns(text);
            let length = prefix.len() + begin + text.len();
            if text.first() == Some(&b'%') || prefix.len() + end > self.longest || !ascii {
                break;
            }
            let (shortest, longest) = (self.shortest, self.longest);
            let Some((class, count)) = self.entry(id) else { break };
            let kept = match class {
                Class::Wanted => true,
                Class::Counted => false,
                Class::Connection => length <= shortest || is_connection_to_gateway(text),
                Class::Denial => {
                    length <= shortest || is_denial_at_gateway(text) || is_denial_at_phone_port(text)
                }
                Class::Lost => length <= shortest || is_denial_at_phone_port(text),
            };
            let behind = run.bytes + prefix.len() + end + 1;
            if kept {
                // A message that begins in the next line ends this one; nothing else could go on in it.
                if length <= shortest {
                    ahead = bytes.get(behind..).and_then(|next| beginning(next, prefix, longest));
                    if ahead.is_none() {
                        break;
                    }
                }
                let (Some(line), Some(severity)) = (rest.get(..length), body.get(SEVERITY)) else { break };
                let severity = severity.wrapping_sub(b'0');
                let text = prefix.len() + begin;
                let (lines, bytes) = (run.lines, run.bytes);
                let whole = Whole { line, header: head, id, severity, text, lines, bytes };
                if !read(&whole) {
                    break;
                }
            }
            *count += 1;
            last = head;
            run.lines += 1;
            run.bytes = behind;
            (run.last_id, run.last_length) = (id, length);
        }
        prefix.set_clock(last);
        run
    }

    /// Class and count of an id of six digits.
    fn entry(&mut self, id: u32) -> Option<&mut (Class, u64)> {
        let (family, member) = ((id / 1000) as usize, (id % 1000) as usize);
        if self.families.len() <= family {
            self.families.resize_with(family + 1, Family::default);
        }
        let ids = &mut self.families.get_mut(family)?.ids;
        if ids.is_empty() {
            let first = id - id % 1000;
            ids.extend((first..first + 1000).map(|id| ((self.class_of)(id), 0)));
        }
        ids.get_mut(member)
    }

    /// Counts messages of an id of six digits that were read.
    pub fn add(&mut self, id: u32, times: u64) {
        if let Some((_, count)) = self.entry(id) {
            *count += times;
        }
    }

    /// Every id that was counted, and how often, in ascending order.
    pub fn counts(&self) -> impl Iterator<Item = (u32, u64)> {
        let all = self.families.iter().zip(0_u32..).flat_map(|(family, number)| {
            family.ids.iter().zip(number * 1000..).map(|((_, count), id)| (id, *count))
        });
        all.filter(|(_, count)| *count > 0)
    }
}

/// The id in `%ASA-6-302013: `, and where the text behind it begins. A tag of any other form is none.
fn tag(body: &[u8]) -> Option<(u32, usize)> {
    let (tag, _) = body.split_first_chunk::<TAG>()?;
    let (head, _) = tag.split_first_chunk::<8>()?;
    let (_, tail) = tag.split_last_chunk::<8>()?;
    let head = u64::from_le_bytes(*head) & u64::from_le_bytes(*b"\xff\xff\xff\xff\xff\xf8\xff\0");
    if head != u64::from_le_bytes(*b"%ASA-0-\0") && head != u64::from_le_bytes(*b"%FTD-0-\0") {
        return None;
    }
    let id = digits::six_between(*tail, b'-', b':')?;
    let mut text = TAG;
    while body.get(text) == Some(&b' ') {
        text += 1;
    }
    Some((id, text))
}

/// The tag of the message that begins with the next bytes, however its line may go on.
fn beginning(next: &[u8], prefix: &Prefix, longest: usize) -> Option<(u32, usize)> {
    // Whatever a line holds, ASCII is read the same in every encoding.
    if !prefix.is_ascii() || prefix.len() + TAG >= longest {
        return None;
    }
    let (head, body) = next.split_at_checked(prefix.len())?;
    tag_behind(head, body, prefix)
}

/// The tag behind a header like that of the line before.
fn tag_behind(head: &[u8], body: &[u8], prefix: &Prefix) -> Option<(u32, usize)> {
    if prefix.fits(head) { tag(body) } else { None }
}

fn without_returns(mut text: &[u8]) -> &[u8] {
    while let [rest @ .., b'\r'] = text {
        text = rest;
    }
    text
}

/// Bytes of `%ASA-6-302013:`, and where in it the severity stands.
const TAG: usize = 14;
const SEVERITY: usize = 5;

#[cfg(test)]
mod tests;
