//! Packs the two bound binaries into one HTML file that needs nothing else.
//!
//! The two WebAssembly binaries have much in common: taken apart by `streams`, they are packed with LZMA as one stream
//! (`assets/unlzma.js` unpacks it), written in base 128 and put into a script block that no browser runs. What is of
//! no use before they are unpacked is in the same stream: the styles of the views, and the worker's script. Glue and
//! start code are one inline classic script, the styles of the head one `<style>`, both to be read line by line;
//! `glue` leaves their code, and what it means stands beside it in `assets`. The content-security policy stands first
//! in the head and allows exactly these two by their SHA-256.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use lzma_rust2::{LzmaOptions, LzmaWriter};
use sha2::{Digest as _, Sha256};

use crate::Outcome;
use crate::glue::plain;
use crate::streams::apart;

/// The most that the shipped page may weigh, in bytes.
const LIMIT: usize = 1_800_000;

/// Which page is made.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The one that is shipped.
    Shipped,
    /// The same with the hostile scripts of the browser's tests in it.
    Probed,
    /// With hostile scripts and the policy, but without the lock: what the policy does by itself.
    Unlocked,
    /// With hostile scripts, and with neither policy nor lock: the control run, which must leak.
    Unprotected,
}

/// Packs the folder `from` into the page `to` that is shipped; says what it weighs, and writes its hash beside it.
pub fn shipped(from: &Path, to: &Path) -> Outcome<()> {
    let page = page(from, Kind::Shipped)?;
    write(to, &page)?;
    for name in ["page_bg.wasm", "engine_bg.wasm"] {
        println!("   {name}: {} bytes", fs::metadata(from.join(name))?.len());
    }
    println!("   {}: {} bytes of at most {LIMIT}", to.display(), page.len());
    let hash: String = Sha256::digest(page.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    println!("   SHA-256 {hash}");
    // As `sha256sum -c` reads it.
    let name = to.file_name().unwrap_or_default().to_string_lossy();
    fs::write(to.with_extension("html.sha256"), format!("{hash}  {name}\n"))?;
    if page.len() > LIMIT {
        return Err(format!("the page has {} bytes, more than {LIMIT}", page.len()).into());
    }
    Ok(())
}

/// Packs the folder `from` into a page `to` of any kind, without a word.
pub fn pack(from: &Path, to: &Path, kind: Kind) -> Outcome<()> {
    write(to, &page(from, kind)?)
}

/// What a page is put together from.
pub struct Parts {
    kind: Kind,
    /// Styles of use at once.
    pub style: String,
    /// The inline script.
    pub script: String,
    /// Styles of the views.
    pub views: String,
    /// The page's binary.
    pub page: Vec<u8>,
    /// The worker's script.
    pub worker: String,
    /// The engine's binary.
    pub engine: Vec<u8>,
}

fn page(from: &Path, kind: Kind) -> Outcome<String> {
    Parts::of_kind(from, kind)?.page()
}

impl Parts {
    /// Of the page that is shipped.
    pub fn of(from: &Path) -> Outcome<Self> {
        Self::of_kind(from, Kind::Shipped)
    }

    fn of_kind(from: &Path, kind: Kind) -> Outcome<Self> {
        let root = root();
        let (assets, tests) = (root.join("assets"), root.join("tests/browser"));
        let (style, views) = styles(&assets.join("styles"))?;
        let probe = |name: &str| {
            if kind == Kind::Shipped { Ok(String::new()) } else { read(&tests.join(name)) }
        };
        let locked = matches!(kind, Kind::Shipped | Kind::Probed);
        let lock = |name: &str| if locked { read(&assets.join(name)) } else { Ok(String::new()) };
        let mut script = plain(&lock("lock.js")?)?;
        script.push_str(&probe("probe.js")?);
        script.push_str("(() => {\n");
        // Anew for each page that is started: one that stopped leaves its own behind.
        script.push_str(&format!(
            "const glue = () => {{\n{}\nreturn wasm_bindgen;\n}};\n",
            plain(&read(&from.join("page.js"))?)?
        ));
        for part in ["leaks.js", "fallback.js", "unlzma.js", "streams.js", "boot.js"] {
            script.push_str(&plain(&read(&assets.join(part))?)?);
        }
        if kind != Kind::Shipped {
            if !script.contains(WORKER_TEXT) {
                return Err(format!("assets/boot.js has no `{WORKER_TEXT}`").into());
            }
            script = script.replace(WORKER_TEXT, PROBED_WORKER_TEXT);
        }
        script.push_str("})();\n");
        // Inside a script element these begin or end something, whatever stands around them.
        if script.contains("</script") || script.contains("<!--") {
            return Err("a script contains `</script` or `<!--`".into());
        }
        let (engine, worker) = (read(&from.join("engine.js"))?, read(&assets.join("worker.js"))?);
        let worker = plain(&[lock("worker-lock.js")?, engine, worker].join("\n"))?;
        let (page, engine) = (bytes(&from.join("page_bg.wasm"))?, bytes(&from.join("engine_bg.wasm"))?);
        Ok(Self { kind, style, script, views, page, worker, engine })
    }

    /// The page.
    pub fn page(&self) -> Outcome<String> {
        let Self { kind, style, script, .. } = self;
        // Readable, because the test writes the port of its server into it.
        let worker_probe = match kind {
            Kind::Shipped => String::new(),
            _ => format!(
                "<script type=\"text/plain\" id=\"worker-probe\">{}</script>\n",
                read(&root().join("tests/browser/probe-worker.js"))?
            ),
        };
        // What is needed first stands first.
        let whole = |text: &str| vec![text.as_bytes().to_vec()];
        let parts = [whole(&self.views), apart(&self.page)?, whole(&self.worker), apart(&self.engine)?];
        let sizes = parts.each_ref().map(|streams| {
            let sizes: Vec<String> = streams.iter().map(|stream| stream.len().to_string()).collect();
            sizes.join("+")
        });
        let sizes = sizes.join(" ");
        let packed = base128(&lzma(&parts.concat().concat())?);
        let code = format!(
            "<script type=\"text/plain\" id=\"packed\" data-parts=\"{sizes}\">{packed}</script>\n{worker_probe}<script>{script}</script>",
        );
        let meta = match kind {
            Kind::Unprotected => String::new(),
            _ => content_security_policy(script, style),
        };
        let page = read(&root().join("index.html"))?;
        let page: String =
            page.lines().filter(|line| !line.contains("data-trunk")).flat_map(|line| [line, "\n"]).collect();
        let page = fill(&page, "policy", &meta)?;
        let page = fill(&page, "style", &format!("<style>{style}</style>"))?;
        fill(&page, "code", &code)
    }
}

fn write(to: &Path, page: &str) -> Outcome<()> {
    if let Some(parent) = to.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::write(to, page).map_err(|error| format!("{}: {error}", to.display()).into())
}

/// The project's folder.
fn root() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().unwrap_or(own).to_path_buf()
}

