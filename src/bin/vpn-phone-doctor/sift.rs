//! `sift`: what a diagnosis needs of logs, to standard output, byte for byte or each line with its place.

use std::io::{self, BufRead, BufReader, BufWriter, ErrorKind, IsTerminal, Read, StdoutLock, Write};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use vpn_phone_doctor::formats::sifted::{self, Row};
use vpn_phone_doctor::report::visible;
use vpn_phone_doctor::tools::sift::{Part, Sift};

use crate::arguments::Sifted;
use crate::files::{self, InputFile};
use crate::output::{self, Status};
use crate::progress;

/// Bytes read at a time.
const CHUNK: usize = 1 << 18;
/// Bytes of a row; what is longer is several rows.
const ROW: usize = 8 << 10;
/// Bytes of the row that says where a piece stands.
const LONGEST_ROW: u64 = 64 << 10;

pub fn run(options: &Sifted) -> Status {
    let mut out = Out {
        shows_progress: !io::stdout().is_terminal(),
        out: BufWriter::with_capacity(CHUNK, io::stdout().lock()),
        places: options.places,
        file: String::new(),
        unended: false,
        failed: None,
    };
    let paths = if options.paths.is_empty() { &["-".into()][..] } else { &options.paths };
    let mut status = Status::NoInput;
    for found in files::find(paths) {
        match sift(&found, options, &mut out) {
            Ok(()) => status = Status::Fine,
            Err(Broken::Input(problem)) => out.complain(&found.name, &problem),
            Err(Broken::Row) => {
                output::complain("--placed: the first line does not say where the rest stands");
                return Status::BadUsage;
            }
        }
        if out.failed.is_some() {
            break;
        }
    }
    progress::clear();
    let flushed = out.out.flush();
    match out.failed.or(flushed.err()) {
        // Nobody reads on.
        Some(problem) if problem.kind() == ErrorKind::BrokenPipe => status,
        Some(problem) => {
            output::complain(&format!("the answer could not be written: {problem}"));
            Status::NotWritten
        }
        None => status,
    }
}

/// Why a file was not sifted to its end.
enum Broken {
    Input(String),
    Row,
}

fn sift(found: &InputFile, options: &Sifted, out: &mut Out<'_>) -> Result<(), Broken> {
    match found.open() {
        Ok(Some(file)) => read(found, BufReader::with_capacity(CHUNK, file), options, out),
        Ok(None) => read(found, io::stdin().lock(), options, out),
        Err(why) => Err(Broken::Input(why.get(options.lang).into_owned())),
    }
}

fn read(
    found: &InputFile,
    mut file: impl BufRead,
    options: &Sifted,
    out: &mut Out<'_>,
) -> Result<(), Broken> {
    let mut row = Row { file: found.name.clone(), line: Some(1), byte: 0 };
    if options.placed {
        let mut first = String::new();
        let read = file.by_ref().take(LONGEST_ROW).read_line(&mut first);
        // A partition may be empty.
        if read.is_ok_and(|bytes| bytes == 0) {
            return Ok(());
        }
        row = sifted::row(&first).map(|(row, _)| row).ok_or(Broken::Row)?;
    }
    out.begin(&row.file);
    let mut sift = Sift::new(row.line.unwrap_or(1), row.byte);
    let mut bytes = 0_u64;
    loop {
        let length = match file.fill_buf() {
            Ok([]) => break,
            Ok(chunk) => {
                sift.push(chunk, &mut |part| out.take(&part));
                chunk.len()
            }
            Err(problem) if problem.kind() == ErrorKind::Interrupted => 0,
            Err(problem) => {
                sift.finish(&mut |part| out.take(&part));
                return Err(Broken::Input(format!("after {bytes} bytes: {problem}")));
            }
        };
        file.consume(length);
        if out.shows_progress {
            progress::advance(length);
        }
        bytes += length as u64;
        if out.failed.is_some() {
            return Ok(());
        }
    }
    sift.finish(&mut |part| out.take(&part));
    Ok(())
}

/// One row, as `formats::sifted` reads it.
#[derive(Clone, Copy, Default, Serialize)]
struct OutRow<'r> {
    file: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    byte: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'r str>,
    /// Base64, where it is no text or no line.
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<&'r str>,
    /// The file ends here without a line end.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    unended: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'r str>,
}

/// What stays, on its way to standard output.
struct Out<'o> {
    /// Not where the lines themselves are seen.
    shows_progress: bool,
    out: BufWriter<StdoutLock<'o>>,
    places: bool,
    file: String,
    /// The file before did not end with a line end.
    unended: bool,
    failed: Option<io::Error>,
}

impl Out<'_> {
    fn begin(&mut self, file: &str) {
        file.clone_into(&mut self.file);
        // Two texts in one stream: the last line of one must not run into the first of the next.
        if std::mem::take(&mut self.unended) && !self.places {
            self.write(b"\n");
        }
    }

    fn take(&mut self, part: &Part<'_>) {
        self.unended = !part.bytes.ends_with(b"\n");
        if !self.places {
            return self.write(part.bytes);
        }
        let file = self.file.clone();
        let row = OutRow { file: &file, line: part.line, byte: part.byte, ..OutRow::default() };
        let ended = part.bytes.strip_suffix(b"\n");
        let text = std::str::from_utf8(ended.unwrap_or(part.bytes)).ok();
        if let Some(text) = text.filter(|text| part.line.is_some() && text.len() <= ROW) {
            return self.row(&OutRow { text: Some(text), unended: ended.is_none(), ..row });
        }
        let mut row = row;
        for piece in part.bytes.chunks(ROW) {
            let data = STANDARD.encode(piece);
            self.row(&OutRow { data: Some(&data), ..row });
            row = OutRow { line: None, byte: row.byte + piece.len() as u64, ..row };
        }
    }

    /// A file that cannot be read costs itself, and is named.
    fn complain(&mut self, file: &str, problem: &str) {
        output::complain(&visible(&format!("{file}: {problem}")));
        if self.places {
            self.row(&OutRow { file, error: Some(problem), ..OutRow::default() });
        }
    }

    fn row(&mut self, row: &OutRow<'_>) {
        let text = serde_json::to_string(row).unwrap_or_default() + "\n";
        self.write(text.as_bytes());
    }

    fn write(&mut self, bytes: &[u8]) {
        if self.failed.is_none() {
            self.failed = self.out.write_all(bytes).err();
        }
    }
}
