//! Whole captures, made here byte by byte, and what comes out of them.

use std::net::{IpAddr, Ipv4Addr};

use super::container::{Fault, FileType};
use super::conversation::{Speaker, Transport, Undelivered, What};
use super::tftp::Tftp;
use super::tls::{Message, Side};
use super::*;

const PHONE: [u8; 4] = [192, 0, 2, 10];
const GATEWAY: [u8; 4] = [198, 51, 100, 1];

/// An Ethernet frame with an IPv4 packet.
pub(super) fn frame(protocol: u8, from: [u8; 4], to: [u8; 4], id: u16, payload: &[u8]) -> Vec<u8> {
    let mut frame = vec![0, 0x11, 0x22, 0x33, 0x44, 0x66, 0, 0x11, 0x22, 0x33, 0x44, 0x55, 8, 0];
    frame.extend([0x45, 0]);
    frame.extend(u16::try_from(payload.len() + 20).unwrap().to_be_bytes());
    frame.extend(id.to_be_bytes());
    frame.extend([0x40, 0, 64, protocol, 0, 0]);
    frame.extend(from);
    frame.extend(to);
    frame.extend(payload);
    frame
}

fn segment(from: u16, to: u16, sequence: u32, acknowledged: u32, flags: u8, payload: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    bytes.extend(from.to_be_bytes());
    bytes.extend(to.to_be_bytes());
    bytes.extend(sequence.to_be_bytes());
    bytes.extend(acknowledged.to_be_bytes());
    bytes.extend([0x50, flags, 0xff, 0xff, 0, 0, 0, 0]);
    bytes.extend(payload);
    bytes
}

fn to_gateway(sequence: u32, acknowledged: u32, flags: u8, payload: &[u8]) -> Vec<u8> {
    frame(6, PHONE, GATEWAY, 1, &segment(50_000, 443, sequence, acknowledged, flags, payload))
}

fn from_gateway(sequence: u32, acknowledged: u32, flags: u8, payload: &[u8]) -> Vec<u8> {
    frame(6, GATEWAY, PHONE, 1, &segment(443, 50_000, sequence, acknowledged, flags, payload))
}

fn udp(from: ([u8; 4], u16), to: ([u8; 4], u16), payload: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    bytes.extend(from.1.to_be_bytes());
    bytes.extend(to.1.to_be_bytes());
    bytes.extend(u16::try_from(payload.len() + 8).unwrap().to_be_bytes());
    bytes.extend([0, 0]);
    bytes.extend(payload);
    frame(17, from.0, to.0, 1, &bytes)
}

/// A little-endian pcap of microseconds; frame after frame, a second apart.
pub(super) fn pcap(frames: &[Vec<u8>]) -> Vec<u8> {
    let mut file =
        vec![0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0, 1, 0, 0, 0];
    for (frame, second) in frames.iter().zip(1_700_000_000_u32..) {
        let length = u32::try_from(frame.len()).unwrap();
        for field in [second, 0, length, length] {
            file.extend(field.to_le_bytes());
        }
        file.extend(frame);
    }
    file
}

pub(super) fn read(file: &[u8]) -> Traffic {
    in_chunks(file, usize::MAX)
}

fn in_chunks(file: &[u8], size: usize) -> Traffic {
    let mut capture = Capture::default();
    file.chunks(size.min(file.len()).max(1)).for_each(|chunk| capture.push(chunk));
    capture.finish()
}

fn record(kind: u8, body: &[u8]) -> Vec<u8> {
    let mut record = vec![kind, 3, 1];
    record.extend(u16::try_from(body.len()).unwrap().to_be_bytes());
    record.extend(body);
    record
}

fn handshake(kind: u8, body: &[u8]) -> Vec<u8> {
    let mut message = vec![kind, 0];
    message.extend(u16::try_from(body.len()).unwrap().to_be_bytes());
    message.extend(body);
    message
}

fn client_hello() -> Vec<u8> {
    let mut body = vec![3, 1];
    body.extend([7; 32]);
    body.extend([0, 0, 4, 0, 0x2f, 0, 0x35, 1, 0]);
    body.extend([0, 20, 0, 0, 0, 16, 0, 14, 0, 0, 11]);
    body.extend(b"example.com");
    handshake(1, &body)
}

