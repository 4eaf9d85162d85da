//! Serves the packed page on this machine, with the headers that a host should send.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;

use crate::Outcome;

/// Takes the port, before anything that takes minutes.
pub fn listen(port: u16) -> Outcome<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port))
        .map_err(|error| format!("port {port}: {error}; choose another one with --port").into())
}

/// Answers requests for the page until it is interrupted.
pub fn serve(listener: &TcpListener, page: &Path) -> Outcome<()> {
    println!(
        "\nhttp://{}/\n(the file {} works without a server, too)",
        listener.local_addr()?,
        page.display()
    );
    for stream in listener.incoming() {
        // A browser that hangs up early is no reason to stop serving.
        let _ = stream.map_err(Into::into).and_then(|stream| answer(stream, page));
    }
    Ok(())
}

fn answer(mut stream: TcpStream, page: &Path) -> Outcome<()> {
    let mut request = BufReader::new(&stream);
    let mut line = String::new();
    request.read_line(&mut line)?;
    let mut header = String::new();
    while request.read_line(&mut header)? > 2 {
        header.clear();
    }
    let mut words = line.split(' ');
    let (status, body) = match (words.next(), words.next()) {
        (Some("GET" | "HEAD"), Some("/" | "/index.html" | "/vpn-phone-doctor.html")) => {
            ("200 OK", fs::read(page)?)
        }
        _ => ("404 Not Found", b"There is one page here: /\n".to_vec()),
    };
    write!(
        stream,
        "HTTP/1.1 {status}\r\n{HEADERS}Content-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    )?;
    if line.starts_with("GET") {
        stream.write_all(&body)?;
    }
    Ok(())
}

/// The page carries its own policy; these are what a `<meta>` cannot say.
const HEADERS: &str = "\
Content-Type: text/html; charset=utf-8\r\n\
Content-Security-Policy: frame-ancestors 'none'\r\n\
Cache-Control: no-cache\r\n\
Cross-Origin-Opener-Policy: same-origin\r\n\
Cross-Origin-Resource-Policy: same-origin\r\n\
Referrer-Policy: no-referrer\r\n\
X-Content-Type-Options: nosniff\r\n";
