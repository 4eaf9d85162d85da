//! What can be typed.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use vpn_phone_doctor::case::{NotAnAnswer, QUESTIONS, Said};
use vpn_phone_doctor::plan::render::Form as PlanForm;
use vpn_phone_doctor::report::Form;
use vpn_phone_doctor::report::redact::Addresses;
use vpn_phone_doctor::text::Lang;
use vpn_phone_doctor::time::parse_rfc3339;

/// Says why a Cisco IP phone's SSL VPN to an ASA fails, shows the lines that prove it and the commands that fix it.
#[derive(Parser)]
#[command(name = "vpn-phone-doctor", version)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// Diagnose files, folders or standard input
    Check(Check),
    /// Write only what a diagnosis needs of logs, byte for byte
    Sift(Sifted),
    /// Summarise the reports of a fleet: by finding, gateway, model and load, and what breaks at the next renewal
    Summary(Summary),
    /// Foretell what a planned change will break, for each phone
    Plan(Plan),
    /// Say what differs between two phones, cases, configurations or captures
    Compare(Compare),
    /// Show what was recognised and understood, without any rule
    Inspect(Inspect),
    /// Convert certificate hashes between hex and base64, and compare them
    Hash(Hash),
    /// List every rule
    Rules(Rules),
    /// Show one rule in full
    Explain(Explain),
}

#[derive(Args)]
pub struct Check {
    /// Files, folders (read recursively), or - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Form of the report; ndjson writes one report a line for each PATH as soon as it is done
    #[arg(long, value_enum, default_value = "text")]
    pub format: Form,
    /// With --format ndjson: one report for each file, each phone (its files together, by its SEP name) or each folder
    /// directly below a PATH, as soon as it is done
    #[arg(long, value_enum)]
    pub each: Option<Each>,
    /// With --each phone: evidence of every phone, whatever it is called; it has no report of its own, and only phones
    /// with files of their own have one
    #[arg(long, value_name = "PATH", requires = "each")]
    pub shared: Vec<PathBuf>,
    /// With --each: how many files are read at a time; default: as many as there are processors. With 1 the reports
    /// come in the order of the names
    #[arg(long, value_name = "N", requires = "each")]
    pub threads: Option<NonZeroUsize>,
    /// Language of the texts
    #[arg(long, value_enum, default_value = "en")]
    pub lang: Lang,
    /// Replace names, addresses and hashes by pseudonyms; each report has its own, so those of two ndjson lines mean
    /// different things
    #[arg(long)]
    pub redact: bool,
    /// With --redact: write what stands for what into a new file, which only you may read; keep it, never send it
    #[arg(long, value_name = "FILE", requires = "redact")]
    pub map: Option<PathBuf>,
    /// With --redact: replace addresses whole, or keep which of them begin alike
    #[arg(long, value_enum, default_value = "opaque", requires = "redact")]
    pub addresses: Addresses,
    /// Say what is fixed, new and the same since an earlier report: a JSON report, or with ndjson the lines of an
    /// earlier run, of which each PATH is compared with the one of its name. A JSON report among the PATHs does the same
    #[arg(long, value_name = "REPORT")]
    pub before: Option<PathBuf>,
    /// The clock for certificate validity; default: the system's
    #[arg(long, value_name = "RFC3339", value_parser = moment)]
    pub now: Option<i64>,
    /// State what no file can show, for example phones-failing=newer
    #[arg(long, value_name = "KEY=VALUE", value_parser = answer)]
    pub say: Vec<Answer>,
    /// List every file, those too that nothing reads
    #[arg(long, short)]
    pub verbose: bool,
    /// Write no report: the exit status tells, 0 for no fault, 1 for warnings, 2 for what blocks
    #[arg(long, short)]
    pub quiet: bool,
}

/// What gets a report of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Each {
    /// Each file
    File,
    /// Each phone: its files together, by its name
    Phone,
    /// Each folder directly below a PATH
    Folder,
}

#[derive(Args)]
pub struct Sifted {
    /// Files, folders (read recursively), or - for standard input, which is the default
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Write each line with its file, line and byte, one JSON a line; `check` reads that and cites the original lines
    #[arg(long)]
    pub places: bool,
    /// The first line of standard input says where the rest of it stands: {"file": NAME, "line": N, "byte": N}. So a
    /// piece of a log is sifted by itself
    #[arg(long, requires = "places", conflicts_with = "paths")]
    pub placed: bool,
    /// Language of what cannot be read
    #[arg(long, value_enum, default_value = "en")]
    pub lang: Lang,
}

