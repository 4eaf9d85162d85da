//! What tickets, mail, recorders and tools put before and behind every line.
//!
//! ```text
//! > ssl trust-point EDGE outside                        a quotation
//! - nameif outside                                      an item of a list
//! [2026-11-23 11:19:27.123] edge1# show version         a recorder's time
//!     12  hostname edge1                                a number
//! `%ASA-6-725006: …`                                    code in a chat
//! hostname asa5505 | |                                  what is left of a table
//! ```
//! An edge counts where many lines have it: in a run of lines for what people put before them, in nearly all lines
//! for what tools do. A recorder's time stays beside its line.
//!
//! Empty: a text whose lines begin and end as its own do.
//! Quirks: a phone numbers its own records (`902: NOT 10:19:27 …`), a log has its own times: those are no edges.
//! Items of a list lose their indentation; the readers of configurations cope.
//!
//! Sources: RFC 3676 4.5 (quotations); session logs of SecureCRT and Tera Term; `ts`, `cat -n`, `nl`, `grep -n`,
//! `cat -A`.

use super::moment::Moment;
use super::{Forms, tag};
use crate::lines::{Decoded, Line};
use crate::time::Stamp;

/// The text without one of its edges.
pub(super) fn off(text: &Decoded, _forms: &mut Forms<'_>) -> Option<Decoded> {
    let sample = Sample::of(text);
    if sample.lines.len() < 2 {
        return None;
    }
    fences(text, &sample)
        .or_else(|| runs(text, &sample, SHORTEST_QUOTE, quoted))
        .or_else(|| runs(text, &sample, SHORTEST_LIST, item))
        .or_else(|| times(text, &sample))
        .or_else(|| numbers(text, &sample))
        .or_else(|| behind(text, &sample))
        .or_else(|| names(text, &sample))
        .or_else(|| indentation(text, &sample))
}

/// Lines that stand for all: the first ones, and some of the rest.
struct Sample<'a> {
    lines: Vec<&'a str>,
}

impl<'a> Sample<'a> {
    fn of(text: &'a Decoded) -> Self {
        let count = text.lines().len();
        let step = (count.saturating_sub(HEAD_LINES) / SPREAD_LINES).max(1);
        let head = text.lines().take(HEAD_LINES);
        let spread = text.lines().skip(HEAD_LINES).step_by(step).take(SPREAD_LINES);
        let lines = head.chain(spread).map(|line| line.text).filter(|line| !line.trim().is_empty());
        Self { lines: lines.collect() }
    }

    fn count(&self, is: impl Fn(&str) -> bool) -> usize {
        self.lines.iter().filter(|line| is(line)).count()
    }

    /// At least so many per cent of the lines.
    fn most(&self, per_cent: usize, is: impl Fn(&str) -> bool) -> bool {
        self.count(is) * 100 >= self.lines.len() * per_cent
    }
}

fn each<'a>(text: &'a Decoded, mut change: impl FnMut(&Line<'a>) -> Option<Line<'a>>) -> Decoded {
    let mut written = Decoded::default();
    for line in text.lines() {
        if let Some(line) = change(&line) {
            written.append(&line);
        }
    }
    written
}

/// Lines that only open or close a block of code, and back-ticks or quotation marks around a line.
fn fences(text: &Decoded, sample: &Sample<'_>) -> Option<Decoded> {
    let any = sample.lines.iter().any(|line| is_fence(line) || ticked(line).is_some());
    let all_quoted = sample.lines.len() > 2 && sample.most(90, |line| in_marks(line).is_some());
    if !any && !all_quoted {
        return None;
    }
    let marks = |shown: &str| if all_quoted { in_marks(shown).map(str::len) } else { None };
    let mut changed = false;
    let written = each(text, |line| {
        if is_fence(line.text) {
            changed = true;
            return None;
        }
        let inner = ticked(line.text).or_else(|| in_marks(line.text).filter(|_| marks(line.text).is_some()));
        changed |= inner.is_some();
        Some(Line { text: inner.unwrap_or(line.text), ..*line })
    });
    changed.then_some(written)
}