fn content_security_policy(script: &str, style: &str) -> String {
    let hash = |text: &str| format!("'sha256-{}'", BASE64.encode(Sha256::digest(text.as_bytes())));
    let rules = [
        "default-src 'none'".to_owned(),
        format!("script-src {} 'wasm-unsafe-eval'", hash(script)),
        format!("style-src {}", hash(style)),
        "worker-src blob:".to_owned(),
        "img-src data:".to_owned(),
        "font-src 'none'".to_owned(),
        "connect-src 'none'".to_owned(),
        "frame-src 'none'".to_owned(),
        "object-src 'none'".to_owned(),
        "form-action 'none'".to_owned(),
        "base-uri 'none'".to_owned(),
        "require-trusted-types-for 'script'".to_owned(),
        "trusted-types default".to_owned(),
    ];
    format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">", rules.join("; "))
}

/// Packs bytes as `assets/unlzma.js` unpacks them.
pub fn lzma(bytes: &[u8]) -> Outcome<Vec<u8>> {
    let options =
        LzmaOptions { dict_size: 1 << 23, lc: 2, pb: 0, nice_len: 100, ..LzmaOptions::with_preset(9) };
    let mut lzma = LzmaWriter::new_use_header(Vec::new(), &options, Some(bytes.len() as u64))?;
    lzma.write_all(bytes)?;
    Ok(lzma.finish()?)
}

