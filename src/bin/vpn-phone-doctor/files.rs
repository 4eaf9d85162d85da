//! From paths to readings: folders are walked, files are read in parallel, readings come in the order of the paths.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

use vpn_phone_doctor::intake::{self, Intake, Met, Reading, Search};
use vpn_phone_doctor::limits::Limits;
use vpn_phone_doctor::text::{Class, Text};

use crate::{isolated, output, progress};

/// Bytes read at a time: what is read is still near when it is looked at.
const CHUNK: u64 = 256 << 10;
/// The same of a large file, which another thread reads: to wake it takes as long as to read a quarter of this.
const LARGE_CHUNK: u64 = 1 << 20;
/// Pieces of a large file that are read before they are wanted.
const CHUNKS_AHEAD: usize = 2;
/// Small files whose readings are handed on together, and their bytes at most.
const TOGETHER: usize = 16;
const SMALL: u64 = 64 << 10;
/// Files of which readings may wait for an earlier, slower one.
const BATCH: usize = 256;

/// One file that was found under a PATH.
pub struct InputFile {
    /// Which of the given paths it belongs to.
    pub path: usize,
    /// Its name in the report: the base name, or the path below a folder.
    pub name: String,
    source: Source,
}

enum Source {
    StandardInput,
    File(PathBuf),
    /// It cannot be opened, and why.
    Closed(Text),
}

/// A file that was read, or the reason why it was not.
pub struct Taken {
    /// Which of the given paths it belongs to.
    pub path: usize,
    /// What was understood.
    pub reading: Reading,
    /// It could be opened.
    pub opened: bool,
}

impl InputFile {
    /// It can be read only once.
    pub fn is_standard_input(&self) -> bool {
        matches!(self.source, Source::StandardInput)
    }

    /// Opens a file; `None` for standard input, and the reason where it cannot be opened.
    pub fn open(&self) -> Result<Option<File>, Text> {
        match &self.source {
            Source::StandardInput => Ok(None),
            Source::Closed(reason) => Err(reason.clone()),
            Source::File(path) => File::open(path).map(Some).map_err(|problem| not_opened(&problem)),
        }
    }

    /// The first bytes of a file; none where it cannot be opened, and of standard input, which is read only once.
    pub fn head(&self, bytes: u64) -> Vec<u8> {
        let mut head = Vec::new();
        if let Source::File(path) = &self.source
            && let Ok(file) = File::open(path)
        {
            // What cannot be read says so when the whole file is.
            let _ = file.take(bytes).read_to_end(&mut head);
        }
        head
    }
}

/// Every file under the given paths, in their order; inside a folder by name. Each path gives at least one.
pub fn find(paths: &[PathBuf]) -> Vec<InputFile> {
    let mut found = Vec::new();
    for (index, path) in paths.iter().enumerate() {
        if path.as_os_str() == "-" {
            found.push(InputFile { path: index, name: "stdin".to_owned(), source: Source::StandardInput });
        } else if path.is_dir() {
            found.extend(walk(index, path));
        } else {
            let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
            found.push(InputFile { path: index, name, source: Source::File(path.clone()) });
        }
    }
    found
}

/// The paths at which there is something. Of each other one it complains, in one line. `hidden` where a redacted report
/// must not be betrayed by what its files are called.
pub fn there(paths: &[PathBuf], hidden: bool) -> Vec<PathBuf> {
    let mut there = Vec::new();
    for (path, number) in paths.iter().zip(1..) {
        match fs::metadata(path) {
            Err(problem) if path.as_os_str() != "-" && problem.kind() == io::ErrorKind::NotFound => {
                let name = if hidden { format!("PATH {number}") } else { path.display().to_string() };
                output::complain(&format!("{name}: {NOT_THERE}"));
            }
            Ok(_) | Err(_) => there.push(path.clone()),
        }
    }
    there
}

/// What is said of a path at which there is nothing.
pub const NOT_THERE: &str = "there is no such file or folder";

