//! How fast a phone's log is scanned: `cargo bench --bench logs`, in megabytes a second.
//!
//! The log is made in memory: mostly records of call control, one failed login in a thousand, as phones print them.

use std::time::Instant;

use vpn_phone_doctor::documents::Content;
use vpn_phone_doctor::intake::Intake;
use vpn_phone_doctor::limits::Limits;

const BYTES: usize = 200_000_000;
const CHUNK: usize = 4 << 20;

fn main() {
    let log = phone_log(BYTES);
    for round in 1..=3 {
        let start = Instant::now();
        let mut intake = Intake::new("messages", log.len() as u64, &Limits::default());
        for chunk in log.as_bytes().chunks(CHUNK) {
            intake.push(chunk);
        }
        let reading = intake.finish();
        let seconds = start.elapsed().as_secs_f64();
        let told = reading.documents.iter().find_map(|document| match &document.content {
            Content::PhoneLog(log) => Some((log.records, log.events.len(), log.attempts.len())),
            _ => None,
        });
        let (records, events, attempts) = told.unwrap_or_default();
        let megabytes = log.len() as f64 / 1e6;
        println!(
            "phone log, round {round}: {megabytes:.0} MB in {seconds:.2} s = {:.0} MB/s; {records} records, {events} events, {attempts} attempts",
            megabytes / seconds
        );
    }
}

fn phone_log(bytes: usize) -> String {
    let login = [
        "VPNC: -ssl_state_cb: TLSv1: SSL_connect: before/connect initialization",
        "SECD: -Leaf cert hash = 1289B8A7AA9FFD84865E38939F3466A61B5608FC",
        "VPNC: -alert_err: SSL write alert: code 48, unknown CA",
        "VPNC: -protocol_handler: login failed",
    ];
    let others = [
        "(711:853) JAVA-SIPCC-SIP_STATE: 97/1, sip_reg_sm_change_state: Registration state change: SIP_REG_STATE_REGISTERED ---> SIP_REG_STATE_IDLE",
        "(711:853) JAVA-sipio-recv<--- SIP/2.0 200 OK^M Via: SIP/2.0/TCP 192.0.2.20:51509;branch=z9hG4bK02d4d010^M From: <sip:5035@192.0.2.143>;tag=001122334455",
        "(408:408) ms-RTPSESSION.createRTPSession media [ipv4=239.0.1.2][port=20486][interface=NULL]",
        "(366:32531) SECUREAPP-Sec SSL Connection - check status & perform handshake.",
    ];
    let mut text = String::with_capacity(bytes + 300);
    let mut number = 0_u64;
    while text.len() < bytes {
        let millis = number / 3;
        let (seconds, minutes, hours) = (millis / 1000 % 60, millis / 60_000 % 60, millis / 3_600_000 % 24);
        let (step, other) = (number % 4000, number % 4);
        let words = login.iter().zip(0..).find(|(_, at)| *at == step).map(|(words, _)| *words);
        let words = words.or_else(|| others.get(usize::try_from(other).ok()?).copied()).unwrap_or_default();
        let line = format!(
            "{:04} NOT Nov 29 {hours:02}:{minutes:02}:{seconds:02}.{:06} {words}\n",
            number % 10_000,
            millis % 1000 * 1000
        );
        text.push_str(&line);
        number += 1;
    }
    text
}
