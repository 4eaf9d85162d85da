//! `check --each`: one report for each file, phone or folder, as soon as it is done.
//!
//! What a report is made of is read, told and forgotten before the next one, so memory does not grow with their number.
//! With phones, what belongs to none of them is read first: what an ASA, a CUCM or a certificate says is evidence of
//! every phone, its logs and lists of sessions line by line of the phones that they name. The rest (a capture, a console
//! log or a status page that names no phone, a file that nothing reads) could be anybody's: taken for every phone's it
//! would show the failure of one at all of them. Each such file has a report of its own, and so has what no phone's
//! report tells of the shared evidence.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

use vpn_phone_doctor::documents::Content;
use vpn_phone_doctor::facts::shared_evidence::SharedEvidence;
use vpn_phone_doctor::input::InputState;
use vpn_phone_doctor::intake::Reading;
use vpn_phone_doctor::limits::Limits;
use vpn_phone_doctor::names::phone::PhoneName;
use vpn_phone_doctor::report::Subject;

use crate::arguments::Each;
use crate::failed::Failed;
use crate::files::{self, InputFile};
use crate::output::{self, Status};
use crate::reporter::{Report, Reporter};
use crate::subjects;

/// What one report is made of.
struct Job {
    name: Name,
    files: Vec<InputFile>,
    /// What was read of it already.
    read: Vec<Reading>,
}

enum Name {
    File(String),
    Phone(PhoneName),
}

/// A report, and whether any of its files could be opened.
struct Done {
    report: Result<Report, Failed>,
    opened: bool,
}

pub fn run(reporter: &Reporter<'_>, each: Each) -> Status {
    let options = reporter.options;
    let threads = options.threads.map_or_else(processors, usize::from);
    let found = files::find(&options.paths);
    let job = |(name, files)| Job { name: Name::File(name), files, read: Vec::new() };
    let mut opened = false;
    let mut shared = SharedEvidence::new(Vec::new());
    let jobs: Vec<Job> = match each {
        Each::File => found.into_iter().map(|file| job((file.name.clone(), vec![file]))).collect(),
        Each::Folder => subjects::by_folder(found, &options.paths).into_iter().map(job).collect(),
        Each::Phone => {
            let (mut phones, others) = subjects::by_phone(found);
            let (mut common, alone) = of_no_phone(others, &mut opened);
            let none = common.is_empty();
            // Before what was found by itself: it is the same for every part of a fleet that is checked by parts.
            files::read(&files::find(&options.shared), &Limits::default(), |taken| {
                common.push(taken.reading);
                ControlFlow::Continue(())
            });
            shared = SharedEvidence::new(common);
            if options.shared.is_empty() {
                for phone in shared.phones() {
                    phones.entry(phone.clone()).or_default();
                }
            }
            let phones = phones.into_iter();
            let phones = phones.map(|(name, files)| Job { name: Name::Phone(name), files, read: Vec::new() });
            let rest = (!none).then(|| Job {
                name: Name::File(SHARED.to_owned()),
                files: Vec::new(),
                read: shared.of_nobody(),
            });
            phones.chain(alone).chain(rest).collect()
        }
    };
    let work = |job: &Job| {
        let mut readings = job.read.clone();
        let mut opened = false;
        for file in &job.files {
            let taken = files::open(file, &Limits::default());
            opened |= taken.opened;
            readings.push(taken.reading);
        }
        let mut said = reporter.said.clone();
        let subject = match &job.name {
            Name::File(name) => Subject::file(name),
            Name::Phone(phone) => {
                readings.extend(shared.of_phone(phone));
                // No question that a question of ours does not take.
                let _ = said.say("phone", phone.as_str());
                Subject::phone(phone.as_str())
            }
        };
        Done { report: reporter.report(&mut readings, &said, Some(subject)), opened }
    };
    let mut worst = Status::Fine;
    let flow = pool(&jobs, threads, &work, &mut |done| {
        opened |= done.opened;
        match done.report {
            Ok(Report { text, status }) => {
                worst = worst.max(status);
                output::write(&text)
            }
            Err(failed) => {
                output::complain(&failed.why);
                ControlFlow::Break(Some(failed.status))
            }
        }
    });
    match flow {
        ControlFlow::Break(Some(status)) => status,
        _ if !opened => Status::NoInput,
        _ => worst,
    }
}

/// What belongs to no phone: what is evidence of every one, and what gets a report of its own. Only the former is kept in
/// memory; the latter is read again when its report is made.
fn of_no_phone(files: Vec<InputFile>, opened: &mut bool) -> (Vec<Reading>, Vec<Job>) {
    let (mut common, mut read) = (Vec::new(), Vec::with_capacity(files.len()));
    files::read(&files, &Limits::default(), |taken| {
        *opened |= taken.opened;
        let shared = is_shared(&taken.reading);
        let (own, every) = if shared { (None, Some(taken.reading)) } else { (Some(taken.reading), None) };
        common.extend(every);
        let streams = files.get(read.len()).is_some_and(InputFile::is_standard_input);
        read.push((shared, own.filter(|_| streams)));
        ControlFlow::Continue(())
    });
    let alone = files.into_iter().zip(read).filter(|(_, (shared, _))| !shared).map(|(file, (_, read))| {
        let name = Name::File(file.name.clone());
        match read {
            Some(reading) => Job { name, files: Vec::new(), read: vec![reading] },
            None => Job { name, files: vec![file], read: Vec::new() },
        }
    });
    (common, alone.collect())
}

/// True where all that was understood is an ASA's, a CUCM's or a certificate's own.
fn is_shared(reading: &Reading) -> bool {
    let mut evidence = reading.documents.iter().map(|document| &document.content).filter(|content| {
        // What an archive lists and what nobody reads says nothing of a phone.
        !matches!(content, Content::Archive(_) | Content::Foreign(_))
    });
    let shared = |content: &Content| {
        matches!(
            content,
            Content::AsaConfig(_)
                | Content::AsaVersion(_)
                | Content::AsaSsl(_)
                | Content::AsaSyslog(_)
                | Content::AsaCertificates(_)
                | Content::AsaPools(_)
                | Content::AsaSessions(_)
                | Content::Certificate(_)
                | Content::CucmCli(_)
                | Content::CmeConfig(_)
                | Content::IosConfig(_)
                | Content::TrustList(_)
        )
    };
    // What cannot be read costs its own report, not every phone's.
    let is_read = reading
        .inputs
        .first()
        .is_some_and(|input| !matches!(input.state, InputState::Refused | InputState::Unrecognised));
    is_read && evidence.next().is_some_and(shared) && evidence.all(shared)
}

/// Does the jobs on several threads, and hands on what is done in the order in which it is. `Break` ends it.
fn pool<J: Sync, D: Send>(
    jobs: &[J],
    threads: usize,
    work: &(impl Fn(&J) -> D + Sync),
    take: &mut impl FnMut(D) -> ControlFlow<Option<Status>>,
) -> ControlFlow<Option<Status>> {
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        // What is done waits for the writer, not in memory.
        let (send, receive) = mpsc::sync_channel(threads);
        for _ in 0..threads.min(jobs.len()) {
            let (send, next) = (send.clone(), &next);
            scope.spawn(move || {
                while let Some(job) = jobs.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if send.send(work(job)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(send);
        // Where nobody reads on, the receiver goes and every worker stops at its next report.
        receive.into_iter().try_for_each(take)
    })
}

fn processors() -> usize {
    std::thread::available_parallelism().map_or(2, usize::from)
}

/// The subject of what no phone's report tells of the shared evidence.
const SHARED: &str = "shared";
