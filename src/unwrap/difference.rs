//! Differences between two versions of a text, as tools print them.
//!
//! ```text
//! --- a/edge1.cfg
//! +++ b/edge1.cfg
//! @@ -10,3 +10,4 @@
//!  interface GigabitEthernet0/0
//! + nameif outside
//! ```
//! The new version is read: what was taken away is left out, the sign before each line goes.
//!
//! Empty: a text without a line that begins with `@@`, in which not nearly all lines begin with a plus.
//! Quirks: a difference shows a part of a file, unless everything is new; then a note says so.
//!
//! Sources: GNU diffutils, "Detailed Description of Unified Format"; `git diff`, RANCID and Oxidized mail.

use super::Forms;
use crate::input::Note;
use crate::lines::{Decoded, Line};
use crate::text::Text;

/// The new version.
pub(super) fn off(text: &Decoded, forms: &mut Forms<'_>) -> Option<Decoded> {
    let head = || text.lines().filter(|line| !line.text.is_empty()).take(HEAD_LINES);
    let hunk = head().take(HEADERS).any(|line| is_hunk(line.text));
    let (added, all) = (head().filter(|line| line.text.starts_with('+')).count(), head().count());
    let alone = all >= LEAST && added * 20 >= all * 19;
    if !hunk && !alone {
        return None;
    }
    let signed =
        |line: &str| line.is_empty() || line.starts_with(['+', '-', ' ', '\\', '@']) || is_header(line);
    if hunk && head().skip_while(|line| !is_hunk(line.text)).any(|line| !signed(line.text)) {
        return None;
    }
    let mut written = Decoded::default();
    let mut part = false;
    let mut inside = !hunk;
    for line in text.lines() {
        if is_hunk(line.text) {
            inside = true;
            part |= !line.text.contains("-0,0");
        } else if inside && !is_header(line.text) {
            match line.text.split_at_checked(1) {
                Some(("-" | "\\", _)) => {}
                Some(("+" | " ", rest)) => written.append(&Line { text: rest, ..line }),
                _ => written.append(&line),
            }
        } else if !is_header(line.text) {
            written.append(&line);
        }
    }
    if part {
        forms.notes.push(Note::whole(PART));
    }
    Some(written)
}

fn is_hunk(line: &str) -> bool {
    line.strip_prefix("@@ -").is_some_and(|rest| rest.contains(" +") && rest.contains(" @@"))
}

/// Lines around the hunks.
fn is_header(line: &str) -> bool {
    ["+++ ", "--- ", "diff ", "index ", "Index: ", "======", "new file mode"]
        .iter()
        .any(|start| line.starts_with(start))
}

/// Lines in which the form shows.
const HEAD_LINES: usize = 300;
/// Lines before the first hunk.
const HEADERS: usize = 30;
/// Lines that begin with a plus and are a difference without a header.
const LEAST: usize = 5;

const PART: Text = Text::fixed(
    "This is the difference between two versions of a text. What it shows of the new version was read; what it leaves out is not known. Drop the whole text.",
    "Dies ist der Unterschied zwischen zwei Fassungen eines Textes. Was er von der neuen Fassung zeigt, wurde gelesen; was er auslässt, ist nicht bekannt. Legen Sie den ganzen Text ab.",
);