fn is_fence(line: &str) -> bool {
    let line = line.trim();
    let bare = |fence: &str| {
        line.strip_prefix(fence).is_some_and(|rest| rest.len() < 20 && !rest.contains(['`', ' ', '~']))
    };
    bare("```")
        || bare("~~~")
        || ["{code", "{noformat", "[code", "[/code"]
            .iter()
            .any(|word| line.starts_with(word) && line.ends_with(['}', ']']))
}

/// The text between back-ticks that stand around a whole line.
fn ticked(line: &str) -> Option<&str> {
    let inner = line.trim().strip_prefix('`')?.strip_suffix('`')?;
    (!inner.is_empty() && !inner.starts_with('`') && !inner.contains('`')).then_some(inner)
}

/// The text between quotation marks that stand around a whole line.
fn in_marks(line: &str) -> Option<&str> {
    let inner = line.trim().trim_end_matches(',').strip_prefix('"')?.strip_suffix('"')?;
    (!inner.replace("\"\"", "").contains('"')).then_some(inner)
}

/// The rest of a quoted line.
fn quoted(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches(' ').strip_prefix(['>', '»', '|', '│', '┃'])?;
    // A row of a table has a bar at its end, too.
    let row = rest.trim_end().ends_with(['|', '│', '┃']);
    (!row).then(|| rest.strip_prefix(' ').unwrap_or(rest))
}

/// The rest of an item.
fn item(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches(' ').strip_prefix(['-', '*', '•', '+', '·', '‣', '–', '◦', '▪'])?;
    if rest.is_empty() { Some(rest) } else { rest.strip_prefix([' ', '\t']) }
}

/// Takes a mark off where lines in a row have it.
fn runs(
    text: &Decoded,
    sample: &Sample<'_>,
    shortest: usize,
    rest: fn(&str) -> Option<&str>,
) -> Option<Decoded> {
    if sample.count(|line| rest(line).is_some()) < shortest {
        return None;
    }
    let mut marked = vec![false; text.lines().len()];
    let mut run: Vec<usize> = Vec::new();
    let mut changed = false;
    let mut end = |run: &mut Vec<usize>| {
        if run.len() >= shortest {
            changed = true;
            for place in run.iter() {
                if let Some(mark) = marked.get_mut(*place) {
                    *mark = true;
                }
            }
        }
        run.clear();
    };
    for (place, line) in text.lines().enumerate() {
        if rest(line.text).is_some() {
            run.push(place);
        } else if !line.text.trim().is_empty() {
            end(&mut run);
        }
    }
    end(&mut run);
    if !changed {
        return None;
    }
    let mut marks = marked.into_iter();
    Some(each(text, |line| {
        let shown = if marks.next() == Some(true) { rest(line.text).unwrap_or(line.text) } else { line.text };
        Some(Line { text: shown, ..*line })
    }))
}

/// A recorder's time before every line.
fn times(text: &Decoded, sample: &Sample<'_>) -> Option<Decoded> {
    let bracketed = |line: &str| in_brackets(line).is_some();
    let bare = |line: &str| time_before(line).is_some();
    let timed = if sample.lines.len() >= SHORTEST_QUOTE && sample.most(80, bracketed) {
        in_brackets
    } else if sample.lines.len() >= SHORTEST_QUOTE
        && !is_logged(sample)
        && sample.most(90, bare)
        && is_recording(sample)
    {
        time_before
    } else {
        return None;
    };
    Some(each(text, |line| match timed(line.text) {
        Some((time, shown)) => Some(Line { text: shown, time: time.or(line.time), ..*line }),
        None => Some(*line),
    }))
}

/// A log, whose times are its own.
fn is_logged(sample: &Sample<'_>) -> bool {
    sample.count(|line| tag::next_tag(line, 0).is_some()) * 2 > sample.lines.len()
}

/// What stands behind the times is what a device shows to people.
fn is_recording(sample: &Sample<'_>) -> bool {
    let rest = |line: &str| time_before(line).map(|(_, rest)| rest.to_owned()).unwrap_or_default();
    sample.lines.iter().any(|line| {
        let rest = rest(line);
        let rest = rest.trim();
        SHOWN.iter().any(|start| rest.starts_with(start))
            || rest.split_once(['#', '>']).is_some_and(|(host, command)| {
                !host.is_empty()
                    && !host.contains(' ')
                    && COMMANDS.iter().any(|verb| command.trim_start().starts_with(verb))
            })
    })
}

type Timed<'a> = Option<(Option<Stamp>, &'a str)>;

