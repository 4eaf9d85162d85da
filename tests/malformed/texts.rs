//! Texts: configurations, logs, reports and what is put around them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::{Case, Class, case, text};

pub const CONFIG: &str = "samples/asa_config/run.txt";
pub const REPORT: &str = "samples/earlier_report/report.json";

pub fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    chains(&mut cases);
    reports(&mut cases);
    rows(&mut cases);
    wrapped(&mut cases);
    logs(&mut cases);
    nothing(&mut cases);
    cases
}

/// A configuration with a certificate in it.
fn chain(pem: &str) -> (Vec<String>, String) {
    let body: String = text(pem).lines().filter(|line| !line.starts_with('-')).collect();
    let der = STANDARD.decode(body).unwrap();
    let lines = der
        .chunks(16)
        .map(|line| format!("    {}", line.iter().map(|byte| format!("{byte:02x}")).collect::<String>()));
    (lines.collect(), text(CONFIG))
}

fn chains(cases: &mut Vec<Case>) {
    for pem in ["fixtures/vpn.pem", "fixtures/phone-lsc.pem", "fixtures/vpn-elliptic.pem"] {
        let (lines, config) = chain(pem);
        let held = |lines: &[String], end: &str| {
            let block = format!(
                "crypto ca certificate chain HARBOUR\n certificate 5a2b1c\n{}\n{end}",
                lines.join("\n")
            );
            config.replace("ssl server-version", &format!("{block}ssl server-version"))
        };
        let mut add = |damage: &str, bytes: String, class| {
            cases.push(case(pem, &format!("in a configuration, {damage}"), bytes, class))
        };
        for lost in [0, 1, lines.len() / 2, lines.len() - 1] {
            let rest: Vec<String> = lines
                .iter()
                .enumerate()
                .filter(|(at, _)| *at != lost)
                .map(|(_, line)| line.clone())
                .collect();
            add(&format!("without its line {lost}"), held(&rest, "  quit\n"), Class::Cut);
        }
        for (kept, end) in [(3, "  quit\n"), (lines.len() / 2, ""), (lines.len() / 3, "!\n")] {
            add(&format!("{kept} lines alone, then {end:?}"), held(&lines[..kept], end), Class::Cut);
        }
        for (at, sign) in [(2, "g"), (4, "!"), (lines.len() - 1, "z")] {
            let mut damaged = lines.clone();
            damaged[at] = damaged[at].replacen(&lines[at][6..7], sign, 1);
            add(&format!("with {sign} in line {at}"), held(&damaged, "  quit\n"), Class::Encoding);
        }
        let mut damaged = lines.clone();
        damaged[3].pop();
        add("with half a byte", held(&damaged, "  quit\n"), Class::Encoding);
    }
    let whole = text(CONFIG);
    for kept in [8, 15, 20] {
        let lines: Vec<&str> = whole.lines().take(kept).collect();
        let cut = format!("{}\n", lines.join("\n"));
        cases.push(case("saved configuration", &format!("the first {kept} lines alone"), cut, Class::Cut));
    }
}

fn reports(cases: &mut Vec<Case>) {
    let whole = text(REPORT);
    let mut add = |damage: &str, bytes: String, class| cases.push(case("report", damage, bytes, class));
    for hundredth in [5, 20, 40, 60, 80, 99] {
        let end = whole.floor_char_boundary(whole.len() * hundredth / 100);
        add(&format!("cut at {hundredth} %"), whole[..end].to_owned(), Class::Cut);
    }
    add("with a bracket lost", whole.replacen('[', "", 1), Class::Cut);
    add("with a number for a text", whole.replacen("\"language\": \"en\"", "\"language\": 7", 1), Class::Cut);
    add("of a later version", whole.replacen("report/1", "report/2", 1), Class::NotRead);
    let short = "{\"schema\": \"vpn-phone-doctor/report/1\"}\n";
    add("eleven thousand times", short.repeat(11_000), Class::TooMuch);
    add("with a cut one behind it", format!("{whole}{}", &whole[..4000]), Class::Cut);
}

