//! Whoever has Trunk types `trunk build` and `trunk serve`: both must come to the very page that is shipped.
//!
//! Trunk and wasm-bindgen's command line are compiled for this, which takes minutes, so it is a check of its own.
//! Trunk gets nothing from the network here: it finds its tools in `target/tools` and `node_modules`.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Child;
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::{Outcome, command, page, root, run, step};

/// Trunk's version; those of the tools that Trunk runs stand in `Trunk.toml`.
const TRUNK: &str = "0.21.14";

/// As long as building from nothing may take on a slow machine.
const LONGEST: Duration = Duration::from_secs(20 * 60);

/// Builds the page with Trunk and serves it with Trunk, and compares both with what `page` makes.
pub fn check() -> Outcome<()> {
    let shipped = fs::read(page::build()?)?;
    cargo_tool("trunk", "trunk", TRUNK, &["--no-default-features", "--features", "rustls"])?;
    cargo_tool("wasm-bindgen", "wasm-bindgen-cli", &wanted("wasm_bindgen")?, &[])?;
    step("trunk build", || {
        run("trunk", &["build", "--offline", "--color=never", "--log=warn"])?;
        same("trunk build", &fs::read(root().join("target/dist/index.html"))?, &shipped)
    })?;
    step("trunk serve", || {
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
        let words = ["serve", "--offline", "--color=never", "--log=warn", "--port", &port.to_string()];
        let mut server = Server(command("trunk", &words).spawn()?);
        same("trunk serve", &server.page(port)?, &shipped)
    })
}

/// Trunk's server, ended with whatever holds it.
struct Server(Child);

impl Server {
    /// Trunk builds first and answers then.
    fn page(&mut self, port: u16) -> Outcome<Vec<u8>> {
        let start = Instant::now();
        while start.elapsed() < LONGEST {
            if let Some(status) = self.0.try_wait()? {
                return Err(format!("`trunk serve` ended early: {status}").into());
            }
            if let Ok(page) = get(port) {
                return Ok(page);
            }
            sleep(Duration::from_millis(500));
        }
        Err("`trunk serve` does not answer".into())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn get(port: u16) -> Outcome<Vec<u8>> {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    stream.write_all(b"GET / HTTP/1.0\r\nHost: localhost\r\nAccept: text/html\r\n\r\n")?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let body = answer.windows(4).position(|window| window == b"\r\n\r\n").ok_or("no head")?;
    if !answer.starts_with(b"HTTP/1.0 200") && !answer.starts_with(b"HTTP/1.1 200") {
        return Err("not found".into());
    }
    Ok(answer.split_off(body + 4))
}

fn same(who: &str, page: &[u8], shipped: &[u8]) -> Outcome<()> {
    if page == shipped {
        println!("   {who}: {} bytes, the same page", page.len());
        return Ok(());
    }
    let place = page.iter().zip(shipped).position(|(a, b)| a != b);
    Err(format!(
        "{who} made another page: {} bytes instead of {}, first otherwise at byte {}",
        page.len(),
        shipped.len(),
        place.unwrap_or(page.len().min(shipped.len()))
    )
    .into())
}

/// What `Trunk.toml` asks for.
fn wanted(tool: &str) -> Outcome<String> {
    let text = fs::read_to_string(root().join("Trunk.toml"))?;
    let line = text.lines().find_map(|line| line.strip_prefix(tool)?.trim().strip_prefix('='));
    let version = line.map(|version| version.trim().trim_matches('"').to_owned());
    version.ok_or_else(|| format!("Trunk.toml names no version of {tool}").into())
}

/// Installs a tool from crates.io into `target/tools`, once.
pub fn cargo_tool(program: &str, package: &str, version: &str, features: &[&str]) -> Outcome<()> {
    let known = command(program, &["--version"]).output().is_ok_and(|output| {
        String::from_utf8_lossy(&output.stdout).split_whitespace().any(|word| word == version)
    });
    if known {
        return Ok(());
    }
    step(&format!("install {package} {version} into target/tools (some minutes, once)"), || {
        let folder: PathBuf = root().join("target/tools");
        let mut words = vec!["install", package, "--quiet", "--locked", "--force", "--version", version];
        let folder = folder.to_string_lossy();
        words.extend(["--root", &folder]);
        words.extend(features);
        // A tool that runs for a second is not worth minutes of optimising.
        let status = command("cargo", &words)
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0")
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
            .env("CARGO_PROFILE_RELEASE_DEBUG", "0")
            .env("CARGO_PROFILE_RELEASE_STRIP", "true")
            .status()?;
        if status.success() { Ok(()) } else { Err(format!("cargo install {package}: {status}").into()) }
    })
}

/// What Trunk runs after its build: the page instead of what Trunk wrote.
pub fn pack() -> Outcome<()> {
    let staging = std::env::var_os("TRUNK_STAGING_DIR").ok_or("Trunk runs this, and names its folder")?;
    let staging = Path::new(&staging);
    page::pack(staging, &[&staging.join("index.html").to_string_lossy()])
}
