//! `summary`: the reports of a fleet on one page.

use std::io::{self, BufRead, BufReader, Read};

use vpn_phone_doctor::report::visible;
use vpn_phone_doctor::tools::summary::{Tally, page, text};

use crate::arguments::{Summary, SummaryForm};
use crate::files;
use crate::output::{self, Status};

/// Bytes of a report: a line longer than that is none, and is passed over without being held.
const LONGEST: u64 = 64 << 20;

pub fn run(options: &Summary) -> Status {
    let mut tally = Tally::default();
    let mut opened = false;
    let there = files::there(&options.paths, false);
    if there.is_empty() {
        return Status::NoInput;
    }
    for found in files::find(&there) {
        let read = match found.open() {
            Ok(Some(file)) => lines(&found.name, BufReader::new(file), &mut tally),
            Ok(None) => lines(&found.name, io::stdin().lock(), &mut tally),
            Err(why) => Err(io::Error::other(why.get(options.lang).into_owned())),
        };
        match read {
            Ok(()) => opened = true,
            Err(problem) => output::complain(&visible(&format!("{}: {problem}", found.name))),
        }
    }
    let summary = tally.summary();
    for row in &summary.damaged {
        output::complain(&visible(&format!("{}, line {}: {}", row.file, row.line, row.why)));
    }
    let text = match options.format {
        SummaryForm::Text => text::render(&summary, options.lang),
        SummaryForm::Html => page::render(&summary, options.lang),
        SummaryForm::Json => match serde_json::to_string_pretty(&summary) {
            Ok(json) => json + "\n",
            Err(problem) => {
                output::complain(&problem.to_string());
                return Status::NotWritten;
            }
        },
    };
    let status = if opened && (summary.reports > 0 || summary.damaged_lines == 0) {
        Status::Fine
    } else {
        Status::NoInput
    };
    output::end(&text, status)
}

/// Takes a file line by line.
fn lines(name: &str, mut file: impl BufRead, tally: &mut Tally) -> io::Result<()> {
    let mut line = Vec::new();
    let mut number = 0;
    loop {
        line.clear();
        let length = file.by_ref().take(LONGEST).read_until(b'\n', &mut line)?;
        if length == 0 {
            return Ok(());
        }
        number += 1;
        if length as u64 == LONGEST && !line.ends_with(b"\n") {
            file.skip_until(b'\n')?;
            tally.damage(name, number, "the line is too long");
        } else {
            tally.line(name, number, &String::from_utf8_lossy(&line));
        }
    }
}