fn server_hello() -> Vec<u8> {
    let mut body = vec![3, 1];
    body.extend([9; 32]);
    body.extend([0, 0, 0x35, 0]);
    handshake(2, &body)
}

fn certificate(size: usize) -> Vec<u8> {
    let mut body = Vec::new();
    for length in [size + 3, size] {
        body.push(0);
        body.extend(u16::try_from(length).unwrap().to_be_bytes());
    }
    body.extend(vec![0x30; size]);
    handshake(11, &body)
}

/// A handshake that the client refuses with alert 48: the certificate over two records and three segments.
fn refused_handshake() -> Vec<Vec<u8>> {
    let certificate = certificate(1800);
    let mut server = record(22, &[server_hello(), certificate[..700].to_vec()].concat());
    server.extend(record(22, &[]));
    server.extend(record(22, &certificate[700..]));
    server.extend(record(22, &handshake(14, &[])));
    let hello = record(22, &client_hello());
    let after = 1 + u32::try_from(hello.len()).unwrap();
    vec![
        to_gateway(0, 0, tcp::SYN, &[]),
        from_gateway(0, 1, tcp::SYN | tcp::ACK, &[]),
        to_gateway(1, 1, tcp::ACK, &hello),
        from_gateway(1, after, tcp::ACK, &server[..600]),
        from_gateway(1201, after, tcp::ACK, &server[1200..]),
        from_gateway(601, after, tcp::ACK, &server[600..1200]),
        to_gateway(after, 1 + u32::try_from(server.len()).unwrap(), tcp::ACK, &record(21, &[2, 48])),
        to_gateway(after + 7, 0, tcp::RST, &[]),
    ]
}

/// The steps of the first conversation, in short words.
fn steps(traffic: &Traffic) -> Vec<String> {
    traffic.conversations.first().map_or_else(Vec::new, |conversation| {
        conversation
            .steps
            .iter()
            .map(|step| {
                let from = match step.from {
                    Speaker::Client => '>',
                    Speaker::Server => '<',
                    Speaker::Network(_) => '!',
                };
                let what = match &step.what {
                    What::Tls(Message::ClientHello(hello)) => {
                        format!("hello {:04x} {:04x?} {}", hello.version, hello.suites, hello.server_name)
                    }
                    What::Tls(Message::ServerHello(hello)) => format!("chosen {:04x}", hello.suite),
                    What::Tls(Message::Certificate(ders)) => {
                        format!("certificate {:?}", ders.iter().map(Vec::len).collect::<Vec<_>>())
                    }
                    What::Tls(Message::Alert { level, code }) => format!("alert {level} {code}"),
                    What::Tls(message) => format!("{message:?}"),
                    what => format!("{what:?}"),
                };
                format!("{from} {what}")
            })
            .collect()
    })
}

const REFUSED: &[&str] = &[
    "> Syn",
    "< SynAck",
    "> hello 0301 [002f, 0035] example.com",
    "< chosen 0035",
    "< certificate [1800]",
    "< ServerHelloDone",
    "> alert 2 48",
    "> Reset",
];

#[test]
fn a_handshake_is_read_over_records_and_segments_in_chunks_of_any_size() {
    let file = pcap(&refused_handshake());
    for size in [1, 3, 64, 1000, usize::MAX] {
        let traffic = in_chunks(&file, size);
        assert_eq!(steps(&traffic), REFUSED, "chunks of {size}");
        assert_eq!((traffic.counts.packets, traffic.file_type), (8, Some(FileType::Pcap)));
        assert!(traffic.counts.damage.is_empty());
    }
}

#[test]
fn a_frame_that_stands_twice_is_one_event() {
    let frames: Vec<Vec<u8>> =
        refused_handshake().into_iter().flat_map(|frame| [frame.clone(), frame]).collect();
    let mut file = pcap(&frames);
    // Both copies at the same time.
    let mut at = 24;
    for number in 0_u32.. {
        let Some(head) = file.get_mut(at..at + 16) else { break };
        head[..4].copy_from_slice(&(1_700_000_000 + number / 2).to_le_bytes());
        at += 16 + usize::from(u16::from_le_bytes([head[8], head[9]]));
    }
    assert_eq!(steps(&read(&file)), REFUSED);
}

