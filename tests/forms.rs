//! Forms around text: a log or a session reads the same whatever mail, pages, tables and tools put around it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use base64::Engine as _;
use vpn_phone_doctor::documents::Content;
use vpn_phone_doctor::documents::asa_syslog::AsaSyslog;
use vpn_phone_doctor::input::{InputState, Kind};
use vpn_phone_doctor::intake::{Intake, Reading, read};
use vpn_phone_doctor::limits::Limits;

/// Clock, severity, number and text of a login that a policy ends, behind a handshake that fails.
const MESSAGES: [(&str, u8, u32, &str); 7] = [
    (
        "07:41:02",
        6,
        725_001,
        "Starting SSL handshake with client wan:198.51.100.70/40211 to 192.0.2.80/443 for TLS session",
    ),
    ("07:41:02", 7, 725_011, "Cipher[1] : AES128-SHA"),
    ("07:41:03", 7, 725_014, "SSL lib error. Function: ssl3_read_bytes Reason: sslv3 alert bad certificate"),
    (
        "07:41:03",
        6,
        725_006,
        "Device failed SSL handshake with client wan:198.51.100.70/40211 to 192.0.2.80/443",
    ),
    (
        "07:45:10",
        6,
        716_038,
        "Group <TELEFONE> User <CP-8865-SEP00AABBCCDDEE> IP <198.51.100.71> Authentication: successful, Session Type: WebVPN.",
    ),
    (
        "07:45:10",
        6,
        113_039,
        "Group <TELEFONE> User <CP-8865-SEP00AABBCCDDEE> IP <198.51.100.71> AnyConnect parent session started.",
    ),
    (
        "07:45:12",
        5,
        734_002,
        "DAP: User CP-8865-SEP00AABBCCDDEE, Addr 198.51.100.71: Connection terminated by the following DAP records: NO-PHONES",
    ),
];

type Message = (&'static str, u8, u32, &'static str);

fn tagged((_, severity, id, text): &Message) -> String {
    format!("%ASA-{severity}-{id}: {text}")
}

fn line(message: &Message) -> String {
    format!("Mar 09 2026 {} gw2 : {}", message.0, tagged(message))
}

fn all(each: impl Fn(usize, &Message) -> String) -> Vec<String> {
    MESSAGES.iter().enumerate().map(|(place, message)| each(place, message)).collect()
}

fn lines(each: impl Fn(usize, &Message) -> String) -> String {
    all(each).join("\n") + "\n"
}

fn log() -> String {
    lines(|_, message| line(message))
}

fn reading(text: &[u8]) -> Reading {
    read("dropped", text, &Limits::default())
}

fn logs(reading: &Reading) -> Vec<&AsaSyslog> {
    let logs = reading.documents.iter().filter_map(|document| match &document.content {
        Content::AsaSyslog(log) => Some(log),
        _ => None,
    });
    logs.collect()
}

/// What every form must leave of the log: each message once, with its whole text and nothing behind it.
#[track_caller]
fn same(form: &str, text: impl AsRef<[u8]>) {
    let reading = reading(text.as_ref());
    let logs = logs(&reading);
    let told: Vec<String> =
        logs.iter().flat_map(|log| &log.events).map(|event| event.text().to_owned()).collect();
    let wanted: Vec<&str> = MESSAGES.iter().map(|message| message.3).collect();
    assert_eq!(told, wanted, "{form}:\n{}", String::from_utf8_lossy(text.as_ref()));
    let counted: u64 = logs.iter().map(|log| log.messages).sum();
    assert_eq!(counted, 7, "{form}");
}

/// The same, and the first message's time.
#[track_caller]
fn same_at(form: &str, time: &str, text: impl AsRef<[u8]>) {
    same(form, &text);
    let reading = reading(text.as_ref());
    let first = logs(&reading)[0].first.map(|first| first.to_string()).unwrap_or_default();
    assert!(first.starts_with(time), "{form}: {first}");
}