/// Seven bits in a character: 14 % more than the bytes, where printable ASCII alone takes at least 22 %. Three of the
/// characters would not come out of a script element as they went in; each is written as one character of two bytes,
/// together with the seven bits behind it, and so costs nothing. After base-122, by Kevin Albertson.
pub fn base128(bytes: &[u8]) -> String {
    let mut sevens = Vec::with_capacity(bytes.len() * 8 / 7 + 1);
    let (mut bits, mut count) = (0_u32, 0_u32);
    for byte in bytes {
        bits = bits << 8 | u32::from(*byte);
        count += 8;
        while count > 6 {
            count -= 7;
            sevens.push(bits >> count & 0x7f);
        }
        bits &= 0x7f;
    }
    if count > 0 {
        sevens.push(bits << (7 - count) & 0x7f);
    }
    let mut text = String::with_capacity(sevens.len() + sevens.len() / 16);
    let mut sevens = sevens.into_iter();
    while let Some(seven) = sevens.next() {
        let sign = match (0_u32..).zip(UNSAFE).find(|(_, sign)| *sign == seven) {
            Some((which, _)) => 0x100 + which * 0x80 + sevens.next().unwrap_or_default(),
            None => seven,
        };
        text.extend(char::from_u32(sign));
    }
    text
}

/// What HTML replaces (NUL), takes for a line's end (CR), or takes for its own (`<`).
const UNSAFE: [u32; 3] = [0, 13, 60];

/// Where the start code reads the worker's script, and what stands there in a page that a test makes hostile.
const WORKER_TEXT: &str = "${words(script)}`";
const PROBED_WORKER_TEXT: &str = "${words(script)}${document.getElementById(\"worker-probe\").textContent}`";

/// What the style sheets' names begin with that are of use before the page is unpacked: the head, colours, plain elements.
const FIRST_STYLES: [&str; 4] = ["00", "10", "20", "30"];

/// All style sheets in the order of their names, without comments and indentation: those of use at once, and the others.
fn styles(folder: &Path) -> Outcome<(String, String)> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    files.retain(|file| file.extension().is_some_and(|end| end == "css"));
    files.sort();
    let (mut first, mut views) = (String::new(), String::new());
    for file in files {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let all =
            if FIRST_STYLES.iter().any(|begin| name.starts_with(begin)) { &mut first } else { &mut views };
        let mut rest = read(&file)?;
        while let Some((before, after)) = rest.split_once("/*") {
            let after = after.split_once("*/").map(|(_, after)| after).unwrap_or_default();
            rest = format!("{before}{after}");
        }
        for line in rest.lines().map(str::trim).filter(|line| !line.is_empty()) {
            all.push_str(line);
            all.push('\n');
        }
    }
    if first.contains("</style") {
        return Err("a style sheet contains `</style`".into());
    }
    Ok((first, views))
}

fn fill(page: &str, place: &str, with: &str) -> Outcome<String> {
    let marker = format!("<!-- pack: {place} -->");
    match page.split_once(&marker) {
        Some((before, after)) => Ok(format!("{before}{with}{after}")),
        None => Err(format!("index.html has no `{marker}`").into()),
    }
}

fn bytes(path: &Path) -> Outcome<Vec<u8>> {
    fs::read(path).map_err(|error| format!("{}: {error}", path.display()).into())
}

fn read(path: &Path) -> Outcome<String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()).into())
}

#[cfg(test)]
mod tests {
    use super::base128;

    /// As `unbase128` in `assets/boot.js` reads it.
    fn back(text: &str) -> Vec<u8> {
        let (mut bytes, mut bits, mut count) = (Vec::new(), 0_u32, 0_u32);
        let sevens = text.chars().map(u32::from).flat_map(|sign| match sign.checked_sub(0x100) {
            Some(pair) => vec![[0, 13, 60][pair as usize >> 7], pair & 0x7f],
            None => vec![sign],
        });
        for seven in sevens {
            bits = bits << 7 | seven;
            count += 7;
            if count > 7 {
                count -= 8;
                bytes.push((bits >> count & 0xff) as u8);
            }
            bits &= 0xff;
        }
        bytes
    }

    #[test]
    fn what_is_written_comes_back_and_has_nothing_that_html_changes() {
        let mixed: Vec<u8> = (0..70_000_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        for bytes in [&mixed[..], &[0; 15], &[13, 60, 0, 255], &[0xff; 9], &[7], &[]] {
            let text = base128(bytes);
            assert!(!text.contains(['\0', '\r', '<']));
            // A last character may carry bits of nothing.
            let read = back(&text);
            assert_eq!(read.get(..bytes.len()), Some(bytes));
            assert!(read.len() <= bytes.len() + 1 && text.len() <= bytes.len() * 8 / 7 + 2);
        }
    }
}