#[test]
fn a_record_that_the_snap_length_cut_costs_only_itself() {
    let mut frames = refused_handshake();
    frames.swap(4, 5);
    let file = pcap(&frames);
    let mut cut = file[..24].to_vec();
    let mut at = 24;
    while let Some(head) = file.get(at..at + 16) {
        let length = usize::from(u16::from_le_bytes([head[8], head[9]]));
        let kept = length.min(300);
        cut.extend(&head[..8]);
        cut.extend(u32::try_from(kept).unwrap().to_le_bytes());
        cut.extend(&head[12..]);
        cut.extend(&file[at + 16..at + 16 + kept]);
        at += 16 + length;
    }
    let traffic = read(&cut);
    assert_eq!(traffic.cut, 3);
    let wanted = ["> Syn", "< SynAck", REFUSED[2], "< chosen 0035", "> alert 2 48", "> Reset"];
    assert_eq!(steps(&traffic), wanted);
    assert!(traffic.conversations[0].from_server.gaps > 0);
}

#[test]
fn what_is_encrypted_is_hidden_and_never_an_alert() {
    let change = record(20, &[1]);
    let sealed = record(22, &[0x15; 40]);
    let alert = record(21, &[0x02; 32]);
    let mut client = record(22, &client_hello());
    client.extend(&change);
    client.extend(&sealed);
    let server = [record(22, &server_hello()), change, sealed].concat();
    let frames = [
        to_gateway(1, 1, tcp::ACK, &record(22, &client_hello())),
        from_gateway(1, 0, tcp::ACK, &server),
        to_gateway(
            1 + u32::try_from(record(22, &client_hello()).len()).unwrap(),
            0,
            tcp::ACK,
            &client[record(22, &client_hello()).len()..],
        ),
        from_gateway(1 + u32::try_from(server.len()).unwrap(), 0, tcp::ACK, &alert),
    ];
    assert_eq!(
        steps(&read(&pcap(&frames))),
        [
            REFUSED[2],
            "< chosen 0035",
            "< ChangeCipherSpec",
            "< Hidden(22)",
            "> ChangeCipherSpec",
            "> Hidden(22)",
            "< Hidden(21)"
        ]
    );
}

#[test]
fn tls_is_found_behind_another_protocol_and_in_the_head_of_ssl2() {
    let frames = [
        from_gateway(1, 0, tcp::ACK, b"220 ready\r\n"),
        to_gateway(1, 0, tcp::ACK, b"STARTTLS\r\n"),
        from_gateway(12, 0, tcp::ACK, b"220 go\r\n"),
        to_gateway(11, 0, tcp::ACK, &record(22, &client_hello())),
        from_gateway(20, 0, tcp::ACK, &record(22, &server_hello())),
    ];
    assert_eq!(steps(&read(&pcap(&frames))), [REFUSED[2], "< chosen 0035"]);
    let mut old = vec![0x80, 0x1c, 1, 3, 1, 0, 3, 0, 0, 0, 16, 0, 0, 0x2f];
    old.extend([5; 16]);
    let frames =
        [to_gateway(1, 0, tcp::ACK, &old), from_gateway(1, 0, tcp::ACK, &record(22, &server_hello()))];
    assert_eq!(steps(&read(&pcap(&frames))), ["> hello 0301 [002f] ", "< chosen 0035"]);
}