fn rows(cases: &mut Vec<Case>) {
    let whole = text("samples/sifted/rows.ndjson");
    let lines: Vec<&str> = whole.lines().collect();
    for (number, row) in (1..).zip(&lines).skip(1) {
        let damaged = |row: &str| {
            let mut all = lines.clone();
            all[number - 1] = row;
            all.join("\n")
        };
        for (damage, row) in [
            ("cut", row[..row.len() / 2].to_owned()),
            ("without its file", row.replacen("\"file\"", "\"fil\"", 1)),
            ("with a negative place", row.replacen("\"byte\":", "\"byte\":-", 1)),
            ("with damaged data", "{\"file\":\"a.pcap\",\"byte\":0,\"data\":\"1MOy!IABAA\"}".to_owned()),
        ] {
            cases.push(case("sifted rows", &format!("row {number} {damage}"), damaged(&row), Class::Row));
        }
    }
}

fn mail(body: &str) -> String {
    format!(
        "From: a@example.com\nTo: b@example.com\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"cut\"\n\n--cut\nContent-Type: text/plain\n\nHello\n--cut\nContent-Type: application/octet-stream; name=\"console.log\"\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; filename=\"console.log\"\n\n{body}\n--cut--\n"
    )
}

fn wrapped(cases: &mut Vec<Case>) {
    let log = text("samples/phone_log/console.log");
    let body = STANDARD.encode(&log);
    for (damage, body) in [
        ("with a sign that is none", body.replacen('M', "!", 1)),
        ("with padding in the middle", format!("{}=={}", &body[..40], &body[40..])),
        ("one character lost", body[1..].trim_end_matches('=').to_owned()),
    ] {
        cases.push(case("mail", &format!("its attachment {damage}"), mail(&body), Class::Encoding));
    }
    let records: String = text("samples/asa_syslog/vpn-gw.log")
        .lines()
        .map(|line| format!("{{\"host\":\"a\",\"message\":{}}}\n", serde_json::Value::from(line)))
        .collect();
    let list = format!("[{}]", records.trim_end().replace('\n', ",\n"));
    for hundredth in [30, 50, 70, 95] {
        let end = list.floor_char_boundary(list.len() * hundredth / 100);
        cases.push(case("JSON", &format!("cut at {hundredth} %"), &list[..end], Class::Cut));
    }
    let table: String =
        text("samples/asa_syslog/vpn-gw.log").lines().map(|line| format!("\"a\",\"{line}\"\n")).collect();
    let table = format!("\"host\",\"message\"\n{table}");
    let last = table.trim_end().rfind('"').unwrap();
    let open = format!("{}{}", &table[..last], &table[last + 1..]);
    cases.push(case("table", "its last quotation mark lost", open, Class::Unclosed));
}

fn logs(cases: &mut Vec<Case>) {
    let line = format!("0903: NOT 23:59:59.155936 VPNC: {}\n", "x".repeat(100_000));
    let log = text("samples/phone_log/console.log");
    cases.push(case("console", "with a line of 100,000 characters", log + &line, Class::TooMuch));
    let version = text("samples/asa_version/version.txt");
    let cut = version.lines().take(4).collect::<Vec<_>>().join("\n");
    cases.push(case("show version", "its first lines alone", cut, Class::Missing));
}

fn nothing(cases: &mut Vec<Case>) {
    cases.push(case("file", "empty", Vec::new(), Class::Empty));
    let noise: Vec<u8> =
        (0..4000_u32).map(|number| (number.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    for size in [16, 100, 4000] {
        cases.push(case("noise", &format!("{size} bytes"), &noise[..size], Class::Unknown));
    }
    cases.push(case("zeros", "4,000 bytes", vec![0; 4000], Class::Unknown));
    for (what, words) in [("a novel", "It was a dark and stormy night."), ("a list", "milk\nbread\nbutter")] {
        cases.push(case("text", what, words, Class::Unknown));
    }
    let image = [b"\x89PNG\r\n\x1a\n".as_slice(), &noise[..200]].concat();
    cases.push(case("image", "of a screen", image, Class::Unknown));
    cases.push(case("report", "of another program", "{\"schema\": \"other/report/1\"}", Class::Unknown));
}