/// Every file of a folder. Links to folders are not followed: they may lead round in a circle.
fn walk(index: usize, top: &Path) -> Vec<InputFile> {
    let mut found: Vec<(PathBuf, Source)> = Vec::new();
    let mut folders = vec![top.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(problem) => {
                found.push((folder, Source::Closed(not_opened(&problem))));
                continue;
            }
        };
        for entry in entries.flatten() {
            let path = entry.path();
            // What the folder itself says of an entry costs nothing; only a link has to be followed.
            let kind = match entry.file_type() {
                Ok(kind) if kind.is_symlink() => fs::metadata(&path).map(|there| (there.file_type(), true)),
                kind => kind.map(|kind| (kind, false)),
            };
            let source = match kind {
                Ok((kind, false)) if kind.is_dir() => {
                    folders.push(path);
                    continue;
                }
                Ok((kind, _)) if kind.is_dir() => Source::Closed(LINK),
                Ok((kind, _)) if kind.is_file() => Source::File(path.clone()),
                Ok(_) => Source::Closed(SPECIAL),
                Err(problem) => Source::Closed(not_opened(&problem)),
            };
            found.push((path, source));
        }
    }
    if found.is_empty() {
        found.push((top.to_owned(), Source::Closed(EMPTY)));
    }
    // The order of paths, part by part, without taking each apart for every comparison.
    found.sort_by_cached_key(|(path, _)| {
        let mut bytes = path.as_os_str().as_encoded_bytes().to_owned();
        bytes.iter_mut().filter(|byte| char::from(**byte) == MAIN_SEPARATOR).for_each(|byte| *byte = 0);
        bytes
    });
    let name = |path: &Path| match path.strip_prefix(top) {
        Ok(below) if !below.as_os_str().is_empty() => below.to_string_lossy().replace('\\', "/"),
        _ => top.file_name().unwrap_or(top.as_os_str()).to_string_lossy().into_owned(),
    };
    found.into_iter().map(|(path, source)| InputFile { path: index, name: name(&path), source }).collect()
}

/// Reads the files in parallel and hands them on in order, until `take` breaks off.
pub fn read(found: &[InputFile], limits: &Limits, mut take: impl FnMut(Taken) -> ControlFlow<()>) {
    progress::expect(found.len());
    let workers = std::thread::available_parallelism().map_or(2, usize::from).clamp(2, 16);
    // Batch by batch: what waits for a slow file is bounded, however many files there are.
    for batch in found.chunks(BATCH) {
        // One file needs no other thread, and whoever asks for its memory first gets it for less.
        if let [only] = batch {
            let taken = open(only, limits);
            progress::finished();
            if take(taken).is_break() {
                break;
            }
            continue;
        }
        let next = AtomicUsize::new(0);
        let (send, receive) = mpsc::channel();
        let flow = std::thread::scope(|scope| {
            for _ in 0..workers.min(batch.len()) {
                let (send, next) = (send.clone(), &next);
                scope.spawn(move || {
                    // To wake whoever waits takes as long as to read a small file, so they go together.
                    let mut together = Vec::new();
                    while let Some((at, file)) = following(batch, next) {
                        let taken = open(file, limits);
                        progress::finished();
                        let large = taken.reading.inputs.first().is_none_or(|input| input.bytes > SMALL);
                        together.push((at, taken));
                        let ready = large || together.len() >= TOGETHER;
                        if ready && send.send(std::mem::take(&mut together)).is_err() {
                            return;
                        }
                    }
                    // Nobody listens where no more is wanted.
                    let _ = send.send(together);
                });
            }
            drop(send);
            let flow = in_order(&receive, &mut take);
            next.store(batch.len(), Ordering::Relaxed);
            flow
        });
        if flow.is_break() {
            break;
        }
    }
    progress::clear();
}

/// The next file that nobody has taken yet.
fn following<'f>(batch: &'f [InputFile], next: &AtomicUsize) -> Option<(usize, &'f InputFile)> {
    let at = next.fetch_add(1, Ordering::Relaxed);
    batch.get(at).map(|file| (at, file))
}

/// Hands on what comes in any order in the order of the batch.
fn in_order(
    receive: &mpsc::Receiver<Vec<(usize, Taken)>>,
    take: &mut impl FnMut(Taken) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let mut early: BTreeMap<usize, Taken> = BTreeMap::new();
    let mut expected = 0;
    for together in receive {
        early.extend(together);
        while let Some(taken) = early.remove(&expected) {
            expected += 1;
            take(taken)?;
        }
    }
    ControlFlow::Continue(())
}

/// Reads one file.
pub fn open(found: &InputFile, limits: &Limits) -> Taken {
    let (path, name) = (found.path, found.name.as_str());
    let closed = |reason| Taken { path, reading: intake::unreadable(name, 0, reason), opened: false };
    match &found.source {
        Source::Closed(reason) => closed(reason.clone()),
        // Of a stream nobody knows the size; 0 lets it be held whole for as long as it may be.
        Source::StandardInput => isolated(found, 0, || taken(found, io::stdin(), 0, limits)),
        Source::File(file) => match File::open(file) {
            Ok(file) => {
                let size = file.metadata().map_or(0, |metadata| metadata.len());
                isolated(found, size, || taken(found, file, size, limits))
            }
            Err(problem) => closed(not_opened(&problem)),
        },
    }
}

/// A file that stops its reader counts as opened: there is something to say of it.
fn isolated(found: &InputFile, size: u64, take: impl FnOnce() -> Taken) -> Taken {
    let mut opened = true;
    let reading = isolated::read(&found.name, size, || {
        let taken = take();
        opened = taken.opened;
        taken.reading
    });
    Taken { path: found.path, reading, opened }
}