#[test]
fn dtls_of_cisco_is_read_in_fragments_and_many_messages_a_record() {
    let fragment = |kind: u8, number: u8, length: u16, offset: u16, body: &[u8]| {
        let mut bytes = vec![kind, 0];
        bytes.extend(length.to_be_bytes());
        bytes.extend([0, number, 0]);
        bytes.extend(offset.to_be_bytes());
        bytes.push(0);
        bytes.extend(u16::try_from(body.len()).unwrap().to_be_bytes());
        bytes.extend(body);
        bytes
    };
    let datagram = |up: bool, epoch: u8, kind: u8, body: &[u8]| {
        let mut record = vec![kind, 1, 0, 0, epoch, 0, 0, 0, 0, 0, 1];
        record.extend(u16::try_from(body.len()).unwrap().to_be_bytes());
        record.extend(body);
        let (phone, gateway) = ((PHONE, 40_000), (GATEWAY, 443));
        if up { udp(phone, gateway, &record) } else { udp(gateway, phone, &record) }
    };
    let mut hello = vec![1, 0];
    hello.extend([7; 32]);
    hello.extend([0, 4, 1, 2, 3, 4, 0, 2, 0, 0x2f, 1, 0]);
    let length = u16::try_from(hello.len()).unwrap();
    let mut chosen = vec![1, 0];
    chosen.extend([9; 32]);
    chosen.extend([0, 0, 0x2f, 0]);
    let chosen_length = u16::try_from(chosen.len()).unwrap();
    let both = [
        fragment(2, 0, chosen_length, 0, &chosen),
        fragment(13, 1, 4, 0, &[1, 1, 0, 0]),
        fragment(14, 2, 0, 0, &[]),
    ]
    .concat();
    let frames = [
        datagram(true, 0, 22, &fragment(1, 0, length, 20, &hello[20..])),
        datagram(true, 0, 22, &fragment(1, 0, length, 0, &hello[..25])),
        datagram(true, 0, 22, &fragment(1, 0, length, 0, &hello)),
        datagram(false, 0, 22, &both),
        datagram(false, 1, 21, &[2, 47]),
        datagram(true, 0, 21, &[2, 47]),
    ];
    let traffic = read(&pcap(&frames));
    assert_eq!(traffic.conversations[0].transport, Transport::Udp);
    assert_eq!(
        steps(&traffic),
        [
            "> hello 0100 [002f] ",
            "< chosen 002f",
            "< CertificateRequest(CertificateRequest { key_types: [1], authorities: [] })",
            "< ServerHelloDone",
            "< Hidden(21)",
            "> alert 2 47"
        ]
    );
}

#[test]
fn retransmissions_and_holes_are_told_from_copies() {
    let block = [7; 1000];
    let frames = [
        to_gateway(0, 0, tcp::SYN, &[]),
        from_gateway(0, 1, tcp::SYN | tcp::ACK, &[]),
        to_gateway(1, 1, tcp::ACK, &record(22, &client_hello())),
        from_gateway(1, 1, tcp::ACK, &block),
        from_gateway(1, 1, tcp::ACK, &block),
        from_gateway(1, 1, tcp::ACK, &block),
    ];
    let server = read(&pcap(&frames)).conversations[0].from_server;
    assert_eq!((server.repeats, server.repeated_size, server.unacknowledged), (2, 1000, true));
    let frames = [frames[0].clone(), frames[1].clone(), from_gateway(1461, 1, tcp::ACK, &block[..100])];
    let server = read(&pcap(&frames)).conversations[0].from_server;
    assert!(server.hole && server.gaps == 1);
}

#[test]
fn icmp_speaks_of_the_conversation_that_it_quotes() {
    let syn = to_gateway(0, 0, tcp::SYN, &[]);
    let mut notice = vec![3, 13, 0, 0, 0, 0, 0, 0];
    notice.extend(&syn[14..42]);
    let router = [192, 0, 2, 1];
    let traffic = read(&pcap(&[syn, frame(1, router, PHONE, 9, &notice)]));
    let step = &traffic.conversations[0].steps[1];
    assert_eq!(step.from, Speaker::Network(IpAddr::V4(Ipv4Addr::from(router))));
    assert_eq!(step.what, What::Undelivered { reason: Undelivered::Prohibited, sender: Side::Client });
}