/// `[2026-11-23 11:19:27.123] rest`, `(11:19:27) rest`.
fn in_brackets(line: &str) -> Timed<'_> {
    let close = match line.as_bytes().first()? {
        b'[' => ']',
        b'(' => ')',
        b'{' => '}',
        _ => return None,
    };
    let (inner, rest) = line.get(1..)?.split_once(close)?;
    if inner.len() > LONGEST_TIME {
        return None;
    }
    let rest = rest.strip_prefix([' ', '\t']).unwrap_or(rest);
    if let Some(moment) = Moment::of(inner) {
        return Some((moment.stamp(), rest));
    }
    // Tera Term counts from the start of a connection: `0 00:00:01.123`.
    let (days, clock) = inner.trim().split_once(' ')?;
    let counted = days.bytes().all(|byte| byte.is_ascii_digit()) && Stamp::clock(clock.trim()).is_some();
    counted.then_some((None, rest))
}

/// `Nov 23 11:19:27 rest`, `2026-11-23T11:19:27+01:00 rest`, `11:19:27.123: rest`.
fn time_before(line: &str) -> Timed<'_> {
    if !line.starts_with(|sign: char| sign.is_ascii_alphanumeric()) {
        return None;
    }
    let mut best: Timed<'_> = None;
    let mut words = 0;
    let head = line.get(..line.floor_char_boundary(LONGEST_TIME)).unwrap_or_default();
    let ends = head
        .match_indices([' ', '\t'])
        .map(|(at, _)| at)
        .chain((head.len() == line.len()).then_some(line.len()));
    for end in ends {
        let Some((before, rest)) = line.split_at_checked(end) else { break };
        if before.ends_with(' ') {
            continue;
        }
        words += 1;
        if words > 6 {
            break;
        }
        let bare = before.trim_end_matches([':', '>']);
        if bare.ends_with(' ') {
            continue;
        }
        if let Some(moment) = Moment::of(bare).filter(|moment| !moment.lacks_clock()) {
            let rest = rest.strip_prefix([' ', '\t']).unwrap_or(rest);
            // `2026-11-23 11:19:27 > rest`, `2026-11-23 11:19:27 | rest`.
            let shown = ["| ", "> "].iter().find_map(|mark| rest.strip_prefix(mark)).unwrap_or(rest);
            best = Some((moment.stamp(), shown));
        }
    }
    best
}

/// Numbers that count the lines.
fn numbers(text: &Decoded, sample: &Sample<'_>) -> Option<Decoded> {
    if sample.lines.len() < SHORTEST_QUOTE || !sample.most(60, |line| numbered(line).is_some()) {
        return None;
    }
    let (mut seen, mut blank, mut others, mut next) = (0_usize, 0_usize, 0_usize, 0_usize);
    let mut least = usize::MAX;
    let mut last: Option<u32> = None;
    for line in text.lines() {
        match numbered(line.text) {
            Some((number, gap, rest)) => {
                if !rest.trim().is_empty() {
                    least = least.min(rest.len() - rest.trim_start_matches(' ').len());
                }
                if last.is_some_and(|last| number <= last) {
                    return None;
                }
                next += usize::from(last.is_none_or(|last| number == last + 1));
                blank += usize::from(gap);
                last = Some(number);
                seen += 1;
            }
            None => {
                others += usize::from(seen > 0 && !line.text.trim().is_empty() && line.text.trim() != "--")
            }
        }
    }
    // A lone blank behind the number is what a device may write as well.
    let counted = next * 10 >= seen * 9 || blank == 0;
    if seen < SHORTEST_QUOTE || others * 6 > seen || !counted {
        return None;
    }
    // More blanks than one may stand behind every number.
    let least = if least == usize::MAX { 0 } else { least };
    Some(each(text, |line| {
        let shown = match numbered(line.text) {
            Some((_, _, rest)) => rest.get(least.min(rest.len() - rest.trim_start_matches(' ').len())..)?,
            None => line.text,
        };
        Some(Line { text: shown, ..*line })
    }))
}

