//! Records that come in odd ways.

use super::*;

fn fed(pieces: &[(Side, &[u8])]) -> Vec<Message> {
    let mut session = Session::default();
    let mut messages = Vec::new();
    for (side, bytes) in pieces {
        session.feed(*side, bytes, &mut |message| messages.push(message));
    }
    messages
}

fn server_hello(random: [u8; 32], extensions: &[u8]) -> Vec<u8> {
    let mut body = vec![3, 3];
    body.extend(random);
    body.extend([0, 0x13, 0x02, 0]);
    if !extensions.is_empty() {
        body.extend(u16::try_from(extensions.len()).unwrap().to_be_bytes());
        body.extend(extensions);
    }
    let mut bytes = vec![22, 3, 3, 0, u8::try_from(body.len() + 4).unwrap(), 2, 0, 0];
    bytes.push(u8::try_from(body.len()).unwrap());
    bytes.extend(body);
    bytes
}

#[test]
fn a_hello_retry_request_is_a_server_hello_of_its_own() {
    let retry = [
        0xcf, 0x21, 0xad, 0x74, 0xe5, 0x9a, 0x61, 0x11, 0xbe, 0x1d, 0x8c, 0x02, 0x1e, 0x65, 0xb8, 0x91, 0xc2,
        0xa2, 0x11, 0x16, 0x7a, 0xbb, 0x8c, 0x5e, 0x07, 0x9e, 0x09, 0xe2, 0xc8, 0xa8, 0x33, 0x9c,
    ];
    let messages = fed(&[(Side::Server, &server_hello(retry, &[0, 43, 0, 2, 3, 4]))]);
    let [Message::ServerHello(hello)] = messages.as_slice() else { panic!("{messages:?}") };
    assert!(hello.retry && hello.chosen_version == 0x0304 && hello.suite == 0x1302);
}

#[test]
fn tls_1_3_hides_by_the_type_of_its_records() {
    let hello = server_hello([1; 32], &[0, 43, 0, 2, 3, 4]);
    let messages = fed(&[
        (Side::Server, &hello),
        (Side::Server, &[20, 3, 3, 0, 1, 1]),
        (Side::Server, &[23, 3, 3, 0, 3, 9, 9, 9, 23, 3, 3, 0, 1, 9]),
        (Side::Client, &[20, 3, 3, 0, 1, 1, 21, 3, 3, 0, 2, 2, 47]),
    ]);
    let wanted = [
        Message::ChangeCipherSpec,
        Message::Hidden(23),
        Message::ChangeCipherSpec,
        Message::Alert { level: 2, code: 47 },
    ];
    assert_eq!(messages.get(1..), Some(&wanted[..]));
}

#[test]
fn records_may_be_empty_or_as_long_as_tls_1_2_allows() {
    let mut long = vec![22, 3, 3, 0x48, 0, 15, 0, 0x47, 0xfc];
    long.extend(vec![0; 0x47fc]);
    let messages = fed(&[(Side::Client, &[22, 3, 3, 0, 0]), (Side::Client, &long)]);
    assert_eq!(messages, [Message::CertificateVerify]);
}

#[test]
fn after_a_gap_reading_goes_on_at_a_record() {
    let mut session = Session::default();
    let mut messages = Vec::new();
    let mut take = |message| messages.push(message);
    // A record of 100 bytes, of which 90 are lost, and then one more than it has.
    session.feed(Side::Client, &[22, 3, 1, 0, 100, 16, 0, 0, 96], &mut take);
    session.lost(Side::Client, 90);
    session.feed(Side::Client, &[1, 2, 3, 4, 5, 6, 21, 3, 1, 0, 2, 2, 80], &mut take);
    session.lost(Side::Client, 1);
    session.feed(Side::Client, &[0x55; 30], &mut take);
    session.feed(Side::Client, &[21, 3, 1, 0, 2, 1, 0], &mut take);
    assert_eq!(messages, [Message::Alert { level: 2, code: 80 }, Message::Alert { level: 1, code: 0 }]);
}

#[test]
fn a_certificate_request_is_read_with_and_without_signature_algorithms() {
    let name: &[u8] = &[0x30, 0];
    let without = [&[2, 1, 64, 0, 4, 0, 2][..], name].concat();
    let with = [&[1, 1, 0, 2, 4, 1, 0, 4, 0, 2][..], name].concat();
    for body in [without, with] {
        let Message::CertificateRequest(request) = handshake(13, &body, false) else { panic!("{body:?}") };
        assert_eq!(request.authorities, [name]);
    }
    assert_eq!(handshake(13, &[9, 9], false), Message::Damaged(13));
}