#[derive(Args)]
pub struct Summary {
    /// Files with a report a line, as `check --each … --format ndjson` writes them, or - for standard input
    #[arg(required = true, value_name = "REPORTS")]
    pub paths: Vec<PathBuf>,
    /// Form of the summary
    #[arg(long, value_enum, default_value = "text")]
    pub format: SummaryForm,
    /// Language of the texts
    #[arg(long, value_enum, default_value = "en")]
    pub lang: Lang,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SummaryForm {
    Text,
    Json,
    Html,
}

#[derive(Args)]
pub struct Inspect {
    /// Files, folders (read recursively), or - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Form of the answer
    #[arg(long, value_enum, default_value = "text")]
    pub format: TextOrJson,
    /// Language of the texts
    #[arg(long, value_enum, default_value = "en")]
    pub lang: Lang,
}

#[derive(Args)]
pub struct Hash {
    /// Hashes in any notation; - reads one value from standard input
    #[arg(required = true, value_name = "VALUE")]
    pub values: Vec<String>,
    /// Compare with every certificate of this file
    #[arg(long, value_name = "FILE")]
    pub certificate: Vec<PathBuf>,
    /// Form of the answer
    #[arg(long, value_enum, default_value = "text")]
    pub format: TextOrJson,
    /// Language of the texts
    #[arg(long, value_enum, default_value = "en")]
    pub lang: Lang,
    /// Write no answer: the exit status tells, 0 for equal, 1 for different, 65 for what is no hash
    #[arg(long, short)]
    pub quiet: bool,
}

#[derive(Args)]
pub struct Rules {
    /// Form of the list
    #[arg(long, value_enum, default_value = "text")]
    pub format: ListForm,
    /// Language of the titles
    #[arg(long, value_enum, default_value = "en")]
    pub lang: Lang,
}

#[derive(Args)]
pub struct Explain {
    /// The rule's id, for example cert-hash-mismatch
    pub rule: String,
    /// Language of the texts
    #[arg(long, value_enum, default_value = "en")]
    pub lang: Lang,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TextOrJson {
    Text,
    Json,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ListForm {
    Text,
    Json,
    Markdown,
}

#[derive(Args)]
pub struct Plan {
    /// The case as it is: files, folders (read recursively), or - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// What will be changed: asa-release=9.16(4), ssl=FILE, asa-config=FILE (whole or some lines), asa-version=FILE,
    /// certificate=FILE or certificate=renewed, phone-load=LOAD, phone-model=MODEL, host-id-check=on|off,
    /// authentication=certificate|password|both, capf=FILE
    #[arg(long, required = true, value_name = "KEY=VALUE")]
    pub change: Vec<String>,
    /// State that the phones connect today, where no log shows it
    #[arg(long)]
    pub works_today: bool,
    #[command(flatten)]
    pub written: Written,
    /// State what no file can show, for example phone-model=8851
    #[arg(long, value_name = "KEY=VALUE", value_parser = answer)]
    pub say: Vec<Answer>,
}

#[derive(Args)]
pub struct Compare {
    /// One side: a file or a folder
    #[arg(value_name = "A")]
    pub a: PathBuf,
    /// The other side
    #[arg(value_name = "B")]
    pub b: PathBuf,
    #[command(flatten)]
    pub written: Written,
}

/// How a plan or a comparison is written.
#[derive(Args)]
pub struct Written {
    /// Form of the answer
    #[arg(long, value_enum, default_value = "text")]
    pub format: PlanForm,
    /// Language of the texts
    #[arg(long, value_enum, default_value = "en")]
    pub lang: Lang,
    /// Replace names, addresses and hashes by pseudonyms
    #[arg(long)]
    pub redact: bool,
    /// The clock for certificate validity; default: the system's
    #[arg(long, value_name = "RFC3339", value_parser = moment)]
    pub now: Option<i64>,
    /// Write nothing: the exit status tells
    #[arg(long, short)]
    pub quiet: bool,
}

/// One `--say`.
#[derive(Clone)]
pub struct Answer {
    pub key: String,
    pub value: String,
}

fn moment(text: &str) -> Result<i64, String> {
    parse_rfc3339(text).ok_or_else(|| "not a time like 2026-11-23T10:19:27Z".to_owned())
}

fn answer(text: &str) -> Result<Answer, String> {
    let (key, value) = text.split_once('=').ok_or("not KEY=VALUE")?;
    match Said::new().say(key, value) {
        Ok(()) => Ok(Answer { key: key.to_owned(), value: value.to_owned() }),
        Err(NotAnAnswer::UnknownValue(values)) => Err(format!("{key} is one of {}", values.join(", "))),
        Err(NotAnAnswer::UnknownKey) => {
            let keys: Vec<&str> = QUESTIONS.iter().map(|question| question.key).collect();
            Err(format!("there is no question {key}; there are {}", keys.join(", ")))
        }
    }
}