/// A number before a line, whether only a blank follows it, and the rest.
fn numbered(line: &str) -> Option<(u32, bool, &str)> {
    let shown = line.trim_start_matches([' ', '\t']).trim_start_matches(['[', '(', '#', 'L']);
    let digits = shown.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = shown.split_at_checked(digits).filter(|_| (1..=7).contains(&digits))?;
    let number = number.parse().ok()?;
    if rest.is_empty() {
        return Some((number, false, rest));
    }
    let attached = rest.strip_prefix(['\t', '.', ':', ')', ']', '|', '│', '-']);
    let (gap, rest) = match attached.or_else(|| rest.trim_start_matches(' ').strip_prefix(['|', '│'])) {
        Some(rest) => (false, rest.strip_prefix([' ', '\t']).unwrap_or(rest)),
        None => (!rest.starts_with("  "), rest.strip_prefix(' ')?),
    };
    let level = rest.trim_start().get(..3).unwrap_or_default();
    (!LEVELS.contains(&level)).then_some((number, gap, rest))
}

/// Signs behind every line.
fn behind(text: &Decoded, sample: &Sample<'_>) -> Option<Decoded> {
    let end = ENDS.iter().find(|(end, per_cent)| {
        sample.lines.len() >= SHORTEST_QUOTE
            && sample
                .most(*per_cent, |line| line.trim_end().ends_with(end) && !line.trim_start().starts_with(end))
    });
    let (end, _) = end?;
    Some(each(text, |line| {
        let mut shown = line.text;
        while let Some(rest) = shown.trim_end().strip_suffix(end) {
            shown = rest.trim_end();
        }
        Some(Line { text: shown, ..*line })
    }))
}

/// The same name before every line: a file's (`grep`), a container's, a host's.
fn names(text: &Decoded, sample: &Sample<'_>) -> Option<Decoded> {
    let first = sample.lines.first()?;
    let end = first.bytes().position(|byte| byte == b':' || byte == b'|')?;
    let name = first.get(..=end)?;
    let word = name.trim_end_matches([':', '|', ' ']);
    let fit = (2..=80).contains(&word.len())
        && !word.contains([' ', '<', '%', '"', '{', '='])
        && word.starts_with(|sign: char| sign.is_ascii_alphabetic() || sign == '.' || sign == '/')
        && !["VPNC", "SECD", "http", "https"].contains(&word);
    if !fit
        || sample.lines.len() < SHORTEST_LIST
        || !sample.most(95, |line| line.starts_with(name))
        || is_logged(sample)
    {
        return None;
    }
    Some(each(text, |line| {
        let rest = line.text.strip_prefix(name).map(|rest| {
            let gap = name.ends_with('|') && rest.starts_with(' ');
            if gap { rest.get(1..).unwrap_or(rest) } else { rest }
        });
        Some(Line { text: rest.unwrap_or(line.text), ..*line })
    }))
}

/// Blanks before every line, as code in Markdown has them.
fn indentation(text: &Decoded, sample: &Sample<'_>) -> Option<Decoded> {
    let depth = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let least = sample.lines.iter().map(|line| depth(line)).min()?;
    let tabbed = sample.lines.iter().all(|line| line.starts_with('\t'));
    if sample.lines.len() < SHORTEST_LIST || (least < 4 && !tabbed) {
        return None;
    }
    let least = if tabbed { 1 } else { least };
    Some(each(text, |line| {
        Some(Line { text: line.text.get(least.min(depth(line.text))..).unwrap_or_default(), ..*line })
    }))
}

const HEAD_LINES: usize = 300;
const SPREAD_LINES: usize = 100;
/// Lines in a row that are a quotation.
const SHORTEST_QUOTE: usize = 3;
/// Lines in a row that are a list.
const SHORTEST_LIST: usize = 5;
const LONGEST_TIME: usize = 40;
/// Levels of a phone's records, which the phone numbers itself.
const LEVELS: [&str; 5] = ["DEB", "ERR", "INF", "NOT", "WRN"];
/// What may stand behind every line, and in how many per cent of them.
const ENDS: [(&str, usize); 5] = [("|", 60), ("^M$", 80), ("^M", 80), ("$", 90), ("│", 60)];
/// Beginnings of lines that a device shows to people.
const SHOWN: [&str; 7] =
    [": Saved", "ASA Version", "hostname ", "interface ", "Cisco Adaptive", "Hardware:", "tunnel-group "];
const COMMANDS: [&str; 9] = ["sh", "conf", "en", "ter", "wr", "more", "debug", "undebug", "logging"];