fn taken(found: &InputFile, mut file: impl Read + Send, size: u64, limits: &Limits) -> Taken {
    if size > limits.whole {
        return std::thread::scope(|scope| {
            let (send, receive) = mpsc::sync_channel(CHUNKS_AHEAD);
            let (give_back, spare) = mpsc::channel();
            scope.spawn(move || read_ahead(file, &spare, &send));
            let next = |used: Option<Chunk>| {
                used.and_then(|used| give_back.send(used).ok());
                // The other thread ends with the file's end or with an error, and both were sent before.
                receive.recv().unwrap_or_else(|_| Ok(Chunk::default()))
            };
            put_together(found, size, limits, next)
        });
    }
    let mut over = false;
    put_together(found, size, limits, |used| {
        let mut chunk = used.unwrap_or_default();
        chunk.bytes.clear();
        if !over {
            // With room for one byte more, the file's end is seen at once.
            chunk.bytes.reserve(usize::try_from(size.min(CHUNK)).unwrap_or_default() + 1);
            chunk.fill(&mut file, CHUNK)?;
            over = (chunk.bytes.len() as u64) < CHUNK;
        }
        Ok(chunk)
    })
}

/// A piece of a file.
#[derive(Default)]
struct Chunk {
    bytes: Vec<u8>,
    /// What was looked for in it while another one was read.
    met: Option<Met>,
    /// Where it comes back: little of it was looked through.
    passed: bool,
}

impl Chunk {
    /// The next piece of so many bytes at most, or nothing at the end.
    fn fill(&mut self, file: &mut impl Read, most: u64) -> io::Result<()> {
        // A pipe gives little at a time; the intake is spared that.
        self.bytes.clear();
        self.met = None;
        file.by_ref().take(most).read_to_end(&mut self.bytes).map(drop)
    }
}

/// Reads a large file piece by piece into what was used before, until its end or until nobody wants more of it.
fn read_ahead(
    mut file: impl Read,
    spare: &mpsc::Receiver<Chunk>,
    send: &mpsc::SyncSender<io::Result<Chunk>>,
) {
    let search = Search::default();
    loop {
        let mut chunk = spare.try_recv().unwrap_or_default();
        let read = chunk.fill(&mut file, LARGE_CHUNK);
        let over = read.is_err() || chunk.bytes.is_empty();
        // What its reader passes over is not looked through, and so is the rest of the file as a rule.
        chunk.met = (!chunk.passed).then(|| search.of(&chunk.bytes));
        if send.send(read.map(|()| chunk)).is_err() || over {
            return;
        }
    }
}

/// Reads a file whose pieces are handed out by `next`, which takes back the one before.
fn put_together(
    found: &InputFile,
    size: u64,
    limits: &Limits,
    mut next: impl FnMut(Option<Chunk>) -> io::Result<Chunk>,
) -> Taken {
    let mut intake = Intake::new(&found.name, size, limits);
    let mut bytes: u64 = 0;
    let mut used = None;
    loop {
        match next(used.take()) {
            Ok(chunk) if chunk.bytes.is_empty() => {
                return Taken { path: found.path, reading: intake.finish(), opened: true };
            }
            Ok(chunk) => {
                match &chunk.met {
                    Some(met) => intake.push_searched(&chunk.bytes, met),
                    None => intake.push(&chunk.bytes),
                }
                bytes += chunk.bytes.len() as u64;
                progress::advance(chunk.bytes.len());
                used = Some(Chunk { passed: intake.passes_most(), ..chunk });
                if !intake.wants_more() {
                    return Taken { path: found.path, reading: intake.finish(), opened: true };
                }
            }
            Err(problem) => {
                let reading = intake::unreadable(&found.name, bytes, not_read(bytes, &problem));
                return Taken { path: found.path, reading, opened: bytes > 0 };
            }
        }
    }
}

fn not_opened(problem: &io::Error) -> Text {
    Text::fixed("It cannot be opened: {problem}.", "Es lässt sich nicht öffnen: {problem}.").with(
        "problem",
        Class::Words,
        problem.to_string(),
    )
}

fn not_read(bytes: u64, problem: &io::Error) -> Text {
    AFTER_BYTES.number("bytes", bytes).with("problem", Class::Words, problem.to_string())
}

const EMPTY: Text = Text::fixed("The folder holds no file.", "Der Ordner enthält keine Datei.");
const LINK: Text = Text::fixed(
    "A link to a folder is not followed; name the folder itself.",
    "Einem Verweis auf einen Ordner wird nicht gefolgt; nennen Sie den Ordner selbst.",
);
const SPECIAL: Text = Text::fixed("Not a file that can be read.", "Keine Datei, die sich lesen lässt.");

const AFTER_BYTES: Text = Text::fixed(
    "After {bytes} bytes it could not be read on: {problem}.",
    "Nach {bytes} Bytes ließ es sich nicht weiterlesen: {problem}.",
);