#[test]
fn a_file_is_asked_for_and_comes_from_another_port() {
    let server = [192, 0, 2, 20];
    let request = [&[0, 1][..], b"SEP001122334455.cnf.xml\0octet\0"].concat();
    let error = [&[0, 5, 0, 1][..], b"File not found\0"].concat();
    let frames = [
        udp((PHONE, 50_001), (server, 69), &request),
        udp((server, 40_001), (PHONE, 50_001), &error),
        udp((PHONE, 50_001), (server, 69), &[&[0, 1][..], b"XMLDefault.cnf.xml\0octet\0"].concat()),
        udp((server, 40_002), (PHONE, 50_001), &[&[0, 3, 0, 1][..], &[9; 100]].concat()),
    ];
    let traffic = read(&pcap(&frames));
    let all: Vec<Vec<&What>> = traffic
        .conversations
        .iter()
        .map(|conversation| conversation.steps.iter().map(|step| &step.what).collect())
        .collect();
    let asked = |file: &str| What::Tftp(Tftp::Request { file: file.to_owned() });
    let missing = What::Tftp(Tftp::Error { code: 1, text: "File not found".to_owned() });
    assert_eq!(all[0], [&asked("SEP001122334455.cnf.xml"), &missing]);
    assert_eq!(all[1], [&asked("XMLDefault.cnf.xml"), &What::Tftp(Tftp::Data { block: 1, size: 100 })]);
}

#[test]
fn logins_in_the_clear_keep_no_body() {
    let head = b"POST /+webvpn+/index.html HTTP/1.1\r\nHost: vpn.example.com\r\nContent-Length: 30\r\n\r\n";
    let body = b"username=x&password=hidden-word";
    let frames = [
        to_gateway(1, 0, tcp::ACK, &[&head[..], &body[..30]].concat()),
        from_gateway(1, 0, tcp::ACK, b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n"),
    ];
    let traffic = read(&pcap(&frames));
    let shown = format!("{traffic:?}");
    assert!(
        shown.contains("/+webvpn+/index.html") && shown.contains("401") && !shown.contains("hidden-word")
    );
}

#[test]
fn other_peoples_packets_are_counted_and_not_kept() {
    let other = |sequence, flags, payload: &[u8]| {
        frame(6, PHONE, [203, 0, 113, 9], 1, &segment(50_000, 9999, sequence, 0, flags, payload))
    };
    let frames =
        [other(0, tcp::SYN, &[]), other(1, tcp::ACK, b"anything"), udp((PHONE, 1), (GATEWAY, 2), b"x")];
    let traffic = read(&pcap(&frames));
    assert_eq!((traffic.conversations.len(), traffic.others), (0, 3));
}

#[test]
fn a_connection_that_fails_is_kept_whatever_its_port() {
    let syn = |port| frame(6, PHONE, GATEWAY, 1, &segment(50_000, port, 0, 0, tcp::SYN, &[]));
    let data = frame(6, PHONE, GATEWAY, 1, &segment(50_000, 9999, 1, 0, tcp::ACK, b"anything"));
    let traffic = read(&pcap(&[syn(9999), data, syn(9998)]));
    let ports: Vec<u16> =
        traffic.conversations.iter().map(|conversation| conversation.server.port()).collect();
    assert_eq!(ports, [9998]);
}

#[test]
fn who_answers_no_arp_is_not_there() {
    let arp = |kind: u8, from: [u8; 4], to: [u8; 4]| {
        let mut frame = vec![0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0x11, 0x22, 0x33, 0x44, 0x55, 8, 6];
        frame.extend([0, 1, 8, 0, 6, 4, 0, kind, 0, 0, 0, 0, 0, 0]);
        frame.extend(from);
        frame.extend([0; 6]);
        frame.extend(to);
        frame
    };
    let (there, gone) = ([192, 0, 2, 20], [192, 0, 2, 21]);
    let frames = [arp(1, PHONE, there), arp(2, there, PHONE), arp(1, PHONE, gone), arp(1, PHONE, gone)];
    let asked = read(&pcap(&frames)).asked;
    let shown: Vec<(u32, bool)> = asked.values().map(|asked| (asked.times, asked.answered)).collect();
    assert_eq!(shown, [(1, true), (2, false)]);
}

#[test]
fn mutants_never_panic_and_end() {
    let good = pcap(&refused_handshake());
    let mut state = 7_u64;
    for _ in 0..400 {
        let mut file = good.clone();
        for _ in 0..8 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let at = usize::try_from(state >> 33).unwrap() % file.len();
            file[at] = (state >> 20) as u8;
        }
        let traffic = in_chunks(&file, 97);
        assert!(traffic.counts.damage.len() <= 32);
    }
    let cut = read(&good[..good.len() - 5]);
    assert_eq!(cut.counts.damage.last().map(|damage| damage.what), Some(Fault::CutOff));
}