const DAY: &str = "2026-03-09T07:41:02";

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn json(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

#[test]
fn records_of_collectors_are_read_as_their_messages() {
    let at = |message: &Message| format!("2026-03-09T{}.000Z", message.0);
    same_at(
        "one field",
        DAY,
        lines(|_, m| format!("{{\"when\":\"{}\",\"log\":{}}}", at(m), json(&tagged(m)))),
    );
    same_at(
        "escapes",
        DAY,
        lines(|_, m| {
            let text = json(&format!("<166>{}\n", line(m))).replace('<', "\\u003c").replace('>', "\\u003e");
            format!("{{\"stream\":\"stderr\",\"log\":{text},\"time\":\"2026-03-09T08:00:00Z\"}}")
        }),
    );
    same_at(
        "tag and text apart",
        DAY,
        lines(|_, m| {
            format!("{{\"prog\":\"%ASA-{}-{}\",\"timestamp\":\"{}\",\"msg\":{}}}", m.1, m.2, at(m), json(m.3))
        }),
    );
    same_at(
        "raw and parsed",
        DAY,
        lines(|_, m| {
            format!(
                "{{\"@timestamp\":\"2026-03-09T08:00:00Z\",\"message\":{},\"log\":{{\"original\":{}}}}}",
                json(m.3),
                json(&line(m))
            )
        }),
    );
    same_at(
        "the number in a field",
        DAY,
        lines(|_, m| {
            format!(
                "{{\"@timestamp\":\"{}\",\"event\":{{\"code\":\"{}\"}},\"message\":{}}}",
                at(m),
                m.2,
                json(m.3)
            )
        }),
    );
    let hits = all(|_, m| {
        format!("{{\"_source\": {{\"@timestamp\": \"{}\",\n \"message\": {}}}}}", at(m), json(&tagged(m)))
    });
    same_at(
        "a search's answer",
        DAY,
        format!("{{\"took\": 3, \"hits\": {{\"hits\": [\n{}]}}}}", hits.join(",\n")),
    );
    let values = all(|place, m| format!("[\"{}000000000\", {}]", 1_773_042_062 + place, json(&tagged(m))));
    same_at(
        "times and lines",
        DAY,
        format!("{{\"data\":{{\"result\":[{{\"values\":[{}]}}]}}}}", values.join(",")),
    );
    same("a list of lines", format!("[{}]", all(|_, m| json(&line(m))).join(",\n")));
    same_at(
        "behind a header",
        DAY,
        lines(|_, m| {
            format!("Mar  9 23:00:01 box app[3]: {{\"at\":\"{}\",\"text\":{}}}", at(m), json(&tagged(m)))
        }),
    );
}

#[test]
fn tables_are_read_as_their_messages() {
    same_at(
        "a table without bars at its sides",
        DAY,
        format!(
            " id |     at     | tag | msg\n----+------------+-----+-----\n{}(7 rows)\n",
            lines(|place, m| format!(" {place} | 2026-03-09 {} | %ASA-{}-{}: | {}", m.0, m.1, m.2, m.3))
        ),
    );
    same_at(
        "a header in the first field",
        DAY,
        lines(|_, m| {
            format!("<166>Mar 09 2026 {} box LEEF:1.0|Cisco|ASA|9.8|{}|msg={}", m.0, m.2, tagged(m))
        }),
    );
    let csv = |rows: Vec<String>| format!("\"time\",\"source\",\"message\"\r\n{}\r\n", rows.join("\r\n"));
    same_at("csv", DAY, csv(all(|_, m| format!("\"Mar 9, 2026 @ {}.000\",\"gw2\",\"{}\"", m.0, tagged(m)))));
    same_at(
        "semicolons",
        DAY,
        format!(
            "Datum;Uhrzeit;Meldung;Art\n{}",
            lines(|_, m| format!("09.03.2026;{};{};info", m.0, tagged(m)))
        ),
    );
    same_at(
        "tabs",
        DAY,
        lines(|_, m| format!("2026-03-09 {}\tLocal4.Info\t192.0.2.80\t{}\tx", m.0, tagged(m))),
    );
    same("no names", lines(|_, m| format!("{};192.0.2.80;09/03 {}.120", line(m), m.0)));
    same_at("bars", DAY, lines(|_, m| format!("{}|Mar 09 2026|{}|{}|198.51.100.70|{}", m.1, m.0, m.2, m.3)));
    same_at(
        "markdown",
        DAY,
        format!(
            "Our log:\n\n| at | id | text |\n|:--|--:|---|\n{}\nThanks",
            lines(|_, m| format!("| 2026-03-09 {} | {} | {} |", m.0, m.2, m.3))
        ),
    );
    let rule = "+----+-------+------+\n";
    same_at(
        "a database's client",
        DAY,
        format!(
            "{rule}| ts | tag | msg |\n{rule}{}{rule}7 rows in set (0.01 sec)\n",
            lines(|_, m| format!("| 2026-03-09 {} | %ASA-{}-{}: | {} |", m.0, m.1, m.2, m.3))
        ),
    );
    let rows =
        all(|place, m| format!("({place},'2026-03-09 {}','gw2','%ASA-{}-{}:','{}')", m.0, m.1, m.2, m.3));
    same_at(
        "rows of a dump",
        DAY,
        format!("-- dump\nINSERT INTO `ev` (`id`,`ts`,`host`,`tag`,`msg`) VALUES {};\n", rows.join(",\n")),
    );
    same("numbers alone", lines(|_, m| format!("{} - {}", m.2, m.3)));
}

#[test]
fn pages_and_mail_are_read_as_their_messages() {
    let breaks = all(|_, m| escaped(&line(m)).replace(' ', "&nbsp;")).join("<br>\n");
    let page =
        format!("<html><head><style>p {{ margin: 0 }}</style></head><body>Hi,<br>\n{breaks}</body></html>");
    same_at("a page", DAY, &page);
    same_at("paragraphs", DAY, lines(|_, m| format!("<p class=x><span>{}</span></p>", escaped(&line(m)))));
    same_at("preformatted", DAY, format!("<div><pre>{}</pre></div>", escaped(&log())));
    same_at(
        "a page's table",
        DAY,
        format!(
            "<table><tr><th>at</th><th>text</th></tr>{}</table>",
            lines(|_, m| format!("<tr><td>2026-03-09 {}</td><td>{}</td></tr>", m.0, escaped(&tagged(m))))
        ),
    );
    same_at("references", DAY, escaped(&log()));
    let head = "From: a@example.com\nTo: b@example.com\nSubject: log\nMIME-Version: 1.0\n";
    let base64 = |text: &str| {
        let text = base64::engine::general_purpose::STANDARD.encode(text);
        text.as_bytes()
            .chunks(76)
            .map(|line| String::from_utf8_lossy(line).into_owned())
            .collect::<Vec<_>>()
            .join("\n")
    };
    let soft: String = log()
        .lines()
        .flat_map(|line| {
            line.as_bytes()
                .chunks(70)
                .map(|piece| String::from_utf8_lossy(piece).replace('=', "=3D"))
                .collect::<Vec<_>>()
                .join("=\n")
                .chars()
                .chain(['\n'])
                .collect::<Vec<_>>()
        })
        .collect();
    same_at(
        "quoted-printable",
        DAY,
        format!(
            "{head}Content-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\nGr=C3=BC=C3=9Fe\n\n{soft}"
        ),
    );
    same_at(
        "base64",
        DAY,
        format!("{head}Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n{}\n", base64(&log())),
    );
    let two = format!(
        "--b\nContent-Type: text/plain\n\n{}\n--b\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\n{}\n--b--\n",
        log(),
        base64(&page)
    );
    same_at(
        "two forms of one text",
        DAY,
        format!("{head}Content-Type: multipart/alternative; boundary=b\n\n{two}"),
    );
    same_at("soft breaks without headers", DAY, &soft);
    // A heading that ends like a soft break takes nothing of the next line.
    let heading = format!("! {} the gateway of the branch in the north {}\n", "=".repeat(12), "=".repeat(12));
    same_at("headings between lines", DAY, format!("{heading}{}{heading}{heading}", log()));
    same_at(
        "headings before lines",
        DAY,
        log().lines().map(|line| format!("{heading}{line}\n")).collect::<String>(),
    );
    // The plain form of this mail says nothing of what the page shows.
    let beside = format!(
        "--b\nContent-Type: text/plain\n\nsee below\n--b\nContent-Type: text/html\n\n{page}\n--b--\n"
    );
    same_at(
        "a plain form that says nothing",
        DAY,
        format!("{head}Content-Type: multipart/alternative; boundary=b\n\n{beside}"),
    );
    same_at(
        "events",
        DAY,
        format!(
            "<?xml version=\"1.0\"?>\n<log>{}</log>",
            lines(|_, m| format!(
                "<entry><at>2026-03-09T{}Z</at><text>{}</text></entry>",
                m.0,
                escaped(&tagged(m))
            ))
        ),
    );
    same_at(
        "events in attributes",
        DAY,
        lines(|_, m| format!("<e Time='2026-03-09T{}Z' Message=\"{}\"/>", m.0, escaped(&tagged(m)))),
    );
}

#[test]
fn an_attachment_is_an_input_of_its_own_and_prose_is_no_evidence() {
    let file = base64::engine::general_purpose::STANDARD.encode(log());
    let mail = format!(
        "From: a@example.com\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"x y\"\n\n--x y\nContent-Type: text/plain\n\nPlease look at the attachment.\n\n--x y\nContent-Type: application/octet-stream\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment;\n filename*=utf-8''gw2%20today.log\n\n{file}\n--x y--\n"
    );
    same_at("an attachment", DAY, &mail);
    let reading = reading(mail.as_bytes());
    let told: Vec<_> =
        reading.inputs.iter().map(|input| (input.name.as_str(), input.kind, input.state)).collect();
    assert_eq!(
        told,
        [("dropped", Kind::Terminal, InputState::Read), ("gw2 today.log", Kind::AsaSyslog, InputState::Read)]
    );
    let damaged = mail.replace(&file, &file.replacen('V', "*", 3));
    let reading = self::reading(damaged.as_bytes());
    assert_eq!(reading.inputs[0].notes.len(), 1, "what cannot be decoded is said");
}

#[test]
fn edges_of_lines_are_taken_off() {
    for (form, text) in [
        ("two quotations", lines(|_, m| format!("> > {}", line(m)))),
        ("a list", lines(|_, m| format!("  * {}", line(m)))),
        ("a numbered list", lines(|place, m| format!("{}) {}", place + 1, line(m)))),
        ("back-ticks", lines(|_, m| format!("`{}`", line(m)))),
        ("a fence", format!("```\n{}```\n", log())),
        ("a recorder", lines(|_, m| format!("[09/03/2026 22:10:11] {}", line(m)))),
        ("files and numbers", lines(|place, m| format!("old/gw2.log:{}:{}", place * 7 + 40, line(m)))),
        ("relays", lines(|_, m| format!("Mar 10 01:00:00 r1 r2.example.com 192.0.2.7 r4 {}", line(m)))),
        ("seconds", lines(|_, m| format!("1773042062.000017 box gw[7]: {}", line(m)))),
        ("octal signs", lines(|_, m| format!("{}#015#012", line(m)))),
        ("all signs shown", lines(|_, m| format!("{}^M$", line(m)))),
        (
            "colours",
            lines(|_, m| {
                format!("\u{1b}[1m{}\u{1b}[0m", line(m).replace("ASA", "\u{1b}[31mASA\u{1b}[m\u{1b}[K"))
            }),
        ),
        ("returns alone", log().replace('\n', "\r")),
        ("angle quotation marks", log().replace('<', "\u{2039}").replace('>', "\u{203a}")),
        ("one string", format!("out = '{}'\n", log().replace('\n', "\\n"))),
        ("one string of C", format!("\"{}\";\n", log().replace('\n', "\\r\\n"))),
        ("a list of strings", format!("[{}]\n", all(|_, m| format!("'{}'", line(m))).join(", "))),
        ("a difference", format!("@@ -0,0 +1,7 @@\n{}", lines(|_, m| format!("+{}", line(m))))),
        ("other hyphens", log().replace('-', "\u{2011}").replace(' ', "\u{a0}")),
    ] {
        same_at(form, DAY, text);
    }
}

#[test]
fn a_tag_that_is_a_field_of_the_header_is_joined_with_its_text() {
    for between in ["- - -", "812 - [o ip=\"192.0.2.80\" v=\"1\"][p x=\"y\"]"] {
        let text = lines(|_, m| {
            format!("<165>1 2026-03-09T{}+00:00 gw2 %ASA-{}-{} {between} {}", m.0, m.1, m.2, m.3)
        });
        same_at(between, DAY, text);
    }
}

#[test]
fn lines_broken_at_any_width_are_joined_without_loss() {
    for width in [64, 72, 76, 80, 100, 120, 132] {
        let cut = |line: &str| {
            let pieces: Vec<String> = line
                .as_bytes()
                .chunks(width)
                .map(|piece| String::from_utf8_lossy(piece).into_owned())
                .collect();
            pieces
        };
        let folded: Vec<String> = log().lines().flat_map(cut).collect();
        same_at(&format!("folded at {width}"), DAY, folded.join("\n"));
        let shown: Vec<String> = folded.iter().map(|line| line.trim_end().to_owned()).collect();
        same_at(&format!("a screen of {width}"), DAY, shown.join("\n"));
    }
}

#[test]
fn a_complete_message_takes_nothing_from_the_next_line() {
    for next in ["Does anybody know this?", "any help is welcome", "12 of our phones do this"] {
        let text = format!("{}\n{next}\n", MESSAGES[..3].iter().map(tagged).collect::<Vec<_>>().join("\n"));
        let reading = reading(text.as_bytes());
        let events = &logs(&reading)[0].events;
        assert_eq!(events.last().unwrap().text(), MESSAGES[2].3, "{next}");
    }
}

#[test]
fn a_log_with_its_newest_line_first_is_put_in_order() {
    let back: Vec<String> = log().lines().rev().map(str::to_owned).collect();
    same_at("text", DAY, back.join("\n"));
    // An ASA that writes its own time and no name ends the time with a colon.
    let colon = |m: &Message| format!("Mar 09 2026 {}: {}", m.0, tagged(m));
    same_at("colons", DAY, MESSAGES.iter().rev().map(colon).collect::<Vec<_>>().join("\n"));
    let reading = reading(back.join("\n").as_bytes());
    let numbers: Vec<u32> = logs(&reading)[0].events.iter().map(|event| event.at.line).collect();
    assert_eq!(numbers, [7, 6, 5, 4, 3, 2, 1], "places are those of the dropped file");
    let rows: Vec<String> =
        all(|_, m| format!("{{\"ts\":\"2026-03-09T{}Z\",\"message\":{}}}", m.0, json(&tagged(m))));
    same_at("records", DAY, rows.iter().rev().cloned().collect::<Vec<_>>().join("\n"));
    // Some servers keep the order within a second.
    let mut stable: Vec<&Message> = MESSAGES.iter().collect();
    stable.sort_by_key(|message| std::cmp::Reverse(message.0));
    same_at("stable", DAY, stable.iter().map(|message| line(message)).collect::<Vec<_>>().join("\n"));
    // A clock that was set back once is no such log.
    let set_back = log()
        + &line(&(
            "07:40:00",
            6,
            725_007,
            "SSL session with client wan:198.51.100.70/40211 to 192.0.2.80/443 terminated",
        ));
    let reading = self::reading(set_back.as_bytes());
    assert_eq!(logs(&reading)[0].events[0].at.line, 1);
}

#[test]
fn a_message_that_came_again_is_counted_again() {
    for (again, times) in [
        (
            "Mar 09 2026 07:41:04 gw2 : message repeated 4 times: [ %ASA-6-725006: Device failed SSL handshake with client wan:198.51.100.70/40211 to 192.0.2.80/443]",
            4,
        ),
        ("Mar 09 07:41:04 gw2 last message repeated 2 times", 2),
        (
            "Mar 09 07:41:04 gw2 Last message '%ASA-6-725006: Devic' repeated 9 times, suppressed by syslog-ng on box",
            9,
        ),
    ] {
        let mut rows = all(|_, message| line(message));
        rows.insert(4, again.to_owned());
        let reading = reading(rows.join("\n").as_bytes());
        assert_eq!(logs(&reading)[0].by_id.get(&725_006), Some(&(1 + times)), "{again}");
    }
}

/// What a session's form must leave: the same documents as the plain session.
#[test]
fn what_is_no_form_stays_as_it_is() {
    // Groups and users may be called like elements of a page, and a phone numbers its own records.
    let names = "%ASA-6-716038: Group <P> User <b> IP <192.0.2.9> Authentication: successful, Session Type: WebVPN.\n".repeat(3);
    assert!(
        logs(&reading(names.as_bytes()))[0]
            .events
            .iter()
            .all(|event| event.text().starts_with("Group <P> User <b>"))
    );
    let records: String = (900..906)
        .map(|number| format!("{number}: NOT 10:19:27.{number}000 VPNC: vpn_stop: de-activating vpn\n"))
        .collect();
    let told = reading(records.as_bytes());
    let Content::PhoneLog(log) = &told.documents[0].content else { panic!("{:?}", told.documents) };
    assert_eq!(log.events[0].sequence, Some(900));
    // A user's name that looks like a tag is no message.
    for forged in [
        "Mar 09 2026 07:41:02 box sshd[7]: Invalid user named %ASA-6-725006: Device failed SSL handshake\n",
        "%ASA-6-113005: AAA user authentication Rejected : reason = x : user = %ASA-6-725006: forged\n",
    ] {
        assert!(
            logs(&reading(forged.as_bytes())).iter().all(|log| !log.by_id.contains_key(&725_006)),
            "{forged}"
        );
    }
    // Six digits beside other words are no message.
    let orders = "725006 was shipped on Monday\n725001 is late\n725014 is paid\n";
    assert_eq!(reading(orders.as_bytes()).inputs[0].state, InputState::Unrecognised);
}

#[test]
fn what_begins_as_json_and_is_none_is_told_once() {
    // A string that is not closed ends at the next line's.
    let broken = lines(|_, m| format!("{{\"log\":\" {}", line(m)));
    let told = reading(broken.as_bytes());
    assert_eq!(told.inputs.len(), 1, "{:?}", told.inputs);
    let counts: Vec<u64> = logs(&told)[0].by_id.values().copied().collect();
    assert_eq!(counts, [1; 7], "{:?}", logs(&told)[0].by_id);
}

#[test]
fn a_record_of_thousands_of_numbers_and_one_text_is_read() {
    let numbers: String = (0..3000).map(|n| format!("\"n{n}\":\"123456\",")).collect();
    let text = format!("{{{numbers}\"id\":\"725006\",\"msg\":{}}}\n", json(MESSAGES[3].3));
    let told = reading(text.as_bytes());
    assert_eq!(logs(&told)[0].by_id.keys().collect::<Vec<_>>(), [&725_006]);
    // Objects behind one another in one line, with something between them.
    let record = json(&line(&MESSAGES[3]));
    let row = format!("{{\"log\":{record}}} ; ").repeat(200);
    let told = reading(row.as_bytes());
    assert!(!logs(&told).is_empty(), "{:?}", told.inputs);
}

#[test]
fn hostile_forms_end_and_say_what_is_missing() {
    let deep = "[".repeat(200_000);
    assert_eq!(reading(deep.as_bytes()).inputs.len(), 1);
    let cut = lines(|_, m| format!("{{\"log\":{}}}", json(&line(m))))
        + "{\"log\":\"Mar 09 2026 07:45:13 gw2 : %ASA-6-";
    let told = reading(cut.as_bytes());
    assert_eq!(told.inputs[0].state, InputState::PartlyRead);
    assert!(
        told.inputs[0].notes.iter().any(|note| note.text.en().contains("cut off") && note.line == Some(8)),
        "{:?}",
        told.inputs[0].notes
    );
    for text in [
        "<!--".repeat(20_000),
        "<script>".repeat(20_000),
        "<".repeat(100_000),
        "&#x".repeat(50_000),
        "{\"a\":".repeat(50_000),
        "\"".repeat(50_001),
        "| ".repeat(50_000),
        "=\n".repeat(50_000),
        "> ".repeat(50_000),
        "INSERT INTO x VALUES (".repeat(5_000),
        "INSERT INTO\n".repeat(50_000),
        "x{\"a\":1}".repeat(20_000),
    ] {
        assert!(!reading(text.as_bytes()).inputs.is_empty());
    }
}

#[test]
fn chunks_of_any_size_and_cuts_at_any_byte_are_read() {
    let page = format!(
        "<table>{}</table>",
        lines(|_, m| format!("<tr><td>{}</td><td>{}</td></tr>", m.0, escaped(&line(m))))
    );
    let mail = format!(
        "From: a@example.com\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\n{}\n--b--\n",
        log().replace("Session", "Sess=\nion")
    );
    let records = lines(|_, m| {
        format!("{{\"tag\":\"%ASA-{}-{}:\",\"ts\":\"2026-03-09T{}Z\",\"msg\":{}}}", m.1, m.2, m.0, json(m.3))
    });
    for text in [page, mail, records, log().replace('\n', "\r")] {
        let whole = reading(text.as_bytes());
        for size in [1, 3, 64, 511, 513] {
            let mut intake = Intake::new("dropped", text.len() as u64, &Limits::default());
            text.as_bytes().chunks(size).for_each(|chunk| intake.push(chunk));
            assert_eq!(intake.finish(), whole, "chunks of {size}");
        }
        for end in (0..text.len()).step_by(7) {
            assert!(!reading(&text.as_bytes()[..end]).inputs.is_empty());
        }
    }
}
